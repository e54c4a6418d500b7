"""The benchmark that reads Markdown back must see a difference where there is one."""

from __future__ import annotations

import gzip
import importlib
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from newsclean import clean

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"

BODY = """\
龙泉镇的老桥昨天重新开放。修桥的工匠一共用了九个月，换下了四十二根横梁。
镇上的人说，桥比从前*更稳*，也更好看。孩子们放学以后都跑到桥上，数新换的石板。
老桥建于清代，三十年前被洪水冲坏过一次，后来只许行人通过，车辆要绕行六公里。"""

PAGE = f"<html><body><article><h1>老桥开放</h1><p>{'<p>'.join(BODY.splitlines())}</article></body></html>"


@pytest.fixture
def roundtrip(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("roundtrip")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two sets of pages, and one of dumps."""
    for name, ending in (("bridges", "html.gz"), ("towers", "htm"), ("dumps", "txt")):
        (tmp_path / name / "pages").mkdir(parents=True)
        rows = [{"id": f"{name}-{number}"} for number in range(8)]
        (tmp_path / name / "index.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        for row in rows:
            page = tmp_path / name / "pages" / f"{row['id']}.{ending}"
            page.write_bytes(gzip.compress(PAGE.encode()) if ending.endswith("gz") else PAGE.encode())
    return tmp_path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(BENCHMARKS / "roundtrip.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_pages_that_read_back_as_they_are_pass(data: Path) -> None:
    ended = run("--data", data, "--sample", "3")
    assert (ended.returncode, ended.stdout) == (0, "3 pages, 0 with a difference\n"), ended.stderr


def test_no_pages_are_an_error(data: Path) -> None:
    assert run("--data", data, "--sets", "dumps").returncode == 1


def test_a_sample_is_the_same_each_time_and_of_all_sets(data: Path, roundtrip: ModuleType) -> None:
    found = roundtrip.pages(data, None)
    chosen = roundtrip.sample(found, 8)
    assert len(found) == 16
    assert len(chosen) == 8
    assert chosen == roundtrip.sample(found[::-1], 8)
    assert {page.dataset for page in chosen} == {"bridges", "towers"}
    assert roundtrip.sample(found, None) == found


@pytest.mark.parametrize(
    ("right", "wrong", "what"),
    [
        (r"\*更稳\*", "*更稳*", "whole"),
        ("四十二根", "四十二*根*根", "whole"),
        ("# 老桥开放\n", "# 老桥\n", "whole"),
        ("六公里。", "六公里。<br>", "whole"),
        ("六公里。", "六公里。\n\n<div>", "whole"),
    ],
)
def test_markdown_that_says_something_else_is_found(right: str, wrong: str, what: str, roundtrip: ModuleType) -> None:
    article = clean(PAGE.encode())
    assert right in article.markdown
    assert [*roundtrip.differences(article)] == []
    (found,) = roundtrip.differences(replace(article, markdown=article.markdown.replace(right, wrong)))
    assert found.what == what


def test_a_body_that_says_something_else_is_found(roundtrip: ModuleType) -> None:
    article = clean(PAGE.encode())
    (found,) = roundtrip.differences(replace(article, text=article.text.replace("六公里", "八公里")))
    assert found.what == "body"
    assert "绕 行 八 公 里" in found.wanted
    assert "绕 行 六 公 里" in found.read
