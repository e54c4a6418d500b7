"""Data tables: blocks found inside a `<table>` are folded into one block a row, unless the table only lays out a page.

Old portals lay whole pages out with tables, so a table counts as data only when its shape says so: several rows of
several short cells, nothing nested. The blocks of any other table stay as they are, in reading order.
"""

from __future__ import annotations

from typing import NamedTuple

from newsclean.models import Block, Cell, Frame, FrameKind, Kind, Mark, Span

MIN_ROWS = 2
"""A table of data has at least so many rows of two filled cells and more."""

MAX_CELL_CHARS = 200
"""A cell with more text is a column of a layout."""

MAX_CELL_BLOCKS = 6
"""A cell with more blocks is a column of a layout."""

CELL_KINDS = frozenset({Kind.PARAGRAPH, Kind.IMAGE})
"""What the cells of data hold; headings, code and rules are signs of a layout."""

MAX_SPAN = 1000
"""The largest colspan and rowspan that HTML allows is near this; larger ones are attacks or slips."""


class CellRange(NamedTuple):
    """A cell as the walk saw it: the row it is in, and the range of blocks that were cut in it."""

    row: int
    start: int
    end: int
    header: bool
    colspan: int
    rowspan: int


def span_count(value: str | None) -> int:
    """Read a colspan or rowspan attribute: a number from 1 to `MAX_SPAN`, else 1."""
    if value is None or not value.isascii() or not value.isdigit() or len(value) > len(str(MAX_SPAN)):
        return 1
    return min(max(int(value), 1), MAX_SPAN)


def is_data(cells: list[CellRange], blocks: list[Block]) -> bool:
    """Tell a table of data from a layout by the shape of its cells."""
    first = min((cell.start for cell in cells), default=0)
    if sum(cell.end - cell.start for cell in cells) != len(blocks) - first:
        return False  # something stands outside the cells, a caption in the middle: folding would lose it
    filled: dict[int, int] = {}
    for cell in cells:
        inside = blocks[cell.start : cell.end]
        if not inside:
            continue
        if len(inside) > MAX_CELL_BLOCKS or any(block.kind not in CELL_KINDS for block in inside):
            return False
        if sum(len(block.text) for block in inside) > MAX_CELL_CHARS:
            return False
        filled[cell.row] = filled.get(cell.row, 0) + 1
    return sum(count > 1 for count in filled.values()) >= MIN_ROWS


def fold_rows(cells: list[CellRange], blocks: list[Block], frames: tuple[Frame, ...], table: int) -> list[Block]:
    """Fold the `blocks` that stand in `cells` into one ROW block for each row that holds anything.

    `frames` are those around the table, `table` is the id of its own frame.
    """
    rows: dict[int, list[CellRange]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    inside = (*frames, Frame(FrameKind.TABLE, table))
    return [block for row in rows.values() if (block := _row(row, blocks, inside)) is not None]


def _row(cells: list[CellRange], blocks: list[Block], frames: tuple[Frame, ...]) -> Block | None:
    """Make one block of a row's cells, or None of a row without any block."""
    first = next((cell for cell in cells if cell.end > cell.start), None)
    if first is None:
        return None
    made = tuple(_cell(cell, blocks[cell.start : cell.end]) for cell in cells)
    text = "\t".join("".join(s.text for s in cell.spans if s.src is None).replace("\n", " ") for cell in made)
    head = blocks[first.start]
    return Block(
        text=text.strip("\t"),
        kind=Kind.ROW,
        cells=made,
        frames=frames,
        gap=head.gap,
        tag=head.tag,
        container=head.container,
    )


def _cell(cell: CellRange, blocks: list[Block]) -> Cell:
    """Join the blocks of one cell, a line each."""
    spans: list[Span] = []
    for block in blocks:
        if spans:
            spans.append(Span("\n", Mark.PLAIN))
        spans.extend(block.spans)
    return Cell(tuple(spans), cell.header, cell.colspan, cell.rowspan)
