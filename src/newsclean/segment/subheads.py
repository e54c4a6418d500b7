"""Pieces → pieces with the headings told that no sign tells: short lines that stand alone between long paragraphs.

Bold type is lost in a dump, and its subheads are lines like any other. So are captions, credits, links and the text
nodes of a broken sentence, and what looks like one of these is left alone: a missed heading does less harm than a wrong
one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from newsclean.models import Kind
from newsclean.patterns import lazy
from newsclean.segment.joins import LINKING_WORDS, OPENERS
from newsclean.segment.marks import HEADING_LEVEL
from newsclean.segment.piece import Piece
from newsclean.segment.pieces import width
from newsclean.segment.wraps import is_finished

PARAGRAPH_COLUMNS: Final = 100
"""Paragraphs on both sides are so long: menus, lists of links and signatures are not."""

FEWEST_COLUMNS: Final = 8
"""A shorter line is a person's name or a button."""

MOST_COLUMNS: Final = 40
"""A longer line is a caption or a summary as often as a subhead."""

NOT_AT_END: Final = frozenset("。！？!?.…;；:：，,、”’\"')）】》]|>—-–")
"""A subhead without a sign ends with a word."""

NOT_WITHIN: Final = lazy(r"[:：|>©®@/\\\[\]【】《（(#*_=♦]|\d{4}|\d[年月日]")
"""Signs of labels, links, credits and dates."""

CREDIT: Final = lazy(
    r"[记記]者|[编編][辑輯]|[责責][编編]|作者|通[讯訊][员員]|[摄攝图圖]$|^[图圖]|\b(?:[Pp]hotos?|Images?|Getty|[Aa]dvertisement|ADVERTISEMENT)\b"
)
"""Words of bylines, captions and advertisements."""


def with_subheads(pieces: Sequence[Piece]) -> list[Piece]:
    """Make headings of the short lines that stand alone between long paragraphs; one that comes back is no heading."""
    found = {at for at in range(1, len(pieces) - 1) if _is_subhead(pieces[at - 1], pieces[at], pieces[at + 1])}
    if not found:
        return list(pieces)
    times = Counter(piece.text for piece in pieces)
    return [
        piece.but(level=HEADING_LEVEL) if at in found and times[piece.text] == 1 else piece
        for at, piece in enumerate(pieces)
    ]


def _is_subhead(above: Piece, piece: Piece, below: Piece) -> bool:
    return (
        2 * len(piece.text) >= FEWEST_COLUMNS
        and len(piece.text) <= MOST_COLUMNS
        and _is_long(above)
        and _is_long(below)
        and _begins(below.text)
        and above.column == piece.column == below.column
        and bool(piece.gap) == bool(below.gap)
        and _reads_like_one(piece)
    )


def _is_long(piece: Piece) -> bool:
    """Whether this is a paragraph that ends with its sentence."""
    text = piece.text
    is_plain = 2 * len(text) >= PARAGRAPH_COLUMNS and piece.kind is Kind.PARAGRAPH and not (piece.level or piece.marker)
    return is_plain and is_finished(text) and width(text) >= PARAGRAPH_COLUMNS


def _begins(text: str) -> bool:
    """Whether a paragraph begins here, not the rest of a sentence that a link or a number has cut."""
    first = text[0]
    return first in OPENERS or (first.isalpha() and not first.islower())


def _reads_like_one(piece: Piece) -> bool:
    text = piece.text
    if piece.kind is not Kind.PARAGRAPH or piece.level or piece.marker or text[0].islower() or text[-1] in NOT_AT_END:
        return False
    if not FEWEST_COLUMNS <= width(text) <= MOST_COLUMNS or text.rsplit(None, 1)[-1] in LINKING_WORDS:
        return False
    return not (NOT_WITHIN.search(text) or CREDIT.search(text))
