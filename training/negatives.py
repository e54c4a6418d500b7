"""Pages with nothing to read, made from labelled ones: what is left of a page when its article is taken out.

Labelled sets hold pages with an article, so a model that has seen no others finds one everywhere: the only sentence of
an error page or a login form is the best text there. A page without its article is such a page, above all when most of
its other texts are taken out as well, so that menus, a notice and a footer remain.
"""

from __future__ import annotations

import random

from labels import Example

from newsclean.label.shape import GOOD_UNITS, units

NO_ARTICLE = "no article"
"""The type of such a page."""

MOST_TEXTS = 2
"""Of the texts beside the article, at most so many are left."""

MOST_UNITS = 100.0
"""They are no longer than this, in units: as a notice is."""


def without_article(example: Example, chance: random.Random) -> Example:
    """The page without its article, and with none or a few of its other texts."""
    others = [block for block, body in zip(example.blocks.blocks, example.labels, strict=True) if not body]
    texts = [index for index, block in enumerate(others) if units(block.text) >= GOOD_UNITS]
    notices = [index for index in texts if units(others[index].text) <= MOST_UNITS]
    left = set(chance.sample(notices, min(len(notices), chance.randint(0, MOST_TEXTS))))
    taken = set(texts) - left
    kept = tuple(block for index, block in enumerate(others) if index not in taken)
    blocks = example.blocks._replace(blocks=kept)
    return example._replace(page_type=NO_ARTICLE, blocks=blocks, gold="", labels=[False] * len(kept))
