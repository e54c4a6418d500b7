"""Dates in a text, in the forms that bylines and declarations write them, as ISO 8601.

A date has a year and is one of the calendar; it is exactly as precise as it was written.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from typing import NamedTuple

from newsclean.metadata.values import half_width
from newsclean.patterns import lazy

YEARS = range(1980, 2100)
"""The years that a saved page can be from; anything else that looks like a year is a number."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro ocak januari ianuarie stycznia ledna tammikuuta január "
            "января січня",
            "february feb februar février fevrier febrero febbraio fevereiro şubat februari februarie lutego února "
            "helmikuuta február февраля лютого",
            "march mar märz marz mars marzo março mart maart martie marca března maaliskuuta március maret марта "
            "березня",
            "april apr avril abril aprile nisan aprilie kwietnia dubna huhtikuuta április апреля квітня",
            "may mai mayo maggio maio mayıs mei maj května maja toukokuuta május мая травня",
            "june jun juni juin junio giugno junho haziran iunie czerwca června kesäkuuta június июня червня",
            "july jul juli juillet julio luglio julho temmuz iulie lipca července heinäkuuta július июля липня",
            "august aug août aout agosto ağustos augustus augusti sierpnia srpna elokuuta augusztus agustus августа "
            "серпня",
            "september sep sept septembre septiembre settembre setembro eylül septembrie września září syyskuuta "
            "szeptember сентября вересня",
            "october oct oktober octobre octubre ottobre outubro ekim octombrie października října lokakuuta október "
            "октября жовтня",
            "november nov novembre noviembre novembro kasım noiembrie listopada listopadu marraskuuta ноября листопада",
            "december dec dezember décembre decembre diciembre dicembre dezembro aralık decembrie grudnia prosince "
            "joulukuuta desember декабря грудня",
        ),
        start=1,
    )
    for name in names.split()
}
"""Month names and their common short forms, by language family; the number is the month."""

NAMED_MONTH = r"(?P<month>[^\W\d_]{3,12})"
"""A word that may be a month's name."""


WEEKDAY = r"[(（]?(?:[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)[a-z]{0,6}[)）]?"
"""A day of the week, as some write it between day and year."""

ZONE = (
    r"(?P<zone>\s?\(?(?:GMT|UTC)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?(?!\w)\)?|(?:\s?\+\d\d:?\d\d"
    r"|(?:(?<=:\d\d:\d\d)|(?<=T\d\d:\d\d))-\d\d:?\d\d|\s-\d{4})(?![\d:]|\s?[\u3400-\u9fff])|Z\b)?"
)
"""A zone after a time, as a number; a name (EST, CST) may stand for several. `08:30-10:00` is a span of time."""

CLOCK = (
    r"(?:[\s,.|T@·•–-]{0,3}(?:(?:at|um|à|às|a\slas|alle|kl\.|klo)\s+|[(（]?(?:星期|周|週)\S[)）]?\s*)?"
    r"(?P<half>上午|下午|晚上|晚间|中午|凌晨|早上|午前|午後|오전|오후)?\s?"
    r"(?P<hour>\d{1,2})\s?[:时時点點h]\s?(?P<minute>\d{2})(?:\s?[:分]\s?(?P<second>\d{2}))?(?!\d)"
    r"[分秒]?(?:\s?(?P<ampm>[AaPp])\.?[Mm]\b)?" + ZONE + ")?"
)
"""A time of day after a date, as bylines write it."""

DOTTED_CLOCK = CLOCK.replace("h]", "h.]", 1)
"""The same, where a month's name leaves no doubt that `06.00` is a time."""

YEAR = lazy(r"(?:19|20|１９|２０)[\d０-９]{2}")
"""No date is without a year: the quick look that spares most lines the close one."""

FORMS = (
    lazy(
        r"(?:(?<!\d)|(?<=\d:\d\d))(?P<year>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<month>\d{1,2})\s?[-/.月월]\s?(?P<day>\d{1,2})(?!\d)\s?[日号號일]?"
        + CLOCK
    ),
    lazy(
        rf"(?<!\w){NAMED_MONTH}\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?:{WEEKDAY},?\s)?(?P<year>(?:19|20)\d\d)(?!\d)"
        + DOTTED_CLOCK
    ),
    lazy(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?[\s-](?:de\s)?{NAMED_MONTH}\.?,?[\s-](?:del?\s)?"
        r"(?P<year>(?:19|20)\d\d)(?!\d)" + DOTTED_CLOCK
    ),
    lazy(rf"(?<![\d-])(?P<year>(?:19|20)\d\d)\.?\s{NAMED_MONTH}\s(?P<day>\d{{1,2}})(?![\d,])\.?" + CLOCK),
    lazy(r"(?<!\d)(?P<first>\d{1,2})(?P<by>[-/.])(?P<last>\d{1,2})[-/.](?P<year>(?:19|20)\d\d)(?!\d)" + CLOCK),
)
"""Year first; month name first; day first with a month's name; year first with one; numbers with the year last."""

CLOCK_BEFORE = lazy(r"(?<![\d:])(\d{1,2}):(\d{2})\s?$")
"""A time of day that stands before its date (19:05 2020/02/28), or runs into it where only style parts them."""

MACHINE = lazy(
    r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)(?:[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:[.,]\d+)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)
