"""Limits of time in this process, kept by the system's alarms; where it has none, nothing is limited."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


class TookTooLong(BaseException):
    """The time for a page is over."""


def too_long(timeout: float) -> str:
    """Say that a page took too long."""
    return f"took longer than {timeout:g} s (--timeout allows more)"


@contextmanager
def time_limit(seconds: float, timer: str = "REAL") -> Iterator[None]:
    """Raise TookTooLong in what runs longer, where the system has such alarms and this is the main thread.

    `timer` is "REAL" for time as it passes, "PROF" for the time of processors that this process has.
    """

    def ring(*_: object) -> None:
        raise TookTooLong

    try:
        alarm = signal.SIGALRM if timer == "REAL" else signal.SIGPROF
        before = signal.signal(alarm, ring)
    except (AttributeError, ValueError):  # Windows; another thread
        yield
        return
    clock = getattr(signal, f"ITIMER_{timer}")
    signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        signal.setitimer(clock, 0)
        signal.signal(alarm, before)


def each_in_time(items: Iterator[Item], seconds: float) -> Iterator[Item]:
    """Yield items, of which each may take so many seconds of work to be made; waiting for a slow input costs nothing.

    Raises TookTooLong.
    """
    while True:
        with time_limit(seconds, "PROF"):
            item = next(items, None)
        if item is None:
            return
        yield item
