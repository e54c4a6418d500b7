r"""Where articles are written: standard output, one file, or a tree that mirrors the inputs.

What is written has been rendered before, so that this can be done elsewhere. Everything is UTF-8 with `\n` line ends,
whatever the locale and the system.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from newsclean.errors import OutputError
from newsclean.models import Article, Style
from newsclean.render import FORMATS, Format
from newsclean.whole import STDOUT, flush_all, make_folder, move, whole_file, write_all, writing

DEVICE_FOLDERS = ("/dev/", "/proc/")
"""Paths below these name open streams even where they lead to a regular file, as `/dev/stdout` can."""

NAME_BYTES = 255
"""Bytes of a name that systems allow; a page's can have as many, and that of its output more."""

PAGE_IN_WORK = ".newsclean-page.tmp"
"""The temporary file of a tree. There is one, at its root, so that a killed run leaves nothing anywhere else."""


class Target(NamedTuple):
    """Where articles go and what they are written as: to `output`, a file, `output_dir`, a tree, or standard output.

    `report` is the file that tells what was kept and why.
    """

    format: str = "md"
    style: Style = Style()
    output: str | None = None
    output_dir: str | None = None
    report: str | None = None


def doubts(target: Target) -> Iterator[str]:
    """Yield what a user may not have meant: a file name that promises another format, options without effect."""
    tail = os.path.splitext(target.output or "")[1].lower()
    promised = next((name for name, form in FORMATS.items() if form.suffix == tail), target.format)
    if promised != target.format:
        yield f"{target.output} is written as {target.format}; for {promised} add -f {promised}"
    if not target.style.front_matter and target.format != "md":
        yield f"--no-front-matter has no effect with -f {target.format}, only with md"


def rendered(article: Article, form: str, style: Style) -> bytes:
    """Return an article as a whole file of a format."""
    return encoded(FORMATS[form].render(article, style))


def encoded(text: str) -> bytes:
    """Encode output: always UTF-8; a lone surrogate, for which UTF-8 has no bytes, is replaced."""
    return text.encode("utf-8", "replace")


Write = Callable[[bytes], None]
"""What a stream's sink hands out: it writes one rendered article."""


@dataclass
class Joined:
    """Rendered articles one after another in one stream, joined as their format wants it.

    `many` says that the stream is for several articles, however many there turn out to be.
    """

    format: Format
    many: bool
    written: int = 0

    def add(self, data: bytes) -> bytes:
        """Return the bytes that one more article adds."""
        joint = self.format.between if self.written else self.format.begin
        self.written += 1
        if not self.many:
            return data
        return encoded(joint) + (data.removesuffix(b"\n") if self.format.begin else data)  # the comma follows at once

    def finish(self) -> bytes:
        """Return the bytes that close the stream."""
        if not self.many:
            return b""
        return encoded(("" if self.written else self.format.begin) + self.format.end)


def open_stream(output: str | None, joined: Joined) -> AbstractContextManager[Write]:
    """Open what articles are written to, one after another; leaving it with an exception drops an unfinished file.

    Raises OutputError, on opening or writing, and BrokenPipeError when nobody reads the stream any more.
    """
    if output is None:
        return stdout_sink(joined)
    return device_sink(output, joined) if is_device(output) else file_sink(output, joined)


@contextmanager
def stdout_sink(joined: Joined) -> Iterator[Write]:
    """Write past the text layer of standard output, and past the encoding and line ends that it would choose."""
    if sys.stdout is None:
        raise OutputError("standard output is closed (write to a file with -o FILE)")
    yield from stream_sink(sys.stdout.buffer, STDOUT, joined)


@contextmanager
def device_sink(path: str, joined: Joined) -> Iterator[Write]:
    """Write straight into what is no regular file: a terminal, a pipe, `/dev/stdout`."""
    with writing(path):
        stream = open(path, "wb")  # noqa: SIM115 - closed below, where an error on closing says nothing new
    try:
        yield from stream_sink(stream, path, joined)
    finally:
        with suppress(OSError):  # the bytes that a full device did not take were reported when they were flushed
            stream.close()


def stream_sink(stream: BinaryIO, name: str, joined: Joined) -> Iterator[Write]:
    """Hand out a writer into `stream`, and close the output when the caller is done."""

    def write(data: bytes) -> None:
        put(stream, name, joined.add(data))

    yield write
    put(stream, name, joined.finish())
    with writing(name):
        flush_all(stream)


def put(stream: BinaryIO, name: str, data: bytes) -> None:
    """Write bytes, and name the target when that fails."""
    with writing(name):
        write_all(stream, data)


@contextmanager
def file_sink(path: str, joined: Joined) -> Iterator[Write]:
    """Write one file, which is replaced at the end; it stays as it was where no article was written."""
    with whole_file(path) as (stream, keep):
        yield from stream_sink(stream, path, joined)
        if joined.written:
            keep()


class Tree:
    """One file for each article below a folder, which is made where it is missing."""

    def __init__(self, folder: str, form: str) -> None:
        """Raises OutputError for a folder that cannot be made."""
        make_folder(folder)
        self.folder = folder
        self.suffix = FORMATS[form].suffix
        self.in_work = os.path.join(folder, PAGE_IN_WORK)
        with suppress(OSError):
            os.unlink(self.in_work)  # a killed run left it; if it cannot be removed, it cannot be written either

    def path(self, place: str) -> str:
        """Return where the article of a place is written."""
        home, name = os.path.split(place)
        if len(os.fsencode(name + self.suffix)) > NAME_BYTES:
            from newsclean.sources.safe_names import shortened  # for such names alone

            name = shortened(name, NAME_BYTES - len(self.suffix))
        return os.path.join(self.folder, home, name + self.suffix)

    def write(self, data: bytes, source: str, place: str) -> None:
        """Write the article of the file `source`, in one step. Raises OutputError."""
        path = self.path(place)
        refuse_own_input(source, path)
        make_folder(os.path.dirname(path))
        try:
            with writing(path):
                self._write(data, path)
        finally:
            with suppress(OSError):
                os.unlink(self.in_work)

    def _write(self, data: bytes, path: str) -> None:
        if os.path.isdir(path):
            raise IsADirectoryError(0, "it is a directory")
        with open(self.in_work, "wb", buffering=0) as stream:
            write_all(stream, data)
        try:
            move(self.in_work, path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            with whole_file(path) as (other, keep):  # a folder of the tree that is on another file system
                other.write(data)
                keep()

    def drop(self, place: str) -> None:
        """Remove the article of a place, if there is one."""
        path = self.path(place)
        with writing(path), suppress(FileNotFoundError):
            os.unlink(path)


def refuse_own_input(source: str, path: str) -> None:
    """Keep a saved page from being replaced by its own article."""
    if os.path.exists(source) and os.path.exists(path) and os.path.samefile(source, path):
        raise OutputError(f"cannot write {path}: it is the input (give another directory with -d)")


def is_device(path: str) -> bool:
    """Tell whether a path must be written to as it is, since nothing can take its place."""
    if path.startswith(DEVICE_FOLDERS):
        return True
    return os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path)
