"""HTML that nests without end, made flat before it is parsed.

The tree builder of the HTML standard looks through the open elements at many a tag, and opens formatting that nobody
closed (`<p><b>` again and again) anew in every paragraph: quadratic time, and memory too. Browsers stop at some depth;
the parser we use does not. So a page of many tags is gone through once, and a second time, with all that is open in the
parser (`open_elements.py`), where that look leaves a doubt. Where all tags together have too much open before them,
what stands too deep and formatting beyond some is made flat, the tag alone: a block becomes a paragraph, anything else
nothing. No text is touched, and pages that close most of what they open stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newsclean.html_source import HtmlSource
from newsclean.open_elements import ENDS_PARAGRAPH, OpenElements
from newsclean.patterns import lazy
from newsclean.tags import (
    BLOCKS,
    CELLS,
    FOREIGN,
    FORMATTING,
    IGNORED,
    NAMES,
    RAW,
    TABLE_PARTS,
    VOID,
    hides_scripts,
    lowered,
    spans,
)

MANY_TAGS = 12_000
"""A page of so many tags is looked at; of fewer, even all within each other, a second's work."""

MANY_PILED = 1_500_000
"""So is one on which formatting, opened anew by each tag, would be so many elements."""

MANY_OPTIONS = 4_000
"""The parser goes through all options of a list at each of them; of so many it is told none, and no reader sees any."""

DEEPEST = 400
"""So many elements may be open within each other on a page that has too many open."""

RESERVE = 50
"""So many more may be paragraphs, or parts of a table."""

MOST_FORMATTING = 8
"""So much formatting may be open on such a page; what is opened in it is none. A link ends the one before."""

NEST_COST, NEST_MEAN = 4_000_000, 200
"""What all tags together may have open before them: so many elements, and so many more for each tag."""

PILE_COST, PILE_MEAN = 100_000, 4
"""The same for formatting, which costs memory."""

PILING = FORMATTING - {"a"}
"""Formatting that can be open many times; a link ends the one before."""

UNNESTED = VOID | IGNORED | RAW | TABLE_PARTS | {"p"}
"""What cannot nest in itself, but for other elements and tables between."""

HOLDS_NOTHING = VOID | IGNORED | RAW

SELF_ENDING = frozenset("dd dt li option p".split())
"""What the next one of its kind ends, and the end of what it is in."""

KNOTTY = FOREIGN | frozenset("applet button caption marquee object select template".split())
"""What a quick look at a page does not see through."""

OPTION = lazy(r"<(/?)option(?=[\s/>])", re.IGNORECASE)

MANY_FRAMESETS = 100
"""Nor of so many sets of frames, within which no tag is read as elsewhere."""

FRAMESET = lazy(r"<(/?)frameset(?=[\s/>])", re.IGNORECASE)


KELVIN = "\u212a"
"""The one character that is a letter of ASCII in lower case, so that a name may seem to be another."""


def bounded(source: HtmlSource) -> HtmlSource:
    """The source of a page such that parsing it takes linear time; that of nearly every page is as it was."""
    if source.count["option"] > MANY_OPTIONS:
        source = source.having(OPTION.sub(r"<\1wbr", source.text))
    if source.count["frameset"] > MANY_FRAMESETS:
        source = source.having(FRAMESET.sub(r"<\1wbr", source.text))
    text = source.text
    is_costly = _may_cost(source.count) and not _is_shallow(text) and Walk(text).is_costly()
    return source.having(_Flattener(text).result()) if is_costly else source


def _may_cost(count: Counter[str]) -> bool:
    """Whether a page has so many tags that some could be open within too many others, as far as counting tells."""
    tags = sum(count.values())
    unnested = UNNESTED if FOREIGN.isdisjoint(count) else IGNORED
    nesting = sum([times for name, times in count.items() if name[0] != "/" and name not in unnested])
    piling = sum([count[name] for name in PILING])
    return (tags > MANY_TAGS and nesting > NEST_MEAN) or tags * piling > MANY_PILED


def _is_shallow(text: str) -> bool:
    """Whether not much is open at once on a page, as a quick look tells that takes what it doubts for open."""
    if KELVIN in text:
        return False
    names = [name.lower() for name in NAMES.findall(text) if name]
    return KNOTTY.isdisjoint(names) and not hides_scripts(text) and _Look().is_shallow(names)


