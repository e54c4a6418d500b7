"""What is no page at all: formats that are told by their first bytes, so that none of them becomes an article.

Text can begin with almost anything, so a signature made of letters alone is asked for with the binary bytes behind it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.patterns import lazy

HEAD_BYTES = 512
"""So much of a file is looked at."""

SAVE_TEXT = "save its text as .txt"
UNPACK = "unpack it, and name the files or the directory"
NAME_PAGE = "name the saved page instead"

OFFICE = rb"\[Content_Types\]\.xml|_rels/\.rels|docProps/|mimetypeapplication/vnd\."
"""How the first member of an office document is called (OpenDocument's is stored first, with its content)."""


class Foreign(NamedTuple):
    """A format that holds no page: what a person calls it, how it begins, and what to try."""

    name: str
    begins: re.Pattern[bytes]
    advice: str


def _foreign(name: str, pattern: bytes, advice: str) -> Foreign:
    return Foreign(name, lazy(pattern, re.DOTALL), advice)


def _member(name: bytes) -> bytes:
    """A zip archive whose first member is called `name`."""
    return rb"PK\x03\x04.{26}(?:" + name + rb")"


FORMATS = (
    _foreign("a PDF", rb"(?:\xef\xbb\xbf)?\s{0,16}%PDF-\d", SAVE_TEXT),
    _foreign("an RTF document", rb"\{\\rtf\d", SAVE_TEXT),
    _foreign("a PostScript document", rb"%!PS-Adobe-\d", SAVE_TEXT),
    _foreign("an old Office document (such as .doc)", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SAVE_TEXT),
    _foreign("an EPUB book", _member(rb"mimetypeapplication/epub"), UNPACK),
    _foreign("an Office document (such as .docx or .odt)", _member(OFFICE), SAVE_TEXT),
    _foreign("a RAR archive", rb"Rar!\x1a\x07", UNPACK),
    _foreign("a 7z archive", rb"7z\xbc\xaf\x27\x1c", UNPACK),
    _foreign("a PNG image", rb"\x89PNG\r?\n", NAME_PAGE),
    _foreign("a JPEG image", rb"\xff\xd8\xff", NAME_PAGE),
    _foreign("a GIF image", rb"GIF8[79]a.[\x00-\x08\x0e-\x1f].[\x00-\x08\x0e-\x1f]", NAME_PAGE),
    _foreign("a TIFF image", rb"II\*\x00|MM\x00\*", NAME_PAGE),
    _foreign("a BMP image", rb"BM.{4}\x00{4}", NAME_PAGE),
    _foreign("an icon", rb"\x00\x00\x01\x00[\x01-\xff]\x00", NAME_PAGE),
    _foreign("an image, a sound or a video (RIFF)", rb"RIFF.{4}(?:WEBP|WAVE|AVI )", NAME_PAGE),
    _foreign("an image or a video (MP4, HEIC)", rb"\x00\x00.{2}ftyp", NAME_PAGE),
    _foreign("a video (Matroska)", rb"\x1a\x45\xdf\xa3", NAME_PAGE),
    _foreign("a sound (MP3)", rb"ID3[\x02-\x04].[\x00-\xf0]|\xff[\xfb\xf3\xf2]", NAME_PAGE),
    _foreign("a sound (Ogg, FLAC)", rb"OggS\x00|fLaC\x00", NAME_PAGE),
    _foreign("a font", rb"wOF[F2](?:\x00\x01\x00\x00|OTTO)", NAME_PAGE),
    _foreign("a database (SQLite)", rb"SQLite format 3\x00", NAME_PAGE),
    _foreign("a program", rb"\x7fELF|MZ.\x00.\x00|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|\x00asm", NAME_PAGE),
)
"""Formats that are saved beside pages, or in their stead."""


def recognise(head: bytes) -> Foreign | None:
    """Return the format that `head` begins, if it is one that holds no page."""
    return next((each for each in FORMATS if each.begins.match(head[:HEAD_BYTES])), None)


def refuse(head: bytes) -> None:
    """Raise UnreadableInputError if `head` begins a format that holds no page."""
    if found := recognise(head):
        raise UnreadableInputError(f"this is {found.name}, not a page: {found.advice}")
