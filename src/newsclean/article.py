"""Labelled blocks and metadata become one `Article`: what is kept, how sure that is, and what to warn a reader of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypedDict
from urllib.parse import urljoin

from newsclean import repair
from newsclean.charsets import CHARSETS
from newsclean.label import notices
from newsclean.label.items import is_notice
from newsclean.label.shape import GOOD_LINKS, link_share, units
from newsclean.models import (
    BODY_ROLES,
    CONTENT_ROLES,
    Article,
    Block,
    Cell,
    Image,
    LabelledBlock,
    Metadata,
    Span,
    Style,
    Text,
)
from newsclean.patterns import lazy
from newsclean.render import address, markdown, plain

MIN_UNITS = 20.0
"""Less text than this, in units of `label.shape`, is no article: a login form, an error, a bare notice."""

BINARY_CHARS = 4096
BINARY_SHARE = 0.02
"""More control characters than this, near the start, and the input is no text: a stray one or two are a slip."""

UNREADABLE_HEAD = 0.15
"""If a larger share of the beginning could not be read, there is nothing to read: random bytes have a quarter."""

CONTROL = lazy(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What text does not hold, but for escapes, which old Japanese encodings and terminals leave behind."""

LIST_UNITS = 200.0
"""So much body makes a page worth giving even where all of it is links: a list of jobs, of products, of threads."""

NO_CHANCE = 0.05
"""A block that is body with no more probability than this does not count: most of a page is such."""

UNSURE = 0.5
"""An article with less confidence is given with a warning."""

NO_ARTICLE = "no article found: nothing on the page reads like one"
UNSURE_WARNING = "low confidence: the page may hold no article, or one of an unusual form"
REPLACED = "{count} characters could not be decoded and are shown as U+FFFD"
REPLACED_ONE = "1 character could not be decoded and is shown as U+FFFD"

DEFAULT_STYLE = Style()


def assemble(
    labels: tuple[LabelledBlock, ...], metadata: Metadata, decoded: Text, repairs: tuple[str, ...], base: str | None
) -> Article:
    """Make the article of a page: its content, text, Markdown, confidence and warnings.

    `base` is the address that relative links and images are joined to, None where none is known.
    """
    kept, more = shown(labels)
    metadata = replace(metadata, url=address.plain(metadata.url), images=tuple(followed(metadata.images, base)))
    if is_binary(decoded):
        return Article(Metadata(), decoded=decoded, warnings=(NO_ARTICLE,), repairs=repairs, labels=labels)
    if not has_enough(kept):
        known = replace(metadata, images=())
        return Article(known, decoded=decoded, warnings=(NO_ARTICLE,), repairs=repairs, labels=labels)
    sure = confidence(labels)
    return Article(
        metadata=metadata,
        **written(metadata.title, tuple(absolute(kept, base))),
        decoded=decoded,
        confidence=sure,
        warnings=tuple(warnings_of(sure, decoded)),
        repairs=tuple(dict.fromkeys((*repairs, *more))),
        labels=labels,
    )


class Written(TypedDict):
    """What of an article follows from its content and headline."""

    content: tuple[LabelledBlock, ...]
    text: str
    markdown: str


def written(title: str | None, content: tuple[LabelledBlock, ...]) -> Written:
    """Write the content of an article as text, and below its headline as Markdown."""
    return Written(content=content, text=plain.body(content), markdown=markdown.document(title, content, DEFAULT_STYLE))


def is_binary(decoded: Text) -> bool:
    """Whether an input is no text at all, by the control and the unreadable characters near its start.

    Bytes that are nothing but sound UTF-8, or sound in a charset of two bytes a character, are text all the same, be
    they ever so full of NUL: programs and pictures are none for long.
    """
    head = decoded.text[:BINARY_CHARS]
    if head.count("\ufffd") > UNREADABLE_HEAD * len(head):
        return True
    if len(CONTROL.findall(head)) <= BINARY_SHARE * len(head):
        return False
    charset = CHARSETS.get(decoded.encoding)
    told = decoded.encoding == "utf-8" or (charset is not None and charset.double)
    return decoded.replaced > 0 or not told


