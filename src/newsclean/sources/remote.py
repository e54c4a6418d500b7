"""Addresses of files that are not in this computer's file system, `s3://`, `hdfs://`, `gs://`: opened by fsspec."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from textwrap import shorten
from typing import Any, cast

from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.patterns import lazy
from newsclean.sources.files import Found, plainly
from newsclean.sources.packings import CHUNK
from newsclean.sources.page import PAGE_LIMIT, Unreadable
from newsclean.sources.table import read_stream

ADDRESS = lazy(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")
"""How an input begins that is an address and not a path."""

WEB = lazy(r"(?i)(?:generic://)*(?:https?|ftp)://")
"""How addresses of the web begin, which is not read from here; `generic://` leaves it to what follows."""

CHAIN = "::"
"""Stands between the links of an address that leads through several file systems, as `zip://a.html::s3://b/c.zip`."""

HERE = lazy(r"(?i)((?:\A|::)file://)localhost(?=/)")
"""How an address begins that names this computer, as RFC 8089 allows: fsspec takes the host for a directory."""

ADVICE = "to read addresses: pip install 'newsclean[dask]'"
"""What to try where fsspec is missing."""

SAID = 300
"""Characters of what a file system says that are told: some say where they looked for each of their libraries."""


def is_address(given: str) -> bool:
    """Tell whether an input is an address and not a path."""
    return ADDRESS.match(given) is not None


def is_web(given: str) -> bool:
    """Tell whether an input is a page of the web, or is within a file there."""
    return is_address(given) and any(WEB.match(link) for link in given.split(CHAIN))


def hostless(address: str) -> str:
    """Return an address without the host where that is this computer."""
    return HERE.sub(r"\1", address)


def read_address(
    address: str, limit: int = PAGE_LIMIT, options: Mapping[str, Any] | None = None
) -> Iterator[Source | Unreadable]:
    """Read the pages of the file at an address, as `read` does; `options` are for its file system."""
    with opened(address, options or {}) as stream:
        yield from read_stream(Found(address), stream, limit)


@contextmanager
def opened(address: str, options: Mapping[str, Any]) -> Iterator[io.BufferedReader]:
    """Open an address for reading. Raises UnreadableInputError."""
    if is_web(address):
        raise UnreadableInputError("newsclean does not fetch: hand over the bytes of the page")
    try:
        import fsspec
    except ImportError:
        raise UnreadableInputError(f"it is an address ({ADVICE})") from None
    with reading(address):
        file = fsspec.open(hostless(address), "rb", **options).open()
    with file, reading(address):
        yield cast("io.BufferedReader", io.BufferedReader(file, CHUNK))


@contextmanager
def reading(address: str) -> Iterator[None]:
    """Turn whatever a file system raises on reading into an UnreadableInputError."""
    try:
        yield
    except UnreadableInputError:
        raise
    except FileNotFoundError as error:
        raise UnreadableInputError("no such file or directory") from error
    except Exception as error:  # each library has errors of its own
        raise UnreadableInputError(what_is_said(error, address)) from error


def what_is_said(error: Exception, address: str) -> str:
    """Return what a file system finds wrong, in few words."""
    if isinstance(error, OSError):
        return shorten(plainly(error), SAID)
    return shorten(f"{address.partition('://')[0]} says {type(error).__name__}: {error}", SAID)
