"""The stack of open elements of a page, by their names: what is open, what may be, and what bounds what.

What may have been closed, and may not, stays on the stack and is marked as doubtful; no end tag that names it closes
anything that was certain before. So there is always as much open here as in the parser, and seldom more. All searches
are look-ups: each tag takes the same time.
"""

from __future__ import annotations

from bisect import bisect_left

from newsclean.tags import CELLS

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

ENDED = frozenset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer header"
    " hgroup listing main menu nav ol pre search section select summary ul dd dt applet marquee object".split()
)
"""What ends with all that is open in it."""

MARKED = CELLS | frozenset("applet marquee object template".split())
"""What keeps formatting inside."""

INTEGRATION = frozenset("*desc *foreignobject *title +annotation-html".split())
"""Foreign elements that hold HTML, with the sign of foreign names before them; `<annotation-xml>` may be one."""

MATH_TEXT = frozenset("+mi +mn +mo +ms +mtext".split())

SCOPES = MARKED | INTEGRATION | MATH_TEXT | {"+annotation-xml", "select", "table"}
"""Elements within which no end tag ends what was opened around them."""

SPECIAL = (SCOPES | ENDED | HEADINGS | frozenset("form li noscript p".split())) - {"dialog"}
"""What an end tag of an ordinary element does not end."""

NO_WALL = frozenset("address div p".split())
"""What is special, and open between an item of a list and the one before that it ends."""

IMPLIED = frozenset("dd dt li optgroup option p rb rp rt rtc".split())
"""What ends without being told."""

ITEMS = frozenset({"dd", "dt"})

KINDS = {name: kind for kind in (HEADINGS, ITEMS) for name in kind}
"""What one tag ends, whichever of them it is."""

NEAR = 64
"""The end of formatting looks at so many elements that are open in it, and is in doubt about more."""


class Formatting:
    """Formatting that has not ended, and where it is on the stack: at -1 after a block that held it."""

    def __init__(self, name: str, said: str, at: int) -> None:
        self.name = name
        self.said = said
        self.at = at
        self.is_vague = False


class Frame:
    """A table, one of its cells, a template or the page, which tell what a part of a table does."""

    def __init__(self, name: str, at: int) -> None:
        self.name = name
        self.at = at
        self.row = ""
        """In a table: "" before a row, "row", "group" between rows, "col"; in a template: "vague"."""
        self.group = "tbody"
        self.flat: dict[str, int] = {}
        """The elements that were made flat, and so have ends that nobody needs (`nesting.py`)."""


