"""The article's headline, whole and without the site's name.

`<title>` holds the headline, cut or with ` - channel - site` behind it; an `<h1>` is the headline or the site's logo.
Neither is trusted alone: a visible block that `<title>` starts with (or that starts with a cut `<title>`) is the
headline, and so is one that the declarations repeat. Every candidate is weighed by what speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsclean.metadata.areas import LINE_CHARS
from newsclean.metadata.breadcrumb import looks_like_breadcrumb
from newsclean.metadata.byline import line
from newsclean.metadata.dates import byline_weight
from newsclean.metadata.declared import Declared
from newsclean.metadata.names import is_person, is_western_name, names, western_names
from newsclean.metadata.stamps import YEAR, stamps
from newsclean.metadata.values import HEADLINE, JSON_LD, TITLE_TAG, Found, fold, half_width
from newsclean.models import Kind, LabelledBlock, Role

MAX_CHARS = 300
"""A longer block is no headline."""

MIN_CHARS = 4
"""A shorter block is believed only when it is labelled or declared as the headline."""

SEARCHED = 80
"""So many blocks before the body are weighed."""

INTO_BODY = 3
"""A headline may be labelled as the first lines of the body."""

SEPARATOR = re.compile(
    r"\s+[-–—|｜·•»:]\s+|\s*[|｜_＿»]\s*|\s?--+\s?"
    r"|(?<=[\u3400-\u9fff])\s?[-–—]\s?(?=[\u3400-\u9fffA-Z])|(?<=[\u3400-\u9fff!?])-(?=\w)"
)
"""What parts the headline from the names of channel and site in `<title>`."""

CUT = re.compile(r"\s*(?:…|\.\.\.)$")
"""How a cut headline ends."""

FOREIGN_ROLES = (Role.BREADCRUMB, Role.BYLINE, Role.CAPTION, Role.COMMENT, Role.LEGAL)
"""Blocks of these roles are no headline, whatever they repeat."""

FORMS = (Kind.PARAGRAPH, Kind.HEADING, Kind.ROW)
"""The forms a headline may have; old pages are laid out in tables."""

DECLARED, STARTS, INSIDE, LOGO = 3.0, 4.0, 1.5, -5.0
"""What speaks for a candidate: a declaration or `<title>` that repeats it. Against it: it is the site's name."""


class Weights(NamedTuple):
    """What the label and the place of a candidate add: its role, a byline below, a place in the body, its length."""

    labelled: float
    above_byline: float
    inside: float
    short: float
    long: float


PAGE = Weights(labelled=4.0, above_byline=1.25, inside=-1.0, short=-0.5, long=0.0)
"""In a page, which has `<title>` and headings to tell the headline by."""

DUMP = Weights(labelled=2.0, above_byline=2.5, inside=-3.0, short=-1.5, long=0.5)
"""In a dump, where the byline tells most, and the label was guessed from the same lines."""

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

FAR = 0.04
"""What each block between the candidate and the body takes away."""

ENOUGH = 2.0
"""A visible block with less than this is no headline; the declarations are asked instead."""


class Headline(NamedTuple):
    """The headline and the index of its block (None when no block shows it)."""

    found: Found[str] | None
    at: int | None


class Claims(NamedTuple):
    """What the page says its headline is, folded: `<title>`, the declared ones, and the names of the site.

    A dump has no `<title>`, but often its text as the first line, which then stands in for it (`declared` is False).
    `longest` is the longest part of `<title>`.
    """

    tag: str
    tag_raw: str
    longest: str
    stated: frozenset[str]
    names: frozenset[str]
    declared: bool


def headline(labelled: Sequence[LabelledBlock], body: range, declared: Declared) -> Headline:
    """Find the headline of the article whose body has these indexes."""
    claims = _claims(labelled, declared)
    candidates = list(_candidates(labelled, body))
    beside = {at for index in candidates for at in range(index, min(index + NEAR + 1, len(labelled)))}
    bylines = {at: _byline(labelled[at]) for at in beside}
    scored = [
        (_score(labelled[index], index, body, claims) + _above(bylines, index, claims), index) for index in candidates
    ]
    best, index = max(scored, key=lambda pair: (pair[0], pair[1]), default=(0.0, -1))
    if best >= ENOUGH:
        return Headline(Found(_whole(labelled[index].block.text, declared), HEADLINE), index)
    return Headline(_stated(declared), None)


def subtitle(labelled: Sequence[LabelledBlock], index: int | None) -> Found[str] | None:
    """The line that carries the headline on: labelled so, or opened by a dash directly below it."""
    near = range(index - 1, index + 4) if index is not None else range(0)
    for at in near:
        if at != index and 0 <= at < len(labelled) and labelled[at].role is Role.SUBTITLE:
            return Found(labelled[at].block.text, HEADLINE)
    below = labelled[index + 1].block.text if index is not None and index + 1 < len(labelled) else ""
    return Found(below, HEADLINE) if re.match(r"^[—–─]{2}\s?\w", below) and len(below) <= MAX_CHARS // 3 else None


