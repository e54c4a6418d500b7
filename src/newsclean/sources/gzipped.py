"""Pages compressed with gzip, told by their first two bytes."""

from __future__ import annotations

import gzip
import zlib
from typing import BinaryIO, cast

MAGIC = b"\x1f\x8b"
"""How every gzip member begins (RFC 1952, section 2.3.1)."""

ENDING = ".gz"
"""Follows the ending of the page: a.html.gz."""

ERRORS = (EOFError, zlib.error, gzip.BadGzipFile)
"""What the standard library raises for data that is cut off or damaged."""


def unpack(stream: BinaryIO) -> BinaryIO:
    """Return the unpacked stream; reading it raises one of ERRORS where the data is broken."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="rb"))
