"""Line breaks that a renderer made because the next word did not fit: found by the width that explains them.

Wrapped lines are filled up to a width, so a break tells a range of widths: from what stands on the line to that and
the first word of the next. For each column of a dump, and for all of it, the width is looked for that lies in the most
ranges. Where it explains nearly all long lines, and sentences run on over them, the dump is wrapped there.
One text browser (lynx) counts an ideograph for one column where others count two, so both ways of counting are tried.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from newsclean.models import Kind
from newsclean.patterns import lazy
from newsclean.segment.piece import Piece
from newsclean.segment.pieces import WIDE, WIDE_CHARACTERS, width

STOPS: Final = frozenset("。！？!?….:：；;")
"""A line that ends with one of these ends a sentence or a label."""

CLOSERS: Final = frozenset("”’\"'）)」』】》〉]］")
"""Signs that belong to what stands before them; a line ending with one may be finished."""

FIRST_WORD: Final = lazy(rf"[^\s{WIDE_CHARACTERS}]+")
"""The first word of a text: what would have to fit on the line above."""

COMMA: Final = lazy("[，。、；]")
"""Chinese punctuation of sentences."""

HANGING: Final = frozenset("，。、；：！？”’）》」』】")
"""Punctuation that may hang out one character over the width, for it may not begin a line."""

HANGING_COLUMNS: Final = 2
"""The columns of that character."""

ELLIPSES: Final = ("…", "...")
"""A headline cut to a width ends with one; it does not go on in the next line."""

WRAPPED_COLUMNS: Final = 30
"""Only lines so wide tell of wrapping; shorter ones are menus and names."""

WRAPPED_BREAKS: Final = 3
"""So many line breaks must be explained by a width before it is believed."""

WRAPPED_SHARE: Final = 0.6
"""The share of a column's breaks behind long lines that the width must explain."""

LONG_SHARE: Final = 0.75
"""Long is a line of this share of the width; shorter ones are headlines and ends of paragraphs."""

WIDER_SHARE: Final = 0.1
"""The share of a column's lines that may be wider than it (addresses, long words)."""

UNFINISHED_SHARE: Final = 0.5
"""The share of the wrapped lines that must end within a sentence: in lists of headlines all lines stand alone."""

LOWER_SHARE: Final = 0.25
"""The share of the next lines that must begin with a small letter, in scripts that have any."""

COMMA_SHARE: Final = 0.4
"""The share of wrapped lines in Chinese that must hold punctuation of sentences: headlines hold little."""

WIDE_SLACK: Final = 4
"""How many columns a line of wide characters may stay short: one character, and one more that may not begin a line."""

FIRST_LINE_INDENT: Final = 4
"""The first line of a paragraph may start so many columns further right than the others: two ideographs."""

LINK_NUMBER: Final = 5
"""The columns of the number that stood before the first word of a line, if that is a link."""

IDEOGRAPHIC_COLUMNS: Final = 2
"""The columns that an ideographic space counts for in the indent of a piece."""


class _Break(NamedTuple):
    """A line break: the text above and below, and the widths that would have made a renderer break there."""

    above: str
    below: str
    narrowest: int
    widest: int


def lines_above(pieces: Sequence[Piece]) -> list[int | None]:
    """For each piece the one on the line above that it may continue, by index: in its column, or a first line's."""
    found: list[int | None] = []
    upper: dict[int, int] = {}
    current: dict[int, int] = {}
    line = -1
    for at, piece in enumerate(pieces):
        if piece.line != line:
            upper, current = current, upper
            current.clear()
            if piece.line != line + 1:
                upper.clear()
            line = piece.line
        found.append(_in_column(pieces, piece, upper))
        if piece.kind is Kind.PARAGRAPH and not piece.level:
            current[piece.column] = at
    return found


def _in_column(pieces: Sequence[Piece], piece: Piece, upper: dict[int, int]) -> int | None:
    if not upper or piece.kind is not Kind.PARAGRAPH or piece.marker or piece.level:
        return None
    if piece.indent in upper:
        return upper[piece.indent]
    for column in range(piece.indent + 1, piece.indent + FIRST_LINE_INDENT + 1):
        if column in upper and not pieces[upper[column]].marker:
            return upper[column]
    return None


def wrapped_pieces(pieces: Sequence[Piece], above: Sequence[int | None], taken: Mapping[int, int]) -> set[int]:
    """The pieces before which a renderer has broken the line because the next word did not fit."""
    upper = {at: pieces[before] for at, before in enumerate(above) if before is not None and _is_long(pieces[before])}
    columns = {at: _break(one, pieces[at], taken) for at, one in upper.items()}
    found = _at_edges(pieces, columns)
    if any(2 * len(one.text) > WRAPPED_COLUMNS and width(one.text) > len(one.text) for one in upper.values()):
        characters = {at: _break_by_characters(one, pieces[at], taken) for at, one in upper.items()}
        found |= _at_edges(pieces, characters) | _at_margin(characters)
    return {at for at in found if not columns[at].above.endswith(ELLIPSES)}


