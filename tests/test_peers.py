from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

PEERS = Path(__file__).resolve().parent.parent / "benchmarks" / "peers.py"

BODY = """\
龙泉镇的老桥昨天重新开放。修桥的工匠一共用了九个月，换下了四十二根横梁。
镇上的人说，桥比从前更稳，也更好看。孩子们放学以后都跑到桥上，数新换的石板。
老桥建于清代，三十年前被洪水冲坏过一次，后来只许行人通过，车辆要绕行六公里。
负责工程的陈师傅说，旧石板能用的都留下了，新石板取自同一座山，颜色要过几年才会一样。
从下个月起，小型车辆也可以通过，桥头会有人看守，雨季水位过高时桥要关闭。"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two labelled sets: one of two pages, the second of them without an article, and one of a text dump."""
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    article = f"<html><body><article><h1>老桥开放</h1>{paragraphs}</article></body></html>"
    write(tmp_path / "bridges", {"open": article, "blank": "<html><body></body></html>"}, "html")
    write(tmp_path / "dumps", {"open": BODY}, "txt")
    return tmp_path


def write(directory: Path, pages: dict[str, str], ending: str) -> None:
    (directory / "pages").mkdir(parents=True)
    (directory / "gold").mkdir()
    types = ("article", "listing")
    rows = [{"id": key, "type": kind, "lang": "zh"} for key, kind in zip(pages, types, strict=False)]
    (directory / "index.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for key, page in pages.items():
        (directory / "pages" / f"{key}.{ending}.gz").write_bytes(gzip.compress(page.encode()))
        (directory / "gold" / f"{key}.txt").write_text(BODY, "utf-8")


def done(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PEERS), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def run(*arguments: str | Path) -> list[str]:
    ended = done(*arguments)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def kept(file: Path, extractor: str, key: str, figure: float) -> None:
    row = {"extractor": extractor, "set": "bridges", "id": key, "precision": figure, "recall": figure, "exact": False}
    with file.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(row) + "\n")


def test_a_table_joins_what_is_measured_with_what_was_kept(data: Path, tmp_path: Path) -> None:
    keep = tmp_path / "figures.jsonl"
    kept(keep, "gne", "open", 0.5)
    kept(keep, "gne", "blank", 0.25)
    lines = run("--data", data, "--extractors", "newsclean,gne", "--keep", keep)
    assert lines[0] == "| F1 | pages | newsclean | gne |"
    assert "| bridges | 2 | 0.500 | 0.375 |" in lines
    assert "| bridges article | 1 | 1.000 | 0.500 |" in lines
    assert not any("dumps" in line for line in lines)
    assert len(keep.read_text("utf-8").splitlines()) == 4


def test_what_is_known_is_measured_again_only_when_asked(data: Path, tmp_path: Path) -> None:
    keep = tmp_path / "figures.jsonl"
    kept(keep, "newsclean", "open", 0.5)
    asked = ("--data", data, "--extractors", "newsclean", "--keep", keep)
    assert "| bridges article | 1 | 0.500 |" in run(*asked)
    assert "| bridges article | 1 | 1.000 |" in run(*asked, "--again", "newsclean")


def test_pages_without_figures_of_the_training_count_as_empty(data: Path, tmp_path: Path) -> None:
    unseen, keep = tmp_path / "html.jsonl", tmp_path / "figures.jsonl"
    kept(unseen, "ignored", "open", 0.5)
    kept(keep, "newsclean", "open", 0.75)
    lines = run("--data", data, "--extractors", "newsclean", "--keep", keep, "--unseen", unseen)
    assert lines[0] == "| F1 | pages | newsclean, out of fold | newsclean |"
    assert "| bridges | 2 | 0.250 | 0.375 |" in lines


def test_an_id_may_hold_dots(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    pages = {"bridge.2021": f"<h1>老桥开放</h1>{paragraphs}", "bridge.2022": "<p></p>"}
    write(tmp_path / "bridges", pages, "html")
    assert "| bridges article | 1 | 1.000 |" in run("--data", tmp_path, "--extractors", "newsclean")


@pytest.mark.parametrize("sets", ["dumps", "bridge"])
def test_a_folder_without_sets_to_measure_is_an_error(data: Path, sets: str) -> None:
    ended = done("--data", data, "--sets", sets)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "no labelled set of HTML pages" in ended.stderr
