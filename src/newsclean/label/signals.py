"""Numbers about a block, what the model scores it by: each signal is a column, a number for every block of the page.

Four groups, each in a module of its own: what a block says (`text_signals`), where it stands along the page
(`page_signals`), what its containers are like (`box_signals`), and where the article may be (`candidates`). Everything
is linear in the number of blocks and characters, but for one sort.
"""

from __future__ import annotations

from typing import Final

from newsclean.label import box_signals, candidates, page_signals, text_signals
from newsclean.label.columns import Column
from newsclean.label.shape import Shape

NAMES: Final[tuple[str, ...]] = (*text_signals.NAMES, *page_signals.NAMES, *candidates.NAMES, *box_signals.NAMES)
"""All signals, in the order of a block's row."""

COLUMN: Final = {name: index for index, name in enumerate(NAMES)}
"""Where each signal stands in a row."""


def measure(shape: Shape, title: str | None) -> list[Column]:
    """A column for each of `NAMES`, for a page that has blocks; `title` is what the page declares as its title.

    A dump has one container, the whole of it, so what is asked of containers is 0 for all its blocks.
    """
    mine = text_signals.columns(shape)
    own = dict(zip(text_signals.NAMES, mine, strict=True))
    return [
        *mine,
        *page_signals.columns(shape, own, title),
        *candidates.columns(shape, own),
        *box_signals.columns(shape, own),
    ]
