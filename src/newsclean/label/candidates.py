"""Signals of where the article may be: regions that several simple ways of looking at a page take for it.

Each way is wrong on some pages; together, and with all that is known of a block, they tell which of them is right.
"""

from __future__ import annotations

from typing import Final

from newsclean.label.columns import Column, best_run, clipped, total
from newsclean.label.shape import Shape

REGIONS: Final = ("main", "voted", "core")
"""Containers that may hold the article (see `regions`)."""

RUN_COSTS: Final = {"close": 40.0, "loose": 15.0, "wide": 6.0}
"""Runs of good text that may be the article, by what a block that is no good text costs in them, in units: a dear one
ends a run soon."""

NAMES: Final[tuple[str, ...]] = (
    *(f"{region} {what}" for region in REGIONS for what in ("depth", "share")),
    *(f"{run} run {what}" for run in RUN_COSTS for what in ("start", "end", "share")),
    "vote", "vote around", "votes",
)  # fmt: skip

MAIN_SHARE: Final = 0.6
CORE_SHARE: Final = 0.8
"""A container that holds so much of a text is around it."""

VOTE_UNITS: Final = 10.0
VOTE_LINKS: Final = 0.5
"""A block with so much text and not more links has a vote."""

VOTE_LENGTH: Final = 40.0
VOTE_MOST: Final = 3.0
"""A vote grows by one for so many units, up to so much."""

VOTE_PARTS: Final = [1.0, 2.0, 6.0, 9.0, 12.0]
"""The containers around a block get its vote divided by these, from the innermost outwards."""

DEEPEST: Final = 10.0
"""Where depths are cut."""


def columns(shape: Shape, own: dict[str, Column]) -> list[Column]:
    """A column for each of `NAMES`; `own` are the blocks' own signals by name."""
    votes = shares_of_votes(shape, own)
    runs = {name: good_run(shape, cost) for name, cost in RUN_COSTS.items()}
    made: list[Column] = []
    counted = [0.0] * len(shape.blocks)
    for top in regions(shape, votes, runs["loose"]):
        depth, share = of_region(shape, top)
        made += [depth, share]
        counted = [count + (1.0 if value >= 0.0 else 0.0) for count, value in zip(counted, depth)]  # noqa: B905
    for start, end in runs.values():
        made += of_run(shape, start, end)
        counted = [count + (1.0 if start <= index < end else 0.0) for index, count in enumerate(counted)]
    around = [votes[parent] for parent in shape.parents]
    return [*made, shape.at(votes), shape.at(around), counted]


def regions(shape: Shape, votes: list[float], run: tuple[int, int]) -> list[int]:
    """The containers of `REGIONS`.

    "main" is the deepest that holds `MAIN_SHARE` of the good text; "voted" got most votes; "core" is the deepest around
    `CORE_SHARE` of the best run.
    """
    start, end = run
    in_run = [good if start <= index < end else 0.0 for index, good in enumerate(shape.good)]
    return [
        deepest(shape.total_good, MAIN_SHARE),
        votes.index(max(votes)),
        deepest(shape.sums(in_run), CORE_SHARE),
    ]


def deepest(sums: list[float], share: float) -> int:
    """The deepest container that holds at least `share` of what the root holds; the root where that is nothing."""
    wanted, best = sums[0] * share, 0
    for index, value in enumerate(sums):
        if value >= wanted > 0.0:
            best = index  # containers come in document order: the last one that holds so much is the deepest
    return best


def shares_of_votes(shape: Shape, own: dict[str, Column]) -> list[float]:
    """For each container, its votes as a share of the most that one got.

    As in Readability (Arc90, 2009, with Mozilla's levels): every text votes for the containers around it by its length
    and commas, less for the outer ones; links take off their share.
    """
    votes = [0.0] * len(shape.containers)
    for index, length in enumerate(shape.units):
        if length < VOTE_UNITS or shape.links[index] > VOTE_LINKS:
            continue
        vote = 1.0 + own["commas"][index] + min(length / VOTE_LENGTH, VOTE_MOST)
        place = shape.places[index]
        for level in range(len(VOTE_PARTS)):
            votes[place] += vote / VOTE_PARTS[level]
            if place == 0:
                break
            place = shape.parents[place]
    cleared = [
        vote * (1.0 - links / (size + 1.0))
        for vote, links, size in zip(votes, shape.total_linked, shape.total)  # noqa: B905
    ]
    most = max([1.0, *cleared])
    return [vote / most for vote in cleared]


def good_run(shape: Shape, cost: float) -> tuple[int, int]:
    """The run of blocks with most good text, less `cost` units and the linked text for each other block in it."""
    weights = [
        good if good > 0.0 else -(cost + linked)
        for good, linked in zip(shape.good, shape.linked)  # noqa: B905
    ]
    return best_run(weights)


def of_region(shape: Shape, top: int) -> list[Column]:
    """How deep blocks lie below a container (-1 outside), and its share of the good text."""
    depths = shape.within(top)
    inside = [depths[place] for place in shape.places]
    share = total([good for good, depth in zip(shape.good, inside) if depth >= 0]) / shape.all_good  # noqa: B905
    return [[min(float(depth), DEEPEST) for depth in inside], [share] * len(inside)]


def of_run(shape: Shape, start: int, end: int) -> list[Column]:
    """How far blocks stand from the start and from the end of a run, and its share of the good text."""
    count = len(shape.blocks)
    share = total(shape.good[start:end]) / shape.all_good
    return [
        [clipped(index - start) for index in range(count)],
        [clipped(end - 1 - index) for index in range(count)],
        [share] * count,
    ]
