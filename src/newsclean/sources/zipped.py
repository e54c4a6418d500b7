"""Pages in a zip archive, in its order: the standard library lists its members, each is checked before it is read."""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import members, names
from newsclean.sources.page import Unreadable, too_large

UTF8_NAME = 0x800
"""The flag of a member whose name is declared to be UTF-8."""

ENCRYPTED = 0x1
"""The flag of a member that needs a password."""

LIST_LIMIT = 64 * 1024 * 1024
"""Bytes of the list at the archive's end, some 100 for each member; the standard library makes six times that of it."""

LOCAL_HEADER = 30
"""Bytes before each member at least."""

DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError, OverflowError)
"""What the standard library raises for archives that are damaged, split, or packed in ways that it does not know."""


class Bounded:
    """A stream as the standard library reads a zip from it, which never gives more than LIST_LIMIT bytes at once."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable, self.close = stream.seek, stream.tell, stream.seekable, stream.close

    def read(self, size: int = -1) -> bytes:
        """Return as many bytes as asked for. Raises UnreadableInputError where that is a list of too many members."""
        if size > LIST_LIMIT:
            raise UnreadableInputError("it has too many members to list (unpack it, and name the directory)")
        return self._stream.read(size)


class Member(NamedTuple):
    """A file in the archive, and its path as text with slashes."""

    info: ZipInfo
    path: str


def read(name: str, reopen: Callable[[], io.BufferedReader], limit: int) -> Iterator[Source | Unreadable]:
    """Read the pages of a zip archive, whose stream can seek.

    Raises UnreadableInputError when it is damaged as a whole, or made of overlapping members as a bomb is.
    """
    try:
        opened = ZipFile(cast("IO[bytes]", Bounded(reopen())))
    except DAMAGE as error:
        raise broken(error) from error
    with opened:
        found = list_members(opened.infolist())
        refuse_overlapping(opened.infolist())
        archive = members.Archive(name, members.attached_folders(lambda: (each.path for each in found)), limit)
        for member in found:
            if not members.is_wanted(member.path, archive.attached):
                continue
            if page := members.overlong(archive, member.path) or read_member(archive, opened, member):
                yield page


def list_members(infos: list[ZipInfo]) -> list[Member]:
    """Return the regular files among an archive's members, their names decoded."""
    encoding = names.encoding_of(raw for info in infos if (raw := undeclared(info)) is not None)
    found = []
    for info in infos:
        raw = undeclared(info)
        path = info.orig_filename if raw is None else names.text_of(raw, encoding)
        if is_file(info):
            found.append(Member(info, path.replace("\\", "/")))  # some programs on Windows write them
    return found


def undeclared(info: ZipInfo) -> bytes | None:
    """Return the bytes of a name whose encoding matters and is not declared: the standard library takes cp437."""
    if info.flag_bits & UTF8_NAME or info.orig_filename.isascii():
        return None
    return info.orig_filename.encode(names.DOS, "replace")


def is_file(info: ZipInfo) -> bool:
    """Tell whether a member is a regular file: no directory, link or device, as Unix programs note them."""
    mode = info.external_attr >> 16
    return not info.filename.endswith("/") and stat.S_IFMT(mode) in {0, stat.S_IFREG}


def refuse_overlapping(infos: list[ZipInfo]) -> None:
    """Raise UnreadableInputError if members share bytes: so a small file unpacks to petabytes, member by member."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise UnreadableInputError("its members overlap, as only those of a zip bomb do")
        end = info.header_offset + LOCAL_HEADER + info.compress_size


def read_member(archive: members.Archive, opened: ZipFile, member: Member) -> Source | Unreadable | None:
    """Read one member; what is wrong with it stays with it."""
    try:
        refuse(member.info, archive.limit)
        with opened.open(member.info) as stream:
            return members.read(archive, member.path, stream.read)
    except UnreadableInputError as error:
        return Unreadable(f"{archive.name}!{member.path}", member.path, error)
    except DAMAGE as error:
        return Unreadable(f"{archive.name}!{member.path}", member.path, broken(error))


def refuse(info: ZipInfo, limit: int) -> None:
    """Raise UnreadableInputError for a member that is encrypted, too large, or packed in a way that is not bounded."""
    if info.flag_bits & ENCRYPTED:
        raise UnreadableInputError("it is encrypted: unpack the archive with its password")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise UnreadableInputError(f"it is compressed in a rare way (zip's {info.compress_type}): unpack the archive")
    if info.file_size > limit:
        raise too_large(limit)


def broken(error: Exception) -> UnreadableInputError:
    """Return the error for what the standard library could not read."""
    return UnreadableInputError(f"broken zip archive: {error} (copy or download it again)")