def without_site(text: str, declared: Declared) -> str:
    """A declared headline without the channel's and the site's name behind (or before) it.

    Without a visible headline to compare with, only the site's own name and what stands behind it is taken off;
    where the site's name is not known, the last part, when it is the shorter one.
    """
    parts = [(match.start(), match.end()) for match in SEPARATOR.finditer(text)]
    if not parts:
        return text
    site = declared.meta("og:site_name")
    name = fold(site.value) if site else ""
    if name and fold(text[: parts[0][0]]) == name:
        return text[parts[0][1] :].strip()
    for start, end in parts if name else ():
        if fold(text[end:]) and (name in fold(text[end:]) or fold(text[end:]) in name):
            return text[:start].strip()
    first, (last_start, last_end) = parts[0][0], parts[-1]
    cut = first if "_" in text[first : parts[0][1]] else last_start
    return text[:cut].strip() if len(text) - last_end < cut else text


def _claims(labelled: Sequence[LabelledBlock], declared: Declared) -> Claims:
    raw = declared.title or (labelled[0].block.text if len(labelled) > 1 else "")[:MAX_CHARS]
    given = (
        declared.said("headline"),
        *(found.value for name in ("og:title", "twitter:title") if (found := declared.meta(name))),
    )
    stated = {fold(form) for text in given if text for form in (text, without_site(text, declared))}
    site = declared.meta("og:site_name", "application-name")
    parts = [fold(part) for part in SEPARATOR.split(declared.title or "")]
    longest = max(parts, key=len)
    names = {part for part in parts[1:][-2:] if part != longest} | ({fold(site.value)} if site else set())
    return Claims(
        tag=fold(CUT.sub("", raw)),
        tag_raw=raw,
        longest=longest,
        stated=frozenset(stated - {""}),
        names=frozenset(names - {""}),
        declared=bool(declared.title),
    )


def _candidates(labelled: Sequence[LabelledBlock], body: range) -> Iterator[int]:
    near = range(max(0, body.start - SEARCHED), min(len(labelled), body.start + INTO_BODY))
    far = (
        index for index in range(near.start) if labelled[index].role is Role.TITLE or labelled[index].block.level == 1
    )
    for index in (*far, *near):
        block = labelled[index].block
        fits = 0 < len(block.text) <= MAX_CHARS and block.kind in FORMS
        if fits and labelled[index].role not in FOREIGN_ROLES:
            yield index


def _score(item: LabelledBlock, index: int, body: range, claims: Claims) -> float:
    """What speaks for a candidate, apart from the byline below it."""
    folded = fold(item.block.text)
    if not folded or looks_like_breadcrumb(item.block.text):
        return LOGO
    weights = PAGE if claims.declared else DUMP
    score = weights.labelled if item.role is Role.TITLE else 0.0
    score += LEVELS.get(item.block.level, 0.0) * min(len(folded) / FULL_CHARS, 1.0)
    score += _repeated(item.block.text, folded, claims) if index or claims.declared else 0.0
    score += LOGO if folded in claims.names and folded not in claims.stated else 0.0
    score += weights.inside if index in body else -FAR * max(0, body.start - index)
    score += weights.short if len(folded) < SHORT else weights.long if len(folded) > FULL_CHARS else 0.0
    return score + (CREDIT if score > 0 and not claims.declared and _names_somebody(item.block.text) else 0.0)


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


def _above(bylines: Mapping[int, int], index: int, claims: Claims) -> float:
    """What a byline in the next few blocks adds: the clearer it is and the nearer, the more."""
    weight = (PAGE if claims.declared else DUMP).above_byline
    below = range(index + 1, index + 1 + NEAR)
    steps = [bylines.get(at, 0) * (1 - STEP * (at - index - 1)) for at in below]
    return 0.0 if bylines[index] else weight * max(steps)


def _byline(item: LabelledBlock) -> int:
    """How clearly a block is a byline with a date, 0 to 2."""
    text = item.block.text
    if not 0 < len(text) <= LINE_CHARS or not YEAR.search(text):
        return int(item.role is Role.BYLINE)
    text = half_width(text)
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


def _whole(text: str, declared: Declared) -> str:
    """A visible headline as it stands, or its declared form when the page shows it cut."""
    if not CUT.search(text):
        return text
    start = CUT.sub("", text)
    longer = (declared.said("headline"), *(found.value for found in (declared.meta("og:title"),) if found))
    return next((form for form in longer if form and form.startswith(start) and not CUT.search(form)), text)


def _stated(declared: Declared) -> Found[str] | None:
    said = declared.said("headline")
    if said:
        return Found(said, JSON_LD)
    stated = declared.meta("og:title", "twitter:title")
    if stated:
        return Found(without_site(stated.value, declared), stated.origin)
    return Found(without_site(declared.title, declared), TITLE_TAG) if declared.title else None
