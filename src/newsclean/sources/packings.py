"""Compressions around a page or an archive: gzip, bzip2, xz and Zstandard, told by their first bytes.

One reader serves all four, and not the file objects of the standard library: it gives no more than was asked for
(a few bytes can unpack to gigabytes), bounds the memory that data may claim, follows members one after another (each
record of a WARC is one), and stops at what only a bomb does.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast

from newsclean.errors import UnreadableInputError

if TYPE_CHECKING:
    from typing import Protocol  # for the type checker alone, as is all here

    from typing_extensions import Buffer

    class Decompressor(Protocol):
        """What unpacks one member, as the standard library's `bz2`, `lzma` and `compression.zstd` have it."""

        @property
        def eof(self) -> bool:
            """Whether the member has ended."""

        @property
        def needs_input(self) -> bool:
            """Whether nothing more comes out before something is put in."""

        @property
        def unused_data(self) -> bytes:
            """What was put in behind the member's end."""

        def decompress(self, data: bytes, max_length: int) -> bytes:
            """Take `data` and return at most `max_length` bytes."""


CHUNK = 64 * 1024
"""Bytes of a stream that are looked at and unpacked at once."""

RATIO = 1_100
"""How often its own size unpacked data may have: gzip cannot exceed 1,032, and other data only if it says nothing."""

FREE = 256 * 1024 * 1024
"""Unpacked bytes that are not counted against RATIO."""

EMPTY, THIN = 1_000, 256
"""Members that may be empty, and bytes that each of the others must have on average: nothing is packed so thinly as a
bomb, whose members cost more time than what is in them."""

XZ_MEMORY = 256 * 1024 * 1024
"""Bytes that xz may use; its strongest setting takes 65 MB to unpack."""

BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
"""What follows `BZh` and the size of blocks: the first block, or the end. Three letters alone could begin a text."""

ZSTANDARD_FRAME = b"\x28\xb5\x2f\xfd"
"""Begins a frame of data (RFC 8878, section 3.1.1); frames to be skipped begin in sixteen other ways."""

MAGIC_BYTES = 10
"""Bytes that tell a compression: bzip2 needs most."""

DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Begins the frame with the dictionary at the start of a .warc.zst (IIPC's Zstandard for WARC, section 3)."""

DICTIONARY_LIMIT = 16 * 1024 * 1024
"""Bytes of such a dictionary; they are some 100 KB in practice."""


class Gunzip:
    """The same for gzip, for which the standard library has a shape of its own."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        return self._inflate.eof

    @property
    def unused_data(self) -> bytes:
        """What was put in behind the member's end."""
        return self._inflate.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take `data` and return at most `max_length` bytes."""
        made = self._inflate.decompress(self._inflate.unconsumed_tail + data, max_length)
        self.needs_input = len(made) < max_length
        return made


class Setup(NamedTuple):
    """How a stream is unpacked.

    What makes a decompressor for each member, what that raises for damaged data, what of the stream was read to know.
    """

    make: Callable[[], Decompressor]
    errors: tuple[type[Exception], ...]
    waiting: bytes = b""


class Packing(NamedTuple):
    """A compression: its name, how each of its members begins, and what prepares to unpack a stream."""

    name: str
    begins: tuple[bytes, ...]
    prepare: Callable[[BinaryIO], Setup]


def _gzip(stream: BinaryIO) -> Setup:  # noqa: ARG001
    return Setup(Gunzip, (zlib.error,))


def _bzip2(stream: BinaryIO) -> Setup:  # noqa: ARG001
    import bz2

    return Setup(bz2.BZ2Decompressor, (OSError, ValueError))


def _xz(stream: BinaryIO) -> Setup:  # noqa: ARG001
    import lzma

    return Setup(lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, XZ_MEMORY), (lzma.LZMAError,))


def _zstandard(stream: BinaryIO) -> Setup:
    zstd = zstandard_library()
    head = stream.read(len(DICTIONARY))
    words = _dictionary(stream, zstd) if head == DICTIONARY else None
    waiting = b"" if head == DICTIONARY else head
    return Setup(lambda: cast("Decompressor", zstd.ZstdDecompressor(words)), (zstd.ZstdError,), waiting)


def _dictionary(stream: BinaryIO, zstd: Any) -> Any:
    """Read the rest of a frame with a dictionary, which may be compressed itself."""
    size = int.from_bytes(stream.read(4), "little")
    words = stream.read(size) if size <= DICTIONARY_LIMIT else b""
    try:
        if words.startswith(ZSTANDARD_FRAME):
            words = zstd.ZstdDecompressor().decompress(words, DICTIONARY_LIMIT)
        return zstd.ZstdDict(words)
    except (zstd.ZstdError, ValueError) as error:
        raise UnreadableInputError(f"broken Zstandard data: its dictionary cannot be read ({error})") from error


def zstandard_library() -> Any:
    """Return `compression.zstd`, in Python from 3.14, or the package that brings it to older ones."""
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        try:
            from backports import zstd  # type: ignore[import-not-found, no-redef, unused-ignore]
        except ImportError:
            advice = "to read it: pip install 'newsclean[zstd]'; or unpack it"
            raise UnreadableInputError(f"compressed with Zstandard ({advice})") from None
    return zstd


PACKINGS = (
    Packing("gzip", (b"\x1f\x8b",), _gzip),
    Packing("bzip2", tuple(b"BZh%d" % size + block for size in range(1, 10) for block in BZIP2_BLOCKS), _bzip2),
    Packing("xz", (b"\xfd7zXZ\x00",), _xz),
    Packing("Zstandard", (ZSTANDARD_FRAME, *(b"%c\x2a\x4d\x18" % kind for kind in range(0x50, 0x60))), _zstandard),
)
"""Compressions that are looked through, one layer deep."""


def packing_of(head: bytes) -> Packing | None:
    """Return the compression that `head` begins, if it does."""
    return next((each for each in PACKINGS if head.startswith(each.begins)), None)


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a stream; reading raises UnreadableInputError where the data is damaged or a bomb."""

    def __init__(self, packing: Packing, stream: BinaryIO) -> None:
        self._packing, self._stream = packing, stream
        self._make, self._errors, self._waiting = packing.prepare(stream)
        self._member = self._make()
        self._taken = len(self._waiting)
        self._given = 0
        self._members = 0
        self._ended = False
        self._failure: UnreadableInputError | None = None

    def readable(self) -> bool:
        """Whether it can be read: always."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Fill `buffer`, all of it unless the stream ends or breaks before; returns how many bytes that are."""
        with memoryview(buffer) as view, view.cast("B") as whole:
            filled = 0
            while filled < len(whole) and not self._ended and self._failure is None:
                try:
                    made = self._more(len(whole) - filled)
                except UnreadableInputError as error:
                    self._failure = error  # what came before is good
                    break
                whole[filled : filled + len(made)] = made
                filled += len(made)
        if self._failure is not None and not filled:
            raise self._failure
        return filled

    def _more(self, size: int) -> bytes:
        """Return some bytes, at most `size`; none where a member ended."""
        if self._member.eof:
            self._open_next(self._member.unused_data.lstrip(b"\0"))
            return b""
        data, self._waiting = self._waiting or (self._take() if self._member.needs_input else b""), b""
        if not data and self._member.needs_input:
            raise self._broken("it ends too early")
        try:
            made = self._member.decompress(data, size)
        except self._errors as error:
            raise self._broken(str(error)) from error
        self._given += len(made)
        if self._given > FREE + RATIO * self._taken:
            raise UnreadableInputError(f"a bomb: it unpacks to more than {RATIO:,} times its size")
        return made

    def _open_next(self, rest: bytes) -> None:
        """Go on to the member behind the one that ended; NULs between and behind members are padding."""
        while len(rest) < MAGIC_BYTES and (data := self._take()):
            rest = (rest + data).lstrip(b"\0")
        if not rest:
            self._ended = True
        elif self._members > EMPTY + self._given // THIN:
            raise UnreadableInputError(f"a bomb: more than {EMPTY:,} of its parts are empty, or nearly so")
        elif rest.startswith(self._packing.begins):
            self._member, self._waiting = self._make(), rest
            self._members += 1
        else:
            raise self._broken("something else follows it")

    def _take(self) -> bytes:
        data = self._stream.read(CHUNK)
        self._taken += len(data)
        return data

    def _broken(self, why: str) -> UnreadableInputError:
        return UnreadableInputError(f"broken {self._packing.name} data: {why} (copy or download it again)")


def unpack(packing: Packing, stream: BinaryIO) -> io.BufferedReader:
    """Return the unpacked stream; it can be read once, from the start."""
    return io.BufferedReader(Unpacked(packing, stream), CHUNK)
