"""What of an archive is a page, by the rules for directories, and how one such member is read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import singles
from newsclean.sources.files import ATTACHMENTS, ENDING, HEAD_BYTES, begins_like_page
from newsclean.sources.forms import archive_of, page_stem
from newsclean.sources.packings import packing_of, unpack
from newsclean.sources.page import Unreadable
from newsclean.sources.streams import BrokenContainerError, buffered

APPLE = "__MACOSX"
"""The folder in which macOS keeps what it knows of each file, under the file's name."""


PATH_LIMIT = 4096
"""Characters of a member's path: as many bytes are the most that Linux takes."""

SHOWN = 60
"""Characters of a longer one that are shown."""

NESTED = 8
"""Folders of browsers within each other that are looked for in a path."""

FOLDERS = 100_000
"""Such folders that are remembered of an archive: more pages than that are not saved by hand."""


class Archive(NamedTuple):
    """What is known of an archive while its members are read.

    `attached` are hashes of the folders with what belongs to its pages, `limit` the bytes of one page.
    """

    name: str
    attached: frozenset[int]
    limit: int


def parts_of(path: str) -> list[str]:
    """Return the names in a member's path; what leads nowhere or up is none."""
    return [part for part in path.split("/") if part not in {"", ".", ".."}]


def is_wanted(path: str, attached: frozenset[int]) -> bool:
    """Tell whether a member may be a page, as far as its path says."""
    parts = parts_of(path)
    if not parts or any(part.startswith(".") or part == APPLE for part in parts):
        return False
    if attached and not attached.isdisjoint(map(hash, possible_folders(path))):
        return False
    return is_page_name(parts[-1]) or not ENDING.search(parts[-1])


def is_page_name(path: str) -> bool:
    """Tell whether a member has the ending of a page or an archive."""
    return page_stem(path) != path


def attached_folders(paths: Callable[[], Iterable[str]]) -> frozenset[int]:
    """Return hashes of the folders that browsers put beside the pages of an archive, which take less than the folders.

    `paths` lists its members anew with each call, so that no more of them is kept than has to be.
    """
    folders: set[int] = set()
    for path in paths():
        folders.update(map(hash, possible_folders(path)))
        if len(folders) > FOLDERS:
            break
    if not folders:
        return frozenset()
    stems = (page_stem("/".join(parts_of(path))) for path in paths() if is_page_name(path) and len(path) <= PATH_LIMIT)
    return frozenset(key for stem in stems for tail in ATTACHMENTS if (key := hash(stem + tail)) in folders)


def possible_folders(path: str) -> list[str]:
    """Return the folders around a member that are called like those that browsers make, the outermost of them."""
    if len(path) > PATH_LIMIT or not any(tail + "/" in path for tail in ATTACHMENTS):
        return []
    parts = parts_of(path)
    depths = (depth for depth, part in enumerate(parts[:-1], 1) if part.endswith(ATTACHMENTS))
    return ["/".join(parts[:depth]) for depth in islice(depths, NESTED)]


def overlong(archive: Archive, path: str) -> Unreadable | None:
    """Return the error for a member whose path no system takes, named by how it begins, or None."""
    if len(path) <= PATH_LIMIT:
        return None
    begin = f"{path[:SHOWN]}…"
    error = UnreadableInputError(f"its name has more than {PATH_LIMIT:,} characters: rename it in the archive")
    return Unreadable(f"{archive.name}!{begin}", begin, error)


def read(archive: Archive, path: str, read_some: Callable[[int], bytes]) -> Source | Unreadable | None:
    """Read one member, of which `read_some` gives the bytes; None if it is no page after all.

    What is wrong with it stays with it; raises BrokenContainerError where the archive cannot be read on.
    """
    name = f"{archive.name}!{path}"
    try:
        source = read_page(name, path, buffered(read_some), archive.limit)
    except BrokenContainerError:
        raise
    except UnreadableInputError as error:
        return Unreadable(name, path, error)
    return None if source is None else source._replace(member=path)


def read_page(name: str, path: str, stream: io.BufferedReader, limit: int) -> Source | None:
    """Read the page that a member holds, itself compressed or not; without an ending it must begin like one."""
    packing = packing_of(stream.peek(HEAD_BYTES))
    if packing is not None:
        stream = unpack(packing, stream)
    head = stream.peek(HEAD_BYTES)
    if not is_page_name(path) and not begins_like_page(head):
        return None
    if archive_of(head) is not None:
        raise UnreadableInputError("an archive within an archive: unpack the outer one")
    if packing_of(head) is not None:
        raise UnreadableInputError("it is compressed twice: unpack it once")
    return singles.read(name, head, stream, limit)
