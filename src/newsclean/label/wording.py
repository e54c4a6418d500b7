"""What signals say in words: for each, what a low value says of a block and what a high one.

Many signals say nearly the same, so what they say has a topic; a reason names each topic once. A saying also knows for
which verdict it speaks by its meaning: "a short text" is no reason to keep a block, whatever the trees added for it in
the company of other signals. A signal that has no words here is left out of reasons and changes nothing else.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from newsclean.label import phrases
from newsclean.label.box_signals import LEVELS
from newsclean.label.candidates import REGIONS, RUN_COSTS
from newsclean.label.columns import FAR
from newsclean.label.page_signals import NEIGHBOURS

FOR_BODY: Final = 1
AGAINST: Final = -1
EITHER: Final = 0
"""The verdict that a saying speaks for."""


class Saying(NamedTuple):
    """Some words, what they are about, and the verdict that they speak for."""

    topic: str
    words: str
    sense: int = EITHER


class Scale(NamedTuple):
    """What a signal says when its value is at most `limit`, and what when it is higher; None where that is nothing."""

    low: Saying | None
    limit: float
    high: Saying | None


def more(topic: str, low: str, limit: float, high: str) -> Scale:
    """A signal of which body has more than the rest of a page."""
    return Scale(Saying(topic, low, AGAINST), limit, Saying(topic, high, FOR_BODY))


def less(topic: str, low: str, limit: float, high: str) -> Scale:
    """A signal of which body has less than the rest of a page."""
    return Scale(Saying(topic, low, FOR_BODY), limit, Saying(topic, high, AGAINST))


def fact(topic: str, low: str, limit: float, high: str) -> Scale:
    """A signal that may speak for either verdict: where a block stands, or what the page is like."""
    return Scale(Saying(topic, low), limit, Saying(topic, high))


def flag(topic: str, words: str, sense: int, absent: Saying | None = None) -> Scale:
    """A signal that is 1 where it is set, and what its absence says."""
    return Scale(absent, SET, Saying(topic, words, sense))


SET: Final = 0.5
"""Flags are 0 or 1; means of flags that are higher hold for most."""

NO_PHRASE: Final = Saying("phrases", "no phrase of boilerplate", FOR_BODY)
NO_FURNITURE: Final = Saying("furniture", "in no menu, list or footer", FOR_BODY)
NO_ARTICLE: Final = Saying("article", "in no article element", AGAINST)
"""What it says that something is absent."""

LONG: Final = math.log(1.0 + 30.0)
LARGE: Final = math.log(1.0 + 600.0)
"""Lengths, as the logarithms that signals hold: a text of more units is called long, a page or box large."""

PROSE: Final = math.log(1.0 + 1.5)
PARAGRAPHS: Final = math.log(1.0 + 2.0)
MANY: Final = math.log(1.0 + 4.0)
"""Counts: more commas or function words than one make prose; more than two; more than four."""

SOME: Final = 0.15
MANY_LINKS: Final = 0.3
HALF: Final = 0.5
NEARLY_ALL: Final = 0.9
"""Shares: enough to speak of; of link text, enough for a list of links; most of it; nearly all."""

NEXT: Final = 3.5
"""What is not farther away, in blocks, is near."""

OWN: Final[dict[str, Scale]] = {
    "units": more("length", "short text", LONG, "long text"),
    "good text": more("length", "short text", LONG, "long text"),
    "of longest": more("length", "shorter than most texts", HALF, "one of the longest texts"),
    "link share": less("links", "no links", MANY_LINKS, "mostly links"),
    "commas": more("prose", "no clauses", PROSE, "sentences with clauses"),
    "punctuation": more("prose", "hardly any punctuation", PROSE, "punctuated sentences"),
    "sentence end": more("ending", "ends unlike a sentence", SET, "ends like a sentence"),
    "full stop": more("ending", "ends without a full stop", SET, "ends with a full stop"),
    "list sign": flag("list entry", "begins like an entry of a list", AGAINST),
    "separators": flag("links", "parted like a menu", AGAINST)._replace(limit=0.02),
    "function words": more("prose", "no sentences", PROSE, "worded like prose"),
    "function share": more("prose", "hardly any function words", 0.05, "worded like prose"),
    "word length": more("words", "short words", 3.5, "long words"),
    "date": flag("byline", "holds a date", AGAINST),
    "time": flag("byline", "holds a time", AGAINST),
    "indent": fact("white space", "not indented", SET, "indented"),
    "gap": fact("white space", "no blank line before it", SET, "a blank line before it"),
    "heading level": flag("form", "a heading", EITHER),
    "list entry": flag("list entry", "an entry of a list", EITHER),
    "paragraph tag": more("form", "not marked as a paragraph", SET, "marked as a paragraph"),
    "division tag": flag("form", "not marked as a paragraph", AGAINST),
}
"""Signals of a block alone."""

PHRASES: Final[dict[str, str]] = {
    "related": "leads to other articles",
    "comment": "is about comments",
    "legal": "speaks of rights or terms",
    "promotion": "asks to follow, share or buy",
    "navigation": "a way to elsewhere on the site",
    "byline": "says who, where or when",
    "caption": "worded like a caption",
    "credit": "credits the desk",
    "closing": "worded like the end of an article",
}
"""What a phrase of each kind makes of a block."""

ALONG: Final[dict[str, Scale]] = {
    "repeated": less("repeats", "said only once", 0.0, "repeated on the page"),
    "is title": flag("title", "the page's declared title", AGAINST),
    "position": fact("position", "early on the page", HALF, "late on the page"),
    "since h1": less("headline", "below the headline", FAR - 1.0, "no headline above"),
    "from headline": more("headline", "no headline above", -SET, "below the headline"),
    "since related": more("after links", "beside a list of other articles", NEXT, "no list of articles just above"),
    "since closing": more("after end", "where an article ends", NEXT, "no end of an article just above"),
    "since date": Scale(Saying("byline", "by a date"), NEXT, None),
    "text since headline": fact("above", "little text above", LONG, "much text above"),
    "good text since headline": fact("above", "few paragraphs above", 2.5, "many paragraphs above"),
    "good text before": less("order", "with text still to come", NEARLY_ALL, "below nearly all text"),
    "good text after": more("order", "below nearly all text", 1.0 - NEARLY_ALL, "with text still to come"),
    "text before": less("order", "with text still to come", NEARLY_ALL, "below nearly all text"),
    "until good text": less("ahead", "paragraphs just ahead", NEXT, "no paragraph ahead"),
}
"""Signals of where a block stands along the page."""

NEAR: Final = more("company", "little text near", LONG / 3.0, "among paragraphs")
"""The mean of the good text near a block."""

BESIDE: Final[dict[str, Scale]] = {
    "units": more("company", "short texts around it", LONG, "long texts near"),
    "link share": less("company links", "few links near", MANY_LINKS, "links near"),
    "punctuation": more("company", "hardly any sentences near", PROSE, "among sentences"),
    "function words": more("company", "hardly any sentences near", PROSE, "among sentences"),
    "sentence end": more("company", "hardly any sentences near", SET, "among sentences"),
    "paragraph tag": more("company", "no paragraphs near", SET, "among paragraphs"),
    "date": flag("company dates", "dates near", AGAINST)._replace(limit=SOME),
}
"""Signals of a block's neighbours, without the word that says which."""

