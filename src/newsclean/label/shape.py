"""A page from above: the sizes of its blocks, sums over its containers, the regions that tags and words name."""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.label.columns import Column
from newsclean.models import Block, Blocks, Container
from newsclean.segment.elements import HIDDEN

LATIN_UNIT = 0.4
"""A Latin character in units: English needs some 2.5 characters for what Chinese says in one."""

GOOD_UNITS = 20.0
"""A block of so many units with few links is text that a reader may have come for."""

GOOD_LINKS = 0.3
"""The share of link text above which a block is not counted as good text."""

REGIONS = {
    "navigation": ("nav", "menu", "header", "breadcrumb", "crumb", "topbar", "toolbar", "navigation", "banner"),
    "footer": ("footer", "copyright", "foot", "bottom", "contentinfo"),
    "side": ("aside", "sidebar", "side", "right", "rail", "widget", "complementary"),
    "list": ("related", "recommend", "hot", "rank", "list", "more", "relate", "similar", "teaser", "promo", "card"),
    "talk": (
        "comment",
        "comments",
        "reply",
        "discuss",
        "disqus",
        "share",
        "social",
        "login",
        "subscribe",
        "newsletter",
    ),
    "article": (
        "article",
        "content",
        "main",
        "post",
        "entry",
        "text",
        "body",
        "story",
        "detail",
        "news",
        "articlebody",
    ),
}
"""What tags and class words say of the region that a container is; weak evidence, since sites choose them freely."""


def units(text: str) -> float:
    """The length of a text in units; a CJK character takes two bytes more than one in UTF-8, which counts them fast."""
    wide = (len(text.encode("utf-8", "surrogatepass")) - len(text)) / 2
    return wide + (len(text) - wide) * LATIN_UNIT


def link_share(block: Block) -> float:
    """The share of a block's characters that are links, 0 to 1."""
    if not block.text:
        return 0.0
    spans = [span for cell in block.cells for span in cell.spans] if block.cells else block.spans
    linked = sum([len(span.text) for span in spans if span.href is not None and span.src is None])
    return min(1.0, linked / len(block.text))


class Shape:
    """Sums over a page that signals are read from: made once, shared by both passes."""

    def __init__(self, page: Blocks) -> None:
        self.blocks, self.containers = page
        self.units = [units(block.text) for block in self.blocks]
        self.links = [link_share(block) for block in self.blocks]
        self.good = [
            length if length >= GOOD_UNITS and links <= GOOD_LINKS else 0.0
            for length, links in zip(self.units, self.links, strict=True)
        ]
        self.linked = [length * links for length, links in zip(self.units, self.links, strict=True)]
        self.places = [block.container for block in self.blocks]
        self.shape_of = shapes(self.containers)
        self.total = self.sums(self.units)

    def sums(self, values: Sequence[float]) -> list[float]:
        """For each container, the sum of `values` over the blocks in it and in all below it."""
        sums = [0.0] * len(self.containers)
        for place, value in zip(self.places, values, strict=True):
            sums[place] += value
        for index in range(len(sums) - 1, 0, -1):
            sums[self.containers[index].parent] += sums[index]
        return sums

    def up(self, values: Sequence[float]) -> list[Column]:
        """For each block, the values of its container, the one around that, and the next: three columns."""
        parents = [max(box.parent, 0) for box in self.containers]
        places, columns = self.places, []
        for _ in range(3):
            columns.append([values[place] for place in places])
            places = [parents[place] for place in places]
        return columns

    def by_shape(self, values: Sequence[float]) -> dict[int, float]:
        """The sum of `values` over blocks in containers of the same tag and words."""
        sums: dict[int, float] = {}
        for place, value in zip(self.places, values, strict=True):
            shape = self.shape_of[place]
            sums[shape] = sums.get(shape, 0.0) + value
        return sums


def shapes(containers: Sequence[Container]) -> list[int]:
    """For each container, the number of its shape: tag and words, and those of its parent."""
    known: dict[tuple[str, str, str], int] = {}
    return [
        known.setdefault((box.tag, box.words, containers[box.parent].words if box.parent >= 0 else ""), len(known))
        for box in containers
    ]


def regions(containers: Sequence[Container]) -> list[list[bool]]:
    """For each container, what its and its ancestors' tags and words say: flags for `REGIONS`, and for `HIDDEN`."""
    rows: list[list[bool]] = []
    seen: dict[tuple[str, str], list[bool]] = {}
    for box in containers:
        key = (box.tag, box.words)
        if key not in seen:
            seen[key] = _regions(box)
        outer = rows[box.parent] if box.parent >= 0 else seen[key]
        rows.append([mine or around for mine, around in zip(seen[key], outer, strict=True)])
    return rows


def _regions(box: Container) -> list[bool]:
    words = set(box.words.replace("-", " ").replace("_", " ").split())
    words.add(box.tag)
    said = [not words.isdisjoint(names) for names in REGIONS.values()]
    return [*said, HIDDEN in words]


def main_container(shape: Shape, share: float = 0.6) -> int:
    """The deepest container that holds at least `share` of the page's good text."""
    good = shape.sums(shape.good)
    wanted = good[0] * share if good else 0.0
    best = 0
    for index in range(1, len(good)):
        if good[index] >= wanted > 0.0:
            best = index  # containers come in document order: the last one that holds so much is the deepest
    return best


def below(containers: Sequence[Container], main: int) -> list[int]:
    """For each container, how deep it lies below `main` (0 on it), -1 outside."""
    depths: list[int] = []
    for index, box in enumerate(containers):
        depths.append(
            0 if index == main else depths[box.parent] + 1 if box.parent >= 0 and depths[box.parent] >= 0 else -1
        )
    return depths
