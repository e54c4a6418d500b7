"""Every option of the command, once: what `--help`, the man page, docs/options.md and shells say of it is made of this.

An option's `help` is one line of `--help`; the manual puts `more` behind it, as Markdown of code and links alone.
"""

from __future__ import annotations

import click

from newsclean import __version__, settings
from newsclean.option_types import GREATEST, Choice, Encoding, Language, Number, Option, Place, Switch, Whole, Word

PROGRAM, PREFIX = "newsclean", "NEWSCLEAN"
"""The name of the command, and what the variables of the environment begin with that stand for its options."""

FORMATS = ("md", "json", "jsonl", "txt", "html", "parquet")
"""The names in `render.FORMATS` and what else parts can be: `--help` and `--version` need not wait for the writers."""

INPUT_FORMATS = ("auto", "html", "text")
""""auto" and the names in `page.READERS`, which would bring the parser along."""

ENGINES = ("newsclean", "readability")
"""The names in `pipeline.ENGINES`."""

PANDOC = "write md, and let pandoc make it: newsclean page.html | pandoc -o page.docx"

OTHER_FORMATS = {
    "markdown": "did you mean md?",
    "text": "did you mean txt?",
    "plain": "did you mean txt?",
    "ndjson": "did you mean jsonl?",
    **dict.fromkeys(("docx", "pdf", "epub", "odt", "rtf"), PANDOC),
    **dict.fromkeys(("csv", "tsv", "xlsx"), "write jsonl, and let jq or pandas make a table of it"),
}
"""What people ask for that is no format of ours, and what to do."""

ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "shift_jis", "euc-jp", "euc-kr", "utf-16", "windows-1252")
"""The encodings that a shell proposes; many more are known."""


def print_completion(ctx: click.Context, _: click.Parameter, shell: str | None) -> None:
    """Write what makes a shell complete the command line, and end."""
    if shell is None or ctx.resilient_parsing:
        return
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    if kind is not None:
        script = kind(ctx.command, {}, PROGRAM, f"_{PREFIX}_COMPLETE")
        click.echo(ShellComplete.source(script))  # bash's own would start a bash to ask for its version
    ctx.exit()


