"""The library as others use it: what it offers, what its types say, the shape of what it gives, and no leaks."""

from __future__ import annotations

import gzip
import io
import json
import pydoc
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import newsclean
import saved
from newsclean import cli
from newsclean.batch import outcomes

ROOT = Path(__file__).resolve().parent.parent

SAMPLES = sorted(ROOT.glob("samples/*/source.*"))

USER = """
from pathlib import Path

import newsclean
from newsclean import Article, Image, Metadata, NewscleanError, clean


def row(path: Path) -> tuple[str | None, str | None, int]:
    try:
        article = clean(path.read_bytes(), name=str(path))
    except NewscleanError as error:
        return str(error), None, 0
    return article.title, article.metadata.date, len(article.text)


def addresses(article: Article) -> list[str]:
    images: tuple[Image, ...] = article.metadata.images
    return [image.src for image in images]


def people(metadata: Metadata) -> str:
    return ", ".join(metadata.authors + metadata.editors)


version: str = newsclean.__version__
"""
"""What somebody writes who uses the package."""

MISUSE = """
import newsclean
newsclean.claen(b"")
newsclean.clean(data=1)
length: int = newsclean.clean("").title
"""
"""A line each that is wrong, below the first."""

LOOP = """
import gc, resource, sys, tracemalloc
from pathlib import Path
from newsclean import clean

pages = [Path(name).read_bytes() for name in sys.argv[2:]]

def rounds(number):
    for index in range(number):
        clean(pages[index % len(pages)], name=str(index))
    gc.collect()

def held():
    fields = Path("/proc/self/status").read_text().split("VmRSS:")[1].split()
    return int(fields[0])

number = int(sys.argv[1])
rounds(number // 10)
before = held()
rounds(number)
resident = held() - before
tracemalloc.start()
rounds(len(pages))
first, _ = tracemalloc.get_traced_memory()
rounds(len(pages) * 20)
print(resident, tracemalloc.get_traced_memory()[0] - first)
"""
"""Cleans so many pages, and prints by how many kB the process and by how many bytes Python's objects have grown."""


def schema() -> dict[str, Any]:
    value = json.loads(files("newsclean").joinpath("article.schema.json").read_text("utf-8"))
    assert isinstance(value, dict)
    return value


def described(part: dict[str, Any]) -> Iterator[bool]:
    """Whether each property of a schema is described, at whatever depth it stands."""
    for value in part.get("properties", {}).values():
        yield bool(value.get("description"))
        yield from described(value.get("items", value))


def run(*args: str | Path) -> str:
    return CliRunner().invoke(cli.main, list(map(str, args))).stdout


# --- what is offered -------------------------------------------------------------------------------------------------


def test_all_that_is_offered_is_there_and_documented() -> None:
    assert all(getattr(newsclean, name).__doc__ for name in newsclean.__all__)
    assert set(newsclean.__all__) <= set(dir(newsclean))


def test_help_tells_every_argument_and_field() -> None:
    shown = io.StringIO()
    pydoc.Helper(output=shown)(newsclean)
    text = shown.getvalue()
    names = [*signature(newsclean.clean).parameters]
    for kind in (newsclean.Article, newsclean.Metadata):
        names += kind.__dataclass_fields__
    assert [name for name in (*names, *newsclean.Image._fields) if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    "form",
    [saved.chrome, saved.webarchive, gzip.compress, lambda page: saved.zipped({"a/page.html": page}), memoryview],
)
def test_a_page_is_read_in_whatever_form_it_was_saved(form: Any) -> None:
    page = (ROOT / "samples/english-news/source.html").read_bytes()
    plain, read = newsclean.clean(page), newsclean.clean(form(page), name="x")
    assert read.text == plain.text != ""
    assert read.input == "x"
    if form in {saved.chrome, saved.webarchive}:
        assert newsclean.clean(form(page.replace(b"canonical", b"no"))).metadata.url is not None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (saved.zipped({"a.html": b"<p>a", "b.html": b"<p>b"}), "several pages"),
        (gzip.compress(b"<p>" * 9)[:20], "gzip"),
        (b"%PDF-1.7\n", "this is a PDF"),
        ("saved/page.html", "the name of a file"),
        ("See page.html", "no article found"),
    ],
    ids=["archive", "broken", "foreign", "path", "text"],
)
def test_what_is_no_page_is_told_in_a_warning(data: bytes | str, said: str) -> None:
    article = newsclean.clean(data)
    assert (article.text, len(article.warnings)) == ("", 1)
    assert said in article.warnings[0]


