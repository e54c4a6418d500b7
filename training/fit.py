"""Train the labeller's model from labelled sets and write it as data.

    python training/fit.py --data DIR [--output src/newsclean/label/model.json] [--folds 5] [--only html|text]

Boosted stumps (LightGBM trees of two leaves) are summed into one table a signal, all that the package evaluates.
Each pass is trained on the out-of-fold scores of the one before, with folds that never part a site; the printed
figures are out of fold too. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np
from labels import Example, examples, shingles, tokens

from newsclean.label.columns import Column
from newsclean.label.shape import Shape
from newsclean.label.signals import NAMES, around, own, second
from newsclean.models import Blocks, Kind
from newsclean.segment.elements import HIDDEN

PASSES = 2
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 2,  # stumps: the sum of all is one table a signal
    "learning_rate": 0.2,
    "min_data_in_leaf": 60,
    "lambda_l2": 5.0,
    "feature_fraction": 0.7,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "verbose": -1,
}
ROUNDS = 300
CHINESE_WEIGHT = 4.0
"""Chinese pages are few among the labelled ones and most among the users'."""

SITE_PAGES = 3.0
"""A site weighs no more than so many pages of sites with one page."""

OTHER_TYPES_WEIGHT = 0.3
"""Forums, products and lists count, but news decides."""

HIDE_WORDS = 0.5
"""On this share of the pages class and id words are hidden in a second copy, so that they stay weak evidence."""


class Page(NamedTuple):
    """A labelled page with its signals: `columns` as they are, `plain` without class words (or empty)."""

    example: Example
    shape: Shape
    columns: list[Column]
    plain: list[Column]
    weights: list[float]


def first_columns(blocks: Blocks, title: str | None) -> tuple[Shape, list[Column]]:
    """The sums and the first pass' signals of a page."""
    shape = Shape(blocks)
    mine = own(shape)
    return shape, [*mine, *around(shape, mine, title)]


def without_words(blocks: Blocks) -> Blocks:
    """The same page with the words of all containers taken off, but for those that hide it."""
    bare = tuple(box._replace(words=HIDDEN if HIDDEN in box.words else "") for box in blocks.containers)
    return Blocks(blocks.blocks, bare)


def page_of(example: Example, weight: float, *, hide: bool) -> Page:
    """Measure a page; each block weighs by its length, each page about the same."""
    shape, columns = first_columns(example.blocks, example.title)
    plain = first_columns(without_words(example.blocks), example.title)[1] if hide else []
    scale = weight / math.sqrt(len(shape.blocks))
    weights = [
        0.0 if block.kind in (Kind.IMAGE, Kind.RULE) else scale * min(4.0, 0.3 + math.log1p(length))
        for block, length in zip(example.blocks.blocks, shape.units, strict=True)
    ]
    return Page(example, shape, columns, plain, weights)


def weight_of(example: Example, per_site: Counter[tuple[str, str]]) -> float:
    """How much a page counts, so that no set, site or language drowns the others."""
    language = CHINESE_WEIGHT if example.language == "zh" else 1.0
    kind = 1.0 if example.page_type == "article" else OTHER_TYPES_WEIGHT
    return language * kind * min(1.0, SITE_PAGES / per_site[example.dataset, example.site])


def read_pages(directories: Sequence[Path], limit: int | None) -> list[Page]:
    """All pages of the sets that have blocks, at most `limit` of each set."""
    chance = random.Random(1)  # noqa: S311 - a sample, no secret
    found = [one for directory in directories for one in islice(examples(directory), limit) if one.blocks.blocks]
    per_site = Counter((example.dataset, example.site) for example in found)
    return [
        page_of(one, weight_of(one, per_site), hide=chance.random() < HIDE_WORDS) for one in found if one.blocks.blocks
    ]


def fit(pages: Sequence[Page], extra: Sequence[list[Column]]) -> lightgbm.Booster:
    """Fit stumps to pages; `extra` are the columns of a later pass, a page (empty in the first)."""
    rows: list[np.ndarray] = []
    labels: list[bool] = []
    weights: list[float] = []
    for page, more in zip(pages, extra, strict=True):
        for version in filter(None, (page.columns, page.plain)):
            rows.append(joined(version, more))
            labels += page.example.labels
            weights += page.weights
    data = lightgbm.Dataset(np.vstack(rows), np.array(labels, float), weight=np.array(weights))
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def joined(columns: list[Column], more: list[Column]) -> np.ndarray:
    """Signals of the first pass and, if there are any, of a later one, as a matrix (blocks × signals)."""
    return np.array([*columns, *more], dtype=np.float64).T


def out_of_fold(pages: Sequence[Page], extra: Sequence[list[Column]], folds: int) -> list[list[float]]:
    """The scores of every page by a model that has seen no page of its site."""
    sites = sorted({page.example.site for page in pages})
    random.Random(1).shuffle(sites)  # noqa: S311 - a partition, no secret
    fold_of = {site: index % folds for index, site in enumerate(sites)}
    scores: list[list[float]] = [[] for _ in pages]
    for fold in range(folds):
        inside = [index for index, page in enumerate(pages) if fold_of[page.example.site] != fold]
        model = fit([pages[index] for index in inside], [extra[index] for index in inside])
        for index, page in enumerate(pages):
            if fold_of[page.example.site] == fold:
                scores[index] = list(model.predict(joined(page.columns, extra[index]), raw_score=True))
    return scores


