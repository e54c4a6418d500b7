"""HTML → blocks: one walk over the parsed tree, cut at block-level elements and `<br>`.

The walk keeps an explicit stack (pages nest deeper than any recursion) and hands each element to a `_Builder`, which
holds what is open: the inline pieces since the last break, the containers and frames around them, marks and link.
Nothing visible is dropped here, hidden elements neither: their containers are marked, and the labeller decides.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from newsclean.models import Block, Blocks, Container, Frame, FrameKind, Kind, Mark
from newsclean.page import HtmlPage
from newsclean.segment import tables
from newsclean.segment.images import image_source
from newsclean.segment.inline import Piece, inline

SKIPPED = frozenset(
    "applet area audio canvas datalist embed frame frameset head iframe input link map meta noframes object "
    "option optgroup param script select style svg template textarea title track video".split()
)
"""Elements whose content is not text of the page."""

BLOCK_LEVEL = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li listing main menu nav noscript ol p plaintext "
    "pre section summary table tbody td tfoot th thead tr ul xmp".split()
)
"""Elements that begin and end a block, and are the containers of what stands in them."""

MARKS = {
    **dict.fromkeys(("b", "strong"), Mark.STRONG),
    **dict.fromkeys(("cite", "dfn", "em", "i"), Mark.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Mark.CODE),
    **dict.fromkeys(("del", "s", "strike"), Mark.STRUCK),
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
}
"""Elements that set text apart."""

FRAMES = {
    "blockquote": FrameKind.QUOTE,
    "dir": FrameKind.LIST,
    "figure": FrameKind.FIGURE,
    "li": FrameKind.ITEM,
    "menu": FrameKind.LIST,
    "ol": FrameKind.ORDERED_LIST,
    "ul": FrameKind.LIST,
}
"""Elements that a writer shows as structure."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

PREFORMATTED = frozenset({"listing", "plaintext", "pre", "xmp"})
"""Elements whose line breaks are meant."""

DISPLAY_NONE = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
"""A style that hides: the property itself, not a custom one that ends alike (`--footer-display: none`)."""

HIDDEN = ":hidden"
"""The word that marks a container which a browser would not show."""

WORD_ATTRIBUTES = ("class", "id", "role", "itemprop")
"""Attributes whose values say what a container is for."""

