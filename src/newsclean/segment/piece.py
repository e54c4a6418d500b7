"""A piece of a dump: what a line, or a column of it, holds before it becomes a block."""

from __future__ import annotations

from typing import Final

from newsclean.models import Kind

PARAGRAPH: Final = Kind.PARAGRAPH
"""What nearly every piece is; a member of an enumeration takes long to look up."""


class Piece:
    """A run of text on a line, white space folded, without its bullet.

    `indent` is the column that it starts at (with its bullet), `column` the one that its next lines start at: behind
    a bullet, and left of ideographic spaces, which indent a first line alone. `gap` counts the blank lines before its
    line (0 for all but the first piece of a line). `table` numbers the tables of a dump from 1. `marker` is the bullet,
    or "1." for any number, and `number` that number; `level` is that of a heading, else 0.
    A plain class, for a dump has hundreds of thousands, and compiled code makes and reads such a one quickest by far.
    """

    __slots__ = ("cells", "column", "gap", "indent", "kind", "level", "line", "marker", "number", "table", "text")

    def __init__(  # noqa: PLR0913, PLR0917 - a value with so many fields, most of which are seldom given
        self,
        text: str,
        line: int,
        indent: int,
        column: int,
        gap: int = 0,
        kind: Kind = PARAGRAPH,
        cells: tuple[str, ...] = (),
        table: int = 0,
        marker: str = "",
        number: int = 0,
        level: int = 0,
    ) -> None:
        self.text: Final = text
        self.line: Final = line
        self.indent: Final = indent
        self.column: Final = column
        self.gap: Final = gap
        self.kind: Final = kind
        self.cells: Final = cells
        self.table: Final = table
        self.marker: Final = marker
        self.number: Final = number
        self.level: Final = level

    def but(self, text: str | None = None, gap: int | None = None, level: int | None = None) -> Piece:
        """The same piece with another text, gap or level."""
        return Piece(
            self.text if text is None else text,
            self.line,
            self.indent,
            self.column,
            self.gap if gap is None else gap,
            self.kind,
            self.cells,
            self.table,
            self.marker,
            self.number,
            self.level if level is None else level,
        )
