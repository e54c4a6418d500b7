"""Which block is the headline."""

from __future__ import annotations

from typing import Final

from newsclean.label.items import DATE, IS_TITLE, RELATED, Item, could_be_headline, is_byline
from newsclean.models import Kind

REACH: Final = 12
"""How many blocks before the body its headline may stand."""

BYLINE_REACH: Final = 4
"""In a dump the byline may stand so many blocks after the first that the model took for body: the headline, mostly."""


def headline(items: list[Item], body: list[bool], *, dump: bool) -> int | None:
    """The index of the headline: the declared title where it is visible, else the best line before the body.

    In a `dump` the lines around tell more than what looks like a heading.
    """
    first = next((index for index, kept in enumerate(body) if kept), len(items))
    near = range(max(0, first - REACH), min(first + 2, len(items)))
    titled = [index for index, item in enumerate(items) if item.says(IS_TITLE)]
    if titled:
        levels = {index: items[index].block.level for index in titled}
        return max(titled, key=lambda one: (one in near, levels[one] == 1, levels[one] > 0, -abs(one - first)))
    if not dump:
        headings = [index for index in near if _is_heading(items[index])]
        if headings:
            return min(headings, key=lambda index: (items[index].block.level, -index))
    return _line_above(items, first)


def _is_heading(item: Item) -> bool:
    return item.block.kind is Kind.HEADING and not item.says(RELATED)


def _line_above(items: list[Item], first: int) -> int | None:
    """In a dump: the line above the dated byline, else the last line before the body that could be a headline.

    The model may have taken that line for body, since it has no tag that sets it apart.
    """
    start, stop = max(0, first - REACH), min(first + BYLINE_REACH, len(items))
    dated = (at for at in range(start, stop) if items[at].says(DATE) and is_byline(items[at]))
    fitting = [at for at in range(start, next(dated, first)) if could_be_headline(items[at])]
    return fitting[-1] if fitting else None
