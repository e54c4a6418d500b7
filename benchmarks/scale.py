"""A batch on Dask: pages a second with 1, 2, 4 workers, and what the engine costs for each part and each file.

    python benchmarks/scale.py [--data DIR] [--pages 4000] [--workers 1 2 4] [--rounds 3] [--parts 60]

DIR (of several, equal parts are taken) is searched for pages (`.html` or `.html.gz`), which are unpacked, and copied
until there are `--pages`. In turns they are cleaned on a Dask cluster of this computer whose workers have started, by
the local batch with as many workers, and by trafilatura's batch command. Printed are medians of the rounds; where other
work slows the machine down, CPU time is the figure to compare, and how processes of plain counting do beside. `--parts`
is over how many parts the memory of a worker is watched, `--files` how many are listed, here and in an S3 server (moto)
on this computer.
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
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from batch import PEER, Took, commands, counting, make, middle, timed, unpack
from distributed import as_completed

from newsclean.batch import Batch, Running
from newsclean.scale import parts
from newsclean.scale.cluster import own_cluster, quiet
from newsclean.scale.listing import list_inputs
from newsclean.scale.parts import Sizes
from newsclean.scale.run import order_of, run
from newsclean.scale.task import sealed
from newsclean.sinks import Target

TASKS = 500
"""Parts without work that are handed out to see what handing out costs."""

FEW = 320
"""Small pages that tell what is spent beside them."""

BUCKET = "listed"
"""Where files are put that are listed."""

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
"""What moto's server wants to see, whatever it is."""


