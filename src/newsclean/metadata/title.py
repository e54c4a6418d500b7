"""The article's headline, whole and without the site's name.

`<title>` holds the headline, cut or with ` - channel - site` behind it; an `<h1>` is the headline or the site's logo.
Neither is trusted alone: a visible block that `<title>` starts with (or that starts with a cut `<title>`) is the
headline, and so is one that the declarations repeat. Every candidate is weighed by what speaks for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclean.metadata.areas import LINE_CHARS, is_label, without_buttons
from newsclean.metadata.breadcrumb import looks_like_breadcrumb
from newsclean.metadata.byline import line
from newsclean.metadata.claims import CUT, MAX_CHARS, Claims, read, stated, whole
from newsclean.metadata.date_forms import YEAR, stamps
from newsclean.metadata.dates import byline_weight
from newsclean.metadata.declared import Declared
from newsclean.metadata.echo import share, vocabulary
from newsclean.metadata.names import is_person, names
from newsclean.metadata.values import HEADLINE, Found, fold, half_width
from newsclean.metadata.western import is_western_name, western_names
from newsclean.models import Kind, LabelledBlock, Role
from newsclean.patterns import lazy

MIN_CHARS = 4
"""A shorter block is believed only when it is declared as the headline, or no declaration and no digit denies it."""

SEARCHED = 80
"""So many blocks before the body are weighed."""

INTO_BODY = 3
"""A headline may be labelled as the first lines of the body."""

FOREIGN_ROLES = (Role.BREADCRUMB, Role.BYLINE, Role.CAPTION, Role.COMMENT, Role.LEGAL)
"""Blocks of these roles are no headline, whatever they repeat."""

FORMS = (Kind.PARAGRAPH, Kind.HEADING, Kind.ROW)
"""The forms a headline may have; old pages are laid out in tables."""

DECLARED, STARTS, INSIDE, LOGO = 3.0, 4.0, 1.5, -5.0
"""What speaks for a candidate: a declaration or `<title>` that repeats it. Against it: it is the site's name."""


class Weights(NamedTuple):
    """What speaks for a candidate or against it.

    Its role, a byline below, a place in the body, its length, each block between it and the body; that its words return
    in the body (`echo`), that it reads as a sentence. With less than `enough` in all it is no headline.
    """

    labelled: float
    above_byline: float
    inside: float
    short: float
    long: float
    far: float
    enough: float
    echo: float = 0.0
    sentence: float = 0.0

    @property
    def most(self) -> float:
        """The most that a closer look can add."""
        return BYLINE_CLEAR * self.above_byline + self.echo


BYLINE_CLEAR = 2
"""How clearly a line can be a byline."""

PAGE = Weights(labelled=4.0, above_byline=1.25, inside=-1.0, short=-0.5, long=0.0, far=-0.04, enough=2.0)
"""In a page, which has `<title>` and headings to tell the headline by."""

DUMP = Weights(
    labelled=0.5, above_byline=2.0, inside=-2.0, short=-1.5, long=1.0, far=-0.02, enough=1.0, echo=5.0, sentence=-3.0
)
"""In a dump, where the byline and the text tell most, and the label was guessed from the same lines."""

SENTENCE = lazy(r"。|[.:：;；,，、]$|[(（][^()（）]{0,20}(?:[攝摄圖图]|取自|提供|来源|來源|傳真)[^()（）]{0,12}[)）]$")
"""How a standfirst, a notice, a caption or the name of a field reads, and no headline does."""

DASHED = lazy(r"^[—–─]{2}\s?\w")
"""How the second line of a Chinese headline opens."""

BY = lazy(r"by\s[A-Z]", re.IGNORECASE)
"""How a Western byline opens."""

NEAR, STEP = 4, 0.08
"""A few buttons (赞 12, 分享) may stand between headline and byline; each takes away a little."""

SHORT, CREDIT = 6, -2.5
"""So few characters are rarely a headline; what a line that names somebody loses."""

CREDITS = ("source", "author", "editor")
"""The fields of a byline that credit somebody."""

FULL_CHARS = 8
"""A shorter heading may well be a logo; it is believed the less the shorter it is."""

LEVELS = {1: 2.5, 2: 1.5, 3: 1.0, 4: 0.5, 5: 0.5}
"""What a heading's level adds."""


