"""What the documents say is so: options, examples, links, and the two languages of the README."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

import pytest

import newsclean
from newsclean import cli

ROOT = Path(__file__).resolve().parent.parent

README, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"

USAGE, OPTIONS = ROOT / "docs" / "usage.md", ROOT / "docs" / "options.md"

BENCHMARKS = ROOT / "benchmarks" / "README.md"

UNSEEN = "newsclean, out of fold"

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md"), *(ROOT / "samples").glob("**/README.md"), BENCHMARKS]
)

BASH = shutil.which("bash")

FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)

CODE = re.compile(r"`[^`\n]*`")

LINK = re.compile(r"\]\(([^)\s]+)\)")


class Example(NamedTuple):
    command: str
    shown: str


def read(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a document: language and content."""
    return [(match[1], match[2]) for match in FENCE.finditer(text)]


def examples(text: str) -> list[Example]:
    """The commands in ```console blocks and what each is shown to print."""
    sessions = [content for language, content in blocks(text) if language == "console"]
    steps = [step for session in sessions for step in re.split(r"^\$ ", session, flags=re.MULTILINE) if step]
    return [Example(*step.partition("\n")[::2]) for step in steps]


def own_examples(text: str) -> list[Example]:
    return [each for each in examples(text) if re.search(r"(^|\| )newsclean ", each.command) and each.shown.strip()]


def spellings() -> list[str]:
    return [name for option in cli.main.params for name in (*option.opts, *option.secondary_opts)]


def slug(heading: str) -> str:
    """The anchor that a heading gets on a forge."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_what_is_made_of_the_options_and_the_schema_is_in_step() -> None:
    command = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("document", [USAGE, OPTIONS, README], ids=lambda path: path.name)
def test_every_option_that_is_named_exists(document: Path) -> None:
    named = set(re.findall(r"`(--?[a-z][a-z-]*)", read(document)))
    assert named - set(spellings()) == set()


def shown_by(command: list[str], directory: Path) -> str:
    """What a command prints in a directory, with this Python and its scripts first in the path."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        command,
        cwd=directory,
        env={**os.environ, "PATH": path, "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")


@pytest.mark.skipif(BASH is None, reason="the examples are written for a POSIX shell")
@pytest.mark.parametrize("example", own_examples(read(README)), ids=lambda example: example.command)
def test_an_example_of_the_readme_gives_what_it_shows(example: Example) -> None:
    assert shown_by([BASH or "", "-c", example.command], ROOT) == example.shown


