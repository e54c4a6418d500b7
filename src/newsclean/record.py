"""One source in, plain data out: the unit of work for engines that run a function over many inputs.

Dask, Spark and Ray pickle a function by its name and its arguments by their values; what goes in and comes out here
is bytes, text and what JSON has, and whatever is wrong with a page comes out as data, too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from newsclean.batch.options import Reading
from newsclean.batch.outcomes import UNREADABLE, Reply, Status, failed, failure_record
from newsclean.batch.work import Plan, clean_only, guarded
from newsclean.models import Source
from newsclean.sources import PAGE_LIMIT, STDIN, Found, Unreadable, read, read_bytes
from newsclean.sources.remote import is_address, read_address

MANY = "it holds several pages (unpack it, or let newsclean --scheduler read it)"
"""What is wrong with an archive that is given for a page."""

Data: TypeAlias = bytes | bytearray | memoryview
DATA = (bytes, bytearray, memoryview)
"""What the bytes of a page may be in."""


def clean_record(  # noqa: PLR0913 - a public door: each keyword is one thing that a caller may know of the page
    source: Data | str | os.PathLike[str],
    *,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    encoding: str | None = None,
    input_format: str = "auto",
    engine: str = "newsclean",
    limit: int = PAGE_LIMIT,
    storage_options: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Clean one page, in any form that holds one, and return it as plain data.

    `source` is the bytes of a saved file, or where it is: a path, or an address for fsspec with its
    `storage_options`. `name` is what to call it, `url` its address on the web, `charset` what a server declared,
    `encoding` overrides what the bytes say, `limit` is the most bytes that the page may have. For `input_format` and
    `engine` see `clean`.

    Returns the JSON object of the article, which has a `text`, or of what is wrong, with `input`, `reason` and
    `kind` ("no-article", "undecodable", "crash", "unreadable"). Raises UnknownEncodingError and UnknownChoiceError,
    and nothing else for any page.
    """
    reading = Reading(url, encoding, input_format, engine, limit)
    called = name if name is not None else STDIN if isinstance(source, DATA) else Found(os.fspath(source)).name

    def do() -> Reply:
        pages = pages_of(source, called, limit, storage_options)
        return clean_only(called, pages, Plan(reading, format=None, explain=True), charset)

    return as_data(guarded(called, do))


def pages_of(
    source: Data | str | os.PathLike[str], name: str, limit: int, options: Mapping[str, Any] | None
) -> Iterator[Source | Unreadable]:
    """Read the pages of a source."""
    if isinstance(source, DATA):
        return read_bytes(name, bytes(source), limit)
    path = os.fspath(source)
    pages = read_address(path, limit, options) if is_address(path) else read(Found(path, called=name), limit)
    return (page if page.member else page._replace(name=name) for page in pages)


def as_data(reply: Reply) -> dict[str, Any]:
    """Return a reply as plain data."""
    outcome = reply.outcome
    if reply.is_container:
        return failure_record(failed(outcome.name, UNREADABLE, MANY))
    if outcome.status is Status.DONE and outcome.article is not None:
        return outcome.article.to_dict()
    return failure_record(outcome)
