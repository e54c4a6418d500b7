"""Which pages are worth a second look: the most doubtful ones, a bounded number, however many there are.

To tell why each block of a page was kept takes as long as to clean it. So a worker does that for a page only while it
has met few that are more doubtful: whatever other workers meet, the page is then not among those that are shown.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from heapq import heappush, heapreplace
from typing import Generic, TypeVar

from newsclean.batch.outcomes import Sheet
from newsclean.models import Article

T = TypeVar("T")

DOUBTFUL, FAILED = 200, 100
"""So many pages are shown whole in a report: those with the lowest confidence, and the first without an article."""

QUICK = 1
"""The level of compression: HTML of blocks repeats itself so much that more would save little."""


class Lowest(Generic[T]):
    """Keeps the `most` values with the lowest keys; of equal keys, those that came first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heap: list[tuple[float, int, T]] = []  # the highest first, as Python's heaps are of the lowest
        self._offered = 0

    def __len__(self) -> int:
        return len(self._heap)

    def has_room(self, key: float) -> bool:
        """Tell whether a value with this key would be kept."""
        return len(self._heap) < self._most or key < -self._heap[0][0]

    def offer(self, key: float, value: T) -> None:
        """Keep a value, if its key is low enough."""
        self._offered += 1
        if not self.has_room(key):
            return
        item = (-key, -self._offered, value)
        heappush(self._heap, item) if len(self._heap) < self._most else heapreplace(self._heap, item)

    def __iter__(self) -> Iterator[T]:
        """The values, by their keys."""
        return (value for _, _, value in sorted(self._heap, key=lambda item: item[:2], reverse=True))


class Review:
    """Makes what the report shows of pages; remembers how doubtful those were that it has shown whole."""

    def __init__(self) -> None:
        self._doubtful: Lowest[None] = Lowest(DOUBTFUL)
        self._failed: Lowest[None] = Lowest(FAILED)

    def sheet(self, article: Article) -> Sheet:
        """Return what the report shows of a page."""
        lowest = self._doubtful if article.text else self._failed
        is_shown = lowest.has_room(article.confidence)
        lowest.offer(article.confidence, None)
        return Sheet(article.title, len(article.text), sides(article) if is_shown else None)


def sides(article: Article) -> tuple[bytes, bytes]:
    """Return the two sides of a page's section, compressed: they wait in memory until the end of the run."""
    from newsclean.render.report.section import section

    blocks, result = section(article)
    return packed(blocks), packed(result)


def packed(text: str) -> bytes:
    """Compress a text."""
    return zlib.compress(text.encode("utf-8"), QUICK)


def unpacked(data: bytes) -> str:
    """Return the text that was compressed."""
    return zlib.decompress(data).decode("utf-8")