class Headline(NamedTuple):
    """The headline and the index of its block (None when no block shows it)."""

    found: Found[str] | None
    at: int | None


class View(NamedTuple):
    """A page as the search for its headline sees it.

    `known` has the words of the body, `bylines` how clearly each block is a byline, of those that were looked at.
    """

    labelled: Sequence[LabelledBlock]
    body: range
    claims: Claims
    weights: Weights
    known: Counter[str]
    bylines: dict[int, int]


def headline(labelled: Sequence[LabelledBlock], body: range, declared: Declared) -> Headline:
    """Find the headline of the article whose body has these indexes.

    Every candidate is weighed roughly, and the best ones closely, until a closer look can change nothing.
    """
    view = _view(labelled, body, declared)
    rough = sorted(((_rough(view, index), index) for index in _candidates(labelled, body)), reverse=True)
    best, at = 0.0, -1
    for score, index in rough:
        bar = max(best, view.weights.enough)
        if score + view.weights.most < bar:
            break
        best, at = max((best, at), (_close(view, index, score, bar), index))
    if best >= view.weights.enough:
        return Headline(Found(whole(labelled[at].block.text, declared), HEADLINE), at)
    return Headline(stated(declared), None)


def _view(labelled: Sequence[LabelledBlock], body: range, declared: Declared) -> View:
    claims = read(labelled, declared)
    if claims.declared:
        return View(labelled, body, claims, PAGE, Counter(), {})
    texts = (labelled[index].block.text for index in body if labelled[index].role is Role.BODY)
    return View(labelled, body, claims, DUMP, vocabulary(texts), {})


def subtitle(labelled: Sequence[LabelledBlock], index: int | None, declared: Declared) -> Found[str] | None:
    """The line that carries the headline on: labelled so, opened by a dash directly below it, or the standfirst."""
    if index is None:
        return None
    for item in (*labelled[max(0, index - 1) : index], *labelled[index + 1 : index + 4]):
        if item.role is Role.SUBTITLE:
            return Found(item.block.text, HEADLINE)
    below = labelled[index + 1].block.text if index + 1 < len(labelled) else ""
    if DASHED.match(below) and len(below) <= MAX_CHARS // 3:
        return Found(below, HEADLINE)
    known = fold(labelled[index].block.text)
    others = [item for item in labelled[index + 1 : index + 1 + 2 * NEAR] if fold(item.block.text) != known]
    found = _standfirst(others, declared)
    return Found(found, HEADLINE) if found else None


def _standfirst(below: Sequence[LabelledBlock], declared: Declared) -> str | None:
    """The block between headline and byline that the page gives as its description; behind it, it opens the body."""
    description = declared.meta("og:description", "description")
    stated = fold(CUT.sub("", description.value)) if description else ""
    for place, item in enumerate(below[:NEAR]):
        text = fold(item.block.text)
        if len(text) >= SHORT and stated and (stated.startswith(text) or text.startswith(stated)):
            return item.block.text if any(_opens_byline(after) for after in below[place + 1 :]) else None
        if _opens_byline(item):
            break
    return None


def _opens_byline(item: LabelledBlock) -> bool:
    return bool(_byline(item)) or bool(BY.match(item.block.text))


def _candidates(labelled: Sequence[LabelledBlock], body: range) -> Iterator[int]:
    near = range(max(0, body.start - SEARCHED), min(len(labelled), body.start + INTO_BODY))
    far = (
        index for index in range(near.start) if labelled[index].role is Role.TITLE or labelled[index].block.level == 1
    )
    for index in (*far, *near):
        block = labelled[index].block
        fits = 0 < len(block.text) <= MAX_CHARS and block.kind in FORMS
        fits = fits and not (index and is_label(labelled[index - 1].block.text))
        if fits and labelled[index].role not in FOREIGN_ROLES:
            yield index


def _rough(view: View, index: int) -> float:
    """What the label, the place and the declarations say of a candidate."""
    item, weights, claims = view.labelled[index], view.weights, view.claims
    folded = fold(item.block.text)
    if not folded or _is_denied(folded, claims):
        return 2 * LOGO
    score = weights.labelled if item.role is Role.TITLE else 0.0
    score += LEVELS.get(item.block.level, 0.0) * min(len(folded) / FULL_CHARS, 1.0)
    score += _repeated(item.block.text, folded, claims) if index or claims.declared else 0.0
    score += LOGO if folded in claims.names and folded not in claims.stated else 0.0
    score += weights.inside if index in view.body else weights.far * max(0, view.body.start - index)
    return score + (weights.short if len(folded) < SHORT else weights.long if len(folded) > FULL_CHARS else 0.0)


