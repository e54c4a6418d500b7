"""Train the labeller's model from labelled sets and write it as data.

    python training/fit.py --data DIR [--output src/newsclean/label/model.json] [--folds 4] [--only html|text]

Boosted trees (LightGBM) are written as flat lists, all that the package evaluates. The printed figures are out of fold,
with folds that never part a site, and through the whole labeller (`report.py`). Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from labels import Example, examples
from negatives import without_article
from report import judge, lines, row
from sets import unpacked

from newsclean.label.model import Scored
from newsclean.label.shape import Shape
from newsclean.label.signals import COLUMN, NAMES, measure
from newsclean.models import Blocks, Kind
from newsclean.segment.elements import HIDDEN

PARAMETERS = {
    "objective": "binary",
    "num_leaves": 12,
    "min_data_in_leaf": 60,
    "lambda_l2": 5.0,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "max_bin": 63,
    "num_threads": 2,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
FIRST_ROUNDS = 15
RATE = 0.08
"""How many trees are the first, and how fast all others learn."""


class Schedule(NamedTuple):
    """How many trees there are, and how fast the first of them learn."""

    rounds: int
    first_rate: float


SCHEDULES = {"html": Schedule(185, 0.2), "text": Schedule(220, RATE)}
"""Most blocks of a page are hopeless: learned fast, they need not be asked all trees. Dumps would lose by haste."""

NEGATIVES = 0.1
"""Of this share of the pages there is a copy without its article."""

CHINESE_WEIGHT = 4.0
"""Chinese pages are few among the labelled ones and most among the users'."""

SITE_PAGES = 3.0
"""A site weighs no more than so many pages of sites with one page."""

HIDE_WORDS = 0.5
"""Of this share of the pages there is a second copy without class and id words, so that they stay weak evidence."""

EASY_SHARE = 0.25
"""Short links that are no body are most of a web page: so many of them are learned from, with more weight each."""

EASY_LINKS, EASY_UNITS = 0.9, 12.0
"""A block with so many links and so little text is a short link."""


class Page(NamedTuple):
    """A labelled page: its signals as a matrix (blocks × signals), the rows to learn from, and their weights."""

    example: Example
    rows: np.ndarray
    plain: np.ndarray | None
    """The signals without class words, of some pages."""
    used: np.ndarray
    weights: np.ndarray


def measured(blocks: Blocks, title: str | None) -> np.ndarray:
    """The signals of a page as a matrix, blocks × signals."""
    return np.array(measure(Shape(blocks), title), dtype=np.float32).T


def without_words(blocks: Blocks) -> Blocks:
    """The same page with the words of all containers taken off, but for those that hide it."""
    bare = tuple(box._replace(words=HIDDEN if HIDDEN in box.words else "") for box in blocks.containers)
    return blocks._replace(containers=bare)


def page_of(example: Example, weight: float, chance: random.Random) -> Page:
    """Measure a page; each block weighs by its length, each page about the same."""
    rows = measured(example.blocks, example.title)
    hide = len(example.blocks.containers) > 1 and chance.random() < HIDE_WORDS
    weights = weight / math.sqrt(len(rows)) * np.minimum(4.0, 0.3 + rows[:, COLUMN["units"]])
    labels = np.array(example.labels)
    easy = (rows[:, COLUMN["link share"]] > EASY_LINKS) & (rows[:, COLUMN["units"]] < math.log1p(EASY_UNITS)) & ~labels
    kinds = np.array([block.kind not in (Kind.IMAGE, Kind.RULE) for block in example.blocks.blocks])
    taken = np.array([chance.random() < EASY_SHARE for _ in easy])
    return Page(
        example,
        rows,
        measured(without_words(example.blocks), example.title) if hide else None,
        np.flatnonzero(kinds & (~easy | taken)),
        np.where(easy, weights / EASY_SHARE, weights),
    )


def weight_of(example: Example, per_site: Counter[tuple[str, str]]) -> float:
    """How much a page counts, so that no set, site or language drowns the others."""
    language = CHINESE_WEIGHT if example.language == "zh" else 1.0
    return language * min(1.0, SITE_PAGES / per_site[example.dataset, example.site])


def read_pages(directories: Sequence[Path], limit: int | None) -> list[Page]:
    """All pages of the sets that have blocks, at most `limit` of each set, and copies of some without their article."""
    chance = random.Random(1)  # noqa: S311 - a sample, no secret
    found = [one for directory in directories for one in islice(examples(directory), limit) if one.blocks.blocks]
    per_site = Counter((example.dataset, example.site) for example in found)
    empty = [without_article(one, chance) for one in found if chance.random() < NEGATIVES]
    return [page_of(one, weight_of(one, per_site), chance) for one in (*found, *empty) if one.blocks.blocks]


