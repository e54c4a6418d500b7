"""The command line: options in, exit code out. What they mean is decided in `batch`, what is said in `console`.

Exit codes: 0 every input gave an article, 1 some did not, 2 usage, 3 the output could not be written, 130 interrupted.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import click

from newsclean import stderr
from newsclean.characters import one_line
from newsclean.errors import NewscleanError, OutputError, UnknownEncodingError

if TYPE_CHECKING:
    from newsclean import batch, console, sinks

FORMATS = ("md", "json", "jsonl", "txt", "html", "parquet")
"""The names in `render.FORMATS`, and what else parts can be.

They are spelled out since `--help` and `--version` need not wait for the writers.
"""

INPUT_FORMATS = ("auto", "html", "text")
""""auto" and the names in `page.READERS`, which would bring the parser along."""

ENGINES = ("newsclean", "readability")
"""The names in `pipeline.ENGINES`."""

STDIN = "-"
"""The input that is read when none is given."""


class Amount(click.FloatRange):
    """A number above 0 that systems can still count with: no wait is longer, and no page is larger."""

    def __init__(self) -> None:
        super().__init__(min=0, max=1_000_000, min_open=True)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number; what is none (`nan`) lies in no range, and click would take it."""
        number = super().convert(value, param, ctx)
        return number if number == number else self.fail(f"{value} is not a number.", param, ctx)  # noqa: PLR0124


POSITIVE = Amount()
"""Seconds or megabytes."""

MEGABYTE = 1024 * 1024
"""Bytes."""

FAILED, USAGE, UNWRITABLE, INTERRUPTED = 1, 2, 3, 130
"""Exit codes beside 0."""

GROUPS = {
    "Output": ("--format", "--output", "--output-dir", "--no-front-matter", "--no-links", "--no-images"),
    "Input": (
        "--encoding",
        "--input-format",
        "--url",
        "--engine",
        "--include",
        "--exclude",
        "--max-size",
        "--join-pages",
    ),
    "Which articles": ("--language", "--min-chars", "--min-confidence", "--dedup"),
    "Run": (
        "--jobs",
        "--scheduler",
        "--timeout",
        "--force",
        "--fail-fast",
        "--quiet",
        "--verbose",
        "--explain",
        "--version",
        "--help",
    ),
}
"""The options under the headings of `--help`."""

