"""What readability-lxml takes for the article: asked where our labeller is in doubt, for it costs most, or alone.

It scores paragraphs and their parents and picks one region. Where a page is so unlike the ones we learned from that our
own score is a guess, agreement with that region is worth more than another look of ours.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from newsclean import article, repair
from newsclean.label import roles
from newsclean.label.model import Scored
from newsclean.models import Blocks, LabelledBlock
from newsclean.page import read_html
from newsclean.patterns import lazy
from newsclean.segment.html import segment

DOUBT: Final = 0.35
"""An article with less confidence than this is worth a second opinion."""

LONGEST: Final = 1_000_000
"""Characters of a page that is still worth asking for: readability-lxml takes seconds for more, and much memory."""

MOST_READ: Final = 20_000_000
"""Characters that readability-lxml may read, which take it two seconds: a text once for each element around it, and at
worst all of that again for every level. None of 300 news pages comes near."""

MOST_READ_ALONE: Final = 10 * MOST_READ
"""The same where the opinion was asked for by name."""

SHORT_SPACE: Final = 16
"""What is left of a longer run of white space, on which its patterns take quadratic time."""

LONG_SPACE: Final = lazy(r"(?<!\s)\s{17,}")
"""A longer run."""

WEIGHT: Final = 1.2
"""What the opinion adds to the score of a block in the region, and takes off one outside, in log-odds."""

ALONE: Final = 100.0
"""The same where the opinion alone decides: more than any score of ours."""

LOGGER: Final = "readability.readability"
"""Where readability-lxml reports what it raises anyway."""


def where_in_doubt(blocks: Blocks, scored: Scored, html: str) -> tuple[LabelledBlock, ...]:
    """The labels of a page by our scores, with the second opinion on one whose article is in doubt."""
    labels = roles.assign(blocks, scored)
    if article.confidence(labels) >= DOUBT or len(html) > LONGEST:
        return labels
    added = opinions(blocks, html, WEIGHT)
    if added is None:
        return labels
    weighed = roles.assign(blocks, scored, added)
    return weighed if article.holds_article(weighed) else labels  # a poor article is more than none


def alone(blocks: Blocks, scored: Scored, html: str) -> tuple[LabelledBlock, ...]:
    """The labels of a page where readability-lxml says what is text; nothing is where it finds no region.

    How sure each is comes from our scores, which had no say in the verdicts: it tells how far both agree.
    """
    added = opinions(blocks, html, ALONE, MOST_READ_ALONE)
    labels = roles.assign(blocks, scored, [-ALONE] * len(blocks.blocks) if added is None else added)
    return tuple(
        label._replace(confidence=roles.confidence(score, label.role))
        for label, score in zip(labels, scored.scores, strict=True)
    )


def opinions(blocks: Blocks, html: str, weight: float, most: int = MOST_READ) -> list[float] | None:
    """What readability's verdict adds to the score of each block; None where it finds no region."""
    texts = region(html, most)
    if not texts:
        return None
    return [weight if squeezed(block.text) in texts else -weight for block in blocks.blocks]


def region(html: str, most: int = MOST_READ) -> frozenset[str]:
    """The texts of the blocks in readability's region, repaired as ours are, without white space; empty for none."""
    from lxml.etree import LxmlError
    from readability import Document
    from readability.readability import Unparseable

    try:
        document = Document(html)
        document._parse = partial(bounded, document._parse, most)
        with silenced(logging.getLogger(LOGGER)):
            summary = document.summary(html_partial=True)
    except (Unparseable, LxmlError, ValueError):  # nothing to parse, in the words of three libraries
        return frozenset()
    found, _ = repair.blocks(segment(read_html(summary)))
    return frozenset(squeezed(block.text) for block in found.blocks if block.text)


def bounded(parse: Callable[[str], Any], most: int, html: str) -> Any:
    """What readability-lxml parses, without long runs of white space; ValueError for what would take it too long."""
    from lxml.etree import iterwalk

    tree = parse(html)
    depth = deepest = read = spaces = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        depth += {"start": 1, "end": -1}.get(event, 0)
        part = "text" if event == "start" else "tail"
        text = getattr(element, part) or ""
        if text:
            text, spaces = without_long_spaces(text, spaces)
            setattr(element, part, text)
            deepest, read = max(deepest, depth), read + depth * len(text)
    if deepest * read > most:
        raise ValueError(f"{read} characters at {deepest} levels are too many")
    return tree


def without_long_spaces(text: str, before: int) -> tuple[str, int]:
    """A text with its runs of white space cut short, and how much stands at its end; `before` stands just before it."""
    rest = text.lstrip()
    start = text[: min(len(text) - len(rest), max(SHORT_SPACE - before, 0))]
    short = LONG_SPACE.sub(lambda run: run[0][:SHORT_SPACE], rest)
    end = len(short) - len(short.rstrip())
    return start + short, end if rest else before + len(start)


@contextmanager
def silenced(logger: logging.Logger) -> Iterator[None]:
    """Keep a logger quiet for a while, and leave it as it was."""
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def squeezed(text: str) -> str:
    """A text without white space: the two sides fold it differently."""
    return "".join(text.split())
