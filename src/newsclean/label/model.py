"""The model: an additive score in passes, from tables that training made (`model.json`).

Each signal has a table: thresholds that cut its range into bins, and for each bin what it adds to the score, in
log-odds of the block being body. A score is the bias plus what each signal adds, so any verdict can be taken apart
again. The first pass knows the `OWN` and `AROUND` signals; each later one also the `SECOND` signals, made from the
scores of the one before it. Pages and dumps have models of their own, made the same way.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from newsclean.label.columns import Column
from newsclean.label.shape import Shape
from newsclean.label.signals import NAMES, around, own, second
from newsclean.models import Blocks


class Table(NamedTuple):
    """What one signal adds: with thresholds t0 < t1 < …, a value x ≤ t0 adds `values[0]`, x ≤ t1 `values[1]`, …."""

    column: int
    thresholds: tuple[float, ...]
    values: tuple[float, ...]


class Pass(NamedTuple):
    """One pass: the score is `bias` plus what each table adds."""

    bias: float
    tables: tuple[Table, ...]

    def score(self, columns: Sequence[Column]) -> list[float]:
        """The log-odds of being body of every block, from the columns of its page."""
        added = [
            [values[bisect_left(thresholds, value)] for value in columns[column]]
            if len(thresholds) > 1
            else [values[value > thresholds[0]] for value in columns[column]]  # a flag, mostly: no search
            for column, thresholds, values in self.tables
        ]
        return [self.bias + sum(row) for row in zip(*added, strict=True)]

    def additions(self, row: tuple[float, ...]) -> list[tuple[str, float, float]]:
        """The name, the value and what it adds to the score, for each signal, weightiest first."""
        added = [
            (NAMES[column], row[column], values[bisect_left(thresholds, row[column])])
            for column, thresholds, values in self.tables
        ]
        return sorted(added, key=lambda item: -abs(item[2]))


@lru_cache(maxsize=1)
def _data() -> dict[str, tuple[Pass, ...]]:
    text = resources.files("newsclean.label").joinpath("model.json").read_text("utf-8")
    return {name: tuple(_pass(one) for one in passes) for name, passes in json.loads(text).items()}


def _pass(data: dict[str, object]) -> Pass:
    bias, tables = data["bias"], data["tables"]
    if not isinstance(bias, float) or not isinstance(tables, dict):
        raise TypeError("model.json is not a model: train it anew")
    return Pass(bias, tuple(Table(NAMES.index(name), tuple(at), tuple(adds)) for name, (at, adds) in tables.items()))


def passes(*, dump: bool) -> tuple[Pass, ...]:
    """The passes of the model for dumps or for HTML pages, read from the package once."""
    return _data()["text" if dump else "html"]


class Scored(NamedTuple):
    """The scores of a page's blocks (log-odds of being body) and the signals that they are made of, a row a block."""

    scores: list[float]
    rows: list[tuple[float, ...]]


def score(page: Blocks, title: str | None, *, dump: bool) -> Scored:
    """Score every block of a page that has any, pass by pass. `title` is what the page declares as its title."""
    shape = Shape(page)
    mine = own(shape)
    columns = [*mine, *around(shape, mine, title)]
    first, *later = passes(dump=dump)
    scores, full = first.score(columns), columns
    for one in later:
        full = [*columns, *second(shape, scores)]
        scores = one.score(full)
    return Scored(scores, list(zip(*full, strict=True)))
