"""The sample pages: what `newsclean` makes of each is what its folder says, field by field and line by line."""

from __future__ import annotations

import difflib
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsclean import clean
from newsclean.models import Article, Style
from newsclean.render import FORMATS

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
FOLDERS = sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())
UNSAID = {"input", "confidence"}


def source(folder: str) -> Path:
    (path,) = (SAMPLES / folder).glob("source.*")
    return path


def expected(folder: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLES / folder / "expected.json").read_text("utf-8"))
    return data


def cleaned(folder: str) -> Article:
    return clean(source(folder).read_bytes())


@pytest.fixture(autouse=True)
def benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")


def diff(want: str, got: str) -> str:
    lines = difflib.unified_diff(want.splitlines(), got.splitlines(), "expected", "newsclean", n=1, lineterm="")
    return "\n".join(lines)


def run(folder: str, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsclean", *options, str(source(folder))]
    return subprocess.run(command, capture_output=True, check=False)


WITH_ARTICLE = [folder for folder in FOLDERS if expected(folder)["text"]]
WITHOUT_ARTICLE = sorted(set(FOLDERS) - set(WITH_ARTICLE))


def test_every_kind_of_page_is_there() -> None:
    assert len(WITH_ARTICLE) >= 10
    assert WITHOUT_ARTICLE
    assert {source(folder).suffix for folder in FOLDERS} == {".html", ".txt"}


@pytest.mark.parametrize("folder", WITH_ARTICLE)
def test_json(folder: str) -> None:
    article = cleaned(folder).to_dict()
    want = expected(folder)
    assert set(want) == set(article) - UNSAID
    wrong = {key: (value, article[key]) for key, value in want.items() if article[key] != value}
    report = [f"{key}:\n{diff(pretty(value), pretty(got))}" for key, (value, got) in wrong.items()]
    assert not report, "\n" + "\n".join(report)


def pretty(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("folder", WITH_ARTICLE)
def test_markdown(folder: str) -> None:
    want = (SAMPLES / folder / "expected.md").read_text("utf-8")
    got = FORMATS["md"].render(cleaned(folder), Style())
    assert got == want, "\n" + diff(want, got)


@pytest.mark.parametrize("folder", WITH_ARTICLE)
def test_markdown_parses_back_to_the_text(folder: str) -> None:
    roundtrip = importlib.import_module("roundtrip")
    assert [*roundtrip.differences(cleaned(folder))] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_command_line_prints_the_same_bytes(folder: str) -> None:
    result = run(folder)
    assert result.returncode == (0 if folder in WITH_ARTICLE else 1), result.stderr.decode()
    assert result.stdout == (SAMPLES / folder / "expected.md").read_bytes()
    assert result.stderr or folder in WITH_ARTICLE


@pytest.mark.parametrize("folder", WITHOUT_ARTICLE)
def test_page_without_an_article(folder: str) -> None:
    article = cleaned(folder)
    want = expected(folder)
    got = article.to_dict()
    assert {key: got[key] for key in want} == want
    assert article.warnings
    assert (SAMPLES / folder / "expected.md").read_bytes() == b""
