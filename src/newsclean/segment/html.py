"""HTML → blocks: one walk over the parsed tree, cut at block-level elements and `<br>`.

The walk keeps an explicit stack (pages nest deeper than any recursion) and hands each element to a `_Builder`, which
holds what is open: the inline pieces since the last break, the containers and frames around them, marks and link.
Nothing visible is dropped here, hidden elements neither: their containers are marked, and the labeller decides.
"""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborNode

from newsclean.models import Block, Blocks, Container, Frame, FrameKind, Kind, Mark, record
from newsclean.page import HtmlPage
from newsclean.segment import preformatted
from newsclean.segment.elements import (
    BLOCK,
    DRAWING,
    DRAWING_PARTS,
    DRAWN_HTML,
    EMPTY,
    FRAMES,
    HEADINGS,
    INLINE,
    MARKS,
    PREFORMATTED,
    RUBY,
    SKIP,
    STYLE,
    TABLE_PARTS,
    TREATMENTS,
    Attributes,
    first_number,
    is_jump,
    words,
)
from newsclean.segment.images import image_source
from newsclean.segment.inline import LINE_END, Piece, fold, inline
from newsclean.segment.tables import OpenTables

PLAIN: Final = Mark.PLAIN
HEADING: Final = Kind.HEADING
PARAGRAPH: Final = Kind.PARAGRAPH
PICTURE: Final = Kind.IMAGE
"""What is asked for at every block or piece: a member of an enumeration takes long to look up."""

