"""The day an article was published, and the day it was last changed: ISO 8601, exactly as precise as the page.

A date that a reader sees in the byline wins over a declared one: templates declare UTC, the day of the last build, or
nothing but midnight. No time zone is invented, and a relative date ("yesterday") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from newsclean.metadata import stated_dates
from newsclean.metadata.byline import Bylines, Line
from newsclean.metadata.date_forms import Stamp, machine_date
from newsclean.metadata.declared import Declared, Time
from newsclean.metadata.values import BYLINE, DAY, Found
from newsclean.patterns import lazy

UPDATED = lazy(
    r"更新|修改|编辑于|수정|updated|update:|modified|last (?:edited|reviewed|revised)|aktualisiert|mis à jour"
    r"|actualizado|atualizado|aggiornato|bijgewerkt|zaktualizowano|обновлено|оновлено",
    re.IGNORECASE,
)
"""Words before a date that make it the day of the last change."""

UPDATED_AFTER = lazy(r"\s?(?:更新(?!\s?(?:[时時日於于:]|\d))|수정)")
"""The same word behind its date (2024-05-01 08:30更新), where it does not open the next one."""

PUBLISHED = lazy(
    r"(?:发布|發布|發佈|发表|發表|发稿|發稿|时间|時間|日期|刊登|公開|掲載|配信|입력|등록|published|posted|date|time"
    r"|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|opublikowano|опубликовано|опубліковано)"
    r"(?:时间|時間|日期|于|於|日時|日|\stime|\son|\sam|\sle|\sel|\sil|\sem|\sop)?(?:\sthe)?\W{0,3}"
    r"(?:(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?\W{1,2})?$",
    re.IGNORECASE,
)
"""Words before a date that make it the day of publication."""

OTHER_DAY = lazy(
    r"成文|落款|生效|施行|实施|實施|截止|有效|活动|活動|开庭|考试|报名|成立|注册|登录|下载|抓取|当前|打印|今天是|举办|舉辦|会议|會議|"
    r"expires?|valid|deadline|event|webinar",
    re.IGNORECASE,
)
"""Words before a date that make it a day of something else: when a document was signed, say."""

COLOPHON = lazy(r"版权|版權|主办|主辦|承办|承辦|copyright|©", re.IGNORECASE)
"""What a site says of itself: a date beside it is the site's."""

PLAIN_WORD = lazy(r"(?:发布|發布|日期|时间|時間|published|posted)\w{0,4}:\s?$", re.IGNORECASE)
"""Such words with a colon: the date is the article's, whatever else (its tags, say) the line holds."""

CREDIT = lazy(
    r"(?:来\s?源|來源|稿源|作\s?者|编\s?辑|編輯|责编)\s?[:|]|(?:来源|來源|作者)\S|记者|記者|/\S{0,6}(?:报道|報導)"
    r"|^(?:(?:written|posted|reviewed)\s)?by\b|\bmin(?:ute)?s?\sread|\bread(?:ing)?\stime",
    re.IGNORECASE,
)
"""Words of a byline beside its date."""

BULLET = lazy(r"\s?[|•·]")
"""What parts a date from the rest of a Western byline."""

BULLET_BEFORE = lazy(r"\s[|•·⋅]\s?$")
"""The same before its date; a bar without a space is where a link ends."""

MORE = lazy(r"T|:(?!00)\d")
"""What a declared date may add to the visible one: a time, or seconds that are not the nought of a template."""

VISIBLE_ZONE = lazy(r"(?<=:\d\d)(?:Z|[+-]\d\d:\d\d)$")
"""The zone at the end of a date."""

WORD_REACH = 16
"""How far before a date such a word may stand."""

OTHER_TEXT, UNMARKED_TEXT = 60, 30
"""A line with more text than this beside its dates tells a story (or is another article's headline); one whose dates
no word marks must be shorter still."""

MONTH_FIRST = frozenset({"en", "zh", "ja", "ko"})
"""Languages that do not write the day first where the year comes last; English does outside of America."""

DAY_FIRST_ENGLISH = lazy(r"en[-_](?:gb|ie|au|nz|in|za)", re.IGNORECASE)
"""English that does."""

