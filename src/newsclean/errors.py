"""What can go wrong, said in one line that tells what to try next."""

from __future__ import annotations


class NewscleanError(Exception):
    """The root of every error that newsclean raises on purpose; its text is one line for the user."""


class UnreadableInputError(NewscleanError):
    """The input cannot be read: missing, no permission, a broken container, or beyond a limit."""


class UnknownEncodingError(NewscleanError):
    """The encoding that was asked for is not one that Python knows."""


class UnknownChoiceError(NewscleanError):
    """What was asked for is not among the choices that there are: an engine, an input format."""


class OutputError(NewscleanError):
    """The output cannot be written: disk full, read-only, vanished, or two inputs for one file."""
