"""The command as click knows it: how its help looks, what its errors say, and that it bears streams that are closed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from click.core import ParameterSource

from newsclean import stderr
from newsclean.characters import one_line
from newsclean.option_types import Option, Switch
from newsclean.options import PREFIX, PROGRAM

UNWRITABLE = 3
"""The exit code where the output could not be written."""

COLUMN = 20
"""How wide the first column of `--help` is, in all groups alike: nearly all options fit."""

HABITS = {
    "--workers": "-j",
    "--json": "-f json",
    "--jsonl": "-f jsonl",
    "--markdown": "-f md",
    "--md": "-f md",
    "--text": "-f txt",
    "--txt": "-f txt",
    "--html": "-f html",
    "--output-format": "-f",
    "--to": "-f",
    "--out": "-o",
    "--outdir": "-d",
    "--input": "the name alone",
    "-i": "the name alone",
    "--file": "the name alone",
    "--recursive": "the directory alone, all below it is read",
    "-r": "the directory alone, all below it is read",
    "-R": "the directory alone, all below it is read",
    "-u": "--url",
    "-V": "--version",
}
"""Options that other programs have, and what is said here."""


class RefusedError(click.ClickException):
    """Arguments or settings that cannot be used, told on one line as every other error is."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - there is no other place to say so
        """Say why."""
        stderr.write(one_line(f"{PROGRAM}: {self.message}") + "\n")


class Command(click.Command):
    """A command whose options stand in groups."""

    def __init__(self, name: str, groups: Mapping[str, Sequence[Option]], examples: str, **known: Any) -> None:
        super().__init__(name, **known)
        self.groups, self.examples = groups, examples
        self.params += [option for group in groups.values() for option in group]

    def main(self, *args: Any, **known: Any) -> Any:
        """Run the command; what click itself writes can fail, too: help, the version, usage errors."""
        stderr.hold_standard_streams()
        try:
            return super().main(*args, **known)
        except OSError as error:
            stderr.silence(sys.stdout)
            unwritable(str(error.strerror or error).lower())

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the arguments; where nobody is there to be told the help or the version, click says nothing."""
        try:
            return super().make_context(*args, **more)
        except click.exceptions.Exit:
            if sys.stdout is None:
                unwritable("it is closed")
            raise

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        with plain_errors(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with plain_errors(ctx):
            return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:  # noqa: ARG002
        """Return the option that shows the help."""
        return next((each for each in self.params if isinstance(each, Option) and each.name == "help"), None)

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names of that option."""
        option = self.get_help_option(ctx)
        return [] if option is None else option.opts

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:  # noqa: ARG002
        """Return the parameters, the option for help among them."""
        return list(self.params)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by their groups."""
        for heading, options in self.groups.items():
            with formatter.section(heading):
                records = filter(None, (option.get_help_record(ctx) for option in options))
                formatter.write_dl([(names.ljust(COLUMN), text) for names, text in records], col_max=COLUMN)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the examples as they are."""
        formatter.write(f"\nExamples:\n{self.examples}")


def unwritable(why: str) -> NoReturn:
    """Say why standard output cannot be written, and end."""
    stderr.write(one_line(f"{PROGRAM}: cannot write standard output: {why}") + "\n")
    sys.exit(UNWRITABLE)


@contextmanager
def plain_errors(ctx: click.Context) -> Iterator[None]:
    """Say what is wrong with the arguments on one line, and what to try; names are among them that strangers gave."""
    try:
        yield
    except click.NoSuchOption as error:
        raise RefusedError(no_such_option(error.option_name, ctx)) from error
    except click.BadOptionUsage as error:
        raise RefusedError(half_an_option(error, ctx)) from error
    except click.BadParameter as error:
        why = "1 or 0 is what it can be" if isinstance(error.param, Switch) else error.message
        raise RefusedError(f"{blamed(error, ctx)}: {why}") from error
    except click.ClickException as error:
        raise RefusedError(error.format_message()) from error


def no_such_option(name: str, ctx: click.Context) -> str:
    """Say that there is no such option, and which one was meant."""
    known = [each for option in ctx.command.params if isinstance(option, Option) for each in option.opts]
    if habit := HABITS.get(name):
        return f"there is no option {name}: say {habit}"
    from difflib import get_close_matches

    near = get_close_matches(name, known, 2, 0.7)
    return f"there is no option {name}: " + (
        f"did you mean {' or '.join(near)}?" if near else f"{PROGRAM} -h lists all"
    )


def half_an_option(error: click.BadOptionUsage, ctx: click.Context) -> str:
    """Say what an option lacks, or has too much."""
    name = error.option_name
    option = next((each for each in ctx.command.params if name in (*each.opts, *each.secondary_opts)), None)
    if not isinstance(option, Option):
        return error.format_message()
    if option.is_flag:
        return f"{name} takes no value: give it alone"
    return f"{name} needs its {option.metavar} behind it ({name} {option.metavar}: {option.help})"


def blamed(error: click.BadParameter, ctx: click.Context) -> str:
    """Return who gave a bad value: the option, or the variable that stands for it."""
    option = error.param
    if not isinstance(option, Option) or option.name is None:
        return "INPUT"
    if ctx.get_parameter_source(option.name) is ParameterSource.ENVIRONMENT:
        return f"{PREFIX}_{option.name.upper()} in the environment"
    return option.spelled
