"""`python -m newsclean.scale.child FOLDER`: a process of its own that does one part with the local batch's own code.

A worker of Dask may have no children of multiprocessing, has threads, and lives long; a program that it runs may fork,
and leaves no memory behind. The job is read from the folder, and the lines and the report are left there.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsclean.batch import Batch, Filters, Outcome, Reading, Running, run_found
from newsclean.scale.jobs import JOB, LINES, REPORT, found_of
from newsclean.scale.reports import report_of
from newsclean.sinks import Target


def main(folder: str) -> None:
    """Do the part."""
    home = Path(folder)
    job = json.loads((home / JOB).read_bytes())
    batch = Batch(
        Target("jsonl", output=str(home / LINES)),
        Reading(*job["reading"]),
        filters=Filters(*job["filters"]),
        running=Running(1, job["timeout"], fail_fast=job["fail_fast"]),
    )
    report = report_of(job["part"], heeding(run_found(map(found_of, job["founds"]), batch)))
    lines = home / LINES
    if not lines.exists():  # as where no page held an article
        lines.touch()
    if job["format"] == "parquet":
        from newsclean.scale.parquet import convert

        convert(lines, home / (LINES + ".parquet"))
    (home / REPORT).write_text(json.dumps(report._asdict()), "ascii")


def heeding(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Pass outcomes on while there is somebody to report to: who lost its worker does not work on in vain."""
    parent = os.getppid()
    for outcome in outcomes:
        if os.getppid() != parent:
            os._exit(1)
        yield outcome


if __name__ == "__main__":
    main(sys.argv[1])