class Learner:
    """The pages as one data set, binned once; folds are subsets of it."""

    def __init__(self, pages: Sequence[Page], schedule: Schedule) -> None:
        self.schedule = schedule
        parts: list[np.ndarray] = []
        labels: list[np.ndarray] = []
        weights: list[np.ndarray] = []
        owners: list[np.ndarray] = []
        for number, page in enumerate(pages):
            for rows in filter(lambda one: one is not None, (page.rows, page.plain)):
                parts.append(rows[page.used])
                labels.append(np.array(page.example.labels, float)[page.used])
                weights.append(page.weights[page.used])
                owners.append(np.full(len(page.used), number))
        self.owners = np.concatenate(owners)
        self.data = lightgbm.Dataset(
            np.vstack(parts),
            np.concatenate(labels),
            weight=np.concatenate(weights),
            params={"max_bin": PARAMETERS["max_bin"], "feature_pre_filter": False, "verbose": -1},
        ).construct()

    def fit(self, chosen: np.ndarray) -> lightgbm.Booster:
        """Fit trees to the pages whose numbers are chosen (a mask)."""
        rounds, first = self.schedule
        rate = lightgbm.reset_parameter(learning_rate=lambda number: first if number < FIRST_ROUNDS else RATE)
        pages = self.data.subset(np.flatnonzero(chosen[self.owners]))
        return lightgbm.train(PARAMETERS, pages, rounds, callbacks=[rate])


def folds_of(pages: Sequence[Page], folds: int) -> np.ndarray:
    """The fold of each page; the pages of a site are in one."""
    sites = sorted({page.example.site for page in pages})
    random.Random(1).shuffle(sites)  # noqa: S311 - a partition, no secret
    fold_of = {site: index % folds for index, site in enumerate(sites)}
    return np.array([fold_of[page.example.site] for page in pages])


def out_of_fold(pages: Sequence[Page], learner: Learner, folds: int) -> list[np.ndarray]:
    """The scores of every page by a model that has seen no page of its site."""
    fold_of = folds_of(pages, folds)
    scores = [np.zeros(0) for _ in pages]
    for fold in range(folds):
        model = learner.fit(fold_of != fold)
        for index in np.flatnonzero(fold_of == fold):
            scores[index] = model.predict(pages[index].rows, raw_score=True)
    return scores


def report(pages: Sequence[Page], scores: Sequence[np.ndarray], data: Path | None, file: Path | None) -> None:
    """Print how good the labeller is by these scores; write each page's figures and verdicts to `file`."""
    judged = [
        judge(page.example, Scored(values.tolist(), page.rows.T.astype(float).tolist()), data)
        for page, values in zip(pages, scores, strict=True)
    ]
    print(*lines(judged), sep="\n", flush=True)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(row(page) + "\n" for page in judged), "utf-8")


def flat(model: lightgbm.Booster, names: Sequence[str] = NAMES) -> dict[str, Any]:
    """The trees as `newsclean.label.model.Trees` reads them; `names` are those of the columns that they were fitted to.

    The average score is in the first tree.
    """
    nodes: list[tuple[int, float, int, int, float]] = []
    roots = []
    for tree in model.dump_model()["tree_info"]:
        roots.append(len(nodes))
        nodes += laid_out(tree["tree_structure"], len(nodes))
    used = sorted({node[0] for node in nodes if node[0] >= 0})
    place = {signal: index for index, signal in enumerate(used)}
    return {
        "names": [names[signal] for signal in used],
        "roots": roots,
        "signal": [place.get(node[0], -1) for node in nodes],
        "limit": [float(f"{node[1]:.6g}") for node in nodes],
        "low": [node[2] for node in nodes],
        "high": [node[3] for node in nodes],
        "value": [round(node[4], 4) for node in nodes],
    }


def laid_out(tree: dict[str, Any], start: int) -> Iterator[tuple[int, float, int, int, float]]:
    """The nodes of a tree, in breadth, from place `start` on: signal, limit, low, high, value."""
    waiting, last = [tree], start
    for node in waiting:
        if "leaf_value" in node:
            yield -1, 0.0, 0, 0, node["leaf_value"]
            continue
        waiting += [node["left_child"], node["right_child"]]
        yield node["split_feature"], node["threshold"], last + 1, last + 2, node["internal_value"]
        last += 2


def train(learner: Learner, pages: Sequence[Page], folds: int, data: Path | None, file: Path | None) -> dict[str, Any]:
    """Print how well training does out of fold, then train on all pages. Returns the model as data."""
    if folds:
        report(pages, out_of_fold(pages, learner, folds), data, file)
    return flat(learner.fit(np.ones(len(pages), bool)))


def main() -> None:
    """Read the sets below --data, train both models, write the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="a directory of labelled sets")
    arguments.add_argument("--output", type=Path, default=Path("src/newsclean/label/model.json"))
    arguments.add_argument("--folds", type=int, default=4, help="0: do not measure")
    arguments.add_argument("--second-opinion", action="store_true", help="ask readability-lxml in doubt, as users do")
    arguments.add_argument("--only", choices=("html", "text"), help="train one of the two models, keep the other")
    arguments.add_argument("--leave-out", nargs="*", default=[], help="names of sets that are not trained on")
    arguments.add_argument("--limit", type=int, help="read so many pages of each set at most, for a quick try")
    arguments.add_argument("--scores", type=Path, help="a directory for each page's out-of-fold scores")
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
            file = chosen.scores / f"{name}.jsonl" if chosen.scores else None
            asked = chosen.data if chosen.second_opinion and name == "html" else None  # it reads no dumps
            pages = read_pages(wanted, chosen.limit)
            model[name] = train(Learner(pages, SCHEDULES[name]), pages, chosen.folds, asked, file)
    chosen.output.write_text(json.dumps(model, separators=(",", ":")) + "\n", "utf-8")


def is_dump(directory: Path) -> bool:
    """Whether the pages of a set are text dumps."""
    return any(path.suffix == ".txt" for path in map(unpacked, (directory / "pages").iterdir()))


if __name__ == "__main__":
    main()
