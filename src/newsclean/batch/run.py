"""The run: the inputs in order, each passed over, or done by a worker and settled when its turn has come.

Nothing but the order of the inputs decides what is written, so the results are the same whatever the number of workers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from newsclean.batch.journal import key_of
from newsclean.batch.limits import TookTooLong, each_in_time, too_long
from newsclean.batch.options import Batch, holds_many, own_outputs
from newsclean.batch.outcomes import TIMEOUT, UNREADABLE, Outcome, Reply, Status, Task, failed
from newsclean.batch.pools import Pool, Pools
from newsclean.batch.review import Review
from newsclean.batch.work import Plan, check_encoding, unforeseen
from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sinks import Target, is_device
from newsclean.sources import STDIN, Found, Gather, Unreadable, apart, find, read

if TYPE_CHECKING:
    from newsclean.batch.copies import Seen
    from newsclean.batch.journal import Key, Record
    from newsclean.batch.stores import Store


class Step(NamedTuple):
    """One input on its way. `place` is where its output goes, `path` the file that it is, or is in.

    `task` is what is to be done, `record` what an earlier run has made of it, `outcome` what is settled without work.
    `is_open` says that only this process can read it, as standard input.
    """

    name: str
    path: str = ""
    place: str = ""
    key: Key | None = None
    task: Task | None = None
    record: Record | None = None
    outcome: Outcome | None = None
    is_open: bool = False


def run(inputs: tuple[str, ...], batch: Batch) -> Generator[Outcome, None, None]:
    """Clean the inputs and write their articles; yields every outcome once it is settled, in the order of the inputs.

    Raises OutputError when the output cannot be written, UnknownEncodingError for an encoding that nobody knows, and
    BrokenPipeError when nobody reads the output any more. Close the generator to end a run early: what is not complete
    is dropped, or left for the next run.
    """
    check_encoding(batch.reading)
    many = holds_many(inputs)
    with closing(open_store(batch, many)) as store, closing(Pools(plan_of(batch), batch.running, many)) as pools:
        founds = find(inputs, own_outputs(batch.target), gatherer(batch))
        with noting(batch.target.report) as note:
            for outcome in Run(batch, store, pools).settle(founds):
                note(outcome)
                yield outcome


def run_found(founds: Iterable[Found], batch: Batch) -> Generator[Outcome, None, None]:
    """Do the same with files that are known, as a run of its own that is not resumed, with the output in one file."""
    from newsclean.batch.stores import StreamStore

    check_encoding(batch.reading)
    with (
        closing(StreamStore(batch.target, many=True)) as store,
        closing(Pools(plan_of(batch), batch.running, many=True)) as pools,
    ):
        yield from Run(batch, store, pools).settle(iter(founds))


def listing(inputs: tuple[str, ...], batch: Batch) -> Iterator[Found]:
    """List the inputs once more, to know how many there are."""
    return find(inputs, own_outputs(batch.target))


def gatherer(batch: Batch) -> Gather:
    """Return what finds pages that belong together, where that is wished."""
    if not batch.selection.join_pages:
        return apart
    from newsclean.batch.series import Gatherer

    return Gatherer(batch.selection, batch.reading.limit)


class Run:
    """One run: what it was asked, where its results go, who works, and which texts it has seen."""

    def __init__(self, batch: Batch, store: Store, pools: Pools) -> None:
        self._batch, self._store, self._pools = batch, store, pools
        self._seen = new_seen() if batch.filters.dedup else None

    def settle(self, founds: Iterator[Found]) -> Iterator[Outcome]:
        """Settle all inputs, then complete the output; at a failure that ends the run, the output stays incomplete."""
        for outcome in self._outcomes(founds):
            if outcome.status is Status.FAILED:
                self._store.fail(outcome)
            yield outcome
            if outcome.status is Status.FAILED and self._batch.running.fail_fast:
                return
        self._store.finish()

    def _outcomes(self, founds: Iterator[Found]) -> Iterator[Outcome]:
        for step, reply in in_order(self._pools.first(), map(self._step, founds)):
            if isinstance(step.task, Found) and step.task.more:
                yield from self._series_outcomes(step, step.task, reply)
            elif step.is_open or (reply is not None and reply.is_container):
                yield from self._member_outcomes(step)
            else:
                yield self._settled(step, reply)

    def _series_outcomes(self, step: Step, found: Found, reply: Reply | None) -> Iterator[Outcome]:
        """Settle the pages of one article together; those of several, each by itself."""
        if reply is not None and reply.is_container:
            yield from self._outcomes(iter((found._replace(more=()), *found.more)))
            return
        if reply is not None and reply.outcome.status is not Status.FAILED:
            for other in found.more:  # before the article is noted as done, which ends the work on all of them
                rest = Step(other.name, other.path, other.place, key_of(other))
                self._store.leave_out(rest, Status.JOINED, step.name, None)
        outcome = self._settled(step, reply)
        yield outcome
        status = Status.SKIPPED if outcome.status is Status.SKIPPED else Status.JOINED
        for other in found.more:
            yield Outcome(other.name, status, f"a further page of {step.name}")

    def _member_outcomes(self, step: Step) -> Iterator[Outcome]:
        """Settle the pages of a container, or the one page of an open stream."""
        members = self._members(step)
        first = next(members, None)
        if first is None:
            return
        one = isinstance(first.task, Source) and not first.task.member
        pool = self._pools.first() if one else self._pools.elsewhere()
        for member, reply in in_order(pool, chain((first,), members)):
            yield self._settled(member, reply)

    def _step(self, found: Found) -> Step:
        """Look at a file: whether it is wanted, was done before, or is to be done."""
        name = found.name
        if found.error is not None:
            return Step(name, outcome=failed(name, UNREADABLE, str(found.error)))
        if not self._batch.selection.takes(found.path):
            return Step(name, outcome=Outcome(name, Status.FILTERED, "not asked for by --include and --exclude"))
        key = key_of(found) if found.path != STDIN else None
        record = self._store.known(key) if key is not None else None
        if record is not None and record.status == Status.JOINED.value:
            record = None  # a further page once, and now a page by itself
        is_open = found.path == STDIN or (key is None and not found.more and os.path.exists(found.path))
        return Step(name, found.path, found.place, key, found, record, is_open=is_open)

    def _members(self, step: Step) -> Iterator[Step]:
        """Read the pages of a container, or of what only this process can read."""
        from newsclean.sources.places import member_place

        taken: dict[int, int] = {}
        found, timeout = step.task, self._batch.running.timeout
        assert isinstance(found, Found)  # noqa: S101 - for the types alone
        try:
            for number, page in enumerate(each_in_time(read(found, self._batch.reading.limit), timeout)):
                if isinstance(page, Unreadable):
                    yield Step(page.name, outcome=failed(page.name, UNREADABLE, str(page.error)))
                    continue
                if page.member:
                    self._store.expect_many()
                place = member_place(step.place, page.member, taken) if page.member else step.place
                key = step.key._replace(input=page.name, place=place, number=number) if step.key else None
                record = self._store.known(key) if key else None
                yield Step(page.name, step.path, place, key, page, record)
        except UnreadableInputError as error:
            yield Step(step.name, outcome=failed(step.name, UNREADABLE, str(error)))
        except TookTooLong:
            yield Step(step.name, outcome=failed(step.name, TIMEOUT, too_long(timeout)))
        except Exception as error:
            yield Step(step.name, outcome=unforeseen(step.name, error))

    def _settled(self, step: Step, reply: Reply | None) -> Outcome:
        """Settle one page: write it, or note why not."""
        if step.outcome is not None:
            return step.outcome
        if reply is None:
            return self._settled_before(step)
        if reply.outcome.status is Status.FILTERED:
            self._store.leave_out(step, Status.FILTERED, None, None)
        if reply.outcome.status is not Status.DONE:
            return reply.outcome
        sketch = reply.sketch.hex() if reply.sketch else None
        if (kept := self._copied(reply.sketch, step.name)) is not None:
            self._store.leave_out(step, Status.DUPLICATE, kept, sketch)
            return reply.outcome._replace(status=Status.DUPLICATE, reason=f"same text as {kept}")
        self._store.keep(step, reply.data, sketch)
        return reply.outcome

    def _settled_before(self, step: Step) -> Outcome:
        """Settle a page that was done before; whether it is a copy depends on those before it, and is asked anew."""
        record = step.record
        assert record is not None  # noqa: S101 - for the types alone
        kept = self._copied(bytes.fromhex(record.sketch), step.name) if record.sketch else None
        if kept is None and record.status == Status.DUPLICATE.value and step.task is not None:
            return self._settled_again(step, step.task)
        if kept is not None and record.status == Status.DONE.value:
            self._store.leave_out(step, Status.DUPLICATE, kept, record.sketch)
            return Outcome(step.name, Status.DUPLICATE, f"same text as {kept}")
        self._store.pass_over(step, record)
        return Outcome(step.name, Status.SKIPPED)

    def _settled_again(self, step: Step, task: Task) -> Outcome:
        """Clean a page whose article was left out as a copy of one that is no more."""
        pool = self._pools.first()
        reply = pool.result(pool.submit(task))
        if reply.outcome.status is Status.DONE:
            self._store.keep(step, reply.data, reply.sketch.hex() if reply.sketch else None)
        return reply.outcome

    def _copied(self, sketch: bytes | None, name: str) -> str | None:
        """Return the first page of which this one is a copy; one that is none is remembered."""
        if self._seen is None or sketch is None:
            return None
        kept = self._seen.find(sketch)
        if kept is None:
            self._seen.add(sketch, name)
        return kept


def in_order(pool: Pool, steps: Iterator[Step]) -> Iterator[tuple[Step, Reply | None]]:
    """Have steps done ahead as far as there is room; yields them in order, with replies where there was work."""
    waiting: deque[tuple[Step, int | None]] = deque()
    while True:
        while pool.has_room(len(waiting)) and (step := next(steps, None)) is not None:
            needs_work = step.task is not None and step.record is None and not step.is_open
            waiting.append((step, pool.submit(step.task) if needs_work and step.task is not None else None))
        if not waiting:
            return
        step, ticket = waiting.popleft()
        yield step, None if ticket is None else pool.result(ticket)


def plan_of(batch: Batch) -> Plan:
    """Return what a worker needs to know."""
    target = batch.target
    review = Review() if target.report is not None else None
    return Plan(batch.reading, target.format, target.style, batch.filters, batch.explain, review)


def noting(report: str | None) -> AbstractContextManager[Callable[[Outcome], None]]:
    """Open what is told of every outcome: the report, where one is wished. Raises OutputError."""
    if report is None:
        return nullcontext(lambda _: None)
    from newsclean.batch.report import reporting

    return reporting(report)


def resumes(target: Target, many: bool) -> bool:
    """Whether what a run does is kept for the next one: in a tree, and in a file of JSON Lines of several inputs."""
    is_lines = target.output is not None and many and target.format == "jsonl" and not is_device(target.output)
    return target.output_dir is not None or is_lines


def open_store(batch: Batch, many: bool) -> Store:
    """Open what keeps the results. Raises OutputError."""
    from newsclean.batch.stores import StreamStore, TreeStore  # after usage errors

    target, is_fresh = batch.target, batch.running.force
    if target.output_dir is not None:
        return TreeStore(target, target.output_dir, maker(batch), is_fresh)
    if target.output is not None and resumes(target, many):
        from newsclean.batch.lines import LinesStore

        return LinesStore(target.output, maker(batch), is_fresh)
    return StreamStore(target, many)


def maker(batch: Batch) -> str:
    """Return what stands for all that an article is made by beside its page: the version, and the options."""
    from newsclean import __version__

    reading = batch.reading._replace(limit=0)  # what is beyond the limit fails, and is tried again anyway
    options = repr((reading, batch.target.format, batch.target.style, batch.filters))
    return f"{__version__} {crc32(options.encode('utf-8', 'backslashreplace')):08x}"


def new_seen() -> Seen:
    """Return a memory for texts."""
    from newsclean.batch.copies import Seen

    return Seen()
