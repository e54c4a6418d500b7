"""Writers: an `Article` in each format, by name. They know nothing of the input that it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from newsclean.models import Article, Style
from newsclean.render import jsonl, markdown, plain


class Format(NamedTuple):
    """One output format: the suffix of its files, and its writer, whose text is a whole file, newline at the end.

    `begin`, `between` and `end` stand around and between the articles of a stream that holds several; in an array (a
    format with `begin`) each article loses its last newline, which would stand before the comma.
    """

    suffix: str
    render: Callable[[Article, Style], str]
    begin: str = ""
    between: str = ""
    end: str = ""


def _html(article: Article, style: Style) -> str:
    from newsclean.render import html  # brings a table of all entities, which the other formats do not need

    return html.page(article, style)


FORMATS: dict[str, Format] = {
    "md": Format(".md", markdown.page, between="\n"),
    "json": Format(".json", lambda article, _: jsonl.page(article), begin="[\n", between=",\n", end="\n]\n"),
    "jsonl": Format(".jsonl", lambda article, _: jsonl.line(article)),
    "txt": Format(".txt", lambda article, _: plain.page(article), between="\n"),
    "html": Format(".html", _html, between="\n"),
}
"""The formats, by the name that the command line and `render` know them by."""
