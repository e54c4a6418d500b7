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
from newsclean.command import UNWRITABLE, Command
from newsclean.errors import NewscleanError, OutputError, UnknownEncodingError
from newsclean.option_types import Place
from newsclean.options import GROUPS, PREFIX
from newsclean.settings import FILE, settle

if TYPE_CHECKING:
    from newsclean import batch, console, sinks

STDIN = STDOUT = "-"
"""The input that is read when none is given, and the output that is no file."""

MEGABYTE = 1024 * 1024
"""Bytes."""

RESUMED = "the same command goes on from here"
"""What is said of a run that was interrupted, and whose output can be added to."""

FAILED, USAGE, INTERRUPTED = 1, 2, 130
"""Exit codes beside 0 and UNWRITABLE."""

EXAMPLES = """\
  newsclean page.html                     Markdown on standard output
  cat page.txt | newsclean -f json        from a pipe
  newsclean saved/ -d clean/              a directory, a file for each page
  newsclean saved/ -f jsonl -o all.jsonl  a line for each page (again to resume)
  newsclean --explain page.html           why each block was kept or dropped
  newsclean --report r.html saved/        a page to check the results by
"""
"""Ends `--help`."""


@click.command(
    cls=Command,
    groups=GROUPS,
    examples=EXAMPLES,
    context_settings={"auto_envvar_prefix": PREFIX},
)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=Place())
@click.pass_context
def main(ctx: click.Context, /, inputs: tuple[str, ...], **chosen: Any) -> None:
    """Turn saved news pages and text dumps into the article alone.

    An INPUT is a saved page, a text dump, an archive of these, or a directory
    with all below it. Without any, or for -, standard input is read.
    """
    if not inputs and sys.stdin is not None and sys.stdin.isatty():
        click.echo(ctx.get_help(), err=True)
        ctx.exit(USAGE)
    settled = settle(ctx, chosen)
    ctx.exit(guarded(lambda: run(inputs or (STDIN,), settled, ctx.meta.get(FILE)), settled["verbose"]))


def run(inputs: tuple[str, ...], chosen: dict[str, Any], settings: str | None) -> int:
    """Hand the options to where they are understood, and count what came of it; `settings` is the file of defaults."""
    from newsclean import batch, console, models, sinks  # not before they are needed: --version and --help start fast

    style = models.Style(not chosen["no_front_matter"], not chosen["no_links"], not chosen["no_images"])
    output = None if chosen["output"] == STDOUT and chosen["output_dir"] is None else chosen["output"]
    target = sinks.Target(chosen["format"], style, output, chosen["output_dir"], chosen["report"])
    limit = max(1, int(chosen["max_size"] * MEGABYTE))
    reading = batch.Reading(chosen["url"], chosen["encoding"], chosen["input_format"], chosen["engine"], limit)
    view = console.View(chosen["quiet"], chosen["verbose"], chosen["explain"], not is_on_terminal(target))
    if settings is not None and view.verbose:
        console.say(f"{settings}: defaults from this file")
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
    many = batch.holds_many(inputs)
    with going_on(batch.resumes(target, many)), closing(batch.run(inputs, asked)) as outcomes:
        failed = console.report(outcomes, view, many, batch.listing(inputs, asked))
    return FAILED if failed else 0


def run_on_cluster(inputs: tuple[str, ...], asked: batch.Batch, view: console.View, scheduler: str) -> int:
    """Have the workers of a cluster do it."""
    from newsclean import console
    from newsclean.scale import options
    from newsclean.scale import run as parts

    if problem := options.conflict(inputs, asked, scheduler):
        raise click.UsageError(problem)
    with going_on(), closing(parts.run(inputs, asked, scheduler)) as reports:
        failed = console.report_parts(reports, view, options.listing(inputs, asked))
    return FAILED if failed else 0


@contextmanager
def going_on(resumes: bool = True) -> Iterator[None]:
    """Have an interrupt tell that the next run goes on from here, if it does."""
    try:
        yield
    except KeyboardInterrupt:
        raise KeyboardInterrupt(*([RESUMED] if resumes else [])) from None


def is_on_terminal(target: sinks.Target) -> bool:
    """Tell whether the results are shown on a terminal."""
    to_stdout = target.output is None and target.output_dir is None
    return to_stdout and sys.stdout is not None and sys.stdout.isatty()


def guarded(action: Callable[[], int], verbose: bool) -> int:
    """Run `action` and turn what ends a run early into an exit code; no traceback comes unasked."""
    try:
        return action()
    except KeyboardInterrupt as interrupt:
        return ended(": ".join(["interrupted", *map(str, interrupt.args)]), INTERRUPTED)
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
