"""Where a run keeps its results, and what it knows of earlier ones: a stream, a tree of files, or lines that grow.

A tree is resumed from the journal in it. A stream is not resumed: it is written whole or passed on. Failures are
lines in a file beside the results, which is made when the first one happens and tells of the last run.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, suppress
from typing import Protocol

from newsclean.batch.journal import Journal, Key, Record
from newsclean.batch.options import FAILURES as FAILURES_BESIDE
from newsclean.batch.outcomes import Outcome, Status, failure_record
from newsclean.render import FORMATS, jsonl
from newsclean.sinks import Joined, Target, Tree, Write, encoded, is_device, open_stream
from newsclean.whole import write_all, writing

STATE = ".newsclean-state.jsonl"
"""The journal of a tree, in it."""

FAILURES = "newsclean-failures.jsonl"
"""The failures of a tree, in it."""


class Settled(Protocol):
    """An input whose turn has come: its key, if it can be known again, and where it came from and goes to."""

    @property
    def key(self) -> Key | None:
        """What the input is known by."""

    @property
    def path(self) -> str:
        """The file that it is, or is in."""

    @property
    def place(self) -> str:
        """Where its output goes."""


class Store(Protocol):
    """What keeps the results of a run, in the order of the inputs."""

    def known(self, key: Key) -> Record | None:
        """Return what is known of an input that need not be done again."""

    def keep(self, step: Settled, data: bytes, sketch: str | None) -> None:
        """Write an article."""

    def leave_out(self, step: Settled, status: Status, kept: str | None, sketch: str | None) -> None:
        """Note that there is no article of an input, as was wished."""

    def pass_over(self, step: Settled, record: Record) -> None:
        """Note that an input was done before."""

    def fail(self, outcome: Outcome) -> None:
        """Note a failure."""

    def expect_many(self) -> None:
        """Be ready for several articles, though a single one was expected."""

    def finish(self) -> None:
        """Complete the output, at the end of the inputs."""

    def close(self) -> None:
        """Leave all as it is."""


class Failures:
    """The file that names every input that failed in the last run; there is none where nothing failed."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        if path is not None:
            with writing(path), suppress(FileNotFoundError):
                os.unlink(path)

    def add(self, outcome: Outcome) -> None:
        """Add a line."""
        if self.path is None:
            return
        line = jsonl.one_line(failure_record(outcome))
        with writing(self.path), open(self.path, "ab", buffering=0) as stream:
            write_all(stream, encoded(line))


class StreamStore:
    """Standard output, a device, or one file that is written whole at the end of the run."""

    def __init__(self, target: Target, many: bool) -> None:
        has_place = many and target.output is not None and not is_device(target.output)
        self._failures = Failures(f"{target.output}{FAILURES_BESIDE}" if has_place else None)
        self._joined = Joined(FORMATS[target.format], many)
        self._stream: AbstractContextManager[Write] | None = open_stream(target.output, self._joined)
        self._write = self._stream.__enter__()

    def known(self, key: Key) -> Record | None:  # noqa: ARG002
        """Nothing is known: what a stream held is no more."""
        return None

    def keep(self, step: Settled, data: bytes, sketch: str | None) -> None:  # noqa: ARG002
        """Write an article."""
        self._write(data)

    def leave_out(self, step: Settled, status: Status, kept: str | None, sketch: str | None) -> None:
        """Write nothing."""

    def pass_over(self, step: Settled, record: Record) -> None:
        """Never happens, as nothing is known."""

    def fail(self, outcome: Outcome) -> None:
        """Note a failure."""
        self._failures.add(outcome)

    def expect_many(self) -> None:
        """Join the articles as those of several inputs."""
        self._joined.many = True

    def finish(self) -> None:
        """Write the end of the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.__exit__(None, None, None)

    def close(self) -> None:
        """Drop a file that is not complete."""
        stream, self._stream = self._stream, None
        if stream is not None:
            unfinished = Unfinished()
            stream.__exit__(Unfinished, unfinished, unfinished.__traceback__)


class Unfinished(Exception):  # noqa: N818 - no error: it tells a stream that its end will not come
    """The run ended early."""


class TreeStore:
    """A file for each article, with a journal of what was done."""

    def __init__(self, target: Target, folder: str, by: str, is_fresh: bool) -> None:
        self._tree = Tree(folder, target.format)
        self._journal = Journal(os.path.join(folder, STATE), is_fresh)
        self._by = by
        for _ in self._journal.load():
            pass  # to find the lines again is all that is needed
        self._failures = Failures(os.path.join(folder, FAILURES))
        own = [os.path.join(folder, name) for name in (STATE, FAILURES)]
        self._own = {os.path.realpath(each) for each in [*own, *([target.report] if target.report else [])]}

    def known(self, key: Key) -> Record | None:
        """Return what is known of an input, if it, the options and the version are the same, and its file is there."""
        record = self._journal.find(key)
        if record is None or record.key != key or record.by != self._by:
            return None
        is_there = record.status != Status.DONE.value or is_whole(
            self._tree.path(self._place(key.place)), record.length
        )
        return record if is_there else None

    def keep(self, step: Settled, data: bytes, sketch: str | None) -> None:
        """Write the file, then the line: what has a line is there."""
        self._journal.check()
        self._tree.write(data, step.path, self._place(step.place))
        self._note(step, Status.DONE, None, sketch, len(data))

    def leave_out(self, step: Settled, status: Status, kept: str | None, sketch: str | None) -> None:
        """Remove what an earlier run has written for this input, and note why there is nothing."""
        if step.key is not None:
            before = self._journal.find(step.key)
            if before is not None and before.status == Status.DONE.value:
                self._tree.drop(self._place(step.place))
        self._note(step, status, kept, sketch)

    def _place(self, place: str) -> str:
        """Return where an article goes: a page may be called as the files of newsclean are."""
        return f"{place}_" if os.path.realpath(self._tree.path(place)) in self._own else place

    def _note(self, step: Settled, status: Status, kept: str | None, sketch: str | None, length: int = 0) -> None:
        if step.key is not None:
            self._journal.add(Record(step.key, self._by, status.value, kept, sketch, length=length).line())

    def pass_over(self, step: Settled, record: Record) -> None:
        """Leave all as it is."""

    def fail(self, outcome: Outcome) -> None:
        """Note a failure, which the next run tries again."""
        self._failures.add(outcome)

    def expect_many(self) -> None:
        """A tree is always for many."""

    def finish(self) -> None:
        """All is in place already, if the place still is."""
        self._journal.check()

    def close(self) -> None:
        """End the lock."""
        self._journal.close()


def is_whole(path: str, length: int) -> bool:
    """Tell whether a file of `length` bytes is there whole; after a power failure it can be empty, or cut off.

    One that somebody has edited has another length, but ends as texts do.
    """
    try:
        size = os.stat(path).st_size
        if size == length or not size:
            return size > 0
        with open(path, "rb", buffering=0) as stream:
            stream.seek(-1, os.SEEK_END)
            return stream.read(1) == b"\n"
    except OSError:
        return False
