"""Standard error, which may be closed, full, or read by nobody: what cannot be told is dropped, the work goes on."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO, cast

STANDARD = 3
"""Descriptors that belong to standard input, output and error, from 0."""


def hold_standard_streams() -> None:
    """Take the place of standard streams that are closed, lest a file of ours gets it and what others say to them.

    That standard input and output are closed is still seen by `sys.stdin` and `sys.stdout` being None.
    """
    while (lowest := os.open(os.devnull, os.O_RDWR)) < STANDARD:  # the lowest that is free
        pass
    os.close(lowest)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for as long as the process lives


def write(text: str) -> None:
    """Write to standard error, if there is one that takes it."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:  # full, or nobody reads it any more: there is no other place to say so
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let a stream lead nowhere, with what is still in its buffer, which would fail again at the end of the process."""
    with suppress(AttributeError, OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class Steady:
    """Standard error as a file that never fails, for libraries that write to it."""

    def __getattr__(self, name: str) -> object:
        """Return what else standard error has."""
        return getattr(sys.stderr, name)

    def write(self, text: str) -> int:
        """Write, if possible."""
        write(text)
        return len(text)

    def flush(self) -> None:
        """There is nothing in a buffer."""


def steady() -> TextIO:
    """Return standard error as a file that never fails."""
    return cast("TextIO", Steady())
