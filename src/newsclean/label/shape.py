"""A page from above: the sizes of its blocks and sums over its containers. Made once a page; all signals read it."""

from __future__ import annotations

from operator import itemgetter
from typing import Final

from newsclean.label.columns import Column, total
from newsclean.models import Block, Blocks, Container

LATIN_UNIT: Final = 0.4
"""A Latin character in units: English needs some 2.5 characters for what Chinese says in one."""

ENDLESS_CHARS: Final = 40_000
"""Texts of more characters are looked at for clauses: data within a page may be as long, hardly a paragraph is."""

CLAUSE_UNITS: Final = 200.0
"""So many units count for each clause of such a text at most: it would be a very long one."""

CLAUSE_ENDS: Final = (*"，。、；！？", ", ", ". ", "; ", "! ", "? ")
"""What parts clauses; a comma between figures does not."""

GOOD_UNITS: Final = 20.0
"""A block of so many units with few links is text that a reader may have come for."""

GOOD_LINKS: Final = 0.3
"""The share of link text above which a block is not counted as good text."""


def units(text: str) -> float:
    """The length of a text in units; a CJK character takes two bytes more than one in UTF-8, which counts them fast.

    Of an endless text without clauses, as of a million digits, only so much counts that it does not drown a page.
    """
    wide = 0.0 if text.isascii() else (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2.0
    length = wide + (len(text) - wide) * LATIN_UNIT
    return length if len(text) <= ENDLESS_CHARS else min(length, CLAUSE_UNITS * clauses(text, wide))


def clauses(text: str, wide: float) -> float:
    """How many clauses a text has at most; spaces part them, too, where most characters are `wide`."""
    spaces = text.count(" ") if 2.0 * wide > len(text) else 0
    return 1.0 + spaces + sum([text.count(sign) for sign in CLAUSE_ENDS])


def link_share(block: Block) -> float:
    """The share of a block's characters that are links, 0 to 1."""
    if not block.text:
        return 0.0
    linked = 0
    for spans in [cell.spans for cell in block.cells] if block.cells else [block.spans]:
        for span in spans:
            if span.href is not None and span.src is None:
                linked += len(span.text)
    return min(1.0, linked / len(block.text)) if linked else 0.0


class Shape:
    """Sizes of blocks and sums over containers.

    `units`, `links` (share of link text), `linked` (units of link text) and `good` (units of good text, 0 where a block
    is short or mostly links) are columns; `places` says which container each block stands in, `parents` which one is
    around each container (the root's is the root); `alike` numbers the containers by tag, words and the parent's words.
    `total`, `total_good` and `total_linked` sum `units`, `good` and `linked` for each container.
    """

    def __init__(self, page: Blocks) -> None:
        self.blocks: list[Block] = list(page.blocks)
        self.containers: list[Container] = list(page.containers)
        self.units: list[float] = [units(block.text) for block in self.blocks]
        self.links: list[float] = [link_share(block) for block in self.blocks]
        self.linked: list[float] = [length * share for length, share in zip(self.units, self.links)]  # noqa: B905
        self.good: list[float] = [
            length if length >= GOOD_UNITS and share <= GOOD_LINKS else 0.0
            for length, share in zip(self.units, self.links)  # noqa: B905 - of one length, and asked for every block
        ]
        self.all_good = max(total(self.good), 1.0)
        self.places: list[int] = [block.container for block in self.blocks]
        self.parents: list[int] = [max(box.parent, 0) for box in self.containers]
        self.alike: list[int] = alike(self.containers)
        self.total: list[float] = self.sums(self.units)
        self.total_good: list[float] = self.sums(self.good)
        self.total_linked: list[float] = self.sums(self.linked)

    def sums(self, values: list[float]) -> list[float]:
        """For each container, the sum of `values` over the blocks in it and in all below it."""
        sums = [0.0] * len(self.containers)
        for place, value in zip(self.places, values):  # noqa: B905
            sums[place] += value
        parents = self.parents
        for index in range(len(sums) - 1, 0, -1):
            sums[parents[index]] += sums[index]
        return sums

    def at(self, values: list[float]) -> Column:
        """For each block, the value of its container."""
        return [values[place] for place in self.places]

    def at_levels(self, values: list[list[float]], count: int) -> list[Column]:
        """For each block, the values of its container, of the one around that, and so on, `count` levels up."""
        parents, places, made = self.parents, self.places, []
        for _ in range(count):
            pick = itemgetter(*places, 0)  # the quickest way to take many; the last makes a tuple of the only one
            made += [list(pick(one))[:-1] for one in values]
            places = [parents[place] for place in places]
        return made

    def over(self, groups: list[int], values: list[float]) -> Column:
        """For each block, the sum of `values` over all blocks of its group; groups are small whole numbers."""
        sums = [0.0] * (max(groups, default=0) + 1)
        for group, value in zip(groups, values):  # noqa: B905
            sums[group] += value
        return [sums[group] for group in groups]

    def within(self, top: int) -> list[int]:
        """For each container, how deep it lies below container `top` (0 on it), -1 outside."""
        depths: list[int] = []
        for index, parent in enumerate(self.parents):
            if index == top:
                depths.append(0)
            else:
                around = depths[parent] if index else -1
                depths.append(around + 1 if around >= 0 else -1)
        return depths


def alike(containers: list[Container]) -> list[int]:
    """For each container, the number of its shape: tag and words, and those of its parent."""
    known: dict[tuple[str, str, str], int] = {}
    numbers: list[int] = []
    for box in containers:
        key = (box.tag, box.words, containers[box.parent].words if box.parent >= 0 else "")
        numbers.append(known.setdefault(key, len(known)))
    return numbers
