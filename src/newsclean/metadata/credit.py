"""Where a page in a Latin script shows its author: the lines, links and elements around the article that say so.

Three things tell an author: a word (`By Jane Doe`), a link to a page about an author (`/authors/jane-doe`), and an
element that a template calls author or byline. Below the headline a word or a link leaves no doubt. Above it and after
the body such lines often belong to other articles: they count only as far as the page declares no author.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from newsclean.metadata import western
from newsclean.metadata.areas import (
    AFTER_BODY,
    AFTER_HEADLINE,
    BEFORE_BODY,
    BEFORE_HEADLINE,
    LINE_CHARS,
    OPENING_CHARS,
    line_of,
)
from newsclean.metadata.date_forms import stamps, without_dates
from newsclean.metadata.values import fold, unique
from newsclean.metadata.western import TRADES, credited, is_western_name, western_names
from newsclean.models import BODY_ROLES, Container, LabelledBlock, Role, Span
from newsclean.patterns import lazy

BY_ALONE = frozenset(
    "by|by:|author|author:|authors|authors:|written by|written by:|posted by|posted by:|published by|words by|"
    "about the author|autor|autor:|auteur|auteur :|autore|autore:|von|par|por|escrito por".split("|")
)
"""A byline whose name stands in the next line."""

NOT_AUTHOR = lazy(
    r"\b(?:review|edit|check|photo|illustrat|updated|approv|verif|translat|sponsor|powered|credit|medical|fact)",
    re.IGNORECASE,
)
"""The words before those who had another part in an article."""

AUTHOR_PATH = lazy(
    r"[/?&](?:(?P<sure>[a-z-]{0,20}(?:author|contributor|columnist|journalist|autor|auteur|autore|redakteur)s?)"
    r"(?:[/=]|-(?=\w))"
    r"|(?:profiles?|people|staff|team|writers?|experts?|reporters?|members?|person)[/=])(?P<who>[^\s?#]{2,})",
    re.IGNORECASE,
)
"""The addresses of pages about one author; those that may be about anybody count if they hold a word of the name."""

AUTHOR_CLASS = lazy(r"author|by-?line|contributor|writer|posted-?by")
"""Words in the class or id of an element that holds an author's name."""

FOREIGN_CLASS = lazy(r"review|edit|comment|related|photo|quote|testimonial|recommend|tooltip|social|share|avatar")
"""Words in the class of elements for other people, or for something else of the author's."""

FOREIGN_ROLES = (Role.COMMENT, Role.CAPTION)
"""Roles whose names are those of somebody else."""

CLEAR_ROLES = (Role.BYLINE, Role.OTHER, Role.BODY, Role.HEADING, Role.LEGAL)
"""Roles of lines after the body that belong to no other article and to no advertisement."""

BELOW = 6
"""So many lines below the headline may be the byline's where the body seems to start at once."""

NEAR_LEVELS = 3
"""An element that is called author stands so near around the name."""

SHORT = 2
"""A word of so many letters stands in an address by chance."""

LABEL_CHARS = 40
"""A line that says what the next one is, is no longer than this."""

PREFIX_CHARS = 30
"""So far before a name stands the word that says what its bearer did."""

EDGE = " |·•-–—:"
"""What may part a name from a date."""


class Credit(NamedTuple):
    """The authors that a page shows: `sure` in a line below the headline, `likely` by an element or farther away."""

    sure: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


class Page(NamedTuple):
    """All blocks of a page, and what they stand in."""

    labelled: Sequence[LabelledBlock]
    containers: Sequence[Container]

    def line(self, index: int) -> str:
        """The text of a short block that may hold a credit, else nothing."""
        if not 0 <= index < len(self.labelled) or self.labelled[index].role in FOREIGN_ROLES:
            return ""
        block, role = self.labelled[index].block, self.labelled[index].role
        return block.text if len(block.text) <= (OPENING_CHARS if role in BODY_ROLES else LINE_CHARS) else ""

    def lines(self, indexes: Iterable[int]) -> list[Line]:
        """The lines that may hold a credit, with their places."""
        return [(index, text) for index in indexes if (text := self.line(index))]


Line = tuple[int, str]
"""The place of a block, and its text."""

Reader = Callable[[Page, int, str], tuple[str, ...]]
"""What finds the authors in a line."""


def read(
    labelled: Sequence[LabelledBlock], body: range, headline: int | None, containers: Sequence[Container]
) -> Credit:
    """Find the lines of a page that credit its author; `headline` is its index, if known."""
    page = Page(labelled, containers)
    start = headline + 1 if headline is not None else max(0, body.start - BEFORE_BODY)
    stop = max(min(body.start + 2, start + 3 * AFTER_HEADLINE), start + BELOW)
    below = page.lines(range(start, min(stop, max(body.stop, start))))
    sure = _first(page, below, (_said, _linked))
    if sure:
        return Credit(sure)
    above = page.lines(range(max(0, headline - BEFORE_HEADLINE), headline)) if headline is not None else []
    near = _first(page, below, (_classed, _dated, _office)) or _first(page, above, (_said, _linked, _classed))
    return Credit((), near or _after(page, page.lines(range(body.stop, body.stop + 2 * AFTER_BODY))))


