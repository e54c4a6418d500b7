"""Everything that a person sees on standard error: what failed, what to know, and why each block was kept or dropped.

Page text and file names are data from strangers: no control character of theirs reaches a terminal, and nothing in
them is read as markup.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from newsclean.batch import Outcome, Status
from newsclean.batch.outcomes import Facts
from newsclean.characters import one_line as safe
from newsclean.models import CONTENT_ROLES, Article, LabelledBlock, Role
from newsclean.stderr import steady, write

if TYPE_CHECKING:
    from rich.console import Console

    from newsclean.scale.reports import Report

FACTS = (
    "title", "subtitle", "source", "authors", "editors", "date", "modified",
    "breadcrumb", "site", "url", "language", "description", "keywords",
)  # fmt: skip
"""The fields of metadata that are shown, in the order in which a reader checks them."""

EXCERPT = 160
"""Characters of a block that are shown: enough to find it on the page."""

UNBOUNDED = 1 << 24
"""Columns where no terminal limits them: lines in a file or a pipe are neither cut nor wrapped."""

ROLE_WIDTH = max(len(role.value) for role in Role)
"""Columns for the name of a role."""

KEPT = "+"
"""Stands before every block that is in the output, so that the verdict can be read without colour."""

STYLES = {True: "green", False: "dim"}
"""How kept and dropped blocks look in colour."""


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


class Tally:
    """How many inputs came to what, and how fast."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(Status, 0)
        self.unsure = 0
        self._began = time.monotonic()

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return self.counts[Status.FAILED]

    @property
    def pace(self) -> float:
        """Pages a second, but for those that were done before."""
        worked = sum(self.counts.values()) - self.counts[Status.SKIPPED]
        return worked / max(time.monotonic() - self._began, 0.001)

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.status] += 1
        self.unsure += outcome.status is Status.DONE and outcome.facts is not None and outcome.facts.is_unsure

    def add_part(self, report: Report) -> None:
        """Count what a part reports."""
        for status, number in report.counts.items():
            self.counts[Status(status)] += number
        self.unsure += report.unsure

    def summary(self) -> str:
        """Return the line that ends a run over several inputs."""
        parts = [counted(self.counts[Status.DONE], "article")]
        for number, words in (
            (self.unsure, "of low confidence"),
            (self.counts[Status.JOINED], f"page{'' if self.counts[Status.JOINED] == 1 else 's'} joined to others"),
            (self.counts[Status.SKIPPED], "skipped, done before"),
            (self.counts[Status.FILTERED], "filtered out"),
            (self.counts[Status.DUPLICATE], "left out as copies"),
            (self.failed, "failed"),
        ):
            parts += [f"{number:,} {words}"] if number else []
        return f"{', '.join(parts)} ({self.pace:,.1f} pages a second)"


def report(outcomes: Iterable[Outcome], view: View, many: bool, listing: Iterable[object] = ()) -> int:
    """Tell of every outcome, and sum up where there are many; returns how many inputs gave no article.

    `listing` lists all inputs once more, for the bar that shows how far a run is.
    """
    tally = Tally()
    with bar(tally, view, many, iter(listing)) as show:
        for outcome in outcomes:
            tally.add(outcome)
            tell(outcome, view, many)
            show()
    if many and not view.quiet:
        say(tally.summary())
    return tally.failed


def report_parts(reports: Iterable[Report], view: View, listing: Iterable[object] = ()) -> int:
    """Tell of every part of a run on a cluster, and sum up; returns how many inputs gave no article."""
    tally = Tally()
    with bar(tally, view, True, iter(listing)) as show:
        for each in reports:
            tally.add_part(each)
            tell_part(each, view)
            show()
    if not view.quiet:
        say(tally.summary())
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
def bar(tally: Tally, view: View, many: bool, listing: Iterator[object]) -> Iterator[Callable[[], None]]:
    """Show how far a run is, on a terminal; hands out what brings the bar up to date."""
    if not (many and view.progress) or view.quiet or view.explain or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from newsclean.progress import shown_bar

    with shown_bar(listing) as show:
        yield lambda: show(sum(tally.counts.values()), tally.failed, tally.pace)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tell(outcome: Outcome, view: View, many: bool) -> None:
    """Tell what there is to tell of one outcome."""
    if outcome.article is not None and view.explain:
        explain(outcome.name, outcome.article)
    if outcome.status is Status.FAILED or is_worth_telling(outcome.status, view, many):
        say(f"{outcome.name}: {outcome.reason or 'done before (--force does it anew)'}")
    if outcome.trace is not None and view.verbose:
        say_trace(outcome.trace)
    if outcome.facts is not None and outcome.status is Status.DONE:
        tell_facts(outcome.name, outcome.facts, view, many)