def _is_denied(folded: str, claims: Claims) -> bool:
    """Whether a block is a mere number, or a short word that `<title>` does not know (By, 关闭)."""
    unknown = folded.isdigit() or (claims.declared and folded not in claims.tag)
    return len(folded) < MIN_CHARS and unknown and folded not in claims.stated


def _close(view: View, index: int, score: float, bar: float) -> float:
    """A rough score with what the words of the candidate and the byline below it say; below `bar` it is cut short."""
    text, weights = view.labelled[index].block.text, view.weights
    if not view.claims.declared:
        least = 2 if view.labelled[index].role is Role.BODY and index in view.body else 1
        score += weights.echo * share(text, view.known, least)
        score += weights.sentence if SENTENCE.search(text) else 0.0
    if score + BYLINE_CLEAR * weights.above_byline < bar or looks_like_breadcrumb(view.labelled[index].block):
        return LOGO
    score += _above(view, index)
    credited = score >= bar and not view.claims.declared and _names_somebody(text)
    return score + (CREDIT if credited else 0.0)


def _repeated(text: str, folded: str, claims: Claims) -> float:
    """How clearly `<title>` and the declarations repeat a block; the longer the block the clearer."""
    if len(folded) < MIN_CHARS and folded not in claims.stated and folded != claims.tag:
        return 0.0
    length = min(len(folded) / 20, 1.0)
    score = DECLARED if folded in claims.stated else 0.0
    starts = (
        2 * len(folded) >= len(claims.longest) and claims.tag.startswith(folded) and _ends_a_part(text, claims.tag_raw)
    )
    if folded in {claims.tag, claims.longest} or starts:
        return score + STARTS + length
    if CUT.search(claims.tag_raw) and len(claims.tag) >= MIN_CHARS and folded.startswith(claims.tag):
        return score + STARTS
    if len(claims.tag) > MIN_CHARS and folded in claims.tag:
        return score + INSIDE + length
    return score


def _ends_a_part(text: str, raw: str) -> bool:
    """Whether what follows the block's text in `<title>` starts with a separator, not within a word."""
    rest = raw[len(text) :] if raw.startswith(text) else raw[_position_after(raw, fold(text)) :]
    return not rest or not rest[0].isalnum()


def _position_after(raw: str, folded: str) -> int:
    """The position in `raw` behind the characters that fold to `folded`."""
    count = 0
    for position, char in enumerate(raw):
        count += len(fold(char))
        if count >= len(folded):
            return position + 1
    return len(raw)


def _above(view: View, index: int) -> float:
    """What a byline in the next few blocks adds: the clearer it is and the nearer, the more."""
    if _byline_at(view, index):
        return 0.0
    below = range(index + 1, min(index + 1 + NEAR, len(view.labelled)))
    steps = (_byline_at(view, at) * (1 - STEP * (at - index - 1)) for at in below)
    return view.weights.above_byline * max(steps, default=0.0)


def _byline_at(view: View, index: int) -> int:
    if index not in view.bylines:
        view.bylines[index] = _byline(view.labelled[index])
    return view.bylines[index]


def _byline(item: LabelledBlock) -> int:
    """How clearly a block is a byline with a date, 0 to 2."""
    text = item.block.text
    if not 0 < len(text) <= LINE_CHARS or not YEAR.search(text):
        return int(item.role is Role.BYLINE)
    text = without_buttons(half_width(text))
    return byline_weight(text, stamps(text))


def _names_somebody(text: str) -> bool:
    """Whether a line is a credit or a name, as no headline is (来源：…, 编辑 王小明, Jane Doe)."""
    if len(text) > LINE_CHARS:
        return False
    credited = line(half_width(text))
    named = (field for field in credited.fields if field.kind in CREDITS)
    return any(field.sure or names(field.value, sure=False) for field in named) or (
        is_person(text) or is_western_name(text) or bool(western_names(text.removeprefix("By ")))
    )
