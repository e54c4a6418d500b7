"""CPU time of whole processes: the command line of newsclean and of trafilatura, and of newsclean on ever larger pages.

    python benchmarks/start.py --page FILE [--rounds 9] [--megabytes 1 10 50]

FILE is a page (`.html` or `.html.gz`). Commands run in turns; printed are medians of user and system time. Then the
page's body is repeated until it is so many megabytes long, and so is one of nothing but short blocks: time and memory
should grow with the size and no faster.
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

COMMANDS = {
    "newsclean": ("newsclean", "-f", "json", "-"),
    "trafilatura": ("trafilatura", "--json", "--with-metadata"),
}
"""The commands, which read a page from standard input and write its text and metadata as JSON."""

PEER = "trafilatura"

SHORT_BLOCKS = (
    b"<body><ul><li>A ferry of two cars</li><li><a href=/1>The bridge at Ashcombe</a></li><li>Open from March</li></ul>"
    b"<table><tr><td>Monday</td><td>06:10</td><td>19:40</td></tr><tr><td>Friday</td><td>06:10</td><td>22:15</td></tr>"
    b"</table><p>The parish says that it will stay so until winter.</p>"
)
"""What costs most for its size: every few bytes a block."""


class Cost(NamedTuple):
    """What a process took: CPU seconds, and the most memory that it held at once, in MB."""

    seconds: float
    memory: float


def cost(command: tuple[str, ...], page: Path) -> Cost:
    """What one run of a command takes."""
    with page.open("rb") as stream:
        process = subprocess.Popen(command, stdin=stream, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - the two commands above
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0  # it has been waited for
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3)


def located() -> dict[str, tuple[str, ...]]:
    """The commands that are installed, those beside the running Python first."""
    beside = str(Path(sys.executable).parent)
    found = {name: shutil.which(name, path=beside) or shutil.which(name) for name in COMMANDS}
    return {name: (path, *COMMANDS[name][1:]) for name, path in found.items() if path}


def compare(page: Path, rounds: int) -> None:
    """Print the medians of the commands, in turns, after a run that is not counted."""
    commands = located()
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            times[name].append(cost(command, page).seconds)
    middle = {name: statistics.median(values[1:]) for name, values in times.items()}
    for name, seconds in middle.items():
        print(f"{name:12} {seconds * 1000:7.0f} ms a process   {seconds / middle.get(PEER, seconds):5.2f} times {PEER}")


def grow(name: str, data: bytes, megabytes: list[int], rounds: int) -> None:
    """Print the time and memory of newsclean on a page with its body repeated."""
    start = data.lower().find(b"<body")
    head, body = (data[:start], data[start:]) if start > 0 else (b"", data)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        for size in megabytes:
            page.write_bytes(head + body * max(1, (size * 1_000_000 - len(head)) // len(body)))
            seconds, memory = sorted(cost(located()["newsclean"], page) for _ in range(rounds))[rounds // 2]
            length = page.stat().st_size / 1e6
            print(
                f"{name:14} {length:6.1f} MB {seconds:8.2f} s   {seconds / length * 1000:6.0f} ms a MB {memory:7.0f} MB"
            )


def main() -> None:
    """Read the page, run both measurements."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--page", type=Path, required=True)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--megabytes", type=int, nargs="*", default=[1, 10, 50])
    chosen = arguments.parse_args()
    raw = chosen.page.read_bytes()
    data = gzip.decompress(raw) if chosen.page.suffix == ".gz" else raw
    with tempfile.NamedTemporaryFile(suffix=".html") as page:
        page.write(data)
        page.flush()
        compare(Path(page.name), chosen.rounds)
    grow("the page", data, chosen.megabytes, min(chosen.rounds, 3))
    grow("short blocks", SHORT_BLOCKS, chosen.megabytes, min(chosen.rounds, 3))


if __name__ == "__main__":
    main()
