"""The images of the article: those that stand in its content, with their captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsclean.models import BODY_ROLES, CONTENT_ROLES, Block, FrameKind, Image, LabelledBlock, Role, Span

SHOWN = tuple(CONTENT_ROLES)
"""The roles whose images belong to the article; a tuple, as members of an enum compare faster than they hash."""

TEXT_ROLES = tuple(BODY_ROLES)
"""The roles of the article's text."""


def images(labelled: Sequence[LabelledBlock]) -> tuple[Image, ...]:
    """The images in content blocks, each address once; embedded `data:` images are left out.

    Without any text of a body there is no article, and no image of it.
    """
    if not any(item.role in TEXT_ROLES and item.block.text for item in labelled):
        return ()
    found: dict[str, Image] = {}
    shown = [(index, item.block) for index, item in enumerate(labelled) if item.role in SHOWN]
    for index, block in shown:
        for span in _pictures(block):
            if span.src and not span.src.startswith("data:"):
                found.setdefault(span.src, Image(span.src, span.text.strip() or None, _caption(labelled, index)))
    return tuple(found.values())


def _pictures(block: Block) -> Iterator[Span]:
    yield from (span for span in block.spans if span.src)
    yield from (span for cell in block.cells for span in cell.spans if span.src)


def _caption(labelled: Sequence[LabelledBlock], index: int) -> str | None:
    """The caption in the image's own block, directly after it, or elsewhere in the same figure."""
    own = labelled[index]
    if own.role is Role.CAPTION and own.block.text:
        return own.block.text
    figure = _figure(own.block)
    for near in (index + 1, index - 1, index + 2):
        other = labelled[near] if 0 <= near < len(labelled) else None
        if other is not None and other.role is Role.CAPTION and other.block.text:
            same = figure is not None and _figure(other.block) == figure
            if same or (near == index + 1 and _figure(other.block) is None):
                return other.block.text
    return None


def _figure(block: Block) -> int | None:
    return next((frame.id for frame in block.frames if frame.kind is FrameKind.FIGURE), None)
