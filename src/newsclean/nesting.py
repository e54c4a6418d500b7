"""HTML that nests without end, made flat before it is parsed.

The tree builder of the HTML standard looks through the open elements at many a tag, and opens formatting that nobody
closed (`<p><b>` again and again) anew in every paragraph: quadratic time, and memory too. Browsers stop at some depth;
the parser we use does not. So a page of many tags is gone through once, with a rough picture of what is open. Where
all tags together have too much open before them, a second time: elements that stand too deep, and formatting that
never ends, are renamed to such as cannot nest. No text is touched, and pages that close most of what they open stay
as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from newsclean.html_source import HtmlSource
from newsclean.patterns import lazy
from newsclean.tags import (
    CELLS,
    ENDS_IGNORED,
    FLAT,
    FOREIGN,
    FORMATTING,
    INLINE,
    NAMES,
    RAW,
    SCOPES,
    UNNESTED,
    tags,
)

MANY_TAGS = 12_000
"""A page of so many tags is looked at; of fewer, even all within each other, a second's work."""

MANY_PILED = 1_500_000
"""So is one on which formatting, opened anew by each tag, would be so many elements."""

MANY_OPTIONS = 4_000
"""The parser goes through all options of a list at each of them; of so many it is told none, and no reader sees any."""

DEEPEST = 400
"""So many elements may be open within each other on a page that has too many open."""

MOST_FORMATTING = 8
"""So much formatting may be open on such a page; of more, what was opened first is no formatting."""

NEST_COST, NEST_MEAN = 4_000_000, 200
"""What all tags together may have open before them: so many elements, and so many more for each tag."""

PILE_COST, PILE_MEAN = 100_000, 4
"""The same for formatting, which costs memory."""

PILING = FORMATTING - {"a"}
"""Formatting that can be open many times; a link ends the one before."""

OPTION = lazy(r"<(/?)option(?=[\s/>])", re.IGNORECASE)


def bounded(source: HtmlSource) -> HtmlSource:
    """The source of a page such that parsing it takes linear time; that of nearly every page is as it was."""
    if source.count["option"] > MANY_OPTIONS:
        source = source.having(OPTION.sub(r"<\1wbr", source.text))
    text = source.text
    is_costly = _may_cost(source.count) and not _is_shallow(text) and _Walk(text).is_costly()
    return source.having(_Flattener(text).result()) if is_costly else source


def _may_cost(count: Counter[str]) -> bool:
    """Whether a page has so many tags that some could be open within too many others, as far as counting tells."""
    tags = sum(count.values())
    nesting = sum([times for name, times in count.items() if name[0] != "/" and name not in UNNESTED])
    piling = sum([count[name] for name in PILING])
    return (tags > MANY_TAGS and nesting > NEST_MEAN) or tags * piling > MANY_PILED


def _is_shallow(text: str) -> bool:
    """Whether not much is open at once on a page, as a quick look tells that takes an element for open when in doubt.

    Elements are counted by name, as if they knew no order, and each table for itself: a cell ends what the one before
    has opened, and keeps end tags from what is around it.
    """
    names = [name.lower() for name in NAMES.findall(text) if name]
    if not ENDS_IGNORED.isdisjoint(names):
        return False
    tables = [_Table(0, 0)]
    for name in names:
        table = tables[-1]
        if name == "table":
            tables.append(_Table(table.open + 1, table.piled))
        elif name == "/table" and len(tables) > 1:
            tables.pop()
        elif name in CELLS and len(tables) > 1:
            table.clear()
        elif name not in UNNESTED:
            table.take(name)
            if table.open > NEST_MEAN or table.piled > MOST_FORMATTING:
                return False
    return len(tables) <= NEST_MEAN


class _Table:
    """What may be open in one cell and around its table: so many elements, so much formatting among them."""

    def __init__(self, around: int, piled: int) -> None:
        self.around = around, piled
        self.clear()

    def clear(self) -> None:
        """A cell begins."""
        self.open, self.piled = self.around
        self._names: dict[str, int] = {}

    def take(self, name: str) -> None:
        """Take in a tag, with its slash where it ends something."""
        names = self._names
        if name[0] != "/":
            names[name] = names.get(name, 0) + 1
            self.open += 1
            self.piled += name in FORMATTING
        elif names.get(name[1:], 0) > 0:
            names[name[1:]] -= 1
            self.open -= 1
            self.piled -= name[1:] in FORMATTING


