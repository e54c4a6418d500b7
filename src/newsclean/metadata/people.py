"""Who wrote an article, and who edited it.

A name is believed when a word says what it is (记者, 作者, By …). After a colon any name is taken, pen names
too; without one, only what is built like a name of a person.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsclean.metadata.byline import REPORTED, Bylines, Line
from newsclean.metadata.credit import Credit
from newsclean.metadata.declared import Declared
from newsclean.metadata.declared_people import declared_office, declared_persons
from newsclean.metadata.names import SPLIT, is_plain_name, korean_names, names, words_of
from newsclean.metadata.outlet import ACCOUNT_CHARS
from newsclean.metadata.values import BYLINE, MAX_NAMES, SIGNATURE, Found, fold, unique
from newsclean.patterns import lazy

POST = lazy(
    r"(?:校长|院长|主任|教授|研究员|书记|部长|厅长|局长|市长|省长|会长|秘书长|主席|博士|总编辑|主编|理事长|董事长|总裁|总经理|"
    r"校長|院長|研究員|書記|部長|局長|市長|會長|秘書長|總編輯|主編|理事長|董事長|總裁|總經理|律师|律師|学者|學者|专家|專家)"
)
"""What somebody is who signs an article: an office, not a trade of the press."""

ORIGINAL = "原创"
"""What a portal prints before the name of somebody who writes for it alone."""

BYLINE_NEXT = 3
"""A name alone in its line, below the headline, has a date or a trade within so many lines."""

POSTED = lazy(r"(?:^|[\s:贴帖文])由\s?(?P<who>[^\s\d,。|]{2,16}?)\s?(?:[于於在]\s?)?\|")
"""How a forum tells who posted (由王小明于2005年8月1日发表), with a bar for the date."""

TRADE = lazy(r"(?:记者|記者|作者|编辑|編輯)$")
"""A line that says what the person in the next line is."""


def authors(lines: Bylines, credit: Credit, declared: Declared, site: str | None) -> Found[tuple[str, ...]] | None:
    """The authors: from the byline, from a signature at an end of the body, else as declared."""
    return (
        _found(_marked(lines.top, "author") or _unmarked(lines), BYLINE)
        or _found(_signed(lines), SIGNATURE)
        or _found(_korean((*lines.top, *lines.opening, *lines.tail)), BYLINE)
        or _western(credit.sure, declared_persons(declared, site, _marked((*lines.top, *lines.tail), "editor")))
        or _found(credit.likely, BYLINE)
        or declared_office(declared, site)
    )


def _western(shown: tuple[str, ...], stated: Found[tuple[str, ...]] | None) -> Found[tuple[str, ...]] | None:
    """The authors that a page shows below its headline, or its declared ones where they tell the same more fully."""
    fuller = stated and all(any(fold(name) in fold(person) for person in stated.value) for name in shown)
    return stated if fuller else _found(shown, BYLINE)


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
        parts = words_of(line.rest)
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
    if index > 1 and len(lines[index - 1].text) <= ACCOUNT_CHARS:
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
        if line.text.endswith(REPORTED):
            return names(line.text, sure=False)
    return ()


def _korean(lines: Iterable[Line]) -> tuple[str, ...]:
    """The names of the first Korean byline."""
    return next(filter(None, (korean_names(line.text) for line in lines if not _is_edited(line))), ())


def _is_edited(line: Line) -> bool:
    return any(field.kind == "editor" for field in line.fields)
