"""Roles from scores: the model says what is body, plain rules on top say what everything is.

The rules read the same signals that the score was made of, so nothing is measured twice.
They move a block out of the body only where a reader would: the headline, captions and credits.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from newsclean.label import phrases
from newsclean.label.model import score
from newsclean.label.signals import COLUMN, GOOD_UNITS, since, units, until
from newsclean.models import BODY_ROLES, CONTENT_ROLES, Block, Blocks, Container, Kind, LabelledBlock, Role

BEFORE_BODY = 12
"""How many blocks before the body its headline and byline may stand."""

BYLINE_REACH = 4
"""In a dump the byline may stand so many blocks after the first that the model took for body: the headline, mostly."""

AFTER_BODY = 8
"""How many blocks after the body its editors may stand."""

SHORT = 60
"""A byline or a caption has at most so many characters; longer ones are text."""

CAPTION_CHARS = 160
"""A caption that its element names as one may be longer."""

LINKED = 0.5
"""A block with a larger share of link text leads elsewhere."""

CRUMBS = (">", "›", "»", "→", "＞", "/", "-")
"""What parts the steps of a breadcrumb."""

PHRASE_ROLES = {
    "related phrase": Role.RELATED,
    "comment phrase": Role.COMMENT,
    "legal phrase": Role.LEGAL,
    "promotion phrase": Role.PROMOTION,
    "navigation phrase": Role.NAVIGATION,
}
"""What a block that is no body is by the phrase in it, the most telling first."""

REGION_ROLES = {
    "in talk": Role.COMMENT,
    "in footer": Role.LEGAL,
    "in navigation": Role.NAVIGATION,
    "in list": Role.RELATED,
}
"""What a block without a telling phrase is by the region it stands in."""

SIGNATURE = re.compile(r"[（(〔【\[][^（(）)]{0,30}(?:记者|記者|通讯员|通訊員)[^（(）)]{0,40}[)）〕】\]]$")
"""A closing line such as （本报记者 …）, which belongs to the text."""

ADOPTED = 0.3
"""The confidence in a block that only a second opinion takes for body."""

ALL_PHRASE = 0.6
"""A block of which so large a share is phrases of boilerplate says nothing else."""

FULL_STOPS = frozenset('。！？!?.…”"')
"""How a sentence ends; a button does not."""

MIN_STEPS = 2
"""A breadcrumb has at least so many signs between its steps."""

FEW_UNITS = 40.0
"""Less body than this, in units, makes the threshold give way."""

LEAST_SCORE = -3.0
"""The threshold gives way no further than near this score: what is less likely is never text."""

MIN_HEADLINE, MAX_HEADLINE = 5.0, 60.0
"""The length of a headline, in units."""

NO_HEADLINE = (
    "navigation phrase", "legal phrase", "promotion phrase", "comment phrase", "byline phrase", "date", "list sign",
    "list entry",
)  # fmt: skip
"""What a headline does not have, and menus and bylines do."""

Row = Sequence[float]


class View(NamedTuple):
    """A page as the rules see it: what is body, and how many blocks away the body is before and after each block."""

    blocks: Sequence[Block]
    containers: Sequence[Container]
    rows: Sequence[Row]
    body: Sequence[bool]
    back: Sequence[float]
    ahead: Sequence[float]


def label(page: Blocks, title: str | None, *, dump: bool) -> tuple[LabelledBlock, ...]:
    """Give every block of a page its role: as many as there are blocks, in their order.

    `title` is the page's declared title, None for a dump.
    """
    if not page.blocks:
        return ()
    scores, rows = score(page, title, dump=dump)
    least = threshold(page, rows, scores)
    body = [bool(block.text) and value > least for block, value in zip(page.blocks, scores, strict=True)]
    body = trimmed(page.blocks, rows, body)
    view = View(page.blocks, page.containers, rows, body, since(body), until(body))
    head = headline(view)
    roles = with_pictures(page.blocks, [role(view, index, head) for index in range(len(page.blocks))])
    return tuple(
        LabelledBlock(block, what, confidence(value, what), row)
        for block, what, value, row in zip(page.blocks, roles, scores, rows, strict=True)
    )


def adopt(labels: Sequence[LabelledBlock], region: frozenset[str]) -> tuple[LabelledBlock, ...]:
    """Take the blocks whose text, without white space, is in `region` for body, with the confidence of a guess."""
    return tuple(
        one._replace(role=Role.BODY, confidence=ADOPTED)
        if one.role is not Role.TITLE and one.block.text and "".join(one.block.text.split()) in region
        else one
        for one in labels
    )


def confidence(value: float, what: Role) -> float:
    """The probability that the verdict "body" or "not body" is right, from the score (the logistic function)."""
    body = 1.0 / (1.0 + math.exp(-max(min(value, 50.0), -50.0)))
    return body if what in BODY_ROLES else max(1.0 - body, 0.5)


def threshold(page: Blocks, rows: Sequence[Row], scores: Sequence[float]) -> float:
    """The score above which a block is body: 0, the even chance, unless that leaves a page with text almost nothing.

    A list, a product or a forum may hold what a reader came for although no block of it reads like an article; then the
    best blocks are taken, and their low confidence tells.
    """
    lengths = [units(block.text) for block in page.blocks]
    if sum(length for length, value in zip(lengths, scores, strict=True) if value > 0.0) >= FEW_UNITS:
        return 0.0
    likely = [
        value
        for length, row, value in zip(lengths, rows, scores, strict=True)
        if length >= GOOD_UNITS and value > LEAST_SCORE and not any(row[COLUMN[name]] for name in PHRASE_ROLES)
    ]
    return min(max(likely, default=1.0) - 1.0, 0.0)


def trimmed(blocks: Sequence[Block], rows: Sequence[Row], body: Sequence[bool]) -> list[bool]:
    """Take inserts out of the body and pointers off its two ends; keep the signature that closes it."""
    kept = [what and not is_insert(block, row) for block, row, what in zip(blocks, rows, body, strict=True)]
    for order in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        for index in order:
            if kept[index] and not is_pointer(blocks[index], rows[index]):
                break
            kept[index] = False
    after = next((index + 1 for index in range(len(blocks) - 1, -1, -1) if kept[index]), len(blocks))
    if after < len(blocks) and SIGNATURE.match(blocks[after].text):
        kept[after] = True
    return kept


def is_insert(block: Block, row: Row) -> bool:
    """Whether a short block in the body leads elsewhere: nothing but phrase, or a phrase in a link or a box for it."""
    if len(block.text) > SHORT * 2:
        return False
    telling = any(row[COLUMN[name]] for name in PHRASE_ROLES)
    apart = row[COLUMN["link share"]] > LINKED or row[COLUMN["in talk"]] > 0.0
    return telling and (apart or phrases.coverage(block.text) >= ALL_PHRASE)


def is_pointer(block: Block, row: Row) -> bool:
    """Whether a block is short, ends like no sentence and leads elsewhere by its phrase."""
    telling = any(row[COLUMN[name]] for name in PHRASE_ROLES)
    return telling and len(block.text) <= SHORT and block.text[-1:] not in FULL_STOPS


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


def is_lead(block: Block) -> bool:
    """Whether a block is a picture that leads nowhere, unlike a button to share."""
    return block.kind is Kind.IMAGE and not any(span.href for span in block.spans)


def _nearest(blocks: Sequence[Block], roles: Sequence[Role]) -> list[Role | None]:
    """For each block, the role of the nearest one before it that has text."""
    found: list[Role | None] = []
    last = None
    for block, what in zip(blocks, roles, strict=True):
        found.append(last)
        last = what if block.text else last
    return found


def headline(view: View) -> int | None:
    """The index of the headline: the declared title where it is visible, else the best line before the body."""
    first = next((index for index, kept in enumerate(view.body) if kept and view.blocks[index].text), len(view.blocks))
    near = range(max(0, first - BEFORE_BODY), min(first + 2, len(view.blocks)))
    titled = [index for index, row in enumerate(view.rows) if row[COLUMN["is title"]]]
    if titled:
        levels = {index: view.blocks[index].level for index in titled}
        return max(titled, key=lambda one: (one in near, levels[one] == 1, levels[one] > 0, -abs(one - first)))
    headings = [
        index
        for index in near
        if view.blocks[index].kind is Kind.HEADING and not view.rows[index][COLUMN["related phrase"]]
    ]
    if headings and view.blocks[first - 1].tag:
        return min(headings, key=lambda index: (view.blocks[index].level, -index))
    return _line_above(view, first)


def _line_above(view: View, first: int) -> int | None:
    """In a dump: the line above the dated byline, else the last line before the body that could be a headline.

    The model may have taken that line for body, since it has no tag that sets it apart.
    """
    start, stop = max(0, first - BEFORE_BODY), min(first + BYLINE_REACH, len(view.blocks))
    dated = (
        at for at in range(start, stop) if view.rows[at][COLUMN["date"]] and is_byline(view.blocks[at], view.rows[at])
    )
    fitting = [at for at in range(start, next(dated, first)) if could_be_headline(view.blocks[at], view.rows[at])]
    return fitting[-1] if fitting else None


def could_be_headline(block: Block, row: Row) -> bool:
    """Whether a line has the length of a headline and none of the marks of a menu, a path or a byline."""
    length = math.expm1(row[COLUMN["units"]])
    plain = not any(row[COLUMN[name]] for name in NO_HEADLINE) and row[COLUMN["link share"]] < LINKED
    return MIN_HEADLINE <= length <= MAX_HEADLINE and plain and not is_breadcrumb(block, row)


def is_byline(block: Block, row: Row) -> bool:
    """Whether a short block says who wrote, where or when."""
    return 0 < len(block.text) <= SHORT * 2 and bool(row[COLUMN["byline phrase"]] or row[COLUMN["date"]])


def is_credit(block: Block, row: Row) -> bool:
    """Whether a short block names editors or the original headline: those are no text even at the end of the body."""
    return len(block.text) <= SHORT and bool(row[COLUMN["credit phrase"]])


def is_breadcrumb(block: Block, row: Row) -> bool:
    """Whether a short block is a path of steps that leads to the page."""
    steps = max(block.text.count(sign) for sign in CRUMBS)
    return steps >= MIN_STEPS and len(block.text) <= SHORT * 2 and not row[COLUMN["date"]]


def is_caption(view: View, index: int) -> bool:
    """Whether a block explains a picture: its element says so, or it stands by a picture and reads so."""
    block = view.blocks[index]
    if block.tag == "figcaption" or (not view.body[index] and shares_box(view, index)):
        return 0 < len(block.text) <= CAPTION_CHARS
    if not block.text or len(block.text) > SHORT or not view.rows[index][COLUMN["caption phrase"]]:
        return False
    beside = [view.blocks[near] for near in (index - 1, index + 1) if 0 <= near < len(view.blocks)]
    return any(one.kind is Kind.IMAGE for one in beside) or any(span.src for span in block.spans)


def shares_box(view: View, index: int) -> bool:
    """Whether a block is all the text in a container that begins with a picture."""
    if index == 0 or view.blocks[index - 1].kind is not Kind.IMAGE or not is_lead(view.blocks[index - 1]):
        return False
    box = view.blocks[index - 1].container
    mine, following = (view.containers[one.container].parent for one in _pair(view.blocks, index))
    return box > 0 and box in (mine, view.blocks[index].container) and following != box


def _pair(blocks: Sequence[Block], index: int) -> tuple[Block, Block]:
    """A block and the next one, or itself twice at the end of the page."""
    return blocks[index], blocks[min(index + 1, len(blocks) - 1)]


def role(view: View, index: int, head: int | None) -> Role:
    """The role of one block, given which one is the headline."""
    block = view.blocks[index]
    if index == head or (head is not None and view.body[index] and block.text == view.blocks[head].text):
        return Role.TITLE
    if view.body[index]:
        if is_caption(view, index):
            return Role.CAPTION
        if is_credit(block, view.rows[index]):
            return Role.BYLINE
        return Role.HEADING if block.kind is Kind.HEADING else Role.BODY
    return _outside(view, index, head)


def _outside(view: View, index: int, head: int | None) -> Role:
    """The role of a block that is no body: what belongs to the article though, or the kind of boilerplate."""
    before, after = view.ahead[index] <= BEFORE_BODY, view.back[index] <= AFTER_BODY
    if before and (after or (head is not None and head < index)) and is_caption(view, index):
        return Role.CAPTION
    if (before or after) and is_byline(view.blocks[index], view.rows[index]):
        return Role.BYLINE
    if not after and is_breadcrumb(view.blocks[index], view.rows[index]):
        return Role.BREADCRUMB
    return _boilerplate(view.rows[index])


def _boilerplate(row: Row) -> Role:
    """What a block outside the body is, by its phrases, its links and its region."""
    for names in (PHRASE_ROLES, REGION_ROLES):
        for name, what in names.items():
            if row[COLUMN[name]]:
                return what
    return Role.NAVIGATION if row[COLUMN["link share"]] > LINKED else Role.OTHER
