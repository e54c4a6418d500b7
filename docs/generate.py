"""Everything that is written of the options and the output, made from the command and the schema themselves.

    python docs/generate.py [--check]

Writes `docs/options.md`, the man page `share/man/man1/newsclean.1`, and the table of keys in `docs/output.md`. With
`--check` nothing is written, and the exit code is 1 where one of them is out of step.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from newsclean import __version__
from newsclean.cli import EXAMPLES, main
from newsclean.option_types import Option
from newsclean.options import GROUPS

ROOT = Path(__file__).resolve().parent.parent

OPTIONS, MANUAL, OUTPUT, USAGE = (
    ROOT / name for name in ("docs/options.md", "share/man/man1/newsclean.1", "docs/output.md", "docs/usage.md")
)

REVISED = "2026-11-23"
"""When what the man page says beside the options was last changed."""

BEGIN, END = "<!-- made by docs/generate.py: begin -->", "<!-- end -->"
"""What stands around a table that is made in a page that is written."""

INTRODUCTION = f"""\
<!-- made by docs/generate.py from src/newsclean/options.py -->
# Options

    newsclean [OPTIONS] [INPUT]...

Each can also be set by a variable of the environment or in a file ([defaults](usage.md#defaults)), but for those that
say otherwise, and those under Help. A switch that was turned on there is turned off by its other name: `--no-dedup`,
`--links`. As newsclean {__version__} has them:
"""

CODE = re.compile(r"`([^`]*)`")

LINK = re.compile(r"\[([^]]*)\]\(([^)]*)\)")

TAIL = r"""
.SH ENVIRONMENT
Every option but
.B \-\-url
and those under Help has a variable, called after it:
.B NEWSCLEAN_FORMAT
stands for
.BR \-\-format ,
.B NEWSCLEAN_OUTPUT_DIR
for
.BR \-\-output\-dir .
A switch is turned on by
.B 1
and off by
.BR 0 .
Several patterns are parted by spaces.
The command line goes before the environment, the environment before a file.
.TP
.B NO_COLOR
No colour on a terminal.
.SH FILES
.TP
.IR newsclean.toml ", " pyproject.toml
Defaults, from the nearest file at or above the working directory,
of the latter from its table
.BR [tool.newsclean] .
Keys are the long names of options without their dashes.
A path is relative to the file, and stays in its directory unless
.B \-\-config
has named the file.
.TP
.IR DIR /.newsclean\-state.jsonl
What was done, for the next run.
.TP
.IR DIR /newsclean\-failures.jsonl
What failed in the last run, a line each.
"""
"""The rest of the man page, in its own language."""


def names(option: Option) -> str:
    """The names of an option, with what it takes."""
    if option.is_flag:
        return ", ".join(f"`{each}`" for each in option.opts)
    return ", ".join([*(f"`{each}`" for each in option.opts[:-1]), f"`{option.opts[-1]} {option.metavar}`"])


def sentences(option: Option) -> str:
    """What an option does, at length."""
    usual = f" (default: `{option.usual}`)" if option.usual else ""
    return " ".join(filter(None, (f"{option.help}{usual}.", option.more, where(option))))


def where(option: Option) -> str:
    """Where an option cannot be set; empty for those that can be set anywhere, or end the run."""
    if option.in_file or not option.expose_value:
        return ""
    if option.allow_from_autoenv:
        return "A file of settings cannot set it."
    return "It can be given on the command line alone."


def options_page() -> str:
    """The page of all options."""
    tables = (
        "\n".join([f"\n## {heading}\n", "| option | meaning |", "|---|---|", *map(row, options)])
        for heading, options in GROUPS.items()
    )
    return INTRODUCTION + "\n".join(tables) + "\n"


def row(option: Option) -> str:
    """One line of a table."""
    return f"| {names(option)} | {sentences(option)} |"


def roff(text: str) -> str:
    """Markdown of code and links alone, as a line of a man page."""
    plain = LINK.sub(r"\1", text).replace("\\", r"\e").replace("-", r"\-")
    lines = textwrap.wrap(CODE.sub(r"\\fB\1\\fR", plain), 79, break_on_hyphens=False)
    return "\n".join(f"\\&{line}" if line.startswith((".", "'")) else line for line in lines)


def manual() -> str:
    """The man page."""
    paragraphs = [" ".join(each.split()) for each in (main.help or "").split("\n\n")]
    head = [
        f'.\\" made by docs/generate.py\n.TH NEWSCLEAN 1 {REVISED} "newsclean {__version__}"',
        ".SH NAME\nnewsclean \\- turn saved news pages and text dumps into the article alone",
        '.SH SYNOPSIS\n.B newsclean\n.RI [ OPTIONS ] " " [ INPUT ]...',
        ".SH DESCRIPTION\n" + "\n.PP\n".join(roff(each) for each in paragraphs[1:]),
        ".SH OPTIONS",
    ]
    groups = [line for heading, options in GROUPS.items() for line in (f'.SS "{heading}"', *map(entry, options))]
    codes = [f".TP\n.B {code}\n{roff(what[0].upper() + what[1:])}." for code, what in exit_codes()]
    examples = f".SH EXAMPLES\n.EX\n{EXAMPLES.rstrip()}\n.EE".replace("-", r"\-")
    return "\n".join([*head, *groups, ".SH EXIT STATUS", *codes]) + TAIL + examples + "\n"


def entry(option: Option) -> str:
    """One option in the man page."""
    known = ", ".join(f"\\fB{each}\\fR" for each in option.opts).replace("-", r"\-")
    taken = "" if option.is_flag else f" \\fI{option.metavar}\\fR"
    return f".TP\n{known}{taken}\n{roff(sentences(option))}"


def exit_codes() -> Iterator[tuple[str, str]]:
    """The exit codes and what they mean, as docs/usage.md has them."""
    section = USAGE.read_text("utf-8").partition("\n## Exit codes\n")[2].partition("\n## ")[0]
    yield from re.findall(r"^\| (\d+) \| (.*) \|$", section, re.MULTILINE)


def keys_table() -> str:
    """The table of the keys of JSON."""
    schema: dict[str, Any] = json.loads(files("newsclean").joinpath("article.schema.json").read_text("utf-8"))
    rows = [f"| `{key}` | {kind(value)} | {value['description']} |" for key, value in schema["properties"].items()]
    return "\n".join([BEGIN, "| key | type | what it is |", "|---|---|---|", *rows, END])


def kind(schema: dict[str, Any]) -> str:
    """The type of a value, in words."""
    types = schema["type"]
    if types == "array":
        return f"list of {schema['items']['type']}s"
    return " or ".join(types) if isinstance(types, list) else str(types)


def output_page() -> str:
    """docs/output.md with its table of keys made anew."""
    return re.sub(f"{BEGIN}.*?{END}", lambda _: keys_table(), OUTPUT.read_text("utf-8"), flags=re.DOTALL)


def run() -> int:
    """Write all of it, or say what is out of step."""
    made = {OPTIONS: options_page(), MANUAL: manual(), OUTPUT: output_page()}
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        print(
            f"{path.relative_to(ROOT)}: {'out of step: run docs/generate.py' if '--check' in sys.argv else 'written'}"
        )
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(made[path], "utf-8")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(run())
