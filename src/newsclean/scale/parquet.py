"""JSON Lines → Parquet, with the columns of the JSON output, always the same whatever the pages hold."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

ROWS = 1000
"""Rows that are held and written at once: some 10 MB."""

TEXTS = (
    "input", "url", "site", "title", "subtitle", "source", "date", "modified", "language", "description",
    "text", "markdown", "encoding",
)  # fmt: skip
"""Columns of text."""

LISTS = ("authors", "editors", "breadcrumb", "keywords", "warnings")
"""Columns of lists of texts."""

IMAGE = ("src", "alt", "caption")
"""What there is of an image."""


def schema() -> Any:
    """Return the columns, in the order of the JSON output."""
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    kinds = dict.fromkeys(TEXTS, text) | dict.fromkeys(LISTS, texts)
    kinds["images"] = pa.list_(pa.struct([(name, text) for name in IMAGE]))
    kinds["confidence"] = pa.float64()
    return pa.schema([(name, kinds[name]) for name in COLUMNS])


COLUMNS = (
    "input", "url", "site", "title", "subtitle", "source", "authors", "editors", "date", "modified", "breadcrumb",
    "language", "description", "keywords", "images", "text", "markdown", "encoding", "confidence", "warnings",
)  # fmt: skip
"""All columns, in the order of the JSON output."""


def convert(lines: Path, target: Path) -> None:
    """Write the lines of one file as rows of another."""
    import pyarrow as pa
    from pyarrow import parquet

    columns = schema()
    with lines.open("rb") as stream, parquet.ParquetWriter(target, columns, compression="zstd") as writer:
        while rows := [json.loads(line) for line in islice(stream, ROWS)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=columns))
