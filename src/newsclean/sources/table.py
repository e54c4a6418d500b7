"""The tables of what can be read, and the one way through them: file → (unpacked) stream → pages."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import BinaryIO, NamedTuple, cast

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import foreign, gzipped, page
from newsclean.sources.files import Found, plainly, shown
from newsclean.sources.places import STDIN

HEAD_BYTES = 4096
"""How much of a stream is looked at to tell what it is."""


class Compression(NamedTuple):
    """A packing around a container: how it begins, how it is unpacked, and what broken data raises."""

    name: str
    magic: bytes
    unpack: Callable[[BinaryIO], BinaryIO]
    errors: tuple[type[Exception], ...]


class Container(NamedTuple):
    """A file format that holds pages: whether a stream's first bytes are of it, and its pages in order."""

    recognise: Callable[[bytes], bool]
    read: Callable[[str, BinaryIO], Iterator[Source]]


COMPRESSIONS = (Compression("gzip", gzipped.MAGIC, gzipped.unpack, gzipped.ERRORS),)
"""Packings that are looked through, one layer deep."""

CONTAINERS = (Container(lambda head: True, page.read),)  # noqa: ARG005 - a single page is what nothing else is
"""Containers in the order in which they are asked; the last takes everything."""


def read(found: Found) -> Iterator[Source]:
    """Read the pages of one file, or of standard input.

    Raises UnreadableInputError when the file is missing, may not be read, is broken or beyond a limit.
    """
    try:
        with open_stream(found.path) as stream:
            yield from read_stream(shown(found.path), stream)
    except OSError as error:
        raise UnreadableInputError(plainly(error)) from error


def read_stream(name: str, stream: BinaryIO) -> Iterator[Source]:
    """Read the pages of a stream, unpacking it first where it is compressed."""
    head, stream = peek(stream)
    packing = next((each for each in COMPRESSIONS if head.startswith(each.magic)), None)
    if packing is None:
        yield from contained(name, head, stream)
        return
    try:
        yield from contained(name, *peek(packing.unpack(stream)))
    except packing.errors as error:
        raise UnreadableInputError(f"broken {packing.name} data: {error} (copy or download it again)") from error


def contained(name: str, head: bytes, stream: BinaryIO) -> Iterator[Source]:
    """Read the pages of an unpacked stream that begins with `head`.

    Raises UnreadableInputError when it holds something else.
    """
    foreign.refuse(head)
    container = next(each for each in CONTAINERS if each.recognise(head))
    return container.read(name, stream)


def peek(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return the first bytes of a stream, and a stream that still holds them."""
    buffered = cast(
        "io.BufferedReader", stream if hasattr(stream, "peek") else io.BufferedReader(cast("io.RawIOBase", stream))
    )
    return buffered.peek(HEAD_BYTES)[:HEAD_BYTES], cast("BinaryIO", buffered)


def open_stream(path: str) -> AbstractContextManager[BinaryIO]:
    """Open a file for reading; standard input is left open behind us."""
    if path != STDIN:
        return open(path, "rb")
    if sys.stdin is None:
        raise UnreadableInputError("standard input is closed (name a file)")
    return nullcontext(sys.stdin.buffer)
