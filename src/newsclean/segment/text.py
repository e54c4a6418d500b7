"""The lines of a dump → blocks, from the form of the lines alone.

    lines ─ links ─▶ lines without numbers of links ─ pieces ─▶ pieces ─ markup ─▶ quotes, code ─ marks ─▶ bullets,
    numbers, headings ─ joins ─▶ paragraphs ─ subheads ─▶ blocks

A block is a line in most dumps; wrapped lines and broken text nodes are put together, side-by-side columns parted.
What is left to do here: rows to cells, and the lists that marked pieces stand in, nested by their columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from newsclean.models import Block, Blocks, Cell, Container, Frame, FrameKind, Kind, Mark, Span, record
from newsclean.page import TextPage
from newsclean.segment.joins import join
from newsclean.segment.links import unnumbered
from newsclean.segment.marks import ORDERED, mark
from newsclean.segment.markup import Fence, Quote, fences, quotes, unquoted, with_code
from newsclean.segment.piece import Piece
from newsclean.segment.pieces import scan
from newsclean.segment.subheads import with_subheads

ROOT: Final = Container("", -1)
"""A dump tells of no containers."""

PLAIN: Final = Mark.PLAIN
HEADING: Final = Kind.HEADING
"""What is asked for at every block: a member of an enumeration takes long to look up."""

BLANK_KINDS: Final = (Kind.IMAGE, Kind.RULE)
"""What is drawn with characters that are no text."""

DEEPEST: Final = 8
"""Lists nested deeper are taken for this deep: no writer goes further, and frames stay few."""


class _Item(NamedTuple):
    """An open item of an open list."""

    marker: str
    indent: int
    column: int
    frames: tuple[Frame, ...]


def segment(page: TextPage) -> Blocks:
    """Find paragraphs, headings, lists, rows and rules among the lines of a dump.

    `indent` of a block is in columns (a tab 8, an ideographic space 2). A rule and an image have no text: a dump
    names no more of an image than its file. The blocks of a layout column that is drawn beside another
    are ordered by their first lines.
    """
    lines, taken = unnumbered(page.lines)
    code = {fence.first: fence for fence in fences(lines)}
    pieces = scan(lines)
    if code:
        pieces = list(with_code(pieces, code))
    quoted = quotes(pieces)
    if quoted:
        pieces = list(unquoted(pieces, quoted))
    pieces = with_subheads(join(mark(pieces), taken))
    return Blocks(tuple(_blocks(pieces, code, quoted)), (ROOT,), dump=True)


def _blocks(pieces: Sequence[Piece], code: dict[int, Fence], quoted: dict[int, Quote]) -> Iterator[Block]:
    """Blocks with their frames; of several rules on end the first stays."""
    made: dict[str, Cell] = {"": Cell(())}
    ruled = False
    for piece, frames in zip(pieces, _frames(pieces, quoted), strict=True):
        is_rule = piece.kind is Kind.RULE
        if piece.kind is Kind.CODE:
            language = code[piece.line].language
            yield Block(piece.text, Kind.CODE, (), (), frames, 0, piece.gap, piece.indent, language=language)
        elif not (is_rule and ruled):
            yield _row(piece, frames, made) if piece.cells else _block(piece, frames)
        ruled = is_rule


def _block(piece: Piece, frames: tuple[Frame, ...]) -> Block:
    kind = HEADING if piece.level else piece.kind
    text = "" if kind in BLANK_KINDS else piece.text
    spans = (record(Span, (text, PLAIN, None, None)),) if text else ()
    fields = (text, kind, spans, (), frames, piece.level, piece.gap, piece.indent, "", 0, None)
    return record(Block, fields)


def _row(piece: Piece, frames: tuple[Frame, ...], made: dict[str, Cell]) -> Block:
    """A row of a table; cells that read alike are one value (`made`), for tables repeat themselves."""
    for text in piece.cells:
        if text not in made:
            made[text] = Cell((Span(text),))
    cells = tuple([made[text] for text in piece.cells])
    return Block(piece.text, Kind.ROW, (), cells, frames, 0, piece.gap, piece.indent)


def _frames(pieces: Sequence[Piece], quoted: dict[int, Quote]) -> Iterator[tuple[Frame, ...]]:
    """For each piece the quotes, lists, items or table that it stands in."""
    identity = max((piece.table for piece in pieces), default=0)
    open_items: list[_Item] = []
    table: tuple[Frame, ...] = ()
    quote: Quote | None = None
    around: tuple[Frame, ...] = ()
    for piece in pieces:
        if quoted and quote != quoted.get(piece.line):
            around = _quotes_around(around, quote, quoted.get(piece.line), identity)
            quote, identity = quoted.get(piece.line), max(identity, *(frame.id for frame in around), 0)
            open_items.clear()
        if open_items:
            _close(open_items, piece)
        if piece.marker:
            identity = _open(open_items, piece, identity)
        frames = (*around, *open_items[-1].frames) if open_items else around
        if piece.table and (not table or table[-1].id != piece.table):
            table = (*frames, Frame(FrameKind.TABLE, piece.table))
        yield table if piece.table else frames


def _quotes_around(
    around: tuple[Frame, ...], before: Quote | None, quote: Quote | None, identity: int
) -> tuple[Frame, ...]:
    """The frames of `quote`, from those of the quote before: in one run, the outer ones go on."""
    if quote is None:
        return ()
    kept = around[: quote.depth] if before is not None and before.run == quote.run else ()
    return (*kept, *(Frame(FrameKind.QUOTE, identity + at) for at in range(1, quote.depth - len(kept) + 1)))


def _open(open_items: list[_Item], piece: Piece, identity: int) -> int:
    """Open an item, in the list of the last one or in a new list; the last identity given to a frame."""
    if open_items and _is_next(open_items[-1], piece):
        lists = open_items.pop().frames[:-1]
    else:
        outer = open_items[-1].frames if open_items else ()
        identity += 1
        lists = (*outer[: 2 * (DEEPEST - 1)], _list(piece, identity))
    identity += 1
    open_items.append(_Item(piece.marker, piece.indent, piece.column, (*lists, Frame(FrameKind.ITEM, identity))))
    return identity


def _close(open_items: list[_Item], piece: Piece) -> None:
    """Close the items that a piece does not stand in."""
    while open_items and not _holds(open_items[-1], piece):
        open_items.pop()


def _holds(item: _Item, piece: Piece) -> bool:
    """Whether a piece goes on with an item (right below its text, not left nor right of it) or with its list."""
    if not piece.marker:
        return piece.column == item.column
    return _is_next(item, piece) or piece.indent > item.indent


def _is_next(item: _Item, piece: Piece) -> bool:
    """Whether a piece is an item of the same list; numbers are set with their first digits or their points aligned."""
    return piece.marker == item.marker and (piece.indent == item.indent or piece.column == item.column)


def _list(piece: Piece, identity: int) -> Frame:
    if piece.marker == ORDERED:
        return Frame(FrameKind.ORDERED_LIST, identity, piece.number)
    return Frame(FrameKind.LIST, identity)
