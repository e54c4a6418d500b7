"""A block with what the rules want to know of it, and the plain questions that they ask.

The questions read the same signals that the score was made of, so nothing is measured twice.
"""

from __future__ import annotations

import math
from typing import Final

from newsclean.label import phrases
from newsclean.label.signals import COLUMN
from newsclean.models import Block, Role, Signals
from newsclean.patterns import lazy

NOTICE_CHARS: Final = 400
"""A notice is no longer than this."""

SHORT: Final = 60
"""A byline, a button or a credit has at most about so many characters; longer ones are text."""

LINKED: Final = 0.5
"""A block with a larger share of link text leads elsewhere."""

AWAY: Final = [
    (COLUMN["related phrase"], Role.RELATED),
    (COLUMN["comment phrase"], Role.COMMENT),
    (COLUMN["legal phrase"], Role.LEGAL),
    (COLUMN["promotion phrase"], Role.PROMOTION),
    (COLUMN["navigation phrase"], Role.NAVIGATION),
]
"""The phrases that lead away from the article, and what a block outside the body is by them, the most telling first."""

ALL_PHRASE: Final = 0.6
"""A block of which so large a share is phrases of boilerplate says nothing else."""

SIGNATURE: Final = lazy(r"[（(〔【\[][^（(）)]{0,30}(?:记者|記者|通讯员|通訊員)[^（(）)]{0,40}[)）〕】\]]$")
"""A closing line such as （本报记者 …）, which belongs to the text."""

NAMES_ONLY: Final = lazy(
    r"[（(][\u4e00-\u9fff]{2,4}(?:[ \u3000、]{1,2}[\u4e00-\u9fff]{2,4}){0,3}(?: ?[文图摄/／]{1,3})?[)）]$"
)
"""A closing line such as （李明） or (李明 文/图)."""

OPENING_BRACKETS: Final = "（(〔【["
"""What such a line begins with."""

SCRIPT_NOTICES: Final = (
    "enable javascript",
    "javascript is",
    "requires javascript",
    "启用javascript",
    "浏览器不支持",
    "浏览器版本",
)
"""What a page says that needs its scripts; the longest notice is no article."""

FULL_STOPS: Final = frozenset('。！？!?.…”"')
"""How a sentence ends; a button or a byline does not."""

CRUMBS: Final = frozenset(">›»→＞/-")
"""What parts the steps of a breadcrumb."""

MIN_STEPS: Final = 2
"""A breadcrumb has at least so many signs between its steps."""

MIN_HEADLINE: Final = 5.0
MAX_HEADLINE: Final = 60.0
"""The length of a headline, in units."""

UNITS: Final = COLUMN["units"]
LINK_SHARE: Final = COLUMN["link share"]
DATE: Final = COLUMN["date"]
BYLINE: Final = COLUMN["byline phrase"]
CREDIT: Final = COLUMN["credit phrase"]
CAPTION: Final = COLUMN["caption phrase"]
LEGAL: Final = COLUMN["legal phrase"]
RELATED: Final = COLUMN["related phrase"]
TALK: Final = COLUMN["in talk"]
HIDDEN: Final = COLUMN["hidden"]
IS_TITLE: Final = COLUMN["is title"]
LIST_SIGN: Final = COLUMN["list sign"]
LIST_ENTRY: Final = COLUMN["list entry"]
"""The signals that the rules read."""


class Item:
    """A block and its signals; what most rules ask is read at once."""

    def __init__(self, block: Block, signals: Signals) -> None:
        self.block = block
        self.columns, self.place = signals
        self.text: str = block.text
        self.chars: int = len(block.text)
        self.length: float = math.exp(self.columns[UNITS][self.place]) - 1.0  # in units
        self.linked: bool = self.columns[LINK_SHARE][self.place] > LINKED
        self.away: Role | None = None
        for column, role in AWAY:
            if self.says(column):
                self.away = role
                break

    def says(self, column: int) -> bool:
        """Whether a signal is set."""
        return self.columns[column][self.place] != 0.0

    def ends(self) -> bool:
        """Whether the text ends like a sentence."""
        return self.chars > 0 and self.text[-1] in FULL_STOPS


def is_byline(item: Item) -> bool:
    """Whether a short block says who wrote, where or when."""
    return 0 < item.chars <= SHORT * 2 and not item.ends() and (item.says(BYLINE) or item.says(DATE))


def is_full_byline(item: Item) -> bool:
    """Whether a byline says both who or where, and when: that is no text, wherever it stands."""
    return is_byline(item) and item.says(BYLINE) and item.says(DATE)


def is_credit(item: Item) -> bool:
    """Whether a short block names editors or the original headline: those are no text even at the end of the body."""
    return item.chars <= SHORT and item.says(CREDIT)


def is_signature(item: Item) -> bool:
    """Whether a block is a line in brackets that names reporters, or nothing but names."""
    if not item.text or item.text[0] not in OPENING_BRACKETS:
        return False
    return SIGNATURE.match(item.text) is not None or NAMES_ONLY.match(item.text) is not None


def is_breadcrumb(item: Item) -> bool:
    """Whether a short block is a path of steps that leads to the page."""
    if item.chars > SHORT * 2 or item.says(DATE) or CRUMBS.isdisjoint(item.text):
        return False
    return max([item.text.count(sign) for sign in CRUMBS]) >= MIN_STEPS


def is_insert(item: Item) -> bool:
    """Whether a short block in the body leads elsewhere: nothing but phrase, or a phrase in a link or a box for it."""
    if item.away is None or item.chars > SHORT * 2:
        return False
    return item.linked or item.says(TALK) or phrases.coverage(item.text) >= ALL_PHRASE


def is_pointer(item: Item) -> bool:
    """Whether a block speaks of rights, or is short, ends like no sentence and leads elsewhere by its phrase."""
    if item.says(LEGAL):
        return item.chars <= SHORT * 2
    return item.away is not None and item.chars <= SHORT and not item.ends()


def opens_as_byline(item: Item) -> bool:
    """Whether a block above the first paragraph is a byline by its date or its "By", and no opening signature."""
    return is_byline(item) and (item.says(DATE) or item.text.lower().startswith("by "))


def is_notice(text: str) -> bool:
    """Whether a text, however long, speaks of rights, scripts or ways elsewhere rather than of anything new."""
    if phrases.leads_away(text) or phrases.coverage(text) >= ALL_PHRASE / 2:
        return True
    lowered = text.lower() if len(text) <= NOTICE_CHARS else ""
    return any(notice in lowered for notice in SCRIPT_NOTICES)


def could_be_headline(item: Item) -> bool:
    """Whether a line has the length of a headline and none of the marks of a menu, a path or a byline."""
    if item.linked or item.away in (Role.NAVIGATION, Role.LEGAL, Role.PROMOTION, Role.COMMENT):
        return False
    if item.says(BYLINE) or item.says(DATE) or item.says(LIST_SIGN) or item.says(LIST_ENTRY):
        return False
    return MIN_HEADLINE <= item.length <= MAX_HEADLINE and not is_breadcrumb(item)
