"""Patterns are compiled when they are first used, and then are what `re.compile` gives."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import linear
import newsclean
from newsclean import charset_judge, charset_repair
from newsclean.patterns import lazy


def test_a_lazy_pattern_matches_as_a_compiled_one() -> None:
    pattern, compiled = lazy(r"(\w)\d", re.IGNORECASE), re.compile(r"(\w)\d", re.IGNORECASE)
    text = "a1 B2"
    assert (pattern.pattern, pattern.flags) == (r"(\w)\d", re.IGNORECASE)
    assert pattern.findall(text) == compiled.findall(text) == ["a", "B"]
    assert [found.span() for found in pattern.finditer(text, 1)] == [(3, 5)]
    assert pattern.sub(r"\1", text) == "a B"
    assert pattern.split(text) == compiled.split(text)
    assert [bool(method(text)) for method in (pattern.match, pattern.search, pattern.fullmatch)] == [True, True, False]


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    broken = lazy("(")
    with pytest.raises(re.error):
        broken.search("")


MODULES = [
    info.name
    for info in pkgutil.walk_packages(newsclean.__path__, "newsclean.")
    if not info.name.endswith("__main__")  # runs the command line
]

TRIED_ONCE = {"match", "fullmatch", "pattern", "flags"}
"""What a pattern is asked for that does not try it at every place of a text."""

LINEAR_ALL_THE_SAME = {
    "charsets._COMMENT": "one of its alternatives always matches, so nothing is tried again",
    "naming.SAID": "as `tags.NAMES`",
    "shallow.NAMES": "as `tags.NAMES`, where it is from",
    "tags.SAID": "as `tags.NAMES`",
    "tags.TAG": "as `tags.NAMES`",
    "unclosed.TAG": "as `tags.NAMES`",
    "tags.NAMES": "what has begun ends at the end of the text at the latest, so nothing is tried again",
}
"""What `linear.complaints` cannot see."""

MADE_AT_RUN_TIME = {"newsclean.patterns": 1, "newsclean.charset_repair": 1}
"""How many calls of `re` with a pattern that is no literal there are: `lazy` itself, and `_trouble`, judged below."""

RE_CALLS = {f"re.{name}" for name in "compile search match fullmatch findall finditer split sub subn".split()}


class Known(NamedTuple):
    """A pattern of the package: where it is, and whether it is searched for."""

    name: str
    pattern: str | bytes
    flags: int
    searched: bool


def known_patterns() -> list[Known]:
    """All patterns: named ones of modules, those in their tables, and literals given to `re`."""
    found = []
    for name in MODULES:
        module = importlib.import_module(name)
        tree = ast.parse(source_of(name))
        once = {key for key, uses in uses_of(tree).items() if uses <= TRIED_ONCE}
        short = name.removeprefix("newsclean.")
        named = [(key, item) for key, value in vars(module).items() for item in listed(value) if is_pattern(item)]
        found += [Known(f"{short}.{key}", item.pattern, int(item.flags), key not in once) for key, item in named]
        found += [Known(f"{short}:{call.lineno}", given, 0, searched=True) for call, given in literals(tree)]
    return found


def source_of(name: str) -> str:
    """The source of a module, which lies beside it if that is compiled."""
    path = Path(newsclean.__file__).parent.parent.joinpath(*name.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text("utf-8")


def listed(value: Any) -> Iterator[Any]:
    """A value, or all those of a table, whatever it is made of."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    yield value
    for part in parts:
        yield from listed(part)


def is_pattern(item: Any) -> bool:
    return type(item).__module__ == "newsclean.patterns" or isinstance(item, re.Pattern)


def uses_of(tree: ast.AST) -> dict[str, set[str]]:
    """What the patterns of a module are asked for, by name; anything but an attribute counts as a search."""
    uses: dict[str, set[str]] = {}
    asked = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            uses.setdefault(node.value.id, set()).add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in asked:
            uses.setdefault(node.id, set()).add("search")
    return uses


def re_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of functions of `re`."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute))
    yield from (call for call in calls if ast.unparse(call.func) in RE_CALLS)


def literals(tree: ast.AST) -> Iterator[tuple[ast.Call, str | bytes]]:
    """The literals that are given to `re` as patterns."""
    for call in re_calls(tree):
        given = call.args[0]
        if isinstance(given, ast.Constant) and isinstance(given.value, (str, bytes)):
            yield call, given.value


PATTERNS = known_patterns()


def test_every_pattern_of_the_package_compiles_and_is_known() -> None:
    """There are some two hundred; what is made of no literal is listed, so that nothing escapes the tests below."""
    assert len(PATTERNS) > 150
    made = {name: list(re_calls(ast.parse(source_of(name)))) for name in MODULES}
    counts = {name: sum(not isinstance(call.args[0], ast.Constant) for call in calls) for name, calls in made.items()}
    assert {name: count for name, count in counts.items() if count} == MADE_AT_RUN_TIME
    for known in PATTERNS:
        assert re.compile(known.pattern, known.flags)


@pytest.mark.parametrize("known", PATTERNS, ids=lambda known: known.name)
def test_no_pattern_takes_more_than_linear_time_by_its_form(known: Known) -> None:
    if known.name not in LINEAR_ALL_THE_SAME:
        assert linear.complaints(known.pattern, known.flags, known.searched) == []


def test_the_pattern_for_garbled_text_is_linear_too() -> None:
    pattern = charset_repair._trouble(charset_judge.LANGUAGES)
    assert linear.complaints(pattern.pattern, pattern.flags) == []


QUADRATIC = r"a*a*b", r"(?:a+)+b", r"(?:\w+\s?)*!", r"\s+$", r"\\+(?=x)", r"\[[^\]]*\]", r"(?=.*x)", r"\w*\d{2}.*!"
LINEAR = r"a\s*b", r"(?<!\\)\\+(?=x)", r"<[^<>]*>", r"(?:ab|c+)*", r"^\s+x", r";\s*\w+", r"\s*"


@pytest.mark.parametrize("pattern", QUADRATIC)
def test_patterns_that_are_not_linear_are_told(pattern: str) -> None:
    assert linear.complaints(pattern)


@pytest.mark.parametrize("pattern", LINEAR)
def test_patterns_that_are_linear_are_let_pass(pattern: str) -> None:
    assert linear.complaints(pattern) == []


def pumped(known: Known, size: int) -> Iterator[str]:
    """Texts of `size` characters that a pattern matches again and again, by its own words, and then not."""
    words = sorted(set(linear.words(known.pattern, known.flags)))[:40]
    for unit in [*words, *(one + other for one, other in pairwise(words)), *" \n-.a一1<["]:
        yield (unit * (size // len(unit) + 1))[:size] + "\x00"


@pytest.mark.slow
@pytest.mark.parametrize("known", PATTERNS, ids=lambda known: known.name)
def test_no_pattern_takes_more_than_linear_time(known: Known) -> None:
    """Many times what a linear pattern takes, so that it holds on slow machines; a quadratic one takes longer."""
    pattern: Any = re.compile(known.pattern, known.flags)
    for text in pumped(known, 30_000):
        start = time.process_time()
        given: Any = text.encode() if isinstance(known.pattern, bytes) else text
        sum(1 for _ in (pattern.finditer(given) if known.searched else [pattern.match(given)]))
        assert time.process_time() - start < 1.0, text[:40]
