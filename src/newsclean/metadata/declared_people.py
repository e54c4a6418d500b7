"""Who wrote an article, as the page declares it: JSON-LD first, then meta elements.

Templates write many things into these places: the site's name, an address, a login. So a person's name in any of them
is taken before an office or a pen name, and what is none is taken only where no other word contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsclean.metadata import jsonld
from newsclean.metadata.byline import REACH
from newsclean.metadata.declared import Declared
from newsclean.metadata.names import NOT_NAMES, is_person, names
from newsclean.metadata.values import JSON_LD, MAX_NAMES, META, OPEN_GRAPH, Found, fold, half_width, unique
from newsclean.metadata.western import is_pen_name, western_names, without_word

AUTHOR_METAS = (
    "author",
    "article:author",
    "og:article:author",
    "citation_author",
    "citation_authors",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
)
"""Names of meta elements that hold the author, the most telling first."""

CITATION = "citation_author"
"""Catalogues write the surname first, and a comma after it."""

LABELS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
"""Meta elements that name a value, and those that hold it."""

AUTHOR_LABELS = frozenset(
    "written by|author|by|von|verfasst von|geschrieben von|escrito por|écrit par|scritto da".split("|")
)
"""What such an element calls the author; search engine plugins translate it."""


class Statement(NamedTuple):
    """What one place of a page declares: values, where they stand, and whether as an organisation."""

    values: tuple[str, ...]
    origin: str
    office: bool = False


def declared_persons(declared: Declared, site: str | None, edited: tuple[str, ...]) -> Found[tuple[str, ...]] | None:
    """The persons that are declared as authors; a meta element often holds the editor instead."""
    own, statements = fold(site or ""), tuple(_statements(declared))
    for is_own in (False, True):  # a site of one person may be called as that person is
        for said in statements:
            named = [name for value in said.values for name in _persons(value, said.origin == JSON_LD)]
            people = [
                name
                for name in named
                if (fold(name) == own) is is_own and (said.origin == JSON_LD or name not in edited)
            ]
            if people and not said.office:
                return Found(unique(people)[:MAX_NAMES], said.origin)
    return None


def declared_office(declared: Declared, site: str | None) -> Found[tuple[str, ...]] | None:
    """An office or a pen name that is declared as the author; the site itself only where it is said to be a person."""
    own = fold(site or "")
    for said in sorted(_statements(declared), key=lambda said: said.office):
        named = [name for value in said.values if (name := _office(value)) and not (said.office and fold(name) == own)]
        if named:
            return Found(unique(named)[:MAX_NAMES], said.origin)
    return None


def _statements(declared: Declared) -> Iterator[Statement]:
    """All that a page declares of its author, the most telling first."""
    given = declared.article.get("author") or declared.article.get("creator")
    things = [declared.resolved(item) for item in (given if isinstance(given, list) else [given])[: 4 * MAX_NAMES]]
    for office in (False, True):
        values = [jsonld.text_of(thing) for thing in things if _is_office(thing) is office]
        yield Statement(tuple(_plain(value) for value in values if value), JSON_LD, office)
    for name in AUTHOR_METAS:
        origin = OPEN_GRAPH if name.startswith(("og:", "article:")) else META
        given_names = map(_plain, declared.metas.get(name, ()))
        yield Statement(tuple(map(_in_order, given_names) if name == CITATION else given_names), origin)
    labelled = [declared.metas.get(data) for label, data in LABELS if _is_author_label(declared.metas.get(label))]
    yield Statement(tuple(_plain(values[0]) for values in labelled if values), META)


def _is_office(thing: object) -> bool:
    return isinstance(thing, dict) and "organization" in " ".join(jsonld.types(thing)).lower()


def _is_author_label(values: tuple[str, ...] | None) -> bool:
    return any(value.lower().strip(" :") in AUTHOR_LABELS for value in (values or ())[:1])


def _plain(value: str) -> str:
    """A declared value without the word before it; nothing for an address or a text."""
    value = without_word(half_width(value).strip())
    return "" if len(value) > REACH or "://" in value else value


def _in_order(name: str) -> str:
    """A name with its surname at the end (Doe, Jane → Jane Doe)."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first else name


def _persons(value: str, sure: bool) -> tuple[str, ...]:
    """The names of persons in a value; `sure` admits Chinese ones that are built like no name."""
    if any("\u3400" <= char <= "\u9fff" for char in value):
        found = names(value, sure=True)
        return found if sure else tuple(filter(is_person, found))
    return tuple(name for name in western_names(value) if not name.startswith("The "))


def _office(value: str) -> str | None:
    """A value that is no person's name but may be that of an author."""
    return value if is_pen_name(value) and value.lower() not in NOT_NAMES and "." not in value else None
