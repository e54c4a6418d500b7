"""The HTTP response in a WARC record: its head, and its body as it was before it was sent."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO, NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.patterns import lazy
from newsclean.sources.mime import Fields, fields, read_header
from newsclean.sources.packings import packing_of, unpack
from newsclean.sources.page import read_limited, too_large

_STATUS = lazy(rb"HTTP/\d(?:\.\d)?[ \t]{1,8}(\d{3})")

_CHUNK_SIZE = lazy(rb"[ \t]{0,8}([0-9A-Fa-f]{1,8})[ \t]{0,8}(?:;[^\r\n]{0,1000})?\r?\n")

PLAIN = ("", "identity", "none")
"""Names of no encoding at all."""


class Head(NamedTuple):
    """The status line and header fields of a response."""

    status: int
    fields: Fields


def read_head(stream: BinaryIO) -> Head | None:
    """Read up to the body of a response; None where there is no response."""
    line = stream.readline(1000)
    found = _STATUS.match(line)
    return Head(int(found[1]), fields(read_header(stream))) if found else None


def body(head: Head, sent: bytes, limit: int) -> bytes:
    """Return the body of a response, of which `sent` came over the line.

    Archives often note an encoding that they have undone already: a body that does not look encoded is taken as it is.
    Raises UnreadableInputError for one that is damaged or has more than `limit` bytes, and where a library is missing.
    """
    if "chunked" in head.fields.get("transfer-encoding", "").lower() and _CHUNK_SIZE.match(sent):
        sent = unchunked(sent)
    ways = [way.strip().lower() for way in head.fields.get("content-encoding", "").split(",")]
    ways = [way for way in ways if way not in PLAIN]
    if len(ways) > 1:
        raise UnreadableInputError(f"it is compressed {len(ways)} times over: the crawl has to be made anew")
    data = decoded(ways[0], sent, limit) if ways else sent
    if len(data) > limit:
        raise too_large(limit)
    return data


def unchunked(sent: bytes) -> bytes:
    """Undo the chunked transfer encoding (RFC 9112, section 7.1); what is cut off ends early."""
    made = bytearray()
    at = 0
    while size := _CHUNK_SIZE.match(sent, at):
        count = int(size[1], 16)
        if not count:
            break
        made += sent[size.end() : size.end() + count]
        at = size.end() + count
        at += 2 if sent.startswith(b"\r\n", at) else 1
    return bytes(made)


def decoded(way: str, sent: bytes, limit: int) -> bytes:
    """Undo a content encoding."""
    if way in {"gzip", "x-gzip", "zstd"}:
        stream = io.BufferedReader(io.BytesIO(sent))
        packing = packing_of(sent)
        return read_limited(unpack(packing, stream), limit) if packing else sent
    if way == "deflate":
        return inflated(sent, limit)
    if way == "br":
        return unbrotlied(sent, limit)
    return sent


def inflated(sent: bytes, limit: int) -> bytes:
    """Undo "deflate", which half of all servers send without the wrapping of zlib that it should have."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            data = zlib.decompressobj(bits).decompress(sent, limit + 1)
        except zlib.error:
            continue
        if len(data) > limit:
            raise too_large(limit)
        return data
    return sent


def unbrotlied(sent: bytes, limit: int) -> bytes:
    """Undo Brotli, for which the standard library has nothing."""
    try:
        import brotli
    except ImportError:
        advice = "pip install 'newsclean[warc]'"
        raise UnreadableInputError(f"it is compressed with Brotli (to read it: {advice})") from None
    unpacker = brotli.Decompressor()
    made = bytearray()
    try:
        data = unpacker.process(sent, output_buffer_limit=limit + 1)
        while data and len(made) <= limit:
            made += data
            data = b"" if unpacker.is_finished() else unpacker.process(b"", output_buffer_limit=limit + 1)
    except brotli.error:
        return sent if not made else bytes(made)
    if len(made) > limit:
        raise too_large(limit)
    return bytes(made)
