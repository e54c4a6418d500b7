"""The site of the documents: its list of contents and its pictures keep up with what is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import newsclean

ROOT = Path(__file__).resolve().parent.parent

DOCS = ROOT / "docs"

INDEX = (DOCS / "index.md").read_text("utf-8")


def links(text: str) -> set[str]:
    return set(re.findall(r"\]\(([^)\s#]+)\)", text))


def test_the_index_leads_to_every_page() -> None:
    pages = {path.name for path in (*DOCS.glob("*.md"), *DOCS.glob("*.rst"))} - {"index.md"}
    assert pages - links(INDEX) == set()


def test_the_architecture_has_a_row_for_each_room_and_package() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    package = ROOT / "src" / "newsclean"
    named = {f"{path.name}/" for path in package.iterdir() if path.is_dir() and path.name != "__pycache__"}
    named |= {path.name for path in package.glob("*.py")} - {"__init__.py", "__main__.py"}
    assert {name for name in named if f"`{name}" not in text} == set()


def test_what_the_architecture_says_is_where_it_says() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    table = text.partition("## Where is what\n")[2].partition("\n## ")[0]
    places = re.findall(r"`([\w/]+\.(?:py|json|toml|sh))`", table)
    assert len(places) > 20
    roots = (ROOT / "src" / "newsclean", ROOT)
    assert [place for place in places if not any((root / place).exists() for root in roots)] == []


ROOMS = "import rooms; assert rooms.PICTURE.read_text('utf-8') == rooms.picture(), 'run python docs/rooms.py'"

TERMINAL = """
import pictures as p
was = p.TERMINAL.read_text("utf-8")
now = p.drawn(p.EXPLAINED, p.printed(p.EXPLAINED))
shown = [[match["chars"] for match in p.TEXT.finditer(each)] for each in (was, now)]
assert shown[0] and shown[0] == shown[1], "run python docs/pictures.py"
"""


@pytest.mark.parametrize(
    "code",
    [ROOMS, pytest.param(TERMINAL, marks=pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal"))],
)
def test_a_picture_shows_what_is_there(code: str) -> None:
    env = {**os.environ, "PYTHONPATH": str(Path(newsclean.__file__).resolve().parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], cwd=DOCS, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("word", ["http:", "https:", "<script", "@import"])
def test_the_picture_loads_nothing(word: str) -> None:
    drawn = (DOCS / "images" / "rooms.svg").read_text("utf-8")
    assert word not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")
