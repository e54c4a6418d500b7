"""Formatting that has not ended, which the parser opens anew in every block."""

from __future__ import annotations

from newsclean.open_stack import NEAR, SPECIAL, Formatting, OpenStack

ALIKE = 3
"""So many elements of formatting that are alike are opened anew."""

LOOPS = 7
"""The end of formatting gets through so many blocks that are open in it, and is in doubt about more."""


class OpenFormatting(OpenStack):
    """The stack of open elements, and the formatting that is on it or was."""

    def __init__(self) -> None:
        super().__init__()
        self.piled = 0
        """How much formatting has not ended."""
        self.formatting: list[Formatting | None] = []
        """The formatting, with a mark where an element begins that keeps it inside."""

    def _reopen(self) -> None:
        """Open formatting anew that a block has closed."""
        first = len(self.formatting)
        while first and (one := self.formatting[first - 1]) is not None and one.at < 0:
            first -= 1
        for one in self.formatting[first:]:
            if one is not None:
                one.at = len(self.names)
                self._push(one.name, one)

    def _format(self, name: str, said: str) -> None:
        """Formatting begins; of more than three that are alike the first is not opened anew."""
        said = said.strip("\t\n\f\r /")
        alike = [one for one in self._within() if one.name == name]
        same = [one for one in alike if one.said == said]
        new = Formatting(name, said, len(self.names))
        if len(same) >= ALIKE:
            self._drop(same[-1])
        elif len(alike) >= ALIKE and said:
            new.is_vague = True
        self._push(name, new)
        self.formatting.append(new)
        self.piled += 1

    def _within(self) -> list[Formatting]:
        """The formatting within what keeps it inside, the last first."""
        found: list[Formatting] = []
        for one in reversed(self.formatting):
            if one is None:
                break
            found.append(one)
        return found

    def _drop(self, one: Formatting) -> None:
        """Formatting has ended, though it may be open on the stack."""
        self.formatting.remove(one)
        self.piled -= 1
        if one.at >= 0:
            self._held[one.at] = None

    def _mark(self) -> None:
        self.formatting.append(None)

    def _unmark(self) -> None:
        """Forget the formatting since the last mark."""
        while self.formatting:
            one = self.formatting.pop()
            if one is None:
                return
            self.piled -= 1
            if one.at >= 0:
                self._held[one.at] = None

    def _end_formatting(self, name: str) -> None:
        """Formatting ends, and what is open in it does not; the adoption agency algorithm of the standard."""
        one = next((one for one in self._within() if one.name == name), None)
        if one is None:
            self._close_ordinary(name)
        elif one.is_vague or (one.at >= 0 and self._doubt[one.at] >= 0):
            if one.at >= 0:
                self._doubtful(one.at)
        elif one.at < 0:
            self._drop(one)
        elif one.at > self._special():
            self._pop_to(one.at)
            self._drop(one)
        elif one.at > self._scope():
            self._adopt(one)
        elif self._doubt[self._scope()] >= 0:
            self._doubtful(one.at)

    def _adopt(self, one: Formatting) -> None:
        """Formatting ends around blocks that stay open."""
        inside = range(one.at + 1, len(self.names))
        blocks = sum([place > one.at for place in self._specials[-LOOPS - 1 :]])
        if len(inside) > NEAR or blocks > LOOPS:
            self._doubtful(one.at)
            return
        for place in inside:
            if self.names[place] not in SPECIAL:
                self._doubt[place] = place if self._doubt[place] < 0 else self._doubt[place]
        at = one.at
        self._drop(one)
        self._remove(at)
