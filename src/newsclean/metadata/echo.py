"""How far the body takes up the words of a line: a headline's return in the text below it, a menu's or a name's do not.

The words of a Latin script are compared whole, Chinese and Japanese ones as pairs of characters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from newsclean.patterns import lazy

WORD = lazy(r"[^\W\d_]{2,}")
"""A word, or a run of characters of a script without blanks."""

LATIN = 4
"""A word of a Latin script that says something; shorter ones are mostly grammar."""

CJK = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
"""A character of a script that is written without blanks."""

CHARS = 1500
"""So much of the body is enough to know its words."""

FULL = 4
"""With fewer words than this a line can return in a text by chance; it counts the less the shorter it is."""


def words(text: str) -> set[str]:
    """The words of a text, or the pairs of neighbouring characters where the script has no blanks."""
    found: set[str] = set()
    for run in WORD.findall(text.lower()):
        if CJK.search(run):
            found.update(map(str.__add__, run, run[1:]))
        elif len(run) >= LATIN:
            found.add(run)
    return found


def vocabulary(texts: Iterable[str]) -> Counter[str]:
    """In how many of the first texts each word stands."""
    counts: Counter[str] = Counter()
    left = CHARS
    for text in texts:
        counts.update(words(text[:left]))
        left -= len(text)
        if left <= 0:
            break
    return counts


def share(text: str, known: Counter[str], least: int) -> float:
    """The share of a line's words that stand in at least so many texts, 0 to 1."""
    mine = words(text)
    hits = sum(known[word] >= least for word in mine)
    return hits / max(len(mine), FULL)
