"""The collector of cycles rests while a large page is read, and is as it was afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from newsclean.collector import LARGE, held_off


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize(("length", "enabled"), [(LARGE, False), (LARGE - 1, True), (0, True)])
def test_only_large_pages_hold_it_off(length: int, enabled: bool) -> None:
    gc.enable()
    with held_off(length):
        assert gc.isenabled() == enabled
    assert gc.isenabled()


def test_an_error_leaves_it_as_it_was() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="broken"), held_off(LARGE):
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_turned_it_off_keeps_it_off() -> None:
    gc.disable()
    with held_off(LARGE):
        assert not gc.isenabled()
    assert not gc.isenabled()
