"""Pieces → pieces with their marks read: bullets, numbers in sequence, and the signs that head a section.

Some signs are bullets wherever they stand; others (a dash, a star, a circle) also open a spoken sentence or a footnote,
or head a section. These are believed where a neighbour has the same, or further right than a certain bullet above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from newsclean.models import Kind
from newsclean.patterns import lazy
from newsclean.segment.piece import Piece
from newsclean.segment.pieces import kind_of, width

SURE_BULLETS: Final = frozenset("•◦‣⁃∙▪▫·")
"""Signs that, with a space behind them, open an item of a list wherever they stand."""

STAR: Final = "*"
"""What text browsers draw for a list, further right than text; a lone one in line with text opens a footnote."""

DASHES: Final = frozenset("-–")
"""Bullets of lists that authors write, but also what people in an interview or a novel speak behind."""

TWIN_BULLETS: Final = DASHES | frozenset("*o○●◎■□◆◇▲△★☆►▶»")
"""Signs that are bullets where a neighbour has the same."""

NESTED_BULLETS: Final = TWIN_BULLETS | frozenset("+#@")
"""Signs that are bullets further right than others: text browsers draw nested lists with them."""

BULLETS: Final = SURE_BULLETS | NESTED_BULLETS

LONE_BULLETS: Final = (BULLETS | {"—"}) - {"o"}
"""Signs that, alone on a line, are a bullet without text (or a button of the page)."""

SPEECH: Final = lazy("[?!？！]|[,.…] [-–—] ")
"""What tells dialogue from a list that is written with dashes: questions, exclamations, and "…, – said he"."""

FEWEST_TWINS: Final = 2
"""One line alone has no neighbour with the same sign."""

UNMARKED: Final = (Kind.ROW, Kind.CODE)
"""What has no marks, whatever it begins with."""

BULLET_COLUMNS: Final = 2
"""A bullet and the space behind it."""

NUMBERED: Final = lazy(r"(\d{1,2})\. (?=\S)")
"""The number of an item. Longer numbers are years."""

TWO_DIGITS: Final = 10
"""The first number with two digits."""

ORDERED: Final = "1."
"""The marker of every numbered item: they are items of one list, whatever the number."""

GLYPH_MARK: Final = "○●◆■◇□▲△★☆"
"""Signs that head a section where no list is near."""

HAN_NUMBER: Final = "[一二三四五六七八九十]{1,3}"
"""A Chinese number of a section, for a pattern."""

MARKDOWN: Final = "markdown"
"""The class of a heading's sign in Markdown: it is markup, and no part of the text."""

SECTION_MARK: Final = lazy(
    rf"(?P<glyph>[{GLYPH_MARK}]\s?)(?=[^\s{GLYPH_MARK}])|(?P<one>{HAN_NUMBER}、)|(?P<two>[（(]{HAN_NUMBER}[）)])"
    r"|(?P<three>第[一二三四五六七八九十百\d]{1,4}(?:[章节節编編篇]|部分)(?=[\s：:]|$))"
    rf"|(?P<{MARKDOWN}>#{{1,6}} (?=\S))"
)
"""How the heading of a section within a Chinese article begins; the group's name is the class of the sign."""

MARK_STARTS: Final = frozenset(f"{GLYPH_MARK}一二三四五六七八九十（(第#")
"""What any of them begins with: most lines are told by it."""

HEADING_COLUMNS: Final = 100
"""A longer line is no heading, whatever it begins with."""

HEADING_LEVEL: Final = 2
"""The level of a heading that does not tell it: below the headline of the article."""

NOT_AT_HEADING_END: Final = frozenset("。！？!?…：:；;，,、.")
"""A heading ends without these."""


def mark(pieces: list[Piece]) -> list[Piece]:
    """Read the marks that pieces begin with; a bullet without text is dropped, its gap goes to what follows."""
    return _headings(_numbered(_without_lone(_bulleted(pieces))))


def _bulleted(pieces: list[Piece]) -> list[Piece]:
    """Take the bullets off the pieces that have one."""
    signs = [_sign(piece) for piece in pieces]
    if not any(signs):
        return pieces
    made: list[Piece] = []
    twins = _twins(pieces, signs)
    star_columns = {pieces[at].indent for at in twins if signs[at] == STAR}
    text_column = 0
    outermost: int | None = None
    for at, (piece, sign) in enumerate(zip(pieces, signs, strict=True)):
        if not sign:
            text_column = piece.column
            made.append(piece)
            continue
        is_list = piece.indent in star_columns or piece.indent != text_column
        drawn = sign in SURE_BULLETS or (sign == STAR and is_list)
        if drawn:
            outermost = piece.indent if outermost is None else min(outermost, piece.indent)
        nested = outermost is not None and piece.column > outermost
        made.append(_item(piece, sign) if drawn or nested or at in twins else piece)
    return made


