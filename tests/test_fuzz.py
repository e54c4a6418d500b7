"""Every stage keeps its promises (`promises.py`), whatever it is given: arbitrary, mutated and spliced input.

The examples are the same on every run. The slow tests try many more of them; `fuzz/` searches for new ones.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import odd
import promises
import saved
from newsclean import clean

ROOT = Path(__file__).parent.parent

SAMPLES = [path.read_bytes() for path in sorted((ROOT / "samples").glob("*/source.*"))]

CODECS = [
    "gb18030",
    "big5hkscs",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "cp1251",
    "utf-16",
    "utf-16-be",
    "iso2022_jp",
    "utf-8-sig",
]

MORE = 10
"""So many times the examples are tried by the slow tests."""

# --- what is tried ---------------------------------------------------------------------------------------------------

TEXTS = st.text(max_size=12) | st.text("\x00\x07\x1b\x85\u2028\u200b\u202e\ud800\ufffd 中，。“”a1<&", max_size=12)

PROSE = st.sampled_from(odd.PROSE)

JSON_LD = st.builds(
    "<script type='application/ld+json'>{{{}}}</script>".format,
    st.lists(
        st.builds('"{}":{}'.format, st.sampled_from(odd.JSON_KEYS), st.sampled_from(odd.JSON_VALUES)), max_size=5
    ).map(",".join),
)

HEADS = st.sampled_from(odd.HEADS) | JSON_LD

ADDRESSES = st.sampled_from(odd.ADDRESSES)

LINKS = st.builds('<a href="{}" onclick=x()>{}</a>'.format, ADDRESSES, PROSE) | st.builds(
    '<img src="{}" alt="{}" onerror=x()>'.format, ADDRESSES, TEXTS
)

PIECES = st.sampled_from(odd.MARKUP) | LINKS | st.sampled_from(odd.ENTITIES + odd.LINES) | TEXTS

SPLICED = st.builds(
    "<!DOCTYPE html><html><head><title>石桥通车_青坪网</title>{}</head><body><h1>石桥通车{}</h1>{}".format,
    st.lists(HEADS, max_size=4).map("".join),
    TEXTS,
    st.lists(st.builds("<p>{}{}{}{}{}".format, PIECES, PROSE, PIECES, PIECES, PROSE), max_size=6).map("".join),
)
"""An article with odd tags and characters in it, and odd declarations before it."""

LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "  ", "    ", "\t", "\u3000\u3000"]),
    st.sampled_from(odd.LINES) | PROSE | TEXTS,
    st.sampled_from(["\n", "\n\n", "\r\n", "\r", "    ", "\t", "\x0c"]),
)

DUMPS = st.builds(
    "石桥通车{}\n2021-04-18 来源：青坪日报\n{}".format,
    TEXTS,
    st.lists(st.builds("{}{}{}\n".format, LINES, LINES, PROSE), max_size=6).map("".join),
)
"""The same as a dump."""


def changed(draw: st.DrawFn, data: bytes) -> bytes:
    """Some bytes with a few slips: flipped, cut out, doubled, put in."""
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        part, new = data[at : min(end, at + 400)], draw(st.binary(max_size=6))
        data = draw(st.sampled_from([
            data[:at] + new + data[at + len(new) :], data[:at] + new + data[at:], data[:at] + part + data[at:],
            data[:at] + data[at + len(part) :], data[:end] + part + data[end:], data[at:], data[:end] or data,
        ]))  # fmt: skip
    return data


@st.composite
def mutated_samples(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(SAMPLES))
    codec = draw(st.none() | st.sampled_from(CODECS))
    return changed(draw, clean(data).decoded.text.encode(codec, "ignore") if codec else data)


PAGE = "<!DOCTYPE html><meta charset=utf-8><title>石桥通车</title>" + "".join(f"<p>{text}" for text in odd.PROSE)

FILES = {"a/老街.html": PAGE.encode(), "b.txt": "\n".join(odd.PROSE).encode(), "c.png": b"\x89PNG\r\n\x1a\n"}

CONTAINERS = [
    saved.chrome(PAGE.encode()),
    saved.explorer(PAGE.encode(), "utf-8"),
    saved.webarchive(PAGE.encode()),
    saved.zipped(FILES),
    saved.zipped(FILES, 0),
    saved.zip_with_raw_names({"老街.html".encode("gbk"): PAGE.encode(), b"../up.html": b"<p>"}),
    saved.tarred(FILES),
    saved.tarred(FILES, "w:gz"),
    gzip.compress(PAGE.encode()),
    saved.response("https://news.example/1.html", PAGE.encode()) * 2,
    gzip.compress(saved.response("https://news.example/1.html", gzip.compress(PAGE.encode()), Content_Encoding="gzip")),
]


@st.composite
def mutated_containers(draw: st.DrawFn) -> bytes:
    return changed(draw, draw(st.sampled_from(CONTAINERS)))


PAGES: dict[str, tuple[int, st.SearchStrategy[Any]]] = {
    "bytes": (15, st.binary(max_size=600)),
    "text": (15, st.text(max_size=300)),
    "mutated samples": (8, mutated_samples()),
    "tags": (20, st.lists(PIECES | HEADS | PROSE, max_size=30).map("".join)),
    "spliced pages": (25, SPLICED),
    "lines": (15, st.lists(LINES, max_size=30).map("".join)),
    "dumps": (20, DUMPS),
}
"""What is cleaned: how many of it in the quick tests, and how it is made."""

WAYS: tuple[dict[str, str], ...] = (
    {},
    {"input_format": "text"},
    {"input_format": "html"},
    {"url": "https://news.example/a/"},
    {"engine": "readability"},
)

# --- and what must hold ----------------------------------------------------------------------------------------------


def attempt(check: Callable[[Any], None], made: st.SearchStrategy[Any], examples: int) -> None:
    """Put `check` to as many examples, always the same."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    settings(max_examples=examples, derandomize=True, suppress_health_check=quiet)(given(made)(check))()


def pages(known: tuple[Any, dict[str, str]]) -> None:
    data, way = known
    promises.check_page(data, **way)
    promises.check_twice(data, **way)


def containers(data: bytes) -> None:
    promises.check_source(data)


@pytest.mark.parametrize("kind", PAGES)
def test_pages_keep_every_promise(kind: str) -> None:
    examples, made = PAGES[kind]
    attempt(pages, st.tuples(made, st.sampled_from(WAYS)), examples)


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAGES)
def test_many_pages_keep_every_promise(kind: str) -> None:
    examples, made = PAGES[kind]
    attempt(pages, st.tuples(made, st.sampled_from(WAYS)), MORE * examples)


@pytest.mark.parametrize("examples", [40, pytest.param(40 * MORE, marks=pytest.mark.slow)])
def test_containers_keep_every_promise(examples: int) -> None:
    attempt(containers, mutated_containers(), examples)


@pytest.mark.slow
def test_the_fuzz_targets_run(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="the extra newsclean[fuzz] brings it, where there is one")
    fuzz = ROOT / "fuzz"
    subprocess.run([sys.executable, str(fuzz / "seeds.py"), str(tmp_path)], check=True)
    for target in ("pages", "containers", "decoding"):
        command = [sys.executable, str(fuzz / "target.py"), target, "-runs=300", "-timeout=60", str(tmp_path / target)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        assert "Done" in done.stderr
