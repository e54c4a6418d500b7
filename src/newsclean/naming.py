"""Names of elements and attributes that are different without end, made few before a page is parsed.

The parser keeps the names of a page in tables that it goes through at each new one, and so it does with the attributes
of an element: quadratic time in how many *different* ones there are. No page has more than some hundred, so what is
beyond any use is left out: an attribute goes, an element becomes a `<span>`. No text is touched.
"""

from __future__ import annotations

import re

from newsclean.html_source import HtmlSource
from newsclean.patterns import lazy
from newsclean.tags import ATTRIBUTES, tags

LONG_PAGE = 400_000
"""Characters of a page whose names are counted; a shorter one has no room for more than a few seconds' work."""

LONG_TAG = lazy(r"<[a-z][^>]{2000}", re.IGNORECASE)
"""The beginning of a tag, or what looks like one, whose attributes are counted on any page."""

MOST_NAMES = 4_000
"""Different names that a page may have of each sort: pages have 200, and data in broken markup some thousand."""

MOST_ATTRIBUTES = 250
"""Attributes that an element may have: more are words of a sentence behind a quotation mark that is missing."""

SHORTEST = 2
"""Characters that an attribute takes at least, with what parts it from the one before."""

SAID = lazy(rf"<[a-z][^\s/>]*({ATTRIBUTES})", re.IGNORECASE)
"""What is said in tags."""

ATTRIBUTE = lazy(r"""([^\s/>=][^\s/>=]*|=[^\s/>=]*)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?""")
"""An attribute, as the HTML standard takes a tag apart (section 13.2.5.32 and on)."""


def with_few_names(source: HtmlSource) -> HtmlSource:
    """The source of a page with as few different names as can be parsed in linear time; nearly always as it was."""
    has_many = _has_long_tag(source.text) or (len(source.text) > LONG_PAGE and _has_many_names(source))
    return source.having(_renamed(source.text)) if has_many else source


def _has_long_tag(text: str) -> bool:
    """Whether a tag has too many attributes, of those whose first characters hold no `>`."""
    behind = 0
    for long in LONG_TAG.finditer(text):
        if long.start() >= behind and (match := SAID.match(text, long.start())) is not None:
            if len(ATTRIBUTE.findall(match[1])) > MOST_ATTRIBUTES:
                return True
            behind = match.end()
    return False


def _has_many_names(source: HtmlSource) -> bool:
    """Whether a page has too many names, or a tag too many attributes."""
    if len(source.count) > MOST_NAMES:
        return True
    names: set[str] = set()
    for said in set(SAID.findall(source.text)):
        found = ATTRIBUTE.findall(said)
        names.update(found)
        if len(found) > MOST_ATTRIBUTES or len(names) > MOST_NAMES:
            return True
    return False


def _renamed(text: str) -> str:
    """Make the names of a page few, tag by tag."""
    elements: set[str] = set()
    attributes: set[str] = set()
    pieces: list[str] = []
    done = 0
    for match in tags(text):
        if not match["name"]:
            continue
        name = match["name"].lower()
        rest = _fewer(match["rest"], attributes)
        known = _is_among(name, elements)
        if known and rest == match["rest"]:
            continue
        pieces += text[done : match.start("name")], match["name"] if known else "span", rest
        done = match.end()
    return "".join((*pieces, text[done:]))


def _fewer(rest: str, known: set[str]) -> str:
    """Leave out of what is said in a tag the attributes that are too many, or have new names when enough are known."""
    if len(rest) < SHORTEST:
        return rest
    found = list(ATTRIBUTE.finditer(rest))
    kept = [each for each in found[:MOST_ATTRIBUTES] if _is_among(each[1].lower(), known)]
    if len(kept) == len(found):
        return rest
    return " " + " ".join([each[0] for each in kept]) + (" /" if rest.endswith("/") else "")


def _is_among(name: str, known: set[str]) -> bool:
    """Whether a name may stay: it is known, or there is room for one more."""
    if name not in known and len(known) >= MOST_NAMES:
        return False
    known.add(name)
    return True
