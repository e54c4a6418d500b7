"""Markdown: emphasis that every CommonMark reader shows as such, or none.

A delimiter opens emphasis only if it is *left-flanking* and closes it only if it is *right-flanking* (CommonMark 0.31,
section 6.2): beside white space or punctuation it may be neither, so `**“重要”**的` shows its asterisks. White space is
always moved out of the emphasis, and as much punctuation as the rule asks for: mostly one sign, beside which others may
stay. Runs with different marks that touch would share one row of asterisks, which can be read in two
ways; they keep the marks that they have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple
from unicodedata import category

from newsclean.models import Mark

STRUCK = int(Mark.STRUCK)
VISIBLE = int(Mark.STRONG | Mark.EMPHASIS | Mark.STRUCK)
"""The marks that have delimiters."""

DELIMITERS = {int(Mark.STRONG): "**", int(Mark.EMPHASIS): "*", int(Mark.STRONG | Mark.EMPHASIS): "***", STRUCK: "~~"}

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
    "(": ")",
}
"""Brackets and quotes: where one of a pair is moved out, the other goes with it."""

OPENING = {closing: opening for opening, closing in PAIRS.items()}

NESTED = 3
"""So many pairs, one within the other, are looked at."""

REFERENCE = "&lt;"
"""The only character reference that is written (`escape.beside_address`); like a backslash and what it escapes, it is
one sign."""

SURE_SPACE = frozenset(" \t\n")
"""White space by every version of the rule."""


class Run(NamedTuple):
    """Markdown source and the marks it is to get; a plain run's source is final."""

    source: str
    marks: int = 0


def visible(marks: int) -> int:
    """The marks that are written: what is struck gets no others, as their delimiters would have to flank each other."""
    return STRUCK if marks & STRUCK else marks & VISIBLE


def write(runs: Iterable[Run]) -> str:
    """The runs one after the other, with delimiters around those that have marks."""
    parts = list(_settled(part for run in runs for part in _trimmed(run)))
    return "".join(_delimited(parts, i) if run.marks else run.source for i, run in enumerate(parts))


def _trimmed(run: Run) -> Iterator[Run]:
    """A run without white space at its ends, which goes before and behind it."""
    inner = run.source.strip()
    if not run.marks or inner == run.source:
        yield run
        return
    start = len(run.source) - len(run.source.lstrip())
    yield Run(run.source[:start])
    yield Run(inner, run.marks)
    yield Run(run.source[start + len(inner) :])


def _settled(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs that are not empty, such that none with marks touches another.

    Those that touch become one with the marks they have in common; where they have none, the second becomes plain.
    """
    sources: list[str] = []
    marks = 0
    for run in filter(itemgetter(0), runs):
        common = run.marks & marks
        if sources and not common:
            yield Run("".join(sources), marks)
            sources = []
        marks = common or (0 if marks else run.marks)
        sources.append(run.source)
    if sources:
        yield Run("".join(sources), marks)


def _delimited(parts: list[Run], i: int) -> str:
    """The run at `i` in its delimiters; its neighbours are plain."""
    text = parts[i].source
    before = parts[i - 1].source[-1] if i else "\n"
    after = parts[i + 1].source[0] if i + 1 < len(parts) else "\n"
    start, end = _flanked(text, before, after)
    if start >= end:
        return text
    delimiter = DELIMITERS[parts[i].marks]
    return f"{text[:start]}{delimiter}{text[start:end]}{delimiter}{text[end:]}"


def _flanked(text: str, before: str, after: str) -> tuple[int, int]:
    """Where in `text` the delimiters go, to flank what is between them; no room between them if nothing can be."""
    start, end = _start(text, before), _end(text, after)
    if 0 < start < end or start < end < len(text):
        start, end = _balanced(text, start, end)
    return (start, end) if any(map(_is_letter, text[start:end])) else (0, 0)


def _start(text: str, before: str) -> int:
    """Where a delimiter that comes after `before` flanks what follows; the length if nowhere."""
    start = 0
    while start < len(text) and (text[start].isspace() or (_is_punctuation(text[start]) and not _is_boundary(before))):
        start += len(REFERENCE) if text.startswith(REFERENCE, start) else 2 if text[start] == "\\" else 1
        before = text[start - 1 : start]
    return start


def _end(text: str, after: str) -> int:
    """Where a delimiter that comes before `after` flanks what is before it; 0 if nowhere."""
    end = len(text)
    while end > 0 and (text[end - 1].isspace() or (_is_punctuation(text[end - 1]) and not _is_boundary(after))):
        end -= len(REFERENCE) if text.endswith(REFERENCE, 0, end) else 1
        while end > 0 and text[end - 1] == "\\":
            end -= 1
        after = text[end]
    return end


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The same places, such that neither bracket stands within the emphasis whose other one was moved out."""
    for _ in range(NESTED):
        closing = PAIRS.get(text[start])
        if closing and text.count(closing, start, end) < text.count(text[start], start, end):
            start = end - len(text[start + 1 : end].lstrip())
        opening = OPENING.get(text[end - 1]) if start < end else None
        if opening and text.count(opening, start, end) < text.count(text[end - 1], start, end):
            end = start + len(text[start : end - 1].rstrip())
        if start >= end:
            break
    return start, end


def _is_punctuation(char: str) -> bool:
    """Whether some version of the rule takes `char` for punctuation: 0.31 counts symbols, older ones do not."""
    return category(char)[0] in "PS"


def _is_letter(char: str) -> bool:
    """Whether a character is one that emphasis can be seen on."""
    return not (_is_punctuation(char) or char.isspace())


def _is_boundary(char: str) -> bool:
    """Whether every version of the rule takes `char` for white space or punctuation."""
    kind = category(char)
    return char in SURE_SPACE or kind == "Zs" or kind[0] == "P" or (kind[0] == "S" and char.isascii())
