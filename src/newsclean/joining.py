"""The pages of one article become one: the first page's metadata, and the bodies in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, takewhile

from newsclean.article import warnings_of, written
from newsclean.characters import one_line
from newsclean.models import Article, Frame, Image, LabelledBlock, Metadata
from newsclean.patterns import lazy

PAGE_MARK = lazy(
    r"(?:[\s_|-]{0,3}(?:[(（\[【]\s?(?:第|page|p)?\s?[0-9]{1,3}\s?(?:/\s?[0-9]{1,3}\s?)?页?[)）\]】]"
    r"|第\s?[0-9]{1,3}\s?页|\bpage\s?[0-9]{1,3}(?:\s?of\s?[0-9]{1,3})?))\Z",
    re.IGNORECASE,
)
"""What the headline of a further page has behind it: (2), （2/3）, 第2页, - Page 2."""

WITHOUT_TEXT = "no text was found on a further page: {name}"
"""Warns that something may be missing."""


def headline(title: str | None) -> str:
    """Return a headline as it is compared: without the number of the page, white space and case."""
    return "".join(PAGE_MARK.sub("", (title or "").strip()).split()).casefold()


def same_headline(pages: Sequence[Article]) -> bool:
    """Tell whether all pages have a headline, and the same one, so that they can be of one article."""
    headlines = {headline(page.title) for page in pages}
    return len(headlines) == 1 and "" not in headlines


def join(pages: Sequence[Article]) -> Article:
    """Join the pages of an article, in their order; what stands at the top of each is kept once, a copy not at all.

    The confidence is the pages' mean, weighted by length. A further page without text is warned of.
    """
    first = pages[0]
    kept = tuple(once(pages))
    if not kept:
        return first
    content = tuple(numbered_apart([page.content if page is first else body(page, first) for page in kept]))
    metadata = joined_metadata(first, kept)
    sure = sum(page.confidence * len(page.text) for page in kept) / sum(len(page.text) for page in kept)
    decoded = first.decoded._replace(replaced=sum(page.decoded.replaced for page in kept))
    missing = (WITHOUT_TEXT.format(name=one_line(page.input or "")) for page in pages if not page.text)
    return replace(
        first,
        metadata=metadata,
        **written(metadata.title, content),
        decoded=decoded,
        confidence=sure,
        warnings=(*warnings_of(sure, decoded), *missing),
        repairs=tuple(dict.fromkeys(chain.from_iterable(page.repairs for page in kept))),
        labels=tuple(chain.from_iterable(page.labels for page in pages)),
    )


def once(pages: Sequence[Article]) -> Iterator[Article]:
    """Leave out pages without text, and those that were saved twice: as `a.html` and `a_1.html`."""
    seen = {""}
    for page in pages:
        if page.text not in seen:
            seen.add(page.text)
            yield page


def body(page: Article, first: Article) -> tuple[LabelledBlock, ...]:
    """Return what a further page adds: all but the headline, and what stands above the text of the first one, too."""
    own = headline(page.title)
    pairs = zip(page.content, first.content, strict=False)
    repeated = sum(1 for _ in takewhile(lambda pair: look(pair[0]) == look(pair[1]), pairs))
    rest = page.content[repeated:]
    return rest[1:] if rest and headline(rest[0].block.text) == own else rest


def look(one: LabelledBlock) -> tuple[object, ...]:
    """Return what a reader sees of a block."""
    block = one.block
    return block.kind, block.text, block.spans, block.cells


def numbered_apart(contents: Sequence[tuple[LabelledBlock, ...]]) -> Iterator[LabelledBlock]:
    """Yield all blocks, the structures of each page with numbers of their own, so that no two lists become one."""
    shift = 0
    for content in contents:
        ids = [frame.id for one in content for frame in one.block.frames]
        for one in content:
            frames = tuple(Frame(frame.kind, frame.id + shift, frame.start) for frame in one.block.frames)
            yield one._replace(block=one.block._replace(frames=frames)) if frames and shift else one
        shift += max(ids, default=-1) + 1


def joined_title(first: Article, pages: Sequence[Article]) -> str | None:
    """Return the headline, without the number of the page where the pages differ in it."""
    if first.title is None or all(page.title == first.title for page in pages):
        return first.title
    return PAGE_MARK.sub("", first.title.strip()) or first.title


def joined_metadata(first: Article, pages: Sequence[Article]) -> Metadata:
    """Return the first page's metadata, with the images of all, and the editors, who are named at the end."""
    images: dict[str, Image] = {}
    for image in chain.from_iterable(page.metadata.images for page in (first, *pages)):
        images.setdefault(image.src, image)
    known = replace(first.metadata, title=joined_title(first, pages), images=tuple(images.values()))
    last = next((page.metadata for page in reversed(pages) if page.metadata.editors), known)
    if known.editors or not last.editors:
        return known
    origin = tuple(each for each in last.origins if each[0] == "editors")
    return replace(known, editors=last.editors, origins=(*known.origins, *origin))
