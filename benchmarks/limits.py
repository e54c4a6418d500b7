"""CPU time and peak memory of the command line on pages of 1, 10 and 100 MB, of several kinds.

    python benchmarks/limits.py [--newsclean PATH] [--megabytes 1 10 100] [--kinds paragraphs links …]

Every page holds the same short article, and is filled up with one kind of thing. Printed are seconds and MB, each also
for every megabyte of the page: where time and memory are linear, these do not grow from one size to the next.

The system counts what the process that starts a command holds as held by the command, so this one stays small: pages
are written piece by piece, and only the beginning of the output is read.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ARTICLE = (
    "A bridge over the Wend",
    "The council of Ashcombe said on Tuesday that the new bridge over the Wend would be opened in March.",
    "It was to have been ready by the summer, but the river rose twice and carried the scaffolding away.",
    "Buses will go over it from the first day, and the ferry, which has run since 1911, will be laid up.",
)

SENTENCES = "The parish says that it will stay so until winter, and that nobody has asked for anything else. "


class Kind(NamedTuple):
    """What a page is filled with: a unit that is repeated, what stands before and behind all of it, and its ending."""

    unit: str
    before: str = ""
    behind: str = ""
    suffix: str = ".html"


KINDS = {
    "paragraphs": Kind(f"<p>{SENTENCES}</p>\n"),
    "links": Kind("<li><a href='/news/2024/11/02/a123456.html'>Council to meet on Monday</a></li>\n", "<ul>", "</ul>"),
    "short-blocks": Kind("<div>two words</div>\n"),
    "table-rows": Kind("<tr><td>Monday</td><td>06:10</td><td>19:40</td></tr>\n", "<table>", "</table>"),
    "text-node": Kind(SENTENCES, "<p>", "</p>"),
    "attributes": Kind('<div class="a b c d" data-x="0123456789abcdef" style="margin:0 auto"><span></span></div>\n'),
    "one-attribute": Kind("iVBOR", '<img src="data:image/png;base64,', '">'),
    "script": Kind("var a={b:1,c:'<p>x</p>'};\n", "<script>", "</script>"),
    "dump-paragraphs": Kind(f"{SENTENCES}\n\n", suffix=".txt"),
    "dump-short-lines": Kind("Related news\n", suffix=".txt"),
}


class Cost(NamedTuple):
    """What a run took: CPU seconds, MB held at most, and whether the article came out."""

    seconds: float
    memory: float
    found: bool


PIECE = 1_000_000
"""So many characters of a page are written at once, so many bytes of the output, the article first in it, are read."""


def page(kind: Kind, megabytes: int) -> Iterator[str]:
    """The pieces of a page of a kind and size, its article first."""
    title, *lines = ARTICLE
    if kind.suffix == ".html":
        begin = f"<html><title>{title}</title><h1>{title}</h1><article>{''.join(f'<p>{one}</p>' for one in lines)}"
        begin, end = begin + kind.before, f"{kind.behind}</article></html>"
    else:
        begin, end = "\n\n".join((*ARTICLE, "")), ""
    count, at_once = (megabytes * 1_000_000 - len(begin) - len(end)) // len(kind.unit), PIECE // len(kind.unit)
    yield begin
    for done in range(0, count, at_once):
        yield kind.unit * min(at_once, count - done)
    yield end


def cost(command: str, source: Path) -> Cost:
    """What one run takes."""
    output = source.with_suffix(".out")
    arguments = (command, "-q", "-f", "txt", "--max-size", "1000", "--timeout", "3600", "-o", str(output), str(source))
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - as given
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    text = b""
    if output.exists():
        with output.open("rb") as file:
            text = file.read(PIECE)
    scale = 1e6 if sys.platform == "darwin" else 1e3
    found = all(line.encode() in text for line in ARTICLE[1:])
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / scale, found)


def report(name: str, megabytes: int, used: Cost) -> str:
    """One line of the table."""
    each = f"{used.seconds / megabytes:6.3f} s/MB {used.memory / megabytes:6.1f} MB/MB"
    found = "" if used.found else "  no article"
    return f"{name:18}{megabytes:5d} MB {used.seconds:8.2f} s {used.memory:8.0f} MB   {each}{found}"


def main() -> None:
    """Measure all kinds at all sizes, one page at a time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    beside = shutil.which("newsclean", path=str(Path(sys.executable).parent))
    parser.add_argument("--newsclean", default=beside or "newsclean", help="the command to measure")
    parser.add_argument("--megabytes", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.kinds:
            for megabytes in asked.megabytes:
                source = Path(folder, f"{name}-{megabytes}{KINDS[name].suffix}")
                with source.open("w", encoding="utf-8") as file:
                    file.writelines(page(KINDS[name], megabytes))
                print(report(name, megabytes, cost(asked.newsclean, source)), flush=True)
                source.unlink()


if __name__ == "__main__":
    main()
