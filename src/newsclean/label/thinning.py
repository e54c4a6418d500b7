"""Pages of very many blocks: what goes on alike for long is judged by samples.

No article has ten thousand paragraphs. Where a page has more blocks, nearly all of them are of a few kinds that come
again and again: rows of a table, entries of a list, lines of a log, paragraphs of a whole book. All blocks of rare
kinds are judged, with what is around them, and of the others a window here and there; those between the windows are
given the verdict on their kind in the last one. So time and memory stay small however long the page is, and no text is
left unread: a book is kept whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from newsclean.label.columns import FAR, since, until
from newsclean.label.shape import GOOD_LINKS, GOOD_UNITS, alike, link_share, units
from newsclean.label.text_signals import SENTENCE_ENDS
from newsclean.models import BODY_ROLES, Block, Blocks, Container, LabelledBlock, Role, record

MANY: Final = 4_000
"""Pages with more blocks are thinned, to fewer than that: hardly a page on the web has so many."""

SAMPLED: Final = 300
"""So many blocks of what goes on and on are judged, give or take a few: more would drown the rest of the page."""

OFTEN: Final = 300
"""A kind with more blocks than this on one page is no longer rare: no article has so many paragraphs.

What stands within `columns.FAR` blocks of a rare one is judged with it, for signals look so far.
"""

WINDOW: Final = 20
"""So many blocks in a row make a sample."""

OPENING: Final = 100
"""So many blocks at the beginning of a page are judged: most articles stand there."""

LENGTHS: Final = (1.0, GOOD_UNITS / 2, GOOD_UNITS, 4 * GOOD_UNITS)
"""What parts blocks by length, in units: without text, a word or two, a headline, a sentence, a paragraph."""

MEMORY: Final = 0.9
"""How much of what earlier windows said of a kind still counts after one more block of it."""

ONCE: Final = frozenset({Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.BREADCRUMB})
"""Roles that go with a place on the page, not with a kind of block."""


UNKNOWN: Final = 0.5
"""How sure it is that a block of a kind that no window showed is nothing to keep."""


class Sample(NamedTuple):
    """A thinned page: its blocks, the place of each on the whole page, and the kinds of the whole page's blocks."""

    page: Blocks
    places: list[int]
    kinds: list[int]


def thinned(page: Blocks) -> Sample | None:
    """The sample by which a page of very many blocks is judged, None for any other page."""
    if len(page.blocks) <= MANY:
        return None
    for kinds_of in (by_place, by_form, all_alike):
        kinds = kinds_of(page)
        places = chosen(kinds)
        if len(places) <= MANY:  # else there are too many kinds, as where each element has a class of its own
            break
    return Sample(excerpt(page, places), places, kinds)


def by_place(page: Blocks) -> list[int]:
    """A number for the kind of each block: its form, and the shape of the container that it stands in."""
    shapes = alike(list(page.containers))
    forms = len(LENGTHS) * 4 + 4
    return [shapes[block.container] * forms + form(block) for block in page.blocks]


def by_form(page: Blocks) -> list[int]:
    """A number for the kind of each block by its form alone."""
    return [form(block) for block in page.blocks]


def all_alike(page: Blocks) -> list[int]:
    """One kind for all blocks."""
    return [0] * len(page.blocks)


def form(block: Block) -> int:
    """A number for what a block looks like: how long it is, if it is mostly links, if it ends as sentences do."""
    length = units(block.text)
    size = 0
    while size < len(LENGTHS) and length >= LENGTHS[size]:
        size += 1
    linked = link_share(block) > GOOD_LINKS
    ended = block.text[-1:] in SENTENCE_ENDS
    return size * 4 + (2 if linked else 0) + (1 if ended else 0)


def chosen(kinds: list[int]) -> list[int]:
    """The places of the blocks to be judged."""
    counts: dict[int, int] = {}
    for kind in kinds:
        counts[kind] = counts.get(kind, 0) + 1
    rare = [1.0 if counts[kind] <= OFTEN else 0.0 for kind in kinds]
    step = WINDOW * len(kinds) // SAMPLED
    return [
        place
        for place, (back, ahead) in enumerate(zip(since(rare), until(rare), strict=True))
        if place < OPENING or place % step < WINDOW or back < FAR or ahead < FAR
    ]


def excerpt(page: Blocks, places: list[int]) -> Blocks:
    """A page of some of the blocks of another, with the containers that these stand in."""
    used = {0}
    for place in places:
        box = page.blocks[place].container
        while box not in used:
            used.add(box)
            box = page.containers[box].parent
    order = sorted(used)
    numbers = {box: number for number, box in enumerate(order)}
    numbers[-1] = -1
    boxes = [page.containers[box] for box in order]
    containers = tuple([Container(box.tag, numbers[box.parent], box.words) for box in boxes])
    kept = [page.blocks[place] for place in places]
    return Blocks(tuple([block._replace(container=numbers[block.container]) for block in kept]), containers, page.dump)


class Verdicts:
    """What was lately said of the blocks of one kind: kept or not, on the whole, and an example of each."""

    def __init__(self) -> None:
        self.balance = 0.0
        self.examples: dict[bool, LabelledBlock] = {}

    def add(self, label: LabelledBlock) -> None:
        """Take in the verdict on another block."""
        kept = label.role in BODY_ROLES
        self.balance = self.balance * MEMORY + (1.0 if kept else -1.0)
        self.examples[kept] = label

    def example(self) -> LabelledBlock | None:
        """The last block with the verdict that most had, None while there was none."""
        return self.examples.get(self.balance > 0.0) or self.examples.get(self.balance <= 0.0)


def spread(page: Blocks, sample: Sample, labels: Sequence[LabelledBlock]) -> tuple[LabelledBlock, ...]:
    """The labels of all blocks of a page, from those of a sample; what is not in it was not measured: no signals."""
    judged = dict(zip(sample.places, labels, strict=True))
    verdicts = {kind: Verdicts() for kind in set(sample.kinds)}
    unknown = LabelledBlock(page.blocks[0], Role.OTHER, UNKNOWN, dump=page.dump)
    spread: list[LabelledBlock] = []
    dump = page.dump
    for place, (block, kind) in enumerate(zip(page.blocks, sample.kinds, strict=True)):
        label = judged.get(place)
        if label is None:
            like = verdicts[kind].example() or unknown
            spread.append(record(LabelledBlock, (block, like.role, like.confidence, None, like.opinion, dump)))
            continue
        spread.append(label._replace(block=block))
        if label.role not in ONCE:
            verdicts[kind].add(label)
    return tuple(spread)
