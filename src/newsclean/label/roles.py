"""Roles from scores: the model says what is body, plain rules on top say what everything is.

The rules move a block out of the body only where a reader would: the headline, captions, bylines and credits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from newsclean.label.body import chosen
from newsclean.label.columns import flags, since, until
from newsclean.label.headline import headline
from newsclean.label.items import CAPTION, SHORT, Item, is_breadcrumb, is_byline, is_credit, is_full_byline
from newsclean.label.model import Scored
from newsclean.label.signals import COLUMN
from newsclean.models import BODY_ROLES, CONTENT_ROLES, Block, Blocks, Kind, LabelledBlock, Role, Signals

BEFORE_BODY: Final = 12
"""How many blocks before the body its byline may stand."""

AFTER_BODY: Final = 8
"""How many blocks after the body its editors may stand."""

CAPTION_DEPTH: Final = 3
"""So deep at most a paragraph stands in the element of its caption."""

LABEL_CHARS: Final = 12
LABEL_ENDS: Final = ("，", ",", "：", ":")
"""How a label within a caption ends, and how long it is at most."""

CAPTION_CHARS: Final = 160
"""A caption that its element names as one may be longer than one that its words give away."""

REGION_ROLES: Final = [
    (COLUMN["in talk"], Role.COMMENT),
    (COLUMN["in footer"], Role.LEGAL),
    (COLUMN["in navigation"], Role.NAVIGATION),
    (COLUMN["in list"], Role.RELATED),
]
"""What a block without a telling phrase is by the region it stands in."""


class View:
    """A page as the rules see it: what is body, how far each block is from it on both sides, the headline."""

    def __init__(self, page: Blocks, items: list[Item], body: list[bool]) -> None:
        self.items = items
        self.containers = page.containers
        self.body = body
        self.back = since(flags(body))
        self.ahead = until(flags(body))
        self.head = headline(items, body, dump=page.dump)


def assign(page: Blocks, scored: Scored, opinions: list[float] | None = None) -> tuple[LabelledBlock, ...]:
    """Give every block of a page its role by its score, and by what a second opinion adds to that, in their order."""
    scores, columns = scored
    added = [0.0] * len(scores) if opinions is None else opinions
    scores = [score + opinion for score, opinion in zip(scores, added, strict=True)]
    signals: list[Signals] = [(columns, place) for place in range(len(scores))]
    items = [Item(block, mine) for block, mine in zip(page.blocks, signals, strict=True)]
    view = View(page, items, chosen(items, scores))
    roles = with_pictures(page.blocks, [role(view, index) for index in range(len(items))])
    return tuple(
        LabelledBlock(block, what, confidence(value, what), mine, opinion, page.dump)
        for block, what, value, mine, opinion in zip(page.blocks, roles, scores, signals, added, strict=True)
    )


def confidence(value: float, what: Role) -> float:
    """The probability that the verdict "body" or "not body" is right, from the score (the logistic function)."""
    odds = 1.0 / (1.0 + math.exp(-max(min(value, 50.0), -50.0)))
    return odds if what in BODY_ROLES else max(1.0 - odds, 0.5)


def role(view: View, index: int) -> Role:
    """The role of one block."""
    item = view.items[index]
    if index == view.head:
        return Role.TITLE
    if not view.body[index]:
        return _outside(view, index)
    if view.head is not None and item.block.text == view.items[view.head].block.text:
        return Role.TITLE
    return _inside(view, index)


def _inside(view: View, index: int) -> Role:
    """The role of a block that the model takes for body."""
    item = view.items[index]
    if is_caption(view, index):
        return Role.CAPTION
    if is_credit(item) or is_full_byline(item):
        return Role.BYLINE
    return Role.HEADING if item.block.kind is Kind.HEADING else Role.BODY


def _outside(view: View, index: int) -> Role:
    """The role of a block that is no body: what belongs to the article though, or the kind of boilerplate."""
    item = view.items[index]
    before, after = view.ahead[index] <= BEFORE_BODY, view.back[index] <= AFTER_BODY
    below_headline = view.head is not None and view.head < index
    if before and (after or below_headline) and is_caption(view, index):
        return Role.CAPTION
    if (before or after) and is_byline(item):
        return Role.BYLINE
    return Role.BREADCRUMB if not after and is_breadcrumb(item) else _boilerplate(item)


def _boilerplate(item: Item) -> Role:
    """What a block outside the body is, by its phrases, its region and its links."""
    if item.away is not None:
        return item.away
    for column, what in REGION_ROLES:
        if item.says(column):
            return what
    return Role.NAVIGATION if item.linked else Role.OTHER


def is_caption(view: View, index: int) -> bool:
    """Whether a block explains a picture: its element says so, or it stands by a picture and reads so."""
    block = view.items[index].block
    named = caption_box(view, index)
    if named >= 0 or (not view.body[index] and shares_box(view, index)):
        return 0 < len(block.text) <= CAPTION_CHARS and not (named >= 0 and is_label(view, index, named))
    if not block.text or len(block.text) > SHORT or not view.items[index].says(CAPTION):
        return False
    beside = [view.items[near].block for near in (index - 1, index + 1) if 0 <= near < len(view.items)]
    return any(one.kind is Kind.IMAGE for one in beside) or any(span.src for span in block.spans)


def caption_box(view: View, index: int) -> int:
    """The `<figcaption>` that a block stands in, be it in paragraphs of that, or -1."""
    box = view.items[index].block.container
    for _ in range(CAPTION_DEPTH):
        if box < 0 or view.containers[box].tag == "figcaption":
            return box
        box = view.containers[box].parent
    return -1


def is_label(view: View, index: int, box: int) -> bool:
    """Whether a block only announces the rest of a caption, as for those who cannot see (图片说明：)."""
    text = view.items[index].block.text
    has_more = index + 1 < len(view.items) and caption_box(view, index + 1) == box
    return has_more and len(text) <= LABEL_CHARS and text.endswith(LABEL_ENDS)


def shares_box(view: View, index: int) -> bool:
    """Whether a block is all the text in a container that begins with a picture."""
    if index == 0 or not is_lead(view.items[index - 1].block):
        return False
    box = view.items[index - 1].block.container
    block, following = view.items[index].block, view.items[min(index + 1, len(view.items) - 1)].block
    mine, next_to = view.containers[block.container].parent, view.containers[following.container].parent
    return box > 0 and box in (mine, block.container) and (next_to != box or following is block)


def is_lead(block: Block) -> bool:
    """Whether a block is a picture that leads nowhere, unlike a button to share."""
    return block.kind is Kind.IMAGE and not any(span.href for span in block.spans)


def with_pictures(blocks: Sequence[Block], roles: Sequence[Role]) -> list[Role]:
    """Keep pictures and rules, blocks without text, between paragraphs, and lead pictures between headline and body."""
    before, after = _nearest(blocks, roles), _nearest(blocks[::-1], roles[::-1])[::-1]
    head = roles.index(Role.TITLE) if Role.TITLE in roles else len(roles)
    first = next((index for index, what in enumerate(roles) if what in BODY_ROLES), 0)
    return [
        Role.BODY
        if not block.text
        and after[index] in CONTENT_ROLES
        and (before[index] in CONTENT_ROLES or (head < index < first and is_lead(block)))
        else roles[index]
        for index, block in enumerate(blocks)
    ]


def _nearest(blocks: Sequence[Block], roles: Sequence[Role]) -> list[Role | None]:
    """For each block, the role of the nearest one before it that has text."""
    found: list[Role | None] = []
    last = None
    for block, what in zip(blocks, roles, strict=True):
        found.append(last)
        last = what if block.text else last
    return found
