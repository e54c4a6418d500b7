"""Markdown: the rows of a table → a grid of cells → a GFM table.

Markdown has no cells over several columns or rows: the text stands in the first, the others are empty, so that what
follows keeps its column. The first row is the header, as GFM tables have one; tables on news pages mostly begin with
theirs, marked up or not.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.models import Block, Cell, Style
from newsclean.render.inline import folded, source
from newsclean.render.structure import cells_of

MAX_COLUMNS = 64
"""Empty cells are put in only up to this column: pages say colspan=1000 where they mean "the rest"."""


def table(rows: Sequence[Block], style: Style) -> list[str]:
    """The lines of the table that `rows` make."""
    cells = [cells_of(row) for row in rows]
    columns = max(map(len, cells))
    grid = _grid(cells, min(columns, MAX_COLUMNS))
    width = max(map(len, grid))
    grid[0] += [None] * (width - len(grid[0]))
    written = [_row(["" if cell is None else _cell(cell, style) for cell in row]) for row in grid]
    return [written[0], _row(["---"] * width), *written[1:]]


def _grid(rows: Sequence[Sequence[Cell]], columns: int) -> list[list[Cell | None]]:
    """The rows with None where a cell above or to the left reaches, as far as `columns` leave room for that."""
    grid: list[list[Cell | None]] = []
    reach: dict[int, int] = {}
    for cells in rows:
        row, reach = _placed(cells, columns, reach)
        grid.append(row)
    return grid


def _placed(cells: Sequence[Cell], columns: int, above: dict[int, int]) -> tuple[list[Cell | None], dict[int, int]]:
    """One row in its columns, and for how many more rows each column is taken.

    `above` tells that for this row: column → number of rows. Cells never leave the row, so it is at most as long as
    `columns` or the number of cells.
    """
    row: list[Cell | None] = []
    below = {column: left - 1 for column, left in above.items() if left > 1}
    for i, cell in enumerate(cells):
        room = columns - len(cells) + i
        while len(row) < room and above.get(len(row), 0) > 0:
            row.append(None)
        start = len(row)
        row.append(cell)
        while len(row) < min(room + 1, start + cell.colspan):
            row.append(None)
        if cell.rowspan > 1:
            below.update(dict.fromkeys(range(start, len(row)), cell.rowspan - 1))
    while len(row) < columns and above.get(len(row), 0) > 0:
        row.append(None)
    return row, below


def _cell(cell: Cell, style: Style) -> str:
    """The text of a cell on one line, where only a bar with a backslash is no border."""
    return folded(source(cell.spans, style)).replace("|", "\\|")


def _row(cells: Sequence[str]) -> str:
    """One line of the table."""
    return f"| {' | '.join(cells)} |"
