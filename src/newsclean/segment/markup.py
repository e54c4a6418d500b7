"""Quotes and code of a dump that is written in Markdown, or of a mail: `> ` before each line, and fences of backticks.

Both are believed only where they are sure. A sign `>` also leads menus and links, so quoted lines must hold a
sentence; a fence needs another that closes it, and none is made of tildes, for those draw rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from newsclean.models import Kind
from newsclean.patterns import lazy
from newsclean.segment.piece import Piece
from newsclean.segment.pieces import width
from newsclean.segment.wraps import ELLIPSES, is_finished

FENCE: Final = lazy(r"(`{3,}) ?([\w+#.-]{0,30})")
"""A line that opens or closes code, with the name of the language."""

QUOTE: Final = lazy(r">(?: ?>)*(?: |$)")
"""What a quoted line begins with; quotes within quotes have a sign more."""

MARGIN: Final = 3
"""A quote that is indented further is part of a drawing or a menu."""

DEEPEST: Final = 5
"""No quote is taken to stand deeper within others."""

QUOTE_COLUMNS: Final = 40
"""Quoted lines have so much text in all: less is a menu or a link."""

SHIFT: Final = 8
"""Columns that quoted text is moved to the right for each sign, so that no other text is taken to go on with it."""

COLONS: Final = frozenset(":：")
"""What a label ends with rather than a sentence."""


class Fence(NamedTuple):
    """Code between two fences, which are the lines `first` and `last`."""

    first: int
    last: int
    language: str | None
    text: str


class Quote(NamedTuple):
    """What a line is quoted in: the number of the run of quoted lines, from 1, and how many signs it begins with."""

    run: int
    depth: int


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """The code that is fenced in a dump."""
    opened: tuple[int, re.Match[str]] | None = None
    for at, line in enumerate(lines):
        found = FENCE.fullmatch(line.strip()) if "```" in line else None
        if found is None:
            continue
        if opened is None:
            opened = at, found
        elif not found.group(2) and len(found.group(1)) >= len(opened[1].group(1)):
            first, opening = opened
            yield Fence(first, at, opening.group(2).lower() or None, _code(lines[first : at + 1]))
            opened = None


def _code(lines: Sequence[str]) -> str:
    """The lines between two fences, without the indentation of the first."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    inside = [line[indent:] if not line[:indent].strip() else line.lstrip() for line in lines[1:-1]]
    return "\n".join(inside).strip("\n")


def with_code(pieces: Iterable[Piece], code: dict[int, Fence]) -> Iterator[Piece]:
    """One piece in place of all those between two fences; `code` has the fences by their first lines."""
    last = -1
    for piece in pieces:
        if piece.line in code:
            fence = code[piece.line]
            last = fence.last
            if fence.text.strip():
                yield Piece(
                    fence.text, piece.line, piece.indent, piece.column, piece.gap, Kind.CODE, piece.cells, piece.table
                )
        elif piece.line > last:
            yield piece


def quotes(pieces: Sequence[Piece]) -> dict[int, Quote]:
    """The lines that are quoted."""
    found: dict[int, Quote] = {}
    run: list[Piece] = []
    runs = 0
    for piece in pieces:
        is_quoted = piece.text[0] == ">" and _is_quoted(piece)
        if run and not (is_quoted and piece.line == run[-1].line + 1):
            runs += 1
            found.update(_quotes(run, runs))
            run = []
        if is_quoted:
            run.append(piece)
    found.update(_quotes(run, runs + 1))
    return found


def _is_quoted(piece: Piece) -> bool:
    return piece.indent <= MARGIN and piece.kind is Kind.PARAGRAPH and QUOTE.match(piece.text) is not None


def _quotes(run: Sequence[Piece], number: int) -> Iterator[tuple[int, Quote]]:
    """The lines of a run, if there is a sentence in them."""
    texts = [_text(piece) for piece in run]
    if sum(map(width, texts)) >= QUOTE_COLUMNS and any(text and _ends_sentence(text) for text in texts):
        for piece in run:
            yield piece.line, Quote(number, min(_signs(piece).count(">"), DEEPEST))


def _ends_sentence(text: str) -> bool:
    return is_finished(text) and text[-1] not in COLONS and not text.endswith(ELLIPSES)


def _signs(piece: Piece) -> str:
    found = QUOTE.match(piece.text)
    return found.group() if found else ""


def _text(piece: Piece) -> str:
    return piece.text[len(_signs(piece)) :].lstrip()


def unquoted(pieces: Sequence[Piece], quoted: dict[int, Quote]) -> Iterator[Piece]:
    """The pieces without the signs of quotes; a line of signs alone leaves a gap."""
    gap = 0
    for piece in pieces:
        if piece.line not in quoted:
            yield piece.but(gap=piece.gap + gap) if gap else piece
            gap = 0
        elif text := _text(piece):
            column = SHIFT * quoted[piece.line].depth
            yield Piece(text, piece.line, column, column, piece.gap + gap)
            gap = 0
        else:
            gap += piece.gap + 1