EXAMPLES = """\b
Examples:
  newsclean page.html                     Markdown on standard output
  cat page.txt | newsclean -f json        from a pipe
  newsclean saved/ -d clean/              a directory, a file for each page
  newsclean saved/ -f jsonl -o all.jsonl  a directory, a line for each page (again to resume)
  newsclean --explain page.html           why each block was kept or dropped
"""
"""Ends `--help`."""


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Keep what is wrong with the arguments on one line: names of files are among them, and strangers give these."""
    try:
        yield
    except click.UsageError as error:
        raise click.UsageError(one_line(error.format_message()), error.ctx) from error


class GroupedCommand(click.Command):
    """A command whose `--help` lists the options under headings, and which bears standard streams that are closed."""

    def main(self, *args: Any, **known: Any) -> Any:
        """Run the command; what click itself writes can fail, too: help, the version, usage errors."""
        stderr.hold_standard_streams()
        try:
            return super().main(*args, **known)
        except OSError as error:
            code = ended(f"cannot write standard output: {error.strerror or error}".lower(), UNWRITABLE)
            stderr.silence(sys.stdout)
            sys.exit(code)

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the arguments."""
        with one_line_errors():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with one_line_errors():
            return super().invoke(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by GROUPS."""
        records = {name: each.get_help_record(ctx) for each in self.get_params(ctx) for name in each.opts}
        for heading, names in GROUPS.items():
            with formatter.section(heading):
                formatter.write_dl([record for name in names if (record := records[name])])


@click.command(cls=GroupedCommand, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path())
@click.option("-f", "--format", type=click.Choice(FORMATS), default="md", show_default=True, help="What to write.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(), help="Write one file instead of standard output.")
@click.option("-d", "--output-dir", metavar="DIR", type=click.Path(), help="Write a file for each input, mirrored.")
@click.option("--no-front-matter", is_flag=True, help="Markdown without front matter.")
@click.option("--no-links", is_flag=True, help="Keep the text of links alone.")
@click.option("--no-images", is_flag=True, help="Leave images out.")
@click.option("-e", "--encoding", metavar="NAME", help="The inputs' encoding, where detection should not decide.")
@click.option(
    "--input-format", type=click.Choice(INPUT_FORMATS), default="auto", show_default=True, help="What to read."
)
@click.option("--url", metavar="URL", help="The address of the page, for its links and metadata.")
@click.option(
    "--engine", type=click.Choice(ENGINES), default="newsclean", show_default=True, help="What finds the text in HTML."
)
@click.option("--include", metavar="GLOB", multiple=True, help="Read only files whose path ends in this pattern.")
@click.option("--exclude", metavar="GLOB", multiple=True, help="Read no files whose path ends in this pattern.")
@click.option(
    "--max-size",
    metavar="MB",
    type=POSITIVE,
    default=50.0,
    show_default=True,
    help="The most that a page may have, unpacked.",
)
@click.option("--join-pages", is_flag=True, help="Put the pages of one article together.")
@click.option("--language", metavar="CODE", help="Write only articles in this language, such as zh.")
@click.option("--min-chars", metavar="N", type=click.IntRange(min=0), default=0, help="Write no shorter articles.")
@click.option(
    "--min-confidence", metavar="X", type=click.FloatRange(0, 1), default=0.0, help="Write no articles below (0 to 1)."
)
@click.option("--dedup", is_flag=True, help="Write each text once, copies and near copies not.")
@click.option("-j", "--jobs", metavar="N", type=click.IntRange(min=1), help="Workers (default: one a processor).")
@click.option("--scheduler", metavar="ADDRESS", help="Run on a Dask cluster, or on one made here: local.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=POSITIVE,
    default=60.0,
    show_default=True,
    help="The most that a page may take.",
)
@click.option("--force", is_flag=True, help="Do all anew, also what an earlier run has done.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first input that fails.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what failed.")
@click.option("-v", "--verbose", is_flag=True, help="Say how each input was read; show tracebacks.")
@click.option("--explain", is_flag=True, help="Show on standard error why each block was kept or dropped.")
@click.version_option(package_name="newsclean", message="%(prog)s %(version)s", help="Show the version.")
@click.pass_context
def main(ctx: click.Context, /, inputs: tuple[str, ...], **chosen: Any) -> None:
    """Turn saved news pages and text dumps into the article alone.

    INPUT is a file, a directory (with all below it) or - for standard input, which is read when no INPUT is given.
    """
    if not inputs and sys.stdin is not None and sys.stdin.isatty():
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)
    ctx.exit(guarded(lambda: run(inputs or (STDIN,), chosen), chosen["verbose"]))


def run(inputs: tuple[str, ...], chosen: dict[str, Any]) -> int:
    """Hand the options to where they are understood, and count what came of it."""
    from newsclean import batch, console, models, sinks  # not before they are needed: --version and --help start fast

    style = models.Style(not chosen["no_front_matter"], not chosen["no_links"], not chosen["no_images"])
    target = sinks.Target(chosen["format"], style, chosen["output"], chosen["output_dir"])
    limit = max(1, int(chosen["max_size"] * MEGABYTE))
    reading = batch.Reading(chosen["url"], chosen["encoding"], chosen["input_format"], chosen["engine"], limit)
    view = console.View(chosen["quiet"], chosen["verbose"], chosen["explain"], not is_on_terminal(target))
    asked = batch.Batch(
        target,
        reading,
        batch.Selection(chosen["include"], chosen["exclude"], chosen["join_pages"]),
        batch.Filters(chosen["language"], chosen["min_chars"], chosen["min_confidence"], chosen["dedup"]),
        batch.Running(chosen["jobs"], chosen["timeout"], chosen["force"], chosen["fail_fast"]),
        explain=view.explain,
    )
    if chosen["scheduler"] is not None:
        return run_on_cluster(inputs, asked, view, chosen["scheduler"])
    if problem := batch.conflict(inputs, reading, target):
        raise click.UsageError(problem)
    console.note(sinks.doubts(target), view)
    with closing(batch.run(inputs, asked)) as outcomes:
        failed = console.report(outcomes, view, batch.holds_many(inputs), batch.listing(inputs, asked))
    return FAILED if failed else 0


def run_on_cluster(inputs: tuple[str, ...], asked: batch.Batch, view: console.View, scheduler: str) -> int:
    """Have the workers of a cluster do it."""
    from newsclean import console
    from newsclean.scale.options import conflict, listing
    from newsclean.scale.run import run

    if problem := conflict(inputs, asked):
        raise click.UsageError(problem)
    with closing(run(inputs, asked, scheduler)) as reports:
        failed = console.report_parts(reports, view, listing(inputs, asked))
    return FAILED if failed else 0


def is_on_terminal(target: sinks.Target) -> bool:
    """Tell whether the results are shown on a terminal."""
    to_stdout = target.output is None and target.output_dir is None
    return to_stdout and sys.stdout is not None and sys.stdout.isatty()


def guarded(action: Callable[[], int], verbose: bool) -> int:
    """Run `action` and turn what ends a run early into an exit code; no traceback comes unasked."""
    try:
        return action()
    except KeyboardInterrupt:
        return ended("interrupted", INTERRUPTED)
    except BrokenPipeError:
        return hung_up()
    except UnknownEncodingError as error:
        raise click.UsageError(str(error)) from error
    except OutputError as error:
        return ended(str(error), UNWRITABLE)
    except NewscleanError as error:
        return ended(str(error), FAILED)
    except click.ClickException:
        raise
    except Exception as error:
        why = f"unexpected {type(error).__name__}: {error} (please report this; -v shows where it happened)"
        return ended(why, FAILED, traceback.format_exc() if verbose else "")


def ended(why: str, code: int, trace: str = "") -> int:
    """Say why the run ended early, and return its exit code."""
    from newsclean import console

    console.say(why)
    console.say_trace(trace)
    return code


def hung_up() -> int:
    """End quietly when nobody reads the output any more, as `| head` does once it has seen enough."""
    stderr.silence(sys.stdout)
    return 0