def _after(page: Page, behind: Sequence[Line]) -> tuple[str, ...]:
    """The authors in the lines after the body."""
    clear = [(at, text) for at, text in behind if page.labelled[at].role in CLEAR_ROLES]
    return (
        _first(page, clear, (_said_behind,))
        or _first(page, behind, (_linked, _classed))
        or _first(page, clear, (_office,))
    )


def _first(page: Page, lines: Sequence[Line], readers: Sequence[Reader]) -> tuple[str, ...]:
    """What the first reader that finds anything reads: persons, with those of the very next lines, else an office."""
    for reader in readers:
        found = [(at, names) for at, text in lines if (names := reader(page, at, text))]
        people = [(at, names) for at, names in found if all(map(is_western_name, names))]
        if people and (reader is not _said or people[0] == found[0]):
            first = people[0][0]
            return unique([name for n, (at, names) in enumerate(people) if at - n == first for name in names])
        if found:
            return found[0][1]
    return ()


def _said(page: Page, index: int, text: str) -> tuple[str, ...]:
    """The names behind a word, in the same line or in the next."""
    line = line_of(page.labelled[index].block) or text
    plain = without_dates(line, stamps(line))
    return credited(plain) if page.line(index - 1).lower() in BY_ALONE else western.said(plain)


def _said_behind(page: Page, index: int, text: str) -> tuple[str, ...]:
    """The same after the body, where a mere `By` may name who sells an advertisement."""
    names = _said(page, index, text)
    sure = all(map(is_western_name, names)) or page.line(index - 1).lower() in BY_ALONE
    return names if sure else western.said(without_dates(text, stamps(text)), bare=False)


def _linked(page: Page, index: int, text: str) -> tuple[str, ...]:
    """The names that link to a page about an author."""
    links = [
        name
        for span in page.labelled[index].block.spans
        if span.href and span.src is None and (name := _author_link(span))
    ]
    if not links or _is_foreign(page, index):
        return ()
    own = [name for name in links if not NOT_AUTHOR.search(_before(text, name))]
    return unique([name for link in own for name in credited(link)])


def _author_link(span: Span) -> str:
    """The name in a link to a page about an author."""
    path = AUTHOR_PATH.search(span.href or "")
    if not path:
        return ""
    name = western.without_word(span.text.strip())
    told = path["sure"] or any(fold(word) in fold(path["who"]) for word in name.split() if len(word) > SHORT)
    return name if told else ""


def _before(text: str, name: str) -> str:
    """The few words before a name in a line."""
    at = max(0, text.find(name))
    return text[max(0, at - PREFIX_CHARS) : at]


def _classed(page: Page, index: int, text: str) -> tuple[str, ...]:
    """The persons in an element that is called author."""
    return western_names(_undated(text)) if _is_called_author(page, index) else ()


def _office(page: Page, index: int, text: str) -> tuple[str, ...]:
    """The office or pen name that opens an element that is called author; a trade alone is none."""
    names = credited(without_dates(text, stamps(text))) if _is_called_author(page, index) else ()
    return names if names and names[0].split()[-1].lower() not in TRADES else ()


def _dated(page: Page, index: int, text: str) -> tuple[str, ...]:
    """The persons in a byline that has a date and nothing before them."""
    dated = page.labelled[index].role is Role.BYLINE and stamps(text)
    return western_names(_undated(text)) if dated else ()


def _undated(text: str) -> str:
    """A line without its dates; nothing for one that says which date it holds (Printed: 1 May 2024)."""
    plain = without_dates(text, stamps(text))
    return "" if ":|" in plain.replace(" ", "") else plain.strip(EDGE)


def _is_foreign(page: Page, index: int) -> bool:
    """Whether the line before says that somebody else follows (Reviewed by)."""
    before = page.line(index - 1)
    return len(before) <= LABEL_CHARS and bool(NOT_AUTHOR.search(before))


def _is_called_author(page: Page, index: int) -> bool:
    """Whether an element near around a line is called author, and the line before announces nobody else."""
    at, levels = page.labelled[index].block.container, 0
    while 0 < at < len(page.containers) and levels < NEAR_LEVELS:
        container = page.containers[at]
        if container.tag != "body" and AUTHOR_CLASS.search(container.words):
            return not FOREIGN_CLASS.search(container.words) and not _is_foreign(page, index)
        at, levels = container.parent, levels + 1
    return False
