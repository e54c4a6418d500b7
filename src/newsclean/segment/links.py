"""Lines of a dump → the same lines without the numbers that a text browser puts before every link, `[5]News`.

    lines ─ find the list of addresses at the end ─ find the numbers that rise through the page ─▶ take both away

Where they are not told to leave it (`lynx -nolist`), text browsers number the links of a page and name the addresses
below it. An author's notes are numbered alike, so the two are told apart: the number of a link stands *before* its text
and is not behind a word, menus have them too, and what the list holds is addresses.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from newsclean.patterns import lazy
from newsclean.segment.pieces import GAP_COLUMNS

NUMBER: Final = lazy(r"\[(\d{1,5})\]")
"""What stands before a link."""

ENTRY: Final = lazy(r"(?:(\d{1,5})\.|\[(\d{1,5})\]) (?=\S)")
"""How a line of the list begins: lynx, elinks and links write `1. `, w3m `[1] `."""

ADDRESS: Final = lazy(r"(?:https?|file|ftp|mailto|javascript|tel|data|about|news):")
"""What most of the list's lines go on with. The others name fields of forms, or rare protocols."""

HEADINGS: Final = frozenset("References References: Verweise Références Ссылки 参照".split())
"""What the list is headed with, in the languages that text browsers speak."""

SORTS: Final = frozenset(
    ("Visible links:", "Visible links", "Hidden links:", "Hidden links", "不隱藏的鏈結：", "隱藏的鏈結：")
    + ("見えるリンク:", "隠されたリンク:", "Sichtbare Links:", "Versteckte Links:")
    + ("Liens visibles :", "Liens cachés :", "Видимых ссылок:", "Скрытых ссылок:")
)
"""What parts the list in two; no author writes such a thing over notes."""

ODD_LINES: Final = 5
"""So many lines on end that are no entries may stand in the list and below it: addresses are broken, programs sign."""

ADDRESS_SHARE: Final = 0.5
"""The share of the list's entries that must be addresses."""

ENTRIES: Final = 5
"""A list without a heading that is known has so many entries."""

TEXT_SHARE: Final = 0.5
"""The share of the numbers with text right behind them: that of a note has a space or a full stop there."""

FREE_SHARE: Final = 0.3
"""The share of the numbers with no word right before them, as in menus; that of a note has one."""

IN_LIST: Final = 0.8
"""The share of the numbers that the list must hold."""

IN_STEP: Final = 0.7
"""The share of the numbers from the first to the last that must be there: fields of forms are counted but not drawn."""

LINKS: Final = 20
"""Without a list, a page has so many links."""

IN_STEP_ALONE: Final = 0.95
"""Without a list, the share of numbers that must be there."""

EDGE_SHARE: Final = 0.25
"""Without a list, the share of the page that may stand before the first number, and behind the last."""

OPENERS: Final = frozenset("“‘（(「『【《〈<#@.$\"'")
"""What else than letters and digits a text begins with."""

FREE_BEFORE: Final = frozenset(" \t\u3000\xa0*•|>»·/-+#@o([（【《“：:]")
"""What stands before a number that no word is before; a number behind a number is drawn beside a picture."""

CHUNKS: Final = lazy(rf"( {{{GAP_COLUMNS},}}|\t+)")
"""What parts columns: what stands behind it must not move."""

SPACES: Final = lazy(" {2,}")
"""What is left where a link without text was."""


class Unnumbered(NamedTuple):
    """Lines without the numbers of links, and how many columns were taken from each that had any."""

    lines: Sequence[str]
    taken: dict[int, int]


class _List(NamedTuple):
    """The list of addresses: its lines, its numbers, and whether words that only a text browser writes head it."""

    first: int
    last: int
    numbers: frozenset[int]
    is_headed: bool
    is_sure: bool


class _Mark(NamedTuple):
    """A number in brackets: where it stands, and the characters around it ("" at the ends of a line)."""

    line: int
    start: int
    number: int
    before: str
    after: str


def unnumbered(lines: Sequence[str]) -> Unnumbered:
    """Take the numbers of links and the list of their addresses away, if this is a dump with them."""
    addresses = _addresses(lines)
    end = addresses.first if addresses else len(lines)
    numbers = _rising([mark for at in range(end) if "[" in lines[at] for mark in _marks(lines[at], at)])
    if not (_are_listed(numbers, addresses) if addresses else _fill(numbers, lines)):
        numbers = []
    if not numbers and not (addresses and addresses.is_sure):
        return Unnumbered(lines, {})
    kept = list(lines)
    if addresses:
        kept[addresses.first : addresses.last + 1] = [""] * (addresses.last + 1 - addresses.first)
    return Unnumbered(kept, _take(kept, numbers))


