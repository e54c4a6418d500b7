"""Lines of a dump → pieces: the runs of text between wide gaps, each with the column that it starts at.

A renderer that draws tables and layout columns (w3m, inscriptis, the tabs of a browser) puts side by side what has
nothing to do with one another. So a line is cut at its wide gaps; where the lines above or below are cut alike, it is
a row of a table and stays whole. Form fields are dropped, pictures and rules are recognised by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from newsclean.models import Kind
from newsclean.patterns import lazy
from newsclean.segment.piece import PARAGRAPH, Piece

TAB_COLUMNS: Final = 8
"""The columns that a tab counts for."""

IDEOGRAPHIC_SPACE: Final = "\u3000"
"""What authors indent the first line of a paragraph with, whatever its margin."""

INVISIBLE: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
"""Characters without ink: a line of these is a blank line."""

GAP_COLUMNS: Final = 4
"""A run of so many spaces parts two columns; two or three are a sloppy author's."""

WIDE_GAP: Final = " " * GAP_COLUMNS
"""What parts two columns. Other spaces (no-break, ideographic) are made by authors, not by renderers."""

TAB: Final = " " * TAB_COLUMNS
"""A tab parts two columns in any case."""

BRACKETS: Final = lazy(r"\[[^\[\]]*\]")
"""Something in square brackets, as text browsers draw form fields and pictures."""

FIELD_END: Final = "  ]"
"""A bracket padded with spaces is a form field; text in brackets is not padded."""

PICTURES: Final = lazy(r"(?:\[[!-Z\\^-~]{1,200}\] ?)+")
"""A line of nothing but bracketed ASCII words: pictures without alternative text, named by their files."""

FILE_LIKE: Final = lazy(r"\[(?=[^\[\]]*[A-Za-z])(?:(?=[^\[\]]*[\d._-])[^\[\]]*|[^\[\]A-Z]*)\]")
"""What tells a file's name from a word such as [Music]: digits, dots and dashes, or no capital."""

RULE_STARTS: Final = frozenset("-_=*~+#—–─━═＿＝﹏")
"""Characters that lines are drawn with."""

RULE: Final = lazy(rf"[{re.escape(''.join(sorted(RULE_STARTS)))} ]{{3,}}")
"""A line drawn with characters."""

WIDE_CHARACTERS: Final = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
"""Characters that take two columns (East Asian Width W and F of the Basic Multilingual Plane), for a pattern."""

WIDE: Final = lazy(f"[{WIDE_CHARACTERS}]+")

COMMAS: Final = frozenset(",;，、；。")
"""Punctuation that makes no column of its own: source code is spaced like this, and some dumps keep its spaces."""

CELL_COLUMNS: Final = 40
"""A wider piece is prose in a layout column rather than a cell of a table."""

ITEM_SIGN: Final = lazy(r"[•◦‣▪·*]|\d{1,2}[.)、．]|[（(]\d{1,2}[)）]")
"""A bullet or number of an item: the gap behind it parts no columns."""

LONGEST_ITEM_SIGN: Final = 4
"""No such sign has more characters."""

FEWEST_CELLS: Final = 2
"""A row has two cells at least."""

CELL_COLUMNS_OF_MANY: Final = 60
"""The same for three cells and more: layouts have seldom so many with prose in them."""

TABBED_CELL_COLUMNS: Final = 300
"""The same for cells parted by tabs: those come from a browser, which puts them between table cells alone."""

SHARED_CELLS: Final = 2
"""Rows with more cells or fewer (some are empty) have so many that start at the same columns."""

ROW_DISTANCE: Final = 2
"""Rows of one table are at most so many lines apart (one blank line between)."""

TABLE_ROWS: Final = 3
"""So many lines cut alike make a table: a row has two neighbours like it."""

TABBED_TABLE_ROWS: Final = 2
"""The same for lines cut at tabs."""


class _Line(NamedTuple):
    """A line cut at its wide gaps: the column and text of each part, and the cells that it has if it is a row.

    `tabbed` tells that it was cut at tabs alone; there are no cells where a part is too wide for one.
    """

    number: int
    gap: int
    parts: tuple[tuple[int, str], ...]
    cells: tuple[str, ...]
    tabbed: bool


class _Indent(NamedTuple):
    """The columns that the first line of a paragraph starts at, and those that its other lines would start at."""

    first: int
    others: int


def width(text: str) -> int:
    """The columns that `text` takes in a terminal."""
    return len(text) if text.isascii() else 2 * len(text) - len(WIDE.sub("", text))


def scan(lines: Sequence[str]) -> list[Piece]:
    """Cut `lines` into pieces; blank lines and form fields leave nothing but a gap."""
    found: list[Piece | _Line] = []
    indents: dict[str, _Indent] = {}
    after = 0
    for number, line in enumerate(lines):
        body = line.strip()
        if not body:
            continue
        space = line[: line.index(body[0])]
        indent = indents.get(space) or indents.setdefault(space, _indent(space))
        if "[" in body and FIELD_END in body:
            body = BRACKETS.sub(_without_field, body)
        is_cut = WIDE_GAP in body or "\t" in body
        one = (_cut if is_cut else _whole)(body, indent, number, number - after)
        if one is not None:
            found.append(one)
            after = number + 1
    return _with_rows(found)


def _indent(space: str) -> _Indent:
    return _Indent(_columns(space), _columns(space.split(IDEOGRAPHIC_SPACE, 1)[0]))


def fold(text: str) -> str:
    """`text` with every run of white space made one space; "" where nothing visible is left."""
    folded = " ".join(text.split())
    return folded if folded and (folded[0] not in INVISIBLE or folded.strip(INVISIBLE + " ")) else ""


