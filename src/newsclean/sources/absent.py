"""What to try when an input is not there: a slip of the finger, a pattern without matches, an address, an output."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import islice

OUTPUT_ENDINGS = (".md", ".markdown", ".json", ".jsonl", ".csv", ".docx")
"""What no page is called, and the file that somebody wants to have written is."""

LOOKED_AT = 2_000
"""Names of a directory among which the nearest one is looked for."""

LONGEST = 200
"""Characters of a name that is compared."""

MISSING = "no such file or directory"


def absent(path: str) -> str:
    """Say that there is nothing of that name, and what to try."""
    if not path:
        return "the name is empty (give a file, a directory, or - for standard input)"
    hint = advice(path)
    return f"{MISSING} ({hint})" if hint else MISSING


def advice(path: str) -> str:
    """Return what to try instead of a name that is not there; empty where nothing is known."""
    if any(each in path for each in "*?["):
        return "no file matches this pattern"
    if path.startswith("www."):
        return "newsclean does not fetch: save the page first"
    if path == "help":
        return "newsclean --help shows how it is used"
    if path.endswith(OUTPUT_ENDINGS):
        return f"to write it: -o {path}"
    folder, name = os.path.split(path.rstrip(os.sep) or path)
    if folder and not os.path.isdir(folder):
        return f"there is no directory {folder}"
    near = nearest(name, folder)
    return f"did you mean {os.path.join(folder, near)}?" if near else ""


def nearest(name: str, folder: str) -> str:
    """Return the name in a directory that is most like `name`; empty where none is."""
    from difflib import get_close_matches

    names: list[str] = []
    with suppress(OSError), os.scandir(folder or os.curdir) as entries:  # what cannot be listed has no names to propose
        names = [entry.name for entry in islice(entries, LOOKED_AT) if not entry.name.startswith(".")]
    return next(iter(get_close_matches(name[:LONGEST], names, 1, 0.7)), "")
