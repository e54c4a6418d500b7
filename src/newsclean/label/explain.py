"""A verdict in words: the rule that named the role, and what weighed most in the score.

All is read off the numbers that the verdict was made of, when somebody asks. What the signals of one topic added to the
score is summed up, so that a reason names two or three different things.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from newsclean.label.body import whole
from newsclean.label.items import (
    BYLINE,
    CREDIT,
    DATE,
    IS_HIDDEN,
    IS_TITLE,
    Item,
    is_insert,
    is_pointer,
    is_signature,
    opens_as_byline,
)
from newsclean.label.model import HOPELESS, trees
from newsclean.label.roles import REGION_ROLES
from newsclean.label.signals import NAMES
from newsclean.label.wording import INSIDE, OF_PAGE, PHRASES, Saying, said
from newsclean.models import BODY_ROLES, CONTENT_ROLES, Kind, LabelledBlock, Role, Signals

MOST: Final = 3
"""So many things explain a verdict, a rule among them."""

LEAST: Final = 0.08
"""What weighs less than this share of the weightiest is not worth saying."""

EVEN: Final = 0.5
"""A block of the body with no more confidence than this was kept by a rule, for its score says no; any other with just
this was taken out of the body by a rule."""

HARDLY: Final = 1.0 / (1.0 + math.exp(1.0 - HOPELESS))
"""No block is kept for being the best of its page with less confidence than this."""

ROUNDING: Final = 1e-6
"""A score that is nearer to 0 than this is 0."""

UNSAID: Final = "many small signs"
"""The reason where nothing that weighs has words."""

HEADLINE: Final = Saying("headline", "the heading above the text")
LINE: Final = Saying("headline", "the line above the text")
TITLE: Final = Saying("headline", "the page's declared title")
SUBTITLE: Final = Saying("headline", "the line below the headline")
WHO_AND_WHEN: Final = Saying("byline", "says who and when")
WHO: Final = Saying("byline", "says who or where")
WHEN: Final = Saying("byline", "says when")
DESK: Final = Saying("byline", "credits the desk")
FIGURE: Final = Saying("caption", "the caption of a figure")
CAPTION: Final = Saying("caption", "explains a picture")
BREADCRUMB: Final = Saying("links", "a path of steps to the page")
PICTURE: Final = Saying("form", "a picture within the article")
NO_PICTURE: Final = Saying("form", "a picture outside the article")
LINE_IN: Final = Saying("form", "a dividing line within the article")
LINE_OUT: Final = Saying("form", "a dividing line outside the article")
TAKEN: Final = Saying("opinion", "taken for text by readability-lxml")
LEFT: Final = Saying("opinion", "left out by readability-lxml")
CODE: Final = Saying("form", "code that follows the text")
SIGNATURE: Final = Saying("byline", "a signature that ends the text")
TABLE: Final = Saying("table", "judged with its whole table")
QUOTATION: Final = Saying("form", "judged with its whole quotation")
BEST: Final = Saying("page", "the best of a page with little text")
LINKS: Final = Saying("links", "mostly links")
HIDDEN_BLOCK: Final = Saying("hidden", "hidden by the page")
SAMPLED: Final = Saying("page", "judged as others of its kind, of which there are very many")
"""What rules say."""


class Weighed(NamedTuple):
    """Something said, and what the signals that say it added to the score."""

    saying: Saying
    weight: float


def reason(labelled: LabelledBlock) -> str:
    """Say in words why a block has its role: the rule that named it, and what spoke most for its verdict."""
    if labelled.signals is None:
        return SAMPLED.words
    rule = named_by(labelled, Item(labelled.block, labelled.signals))
    if rule is not None and not by_score(labelled):
        return rule.words
    first = [] if rule is None else [rule]
    others = [one for one in judged_by(labelled) if rule is None or one.topic != rule.topic]
    return ", ".join([one.words for one in [*first, *others][:MOST]]) or UNSAID


def by_score(labelled: LabelledBlock) -> bool:
    """Whether the score of a block agrees with its verdict; else a rule alone decided, as it does without text."""
    if not labelled.block.text:
        return False
    return labelled.confidence > EVEN


def judged_by(labelled: LabelledBlock) -> list[Saying]:
    """What spoke most for a block's verdict, weightiest first; readability-lxml where its opinion turned the scale."""
    kept = labelled.role in BODY_ROLES
    if decided_by_opinion(labelled):
        return [TAKEN if kept else LEFT]
    return [] if labelled.signals is None else spoken(labelled, labelled.signals)


