"""What the documents say is so: options, examples, links, and the two languages of the README."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from newsclean import cli

ROOT = Path(__file__).resolve().parent.parent

README, CHINESE, USAGE = ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "docs" / "usage.md"

DOCUMENTS = sorted([README, CHINESE, *(ROOT / "docs").glob("**/*.md")])

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


def parameters() -> list[str]:
    return sorted(name for parameter in cli.main.params for name in parameter.opts if name.startswith("-"))


def slug(heading: str) -> str:
    """The anchor that a heading gets on a forge."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("option", [*parameters(), "-h", "--help"])
def test_every_option_is_documented(option: str) -> None:
    assert re.search(rf"`{option}\b", read(USAGE))


def test_every_documented_option_exists() -> None:
    named = set(re.findall(r"`(--?[a-z][a-z-]*)", read(USAGE)))
    assert named - set(parameters()) - {"-h", "--help"} == set()


@pytest.mark.skipif(BASH is None, reason="the examples are written for a POSIX shell")
@pytest.mark.parametrize("example", own_examples(read(README)), ids=lambda example: example.command)
def test_an_example_of_the_readme_gives_what_it_shows(example: Example) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(
        [BASH or "", "-c", example.command],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.stdout.decode("utf-8") == example.shown


def test_the_readme_has_examples() -> None:
    assert own_examples(read(README))
    assert all(shlex.split(each.command) for each in own_examples(read(README)))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(CODE.sub("", FENCE.sub("", read(document)))):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", link):
            continue
        path = (document.parent / target).resolve() if target else document
        assert path.exists(), link
        if anchor and path.suffix == ".md":
            assert anchor in {slug(line.lstrip("#")) for line in read(path).splitlines() if line.startswith("#")}, link


def test_both_readmes_have_the_same_sections_and_code() -> None:
    english, chinese = read(README), read(CHINESE)
    depth = [
        [len(line) - len(line.lstrip("#")) for line in FENCE.sub("", text).splitlines() if line.startswith("#")]
        for text in (english, chinese)
    ]
    assert depth[0] == depth[1]
    assert blocks(english) == blocks(chinese)
