"""Which addresses a writer may put into its output: those that a reader can follow without running anything."""

from __future__ import annotations

from newsclean.characters import INVISIBLE, SURROGATES, UNSAFE
from newsclean.patterns import lazy

SCHEMES = frozenset({"http", "https", "mailto"})
"""The schemes that are written; a `javascript:` or `data:` address is not. Relative addresses have none."""

ACTIVE = frozenset({"javascript", "vbscript", "data"})
"""The schemes of what is no place but code, or content of any kind: such an address is not even named as a value."""

SCHEME = lazy(r"([^:/?#]*):")
"""What stands before the first colon: a scheme and nothing else (RFC 3986, section 4.2), however it is disguised."""

IGNORED = lazy(rf"[\t\n{UNSAFE}{INVISIBLE}{SURROGATES}]+")
"""What is taken out before the scheme is read, as browsers do with tabs and newlines."""


def safe(url: str | None) -> str | None:
    r"""`url` as the address of a link or image, or None where there is none or its scheme is not one of `SCHEMES`.

    A place within the page itself is none: what it is called there (`#note-1`) is not written.

    >>> safe(" https://example.org/a b ")
    'https://example.org/a b'
    >>> safe("java\tscript:alert(1)") is safe("java&Tab;script:alert(1)") is None
    True
    """
    clean = _clean(url)
    scheme = SCHEME.match(clean)
    return None if clean[:1] in ("", "#") or (scheme and scheme[1].lower() not in SCHEMES) else clean


def plain(url: str | None) -> str | None:
    r"""`url` as a value, on one line and without characters that harm, or None where there is none or it is `ACTIVE`.

    >>> plain("file:///home/ann/a.html"), plain("JavaScript:alert(1)")
    ('file:///home/ann/a.html', None)
    """
    clean = _clean(url)
    scheme = SCHEME.match(clean)
    return None if not clean or (scheme and scheme[1].strip().lower() in ACTIVE) else clean


def _clean(url: str | None) -> str:
    """`url` without white space around it and without characters that harm."""
    return ((url or "") if (url or "").isprintable() else IGNORED.sub("", url or "")).strip()
