"""Files anywhere that fsspec reaches: listed, copied here, and put there whole or not at all.

A plain path and `file://` are this computer's file system, or one that all computers of a cluster share.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

from newsclean.errors import OutputError
from newsclean.sources.remote import hostless, is_address, reading, what_is_said

LOCAL = ("file", "local")
"""Protocols of files in the file system."""

AT_ONCE = frozenset("s3 s3a gs gcs abfs abfss az adl oss oci memory".split())
"""Protocols of stores where a file is there once all of it is: no temporary name is needed."""

COPY = 1024 * 1024
"""Bytes that are copied at once."""

TEMPORARY = ".newsclean-{}.tmp"
"""What a file is called, in the folder of its target, while it is written; each attempt has one of its own."""


def local_path(given: str) -> str | None:
    """Return the path that a path or a `file://` address is, whole; None for other addresses."""
    if not is_address(given):
        return os.path.abspath(given)
    protocol, _, rest = hostless(given).partition("://")
    return os.path.abspath(rest) if protocol.lower() in LOCAL else None


def everywhere(given: str) -> str:
    """Return an address under which other processes find the same file: a path as whole."""
    return local_path(given) or given.rstrip("/")


def below(folder: str, *names: str) -> str:
    """Return the address of a file in a folder."""
    return "/".join([folder.rstrip("/"), *names])


def file_system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, and what it calls it there."""
    from fsspec.core import url_to_fs

    fs, path = url_to_fs(hostless(address))
    return fs, path


def out_of_reach(address: str) -> str | None:
    """Say what is missing here to open an address, or None."""
    if local_path(address) is not None:
        return None
    from fsspec import get_filesystem_class

    protocol = address.partition("://")[0]
    try:
        get_filesystem_class(protocol)
    except ImportError as error:
        module = getattr(error.__cause__, "name", None) or error.name
        remedy = f": pip install {module} (on the workers, too)." if module else "."
        return f"{protocol}:// cannot be opened: {error}{remedy}"
    except ValueError:
        return f"fsspec knows no file system {protocol}://"
    return None


def read_range(address: str) -> Callable[[int, int], bytes]:
    """Return what reads stretches of a file, by begin and end. It raises UnreadableInputError."""
    fs, path = file_system(address)

    def read(begin: int, end: int) -> bytes:
        with reading(address):
            return bytes(fs.cat_file(path, start=begin, end=end))

    return read


def copy_here(address: str, path: str, begin: int = 0, end: int | None = None) -> None:
    """Copy a file, or a stretch of it, into the file system. Raises UnreadableInputError."""
    with reading(address), open(path, "wb") as target:
        fs, there = file_system(address)
        with fs.open(there, "rb") as source:
            source.seek(begin)
            left = float("inf") if end is None else end - begin
            while left > 0 and (data := source.read(int(min(COPY, left)))):
                target.write(data)
                left -= len(data)


@contextmanager
def writing_to(address: str) -> Iterator[None]:
    """Turn whatever a file system raises on writing into an OutputError that names the address."""
    try:
        yield
    except Exception as error:  # each library has errors of its own
        raise OutputError(f"cannot write {address}: {what_is_said(error, address)}") from error


def put(path: str, address: str) -> None:
    """Put a file of this computer to an address, whole or not at all. Raises OutputError."""
    with writing_to(address):
        if (target := local_path(address)) is not None:
            put_beside(path, target)
            return
        fs, there = file_system(address)
        if not AT_ONCE.isdisjoint(protocols(fs)):
            fs.put_file(path, there)
            return
        home = there.rpartition("/")[0]
        fs.makedirs(home, exist_ok=True)
        temporary = f"{home}/{TEMPORARY.format(uuid4().hex)}"
        fs.put_file(path, temporary)
        if fs.exists(there):
            fs.rm_file(there)  # not every file system moves onto a file
        fs.mv(temporary, there)


def put_beside(path: str, target: str) -> None:
    """Copy a file into the folder of its target, where it takes its place in one step."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    temporary = os.path.join(os.path.dirname(target), TEMPORARY.format(uuid4().hex))
    try:
        shutil.copyfile(path, temporary)
        os.replace(temporary, target)
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def put_bytes(data: bytes, address: str) -> None:
    """Put bytes to an address, whole or not at all. Raises OutputError."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="newsclean-") as home:
        path = os.path.join(home, "data")
        with open(path, "wb") as stream:
            stream.write(data)
        put(path, address)


def protocols(fs: Any) -> tuple[str, ...]:
    """Return the names of a file system's protocol."""
    return (fs.protocol,) if isinstance(fs.protocol, str) else tuple(fs.protocol)


def remove(address: str) -> None:
    """Remove a file, if it is there. Raises OutputError."""
    with writing_to(address), suppress(FileNotFoundError):
        fs, path = file_system(address)
        if local_path(address) is None and not fs.exists(path):
            return
        fs.rm_file(path)


def sizes_in(folder: str) -> dict[str, int]:
    """Return the sizes of the files in a folder, by their names; of none where there is no folder."""
    with writing_to(folder):
        fs, path = file_system(folder)
        fs.invalidate_cache()
        try:
            entries = fs.ls(path, detail=True)
        except (FileNotFoundError, NotADirectoryError):
            return {}
    return {each["name"].rpartition("/")[2]: each["size"] for each in entries if each["type"] == "file"}


def contents(addresses: Sequence[str]) -> list[bytes | None]:
    """Return what several small files hold, asked for at once; None for those that cannot be read."""
    if not addresses:
        return []
    fs = file_system(addresses[0])[0]
    paths = [file_system(each)[1] for each in addresses]
    found = fs.cat(paths, on_error="omit") if len(paths) > 1 else cat_one(fs, paths[0])
    return [found.get(path) for path in paths]


def cat_one(fs: Any, path: str) -> dict[str, bytes]:
    """Return what one file holds, in the shape of several."""
    try:
        return {path: fs.cat_file(path)}
    except OSError:
        return {}
