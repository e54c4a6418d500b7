"""Bytes to text, and why this encoding.

A page's own declaration is evidence, not truth. In order of trust: the user's word, a byte order mark, the shapes that
are valid UTF-8 by accident (ISO-2022-JP, UTF-16), valid UTF-8, the declaration, and then a contest of all encodings
in use, judged by which reading is likeliest language (`charset_judge`). A declaration that the bytes
contradict takes part in the contest with a small start. A bad byte costs a reading a little, never the verdict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from newsclean.charset_judge import LANGUAGES, best_cost, mixing_cost, profile, strangeness
from newsclean.charset_repair import MARK, decode_double, decode_iso2022jp, decode_utf16, read_unaligned
from newsclean.charsets import (
    BYTE_ORDER_MARKS,
    CHARSETS,
    UNICODE_CODECS,
    Charset,
    canonical,
    codec_of,
    declarations,
)
from newsclean.errors import UnknownEncodingError
from newsclean.models import Text

SAMPLE_BYTES = 1600
"""How much of a page, around its bytes beyond ASCII, is judged: some 700 characters of CJK."""

RUN_BYTES = 400
"""How much of one stretch is taken into the sample, so that it comes from several places."""

STRETCHES = 400
"""How many stretches are looked at: their first bytes lie within 30 of one another in dense text."""

HEAD_BYTES = 4096
"""How much of the start is searched for the shapes of UTF-16 and ISO-2022-JP."""

UTF16_CONTROLS = 0.01
"""Texts have no control characters; in 8-bit eyes UTF-16 has them (NUL above all) in every tenth byte."""

UTF16_COST = 4.2
"""What a byte of UTF-16 costs at most if it is language: Chinese 3.5, English 1.5, random bytes 6."""

VALID_TO_BAD = 4
"""So many valid multi-byte sequences to a bad one make damaged UTF-8: in other encodings it is one to one at best."""

STRANGE_DECLARED = 9.0
"""The mean cost of a character beyond ASCII above which a declared encoding is doubted."""

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

_ESCAPES = re.compile(rb"\x1b(?:\$[@B]|\([BJI])")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_STRETCH = re.compile(rb"[\x80-\xff][^<>]{0,30}")
_HIGH = bytes(range(0x80, 0x100))


class _Verdict(NamedTuple):
    encoding: str
    reason: str


class _Claim(NamedTuple):
    """What somebody says of the encoding: who, the label as written, and the encoding that it means."""

    where: str
    label: str
    encoding: str


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Text:
    """Decode `data`, whatever it holds.

    `encoding` overrides all evidence; `declared` is what a container (an HTTP or MIME header) says, which counts as the
    page's own declaration does, before it. Bytes that cannot be read become U+FFFD, one each, and are counted.

    Raises:
        UnknownEncodingError: `encoding` is not the name of a text encoding.

    """
    verdict = _ordered(data, encoding) if encoding is not None else _found(data, declared)
    return _read(data, verdict)


def _ordered(data: bytes, label: str) -> _Verdict:
    name = canonical(label)
    if name is None:
        raise UnknownEncodingError(
            f"unknown encoding {label!r}: try a name such as utf-8, gb18030, big5, shift_jis or windows-1252, or none"
        )
    if name.startswith(("utf-16", "utf-32")):
        name = next((own for mark, own in BYTE_ORDER_MARKS if data.startswith(mark) and own[:6] == name[:6]), name)
    return _Verdict(name, "as asked for")


def _found(data: bytes, declared: str | None) -> _Verdict:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _Verdict(name, "byte order mark")
    return _by_shape(data) or _as_utf8(data) or _by_claim_or_contest(data, tuple(_claims(data, declared)))


def _by_shape(data: bytes) -> _Verdict | None:
    """ISO-2022-JP by its escapes, UTF-16 by its control characters (NUL above all)."""
    if b"\x1b" in data and _is_iso2022jp(data):
        return _Verdict("iso-2022-jp", "escapes of ISO-2022-JP")
    head = data[:HEAD_BYTES]
    controls = len(_CONTROL.findall(head))
    if controls == 0 or controls < len(head) * UTF16_CONTROLS:
        return None
    sample = head[:SAMPLE_BYTES]
    readings = {name: _utf16_cost(sample, name) for name in ("utf-16-le", "utf-16-be")}
    name = min(readings, key=lambda name: readings[name])
    return _Verdict(name, "shape of UTF-16") if readings[name] < UTF16_COST else None


def _is_iso2022jp(data: bytes) -> bool:
    high = len(data) - len(data.translate(None, _HIGH))
    return len(_ESCAPES.findall(data)) > high


def _utf16_cost(sample: bytes, name: str) -> float:
    reading = read_unaligned(sample, UNICODE_CODECS[name], profile(LANGUAGES))
    return (reading.cost + mixing_cost(reading.text)) / len(sample)


def _as_utf8(data: bytes) -> _Verdict | None:
    """UTF-8, valid or damaged: a few bad bytes among many good sequences."""
    if data.isascii():
        return _Verdict("utf-8", "plain ASCII")
    if _is_utf8(data):
        return _Verdict("utf-8", "valid UTF-8")
    return _Verdict("utf-8", "UTF-8 with bad bytes") if all(map(_mostly_utf8, (_sample(data), data))) else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:  # the only check that stops at the first bad byte
        return False
    return True


def _mostly_utf8(data: bytes) -> bool:
    bad, sound = _utf8_sequences(data)
    return sound >= VALID_TO_BAD * bad


def _utf8_sequences(data: bytes) -> tuple[int, int]:
    """How many bad pieces and how many sound multi-byte sequences `data` has as UTF-8."""
    text = data.decode("utf-8", "replace")
    bad = text.count(MARK) - data.count(MARK.encode())
    ascii_bytes = len(data.translate(None, _HIGH))
    return bad, len(text) - bad - ascii_bytes


def _claims(data: bytes, declared: str | None) -> Iterator[_Claim]:
    """The legacy encodings that somebody declares, in order of trust."""
    labels = [("container", declared)] if declared else []
    for where, label in [*labels, *declarations(data)]:
        name = canonical(label)
        if name in CHARSETS:
            yield _Claim(where, label, name)


def _by_claim_or_contest(data: bytes, claims: tuple[_Claim, ...]) -> _Verdict:
    sample = _sample(data)
    for claim in claims[:1]:
        if _strangeness(sample, CHARSETS[claim.encoding]) < STRANGE_DECLARED:
            return _declared(claim)
    return _plainly_cjk(sample, claims) or _contest(sample, claims)


def _plainly_cjk(sample: bytes, claims: tuple[_Claim, ...]) -> _Verdict | None:
    """The double-byte encoding that alone reads like language, where there is enough to read."""
    if len(sample) - len(sample.translate(None, _HIGH)) < 2 * MANY:
        return None
    means = sorted((_strangeness(sample, charset), charset.name) for charset in CHARSETS.values() if charset.double)
    plain = means[0][0] < PLAIN_COST and means[1][0] > STRANGE_DECLARED
    return _likeliest(means[0][1], claims) if plain else None


def _sample(data: bytes) -> bytes:
    """The bytes beyond ASCII and what stands around them, from all over the page, a line for each stretch."""
    stretches = _stretches(data)
    step = max(1, round(sum(map(len, stretches)) / SAMPLE_BYTES))
    return b"\n".join(stretches[::step])[:SAMPLE_BYTES]


def _stretches(data: bytes) -> list[bytes]:
    """Maximal runs of bytes with no gap of 30 ASCII bytes in them, each with the letter before it, clipped."""
    spans: list[list[int]] = []
    for match in islice(_STRETCH.finditer(data), STRETCHES):
        if spans and spans[-1][1] == match.start():
            spans[-1][1] = match.end()
        else:
            spans.append([match.start(), match.end()])
    return [data[max(start - 1, 0) : min(end, start + RUN_BYTES)].lstrip(b"<>\n") for start, end in spans]


def _contest(sample: bytes, claims: tuple[_Claim, ...]) -> _Verdict:
    starts = dict.fromkeys(COMMON, 0.0) | STARTS
    proposal = _proposal(sample)
    if proposal is not None:
        starts.setdefault(proposal, UNUSUAL_START)
    starts |= {claim.encoding: DECLARED_START for claim in claims}
    costs = {name: _cost(sample, CHARSETS[name]) - start for name, start in starts.items()}
    costs["utf-8"] = _utf8_cost(sample)
    return _likeliest(min(costs, key=lambda name: costs[name]), claims)


def _likeliest(name: str, claims: tuple[_Claim, ...]) -> _Verdict:
    for claim in claims:
        if claim.encoding == name:
            return _declared(claim)
    against = f", against the declared {claims[0].label}" if claims else ""
    return _Verdict(name, f"likeliest language{against}")


def _declared(claim: _Claim) -> _Verdict:
    return _Verdict(claim.encoding, f"declared ({claim.where}: {claim.label})")


def _proposal(sample: bytes) -> str | None:
    import chardet  # noqa: PLC0415  (slow to import, and seldom needed)

    guess = chardet.detect(sample)["encoding"]
    name = canonical(guess) if guess else None
    return name if name in CHARSETS else None


def _strangeness(sample: bytes, charset: Charset) -> float:
    return strangeness(sample.decode(charset.codec, "replace"), charset.languages)


def _cost(sample: bytes, charset: Charset) -> float:
    if charset.double:
        reading = read_unaligned(sample, charset.codec, profile(charset.languages))
        return reading.cost + mixing_cost(reading.text)
    return best_cost(sample.decode(charset.codec, "replace"), charset.languages)


def _utf8_cost(sample: bytes) -> float:
    bad, sound = _utf8_sequences(sample)
    return best_cost(sample.decode("utf-8", "replace"), LANGUAGES) - SOUND_START * min(sound, bad * VALID_TO_BAD)


def _read(data: bytes, verdict: _Verdict) -> Text:
    name = verdict.encoding
    for mark, own in BYTE_ORDER_MARKS:
        if own == name and data.startswith(mark):
            data = data[len(mark) :]
            break
    text, replaced = _text(data, name)
    return Text(text, name, verdict.reason, replaced)


def _text(data: bytes, name: str) -> tuple[str, int]:
    if name in CHARSETS and CHARSETS[name].double:
        return decode_double(data, name)
    if name.startswith("utf-16"):
        return decode_utf16(data, name)
    if name == "iso-2022-jp":
        return decode_iso2022jp(data)
    codec = codec_of(name)
    text = data.decode(codec, "replace")
    marks = text.count(MARK)
    return text, marks - data.decode(codec, "ignore").count(MARK) if marks else 0
