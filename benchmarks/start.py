"""CPU time of whole processes: the command line of newsclean and of trafilatura, and of newsclean on ever larger pages.

    python benchmarks/start.py --page FILE [--rounds 9] [--megabytes 1 10 50]

FILE is a page (`.html` or `.html.gz`). Commands run in turns; printed are medians of user and system time. Then the
page's body is repeated until it is so many megabytes long: time should grow with the size and no faster.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = {
    "newsclean": ("newsclean", "-f", "json", "-"),
    "trafilatura": ("trafilatura", "--json", "--with-metadata"),
}
"""The commands, which read a page from standard input and write its text and metadata as JSON."""

PEER = "trafilatura"


def cpu(command: tuple[str, ...], page: Path) -> float:
    """CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with page.open("rb") as stream:
        subprocess.run(command, stdin=stream, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - the two commands above
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
            times[name].append(cpu(command, page))
    middle = {name: statistics.median(values[1:]) for name, values in times.items()}
    for name, seconds in middle.items():
        print(f"{name:12} {seconds * 1000:7.0f} ms a process   {seconds / middle.get(PEER, seconds):5.2f} times {PEER}")


def grow(data: bytes, megabytes: list[int], rounds: int) -> None:
    """Print the time of newsclean on the page with its body repeated."""
    start = data.lower().find(b"<body")
    head, body = (data[:start], data[start:]) if start > 0 else (b"", data)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        for size in megabytes:
            page.write_bytes(head + body * max(1, (size * 1_000_000 - len(head)) // len(body)))
            seconds = statistics.median(cpu(located()["newsclean"], page) for _ in range(rounds))
            length = page.stat().st_size / 1e6
            print(f"{length:8.1f} MB {seconds:8.2f} s   {seconds / length * 1000:6.0f} ms a MB")


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
    grow(data, chosen.megabytes, min(chosen.rounds, 3))


if __name__ == "__main__":
    main()
