"""A file of JSON Lines that survives any end of a run: no line torn or doubled, and all in the order of the inputs.

Beside the file `all.jsonl` stand a part, to which the lines of a run are added as they come, and a journal, which
says for each finished input where its line is: in the part, or in the finished file. A line counts once the journal
has it, and only if its digest is right, whatever happened to the files in between. At the end the lines are brought
into the order of the inputs: mostly they are in it, and the part becomes the file; else they are copied together. A
new journal is written along the way and replaces the old one, which is the moment from which the run is complete: it
says first which file is to take its place, and the next run does so where this one could not.
"""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from io import FileIO
from typing import Any, BinaryIO

from newsclean.batch.journal import Journal, Key, Record, mark, record_of
from newsclean.batch.options import FAILURES, NEXT, PART, STATE, STATE_NEXT
from newsclean.batch.outcomes import Outcome, Status
from newsclean.batch.stores import Failures, Settled
from newsclean.sources import shown
from newsclean.whole import move, read_at, refuse_unwritable, settle, write_all, writing

COPY = 1024 * 1024
"""Bytes that are copied at once."""


class LinesStore:
    """One file of JSON Lines for many inputs."""

    def __init__(self, path: str, by: str, is_fresh: bool) -> None:
        """Raises OutputError where it cannot be written."""
        self.path, self._by = os.path.realpath(path), by
        with writing(path):
            refuse_unwritable(self.path)
        self._journal = Journal(self.path + STATE, is_fresh)
        self._failures = Failures(self.path + FAILURES)
        end = self._load()
        with writing(path):
            self._part = opened(self.path + PART)
            self._part.truncate(end)
            self._next = open(self.path + STATE_NEXT, "wb")  # noqa: SIM115 - closed at the end of the run
        self._end = end
        self._file = FileIO(self.path) if os.path.exists(self.path) else None
        self._order: list[tuple[bool, int, int]] = []
        self._length = 0

    def _load(self) -> int:
        """Read the journal, bring a complete run to its end; returns how much of the part is in use."""
        end = 0
        pending: str | None = None
        for values in self._journal.load():
            pending = values.get("pending", pending)
            end = max(end, part_end(values))
        if pending:
            self._put_in_place(pending)
            self._journal.add(mark({"pending": ""}))
        return end

    def _put_in_place(self, suffix: str) -> None:
        with writing(self.path):
            if os.path.exists(self.path + suffix):
                move(self.path + suffix, self.path)

    def known(self, key: Key) -> Record | None:
        """Return what is known of an input, if it, the options and the version are the same, and its line is there."""
        record = self._journal.find(key)
        if record is None or record.key != key or record.by != self._by:
            return None
        return record if record.status != Status.DONE.value or self._has_line(record) else None

    def _has_line(self, record: Record) -> bool:
        stream = self._part if record.in_part else self._file
        if stream is None:
            return False
        return digest(read_at(stream, record.offset, record.length)) == record.digest

    def keep(self, step: Settled, data: bytes, sketch: str | None) -> None:
        """Add the line to the part, then to the journal: what has a line there is here."""
        with writing(self.path):
            self._part.seek(self._end)
            write_all(self._part, data)
        known = step.key or Key("", "", 0, 0)
        record = Record(known, self._by, Status.DONE.value, None, sketch, self._end, len(data), digest(data), True)
        self._end += len(data)
        if step.key is not None:
            self._journal.add(record.line())
        self._append(record, step.key is not None)

    def leave_out(self, step: Settled, status: Status, kept: str | None, sketch: str | None) -> None:
        """Note why there is no line."""
        if step.key is not None:
            record = Record(step.key, self._by, status.value, kept, sketch)
            self._journal.add(record.line())
            self._append(record, True)

    def pass_over(self, step: Settled, record: Record) -> None:  # noqa: ARG002
        """Take a line that is there."""
        self._append(record, True)

    def _append(self, record: Record, is_kept: bool) -> None:
        """Note that the line of a record, if it has one, comes next in the finished file."""
        if record.length:
            last = self._order[-1] if self._order else None
            if last is not None and last[0] == record.in_part and sum(last[1:]) == record.offset:
                self._order[-1] = (last[0], last[1], last[2] + record.length)
            else:
                self._order.append((record.in_part, record.offset, record.length))
        if is_kept:
            with writing(self.path):
                self._next.write(record._replace(offset=self._length, in_part=False).line())
        self._length += record.length

    def fail(self, outcome: Outcome) -> None:
        """Note a failure, which the next run tries again."""
        self._failures.add(outcome)

    def expect_many(self) -> None:
        """Lines are always for many."""

    def finish(self) -> None:
        """Bring the lines into the order of the inputs and put them in the place of the file, if there are any."""
        if not self._length:
            return
        suffix = self._assembled()
        with writing(self.path):
            self._next.write(mark({"pending": suffix}))
            self._next.flush()
            settle(self._next)
            self._next.close()
            if sys.platform == "win32":
                self._close_all()  # no open file can be moved there
            os.replace(self.path + STATE_NEXT, self.path + STATE)
        if suffix:
            self._put_in_place(suffix)
        with writing(self.path), suppress(FileNotFoundError):
            os.unlink(self.path + PART)
        with writing(self.path), open(self.path + STATE, "ab", buffering=0) as stream:
            write_all(stream, mark({"pending": ""}))

    def _assembled(self) -> str:
        """Return the suffix of the file with all lines in order, "" where that is the finished file as it was."""
        if self._order == [(True, 0, os.fstat(self._part.fileno()).st_size)]:
            with writing(self.path):
                settle(self._part)
            return PART
        if self._file is not None and self._order == [(False, 0, os.fstat(self._file.fileno()).st_size)]:
            return ""
        with writing(self.path), open(self.path + NEXT, "wb") as stream:
            for in_part, offset, length in self._order:
                copy(self._part if in_part else self._file, stream, offset, length)
            stream.flush()
            settle(stream)
        return NEXT

    def close(self) -> None:
        """Leave the part and the journal to the next run."""
        self._close_all()
        with suppress(OSError):
            os.unlink(self.path + STATE_NEXT)

    def _close_all(self) -> None:
        for stream in (self._part, self._file, self._next):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._journal.close()


def part_end(values: dict[str, Any]) -> int:
    """Return where the line of a record ends in the part, 0 where it is not there."""
    record = record_of(values)
    return record.offset + record.length if record is not None and record.in_part else 0


def opened(path: str) -> FileIO:
    """Open a file for reading and writing, and make it where it is missing."""
    return FileIO(path, "r+" if os.path.exists(path) else "w+")


def digest(data: bytes) -> str:
    """Return what tells a line from all others."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def copy(source: FileIO | None, stream: BinaryIO, offset: int, length: int) -> None:
    """Copy a stretch of a file."""
    while length and source is not None:
        data = read_at(source, offset, min(COPY, length))
        if not data:
            raise OSError(0, f"{shown(source.name)} has become shorter")
        stream.write(data)
        offset, length = offset + len(data), length - len(data)
