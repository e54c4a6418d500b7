"""What tests that start the command in a process of its own share."""

from __future__ import annotations

import signal


def heed_interrupts() -> None:
    """Undo what a shell does to what it starts in the background, which would ignore the signal."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
