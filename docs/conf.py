"""The documents as a site: `python -m sphinx -W --keep-going -c docs . build/site`, from the top of the repository.

The sources are the documents of the repository where they stand, so a link that leads somewhere there leads there in
the site too. `docs/index.md` is the one list of contents: the side bar is made from its links. The site loads nothing
from other hosts, and its search works from files.
"""

from __future__ import annotations

import logging
import posixpath
import re
from pathlib import Path

import jieba
import tomllib
from sphinx.application import Sphinx
from sphinx.search.zh import SearchChinese

PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8"))["project"]

project = PROJECT["name"]
release = version = PROJECT["version"]
html_title = f"{project} {release}"

root_doc = "docs/index"
include_patterns = [
    "*.md",
    "docs/**.md",
    "docs/**.rst",
    "samples/**README.md",
    "benchmarks/README.md",
    "fuzz/README.md",
]
extensions = ["myst_parser", "sphinx.ext.autodoc"]
myst_heading_anchors = 6
default_role = "code"  # in docstrings, one pair of backticks is code
autodoc_member_order = "bysource"
highlight_language = "none"

html_theme = "furo"
templates_path = ["templates"]
html_additional_pages = {"index": "index.html"}
html_search_language = "zh"  # Chinese words and English ones
html_copy_source = False
html_show_copyright = False

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s#:]+\.(?:md|rst))\)")


class Chinese(SearchChinese):
    """Search for Chinese and English words: jieba parts the words of a page, the browser those that are looked for."""

    language_name = (
        "English"  # what the stemmer is called that Chinese shares; Sphinx 9.0 asks for one that is not there
    )
    js_splitter_code = """
var splitQuery = (query) =>
  [...new Intl.Segmenter("zh", {granularity: "word"}).segment(query)]
    .filter((part) => part.isWordLike)
    .map((part) => part.segment);
"""


def listed(section: str) -> str:
    """The hidden table of contents of a section of the index: its heading, then what it links to."""
    title, _, text = section.partition("\n")
    pages = [f"{said} </{posixpath.normpath(f'docs/{target}')}>" for said, target in LINK.findall(text)]
    return "\n".join(["```{toctree}", ":hidden:", f":caption: {title}", "", *pages, "```", ""])


def contents(_: Sphinx, document: str, source: list[str]) -> None:
    """Add to the index, and to the list of samples, what Sphinx needs to know of the pages that they link to."""
    if document == root_doc:
        sections = [text.strip() for text in re.split(r"^## ", source[0], flags=re.MULTILINE)[1:]]
        source[0] += "\n" + "\n".join(map(listed, sections))
    elif document == "samples/README":
        source[0] = re.sub(r"\]\(([\w-]+)\)", r"](\1/README.md)", source[0])  # a folder has a page of that name
        source[0] += "\n```{toctree}\n:hidden:\n:glob:\n\n*/README\n```\n"


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.connect("source-read", contents)
    app.add_search_language(Chinese)
    jieba.setLogLevel(logging.WARNING)
