"""Single values out of a binary property list, found by their keys and read alone.

The standard library's plistlib reads all of it, images included, into memory, follows nesting by recursion, and
believes whatever the file says of its sizes. Here nothing is touched but the dictionaries on the way to a value.
The format is that of Apple's CFBinaryPList.c: objects, a table of their offsets, and a trailer of 32 bytes.
"""

from __future__ import annotations

import os
from typing import BinaryIO, NamedTuple

from newsclean.errors import UnreadableInputError

TRAILER = 32
"""Bytes at the end: what the table of offsets looks like, and which object is the outermost."""

KEYS_LIMIT = 1_000
"""Entries of a dictionary; those of a saved page have six."""

TEXT_LIMIT = 64 * 1024
"""Characters of a string; addresses are shorter."""

NUMBER, DATA, ASCII, UTF16, DICTIONARY = 0x1, 0x4, 0x5, 0x6, 0xD
"""Kinds of objects, as their first four bits have them."""

LONG = 0xF
"""In the other four bits: the length follows as a number of its own."""


class Item(NamedTuple):
    """Where an object's content begins, what it is, and how long (bytes, UTF-16 units or entries)."""

    kind: int
    start: int
    length: int


class PropertyList:
    """A property list in a stream that can seek; whatever does not fit together raises UnreadableInputError."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._size = stream.seek(0, os.SEEK_END)
        trailer = self._read(max(0, self._size - TRAILER), TRAILER)
        self._offset_size, self._reference_size = trailer[6], trailer[7]
        self._count, top, self._table = (int.from_bytes(trailer[at : at + 8], "big") for at in (8, 16, 24))
        self.top = self._item(top)

    def get(self, holder: Item, key: str) -> Item | None:
        """Return the value of `key` in a dictionary, or None."""
        if holder.kind != DICTIONARY or holder.length > KEYS_LIMIT:
            return None
        references = self._read(holder.start, 2 * holder.length * self._reference_size)
        numbers = [
            int.from_bytes(references[at : at + self._reference_size], "big")
            for at in range(0, len(references), self._reference_size or 1)
        ]
        pairs = zip(numbers[: holder.length], numbers[holder.length :], strict=True)
        return next((self._item(value) for name, value in pairs if self._is_key(self._item(name), key)), None)

    def data(self, item: Item | None) -> bytes | None:
        """Return the content of a data object, or None for anything else."""
        return self._read(item.start, item.length) if item is not None and item.kind == DATA else None

    def text(self, item: Item | None) -> str | None:
        """Return the content of a string, or None for anything else and for what is longer than any address."""
        if item is None or item.length > TEXT_LIMIT:
            return None
        if item.kind == ASCII:
            return self._read(item.start, item.length).decode("ascii", "replace")
        if item.kind == UTF16:
            return self._read(item.start, 2 * item.length).decode("utf-16-be", "replace")
        return None

    def _is_key(self, item: Item, key: str) -> bool:
        return item.kind in (ASCII, UTF16) and item.length == len(key) and self.text(item) == key

    def _item(self, number: int) -> Item:
        """Look up an object by its number."""
        if number >= self._count:
            raise broken()
        entry = self._read(self._table + number * self._offset_size, self._offset_size)
        start = int.from_bytes(entry, "big")
        kind, length = divmod(self._read(start, 1)[0], 16)
        start += 1
        if length == LONG and kind != NUMBER:
            marker = self._read(start, 1)[0]
            size = 1 << (marker & 0xF)
            if marker >> 4 != NUMBER or size > 8:  # noqa: PLR2004 - lengths have 64 bits at most
                raise broken()
            length = int.from_bytes(self._read(start + 1, size), "big")
            start += 1 + size
        return Item(kind, start, length)

    def _read(self, start: int, size: int) -> bytes:
        """Read `size` bytes, which must be there."""
        if start + size > self._size:
            raise broken()
        self._stream.seek(start)
        data = self._stream.read(size)
        if len(data) < size:
            raise broken()
        return data


def broken() -> UnreadableInputError:
    """Return the error for a list that does not fit together."""
    return UnreadableInputError("broken property list: it is damaged or cut off (save the page anew)")
