"""What a page says its headline is: `<title>`, JSON-LD and Open Graph, each with or without the names of the site."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsclean.metadata.declared import Declared
from newsclean.metadata.values import JSON_LD, TITLE_TAG, Found, fold
from newsclean.models import LabelledBlock
from newsclean.patterns import lazy

MAX_CHARS = 300
"""A longer text is no headline."""

SEPARATOR = lazy(
    r"\s{1,4}[-–—|｜·•»:]\s{1,4}|\s{0,4}[|｜_＿»]\s{0,4}|\s?--+\s?"
    r"|(?<=[\u3400-\u9fff!?])(?:(?<![!?])\s?[-–—]\s?(?=[\u3400-\u9fffA-Z])|-(?=\w))"
)
"""What parts the headline from the names of channel and site in `<title>`."""

BADGE = lazy(r"(?:原创|原創|独家|獨家|转载|轉載|置顶|置頂|首发|首發|图集|视频|快讯|快訊)[:|\s]?")
"""What a portal sets before a headline, in a box that the text has lost."""

CUT = lazy(r"\s{0,4}(?:…|\.\.\.)$")
"""How a cut headline ends."""


class Claims(NamedTuple):
    """What the page says its headline is, folded: `<title>`, the declared ones, and the names of the site.

    A dump has no `<title>`, but often its text as the first line, which then stands in for it (`declared` is False).
    `longest` is the longest part of `<title>`.
    """

    tag: str
    tag_raw: str
    longest: str
    stated: frozenset[str]
    names: frozenset[str]
    declared: bool


def read(labelled: Sequence[LabelledBlock], declared: Declared) -> Claims:
    """Gather what a page claims."""
    raw = declared.title or (labelled[0].block.text if len(labelled) > 1 else "")[:MAX_CHARS]
    given = (
        declared.said("headline"),
        *(found.value for name in ("og:title", "twitter:title") if (found := declared.meta(name))),
    )
    forms = {fold(form) for text in given if text for form in (text, without_site(text, declared))}
    site = declared.meta("og:site_name", "application-name")
    parts = [fold(part) for part in SEPARATOR.split(declared.title or "")]
    longest = max(parts, key=len)
    names = {part for part in parts[1:][-2:] if part != longest} | ({fold(site.value)} if site else set())
    return Claims(
        tag=fold(CUT.sub("", raw)),
        tag_raw=raw,
        longest=longest,
        stated=frozenset(forms - {""}),
        names=frozenset(names - {""}),
        declared=bool(declared.title),
    )


def without_site(text: str, declared: Declared) -> str:
    """A declared headline without the channel's and the site's name behind (or before) it.

    Without a visible headline to compare with, only the site's own name and what stands behind it is taken off;
    where the site's name is not known, the last part, when it is the shorter one.
    """
    parts = [(match.start(), match.end()) for match in SEPARATOR.finditer(text)]
    if not parts:
        return text
    site = declared.meta("og:site_name")
    name = fold(site.value) if site else ""
    if name and fold(text[: parts[0][0]]) == name:
        return text[parts[0][1] :].strip()
    for start, end in parts if name else ():
        if fold(text[end:]) and (name in fold(text[end:]) or fold(text[end:]) in name):
            return text[:start].strip()
    first, (last_start, last_end) = parts[0][0], parts[-1]
    cut = first if "_" in text[first : parts[0][1]] else last_start
    return text[:cut].strip() if len(text) - last_end < cut else text


def whole(text: str, declared: Declared) -> str:
    """A visible headline as it stands, without a badge that is not declared; its declared form where it is cut."""
    badge = BADGE.match(text)
    rest = fold(text[badge.end() :]) if badge else ""
    if badge and rest and fold(declared.title or "").startswith(rest):
        return text[badge.end() :]
    if not CUT.search(text):
        return text
    start = CUT.sub("", text)
    longer = (declared.said("headline"), *(found.value for found in (declared.meta("og:title"),) if found))
    return next((form for form in longer if form and form.startswith(start) and not CUT.search(form)), text)


def stated(declared: Declared) -> Found[str] | None:
    """The headline as declared, for a page that shows none."""
    said = declared.said("headline")
    if said:
        return Found(said, JSON_LD)
    found = declared.meta("og:title", "twitter:title")
    if found:
        return Found(without_site(found.value, declared), found.origin)
    return Found(without_site(declared.title, declared), TITLE_TAG) if declared.title else None
