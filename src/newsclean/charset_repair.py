"""Reading bytes where a byte is missing or too many: the alignment whose reading is likelier language.

In GB18030, Big5, Shift_JIS, EUC and UTF-16 nothing but its place tells a character's first byte from its second, so
a stray byte shifts the pairing of all that follows. Here such a stretch is read anew as the shortest path through all
ways to cut it into characters (Viterbi's algorithm): each character costs what `charset_judge` says, a byte that
is left out `INVALID`. The stretches are found by what gives a shift away: bytes that cannot be read, and runs of
characters that hardly anybody writes. All else is left to Python's codec, so whole pages are read at its speed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import accumulate, groupby, islice
from typing import NamedTuple

from newsclean.charset_judge import LANGUAGES, Profile, likelier_language, profile
from newsclean.charsets import CHARSETS, MARK, UNICODE_CODECS, Charset
from newsclean.patterns import lazy

CLEARLY = 4.0
"""How much likelier (nats) a reading must be than the codec's: what one character more that reads well is worth."""

STRANGE_MEAN = 9.5
"""The mean cost of a run's next characters from which it is worth reading anew: sound text has 6, shifted text 11."""

STRANGE_CHARS = 8
"""How many characters this mean is taken over, fewer where the run ends."""

REPAIR_BYTES = 1 << 17
"""The longest piece that is read anew, and `TROUBLES` the most of them: what is worse damaged must not cost minutes."""

TROUBLES = 2000

STARTING_RUNS = 100
"""So many runs, of up to `STRANGE_CHARS` characters each, tell simplified from traditional Chinese."""

SHORT = 160
"""A piece of so few bytes is read anew as a whole."""

SHIFTS = 64
"""How many shifts are repaired in one UTF-16 text at most; each costs a decoding of the rest."""

WINDOW = 64
"""How many bytes of UTF-16 are looked at to find where the shift is."""

SETTLED = 48
"""How many of these are taken as read: the last few may end within a character."""

_BEYOND_ASCII = lazy(f"[^\x00-\x7f]{{1,{STRANGE_CHARS}}}")
_CUTS = (">", "\n", "<", " ", '"', ",", ".", "'", "/")
_ESCAPE = lazy(rb"(\x1b\$[@B]|\x1b\([BJI])")
_TO_ASCII = frozenset({b"\x1b(B", b"\x1b(J"})
_FOUR_BYTE_MARK = MARK.encode("gb18030")
_KEPT = bytes(range(0x21))
_TO_EUC = _KEPT + bytes(range(0xA1, 0xFF)) + b"\x7f" + b"\xff" * 128
_NO_HIGH = bytes(range(0x80)) + b"\xff" * 128
_KANA = lazy(rb"[\x21-\x5f]")


class Unit(NamedTuple):
    """One way to read the bytes at some place: how many bytes, and the character that they are."""

    size: int
    char: str


class Reading(NamedTuple):
    """The likeliest way to read some bytes, and its cost."""

    cost: float
    units: list[Unit]

    @property
    def text(self) -> str:
        """The characters of the reading."""
        return "".join(unit.char for unit in self.units)


def read_unaligned(data: bytes, codec: str, costs: Profile) -> Reading:
    """The least costly way to cut `data` into characters of `codec`, leaving out bytes where that costs less.

    Linear in the length of `data`, at about a microsecond a byte.
    """
    best: list[float] = [0.0] + [float("inf")] * (len(data) + 4)
    came: list[Unit | None] = [None] * (len(data) + 5)
    for at in range(len(data)):
        so_far = best[at]
        for unit in _units(data[at : at + _span(data, at, codec)], codec):
            cost, end = so_far + costs[unit.char], at + unit.size
            if cost < best[end]:
                best[end], came[end] = cost, unit
    return Reading(best[len(data)], _walk_back(came, len(data)))


def _walk_back(came: list[Unit | None], end: int) -> list[Unit]:
    units = []
    while (unit := came[end]) is not None:
        units.append(unit)
        end -= unit.size
    return units[::-1]


def _span(data: bytes, at: int, codec: str) -> int:
    """How many bytes from `at` on can matter to the character there."""
    lead = data[at : at + 1]
    if codec.startswith("utf_16"):
        return 4
    if lead.isascii():
        return 1
    if codec == "gb18030" and data[at + 1 : at + 2].isdigit():
        return 4
    return 3 if lead == b"\x8f" and codec == "euc_jp" else 2


@lru_cache(maxsize=1 << 16)
def _units(chunk: bytes, codec: str) -> tuple[Unit, ...]:
    """All ways to read the character at the start of `chunk`; the last is to leave out a byte."""
    found = []
    for size in range(1, len(chunk) + 1):
        char = chunk[:size].decode(codec, "replace")
        if len(char) == 1 and char != MARK:
            found.append(Unit(size, char))
    return (*found, Unit(1, MARK))


@lru_cache(maxsize=32)
def _trouble(languages: tuple[str, ...]) -> re.Pattern[str]:
    """What gives a shift away in text in these languages."""
    usual = re.escape("".join(sorted(profile(languages).common)))
    uncommon = f"[^\\x00-\\x7f{usual}]"
    # every branch starts with the same set, so that the engine skips ahead by it
    run = f"{uncommon}[^\\x00-\\x7f]?{uncommon}"
    return re.compile(
        f"{uncommon}(?:(?<=[{MARK}\ue000-\uf8ff])|[^\\x00-\\x7f]?{uncommon}(?=[!-~])|[^\\x00-\\x7f]?{run})"
    )


