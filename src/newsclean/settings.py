"""Defaults from a file: `newsclean.toml`, or the table `[tool.newsclean]` of `pyproject.toml`, whichever is nearest.

It is looked for from the working directory upward, or named by `--config`. What the command line or the environment
says goes before it. A file that was found and not named may be a stranger's, as in an unpacked archive: it cannot let
anything be written outside its own directory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import click
from click.core import ParameterSource

from newsclean.option_types import Option, Place

OWN, SHARED, TABLE = "newsclean.toml", "pyproject.toml", "tool.newsclean"
"""The file that holds nothing else, the file that others share, and the table of it that is ours."""

OUR_TABLES = {"tool": TABLE, "newsclean": "newsclean"}
"""Tables that a file of our own needs not, by their outermost name."""

FILE = "newsclean.settings.file"
"""Under this name, the context of a run keeps the path of the file that gave defaults."""

IGNORE = "--no-config runs without it"
"""What to try when a file is in the way."""

RIVALS = (("output", "output_dir"), ("quiet", "verbose"))
"""Options of which a run has only one: what was said nearer to the run goes before what a file says."""

NEAREST = (
    ParameterSource.COMMANDLINE,
    ParameterSource.ENVIRONMENT,
    ParameterSource.DEFAULT_MAP,
    ParameterSource.DEFAULT,
)
"""Where an option can be set, what goes before the others first."""

STDOUT = "-"
"""What stands for standard output in the place of a file."""

WORDS: dict[tuple[type, ...], str] = {
    (bool,): "true or false",
    (str,): "a string, in quotes",
    (int,): "a whole number, without quotes",
    (int, float): "a number, without quotes",
}
"""What a value of these types is, to one who writes TOML."""


class SettingsError(click.ClickException):
    """A file of settings that cannot be used; the line names the file."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")


class Settings(NamedTuple):
    """What a file says: its path, its table, and whether the user has named it."""

    path: str
    table: dict[str, Any]
    named: bool


def use(ctx: click.Context, _: click.Parameter, named: str | None) -> str | None:
    """Take defaults from the file that is named, or from the nearest one, unless files were forbidden before."""
    if ctx.resilient_parsing or (named is None and ctx.params.get("no_config")):
        return named
    found = read(named) if named is not None else nearest(os.curdir)
    if found is not None:
        ctx.default_map = dict(defaults(found, ctx))
        ctx.meta[FILE] = found.path
    return named


def forbid(ctx: click.Context, _: click.Parameter, forbidden: bool) -> bool:
    """Take back what an earlier `--config` gave: of the two, what comes last holds."""
    if forbidden:
        ctx.default_map = None
        ctx.meta.pop(FILE, None)
    return forbidden


def read(path: str) -> Settings:
    """Read a file that the user has named."""
    table = parsed(path)
    if os.path.basename(path) != SHARED:
        return Settings(path, table, named=True)
    own = own_table(table)
    if own is None:
        raise SettingsError(path, f"there is no table [{TABLE}]")
    return Settings(path, own, named=True)


def nearest(start: str) -> Settings | None:
    """Return the settings of the nearest directory that has any, from `start` upward."""
    for folder in upward(start):
        own, shared = os.path.join(folder, OWN), os.path.join(folder, SHARED)
        if os.path.isfile(own):
            return Settings(own, parsed(own), named=False)
        if os.path.isfile(shared) and (table := own_table(parsed(shared, b"newsclean"))) is not None:
            return Settings(shared, table, named=False)
    return None


def upward(start: str) -> Iterator[str]:
    """Yield a directory and all that it stands in; nothing where it is gone."""
    try:
        folder = os.path.abspath(start)
    except FileNotFoundError:
        return
    while True:
        yield folder
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return


def own_table(table: dict[str, Any]) -> dict[str, Any] | None:
    """Return our table of a shared file, or None where it has none."""
    tool = table.get("tool")
    own = tool.get("newsclean") if isinstance(tool, dict) else None
    return own if isinstance(own, dict) else None


