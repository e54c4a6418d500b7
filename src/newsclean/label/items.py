"""A block with its signals, and the plain questions that rules ask of it.

The questions read the same signals that the score was made of, so nothing is measured twice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from newsclean.label import phrases
from newsclean.label.signals import COLUMN
from newsclean.models import Block, Role

NOTICE_CHARS = 400
"""A notice is no longer than this."""

SHORT = 60
"""A byline, a button or a credit has at most about so many characters; longer ones are text."""

LINKED = 0.5
"""A block with a larger share of link text leads elsewhere."""

AWAY = {
    "related phrase": Role.RELATED,
    "comment phrase": Role.COMMENT,
    "legal phrase": Role.LEGAL,
    "promotion phrase": Role.PROMOTION,
    "navigation phrase": Role.NAVIGATION,
}
"""The phrases that lead away from the article, and what a block outside the body is by them, the most telling first."""

ALL_PHRASE = 0.6
"""A block of which so large a share is phrases of boilerplate says nothing else."""

SIGNATURE = re.compile(r"[（(〔【\[][^（(）)]{0,30}(?:记者|記者|通讯员|通訊員)[^（(）)]{0,40}[)）〕】\]]$")
"""A closing line such as （本报记者 …）, which belongs to the text."""

NAMES_ONLY = re.compile(
    r"[（(][\u4e00-\u9fff]{2,4}(?:[ \u3000、]{1,2}[\u4e00-\u9fff]{2,4}){0,3}(?: ?[文图摄/／]{1,3})?[)）]$"
)
"""A closing line such as （李明） or (李明 文/图)."""

SCRIPT_NOTICES = (
    "enable javascript",
    "javascript is",
    "requires javascript",
    "启用javascript",
    "浏览器不支持",
    "浏览器版本",
)
"""What a page says that needs its scripts; the longest notice is no article."""

FULL_STOPS = frozenset('。！？!?.…”"')
"""How a sentence ends; a button or a byline does not."""

CRUMBS = (">", "›", "»", "→", "＞", "/", "-")
"""What parts the steps of a breadcrumb."""

MIN_STEPS = 2
"""A breadcrumb has at least so many signs between its steps."""

MIN_HEADLINE, MAX_HEADLINE = 5.0, 60.0
"""The length of a headline, in units."""

NO_HEADLINE = ("navigation phrase", "legal phrase", "promotion phrase", "comment phrase", "byline phrase")
NO_HEADLINE_FORM = ("date", "list sign", "list entry")
"""What a headline does not have, and menus and bylines do."""


class Item(NamedTuple):
    """A block and its row of signals."""

    block: Block
    row: Sequence[float]

    def signal(self, name: str) -> float:
        """The value of a signal."""
        return self.row[COLUMN[name]]

    def says(self, *names: str) -> bool:
        """Whether any of the signals is set."""
        row = self.row
        for name in names:  # noqa: SIM110 - a plain loop is quicker, and this is asked many times for every block
            if row[COLUMN[name]]:
                return True
        return False

    @property
    def linked(self) -> bool:
        """Whether most of the text is links."""
        return self.signal("link share") > LINKED

    @property
    def length(self) -> float:
        """The length in units."""
        return math.expm1(self.signal("units"))


def is_byline(item: Item) -> bool:
    """Whether a short block says who wrote, where or when."""
    text = item.block.text
    return 0 < len(text) <= SHORT * 2 and text[-1] not in FULL_STOPS and item.says("byline phrase", "date")


def is_full_byline(item: Item) -> bool:
    """Whether a byline says both who or where, and when: that is no text, wherever it stands."""
    return is_byline(item) and item.says("byline phrase") and item.says("date")


def is_credit(item: Item) -> bool:
    """Whether a short block names editors or the original headline: those are no text even at the end of the body."""
    return len(item.block.text) <= SHORT and item.says("credit phrase")


def is_signature(item: Item) -> bool:
    """Whether a block is a line in brackets that names reporters, or nothing but names."""
    text = item.block.text
    return SIGNATURE.match(text) is not None or NAMES_ONLY.match(text) is not None


def is_breadcrumb(item: Item) -> bool:
    """Whether a short block is a path of steps that leads to the page."""
    text = item.block.text
    return len(text) <= SHORT * 2 and not item.says("date") and max(text.count(sign) for sign in CRUMBS) >= MIN_STEPS


def is_insert(item: Item) -> bool:
    """Whether a short block in the body leads elsewhere: nothing but phrase, or a phrase in a link or a box for it."""
    if len(item.block.text) > SHORT * 2 or not item.says(*AWAY):
        return False
    return item.linked or item.says("in talk") or phrases.coverage(item.block.text) >= ALL_PHRASE


def is_pointer(item: Item) -> bool:
    """Whether a block speaks of rights, or is short, ends like no sentence and leads elsewhere by its phrase."""
    text = item.block.text
    if item.says("legal phrase"):
        return len(text) <= SHORT * 2
    return item.says(*AWAY) and len(text) <= SHORT and text[-1:] not in FULL_STOPS


def opens_as_byline(item: Item) -> bool:
    """Whether a block above the first paragraph is a byline by its date or its "By", and no opening signature."""
    return is_byline(item) and (item.says("date") or item.block.text.lower().startswith("by "))


def is_notice(item: Item) -> bool:
    """Whether a block, however long, speaks of rights, scripts or ways elsewhere rather than of anything new."""
    text = item.block.text
    if item.says(*AWAY) or phrases.coverage(text) >= ALL_PHRASE / 2:
        return True
    lowered = text.lower() if len(text) <= NOTICE_CHARS else ""
    return any(notice in lowered for notice in SCRIPT_NOTICES)


def could_be_headline(item: Item) -> bool:
    """Whether a line has the length of a headline and none of the marks of a menu, a path or a byline."""
    plain = not item.says(*NO_HEADLINE, *NO_HEADLINE_FORM) and not item.linked
    return MIN_HEADLINE <= item.length <= MAX_HEADLINE and plain and not is_breadcrumb(item)
