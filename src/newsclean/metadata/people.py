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
    SHORT_NAME,
    SPLIT,
    is_person,
    is_western_name,
    names,
    western_names,
)
from newsclean.metadata.values import BYLINE, JSON_LD, SIGNATURE, Found, fold, half_width, unique
from newsclean.patterns import lazy

DATELINE = lazy(r"^(?P<who>[\u4e00-\u9fff]{4,7})\d{1,2}日")
"""A Taiwanese dateline: name, town and day in one word (王小明台北21日電)."""

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

TRADE = lazy(r"(?:记者|記者|作者|编辑|編輯)$")
"""A line that says what the person in the next line is."""


def authors(lines: Bylines, declared: Declared, site: str | None) -> Found[tuple[str, ...]] | None:
    """The authors: from the byline, from a signature at an end of the body, else as declared."""
    return (
        _found(_marked(lines.top, "author") or _unmarked(lines.top), BYLINE)
        or _found(_signed(lines), SIGNATURE)
        or _found(_by(lines.top), BYLINE)
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
    fields = (field for line in lines for field in line.fields if field.kind == kind)
    return tuple(name for field in fields for name in names(field.value, field.sure and not field.glued))


def _unmarked(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """Names without a word before them: beside a date and an outlet, or alone in the line before or after a date's."""
    for index, line in enumerate(lines):
        parts = [part for part in SPLIT.split(BRACKETED.sub("", line.rest).replace("|", " ")) if part]
        people = [part for part in parts if is_person(part) and len(part) <= SHORT_NAME]
        near = lines[max(0, index - 1) : index + 2]
        lone = line.dated or (len(people) == len(parts) and any(n.dated or TRADE.search(n.text) for n in near))
        if people and lone and len(line.fields) == 1 and len(parts) <= len(people) + 1:
            return tuple(people)
    return ()


def _signed(lines: Bylines) -> tuple[str, ...]:
    """Names in brackets at an end of the body, or in a short line after it."""
    found = _marked(lines.closing, "author") or _marked(lines.opening, "author")
    if found:
        return found
    fields = (field for line in lines.opening for field in line.fields if field.kind == "author")
    dated = (DATELINE.match(field.value) for field in fields)
    town = tuple(_before_town(match["who"]) for match in dated if match)
    return town or _marked(lines.tail, "author") or _only_names(lines.closing[-1:])


def _only_names(lines: Iterable[Line]) -> tuple[str, ...]:
    """The names of a bracket that holds nothing else."""
    for line in lines:
        parts = [part for part in SPLIT.split(line.text) if part]
        if parts and all(is_person(part) and len(part) <= SHORT_NAME for part in parts):
            return tuple(parts)
    return ()


def _before_town(text: str) -> str:
    """A name without the town that follows it: both have two or three characters, towns mostly two."""
    return text[: min(3, len(text) - 2)]


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
