"""What a worker does with a part: bring its inputs here, have them cleaned, put what came of it in its place.

All that goes back to whoever asked are numbers and a few names. The state is put last: a part that has one is done.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from newsclean.errors import NewscleanError, UnreadableInputError
from newsclean.scale.addresses import below, contents, copy_here, local_path, put, put_bytes, remove
from newsclean.scale.jobs import JOB, LINES, REPORT, found_data
from newsclean.scale.parts import Input, Part
from newsclean.scale.ranges import bounds
from newsclean.scale.reports import ENDINGS, FAILURES, STATE, Order, Report, from_data
from newsclean.sources import Found

FETCHERS = 8
"""Files that are brought here at once: a store takes its time for each, and serves many."""

LAST_WORDS = 300
"""Characters of what a process said last that say why it died."""


DEATHS = 3
"""Workers that may die of a part, or processes of theirs, before it is given up."""

DIED = "the workers died that did it, one after another"
"""What is said of such a part."""


class WorkersDiedError(NewscleanError):
    """The workers died that had a part, whether it was begun or not."""


class PartDiedError(NewscleanError):
    """The process that did a part is gone."""


class OtherVersionError(NewscleanError):
    """The worker has another version of newsclean than whoever gave it work."""


def sealed(part: Part, order: Order) -> bytes:
    """Return a part and its order as one value: Dask would look for tasks of its own in all that tuples hold."""
    return pickle.dumps((part, order))


def do_sealed(data: bytes) -> Report:
    """Do such a part, as `do_part` does."""
    part, order = pickle.loads(data)  # noqa: S301 - as Dask would have done
    return do_part(part, order)


def do_part(part: Part, order: Order) -> Report:
    """Do a part and report. Raises OutputError, PartDiedError, WorkersDiedError and OtherVersionError."""
    from newsclean import __version__

    if order.version != __version__:
        raise OtherVersionError(f"a worker has newsclean {__version__}, not {order.version} (install the same)")
    try:
        note_start(part, order)
        return done_part(part, order)
    except NewscleanError:
        raise
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
    raise PartDiedError(why)  # by itself: not every error survives the way to another computer


def done_part(part: Part, order: Order) -> Report:
    """Do a part and report."""
    began = time.monotonic()
    said: list[str] = []
    with TemporaryDirectory(prefix="newsclean-", dir=scratch()) as home:
        with ThreadPoolExecutor(FETCHERS) as fetchers:
            brought = fetchers.map(partial(bring, home, said.append), count(), part.inputs)
            founds = [found for found in brought if found is not None]
        report = in_child(part.name, founds, order, Path(home))
        report = report._replace(seconds=round(time.monotonic() - began, 3))
        report = report if report.failed and order.fail_fast else publish(report, order, Path(home))
    return report._replace(note="; ".join(dict.fromkeys(said)) or None)


def note_start(part: Part, order: Order) -> None:
    """Note that a part is begun once more: who dies of it cannot say so afterwards.

    Raises WorkersDiedError where that was done often enough.
    """
    before = starts(part, order)
    if before >= DEATHS:
        raise WorkersDiedError(DIED)
    note = {"run": order.run, "starts": before + 1}
    put_bytes(json.dumps(note).encode("ascii"), state_of(part.name, order))


def starts(part: Part, order: Order) -> int:
    """Return how often a part has been begun in this run without being finished."""
    with suppress(ValueError, TypeError):
        note = json.loads(contents([state_of(part.name, order)])[0] or b"{}")
        return int(note["starts"]) if note.get("run") == order.run else 0
    return 0


def state_of(name: str, order: Order) -> str:
    """Return the address of a part's state."""
    return below(order.folder, STATE, f"{name}.json")


def scratch() -> str | None:
    """Return where Dask lets workers keep files: it clears up behind those that died."""
    with suppress(ImportError, ValueError):
        from distributed import get_worker

        return str(get_worker().local_directory)
    return None


def bring(home: str, say: Callable[[str], object], number: int, given: Input) -> Found | None:
    """Bring an input here, unless it is; None for a stretch where nothing begins."""
    file = given.file
    path = os.path.join(home, f"in-{number}")
    if file.error is not None:
        return Found(path, error=UnreadableInputError(file.error), called=file.called)
    here = local_path(file.address)
    if here is not None and not given.end:
        return Found(here, listed=file.in_folder, called=file.called)
    try:
        stretch = bounds(file.address, file.size, given.begin, given.end, say) if given.end else (0, None)
        if stretch is not None:
            copy_here(file.address, path, *stretch)
            return Found(path, listed=file.in_folder or bool(given.end), called=file.called)
    except UnreadableInputError as error:
        return Found(path, error=error, called=file.called)
    return None


def in_child(part: str, founds: list[Found], order: Order, home: Path) -> Report:
    """Have files cleaned by a process of its own."""
    job = {"part": part, "founds": [found_data(each) for each in founds], **order._asdict()}
    (home / JOB).write_text(json.dumps(job), "ascii")
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "newsclean.scale.child", str(home)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()[-LAST_WORDS:].replace("\n", " ")
        raise PartDiedError(f"its process ended with {done.returncode}: {said}")
    return from_data(json.loads((home / REPORT).read_bytes()))


def publish(report: Report, order: Order, home: Path) -> Report:
    """Put the output of a part in its place, its failures, and last its state."""
    made = home / (LINES if order.format == "jsonl" else f"{LINES}.parquet")
    failures = home / f"{LINES}.newsclean-failures.jsonl"
    report = report._replace(size=made.stat().st_size)
    put(str(made), below(order.folder, report.part + ENDINGS[order.format]))
    place = below(order.folder, FAILURES, f"{report.part}.jsonl")
    if failures.exists():
        put(str(failures), place)
    else:
        remove(place)
    (home / "state.json").write_text(json.dumps(report._asdict()), "ascii")
    put(str(home / "state.json"), state_of(report.part, order))
    return report