def _addresses(lines: Sequence[str]) -> _List | None:
    """The list at the end of a dump, with its heading."""
    entries = list(_entries(lines))
    if not entries:
        return None
    lowest, last = entries[-1][0], entries[0][0]
    first = _top(lines, lowest)
    addressed = sum(is_address for _, _, is_address in entries)
    headed = first < lowest
    if addressed < ADDRESS_SHARE * len(entries) or not (headed or len(entries) >= ENTRIES):
        return None
    sure = any(lines[at].strip() in SORTS for at in range(first, last))
    return _List(first, last, frozenset([number for _, number, _ in entries]), headed, sure)


def _entries(lines: Sequence[str]) -> Iterator[tuple[int, int, bool]]:
    """From below, each line of the list, its number, and whether it is an address; the numbers fall to 1."""
    lowest = 0
    odd = 0
    for at in range(len(lines) - 1, -1, -1):
        body = lines[at].strip()
        if not body:
            continue
        found = ENTRY.match(body) if body[0] == "[" or body[0].isdigit() else None
        number = int(found.group(1) or found.group(2)) if found else 0
        if found and (number < lowest or not lowest):
            yield at, number, ADDRESS.match(body, found.end()) is not None
            lowest, odd = number, 0
        else:
            odd += 1
        if lowest == 1 or odd > ODD_LINES:
            return


def _top(lines: Sequence[str], first: int) -> int:
    """The line that the words over the list begin at, or its first line."""
    top = first
    for at in range(first - 1, -1, -1):
        body = lines[at].strip()
        if body in HEADINGS or body in SORTS:
            top = at
        elif body:
            break
    return top


def _marks(line: str, at: int) -> Iterator[_Mark]:
    for found in NUMBER.finditer(line):
        start, end = found.span()
        yield _Mark(at, start, int(found.group(1)), line[start - 1 : start] if start else "", line[end : end + 1])


def _rising(marks: Sequence[_Mark]) -> list[_Mark]:
    """The longest row of marks whose numbers rise: in it are no numbers that the text has in brackets by itself."""
    lowest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, mark in enumerate(marks):
        length = bisect_left(lowest, mark.number)
        before.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [mark.number]
        ends[length : length + 1] = [at]
    row: list[_Mark] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(marks[at])
        at = before[at]
    return row[::-1]


def _are_listed(numbers: Sequence[_Mark], addresses: _List) -> bool:
    """Whether these are the numbers of links whose addresses are listed."""
    if sum(mark.number in addresses.numbers for mark in numbers) < IN_LIST * len(numbers):
        return False
    return _in_step(numbers, IN_STEP) and _lead_text(numbers) and (addresses.is_headed or _stand_free(numbers))


def _fill(numbers: Sequence[_Mark], lines: Sequence[str]) -> bool:
    """Whether these are numbers of links though no list tells: very many, without a gap, from end to end of a page."""
    if len(numbers) < LINKS or not _in_step(numbers, IN_STEP_ALONE):
        return False
    edge = EDGE_SHARE * len(lines)
    from_end_to_end = numbers[0].line <= edge and numbers[-1].line >= len(lines) - edge
    return numbers[0].number == 1 and from_end_to_end and _lead_text(numbers) and _stand_free(numbers)


def _in_step(numbers: Sequence[_Mark], share: float) -> bool:
    return bool(numbers) and len(numbers) >= share * (numbers[-1].number - numbers[0].number + 1)


def _lead_text(numbers: Sequence[_Mark]) -> bool:
    """Whether text stands right behind most numbers; what ends a line or stands before another tells nothing."""
    after = [mark.after for mark in numbers if mark.after and mark.after != "["]
    leading = sum(sign.isalnum() or sign in OPENERS for sign in after)
    return leading >= TEXT_SHARE * len(after)


def _stand_free(numbers: Sequence[_Mark]) -> bool:
    """Whether many numbers have no word before them."""
    return sum(not mark.before or mark.before in FREE_BEFORE for mark in numbers) >= FREE_SHARE * len(numbers)


def _take(lines: list[str], numbers: Sequence[_Mark]) -> dict[int, int]:
    """Take numbers from lines, in place; how many columns, by line."""
    by_line: dict[int, set[int]] = {}
    for mark in numbers:
        by_line.setdefault(mark.line, set()).add(mark.start)
    taken: dict[int, int] = {}
    for at, starts in by_line.items():
        lines[at], taken[at] = _bare(lines[at], starts)
    return taken


def _bare(line: str, starts: set[int]) -> tuple[str, int]:
    """A line without the numbers that start at `starts`, and their columns; what stands in a column stays there."""
    made: list[str] = []
    start = missing = taken = 0
    for part in CHUNKS.split(line):
        bare = _without(part, start, starts) if part.strip() else part + " " * missing
        missing = len(part) - len(bare) if part.strip() else 0
        taken += missing
        start += len(part)
        made.append(bare)
    return "".join(made).rstrip(), taken


def _without(part: str, start: int, starts: set[int]) -> str:
    """A part of a line, which starts at `start` there, without its numbers and the spaces about links of no text."""
    kept = NUMBER.sub(lambda found: "" if found.start() + start in starts else found.group(), part)
    return SPACES.sub(" ", kept) if len(kept) < len(part) else kept
