"""What can become of an input, as plain values that pass between processes."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from newsclean.models import Article, Source
from newsclean.sources import Found


class Status(Enum):
    """What became of an input."""

    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    FILTERED = "filtered"
    DUPLICATE = "duplicate"
    JOINED = "joined"


NO_ARTICLE, UNDECODABLE, TIMEOUT, CRASH, UNREADABLE = "no-article", "undecodable", "timeout", "crash", "unreadable"
"""The kinds of failures."""


class Facts(NamedTuple):
    """What is told of a page that was cleaned: how it was read, and of its article."""

    encoding: str
    reason: str
    confidence: float
    is_unsure: bool
    warnings: tuple[str, ...]


class Sheet(NamedTuple):
    """What the report shows of a page that was cleaned.

    `sides` are the two sides of its section as compressed HTML, None where many pages are more doubtful.
    """

    title: str | None
    characters: int
    sides: tuple[bytes, bytes] | None = None


class Outcome(NamedTuple):
    """What became of one input.

    `reason` is one line on why there is no article, `kind` what kind of failure that is, `trace` the traceback of an
    error that nobody foresaw. `article` is there where somebody wants an explanation, of a failure too, and `sheet`
    where there will be a report.
    """

    name: str
    status: Status
    reason: str | None = None
    kind: str | None = None
    trace: str | None = None
    facts: Facts | None = None
    article: Article | None = None
    sheet: Sheet | None = None


Task = Found | Source
"""What a worker is given: a file that it reads itself, or a page out of a container."""


class Reply(NamedTuple):
    """What a worker brings back: the outcome, the rendered article, and what tells near copies of its text.

    `is_container` says that a file holds several pages, or that pages are several articles, and that none is done.
    """

    outcome: Outcome
    data: bytes = b""
    sketch: bytes | None = None
    is_container: bool = False


def name_of(task: Task) -> str:
    """Return what an input is called."""
    return task.name


def failed(name: str, kind: str, reason: str, trace: str | None = None) -> Outcome:
    """Return the outcome of an input that gave no article."""
    return Outcome(name, Status.FAILED, reason, kind, trace)


def failure_record(outcome: Outcome) -> dict[str, Any]:
    """Return a failure as plain data, with the keys of a line in a file of failures."""
    return {"input": outcome.name, "reason": outcome.reason, "kind": outcome.kind}