OF_PAGE: Final = "page"
"""The topic of what the whole page is like."""

PAGE: Final[dict[str, Scale]] = {
    "page links": fact(OF_PAGE, "a page with few links", MANY_LINKS, "a page with many links"),
    "page good share": fact(OF_PAGE, "a page with few paragraphs", HALF, "a page of paragraphs"),
    "page units": fact(OF_PAGE, "a page with little text", LARGE, "a page with much text"),
    "page good units": fact(OF_PAGE, "a page with little text", LARGE, "a page with much text"),
    "page good texts": fact(OF_PAGE, "a page with few paragraphs", MANY, "a page with many paragraphs"),
    "page longest": fact(OF_PAGE, "a page without long texts", math.log(1.0 + 150.0), "a page with long texts"),
    "page dates": fact(OF_PAGE, "a page with few dates", SOME, "a page with many dates"),
    "page punctuation": fact(OF_PAGE, "a page with few sentences", PROSE, "a page of sentences"),
    "page blocks": fact(OF_PAGE, "a small page", math.log(1.0 + 60.0), "a page of many parts"),
}
"""Signals of the whole page, which speak for all its blocks alike: said last."""

IN_REGION: Final = Saying("place", "in the main region", FOR_BODY)
NOT_IN_REGION: Final = Saying("place", "outside the main region", AGAINST)
IN_RUN: Final = Saying("place", "in the main run of text", FOR_BODY)
OUTSIDE_RUN: Final = Saying("place", "outside the main run of text", AGAINST)
ABOVE_RUN: Final = Saying("place", "above the main run of text", AGAINST)
BELOW_RUN: Final = Saying("place", "below the main run of text", AGAINST)
"""Where a block lies from what several simple ways of looking at a page take for the article."""

REGION: Final[dict[str, Scale]] = {
    "depth": Scale(NOT_IN_REGION, -SET, IN_REGION),
    "share": fact(OF_PAGE, "text scattered over the page", HALF, "most text in one place"),
}
RUN: Final[dict[str, Scale]] = {
    "start": Scale(ABOVE_RUN, -SET, IN_RUN),
    "end": Scale(BELOW_RUN, -SET, IN_RUN),
    "share": fact(OF_PAGE, "text scattered over the page", HALF, "most text in one place"),
}
"""What is asked of each region and each run of text that may be the article."""

VOTES: Final[dict[str, Scale]] = {
    "vote": Scale(NOT_IN_REGION, HALF, IN_REGION),
    "vote around": Scale(NOT_IN_REGION, SOME, IN_REGION),
    "votes": Scale(NOT_IN_REGION, NEXT, IN_REGION),
}
"""How many ways of looking take a block for article, and how sure one of them is."""