def _is_long(piece: Piece) -> bool:
    return 2 * len(piece.text) >= WRAPPED_COLUMNS and width(piece.text) >= WRAPPED_COLUMNS


def _at_edges(pieces: Sequence[Piece], everywhere: Mapping[int, _Break]) -> set[int]:
    """The breaks that a width explains, which is looked for everywhere and in each column."""
    columns: dict[int, dict[int, _Break]] = defaultdict(dict)
    for at, one in everywhere.items():
        columns[pieces[at].indent][at] = one
    found: set[int] = set()
    for breaks in (everywhere, *columns.values()) if len(columns) > 1 else (everywhere,):
        edge = _wrap_width(list(breaks.values()))
        if edge is not None:
            found.update(at for at, one in breaks.items() if one.narrowest <= edge <= one.widest)
    return found


def _at_margin(breaks: Mapping[int, _Break]) -> set[int]:
    """The breaks of Chinese lines at a margin that several of prose reach to the character, and nothing goes beyond."""
    edge = max(one.narrowest for one in breaks.values())
    found = {at: one for at, one in breaks.items() if one.widest >= edge and WIDE.search(one.above)}
    filled = [one for one in found.values() if one.narrowest == edge]
    is_margin = len({one.above for one in filled}) >= WRAPPED_BREAKS and _are_sentences(filled)
    return set(found) if is_margin else set()


def _break(above: Piece, below: Piece, taken: Mapping[int, int]) -> _Break:
    text = above.text
    edge = max(above.indent, above.column) + width(text) + taken.get(above.line, 0)
    word = FIRST_WORD.match(below.text)
    hanging = HANGING_COLUMNS if text[-1] in HANGING else 0
    room = (word.end() if word else WIDE_SLACK) + min(taken.get(below.line, 0), LINK_NUMBER)
    return _Break(text, below.text, edge - hanging, edge + room)


def _break_by_characters(above: Piece, below: Piece, taken: Mapping[int, int]) -> _Break:
    """A break as made by a renderer that counts every character for one column, and breaks at spaces or anywhere."""
    text = above.text
    indent = above.column + max(0, above.indent - above.column) // IDEOGRAPHIC_COLUMNS
    edge = indent + len(text) + taken.get(above.line, 0)
    if " " not in text:
        return _Break(text, below.text, edge, edge)
    word = len(below.text.split(" ", 1)[0]) + min(taken.get(below.line, 0), LINK_NUMBER)
    return _Break(text, below.text, edge, min(edge + word, int(edge / LONG_SHARE)))


def _wrap_width(breaks: Sequence[_Break]) -> int | None:
    """The width that explains most of the breaks, or None where these lines are not wrapped."""
    if len(breaks) < WRAPPED_BREAKS:
        return None
    best, explained = _most_common_width(breaks)
    wider = sum(one.narrowest > best for one in breaks)
    long = sum(one.narrowest >= LONG_SHARE * best for one in breaks)
    if explained < max(WRAPPED_BREAKS, WRAPPED_SHARE * long) or wider > WIDER_SHARE * long:
        return None
    filled = [one for one in breaks if one.narrowest <= best <= one.widest]
    return best if _are_sentences(filled) else None


def _most_common_width(breaks: Sequence[_Break]) -> tuple[int, int]:
    """The width that the most breaks agree on, and how many do (a sweep over the ends of their ranges)."""
    steps: Counter[int] = Counter()
    for one in breaks:
        steps[one.narrowest] += 1
        steps[one.widest + 1] -= 1
    best = explained = agreeing = 0
    for columns in sorted(steps):
        agreeing += steps[columns]
        if agreeing > explained:
            best, explained = columns, agreeing
    return best, explained


def _are_sentences(breaks: Sequence[_Break]) -> bool:
    """Whether the text runs on over these breaks, as prose does and a list of headlines does not."""
    unfinished = sum(not is_finished(one.above) for one in breaks)
    lower = sum(one.below[0].islower() for one in breaks)
    commas = sum(COMMA.search(one.above) is not None for one in breaks)
    return unfinished >= UNFINISHED_SHARE * len(breaks) and (
        lower >= LOWER_SHARE * len(breaks) or commas >= COMMA_SHARE * len(breaks)
    )


def is_finished(text: str) -> bool:
    """Whether a line ends with what may end a sentence or a label."""
    return text[-1] in STOPS or text[-1] in CLOSERS
