"""Pages in a zip archive, in its order: the standard library lists its members, each is checked before it is read."""

from __future__ import annotations

import io
import stat
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import members, names
from newsclean.sources.page import Unreadable, too_large

UTF8_NAME = 0x800
"""The flag of a member whose name is declared to be UTF-8."""

ENCRYPTED = 0x1
"""The flag of a member that needs a password."""

LOCAL_HEADER = 30
"""Bytes before each member at least."""

DAMAGE = (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OverflowError)
"""What the standard library raises for archives that are damaged, split, or packed in ways that it does not know."""


class Member(NamedTuple):
    """A file in the archive, and its path as text with slashes."""

    info: ZipInfo
    path: str


def read(name: str, reopen: Callable[[], io.BufferedReader], limit: int) -> Iterator[Source | Unreadable]:
    """Read the pages of a zip archive, whose stream can seek.

    Raises UnreadableInputError when it is damaged as a whole, or made of overlapping members as a bomb is.
    """
    try:
        opened = ZipFile(reopen())
    except DAMAGE as error:
        raise broken(error) from error
    with opened:
        found = list_members(opened.infolist())
        refuse_overlapping(opened.infolist())
        archive = members.Archive(name, members.attached_folders(lambda: (each.path for each in found)), limit)
        for member in found:
            if members.is_wanted(member.path, archive.attached) and (page := read_member(archive, opened, member)):
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