class _Look:
    """A quick look at a page: an end tag closes the last element, if that has its name, and nothing else does.

    Only a cell of a table ends what the one before has opened, and keeps end tags from what is around it.
    """

    def __init__(self) -> None:
        self._open: list[str] = []
        self._count: dict[str, int] = {}
        self._tables: list[tuple[int, int, str]] = []
        """Where the tables begin that are open, with what was missed before and the cell they are in."""
        self._cell = ""
        self._piled = self._missed = 0
        """How much formatting is open, and how many elements may be that seem closed, after end tags out of order."""

    def is_shallow(self, names: list[str]) -> bool:
        """Whether these tags, in lower case and with the slash of those that end something, open little at once."""
        for name in names:
            if name[0] == "/":
                self._end(name[1:])
            elif name not in HOLDS_NOTHING and not self._start(name):
                return False
            if len(self._open) + self._missed > NEST_MEAN or self._piled > MOST_FORMATTING:
                return False
        return True

    def _start(self, name: str) -> bool:
        """Take in a start tag, and tell whether all is clear."""
        last = self._open[-1] if self._open else ""
        if name in TABLE_PARTS:
            if self._tables:
                self._cell = name if name in CELLS else ""
                if self._cell:
                    self._clear()
            return True
        if self._tables and not self._cell and (name == "table" or name in FORMATTING):
            return False
        if last == "p" and name in ENDS_PARAGRAPH:
            self._pop()
            last = self._open[-1] if self._open else ""
        if not (name in SELF_ENDING and last == name):
            if name == "table":
                self._tables.append((len(self._open), self._missed, self._cell))
                self._cell = ""
            self._open.append(name)
            self._count[name] = self._count.get(name, 0) + 1
            self._piled += name in FORMATTING
        return True

    def _end(self, name: str) -> None:
        """Take in an end tag."""
        if name == "table" and self._tables:
            self._clear()
            self._pop()
            self._cell = self._tables.pop()[2]
        elif name in TABLE_PARTS:
            if name == self._cell:
                self._clear()
            if name == self._cell or name not in CELLS:
                self._cell = ""
        elif self._count.get(name, 0) > 0:
            self._end_open(name)

    def _end_open(self, name: str) -> None:
        """Close an element that is open, if none is in it but such as need no end."""
        at = len(self._open) - 1
        lowest = max(at - 2, self._tables[-1][0] if self._tables else 0)
        while at > lowest and self._open[at] != name and self._open[at] in SELF_ENDING:
            at -= 1
        if self._open[at] != name:
            self._missed += len(self._open)
            return
        while len(self._open) > at:
            self._pop()

    def _clear(self) -> None:
        """Close what is open in a table."""
        at, self._missed, _ = self._tables[-1]
        while len(self._open) > at + 1:
            self._pop()

    def _pop(self) -> None:
        name = self._open.pop()
        self._count[name] -= 1
        self._piled -= name in FORMATTING


class Walk:
    """The way through one page, with what is open on it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.open = OpenElements()
        self._tags = 0
        self._is_unread = False
        """Whether there was something that cannot be read without knowing what is foreign."""

    def is_costly(self) -> bool:
        """Whether a parser would need more than linear time or memory."""
        nested = piled = 0
        for _ in self.steps():
            nested += self.open.depth
            piled += self.open.piled
            if nested > NEST_COST + NEST_MEAN * self._tags or piled > PILE_COST + PILE_MEAN * self._tags:
                return True
        return self._is_unread

    def steps(self) -> Iterator[None]:
        """Take in one tag after the other, yielding behind each."""
        behind, is_comment = 0, True
        for match, end in spans(self._text, self._is_foreign):
            between = self._text[behind : match.start()]
            between = between if is_comment else between[between.find(">") + 1 :]
            if between:
                self.open.text(between)
            if match["name"]:
                self._tags += 1
                self._take(lowered(match["name"]), match)
                yield
            behind, is_comment = end, match[0].startswith("<!--")

    def _is_foreign(self, name: str) -> bool:
        if self.open.check_vague():
            self._is_unread = True
            return name != ""
        return self.open.is_foreign(name)

    def _take(self, name: str, match: re.Match[str]) -> None:
        """Take in a tag."""
        if match["slash"]:
            self.open.end(name)
        else:
            self.open.start(name, match["rest"])


class _Flattener(Walk):
    """A walk that makes flat what is too deep, and notes the changes to the text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._pieces: list[str] = []
        self._done = 0

    def result(self) -> str:
        """The text with all changes made."""
        for _ in self.steps():
            pass
        return "".join((*self._pieces, self._text[self._done :]))

    def _take(self, name: str, match: re.Match[str]) -> None:
        flat = self.open.frames[-1].flat
        is_end = bool(match["slash"])
        if (not is_end and self._may_stay(name)) or (is_end and flat.get(name, 0) == 0):
            super()._take(name, match)
        else:
            flat[name] = flat.get(name, 0) + (-1 if is_end else 1)
            self._flatten(name, match)

    def _may_stay(self, name: str) -> bool:
        """Whether an element may begin."""
        if self.open.check_vague():
            return name not in RAW and self.open.depth < DEEPEST
        if self.open.is_foreign(name):
            return self.open.depth < DEEPEST
        if name in FORMATTING and name != "a" and self.open.piled >= MOST_FORMATTING:
            return False
        if name in TABLE_PARTS and self.open.frames[-1].name == "template":
            return self.open.depth < DEEPEST
        return name in HOLDS_NOTHING or name in TABLE_PARTS or self.open.depth < DEEPEST or self._may_part(name)

    def _may_part(self, name: str) -> bool:
        """Whether a paragraph may begin where nothing else may."""
        is_known = not self.open.check_vague() and not self.open.is_foreign("")
        has_room = self.open.depth < DEEPEST + RESERVE or self.open.is_paragraph()
        return name == "p" and is_known and has_room

    def _flatten(self, name: str, match: re.Match[str]) -> None:
        """Make a paragraph of a block, and nothing of any other tag."""
        if name in BLOCKS and self._may_part("p"):
            self._put(match.start("name"), match.end("name"), "p")
            super()._take("p", match)
        else:
            self._put(match.start(), match.end(), "<!")

    def _put(self, start: int, end: int, piece: str) -> None:
        self._pieces += self._text[self._done : start], piece
        self._done = end
