"""Who wrote an article, and who edited it.

A name is believed when a word says what it is (记者, 作者, By …). After a colon any name is taken, pen names
too; without one, only what is built like a name of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsclean.metadata import jsonld
from newsclean.metadata.byline import REACH, Bylines, Line
from newsclean.metadata.declared import Declared
from newsclean.metadata.names import (
    BRACKETED,
    BY_SPLIT,
    NOT_LATIN_NAMES,
    NOT_NAMES,
    OUTLET,
    PLACE,
    SPLIT,
    is_person,
    is_plain_name,
    is_western_name,
    korean_names,
    names,
    western_names,
)
from newsclean.metadata.values import BYLINE, JSON_LD, SIGNATURE, Found, fold, half_width, unique
from newsclean.patterns import lazy

BY_ALONE = frozenset({"by", "by:", "written by", "posted by", "author", "author:", "written by:"})
"""A byline whose name stands in the next line."""

BY = lazy(
    r"^(?:(?:written|story|posted|reported|published|words|text|article|reviewed)\s)?by\s?:?\s(?P<names>.{3,140})$"
    r"|^(?:author|written by)s?\s?:\s(?P<sure>.{2,140})$",
    re.IGNORECASE,
)
"""A Western byline."""

NO_PERSON = lazy(r"\.(?:com|cn|net|org)$|^\S+\.\S+\.\S+$|[{}<>@]")
"""An address, or a placeholder that a template forgot."""

AUTHOR_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
"""Names of meta elements that hold the author, the most telling first."""

MAX_NAMES = 12
"""More names than this are a list of something else."""

POST = lazy(
    r"(?:校长|院长|主任|教授|研究员|书记|部长|厅长|局长|市长|省长|会长|秘书长|主席|博士|总编辑|主编|理事长|董事长|总裁|总经理|"
    r"校長|院長|研究員|書記|部長|局長|市長|會長|秘書長|總編輯|主編|理事長|董事長|總裁|總經理|律师|律師|学者|學者|专家|專家)"
)
"""What somebody is who signs an article: an office, not a trade of the press."""

ORIGINAL = "原创"
"""What a portal prints before the name of somebody who writes for it alone."""

BYLINE_NEXT = 3
"""A name alone in its line, below the headline, has a date or a trade within so many lines."""

REPORTED = lazy(r"(?:报道|報導|報道)$")
"""How a signature ends that tells from where somebody reports."""

POSTED = lazy(r"(?:^|[\s:贴帖文])由\s?(?P<who>[^\s\d,。|]{2,16}?)\s?(?:[于於在]\s?)?\|")
"""How a forum tells who posted (由王小明于2005年8月1日发表), with a bar for the date."""

TRADE = lazy(r"(?:记者|記者|作者|编辑|編輯)$")
"""A line that says what the person in the next line is."""


def authors(lines: Bylines, declared: Declared, site: str | None) -> Found[tuple[str, ...]] | None:
    """The authors: from the byline, from a signature at an end of the body, else as declared."""
    return (
        _found(_marked(lines.top, "author") or _unmarked(lines), BYLINE)
        or _found(_signed(lines), SIGNATURE)
        or _found(_by(lines.top) or _korean((*lines.top, *lines.opening, *lines.tail)), BYLINE)
        or _declared(declared, site, _marked((*lines.top, *lines.tail), "editor"))
    )


def editors(lines: Bylines) -> Found[tuple[str, ...]] | None:
    """The editors, proofreaders among them: around the headline, after the body, or in brackets at its end."""
    named = _marked((*lines.top, *lines.tail), "editor")
    return _found(named, BYLINE) or _found(_marked(lines.closing, "editor"), SIGNATURE)


def _found(found: tuple[str, ...], origin: str) -> Found[tuple[str, ...]] | None:
    return Found(unique(list(found))[:MAX_NAMES], origin) if found else None


def _marked(lines: Iterable[Line], kind: str) -> tuple[str, ...]:
    """The names behind the markers of a kind; what runs into 记者 is an outlet, unless it is built like a name."""
    fields = [field for line in lines for field in line.fields if field.kind == kind]
    found = ((field, name) for field in fields for name in names(field.value, field.sure and not field.glued))
    return tuple(name for field, name in found if not field.glued or is_plain_name(name))


def _unmarked(lines: Bylines) -> tuple[str, ...]:
    """Names without a word before them: beside a date and an outlet, or alone in a line near a date's."""
    near = [_is_near_byline(lines.below, index) for index in range(len(lines.below))]
    for line, beside in zip(lines.top, (*near, *(False for _ in lines.above)), strict=True):
        words = SPLIT.split(BRACKETED.sub("", line.rest).replace("|", " "))
        parts = [PLACE.sub("", word) for word in words if word]
        people = tuple(part for part in parts if is_plain_name(part))
        lone = line.dated or (beside and len(people) == len(parts))
        if people and lone and len(line.fields) == 1 and len(parts) <= len(people) + 1:
            return people
        if line.dated and parts[:1] == [ORIGINAL]:
            return names(" ".join(parts[1:2]), sure=True)
    return ()


