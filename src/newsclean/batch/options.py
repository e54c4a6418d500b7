"""What the command line asks of a run, as frozen values, and what of it cannot be done."""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from newsclean.sinks import Target, is_device
from newsclean.sources import PAGE_LIMIT, STDIN, is_container, shown
from newsclean.sources.remote import CHAIN, hostless, is_address, is_web

REPORT_ENDINGS = frozenset({"", ".html", ".htm", ".xhtml"})
"""Of files that browsers show; another one would be a slip."""

LOCAL = "file://"
"""How the address of a file on this computer begins."""

PART, NEXT, STATE, STATE_NEXT, FAILURES = (
    ".newsclean-part",
    ".newsclean-next",
    ".newsclean-state.jsonl",
    ".newsclean-state-next.jsonl",
    ".newsclean-failures.jsonl",
)
"""What the files beside an output file are called, behind its name."""

BESIDE = (PART, NEXT, STATE, STATE_NEXT, FAILURES)
"""All of them."""

PARQUET = "parquet"
"""The format that parts of many pages have, and no file of our own."""

TIMEOUT = 60.0
"""Seconds that one page may take: what takes longer than a second is broken or huge."""


class Reading(NamedTuple):
    """How the inputs are to be read: what the command line knows better than they do.

    `limit` is how many bytes one page may have, unpacked.
    """

    url: str | None = None
    encoding: str | None = None
    input_format: str = "auto"
    engine: str = "newsclean"
    limit: int = PAGE_LIMIT


class Selection(NamedTuple):
    """Which files are read, by patterns of their paths: what `include` takes (all without any), but no `exclude`.

    `join_pages` says that the pages of one article are read together.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    join_pages: bool = False

    def takes(self, path: str) -> bool:
        """Tell whether a file is to be read."""
        if not self.include and not self.exclude:
            return True
        name = path.replace(os.sep, "/")
        wanted = not self.include or any(matches(name, pattern) for pattern in self.include)
        return wanted and not any(matches(name, pattern) for pattern in self.exclude)


def matches(path: str, pattern: str) -> bool:
    """Tell whether a pattern is that of a path or of its end: `*.html`, `2024/*`, `index.*`."""
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"*/{pattern}")


class Filters(NamedTuple):
    """Which articles are written."""

    language: str | None = None
    min_chars: int = 0
    min_confidence: float = 0.0
    dedup: bool = False


class Running(NamedTuple):
    """How a run goes: its number of workers (None: as many as there are processors), and what ends it or a page."""

    jobs: int | None = None
    timeout: float = TIMEOUT
    force: bool = False
    fail_fast: bool = False


class Batch(NamedTuple):
    """All that is asked of a run, but for its inputs. `explain` says that outcomes shall bring their articles."""

    target: Target = Target()
    reading: Reading = Reading()
    selection: Selection = Selection()
    filters: Filters = Filters()
    running: Running = Running()
    explain: bool = False


def is_many(inputs: tuple[str, ...]) -> bool:
    """Tell whether the output is of several pages, by what was asked for and not by what is found."""
    return len(inputs) > 1 or any(is_folder(each) for each in inputs)


def holds_many(inputs: tuple[str, ...]) -> bool:
    """Tell whether there are several pages, by what was asked for, or in the one file that was."""
    return is_many(inputs) or (inputs[0] != STDIN and os.path.isfile(inputs[0]) and is_container(inputs[0]))


def is_folder(given: str) -> bool:
    """Tell whether an input is a directory."""
    return given != STDIN and os.path.isdir(given)


def own_outputs(target: Target) -> frozenset[str]:
    """Return the real paths that a run writes to, which are no input of it."""
    own = places(target)
    beside = [os.path.realpath(target.output) + suffix for suffix in BESIDE] if target.output is not None else []
    return frozenset(own + beside)


def places(target: Target) -> list[str]:
    """Return the real paths of what was asked for."""
    return [os.path.realpath(each) for each in (target.output, target.output_dir, target.report) if each is not None]


def conflict(inputs: tuple[str, ...], reading: Reading, target: Target) -> str | None:
    """Say why what was asked for cannot be done, and what to do instead, or None."""
    if problem := mistargeted(target):
        return problem
    if address := next((each for each in inputs if is_address(each)), None):
        return not_here(address)
    if reading.url is not None and holds_many(inputs):
        return "--url is the address of one page: give one file, or none to read standard input."
    if reading.url is not None and not is_web_address(reading.url):
        return f"--url is the whole address of the page, such as https://example.com/a.html: not '{reading.url}'."
    return misplaced(inputs, target)


def misplaced(inputs: tuple[str, ...], target: Target) -> str | None:
    """Say which output cannot be written where it is wished, or None."""
    if target.report is not None and is_device(target.report):
        return f"--report writes a file that a browser opens: {shown(target.report)} is none."
    if len(set(places(target))) < len(places(target)):
        return "--report and the articles need different places."
    outputs = own_outputs(target)
    if same := next((each for each in inputs if each != STDIN and os.path.realpath(each) in outputs), None):
        return f"the output would overwrite the input {shown(same)}: give another place."
    return None


def mistargeted(target: Target) -> str | None:
    """Say what is wrong with where the output is to go, or None."""
    if target.format == PARQUET:
        return "-f parquet writes parts: add --scheduler local, or the address of a Dask scheduler."
    if target.output is not None and target.output_dir is not None:
        return "-o/--output writes one file and -d/--output-dir one for each input: give one of them."
    if target.report is not None and os.path.splitext(target.report)[1].lower() not in REPORT_ENDINGS:
        return f"--report writes a page: give its file an ending that browsers know, as in {shown(target.report)}.html"
    return None


def not_here(address: str) -> str:
    """Say what to do with an address, of which there is no file here."""
    if is_web(address) and CHAIN in address:
        return f"newsclean does not fetch {address}: save the file, and give its path."
    if is_web(address):
        return (
            f"newsclean does not fetch: save the page, or pipe it: curl -sL '{address}' | newsclean --url '{address}'"
        )
    if address.lower().startswith(LOCAL):
        return f"give the path, without {LOCAL}: {shown(unquote(hostless(address)[len(LOCAL) :]))}"
    return f"{address} is not on this computer: add --scheduler local, or the address of a Dask scheduler."


def is_web_address(address: str) -> bool:
    """Tell whether `address` is one of the web, with its host."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None  # asking for the port checks it
    except ValueError:  # a bracket out of place, or a port that is no number
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not re.search(r"\s", address)
