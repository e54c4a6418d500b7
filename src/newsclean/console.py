"""Everything that a person sees on standard error but for explanations: what failed, and what to know.

Page text and file names are data from strangers: no control character of theirs reaches a terminal, and nothing in
them is read as markup.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from newsclean.batch import Outcome, Status
from newsclean.batch.outcomes import Facts
from newsclean.batch.tally import Tally
from newsclean.characters import one_line as safe
from newsclean.explanation import explain
from newsclean.stderr import write

if TYPE_CHECKING:
    from newsclean.scale.reports import Report


def say(text: str) -> None:
    """Write one line to standard error, under newsclean's name."""
    write(f"newsclean: {safe(text)}\n")


class View(NamedTuple):
    """What the user wants to see beside failures. `progress` says that a bar would not get into the results."""

    quiet: bool = False
    verbose: bool = False
    explain: bool = False
    progress: bool = True


def note(lines: Iterable[str], view: View) -> None:
    """Say what is worth knowing before a run, unless silence was asked for."""
    if not view.quiet:
        for line in lines:
            say(line)


class Pace:
    """How many pages a second a run does, but for those that were done before."""

    def __init__(self, tally: Tally) -> None:
        self._tally, self._began = tally, time.monotonic()

    def __call__(self) -> float:
        """Return the pages a second, so far."""
        return self._tally.worked / max(time.monotonic() - self._began, 0.001)


def summed(tally: Tally, pace: Pace, view: View) -> str:
    """Return the line that ends a run over several inputs."""
    summary = tally.summary("" if view.verbose else " (see -v)")
    if tally.total and not tally.worked:
        return f"nothing to do: {summary}"
    return f"{summary} ({pace():,.1f} pages a second)"


def report(outcomes: Iterable[Outcome], view: View, many: bool, listing: Iterable[object] = ()) -> int:
    """Tell of every outcome, and sum up where there are many; returns how many inputs gave no article.

    `listing` lists all inputs once more, for the bar that shows how far a run is.
    """
    tally = Tally()
    pace = Pace(tally)
    with bar(tally, pace, view, many and view.progress, iter(listing)) as show:
        for outcome in outcomes:
            tally.add(outcome)
            tell(outcome, view, many)
            show()
    if many and not view.quiet:
        say(summed(tally, pace, view))
    return tally.failed


def report_parts(reports: Iterable[Report], view: View, listing: Iterable[object] = ()) -> int:
    """Tell of every part of a run on a cluster, and sum up; returns how many inputs gave no article."""
    tally = Tally()
    pace = Pace(tally)
    with bar(tally, pace, view, view.progress, iter(listing)) as show:
        for each in reports:
            tally.add_counts(each.counts, each.unsure)
            tell_part(each, view)
            show()
    if not view.quiet:
        say(summed(tally, pace, view))
    return tally.failed


def tell_part(report: Report, view: View) -> None:
    """Tell what failed in a part, and with -v of the part itself."""
    if report.note is not None and not view.quiet:
        say(report.note)
    for name, reason in report.failures:
        say(f"{name}: {reason}")
    if more := report.failed - len(report.failures):
        say(f"{report.part}: {more:,} more failed (all are in its file of failures)")
    if view.verbose and report.part:
        counts = ", ".join(f"{number:,} {name}" for name, number in report.counts.items() if number)
        say(f"{report.part}: {counts} in {report.seconds:.1f} s")


@contextmanager
def bar(
    tally: Tally, pace: Pace, view: View, is_wanted: bool, listing: Iterator[object]
) -> Iterator[Callable[[], None]]:
    """Show how far a run is, on a terminal; hands out what brings the bar up to date."""
    if not is_wanted or view.quiet or view.explain or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from newsclean.progress import shown_bar

    with shown_bar(listing) as show:
        yield lambda: show(tally.total, tally.failed, pace())


def tell(outcome: Outcome, view: View, many: bool) -> None:
    """Tell what there is to tell of one outcome."""
    if outcome.article is not None and view.explain:
        explain(outcome.name, outcome.article, view.verbose)
    if outcome.status is Status.FAILED or is_worth_telling(outcome.status, view, many):
        say(f"{outcome.name}: {outcome.reason or 'done before (--force does it anew)'}")
    if outcome.trace is not None and view.verbose:
        say_trace(outcome.trace)
    if outcome.facts is not None:
        tell_facts(outcome.name, outcome.facts, view, many or outcome.status is not Status.DONE)


def is_worth_telling(status: Status, view: View, many: bool) -> bool:
    """Tell whether it is said why an input was passed over or left out: of many, only which page a copy is of."""
    if status is Status.DONE:
        return False
    return view.verbose or not (view.quiet or (many and status is not Status.DUPLICATE))


def tell_facts(name: str, facts: Facts, view: View, on_request: bool) -> None:
    """Tell the warnings of a page, be it only on request, and with -v what it was read as."""
    if view.verbose:
        say(f"{name}: {facts.encoding} ({facts.reason}), confidence {facts.confidence:.2f}")
    if view.verbose or not (on_request or view.quiet):
        for warning in facts.warnings:
            say(f"{name}: {warning}")


def say_trace(trace: str) -> None:
    """Show a traceback, indented."""
    write("".join(f"  {safe_line(line)}\n" for line in trace.splitlines()))


def safe_line(line: str) -> str:
    """Return a line made safe, its indentation kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + safe(line)
