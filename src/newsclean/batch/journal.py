"""What is done already: a file to which a line is added for every finished input.

A line is one JSON object, written in one go, so that any end of a run leaves those before it whole. What a killed run
or a full disk left of a last line is cut off by the next run. In memory there is only a number for each line, by
which it is found again.
"""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from newsclean.errors import OutputError
from newsclean.sources import Found, shown
from newsclean.whole import is_at, open_locked, read_at, write_all, writing

LINE = 2048
"""Bytes that are read at once to find a line: more than most have."""


class Key(NamedTuple):
    """An input as it was when it was read: its path as given, its place in the output, its size and time of change.

    `number` counts the pages of a container, whose size and time are those of the file. `others` is a digest of the
    further pages that were joined to this one, as they were, and empty where there are none.
    """

    input: str
    place: str
    size: int
    mtime_ns: int
    number: int = 0
    others: str = ""


def key_of(found: Found) -> Key | None:
    """Return what a file is known by, None where it is no regular file or cannot be looked at."""
    try:
        status = os.stat(found.path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    key = Key(found.path, found.place, status.st_size, status.st_mtime_ns)
    if not found.more:
        return key
    return key_of_all(key, [key_of(each) for each in found.more])


def key_of_all(first: Key, others: list[Key | None]) -> Key | None:
    """Return what joined pages are known by: the first one's key and a digest of the others'; None if one is gone."""
    import hashlib

    if None in others:
        return None
    digest = hashlib.blake2b(repr([tuple(each) for each in others if each]).encode("utf-8", "backslashreplace"))
    return first._replace(others=digest.hexdigest()[:16])


class Record(NamedTuple):
    """What became of an input: `by` which version with which options, and its status.

    `kept` names the input of which it is a copy, `sketch` tells copies. `offset` and `length` are where its line is in
    a JSON Lines file, `digest` is of that line, and `in_part` says that it is in the file that is still being written.
    """

    key: Key
    by: str
    status: str
    kept: str | None = None
    sketch: str | None = None
    offset: int = 0
    length: int = 0
    digest: str = ""
    in_part: bool = False

    def line(self) -> bytes:
        """The line of the journal; what is absent is left out."""
        values = {name: value for name, value in zip(self._fields[1:], self[1:], strict=True) if value or name == "by"}
        known = {name: value for name, value in self.key._asdict().items() if value or name != "others"}
        return mark(known | values)


def mark(values: dict[str, Any]) -> bytes:
    """A line of a journal."""
    return json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n"  # bytes of a name are kept as escapes


def record_of(values: dict[str, Any]) -> Record | None:
    """Return the record that a line holds, if it holds one."""
    try:
        key = Key(**{name: value for name, value in values.items() if name in Key._fields})
        return Record(key, **{name: value for name, value in values.items() if name in Record._fields[1:]})
    except TypeError:  # something else, such as a mark
        return None


class Journal:
    """The journal of one output, locked for this run. `is_fresh` forgets what is in it."""

    def __init__(self, path: str, is_fresh: bool) -> None:
        """Raises OutputError where it cannot be written, or is being written by another process."""
        self.path = path
        with writing(shown(path)):
            self._stream = os.fdopen(open_locked(path), "r+b", buffering=0)
            if is_fresh:
                self._stream.truncate(0)
        self._places: dict[int, int] = {}

    def load(self) -> Iterator[dict[str, Any]]:
        """Read the journal once, from its beginning; yields what its lines hold."""
        place = 0
        lines = io.BufferedReader(self._stream)  # to open the file again and close that would end the lock
        lines.seek(0)
        for line in lines:
            if not line.endswith(b"\n"):
                break
            if (values := parsed(line)) is not None:
                self._places[address(values)] = place
                yield values
            place += len(line)
        lines.detach()
        with writing(shown(self.path)):
            self._stream.truncate(place)

    def find(self, key: Key) -> Record | None:
        """Return the last record of an input, which may have changed since."""
        place = self._places.get(address(key._asdict()))
        record = record_of(parsed(self._line_at(place)) or {}) if place is not None else None
        same = record is not None and (*record.key[:2], record.key.number) == (*key[:2], key.number)
        return record if same else None

    def _line_at(self, place: int) -> bytes:
        line = b""
        while b"\n" not in line and (more := read_at(self._stream, place + len(line), LINE)):
            line += more
        return line.partition(b"\n")[0]

    def add(self, line: bytes) -> None:
        """Add a line."""
        with writing(shown(self.path)):
            self._stream.seek(0, os.SEEK_END)
            write_all(self._stream, line)

    def check(self) -> None:
        """Raise OutputError where the file is no more at its place: then nothing that is written can be resumed."""
        if not is_at(self._stream.fileno(), self.path):
            folder = shown(os.path.dirname(self.path))
            raise OutputError(f"cannot write {folder}: it was removed or replaced meanwhile (run it again)")

    def close(self) -> None:
        """Close the file, and with it end the lock."""
        with suppress(OSError):
            self._stream.close()


def address(values: dict[str, Any]) -> int:
    """Return the number by which a record is found: that of its input, however it has changed."""
    return hash((values.get("input"), values.get("place"), values.get("number", 0)))


def parsed(line: bytes) -> dict[str, Any] | None:
    """Return what a line holds, or None for one that was damaged."""
    try:
        values = json.loads(line)
    except ValueError:
        return None
    return values if isinstance(values, dict) else None
