"""What readability-lxml takes for the article: asked where our labeller is in doubt, for it costs most.

It scores paragraphs and their parents and picks one region. Where a page is so unlike the ones we learned from that our
own score is a guess, agreement with that region is worth more than another look of ours.
"""

from __future__ import annotations

import logging

from newsclean.models import Blocks
from newsclean.page import read_html
from newsclean.segment.html import segment

DOUBT = 0.35
"""An article with less confidence than this is worth a second opinion."""

WEIGHT = 1.2
"""What the opinion adds to the score of a block in the region, and takes off one outside, in log-odds."""

ALONE = 3.0
"""The same where there is no score of ours: all that is known."""


def opinions(blocks: Blocks, html: str, weight: float) -> list[float]:
    """What readability's verdict adds to the score of each block; nothing where it finds no region."""
    texts = region(html)
    if not texts:
        return [0.0] * len(blocks.blocks)
    return [weight if squeezed(block.text) in texts else -weight for block in blocks.blocks]


def region(html: str) -> frozenset[str]:
    """The texts of the blocks in readability's region, without white space; empty where it finds nothing."""
    from lxml.etree import LxmlError
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability.readability").setLevel(logging.CRITICAL)  # it reports what it raises anyway
    try:
        summary = Document(html).summary(html_partial=True)
    except (Unparseable, LxmlError, ValueError):  # nothing to parse, in the words of three libraries
        return frozenset()
    return frozenset(squeezed(block.text) for block in segment(read_html(summary)).blocks if block.text)


def squeezed(text: str) -> str:
    """A text without white space: the two sides fold it differently."""
    return "".join(text.split())
