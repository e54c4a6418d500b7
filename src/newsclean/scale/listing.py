"""Which files the inputs hold, as addresses: lazily, in the order of the local batch, with what tells a changed file.

In the file system the local batch's own rules decide. In stores, where a look into a file is a request, a page is
known by its ending alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.scale.addresses import everywhere, file_system, local_path
from newsclean.sources import Found, find
from newsclean.sources.files import OWN, attached
from newsclean.sources.forms import page_stem
from newsclean.sources.remote import is_address, is_web, reading

STAMPS = ("ETag", "etag", "generation", "mtime", "LastModified", "last_modified", "modified", "updated")
"""What file systems call what changes with a file's content."""


class Listed(NamedTuple):
    """A file: its address for every process, what to call it, its size in bytes and what changes when it changes.

    `error` says why it cannot be used; `in_folder` that it was not named itself.
    """

    address: str
    called: str
    size: int = 0
    stamp: str = ""
    error: str | None = None
    in_folder: bool = False

    @property
    def is_away(self) -> bool:
        """Whether it could not be looked at, so that nothing is known of what is there at other times."""
        return self.error is not None or (not self.stamp and local_path(self.address) is not None)


def list_inputs(inputs: Iterable[str], output: str | None) -> Iterator[Listed]:
    """List the files of all inputs; what is in the output folder is none of them."""
    for given in inputs:
        path = local_path(given)
        yield from list_store(given, output) if path is None else list_local(given, path, output)


def list_local(given: str, path: str, output: str | None) -> Iterator[Listed]:
    """List the files of an input in the file system, as the local batch does."""
    own = local_path(output) if output is not None else None
    passed_over = frozenset() if own is None else frozenset({os.path.realpath(own)})
    start = path if is_address(given) else given
    for found in find((start,), passed_over):
        called = given.partition("://")[0] + "://" + found.path if is_address(given) else found.path
        yield listed_file(found, called)


def listed_file(found: Found, called: str) -> Listed:
    """Look at a file."""
    address = everywhere(found.path)
    if found.error is not None:
        return Listed(address, called, error=str(found.error))
    try:
        status = os.stat(found.path)
    except OSError:  # whoever reads it will say what is wrong
        return Listed(address, called, in_folder=found.listed)
    return Listed(address, called, status.st_size, str(status.st_mtime_ns), in_folder=found.listed)


def list_store(given: str, output: str | None) -> Iterator[Listed]:
    """List the files of an address."""
    try:
        if is_web(given):
            raise UnreadableInputError("newsclean does not fetch the web")
        with reading(given):
            fs, path = file_system(given)
            info = fs.info(path)
            if info["type"] == "directory":
                first = folder_entries(fs, path)
    except UnreadableInputError as error:
        yield Listed(given, given, error=str(error))
        return
    if info["type"] != "directory":
        yield listed_entry(fs, info)._replace(called=given, in_folder=False)
        return
    empty = True
    for each in walk(fs, first, own_path(output)):
        empty = False
        yield each
    if empty:
        yield Listed(given, given, error="no pages in this directory (they are known by their endings)")


def own_path(output: str | None) -> str | None:
    """Return what a store calls the output folder."""
    return None if output is None or local_path(output) is not None else file_system(output)[1].rstrip("/")


def walk(fs: Any, first: list[dict[str, Any]], own: str | None) -> Iterator[Listed]:
    """Go through a folder, depth first, in the order of names; one folder's entries are held at a time and level."""
    stack = [iter(first)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif entry["type"] != "directory":
            yield listed_entry(fs, entry)
        elif entry["name"].rstrip("/") != own:
            try:
                with reading(entry["name"]):
                    stack.append(iter(folder_entries(fs, entry["name"])))
            except UnreadableInputError as error:
                address = fs.unstrip_protocol(entry["name"])
                yield Listed(address, address, error=f"cannot list this directory: {error}")


def folder_entries(fs: Any, path: str) -> list[dict[str, Any]]:
    """Return the pages and folders of a folder, by name."""
    entries = {name_of(each): each for each in fs.ls(path, detail=True)}
    fs.invalidate_cache(path)  # what it keeps of every folder that it has listed would be all of them in the end
    folders = {name for name, each in entries.items() if each["type"] == "directory"}
    pages = {name for name in entries.keys() - folders if page_stem(name) != name}
    wanted = pages | (folders - attached(pages, folders))
    return [entries[name] for name in sorted(wanted) if name and not name.startswith(".") and OWN not in name]


def name_of(entry: dict[str, Any]) -> str:
    """Return the last part of an entry's path."""
    return str(entry["name"]).rstrip("/").rpartition("/")[2]


def listed_entry(fs: Any, entry: dict[str, Any]) -> Listed:
    """Return a file as a store lists it."""
    address = str(fs.unstrip_protocol(entry["name"]))
    stamp = next((str(entry[name]) for name in STAMPS if entry.get(name) is not None), "")
    return Listed(address, address, int(entry.get("size") or 0), stamp, in_folder=True)
