#!/usr/bin/env python3
"""Fail when accuracy falls: compare a printed table of scores with the floors that were reached before.

    check_floors.py TABLE FLOORS

TABLE is text with a line for each set (`zh-web   n   86  f1 0.912 …`), and below it one for its metadata
(`title 0.988/86  date …`); other lines are passed over. FLOORS is JSON: "f1" gives the least F1 by the name of the set
("wcxb article" for the articles of wcxb), "metadata" the least score by set and field ("zh-web title"), "missing" how
many pages of a set may be without output (0 for sets that are not named). Exits with 1, and says what fell, when a
floor is not held, a set is not in the table, or more of its pages gave nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROW = re.compile(r"^(?P<name>\S+(?: \S+)*) +n +\d+ +f1 (?P<f1>[0-9.]+|nan)(?P<rest>.*)$")
"""A line with scores: the set's name, padded, then the number of pages and the F1."""

EMPTY = re.compile(r"^(?P<name>\S+) +NO OUTPUT\b")
"""A line for a set that gave nothing at all."""

FIELD = re.compile(r"\b([a-z]+) ([0-9.]+)/\d+")
"""A field of the metadata and its score, in the line below a set's."""

MISSING = re.compile(r"\bMISSING (\d+)")
"""The number of pages that gave nothing, beside the scores of a set."""


class Row(NamedTuple):
    """What the table says of one set: its F1 (None for no output), and how many pages are missing."""

    f1: float | None
    missing: int


def read_table(text: str) -> dict[str, Row]:
    """Read the lines with scores, by the name of the set."""
    rows = {}
    for line in text.splitlines():
        if match := ROW.match(line):
            missing = MISSING.search(match["rest"])
            rows[match["name"]] = Row(float(match["f1"]), int(missing[1]) if missing else 0)
        elif match := EMPTY.match(line):
            rows[match["name"]] = Row(None, 0)
    return rows


def read_fields(text: str) -> dict[str, float]:
    """Read the scores of metadata, by set and field."""
    fields, name = {}, ""
    for line in text.splitlines():
        if match := ROW.match(line):
            name = whole(match["name"])
        elif line.startswith(" "):
            fields |= {f"{name} {field}": float(score) for field, score in FIELD.findall(line)}
    return fields


def short_fields(fields: Mapping[str, float], floors: Mapping[str, float]) -> Iterator[str]:
    """Yield one line for each field of metadata whose floor is not held."""
    for name, floor in floors.items():
        if name not in fields:
            yield f"{name}: not in the table"
        elif fields[name] < floor:
            yield f"{name}: {fields[name]:.3f} is below its floor {floor:.3f}"


def falls(rows: Mapping[str, Row], floors: Mapping[str, float], may_miss: Mapping[str, int]) -> Iterator[str]:
    """Yield one line for each floor that is not held, and for each set with more missing pages than are allowed."""
    for name, floor in floors.items():
        row = rows.get(name)
        if row is None or row.f1 is None:
            yield f"{name}: {'not in the table' if row is None and whole(name) not in rows else 'no output'}"
        elif not row.f1 >= floor:
            yield f"{name}: f1 {row.f1:.3f} is below its floor {floor:.3f}"
    for name in dict.fromkeys(map(whole, floors)):
        missing, allowed = rows.get(name, Row(None, 0)).missing, may_miss.get(name, 0)
        if missing > allowed:
            yield f"{name}: {missing} pages are missing, {allowed} may be"


def whole(name: str) -> str:
    """Return the set that a part belongs to: "wcxb" for "wcxb article"."""
    return name.split(" ", 1)[0]


def main(table: str, floors: str) -> int:
    """Compare two files; returns the exit code."""
    limits, text = json.loads(Path(floors).read_text("utf-8")), Path(table).read_text("utf-8")
    texts, metadata = limits["f1"], limits.get("metadata", {})
    found = [
        *falls(read_table(text), texts, limits.get("missing", {})),
        *short_fields(read_fields(text), metadata),
    ]
    sys.stdout.write("\n".join(found or [f"all {len(texts) + len(metadata)} floors are held"]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
