"""The days that a page states for machines: in JSON-LD, in meta elements, in `<time>`, and in its own address.

Every template has its own name for them, so names of meta elements are compared without what parts their words.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsclean.metadata.date_forms import machine_date
from newsclean.metadata.declared import Declared
from newsclean.metadata.values import DAY, JSON_LD, TIME, Found, fold
from newsclean.patterns import lazy

PUBLISHED_METAS = ("article:published_time", "og:article:published_time", "og:published_time", "og:release_date")
"""Names of meta elements that hold the day of publication, the most telling first."""

PUBLISHED_NAMES = (
    "datepublished",
    "publisheddate",
    "publishdate",
    "publicationdate",
    "pubdate",
    "publishedtime",
    "publishtime",
    "publicationtime",
    "published",
    "publishedat",
)
"""How other such names end, without what parts their words: every template has its own first word."""

DATED_METAS = (
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "dcterms.date",
    "weibo: article:create_at",
    "date",
)
"""Names that say less clearly what day they hold; some name the service they serve, as sites themselves write them."""

MODIFIED_METAS = ("article:modified_time", "og:updated_time", "og:modified_time")
"""Names of meta elements that hold the day of the last change."""

MODIFIED_NAMES = (
    "datemodified",
    "modifieddate",
    "modifiedtime",
    "lastmodified",
    "lastmod",
    "lastupdated",
    "updateddate",
    "updatedtime",
    "updatedat",
)
"""How other such names end."""

IN_ADDRESS = lazy(r"(?<![\d.])(20\d\d)([/-]?)(\d\d)\2(\d\d)(?![\d.])")
"""A day in an address: `/2024/05/01/`, `/20240501/`, `/2024-05-01-`."""


def stated(declared: Declared) -> Found[str] | None:
    """The declared day of publication."""
    return _declared(declared, "datePublished", PUBLISHED_METAS, PUBLISHED_NAMES) or _meta(declared, DATED_METAS)


def changed(declared: Declared) -> Found[str] | None:
    """The declared day of the last change."""
    return _declared(declared, "dateModified", MODIFIED_METAS, MODIFIED_NAMES)


def in_address(url: str | None) -> Found[str] | None:
    """The day that an address names."""
    for match in IN_ADDRESS.finditer(url or ""):
        iso = machine_date("-".join(match.group(1, 3, 4)))
        if iso:
            return Found(iso, "address")
    return None


def only_time(declared: Declared) -> Found[str] | None:
    """What the time elements of a page say, where all of them speak of one day."""
    days = {iso[:DAY]: iso for iso in (machine_date(time.date) for time in declared.times) if iso}
    return Found(next(iter(days.values())), TIME) if len(days) == 1 else None


def _declared(declared: Declared, key: str, names: tuple[str, ...], endings: tuple[str, ...]) -> Found[str] | None:
    said = declared.said(key)
    iso = machine_date(said) if said else None
    if iso:
        return Found(iso, JSON_LD)
    folded = [(name, fold(name)) for name in declared.metas]
    return _meta(declared, names) or _meta(declared, [n for end in endings for n, bare in folded if bare.endswith(end)])


def _meta(declared: Declared, names: Sequence[str]) -> Found[str] | None:
    for name in names:
        found = declared.meta(name)
        iso = machine_date(found.value) if found else None
        if found and iso:
            return Found(iso, found.origin)
    return None