def _sign(piece: Piece) -> str:
    """The sign with a space behind it, or all alone, that a piece begins with; "" for none."""
    text = piece.text
    first = text[0]
    if first not in BULLETS or piece.kind in UNMARKED:
        return ""
    lone = len(text) == 1 and not first.isalpha()
    return first if lone or text[1:2] == " " or (first == "•" and piece.kind is Kind.PARAGRAPH) else ""


def _twins(pieces: Sequence[Piece], signs: Sequence[str]) -> set[int]:
    """The pieces that stand beside one with the same sign in the same column, but for lines of dialogue."""
    found: set[int] = set()
    run: list[int] = []
    for at, sign in enumerate(signs):
        if run and not (sign == signs[run[0]] and pieces[at].indent == pieces[run[0]].indent):
            found.update(_listed(pieces, run))
            run = []
        if sign in TWIN_BULLETS:
            run.append(at)
    return found.union(_listed(pieces, run))


def _listed(pieces: Sequence[Piece], run: list[int]) -> list[int]:
    """A run of pieces with the same sign, if that makes it a list."""
    if len(run) < FEWEST_TWINS:
        return []
    is_dialogue = pieces[run[0]].text[0] in DASHES and any(SPEECH.search(pieces[at].text) for at in run)
    return [] if is_dialogue else run


def _item(piece: Piece, sign: str) -> Piece:
    text = piece.text[1:].lstrip()
    kind = kind_of(text) if text else piece.kind
    return Piece(text, piece.line, piece.indent, piece.indent + BULLET_COLUMNS, piece.gap, kind, marker=sign)


def _without_lone(pieces: list[Piece]) -> list[Piece]:
    kept: list[Piece] = []
    gap = 0
    for piece in pieces:
        if not piece.text or piece.text in LONE_BULLETS:
            gap += piece.gap
            continue
        kept.append(piece.but(gap=gap + piece.gap) if gap else piece)
        gap = 0
    return kept


def _numbered(pieces: list[Piece]) -> list[Piece]:
    """Mark the numbered pieces that a renderer has numbered: indented, and counting up by one in their column.

    A number that stands in line with the text above was written by the author, and stays text. Renderers set the
    points one below the other: 10. starts a column further left than 9.
    """
    numbers = {at: int(found.group(1)) for at, piece in enumerate(pieces) if (found := _number(piece))}
    if not numbers:
        return pieces
    items: set[int] = set()
    last: dict[int, int] = {}
    text_column = 0
    for at, piece in enumerate(pieces):
        if at not in numbers:
            last = {column: row for column, row in last.items() if column < piece.indent} if last else last
            text_column = text_column if last or piece.marker else piece.column
            continue
        before = last.get(piece.indent, last.get(piece.indent + 1) if numbers[at] == TWO_DIGITS else None)
        if before is not None and numbers[at] == numbers[before] + 1:
            items |= {before, at}
        last = {column: row for column, row in last.items() if column < piece.indent}
        if piece.column > text_column:
            last[piece.indent] = at
    return [_numbered_item(piece, numbers[at]) if at in items else piece for at, piece in enumerate(pieces)]


def _number(piece: Piece) -> re.Match[str] | None:
    return NUMBERED.match(piece.text) if piece.text[0].isdigit() and piece.kind not in UNMARKED else None


def _numbered_item(piece: Piece, number: int) -> Piece:
    head, _, text = piece.text.partition(" ")
    column = piece.indent + len(head) + 1
    return Piece(text, piece.line, piece.indent, column, piece.gap, piece.kind, marker=ORDERED, number=number)


def _headings(pieces: list[Piece]) -> list[Piece]:
    signs = [_section_sign(piece) for piece in pieces]
    if not any(signs):
        return pieces
    made: list[Piece] = []
    for at, (piece, sign) in enumerate(zip(pieces, signs, strict=True)):
        if sign == MARKDOWN:
            made.append(_markdown_heading(piece))
        elif sign and sign not in signs[at - 1 : at] + signs[at + 1 : at + 2]:
            made.append(piece.but(level=HEADING_LEVEL))
        else:
            made.append(piece)
    return made


def _markdown_heading(piece: Piece) -> Piece:
    signs, _, text = piece.text.partition(" ")
    return piece.but(text=text, level=len(signs))


def _section_sign(piece: Piece) -> str:
    """The class of the sign that heads a section, or "" for a piece that is no heading."""
    text = piece.text
    if text[0] not in MARK_STARTS or piece.marker or piece.kind is not Kind.PARAGRAPH:
        return ""
    found = SECTION_MARK.match(text)
    if found is None or found.end() == len(text) or text[-1] in NOT_AT_HEADING_END or width(text) > HEADING_COLUMNS:
        return ""
    return text[0] if found.lastgroup == "glyph" else str(found.lastgroup)