CODE_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|brush:\s?)([\w+#.-]{1,30})", re.IGNORECASE)
"""How highlighters name the language in a class."""

CODE_WORDS = re.compile(r"code|highlight|prettyprint|brush|syntax|source", re.IGNORECASE)
"""A class of `<pre>`, or an element in it, that says it holds code."""

CODE_MAX_CJK = 0.3
"""A `<pre>` without sign of code, with a larger share of CJK characters, is prose: old portals set articles in it."""

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class _Open(NamedTuple):
    """What was in force outside an element, to be restored at its end."""

    tag: str
    marks: Mark
    href: str | None
    frames: tuple[Frame, ...]
    container: int


class _Table(NamedTuple):
    """A table that is open: where its blocks begin, the cells seen so far, and what was around it."""

    start: int
    cells: list[tables.CellRange]
    rows: list[int]
    nested: list[bool]
    frames: tuple[Frame, ...]


def segment(page: HtmlPage) -> Blocks:
    """Cut a parsed page into blocks, in document order. Time and memory are linear in the number of nodes."""
    builder = _Builder()
    node = page.root
    parents: list[LexborNode] = []
    while node is not None:
        if builder.enter(node):
            child = node.child
            if child is not None:
                parents.append(node)
                node = child
                continue
            builder.leave()
        node = node.next
        while node is None and parents:
            builder.leave()
            node = parents.pop().next
    builder.flush()
    return Blocks(tuple(builder.blocks), tuple(builder.containers))


class _Builder:
    """The walk's state; made anew for every page."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.containers: list[Container] = []
        self._container = -1
        self._marks = Mark.PLAIN
        self._href: str | None = None
        self._frames: tuple[Frame, ...] = ()
        self._frame_count = 0
        self._gap = 1
        self._pieces: list[Piece] = []
        self._open: list[_Open] = []
        self._tables: list[_Table] = []
        self._cell_starts: list[tuple[int, dict[str, str | None]]] = []
        self._pre: str | None = None
        """The tags and classes of the `<pre>` that is open, and of the code in it."""

    def enter(self, node: LexborNode) -> bool:
        """Take in a node; True when its children are to be walked, and `leave` called after them."""
        tag = node.tag or ""
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        if tag in SKIPPED or tag[:1] in "-!":
            return False
        if tag in BLOCK_LEVEL:
            return self._enter_block(tag, node.attributes)
        return self._enter_inline(tag, node)

    def leave(self) -> None:
        """Close the element that was entered last and is still open."""
        outer = self._open.pop()
        tag = outer.tag
        if tag in BLOCK_LEVEL:
            self._leave_block(tag)
            self._container, self._frames = outer.container, outer.frames
        self._marks, self._href = outer.marks, outer.href

    def flush(self) -> None:
        """End the block that is being gathered, if there is anything in it."""
        if self._pre is not None:
            self._pieces.append(Piece("\n", Mark.PLAIN, None))
            return
        if not self._pieces:
            return
        text, spans, indent = inline(self._pieces)
        self._pieces = []
        if spans:
            tag = self.containers[self._container].tag if self.containers else ""
            level = HEADINGS.get(tag, 0) if text else 0
            kind = Kind.HEADING if level else Kind.PARAGRAPH if text else Kind.IMAGE
            self._add(Block(text, kind, spans, (), self._frames, level, self._gap, indent, tag, self._container))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self._gap = 1

    def _text(self, text: str) -> None:
        if self._pieces or self._pre is not None or not text.isspace():
            self._pieces.append(Piece(text, self._marks, self._href))

    def _push(self, tag: str) -> None:
        self._open.append(_Open(tag, self._marks, self._href, self._frames, self._container))

    def _enter_inline(self, tag: str, node: LexborNode) -> bool:
        if tag == "br":
            self._line_break()
            return False
        if tag == "img":
            self._image(node.attributes)
            return False
        if tag == "hr":
            self._rule()
            return False
        self._push(tag)
        if tag in MARKS:
            self._marks |= MARKS[tag]
            if tag == "code" and self._pre is not None:
                self._pre += f" code {node.attributes.get('class') or ''}"
        elif tag == "a":
            attributes = node.attributes
            anchor = "name" in attributes or "id" in attributes
            self._href = attributes.get("href") or self._href or (None if anchor else "")
        return True

    def _line_break(self) -> None:
        """A `<br>` ends a block; a second one in a row leaves a blank line."""
        if self._pieces and self._pre is None:
            before = len(self.blocks)
            self.flush()
            self._gap = 0 if len(self.blocks) > before else 1
        else:
            self.flush()
            self._gap = 1

    def _image(self, attributes: dict[str, str | None]) -> None:
        source = image_source(attributes)
        if source is not None:
            self._pieces.append(Piece(" ".join((attributes.get("alt") or "").split()), self._marks, self._href, source))

    def _rule(self) -> None:
        self.flush()
        if self._pre is None:
            self._add(Block("", Kind.RULE, frames=self._frames, tag="hr", container=max(self._container, 0)))

    def _enter_block(self, tag: str, attributes: dict[str, str | None]) -> bool:
        self.flush()
        self._gap = 1
        self._push(tag)
        self.containers.append(Container(tag, self._container, _words(attributes)))
        self._container = len(self.containers) - 1
        if tag in FRAMES:
            self._enter_frame(FRAMES[tag], attributes)
        elif tag in PREFORMATTED and self._pre is None:
            self._pre = attributes.get("class") or ""
        elif tag in ("table", "tr", "td", "th"):
            self._enter_table_part(tag, attributes)
        return True

    def _leave_block(self, tag: str) -> None:
        if tag in PREFORMATTED:
            self._leave_preformatted()
        self.flush()
        self._gap = 1
        if tag == "table":
            self._leave_table()
        elif tag in ("td", "th"):
            self._leave_cell(tag)

    def _enter_frame(self, kind: FrameKind, attributes: dict[str, str | None]) -> None:
        self._frame_count += 1
        start = attributes.get("start") or ""
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 10 else 1  # noqa: PLR2004 - CommonMark's limit
        self._frames = (*self._frames, Frame(kind, self._frame_count, first))

    def _enter_table_part(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "table":
            if self._tables:
                self._tables[-1].nested[0] = True
            self._tables.append(_Table(len(self.blocks), [], [0], [False], self._frames))
        elif self._tables and tag == "tr":
            self._tables[-1].rows[0] += 1
        elif self._tables:
            self._cell_starts.append((len(self.blocks), attributes))

    def _leave_cell(self, tag: str) -> None:
        if not self._tables or not self._cell_starts:
            return
        start, attributes = self._cell_starts.pop()
        spans = (tables.span_count(attributes.get("colspan")), tables.span_count(attributes.get("rowspan")))
        table = self._tables[-1]
        table.cells.append(tables.CellRange(table.rows[0], start, len(self.blocks), tag == "th", *spans))

    def _leave_table(self) -> None:
        table = self._tables.pop()
        if table.nested[0] or not table.cells or not tables.is_data(table.cells, self.blocks):
            return
        first = min(cell.start for cell in table.cells)
        self._frame_count += 1
        self.blocks[first:] = tables.fold_rows(table.cells, self.blocks, table.frames, self._frame_count)

    def _leave_preformatted(self) -> None:
        """A `<pre>` is one block of code, or a paragraph a line where it holds prose."""
        words, self._pre = self._pre or "", None
        pieces, self._pieces = self._pieces, []
        text = "".join(piece.text for piece in pieces if piece.src is None).strip("\n\r")
        if not text.strip():
            return
        if not _is_code(text, words):
            self._lines(pieces)
            return
        named = CODE_LANGUAGE.search(words)
        language = named.group(1).lower() if named else None
        self._add(Block(text, Kind.CODE, (), (), self._frames, tag="pre", container=self._container, language=language))

    def _lines(self, pieces: list[Piece]) -> None:
        """Make a block of each line of preformatted prose."""
        for piece in pieces:
            first, *others = piece.text.split("\n")
            self._pieces.append(piece._replace(text=first))
            for line in others:
                self._line_break()
                self._pieces.append(piece._replace(text=line))
        self.flush()


def _words(attributes: dict[str, str | None]) -> str:
    """What a container's attributes say of it, in lower case, with `HIDDEN` for one that is not shown."""
    if not attributes:
        return ""
    words = [value for name in WORD_ATTRIBUTES if (value := attributes.get(name))]
    if "hidden" in attributes or DISPLAY_NONE.search(attributes.get("style") or ""):
        words.append(HIDDEN)
    return " ".join(words).lower()


def _is_code(text: str, words: str) -> bool:
    """Tell code from prose in a `<pre>` by its tags and classes, else by its script."""
    return bool(CODE_WORDS.search(words)) or len(CJK.findall(text)) < CODE_MAX_CJK * len(text)
