"""Header fields as mail, MHTML, HTTP and WARC write them: `Name: value`, long ones folded, parameters behind `;`."""

from __future__ import annotations

import re
from typing import BinaryIO

from newsclean.errors import UnreadableInputError
from newsclean.patterns import lazy

HEADER_LIMIT = 256 * 1024
"""Bytes of one header; with a data: address in it, or many cookies, it can be long."""

_FOLD = lazy(rb"\r?\n[ \t]+")

_PARAMETER = lazy(r";\s{0,64}([A-Za-z0-9_*-]{1,40})\s{0,8}=\s{0,8}(?:\"([^\"]*)\"|([^\s;\"]*))")

_ENCODED = lazy(r"=\?[A-Za-z0-9_-]{1,40}\?[BbQq]\?")

WORDS_LIMIT = 8 * 1024
"""Characters of a value whose encoded words are decoded: addresses and titles are shorter, and decoding is slow."""

Fields = dict[str, str]
"""Values by field name, in lower case; the first counts where a name comes twice."""


def read_header(stream: BinaryIO) -> bytes:
    """Read up to and including the blank line that ends a header, or to the end of the stream.

    Raises UnreadableInputError when it has more than HEADER_LIMIT bytes.
    """
    lines, size = [], 0
    while line := stream.readline(HEADER_LIMIT):
        lines.append(line)
        size += len(line)
        if line in {b"\r\n", b"\n"}:
            break
        if size > HEADER_LIMIT:
            raise UnreadableInputError(f"broken: it has a header of more than {HEADER_LIMIT // 1024} KB")
    return b"".join(lines)


def fields(header: bytes) -> Fields:
    """Return the fields of a header; lines that are none are passed over."""
    found: Fields = {}
    for line in _FOLD.sub(b" ", header).splitlines():
        name, colon, value = line.partition(b":")
        if colon:
            found.setdefault(name.strip().decode("latin-1").lower(), text_of(value.strip()))
    return found


def text_of(value: bytes) -> str:
    """Decode a value: ASCII as a rule, UTF-8 at times, and never an error."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def kind_of(value: str) -> str:
    """Return the media type of a Content-Type without its parameters, in lower case."""
    return value.partition(";")[0].strip().lower()


def parameter(value: str, name: str) -> str | None:
    """Return a parameter of a field's value, or None."""
    for match in _PARAMETER.finditer(value):
        if match[1].lower() == name:
            return (match[2] if match[2] is not None else match[3]) or None
    return None


def decoded_words(value: str) -> str:
    """Return a value with its encoded words (RFC 2047) decoded."""
    if len(value) > WORDS_LIMIT or not _ENCODED.search(value):
        return value
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):  # damaged, or in an encoding that nobody knows
        return value


def unspaced(address: str) -> str:
    """Return an address without the white space of folding (RFC 2557, section 4.4.2)."""
    return re.sub(r"\s+", "", address)
