"""What of the command line cannot be done across parts, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

from newsclean.batch import Batch
from newsclean.scale.addresses import everywhere, out_of_reach
from newsclean.scale.listing import Listed, list_inputs
from newsclean.scale.reports import ENDINGS
from newsclean.sources import STDIN
from newsclean.sources.remote import is_web


def conflict(inputs: tuple[str, ...], batch: Batch) -> str | None:
    """Say why what was asked for cannot be done on a cluster, and what to do instead, or None."""
    target = batch.target
    if target.output_dir is None or target.output is not None:
        return "--scheduler writes parts: give the directory for them with -d, and no -o."
    if target.format not in ENDINGS:
        return "--scheduler writes parts of many pages: add -f jsonl or -f parquet."
    if STDIN in inputs:
        return "--scheduler reads files, which all workers can open: name files or directories."
    if address := next((each for each in inputs if is_web(each)), None):
        return f"newsclean does not fetch {address}: save the pages, or give a WARC file."
    if problem := unfit(batch) or missing(target.format):
        return problem
    return next(filter(None, map(out_of_reach, (*inputs, target.output_dir))), None)


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