CLEARLY_LATER = 2
"""Days between two dates that no zone explains."""


class Reading(NamedTuple):
    """A date of a byline, and what the words before it make of it; `unsure` yields to a declared one."""

    iso: str
    updated: bool
    published: bool
    unsure: bool


class Dates(NamedTuple):
    """When an article was published, and when it was last changed."""

    published: Found[str] | None
    modified: Found[str] | None


def when(lines: Bylines, declared: Declared, language: str | None = None, url: str | None = None) -> Dates:
    """The two days of an article.

    `language` is that of its text, which tells what 3/4/2024 means; `url` is the last place that is asked.
    """
    day_first = writes_day_first(declared.language, language)
    near = [*_readings(lines.top, day_first, lines.first), *_timed((*lines.top, *lines.inner), declared)]
    near += _readings(lines.inner, day_first)
    far = [reading for reading in _readings(lines.far, day_first) if reading.published or reading.updated]
    tail = [*_readings(lines.tail, day_first), *_timed(lines.tail, declared)]
    stated, changed = stated_dates.stated(declared), stated_dates.changed(declared)
    shown = [_weighed(reading, stated, changed) for reading in (*near, *far)]
    first = _published(shown, tail, stated) or _last_resort(shown, _late(lines.tail, tail), declared, url)
    return Dates(first, _modified([*shown, *tail], changed))


def writes_day_first(stated: str | None, language: str | None) -> bool:
    """Whether 3/4/2024 is a day of April, by the language that the page declares, else that of its text."""
    code = (stated or "").strip().lower()[:2] or language
    return bool(DAY_FIRST_ENGLISH.match((stated or "").strip())) or (code is not None and code not in MONTH_FIRST)


def _published(shown: list[Reading], tail: list[Reading], stated: Found[str] | None) -> Found[str] | None:
    """The day of publication: from the byline, else as declared, else from a marked date after the body."""
    visible = _best([reading for reading in shown if not reading.updated], stated)
    if visible and not (visible.unsure and stated):
        return _refined(visible, stated)
    late = _best([reading for reading in tail if reading.published and not reading.updated], stated) or visible
    return stated or (Found(late.iso, BYLINE) if late else None)


def _last_resort(shown: list[Reading], late: Reading | None, declared: Declared, url: str | None) -> Found[str] | None:
    """The day in the address; else that of the last change, on a page that shows no other."""
    placed = stated_dates.in_address(url)
    last = _best(shown, None)
    if placed or last:
        return placed or (Found(last.iso, BYLINE) if last else None)
    return stated_dates.only_time(declared) or (Found(late.iso, BYLINE) if late else None)


def _late(lines: Sequence[Line], tail: list[Reading]) -> Reading | None:
    """A date after the body: of the last change, or right behind it, with its time, and alone: lists hold days."""
    alone = [bool(line.stamps) for line in lines].count(True) == 1 and bool(lines[0].stamps)
    return next((reading for reading in tail if reading.updated or (alone and "T" in reading.iso)), None)


def _modified(readings: list[Reading], changed: Found[str] | None) -> Found[str] | None:
    """The day of the last change, where the page speaks of one."""
    visible = next((reading for reading in readings if reading.updated), None)
    return _refined(visible, changed) if visible and not visible.unsure else changed


def _weighed(reading: Reading, stated: Found[str] | None, changed: Found[str] | None) -> Reading:
    """An unmarked date is that of the last change where it is declared as that, and publication on an earlier day."""
    day = reading.iso[:DAY]
    if reading.published or not stated or not changed or changed.value[:DAY] != day:
        return reading
    later = date.fromisoformat(day) - date.fromisoformat(stated.value[:DAY])
    return reading._replace(updated=reading.updated or later.days >= CLEARLY_LATER)


def _refined(visible: Reading, stated: Found[str] | None) -> Found[str]:
    """The visible date, or the declared one where it says the same and more: the time of that day, its seconds."""
    zone = VISIBLE_ZONE.search(visible.iso)
    bare = visible.iso[: zone.start()] if zone else visible.iso
    more = stated.value.removeprefix(bare) if stated and stated.value.startswith(bare) else ""
    agree = zone is None or bool(stated and _in_utc(stated.value).endswith(_in_utc(zone.group())))
    return stated if stated and agree and MORE.match(more) else Found(visible.iso, BYLINE)


