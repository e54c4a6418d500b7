"""YAML front matter by hand: two kinds of values (a string, a list of strings) need no library at run time.

A string is written plainly where every YAML reader takes it for that string, else in double quotes with the escapes
of JSON, which are YAML's too. A date is written plainly, so that site generators and note programs see a date; YAML
and Hugo know no time without seconds, so one to the minute gets `:00`.
"""

from __future__ import annotations

import json
from calendar import monthrange

from newsclean.characters import UNSAFE
from newsclean.models import Metadata
from newsclean.patterns import lazy
from newsclean.render.structure import storable

KEYS = (
    "title",
    "subtitle",
    "source",
    "authors",
    "editors",
    "date",
    "modified",
    "breadcrumb",
    "site",
    "url",
    "language",
    "description",
    "keywords",
)
"""The fields that the front matter holds, in this order, where the page says them."""

NAMES = {"url": "link"}
"""Fields that get another name: Hugo takes `url` for the address of its own page, and stops at one with a host."""

DATES = frozenset({"date", "modified"})

FIRST_SIGN = "\u00a1"
"""From this character on, and with a letter of ASCII, a string can start without quotes: those below are indicators of
YAML's, controls, and the digits, signs and dots of numbers."""

SEPARATOR = lazy(r" #|:(?: |$)| $")
"""What begins a comment, ends a key, or would be cut off; all else is safe within a plain scalar of one line."""

WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
"""Words that YAML 1.1 or 1.2 reads as something else than a string."""

DATE = lazy(
    r"(?!0000)(?P<year>[0-9]{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2][0-9]|3[01])"
    r"(?P<time>T(?:[01][0-9]|2[0-3]):[0-5][0-9](?P<seconds>:[0-5][0-9])?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?"
)
"""A day of ISO 8601, alone or with a time."""

TO_MINUTE = len("2024-05-01T10:30")
"""Where the seconds of a time stand."""

UNPRINTABLE = lazy(rf"[{UNSAFE}\xa0\ufffe\uffff]")
"""Characters that JSON leaves as they are and YAML does not, or not as part of the line, and what harms one."""


def render(metadata: Metadata) -> str:
    """The front matter between its `---` lines, ending in a newline; empty for a page that says nothing."""
    lines = [line for key in KEYS for line in _entry(key, getattr(metadata, key))]
    return storable("\n".join(["---", *lines, "---", ""])) if lines else ""


def scalar(value: str) -> str:
    """One string as a YAML scalar on one line."""
    if not value.isprintable() or not _starts_plainly(value) or value.lower() in WORDS:
        return _quoted(value)
    return _quoted(value) if SEPARATOR.search(value) else value


def _starts_plainly(value: str) -> bool:
    first = value[:1]
    return first >= FIRST_SIGN or (first.isascii() and first.isalpha())


def _entry(field: str, value: str | tuple[str, ...] | None) -> list[str]:
    """The lines of one field; none where there is no value."""
    if not value:
        return []
    key = NAMES.get(field, field)
    if isinstance(value, tuple):
        return [f"{key}:", *(f"  - {scalar(item)}" for item in value)]
    return [f"{key}: {(_date(value) if field in DATES else None) or scalar(value)}"]


def _quoted(value: str) -> str:
    """`value` in double quotes."""
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(storable(value), ensure_ascii=False))


def _date(value: str) -> str | None:
    """`value` as YAML writes a day, alone or with a time to the second; None for a day that does not exist."""
    match = DATE.fullmatch(value)
    if match is None or not 1 <= int(match["day"]) <= monthrange(int(match["year"]), int(match["month"]))[1]:
        return None
    to_the_minute = match["time"] and not match["seconds"]
    return f"{value[:TO_MINUTE]}:00{value[TO_MINUTE:]}" if to_the_minute else value
