"""CPU time a page of newsclean and of the peers that are installed, on the same pages, in turns.

    python benchmarks/speed.py --data DIR [--rounds 5]

DIR holds pages (`.html` or `.html.gz`). Every extractor gets the raw bytes; those that want text get them decoded,
which is not counted. Each round runs all extractors over all pages; printed are medians over the rounds, and ratios to
newsclean.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import importlib
import importlib.util
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from newsclean import clean
from newsclean.decode import decode

Extractor = Callable[[bytes, str], object]


def newsclean_(data: bytes, _text: str) -> object:
    """Everything, from bytes to the article with its metadata and Markdown."""
    return clean(data).text


def trafilatura_(_data: bytes, text: str) -> object:
    """Text and metadata, as JSON."""
    return importlib.import_module("trafilatura").extract(text, output_format="json", with_metadata=True)


def readability_(_data: bytes, text: str) -> object:
    """The article's HTML and title."""
    document = importlib.import_module("readability").Document(text)
    return document.summary(), document.title()


def resiliparse_(data: bytes, _text: str) -> object:
    """Decoding and text; no metadata. A compiled core."""
    encoding = importlib.import_module("resiliparse.parse.encoding")
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return extract(encoding.bytes_to_str(data, encoding.detect_encoding(data)), main_content=True)


EXTRACTORS: dict[str, tuple[str, Extractor]] = {
    "newsclean": ("newsclean", newsclean_),
    "trafilatura": ("trafilatura", trafilatura_),
    "readability-lxml": ("readability", readability_),
    "resiliparse": ("resiliparse", resiliparse_),
}


def measure(extract: Extractor, pages: list[tuple[bytes, str]]) -> float:
    """CPU seconds a page; what the others keep in memory is put out of the garbage collector's way first."""
    gc.collect()
    gc.freeze()
    began = time.process_time()
    for data, text in pages:
        extract(data, text)
    return (time.process_time() - began) / len(pages)


def main() -> None:
    """Read the pages, take turns, print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    files = sorted(path for path in chosen.data.iterdir() if ".htm" in path.name)
    raw = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files]
    pages = [(data, decode(data).text) for data in raw]
    present = {name: run for name, (module, run) in EXTRACTORS.items() if importlib.util.find_spec(module)}
    times: dict[str, list[float]] = {name: [] for name in present}
    for _ in range(chosen.rounds):
        for name, run in present.items():
            times[name].append(measure(run, pages))
    base = statistics.median(times["newsclean"])
    for name, values in times.items():
        middle = statistics.median(values)
        print(f"{name:18} {middle * 1000:8.2f} ms a page   {middle / base:6.2f} times newsclean   ({len(pages)} pages)")


if __name__ == "__main__":
    main()
