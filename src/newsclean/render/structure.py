"""What the writers share: which blocks are written, which of them as one, and what they stand in.

A writer sees groups: the rows of one table, the lines of one verse, or a single block. What a group stands in is
brought into good form first: every list item in a list, a list within a list in an item, and no deeper than readers
of Markdown follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsclean.models import Block, Cell, Frame, FrameKind, Kind, LabelledBlock, Role, Span

LISTS = frozenset({FrameKind.LIST, FrameKind.ORDERED_LIST})

MAX_NESTING = 12
"""Frames beyond this depth are not shown: parsers of Markdown stop at some 20 levels, and a list takes two or three."""

VERSE_CHARS = 30
"""Lines shorter than this that follow one another without a blank line are taken for verse or an address."""

TERM_CHARS = 40
"""What is longer is no term that is defined: some pages set whole articles as lists of definitions."""

ORPHANS = Frame(FrameKind.LIST, -1)
"""The list given to items that stand in none."""


class Group(NamedTuple):
    """Blocks that are written as one, in order: all of them rows, all of them lines of a verse, or one alone."""

    items: tuple[LabelledBlock, ...]

    @property
    def first(self) -> Block:
        """The block that tells kind and frames of the group."""
        return self.items[0].block


def storable(text: str) -> str:
    """`text` as UTF-8 can hold it: U+FFFD for lone surrogates (by way of UTF-16, the quickest that gives this)."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def spans_of(block: Block) -> tuple[Span, ...]:
    """The inline content of a block; a block without spans (a line of a dump) is one plain span."""
    return block.spans or (Span(block.text),)


def cells_of(row: Block) -> tuple[Cell, ...]:
    """The cells of a row; in the row of a dump tabs part them."""
    return row.cells or tuple(Cell((Span(part),)) for part in row.text.split("\t"))


def is_caption(item: LabelledBlock) -> bool:
    """Whether a block is the caption of something; it may hold the image too."""
    return item.role is Role.CAPTION and item.block.kind is not Kind.IMAGE


def is_term(block: Block) -> bool:
    """Whether a block is the term of a definition, which Markdown has no form for."""
    return block.tag == "dt" and len(block.text) <= TERM_CHARS


def without_images(content: Sequence[LabelledBlock]) -> Iterator[LabelledBlock]:
    """`content` without image blocks and captions that hold an image, share a figure with one or follow one."""
    figures = {figure for item in content if item.block.kind is Kind.IMAGE for figure in _figures(item.block)}
    after_image = False
    for item in content:
        after_image = item.block.kind is Kind.IMAGE or (after_image and is_caption(item))
        if not after_image and not (is_caption(item) and _is_pictured(item.block, figures)):
            yield item


def groups(content: Iterable[LabelledBlock]) -> Iterator[Group]:
    """Part `content` into what is written as one."""
    items: list[LabelledBlock] = []
    for item in content:
        if items and not (_same_table(items[-1].block, item.block) or _same_verse(items[-1], item)):
            yield Group(tuple(items))
            items = []
        items.append(item)
    if items:
        yield Group(tuple(items))


def nesting(block: Block, before: Sequence[Frame], figures: bool = False) -> tuple[Frame, ...]:
    """The quotes, lists and items (and `figures`) that a block stands in, outermost first, in good form.

    `before` is what this function gave for the block before: a list that stands directly in a list is taken into
    the item that came last there. Tables are groups, not frames.
    """
    if not block.frames:
        return ()
    nested: list[Frame] = []
    for frame in block.frames[:MAX_NESTING]:
        in_list = bool(nested) and nested[-1].kind in LISTS
        depth = len(nested)
        if frame.kind is FrameKind.ITEM and not in_list:
            nested.append(ORPHANS)
        elif frame.kind in LISTS and in_list and len(before) > depth and tuple(before[:depth]) == tuple(nested):
            nested += [before[depth]] if before[depth].kind is FrameKind.ITEM else []
        if frame.kind is not FrameKind.TABLE and (figures or frame.kind is not FrameKind.FIGURE):
            nested.append(frame)
    return tuple(nested)


def shared(one: Sequence[Frame], other: Sequence[Frame]) -> int:
    """How many frames, from the outermost, two blocks have in common."""
    depth = 0
    for a, b in zip(one, other, strict=False):
        if a.id != b.id or a.kind is not b.kind:
            break
        depth += 1
    return depth


def _figures(block: Block) -> Iterator[int]:
    """The ids of the figures that a block stands in."""
    return (frame.id for frame in block.frames if frame.kind is FrameKind.FIGURE)


def _is_pictured(block: Block, figures: set[int]) -> bool:
    """Whether a caption holds an image or stands in one of the `figures` that do."""
    return any(span.src is not None for span in block.spans) or any(id_ in figures for id_ in _figures(block))


def _table(block: Block) -> tuple[Frame, ...]:
    """The frames of a row up to and with its table; rows of one table have them in common."""
    frames = block.frames
    last = max((i for i, frame in enumerate(frames) if frame.kind is FrameKind.TABLE), default=len(frames) - 1)
    return frames[: last + 1]


def _same_table(before: Block, block: Block) -> bool:
    """Whether two neighbours are rows of one table."""
    return before.kind is block.kind is Kind.ROW and _table(before) == _table(block)


def _same_verse(before: LabelledBlock, item: LabelledBlock) -> bool:
    """Whether two neighbours are short lines with no blank line between them, in the same place and role."""
    first, second = before.block, item.block
    return (
        second.gap == 0
        and first.kind is second.kind is Kind.PARAGRAPH
        and max(len(first.text), len(second.text)) < VERSE_CHARS
        and bool(first.text and second.text)
        and first.frames == second.frames
        and before.role is item.role
    )
