"""The run: files are listed, put into parts, passed over or handed out, and what came of each is reported."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterator
from itertools import islice
from typing import NamedTuple
from uuid import uuid4

from newsclean import __version__
from newsclean.batch import Batch, Status, maker
from newsclean.batch.outcomes import CRASH, failed, failure_record
from newsclean.batch.work import check_encoding
from newsclean.render import jsonl
from newsclean.scale import parts
from newsclean.scale.addresses import below, everywhere, put_bytes
from newsclean.scale.cluster import Crowd, connected
from newsclean.scale.done import Done
from newsclean.scale.listing import Listed, list_inputs
from newsclean.scale.reports import FAILURES, SHOWN, Order, Report
from newsclean.scale.task import DEATHS, WorkersDiedError, starts
from newsclean.sinks import encoded

BLOCK = 64
"""Parts whose states are asked for at once."""


class Chosen:
    """The files that are wanted, how many are not, and how many of all could not be looked at."""

    def __init__(self, files: Iterator[Listed], batch: Batch) -> None:
        self._files, self._batch = files, batch
        self.left_out = self.away = 0

    def __iter__(self) -> Iterator[Listed]:
        for file in self._files:
            if file.error is None and not self._batch.selection.takes(file.called):
                self.left_out += 1
            else:
                self.away += file.is_away
                yield file


class Step(NamedTuple):
    """A part, and what an earlier run has made of it."""

    part: parts.Part
    before: Report | None


def run(inputs: tuple[str, ...], batch: Batch, scheduler: str) -> Generator[Report, None, None]:
    """Clean the inputs on a cluster; yields the report of every part once it is done, in whatever order.

    Raises OutputError, UnknownEncodingError and ClusterError. Close the generator to end a run early.
    """
    check_encoding(batch.reading)
    order = order_of(batch)
    with connected(scheduler, batch.running.jobs) as client:
        done = Done(order.folder, order.format, sorted(map(everywhere, inputs)), batch.running.force)
        chosen = Chosen(list_inputs(inputs, order.folder), batch)
        steps = looked_up(parts.parts_of(chosen, maker(batch), parts.SIZES), done)
        crowd = Crowd(client, order)
        try:
            if not crowd.threads:
                yield Report("", note=f"no worker has joined {scheduler} yet: waiting for one")
            for report in said_once(pulled(steps, crowd, order)):
                done.expect(report)
                yield report
                if report.failed and order.fail_fast:
                    return
            if chosen.left_out:
                yield Report("", {Status.FILTERED.value: chosen.left_out})
            done.check()
            if (kept := done.remove_old(chosen.away > 0)) is not None:
                yield Report("", note=kept)
        finally:
            crowd.dismiss()


def order_of(batch: Batch) -> Order:
    """Return what is the same for all parts."""
    target, running = batch.target, batch.running
    folder = everywhere(target.output_dir or ".")
    return Order(
        folder,
        target.format,
        __version__,
        batch.reading,
        batch.filters,
        running.timeout,
        running.fail_fast,
        run=uuid4().hex[:12],
    )


def looked_up(all_parts: Iterator[parts.Part], done: Done) -> Iterator[Step]:
    """See which parts are done already, some at once."""
    while block := list(islice(all_parts, BLOCK)):
        yield from map(Step, block, done.known(block))


def pulled(steps: Iterator[Step], crowd: Crowd, order: Order) -> Iterator[Report]:
    """Hand out parts as there is room for them; yields their reports, and those of parts that were done before."""
    ready: deque[Report] = deque()
    while True:
        while len(ready) < BLOCK and crowd.has_room and (step := next(steps, None)) is not None:
            if step.before is not None:
                ready.append(step.before.skipped())
            else:
                crowd.give(step.part)
        if ready:
            yield ready.popleft()
        elif crowd.is_busy:
            part, result = crowd.next()
            if isinstance(result, Report):
                yield result
            elif isinstance(result, WorkersDiedError) and starts(part, order) < DEATHS:
                crowd.give(part)  # it only waited at workers that died of others
            else:
                yield given_up(part, str(result), order)
        else:
            return


def said_once(reports: Iterator[Report]) -> Iterator[Report]:
    """Pass reports on, each note with the first that has it: the parts of one file have the same to tell."""
    said: set[str | None] = set()
    for report in reports:
        yield report._replace(note=None) if report.note in said else report
        said.add(report.note)


def given_up(part: parts.Part, why: str, order: Order) -> Report:
    """Note that all inputs of a part have failed; without a state, the next run tries it again."""
    names = list(dict.fromkeys(each.file.called for each in part.inputs))
    failures = [failed(name, CRASH, why) for name in names]
    lines = "".join(jsonl.one_line(failure_record(each)) for each in failures)
    put_bytes(encoded(lines), below(order.folder, FAILURES, f"{part.name}.jsonl"))
    shown = tuple((name, why) for name in names[:SHOWN])
    return Report(part.name, {Status.FAILED.value: len(names)}, {CRASH: len(names)}, failures=shown, has_output=False)
