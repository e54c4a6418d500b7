"""The whole way from bytes to article: the only place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from newsclean import article, collector, metadata, page, repair, second_opinion
from newsclean.decode import decode
from newsclean.errors import UnknownChoiceError
from newsclean.label import roles
from newsclean.label.model import Scored, score
from newsclean.label.thinning import spread, thinned
from newsclean.models import Article, Blocks, LabelledBlock, Text
from newsclean.page import Page, TextPage
from newsclean.segment import html as html_segment
from newsclean.segment import text as text_segment

PAGES = (bytes, bytearray, memoryview, str)
"""What a page can be handed over as."""


def clean(  # noqa: PLR0913 - each keyword is one thing that a caller may know of the page
    data: bytes | str,
    *,
    url: str | None = None,
    encoding: str | None = None,
    input_format: str = "auto",
    engine: str = "newsclean",
    charset: str | None = None,
    name: str | None = None,
) -> Article:
    """Turn a page or a text dump into its article; `newsclean.saved` tells what each argument is.

    Raises UnknownEncodingError, UnknownChoiceError, and TypeError where `data` is no page; nothing else.
    """
    _known("engine", engine, ENGINES)
    _known("input format", input_format, ("auto", *page.READERS))
    if not isinstance(data, PAGES):
        raise TypeError(f"data is the page itself, bytes or str, not {type(data).__name__}: try Path(...).read_bytes()")
    decoded = Text(data, "utf-8", "given as text") if isinstance(data, str) else _decode(data, encoding, charset)
    with collector.held_off(len(decoded.text)):
        read = page.read(decoded.text, input_format)
        blocks, repairs = segmented(read)
        labels = labelled(read, blocks, decoded, engine)
        meta, more = repair.metadata(metadata.extract(read, labels, url, blocks.containers))
        marked, names = metadata.mark(labels, meta), (*repairs, *more)
        made = article.assemble(marked, meta, decoded, names, read.base(meta.url))
    return replace(made, input=name)


def _decode(data: bytes, encoding: str | None, charset: str | None) -> Text:
    return decode(bytes(data), encoding=encoding, declared=charset)


def labelled(read: Page, blocks: Blocks, decoded: Text, engine: str) -> tuple[LabelledBlock, ...]:
    """The labels of a page's blocks.

    A dump, which readability-lxml cannot read, is always judged by our scores; so is a page of very many blocks, which
    takes it many seconds, unless it was asked for by name.
    """
    if not blocks.blocks:
        return ()
    sample = thinned(blocks)
    judged = blocks if sample is None else sample.page
    scored = score(judged, read.title)
    alone = blocks.dump or (sample is not None and engine == OWN)
    labels = roles.assign(judged, scored) if alone else ENGINES[engine](judged, scored, decoded.text)
    return labels if sample is None else spread(blocks, sample, labels)


OWN = "newsclean"
"""The engine that judges by our scores first."""

ENGINES: dict[str, Callable[[Blocks, Scored, str], tuple[LabelledBlock, ...]]] = {
    OWN: second_opinion.where_in_doubt,
    "readability": second_opinion.alone,
}
"""What finds the text of a page, by name; it is given the blocks, their scores and the HTML."""


def segmented(read: Page) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks of a page with their text repaired, and the names of the repairs that changed something."""
    return repair.blocks(text_segment.segment(read) if isinstance(read, TextPage) else html_segment.segment(read))


def _known(choice: str, name: str, names: Iterable[str]) -> None:
    """Refuse a name that is not among those that there are."""
    if name not in names:
        raise UnknownChoiceError(f"no {choice} is called {name!r}: choose from {', '.join(names)}")
