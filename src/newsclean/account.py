"""What there is to tell of a page that was cleaned: facts with their origins, and its blocks with boilerplate folded.

Everything is read off the article that this run has made. The terminal and the report show the same account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from newsclean.characters import one_line
from newsclean.models import CONTENT_ROLES, Article, LabelledBlock, Role

FIELDS = (
    "title", "subtitle", "source", "authors", "editors", "date", "modified",
    "breadcrumb", "site", "url", "language", "description", "keywords",
)  # fmt: skip
"""The fields of metadata that are shown, in the order in which a reader checks them."""

EXCERPT = 160
"""Characters of a block that are shown: enough to find it on the page."""

FOLDED = 6
"""So many blocks of boilerplate in a row are told in one line; fewer take hardly more room one by one."""

SURE = 0.8
"""What was dropped with less confidence is shown by itself, for it is what a reader looks for."""

PLURALS = {
    Role.NAVIGATION: "navigation",
    Role.RELATED: "related articles",
    Role.COMMENT: "comments",
    Role.LEGAL: "legal notices",
    Role.PROMOTION: "promotion",
    Role.OTHER: "other text",
}
"""What a run of blocks is folded into, by role: those that are neither kept nor read for metadata."""

BY_RULE = "rule"
"""Stands for the confidence in what a rule decided without the score of a block, or against it."""

NAMED = 3
"""So many roles of a run are named."""

IN_ARTICLE = "the article's content"
"""Where all images are read."""


class Fact(NamedTuple):
    """One thing that was found out about a page: its name, its value, and where it was read or why it is so."""

    name: str
    value: str
    origin: str | None = None


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def facts(article: Article) -> Iterator[Fact]:
    """Yield what was found out about a page: its encoding, the confidence, the metadata, repairs and warnings."""
    decoded, origins = article.decoded, dict(article.metadata.origins)
    replaced = f", {counted(decoded.replaced, 'character')} replaced" if decoded.replaced else ""
    yield Fact("encoding", decoded.encoding + replaced, decoded.reason)
    yield Fact("confidence", f"{article.confidence:.2f}")
    known = article.to_dict()
    for field in FIELDS:
        if value := known[field]:
            yield Fact(field, value if isinstance(value, str) else ", ".join(value), origins.get(field))
    if images := article.metadata.images:
        yield Fact("images", f"{len(images):,}", IN_ARTICLE)
    yield from (Fact("repaired", repair) for repair in article.repairs)
    yield from (Fact("warning", warning) for warning in article.warnings)


def is_kept(labelled: LabelledBlock) -> bool:
    """Tell whether a block is in the output, as its headline or below it."""
    return labelled.role in CONTENT_ROLES or labelled.role is Role.TITLE


def certainty(labelled: LabelledBlock) -> str:
    """Return how sure the verdict on a block is, or that a rule alone made it, of which no score tells."""
    from newsclean.label.explain import by_score

    return f"{labelled.confidence:.2f}" if by_score(labelled) else BY_RULE


def least(run: Sequence[LabelledBlock]) -> float:
    """Return the least confidence in a run of boilerplate; pictures in it have none of their own."""
    return min([one.confidence for one in run if one.block.text], default=1.0)


def excerpt(labelled: LabelledBlock, most: int = EXCERPT) -> str:
    """Return the beginning of a block's text, made safe; an ellipsis shows that there is more.

    What a picture shows, or that a block is one, stands for text where there is none.
    """
    block = labelled.block
    if not block.text:
        shown = " ".join(span.text for span in block.spans if span.text)
        return f"({block.kind.value}{f': {cut(shown, most)}' if shown else ''})"
    return cut(block.text, most)


def cut(text: str, most: int) -> str:
    """Return the beginning of a text on one line, made safe; an ellipsis shows that there is more."""
    return one_line(text if len(text) <= most else text[: most - 1] + "…")


def runs(labels: Sequence[LabelledBlock]) -> Iterator[tuple[LabelledBlock, ...]]:
    """Yield the blocks of a page in order, each alone, but for long runs of sure boilerplate, which come as one."""
    for is_dull, group in groupby(labels, is_boilerplate):
        items = tuple(group)
        if is_dull and len(items) >= FOLDED:
            yield items
        else:
            yield from ((one,) for one in items)


def is_boilerplate(labelled: LabelledBlock) -> bool:
    """Tell whether a block was dropped beyond doubt, or has no text to doubt of."""
    return labelled.role in PLURALS and (labelled.confidence >= SURE or not labelled.block.text)


def gist(run: Sequence[LabelledBlock]) -> str:
    """Return what a run of boilerplate is, the most frequent roles first: 37 blocks of navigation and promotion."""
    roles = [PLURALS[role] for role, _ in Counter(one.role for one in run).most_common()]
    named = roles if len(roles) <= NAMED else [*roles[: NAMED - 1], "more"]
    return f"{counted(len(run), 'block')} of {' and '.join(filter(None, (', '.join(named[:-1]), named[-1])))}"
