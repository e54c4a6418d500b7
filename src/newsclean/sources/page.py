"""The plainest form: a file that is one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.models import Source

if TYPE_CHECKING:
    from typing import Protocol

    class Readable(Protocol):
        """Anything that bytes can be read from."""

        def read(self, size: int, /) -> bytes:
            """Return at most `size` bytes; none at the end."""


PAGE_LIMIT = 50 * 1024 * 1024
"""Bytes of one page, unpacked, unless the caller says otherwise: news pages stay far below, bombs do not."""

CHUNK = 256 * 1024
"""Bytes asked for at once: most pages come in one piece, and no read claims the limit in advance."""

MEGABYTE = 1024 * 1024


class Unreadable(NamedTuple):
    """A page within a container that cannot be read, where the container goes on: named as its `Source` would be."""

    name: str
    member: str
    error: UnreadableInputError


def read(name: str, stream: Readable, limit: int) -> Source:
    """Read the one page that `stream` holds.

    Raises UnreadableInputError when it has more than `limit` bytes.
    """
    return Source(name, read_limited(stream, limit))


def read_limited(stream: Readable, limit: int) -> bytes:
    """Read all of `stream`, which may not exceed `limit` bytes."""
    data = bytearray()
    while chunk := stream.read(CHUNK):
        data += chunk
        if len(data) > limit:
            raise too_large(limit)
    return bytes(data)


def too_large(limit: int) -> UnreadableInputError:
    """Return the error for a page of more than `limit` bytes."""
    size = f"{limit / MEGABYTE:.4g} MB" if limit >= MEGABYTE else f"{limit:,} bytes"
    return UnreadableInputError(f"larger than {size}, the limit for one page (--max-size sets another)")