def tables(model: lightgbm.Booster, mean_rows: np.ndarray) -> dict[str, object]:
    """Sum stumps into one table a signal, each centred on what it adds on average (`mean_rows` is a sample)."""
    steps: dict[int, list[tuple[float, float, float]]] = {}
    bias = 0.0
    for tree in model.dump_model()["tree_info"]:
        root = tree["tree_structure"]
        if "leaf_value" in root:
            bias += root["leaf_value"]
            continue
        left, right = root["left_child"]["leaf_value"], root["right_child"]["leaf_value"]
        steps.setdefault(root["split_feature"], []).append((root["threshold"], left, right))
    made: dict[str, object] = {}
    for column in sorted(steps):
        cuts = sorted({cut for cut, _, _ in steps[column]})
        values = [sum(left if at <= cut else right for cut, left, right in steps[column]) for at in [*cuts, math.inf]]
        typical = float(np.mean([values[i] for i in np.searchsorted(cuts, mean_rows[:, column], side="left")]))
        bias += typical
        made[NAMES[column]] = [[float(f"{cut:.5g}") for cut in cuts], [round(value - typical, 3) for value in values]]
    return {"bias": round(bias, 4), "tables": made}


def train(pages: Sequence[Page], folds: int) -> tuple[list[dict[str, object]], list[list[float]]]:
    """Train every pass and print how well it does out of fold. Returns the passes and the last scores."""
    scores: list[list[float]] = []
    extra: list[list[Column]] = [[] for _ in pages]
    passes = []
    for number in range(PASSES):
        model = fit(pages, extra)
        sample = np.vstack([joined(page.columns, more) for page, more in zip(pages, extra, strict=True)])
        passes.append(tables(model, sample[:: max(1, len(sample) // 20000)]))
        scores = out_of_fold(pages, extra, folds)
        report(pages, scores, f"pass {number + 1}, out of fold")
        extra = [second(page.shape, one) for page, one in zip(pages, scores, strict=True)]
    return passes, scores


def report(pages: Sequence[Page], scores: Sequence[Sequence[float]], title: str) -> None:
    """Print F1 over shingles for each set, and each page type of a set."""
    found: dict[str, list[tuple[float, float]]] = {}
    for page, values in zip(pages, scores, strict=True):
        example = page.example
        text = "\n".join(block.text for block, value in zip(example.blocks.blocks, values, strict=True) if value > 0)
        found.setdefault(f"{example.dataset} {example.page_type}", []).append(overlap(text, example.gold))
    print(title)
    for name, pairs in sorted(found.items()):
        precision, recall = (sum(values) / len(pairs) for values in zip(*pairs, strict=True))
        f1 = 2 * precision * recall / (precision + recall or 1.0)
        print(f"  {name:40} n {len(pairs):5} f1 {f1:.4f} precision {precision:.3f} recall {recall:.3f}", flush=True)


def keep(pages: Sequence[Page], scores: Sequence[Sequence[float]], file: Path) -> None:
    """Write the out-of-fold texts, a JSON object a page, so that single pages can be looked at."""
    with file.open("w", encoding="utf-8") as out:
        for page, values in zip(pages, scores, strict=True):
            blocks = [
                [round(value, 2), block.text] for block, value in zip(page.example.blocks.blocks, values, strict=True)
            ]
            row = {"set": page.example.dataset, "id": page.example.key, "labels": page.example.labels, "blocks": blocks}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def overlap(text: str, gold: str) -> tuple[float, float]:
    """Precision and recall of a text's shingles."""
    mine, theirs = Counter(shingles(tokens(text))), Counter(shingles(tokens(gold)))
    both = sum((mine & theirs).values())
    return both / (sum(mine.values()) or 1), both / (sum(theirs.values()) or 1)


def main() -> None:
    """Read the sets below --data, train both models, write the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="a directory of labelled sets")
    arguments.add_argument("--output", type=Path, default=Path("src/newsclean/label/model.json"))
    arguments.add_argument("--folds", type=int, default=5)
    arguments.add_argument("--only", choices=("html", "text"), help="train one of the two models, keep the other")
    arguments.add_argument("--leave-out", nargs="*", default=[], help="names of sets that are not trained on")
    arguments.add_argument("--limit", type=int, help="read so many pages of each set at most, for a quick try")
    arguments.add_argument("--scores", type=Path, help="a directory for the out-of-fold scores of every block")
    chosen = arguments.parse_args()
    sets = [
        one
        for one in sorted(chosen.data.iterdir())
        if (one / "index.jsonl").exists() and one.name not in chosen.leave_out
    ]
    model = json.loads(chosen.output.read_text("utf-8")) if chosen.output.exists() else {}
    for name in ("html", "text"):
        if chosen.only in (None, name):
            wanted = [one for one in sets if is_dump(one) == (name == "text")]
            pages = read_pages(wanted, chosen.limit)
            model[name], scores = train(pages, chosen.folds)
            if chosen.scores:
                keep(pages, scores, chosen.scores / f"{name}.jsonl")
    chosen.output.write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


def is_dump(directory: Path) -> bool:
    """Whether the pages of a set are text dumps."""
    return any(path.name.split(".")[1:2] == ["txt"] for path in (directory / "pages").iterdir())


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
