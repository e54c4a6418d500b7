"""Forms in which pages are saved, as far as their names and first bytes tell: cheap, as every file is asked."""

from __future__ import annotations

import io
import os
import re
import sys
from typing import cast

from newsclean.errors import UnreadableInputError
from newsclean.patterns import lazy
from newsclean.sources.packings import CHUNK, packing_of, unpack

STDIN = "-"
"""The input that stands for standard input."""

PAGE_ENDINGS = (".html", ".htm", ".shtml", ".xhtml", ".txt", ".mhtml", ".mht", ".webarchive")
"""Names by which pages, dumps and pages with all that belongs to them are known, in lower case."""

ARCHIVE_ENDINGS = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tzst", ".warc", ".wet")
"""Names by which files that hold many pages are known."""

PACKED_ENDINGS = (".gz", ".bz2", ".xz", ".zst")
"""May follow any of them: a.html.gz."""


def _ends(endings: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all of `endings`, each with or without a compression's: a million names are asked."""
    words, packed = ("|".join(each[1:] for each in group) for group in (endings, PACKED_ENDINGS))
    return lazy(rf"\.(?:{words})(?:\.(?:{packed}))?\Z", re.IGNORECASE)


_ENDING = _ends(PAGE_ENDINGS + ARCHIVE_ENDINGS)

_ARCHIVE_ENDING = _ends(ARCHIVE_ENDINGS)

HEAD_BYTES = 16 * 1024
"""How much of a stream is looked at to tell what it is: the header of an MHTML file can be long."""

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
"""How a zip archive begins: with a member, with the end where it has none, with the mark of one in parts."""

TAR, TAR_AT = b"ustar", 257
"""What a tar archive has in its first header, and where; then comes a NUL or, from GNU, a space."""

WARC = b"WARC/"
"""How every record of a WARC file begins; its version follows."""

PROPERTY_LIST = b"bplist0"
"""How a Safari .webarchive begins."""

_MAIL = lazy(rb"(?:\xef\xbb\xbf)?\s{0,64}[A-Za-z][A-Za-z0-9-]{1,60}:")
_BLANK_LINE = lazy(rb"\n\r?\n")
_VERSION = lazy(rb"(?im)^MIME-Version:")
_CONTENT = lazy(rb"(?im)^Content-Type:\s{0,8}(?:multipart/|text/html|application/xhtml)")


def page_stem(name: str) -> str:
    """Return a page's or an archive's name without its ending (`a.html.gz` → `a`), any other name as it is."""
    ending = _ENDING.search(name)
    return name[: ending.start()] if ending and ending.start() else name


def is_archive_name(name: str) -> bool:
    """Tell whether a file's name is that of an archive."""
    return _ARCHIVE_ENDING.search(name) is not None


def archive_of(head: bytes) -> str | None:
    """Return "zip", "tar" or "warc" where `head` begins such a file of many pages, or None."""
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(WARC) and head[len(WARC) : len(WARC) + 1].isdigit():
        return "warc"
    return "tar" if head.startswith(TAR, TAR_AT) and head[TAR_AT + len(TAR) :][:1] in {b"\0", b" "} else None


def is_mhtml(head: bytes) -> bool:
    """Tell whether `head` is the header of a MIME message that can hold a page."""
    if not _MAIL.match(head):
        return False
    end = _BLANK_LINE.search(head)
    header = head[: end.start() + 1] if end else head
    return _VERSION.search(header) is not None and _CONTENT.search(header) is not None


def is_one_page(head: bytes) -> bool:
    """Tell whether `head` begins one of the forms that hold a page and are none themselves: MHTML, a webarchive."""
    return is_mhtml(head) or head.startswith(PROPERTY_LIST)


def is_container(path: str) -> bool:
    """Tell whether a file is one of many pages, by its first bytes; one that cannot be read is not."""
    try:
        return archive_of(first_bytes(path, HEAD_BYTES)) is not None
    except (OSError, ValueError, UnreadableInputError):  # whoever reads it will say what is wrong
        return False


def first_bytes(path: str, size: int) -> bytes:
    """Return how a file begins, unpacked where it is compressed; of standard input nothing is used up."""
    if path == STDIN:
        return unpacked_head(io.BufferedReader(io.BytesIO(_glimpse(size)), CHUNK), size)
    with open_file(path) as stream:
        return unpacked_head(stream, size)


def open_file(path: str) -> io.BufferedReader:
    """Open a file so that as much of it can be looked at as is asked for.

    Raises OSError, and UnreadableInputError for a name that no file can have.
    """
    try:
        return cast("io.BufferedReader", open(path, "rb", CHUNK))
    except ValueError as error:  # a NUL, or a character that the file system's encoding has not
        raise UnreadableInputError(f"no file can have such a name ({error})") from error


def unpacked_head(stream: io.BufferedReader, size: int) -> bytes:
    """Return how a stream begins, unpacked where it is compressed; nothing of it is used up."""
    head = stream.peek(CHUNK)
    packing = packing_of(head)
    if packing is None:
        return head[:size]
    if not stream.seekable():
        return unpack(packing, io.BytesIO(head)).peek(size)[:size]
    begin = unpack(packing, stream).peek(size)[:size]
    stream.seek(0)
    return begin


def _glimpse(size: int) -> bytes:
    """Return the first bytes of standard input, as many as are there at once."""
    stream = None if sys.stdin is None else sys.stdin.buffer
    if isinstance(stream, io.BufferedReader):
        return stream.peek(size)
    if stream is None or not stream.seekable():
        return b""
    head = stream.read(size)
    stream.seek(-len(head), os.SEEK_CUR)
    return head
