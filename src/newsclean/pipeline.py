"""The whole way from bytes to article: the only place that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from newsclean import article, metadata, page, repair, second_opinion
from newsclean.decode import decode
from newsclean.label import roles
from newsclean.label.model import Scored, score
from newsclean.label.shape import Shape
from newsclean.label.signals import measure
from newsclean.models import Article, Blocks, LabelledBlock, Text
from newsclean.page import Page, TextPage
from newsclean.segment import html as html_segment
from newsclean.segment import text as text_segment


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

    `data` is the page as saved, or as text that is decoded already. `url` is its address, `encoding` overrides what
    the bytes say, `charset` is what a container (an HTTP header, MIME) declared, `input_format` is "auto", "html" or
    "text", and `name` is what to call the input in the result. `engine` is "newsclean", or "readability" where
    readability-lxml alone shall say what of an HTML page is text.
    A page without an article gives an `Article` with empty text and a warning. Raises `UnknownEncodingError` for an
    encoding that Python does not know, and nothing else for any data.
    """
    decoded = Text(data, "utf-8", "given as text") if isinstance(data, str) else _decode(data, encoding, charset)
    read = page.read(decoded.text, input_format)
    blocks, repairs = segmented(read)
    labels = ENGINES[engine](read, blocks, decoded)
    meta = metadata.extract(read, labels, url, blocks.containers)
    made = article.assemble(metadata.mark_subtitle(labels, meta), meta, decoded, repairs, read.base(meta.url))
    return replace(made, input=name)


def _decode(data: bytes, encoding: str | None, charset: str | None) -> Text:
    return decode(bytes(data), encoding=encoding, declared=charset)


def labelled(read: Page, blocks: Blocks, decoded: Text) -> tuple[LabelledBlock, ...]:
    """The labels of a page's blocks, with a second opinion on a page whose article is in doubt."""
    if not blocks.blocks:
        return ()
    scored = score(blocks, read.title, dump=isinstance(read, TextPage))
    labels = roles.assign(blocks, scored)
    if isinstance(read, TextPage) or article.confidence(labels) >= second_opinion.DOUBT:
        return labels
    opinions = second_opinion.opinions(blocks, decoded.text, second_opinion.WEIGHT)
    weighed = roles.assign(blocks, scored, opinions)
    return weighed if article.holds_article(weighed) else labels  # a poor article is more than none


def region_alone(read: Page, blocks: Blocks, decoded: Text) -> tuple[LabelledBlock, ...]:
    """The labels of a page's blocks where readability-lxml says what is text; a dump, which it cannot read, is ours."""
    if isinstance(read, TextPage) or not blocks.blocks:
        return labelled(read, blocks, decoded)
    unknown = Scored([0.0] * len(blocks.blocks), measure(Shape(blocks), read.title))
    return roles.assign(blocks, unknown, second_opinion.opinions(blocks, decoded.text, second_opinion.ALONE))


ENGINES: dict[str, Callable[[Page, Blocks, Text], tuple[LabelledBlock, ...]]] = {
    "newsclean": labelled,
    "readability": region_alone,
}
"""What finds the text of a page, by name."""


def segmented(read: Page) -> tuple[Blocks, tuple[str, ...]]:
    """The blocks of a page with their text repaired, and the names of the repairs that changed something."""
    if isinstance(read, TextPage):
        return repair.blocks(text_segment.segment(read), dump=True)
    return repair.blocks(html_segment.segment(read), dump=False)
