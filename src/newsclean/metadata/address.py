"""The page's own address: given from outside, else noted when it was saved, else declared, else printed on it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from newsclean.metadata.areas import WEB, Areas
from newsclean.metadata.date_forms import stamps
from newsclean.metadata.declared import Declared
from newsclean.metadata.values import BYLINE, Found, host_of
from newsclean.patterns import lazy

ORIGINAL = lazy(
    r"原文链接|原文地址|本文地址|本文链接|文章链接|原文連結|本文網址|original (?:article|link|url)|permalink",
    re.IGNORECASE,
)
"""Words that give the page's own address after the body."""

LONGEST = 4096
"""A longer address is none that anybody could follow."""

ANY_SCHEME = "https:"
"""What an address without a scheme is joined to where nothing else is known."""


def address(url: str | None, declared: Declared, areas: Areas, is_dump: bool) -> Found[str] | None:
    """The page's address; one that is printed in the byline counts only in a dump, which can declare none."""
    if url:
        return Found(url, "given")
    if declared.saved_from:
        return Found(declared.saved_from, "SingleFile")
    stated = declared.meta("og:url")
    shared = stated if stated and WEB.fullmatch(stated.value) and host_of(stated.value) else None
    canonical = _canonical(declared, shared.value if shared else None)
    found = canonical or shared or _printed(areas, is_dump)
    return found if found and len(found.value) <= LONGEST else None


def _canonical(declared: Declared, shared: str | None) -> Found[str] | None:
    """The canonical link; a relative one is meant from `<base>`, else from the address that the page is shared by.

    An address without a scheme (`//news.example/1`) is completed to https.
    """
    if not declared.canonical:
        return None
    joined = _join(_join(shared or ANY_SCHEME, declared.base or ""), declared.canonical)
    return Found(joined, "canonical link") if WEB.fullmatch(joined) and host_of(joined) else None


def _join(base: str, address: str) -> str:
    """An address as it is meant from another; nothing where it makes no sense."""
    try:
        return urljoin(base, address.strip())
    except ValueError:  # a bracket out of place: what looks like an IPv6 host and is none
        return ""


def _printed(areas: Areas, is_dump: bool) -> Found[str] | None:
    near = [line for line in (*areas.below, *areas.above, *areas.first) if stamps(line)] if is_dump else []
    marked = [line for line in (*areas.below, *areas.above, *areas.first, *areas.tail) if ORIGINAL.search(line)]
    match = next(filter(None, map(WEB.search, (*marked, *near))), None)
    return Found(match.group(), BYLINE) if match else None
