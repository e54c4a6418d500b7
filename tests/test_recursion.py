"""No recursion follows the depth of the input: Python's stack is small, and pages nest as deep as they like."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclean
from newsclean import clean
from newsclean.models import Style
from newsclean.render import FORMATS

PACKAGE = Path(newsclean.__file__).parent

BOUNDED = {
    "batch.run.Run._outcomes": "comes back once, for the pages of one article without those of another",
    "batch.run.Run._series_outcomes": "the other half of that",
    "batch.journal.key_of": "a page of an article knows the others, which know none",
    "charset_repair._mend": "cuts finer each time, at few characters; a piece holds none that was cut at",
    "repair._visible": "a row calls it for its cells, which have none of their own",
}
"""The functions that call themselves, and what bounds how deep."""

Functions = dict[tuple[str, str], ast.FunctionDef]
"""By class ("" for none) and name."""


def functions(tree: ast.Module) -> Functions:
    """The functions of a module and the methods of its classes; functions within functions belong to these."""
    found: Functions = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found["", node.name] = node
        elif isinstance(node, ast.ClassDef):
            found |= {(node.name, one.name): one for one in node.body if isinstance(one, ast.FunctionDef)}
    return found


def named(function: ast.FunctionDef, owner: str) -> Iterator[tuple[str, str]]:
    """What a function may call, in its module: any name that it reads, and what it asks `self` for."""
    own = {name.id for name in ast.walk(function) if isinstance(name, ast.Name) and not isinstance(name.ctx, ast.Load)}
    own |= {arg.arg for arg in ast.walk(function) if isinstance(arg, ast.arg)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in own:
            yield "", node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            yield owner, node.attr


def recursive(path: Path) -> Iterator[str]:
    """The functions of a module that come back to themselves, by whatever way within it."""
    known = functions(ast.parse(path.read_text("utf-8")))
    calls = {key: {one for one in named(node, key[0]) if one in known} for key, node in known.items()}
    module = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for key in known:
        seen, waiting = set[tuple[str, str]](), [key]
        while waiting:
            new = calls[waiting.pop()] - seen
            seen |= new
            waiting += new
        if key in seen:
            yield ".".join(filter(None, (module, *key)))


def test_only_functions_of_bounded_depth_call_themselves() -> None:
    assert {name for path in PACKAGE.rglob("*.py") for name in recursive(path)} == set(BOUNDED)


SAID = (
    "The council of Ashcombe said on Tuesday that the new bridge over the Wend would be opened in March.",
    "It was to have been ready by the summer, but the river rose twice and carried the scaffolding away.",
    "Buses will go over it from the first day, and the ferry, which has run since 1911, will be laid up.",
)

NESTED = {
    "blocks": ("<div>", "</div>"),
    "spans": ("<span>", "</span>"),
    "emphasis": ("<b><i>", "</i></b>"),
    "quotes": ("<blockquote>", "</blockquote>"),
    "lists": ("<ul><li>a", "</li></ul>"),
    "ordered lists": ("<ol><li>a", "</li></ol>"),
    "tables": ("<table><tr><td>a", "</td></tr></table>"),
    "figures": ("<figure>", "</figure>"),
    "rubies": ("<ruby>", "</ruby>"),
    "drawings": ("<svg><foreignObject>", "</foreignObject></svg>"),
    "formulas": ("<math><mrow>", "</mrow></math>"),
}
"""What nests in HTML: how it opens and closes."""


@pytest.mark.parametrize("name", NESTED)
def test_what_nests_deep_goes_through_all_writers(name: str) -> None:
    """Deeper than the stack is while the test runs."""
    opening, closing = NESTED[name]
    page = f"<h1>A bridge over the Wend</h1>{opening * 600}{''.join(f'<p>{line}</p>' for line in SAID)}{closing * 600}"
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(450)  # what pytest needs for itself, and some; a page that nests 600 deep has no room in it
    try:
        article = clean(page)
        written = [form.render(article, Style()) for form in FORMATS.values()]
    finally:
        sys.setrecursionlimit(before)
    assert all(line in article.text for line in SAID)
    assert all(line in one for line in SAID for one in written)
