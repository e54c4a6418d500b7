"""The contest of the encodings: which reading of a page's bytes beyond ASCII is likeliest language.

All encodings in use read a sample of the page, and `charset_judge` says what each reading costs. chardet proposes
where none of them reads like language; what it proposes is judged like the others.
"""

from __future__ import annotations

from itertools import islice

from newsclean.charset_judge import LANGUAGES, best_cost, mixing_cost, profile, strangeness
from newsclean.charset_repair import read_unaligned
from newsclean.charsets import CHARSETS, MARK, Charset, canonical
from newsclean.patterns import lazy

SAMPLE_BYTES = 1600
"""How much of a page, around its bytes beyond ASCII, is judged: some 700 characters of CJK."""

RUN_BYTES = 400
"""How much of one stretch is taken into the sample, so that it comes from several places."""

STRETCHES = 400
"""How many stretches are looked at: their first bytes lie within 30 of one another in dense text."""

KIN_BYTES = 12_000
"""How much is judged to tell single-byte encodings of the same languages apart, which differ in few letters."""

VALID_TO_BAD = 4
"""So many valid multi-byte sequences to a bad one make damaged UTF-8: in other encodings it is one to one at best."""

STRANGE = 9.0
"""The mean cost of a character beyond ASCII above which an encoding is doubted."""

DECLARED_START = 25.0
"""What a declaration is worth in the contest (nats): some four characters of CJK."""

SOUND_START = 3.0
"""What each sound sequence of UTF-8 is worth for UTF-8 there: in other encodings one is there by chance."""

STARTS = {"windows-1252": 6.0, "iso-8859-13": -4.0, "iso-8859-4": -4.0, "iso-8859-15": -2.0}
"""What being common or rare is worth there (nats): it decides only where a few letters are all there is."""

UNUSUAL_START = -6.0
"""What the encodings beside `COMMON` start with where chardet proposes one."""

PLAIN_COST = 8.0
"""The mean cost of a character below which a double-byte reading of many characters needs no contest: misread, 10."""

MANY = 100
"""So many characters beyond ASCII are many."""

COMMON = tuple(CHARSETS)[:21]
"""The encodings that take part in every contest; the others where declared or proposed."""

_STRETCH = lazy(rb"[\x80-\xff][^<>]{0,30}")
_HIGH = bytes(range(0x80, 0x100))


def sample(data: bytes, size: int = SAMPLE_BYTES) -> bytes:
    """Some of the bytes beyond ASCII with what stands around them, from all over the page, a line for each stretch."""
    stretches = _stretches(data)
    step = max(1, round(sum(map(len, stretches)) / size))
    return b"\n".join(stretches[::step])[:size]


def _stretches(data: bytes) -> list[bytes]:
    """Maximal runs of bytes with no gap of 30 ASCII bytes in them, each with the letter before it, clipped."""
    spans: list[list[int]] = []
    for match in islice(_STRETCH.finditer(data), STRETCHES):
        if spans and spans[-1][1] == match.start():
            spans[-1][1] = match.end()
        else:
            spans.append([match.start(), match.end()])
    return [data[max(start - 1, 0) : min(end, start + RUN_BYTES)].lstrip(b"<>\n") for start, end in spans]


def reads_like_language(part: bytes, name: str) -> bool:
    """Whether a sample makes sense in the encoding `name`, one of `CHARSETS`."""
    return _strangeness(part, CHARSETS[name]) < STRANGE


def likeliest(data: bytes, part: bytes, declared: tuple[str, ...]) -> str:
    """The encoding in which `data`, of which `part` is a sample, is likeliest language.

    `declared` names those of `CHARSETS` that somebody declared.
    """
    winner = _plainly_cjk(part) or _contest(part, declared)
    return _among_kin(data, winner) if winner in CHARSETS and not CHARSETS[winner].double else winner


def _plainly_cjk(part: bytes) -> str | None:
    """The double-byte encoding that alone reads like language, where there is enough to read."""
    if len(part) - len(part.translate(None, _HIGH)) < 2 * MANY:
        return None
    first, second, *_ = sorted(
        (_strangeness(part, charset), charset.name) for charset in CHARSETS.values() if charset.double
    )
    return first[1] if first[0] < PLAIN_COST and second[0] > STRANGE else None


def _contest(part: bytes, declared: tuple[str, ...]) -> str:
    starts = dict.fromkeys(COMMON, 0.0) | STARTS | dict.fromkeys(declared, DECLARED_START)
    costs = {name: _cost(part, CHARSETS[name]) - start for name, start in starts.items()}
    costs["utf-8"] = _utf8_cost(part)
    winner = min(costs, key=lambda name: costs[name])
    proposal = _proposal(part) if winner in CHARSETS and not reads_like_language(part, winner) else None
    if proposal is not None and proposal not in costs:
        costs[proposal] = _cost(part, CHARSETS[proposal]) - UNUSUAL_START
    return min(costs, key=lambda name: costs[name])


def _among_kin(data: bytes, winner: str) -> str:
    """The best for the whole page of the encodings that are used for the same languages, `winner` in a draw."""
    part, languages = sample(data, KIN_BYTES), CHARSETS[winner].languages
    kin = [winner, *(name for name in COMMON if CHARSETS[name].languages == languages)]
    return min(kin, key=lambda name: _cost(part, CHARSETS[name]) - STARTS.get(name, 0.0))


def _proposal(part: bytes) -> str | None:
    import chardet  # slow to import, and seldom needed

    guess = chardet.detect(part)["encoding"]
    name = canonical(guess) if guess else None
    return name if name in CHARSETS else None


def _strangeness(part: bytes, charset: Charset) -> float:
    return strangeness(part.decode(charset.codec, "replace"), charset.languages)


def _cost(part: bytes, charset: Charset) -> float:
    if charset.double:
        reading = read_unaligned(part, charset.codec, profile(charset.languages))
        return reading.cost + mixing_cost(reading.text)
    return best_cost(part.decode(charset.codec, "replace"), charset.languages)


def _utf8_cost(part: bytes) -> float:
    bad, sound = utf8_sequences(part)
    return best_cost(part.decode("utf-8", "replace"), LANGUAGES) - SOUND_START * min(sound, bad * VALID_TO_BAD)


def utf8_sequences(data: bytes) -> tuple[int, int]:
    """How many bad pieces and how many sound multi-byte sequences `data` has as UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count(MARK) - data.count(MARK.encode())
    ascii_bytes = len(data.translate(None, _HIGH))
    return bad, len(text) - bad - ascii_bytes
