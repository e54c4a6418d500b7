"""The one way through the forms: file → (unpacked) stream → pages, by what the first bytes say."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from typing import cast

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import foreign, singles
from newsclean.sources.files import Found, plainly
from newsclean.sources.forms import HEAD_BYTES, STDIN, archive_of, is_one_page, open_file, unpacked_head
from newsclean.sources.packings import CHUNK, packing_of, unpack
from newsclean.sources.page import PAGE_LIMIT, Unreadable
from newsclean.sources.streams import buffered

SEEKING = ("zip", "tar")
"""Archives that are gone through more than once: what a pipe brings of them is put into a temporary file."""

ASIDE = "name the file, or set TMPDIR to a directory with room"
"""What to try where there is no temporary file."""

PIPE_AHEAD = 1024 * 1024
"""Bytes of a pipe that can be looked at: a block of bzip2, of which nothing can be unpacked before its end."""


def read(found: Found, limit: int = PAGE_LIMIT) -> Iterator[Source | Unreadable]:
    """Read the pages of one file, or of standard input, one at a time.

    `limit` is how many bytes a page may have, unpacked. A page within an archive that cannot be read is yielded as
    Unreadable, and the archive goes on. Raises UnreadableInputError when the file is missing, may not be read, or is
    broken, after the pages that could be read; and when an archive that was named holds none.
    """
    try:
        with open_stream(found.path) as stream:
            yield from read_stream(found, stream, limit)
    except OSError as error:
        raise UnreadableInputError(plainly(error)) from error


def is_plain(data: bytes) -> bool:
    """Tell whether bytes are a page as they are: nothing that holds one, and nothing else that is known."""
    head = data[:HEAD_BYTES]
    held = packing_of(head) or archive_of(head) or is_one_page(head)
    return not held and foreign.recognise(head) is None


def read_bytes(name: str, data: bytes, limit: int = PAGE_LIMIT) -> Iterator[Source | Unreadable]:
    """Read the pages of a file whose bytes are at hand, as `read` does."""
    yield from read_stream(Found(name), cast("io.BufferedReader", io.BufferedReader(io.BytesIO(data), CHUNK)), limit)


def read_stream(found: Found, stream: io.BufferedReader, limit: int) -> Iterator[Source | Unreadable]:
    """Read the pages of a stream, unpacking it first where it is compressed."""
    packed = packing_of(stream.peek(CHUNK))
    head = unpacked_head(stream, HEAD_BYTES)
    form = archive_of(head)
    if foreign.recognise(head) is not None or form is None:
        if packing_of(head) is not None:
            raise UnreadableInputError("it is compressed twice: unpack it once")
        yield singles.read(found.name, head, unpacked(stream), limit)
        return
    if form == "zip" and packed is not None:
        raise UnreadableInputError(f"this is a zip archive within {packed.name} data: unpack it once")
    empty = True
    with rewindable(stream) if form in SEEKING else nullcontext(stream) as again:
        for page in archived(form, found.name, again, limit):
            empty = False
            yield page
    if empty and not found.listed:
        raise UnreadableInputError(f"no pages in this {form} archive")


def archived(form: str, name: str, stream: io.BufferedReader, limit: int) -> Iterator[Source | Unreadable]:
    """Read the pages of an archive."""

    def reopen() -> io.BufferedReader:
        if stream.seekable():
            stream.seek(0)
        return unpacked(stream)

    if form == "zip":
        from newsclean.sources import zipped  # each brings modules that one page need not wait for

        return zipped.read(name, reopen, limit)
    if form == "tar":
        from newsclean.sources import tarred

        return tarred.read(name, reopen, limit)
    from newsclean.sources import warc

    return warc.read(reopen(), limit)


def unpacked(stream: io.BufferedReader) -> io.BufferedReader:
    """Return a stream as it is, or unpacked where it is compressed."""
    packing = packing_of(stream.peek(CHUNK))
    return stream if packing is None else unpack(packing, stream)


@contextmanager
def rewindable(stream: io.BufferedReader) -> Iterator[io.BufferedReader]:
    """Return a stream that can seek: itself, or what it brings in a temporary file."""
    if stream.seekable():
        yield stream
        return
    import shutil
    import tempfile

    with ExitStack() as stack:
        try:
            file = stack.enter_context(tempfile.TemporaryFile("w+b", CHUNK))
            shutil.copyfileobj(stream, file, CHUNK)
            file.seek(0)
        except OSError as error:
            with suppress(OSError):  # closing tries once more to write what did not fit
                stack.close()
            raise UnreadableInputError(f"cannot keep the archive aside: {plainly(error)} ({ASIDE})") from error
        yield cast("io.BufferedReader", file)


@contextmanager
def open_stream(path: str) -> Iterator[io.BufferedReader]:
    """Open a file for reading; standard input is left open behind us."""
    if path != STDIN:
        with open_file(path) as stream:
            yield stream if stream.seekable() else buffered(stream.read, PIPE_AHEAD)
        return
    if sys.stdin is None:
        raise UnreadableInputError("standard input is closed (name a file)")
    yield buffered(sys.stdin.buffer.read, PIPE_AHEAD)
