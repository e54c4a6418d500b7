"""How good a text is against its gold, and a table of many: precision and recall of shingles, exact and bad pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from labels import shingles, tokens

BAD = 0.5
"""A page with a lower F1 is lost."""


class Score(NamedTuple):
    """Precision and recall of the shingles of one page, and whether all its tokens are as in the gold."""

    precision: float
    recall: float
    exact: bool

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """The harmonic mean, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_text(text: str, gold: str) -> Score:
    """Score a text against its gold."""
    mine, theirs = tokens(text), tokens(gold)
    said, wanted = Counter(shingles(mine)), Counter(shingles(theirs))
    both = sum((said & wanted).values())
    return Score(both / (sum(said.values()) or 1), both / (sum(wanted.values()) or 1), mine == theirs)


def table(rows: Iterable[tuple[str, str, str, Score]]) -> str:
    """A line for each set, each page type of a set with several, and the Chinese pages of a mixed one.

    `rows` are (set, type, language, score); F1 is the harmonic mean of mean precision and mean recall.
    """
    groups: dict[str, list[Score]] = {}
    kinds: dict[str, set[str]] = {}
    rows = list(rows)
    for dataset, kind, _, _ in rows:
        kinds.setdefault(dataset, set()).add(kind)
    for dataset, kind, language, score in rows:
        groups.setdefault(dataset, []).append(score)
        if len(kinds[dataset]) > 1:
            groups.setdefault(f"{dataset} {kind}", []).append(score)
        if language == "zh" and dataset.startswith("magic"):
            groups.setdefault(f"{dataset} zh", []).append(score)
    return "\n".join(line(name, scores) for name, scores in sorted(groups.items()))


def line(name: str, scores: Sequence[Score]) -> str:
    """The figures of one group of pages."""
    count = len(scores)
    precision, recall = sum(one.precision for one in scores) / count, sum(one.recall for one in scores) / count
    exact, bad = sum(one.exact for one in scores) / count, sum(one.f1 < BAD for one in scores) / count
    return (
        f"{name:32} n {count:4}  f1 {harmonic(precision, recall):.3f}  p {precision:.3f}  r {recall:.3f}"
        f"  exact {exact:.3f}  bad {bad:.3f}"
    )
