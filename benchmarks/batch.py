"""Whole directories: newsclean and trafilatura's batch command in turns, scaling over workers, and memory.

    python benchmarks/batch.py --data DIR [--rounds 5] [--jobs 2] [--workers 1 2 4] [--memory 10000 100000]

DIR is searched for pages (`.html` or `.html.gz`), which are unpacked into a directory of their own. There, both
commands write a file for each page with the same number of workers. Printed are medians of wall time and CPU time over
the rounds, and their ratios. Where other work slows the machine down, CPU time is the figure to compare; `--workers`
prints, beside how newsclean scales, how processes of plain counting do at the same moment.

`--memory` makes directories of so many small pages and prints the most memory that the parent and its workers had
(Linux). It takes a few minutes for 100,000.
"""

from __future__ import annotations

import argparse
import gzip
import multiprocessing
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

PEER = "trafilatura"

COUNTING = 10_000_000
"""Steps of plain counting, about a second."""

LOOK = 0.2
"""Seconds between two looks at the memory of processes."""


class Took(NamedTuple):
    """Seconds of one run, on the wall and of all processors."""

    wall: float
    cpu: float


def unpack(source: Path, folder: Path) -> int:
    """Put the pages below `source` into a directory, by their relative paths; returns how many there are."""
    pages = [path for path in sorted(source.rglob("*")) if path.name.lower().endswith((".html", ".html.gz", ".htm"))]
    for path in pages:
        data = path.read_bytes()
        to = folder / path.relative_to(source).with_suffix("" if path.suffix == ".gz" else path.suffix)
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(gzip.decompress(data) if path.suffix == ".gz" else data)
    return len(pages)


def located(name: str) -> str | None:
    """Return the path of a command, the one beside the running Python first."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def commands(pages: Path, out: Path, jobs: int) -> dict[str, list[str]]:
    """The commands that write a file with metadata for each page."""
    found = {
        "newsclean": ["-f", "json", "-q", "-j", str(jobs), "-d", str(out), str(pages)],
        PEER: [
            "--input-dir",
            str(pages),
            "--output-dir",
            str(out),
            "--parallel",
            str(jobs),
            "--json",
            "--with-metadata",
        ],
    }
    return {name: [path, *args] for name, args in found.items() if (path := located(name))}


def timed(command: list[str], out: Path) -> Took:
    """Run a command into an empty directory."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    before, began = os.times(), time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - as above
    after, ended = os.times(), time.monotonic()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Took(ended - began, cpu)


def middle(runs: list[Took]) -> Took:
    """The medians."""
    return Took(statistics.median(each.wall for each in runs), statistics.median(each.cpu for each in runs))


def compare(pages: Path, out: Path, rounds: int, jobs: int) -> None:
    """Print how both commands do on the same pages, in turns."""
    number = sum(1 for path in pages.rglob("*") if path.is_file())
    runs: dict[str, list[Took]] = {name: [] for name in commands(pages, out, jobs)}
    for _ in range(rounds):
        for name, command in commands(pages, out, jobs).items():
            runs[name].append(timed(command, out))
    base = middle(runs["newsclean"])
    print(f"{number} pages, {jobs} workers, medians of {rounds} rounds")
    for name, each in runs.items():
        took = middle(each)
        print(
            f"{name:12} {took.wall:7.2f} s ({took.wall / base.wall:5.2f} times newsclean)   CPU {took.cpu:7.2f} s "
            f"({took.cpu / base.cpu:5.2f} times)   {number / took.wall:6.1f} pages a second"
        )


def count(_: int) -> int:
    """Keep a processor busy."""
    return sum(range(COUNTING))


def counting(workers: int) -> float:
    """Seconds that so many processes take to count, each for itself."""
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        pool.map(count, range(workers))  # all are started
        began = time.monotonic()
        pool.map(count, range(workers), chunksize=1)
        return time.monotonic() - began


def scale(pages: Path, out: Path, workers: list[int], rounds: int) -> None:
    """Print the speed with more workers, beside that of processes that share nothing."""
    runs: dict[int, list[tuple[Took, float]]] = {number: [] for number in workers}
    for _ in range(rounds):
        for number in workers:
            runs[number].append((timed(commands(pages, out, number)["newsclean"], out), counting(number)))
    took = {number: middle([run for run, _ in each]) for number, each in runs.items()}
    plain = {number: statistics.median(seconds for _, seconds in each) for number, each in runs.items()}
    first = workers[0]
    for number in workers:
        own = took[first].wall / took[number].wall
        best = plain[first] / plain[number] * number / first
        print(
            f"{number} workers: {took[number].wall:7.2f} s, CPU {took[number].cpu:7.2f} s, {own:4.2f} times as fast",
            end="",
        )
        print(f" as {first} (plain counting: {best:4.2f} times)")


def make(folder: Path, number: int) -> None:
    """Make so many small pages, a thousand in a directory."""
    for each in range(number):
        path = folder / f"{each // 1000:04d}" / f"{each:07d}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (
            f"On day {each} the council of village {each * 7} met in the old school and talked about the bridge. " * 2
        )
        path.write_text(f"<!DOCTYPE html><title>Day {each}</title><h1>Day {each}</h1><p>{text}</p>")


def memory(pid: int) -> int:
    """The most memory that a process has had so far, in kB, 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def watch(number: int, jobs: int, scratch: Path) -> None:
    """Print the memory of a run over so many small pages, and of a second one that finds all of them done."""
    pages, out = scratch / str(number), scratch / f"{number}.jsonl"
    make(pages, number)
    for what in ("all to do", "all done before"):
        command = [str(located("newsclean")), "-f", "jsonl", "-j", str(jobs), "-o", str(out), str(pages)]
        process = subprocess.Popen(command, stderr=subprocess.PIPE)  # noqa: S603 - the command above
        parent = workers = 0
        while process.poll() is None:
            parent = max(parent, memory(process.pid))
            try:
                children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            except OSError:
                children = []
            workers = max([workers, *(memory(int(child)) for child in children)])
            time.sleep(LOOK)
        said = process.communicate()[1].decode().strip()
        print(
            f"{number:,} pages, {what}: parent {parent / 1024:.0f} MB, a worker {workers / 1024:.0f} MB   {said}",
            flush=True,
        )


def main() -> None:
    """Read the command line and measure what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--jobs", type=int, default=2)
    arguments.add_argument("--workers", type=int, nargs="*", default=[])
    arguments.add_argument("--memory", type=int, nargs="*", default=[])
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        if chosen.data and unpack(chosen.data, scratch / "pages"):
            compare(scratch / "pages", scratch / "out", chosen.rounds, chosen.jobs)
            if chosen.workers:
                scale(scratch / "pages", scratch / "out", chosen.workers, chosen.rounds)
        for number in chosen.memory:
            watch(number, chosen.jobs, scratch)


if __name__ == "__main__":
    main()
