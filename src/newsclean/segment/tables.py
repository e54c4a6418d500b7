"""Data tables: blocks found inside a `<table>` are folded into one block a row, unless the table only lays out a page.

Old portals lay whole pages out with tables, so a table counts as data only when its shape says so: several rows of
several short cells, nothing nested. The blocks of any other table stay as they are, in reading order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from newsclean.models import Block, Cell, Frame, FrameKind, Kind, Span
from newsclean.segment.elements import Attributes

MIN_ROWS: Final = 2
"""A table of data has at least so many rows of two filled cells and more."""

MAX_CELL_CHARS: Final = 200
"""A cell with more text is a column of a layout."""

MAX_CELL_BLOCKS: Final = 6
"""A cell with more blocks is a column of a layout."""

CELL_KINDS: Final = (Kind.PARAGRAPH, Kind.IMAGE)
"""What the cells of data hold; headings, code and rules are signs of a layout."""

LINE_FEED: Final = Span("\n")
"""What parts the blocks of a cell."""

MAX_SPAN: Final = 1000
"""The largest colspan and rowspan that HTML allows is near this; larger ones are attacks or slips."""


class CellRange(NamedTuple):
    """A cell as the walk saw it: the row it is in, and the range of blocks that were cut in it."""

    row: int
    start: int
    end: int
    header: bool
    colspan: int
    rowspan: int


@dataclass(slots=True)
class _Table:
    """A table that is open: the frames around it, the cells seen so far, and the starts of the open ones."""

    frames: tuple[Frame, ...]
    row: int = 0
    has_table: bool = False
    cells: list[CellRange] = field(default_factory=list)
    open_cells: list[tuple[int, Attributes]] = field(default_factory=list)


class OpenTables:
    """The tables around the place that the walk has come to; a table is folded when it ends."""

    def __init__(self) -> None:
        self._tables: list[_Table] = []

    def enter(self, tag: str, attributes: Attributes, place: int, frames: tuple[Frame, ...]) -> None:
        """Take in the start of a table, row or cell; `place` is the index of the block that would come next."""
        if tag == "table":
            if self._tables:
                self._tables[-1].has_table = True
            self._tables.append(_Table(frames))
        elif self._tables and tag == "tr":
            self._tables[-1].row += 1
        elif self._tables:
            self._tables[-1].open_cells.append((place, attributes))

    def leave(self, tag: str, blocks: list[Block], frame: int) -> bool:
        """Take in the end of a table, row or cell.

        True when a table of data has ended: its blocks, the last of `blocks`, are rows now, in a frame with the id
        `frame`.
        """
        if tag == "table":
            return _fold(self._tables.pop(), blocks, frame)
        if tag != "tr" and self._tables and self._tables[-1].open_cells:
            table = self._tables[-1]
            start, attributes = table.open_cells.pop()
            table.cells.append(CellRange(table.row, start, len(blocks), tag == "th", *_spans(attributes)))
        return False


def _fold(table: _Table, blocks: list[Block], frame: int) -> bool:
    """Fold the blocks of a table that has ended into rows, if it holds data."""
    if table.has_table or not table.cells or not _is_data(table.cells, blocks):
        return False
    blocks[table.cells[0].start :] = _rows(table.cells, blocks, (*table.frames, Frame(FrameKind.TABLE, frame)))
    return True


def _spans(attributes: Attributes) -> tuple[int, int]:
    """The columns and rows that a cell spans."""
    if not attributes:
        return 1, 1
    return _span(attributes.get("colspan")), _span(attributes.get("rowspan"))


def _span(value: str | None) -> int:
    """Read a colspan or rowspan attribute: a number from 1 to `MAX_SPAN`, else 1."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > len(str(MAX_SPAN)):
        return 1
    return min(max(int(value), 1), MAX_SPAN)


def _is_data(cells: list[CellRange], blocks: list[Block]) -> bool:
    """Tell a table of data from a layout by the shape of its cells, which are in the order of the page."""
    if sum([cell.end - cell.start for cell in cells]) != len(blocks) - cells[0].start:
        return False  # something stands outside the cells, a caption in the middle: folding would lose it
    if not all(_is_small(blocks[cell.start : cell.end]) for cell in cells):
        return False
    filled = Counter([cell.row for cell in cells if cell.end > cell.start])
    return sum(count > 1 for count in filled.values()) >= MIN_ROWS


def _is_small(inside: list[Block]) -> bool:
    """Whether the blocks of a cell are few, short and plain."""
    if len(inside) > MAX_CELL_BLOCKS:
        return False
    chars = 0
    for block in inside:
        if block.kind not in CELL_KINDS:
            return False
        chars += len(block.text)
    return chars <= MAX_CELL_CHARS


def _rows(cells: list[CellRange], blocks: list[Block], frames: tuple[Frame, ...]) -> list[Block]:
    """Fold the `blocks` that stand in `cells` into one ROW block for each row that holds anything.

    `frames` are those of the rows, their table's the last.
    """
    rows: dict[int, list[CellRange]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [block for row in rows.values() if (block := _row(row, blocks, frames)) is not None]


def _row(cells: list[CellRange], blocks: list[Block], frames: tuple[Frame, ...]) -> Block | None:
    """Make one block of a row's cells, or None of a row without any block."""
    inside = [blocks[cell.start : cell.end] for cell in cells]
    head = next((one[0] for one in inside if one), None)
    if head is None:
        return None
    text = "\t".join([" ".join([block.text for block in one]) for one in inside]).strip("\t")
    made = tuple([_cell(cell, one) for cell, one in zip(cells, inside, strict=True)])
    return Block(text, Kind.ROW, (), made, frames, 0, head.gap, 0, head.tag, head.container)


def _cell(cell: CellRange, blocks: list[Block]) -> Cell:
    """Join the blocks of one cell, a line each."""
    spans = blocks[0].spans if blocks else ()
    for block in blocks[1:]:
        spans = (*spans, LINE_FEED, *block.spans)
    return Cell(spans, cell.header, cell.colspan, cell.rowspan)