def _is_near_byline(lines: tuple[Line, ...], index: int) -> bool:
    """Whether a date or a trade stands close to the line at `index`: before it, with at most an outlet between."""
    behind = lines[max(0, index - 1) : index]
    if index > 1 and OUTLET.search(lines[index - 1].text):
        behind = lines[index - 2 : index]
    return any(line.dated or TRADE.search(line.text) for line in (*behind, *lines[index + 1 : index + 1 + BYLINE_NEXT]))


def _signed(lines: Bylines) -> tuple[str, ...]:
    """Names in brackets at an end of the body, or in a short line after it."""
    posted = (match["who"] for line in lines.tail if line.dated and (match := POSTED.search(line.text)))
    return (
        _marked(lines.closing, "author")
        or _marked(lines.opening, "author")
        or _marked(lines.tail, "author")
        or _only_names(lines.closing[-1:])
        or tuple(posted)[:1]
        or _only_names(lines.first[:1])
        or _with_post((*lines.first[:1], *lines.tail[:BYLINE_NEXT]))
    )


def _with_post(lines: Iterable[Line]) -> tuple[str, ...]:
    """The name that stands in a line before or behind what the person is (江大校长 林若水)."""
    for line in lines:
        parts = [part for part in SPLIT.split(line.text) if part]
        named = next((part for part in (*parts[:1], *parts[-1:]) if is_plain_name(part)), None)
        others = " ".join(part for part in parts if part != named)
        if named and len(line.fields) == 1 and POST.search(others):
            return (named,)
    return ()


def _only_names(lines: Iterable[Line]) -> tuple[str, ...]:
    """The names of a bracket that holds nothing else, or tells from where they report (林若水 海州报道)."""
    for line in lines:
        parts = [part for part in SPLIT.split(line.text) if part]
        if parts and all(map(is_plain_name, parts)):
            return tuple(parts)
        if REPORTED.search(line.text):
            return names(line.text, sure=False)
    return ()


def _korean(lines: Iterable[Line]) -> tuple[str, ...]:
    """The names of the first Korean byline."""
    return next(filter(None, (korean_names(line.text) for line in lines if not _is_edited(line))), ())


def _is_edited(line: Line) -> bool:
    return any(field.kind == "editor" for field in line.fields)


def _by(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The names of the first Western byline, in one line or in two."""
    for line, below in zip(lines, (*lines[1:], Line("", (), "", ())), strict=False):
        match = BY.match(line.text)
        given = (match["names"] or match["sure"]) if match else below.text if line.text.lower() in BY_ALONE else ""
        found = western_names(given)
        if found:
            return found
    return ()


def _declared(declared: Declared, site: str | None, edited: tuple[str, ...]) -> Found[tuple[str, ...]] | None:
    """The declared authors; a meta element often holds the editor instead."""
    given = declared.article.get("author") or declared.article.get("creator")
    things = [declared.resolved(item) for item in (given if isinstance(given, list) else [given])]
    persons = [name for thing in things for name in _person(thing, site)]
    if persons:
        return Found(unique(persons)[:MAX_NAMES], JSON_LD)
    stated = declared.meta(*AUTHOR_METAS)
    parted = [name for name in _stated(stated.value, site) if name not in edited] if stated else []
    return Found(unique(parted), stated.origin) if stated and parted else None


def _person(item: object, site: str | None) -> list[str]:
    """The names in a JSON-LD author; a declared person may well be called as the site is."""
    kinds = " ".join(jsonld.types(item)).lower() if isinstance(item, dict) else ""
    name = jsonld.text_of(item)
    if not name or "organization" in kinds:
        return []
    return _parted(name, None if "person" in kinds else site)


def _parted(value: str, site: str | None) -> list[str]:
    """The names in a declared author; an address, the site itself or an office is none."""
    value = half_width(value).removeprefix("By ").removeprefix("by ").strip()
    if len(value) > REACH or "://" in value or fold(value) == fold(site or "") or value.lower() in NOT_NAMES:
        return []
    if any("\u3400" <= char <= "\u9fff" for char in value):
        return list(names(value, sure=True))
    parts = [part for part in BY_SPLIT.split(value) if part]
    people = [part for part in parts if is_western_name(part)]
    if len(people) > 1 or not parts:
        return people
    return parts[:1] if any(map(str.isalpha, value)) and not NO_PERSON.search(value) and _no_office(value) else []


def _stated(value: str, site: str | None) -> list[str]:
    """The names in a meta element: a Chinese one often holds the site, so only what is built like a name counts."""
    parted = _parted(value, site)
    chinese = any("\u3400" <= char <= "\u9fff" for char in value)
    return [name for name in parted if not chinese or is_person(name)]


def _no_office(value: str) -> bool:
    return not NOT_LATIN_NAMES.intersection(value.lower().split())