def shown(labels: Sequence[LabelledBlock]) -> tuple[tuple[LabelledBlock, ...], tuple[str, ...]]:
    """What of a page is shown, each thing once, and the names of the repairs that dropped what stood there twice."""
    return repair.repeats(tuple(one for one in labels if one.role in CONTENT_ROLES))


def holds_article(labels: Sequence[LabelledBlock]) -> bool:
    """Whether what is shown of a page makes an article."""
    return has_enough(shown(labels)[0])


def has_enough(labels: Sequence[LabelledBlock]) -> bool:
    """Whether the blocks of the body have enough text for an article, or make a list long enough to be read as one."""
    text = everything = 0.0
    body = [one for one in labels if one.role in BODY_ROLES]
    for one in body:
        length = units(one.block.text)
        everything += length
        text += length if is_text(one) else 0.0
        if everything >= LIST_UNITS:
            return True
    return text >= MIN_UNITS and not notices.is_notice(" ".join([one.block.text for one in body]))


def is_text(labelled: LabelledBlock) -> bool:
    """Whether a block of the body is something to read: no list of links, no notice about rights, no step elsewhere."""
    return link_share(labelled.block) <= GOOD_LINKS and not is_notice(labelled.block.text)


def confidence(labels: Sequence[LabelledBlock]) -> float:
    """How good the text of a page is expected to be, 0 to 1: expected precision times expected recall.

    Of `labels`, the verdicts on all blocks of a page, each has the probability of being body: expected precision is the
    share of likely text in what is kept, expected recall the share of what is kept in all likely text, by length.
    """
    likely_kept = kept = likely = 0.0
    for one in labels:
        if one.role in BODY_ROLES:
            length = units(one.block.text)
            kept += length
            likely_kept += one.confidence * length
        elif 1.0 - one.confidence > NO_CHANCE:
            likely += (1.0 - one.confidence) * units(one.block.text)
    likely += likely_kept
    return (likely_kept / kept) * (likely_kept / likely) if kept and likely else 0.0


def warnings_of(sure: float, decoded: Text) -> Iterator[str]:
    """Yield what a reader should know of an article: low confidence, and text that could not be decoded."""
    if sure < UNSURE:
        yield UNSURE_WARNING
    if decoded.replaced:
        yield REPLACED_ONE if decoded.replaced == 1 else REPLACED.format(count=decoded.replaced)


def followed(images: Sequence[Image], base: str | None) -> Iterator[Image]:
    """Yield the images with their addresses made absolute, but for those whose address is none."""
    for image in images:
        src = address.plain(_join(base, image.src))
        if src is not None:
            yield image._replace(src=src)


def absolute(content: Sequence[LabelledBlock], base: str | None) -> Iterator[LabelledBlock]:
    """Make the addresses of links and images absolute, as the page at `base` means them."""
    for one in content:
        yield one._replace(block=_absolute_block(one.block, base)) if _has_address(one.block) else one


def _has_address(block: Block) -> bool:
    return bool(block.cells) or any(span.href is not None or span.src is not None for span in block.spans)


def _absolute_block(block: Block, base: str | None) -> Block:
    cells = tuple(Cell(_absolute_spans(cell.spans, base), *cell[1:]) for cell in block.cells)
    return block._replace(spans=_absolute_spans(block.spans, base), cells=cells)


def _absolute_spans(spans: tuple[Span, ...], base: str | None) -> tuple[Span, ...]:
    return tuple(
        span._replace(href=_join(base, span.href), src=_join(base, span.src)) if span.href or span.src else span
        for span in spans
    )


def _join(base: str | None, address: str | None) -> str | None:
    """Resolve an address against the page's; one that makes no sense stays as it is.

    Where nobody knows the page's, an address without a scheme (`//img.example/a.jpg`) gets the one that most have.
    """
    if base is None or address is None or address.startswith("#"):
        return f"https:{address}" if base is None and address is not None and address.startswith("//") else address
    try:
        return urljoin(base, address.strip())
    except ValueError:  # a bracket out of place: what looks like an IPv6 host and is none
        return address
