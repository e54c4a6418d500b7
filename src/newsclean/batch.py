"""Many sources → outcomes, each written as soon as it is known: memory does not grow with the number of pages.

What fails, or holds no article, becomes an outcome that says so, and the next input has its turn. Only what concerns
all inputs (an encoding that nobody knows, an output that cannot be written) ends the run.
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Generator, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from newsclean.decode import decode
from newsclean.errors import NewscleanError, UnknownEncodingError, UnreadableInputError
from newsclean.models import Article, Source
from newsclean.patterns import lazy
from newsclean.sinks import Placed, Target, open_sink
from newsclean.sources import STDIN, Found, Unreadable, find, read, shown

ADDRESS = lazy(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")
"""How an input begins that is an address and not a path."""


NO_ARTICLE = "no article found"
"""How the line for a page without an article begins, and the warning in it."""

NEXT_STEP = "--explain shows how each block was judged"
"""What to try with such a page."""


class Reading(NamedTuple):
    """How the inputs are to be read: what the command line knows better than they do."""

    url: str | None = None
    encoding: str | None = None
    input_format: str = "auto"
    engine: str = "newsclean"


class Outcome(NamedTuple):
    """What became of one input: an article, or one line on why there is none.

    `article` stands beside an `error` where a page was read but holds no article. `trace` is the traceback of an
    error that nobody foresaw.
    """

    name: str
    article: Article | None = None
    error: str | None = None
    trace: str | None = None


def run(inputs: tuple[str, ...], reading: Reading, target: Target) -> Generator[Outcome, None, None]:
    """Clean the inputs and write their articles; yields every outcome once it is written.

    Raises OutputError when the output cannot be written, UnknownEncodingError for an encoding that nobody knows, and
    BrokenPipeError when nobody reads the output any more. Close the generator to drop an unfinished output file.
    """
    if reading.encoding is not None:
        decode(b"", encoding=reading.encoding)  # a wrong name is to be known before the first page is read
    with open_sink(target, is_many(inputs)) as write:
        for found in find(inputs, own_outputs(target)):
            for outcome in clean_found(found, reading):
                if outcome.article is not None and outcome.error is None:
                    write(Placed(outcome.article, found.path, found.place))
                yield outcome


def clean_found(found: Found, reading: Reading) -> Iterator[Outcome]:
    """Clean the pages of one file."""
    if found.error is not None:
        yield Outcome(shown(found.path), error=str(found.error))
        return
    try:
        for source in read(found):
            if isinstance(source, Unreadable):
                yield Outcome(source.name, error=str(source.error))
            else:
                yield clean_source(source, reading)
    except UnreadableInputError as error:
        yield Outcome(shown(found.path), error=str(error))


def clean_source(source: Source, reading: Reading) -> Outcome:
    """Clean one page; whatever is wrong with it stays with it."""
    try:
        article = clean_page(source, reading)
    except UnknownEncodingError:
        raise
    except NewscleanError as error:
        return Outcome(source.name, error=str(error))
    except Exception as error:
        message = f"unexpected {type(error).__name__}: {error} (please report this; -v shows where it happened)"
        return Outcome(source.name, error=message, trace=traceback.format_exc())
    return Outcome(source.name, article, missing(article))


def clean_page(source: Source, reading: Reading) -> Article:
    """Hand one page to the pipeline, with what is known of it."""
    from newsclean.pipeline import clean  # brings the parser and the model, which usage errors need not wait for

    return clean(
        source.data,
        url=reading.url or source.url,
        encoding=reading.encoding,
        input_format=reading.input_format,
        engine=reading.engine,
        charset=source.charset,
        name=source.name,
    )


def missing(article: Article) -> str | None:
    """Say that a page holds no article, what its warnings make of it and what to try, or None where it holds one."""
    if article.text:
        return None
    why = [warning.removeprefix(f"{NO_ARTICLE}: ") for warning in article.warnings]
    return f"{NO_ARTICLE} ({'; '.join([*why, NEXT_STEP])})"


def is_many(inputs: tuple[str, ...]) -> bool:
    """Tell whether the output is of several pages, by what was asked for and not by what is found."""
    return len(inputs) > 1 or any(is_folder(each) for each in inputs)


def is_folder(given: str) -> bool:
    """Tell whether an input is a directory."""
    return given != STDIN and os.path.isdir(given)


def own_outputs(target: Target) -> frozenset[str]:
    """Return the real paths that a run writes to, which are no input of it."""
    return frozenset(os.path.realpath(each) for each in (target.output, target.output_dir) if each is not None)


def conflict(inputs: tuple[str, ...], reading: Reading, target: Target) -> str | None:
    """Say why what was asked for cannot be done, and what to do instead, or None."""
    if target.output is not None and target.output_dir is not None:
        return "-o/--output writes one file and -d/--output-dir one for each input: give one of them."
    if address := next((each for each in inputs if ADDRESS.match(each)), None):
        return (
            f"newsclean does not fetch: save the page, or pipe it: curl -sL '{address}' | newsclean --url '{address}'"
        )
    if reading.url is not None and is_many(inputs):
        return "--url is the address of one page: give one file, or none to read standard input."
    if reading.url is not None and not is_web_address(reading.url):
        return f"--url is the whole address of the page, such as https://example.com/a.html: not '{reading.url}'."
    outputs = own_outputs(target)
    if same := next((each for each in inputs if each != STDIN and os.path.realpath(each) in outputs), None):
        return f"the output would overwrite the input {shown(same)}: give another place."
    return None


def is_web_address(address: str) -> bool:
    """Tell whether `address` is one of the web, with its host."""
    try:
        parts = urlsplit(address)
        host = parts.hostname if parts.port != 0 else None  # asking for the port checks it
    except ValueError:  # a bracket out of place, or a port that is no number
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not re.search(r"\s", address)
