"""Patterns are compiled when they are first used, and then are what `re.compile` gives."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import newsclean
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


@pytest.mark.parametrize("module", [info.name for info in pkgutil.walk_packages(newsclean.__path__, "newsclean.")])
def test_every_pattern_of_the_package_compiles(module: str) -> None:
    if module.endswith("__main__"):
        pytest.skip("runs the command line")
    for value in vars(importlib.import_module(module)).values():
        if type(value).__module__ == "newsclean.patterns":
            assert re.compile(value.pattern, value.flags)
