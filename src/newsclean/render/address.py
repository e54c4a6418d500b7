"""Which addresses a writer may put into its output: those that a reader can follow without running anything."""

from __future__ import annotations

from newsclean.patterns import lazy

SCHEMES = frozenset({"http", "https", "mailto"})
"""The schemes that are written; a `javascript:` or `data:` address is not. Relative addresses have none."""

SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.-]*):")
"""The scheme of an absolute address (RFC 3986, section 3.1)."""

IGNORED = lazy(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""What is taken out before the scheme is read, as browsers do with tabs and newlines."""


def safe(url: str | None) -> str | None:
    r"""`url` without control characters, or None where there is none or its scheme is not one of `SCHEMES`.

    >>> safe(" https://example.org/a b ")
    'https://example.org/a b'
    >>> safe("java\tscript:alert(1)") is None
    True
    """
    if not url:
        return None
    clean = (url if url.isprintable() else IGNORED.sub("", url)).strip()
    scheme = SCHEME.match(clean)
    if not clean or (scheme and scheme[1].lower() not in SCHEMES):
        return None
    return clean
