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
from newsclean.open_elements import OpenElements
from newsclean.patterns import lazy
from newsclean.shallow import HOLDS_NOTHING, is_shallow
from newsclean.tags import (
    BLOCKS,
    FOREIGN,
    FORMATTING,
    IGNORED,
    RAW,
    TABLE_PARTS,
    VOID,
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

OPTION = lazy(r"<(/?)option(?=[\s/>])", re.IGNORECASE)

MANY_FRAMESETS = 100
"""Nor of so many sets of frames, within which no tag is read as elsewhere."""

FRAMESET = lazy(r"<(/?)frameset(?=[\s/>])", re.IGNORECASE)


def bounded(source: HtmlSource) -> HtmlSource:
    """The source of a page such that parsing it takes linear time; that of nearly every page is as it was."""
    if source.count["option"] > MANY_OPTIONS:
        source = source.having(OPTION.sub(r"<\1wbr", source.text))
    if source.count["frameset"] > MANY_FRAMESETS:
        source = source.having(FRAMESET.sub(r"<\1wbr", source.text))
    text = source.text
    is_costly = _may_cost(source.count) and not is_shallow(text) and Walk(text).is_costly()
    return source.having(_Flattener(text).result()) if is_costly else source


def _may_cost(count: Counter[str]) -> bool:
    """Whether a page has so many tags that some could be open within too many others, as far as counting tells."""
    tags = sum(count.values())
    unnested = UNNESTED if FOREIGN.isdisjoint(count) else IGNORED
    nesting = sum([times for name, times in count.items() if name[0] != "/" and name not in unnested])
    piling = sum([count[name] for name in PILING])
    return (tags > MANY_TAGS and nesting > NEST_MEAN) or tags * piling > MANY_PILED


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
