"""Columns, a number for every block of a page, and what can be read off them along the page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

Column = list[float]
"""A number for every block of a page, in order."""

FAR = 30.0
"""Distances in blocks are cut here: farther is as good as never."""


def since(flags: Sequence[float]) -> Column:
    """For each block, how many blocks ago a flag was last set (0 on it), `FAR` if never."""
    column, last = [], FAR
    for flag in flags:
        last = 0.0 if flag else min(last + 1.0, FAR)
        column.append(last)
    return column


def until(flags: Sequence[float]) -> Column:
    """For each block, how many blocks ahead a flag is set next (0 on it), `FAR` if never."""
    return since(flags[::-1])[::-1]


def running_mean(values: Sequence[float], reach: int = 3) -> Column:
    """For each place, the mean of the values up to `reach` places away."""
    sums = [0.0, *accumulate(values)]
    count = len(values)
    return [
        (sums[min(place + reach + 1, count)] - sums[max(place - reach, 0)])
        / (min(place + reach + 1, count) - max(place - reach, 0))
        for place in range(count)
    ]


def shifted(values: Sequence[float], by: int, fill: float = 0.0) -> Column:
    """The value `by` places before each place (after it where `by` is negative), `fill` beyond the ends."""
    if by >= 0:
        return [fill] * min(by, len(values)) + list(values[: max(len(values) - by, 0)])
    return list(values[-by:]) + [fill] * min(-by, len(values))


def best_run(weights: Sequence[float]) -> tuple[int, int]:
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
