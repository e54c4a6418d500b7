"""Names from strangers → names of files that exist on every system, and nowhere but where they belong."""

from __future__ import annotations

import re
import unicodedata

from newsclean.characters import INVISIBLE, SURROGATES, UNSAFE
from newsclean.patterns import lazy

UNFIT = lazy(rf'[\t\n{UNSAFE}{INVISIBLE}{SURROGATES}<>:"/\\|?*\u061c\u200e\u200f\ufffd\ufffe\uffff]')
"""What some system forbids in a name, what steers a terminal, and what is no text."""

DEVICE = lazy(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])(?:[. ]|\Z)", re.IGNORECASE)
"""Names that are devices on Windows, whatever ending follows."""

OUTPUT_LIKE = lazy(r"\.(?:md|json|jsonl|txt|html)\Z", re.IGNORECASE)
"""How outputs end: a folder of such a name could be in the way of one."""

NAME_BYTES = 180
"""Bytes of a name in UTF-8: systems allow 255, and an ending or a temporary name come on top."""

RAW_BYTES = 4 * NAME_BYTES
"""Bytes of a name that are looked at: to normalize thousands of combining marks takes their number squared."""

PATH_BYTES = 900
"""Bytes of a path within an archive: systems allow 4,096 and less for all of it."""

DIGEST = 12
"""Hexadecimal digits that stand for what is cut from a name."""


def safe_name(name: str) -> str:
    """Return `name` as one that every system allows, and that is no hidden file."""
    short = shortened(name, RAW_BYTES)
    plain = UNFIT.sub("_", unicodedata.normalize("NFC", short)).strip(" ").rstrip(". ")
    if plain.startswith(".") or DEVICE.match(plain):
        plain = f"_{plain}"
    return shortened(plain, NAME_BYTES) or "_"


def safe_folder(name: str) -> str:
    """Return `name` as that of a folder, which is never that of an output."""
    safe = safe_name(name)
    return f"{safe}_" if OUTPUT_LIKE.search(safe) else safe


def safe_path(folders: list[str], name: str) -> str:
    """Return a path of safe names, parted by `/`; of one that is too long, the folders are a digest."""
    whole = "/".join([*map(safe_folder, folders), safe_name(name)])
    if len(whole.encode()) <= PATH_BYTES:
        return whole
    return f"{digest('/'.join(folders))}/{safe_name(name)}"


def shortened(name: str, size: int) -> str:
    """Return `name` in at most `size` bytes of UTF-8; where that cuts it, a digest keeps it apart from others."""
    encoded = name.encode("utf-8", "surrogatepass")
    if len(encoded) <= size:
        return name
    return f"{encoded[: size - DIGEST - 1].decode(errors='ignore').rstrip('. ')}-{digest(name)}"


def digest(text: str) -> str:
    """Return a short name for a text, always the same."""
    from hashlib import sha256  # slow to import, and seldom needed

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]


def folded(path: str) -> str:
    """Return what two paths have in common that are the same file on some system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
