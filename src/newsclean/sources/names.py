"""Names within archives, whose encoding nobody declares: UTF-8, what a Chinese system writes, or as DOS had it."""

from __future__ import annotations

from collections.abc import Iterable

from newsclean.decode import decode

SAMPLE = 64 * 1024
"""Bytes of names that are looked at: more do not make it clearer."""

DOS = "cp437"
"""What the zip format means where it says nothing (APPNOTE, appendix D), and what Western systems write."""

WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15", "macintosh", "utf-8")
"""Verdicts on names that are no text in these either: DOS has other bytes for the same letters."""


def encoding_of(names: Iterable[bytes]) -> str:
    """Return the encoding of names that are not UTF-8, judged together: one alone is too short to tell."""
    sample, size = [], 0
    for name in names:
        if not is_utf8(name):
            sample.append(name)
            size += len(name)
            if size > SAMPLE:
                break
    verdict = decode(b"\n".join(sample)).encoding if sample else DOS
    return DOS if verdict in WESTERN else verdict


def is_utf8(name: bytes) -> bool:
    """Tell whether a name is valid UTF-8, ASCII included."""
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def text_of(name: bytes, otherwise: str) -> str:
    """Decode one name: UTF-8, or else the encoding of the archive's names."""
    return name.decode("utf-8") if is_utf8(name) else name.decode(otherwise, "replace")