def decided_by_opinion(labelled: LabelledBlock) -> bool:
    """Whether a block's verdict would be another one without the opinion of readability-lxml."""
    kept = labelled.role in BODY_ROLES
    odds = labelled.confidence if kept else 1.0 - labelled.confidence
    if labelled.opinion == 0.0 or not 0.0 < odds < 1.0:
        return False
    before = math.log(odds / (1.0 - odds)) - labelled.opinion
    return before < ROUNDING if kept else before > -ROUNDING


def spoken(labelled: LabelledBlock, signals: Signals) -> list[Saying]:
    """What the signals say that spoke for a block's verdict in the score, weightiest first."""
    towards = 1.0 if labelled.role in BODY_ROLES else -1.0
    weighed: list[Weighed] = []
    for name, value, weight in trees("text" if labelled.dump else "html").additions(signals):
        saying = said(name, value, dump=labelled.dump)
        if saying is not None:
            weighed.append(Weighed(saying, weight * towards))
    return told(weighed, towards)


def told(weighed: list[Weighed], towards: float) -> list[Saying]:
    """Sum up by topic what was said; the words of each are those of its weightiest saying that speaks that way."""
    sums: dict[str, float] = {}
    words: dict[str, Saying] = {}
    for saying, weight in weighed:
        sums[saying.topic] = sums.get(saying.topic, 0.0) + weight
        if weight > 0.0 and saying.sense * towards >= 0.0:
            words.setdefault(saying.topic, saying)  # they come weightiest first
    order = sorted(words, key=lambda topic: (topic == OF_PAGE, -sums[topic]))
    most = max([sums[topic] for topic in order if topic != OF_PAGE], default=0.0)
    return [words[topic] for topic in order if sums[topic] > 0.0 and sums[topic] >= most * LEAST]


def named_by(labelled: LabelledBlock, item: Item) -> Saying | None:
    """The rule that named a block's role, None where the score did alone."""
    role = labelled.role
    if not item.block.text:
        return without_text(labelled)
    if role in BODY_ROLES:
        return kept_by(labelled, item)
    if role in (Role.TITLE, Role.SUBTITLE):
        return headline(role, item)
    if role is Role.BYLINE:
        return byline(item)
    if role is Role.CAPTION:
        return FIGURE if item.block.tag == "figcaption" else CAPTION
    return BREADCRUMB if role is Role.BREADCRUMB else boilerplate(labelled, item)


def without_text(labelled: LabelledBlock) -> Saying:
    """Pictures and dividing lines go with what is around them."""
    kept, line = labelled.role in CONTENT_ROLES, labelled.block.kind is Kind.RULE
    if line:
        return LINE_IN if kept else LINE_OUT
    return PICTURE if kept else NO_PICTURE


def kept_by(labelled: LabelledBlock, item: Item) -> Saying | None:
    """The rule that keeps a block whose score says no; None where that is the opinion of readability-lxml."""
    if labelled.confidence > EVEN or decided_by_opinion(labelled):
        return None
    if whole(item) >= 0:
        return of_whole(item)
    if item.block.kind is Kind.CODE:
        return CODE
    if is_signature(item):
        return SIGNATURE
    return BEST if labelled.confidence > HARDLY else None


def of_whole(item: Item) -> Saying:
    """What is kept or dropped whole, with all that is in it."""
    return TABLE if item.block.kind is Kind.ROW else QUOTATION


def headline(role: Role, item: Item) -> Saying:
    """What tells the headline and the line below it."""
    if role is Role.SUBTITLE:
        return SUBTITLE
    if item.says(IS_TITLE):
        return TITLE
    return HEADLINE if item.block.kind is Kind.HEADING else LINE


def byline(item: Item) -> Saying:
    """What a byline says."""
    if item.says(CREDIT):
        return DESK
    if item.says(DATE):
        return WHO_AND_WHEN if item.says(BYLINE) else WHEN
    return WHO


def boilerplate(labelled: LabelledBlock, item: Item) -> Saying | None:
    """What tells a kind of boilerplate: its phrase, its region, its links; or why it is left out though it is text."""
    overruled = labelled.confidence <= EVEN and not is_insert(item) and not is_pointer(item)
    if overruled and item.says(IS_HIDDEN):
        return HIDDEN_BLOCK
    if overruled and whole(item) >= 0:
        return of_whole(item)
    if overruled and opens_as_byline(item):
        return byline(item)
    if item.away is labelled.role:
        return Saying(labelled.role.value, PHRASES[labelled.role.value])
    for column, role in REGION_ROLES:
        if role is labelled.role and item.says(column):
            return INSIDE[NAMES[column]].high
    return LINKS if item.linked else None