def is_worth_telling(status: Status, view: View, many: bool) -> bool:
    """Tell whether it is said why an input was passed over or left out: of many, only which page a copy is of."""
    if status is Status.DONE:
        return False
    return view.verbose or not (view.quiet or (many and status is not Status.DUPLICATE))


def tell_facts(name: str, facts: Facts, view: View, many: bool) -> None:
    """Tell the warnings of an article that was written (of many only on request), and with -v what it was read as."""
    if view.verbose:
        say(f"{name}: {facts.encoding} ({facts.reason}), confidence {facts.confidence:.2f}")
    if view.verbose or not (many or view.quiet):
        for warning in facts.warnings:
            say(f"{name}: {warning}")


def say_trace(trace: str) -> None:
    """Show a traceback, indented."""
    write("".join(f"  {safe_line(line)}\n" for line in trace.splitlines()))


def safe_line(line: str) -> str:
    """Return a line made safe, its indentation kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + safe(line)


def explain(name: str, article: Article) -> None:
    """Show how a page was read and judged: encoding, metadata with origins, and every block with its verdict."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=steady(), markup=False, highlight=False, emoji=False, width=explain_width())
    console.print(Text(safe(name), style="bold"))
    for label, value, origin in facts(article):
        console.print(
            Text.assemble((f"  {label:<12}", "cyan"), safe(value), (f"  [{safe(origin)}]" if origin else "", "dim"))
        )
    console.print(Text(f"  {counted(len(article.labels), 'block')}, those that are kept marked {KEPT}", style="dim"))
    for labelled in article.labels:
        explain_block(console, labelled)


def explain_width() -> int | None:
    """Return the columns of an explanation; None leaves it to the terminal, or to COLUMNS where that is set."""
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    return None if on_terminal or os.environ.get("COLUMNS") else UNBOUNDED


def excerpt(text: str) -> str:
    """Return the beginning of a block's text, made safe; an ellipsis shows that there is more."""
    return safe(text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…")


def explain_block(console: Console, labelled: LabelledBlock) -> None:
    """Show one block in two lines: the verdict with the beginning of its text, and the reason."""
    from rich.padding import Padding
    from rich.text import Text

    from newsclean.label.explain import reason

    kept = labelled.role in CONTENT_ROLES
    head = f"{KEPT if kept else ' '} {labelled.role.value:<{ROLE_WIDTH}} {labelled.confidence:4.2f}  "
    text = excerpt(labelled.block.text) or f"({labelled.block.kind.value})"
    console.print(Text.assemble((head, STYLES[kept]), text), no_wrap=True, overflow="ellipsis")
    console.print(Padding(Text(safe(reason(labelled)), style="dim"), (0, 0, 0, len(head)), expand=False))


def facts(article: Article) -> Iterator[tuple[str, str, str | None]]:
    """Yield what was found out about a page: a label, the value, and where it was read."""
    decoded, origins = article.decoded, dict(article.metadata.origins)
    replaced = f", {counted(decoded.replaced, 'character')} replaced" if decoded.replaced else ""
    yield "encoding", decoded.encoding + replaced, decoded.reason
    yield "confidence", f"{article.confidence:.2f}", None
    known = article.to_dict()
    for field in FACTS:
        if known[field]:
            value = known[field]
            yield field, value if isinstance(value, str) else ", ".join(value), origins.get(field)
    for repair in article.repairs:
        yield "repaired", repair, None
    for warning in article.warnings:
        yield "warning", warning, None
