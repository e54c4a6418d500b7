"""Pages in WARC files (ISO 28500), record by record: what crawlers save, and the dumps that Common Crawl makes of it.

Taken are responses and resources of the web that are HTML or plain text, with status 200, and conversions to plain
text (WET). Everything else (requests, metadata, revisits, redirects, images) is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import foreign, http, page
from newsclean.sources.files import begins_like_page
from newsclean.sources.forms import archive_of
from newsclean.sources.mime import HEADER_LIMIT, Fields, fields, kind_of, parameter, read_header
from newsclean.sources.page import Unreadable
from newsclean.sources.streams import BrokenContainerError, Window, buffered

FORM = "WARC file"

PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
"""Media types that can hold an article."""

KINDS = frozenset({"response", "resource", "conversion"})
"""Types of records that hold what a page said."""

SCHEMES = ("http", "https", "ftp", "file")
"""Addresses of pages; crawlers keep their own notes as `metadata:`, `warcinfo:`, `dns:` and the like."""

ROBOTS = "/robots.txt"
"""Plain text that every crawler fetches, and no page (RFC 9309)."""

OK = 200
"""The status of a response that brings what was asked for."""


class Record(NamedTuple):
    """A record's header, and its content, which can be read until the next record is asked for."""

    fields: Fields
    content: Window

    @property
    def address(self) -> str:
        """What the record is of; an old wget puts it into angle brackets."""
        return self.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">")


class Page(NamedTuple):
    """What a record holds: the content, and what its own or the HTTP header calls it."""

    data: bytes
    kind: str


def read(stream: BinaryIO, limit: int) -> Iterator[Source | Unreadable]:
    """Read the pages of a WARC file; they are named by their addresses.

    Raises UnreadableInputError where it is damaged, after what could be read.
    """
    for record in records(stream):
        address = record.address
        if not is_wanted(record):
            continue
        try:
            found = read_page(record, limit)
        except BrokenContainerError:
            raise
        except UnreadableInputError as error:
            yield Unreadable(address, address, error)
            continue
        if found is not None:
            yield Source(address, found.data, address, parameter(found.kind, "charset"), address)


def records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records of a WARC file."""
    while line := next_line(stream):
        if archive_of(line) != "warc":
            raise BrokenContainerError(FORM, "no record where one should begin")
        header = fields(read_header(stream))
        length = header.get("content-length", "")
        if not length.isascii() or not length.isdigit() or len(length) > 18:  # noqa: PLR2004 - what 64 bits hold
            raise BrokenContainerError(FORM, "a record does not say how long it is")
        content = Window(FORM, stream, int(length))
        yield Record(header, content)
        content.skip()


def next_line(stream: BinaryIO) -> bytes:
    """Return the next line that is not blank, or nothing at the end."""
    while (line := stream.readline(HEADER_LIMIT)) and not line.strip():
        pass
    return line


def is_wanted(record: Record) -> bool:
    """Tell whether a record can be a page, as far as its own header says."""
    if record.fields.get("warc-type", "").lower() not in KINDS:
        return False
    try:
        parts = urlsplit(record.address)
    except ValueError:  # a bracket out of place
        return False
    return parts.scheme in SCHEMES and parts.path != ROBOTS


def read_page(record: Record, limit: int) -> Page | None:
    """Read what a record holds, or None if that is no page.

    Raises UnreadableInputError when it is a page that cannot be read.
    """
    kind = record.fields.get("content-type", "")
    if record.fields["warc-type"].lower() != "response":
        return Page(page.read_limited(record.content, limit), kind) if kind_of(kind) in PAGES else None
    if kind_of(kind) not in {"application/http", ""}:
        return None
    stream = buffered(record.content.read)
    head = http.read_head(stream)
    if head is None or head.status != OK:
        return None
    kind = head.fields.get("content-type", "")
    if kind and kind_of(kind) not in PAGES:
        return None
    data = http.body(head, page.read_limited(stream, limit), limit)
    return None if foreign.recognise(data) or not (kind or begins_like_page(data)) else Page(data, kind)
