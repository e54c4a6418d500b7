"""The page's own address: given from outside, else noted when it was saved, else declared, else printed on it."""

from __future__ import annotations

import re

from newsclean.metadata.areas import WEB, Areas
from newsclean.metadata.declared import Declared
from newsclean.metadata.stamps import stamps
from newsclean.metadata.values import BYLINE, Found

ORIGINAL = re.compile(
    r"原文链接|原文地址|本文地址|本文链接|文章链接|原文連結|本文網址|original (?:article|link|url)|permalink",
    re.IGNORECASE,
)
"""Words that give the page's own address after the body."""


def address(url: str | None, declared: Declared, areas: Areas, is_dump: bool) -> Found[str] | None:
    """The page's address; one that is printed in the byline counts only in a dump, which can declare none."""
    if url:
        return Found(url, "given")
    if declared.saved_from:
        return Found(declared.saved_from, "SingleFile")
    if declared.canonical and WEB.fullmatch(declared.canonical.strip()):
        return Found(declared.canonical.strip(), "canonical link")
    stated = declared.meta("og:url")
    if stated and WEB.fullmatch(stated.value):
        return stated
    return _printed(areas, is_dump)


def _printed(areas: Areas, is_dump: bool) -> Found[str] | None:
    near = [line for line in (*areas.top, *areas.first) if stamps(line)] if is_dump else []
    marked = [line for line in (*areas.top, *areas.first, *areas.tail) if ORIGINAL.search(line)]
    match = next(filter(None, map(WEB.search, (*marked, *near))), None)
    return Found(match.group(), BYLINE) if match else None
