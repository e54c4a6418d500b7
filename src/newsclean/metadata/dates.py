"""The day an article was published, and the day it was last changed: ISO 8601, exactly as precise as the page.

A date that a reader sees in the byline wins over a declared one: templates declare UTC, the day of the last build, or
nothing but midnight. No time zone is invented, and a relative date ("yesterday") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclean.metadata.byline import Bylines, Line
from newsclean.metadata.declared import Declared
from newsclean.metadata.stamps import Stamp, machine_date
from newsclean.metadata.values import BYLINE, JSON_LD, Found
from newsclean.patterns import lazy

UPDATED = lazy(r"更新|修改|编辑于|updated|modified|aktualisiert|mis à jour|actualizado", re.IGNORECASE)
"""Words before a date that make it the day of the last change."""

UPDATED_AFTER = lazy(r"\s?更新(?![时時日於于:])")
"""The same word behind its date (2024-05-01 08:30更新), where it does not open the next one."""

PUBLISHED = lazy(
    r"(?:发布|發布|發佈|发表|發表|发稿|發稿|时间|時間|日期|刊登|published|posted|date)(?:时间|時間|日期|于|於|\son)?\W{0,3}$",
    re.IGNORECASE,
)
"""Words before a date that make it the day of publication."""

CREDIT = lazy(
    r"(?:来\s?源|來源|稿源|作\s?者|编\s?辑|編輯|责编)\s?[:|]|(?:来源|來源|作者)\S|记者|記者|/\S{0,6}(?:报道|報導)|^by\b",
    re.IGNORECASE,
)
"""Words of a byline beside its date."""

BULLET = lazy(r"\s?[|•·]")
"""What parts a date from the rest of a Western byline."""

MORE = lazy(r"T|:(?!00)\d")
"""What a declared date may add to the visible one: a time, or seconds that are not the nought of a template."""

WORD_REACH = 16
"""How far before a date such a word may stand."""

OTHER_TEXT, UNMARKED_TEXT = 60, 30
"""A line with more text than this beside its dates tells a story (or is another article's headline); one whose dates
no word marks must be shorter still."""

PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "og:release_date",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_date",
    "publication_date",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "weibo: article:create_at",
    "date",
)
"""Names of meta elements that hold the day of publication, the most telling first; some name the service they serve,
as sites themselves write them."""

MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "og:modified_time",
    "datemodified",
    "lastmod",
    "last-modified",
)
"""Names of meta elements that hold the day of the last change."""


class Reading(NamedTuple):
    """A date of a byline, and what the words before it make of it; `unsure` yields to a declared one."""

    iso: str
    updated: bool
    published: bool
    unsure: bool


def published(lines: Bylines, declared: Declared) -> Found[str] | None:
    """The day of publication: from the byline, else as declared, else from a marked date after the body.

    A page that shows only the day of its last change is dated by that.
    """
    readings = list(_readings(lines.top, doubtful=lines.first))
    marked = [reading for reading in _readings(lines.far) if reading.published]
    visible = _best([reading for reading in (*readings, *marked) if not reading.updated])
    stated = _declared(declared, "datePublished", PUBLISHED_METAS)
    if visible and not (visible.unsure and stated):
        return _refined(visible, stated)
    late = [reading for reading in _readings(lines.tail) if reading.published and not reading.updated]
    last = _best(late) or _best(readings)
    return stated or (Found(last.iso, BYLINE) if last else None)


def modified(lines: Bylines, declared: Declared) -> Found[str] | None:
    """The day of the last change, where the page speaks of one."""
    visible = next((reading for reading in _readings((*lines.top, *lines.tail)) if reading.updated), None)
    stated = _declared(declared, "dateModified", MODIFIED_METAS)
    return _refined(visible, stated) if visible and not visible.unsure else stated


def _refined(visible: Reading, stated: Found[str] | None) -> Found[str]:
    """The visible date, or the declared one where it says the same and more: the time of that day, its seconds."""
    more = stated.value.removeprefix(visible.iso) if stated and stated.value.startswith(visible.iso) else ""
    return stated if stated and MORE.match(more) else Found(visible.iso, BYLINE)


def _declared(declared: Declared, key: str, names: tuple[str, ...]) -> Found[str] | None:
    said = declared.said(key)
    iso = machine_date(said) if said else None
    if iso:
        return Found(iso, JSON_LD)
    for name in names:
        found = declared.meta(name)
        iso = machine_date(found.value) if found else None
        if found and iso:
            return Found(iso, found.origin)
    return None


def _readings(lines: tuple[Line, ...], doubtful: tuple[Line, ...] = ()) -> Iterator[Reading]:
    """The dates of lines that are bylines.

    Without a word, a date that opens the body, or stands behind the title of a document, may be that of the document.
    """
    word_before = ""
    for line in lines:
        text, end = line.whole, 0
        weight = byline_weight(text, line.stamps) if line.stamps else 0
        if weight:
            bare = weight == 1 and ("《" in text or any(line is other for other in doubtful))
            for stamp in line.stamps:
                words = (text[max(end, stamp.start - WORD_REACH) : stamp.start]) or word_before
                updated = bool(UPDATED.search(words)) or bool(UPDATED_AFTER.match(text, stamp.end))
                yield Reading(stamp.iso, updated, bool(PUBLISHED.search(words)), stamp.unsure or bare)
                end = stamp.end
        word_before = text if len(text) <= WORD_REACH else ""


def byline_weight(line: str, found: Sequence[Stamp]) -> int:
    """How clearly a half-width line is about its dates: 2 beside a credit or a marker, 1 nearly alone, else 0.

    A line with much other text, or with nothing but a date in brackets (when a law was passed, say), is none.
    """
    other = len(line) - sum(stamp.end - stamp.start for stamp in found)
    marked = any(PUBLISHED.search(line[: stamp.start][-WORD_REACH:]) for stamp in found)
    if found and (marked or UPDATED.search(line) or CREDIT.search(line) or BULLET.match(line, found[0].end)):
        return 2 if other <= OTHER_TEXT else 0
    return 1 if found and other <= UNMARKED_TEXT and not line.startswith("(") else 0


def _best(readings: list[Reading]) -> Reading | None:
    """The first date that is marked as the day of publication, else the first; in its most precise form."""
    if not readings:
        return None
    chosen = next((reading for reading in readings if reading.published), readings[0])
    same = [reading for reading in readings if reading.iso.startswith(chosen.iso)]
    return max(same, key=lambda reading: len(reading.iso))
