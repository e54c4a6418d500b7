"""The kinds of options and of the values that they take: what is refused says what would be taken, whoever gave it.

Each kind of value also knows what a file of settings may hold for it (`takes`, types of Python), and what a shell
proposes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from newsclean.errors import UnknownEncodingError
from newsclean.patterns import lazy

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

TAG = lazy(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE)
"""A tag of a language as RFC 5646 has them, without what is rare: `zh`, `zh-TW`, `yue`."""

NO = "--no-"
"""How a switch begins that turns something off."""

GREATEST = 1_000_000
"""Systems can still count with it: no wait is longer, and no page is larger, in seconds or megabytes."""


class Word(click.types.StringParamType):
    """A word or a sentence that is taken as it is; `proposed` are some that a shell shows."""

    takes: tuple[type, ...] = (str,)
    wanted = "a string"

    def __init__(self, proposed: Iterable[str] = ()) -> None:
        self.proposed = tuple(proposed)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Return the words that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(each) for each in self.proposed if each.startswith(incomplete.lower())]


class Encoding(Word):
    """The name of an encoding, any that people and pages call it by."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; fails for one that is not known."""
        from newsclean.decode import decode  # needed where somebody names an encoding alone

        try:
            decode(b"", encoding=str(value))
        except UnknownEncodingError as error:
            self.fail(str(error), param, ctx)
        return str(value)


class Choice(Word):
    """One of a few names, in any case; `else_` says what to do for others that people ask for."""

    def __init__(self, names: Iterable[str], else_: Mapping[str, str] | None = None) -> None:
        super().__init__(names)
        self.else_ = dict(else_ or {})
        self.wanted = f"one of {', '.join(self.proposed)}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; fails with the nearest one."""
        name = str(value).strip(".= ").lower()
        if name in self.proposed:
            return name
        return self.fail(f"'{value}' is not {self.wanted}{self.advice(name)}", param, ctx)

    def advice(self, name: str) -> str:
        """Return what to try instead of `name`, in brackets, if anything is known."""
        from difflib import get_close_matches

        near = get_close_matches(name, self.proposed, 1)
        advice = self.else_.get(name) or (f"did you mean {near[0]}?" if near else "")
        return f" ({advice})" if advice else ""


class Language(Word):
    """The tag of a language."""

    wanted = "a code such as zh, zh-TW or en"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the tag as given; fails for a language's name, which no article would match."""
        tag = str(value)
        return tag if TAG.fullmatch(tag) else self.fail(f"'{value}' is not {self.wanted}", param, ctx)


class Place(Word):
    """The path of a file or a directory."""

    def __init__(self, kind: str = "file") -> None:
        super().__init__()
        self.kind = kind
        self.wanted = f"the path of a {'directory' if kind == 'dir' else 'file'}"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002
        """Leave it to the shell, which knows of files."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=self.kind)]


class Whole(click.IntRange):
    """A whole number from `min` on."""

    takes: tuple[type, ...] = (int,)

    @property
    def wanted(self) -> str:
        """What is taken, in words."""
        return f"a whole number from {self.min} on"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        number = number_of(super().convert, value)
        return self.fail(f"'{value}' is not {self.wanted}", param, ctx) if number is None else number


class Number(click.FloatRange):
    """A number between two bounds; `such` is an example."""

    takes: tuple[type, ...] = (int, float)

    def __init__(self, such: str, least: float, most: float, above: bool = False) -> None:
        super().__init__(least, most, min_open=above)
        bounds = f"above {least:g}, at most {most:,.0f}" if above else f"from {least:g} to {most:g}"
        self.wanted = f"a number {bounds}, such as {such}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number."""
        number = number_of(super().convert, value)
        return self.fail(f"'{value}' is not {self.wanted}", param, ctx) if number is None else number


def number_of(convert: Callable[..., Any], value: Any) -> Any:
    """Return the number that `convert` makes of a value, or None; `nan` lies in no range, and click would take it."""
    try:
        number = convert(value, None, None)
    except click.BadParameter:  # its words are for programmers
        return None
    return number if number == number else None  # noqa: PLR0124


class Option(click.Option):
    """An option with what the manual says of it, beyond its line of help.

    `fixed` options cannot be set in the environment or in a file, since they are about one page or end the run;
    `unsafe` ones not in a file, since they decide what is trusted.
    """

    def __init__(self, *names: Any, more: str = "", fixed: bool = False, unsafe: bool = False, **known: Any) -> None:
        super().__init__(names, allow_from_autoenv=not fixed, **known)
        self.more = more
        self.in_file = not (fixed or unsafe)

    @property
    def takes(self) -> tuple[type, ...]:
        """The types of Python that a value of it in a file has."""
        kind = self.type
        return kind.takes if isinstance(kind, Word | Whole | Number) else (bool,)

    @property
    def key(self) -> str:
        """The option's name in a file of settings: `output-dir`."""
        return self.opts[-1].lstrip("-")

    @property
    def spelled(self) -> str:
        """The option as a message names it: `-o/--output`."""
        return "/".join(self.opts)

    @property
    def usual(self) -> str:
        """What the option is without being given, in words; empty where that is nothing."""
        if self.is_flag or self.multiple or not isinstance(self.default, str | int | float) or not self.default:
            return ""
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:  # noqa: ARG002
        """Return the two columns of `--help`: the names, and what the option does or is without being given."""
        names = ", ".join(self.opts) if self.is_flag else f"{', '.join(self.opts)} {self.metavar}"
        return names, f"{self.help} (default: {self.usual})" if self.usual else self.help or ""


class Switch(Option):
    """An option that is on or off, and so has two names: `--dedup` and, for what a file turned on, `--no-dedup`."""

    def __init__(self, *names: str, **known: Any) -> None:
        super().__init__(*names, is_flag=True, **known)
        name = self.opts[-1]
        self.secondary_opts = [f"--{name.removeprefix(NO)}" if name.startswith(NO) else f"{NO}{name[2:]}"]
