"""Streams for readers that look ahead: whatever the source hands out at a time, what is asked for comes whole."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from newsclean.errors import UnreadableInputError
from newsclean.sources.packings import CHUNK

if TYPE_CHECKING:
    from typing_extensions import Buffer  # for the type checker alone

CUT_OFF = "it ends too early"
"""What is wrong with most broken containers."""


class _Filled(io.RawIOBase):
    """Asks again until a buffer is full, or nothing more comes."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        with memoryview(buffer) as view, view.cast("B") as whole:
            filled = 0
            while filled < len(whole) and (data := self._read(len(whole) - filled)):
                whole[filled : filled + len(data)] = data
                filled += len(data)
        return filled


def buffered(read: Callable[[int], bytes], ahead: int = CHUNK) -> io.BufferedReader:
    """Return a stream of what `read` gives: bytes, at most as many as it is asked for, and none at the end.

    It can be looked into `ahead` bytes far.
    """
    return io.BufferedReader(_Filled(read), ahead)


class BrokenContainerError(UnreadableInputError):
    """A container cannot be read on: nothing behind the damage can be found."""

    def __init__(self, form: str, why: str) -> None:
        super().__init__(f"broken {form}: {why} (copy or download it again)")


class Window:
    """The next `size` bytes of a container, as a stream that ends there; the container must hold them."""

    def __init__(self, form: str, stream: BinaryIO, size: int) -> None:
        self._form, self._stream, self._left = form, stream, size

    def read(self, size: int) -> bytes:
        """Return as many bytes as asked for, fewer at the end.

        Raises BrokenContainerError where the container is damaged or ends before.
        """
        wanted = min(size, self._left)
        try:
            data = self._stream.read(wanted)
        except UnreadableInputError as error:  # the compression around the container
            raise BrokenContainerError(self._form, str(error)) from error
        if len(data) < wanted:
            raise BrokenContainerError(self._form, CUT_OFF)
        self._left -= len(data)
        return data

    def skip(self) -> None:
        """Go on to the end."""
        while self._left:
            self.read(CHUNK)
