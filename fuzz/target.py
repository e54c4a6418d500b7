"""Coverage-guided fuzzing: the promises of `tests/promises.py` under whatever libFuzzer makes of the seeds.

    python fuzz/target.py pages|containers|decoding [libFuzzer's options] CORPUS...

With NEWSCLEAN_FUZZ_KEEP=DIR a run goes on after a finding: the smallest input for every place in the code where a
promise was broken is kept in DIR, with the traceback beside it, and so is what takes long. Without, the first finding
ends the run, and libFuzzer keeps its input as it always does.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
import traceback
import zlib
from collections.abc import Callable
from pathlib import Path

import atheris

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tests")]

with atheris.instrument_imports(include=["newsclean"]):
    import newsclean

    for module in pkgutil.walk_packages(newsclean.__path__, "newsclean."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

import promises  # noqa: E402 - after what it imports has been instrumented
from newsclean.models import Source  # noqa: E402

SLOW_SECONDS = 2.0
"""A unit that takes longer, in processor time and with instrumentation, is a finding: none is larger than 20 kB."""

SMALL = 8_000
"""Pages of a container are cleaned too where they have no more bytes: the target is there for the container."""

WAYS: tuple[dict[str, str], ...] = (
    *({},) * 10,
    {"input_format": "text"},
    {"input_format": "html"},
    {"engine": "readability"},
    {"encoding": "utf-8"},
    {"encoding": "gb18030", "url": "https://news.example/a/b.html"},
    {"charset": "big5"},
)
"""How a page is cleaned: which way is told by its bytes, so that every input is always cleaned the same way."""

TWICE = 8
"""One page of so many is cleaned a second time, to see the same article come out."""


def pages(data: bytes) -> None:
    """Clean a page or dump, and write it in all formats; mostly as text, as most mutants are no valid UTF-8."""
    number = zlib.crc32(data)
    known = WAYS[number % len(WAYS)]
    given = data if "encoding" in known or "charset" in known else data.decode("utf-8", "surrogateescape")
    promises.check_page(given, **known)
    if (number >> 8) % TWICE == 0:
        promises.check_twice(given, **known)


def containers(data: bytes) -> None:
    """Read the pages of a file in any form, and clean the first."""
    for one in promises.check_source(data)[:1]:
        if isinstance(one, Source) and len(one.data) <= SMALL and one.data != data:
            promises.check_page(one.data, url=one.url, charset=one.charset)


def decoding(data: bytes) -> None:
    """Decode bytes, with the label that they begin with taken for what a header declares."""
    label, mark, rest = data[:40].partition(b"\n")
    promises.check_decoding(data)
    if mark:
        promises.check_decoding(rest + data[40:], declared=label.decode("latin-1"))


TARGETS: dict[str, Callable[[bytes], None]] = {"pages": pages, "containers": containers, "decoding": decoding}


def keeping(check: Callable[[bytes], None], folder: Path) -> Callable[[bytes], None]:
    """`check` that keeps its findings in `folder` instead of failing."""
    smallest: dict[str, int] = {}

    def keep(data: bytes, name: str, report: str) -> None:
        if len(data) < smallest.get(name, sys.maxsize):
            smallest[name] = len(data)
            (folder / f"{name}.input").write_bytes(data)
            (folder / f"{name}.txt").write_text(report, "utf-8", "backslashreplace")

    def kept(data: bytes) -> None:
        start = time.process_time()
        try:
            check(data)
        except Exception as error:
            keep(data, place_of(error), traceback.format_exc())
        taken = time.process_time() - start
        if taken > SLOW_SECONDS:
            keep(data, f"slow-{zlib.crc32(data):08x}", f"{taken:.1f} s for {len(data)} bytes\n")

    return kept


def place_of(error: Exception) -> str:
    """The name of a finding: the error and the last line of our code that it came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    last = frames[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.name}-{last.lineno}".replace("<", "").replace(
        ">", ""
    )


def main() -> None:
    """Fuzz the target that is named first."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:  # noqa: PLR2004 - the program and the target
        sys.exit(f"usage: {sys.argv[0]} {'|'.join(TARGETS)} [options] CORPUS...")
    check = TARGETS[sys.argv.pop(1)]
    folder = os.environ.get("NEWSCLEAN_FUZZ_KEEP")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        check = keeping(check, Path(folder))
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
