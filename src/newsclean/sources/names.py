"""Names within archives, whose encoding nobody declares: UTF-8, what a Chinese system writes, or as DOS had it."""

from __future__ import annotations

from collections.abc import Iterable

from newsclean.decode import decode

SAMPLE = 64 * 1024
"""Bytes of names that are looked at: more do not make it clearer."""

DOS = "cp437"
"""What the zip format means where it says nothing (APPNOTE, appendix D), and what Western systems write."""

LIKELY = "gb18030"
"""What names are taken for that are too few to tell, where they are in its oldest part, which has the common signs."""

WESTERN = ("windows-1252", "iso-8859-1", "iso-8859-15", "macintosh", "utf-8")
"""Verdicts on names that are no text in these either: DOS has other bytes for the same letters."""


def encoding_of(names: Iterable[bytes]) -> str:
    """Return the encoding of names that are not UTF-8, judged together: one alone is too short to tell."""
    sample, size = [], 0
    for name in names:
        if not reads(name, "utf-8"):
            sample.append(name)
            size += len(name)
            if size > SAMPLE:
                break
    joined = b"\n".join(sample)
    verdict = decode(joined, declared=LIKELY if reads(joined, "gb2312") else None).encoding if sample else DOS
    return DOS if verdict in WESTERN else verdict


def reads(data: bytes, encoding: str) -> bool:
    """Tell whether all of `data` is text in an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def text_of(name: bytes, otherwise: str) -> str:
    """Decode one name: UTF-8, or else the encoding of the archive's names."""
    return name.decode("utf-8") if reads(name, "utf-8") else name.decode(otherwise, "replace")