def _in_utc(iso: str) -> str:
    return iso.removesuffix("Z") + "+00:00" if iso.endswith("Z") else iso


def _timed(lines: Sequence[Line], declared: Declared) -> Iterator[Reading]:
    """The dates for machines behind what lines without a date show ("3 hours ago"); a declared one is as good."""
    for line in lines if declared.times else ():
        for time in () if line.stamps else declared.times:
            iso = machine_date(time.date) if time.text and time.text in line.whole else None
            if iso and len(line.whole) - len(time.text) <= OTHER_TEXT and _is_alone(time, declared):
                yield Reading(iso, bool(UPDATED.search(line.whole)), time.published, unsure=True)


def _is_alone(time: Time, declared: Declared) -> bool:
    return all(other.date[:DAY] == time.date[:DAY] for other in declared.times if other.text == time.text)


def _readings(lines: Sequence[Line], day_first: bool, doubtful: Sequence[Line] = ()) -> Iterator[Reading]:
    """The dates of lines that are bylines.

    Without a word, a date that opens the body, or stands behind the title of a document, may be that of the document.
    """
    word_before = ""
    for line in lines:
        text, end = line.whole, 0
        own = line.stamps and (CREDIT.search(text) or not COLOPHON.search(text))
        weight = byline_weight(text, line.stamps) if own else 0
        if weight:
            bare = weight == 1 and ("《" in text or any(line is other for other in doubtful))
            for stamp in line.stamps:
                words = (text[max(end, stamp.start - WORD_REACH) : stamp.start]) or word_before
                if OTHER_DAY.search(words):
                    continue
                updated = bool(UPDATED.search(words)) or bool(UPDATED_AFTER.match(text, stamp.end))
                iso = stamp.swapped if stamp.swapped and day_first else stamp.iso
                yield Reading(iso, updated, bool(PUBLISHED.search(words)), stamp.unsure or bare)
                end = stamp.end
        word_before = text if len(text) <= WORD_REACH else ""


def byline_weight(line: str, found: Sequence[Stamp]) -> int:
    """How clearly a half-width line is about its dates: 2 beside a credit or a marker, 1 nearly alone, else 0.

    A line with much other text, or with nothing but a date in brackets (when a law was passed, say), is none.
    """
    other = len(line) - sum(stamp.end - stamp.start for stamp in found)
    marked = any(PUBLISHED.search(line[: stamp.start][-WORD_REACH:]) for stamp in found)
    if found and (
        marked
        or _is_plain(line, found[0])
        or UPDATED.search(line)
        or CREDIT.search(line)
        or _beside_bullet(line, found[0])
    ):
        return 2 if other <= OTHER_TEXT or _is_plain(line, found[0]) else 0
    return 1 if found and other <= UNMARKED_TEXT and not line.startswith("(") else 0


def _is_plain(line: str, stamp: Stamp) -> bool:
    """Whether a line names its date, or begins with it before a name."""
    if stamp.start:
        return bool(PLAIN_WORD.search(line[: stamp.start][-WORD_REACH:]))
    return line.startswith((" by ", " By "), stamp.end)


def _beside_bullet(line: str, stamp: Stamp) -> bool:
    return bool(BULLET.match(line, stamp.end) or BULLET_BEFORE.search(line[: stamp.start][-WORD_REACH:]))


def _best(readings: list[Reading], stated: Found[str] | None) -> Reading | None:
    """The first date that is marked as the day of publication, else one that is declared, else the first.

    It is taken in its most precise form.
    """
    if not readings:
        return None
    day = stated.value[:DAY] if stated else ""
    marked = (reading for reading in readings if reading.published)
    agreed = (reading for reading in readings if reading.iso[:DAY] == day)
    chosen = next(marked, None) or next(agreed, None) or readings[0]
    same = [reading for reading in readings if reading.iso.startswith(chosen.iso)]
    return max(same, key=lambda reading: len(reading.iso))
