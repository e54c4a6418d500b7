"""Where the headline and the line below it stand, so that what is told as metadata is not told again as body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsclean.metadata.claims import CUT
from newsclean.metadata.values import fold
from newsclean.models import BODY_ROLES, CONTENT_ROLES, LabelledBlock, Metadata, Role

LONG_CHARS = 120
"""A block of the body as long as this is a paragraph; the subtitle stands above the first one."""

REACH = 24
"""How many blocks below the headline the subtitle is looked for: buttons and a byline may part the two."""


def mark(labelled: Sequence[LabelledBlock], metadata: Metadata) -> tuple[LabelledBlock, ...]:
    """The blocks with the roles TITLE and SUBTITLE for those that show what the metadata has; else as they were."""
    return mark_subtitle(mark_headline(labelled, metadata), metadata)


def mark_headline(labelled: Sequence[LabelledBlock], metadata: Metadata) -> tuple[LabelledBlock, ...]:
    """The blocks with the role TITLE for the last one above the body that shows `metadata.title`.

    Labels are given before the byline and the words of the body are weighed, so another line can have that role. What
    is shown of the page stays as it is.
    """
    heads = [index for index, item in enumerate(labelled) if item.role is Role.TITLE]
    title = fold(metadata.title or "")
    if not title or any(_is_headline(labelled[index], title) for index in heads):
        return tuple(labelled)
    body = next((index for index, item in enumerate(labelled) if item.role in CONTENT_ROLES), len(labelled))
    at = next((index for index in reversed(range(body)) if fold(labelled[index].block.text) == title), None)
    if at is None:
        return tuple(labelled)
    roles = dict.fromkeys(heads, Role.OTHER) | {at: Role.TITLE}
    return tuple(item._replace(role=roles.get(index, item.role)) for index, item in enumerate(labelled))


def mark_subtitle(labelled: Sequence[LabelledBlock], metadata: Metadata) -> tuple[LabelledBlock, ...]:
    """The blocks with the role SUBTITLE for the one that shows `metadata.subtitle`; all others are as they were.

    It stands right above the headline, or between the headline and the first long paragraph. What is all the text that
    a page has stays body.
    """
    index = _subtitle_at(labelled, metadata)
    if index is None or not _has_text_beside(labelled, index):
        return tuple(labelled)
    return (*labelled[:index], labelled[index]._replace(role=Role.SUBTITLE), *labelled[index + 1 :])


def _subtitle_at(labelled: Sequence[LabelledBlock], metadata: Metadata) -> int | None:
    if not metadata.subtitle or not metadata.title:
        return None
    head = next((index for index, item in enumerate(labelled) if _is_headline(item, fold(metadata.title))), None)
    wanted = fold(metadata.subtitle)
    near = () if head is None else _near(labelled, head)
    return next((index for index in near if fold(labelled[index].block.text) == wanted), None)


def _is_headline(item: LabelledBlock, title: str) -> bool:
    """Whether a block shows the title, be it cut; one that only a label tells may be another headline."""
    text = item.block.text
    return fold(text) == title or bool(item.role is Role.TITLE and CUT.search(text) and title.startswith(fold(text)))


def _near(labelled: Sequence[LabelledBlock], head: int) -> Iterator[int]:
    """The indexes below a headline up to and with the first long paragraph, then the one above."""
    for index in range(head + 1, min(head + 1 + REACH, len(labelled))):
        yield index
        if labelled[index].role is Role.BODY and len(labelled[index].block.text) >= LONG_CHARS:
            break
    if head:
        yield head - 1


def _has_text_beside(labelled: Sequence[LabelledBlock], index: int) -> bool:
    return any(item.role in BODY_ROLES and item.block.text for at, item in enumerate(labelled) if at != index)