def _whole(body: str, indent: _Indent, number: int, gap: int) -> Piece | None:
    """A line as one piece."""
    text = fold(body)
    return Piece(text, number, indent.first, indent.others, gap, kind_of(text)) if text else None


def _cut(body: str, indent: _Indent, number: int, gap: int) -> _Line | None:
    """A line cut at its wide gaps, or None where it has no text."""
    columns = _columns_of(body)
    parts = tuple([(indent.first + column, text) for column, part in columns if (text := fold(part))])
    if not parts:
        return None
    tabbed = "\t" in body and WIDE_GAP not in body
    if not _may_be_row(parts, tabbed):
        return _Line(number, gap, parts, (), tabbed)
    cells = [fold(cell) for cell in body.split("\t")] if tabbed else [text for _, text in parts]
    return _Line(number, gap, parts, tuple(cells), tabbed)


def _columns(space: str) -> int:
    """The columns that white space takes."""
    if space.isascii() and "\t" not in space:
        return len(space)
    return len(space) + (TAB_COLUMNS - 1) * space.count("\t") + space.count(IDEOGRAPHIC_SPACE)


def _without_field(found: re.Match[str]) -> str:
    """A form field as a gap of its width; anything else in brackets as it is."""
    whole = found.group()
    return " " * max(GAP_COLUMNS, width(whole)) if whole.endswith(FIELD_END) else whole


def _columns_of(body: str) -> list[tuple[int, str]]:
    """The parts of a line between wide gaps, each with its column within `body`."""
    parts: list[tuple[int, str]] = []
    column = 0
    for chunk in body.replace("\t", TAB).split(WIDE_GAP):
        part = chunk.lstrip(" ")
        if part:
            parts.append((column + len(chunk) - len(part), part))
        column += width(chunk) + GAP_COLUMNS
    glued = [at for at in range(1, len(parts)) if _is_glued(parts[at - 1][1], parts[at][1])]
    return _with_glued(parts, set(glued)) if glued else parts


def _is_glued(left: str, right: str) -> bool:
    """Whether a gap parts no columns, as a lone comma or bullet beside it shows."""
    if left in COMMAS or right in COMMAS:
        return True
    return len(left) <= LONGEST_ITEM_SIGN and ITEM_SIGN.fullmatch(left) is not None


def _with_glued(parts: Sequence[tuple[int, str]], glued: set[int]) -> list[tuple[int, str]]:
    """The parts, with those in `glued` (by index) as one with the part before."""
    heads = [at for at in range(len(parts)) if at not in glued]
    ends = [*heads[1:], len(parts)]
    return [
        (parts[head][0], " ".join(part for _, part in parts[head:end])) for head, end in zip(heads, ends, strict=True)
    ]


def _may_be_row(parts: Sequence[tuple[int, str]], tabbed: bool) -> bool:
    if len(parts) < FEWEST_CELLS:
        return False
    few = len(parts) == FEWEST_CELLS
    limit = TABBED_CELL_COLUMNS if tabbed else CELL_COLUMNS if few else CELL_COLUMNS_OF_MANY
    longest = max(len(text) for _, text in parts)
    return 2 * longest <= limit or all(width(text) <= limit for _, text in parts)


def _with_rows(found: Sequence[Piece | _Line]) -> list[Piece]:
    """Make each line that was cut a row, where its neighbours are cut alike, or else a piece for each part."""
    pieces: list[Piece] = []
    run: list[_Line] = []
    tables = 0
    for one in found:
        if run and not (isinstance(one, _Line) and _alike(run[-1], one)):
            tables += _flush(run, tables + 1, pieces)
            run = []
        if isinstance(one, _Line):
            run.append(one)
        else:
            pieces.append(one)
    _flush(run, tables + 1, pieces)
    return pieces


def _flush(run: Sequence[_Line], table: int, pieces: list[Piece]) -> bool:
    """Add the pieces of a run of lines that are cut alike; tell whether they were enough for a table."""
    is_table = bool(run) and len(run) >= (TABBED_TABLE_ROWS if run[0].tabbed else TABLE_ROWS)
    for line in run:
        if is_table:
            start, text = line.parts[0][0], "\t".join(line.cells)
            pieces.append(Piece(text, line.number, start, start, line.gap, Kind.ROW, line.cells, table))
        else:
            pieces.extend(_parts(line))
    return is_table


def _parts(line: _Line) -> Iterator[Piece]:
    gap = line.gap
    for column, text in line.parts:
        yield Piece(text, line.number, column, column, gap, kind_of(text))
        gap = 0


def _alike(above: _Line, below: _Line) -> bool:
    """Whether two lines are cut alike: as many cells, or two cells that start at the same columns."""
    if not (above.cells and below.cells) or above.tabbed != below.tabbed:
        return False
    if below.number - above.number > ROW_DISTANCE:
        return False
    if len(above.cells) == len(below.cells):
        return True
    shared = {column for column, _ in above.parts} & {column for column, _ in below.parts}
    return not below.tabbed and len(shared) >= SHARED_CELLS


def kind_of(text: str) -> Kind:
    """Tell pictures and rules from text."""
    first = text[0]
    if first in RULE_STARTS and RULE.fullmatch(text):
        return Kind.RULE
    if first != "[":
        return PARAGRAPH
    is_picture = PICTURES.fullmatch(text) and not FILE_LIKE.sub("", text).strip()
    return Kind.IMAGE if is_picture else PARAGRAPH