class _Walk:
    """The way through one page, with what is open on it, scope by scope."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._scopes: list[_Scope] = [_Scope("")]
        self._formatting: dict[str, list[re.Match[str]]] = {}
        """The formatting that is open, by name, wherever it was opened."""
        self._tags = self._depth = self._piled = 0

    def is_costly(self) -> bool:
        """Whether a parser would need more than linear time or memory."""
        nested = piled = 0
        for _ in self._steps():
            nested += self._depth
            piled += self._piled
            if nested > NEST_COST + NEST_MEAN * self._tags or piled > PILE_COST + PILE_MEAN * self._tags:
                return True
        return False

    def _steps(self) -> Iterator[None]:
        """Take in one tag after the other, yielding behind each."""
        for match in tags(self._text, self._is_foreign):
            if match["name"]:
                self._tag(match)
                self._tags += 1
                yield

    def _is_foreign(self) -> bool:
        return self._scopes[-1].name in FOREIGN

    def _tag(self, match: re.Match[str]) -> None:
        """Take in a tag."""
        name = match["name"].lower()
        if match["slash"]:
            self._leave(name, match)
        elif name not in FLAT and not (match["rest"].endswith("/") if self._is_foreign() else name in RAW):
            self._enter(name, match)

    def _enter(self, name: str, match: re.Match[str]) -> None:
        """An element begins, and ends another of its kind where such do not nest."""
        if name in CELLS and self._scopes[-1].name in CELLS:
            self._close_scope()
        if name in FORMATTING:
            if name == "a":
                self._unformat(name)
            self._formatting.setdefault(name, []).append(match)
            self._piled += 1
        self._depth += 1
        if name in SCOPES:
            self._scopes.append(_Scope(name))
        else:
            self._scopes[-1].enter(name)

    def _unformat(self, name: str, which: int = -1) -> None:
        """One element of formatting ends, the last or another of its name."""
        if self._formatting.get(name):
            self._formatting[name].pop(which)
            self._piled -= 1
            self._depth -= self._scopes[-1].forget(name)

    def _leave(self, name: str, match: re.Match[str]) -> None:  # noqa: ARG002 - what makes flat looks at the match
        """An element ends, and all that was opened in it; an end without a beginning in its scope is none."""
        if name in FORMATTING:
            self._unformat(name)
        elif name in SCOPES or name == "tr":
            self._leave_scope(name)
        else:
            self._depth -= self._scopes[-1].leave(name)

    def _leave_scope(self, name: str) -> None:
        """The end of what bounds a scope, and of the cell before the end of its row or table."""
        if name in ("table", "tr") and self._scopes[-1].name in CELLS:
            self._close_scope()
        if name == self._scopes[-1].name:
            self._close_scope()

    def _close_scope(self) -> None:
        self._depth -= self._scopes.pop().open + 1


class _Flattener(_Walk):
    """A walk that makes flat what is too deep, and notes the changes to the text."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._changes: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """The text with all changes made."""
        for _ in self._steps():
            pass
        pieces: list[str] = []
        done = 0
        for start, end, name in sorted(self._changes):
            pieces += self._text[done:start], name
            done = end
        return "".join((*pieces, self._text[done:]))

    def _enter(self, name: str, match: re.Match[str]) -> None:
        if self._depth >= DEEPEST:
            self._rename(match)
            self._scopes[-1].flat[name] += 1
            return
        super()._enter(name, match)
        if self._piled > MOST_FORMATTING:
            first = min((found for found in self._formatting.values() if found), key=lambda found: found[0].start())
            self._rename(first[0])
            self._unformat(first[0]["name"].lower(), 0)

    def _leave(self, name: str, match: re.Match[str]) -> None:
        if self._scopes[-1].flat[name] > 0:
            self._scopes[-1].flat[name] -= 1
            self._rename(match)
        else:
            super()._leave(name, match)

    def _rename(self, match: re.Match[str]) -> None:
        self._changes.append((*match.span("name"), "wbr" if match["name"].lower() in INLINE else "p"))


class _Scope:
    """The elements open since the beginning of a table, a cell or another element that keeps its end tags inside."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.flat: Counter[str] = Counter()
        """The elements that were made flat, and so have ends that nobody needs."""
        self.open = 0
        self._names: list[str] = []
        self._count: Counter[str] = Counter()
        self._gone: Counter[str] = Counter()
        """What is on the list and not open any more: formatting can end before what is open in it."""

    def enter(self, name: str) -> None:
        """An element begins."""
        self.open += 1
        self._names.append(name)
        self._count[name] += 1

    def forget(self, name: str) -> int:
        """An element ends and what is open in it does not; returns how many are open less."""
        if self._count[name] == 0:
            return 0
        self._count[name] -= 1
        self._gone[name] += 1
        self.open -= 1
        return 1

    def leave(self, name: str) -> int:
        """An element ends with what is open in it; returns how many are open less."""
        before = self.open
        while self._count[name] > 0:
            last = self._names.pop()
            if self._gone[last] > 0:
                self._gone[last] -= 1
                continue
            self.open -= 1
            self._count[last] -= 1
            if last == name:
                break
        return before - self.open
