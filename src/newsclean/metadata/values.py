"""A value and where on the page it was read: what every field of the metadata is made of.

A field is looked for in one place after the other, the most trusted first; each place gives a `Found` or None, so that
`in_byline(…) or in_json_ld(…) or in_meta(…)` is the whole order of trust, readable in one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlsplit

from newsclean.patterns import lazy

T = TypeVar("T")

BYLINE = "visible byline"
HEADLINE = "visible headline"
SIGNATURE = "visible signature"
BREADCRUMB = "visible breadcrumb"
BODY = "body text"
JSON_LD = "JSON-LD"
OPEN_GRAPH = "Open Graph"
META = "meta"
TITLE_TAG = "<title>"
TIME = "<time>"

DAY = len("2024-05-01")
"""So much of an ISO 8601 date is its day."""

MAX_NAMES = 12
"""More names than this are a list of something else."""

NO_WORD = lazy(r"[\W_]+")
"""What does not count when two writings are compared."""

HALF_WIDTH = str.maketrans("０１２３４５６７８９：／｜（）［］－．，　\xa0", "0123456789:/|()[]-.,  ")
"""Full-width digits and separators, as bylines use them side by side with the half-width ones; same length."""


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value and the name of the place where it was read."""

    value: T
    origin: str


def half_width(text: str) -> str:
    """The text with half-width digits, brackets and separators; no position in it moves."""
    return text.translate(HALF_WIDTH)


def fold(text: str) -> str:
    """What two writings of the same words have in common: letters and digits, in lower case."""
    return NO_WORD.sub("", text.lower())


def host_of(url: str) -> str | None:
    """The host of an address, or None where it names none or makes no sense."""
    try:
        return urlsplit(url).hostname
    except ValueError:  # a bracket out of place: what looks like an IPv6 host and is none
        return None


def unique(values: list[str]) -> tuple[str, ...]:
    """The values in order, each once."""
    return tuple(dict.fromkeys(values))
