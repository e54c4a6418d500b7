"""Data tables: blocks found inside a `<table>` are folded into one block a row, unless the table only lays out a page.

Old portals lay whole pages out with tables, so a table counts as data only when its shape says so: several rows of
several short cells, nothing nested. The blocks of any other table stay as they are, in reading order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from newsclean.models import Block, Cell, Frame, FrameKind, Kind, Span, record
from newsclean.segment.elements import Attributes

MIN_ROWS: Final = 2
"""A table of data has at least so many rows of two filled cells and more."""

MAX_CELL_CHARS: Final = 200
"""A cell with more text is a column of a layout."""

MAX_CELL_BLOCKS: Final = 6
"""A cell with more blocks is a column of a layout."""

PARAGRAPH: Final = Kind.PARAGRAPH
PICTURE: Final = Kind.IMAGE
ROW: Final = Kind.ROW
"""What the cells of data hold, and what is made of them; headings, code and rules are signs of a layout."""

LINE_FEED: Final = Span("\n")
"""What parts the blocks of a cell."""

MAX_SPAN: Final = 1000
"""The largest colspan and rowspan that HTML allows is near this; larger ones are attacks or slips."""


class CellRange:
    """A cell as the walk saw it: the row it is in, and the range of blocks that were cut in it.

    A plain class, for tables have hundreds of thousands of them, and compiled it is made in no time.
    """

    def __init__(self, row: int, start: int, end: int, header: bool, attributes: Attributes) -> None:
        self.row = row
        self.start = start
        self.end = end
        self.header = header
        self.colspan = _span(attributes.get("colspan")) if attributes else 1
        self.rowspan = _span(attributes.get("rowspan")) if attributes else 1


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
            table.cells.append(CellRange(table.row, start, len(blocks), tag == "th", attributes))
        return False


def _fold(table: _Table, blocks: list[Block], frame: int) -> bool:
    """Fold the blocks of a table that has ended into rows, if it holds data."""
    if table.has_table or not table.cells or not _is_data(table.cells, blocks):
        return False
    blocks[table.cells[0].start :] = _rows(table.cells, blocks, (*table.frames, Frame(FrameKind.TABLE, frame)))
    return True


def _span(value: str | None) -> int:
    """Read a colspan or rowspan attribute: a number from 1 to `MAX_SPAN`, else 1."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > len(str(MAX_SPAN)):
        return 1
    return min(max(int(value), 1), MAX_SPAN)


def _is_data(cells: list[CellRange], blocks: list[Block]) -> bool:
    """Tell a table of data from a layout by the shape of its cells, which are in the order of the page."""
    if sum([cell.end - cell.start for cell in cells]) != len(blocks) - cells[0].start:
        return False  # something stands outside the cells, a caption in the middle: folding would lose it
    for cell in cells:
        if not _is_small(blocks, cell):
            return False
    filled = Counter([cell.row for cell in cells if cell.end > cell.start])
    return sum([1 for count in filled.values() if count > 1]) >= MIN_ROWS


def _is_small(blocks: list[Block], cell: CellRange) -> bool:
    """Whether the blocks of a cell are few, short and plain."""
    if cell.end - cell.start > MAX_CELL_BLOCKS:
        return False
    chars = 0
    for place in range(cell.start, cell.end):
        block = blocks[place]
        if block.kind is not PARAGRAPH and block.kind is not PICTURE:
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
    head: Block | None = None
    texts: list[str] = []
    made: list[Cell] = []
    for cell in cells:
        text, spans = _content(blocks, cell)
        texts.append(text)
        made.append(record(Cell, (spans, cell.header, cell.colspan, cell.rowspan)))
        if head is None and cell.end > cell.start:
            head = blocks[cell.start]
    if head is None:
        return None
    text = "\t".join(texts).strip("\t")
    fields = (text, ROW, (), tuple(made), frames, 0, head.gap, 0, head.tag, head.container, None)
    return record(Block, fields)


def _content(blocks: list[Block], cell: CellRange) -> tuple[str, tuple[Span, ...]]:
    """The text and the spans of a cell: its blocks joined, a line each."""
    if cell.end == cell.start:
        return "", ()
    first = blocks[cell.start]
    text, spans = first.text, first.spans
    for place in range(cell.start + 1, cell.end):
        text = f"{text} {blocks[place].text}"
        spans = (*spans, LINE_FEED, *blocks[place].spans)
    return text, spans
