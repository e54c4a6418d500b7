"""Which blocks are body: the model's scores, and the few rules by which a reader would overrule them."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.label.items import AWAY, Item, is_insert, is_pointer, is_signature, opens_as_byline
from newsclean.label.shape import GOOD_UNITS
from newsclean.models import FrameKind, Kind

FEW_UNITS = 40.0
"""Less body than this, in units, makes the threshold give way."""

LEAST_SCORE = -3.0
"""The threshold gives way no further than near this score: what is less likely is never text."""

HIDDEN_SHARE = 0.5
"""Hidden blocks are dropped unless they are a larger share of the body: some pages show their article by script."""


def body(items: Sequence[Item], scores: Sequence[float]) -> list[bool]:
    """Which blocks are text of the article. Blocks without text, pictures and rules, are not judged here."""
    agreed = by_table(items, scores)
    least = threshold(items, agreed)
    kept = [bool(item.block.text) and score > least for item, score in zip(items, agreed, strict=True)]
    return trimmed(items, shown(items, kept))


def by_table(items: Sequence[Item], scores: Sequence[float]) -> list[float]:
    """The scores, with the rows of a table given their mean by length: a table is kept or dropped whole."""
    sums: dict[int, tuple[float, float]] = {}
    for item, score in zip(items, scores, strict=True):
        if item.block.kind is Kind.ROW:
            table, weight = _table(item), 1.0 + item.length
            total, weights = sums.get(table, (0.0, 0.0))
            sums[table] = (total + weight * score, weights + weight)
    means = {table: total / weights for table, (total, weights) in sums.items()}
    return [
        means[_table(item)] if item.block.kind is Kind.ROW else score for item, score in zip(items, scores, strict=True)
    ]


def _table(item: Item) -> int:
    """The id of the table that a row stands in."""
    return next((frame.id for frame in reversed(item.block.frames) if frame.kind is FrameKind.TABLE), 0)


def threshold(items: Sequence[Item], scores: Sequence[float]) -> float:
    """The score above which a block is body: 0, the even chance, unless that leaves a page with text almost nothing.

    A list, a product or a forum may hold what a reader came for although no block of it reads like an article; then
    the best blocks are taken, the longer ones first, and their low confidence tells.
    """
    if sum(item.length for item, score in zip(items, scores, strict=True) if score > 0.0) >= FEW_UNITS:
        return 0.0
    likely = [
        (item.length >= GOOD_UNITS, score)
        for item, score in zip(items, scores, strict=True)
        if item.block.text and score > LEAST_SCORE and not item.says(*AWAY)
    ]
    return min(max(likely, default=(True, 1.0))[1] - 1.0, 0.0)


def shown(items: Sequence[Item], kept: Sequence[bool]) -> list[bool]:
    """Drop what a browser would hide, unless most of the body is hidden until a script shows it."""
    lengths = [item.length if what else 0.0 for item, what in zip(items, kept, strict=True)]
    hidden = sum(length for item, length in zip(items, lengths, strict=True) if item.says("hidden"))
    if hidden > HIDDEN_SHARE * sum(lengths):
        return list(kept)
    return [what and not item.says("hidden") for item, what in zip(items, kept, strict=True)]


def trimmed(items: Sequence[Item], body: Sequence[bool]) -> list[bool]:
    """Take inserts out of the body, pointers off its ends and bylines off its start; keep what belongs to its end."""
    kept = [what and not is_insert(item) for item, what in zip(items, body, strict=True)]
    for index in range(len(items)):
        if kept[index] and not is_pointer(items[index]) and not opens_as_byline(items[index]):
            break
        kept[index] = False
    for index in range(len(items) - 1, -1, -1):
        if kept[index] and not is_pointer(items[index]):
            break
        kept[index] = False
    return with_ends(items, kept)


def with_ends(items: Sequence[Item], body: Sequence[bool]) -> list[bool]:
    """Keep code that follows text of the body, and the signature right after its last block."""
    kept = list(body)
    for index in range(1, len(items)):
        kept[index] = kept[index] or (kept[index - 1] and items[index].block.kind is Kind.CODE)
    after = next((index + 1 for index in range(len(items) - 1, -1, -1) if kept[index]), len(items))
    if after < len(items) and is_signature(items[after]):
        kept[after] = True
    return kept
