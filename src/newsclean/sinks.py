r"""Where articles are written: standard output, one file, or a tree that mirrors the inputs.

Files are written whole or not at all: into a temporary file beside the target, which takes its place at the end.
Everything is UTF-8 with `\n` line ends, whatever the locale and the system.
"""

from __future__ import annotations

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
from newsclean.sources import plainly

DEVICE_FOLDERS = ("/dev/", "/proc/")
"""Paths below these name open streams even where they lead to a regular file, as `/dev/stdout` can."""

STDOUT = "standard output"
"""What the target is called in messages when no file was named."""


class Target(NamedTuple):
    """Where articles go and what they are written as: to `output`, a file, `output_dir`, a tree, or standard output."""

    format: str = "md"
    style: Style = Style()
    output: str | None = None
    output_dir: str | None = None


def doubts(target: Target) -> Iterator[str]:
    """Yield what a user may not have meant: a file name that promises another format, options without effect."""
    tail = os.path.splitext(target.output or "")[1].lower()
    promised = next((name for name, form in FORMATS.items() if form.suffix == tail), target.format)
    if promised != target.format:
        yield f"{target.output} is written as {target.format}; for {promised} add -f {promised}"
    if not target.style.front_matter and target.format != "md":
        yield f"--no-front-matter has no effect with -f {target.format}, only with md"


class Placed(NamedTuple):
    """An article, the path of the file that it came from, and its place in a tree (without the format's ending)."""

    article: Article
    path: str
    place: str


Write = Callable[[Placed], None]
"""What a sink hands out: it writes one article."""


def open_sink(target: Target, many: bool) -> AbstractContextManager[Write]:
    """Open what the articles are written to; leaving it with an exception drops an unfinished file.

    `many` says that a stream is for several articles, however many there turn out to be. Raises OutputError, on
    opening or writing, and BrokenPipeError when nobody reads the stream any more.
    """
    if target.output_dir is not None:
        return tree_sink(target.output_dir, FORMATS[target.format], target.style)
    joined = Joined(FORMATS[target.format], target.style, many)
    if target.output is None:
        return stdout_sink(joined)
    return device_sink(target.output, joined) if is_device(target.output) else file_sink(target.output, joined)


@dataclass
class Joined:
    """Articles one after another in one stream, joined as their format wants it."""

    format: Format
    style: Style
    many: bool
    written: int = 0

    def add(self, article: Article) -> bytes:
        """Return the bytes that one more article adds."""
        joint = self.format.between if self.written else self.format.begin
        text = self.format.render(article, self.style)
        self.written += 1
        if not self.many:
            return encoded(text)
        return encoded(joint + (text.removesuffix("\n") if self.format.begin else text))  # the comma follows at once

    def finish(self) -> bytes:
        """Return the bytes that close the stream."""
        if not self.many:
            return b""
        return encoded(("" if self.written else self.format.begin) + self.format.end)


def encoded(text: str) -> bytes:
    """Encode output: always UTF-8; a lone surrogate, for which UTF-8 has no bytes, is replaced."""
    return text.encode("utf-8", "replace")


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

    def write(placed: Placed) -> None:
        put(stream, name, joined.add(placed.article))

    yield write
    put(stream, name, joined.finish())
    with writing(name):
        stream.flush()


def put(stream: BinaryIO, name: str, data: bytes) -> None:
    """Write bytes, and name the target when that fails."""
    with writing(name):
        stream.write(data)


@contextmanager
def file_sink(path: str, joined: Joined) -> Iterator[Write]:
    """Write one file, which is replaced at the end; it stays as it was where no article was written."""
    with whole_file(path) as (stream, keep):
        yield from stream_sink(stream, path, joined)
        if joined.written:
            keep()


@contextmanager
def tree_sink(folder: str, form: Format, style: Style) -> Iterator[Write]:
    """Write one file for each article below `folder`, which is made where it is missing."""
    make_folder(folder)

    def write(placed: Placed) -> None:
        path = os.path.join(folder, placed.place + form.suffix)
        refuse_own_input(placed.path, path)
        make_folder(os.path.dirname(path))
        with whole_file(path) as (stream, keep):
            put(stream, path, encoded(form.render(placed.article, style)))
            keep()

    yield write


def refuse_own_input(source: str, path: str) -> None:
    """Keep a saved page from being replaced by its own article."""
    if os.path.exists(source) and os.path.exists(path) and os.path.samefile(source, path):
        raise OutputError(f"cannot write {path}: it is the input (give another directory with -d)")


def make_folder(folder: str) -> None:
    """Make a directory and those around it."""
    with writing(folder):
        os.makedirs(folder, exist_ok=True)


def is_device(path: str) -> bool:
    """Tell whether a path must be written to as it is, since nothing can take its place."""
    if path.startswith(DEVICE_FOLDERS):
        return True
    return os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode) and not os.path.isdir(path)


@contextmanager
def whole_file(path: str) -> Iterator[tuple[BinaryIO, Callable[[], None]]]:
    """Open a temporary file beside `path`; calling the second value lets it take the place of `path`.

    A link is followed, and the permissions of a file that is there already are kept.
    """
    import secrets  # slow to import, as is shutil; standard output needs neither

    real = os.path.realpath(path)
    temporary = os.path.join(os.path.dirname(real), f".newsclean-{secrets.token_hex(6)}.tmp")
    with writing(path):
        refuse_unwritable(real)
        stream = open(temporary, "xb")  # noqa: SIM115 - closed below, or before it takes its place
    try:
        yield stream, lambda: replace(stream, temporary, real)
    finally:
        with suppress(OSError):  # what could not be written was reported; here it only remains to leave no trace
            stream.close()
        with suppress(OSError):
            os.unlink(temporary)


def refuse_unwritable(real: str) -> None:
    """Raise OSError for what os.replace would replace, or fail to, though it should not be written."""
    if os.path.isdir(real):
        raise IsADirectoryError(0, "it is a directory (use -d for one)")
    if not os.path.isdir(os.path.dirname(real)):
        raise FileNotFoundError(0, f"there is no directory {os.path.dirname(real)}")
    if os.path.exists(real) and not os.access(real, os.W_OK):
        raise PermissionError(0, "permission denied")


def replace(stream: BinaryIO, temporary: str, real: str) -> None:
    """Put the finished temporary file in the place of `real`."""
    with writing(real):
        stream.close()
        if os.path.exists(real):
            import shutil

            shutil.copymode(real, temporary)
        os.replace(temporary, real)


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
        raise OutputError(f"cannot write {name or repr(name)}: {plainly(error)}") from error


def is_closed_pipe(error: OSError, name: str) -> bool:
    """Tell whether standard output has gone: Windows says EINVAL where other systems say EPIPE."""
    return sys.platform == "win32" and name == STDOUT and error.errno == 22  # noqa: PLR2004 - errno.EINVAL
