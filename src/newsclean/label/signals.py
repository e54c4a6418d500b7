"""Numbers about a block: what the model scores it by.

Three groups: `OWN` from the block alone, `AROUND` from its containers, its neighbours and the page, and `SECOND` from
the scores of a first pass. Each signal is a column, a number for every block of the page, and the groups are lists of
columns in the order of their names. They are independent of language where that is possible: lengths are in *units*,
which count a CJK character as 1 and any other as `LATIN_UNIT`, so that a sentence is about as long in Chinese as in
English. Everything is linear in the number of blocks and characters.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from newsclean.label import phrases
from newsclean.label.columns import FAR, Column, best_run, running_mean, shifted, since, until
from newsclean.label.shape import GOOD_LINKS, REGIONS, Shape, below, main_container, regions
from newsclean.models import Block, FrameKind, Kind

MOSTLY_LATIN = 0.5
"""A text of fewer units a character is written in letters that have capitals, more or less."""

PUNCTUATION = "，。；！？、：,.;!?"
"""What parts clauses and sentences; lists of links have little of it."""

SENTENCE_ENDS = frozenset('。！？!?.…”"’」』）)~；;：:')
"""How the last character of a paragraph looks."""

LIST_SIGNS = frozenset("·•●■◆▪★☆□○◇►▶»>-*|")
"""How the first character of a list entry looks."""

SEPARATORS = "|｜>»·/"
"""What stands between the entries of a menu in one line."""

OWN = (
    "units", "link share", "punctuation", "punctuation share", "sentence end", "list sign", "digits", "separators",
    *(f"{kind} phrase" for kind in phrases.KINDS), "date", "time", "indent", "gap", "heading", "heading level",
    "row", "code", "image", "list entry", "quote", "strong", "paragraph tag", "upper case",
)  # fmt: skip
"""Signals of a block alone."""

AROUND = (
    "repeated", "is title", "position", "since title", "since related", "since closing", "since byline",
    "since date", "since h1",
    "until good text",
    "good text", "good share", "good text before", "good text after", "mean good text around",
    "units before", "units after", "links before", "links after", "mean units around", "mean links around",
    "container share 1", "container share 2", "container share 3", "container links 1", "container links 2",
    "container links 3", "main container", "depth below main", "before main", "hidden",
    *(f"in {region}" for region in REGIONS), "same shape share", "same shape links",
)  # fmt: skip
"""Signals of where a block stands."""

SECOND = (
    "score", "score before 1", "score before 2", "score before 3", "score after 1", "score after 2", "score after 3",
    "mean score around", "in best run", "distance to best run", "container body 1", "container body 2",
    "container body 3", "container body share 1", "container body share 2", "shape body", "before best run",
)  # fmt: skip
"""Signals of what the first pass said, in the block's neighbourhood."""

NAMES = (*OWN, *AROUND, *SECOND)
"""All signals, in the order of a row of the second pass."""

COLUMN = {name: index for index, name in enumerate(NAMES)}
"""Where each signal stands in a row."""

DIGITS = "0123456789"

WITHOUT_DIGITS, WITHOUT_SEPARATORS = (str.maketrans("", "", signs) for signs in (DIGITS, SEPARATORS))
"""How to take these out of a short text: what it loses in length is their number, counted in one go."""

MIN_TITLE, TITLE_SHARE = 4, 0.3
"""A headline has so many characters, and makes up so much of the `<title>`; channel and site are the rest."""

MIN_DATE_DIGITS = 3
"""A date has more digits than this."""


def own(shape: Shape) -> list[Column]:
    """The `OWN` signals of every block."""
    rows = [_own(*item) for item in zip(shape.blocks, shape.units, shape.links, strict=True)]
    return [list(column) for column in zip(*rows, strict=True)]


def _own(block: Block, length: float, links: float) -> list[float]:
    """The `OWN` signals of a block whose units and link share are known."""
    text, size = block.text, len(block.text) or 1
    marks = sum([text.count(mark) for mark in PUNCTUATION])
    short = size <= phrases.MAX_CHARS
    digits = len(text) - len(text.translate(WITHOUT_DIGITS)) if short else 0
    framed = {frame.kind for frame in block.frames} if block.frames else ()
    return [
        math.log1p(length),
        links,
        math.log1p(marks),
        marks / (length + 1.0),
        float(text[-1:] in SENTENCE_ENDS),
        float(text[:1] in LIST_SIGNS),
        digits / size,
        (len(text) - len(text.translate(WITHOUT_SEPARATORS))) / size if short else 0.0,
        *phrases.found(text),
        float(digits > MIN_DATE_DIGITS and phrases.DATE.search(text) is not None),
        float(digits > 0 and phrases.TIME.search(text) is not None),
        min(block.indent, 8),
        min(block.gap, 3),
        block.kind is Kind.HEADING,
        block.level,
        block.kind is Kind.ROW,
        block.kind is Kind.CODE,
        block.kind is Kind.IMAGE,
        FrameKind.ITEM in framed,
        FrameKind.QUOTE in framed,
        any(span.marks for span in block.spans),
        block.tag == "p",
        short and length < size * MOSTLY_LATIN and text.isupper(),
    ]


