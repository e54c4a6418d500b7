"""Lines of a dump → the same lines without the numbers that a text browser puts before every link, `[5]News`.

    lines ─ find the list of addresses at the end ─ find the numbers that rise through the page ─▶ take both away

Where they are not told to leave it (`lynx -nolist`), text browsers number the links of a page and name the addresses
below it. An author's notes are numbered alike, so the two are told apart: the number of a link stands *before* its text
and is not behind a word, menus have them too, and what the list holds is addresses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from newsclean.patterns import lazy
from newsclean.segment.pieces import GAP_COLUMNS

NUMBER: Final = lazy(r"\[(\d{1,5})\]")
"""What stands before a link."""

OPENED: Final = lazy(r"\[\d{0,5}$")
"""The beginning of a number at the end of a line: lynx breaks Chinese lines anywhere."""

LONGEST_OPENED: Final = 6
"""The characters that it has at most."""

CLOSED: Final = lazy(r"(\s{0,100})(\d{0,5}\])")
"""The rest of that number, at the beginning of the next line."""

ENTRY: Final = lazy(r"(?:(\d{1,5})\.|\[(\d{1,5})\]) (?=\S)")
"""How a line of the list begins: lynx, elinks and links write `1. `, w3m `[1] `."""

ADDRESS: Final = lazy(r"(?:https?|file|ftp|mailto|javascript|tel|data|about|news):")
"""What most of the list's lines go on with. The others name fields of forms, or rare protocols."""

HEADINGS: Final = frozenset("References References: Verweise Références Ссылки 参照".split())
"""What the list is headed with, in the languages that text browsers speak."""

SORTS: Final = frozenset(
    [
        *("Visible links:", "Visible links", "Sichtbare Links:", "Liens visibles :", "Видимых ссылок:"),
        *("Hidden links:", "Hidden links", "Versteckte Links:", "Liens cachés :", "Скрытых ссылок:"),
        *("不隱藏的鏈結：", "隱藏的鏈結：", "見えるリンク:", "隠されたリンク:"),
    ]
)
"""What parts the list in two; no author writes such a thing over notes."""

ODD_LINES: Final = 5
"""So many lines on end that are no entries may stand in a list without a heading: some addresses are broken."""

ADDRESS_SHARE: Final = 0.5
"""The share of the list's lines that must be addresses: others are headings, maps of pictures, and broken addresses."""

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

BEFORE_TEXT: Final = " \t\u3000\xa0*•◦▪□■○●+-o#"
"""What a line begins with before its text: white space and bullets."""

CHUNKS: Final = lazy(rf"( {{{GAP_COLUMNS},}}|\t+)")
"""What parts columns: what stands behind it must not move."""

SPACES: Final = lazy(" {2,}")
"""What is left where a link without text was."""


class Unnumbered(NamedTuple):
    """Lines without the numbers of links, and by line how many columns were taken from those that had any."""

    lines: Sequence[str]
    taken: dict[int, int]


class _List(NamedTuple):
    """The list of addresses: its first line, its numbers, whether it has a heading, and whether it is sure."""

    first: int
    numbers: frozenset[int]
    is_headed: bool
    is_sure: bool


class _Mark(NamedTuple):
    """A number in brackets: where it stands, the characters around it ("" at the ends of a line), if it begins one."""

    line: int
    start: int
    number: int
    before: str
    after: str
    begins: bool


def unnumbered(lines: Sequence[str]) -> Unnumbered:
    """Take the numbers of links and the list of their addresses away, if this is a dump with them."""
    addresses = _addresses(lines)
    whole = _mended(lines[: addresses.first] if addresses else lines)
    marks = [mark for at, line in enumerate(whole.lines) if "[" in line for mark in _marks(line, at)]
    numbers = _rising(marks)
    if addresses:
        numbers += _beside(numbers, marks, addresses)
    if _are_listed(numbers, addresses) if addresses else _fill(numbers, lines):
        return _taken(whole, numbers)
    return Unnumbered(lines[: addresses.first], {}) if addresses and addresses.is_sure else Unnumbered(lines, {})


def _addresses(lines: Sequence[str]) -> _List | None:
    """The list at the end of a dump, with its heading."""
    heading = next((at for at in range(len(lines) - 1, -1, -1) if lines[at].strip() in HEADINGS), None)
    first = _first_entry(lines) if heading is None else heading
    bodies = [body for line in lines[first:] if (body := line.strip())]
    below = [body for body in bodies if body not in HEADINGS and body not in SORTS]
    addressed = sum(ADDRESS.match(body, entry.end() if (entry := _entry(body)) else 0) is not None for body in below)
    if addressed < ADDRESS_SHARE * len(below) or addressed < (ENTRIES if heading is None else 1):
        return None
    numbers = frozenset([int(entry.group(1) or entry.group(2)) for body in below if (entry := _entry(body))])
    return _List(first, numbers, heading is not None, any(body in SORTS for body in bodies))