def _troubles(text: str, languages: tuple[str, ...]) -> Iterator[int]:
    """Where `text` looks as if a shift garbled it."""
    costs = profile(languages)
    for match in _trouble(languages).finditer(text):
        run = _BEYOND_ASCII.match(text, match.start())
        if MARK in match[0] or run is None or sum(map(costs.__getitem__, run[0])) > STRANGE_MEAN * len(run[0]):
            yield match.start()


def decode_double(data: bytes, name: str) -> tuple[str, int]:
    """Decode bytes in one of the double-byte charsets: the text, and how many bytes were replaced in it."""
    charset = CHARSETS[name]
    text = data.decode(charset.codec, "replace")
    language = likelier_language(_start(text), charset.languages)
    troubles = list(islice(_troubles(text, (language,)), TROUBLES))
    if troubles:
        text = _mend(data, text, charset, troubles)
    return text, text.count(MARK) - (data.count(_FOUR_BYTE_MARK) if name == "gb18030" else 0)


def _start(text: str) -> str:
    """The first runs beyond ASCII, enough to tell the language."""
    return "".join(match[0] for match in islice(_BEYOND_ASCII.finditer(text), STARTING_RUNS))


def _mend(data: bytes, text: str, charset: Charset, troubles: list[int]) -> str:
    """Read anew what stands around `troubles`, cut ever finer at characters that are never part of another."""
    for cut in _CUTS if len(data) > SHORT else ():
        pieces, raw_pieces = text.split(cut), data.split(cut.encode())
        if len(pieces) == len(raw_pieces) > 1:
            starts = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
            for index, inside in groupby(troubles, partial(_piece_at, starts)):
                offsets = [at - starts[index] for at in inside]
                pieces[index] = _mend(raw_pieces[index], pieces[index], charset, offsets)
            return cut.join(pieces)
    return _likelier(text, data, charset) if len(data) <= REPAIR_BYTES else text


def _piece_at(starts: list[int], at: int) -> int:
    return bisect_right(starts, at) - 1


def _likelier(plain: str, raw: bytes, charset: Charset) -> str:
    """The codec's reading of `raw`, or the least costly one where that is clearly likelier."""
    costs = profile(charset.languages)
    reading = read_unaligned(raw, charset.codec, costs)
    return reading.text if reading.cost < sum(map(costs.__getitem__, plain)) - CLEARLY else plain


def decode_utf16(data: bytes, name: str) -> tuple[str, int]:
    """Decode UTF-16, a shift by a stray byte repaired: the text, and how many bytes were replaced in it."""
    codec, pieces, at = UNICODE_CODECS[name], list[str](), 0
    for _ in range(SHIFTS):
        text = data[at:].decode(codec, "replace")
        found = next(_troubles(text, LANGUAGES), None)
        if found is None:
            break
        sound = text[:found]
        at += len(sound.encode(codec, "surrogatepass"))
        units = _settled(read_unaligned(data[at : at + WINDOW], codec, profile(LANGUAGES)).units)
        pieces += sound, "".join(unit.char for unit in units)
        at += sum(unit.size for unit in units)
    text = "".join(pieces) + data[at:].decode(codec, "replace")
    return text, text.count(MARK) - data.decode(codec, "ignore").count(MARK)


def _settled(units: list[Unit]) -> list[Unit]:
    size = 0
    for count, unit in enumerate(units):
        if size >= SETTLED:
            return units[:count]
        size += unit.size
    return units


def decode_iso2022jp(data: bytes) -> tuple[str, int]:
    """Decode ISO-2022-JP by way of EUC-JP, which has the same characters, so that a shift is repaired there.

    Escapes are read as browsers do (ASCII, Roman, Katakana, JIS X 0208); a text that was cut after an escape is known
    by a return to ASCII that nothing led to, and so is an escape that lost its first byte.
    """
    pieces = _ESCAPE.split(data)
    returns = len(pieces) > 1 and pieces[1] in _TO_ASCII
    state = b"\x1b$B" if returns and _looks_escaped(pieces[0]) else b"\x1b(B"
    euc: list[bytes] = []
    for escape, piece, following in zip([state, *pieces[1::2]], pieces[::2], [*pieces[1::2], b""], strict=True):
        lost = following in _TO_ASCII and escape in _TO_ASCII and b"$B" in piece
        before, _, after = piece.partition(b"$B") if lost else (piece, b"", b"")
        euc += _as_euc(before, escape), _as_euc(after, b"\x1b$B")
    return decode_double(b"".join(euc), "euc-jp")


def _looks_escaped(piece: bytes) -> bool:
    """Whether a piece without an escape before it is JIS X 0208, which has neither spaces nor line ends."""
    return len(piece) > 1 and not set(piece) & set(b" \r\n")


def _as_euc(piece: bytes, escape: bytes) -> bytes:
    if escape.startswith(b"\x1b$"):
        return piece.translate(_TO_EUC)
    if escape == b"\x1b(I":
        return _KANA.sub(lambda kana: b"\x8e" + kana[0].translate(_TO_EUC), piece)
    return piece.translate(_NO_HIGH)
