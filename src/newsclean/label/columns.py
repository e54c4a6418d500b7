"""Columns, a number for every block of a page, and what can be read off them along the page."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Final

Column = list[float]
"""A number for every block of a page, in order."""

FAR: Final = 30.0
"""Distances in blocks are cut here: farther is as good as never."""

BEHIND: Final = 60.0
"""Where distances have a sign, those behind a place are cut here, those before it at `FAR`."""


def log(value: float) -> float:
    """The logarithm of a count or length, 0 for 0: what matters is how many times as long."""
    return math.log(1.0 + value)


def logs(values: list[float]) -> Column:
    """The logarithm of each value."""
    return [math.log(1.0 + value) for value in values]


def flags(values: list[bool]) -> Column:
    """1 for what holds, 0 for what does not."""
    return [1.0 if value else 0.0 for value in values]


def total(values: list[float]) -> float:
    """The sum from left to right, alike on every Python: from 3.12 on `sum` rounds otherwise, and a tree could turn."""
    result = 0.0
    for value in values:
        result += value
    return result


def since(marks: list[float]) -> Column:
    """For each block, how many blocks ago a mark was last set (0 on it), `FAR` if never."""
    column: list[float] = []
    last = FAR
    for mark in marks:
        last = 0.0 if mark else min(last + 1.0, FAR)
        column.append(last)
    return column


def until(marks: list[float]) -> Column:
    """For each block, how many blocks ahead a mark is set next (0 on it), `FAR` if never."""
    return since(marks[::-1])[::-1]


def clipped(distance: int) -> float:
    """A distance with a sign, cut on both sides."""
    return max(min(float(distance), BEHIND), -FAR)


def running_mean(values: list[float], reach: int) -> Column:
    """For each place, the mean of the values up to `reach` places away."""
    sums = [0.0, *accumulate(values)]
    count = len(values)
    column: list[float] = []
    for place in range(count):
        start, end = max(place - reach, 0), min(place + reach + 1, count)
        column.append((sums[end] - sums[start]) / (end - start))
    return column


def shifted(values: list[float], by: int) -> Column:
    """The value `by` places before each place (after it where `by` is negative), 0 beyond the ends."""
    if by >= 0:
        return [0.0] * min(by, len(values)) + values[: max(len(values) - by, 0)]
    return values[-by:] + [0.0] * min(-by, len(values))


def before(values: list[float]) -> Column:
    """For each place, the sum of all values before it."""
    return [0.0, *accumulate(values)][: len(values)]


def best_run(weights: list[float]) -> tuple[int, int]:
    """The run of blocks with the largest sum of weights, as a half-open range (Kadane's maximum subarray)."""
    best, best_start, best_end = 0.0, 0, 0
    sum_here, start = 0.0, 0
    for index, weight in enumerate(weights):
        if sum_here <= 0.0:
            sum_here, start = 0.0, index
        sum_here += weight
        if sum_here > best:
            best, best_start, best_end = sum_here, start, index + 1
    return best_start, best_end
