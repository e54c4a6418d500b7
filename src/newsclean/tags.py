"""Tags in the source of a page, and what the HTML standard says of elements that matters to how deep they nest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsclean.patterns import lazy

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""What the standard opens anew in the next block."""

FLAT = frozenset(
    "area base basefont bgsound body br col colgroup dd dt embed frame head hr html img input keygen li link meta"
    " optgroup option p param rb rp rt rtc source tbody tfoot thead tr track wbr".split()
)
"""What cannot nest in itself without another element between: it has no content, or the next one ends it."""

RAW = frozenset("iframe noembed noframes plaintext script style textarea title xmp".split())
"""Elements whose content is no markup."""

CELLS = frozenset("caption td th".split())
"""What the next one of its kind ends."""

SCOPES = CELLS | frozenset(
    "applet button desc foreignobject frameset marquee math object select svg table template".split()
)
"""Elements within which no end tag ends what was opened around them."""

ENDS_IGNORED = SCOPES - CELLS - {"table"}
"""Elements within which an end tag may end nothing though there is what it names."""

UNNESTED = FLAT | CELLS | {"p"}
"""What cannot nest in itself, but for scopes between."""

FOREIGN = frozenset({"math", "svg"})
"""Where a slash closes a tag, and raw elements are none."""

INLINE = FORMATTING | frozenset("abbr acronym bdi bdo cite del dfn ins kbd label mark q ruby samp span sub sup".split())
"""What begins no line: too deep, it becomes an element without content, anything else a paragraph."""

BLOCKS = CELLS | frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main menu nav ol p pre section summary table tbody tfoot"
    " thead tr ul".split()
)
"""What begins a line, where it begins and where it ends."""

ATTRIBUTES = r"""(?:[^>=]+|=\s*"[^"]*"|=\s*'[^']*'|=)*"""

COMMENT = r"!--(?:-?>|(?s:.*?)(?:--!?>|\Z))"

RAW_ENDS = {name: rf"</{name}(?=[\s/>])|\Z" for name in sorted(RAW)} | {"plaintext": r"\Z"}
"""Where raw elements end; that of the page at the latest."""

TAG = lazy(rf"<(?:{COMMENT}|(?P<slash>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>{ATTRIBUTES})|[!?/][^>]*)", re.IGNORECASE)
"""A tag with its attributes, a comment, or what is taken for one, which have no name; nothing is gone through twice."""

NAMES = lazy(
    rf"<(?:{COMMENT}|(?=[{''.join(sorted({name[0] for name in RAW}))}])(?:"
    + "|".join(rf"{name}(?=[\s/>]){ATTRIBUTES}(?:>(?s:.*?)(?:{end})|\Z)" for name, end in RAW_ENDS.items())
    + rf")|(/?[a-z][^\s/>]*){ATTRIBUTES})",
    re.IGNORECASE,
)
"""The names of all tags, with the slash of those that end something; comments and raw elements have none."""

RAW_END = {name: lazy(end, re.IGNORECASE) for name, end in RAW_ENDS.items()}


def tags(text: str, is_foreign: Callable[[], bool] = lambda: False) -> Iterator[re.Match[str]]:
    """Go through the matches of TAG, passing over what raw elements hold; such as are foreign are none."""
    at = 0
    while (match := TAG.search(text, at)) is not None:
        at = match.end()
        if match["name"] and not match["slash"] and (name := match["name"].lower()) in RAW and not is_foreign():
            at = end_of(RAW_END[name].search(text, at), at)
        yield match


def end_of(match: re.Match[str] | None, otherwise: int) -> int:
    """Return where a match ends."""
    return match.end() if match is not None else otherwise
