"""Signals of a block alone: its length, links, punctuation and words, and what kind of block it is.

They are independent of language where that is possible: lengths are in *units*, which count a CJK character as 1 and
any other as `LATIN_UNIT`, so that a sentence is about as long in Chinese as in English.
"""

from __future__ import annotations

from typing import Final

from newsclean.label import phrases
from newsclean.label.columns import Column, log
from newsclean.label.shape import Shape
from newsclean.models import Block, FrameKind

NAMES: Final[tuple[str, ...]] = (
    "units", "link share", "commas", "punctuation", "sentence end", "full stop", "list sign", "separators",
    "function words", "function share", "word length", *(f"{kind} phrase" for kind in phrases.KINDS), "date", "time",
    "indent", "gap", "heading level", "list entry", "paragraph tag", "division tag",
)  # fmt: skip

FULL_STOPS: Final = frozenset("。！？.!?…")
"""How a sentence ends."""

SENTENCE_ENDS: Final = frozenset('。！？!?.…”"’」』）)~；;：:')
"""How the last character of a paragraph looks."""

LIST_SIGNS: Final = frozenset("·•●■◆▪★☆□○◇►▶»>-*|")
"""How the first character of a list entry looks."""

COMMAS: Final = "，、,"
"""What parts clauses; menus have none."""

MARKS: Final = "。；！？：.;!?"
"""What else parts and ends sentences."""

SEPARATORS: Final = "|｜>»·/"
"""What stands between the entries of a menu in one line."""

DIGITS: Final = frozenset("0123456789")

WITHOUT_DIGITS: Final = str.maketrans("", "", "0123456789")
"""How to take them out of a short text: what it loses in length is their number, counted in one go."""

BINDING_SIGNS: Final = "的了是在和有不这也就這のはをにが"
"""Function words in Chinese and Japanese."""

WIDE_SHARE: Final = 0.5
"""A text of more units a character is Chinese or Japanese, some of it at least."""

MIN_DATE_DIGITS: Final = 3
"""A date has more digits than this."""

FUNCTION_WORDS: Final = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which"
    " one you were all her she there would their we him been has when who will no if out so said what its about than"
    " into them can only other new some could time these may then do our"  # English
    " der die und das den von zu mit ist des auf für im dem ein eine nicht als auch es werden aus er hat dass"  # German
    " de la et le les un du une que est pour qui dans par plus pas au sur ne se ce il"  # French
    " el los las por con una su para del al lo como más o pero sus y".split()  # Spanish
)
"""Words that bind others into sentences: prose is full of them, lists of names and links are not."""

LOOK_CHARS: Final = 300
"""So much of a block tells how it is worded."""

LONGEST_WORD: Final = 20.0
"""The mean length of words is cut here: more is text without spaces."""

ITEM: Final = FrameKind.ITEM
"""What every block is asked for: a member of an enumeration takes long to look up."""

MOST_INDENT: Final = 8.0
MOST_GAP: Final = 3.0
"""Where white space is cut: more says nothing more."""


def columns(shape: Shape) -> list[Column]:
    """A column for each of `NAMES`."""
    rows = [
        of_block(block, length, share)
        for block, length, share in zip(shape.blocks, shape.units, shape.links)  # noqa: B905 - asked for every block
    ]
    return [list(column) for column in zip(*rows)]  # noqa: B905 - of one length


def of_block(block: Block, length: float, share: float) -> list[float]:
    """The signals of one block, whose length in units and share of link text are known."""
    text = block.text
    size = len(text)
    short = size <= phrases.MAX_CHARS
    plain = text.isalpha()  # as most entries of menus: no mark and no digit need be looked for
    commas = 0 if plain else count(text, COMMAS)
    marks = 0 if plain else commas + count(text, MARKS)
    digits = 0
    if short and not plain and not DIGITS.isdisjoint(text):
        digits = size - len(text.translate(WITHOUT_DIGITS))
    words = text.count(" ") + 1
    binding = count(text, BINDING_SIGNS) if length > size * WIDE_SHARE else 0
    if words > 1:
        binding += len(FUNCTION_WORDS.intersection(text[:LOOK_CHARS].lower().split()))
    last = text[-1] if size else ""
    return [
        log(length),
        share,
        log(float(commas)),
        log(float(marks)),
        1.0 if last in SENTENCE_ENDS else 0.0,
        1.0 if last in FULL_STOPS else 0.0,
        1.0 if text[:1] in LIST_SIGNS else 0.0,
        count(text, SEPARATORS) / size if short and size and not plain else 0.0,
        log(float(binding)),
        binding / (length + 1.0),
        min(size / words, LONGEST_WORD),
        *[1.0 if held else 0.0 for held in phrases.found(text)],
        1.0 if digits > MIN_DATE_DIGITS and phrases.DATE.search(text) is not None else 0.0,
        1.0 if digits and phrases.TIME.search(text) is not None else 0.0,
        *of_form(block),
    ]


def count(text: str, signs: str) -> int:
    """How many of some characters a text has."""
    found = 0
    for sign in signs:
        found += text.count(sign)
    return found


def of_form(block: Block) -> list[float]:
    """What white space, element and frames a block stands in: the signals from "indent" on."""
    tag, frames = block.tag, block.frames
    return [
        min(float(block.indent), MOST_INDENT),
        min(float(block.gap), MOST_GAP),
        float(block.level),
        1.0 if frames and ITEM in [frame.kind for frame in frames] else 0.0,
        1.0 if tag == "p" else 0.0,
        1.0 if tag == "div" else 0.0,
    ]
