"""Whether the Markdown of saved pages, read by a CommonMark parser, says what their text says, token by token.

    python benchmarks/roundtrip.py --data DIR [--sets a,b] [--sample N]

DIR holds labelled sets of pages, as for `peers.py`; no gold text is asked for. Two things are compared on each page:
the Markdown of its body, without headline, images and captions, with `text`; and all of `markdown` with the headline
and all blocks that are shown. A token is a CJK character, any other run of word characters, or any other sign that is
seen, so a stray asterisk or backslash counts as much as a lost word. With `--sample`, N pages are taken, the same each
time.

Prints the pages that differ, with the first place where they do, and how many there were. Exits with 1 if any did.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsclean import clean
from newsclean.models import BODY_ROLES, Article, Style
from newsclean.render import markdown

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))

from sets import content, files, holds_html, index

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""CommonMark with what newsclean takes from GFM."""

TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\w\s]")
"""A CJK character, a run of other word characters, or a sign."""

WORDS = frozenset({"text", "text_special", "code_inline", "code_block", "fence", "html_block"})
"""The leaves of a parsed document that a reader sees as text; HTML that we did not mean to write is seen, too."""

RAISED = frozenset({"<sub>", "</sub>", "<sup>", "</sup>"})
"""The HTML that is written on purpose."""

BODY = Style(images=False)

AROUND = 8
"""So many tokens are printed from the first that differs."""


class Page(NamedTuple):
    """A page of a set, by its file."""

    dataset: str
    key: str
    file: Path


class Difference(NamedTuple):
    """Where a text that is read back first differs: the tokens from there on that were wanted, and that were read."""

    what: str
    wanted: str
    read: str


def pages(data: Path, names: Sequence[str] | None) -> list[Page]:
    """The pages of all sets of HTML pages, or of those that are named."""
    sets = [one for one in sorted(data.iterdir()) if holds_html(one) and one.name in (names or [one.name])]
    found = [(one.name, files(one), row["id"]) for one in sets for row in index(one)]
    return [Page(name, key, paths[key]) for name, paths, key in found]


def sample(found: Sequence[Page], size: int | None) -> list[Page]:
    """So many of the pages, chosen by what their names hash to: the same on every run, and of all sets alike."""
    if size is None:
        return list(found)
    return sorted(sorted(found, key=lambda page: sha256(f"{page.dataset}/{page.key}".encode()).digest())[:size])


def tokens(text: str) -> list[str]:
    """The tokens of a text."""
    return TOKEN.findall(text)


def read_back(source: str) -> str:
    """The text that a reader of a Markdown document sees, its blocks and cells parted by newlines."""
    return "\n".join("".join(words(block.children or [block])) for block in PARSER.parse(source))


def words(leaves: Iterable[Token]) -> Iterator[str]:
    """The text of the leaves of a block."""
    for leaf in leaves:
        if leaf.type in WORDS or (leaf.type == "html_inline" and leaf.content not in RAISED):
            yield leaf.content
        elif leaf.type in {"softbreak", "hardbreak"}:
            yield "\n"


def differences(article: Article) -> Iterator[Difference]:
    """Where the Markdown of an article says something else than its text."""
    body = tuple(one for one in article.content if one.role in BODY_ROLES)
    shown = "\n".join([article.title or "", *(one.block.text for one in article.content)])
    for what, source, text in (
        ("body", markdown.body(body, BODY), article.text),
        ("whole", article.markdown, shown if article.content else ""),
    ):
        wanted, read = tokens(text), tokens(read_back(source))
        if wanted != read:
            at = next(i for i, (one, other) in enumerate(zip_longest(wanted, read)) if one != other)
            start, end = max(0, at - AROUND), at + AROUND
            yield Difference(what, " ".join(wanted[start:end]), " ".join(read[start:end]))


def options() -> argparse.Namespace:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True, help="a directory of labelled sets")
    arguments.add_argument("--sets", type=partial(str.split, sep=","), help="names, with commas (default: all of HTML)")
    arguments.add_argument("--sample", type=int, metavar="N", help="look at N pages only, always the same")
    return arguments.parse_args()


def main() -> None:
    """Compare page by page, print what differs."""
    chosen = options()
    found = sample(pages(chosen.data, chosen.sets), chosen.sample)
    if not found:
        sys.exit(f"{chosen.data}: no labelled set of HTML pages is there, or none of these names")
    wrong = 0
    for page in found:
        differing = list(differences(clean(content(page.file))))
        wrong += bool(differing)
        for one in differing:
            print(
                f"{page.dataset}/{page.key} ({one.what})\n  text      {one.wanted}\n  Markdown  {one.read}", flush=True
            )
    print(f"{len(found)} pages, {wrong} with a difference")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
