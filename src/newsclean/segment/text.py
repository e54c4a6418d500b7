"""The lines of a dump → blocks, from the form of the lines alone.

    lines ─ pieces ─▶ pieces ─ marks ─▶ bullets, numbers, headings ─ joins ─▶ paragraphs ─▶ blocks

A block is a line in most dumps; wrapped lines and broken text nodes are put together, side-by-side columns parted.
What is left to do here: rows to cells, and the lists that marked pieces stand in, nested by their columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclean.models import Block, Blocks, Cell, Container, Frame, FrameKind, Kind, Span
from newsclean.page import TextPage
from newsclean.segment.joins import join
from newsclean.segment.marks import ORDERED, mark
from newsclean.segment.pieces import Piece, scan

ROOT = Container("", -1)
"""A dump tells of no containers."""

BLANK_KINDS = frozenset({Kind.IMAGE, Kind.RULE})
"""What is drawn with characters that are no text."""

DEEPEST = 8
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
    pieces = join(mark(scan(page.lines)))
    return Blocks(tuple(_blocks(pieces)), (ROOT,))


def _blocks(pieces: Sequence[Piece]) -> Iterator[Block]:
    """Blocks with their frames; of several rules on end the first stays."""
    ruled = False
    for piece, frames in zip(pieces, _frames(pieces), strict=True):
        is_rule = piece.kind is Kind.RULE
        if not (is_rule and ruled):
            yield _block(piece, frames)
        ruled = is_rule


def _block(piece: Piece, frames: tuple[Frame, ...]) -> Block:
    kind = Kind.HEADING if piece.level else piece.kind
    text = "" if kind in BLANK_KINDS else piece.text
    spans = (Span(text),) if text else ()
    cells = tuple(Cell((Span(cell),) if cell else ()) for cell in piece.cells) if piece.cells else ()
    return Block(text, kind, spans, cells, frames, piece.level, piece.gap, piece.indent)


def _frames(pieces: Sequence[Piece]) -> Iterator[tuple[Frame, ...]]:
    """For each piece the lists, items or table that it stands in."""
    identity = max((piece.table for piece in pieces), default=0)
    open_items: list[_Item] = []
    for piece in pieces:
        _close(open_items, piece)
        if piece.marker and (not open_items or open_items[-1].indent < piece.indent):
            outer = open_items[-1].frames if open_items else ()
            lists = (*outer[: 2 * (DEEPEST - 1)], _list(piece, identity + 1))
            open_items.append(
                _Item(piece.marker, piece.indent, piece.column, (*lists, Frame(FrameKind.ITEM, identity + 2)))
            )
            identity += 2
        elif piece.marker:
            lists, identity = open_items[-1].frames[:-1], identity + 1
            open_items[-1] = _Item(piece.marker, piece.indent, piece.column, (*lists, Frame(FrameKind.ITEM, identity)))
        frames = open_items[-1].frames if open_items else ()
        yield (*frames, Frame(FrameKind.TABLE, piece.table)) if piece.table else frames


def _close(open_items: list[_Item], piece: Piece) -> None:
    """Close the items that a piece does not stand in: they, or their text, begin further right."""
    while open_items and not _holds(open_items[-1], piece):
        open_items.pop()


def _holds(item: _Item, piece: Piece) -> bool:
    """Whether a piece goes on with an item or with its list."""
    if piece.marker and piece.indent == item.indent:
        return piece.marker == item.marker
    return piece.indent >= item.column if not piece.marker else piece.indent > item.indent


def _list(piece: Piece, identity: int) -> Frame:
    if piece.marker == ORDERED:
        return Frame(FrameKind.ORDERED_LIST, identity, piece.number)
    return Frame(FrameKind.LIST, identity)