def parsed(path: str, needed: bytes = b"") -> dict[str, Any]:
    """Return what a TOML file holds, nothing where it lacks `needed`: most shared files are not about us."""
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise SettingsError(path, f"cannot read these settings: {why} ({IGNORE})") from error
    return toml(path, data) if needed in data else {}


def toml(path: str, data: bytes) -> dict[str, Any]:
    """Parse TOML."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table: dict[str, Any] = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise SettingsError(path, f"this is no valid TOML: {error} ({IGNORE})") from error
    return table


def defaults(found: Settings, ctx: click.Context) -> Iterator[tuple[str, Any]]:
    """Yield the names of parameters and what a file says of them. Raises SettingsError."""
    options = {each.key: each for each in ctx.command.params if isinstance(each, Option)}
    for key, value in found.table.items():
        option = options.get(key)
        if option is None or not option.in_file:
            raise SettingsError(found.path, unknown(key, options, found))
        yield option.name or key, valued(found, option, value, ctx)


def unknown(key: str, options: dict[str, Option], found: Settings) -> str:
    """Say what is wrong with a key, and which one was meant."""
    if key in options:
        return f"'{key}' is not for a file: say it on the command line"
    if key in OUR_TABLES and found.path.endswith(OWN):
        return f"its keys stand by themselves: leave out [{OUR_TABLES[key]}]"
    known = [name for name, option in options.items() if option.in_file]
    from difflib import get_close_matches

    near = get_close_matches(key.lower().replace("_", "-").lstrip("-"), known, 1, 0.5)
    return f"unknown key '{key}'" + (f": did you mean '{near[0]}'?" if near else f": known are {', '.join(known)}")


def valued(found: Settings, option: Option, value: Any, ctx: click.Context) -> Any:
    """Return a value as its option takes it. Raises SettingsError."""
    if not option.multiple:
        return single(found, option, value, ctx)
    if not isinstance(value, list):
        raise SettingsError(found.path, f"'{option.key}' is a list, such as ['*.html']: not {value!r}")
    return [single(found, option, each, ctx) for each in value]


def single(found: Settings, option: Option, value: Any, ctx: click.Context) -> Any:
    """Return one value: of the type that TOML has for it, in its range, and a path where the file means it to be."""
    takes = option.takes
    if not isinstance(value, takes) or (isinstance(value, bool) and bool not in takes):
        raise SettingsError(
            found.path, f"'{option.key}' {'holds' if option.multiple else 'is'} {WORDS[takes]}: not {value!r}"
        )
    try:
        taken = value if option.is_flag else option.type.convert(value, option, ctx)
    except click.BadParameter as error:
        raise SettingsError(found.path, f"{option.key}: {error.message}") from error
    return place(found, option, str(taken)) if isinstance(option.type, Place) else taken


def place(found: Settings, option: Option, path: str) -> str:
    """Return a path of a file, which is relative to the file's own directory, and stays there unless it was named."""
    folder = os.path.dirname(found.path)
    whole = path if path == STDOUT else os.path.normpath(os.path.join(folder, path))
    real, home = os.path.realpath(whole), os.path.realpath(folder)
    if not (found.named or path == STDOUT or os.path.join(real, "").startswith(os.path.join(home, ""))):
        why = f"'{option.key}' leads out of the file's directory: say so on the command line, or name the file with"
        raise SettingsError(found.path, f"{why} --config")
    return whole


def settle(ctx: click.Context, chosen: dict[str, Any]) -> dict[str, Any]:
    """Return the options with those of RIVALS unset that something nearer to the run goes before."""
    settled = dict(chosen)
    for pair in RIVALS:
        far, near = sorted(pair, key=lambda name: -distance(ctx, name))
        if chosen[far] and chosen[near] and distance(ctx, far) > distance(ctx, near):
            settled[far] = None
    return settled


def distance(ctx: click.Context, name: str) -> int:
    """Return how far from the run an option was set."""
    source = ctx.get_parameter_source(name)
    return len(NEAREST) if source is None else NEAREST.index(source)