def print_schema(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Write the JSON Schema of the output, and end."""
    if wanted and not ctx.resilient_parsing:
        from importlib.resources import files

        click.echo(files("newsclean").joinpath("article.schema.json").read_text("utf-8"), nl=False)
        ctx.exit()


def print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Write the version, and end."""
    if wanted and not ctx.resilient_parsing:
        click.echo(f"{PROGRAM} {__version__}")
        ctx.exit()


def print_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Write the help, and end."""
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help())
        ctx.exit()


GROUPS: dict[str, tuple[Option, ...]] = {
    "Output": (
        Option(
            "-f", "--format", metavar="NAME", default="md",
            type=Choice(FORMATS, OTHER_FORMATS),
            help="md, json, jsonl, txt, html or parquet",
            more="[`md`](output.md#markdown) is Markdown with front matter, [`jsonl`](output.md#json) JSON Lines; "
            "`parquet` is for [parts](scale.md) alone, with `--scheduler`.",
        ),
        Option(
            "-o", "--output", metavar="FILE", type=Place(),
            help="Write one file instead of standard output",
            more="It is replaced at the end of the run, in one step; `-` is standard output.",
        ),
        Option(
            "-d", "--output-dir", metavar="DIR", type=Place("dir"),
            help="Write a file for each article into DIR",
            more="`DIR` is made where it is missing, and mirrors the inputs. It cannot be given together with `-o`.",
        ),
        Option(
            "--report", metavar="FILE.html", type=Place(),
            help="Write a page that shows what was kept and why",
            more="One input is [shown block by block](usage.md#the-report); for many there is a list, the most "
            "doubtful at its top.",
        ),
        Switch("--no-front-matter", help="Markdown without the metadata at its top"),
        Switch("--no-links", help="Write the text of links alone"),
        Switch("--no-images", help="Leave out images and their captions"),
    ),
    "Input": (
        Option(
            "-e", "--encoding", metavar="NAME", type=Encoding(ENCODINGS),
            help="Read the inputs in this encoding, not as detected",
            more="Without it, the encoding of each is [told from its bytes](encodings.md).",
        ),
        Option(
            "--input-format", metavar="NAME", default="auto", type=Choice(INPUT_FORMATS),
            help="auto, html or text",
            more="`auto` tells pages from text dumps by what they hold.",
        ),
        Option(
            "--url", metavar="URL", fixed=True, type=Word(),
            help="The page's address, for its links and metadata",
            more="Relative links are resolved against it, and it is the `url` of the metadata. It must be whole, "
            "with `http://` or `https://`, and is for one page only. Nothing is fetched.",
        ),
        Option(
            "--engine", metavar="NAME", default="newsclean", type=Choice(ENGINES),
            help="newsclean or readability",
            more="What finds the text in HTML: `readability` asks readability-lxml alone.",
        ),
        Option(
            "--include", metavar="GLOB", multiple=True, type=Word(),
            help="Read only files whose path ends so: '*.html'",
            more="A pattern such as `'*.html'` or `'2024/*'`, in quotes lest the shell expands it. It may be given "
            "several times: one of them is enough.",
        ),
        Option(
            "--exclude", metavar="GLOB", multiple=True, type=Word(),
            help="Read no files whose path ends so",
            more="It may be given several times.",
        ),
        Option(
            "--max-size", metavar="MB", default=50.0, type=Number("50", 0, GREATEST, above=True),
            help="The most megabytes in a page, unpacked",
        ),
        Switch(
            "--join-pages",
            help="Put the pages of one article together",
            more="That is, files that are [named and linked as such](usage.md#pages-of-one-article).",
        ),
    ),
    "Which articles are written": (
        Option(
            "--language", metavar="CODE", type=Language(),
            help="Only those in this language, such as zh",
            more="`zh` includes `zh-TW`.",
        ),
        Option(
            "--min-chars", metavar="N", default=0, type=Whole(min=0), help="None whose text has fewer characters"
        ),
        Option(
            "--min-confidence", metavar="X", default=0.0, type=Number("0.5", 0, 1),
            help="None with a lower confidence, from 0 to 1",
            more="Articles below 0.5 had better be looked at.",
        ),
        Switch(
            "--dedup",
            help="Each text once: no copies, no near copies",
            more="The [first](usage.md#copies) in the order of the inputs is kept.",
        ),
    ),
    "Run": (
        Option(
            "-j", "--jobs", metavar="N", type=Whole(min=1),
            help="Workers at once (default: one for each processor)",
            more="One page needs none. What is written is the same, whatever their number.",
        ),
        Option(
            "--scheduler", metavar="ADDRESS", unsafe=True, type=Word(("local",)),
            help="Run on this Dask cluster, or on a local one",
            more="The [parts](scale.md) that its workers make are written into `DIR`, as `jsonl` or `parquet`. With "
            "`local`, a cluster is started on this computer.",
        ),
        Option(
            "--timeout", metavar="SECONDS", default=60.0, type=Number("60", 0, GREATEST, above=True),
            help="The longest that a page may take",
            more="It is also the most processor time to read a page from an archive.",
        ),
        Switch(
            "--force",
            help="Do all anew, also what an earlier run has done",
            more="Without it, [what is done is skipped](usage.md#many-pages).",
        ),
        Switch("--fail-fast", help="Stop at the first input that fails"),
        Option(
            "--config", metavar="FILE", unsafe=True, is_eager=True, type=Place(), callback=settings.use,
            help="Take defaults from this file",
            more="Without it, they are taken from the [nearest file of settings](usage.md#defaults) above the working "
            "directory, if there is one.",
        ),
        Option(
            "--no-config", unsafe=True, is_flag=True, is_eager=True, callback=settings.forbid,
            help="Take no defaults from any file",
            more="It is for runs that must not depend on where they are started.",
        ),
    ),
    "What is told on standard error": (
        Switch("-q", "--quiet", help="Nothing but what failed"),
        Switch(
            "-v", "--verbose",
            help="How each input was read, all warnings, tracebacks",
            more="It also says from which file defaults were taken.",
        ),
        Switch(
            "--explain",
            help="Why each block of a page was kept or dropped",
            more="Before that, it says how the page was read, and where each value of its metadata was found.",
        ),
    ),
    "Help": (
        Option(
            "--completion", metavar="SHELL", fixed=True, is_eager=True, expose_value=False,
            type=Choice(("bash", "zsh", "fish")), callback=print_completion,
            help="Print what makes bash, zsh or fish complete options",
            more="It belongs into the [start-up file](usage.md#completion) of the shell.",
        ),
        Option(
            "--schema", fixed=True, is_flag=True, is_eager=True, expose_value=False, callback=print_schema,
            help="Print the JSON Schema of the output",
        ),
        Option(
            "--version", fixed=True, is_flag=True, is_eager=True, expose_value=False, callback=print_version,
            help="Print the version",
        ),
        Option(
            "-h", "--help", fixed=True, is_flag=True, is_eager=True, expose_value=False, callback=print_help,
            help="Print this help",
        ),
    ),
}  # fmt: skip
"""All options, under the headings of `--help`."""
