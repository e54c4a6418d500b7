"""Labelled sets on disk: `index.jsonl`, `pages/ID.html` or `.txt` (both may end in `.gz`) and `gold/ID.txt`.

A line of the index is a JSON object: the `id` of a page and, where known, its `site`, `lang` and `type`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

PACKED = ".gz"
"""The ending of a compressed page."""

HTML_ENDINGS = (".html", ".htm")
"""How the names of HTML pages end, but for that."""


class Record(NamedTuple):
    """A page of a labelled set: its line of the index, its bytes, and the text of its article."""

    row: dict[str, Any]
    data: bytes
    gold: str


def index(directory: Path) -> list[dict[str, Any]]:
    """The rows of a set's index."""
    return [json.loads(line) for line in (directory / "index.jsonl").read_text("utf-8").splitlines()]


def files(directory: Path) -> dict[str, Path]:
    """The files of a set's pages by the ids of these, which may hold dots."""
    return {unpacked(path).stem: path for path in sorted((directory / "pages").iterdir())}


def unpacked(path: Path) -> Path:
    """The name of a page's file as it is when it is not compressed."""
    return path.with_name(path.name.removesuffix(PACKED))


def holds_html(directory: Path) -> bool:
    """Whether a folder is a labelled set of HTML pages, not of text dumps."""
    if not (directory / "index.jsonl").exists():
        return False
    return any(unpacked(path).suffix in HTML_ENDINGS for path in files(directory).values())


def content(file: Path) -> bytes:
    """The bytes of a page, which may be compressed."""
    return gzip.decompress(file.read_bytes()) if file.suffix == PACKED else file.read_bytes()


def read_set(directory: Path) -> Iterator[Record]:
    """Read the pages of a labelled set in the order of its index."""
    pages = files(directory)
    for row in index(directory):
        yield Record(row, content(pages[row["id"]]), (directory / "gold" / f"{row['id']}.txt").read_text("utf-8"))
