r"""Where the records of a WARC file begin, found from any place in it: by its index, or by how records begin.

A part has the records that begin within its bytes, up to where the first record begins behind them; its neighbours
find the same places, as they look for the same. In gzip, a record begins where a member does that unpacks to `WARC/`.
A member with several records is not split, and neither is a record that holds a WARC file itself taken for several:
only then, when a bound falls into it, would its inner records be found, and the part before would end with an error.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple, cast

from newsclean.patterns import lazy
from newsclean.scale.addresses import file_system, read_range
from newsclean.sources.forms import archive_of

Read = Callable[[int, int], bytes]
"""Reads a stretch of a file, by begin and end."""

BLOCK = 1024 * 1024
"""Bytes that are looked through at once."""

AHEAD = 16 * 1024
"""Bytes behind a place that tell whether a record begins there."""

MEMBER = b"\x1f\x8b\x08"
"""How a gzip member begins (RFC 1952)."""

BEFORE = b"\r\n\r\n"
"""What stands before a record that is not compressed; some writers leave the carriage returns out."""

RECORD = lazy(rb"\n\r?\n(?=WARC/\d\.\d+\r?\n)")
"""Finds it."""

FIELDS = (b"warc-type:", b"content-length:")
"""What every record's header has."""

INDEXES = (".cdxj", ".cdx", ".cdxj.gz", ".cdx.gz")
"""Endings of an index beside a WARC file, behind its whole name or instead of its endings."""

LINE = 256 * 1024
"""Bytes of a line of an index, at most. All lines together have no more than the file itself and one line."""

DAMAGE = (OSError, ValueError, EOFError, zlib.error, RecursionError)
"""What reading and parsing a damaged index raises."""


class Records(NamedTuple):
    """What finds records in one file: how it is read, its size, whether it is packed, and what an index knows."""

    read: Read
    size: int
    is_packed: bool
    known: Mapping[int, int]

    def first_from(self, at: int, stop: int) -> int:
        """Return where the first record begins from `at` on, `stop` or more if there is none before."""
        if at == 0 or at >= stop:
            return at
        known = self.known.get(at)
        if known is not None and begins_record(self.read(known, known + AHEAD), self.is_packed):
            return known
        start = at if self.is_packed else max(0, at - len(BEFORE))
        while start < stop:
            data = self.read(start, min(start + BLOCK + AHEAD, self.size))
            for place in candidates(data, self.is_packed):
                if at <= start + place < start + BLOCK and begins_record(data[place:][:AHEAD], self.is_packed):
                    return start + place
            start += BLOCK
        return stop


def bounds(address: str, size: int, begin: int, end: int, say: Callable[[str], object] = str) -> tuple[int, int] | None:
    """Return where the records begin and end that belong to a stretch of a file; None where there are none.

    `say` is told of a damaged index. Raises UnreadableInputError.
    """
    read = read_range(address)
    is_packed = read(0, len(MEMBER)) == MEMBER
    try:
        known = indexed_starts(address, size, (begin, end))
    except DAMAGE:
        say(f"{address}: the index beside it is damaged, so its records are found without")
        known = {}
    records = Records(read, size, is_packed, known)
    first = records.first_from(begin, end)
    return (first, records.first_from(end, size)) if first < end else None


def candidates(data: bytes, is_packed: bool) -> Iterator[int]:
    """Yield the places where a record could begin."""
    if not is_packed:
        yield from (match.end() for match in RECORD.finditer(data))
        return
    place = data.find(MEMBER)
    while place >= 0:
        yield place
        place = data.find(MEMBER, place + 1)


def begins_record(data: bytes, is_packed: bool) -> bool:
    """Tell whether these bytes begin a record."""
    if is_packed:
        try:
            data = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, AHEAD)
        except zlib.error:
            return False
    if archive_of(data) != "warc":
        return False
    header = re.split(rb"\n\r?\n", data, maxsplit=1)[0].lower()
    return all(field in header for field in FIELDS)


def indexed_starts(address: str, size: int, wanted: tuple[int, ...]) -> dict[int, int]:
    """Return for each wanted place the first record behind it that an index beside the file knows of.

    Raises what is in DAMAGE.
    """
    stem, name = address, address.rpartition("/")[2]
    for ending in (".gz", ".warc", ".wet"):
        stem = stem.removesuffix(ending)
    fs = file_system(address)[0]
    bases = (address, address.removesuffix(".gz"), stem)
    for path in dict.fromkeys(file_system(base + ending)[1] for base in bases for ending in INDEXES):
        if fs.exists(path):
            with fs.open(path, "rb", compression="infer") as file:
                stream = cast("BinaryIO", io.BufferedReader(file))  # not every file system's own heeds a limit
                starts = offsets(lines_of(stream, size), name)
                return first_behind((start for start in starts if start < size), wanted)
    return {}


def lines_of(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the lines of an index of a file of so many bytes. Raises ValueError where it cannot be one."""
    left = size + LINE
    while line := stream.readline(LINE):
        left -= len(line)
        if len(line) == LINE or left < 0:
            raise ValueError("no index of this file")
        yield line


def first_behind(starts: Iterable[int], wanted: tuple[int, ...]) -> dict[int, int]:
    """Return for each wanted place the lowest start that is not before it."""
    found: dict[int, int] = {}
    for start in starts:
        for place in wanted:
            if place <= start <= found.get(place, start):
                found[place] = start
    return found


def offsets(lines: Iterable[bytes], name: str) -> Iterator[int]:
    """Yield where a file's records begin, from a CDX file, whose first line names its columns, or from CDXJ."""
    columns: list[bytes] = []
    for line in lines:
        if line.lstrip().startswith(b"CDX "):
            columns = line.split()[1:]
            continue
        values = dict(zip(columns, line.split(), strict=False)) if columns else fields_of(line)
        offset = values.get(b"V", b"")
        if offset.isdigit() and is_of(values.get(b"g", b""), name.encode("utf-8", "surrogateescape")):
            yield int(offset)


def fields_of(line: bytes) -> dict[bytes, bytes]:
    """Return what a line of CDXJ says, under the letters of the columns of CDX."""
    start = line.find(b"{")
    fields: dict[str, Any] = json.loads(line[start:]) if start >= 0 else {}
    return {b"V": str(fields.get("offset", "")).encode(), b"g": str(fields.get("filename", "")).encode()}


def is_of(given: bytes, name: bytes) -> bool:
    """Tell whether the file that an index names, if it does, is the one of this name."""
    return given in {b"", b"-"} or given.rpartition(b"/")[2] == name