BOX: Final[dict[str, Scale]] = {
    "share": more("place", "in a box with little of the text", SOME, "in a box with much of the text"),
    "links": less("company links", "in a box with few links", MANY_LINKS, "in a box of links"),
    "units": more("company", "in a small box", LARGE, "in a large box"),
    "blocks": fact("company", "in a small box", MANY, "in a large box"),
    "good share": more("company", "in a box with few paragraphs", HALF, "in a box of paragraphs"),
    "paragraphs": more("company", "in a box with few paragraphs", PARAGRAPHS, "in a box of paragraphs"),
    "dates": flag("company dates", "in a box with dates", AGAINST)._replace(limit=SOME),
}
"""What is asked of each container around a block."""

INSIDE: Final[dict[str, Scale]] = {
    "inside article": flag("article", "in the article element", FOR_BODY, NO_ARTICLE),
    "inside main": flag("article", "in the main element", FOR_BODY, NO_ARTICLE),
    "inside header": flag("menu", "in a header", AGAINST, NO_FURNITURE),
    "inside footer": flag("footer", "in a footer", AGAINST, NO_FURNITURE),
    "inside nav": flag("menu", "in a menu", AGAINST, NO_FURNITURE),
    "inside aside": flag("side", "in an aside", AGAINST, NO_FURNITURE),
    "inside form": flag("form element", "in a form", AGAINST, NO_FURNITURE),
    "inside figcaption": flag("caption", "in the caption of a figure", AGAINST),
    "inside ul": flag("list entry", "in a list", AGAINST, NO_FURNITURE),
    "inside button": flag("button", "a button", AGAINST),
    "in navigation": flag("menu", "in a menu or header", AGAINST, NO_FURNITURE),
    "in footer": flag("footer", "in a footer", AGAINST, NO_FURNITURE),
    "in list": flag("list", "in a list of other articles", AGAINST, NO_FURNITURE),
    "in talk": flag("talk", "in a box for comments or sharing", AGAINST, NO_FURNITURE),
    "hidden": flag("hidden", "hidden by the page", AGAINST),
    "depth": fact("depth", "high up in the page's structure", 5.5, "deep in the page's structure"),
    "division around": flag("section", "in a plain division", EITHER),
}
"""What the tags and class words of the containers say."""

LITTLE_ALIKE: Final = more("alike", "blocks like it hold little text", SOME, "shaped like most of the text")
FEW_ALIKE: Final = fact("alike", "like few other blocks", MANY, "one of many of the same shape")
LIKE: Final[dict[str, Scale]] = {
    "siblings": less("siblings", "in no row of boxes", PARAGRAPHS, "one of many boxes of the same shape"),
    "same shape share": LITTLE_ALIKE,
    "same kind share": LITTLE_ALIKE,
    "same shape blocks": FEW_ALIKE,
    "same kind blocks": FEW_ALIKE,
    "same shape mean": more("alike", "blocks like it are short", LONG, "blocks like it are long"),
}
"""How many boxes of the same shape stand beside that of the block, and what blocks in such containers are like."""


def along_lines() -> dict[str, Scale]:
    """What the signals say that pages and dumps have alike, by their names."""
    made = {**OWN, **ALONG, **PAGE}
    places = dict(NEIGHBOURS)
    for kind, words in PHRASES.items():
        away = phrases.KINDS.index(kind) in phrases.AWAY
        made[f"{kind} phrase"] = flag(kind, words, AGAINST, NO_PHRASE if away else None)
    made.update({f"{name} {place}": scale for name, scale in BESIDE.items() for place in places.get(name, ())})
    made.update({f"mean good text {where}": NEAR for where in ("near", "nearby")})
    made.update({f"{run} run {what}": scale for run in RUN_COSTS for what, scale in RUN.items()})
    return made


def of_boxes() -> dict[str, Scale]:
    """What the signals of containers say, by their names."""
    made = {**VOTES, **INSIDE, **LIKE}
    made.update({f"{region} {what}": scale for region in REGIONS for what, scale in REGION.items()})
    levels = range(1, LEVELS + 1)
    made.update({f"container {level} {what}": scale for level in levels for what, scale in BOX.items()})
    return made


DUMP: Final[dict[str, Scale]] = {**along_lines(), "votes": Scale(OUTSIDE_RUN, len(REGIONS) + 1.5, IN_RUN)}
"""What the signals of a dump say. Its one container says nothing of a block, and each region is the whole dump."""

HTML: Final[dict[str, Scale]] = {**along_lines(), **of_boxes()}
"""What the signals of a page say."""


def said(name: str, value: float, *, dump: bool) -> Saying | None:
    """What a signal says by its value; None where that is nothing."""
    scale = (DUMP if dump else HTML).get(name)
    if scale is None:
        return None
    return scale.low if value <= scale.limit else scale.high
