"""Tags in the source of a page, and what the HTML standard says of elements that matters to how deep they nest."""

from __future__ import annotations

import re

from newsclean.patterns import lazy

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""What the standard opens anew in the next block."""

FLAT = frozenset(
    "area base basefont bgsound body br col colgroup dd dt embed frame head hr html img input keygen li link meta"
    " optgroup option p param rb rp rt rtc source tbody tfoot thead tr track wbr".split()
)
"""What cannot nest in itself without another element between: it has no content, or the next one ends it."""

RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())
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

ATTRIBUTES = r"""(?:[^>=]+|=\s*"[^"]*"|=\s*'[^']*'|=)*"""

TAG = lazy(
    rf"<(?:(?P<comment>!--)|(?P<slash>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>{ATTRIBUTES})|[!?/][^>]*)", re.IGNORECASE
)
"""A tag with its attributes, the beginning of a comment, or what is taken for one; nothing is gone through twice."""

NAMES = lazy(
    "<(?:!--(?s:.*?)(?:--!?>|\\Z)|(?:"
    + "|".join(rf"{name}(?=[\s/>]){ATTRIBUTES}(?:>(?s:.*?)(?:</{name}(?=[\s/>])|\Z)|\Z)" for name in sorted(RAW))
    + rf")|(/?[a-z][^\s/>]*){ATTRIBUTES})",
    re.IGNORECASE,
)
"""The names of all tags, with the slash of those that end something; comments and raw elements have none."""

COMMENT_END = lazy(r"--!?>")

RAW_ENDS = {name: lazy(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW}
