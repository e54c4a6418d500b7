"""Regular expressions that are compiled when they are first used.

The rooms know some two hundred patterns, a page needs half of them, and to compile one takes as long as to use it on a
whole page: reading them all would be most of the time that one page from the command line takes.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, Generic, cast


def lazy(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, but not compiled yet: `pattern` and `flags` are as given, methods compile it."""
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy(Generic[AnyStr]):
    """What is asked of it is looked up once; then it is the compiled pattern's own, so matching costs nothing more."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[AnyStr]:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
