"""Which blocks are body: the model's scores, and the few rules by which a reader would overrule them."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from newsclean.label.columns import total
from newsclean.label.items import (
    IS_HIDDEN,
    Item,
    could_be_headline,
    is_insert,
    is_pointer,
    is_signature,
    opens_as_byline,
)
from newsclean.label.model import HOPELESS
from newsclean.label.shape import GOOD_UNITS
from newsclean.models import FrameKind, Kind

FEW_UNITS: Final = 40.0
"""Less body than this, in units, makes the threshold give way."""

MOST_PEELED: Final = 3
"""So many pointers and bylines may stand at an end of the body; more of them are a list that belongs to it."""

NEAR_START: Final = 3
"""A byline below the standfirst is among so many first blocks of the body."""

HIDDEN_SHARE: Final = 0.5
"""Hidden blocks are dropped unless they are a larger share of the body: some pages show their article by script."""


def chosen(items: list[Item], scores: list[float]) -> list[bool]:
    """Which blocks are text of the article. Blocks without text, pictures and rules, are not judged here."""
    wholes = [whole(item) for item in items]
    agreed = by_whole(items, scores, wholes)
    least = threshold(items, agreed)
    kept = [item.chars > 0 and score > least for item, score in zip(items, agreed, strict=True)]
    return trimmed(items, shown(items, with_tables(items, kept, wholes)))


def whole(item: Item) -> int:
    """The id of the table or quotation that a block stands in, which is kept or dropped whole; -1 for none."""
    for frame in reversed(item.block.frames):
        if frame.kind is FrameKind.TABLE or frame.kind is FrameKind.QUOTE:
            return frame.id
    return -1


def by_whole(items: list[Item], scores: list[float], wholes: list[int]) -> list[float]:
    """The scores, with the blocks of a table or quotation given their mean by length."""
    sums: dict[int, tuple[float, float]] = {}
    for item, score, number in zip(items, scores, wholes, strict=True):
        if number >= 0 and item.chars:
            total, weights = sums.get(number, (0.0, 0.0))
            sums[number] = (total + (1.0 + item.length) * score, weights + 1.0 + item.length)
    means = {number: total / weights for number, (total, weights) in sums.items()}
    return [means.get(number, score) for score, number in zip(scores, wholes, strict=True)]


def with_tables(items: list[Item], body: list[bool], wholes: list[int]) -> list[bool]:
    """Keep a table of several rows that stands between two paragraphs of the body, unless its rows are links."""
    kept = list(body)
    texts = [index for index, item in enumerate(items) if item.chars]
    start = 0
    while start < len(texts):
        number, end = wholes[texts[start]], start + 1
        while end < len(texts) and number >= 0 and wholes[texts[end]] == number:
            end += 1
        rows = texts[start:end]
        if end - start > 1 and start > 0 and end < len(texts) and body[texts[start - 1]] and body[texts[end]]:
            fits = [items[row].block.kind is Kind.ROW and not items[row].linked for row in rows]
            for row in rows:
                kept[row] = kept[row] or all(fits)
        start = end
    return kept


def threshold(items: list[Item], scores: list[float]) -> float:
    """The score above which a block is body: 0, the even chance, unless that leaves a page with text almost nothing.

    A list, a product or a forum may hold what a reader came for although no block of it reads like an article; then
    the best blocks are taken, the longer ones first, and their low confidence tells.
    """
    if total([item.length for item, score in zip(items, scores, strict=True) if score > 0.0]) >= FEW_UNITS:
        return 0.0
    likely = [
        (item.length >= GOOD_UNITS, score)
        for item, score in zip(items, scores, strict=True)
        if item.chars and score > HOPELESS and item.away is None
    ]
    return min(max(likely, default=(True, 1.0))[1] - 1.0, 0.0)


def shown(items: list[Item], kept: list[bool]) -> list[bool]:
    """Drop what a browser would hide, unless most of the body is hidden until a script shows it."""
    lengths = [item.length if what else 0.0 for item, what in zip(items, kept, strict=True)]
    hidden = total([length for item, length in zip(items, lengths, strict=True) if item.says(IS_HIDDEN)])
    if hidden > HIDDEN_SHARE * total(lengths):
        return list(kept)
    return [what and not item.says(IS_HIDDEN) for item, what in zip(items, kept, strict=True)]


def trimmed(items: list[Item], body: list[bool]) -> list[bool]:
    """Take inserts out of the body, pointers off its ends and bylines off its start; keep what belongs to its end."""
    kept = [what and not is_insert(item) for item, what in zip(items, body, strict=True)]
    texts = [index for index, what in enumerate(kept) if what]
    below = 1 if texts and could_be_headline(items[texts[0]]) and not items[texts[0]].ends() else 0  # it is named later
    opening = takewhile(lambda index: is_pointer(items[index]) or opens_as_byline(items[index]), texts[below:])
    closing = takewhile(lambda index: is_pointer(items[index]), texts[::-1])
    for run in (list(opening), list(closing), below_standfirst(items, texts)):
        if len(run) <= MOST_PEELED:
            for index in run:
                kept[index] = False
    return with_ends(items, kept)


def below_standfirst(items: list[Item], texts: list[int]) -> list[int]:
    """The byline that a standfirst parts from the headline: the only such line of the body, near its start."""
    lines = [index for index in texts if opens_as_byline(items[index])]
    return lines if len(lines) == 1 and lines[0] in texts[:NEAR_START] else []


def with_ends(items: list[Item], body: list[bool]) -> list[bool]:
    """Keep code that follows text of the body, and the signature right after its last block."""
    kept = list(body)
    for index in range(1, len(items)):
        kept[index] = kept[index] or (kept[index - 1] and items[index].block.kind is Kind.CODE)
    after = next((index + 1 for index in range(len(items) - 1, -1, -1) if kept[index]), len(items))
    if after < len(items) and is_signature(items[after]):
        kept[after] = True
    return kept
