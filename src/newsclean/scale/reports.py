"""What is asked of a part and what it reports, as plain values that pass between computers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from newsclean.batch import Filters, Outcome, Reading, Status

SHOWN = 20
"""Failures of a part that are named on standard error; all of them are in its file."""

AGAIN = frozenset({"timeout", "crash", "unreadable"})
"""Kinds of failures that another try can mend: a part that had such ones is done again."""

STATE, FAILURES = "_state", "_failures"
"""The folders beside the parts; readers of directories pass over what begins with an underscore."""

ENDINGS = {"jsonl": ".jsonl", "parquet": ".parquet"}
"""What outputs are called, by format."""


NONE: Mapping[str, int] = MappingProxyType({})
"""No numbers."""


class Order(NamedTuple):
    """What is the same for all parts of a run: where outputs go and as what, and how pages are read and judged.

    `run` is a name that no other run has.
    """

    folder: str
    format: str
    version: str
    reading: Reading
    filters: Filters
    timeout: float
    fail_fast: bool = False
    run: str = ""


class Report(NamedTuple):
    """What became of a part: numbers of pages by status, and of failures by kind, and the first failures.

    `unsure` counts articles of low confidence, `size` is that of the output in bytes, `seconds` is how long it took.
    `note` is something to tell beside, `has_output` is untrue of a part that was given up.
    """

    part: str
    counts: Mapping[str, int] = NONE
    kinds: Mapping[str, int] = NONE
    unsure: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    size: int = 0
    seconds: float = 0.0
    note: str | None = None
    has_output: bool = True

    @property
    def failed(self) -> int:
        """How many pages failed."""
        return self.counts.get(Status.FAILED.value, 0)

    @property
    def is_final(self) -> bool:
        """Whether doing the part again would bring nothing else."""
        return not AGAIN & self.kinds.keys()

    def skipped(self) -> Report:
        """Return what is reported where the part was done before: failures remain failures."""
        counts = {Status.SKIPPED.value: sum(self.counts.values()) - self.failed}
        if self.failed:
            counts[Status.FAILED.value] = self.failed
        return self._replace(counts=counts, unsure=0)


def report_of(part: str, outcomes: Iterable[Outcome]) -> Report:
    """Count outcomes."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    failures: list[tuple[str, str]] = []
    unsure = 0
    for outcome in outcomes:
        counts[outcome.status.value] += 1
        unsure += outcome.status is Status.DONE and outcome.facts is not None and outcome.facts.is_unsure
        if outcome.status is Status.FAILED:
            kinds[str(outcome.kind)] += 1
            if len(failures) < SHOWN:
                failures.append((outcome.name, str(outcome.reason)))
    return Report(part, dict(counts), dict(kinds), unsure, tuple(failures))


def from_data(values: dict[str, Any]) -> Report:
    """Return a report that was kept as JSON. Raises TypeError for anything else."""
    failures = tuple((str(name), str(why)) for name, why in values.get("failures", ()))
    return Report(**{**values, "failures": failures})
