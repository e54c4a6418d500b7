"""Pages in a tar archive (POSIX ustar and pax, GNU), in its order.

Read header by header: the standard library's tarfile keeps every member in memory, and reads a header of whatever size
the archive claims for it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import BinaryIO, NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import members, names
from newsclean.sources.page import Unreadable
from newsclean.sources.streams import CUT_OFF, BrokenContainerError, Window

Reopen = Callable[[], io.BufferedReader]
"""Opens the archive at its start, as often as it is called."""

FORM = "tar archive"

BLOCK = 512
"""Everything in a tar archive begins at a multiple of so many bytes."""

HEADER_LIMIT = 1024 * 1024
"""Bytes of a header that extends the next one: a long name, or the records of pax."""

FILE, LONG_NAME, RECORDS, SPARSE = frozenset(b"0\x007S"), ord("L"), ord("x"), ord("S")
"""Types of members: regular files, the name of the next one (GNU), its records (pax), a file with holes (GNU)."""

WITHOUT_EFFECT = frozenset(b"Kg")
"""Headers that extend the next one by what is not needed: where a link leads (GNU), defaults for all (pax)."""

EMPTY = frozenset(b"123456")
"""Links, devices, directories and pipes: nothing follows their header, whatever size it gives."""


class Entry(NamedTuple):
    """One member's header, with what came before it to extend it."""

    path: bytes
    size: int
    kind: int
    sparse: bool = False


def read(name: str, reopen: Reopen, limit: int) -> Iterator[Source | Unreadable]:
    """Read the pages of a tar archive, which is gone through once or twice before to learn its names.

    Raises UnreadableInputError where it is damaged, after what could be read.
    """
    known = Names(reopen)
    archive = members.Archive(name, members.attached_folders(known.paths), limit)
    for entry, content in entries(reopen()):
        path = known.text(entry.path)
        if entry.kind not in FILE or path.endswith("/") or not members.is_wanted(path, archive.attached):
            continue
        if (
            page := members.overlong(archive, path)
            or holed(archive, path, entry)
            or members.read(archive, path, content.read)
        ):
            yield page


def holed(archive: members.Archive, path: str, entry: Entry) -> Unreadable | None:
    """Return the error for a member that is stored without its holes, which could be of any size, or None."""
    if not entry.sparse:
        return None
    error = UnreadableInputError("it is stored as a file with holes: unpack the archive")
    return Unreadable(f"{archive.name}!{path}", path, error)


class Names:
    """The paths in an archive, listed anew each time."""

    def __init__(self, reopen: Reopen) -> None:
        self._reopen = reopen

    @cached_property
    def _encoding(self) -> str:
        return names.encoding_of(self._raw())

    def text(self, raw: bytes) -> str:
        """Return a path as text; its encoding is looked for where it is not UTF-8, which it nearly always is."""
        return raw.decode("utf-8") if names.reads(raw, "utf-8") else names.text_of(raw, self._encoding)

    def paths(self) -> Iterator[str]:
        """Yield the paths of its regular files."""
        return map(self.text, self._raw())

    def _raw(self) -> Iterator[bytes]:
        try:
            yield from (entry.path for entry, _ in entries(self._reopen()) if entry.kind in FILE)
        except UnreadableInputError:  # is raised again when the pages before the damage have been read
            return


def entries(stream: BinaryIO) -> Iterator[tuple[Entry, Window]]:
    """Yield each member with its content, which can be read until the next is asked for."""
    long_name: bytes | None = None
    records: dict[bytes, bytes] = {}
    while (header := stream.read(BLOCK)).strip(b"\0"):
        entry = parse(header)
        size = 0 if entry.kind in EMPTY else entry.size
        if entry.kind in {RECORDS, LONG_NAME}:
            data = extension(stream, size)
            if entry.kind == LONG_NAME:
                long_name = data.rstrip(b"\0")
            else:
                records = parse_records(data)
            continue
        if entry.kind not in EMPTY | WITHOUT_EFFECT and b"size" in records:
            size = number(records[b"size"], 10)
        content = Window(FORM, stream, size)
        if entry.kind not in WITHOUT_EFFECT:
            yield extended(entry, long_name, records), content
            long_name, records = None, {}
        content.skip()
        Window(FORM, stream, -size % BLOCK).skip()


def parse(header: bytes) -> Entry:
    """Read a header block: its fields have fixed places (POSIX.1-1988, pax.1)."""
    if len(header) < BLOCK:
        raise BrokenContainerError(FORM, CUT_OFF)
    blank = header[:148] + b" " * 8 + header[156:]
    if number(header[148:156]) != sum(blank):
        raise BrokenContainerError(FORM, "a header is damaged")
    path = header[:100].partition(b"\0")[0]
    prefix = header[345:500].partition(b"\0")[0] if header[257:263] == b"ustar\0" else b""
    kind = header[156]
    return Entry(prefix + b"/" + path if prefix else path, number(header[124:136]), kind, kind == SPARSE)


def number(field: bytes, base: int = 8) -> int:
    """Read a number: octal digits, or, where its first bit is set, a binary one (GNU)."""
    if field[:1] == b"\x80":
        return int.from_bytes(field[1:], "big")
    digits = field.strip(b" \0") or b"0"
    if not digits.isdigit() or len(digits) > 20:  # noqa: PLR2004 - what 64 bits hold
        raise BrokenContainerError(FORM, "a header is damaged")
    try:
        return int(digits, base)
    except ValueError as error:
        raise BrokenContainerError(FORM, "a header is damaged") from error


def extension(stream: BinaryIO, size: int) -> bytes:
    """Read the content of a header that extends the next one."""
    if size > HEADER_LIMIT:
        raise BrokenContainerError(FORM, f"a header of {size:,} bytes")
    data = Window(FORM, stream, size).read(size)
    Window(FORM, stream, -size % BLOCK).skip()
    return data


def parse_records(data: bytes) -> dict[bytes, bytes]:
    """Read the records of a pax header, each `length key=value` and a newline."""
    records: dict[bytes, bytes] = {}
    at = 0
    while at < len(data):
        digits = data[at : at + 12].partition(b" ")[0]
        length = number(digits, 10)
        record = data[at + len(digits) + 1 : at + length]
        key, equals, value = record.partition(b"=")
        if not digits or not equals or not value.endswith(b"\n"):
            raise BrokenContainerError(FORM, "a header is damaged")
        records[key] = value[:-1]
        at += length
    return records


def extended(entry: Entry, long_name: bytes | None, records: dict[bytes, bytes]) -> Entry:
    """Return a member's header with what the headers before it say."""
    if long_name is None and not records:
        return entry
    path = records.get(b"GNU.sparse.name") or records.get(b"path") or long_name or entry.path
    sparse = entry.sparse or any(key.startswith(b"GNU.sparse.") for key in records)
    return entry._replace(path=path, sparse=sparse)
