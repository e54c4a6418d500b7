"""Files that are written whole or not at all: into a temporary file beside the target, which takes its place.

A temporary file is named after its target, so that the next run for the same target takes over what a killed one left
behind, and it is locked, so that no two runs write it at once. Locks belong to a process and end with it.
"""

from __future__ import annotations

import errno
import os
import select
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import RawIOBase
from typing import BinaryIO

from newsclean.errors import OutputError
from newsclean.sources import plainly

STDOUT = "standard output"
"""What the target is called in messages when no file was named."""

AGAIN = "make room, and run it again"

ELSEWHERE = "give another place with -o or -d"

ADVICE = {
    errno.ENOSPC: AGAIN,
    getattr(errno, "EDQUOT", errno.ENOSPC): AGAIN,
    errno.EFBIG: "the file system or `ulimit -f` allows no more",
    errno.EROFS: ELSEWHERE,
    errno.EACCES: ELSEWHERE,
    errno.EPERM: ELSEWHERE,
    errno.ENOTDIR: ELSEWHERE,
    errno.ENAMETOOLONG: "give a shorter directory",
    errno.EMFILE: "see `ulimit -n`",
    errno.EIO: "look after the disk, then run it again",
}
"""What to try, by what the operating system says on writing."""

NO_SYNC = (errno.EINVAL, errno.ENOSYS, getattr(errno, "ENOTSUP", errno.EINVAL))
"""What a file system says that has no means to keep a file over a power failure."""

TEMPORARY = ".newsclean-{:08x}.tmp"
"""What the temporary file of a target is called, by a number that stands for the target's name."""


@contextmanager
def whole_file(path: str) -> Iterator[tuple[BinaryIO, Callable[[], None]]]:
    """Open a temporary file beside `path`; calling the second value lets it take the place of `path`.

    A link is followed, and the permissions of a file that is there already are kept.
    """
    real = os.path.realpath(path)
    temporary = temporary_of(real)
    with writing(path):
        refuse_unwritable(real)
        stream = os.fdopen(open_locked(temporary), "wb")
        stream.truncate(0)
    try:
        yield stream, lambda: replace(stream, temporary, real)
    finally:
        if not stream.closed:
            with suppress(OSError):
                os.unlink(temporary)
            with suppress(OSError):  # what could not be written was reported; here it only remains to leave no trace
                stream.close()


def temporary_of(real: str) -> str:
    """Return the path of the temporary file of a target."""
    home, name = os.path.split(real)
    return os.path.join(home, TEMPORARY.format(zlib.crc32(os.fsencode(name))))


def open_locked(path: str) -> int:
    """Open a file for reading and writing, make it where it is missing, and lock it; returns its descriptor.

    Raises BlockingIOError when another process has it locked.
    """
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            lock(descriptor)
            if is_at(descriptor, path):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # whoever had the lock has put this file elsewhere meanwhile


def lock(descriptor: int) -> None:
    """Lock an open file until it is closed or the process ends, where the system has such locks."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError) as error:
        raise BlockingIOError(0, "another newsclean is writing it (wait for it to end)") from error
    except OSError:  # a file system without locks
        return


def is_at(descriptor: int, path: str) -> bool:
    """Tell whether an open file is still the one at `path`."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


def refuse_unwritable(real: str) -> None:
    """Raise OSError for what os.replace would replace, or fail to, though it should not be written."""
    if os.path.isdir(real):
        raise IsADirectoryError(0, "it is a directory (use -d for one)")
    if not os.path.isdir(os.path.dirname(real)):
        raise FileNotFoundError(0, f"there is no directory {os.path.dirname(real)} (make it first)")
    if os.path.exists(real) and not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, "permission denied")


def replace(stream: BinaryIO, temporary: str, real: str) -> None:
    """Put the finished temporary file in the place of `real`, and close it."""
    with writing(real):
        stream.flush()
        settle(stream)
        if sys.platform == "win32":
            stream.close()  # an open file cannot be moved there
        move(temporary, real)
        stream.close()


def settle(stream: BinaryIO | RawIOBase) -> None:
    """Have a finished file on the disk before it takes its place: a power failure leaves the old or the new one.

    It takes some milliseconds, so single files are settled, and those of a tree are looked at by the next run.
    """
    try:
        os.fsync(stream.fileno())
    except OSError as error:
        if error.errno not in NO_SYNC:
            raise


def move(temporary: str, path: str) -> None:
    """Put a finished file in the place of `path`, whose permissions it takes over."""
    if os.path.exists(path):
        import shutil  # slow to import; standard output and a new file need it not

        shutil.copymode(path, temporary)
    os.replace(temporary, path)


def write_all(stream: RawIOBase | BinaryIO, data: bytes) -> None:
    """Write all bytes to a file, which may take them in several pieces, and for some time none."""
    rest = memoryview(data)
    while rest:
        try:
            taken = stream.write(rest)
        except BlockingIOError as full:
            taken = full.characters_written
        rest = rest[taken or 0 :]
        if not taken:
            wait_for_room(stream)


def flush_all(stream: BinaryIO) -> None:
    """Write what is buffered, in as many pieces as it takes."""
    while not _is_flushed(stream):
        wait_for_room(stream)


def _is_flushed(stream: BinaryIO) -> bool:
    try:
        stream.flush()
    except BlockingIOError:
        return False
    return True


def wait_for_room(stream: RawIOBase | BinaryIO) -> None:
    """Wait until a pipe that does not block takes more."""
    try:
        select.select([], [stream], [])
    except (OSError, ValueError):  # Windows knows this of sockets alone
        time.sleep(0.01)


def read_at(stream: RawIOBase, offset: int, length: int) -> bytes:
    """Read bytes of an unbuffered file, fewer where it ends before."""
    stream.seek(offset)
    data = b""
    while len(data) < length and (more := stream.read(length - len(data))):
        data += more
    return data


def make_folder(folder: str) -> None:
    """Make a directory and those around it."""
    with writing(folder):
        if os.path.isfile(folder):
            raise NotADirectoryError(0, "it is a file (use -o for one)")
        os.makedirs(folder, exist_ok=True)


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Turn what the operating system says on writing into an OutputError that names the target.

    A closed pipe is nothing wrong with the output and stays a BrokenPipeError.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if is_closed_pipe(error, name):
            raise BrokenPipeError from error
        advice = f" ({ADVICE[error.errno]})" if error.errno in ADVICE else ""
        raise OutputError(f"cannot write {name or repr(name)}: {plainly(error)}{advice}") from error


def is_closed_pipe(error: OSError, name: str) -> bool:
    """Tell whether standard output has gone: Windows says EINVAL where other systems say EPIPE."""
    return sys.platform == "win32" and name == STDOUT and error.errno == 22  # noqa: PLR2004 - errno.EINVAL