"""ISO 8601 as declarations write it."""

MAX_DATES = 8
"""No byline has more dates; a list of dates is not searched to its end."""

LAST_MONTH, HOURS, SIXTY, NOON = 12, 24, 60, 12
"""The bounds of the calendar and of the clock."""

SHORT_ZONE, FAR_ZONE = len("+08"), 14
"""A zone without minutes, and the hours of the farthest one."""

AFTERNOON, MORNING = frozenset("下午 晚上 晚间 午後 오후".split()), frozenset("上午 凌晨 午前 오전".split())
"""Words for the halves of a day."""


class Stamp(NamedTuple):
    """A date found in a text: its ISO 8601 form and where it stands.

    It is `unsure` when day and month may be swapped, or a time runs into it; `swapped` is what it is where people
    write the day first.
    """

    iso: str
    start: int
    end: int
    unsure: bool = False
    swapped: str | None = None


def stamps(text: str) -> list[Stamp]:
    """All dates in a half-width text, in order; what is no date of the calendar is left out."""
    found: list[Stamp] = []
    for form in FORMS if YEAR.search(text) else ():
        for match in form.finditer(text):
            stamp = _stamp(text, match)
            if stamp is not None and not any(s.start < stamp.end and stamp.start < s.end for s in found[-MAX_DATES:]):
                found.append(stamp)
            if len(found) >= MAX_DATES:
                break
    return sorted(found, key=lambda stamp: stamp.start)


def without_dates(text: str, found: Sequence[Stamp]) -> str:
    """The text with a bar in place of each of its dates."""
    pieces, end = [], 0
    for stamp in found:
        pieces.append(text[end : stamp.start])
        end = max(end, stamp.end)
    return "|".join([*pieces, text[end:]])


def machine_date(text: str) -> str | None:
    """The ISO 8601 form of a declared date; midnight sharp is a day without a time."""
    match = MACHINE.match(text.strip())
    if match is None:
        found = stamps(half_width(text[:200]))
        return found[0].iso.split("T00:00")[0] if found and not found[0].unsure else None
    return _iso(match, int(match["month"]), int(match["day"]))


def _stamp(text: str, match: re.Match[str]) -> Stamp | None:
    month, day, unsure = _month_and_day(match.groupdict())
    iso = _iso(match, month, day)
    if iso is None:
        return None
    swapped = _iso(match, day, month) if unsure else None
    before = CLOCK_BEFORE.search(text[max(0, match.start() - 8) : match.start()]) if "T" not in iso else None
    if before and int(before[1]) < HOURS and int(before[2]) < SIXTY:
        glued = not before[0].endswith(" ")
        timed = f"{iso}T{int(before[1]):02}:{int(before[2]):02}"
        return Stamp(timed, match.start() - len(before[0]), match.end(), unsure or glued)
    return Stamp(iso, match.start(), match.end(), unsure, swapped)


def _month_and_day(groups: dict[str, str | None]) -> tuple[int, int, bool]:
    """The month, the day, and whether the two may be swapped; 0 is no month. Dots part the day from the month."""
    if "first" in groups:
        first, last = int(groups["first"] or 0), int(groups["last"] or 0)
        month, day = (last, first) if first > LAST_MONTH or groups["by"] == "." else (first, last)
        either = groups["by"] != "." and first != last <= LAST_MONTH >= first
        return (day, month, False) if month > LAST_MONTH else (month, day, either)
    named = (groups["month"] or "").lower()
    return int(named) if named.isdecimal() else MONTHS.get(named, 0), int(groups["day"] or 0), False


def _iso(match: re.Match[str], month: int, day: int) -> str | None:
    year = int(match["year"])
    if year not in YEARS or not 1 <= month <= LAST_MONTH or not 1 <= day <= monthrange(year, month)[1]:
        return None
    date = f"{year:04}-{month:02}-{day:02}"
    clock = _clock(match)
    return f"{date}T{clock}{_zone(match['zone'])}" if clock else date


def _clock(match: re.Match[str]) -> str | None:
    if match["hour"] is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"])
    hour = _in_24_hours(hour, match.groupdict())
    if hour >= HOURS or minute >= SIXTY:
        return None
    second = match["second"]
    if match.re.pattern is MACHINE.pattern and (hour, minute, int(second or 0)) == (0, 0, 0):
        return None
    return f"{hour:02}:{minute:02}" + (f":{int(second):02}" if second and int(second) < SIXTY else "")


def _in_24_hours(hour: int, groups: dict[str, str | None]) -> int:
    ampm, half = (groups.get("ampm") or "").lower(), groups.get("half")
    if (ampm == "p" or half in AFTERNOON) and hour < NOON:
        return hour + NOON
    return 0 if hour == NOON and (ampm == "a" or half in MORNING) else hour


def _zone(said: str | None) -> str:
    """A zone as ISO 8601 writes it; nothing where none is said, or one that no clock has."""
    digits = (said or "").strip(" ()GMTUCZ").replace(":", "").replace(" ", "")
    if not digits:
        return "Z" if said else ""
    hours, minutes = (digits[1:-2], digits[-2:]) if len(digits) > SHORT_ZONE else (digits[1:], "00")
    return f"{digits[0]}{hours:0>2}:{minutes}" if int(hours) <= FAR_ZONE else ""
