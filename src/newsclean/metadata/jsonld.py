"""JSON-LD as pages really hold it: broken, commented out, null everywhere, and never to be trusted with recursion.

`read` turns the text of one script into the things that it describes; whatever cannot be read describes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsclean.patterns import lazy

MAX_CHARS = 1_000_000
"""A longer script holds a catalogue, not an article; reading it would cost more than it tells."""

MAX_DEPTH = 200
"""Python's JSON reader is recursive: what is nested deeper is not read. Real articles nest some ten levels."""

MAX_THINGS = 500
"""So many things of one page are looked at; the article is among the first."""

WRAPPING = lazy(r"<!--|-->|<!\[CDATA\[|\]\]>|/\*|\*/")
"""Comments and CDATA around the JSON, left from the days of XHTML."""

TRAILING_COMMA = lazy(r",(\s*[}\]])")
"""The commonest slip of templates: a comma after the last entry."""

STRUCTURE = lazy(r'["\\\[\]{}]')
"""The characters that decide how deep a piece of JSON nests."""

INWARD = ("@graph", "mainEntity", "mainEntityOfPage")
"""Where the article may hide inside another thing. Lists of related articles hang elsewhere, and are left out."""


def read(text: str) -> list[dict[str, Any]]:
    """The things that the text of one script describes, outermost first."""
    if len(text) > MAX_CHARS:
        return []
    text = WRAPPING.sub("", text).strip().rstrip(";")
    return list(_things(_load(text))) if _depth_is_safe(text) else []


def _load(text: str) -> Any:
    """The data of a text; broken JSON is common and, once its commonest slip is mended, says nothing."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        mended = TRAILING_COMMA.sub(r"\1", text)
    try:
        return json.loads(mended, strict=False)
    except ValueError:
        return None


def _depth_is_safe(text: str) -> bool:
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return True
    depth, quoted, skip = 0, False, -1
    for match in STRUCTURE.finditer(text):
        char = match.group()
        if match.start() == skip:
            continue
        if char == "\\":
            skip = match.end()
        elif char == '"':
            quoted = not quoted
        elif not quoted:
            depth += 1 if char in "[{" else -1
            if depth > MAX_DEPTH:
                return False
    return True


def _things(data: Any) -> Iterator[dict[str, Any]]:
    queue, seen = [data], 0
    while queue and seen < MAX_THINGS:
        item = queue.pop(0)
        seen += 1
        if isinstance(item, list):
            queue[:0] = item[:MAX_THINGS]
        elif isinstance(item, dict):
            yield item
            queue.extend(item[key] for key in INWARD if isinstance(item.get(key), (dict, list)))


def types(thing: Mapping[str, Any]) -> tuple[str, ...]:
    """The types of a thing, without the vocabulary's address."""
    given = thing.get("@type")
    names = given if isinstance(given, list) else [given]
    return tuple(name.rsplit("/", 1)[-1] for name in names if isinstance(name, str))


def text_of(value: Any) -> str | None:
    """The text of a value: a string, a thing's name, or the first of a list that has one; white space folded."""
    for item in value if isinstance(value, list) else [value]:
        named = item.get("name") or item.get("@value") if isinstance(item, dict) else item
        if isinstance(named, str) and named.strip():
            from html import unescape

            return " ".join(unescape(named).split())
    return None