def around(shape: Shape, mine: Sequence[Column], title: str | None) -> list[Column]:
    """The `AROUND` signals of every block; `mine` are the `OWN` ones, `title` is the page's declared title."""
    return [*_on_page(shape, mine, title), *_beside(shape, mine[0]), *_in_containers(shape)]


def _on_page(shape: Shape, mine: Sequence[Column], title: str | None) -> list[Column]:
    """Repeats, the title, position, and the distance to what announces or ends something."""
    blocks, count = shape.blocks, len(shape.blocks)
    titled = [is_title(block.text, title) for block in blocks]
    counts = Counter([block.text for block in blocks])
    related, closing, byline, date = (
        mine[OWN.index(name)] for name in ("related phrase", "closing phrase", "byline phrase", "date")
    )
    return [
        [math.log2(counts[block.text]) if block.text else 0.0 for block in blocks],
        [float(flag) for flag in titled],
        [place / count for place in range(count)],
        since(titled),
        since(related),
        since(closing),
        since([one and other for one, other in zip(byline, date, strict=True)]),
        since([one and link <= GOOD_LINKS for one, link in zip(date, shape.links, strict=True)]),
        since([block.level == 1 for block in blocks]),
        until(shape.good),
    ]


def _beside(shape: Shape, lengths: Column) -> list[Column]:
    """Good text here and near, as length and as share of the page's; length and links of the neighbours."""
    good, all_good = [math.log1p(value) for value in shape.good], max(sum(shape.good), 1.0)
    return [
        good,
        [value / all_good for value in shape.good],
        shifted(good, 1),
        shifted(good, -1),
        running_mean(good),
        shifted(lengths, 1),
        shifted(lengths, -1),
        shifted(shape.links, 1),
        shifted(shape.links, -1),
        running_mean(lengths),
        running_mean(shape.links),
    ]


def _in_containers(shape: Shape) -> list[Column]:
    """What the containers hold, where the main one is, what regions say, and what is of the same shape."""
    good, linked, total = shape.sums(shape.good), shape.sums(shape.linked), shape.total
    all_good = max(good[0], 1.0)
    share = [value / all_good for value in good]
    links = [value / (size + 1.0) for value, size in zip(linked, total, strict=True)]
    depths = below(shape.containers, main_container(shape))
    first = next((index for index, place in enumerate(shape.places) if depths[place] >= 0), 0)
    said = regions(shape.containers)
    good_alike, linked_alike, alike = (shape.by_shape(one) for one in (shape.good, shape.linked, shape.units))
    count = len(shape.blocks)
    return [
        *shape.up(share),
        *shape.up(links),
        [float(depths[place] >= 0) for place in shape.places],
        [float(min(max(depths[place], 0), 8)) for place in shape.places],
        [float(index < first) for index in range(count)],
        [float(said[place][-1]) for place in shape.places],
        *([float(said[place][region]) for place in shape.places] for region in range(len(REGIONS))),
        [good_alike[shape.shape_of[place]] / all_good for place in shape.places],
        [
            linked_alike[alike_as] / (alike[alike_as] + 1.0)
            for alike_as in map(shape.shape_of.__getitem__, shape.places)
        ],
    ]


def is_title(text: str, title: str | None) -> bool:
    """Whether a block is the page's declared title, or so large a part of it that the rest only names the site."""
    if not title or len(text) < MIN_TITLE:
        return False
    return len(text) >= len(title) * TITLE_SHARE and text in title


def second(shape: Shape, scores: Sequence[float]) -> list[Column]:
    """The `SECOND` signals of every block, from the scores of a pass (log-odds of being body)."""
    odds = [1.0 / (1.0 + math.exp(-score)) for score in scores]
    body = [odd * length for odd, length in zip(odds, shape.units, strict=True)]
    start, end = best_run([(odd - 0.5) * (length + 2.0) for odd, length in zip(odds, shape.units, strict=True)])
    distance = [max(start - index, index - end + 1, 0) for index in range(len(odds))]
    sums = shape.sums(body)
    all_body = max(sums[0], 1.0)
    within = [value / (size + 1.0) for value, size in zip(sums, shape.total, strict=True)]
    share = [value / all_body for value in sums]
    body_alike, alike = shape.by_shape(body), shape.by_shape(shape.units)
    count = len(odds)
    return [
        odds,
        *(shifted(odds, by) for by in (1, 2, 3, -1, -2, -3)),
        running_mean(odds),
        [float(value == 0) for value in distance],
        [min(float(value), FAR) for value in distance],
        *shape.up(within),
        *shape.up(share)[:2],
        [body_alike[one] / (alike[one] + 1.0) for one in map(shape.shape_of.__getitem__, shape.places)],
        [float(index < start) for index in range(count)],
    ]
