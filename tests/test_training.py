"""What the training library makes is what the package evaluates, and training runs from pages to a model that works."""

from __future__ import annotations

import importlib
import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.label.model import HOPELESS, Trees
from newsclean.label.signals import COLUMN, NAMES

ROOT = Path(__file__).resolve().parent.parent

VECTORS = json.loads((ROOT / "tests" / "vectors" / "trees.json").read_text("utf-8"))
"""A small model that LightGBM made, rows of signals, and the scores that LightGBM gives them."""

SETTINGS = ("水库", "渡口", "集市", "老街", "果园", "车站", "学校", "码头")
SUBJECTS = ("守林人", "摆渡的", "卖菜的", "修表匠", "邮递员", "老校长")
DEEDS = ("每天清早把门打开", "把账本一页页抄好", "说起三十年前的大水", "等最后一班船靠岸", "给孩子们讲从前的事")


def columns_of(rows: list[list[float]]) -> list[list[float]]:
    """The columns of a page with these rows of a few signals; all others are 0."""
    columns = [[0.0] * len(rows) for _ in NAMES]
    for number, name in enumerate(VECTORS["names"]):
        columns[COLUMN[name]] = [float(row[number]) for row in rows]
    return columns


def run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a training script."""
    command = [sys.executable, str(ROOT / "training" / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_trees_score_as_the_library_that_made_them() -> None:
    model, columns = Trees(VECTORS["model"]), columns_of(VECTORS["rows"])
    compared = 0
    for place, expected in enumerate(VECTORS["scores"]):
        found = model.score(columns, place)
        if found >= HOPELESS:  # else not all trees were asked
            compared += 1
            assert found == pytest.approx(expected, abs=0.002)  # values are kept to four decimals
        else:
            assert expected < 0.0
    assert compared >= 5


def test_what_signals_add_makes_up_the_score() -> None:
    model, columns = Trees(VECTORS["model"]), columns_of(VECTORS["rows"])
    start = sum(root.value for root in model.roots)
    for place, expected in enumerate(VECTORS["scores"]):
        added = sum(weight for _, _, weight in model.additions((columns, place)))
        assert start + added == pytest.approx(expected, abs=0.002)


def paragraph(chance: random.Random) -> str:
    """A made-up paragraph."""
    return (
        "".join(f"{chance.choice(SETTINGS)}边的{chance.choice(SUBJECTS)}{chance.choice(DEEDS)}，" for _ in range(5))
        + "。"
    )


def write_set(directory: Path, count: int, *, dump: bool) -> None:
    """A small labelled set of made-up pages, or of their dumps."""
    chance = random.Random(3)  # noqa: S311 - made-up pages, no secret
    for part in ("pages", "gold"):
        (directory / part).mkdir(parents=True)
    rows = []
    for number in range(count):
        body = [paragraph(chance) for _ in range(4)]
        menu = [f"{chance.choice(SETTINGS)}频道" for _ in range(12)]
        links = "".join(f"<li><a href=/{name}>{name}</a>" for name in menu)
        html = f"<ul>{links}</ul><div class=a>{''.join(f'<p>{text}' for text in body)}</div><ul>{links}</ul>"
        text = "\n".join([*menu, "", *body, "", *menu])
        (directory / "pages" / f"{number}.{'txt' if dump else 'html'}").write_text(text if dump else html, "utf-8")
        (directory / "gold" / f"{number}.txt").write_text("\n".join(body), "utf-8")
        rows.append(json.dumps({"id": str(number), "type": "article", "lang": "zh", "site": f"site{number % 6}"}))
    (directory / "index.jsonl").write_text("\n".join(rows) + "\n", "utf-8")


@pytest.mark.slow
def test_training_makes_a_model_that_tells_text_from_menus(tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    write_set(tmp_path / "data" / "pages", 48, dump=False)
    write_set(tmp_path / "data" / "dumps", 48, dump=True)
    made = tmp_path / "model.json"
    done = run("fit.py", "--data", tmp_path / "data", "--output", made, "--folds", "3", "--second-opinion")
    assert done.returncode == 0, done.stderr
    assert len(re.findall("^pages without their article: n [1-9]", done.stdout, re.MULTILINE)) == 2
    figures = dict(re.findall(r"^(\w+) +n +48  f1 ([0-9.]+)", done.stdout, re.MULTILINE))
    assert set(figures) == {"pages", "dumps"}
    assert min(map(float, figures.values())) > 0.9
    sure = re.findall(r"^articles with confidence >= 0.9: n (\d+),", done.stdout, re.MULTILINE)
    assert [int(number) > 24 for number in sure] == [True, True]
    for data in json.loads(made.read_text("utf-8")).values():
        assert Trees(data).roots


def test_the_vectors_are_made_as_they_stand(tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    made = tmp_path / "trees.json"
    done = run("vectors.py", "--output", made)
    assert done.returncode == 0, done.stderr
    again = json.loads(made.read_text("utf-8"))
    assert {name: again[name] for name in ("names", "rows")} == {name: VECTORS[name] for name in ("names", "rows")}
    assert again["scores"] == pytest.approx(VECTORS["scores"], abs=0.5)  # other versions may grow other trees


def test_a_page_without_its_article_keeps_the_rest(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.syspath_prepend(ROOT / "training")
    write_set(tmp_path / "pages", 1, dump=False)
    labels, negatives = importlib.import_module("labels"), importlib.import_module("negatives")
    (whole,) = labels.examples(tmp_path / "pages")
    empty = negatives.without_article(whole, random.Random(1))  # noqa: S311 - a sample, no secret
    assert [block.text for block in empty.blocks.blocks] == [
        block.text for block, body in zip(whole.blocks.blocks, whole.labels, strict=True) if not body
    ]
    assert (len(empty.labels), any(empty.labels), empty.gold) == (24, False, "")
