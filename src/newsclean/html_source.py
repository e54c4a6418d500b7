"""The source of an HTML page before it is parsed, and the names of its tags, which are looked for once.

What makes a page costly to parse shows in how often each name stands in it, so nearly every page is known to be none by
counting (`unclosed.py`, `naming.py`, `nesting.py`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from newsclean.patterns import lazy
from newsclean.tags import FLAGS, NAME, lowered

TAG_NAME = lazy(rf"<(/?{NAME})", FLAGS)
"""The name of a tag, with the slash of one that ends something."""


@dataclass(frozen=True)
class HtmlSource:
    """The text of a page, and what stands in it that looks like a tag: in scripts and comments too, so rather more."""

    text: str

    @cached_property
    def names(self) -> list[str]:
        """The names of all tags in their order, as they are written, with the slash of those that end something."""
        return TAG_NAME.findall(self.text)

    @cached_property
    def count(self) -> Counter[str]:
        """How often each name stands there, in lower case."""
        count: Counter[str] = Counter()
        for name, times in Counter(self.names).items():
            count[lowered(name)] += times
        return count

    def having(self, text: str) -> HtmlSource:
        """The source with another text; the same one where that is as it was."""
        return self if text is self.text else HtmlSource(text)

    def only(self, wanted: frozenset[str]) -> list[str]:
        """The names of the tags of these elements in their order, in lower case, with the slash of those that end."""
        written = {name for name in set(self.names) if name.lower().removeprefix("/") in wanted}
        return [name.lower() for name in self.names if name in written]
