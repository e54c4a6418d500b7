"""Signals of where a block stands along the page: repeats, the headline, landmarks, good text, neighbours."""

from __future__ import annotations

from collections import Counter
from typing import Final

from newsclean.label.columns import (
    FAR,
    Column,
    before,
    clipped,
    flags,
    log,
    logs,
    running_mean,
    shifted,
    since,
    total,
    until,
)
from newsclean.label.shape import GOOD_LINKS, Shape

NEAR: Final = 3
NEARBY: Final = 8
"""How many blocks away neighbours are looked at."""

BEFORE: Final = "before"
AFTER: Final = "after"
NEAR_MEAN: Final = "near"
NEARBY_MEAN: Final = "nearby"
"""Which neighbours are looked at: the block before, the one after, the mean of those near and of those nearby."""

NEIGHBOURS: Final = [
    ("units", (BEFORE, AFTER, NEAR_MEAN, NEARBY_MEAN)),
    ("link share", (NEAR_MEAN, NEARBY_MEAN)),
    ("punctuation", (AFTER, NEAR_MEAN, NEARBY_MEAN)),
    ("function words", (NEAR_MEAN, NEARBY_MEAN)),
    ("sentence end", (NEAR_MEAN, NEARBY_MEAN)),
    ("paragraph tag", (AFTER, NEARBY_MEAN)),
    ("date", (NEAR_MEAN, NEARBY_MEAN)),
]
"""The signals that are asked of a block's neighbours too."""

NAMES: Final[tuple[str, ...]] = (
    "repeated", "is title", "position", "since related", "since closing", "since date", "since h1",
    "from headline", "text since headline", "good text since headline",
    "good text", "good text before", "good text after", "text before", "of longest",
    "until good text", "mean good text near", "mean good text nearby",
    *(f"{name} {where}" for name, places in NEIGHBOURS for where in places),
    "page links", "page good share", "page units", "page good units", "page good texts", "page longest", "page blocks",
    "page dates", "page punctuation",
)  # fmt: skip

MIN_TITLE: Final = 4
TITLE_SHARE: Final = 0.3
"""A headline has so many characters, and makes up so much of the `<title>`; channel and site are the rest."""

NOWHERE: Final = -1
"""The place of a headline that is not there."""


def columns(shape: Shape, own: dict[str, Column], title: str | None) -> list[Column]:
    """A column for each of `NAMES`; `own` are the blocks' own signals by name, `title` is the page's declared title."""
    titled = flags([is_title(block.text, title) for block in shape.blocks])
    head = headline(shape, titled)
    return [
        *of_landmarks(shape, own, titled),
        *of_headline(shape, head),
        *of_good_text(shape),
        *of_neighbours(own),
        *of_page(shape, own),
    ]


def is_title(text: str, title: str | None) -> bool:
    """Whether a block is the page's declared title, or so large a part of it that the rest only names the site."""
    if title is None or len(text) < MIN_TITLE:
        return False
    return len(text) >= len(title) * TITLE_SHARE and text in title


def headline(shape: Shape, titled: list[float]) -> int:
    """Where the headline probably stands: the last titled block, else the last h1, before half of the good text."""
    text, half = 0.0, len(shape.blocks)
    for index, length in enumerate(shape.good):
        text += length
        if text * 2.0 >= shape.all_good:
            half = index + 1
            break
    firsts = [index for index in range(half) if titled[index]]
    if not firsts:
        firsts = [index for index in range(half) if shape.blocks[index].level == 1]
    if not firsts:
        return next((index for index, flag in enumerate(titled) if flag), NOWHERE)
    return firsts[-1]


def of_landmarks(shape: Shape, own: dict[str, Column], titled: list[float]) -> list[Column]:
    """From "repeated" to "since h1": repeats, position, and the distance to what announces or ends something."""
    blocks, count = shape.blocks, len(shape.blocks)
    counts = Counter([block.text for block in blocks])
    dated = flags([date > 0.0 and share <= GOOD_LINKS for date, share in zip(own["date"], shape.links)])  # noqa: B905
    return [
        [log(float(counts[block.text] - 1)) if block.text else 0.0 for block in blocks],
        titled,
        [place / count for place in range(count)],
        since(own["related phrase"]),
        since(own["closing phrase"]),
        since(dated),
        since(flags([block.level == 1 for block in blocks])),
    ]


def of_headline(shape: Shape, head: int) -> list[Column]:
    """How far a block stands from the headline, and how much text, and how many good texts, stand between them."""
    distance: Column = []
    text_since: Column = []
    good_since: Column = []
    text = good = 0.0
    for index, (length, value) in enumerate(zip(shape.units, shape.good)):  # noqa: B905
        if index == head + 1:
            text = good = 0.0
        distance.append(-FAR - 1.0 if head < 0 else clipped(index - head))
        text_since.append(log(text))
        good_since.append(good)
        text += length
        good += 1.0 if value > 0.0 else 0.0
    return [distance, text_since, good_since]


def of_good_text(shape: Shape) -> list[Column]:
    """From "good text" to "mean good text nearby": how much of it is here, before, after and near."""
    good, share = logs(shape.good), [value / shape.all_good for value in shape.good]
    done = before(share)
    everything = max(total(shape.units), 1.0)
    longest = max([1.0, *shape.units])
    return [
        good,
        done,
        [1.0 - past - here for past, here in zip(done, share)],  # noqa: B905
        [value / everything for value in before(shape.units)],
        [value / longest for value in shape.units],
        until(shape.good),
        *(running_mean(good, reach) for reach in (NEAR, NEARBY)),
    ]


def of_neighbours(own: dict[str, Column]) -> list[Column]:
    """What `NEIGHBOURS` asks of the blocks around each block."""
    return [beside(own[name], where) for name, places in NEIGHBOURS for where in places]


def beside(values: Column, where: str) -> Column:
    """For each block, the value of a neighbour, or the mean of several."""
    if where == BEFORE:
        return shifted(values, 1)
    if where == AFTER:
        return shifted(values, -1)
    return running_mean(values, NEAR if where == NEAR_MEAN else NEARBY)


def of_page(shape: Shape, own: dict[str, Column]) -> list[Column]:
    """What the whole page is like, the same for all its blocks."""
    everything = total(shape.units)
    facts = (
        total(shape.linked) / (everything + 1.0),
        total(shape.good) / (everything + 1.0),
        log(everything),
        log(total(shape.good)),
        log(float(len([1 for length in shape.good if length > 0.0]))),
        log(max(shape.good)),
        log(float(len(shape.blocks))),
        total(own["date"]) / len(shape.blocks),
        total(own["punctuation"]) / len(shape.blocks),
    )
    return [[fact] * len(shape.blocks) for fact in facts]
