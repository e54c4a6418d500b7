"""What of the command line cannot be done across parts, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from newsclean.batch import Batch
from newsclean.patterns import lazy
from newsclean.scale.addresses import everywhere, out_of_reach
from newsclean.scale.listing import Listed, list_inputs
from newsclean.scale.reports import ENDINGS
from newsclean.sources import STDIN
from newsclean.sources.remote import is_web

SCHEDULER = lazy(r"(?i:local)|(?:tcp|tls)://(?:[^\s:/?#@\[\]]+|\[[0-9A-Fa-f:.]+(?:%\w+)?\]):([0-9]{1,5})")
"""What names a scheduler: one of our own, or a host and a port."""

PORTS = range(1, 65536)
"""All that there are."""


def conflict(inputs: tuple[str, ...], batch: Batch, scheduler: str) -> str | None:
    """Say why what was asked for cannot be done on a cluster, and what to do instead, or None."""
    if not is_scheduler(scheduler):
        return (
            f"--scheduler takes the word local, or an address such as tcp://host:8786 (or tls://): not '{scheduler}'."
        )
    target = batch.target
    if target.output_dir is None or target.output is not None:
        return "--scheduler writes parts: give the directory for them with -d, and no -o."
    if target.format not in ENDINGS:
        return "--scheduler writes parts of many pages: add -f jsonl or -f parquet."
    if problem := elsewhere(inputs, target.output_dir) or unfit(batch) or missing(target.format):
        return problem
    return next(filter(None, map(out_of_reach, (*inputs, target.output_dir))), None)


def elsewhere(inputs: tuple[str, ...], output: str) -> str | None:
    """Say what is not where workers read and write."""
    if STDIN in inputs:
        return "--scheduler reads files, which all workers can open: name files or directories."
    if address := next((each for each in inputs if is_web(each)), None):
        return f"newsclean does not fetch {address}: save the pages, or give a WARC file."
    if is_web(output):
        return f"newsclean does not write to {output}: give a directory, or the address of a store."
    return None


def is_scheduler(given: str) -> bool:
    """Tell whether there can be a scheduler of this name."""
    match = SCHEDULER.fullmatch(given)
    return match is not None and (match[1] is None or int(match[1]) in PORTS)


def unfit(batch: Batch) -> str | None:
    """Name an option that needs to see all pages in one place."""
    options = {
        "--dedup": batch.filters.dedup,
        "--join-pages": batch.selection.join_pages,
        "--explain": batch.explain,
        "--report": batch.target.report is not None,
        "--url": batch.reading.url is not None,
    }
    name = next((name for name, is_given in options.items() if is_given), None)
    return None if name is None else f"{name} does not go with --scheduler: each part is done without the others."


def missing(form: str) -> str | None:
    """Say what is to be installed."""
    if find_spec("distributed") is None or find_spec("fsspec") is None:
        return "--scheduler needs Dask: pip install 'newsclean[dask]'"
    if form == "parquet" and find_spec("pyarrow") is None:
        return "-f parquet needs pyarrow: pip install 'newsclean[parquet]'"
    return None


def listing(inputs: tuple[str, ...], batch: Batch) -> Iterator[Listed]:
    """List the inputs once more, to know how many there are."""
    return list_inputs(inputs, everywhere(batch.target.output_dir or "."))