def _entry(body: str) -> re.Match[str] | None:
    return ENTRY.match(body) if body[0] == "[" or body[0].isdigit() else None


def _first_entry(lines: Sequence[str]) -> int:
    """The line of the first entry of a list without a heading: from the end, the entries' numbers fall to 1."""
    first = len(lines)
    lowest = odd = 0
    for at in range(len(lines) - 1, -1, -1):
        body = lines[at].strip()
        entry = _entry(body) if body else None
        number = int(entry.group(1) or entry.group(2)) if entry else 0
        if entry and (number < lowest or not lowest):
            first, lowest, odd = at, number, 0
        elif body:
            odd += 1
        if lowest == 1 or odd > ODD_LINES:
            break
    return first


def _mended(lines: Sequence[str]) -> Unnumbered:
    """Lines with numbers that were broken, `[1` and below it `2]`, put on the upper line, and the columns moved."""
    made = list(lines)
    moved: dict[int, int] = {}
    for at in range(len(made) - 1):
        opened = OPENED.search(made[at]) if "[" in made[at][-LONGEST_OPENED:] else None
        closed = CLOSED.match(made[at + 1]) if opened else None
        if closed:
            made[at] += closed.group(2)
            made[at + 1] = closed.group(1) + made[at + 1][closed.end() :]
            columns = len(closed.group(2))
            moved[at], moved[at + 1] = moved.get(at, 0) - columns, columns
    return Unnumbered(made, moved)


def _marks(line: str, at: int) -> Iterator[_Mark]:
    indent = len(line) - len(line.lstrip(BEFORE_TEXT))
    text = line.rstrip()
    for found in NUMBER.finditer(line):
        start, end = found.span()
        before = line[start - 1 : start] if start else ""
        yield _Mark(at, start, int(found.group(1)), before, text[end : end + 1], start <= indent)


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


def _beside(row: Sequence[_Mark], marks: Sequence[_Mark], addresses: _List) -> list[_Mark]:
    """The marks that are out of step, for they stand in columns drawn side by side: those whose number has no other."""
    found = {mark.number: mark for mark in reversed(marks) if mark.number in addresses.numbers}
    taken = {mark.number for mark in row}
    return [mark for number, mark in found.items() if number not in taken]


def _are_listed(numbers: Sequence[_Mark], addresses: _List) -> bool:
    """Whether these are the numbers of links whose addresses are listed."""
    if sum(mark.number in addresses.numbers for mark in numbers) < IN_LIST * len(numbers):
        return False
    lead = _lead_text(numbers) or sum(mark.begins for mark in numbers) >= TEXT_SHARE * len(numbers)
    return lead and _in_step(numbers, IN_STEP) and (addresses.is_headed or _stand_free(numbers))


def _fill(numbers: Sequence[_Mark], lines: Sequence[str]) -> bool:
    """Whether these are numbers of links though no list tells: very many, without a gap, from end to end of a page."""
    if len(numbers) < LINKS or not _in_step(numbers, IN_STEP_ALONE):
        return False
    edge = EDGE_SHARE * len(lines)
    from_end_to_end = numbers[0].line <= edge and numbers[-1].line >= len(lines) - edge
    return numbers[0].number == 1 and from_end_to_end and _lead_text(numbers) and _stand_free(numbers)


def _in_step(numbers: Sequence[_Mark], share: float) -> bool:
    found = [mark.number for mark in numbers]
    return bool(found) and len(found) >= share * (max(found) - min(found) + 1)


def _lead_text(numbers: Sequence[_Mark]) -> bool:
    """Whether text stands right behind most numbers; what ends a line or stands before another tells nothing."""
    after = [mark.after for mark in numbers if mark.after and mark.after != "["]
    leading = sum(sign.isalnum() or sign in OPENERS for sign in after)
    return leading >= TEXT_SHARE * len(after)


def _stand_free(numbers: Sequence[_Mark]) -> bool:
    """Whether many numbers have no word before them."""
    return sum(not mark.before or mark.before in FREE_BEFORE for mark in numbers) >= FREE_SHARE * len(numbers)


def _taken(whole: Unnumbered, numbers: Sequence[_Mark]) -> Unnumbered:
    """Take numbers from lines; lines that hold nothing else go with them."""
    starts: dict[int, set[int]] = {}
    for mark in numbers:
        starts.setdefault(mark.line, set()).add(mark.start)
    made: list[str] = []
    taken: dict[int, int] = {}
    for at, line in enumerate(whole.lines):
        bare, columns = _bare(line, starts[at]) if at in starts else (line, 0)
        if bare or not line.strip():
            columns += whole.taken.get(at, 0)
            if columns:
                taken[len(made)] = columns
            made.append(bare)
    return Unnumbered(made, taken)


def _bare(line: str, starts: set[int]) -> tuple[str, int]:
    """A line without the numbers that start at `starts`, and their columns; what stands in a column stays there."""
    start = len(line) - len(line.lstrip())
    made = [line[:start]]
    missing = taken = 0
    for part in CHUNKS.split(line[start:]):
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
