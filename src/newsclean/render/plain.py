"""Plain text: the body alone, and the page that shows it under its headline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsclean.models import BODY_ROLES, Article, FrameKind, Kind, LabelledBlock
from newsclean.render.structure import groups, storable

SILENT = frozenset({Kind.IMAGE, Kind.RULE})
"""Kinds of blocks that say nothing in plain text."""


def body(content: Iterable[LabelledBlock]) -> str:
    """The text of the body: its blocks parted by newlines, the cells of a row by tabs."""
    return "\n".join(item.block.text for item in _spoken(content))


def page(article: Article) -> str:
    """The headline, a blank line, and the body with blank lines between its blocks; ends with one newline.

    What belongs together stands without blank lines: the rows of a table, the items of a list, the lines of a verse.
    Empty for an article without headline and text.
    """
    parts = [article.metadata.title] if article.metadata.title else []
    text = "\n\n".join(parts + _paragraphs(tuple(_spoken(article.content))))
    return storable(text) + "\n" if text else ""


def _spoken(content: Iterable[LabelledBlock]) -> Iterable[LabelledBlock]:
    """The blocks of the body that have a text."""
    return (i for i in content if i.role in BODY_ROLES and i.block.text and i.block.kind not in SILENT)


def _paragraphs(content: Sequence[LabelledBlock]) -> list[str]:
    """The text of every group, those of one list as one."""
    paragraphs: list[list[str]] = []
    before: int | None = None
    for group in groups(content):
        text = "\n".join(item.block.text for item in group.items)
        outer = _outermost_list(group.items[0])
        if outer is not None and outer == before:
            paragraphs[-1].append(text)
        else:
            paragraphs.append([text])
        before = outer
    return ["\n".join(lines) for lines in paragraphs]


def _outermost_list(item: LabelledBlock) -> int | None:
    """The id of the outermost list item's list, or None outside of lists."""
    kinds = (FrameKind.LIST, FrameKind.ORDERED_LIST)
    return next((frame.id for frame in item.block.frames if frame.kind in kinds), None)
