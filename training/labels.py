"""Blocks labelled from gold text: a block is body when at least half of its shingles stand in the gold.

A shingle is a run of four tokens; a token is one CJK character or one run of other word characters. A block that is
shorter than a shingle is body when its tokens stand in the gold as a run of their own, between two line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sets import read_set

from newsclean.decode import decode
from newsclean.models import Block, Blocks
from newsclean.page import read
from newsclean.pipeline import segmented

SHINGLE = 4
CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+")


class Example(NamedTuple):
    """A page of a labelled set: where it is from, what it was cut into, and which blocks are body."""

    dataset: str
    site: str
    language: str
    page_type: str
    key: str
    title: str | None
    blocks: Blocks
    gold: str
    labels: list[bool]


def tokens(text: str) -> list[str]:
    """The tokens of a text, in lower case."""
    return TOKEN.findall(text.lower())


def shingles(words: list[str]) -> list[tuple[str, ...]]:
    """The runs of `SHINGLE` tokens of a text, or the whole of a shorter one."""
    return [tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))] if words else []


def label(blocks: tuple[Block, ...], gold: str) -> list[bool]:
    """Which blocks are body, judged by the gold text."""
    known = set(shingles(tokens(gold)))
    lines = {tuple(tokens(line)) for line in re.split(r"[\n。！？；]", gold)}
    verdicts = []
    for block in blocks:
        words = tokens(block.text)
        if len(words) < SHINGLE:
            verdicts.append(bool(words) and tuple(words) in lines)
        else:
            mine = shingles(words)
            verdicts.append(sum(one in known for one in mine) * 2 >= len(mine))
    return verdicts


def examples(directory: Path) -> Iterator[Example]:
    """Cut the pages of a labelled set into blocks and label these by the gold text."""
    for row, data, gold in read_set(directory):
        page = read(decode(data).text)
        blocks, _ = segmented(page)
        site = row.get("site") or row["id"]
        yield Example(
            directory.name, site, row.get("lang", ""), row.get("type", ""), row["id"], page.title, blocks, gold,
            label(blocks.blocks, gold),
        )  # fmt: skip
