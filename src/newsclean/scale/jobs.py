"""What passes between a worker and the process that does its part: files of JSON in a folder that both know."""

from __future__ import annotations

from typing import Any

from newsclean.errors import UnreadableInputError
from newsclean.sources import Found

JOB, LINES, REPORT = "job.json", "lines.jsonl", "report.json"
"""What the files in the folder are called."""


def found_data(found: Found) -> list[Any]:
    """Return a file as JSON can hold it."""
    return [found.path, None if found.error is None else str(found.error), found.listed, found.called]


def found_of(values: list[Any]) -> Found:
    """Return the file that was made plain data."""
    path, error, listed, called = values
    return Found(path, "", None if error is None else UnreadableInputError(error), listed, called=called)
