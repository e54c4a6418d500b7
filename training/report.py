"""How good the labeller is by given scores: its texts, and whether its confidence foretells them.

Everything here goes through the whole labeller as it runs for users, scores apart: rules, roles, confidence, and where
wanted the second opinion.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from labels import Example
from negatives import NO_ARTICLE
from scores import BAD, Score, score_text, table
from sets import PACKED, files

from newsclean.article import UNSURE, confidence, has_enough, shown
from newsclean.decode import decode
from newsclean.label.model import Scored
from newsclean.label.roles import assign
from newsclean.render import plain
from newsclean.second_opinion import where_in_doubt

SURE = 0.9
"""An article with so much confidence should be right."""


class Judged(NamedTuple):
    """A page, the scores of its blocks, how good its text is, and how sure the labeller is of it."""

    example: Example
    scores: list[float]
    score: Score
    confidence: float


def judge(example: Example, scored: Scored, data: Path | None) -> Judged:
    """Run the labeller by these scores; `data` is the directory of the sets where a second opinion is wanted."""
    ask = data is not None and example.page_type != NO_ARTICLE
    labels = where_in_doubt(example.blocks, scored, text_of(example, data)) if ask else assign(example.blocks, scored)
    kept, _ = shown(labels)
    given = has_enough(kept)
    found = score_text(plain.body(kept) if given else "", example.gold)
    return Judged(example, scored.scores, found, confidence(labels) if given else 0.0)


def text_of(example: Example, data: Path) -> str:
    """The page of an example as it was saved, decoded."""
    path = files(data / example.dataset)[example.key]
    return decode(gzip.decompress(path.read_bytes()) if path.suffix == PACKED else path.read_bytes()).text


def lines(pages: Sequence[Judged]) -> Iterator[str]:
    """The table of figures: a line for each set and page type, then what confidence is worth."""
    real = [page for page in pages if page.example.page_type != NO_ARTICLE]
    yield table((page.example.dataset, page.example.page_type, page.example.language, page.score) for page in real)
    yield from calibration([page for page in real if page.example.page_type == "article"])
    given = [page.confidence >= UNSURE for page in pages if page.example.page_type == NO_ARTICLE]
    yield f"pages without their article: n {len(given)}, {share(given):.3f} of them with confidence >= {UNSURE}"


def calibration(articles: Sequence[Judged]) -> Iterator[str]:
    """How many article pages the labeller is sure of and how good those are, and how many of the bad it doubts."""
    sure = [page.score.f1 for page in articles if page.confidence >= SURE]
    part = share([page.confidence >= SURE for page in articles])
    doubted = [page.confidence < UNSURE for page in articles if page.score.f1 < BAD]
    yield f"articles with confidence >= {SURE}: n {len(sure)}, {part:.3f} of all, mean f1 {share(sure):.3f}"
    yield f"bad articles: n {len(doubted)}, {share(doubted):.3f} of them with confidence < {UNSURE}"


def share(values: Sequence[float]) -> float:
    """The mean of some values, or the share of flags that are set; 0 for none."""
    return sum(values) / (len(values) or 1)


def row(page: Judged) -> str:
    """A page's figures and the verdict on each block, as a line of JSON."""
    example = page.example
    texts = (block.text for block in example.blocks.blocks)
    made = {
        "set": example.dataset,
        "id": example.key,
        "type": example.page_type,
        **page.score._asdict(),
        "confidence": page.confidence,
        "blocks": list(zip(page.scores, example.labels, texts, strict=True)),
    }
    return json.dumps(made, ensure_ascii=False)