class OpenStack:
    """The stack of open elements."""

    def __init__(self) -> None:
        self.names: list[str] = []
        """What is open, the last within the ones before; "" for what was taken from among them."""
        self.frames = [Frame("", -1)]
        self._held: list[Formatting | None] = []
        """The formatting that each element stands for, while it has not ended."""
        self._doubt: list[int] = []
        """Where what is doubtful begins, for each element that is; -1 for what is certain."""
        self._html: list[int] = []
        """The nearest element of HTML around each one, or itself."""
        self._at: dict[str, list[int]] = {}
        """Where the elements of each name are."""
        self._scopes: list[int] = []
        self._specials: list[int] = []
        self._walls: list[int] = []
        self._form = -1
        """Where the form is that the page is in: -1 for nowhere, -2 for what has been left without its end."""
        self._foreign = 0
        """How many foreign elements are open."""

    def _push(self, name: str, held: Formatting | None = None) -> None:
        at = len(self.names)
        self.names.append(name)
        self._held.append(held)
        self._doubt.append(-1)
        is_foreign = name[0] in "*+"
        self._foreign += is_foreign
        self._html.append(at if not is_foreign else self._html[-1] if at else -1)
        self._at.setdefault(name, []).append(at)
        if name in SPECIAL:
            self._specials.append(at)
            if name not in NO_WALL:
                self._walls.append(at)
            if name in SCOPES:
                self._scopes.append(at)

    def _pop_to(self, at: int) -> None:
        """Close all that was opened at this place or later."""
        while len(self.names) > at:
            self._pop()

    def _pop(self) -> None:
        """Close the last element, and what has been removed before it."""
        at = len(self.names) - 1
        name = self.names[at]
        self._at[name].pop()
        self._foreign -= name[0] in "*+"
        if at == self._form:
            self._form = -2
        if name in SPECIAL:
            self._specials.pop()
            if name not in NO_WALL:
                self._walls.pop()
            if name in SCOPES:
                self._scopes.pop()
        if self.frames[-1].at == at:
            self.frames.pop()
        self._forget()
        while self.names and not self.names[-1]:
            self._forget()

    def _forget(self) -> None:
        self.names.pop()
        self._doubt.pop()
        self._html.pop()
        held = self._held.pop()
        if held is not None:
            held.at = -1

    def _remove(self, at: int) -> None:
        """Close an element of HTML and nothing that is open in it; its place stays."""
        name = self.names[at]
        if at == len(self.names) - 1:
            self._pop()
            return
        self._at[name].remove(at)
        if name in SPECIAL:
            del self._specials[bisect_left(self._specials, at)]
            del self._walls[bisect_left(self._walls, at)]
        self.names[at] = ""

    def _last(self, name: str) -> int:
        places = self._at.get(name)
        return places[-1] if places else -1

    def _doubtful(self, at: int) -> None:
        """All that was opened at this place or later may have been closed, or not."""
        doubt = self._doubt
        place = len(doubt) - 1
        while place >= at:
            start = doubt[place]
            doubt[place] = at if start < 0 else min(at, start)
            place = (place if start < 0 else start) - 1

    def _close(self, at: int, wall: int) -> bool:
        """Close an element, the last of its name, if nothing stands before it; returns whether it is surely closed."""
        if at < 0 or (at < wall and self._doubt[wall] < 0):
            return False
        if at >= wall and self._doubt[at] < 0:
            self._pop_to(at)
            return True
        self._doubtful(min([self._lowest(name) for name in KINDS.get(self.names[at], (self.names[at],))]))
        return False

    def _lowest(self, name: str) -> int:
        """The first element of its name that could be the last one which is really open."""
        places = self._at.get(name)
        if not places:
            return len(self.names)
        return next((place for place in places[: -NEAR - 1 : -1] if self._doubt[place] < 0), places[0])

    def _close_top(self, kind: frozenset[str]) -> None:
        """Close the last element if it is of this kind."""
        if self.names and self._doubt[-1] >= 0:
            at = self._doubt[-1]
            self._doubtful(at - 1 if at and self.names[at - 1] in kind else at)
        elif self.names and self.names[-1] in kind:
            self._pop()

    def _is_in(self, name: str) -> bool:
        """Whether such an element is open that nothing keeps from ending, or may be."""
        at = self._last(name)
        return at >= 0 and (at >= self._scope() or self._doubt[self._scope()] >= 0)

    def _scope(self) -> int:
        return self._scopes[-1] if self._scopes else -1

    def _button_scope(self) -> int:
        return max(self._scope(), self._last("button"))

    def _special(self) -> int:
        return self._specials[-1] if self._specials else -1

    def _end_implied(self, within: str, but: str = "") -> None:
        """Close what ends without being told within an element that is open, or may be."""
        if not self._is_in(within):
            return
        is_sure = self._last(within) >= self._scope() and self._doubt[self._last(within)] < 0
        while is_sure and self._doubt[-1] < 0 and self.names[-1] in IMPLIED and self.names[-1] != but:
            self._pop()
        at = self._doubt[-1] if self._doubt[-1] >= 0 else len(self.names)
        if at < len(self.names) or not is_sure:
            while at and self.names[at - 1] in IMPLIED:
                at -= 1
            self._doubtful(at)

    def _close_ordinary(self, name: str) -> None:
        """An element ends that no rule names."""
        self._close(self._last(name), self._special())
