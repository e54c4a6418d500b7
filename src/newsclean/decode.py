"""Bytes to text, and why this encoding.

A page's own declaration is evidence, not truth. In order of trust: the user's word, a byte order mark, the shapes that
are valid UTF-8 by accident (ISO-2022-JP, UTF-16), valid UTF-8, the declaration, and then a contest of all encodings
in use, judged by which reading is likeliest language (`charset_judge`). A declaration that the bytes
contradict takes part in the contest with a small start. A bad byte costs a reading a little, never the verdict.
Most pages are valid UTF-8, so what weighs the other encodings is imported where it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsclean.characters import one_line
from newsclean.charsets import BYTE_ORDER_MARKS, CHARSETS, MARK, UNICODE_CODECS, canonical, codec_of, declarations
from newsclean.errors import UnknownEncodingError
from newsclean.models import Text
from newsclean.patterns import lazy

HEAD_BYTES = 4096
"""How much of the start is searched for the shapes of UTF-16 and ISO-2022-JP."""

UTF16_CONTROLS = 0.01
"""Texts have no control characters; in 8-bit eyes UTF-16 has them (NUL above all) in every tenth byte."""

UTF16_COST = 4.2
"""What a byte of UTF-16 costs at most if it is language: Chinese 3.5, English 1.5, random bytes 6."""

COMMON = ("utf-8", "utf-16", "gbk", "gb2312", "big5", "cp936", "cp1252", "latin-1", "ascii")
"""What people call encodings, beside their canonical names."""

_ESCAPES = lazy(rb"\x1b(?:\$[@B]|\([BJI])")
_CONTROL = lazy(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = bytes(range(0x80, 0x100))

ORDERED = "as asked for"
"""Why a text was read as it was where somebody has said how."""


class _Verdict(NamedTuple):
    """An encoding and why; the text too, where it had to be read to know."""

    encoding: str
    reason: str
    text: str | None = None


class _Claim(NamedTuple):
    """What somebody says of the encoding: who, the label as a message can show it, and the encoding that it means."""

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


def _nearest(label: str) -> str:
    """The name that was likely meant, to stand before others in a list; empty where none is like it."""
    from difflib import get_close_matches  # for a slip of the finger alone

    near = get_close_matches(label.lower()[:40], [*CHARSETS, *COMMON], 1)
    return f"{near[0]}, " if near else ""


def _ordered(data: bytes, label: str) -> _Verdict:
    name = canonical(label)
    if name is None:
        raise UnknownEncodingError(
            f"unknown encoding {label!r}: try {_nearest(label)}utf-8, gb18030, big5, shift_jis or windows-1252, "
            "or leave it out"
        )
    if name.startswith(("utf-16", "utf-32")):
        name = next((own for mark, own in BYTE_ORDER_MARKS if data.startswith(mark) and own[:6] == name[:6]), name)
    return _Verdict(name, ORDERED)


def _found(data: bytes, declared: str | None) -> _Verdict:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _Verdict(name, "byte order mark")
    return _by_shape(data) or _as_utf8(data) or _from_sample(data, tuple(_claims(data, declared)))


def _by_shape(data: bytes) -> _Verdict | None:
    """ISO-2022-JP by its escapes, UTF-16 by its control characters (NUL above all)."""
    if b"\x1b" in data and _is_iso2022jp(data):
        return _Verdict("iso-2022-jp", "escapes of ISO-2022-JP")
    head = data[:HEAD_BYTES]
    controls = len(_CONTROL.findall(head))
    if controls == 0 or controls < len(head) * UTF16_CONTROLS or _is_utf8_with_nul(data):
        return None
    (cost, _), name = min((_utf16_cost(head, name), name) for name in ("utf-16-le", "utf-16-be"))
    return _Verdict(name, "shape of UTF-16") if cost < UTF16_COST else None


def _is_utf8_with_nul(data: bytes) -> bool:
    """Whether NUL was strewn into UTF-8; what is left of UTF-16 without it is all ASCII or no sound UTF-8."""
    bare = data.replace(b"\0", b"")
    return not bare.isascii() and _as_utf8(bare) is not None


def _is_iso2022jp(data: bytes) -> bool:
    high = len(data) - len(data.translate(None, _HIGH))
    return len(_ESCAPES.findall(data)) > high


def _utf16_cost(head: bytes, name: str) -> tuple[float, bool]:
    """What a byte costs, and whether the first is left out: in a draw the text was cut at its end."""
    from newsclean.charset_contest import SAMPLE_BYTES
    from newsclean.charset_judge import LANGUAGES, mixing_cost, profile
    from newsclean.charset_repair import read_unaligned

    part = head[:SAMPLE_BYTES]
    reading = read_unaligned(part, UNICODE_CODECS[name], profile(LANGUAGES))
    return (reading.cost + mixing_cost(reading.text)) / len(part), reading.units[0].char == MARK


def _as_utf8(data: bytes) -> _Verdict | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:  # the only check that stops at the first bad byte
        return None
    return _Verdict("utf-8", "plain ASCII" if data.isascii() else "valid UTF-8", text)


def _mostly_utf8(data: bytes) -> bool:
    from newsclean.charset_contest import VALID_TO_BAD, utf8_sequences

    bad, sound = utf8_sequences(data)
    return sound >= VALID_TO_BAD * bad


def _claims(data: bytes, declared: str | None) -> Iterator[_Claim]:
    """The legacy encodings that somebody declares, in order of trust."""
    labels = [("container", declared)] if declared else []
    for where, label in [*labels, *declarations(data)]:
        name = canonical(label)
        if name in CHARSETS:
            yield _Claim(where, one_line(label), name)


def _from_sample(data: bytes, claims: tuple[_Claim, ...]) -> _Verdict:
    """Damaged UTF-8 (a few bad bytes among many good sequences), what is declared, or what reads best."""
    from newsclean.charset_contest import likeliest, reads_like_language, sample

    part = sample(data)
    if _mostly_utf8(part) and _mostly_utf8(data):
        return _Verdict("utf-8", "UTF-8 with bad bytes")
    if claims and reads_like_language(part, claims[0].encoding):
        return _declared(claims[0])
    name = likeliest(data, part, tuple(claim.encoding for claim in claims))
    for claim in claims:
        if claim.encoding == name:
            return _declared(claim)
    against = f", against the declared {claims[0].label}" if claims else ""
    return _Verdict(name, f"likeliest language{against}")


def _declared(claim: _Claim) -> _Verdict:
    return _Verdict(claim.encoding, f"declared ({claim.where}: {claim.label})")


def _read(data: bytes, verdict: _Verdict) -> Text:
    name = verdict.encoding
    if verdict.text is not None:
        return Text(verdict.text, name, verdict.reason)
    for mark, own in BYTE_ORDER_MARKS:
        if own == name and data.startswith(mark):
            data = data[len(mark) :]
            break
    text, replaced = _text(data, name)
    return Text(text, name, verdict.reason, replaced)


def _text(data: bytes, name: str) -> tuple[str, int]:
    if name in CHARSETS and CHARSETS[name].double:
        from newsclean.charset_repair import decode_double

        return decode_double(data, name)
    if name.startswith("utf-16"):
        from newsclean.charset_repair import decode_utf16

        return decode_utf16(data, name)
    if name == "iso-2022-jp":
        from newsclean.charset_repair import decode_iso2022jp

        return decode_iso2022jp(data)
    codec = codec_of(name)
    text = data.decode(codec, "replace")
    marks = text.count(MARK)
    return text, marks - data.decode(codec, "ignore").count(MARK) if marks else 0
