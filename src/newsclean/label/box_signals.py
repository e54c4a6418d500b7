"""Signals of the containers around a block: what they hold, what they are called, what is of the same shape."""

from __future__ import annotations

from collections import Counter
from typing import Final

from newsclean.label.columns import Column, flags, log, logs
from newsclean.label.shape import Shape
from newsclean.models import Container
from newsclean.segment.elements import HIDDEN

LEVELS: Final = 4
"""So many containers around a block are looked at, from the innermost outwards."""

HELD: Final = ("share", "links", "units", "blocks", "good share", "paragraphs", "dates")
"""What is asked of each: its share of the page's good text, its share of link text, its length, how many blocks, the
share of good text in it, how many `<p>` and how many dates a block it holds."""

TAGS: Final = ("article", "main", "header", "footer", "nav", "aside", "form", "figcaption", "ul", "button")
"""Elements that say something when they stand around a block."""

REGIONS: Final = {
    "navigation": "nav menu header breadcrumb crumb topbar toolbar navigation banner",
    "footer": "footer copyright foot bottom contentinfo",
    "list": "related recommend hot rank list more relate similar teaser promo card",
    "talk": "comment comments reply discuss disqus share social login subscribe newsletter",
}
"""What tags and class words say of the region that a container is; weak evidence, since sites choose them freely."""

NAMES: Final[tuple[str, ...]] = (
    *(f"container {level} {what}" for level in range(1, LEVELS + 1) for what in HELD),
    *(f"inside {tag}" for tag in TAGS), "depth", "division around", *(f"in {region}" for region in REGIONS), "hidden",
    "siblings", "same shape share", "same shape blocks", "same shape mean", "same kind share", "same kind blocks",
)  # fmt: skip


def columns(shape: Shape, own: dict[str, Column]) -> list[Column]:
    """A column for each of `NAMES`, all 0 for a dump; `own` are the blocks' own signals by name."""
    if len(shape.containers) == 1:
        nothing = [0.0] * len(shape.blocks)
        return [nothing] * len(NAMES)
    return [*of_contents(shape, own), *of_names(shape), of_siblings(shape), *of_likeness(shape)]


def of_contents(shape: Shape, own: dict[str, Column]) -> list[Column]:
    """What `HELD` asks of each of the `LEVELS` containers around a block."""
    return shape.at_levels(contents(shape, own), LEVELS)


def contents(shape: Shape, own: dict[str, Column]) -> list[list[float]]:
    """For each of `HELD`, a value for every container."""
    total, good, linked = shape.total, shape.total_good, shape.total_linked
    count = shape.sums([1.0] * len(shape.blocks))
    dates = shape.sums(own["date"])
    return [
        [value / shape.all_good for value in good],
        [value / (size + 1.0) for value, size in zip(linked, total)],  # noqa: B905 - all of one length
        logs(total),
        logs(count),
        [value / (size + 1.0) for value, size in zip(good, total)],  # noqa: B905
        logs(shape.sums(own["paragraph tag"])),
        [value / (number + 1.0) for value, number in zip(dates, count)],  # noqa: B905
    ]


def of_names(shape: Shape) -> list[Column]:
    """From "inside article" to "hidden": the tags and class words of all containers around a block."""
    masks = around(shape.containers)
    spelled = {mask: [1.0 if mask & (1 << bit) else 0.0 for bit in range(len(WORDS))] for mask in set(masks)}
    said = [list(column) for column in zip(*[spelled[masks[place]] for place in shape.places])]  # noqa: B905
    depths = [float(depth) for depth in shape.within(0)]
    division = flags([box.tag == "div" for box in shape.containers])
    return [*said[: len(TAGS)], shape.at(depths), shape.at(division), *said[len(TAGS) :]]


WORDS: Final = [
    *[frozenset([f"<{tag}>"]) for tag in TAGS],
    *[frozenset([*words.split(), *[f"<{tag}>" for tag in words.split()]]) for words in REGIONS.values()],
    frozenset([HIDDEN]),
]
"""What sets each of the flags: class words, and tags in angle brackets."""


def around(containers: list[Container]) -> list[int]:
    """For each container, what its and its ancestors' names say: a bit for each of `WORDS`."""
    masks: list[int] = []
    seen: dict[tuple[str, str], int] = {}
    for box in containers:
        key = (box.tag, box.words)
        mask = seen.get(key, -1)
        if mask < 0:
            mask = seen[key] = said(box)
        masks.append(mask | masks[box.parent] if box.parent >= 0 else mask)
    return masks


def said(box: Container) -> int:
    """What a container's own tag and words say, a bit for each of `WORDS`."""
    names = set(box.words.replace("-", " ").replace("_", " ").split())
    names.add(f"<{box.tag}>")
    mask = 0
    for bit, words in enumerate(WORDS):
        if not names.isdisjoint(words):
            mask |= 1 << bit
    return mask


def of_siblings(shape: Shape) -> Column:
    """How many containers of the same shape stand beside that of a block: entries of a list."""
    shapes = list(zip(shape.parents, shape.alike))  # noqa: B905
    counts = Counter(shapes)
    return shape.at([log(counts[one] - 1.0) for one in shapes])


def of_likeness(shape: Shape) -> list[Column]:
    """What blocks in containers of the same shape are like, and those among them that have the same tag."""
    boxes = [shape.alike[place] for place in shape.places]
    numbers: dict[tuple[str, int], int] = {}
    kinds = [
        numbers.setdefault((block.tag, box), len(numbers))
        for block, box in zip(shape.blocks, boxes)  # noqa: B905
    ]
    made: list[Column] = []
    for groups in (boxes, kinds):
        count = shape.over(groups, [1.0] * len(groups))
        made.append([value / shape.all_good for value in shape.over(groups, shape.good)])
        made.append([log(number - 1.0) for number in count])
        if groups is boxes:
            total = shape.over(groups, shape.units)
            made.append([log(size / number) for size, number in zip(total, count)])  # noqa: B905
    return made