def copied(source: Path, folder: Path, number: int) -> int:
    """Unpack the pages, and copy them until there are so many; returns how many there are."""
    found = unpack(source, folder / "0")
    files = [path for path in sorted((folder / "0").rglob("*")) if path.is_file()]
    for each in range(found, number):
        to = folder / str(each // found) / files[each % found].relative_to(folder / "0")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(files[each % found], to)
    return max(found, number)


def batch_into(out: Path) -> Batch:
    """What is asked for."""
    return Batch(Target("jsonl", output_dir=str(out)), running=Running(force=True))


@contextmanager
def started(workers: int) -> Iterator[Any]:
    """A client of a cluster whose workers have all started."""
    with own_cluster(workers) as cluster:
        cluster.wait_for_workers(workers)
        with cluster.get_client() as client:
            yield client


def spent() -> float:
    """CPU seconds of a worker and of the processes that it has had."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def on_dask(pages: Path, out: Path, workers: int) -> Took:
    """Clean them on a cluster."""
    shutil.rmtree(out, ignore_errors=True)
    with started(workers) as client:
        before, began = sum(client.run(spent).values()), time.monotonic()
        for _ in run((str(pages),), batch_into(out), client.scheduler.address):
            pass
        took = time.monotonic() - began
        return Took(took, sum(client.run(spent).values()) - before)


def throughput(pages: Path, out: Path, workers: list[int], rounds: int) -> None:
    """Print the table of speeds."""
    number = sum(1 for path in pages.rglob("*") if path.is_file())
    runs: dict[tuple[str, int], list[Took]] = {}
    plain: dict[int, list[float]] = {}
    for _ in range(rounds):
        for jobs in workers:
            asked = commands(pages, out, jobs)
            runs.setdefault(("dask", jobs), []).append(on_dask(pages, out, jobs))
            runs.setdefault(("local", jobs), []).append(timed(asked["newsclean"], out))
            if PEER in asked:
                runs.setdefault((PEER, jobs), []).append(timed(asked[PEER], out))
            plain.setdefault(jobs, []).append(counting(jobs))
    print(f"{number:,} pages, {os.cpu_count()} processors, medians of {rounds} rounds")
    alone = statistics.median(plain[workers[0]])
    for (name, jobs), each in sorted(runs.items()):
        took, first = middle(each), middle(runs[name, workers[0]])
        print(
            f"{name:12} {jobs} workers: {number / took.wall:7.1f} pages a second, efficiency "
            f"{first.wall / took.wall / jobs * workers[0]:4.0%} (plain counting "
            f"{alone / statistics.median(plain[jobs]):4.0%}), CPU {took.cpu / number * 1000:6.1f} ms a page"
        )


def nothing(data: bytes) -> int:
    """What a worker does with a part that is no work."""
    return len(data)


def handing_out(listed: Path) -> None:
    """Print what a part costs the scheduler and the client, which are one process here."""
    files = list(islice(list_inputs([str(listed)], None), 512))
    order = order_of(batch_into(listed / "out"))
    for inputs in (1, 256, 512):
        (part,) = parts.parts_of(files[:inputs], "", Sizes(1024, 1024))
        with started(1) as client:
            given = (client.submit(nothing, sealed(part, order), pure=False) for _ in range(TASKS))
            before, began = time.process_time(), time.monotonic()
            waiting = as_completed(islice(given, 64))
            for _ in waiting:
                for future in islice(given, 1):
                    waiting.add(future)
            cpu, wall = time.process_time() - before, time.monotonic() - began
        print(
            f"parts of {inputs} files without work: {cpu / TASKS * 1000:.2f} ms CPU of client and scheduler each, "
            f"{TASKS / wall:.0f} a second"
        )


def small_parts(pages: Path, out: Path) -> None:
    """Print what a part costs a worker beside its pages, as CPU time by which two sizes of parts differ."""
    usual, took = parts.SIZES, {}
    number = sum(1 for path in pages.rglob("*") if path.is_file())
    for size in (16, FEW):
        parts.SIZES = Sizes(size, size)
        took[size] = on_dask(pages, out, 1).cpu
    parts.SIZES = usual
    more = number / 16 - 1
    print(f"a part costs {(took[16] - took[FEW]) / more:.2f} s CPU of its worker, beside its pages")


def watched(folder: Path, out: Path, number: int) -> None:
    """Print the memory of a worker over many parts."""
    make(folder, number * 16)
    usual, parts.SIZES = parts.SIZES, Sizes(16, 16)
    seen = []
    with started(1) as client:
        for report in run((str(folder),), batch_into(out), client.scheduler.address):
            if report.part:
                seen.extend(client.run(resident).values())
    parts.SIZES = usual
    shown = ", ".join(f"{seen[each - 1]:.1f} after {each}" for each in steps(len(seen)))
    print(f"memory of a worker in MB: {shown} parts")


def steps(number: int) -> Iterable[int]:
    """A few numbers up to this one."""
    return sorted({1, number // 8, number // 4, number // 2, number} - {0})


def resident() -> float:
    """MB of memory that a process has."""
    import psutil

    return float(psutil.Process().memory_info().rss / 1024 / 1024)


def listing(name: str, given: str) -> None:
    """Print what it costs to list files and put them into parts."""
    before, began = time.process_time(), time.monotonic()
    number = sum(len(part.inputs) for part in parts.parts_of(list_inputs([given], None), "", parts.SIZES))
    cpu, wall = time.process_time() - before, time.monotonic() - began
    print(f"{name}: {number:,} files listed, {cpu / number * 1e6:.0f} µs CPU each, {wall / number * 1e6:.0f} µs in all")


@contextmanager
def store() -> Iterator[Any]:
    """A server of S3 in a process of its own."""
    import s3fs

    port = 5555
    server = subprocess.Popen(  # noqa: S603 - moto's own
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.environ.update(CREDENTIALS, AWS_ENDPOINT_URL=f"http://127.0.0.1:{port}")
    try:
        time.sleep(10)
        yield s3fs.S3FileSystem()
    finally:
        server.kill()


def packed(pages: Path, target: Path) -> None:
    """Write pages as a WARC file, a gzip member for each."""
    with target.open("wb") as stream:
        for each, path in enumerate(sorted(path for path in pages.rglob("*") if path.is_file())):
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + path.read_bytes()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{each}\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            stream.write(gzip.compress(head.encode() + body + b"\r\n\r\n"))


def files_and_records(pages: Path, scratch: Path) -> None:
    """Print what a page costs from a file of its own and from a WARC file."""
    number = sum(1 for path in pages.rglob("*") if path.is_file())
    packed(pages, scratch / "all.warc.gz")
    for name, given in (("files", pages), ("a WARC file", scratch / "all.warc.gz")):
        print(f"from {name}: {on_dask(given, scratch / 'out', 1).cpu / number * 1000:.1f} ms CPU a page")


def engine(scratch: Path, files: int, number: int) -> None:
    """Print what is spent beside the pages."""
    make(scratch / "small", files)
    make(scratch / "few", FEW)
    handing_out(scratch / "small")
    listing("here", str(scratch / "small"))
    with store() as there:
        there.mkdir(BUCKET)
        there.put(str(scratch / "small"), f"{BUCKET}/", recursive=True)
        there.invalidate_cache()
        listing("S3 (moto)", f"s3://{BUCKET}")
    small_parts(scratch / "few", scratch / "out")
    files_and_records(scratch / "few", scratch)
    watched(scratch / "watched", scratch / "out", number)


def main() -> None:
    """Read the command line and measure."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, nargs="*", default=[])
    arguments.add_argument("--pages", type=int, default=4000)
    arguments.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--parts", type=int, default=60)
    arguments.add_argument("--files", type=int, default=2000)
    chosen = arguments.parse_args()
    quiet()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        for each in chosen.data:
            copied(each, scratch / "pages" / each.name, chosen.pages // len(chosen.data))
        if chosen.data:
            usual, parts.SIZES = parts.SIZES, Sizes(chosen.pages // 16, chosen.pages // 8)
            throughput(scratch / "pages", scratch / "out", chosen.workers, chosen.rounds)
            parts.SIZES = usual
        engine(scratch, chosen.files, chosen.parts)


if __name__ == "__main__":
    main()