DEEPEST: Final = 12
"""Frames within so many others are left out: no writer shows them, and every block carries its own."""


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
        self._open: list[str] = []
        self._marks = PLAIN
        self._href: str | None = None
        self._is_unread = False
        """Whether the text is none of the page's: the letters of a drawing, the sign of a link within the page."""
        self._styles: list[tuple[Mark, str | None, bool]] = []
        self._frames: tuple[Frame, ...] = ()
        self._frames_around: list[tuple[Frame, ...]] = []
        self._frame_count = 0
        self._tables = OpenTables()
        self._gap = 1
        self._pieces: list[Piece] = []
        self._ruby = 0
        self._pre: list[str] | None = None
        """The tags and classes of the `<pre>` that is open, and of the code in it."""

    def enter(self, node: LexborNode) -> bool:
        """Take in a node; True when its children are to be walked, and `leave` called after them."""
        tag = node.tag or "-"
        if tag == "-text":
            self._text(node.text_content or "")
            return False
        treatment = TREATMENTS.get(tag, INLINE)
        if treatment == BLOCK:
            self._enter_block(tag, node)
        elif treatment == SKIP or tag[0] in "-!" or (self._is_unread and tag not in DRAWING_PARTS):
            return False
        elif treatment == EMPTY:
            self._empty(tag, node)
            return False
        elif treatment == STYLE:
            self._style(tag, node)
        self._open.append(tag)
        return True

    def leave(self) -> None:
        """Close the element that was entered last and is still open."""
        tag = self._open.pop()
        treatment = TREATMENTS.get(tag, INLINE)
        if treatment == BLOCK:
            self._leave_block(tag)
        elif treatment == STYLE:
            self._unstyle(tag)

    def flush(self) -> None:
        """End the block that is being gathered, if there is anything in it."""
        if self._pre is not None:
            self._pieces.append(LINE_END)
        elif self._pieces:
            text, spans, indent = inline(self._pieces)
            self._pieces = []
            if spans:
                tag = self.containers[self._container].tag if self.containers else ""
                level = HEADINGS.get(tag, 0) if text else 0
                kind = HEADING if level else PARAGRAPH if text else PICTURE
                self._add(
                    record(
                        Block,
                        (text, kind, spans, (), self._frames, level, self._gap, indent, tag, self._container, None),
                    )
                )

    def _add(self, block: Block) -> None:
        self.blocks.append(block)
        self._gap = 1

    def _text(self, text: str) -> None:
        if self._is_unread:
            return
        if self._pieces or self._pre is not None or not text.isspace():
            self._pieces.append(Piece(text, self._marks, self._href))

    def _style(self, tag: str, node: LexborNode) -> None:
        """Change what text is taken for, until the end of this element."""
        self._styles.append((self._marks, self._href, self._is_unread))
        if tag == "a":
            attributes = node.attributes
            anchor = "name" in attributes or "id" in attributes
            self._href = attributes.get("href") or self._href or (None if anchor else "")
            self._is_unread = self._is_unread or is_jump(attributes, node)
        elif tag in MARKS:
            self._marks = MARKS[tag] if self._marks is PLAIN else self._marks | MARKS[tag]
            if tag == "code" and self._pre is not None:
                self._pre += ["code", node.attributes.get("class") or ""]
        elif tag == RUBY:
            self._open_ruby()
        else:
            self._is_unread = tag == DRAWING

    def _unstyle(self, tag: str) -> None:
        """Take text again as it was before the element that ends."""
        if tag == RUBY:
            self._close_ruby()
        self._marks, self._href, self._is_unread = self._styles.pop()

    def _open_ruby(self) -> None:
        """Remember where what stands above a character begins; white space before it is none of the text's."""
        while self._pieces and self._pieces[-1].src is None and self._pieces[-1].text.isspace():
            self._pieces.pop()
        self._ruby = len(self._pieces)

    def _close_ruby(self) -> None:
        """Set what stands above a character in brackets."""
        said = fold("".join([piece.text for piece in self._pieces[self._ruby :] if piece.src is None])).strip()
        del self._pieces[self._ruby :]
        if said:
            self._pieces.append(Piece(f"({said})", self._marks, self._href))

    def _empty(self, tag: str, node: LexborNode) -> None:
        """Take in an element without content."""
        if tag == "br":
            self._line_break()
        elif tag == "hr":
            self._rule()
        else:
            self._image(node.attributes)

    def _line_break(self) -> None:
        """A `<br>` ends a block; a second one in a row leaves a blank line."""
        if self._pieces and self._pre is None:
            before = len(self.blocks)
            self.flush()
            self._gap = 0 if len(self.blocks) > before else 1
        else:
            self.flush()
            self._gap = 1

    def _image(self, attributes: Attributes) -> None:
        source = image_source(attributes)
        if source is not None:
            self._pieces.append(Piece(" ".join((attributes.get("alt") or "").split()), self._marks, self._href, source))

    def _rule(self) -> None:
        self.flush()
        if self._pre is None:
            self._add(Block("", Kind.RULE, frames=self._frames, tag="hr", container=max(self._container, 0)))

    def _enter_block(self, tag: str, node: LexborNode) -> None:
        self.flush()
        self._gap = 1
        attributes = node.attributes
        self.containers.append(record(Container, (tag, self._container, words(attributes))))
        self._container = len(self.containers) - 1
        if tag in FRAMES:
            self._enter_frame(FRAMES[tag], attributes)
        elif tag in TABLE_PARTS:
            self._tables.enter(tag, attributes, len(self.blocks), self._frames)
        elif tag in PREFORMATTED and self._pre is None:
            self._pre = [attributes.get("class") or ""]
        elif tag == DRAWN_HTML:
            self._style(tag, node)

    def _leave_block(self, tag: str) -> None:
        if tag in PREFORMATTED:
            self._leave_preformatted()
        self.flush()
        self._gap = 1
        if tag in FRAMES:
            self._frames = self._frames_around.pop()
        elif tag in TABLE_PARTS and self._tables.leave(tag, self.blocks, self._frame_count + 1):
            self._frame_count += 1
        elif tag == DRAWN_HTML:
            self._unstyle(tag)
        self._container = self.containers[self._container].parent

    def _enter_frame(self, kind: FrameKind, attributes: Attributes) -> None:
        self._frame_count += 1
        self._frames_around.append(self._frames)
        if len(self._frames) < DEEPEST:
            self._frames = (*self._frames, Frame(kind, self._frame_count, first_number(attributes)))

    def _boxes_around(self) -> str:
        """The words of the two boxes around the element that is open."""
        parent = self.containers[self._container].parent
        if parent < 0:
            return ""
        box = self.containers[parent]
        return box.words if box.parent < 0 else f"{box.words} {self.containers[box.parent].words}"

    def _leave_preformatted(self) -> None:
        """A `<pre>` is one block of code, or the paragraphs of the prose that it holds."""
        said, self._pre = " ".join(self._pre or ()), None
        pieces, self._pieces = self._pieces, []
        text = preformatted.text_of(pieces)
        if not text.strip():
            return
        if preformatted.is_code(text, said):
            tongue = preformatted.language(said, self._boxes_around())
            code = Block(text, Kind.CODE, (), (), self._frames, tag="pre", container=self._container, language=tongue)
            self._add(code)
            return
        for line in preformatted.lines(pieces):
            self._pieces = line
            self._line_break()