def test_an_article_and_its_labels_show_short_on_a_prompt() -> None:
    article = newsclean.clean((ROOT / "samples/english-news/source.html").read_bytes())
    title, characters = str(article.title), f"{len(article.text):,}"
    assert repr(article) == f"<Article {title[:40]!r}, {characters} characters, confidence {article.confidence:.2f}>"
    assert all(len(repr(label)) < 200 for label in article.labels)
    assert repr(newsclean.clean("")) == "<Article without a title, 0 characters, confidence 0.00>"


@pytest.mark.slow
def test_the_types_stand_a_strict_check_of_those_who_use_them(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    for name, text in (("user.py", USER), ("misuse.py", MISUSE)):
        (tmp_path / name).write_text(text, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--config-file=", "user.py", "misuse.py"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    wrong = [line.partition(": ")[0] for line in done.stdout.splitlines() if " error: " in line]
    assert wrong == ["misuse.py:3", "misuse.py:4", "misuse.py:5"], done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs to know what a process holds")
def test_ten_thousand_pages_leave_nothing_behind() -> None:
    done = subprocess.run([sys.executable, "-c", LOOP, "10000", *SAMPLES], capture_output=True, text=True, check=True)
    resident, traced = map(int, done.stdout.split())
    assert resident < 4_000  # kB: 0.4 a page would be a leak of less than any page
    assert (
        traced < 60_000
    )  # bytes, of some 260 pages: free lists fill, and one article takes more than a hundred a page


# --- the shape of the output -----------------------------------------------------------------------------------------


def test_the_schema_is_valid_and_describes_every_key_in_the_order_of_the_output() -> None:
    Draft202012Validator.check_schema(schema())
    assert all(described(schema()))
    assert all(described(schema()["$defs"]["failure"]))
    assert list(schema()["properties"]) == schema()["required"] == list(newsclean.clean("").to_dict())


def test_the_schema_is_printed() -> None:
    assert json.loads(run("--schema")) == schema()


def test_what_is_written_of_the_samples_is_as_the_schema_says() -> None:
    check = Draft202012Validator(schema())
    lines = [json.loads(line) for line in run(*SAMPLES, "-f", "jsonl").splitlines()]
    assert len(lines) > 10
    for record in [*lines, *json.loads(run(*SAMPLES, "-f", "json")), json.loads(run(SAMPLES[0], "-f", "json"))]:
        check.validate(record)


def test_the_schema_takes_nothing_else() -> None:
    record = newsclean.clean("").to_dict()
    check = Draft202012Validator(schema())
    changes: list[dict[str, object]] = [{"confidence": 2}, {"authors": None}, {"more": 1}, {"date": "3 March 2024"}]
    for change in changes:
        assert not check.is_valid({**record, **change})
    assert not check.is_valid({key: value for key, value in record.items() if key != "url"})


def test_failures_are_as_the_schema_says(tmp_path: Path) -> None:
    inputs = {"empty.html": b"", "image.html": b"\x89PNG\r\n\x1a\n", "noise.txt": gzip.compress(bytes(range(256)) * 20)}
    for name, data in inputs.items():
        (tmp_path / name).write_bytes(data)
    run(*[tmp_path / name for name in inputs], tmp_path / "missing.html", "-d", tmp_path / "out")
    lines = (tmp_path / "out" / "newsclean-failures.jsonl").read_text("utf-8").splitlines()
    check = Draft202012Validator(schema()["$defs"]["failure"])
    for line in lines:
        check.validate(json.loads(line))
    kinds = {outcomes.NO_ARTICLE, outcomes.UNDECODABLE, outcomes.TIMEOUT, outcomes.CRASH, outcomes.UNREADABLE}
    assert (len(lines), set(schema()["$defs"]["failure"]["properties"]["kind"]["enum"])) == (4, kinds)
