"""Pieces of one paragraph → one piece: what a renderer or an author broke over several lines is put together.

Two things break paragraphs. *Wrapping*: lines are filled up to a width; its breaks are found by `wraps` and undone.
*Text nodes*: a dump of bare text nodes has a line for each link or emphasis within a sentence; there only what cannot
stand alone is joined. In doubt nothing is: a paragraph in two blocks does no harm, two things in one block do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from newsclean.models import Kind
from newsclean.patterns import lazy
from newsclean.segment.piece import Piece
from newsclean.segment.pieces import WIDE, width
from newsclean.segment.wraps import (
    COMMA,
    FIRST_LINE_INDENT,
    LONG_SHARE,
    STOPS,
    WRAPPED_COLUMNS,
    is_finished,
    lines_above,
    wrapped_pieces,
)

COMMAS: Final = frozenset("，、")
"""A Chinese line that ends with one goes on."""

OPENERS: Final = frozenset("“‘（(「『【《〈［[")
"""Signs that belong to what stands behind them."""

CONTINUERS: Final = lazy(r"[，。、；！？）》」』】〉”’：…,;)!?]|\.(?![.\w])|[:](?=\s|$)")
"""What a piece begins with that cannot begin a line: punctuation that belongs to the text before."""

OPEN_BRACKET: Final = lazy(r"[（(][^（()）]{1,40}$")
"""A bracket that is not closed at the end of a text."""

REST_OF_BRACKET: Final = lazy(r"[^（()）。！？]{1,40}[)）]")
"""What closes it in the next line."""

INNER_STOP: Final = lazy(r"[。！？]|[.!?][”\"')]? ")
"""The end of a sentence inside a text: a mark of prose."""

SENTENCE_END: Final = lazy(r"[。！？）】]|[.!?)] ")
"""Where the last sentence of a text may begin."""

CONTINUER_STARTS: Final = frozenset("，。、；！？）》」』】》〉”’：…,;)!?.:")
"""What any of these begins with: most pieces are told by it."""

ADDRESS: Final = lazy(r"(?:https?://|www\.)")
"""An address stands alone, though it begins with a small letter."""

LINKING_WORDS: Final = frozenset(
    "a an the of in on at to by for from with and or as is are was were that this our your their its".split()
)
"""English words that end no line: what follows belongs to the sentence."""

ENDLESS_COLUMNS: Final = 300
"""A line so long that stops within a sentence goes on, even where nothing else tells the width."""

LOOSE_SHARE: Final = 0.02
"""In a dump of bare text nodes (almost) no line stands behind a blank line or is indented."""

TIGHT_LINES: Final = 5
"""Fewer lines tell nothing of the kind of dump."""

FRAGMENT_COLUMNS: Final = 20
"""Two fragments shorter than this are items of a menu rather than of a sentence."""

CREDIT_COLUMNS: Final = 10
"""What stands behind the last sentence of a caption and is shorter is a credit or a date, not a sentence cut short."""

LABEL_COLUMNS: Final = 40
"""A label before a sentence is no longer."""

COLONS: Final = frozenset(":：")
"""What a label ends with."""

NUMBER: Final = lazy(r"\d{1,2}\.")
"""The number of an item, alone."""

LONG_COLUMNS: Final = 80
"""No headline is so long; with a comma in it, this is prose though no sentence has ended yet."""

LINK_COLUMNS: Final = 60
"""A link within a sentence is no longer; what is longer is a sentence or a headline."""

PROSE_COLUMNS: Final = 40
"""So much text that is not finished is a paragraph rather than a heading or an item of a menu."""


class _Paragraph:
    """A paragraph that grows: its parts, and their columns in all."""

    __slots__ = ("_has_stop", "_searched", "columns", "texts")

    def __init__(self, text: str) -> None:
        self.texts = [text]
        self.columns = width(text)
        self._searched = 0
        self._has_stop = False

    def add(self, text: str) -> None:
        self.texts.append(text)
        self.columns += width(text)

    def has_stop(self) -> bool:
        """Whether a sentence has ended within; every part is searched once."""
        while not self._has_stop and self._searched < len(self.texts):
            self._has_stop = INNER_STOP.search(self.texts[self._searched]) is not None
            self._searched += 1
        return self._has_stop


def join(pieces: Sequence[Piece], taken: Mapping[int, int]) -> list[Piece]:
    """Put together the pieces of each paragraph; a joined piece stands where its first part stood.

    `taken` tells by line how many columns were taken from what a renderer had put there.
    """
    above = lines_above(pieces)
    wrapped = wrapped_pieces(pieces, above, taken)
    tight = _is_tight(pieces)
    long = LONG_SHARE * max((width(piece.text) for piece in pieces if piece.kind is Kind.PARAGRAPH), default=0)
    heads = list(range(len(pieces)))
    grown: dict[int, _Paragraph] = {}
    for at, (piece, before) in enumerate(zip(pieces, above, strict=True)):
        if before is None:
            continue
        head = heads[before]
        is_aside = _closes_bracket(pieces[before], piece)
        is_sure = at in wrapped or is_aside or _goes_on(pieces[before], piece)
        is_sure = is_sure or _hangs_below(pieces[head], pieces[before], piece, long)
        may_be = tight and (head in grown or not _is_tiny(pieces[before].text, piece.text))
        if not (is_sure or may_be):
            continue
        paragraph = grown.get(head) or _Paragraph(pieces[head].text)
        after = pieces[at + 1].text if at + 1 < len(pieces) else ""
        if is_sure or _is_one_sentence(paragraph, piece.text, after):
            heads[at] = head
            grown[head] = paragraph
            paragraph.add(f" {piece.text}" if is_aside and at not in wrapped else piece.text)
    return [_joined(piece, grown.get(at)) for at, piece in enumerate(pieces) if heads[at] == at]


def _is_tight(pieces: Sequence[Piece]) -> bool:
    """Whether this looks like a dump of bare text nodes: line upon line, without blank lines or indentation."""
    loose = sum(piece.gap > 0 or piece.indent > 0 for piece in pieces)
    return len(pieces) >= TIGHT_LINES and loose <= LOOSE_SHARE * len(pieces)


def _goes_on(above: Piece, piece: Piece) -> bool:
    """Whether a piece cannot stand alone, in any dump: it begins within a sentence, or the line above is endless."""
    if above.column != piece.indent:
        return False
    if piece.text[0] in CONTINUER_STARTS and CONTINUERS.match(piece.text):
        return True
    may_be_endless = 2 * len(above.text) >= ENDLESS_COLUMNS and not is_finished(above.text)
    return may_be_endless and width(above.text) >= ENDLESS_COLUMNS


def _closes_bracket(above: Piece, piece: Piece) -> bool:
    """Whether a bracket that is open at the end of a line is closed in the next one, as in the names of reporters."""
    if above.column != piece.indent or is_finished(above.text):
        return False
    opened = OPEN_BRACKET.search(above.text)
    return opened is not None and REST_OF_BRACKET.match(piece.text) is not None


def _hangs_below(head: Piece, above: Piece, piece: Piece, long: float) -> bool:
    """Whether a line goes on with a paragraph whose first line is indented: it is below long, unfinished prose."""
    if head.indent - head.column != FIRST_LINE_INDENT or above.column != piece.indent or piece.indent != piece.column:
        return False
    if 2 * len(above.text) < long or is_finished(above.text) or COMMA.search(above.text) is None:
        return False
    return width(above.text) >= max(long, WRAPPED_COLUMNS)


def _is_one_sentence(paragraph: _Paragraph, text: str, after: str) -> bool:
    """Whether two text nodes belong to one sentence; `after` is the node behind them."""
    last = paragraph.texts[-1]
    if last[-1] in OPENERS:
        return True
    if last[-1] in COMMAS:
        return paragraph.columns + width(text) >= FRAGMENT_COLUMNS
    if is_finished(last):
        return _is_label(paragraph) and text[-1] in STOPS and width(text) >= PROSE_COLUMNS
    if text[0].islower():
        return not ADDRESS.match(text) and max(paragraph.columns, width(text)) >= FRAGMENT_COLUMNS
    if paragraph.columns < PROSE_COLUMNS or not (text[0].isalnum() or text[0] in OPENERS):
        return False
    return _is_cut_short(paragraph, last) or (width(text) <= LINK_COLUMNS and _begins_within(after))


def _is_tiny(above: str, below: str) -> bool:
    """Whether two texts are too short for `_is_one_sentence`: a quick look that spares most menus the full one."""
    return above[-1] not in OPENERS and 2 * (len(above) + len(below)) < FRAGMENT_COLUMNS


def _is_label(paragraph: _Paragraph) -> bool:
    """Whether this is a number or a few words with a colon, as stand in bold before a sentence."""
    text = paragraph.texts[0]
    is_short = len(paragraph.texts) == 1 and paragraph.columns <= LABEL_COLUMNS
    return is_short and (text[-1] in COLONS or NUMBER.fullmatch(text) is not None)


def _begins_within(text: str) -> bool:
    if not text or text[0] in STOPS or ADDRESS.match(text):
        return False
    return text[0].islower() or CONTINUERS.match(text) is not None


def _is_cut_short(paragraph: _Paragraph, last: str) -> bool:
    """Whether a paragraph stops in the middle of its last sentence."""
    word = last.rsplit(None, 1)[-1]
    if word in LINKING_WORDS:
        return True
    tail = SENTENCE_END.split(last)[-1]
    is_prose = paragraph.has_stop() or (paragraph.columns >= LONG_COLUMNS and COMMA.search(last) is not None)
    return is_prose and width(tail) >= CREDIT_COLUMNS and (" " not in tail or word.islower())


def _joined(piece: Piece, paragraph: _Paragraph | None) -> Piece:
    return piece.but(text=_glued(paragraph.texts)) if paragraph else piece


def _glued(texts: Iterable[str]) -> str:
    """Parts of a paragraph as one text: a space between words, nothing at Chinese or at punctuation."""
    glued: list[str] = []
    for text in texts:
        if glued and text[0] != " " and not _touch(glued[-1], text):
            glued.append(" ")
        glued.append(text)
    return "".join(glued)


def _touch(left: str, right: str) -> bool:
    broken_word = left[-1] == "-" and left[-2:-1].isalpha() and right[0].islower()
    wide = WIDE.match(left[-1]) or WIDE.match(right[0])
    return bool(broken_word or wide or left[-1] in OPENERS or CONTINUERS.match(right))
