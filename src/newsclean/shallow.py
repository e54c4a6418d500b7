"""A quick look at what is open on a page, which takes what it doubts for open.

Nearly every page of many tags closes what it opens in order, or puts it in cells of tables: nothing of it nests deep,
and nobody needs to know what the parser makes of it.
"""

from __future__ import annotations

from newsclean.open_elements import ENDS_PARAGRAPH
from newsclean.open_stack import ENDED
from newsclean.tags import (
    CELLS,
    FOREIGN,
    FORMATTING,
    IGNORED,
    NAMES,
    RAW,
    TABLE_PARTS,
    VOID,
    hides_scripts,
)

MOST_OPEN = 200
"""So many elements at most are open at once on a shallow page."""

MOST_PILED = 8
"""So many of them are formatting."""

HOLDS_NOTHING = VOID | IGNORED | RAW
"""What is open at no tag."""

SELF_ENDING = frozenset("dd dt li option p".split())
"""What the next one of its kind ends, and the end of what it is in."""

ENDS_ALL = ENDED | {"li", "p"}
"""What ends with such elements in it; the end of any other is none there."""

KNOTTY = FOREIGN | frozenset("applet button caption marquee object select template".split())
"""What a quick look at a page does not see through."""

KELVIN = "\u212a"
"""The one character that is a letter of ASCII in lower case, so that a name may seem to be another."""


def is_shallow(text: str) -> bool:
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
            if len(self._open) + self._missed > MOST_OPEN or self._piled > MOST_PILED:
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
        while name in ENDS_ALL and at > lowest and self._open[at] != name and self._open[at] in SELF_ENDING:
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
