"""The bar that shows how far a run over many inputs is: rate, time that is left, failures so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from newsclean.stderr import steady

EVERY = 0.1
"""Seconds between two looks of the bar."""

AHEAD = 2000
"""Inputs that are counted between two looks, until it is known how many there are."""


@contextmanager
def shown_bar(listing: Iterator[object]) -> Iterator[Callable[[int, int, float], None]]:
    """Show a bar; hands out what tells it how many inputs are finished, how many failed, and the pages a second.

    It has no thread of its own, since processes that are forked beside threads can hang. Lines that are written to
    standard error meanwhile appear above it.
    """
    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]:,.1f} pages/s"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]:,} failed"),
        console=Console(file=steady()),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,  # results go there, past all text layers
    )
    bar = progress.add_task("", total=None, pace=0.0, failed=0)
    counted, total, due = 0, None, 0.0

    def show(finished: int, failed: int, pace: float) -> None:
        nonlocal counted, total, due
        if time.monotonic() < due:
            return
        if total is None:
            more = sum(1 for _ in islice(listing, AHEAD))
            counted += more
            total = counted if more < AHEAD else None
        ahead = None if total is None else max(total, finished)
        progress.update(bar, completed=finished, total=ahead, failed=failed, pace=pace)
        progress.refresh()
        due = time.monotonic() + EVERY

    with progress:
        yield show
