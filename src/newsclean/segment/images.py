"""Which address an `<img>` really shows: lazy loaders put it into attributes of their own."""

from __future__ import annotations

import re
from typing import Final

from newsclean.patterns import lazy
from newsclean.segment.elements import Attributes

LAZY_ATTRIBUTES: Final = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-echo",
    "data-actualsrc",
    "data-url",
    "original",
    "file",
)
"""Where lazy loaders keep the address, the most usual first."""

LAZY_NAMES: Final = frozenset(LAZY_ATTRIBUTES)
"""The same, to ask in one go whether there is any."""

PLACEHOLDER: Final = lazy(
    r"^(?:data:|about:)|(?:blank|grey|loading|lazyload|placeholder|spacer|transparent|1x1|pixel)[\w-]{0,40}\.(?:gif|png|svg|jpe?g)",
    re.IGNORECASE,
)
"""What stands in `src` until the image is loaded."""

ADDRESS: Final = lazy(r"^(?:https?:)?/|^[\w.~%][^\s:]*\.\w{2,5}(?:[?#]|$)|^https?:", re.IGNORECASE)
"""What a lazy attribute must look like to be taken for an address."""

TRACKING_SIZES: Final = frozenset({"0", "1", "2", "0px", "1px", "2px"})
"""Widths and heights of images that only count readers."""


def image_source(attributes: Attributes) -> str | None:
    """The address that an `<img>` shows to a reader, or None where it shows nothing (a placeholder, a counter)."""
    if attributes.get("width") in TRACKING_SIZES or attributes.get("height") in TRACKING_SIZES:
        return None
    candidates = [] if LAZY_NAMES.isdisjoint(attributes) else waiting(attributes)
    source = (attributes.get("src") or "").strip()
    if source and not PLACEHOLDER.search(source):
        candidates.append(source)
    srcset = attributes.get("srcset") or attributes.get("data-srcset")
    if srcset and not candidates:
        candidates.extend(srcset.strip().split(None, 1)[:1])
    return candidates[0].rstrip(",") if candidates and not candidates[0].startswith("data:") else None


def waiting(attributes: Attributes) -> list[str]:
    """The addresses that lazy loaders keep for later, the most usual attribute first."""
    found = []
    for name in LAZY_ATTRIBUTES:
        value = (attributes.get(name) or "").strip()
        if value and ADDRESS.search(value):
            found.append(value)
    return found
