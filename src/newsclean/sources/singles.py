"""The forms that hold one page: as it is, as MHTML, or as a webarchive."""

from __future__ import annotations

import io
from typing import BinaryIO

from newsclean.models import Source
from newsclean.sources import foreign, page
from newsclean.sources.forms import PROPERTY_LIST, is_mhtml


def read(name: str, head: bytes, stream: BinaryIO, limit: int) -> Source:
    """Read the one page of a stream that begins with `head`.

    Raises UnreadableInputError when it holds something else, is damaged, or has more than `limit` bytes.
    """
    foreign.refuse(head)
    if is_mhtml(head):
        from newsclean.sources import mhtml

        return mhtml.read(name, stream, limit)
    if head.startswith(PROPERTY_LIST):
        from newsclean.sources import webarchive

        seekable = stream if stream.seekable() else io.BytesIO(page.read_limited(stream, limit))
        return webarchive.read(name, seekable, limit)
    return page.read(name, stream, limit)
