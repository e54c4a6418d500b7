"""MHTML: a page with all that belongs to it in one MIME message, as Chrome, Edge, Opera and Internet Explorer save it.

The page is the part that the message calls its root, else the first part of HTML, however deep it is nested; further
HTML parts are its frames. Parts are read line by line and passed over unless they may be the page, so that images take
no memory: the standard library's parser would hold all of them several times over.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple
from urllib.parse import urljoin

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.patterns import lazy
from newsclean.sources.mime import Fields, decoded_words, fields, kind_of, parameter, read_header, unspaced
from newsclean.sources.page import too_large
from newsclean.sources.webarchive import web_address

DEPTH = 16
"""Multiparts within multiparts; browsers nest two or three."""

LINE = 64 * 1024
"""Bytes of a line that are looked at once; unencoded parts can be one line."""

EXPANSION = 4
"""How many times its size a page may take when it is encoded: each byte as `=E4` and a soft line break now and then."""

HTML = ("text/html", "application/xhtml+xml")

RANKS = {**dict.fromkeys(HTML, 2), "text/plain": 1}
"""Which parts can be the page; of the same rank, the first is."""

_NO_BASE64 = lazy(rb"[^A-Za-z0-9+/]+")


class Part(NamedTuple):
    """A part that may be the page: its header fields, its content as encoded, and how well it would do."""

    fields: Fields
    content: bytes
    rank: int


def read(name: str, stream: BinaryIO, limit: int) -> Source:
    """Read the page of an MHTML file.

    Raises UnreadableInputError when there is none, or it has more than `limit` bytes.
    """
    header = fields(read_header(stream))
    start = parameter(header.get("content-type", ""), "start")
    best: Part | None = None
    for part in parts(header, stream, limit):
        is_root = start is not None and part.fields.get("content-id") == start
        if best is None or is_root or part.rank > best.rank:
            best = part
        if is_root or (start is None and best.rank == RANKS[HTML[0]]):
            break
    if best is None:
        raise UnreadableInputError("no page in this MHTML file (save it anew)")
    data = decoded(best, limit)
    return Source(name, data, address(best.fields, header), parameter(best.fields.get("content-type", ""), "charset"))


def parts(header: Fields, stream: BinaryIO, limit: int) -> Iterator[Part]:
    """Yield the parts that may be the page, in their order, however they are nested."""
    kind = kind_of(header.get("content-type", ""))
    boundaries = opened((), header)
    if not kind.startswith("multipart/"):
        content, _ = read_body(stream, (), limit * EXPANSION)
        yield Part(header, content, RANKS.get(kind, 0))
        return
    _, closed = read_body(stream, boundaries, 0)
    while closed is not None:
        boundaries = boundaries[: closed.level + (not closed.last)]
        if closed.last:
            _, closed = read_body(stream, boundaries, 0)
            continue
        own = fields(read_header(stream))
        kind = kind_of(own.get("content-type", ""))
        boundaries = opened(boundaries, own)
        wanted = kind in RANKS and "attachment" not in own.get("content-disposition", "").lower()
        content, closed = read_body(stream, boundaries, limit * EXPANSION if wanted else 0)
        if wanted:
            yield Part(own, content, RANKS[kind])


def opened(boundaries: tuple[bytes, ...], header: Fields) -> tuple[bytes, ...]:
    """Return the boundaries that are open behind a part's header: one more where it is a multipart."""
    value = header.get("content-type", "")
    boundary = parameter(value, "boundary")
    if not kind_of(value).startswith("multipart/") or boundary is None:
        return boundaries
    if len(boundaries) >= DEPTH:
        raise UnreadableInputError(f"broken MHTML: its parts are nested more than {DEPTH} deep")
    return (*boundaries, b"--" + boundary.encode("utf-8"))


class Closed(NamedTuple):
    """The boundary line that ended a part: of which open multipart, and whether it ends that, too."""

    level: int
    last: bool


def read_body(stream: BinaryIO, boundaries: tuple[bytes, ...], limit: int) -> tuple[bytes, Closed | None]:
    """Read up to the next boundary line, or the end of the stream; more than `limit` bytes are dropped."""
    kept = bytearray()
    at_start = True
    while line := stream.readline(LINE):
        if at_start and line.startswith(b"--") and (closed := closing(line, boundaries)):
            return without_line_end(kept), closed
        at_start = line.endswith(b"\n")
        if len(kept) <= limit and limit:
            kept += line
    return bytes(kept), None


def closing(line: bytes, boundaries: tuple[bytes, ...]) -> Closed | None:
    """Tell which multipart's boundary a line is, innermost first."""
    text = line.rstrip()
    ending = text[:-2] if text.endswith(b"--") else None
    for level in range(len(boundaries) - 1, -1, -1):
        if text == boundaries[level]:
            return Closed(level, last=False)
        if ending and ending == boundaries[level]:
            return Closed(level, last=True)
    return None


def without_line_end(content: bytearray) -> bytes:
    """Return a part's content: the line end before a boundary belongs to that (RFC 2046, section 5.1.1)."""
    return bytes(content).removesuffix(b"\n").removesuffix(b"\r")


def decoded(part: Part, limit: int) -> bytes:
    """Undo the transfer encoding of a part; what it does not know is left as it is."""
    if len(part.content) > limit * EXPANSION:
        raise too_large(limit)
    way = part.fields.get("content-transfer-encoding", "").strip().lower()
    data = part.content
    if way == "quoted-printable":
        data = binascii.a2b_qp(data)
    elif way == "base64":
        digits = _NO_BASE64.sub(b"", data)
        data = binascii.a2b_base64(digits[: len(digits) - (len(digits) % 4 == 1)] + b"==")
    if len(data) > limit:
        raise too_large(limit)
    return data


def address(own: Fields, message: Fields) -> str | None:
    """Return the page's address: its part's, which may be relative to the message's, or what the snapshot is of."""
    noted = [own.get("content-location"), message.get("snapshot-content-location"), message.get("content-location")]
    given = [unspaced(decoded_words(each)) for each in noted if each]
    base = next((each for each in (own.get("content-base"), *given[1:]) if each and web_address(each)), None)
    found = next((url for each in given if (url := web_address(each))), None)
    if base is not None and given and not re.match(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:", given[0]):
        found = web_address(joined(base, given[0]))
    return found


def joined(base: str, address: str) -> str | None:
    """Return an address as it is meant from another, or None where one of them makes no sense."""
    try:
        return urljoin(base, address)
    except ValueError:  # a bracket out of place: what looks like an IPv6 host and is none
        return None
