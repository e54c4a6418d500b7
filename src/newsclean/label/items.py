"""A block with what the rules want to know of it, and the plain questions that they ask.

The questions read the same signals that the score was made of, so nothing is measured twice.
"""

from __future__ import annotations

import math
from typing import Final

from newsclean.label import notices, phrases
from newsclean.label.shape import units
from newsclean.label.signals import COLUMN
from newsclean.models import Block, Role, Signals
from newsclean.patterns import lazy

SHORT: Final = 60
"""A byline, a button or a credit has at most about so many characters; longer ones are text."""

MOSTLY_LINKS: Final = 0.5
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

ADDRESSES: Final = ("您", "你", "请", "請", "我们", "我們", "本网", "本站", "本網")
ADDRESS_WORDS: Final = frozenset("we us our you your please nous vous notre votre wir uns unsere ihre usted".split())
"""How a page speaks to its readers and of itself; news tells of others."""

WORDS: Final = lazy(r"[^\W\d_]+")
"""Runs of letters."""

ENDINGS: Final = frozenset('。！？!?.…”"')
"""How a sentence ends; a button or a byline does not."""

STOPS: Final = ("。", "！", "？", ". ", "! ", "? ")
"""What ends a sentence within a text."""

NOTICE_OPENINGS: Final = (
    *("声明：", "声明:", "本网声明", "本站声明", "特别声明", "版权声明", "版权所有", "免责声明", "免责条款"),
    *("聲明：", "聲明:", "版權聲明", "版權所有", "免責聲明", "©", "(c)", "disclaimer", "legal notice"),
)
"""How a notice of rights begins; a sentence that only speaks of rights may be news."""

SAYS_LITTLE: Final = 0.3
"""A sentence or a link of which less is phrases of boilerplate has something of its own to say."""

BESIDE_DATE: Final = 5.0
"""A line with so many units of letters beside a date is that date, with a weekday or a time zone."""

CRUMBS: Final = (">", "›", "»", "→", "＞", "/", " - ")
"""What parts the steps of a breadcrumb; a hyphen alone joins words."""

CRUMB_SIGNS: Final = frozenset(">›»→＞/-")
"""A text without any of these is none."""

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
IS_HIDDEN: Final = COLUMN["hidden"]
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
        self.linked: bool = self.columns[LINK_SHARE][self.place] > MOSTLY_LINKS
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
        return self.chars > 0 and self.text[-1] in ENDINGS


def has_sentence(text: str) -> bool:
    """Whether a sentence ends in a text."""
    return text[-1:] in ENDINGS or any(stop in text for stop in STOPS)


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
    if item.chars > SHORT * 2 or item.says(DATE) or CRUMB_SIGNS.isdisjoint(item.text):
        return False
    return max([item.text.count(sign) for sign in CRUMBS]) >= MIN_STEPS


def is_insert(item: Item) -> bool:
    """Whether a short block in the body leads elsewhere: by hardly more than a phrase, or a phrase in a box for it.

    In a link, the phrase may also open what the link is about; further on, it may well be part of that.
    """
    if item.away is None or item.chars > SHORT * 2:
        return False
    covered = phrases.coverage(item.text)
    if item.says(TALK) or covered >= ALL_PHRASE:
        return True
    return item.linked and (covered >= SAYS_LITTLE or phrases.opens_away(item.text))


def is_pointer(item: Item) -> bool:
    """Whether a block that speaks of rights, or a shorter one that leads elsewhere, says nothing else.

    A sentence of the author's own may do either and yet be news, unless most of it is phrase or it opens as a notice.
    """
    if item.away is None or item.chars > (SHORT * 2 if item.says(LEGAL) else SHORT):
        return False
    if item.linked or not has_sentence(item.text):
        return True
    if item.says(LEGAL) and item.text.lower().startswith(NOTICE_OPENINGS):
        return True
    return item.says(LEGAL) and phrases.coverage(item.text) >= SAYS_LITTLE


def opens_as_byline(item: Item) -> bool:
    """Whether a block above the first paragraph is a byline and no dated line of a chronicle or a list.

    It says who or where, and when; or hardly more than when; or it begins with "By".
    """
    if item.linked or not is_byline(item):
        return False
    if item.chars <= SHORT and item.text.lower().startswith("by "):
        return True
    return item.says(DATE) and (item.says(BYLINE) or is_date_alone(item.text))


def is_date_alone(text: str) -> bool:
    """Whether a dated line says hardly anything but its date and time."""
    return units("".join(WORDS.findall(phrases.TIME.sub("", phrases.DATE.sub("", text))))) <= BESIDE_DATE


def is_notice(text: str) -> bool:
    """Whether a text speaks of rights, errors, doors or ways elsewhere rather than of anything new."""
    if phrases.coverage(text) >= SAYS_LITTLE or notices.is_notice(text):
        return True
    return phrases.leads_away(text) and (not has_sentence(text) or speaks_to_reader(notices.unquoted(text)))


def speaks_to_reader(text: str) -> bool:
    """Whether a text says "we" or "you", as notices do and news seldom does."""
    return any(word in text for word in ADDRESSES) or not ADDRESS_WORDS.isdisjoint(WORDS.findall(text.lower()))


def could_be_headline(item: Item) -> bool:
    """Whether a line has the length of a headline and none of the marks of a menu, a path or a byline."""
    if item.linked or item.away in (Role.NAVIGATION, Role.LEGAL, Role.PROMOTION, Role.COMMENT):
        return False
    if item.says(BYLINE) or item.says(DATE) or item.says(LIST_SIGN) or item.says(LIST_ENTRY):
        return False
    return MIN_HEADLINE <= item.length <= MAX_HEADLINE and not is_breadcrumb(item)
