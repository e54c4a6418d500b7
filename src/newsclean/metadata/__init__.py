"""What a page says of its article: title, source, people, dates and the rest, each with the place it was read from.

Every field has a module and an order of trust. Visible lines around the headline come first, the page's declarations
(JSON-LD, Open Graph, meta) second. Pages and dumps go the same way: a dump only declares nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newsclean.metadata import byline, credit
from newsclean.metadata import declared as declarations
from newsclean.metadata.address import address
from newsclean.metadata.areas import Areas, body_run, lay_out
from newsclean.metadata.breadcrumb import breadcrumb
from newsclean.metadata.credit import Credit
from newsclean.metadata.dates import when
from newsclean.metadata.declared import Declared
from newsclean.metadata.jsonld import text_of
from newsclean.metadata.language import language
from newsclean.metadata.outlet import site, source
from newsclean.metadata.people import authors, editors
from newsclean.metadata.pictures import images
from newsclean.metadata.second_line import mark
from newsclean.metadata.title import headline, subtitle
from newsclean.metadata.values import DAY, JSON_LD, META, OPEN_GRAPH, Found, unique
from newsclean.models import Container, LabelledBlock, Metadata
from newsclean.page import HtmlPage, TextPage
from newsclean.patterns import lazy

__all__ = ["extract", "mark"]

KEYWORD_END = lazy(r"[,，、;；]\s*")
"""What parts keywords."""

HAN = lazy(r"[\u3400-\u9fff]")
"""A Chinese character."""

LISTED, KEYWORD_CHARS = 3, 10
"""So many words, of so many characters at most, make a list of what is parted by blanks; else it is a headline."""

MAX_KEYWORDS = 50
"""A longer list is no description of one article."""


def extract(
    page: HtmlPage | TextPage,
    labelled: Sequence[LabelledBlock],
    url: str | None = None,
    containers: Sequence[Container] = (),
) -> Metadata:
    """Read the metadata of the article from a page and all its labelled blocks, in order.

    `url` is the page's address where it is known from outside, `containers` what its blocks stand in. Any page gives a
    `Metadata`; what it does not say is None or empty.
    """
    declared = declarations.read(page)
    body = body_run(labelled)
    title = headline(labelled, body, declared)
    areas = lay_out(labelled, body, title.at)
    found: dict[str, Found[Any] | None] = {
        "title": title.found,
        "subtitle": subtitle(labelled, title.at, declared),
        "breadcrumb": breadcrumb(labelled, body.start if title.at is None else title.at, title.found, declared),
        "url": address(url, declared, areas, isinstance(page, TextPage)),
        "language": language(areas, title.found, declared),
    }
    shown = credit.read(labelled, body, title.at, containers)
    found |= _credits(areas, shown, declared, found) | _summary(declared)
    values = {name: item.value for name, item in found.items() if item is not None}
    origins = tuple((name, item.origin) for name, item in found.items() if item is not None)
    return Metadata(**values, images=images(labelled), origins=origins)


def _credits(
    areas: Areas, shown: Credit, declared: Declared, known: dict[str, Found[Any] | None]
) -> dict[str, Found[Any] | None]:
    """Who published the article, who wrote it, and when: no article is changed before the day of its publication.

    Of the fields `known` already, the address and the language tell of the site and of how dates are written.
    """
    url, written = known["url"], known["language"]
    lines = byline.read(areas)
    name = site(declared, url.value if url else None)
    date, changed = when(lines, declared, written.value if written else None, url.value if url else None)
    return {
        "source": source(lines, areas.openings, declared),
        "authors": authors(lines, shown, declared, name.value if name else None),
        "editors": editors(lines),
        "date": date,
        "modified": None if date and changed and changed.value[:DAY] < date.value[:DAY] else changed,
        "site": name,
    }


def _summary(declared: Declared) -> dict[str, Found[Any] | None]:
    """What the page declares for search engines."""
    said = declared.said("description")
    stated = declared.meta("og:description", "description", "twitter:description")
    return {"description": stated or (Found(said, JSON_LD) if said else None), "keywords": _keywords(declared)}


def _words(text: str) -> list[str]:
    """The keywords of a list, which Chinese pages part by blanks, too."""
    words, tokens = KEYWORD_END.split(text), text.split()
    is_list = len(words) == 1 and len(tokens) >= LISTED and max(map(len, tokens)) <= KEYWORD_CHARS
    return tokens if is_list and 2 * sum(map(bool, map(HAN.search, tokens))) > len(tokens) else words


def _keywords(declared: Declared) -> Found[tuple[str, ...]] | None:
    given = declared.article.get("keywords")
    listed = [text_of(item) or "" for item in (given if isinstance(given, list) else [given])]
    stated = declared.meta("keywords", "news_keywords")
    tags = [*declared.metas.get("article:tag", ())]
    for texts, origin in (([stated.value] if stated else [], META), (listed, JSON_LD), (tags, OPEN_GRAPH)):
        words = [word.strip() for text in texts for word in _words(text)]
        chosen = unique([word for word in words if word])[:MAX_KEYWORDS]
        if chosen:
            return Found(chosen, origin)
    return None
