"""Python's collector of cycles, held off while a large page is read.

A page becomes millions of small values without a cycle among them, all of which are needed until it is done. The
collector looks through them again and again and finds nothing; on a page of 10 MB that takes up to a quarter of the
time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

LARGE: Final = 1_000_000
"""From so many bytes or characters on a page is large."""


@contextmanager
def held_off(length: int) -> Iterator[None]:
    """Hold the collector off for a page of `length` bytes or characters, if that is large, and leave it as it was."""
    hold = length >= LARGE and gc.isenabled()
    if hold:
        gc.disable()
    try:
        yield
    finally:
        if hold:
            _take_for_old()
            gc.enable()


def _take_for_old() -> None:
    """Put all that was made among the values that have been looked through often, as those of a page not yet written.

    Else the collector, once it is back, would go through all of it at once. What a program has frozen stays frozen.
    """
    if gc.get_freeze_count() == 0:
        gc.freeze()
        gc.unfreeze()
