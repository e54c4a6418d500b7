"""What a page declares of itself, gathered in one pass: JSON-LD, Open Graph, `<meta>`, and the head's few links.

Declarations are written by templates: often right, sometimes about the site instead of the article. So nothing is
judged here; each field's module decides what it believes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from selectolax.lexbor import LexborNode

from newsclean.metadata import jsonld
from newsclean.metadata.values import META, OPEN_GRAPH, Found
from newsclean.page import HtmlPage, TextPage
from newsclean.patterns import lazy

CANONICAL = 'link[rel="canonical"]'
"""The link to the page's own address; in the head, but on broken pages."""

META_NAMES = ("property", "name", "itemprop", "http-equiv")
"""The attributes in which templates name a meta element, the most telling first."""

ARTICLE_TYPE = lazy(r"(?:Article|BlogPosting|Posting|Report|Review|Recipe)$")
"""The types of schema.org that an article is declared as."""

PAGE_TYPES = frozenset({"WebPage", "ItemPage", "VideoObject", "WebSite", "Question"})
"""Types that may carry an article's data where no article is declared."""

ARTICLE_KEYS = ("headline", "datePublished", "author")
"""A thing with one of these describes an article, not an organisation."""

MAX_TIMES = 60
"""So many time elements are read; a page with more is a list or a thread, whose times say little of one article."""

MAX_SAME_NAME = 50
"""So many contents of one name are kept (`article:tag`, say), that a hostile page costs linear time."""

SAVED_FROM = lazy(r"SingleFile\s+url:\s*(https?://\S+)")
"""The note that SingleFile leaves at the top of a saved page."""


class Time(NamedTuple):
    """A `<time>`: what it shows, the date in its attribute, and whether it says that it is the day of publication."""

    text: str
    date: str
    published: bool


@dataclass(frozen=True, slots=True)
class Declared:
    """A page's own declarations.

    `metas` has the contents of the meta elements by lower-case name; `article` is the JSON-LD thing that describes the
    article (empty when none does), `things` are all of them; `base` is what relative addresses are meant from; `times`
    are the time elements with a date for machines.
    """

    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    article: Mapping[str, Any] = field(default_factory=dict)
    things: tuple[Mapping[str, Any], ...] = ()
    title: str | None = None
    canonical: str | None = None
    base: str | None = None
    saved_from: str | None = None
    language: str | None = None
    times: tuple[Time, ...] = ()

    def meta(self, *names: str) -> Found[str] | None:
        """The first content of the first of these meta elements that has one."""
        for name in names:
            if self.metas.get(name):
                return Found(self.metas[name][0], OPEN_GRAPH if name.startswith(("og:", "article:")) else META)
        return None

    def resolved(self, item: Any) -> Any:
        """A JSON-LD value, or the thing elsewhere on the page that it refers to by its `@id`."""
        if not isinstance(item, dict) or item.get("name") or not item.get("@id"):
            return item
        return next((thing for thing in self.things if thing.get("@id") == item["@id"] and thing.get("name")), item)

    def said(self, key: str) -> str | None:
        """A text from the JSON-LD article."""
        return jsonld.text_of(self.article.get(key))


def read(page: HtmlPage | TextPage) -> Declared:
    """Gather what a page declares; a dump declares nothing."""
    if isinstance(page, TextPage):
        return Declared()
    things = [thing for script in _scripts(page) for thing in jsonld.read(script)]
    head = page.tree.head
    canonical = head.css_first(CANONICAL) if head is not None else None
    canonical = canonical if canonical is not None else page.tree.css_first(CANONICAL)
    return Declared(
        metas=_metas(page.tree.tags("meta")),
        article=_article(things),
        things=tuple(things),
        title=page.title,
        canonical=canonical.attributes.get("href") if canonical is not None else None,
        base=page.declared_base,
        saved_from=_saved_from(page.root),
        language=page.root.attributes.get("lang") if page.root is not None else None,
        times=tuple(_times(page.tree.tags("time"))),
    )


def _scripts(page: HtmlPage) -> Iterable[str]:
    return (node.text() for node in page.tree.css('script[type*="ld+json"]'))


def _metas(nodes: Iterable[LexborNode]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, tuple[str, ...]] = {}
    for node in nodes:
        attributes = node.attributes
        content = " ".join((attributes.get("content") or "").split())
        name = next((attributes[key] for key in META_NAMES if attributes.get(key)), None)
        if name and content:
            key = name.strip().lower()
            gathered[key] = (*gathered.get(key, ())[:MAX_SAME_NAME], content)
    return gathered


def _times(nodes: Iterable[LexborNode]) -> Iterable[Time]:
    for node in islice(nodes, MAX_TIMES):
        attributes = node.attributes
        if attributes.get("datetime"):
            published = "pubdate" in attributes or "datePublished" in (attributes.get("itemprop") or "")
            yield Time(" ".join(node.text().split()), attributes["datetime"] or "", published)


def _article(things: list[dict[str, Any]]) -> dict[str, Any]:
    """The thing that describes the article: of an article's type if there is one, else a page's with its keys."""
    telling = [thing for thing in things if any(thing.get(key) for key in ARTICLE_KEYS)]
    typed = (thing for thing in telling if any(ARTICLE_TYPE.search(name) for name in jsonld.types(thing)))
    paged = (thing for thing in telling if PAGE_TYPES.intersection(jsonld.types(thing)))
    return next(typed, None) or next(paged, None) or {}


def _saved_from(root: LexborNode | None) -> str | None:
    """The address that SingleFile wrote into the comment before `<head>`."""
    node = root.child if root is not None else None
    if node is None or node.tag != "-comment":
        return None
    match = SAVED_FROM.search((node.html or "")[:2000])
    return match.group(1) if match else None
