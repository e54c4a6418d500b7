"""Texts that say the same, exactly or nearly, found by MinHash (Broder 1997) with one permutation (Li et al. 2012).

A text is the set of its runs of eight letters. Each run gets a number that looks random; the numbers fall into bins,
and the lowest of each bin is kept. Two texts have the same lowest number in a bin as often as their sets overlap (the
Jaccard index), so the bins alone tell how alike two texts are. To find the texts that are worth comparing, bins are
taken together in bands: near copies agree in at least one whole band almost for sure, others hardly ever.
"""

from __future__ import annotations

import re
from array import array
from hashlib import blake2b
from zlib import crc32

from newsclean.patterns import lazy

RUN = 8
"""Letters in a run: Chinese phrases and English words with their neighbours; a changed letter changes eight runs."""

BINS = 64
"""Numbers that stand for a text."""

BAND = 8
"""Bins in a band: of texts that share 90 % of their runs, 99 % agree in one of the 8 bands; of half-alike ones, 3 %."""

ALIKE = 0.9
"""The share of equal bins from which two texts are copies: reports made by one template should differ more."""

DIGEST = 8
"""Bytes of the digest that tells equal texts, which stands before the bins."""

ODD = 0x9E3779B1
"""Spreads the checksums of similar runs (Knuth's multiplicative hashing: the golden ratio times 2 to the 32nd)."""

LETTERS = lazy(r"\w+", re.UNICODE)
"""What counts of a text: white space and punctuation change with every reprint."""


def sketch(text: str) -> bytes:
    """Return what stands for a text: a digest of its letters, and its bins as numbers of 16 bits (0: an empty bin)."""
    letters = "".join(LETTERS.findall(text)).lower().encode("utf-16-le", "surrogatepass")
    width = 2 * RUN
    runs = {letters[at : at + width] for at in range(0, max(len(letters) - width, 0) + 1, 2)}
    numbers = sorted((crc32(run) * ODD & 0xFFFFFFFF for run in runs), reverse=True)
    lowest = {number % BINS: number // BINS % 0xFFFF + 1 for number in numbers}  # the last of a bin stays
    bins = array("H", (lowest.get(place, 0) for place in range(BINS)))
    return blake2b(letters, digest_size=DIGEST).digest() + bins.tobytes()


def likeness(one: bytes, other: bytes) -> float:
    """Return how alike two texts are by their sketches, from 0 to 1."""
    if one[:DIGEST] == other[:DIGEST]:
        return 1.0
    pairs = [pair for pair in zip(bins_of(one), bins_of(other), strict=True) if any(pair)]
    return sum(mine == yours for mine, yours in pairs) / len(pairs) if pairs else 0.0


def bins_of(sketched: bytes) -> array[int]:
    """Return the bins of a sketch."""
    return array("H", sketched[DIGEST:])


class Seen:
    """The texts of a run so far, as some 1,500 bytes each."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._sketches: list[bytes] = []
        self._places: dict[bytes, list[int]] = {}

    def find(self, sketched: bytes) -> str | None:
        """Return the name of the first text that this one is a copy of, or None."""
        rivals = sorted({place for key in keys(sketched) for place in self._places.get(key, ())})
        return next(
            (self._names[place] for place in rivals if likeness(self._sketches[place], sketched) >= ALIKE), None
        )

    def add(self, sketched: bytes, name: str) -> None:
        """Keep a text."""
        for key in keys(sketched):
            self._places.setdefault(key, []).append(len(self._names))
        self._names.append(name)
        self._sketches.append(sketched)


def keys(sketched: bytes) -> list[bytes]:
    """Return what a text is looked up by: its digest, and each band that is not empty, with its number."""
    width = 2 * BAND
    bands = [sketched[at : at + width] for at in range(DIGEST, len(sketched), width)]
    return [sketched[:DIGEST], *(bytes((number,)) + band for number, band in enumerate(bands) if any(band))]
