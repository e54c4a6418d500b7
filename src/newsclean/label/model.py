"""The model: decision trees whose sum scores a block, in log-odds of it being body. Training made them (`model.json`).

Each tree asks a few questions ("is this signal at most that?") and ends in a number. What a question changed, seen from
where it was asked, is what its signal adds to the score, so any verdict can be taken apart again. Most blocks of a page
are hopeless soon: they are left alone as soon as the trees asked so far say so. Pages and dumps have models of their
own, made the same way.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsclean.label.columns import Column
from newsclean.label.shape import Shape
from newsclean.label.signals import COLUMN, NAMES, measure
from newsclean.models import Blocks, Signals

GROUP: Final = 10
"""After so many trees it is asked whether there is hope."""

HOPELESS: Final = -3.0
"""A block with a lower score is no body, whatever the other trees would say."""


class Node:
    """A question, "is this signal at most `limit`?", that leads to `low` and else to `high`; a leaf asks nothing.

    `value` is what a leaf adds to the score, and of a question what its leaves add on average.
    """

    def __init__(self, column: int, limit: float, value: float) -> None:
        self.column = column
        self.limit = limit
        self.value = value
        self.low: Node | None = None
        self.high: Node | None = None


class Trees:
    """Trees, by their roots."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Read the lists of `model.json`, in which each node has a place; the signal of a leaf is -1."""
        columns = [COLUMN[name] for name in data["names"]]
        nodes = [
            Node(columns[signal] if signal >= 0 else 0, float(limit), float(value))
            for signal, limit, value in zip(data["signal"], data["limit"], data["value"], strict=True)
        ]
        for node, signal, low, high in zip(nodes, data["signal"], data["low"], data["high"], strict=True):
            if signal >= 0:
                node.low, node.high = nodes[low], nodes[high]
        self.roots: list[Node] = [nodes[root] for root in data["roots"]]

    def score(self, columns: list[Column], place: int) -> float:
        """The log-odds of a block being body; somewhere below `HOPELESS` for a block without hope."""
        total = 0.0
        left = GROUP
        for root in self.roots:
            if left == 0:
                if total < HOPELESS:
                    break
                left = GROUP
            left -= 1
            node = root
            while True:
                following = node.low if columns[node.column][place] <= node.limit else node.high
                if following is None:
                    break
                node = following
            total += node.value
        return total

    def additions(self, signals: Signals) -> list[tuple[str, float, float]]:
        """The name, the value and what it adds to the score, for each signal that was asked, weightiest first.

        A question adds the value of the node that its answer leads to, less that of its own (A. Saabas, "Interpreting
        random forests", 2014).
        """
        columns, place = signals
        added: dict[int, float] = {}
        for root in self.roots:
            node = root
            while node.low is not None and node.high is not None:
                following = node.low if columns[node.column][place] <= node.limit else node.high
                added[node.column] = added.get(node.column, 0.0) + following.value - node.value
                node = following
        items = [(NAMES[column], columns[column][place], weight) for column, weight in added.items()]
        return sorted(items, key=lambda item: -abs(item[2]))


@lru_cache(maxsize=2)
def trees(name: str) -> Trees:
    """The trees for "html" pages or for "text" dumps, read from the package once."""
    return Trees(json.loads(Path(__file__).with_name("model.json").read_text("utf-8"))[name])


class Scored(NamedTuple):
    """The scores of a page's blocks (log-odds of being body) and the signals that they are made of."""

    scores: list[float]
    columns: list[Column]


def score(page: Blocks, title: str | None) -> Scored:
    """Score every block of a page. `title` is what the page declares as its title, None for a dump."""
    if not page.blocks:
        return Scored([], [])
    columns = measure(Shape(page), title)
    model = trees("text" if page.dump else "html")
    return Scored([model.score(columns, index) for index in range(len(page.blocks))], columns)
