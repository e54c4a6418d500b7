"""Inputs → parts of bounded size, each named by what it holds, so that a rerun knows which are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from newsclean.scale.listing import Listed
from newsclean.sources.safe_names import safe_name

MEGABYTE = 1024 * 1024


class Sizes(NamedTuple):
    """How large parts are: at least and at most so many files, and so many bytes.

    512 files are some ten seconds of work and make an output of a few megabytes. So are 64 MB of a WARC file in
    compressed members: some 2,000 pages, a minute.
    """

    fewest: int = 256
    files: int = 1024
    size: int = 64 * MEGABYTE


SIZES = Sizes()

SPLIT = (".warc", ".warc.gz", ".wet", ".wet.gz")
"""Endings of files that are split where they are large: their records follow one another, each in itself."""

READABLE = 60
"""Characters of an input's name that a part's name keeps."""


class Input(NamedTuple):
    """A file, or of a WARC file the records that begin from byte `begin` up to `end` (0: all of it)."""

    file: Listed
    begin: int = 0
    end: int = 0


class Part(NamedTuple):
    """Inputs that are done together, and what their output is called, without an ending."""

    name: str
    inputs: tuple[Input, ...]


def parts_of(files: Iterable[Listed], by: str, sizes: Sizes) -> Iterator[Part]:
    """Make parts of files in their order; `by` stands for the version and the options.

    Where a part ends depends on the file's own name if it can, so that a new file among many changes one part only.
    """
    group: list[Input] = []
    size = 0
    for each in (piece for file in files for piece in pieces(file, sizes)):
        weight = each.end - each.begin or each.file.size
        if group and size + weight > sizes.size:
            yield named(group, by)
            group, size = [], 0
        group.append(each)
        size += weight
        if len(group) >= sizes.files or (len(group) >= sizes.fewest and is_last(each, sizes)):
            yield named(group, by)
            group, size = [], 0
    if group:
        yield named(group, by)


def is_last(each: Input, sizes: Sizes) -> bool:
    """Tell whether a file is one of those behind which a part ends: one of `fewest`, by its name."""
    return crc32(each.file.address.encode("utf-8", "surrogateescape")) % sizes.fewest == 0


def pieces(file: Listed, sizes: Sizes) -> Iterator[Input]:
    """Split a file where that can be done and is worth it."""
    if not file.address.lower().endswith(SPLIT) or file.size < 2 * sizes.size:
        yield Input(file)
        return
    number = file.size // sizes.size
    bounds = [file.size * each // number for each in range(number)] + [file.size]
    for begin, end in pairwise(bounds):
        yield Input(file, begin, end)


def named(inputs: list[Input], by: str) -> Part:
    """Name a part: readably by its first input, and by a digest of all that its output depends on."""
    digest = blake2b(by.encode("utf-8", "backslashreplace"), digest_size=8)
    for each in inputs:
        digest.update(repr((*each.file, *each[1:])).encode("utf-8", "backslashreplace"))
    stem = safe_name(inputs[0].file.address.rpartition("/")[2])[:READABLE]
    return Part(f"part-{stem}-{digest.hexdigest()}", tuple(inputs))
