"""The plainest container: a file that is one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from newsclean.errors import UnreadableInputError
from newsclean.models import Source

ENDINGS = (".html", ".htm", ".shtml", ".xhtml", ".txt")
"""Names by which a directory's pages and dumps are known, in lower case."""

PAGE_LIMIT = 50 * 1024 * 1024
"""Bytes of one page, unpacked: news pages stay far below, and a gzip bomb must not fill the memory."""

CHUNK = 256 * 1024
"""Bytes asked for at once: most pages come in one piece, and no read claims the limit in advance."""


def read(name: str, stream: BinaryIO) -> Iterator[Source]:
    """Read the one page that `stream` holds.

    Raises UnreadableInputError when it is larger than PAGE_LIMIT.
    """
    yield Source(name, read_limited(stream))


def read_limited(stream: BinaryIO) -> bytes:
    """Read all of `stream`, which may not exceed PAGE_LIMIT bytes."""
    data = bytearray()
    while chunk := stream.read(CHUNK):
        data += chunk
        if len(data) > PAGE_LIMIT:
            limit = PAGE_LIMIT // (1024 * 1024)
            raise UnreadableInputError(
                f"larger than {limit} MB, the limit for one page (split it, or save the page anew)"
            )
    return bytes(data)
