"""The report of a run: what is noted of every outcome, and how it becomes a file when the run ends, however it ends.

Of very many pages, the list keeps the most doubtful, and fewer are shown whole; the rest is counted. So neither memory
nor the file grows beyond a bound, and a browser bears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from newsclean.batch.outcomes import Outcome, Status
from newsclean.batch.review import DOUBTFUL, FAILED, Lowest, unpacked
from newsclean.batch.tally import Tally
from newsclean.batch.work import NEXT_STEP
from newsclean.render.report import document
from newsclean.render.report.document import Part, Row
from newsclean.render.report.section import Section
from newsclean.whole import whole_file, writing

LISTED = 10_000
"""So many pages are listed: browsers sort them at once, and nobody reads so far."""

CAME_TO = {
    Status.DONE: "article",
    Status.SKIPPED: "done before",
    Status.FILTERED: "filtered out",
    Status.DUPLICATE: "copy",
    Status.JOINED: "joined",
}
"""What is said of an input that did not fail."""

AT_THE_END = 2.0
"""The place in the list of what was not cleaned in this run: behind all confidences."""

AT_THE_TOP = -1.0
"""The place in the list of failures."""


class Report:
    """What is noted of a run."""

    def __init__(self) -> None:
        self._tally = Tally()
        self._rows: Lowest[Row] = Lowest(LISTED)
        self._failed: Lowest[tuple[Row, tuple[bytes, bytes]]] = Lowest(FAILED)
        self._doubtful: Lowest[tuple[Row, tuple[bytes, bytes]]] = Lowest(DOUBTFUL)

    def note(self, outcome: Outcome) -> None:
        """Note an outcome."""
        self._tally.add(outcome)
        row = row_of(self._tally.total, outcome)
        place = place_of(row)
        self._rows.offer(place, row)
        if outcome.sheet is not None and outcome.sheet.sides is not None:
            (self._failed if row.is_failure else self._doubtful).offer(place, (row, outcome.sheet.sides))

    def pieces(self, is_complete: bool) -> Iterator[str]:
        """Yield the document."""
        kept = [*self._failed, *self._doubtful]
        parts = [Part(row, Section(*map(unpacked, sides))) for row, sides in kept]
        is_list = self._tally.total != 1 or not kept
        summary = self._tally.summary() + ("." if is_complete else " before the run was ended.")
        title = f"{parts[0].row.name} – newsclean" if not is_list else "newsclean report"
        yield document.opening(title, summary)
        if is_list:
            yield from document.listed(
                list(self._rows), frozenset(row.number for row, _ in kept), self._told(len(kept))
            )
        yield from document.sections(parts, is_list)
        yield document.CLOSING

    def _told(self, shown: int) -> str:
        """Say how much of all is here."""
        told = [f"{shown:,} of {self._tally.total:,} pages can be looked at block by block."]
        if rest := self._tally.total - len(self._rows):
            told.append(f"{rest:,} more pages, none more doubtful than the last in the list, are left out.")
        if self._tally.counts[Status.SKIPPED]:
            told.append("Of pages that were done before nothing else is known; --force does them anew.")
        return " ".join(told)


def row_of(number: int, outcome: Outcome) -> Row:
    """Return what is listed of an outcome."""
    facts, sheet = outcome.facts, outcome.sheet
    is_failure = outcome.status is Status.FAILED
    return Row(
        number=number,
        name=outcome.name,
        status=(outcome.kind or "failed").replace("-", " ") if is_failure else CAME_TO[outcome.status],
        confidence=facts.confidence if facts is not None else None,
        title=sheet.title if sheet is not None else None,
        characters=sheet.characters if sheet is not None else 0,
        remark=(outcome.reason or "").replace(f"; {NEXT_STEP}", "")
        or ("; ".join(facts.warnings) if facts is not None else None),
        is_failure=is_failure,
    )


def place_of(row: Row) -> float:
    """Return where a page stands in the list: failures first, then by confidence, what was not cleaned last."""
    if row.is_failure:
        return AT_THE_TOP
    return AT_THE_END if row.confidence is None else row.confidence


@contextmanager
def reporting(path: str) -> Iterator[Callable[[Outcome], None]]:
    """Open a report; hands out what notes an outcome. It is written when the run ends, also before its time.

    Raises OutputError, before any work is done where the file cannot be written.
    """
    report = Report()
    with whole_file(path) as (stream, keep):
        is_complete = False
        try:
            yield report.note
            is_complete = True
        finally:
            with writing(path):
                for piece in report.pieces(is_complete):
                    stream.write(piece.encode("utf-8", "replace"))
            keep()
