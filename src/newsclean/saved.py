"""A page in any form in which pages are saved, for programs: what `newsclean.clean` takes.

The command reads files by itself and hands their pages to the pipeline one by one; here somebody hands over the bytes
of a file, which may be one page of HTML or text, or hold one page and what else was saved with it.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from newsclean import pipeline
from newsclean.errors import UnreadableInputError
from newsclean.models import Article, Metadata, Source
from newsclean.sources import STDIN, Unreadable, is_plain, read_bytes
from newsclean.sources.forms import PAGE_ENDINGS

MANY = "this file holds several pages: unpack it, or have the command read it (newsclean FILE -f jsonl)"
PATH = "this reads like the name of a file: hand over the page itself, Path(...).read_bytes()"
"""What a program is warned of that hands over no page."""

LONGEST_PATH = 1000
"""Characters."""


def clean(  # noqa: PLR0913 - the public door: each keyword is one thing that a caller may know of the page
    data: bytes | str,
    *,
    url: str | None = None,
    encoding: str | None = None,
    input_format: str = "auto",
    engine: str = "newsclean",
    charset: str | None = None,
    name: str | None = None,
) -> Article:
    """Turn a saved page or a text dump into its article.

    - `data`: the bytes of the file, which is best, or text that is decoded already; the bytes may be of any form that
      holds one page: HTML, text, MHTML, a webarchive, compressed data, an archive with one page in it
    - `url`: its address; relative links are resolved against it
    - `encoding`: overrides what the bytes say
    - `input_format`: "html", "text", or "auto" to tell it from the content
    - `engine`: "newsclean", or "readability" where readability-lxml alone shall say what of an HTML page is text
    - `charset`: what a container (an HTTP header, MIME) declared, which is evidence and no order
    - `name`: what to call the input in the result

    A page without an article gives an `Article` with empty text and a warning, and so does what is no page.

    Raises:
        UnknownEncodingError: `encoding` is none that Python knows.
        UnknownChoiceError: there is no such engine or input format.
        TypeError: `data` is no page but a `Path`, say. Nothing else is raised, whatever the page.

    """
    held = None if isinstance(data, str) or not isinstance(data, pipeline.PAGES) else page_in(bytes(data))
    if isinstance(held, str):
        return Article(Metadata(), warnings=(held,), input=name)
    if held is not None:
        data, url, charset = held.data, url or held.url, charset or held.charset
    made = pipeline.clean(
        data, url=url, encoding=encoding, input_format=input_format, engine=engine, charset=charset, name=name
    )
    return replace(made, warnings=(PATH,)) if not made.text and is_path(data) else made


def page_in(data: bytes) -> Source | str | None:
    """Return the page that a file holds, or what is wrong with it; None for a file that is a page as it is."""
    if is_plain(data):
        return None
    try:
        pages = list(islice(read_bytes(STDIN, data), 2))
    except UnreadableInputError as error:
        return str(error)
    if len(pages) > 1:
        return MANY
    (page,) = pages
    return str(page.error) if isinstance(page, Unreadable) else page


def is_path(data: bytes | str) -> bool:
    """Whether a text is the name of a saved page and not the page."""
    is_line = isinstance(data, str) and len(data) <= LONGEST_PATH and len(data.split()) == 1
    return is_line and str(data).lower().strip().endswith(PAGE_ENDINGS)
