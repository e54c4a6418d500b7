"""Which files are pages of one article: by their names first, then by the links between them.

`a.html`, `a_1.html`, `a_2.html` are called as the pages of one article are, and so are the articles `news_1.html` and
`news_2.html`. Of what is called so, pages belong together that link to each other by name; that they have the same
headline, too, is seen when they are cleaned. Only pages with such names are opened here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from newsclean.batch.options import Selection
from newsclean.errors import UnreadableInputError
from newsclean.patterns import lazy
from newsclean.sources import Found, Others, Unreadable, read
from newsclean.sources.forms import is_archive_name, page_stem
from newsclean.sources.names import text_of

NUMBER = lazy(r"(?:([_-](?:p(?:age)?[_-]?)?)([0-9]{1,3})|(\s?\()([0-9]{1,3})\))\Z", re.IGNORECASE)
"""How the name of a further page ends, without its ending: `a_2`, `a-2`, `a_p2`, `a-page-2`, `a(2)`."""

FIRST = (0, 1, 2)
"""The numbers that a series begins with: the page without a number is followed by any of them."""

MOST = 200
"""More pages than this are no article, and looking for links among them takes time."""

LINK = lazy(
    rb"""href\s{0,4}=\s{0,4}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))""",
    re.IGNORECASE,
)
"""An address that a page links to."""

CHINESE = "gb18030"
"""What an address is written in that is not UTF-8."""


class Name(NamedTuple):
    """What the pages of a series have in common: the name before the number, what stands between, and the ending."""

    stem: str
    separator: str
    ending: str


class Gatherer:
    """Finds the pages that belong together among the wanted files of a directory; `limit` is in bytes a page."""

    def __init__(self, selection: Selection, limit: int) -> None:
        self._selection, self._limit = selection, limit

    def __call__(self, folder: str, names: Collection[str]) -> Others:
        """Return what knows which further pages belong to a file, and opens files only when they are asked for."""
        wanted = frozenset(name for name in names if self._selection.takes(os.path.join(folder, name)))
        alike = {name: series for series in series_by_name(wanted) for name in series}
        known: dict[str, tuple[str, ...] | None] = {}

        def others(name: str) -> tuple[str, ...] | None:
            if name in alike and name not in known:
                known.update(dict.fromkeys(alike[name], ()))
                for first, *rest in linked(folder, alike[name], self._limit):
                    known.update({first: tuple(rest), **dict.fromkeys(rest)})
            return known.get(name, ())

        return others


def series_by_name(names: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Find names that differ by the number of a page alone, in the order of the numbers; no name is in two series."""
    numbered: dict[Name, dict[int, str]] = {}
    doubtful = set()
    for name in sorted(names):
        stem = page_stem(name)
        match = None if is_archive_name(name) else NUMBER.search(stem)
        if match and match.start():
            common = Name(stem[: match.start()], (match[1] or match[3]).lower(), name[len(stem) :])
            if numbered.setdefault(common, {}).setdefault(int(match[2] or match[4]), name) != name:
                doubtful.add(common)  # a_1 and a_01
    taken: set[str] = set()
    for common in sorted(numbered.keys() - doubtful, key=lambda each: (-len(each.stem), each)):
        series = [name for name in in_a_row(common, numbered[common], names) if name not in taken]
        if 1 < len(series) <= MOST:
            taken.update(series)
            yield tuple(series)


def in_a_row(common: Name, numbered: dict[int, str], names: Collection[str]) -> Iterator[str]:
    """Yield the names of a series, beginning with the one without a number, as far as no number is missing."""
    base = common.stem + common.ending
    if base in names:
        yield base
    number = min(numbered)
    if number not in FIRST:
        return
    while number in numbered:
        yield numbered[number]
        number += 1


def linked(folder: str, series: tuple[str, ...], limit: int) -> Iterator[list[str]]:
    """Part a series into those that are linked with each other, in either direction and over others; none alone."""
    stems = [page_stem(name) for name in series]
    links = [links_of(os.path.join(folder, name), limit) for name in series]
    groups = list(range(len(series)))
    for one, linking in enumerate(links):
        for other, stem in enumerate(stems):
            if linking is not None and links[other] is not None and stem in linking:
                groups = [groups[one] if each == groups[other] else each for each in groups]
    for group in dict.fromkeys(groups):
        pages = [name for name, own in zip(series, groups, strict=True) if own == group]
        if len(pages) > 1:
            yield pages


def links_of(path: str, limit: int) -> frozenset[str] | None:
    """Return what a page links to: the last parts of the addresses, without endings; None if it cannot be read."""
    from urllib.parse import unquote_to_bytes  # slow to import

    if not os.path.isfile(path):  # a pipe can be read once only
        return None
    try:
        page = next(iter(read(Found(path), limit)), None)
    except UnreadableInputError:  # whoever cleans it will say what is wrong
        return None
    if page is None or isinstance(page, Unreadable) or page.member:
        return None
    addresses = (match[1] or match[2] or match[3] for match in LINK.finditer(page.data.replace(b"\0", b"")))
    lasts = {re.split(rb"[?#]", address.strip(), maxsplit=1)[0].rpartition(b"/")[2] for address in addresses}
    return frozenset(page_stem(text_of(unquote_to_bytes(last), CHINESE)) for last in lasts)
