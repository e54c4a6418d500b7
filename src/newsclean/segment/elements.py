"""What the elements of HTML are to a reader, as named sets, and what the attributes of a container say."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborNode

from newsclean.models import FrameKind, Mark
from newsclean.patterns import lazy

Attributes = dict[str, str | None]
"""The attributes of an element; the value is None where there is a name alone."""

SKIPPED: Final = frozenset(
    "applet area audio canvas datalist embed frame frameset head iframe input link map meta noframes option optgroup "
    "param rp script select style template textarea title track video".split()
)
"""Elements whose content is not text of the page."""

VOID: Final = frozenset({"br", "hr", "img"})
"""Elements that are seen, and have no content."""

DRAWING: Final = "svg"
"""A drawing: its text labels shapes, unless it stands in a piece of HTML within the drawing."""

DRAWN_HTML: Final = "foreignObject"
"""The element of a drawing that holds HTML."""

DRAWING_PARTS: Final = frozenset({DRAWING, DRAWN_HTML, "a", "g", "switch"})
"""The elements of a drawing in which HTML may stand."""

BLOCK_LEVEL: Final = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav noscript ol p plaintext "
    "pre section summary table tbody td tfoot th thead tr ul xmp".split()
) | {DRAWN_HTML}
"""Elements that begin and end a block, and are the containers of what stands in them."""

MARKS: Final = {
    **dict.fromkeys(("b", "strong"), Mark.STRONG),
    **dict.fromkeys(("cite", "dfn", "em", "i"), Mark.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Mark.CODE),
    **dict.fromkeys(("del", "s", "strike"), Mark.STRUCK),
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
}
"""Elements that set text apart."""

RUBY: Final = "rt"
"""What stands above a character and says how it is read: set in brackets behind it, as what `<rp>` holds would be."""

STYLING: Final = frozenset(MARKS) | {"a", DRAWING, DRAWN_HTML, RUBY}
"""Elements that change how the text in them is taken, until they end."""

INLINE: Final = 0
SKIP: Final = 1
EMPTY: Final = 2
STYLE: Final = 3
BLOCK: Final = 4
"""What the walk does with an element: walk on in it, pass it over, take it in as it is, change how text is taken until
its end, or begin and end a block. Plain numbers, since one is asked for at every element and compiled code compares
them in no time."""

TREATMENTS: Final[dict[str, int]] = {
    **dict.fromkeys(SKIPPED, SKIP),
    **dict.fromkeys(VOID, EMPTY),
    **dict.fromkeys(STYLING, STYLE),
    **dict.fromkeys(BLOCK_LEVEL, BLOCK),
}
"""What the walk does with each element; any other is `INLINE`."""

FRAMES: Final = {
    "blockquote": FrameKind.QUOTE,
    "dir": FrameKind.LIST,
    "figure": FrameKind.FIGURE,
    "li": FrameKind.ITEM,
    "menu": FrameKind.LIST,
    "ol": FrameKind.ORDERED_LIST,
    "ul": FrameKind.LIST,
}
"""Elements that a writer shows as structure."""

TABLE_PARTS: Final = frozenset({"table", "td", "th", "tr"})
"""Elements that make the rows of a table."""

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
"""Headings and their levels."""

PREFORMATTED: Final = frozenset({"listing", "plaintext", "pre", "xmp"})
"""Elements whose line breaks are meant."""

DISPLAY_NONE: Final = lazy(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
"""A style that hides: the property itself, not a custom one that ends alike (`--footer-display: none`)."""

HIDDEN: Final = ":hidden"
"""The word that marks a container which a browser would not show."""

WORD_ATTRIBUTES: Final = ("class", "id", "role", "itemprop")
"""Attributes whose values say what a container is for."""

JUMP_SIGNS: Final = frozenset("↩↑⤴⏎↵⮌^▲⇧⬆#¶§🔗 \xa0\ufe0e\ufe0f")
"""What links are drawn with that lead from a note back to its place in the text, or name the address of a heading."""

BACK_ROLE: Final = "doc-backlink"
"""The role of such a link (DPUB-ARIA 1.1)."""

LONGEST_START: Final = 9
"""The first number of a list has no more digits: the limit of CommonMark."""


def words(attributes: Attributes) -> str:
    """What a container's attributes say of it, in lower case, with `HIDDEN` for one that is not shown."""
    if not attributes:
        return ""
    said = [value for name in WORD_ATTRIBUTES if (value := attributes.get(name))]
    style = attributes.get("style")
    if "hidden" in attributes or (style and DISPLAY_NONE.search(style)):
        said.append(HIDDEN)
    return " ".join(said).lower()


def first_number(attributes: Attributes) -> int:
    """The number that an ordered list begins with."""
    start = attributes.get("start") or ""
    return int(start) if start.isascii() and start.isdigit() and len(start) <= LONGEST_START else 1


def is_jump(attributes: Attributes, node: LexborNode) -> bool:
    """Whether a link within the page is a sign alone, which is none of the text."""
    href = attributes.get("href") or "#"
    if href[0] != "#" or href == "#":
        return False
    child = node.child
    drawn = child.text_content or "" if child is not None and child.next is None and child.tag == "-text" else None
    return attributes.get("role") == BACK_ROLE or (drawn is not None and JUMP_SIGNS.issuperset(drawn))
