"""How many inputs came to what."""

from __future__ import annotations

from collections.abc import Mapping

from newsclean.account import counted
from newsclean.batch.outcomes import Outcome, Status


class Tally:
    """The counts of a run."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(Status, 0)
        self.unsure = 0

    @property
    def total(self) -> int:
        """How many inputs are settled."""
        return sum(self.counts.values())

    @property
    def failed(self) -> int:
        """How many inputs failed."""
        return self.counts[Status.FAILED]

    @property
    def worked(self) -> int:
        """How many inputs were not done before."""
        return self.total - self.counts[Status.SKIPPED]

    def add(self, outcome: Outcome) -> None:
        """Count an outcome."""
        self.counts[outcome.status] += 1
        self.unsure += outcome.status is Status.DONE and outcome.facts is not None and outcome.facts.is_unsure

    def add_counts(self, counts: Mapping[str, int], unsure: int) -> None:
        """Count what was counted elsewhere, by the names of its status."""
        for status, number in counts.items():
            self.counts[Status(status)] += number
        self.unsure += unsure

    def summary(self, hint: str = "") -> str:
        """Return the counts in words, those of nothing left out; `hint` says where to look for what is unsure."""
        parts = [counted(self.counts[Status.DONE], "article")]
        for number, words in (
            (self.unsure, f"of low confidence{hint}"),
            (self.counts[Status.JOINED], f"page{'' if self.counts[Status.JOINED] == 1 else 's'} joined to others"),
            (self.counts[Status.SKIPPED], "done before"),
            (self.counts[Status.FILTERED], "filtered out"),
            (self.counts[Status.DUPLICATE], "left out as copies"),
            (self.failed, "failed"),
        ):
            parts += [f"{number:,} {words}"] if number else []
        return ", ".join(parts)
