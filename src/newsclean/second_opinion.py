"""What readability-lxml takes for the article: asked where our labeller finds none, for it costs most.

It scores paragraphs and their parents and picks one region. Where a page is so unlike news that no block of it reads
like an article, that region is often what a reader came for.
"""

from __future__ import annotations

import logging

from newsclean.label.roles import squeezed
from newsclean.page import read_html
from newsclean.segment.html import segment


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