def test_the_readme_has_examples() -> None:
    assert own_examples(read(README))
    assert all(shlex.split(each.command) for each in own_examples(read(README)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(CODE.sub("", FENCE.sub("", read(document)))):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        path = (document.parent / target).resolve() if target else document
        assert path.exists(), link
        if anchor and path.suffix == ".md":
            assert anchor in {slug(line.lstrip("#")) for line in read(path).splitlines() if line.startswith("#")}, link


def lacks(step: str) -> bool:
    """Tell whether an example needs a program or a package that is not installed here."""
    packages = re.findall(r"^import (\w+)", step, re.MULTILINE)
    return not all(map(find_spec, packages)) or (" jq " in step and shutil.which("jq") is None)


@pytest.mark.slow
@pytest.mark.skipif(BASH is None, reason="the recipes are written for a POSIX shell")
@pytest.mark.parametrize("name", ["quickstart.md", "recipes.md"])
def test_a_page_of_recipes_gives_what_it_shows(name: str, tmp_path: Path) -> None:
    """All commands and programs of the page, in turns, in one directory; what a program prints is the text below it."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    told = blocks(read(ROOT / "docs" / name))
    for (language, content), (following, printed) in zip(told, [*told[1:], ("", "")], strict=True):
        if language == "console":
            for step in examples(f"```console\n{content}```"):
                assert lacks(step.command) or shown_by([BASH or "", "-c", step.command], tmp_path) == step.shown, step
        elif language == "python" and following == "text" and not lacks(content):
            assert shown_by([sys.executable, "-c", content], tmp_path) == printed, content


def table(text: str, heading: str) -> list[list[str]]:
    """The cells of the table whose head holds `heading`, the head first."""
    lines = text.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("|") and heading in line)
    rows = takewhile(lambda line: line.startswith("|"), lines[start:])
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows if not line.startswith("|---")]


def measured() -> tuple[dict[str, dict[str, str]], list[str]]:
    """F1 as the benchmarks give it, by set and extractor, and the names of the other extractors."""
    head, *rows = table(read(BENCHMARKS), "| F1 |")
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}, head[4:]


SETS = ("zh-portals", "zh-modern", "zh-web", "zh-finance", "wcxb article", "magic-articles", "magic-forums")
"""The sets of the quality table of the README, row by row."""

PEERS = ("trafilatura", "readability-lxml", "newspaper4k", "magic-html", "gne")
"""The other extractors of that table, column by column."""


@pytest.mark.parametrize("document", [README, CHINESE], ids=lambda path: path.name)
def test_the_readme_repeats_the_figures_of_the_benchmarks(document: Path) -> None:
    figures, _ = measured()
    head, *rows = table(read(document), "newsclean")
    assert [name.lower().split()[0] for name in head[4:]] == list(PEERS)
    for dataset, row in zip(SETS, rows, strict=True):
        figure = figures[dataset]
        expected = [figure["pages"], figure[UNSEEN], figure["newsclean"], *(figure[peer] for peer in PEERS)]
        best = max(expected[1:2] + expected[3:])
        assert row[1:3] + [shown.strip("*") for shown in row[3:]] == expected, dataset
        assert [shown for shown in row[4:] if "*" in shown] == [f"**{best}**"] * (best != expected[1]), dataset


@pytest.mark.parametrize("document", [README, CHINESE], ids=lambda path: path.name)
def test_the_readme_says_by_how_much_others_are_ahead_on_all_types_of_pages(document: Path) -> None:
    figures, others = measured()
    ours, theirs = figures["wcxb"][UNSEEN], max(figures["wcxb"][other] for other in others)
    assert re.search(rf"\(WCXB[^)]*{ours}[^)]*{theirs}\)|（WCXB[^）]*{ours}[^）]*{theirs}）", read(document))


def test_the_others_are_counted_alike_everywhere() -> None:
    assert len(measured()[1]) - len(PEERS) == 6
    assert "Six more extractors" in read(README)
    assert "eleven other extractors" in read(BENCHMARKS)
    assert "另外六种工具" in read(CHINESE)


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if ">>> " in read(path)], ids=lambda path: path.name)
def test_the_examples_for_python_give_what_they_show(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(document), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted > 0) == (0, True)


def test_the_example_of_the_package_gives_what_it_shows() -> None:
    assert doctest.testmod(newsclean).failed == 0


COMMENT = re.compile(r" +# .*")
"""A remark behind a command, which is in the language of the document."""


def commands(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a document; those that are no sessions without their remarks."""
    return [(kind, code if kind == "console" else COMMENT.sub("", code)) for kind, code in blocks(text)]


def remarks(text: str) -> list[str]:
    """The remarks in the fenced blocks of a document that are no sessions."""
    return [remark for kind, code in blocks(text) if kind != "console" for remark in COMMENT.findall(code)]


def test_both_readmes_have_the_same_sections_and_code() -> None:
    english, chinese = read(README), read(CHINESE)
    depth = [
        [len(line) - len(line.lstrip("#")) for line in FENCE.sub("", text).splitlines() if line.startswith("#")]
        for text in (english, chinese)
    ]
    assert depth[0] == depth[1]
    assert commands(english) == commands(chinese)


def test_the_chinese_readme_remarks_on_the_same_commands_in_chinese() -> None:
    assert len(remarks(read(README))) == len(remarks(read(CHINESE))) > 10
    assert [remark for remark in remarks(read(CHINESE)) if not re.search(r"[\u4e00-\u9fff]", remark)] == []


def test_no_paragraph_of_the_chinese_readme_is_broken_within() -> None:
    """A line's end would be shown as a blank between two characters."""
    text = FENCE.sub("", read(CHINESE))
    starts = r"(?![-|#\n]|\d+\. |!?\[.*\]\(.*\)$)"
    assert re.findall(rf"^(?![|#\n]).+\n{starts}.+$", text, re.MULTILINE) == []
