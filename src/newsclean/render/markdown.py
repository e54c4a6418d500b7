"""Markdown: CommonMark with the tables and struck text of GFM, that parses back to the same text.

Blocks are written one after the other; a block in a quote or list is indented by the prefix of each frame around it,
kept by an `Outline`, so that no depth of nesting needs recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsclean.models import Article, Frame, FrameKind, Kind, LabelledBlock, Mark, Span, Style
from newsclean.patterns import lazy
from newsclean.render import escape, frontmatter, inline, table
from newsclean.render.structure import (
    LISTS,
    Group,
    groups,
    is_caption,
    is_term,
    nesting,
    shared,
    spans_of,
    storable,
    without_images,
)

MARKERS = {FrameKind.LIST: ("-", "*"), FrameKind.ORDERED_LIST: (".", ")")}
"""Marker of a list and the other one, for a list that directly follows another: with one marker they would be one."""

MAX_NUMBER = 999_999_999
"""The largest number that CommonMark lets an item have."""

LANGUAGE = lazy(r"[A-Za-z0-9_+#.-]{1,40}")
"""The name of a programming language, as a fence can carry it."""

FENCES = lazy("`{3,}")

EMPHASIS, STRONG = int(Mark.EMPHASIS), int(Mark.STRONG)


def page(article: Article, style: Style) -> str:
    """The article as a Markdown file: front matter if wanted, headline, body; ends with one newline."""
    head = frontmatter.render(article.metadata) if style.front_matter else ""
    text = document(article.metadata.title, article.content, style)
    return "\n".join(part for part in (head, text + "\n" if text else "") if part)


def document(title: str | None, content: Sequence[LabelledBlock], style: Style) -> str:
    """The headline as heading of level 1, and the body under it; no newline at the end."""
    headline = storable(_heading_line(title, 1)) if title and title.strip() else ""
    return "\n\n".join(part for part in (headline, body(content, style)) if part)


def body(content: Sequence[LabelledBlock], style: Style) -> str:
    """The blocks as Markdown, no newline at the end."""
    outline = Outline()
    parts: list[str] = []
    for group in groups(content if style.images else without_images(content)):
        lines = WRITERS[group.first.kind](group, style)
        if lines:
            parts += outline.place(group, lines)
    return storable("".join(parts))


class Outline:
    """Where a writer stands: the frames that are open, and the prefix that each gives to the next line."""

    def __init__(self) -> None:
        self._frames: tuple[Frame, ...] = ()
        self._prefixes: list[str] = []
        self._kind: Kind | None = None
        self._markers: dict[int, str] = {}
        self._numbers: dict[int, int] = {}

    def place(self, group: Group, lines: list[str]) -> Iterator[str]:
        """The lines of the next group with the prefixes of its frames, and what parts it from the group before."""
        frames = nesting(group.first, self._frames) if group.first.frames or self._frames else ()
        if not frames and not self._frames:
            yield "\n\n" if self._kind else ""
            yield "\n".join(lines)
        else:
            yield from self._framed(frames, group.first.kind, lines)
        self._kind = group.first.kind

    def _framed(self, frames: tuple[Frame, ...], kind: Kind, lines: list[str]) -> Iterator[str]:
        """The same for a group that stands in frames, or follows one that did."""
        depth = shared(self._frames, frames)
        outer = "".join(self._prefixes[:depth])
        if self._kind is not None:
            yield "\n" if self._is_tight(frames, depth, kind) else f"\n{outer.rstrip()}\n"
        opened = [self._open(frames, level) for level in range(depth, len(frames))]
        self._frames = frames
        self._prefixes = self._prefixes[:depth] + [follow for _, follow in opened]
        first, rest = outer + "".join(lead for lead, _ in opened), "".join(self._prefixes)
        yield (first + lines[0]).rstrip()
        yield from ("\n" + (rest + line).rstrip() for line in lines[1:])

    def _is_tight(self, frames: tuple[Frame, ...], depth: int, kind: Kind) -> bool:
        """Whether the next group is an item right under the text before it: the next one, or the first of a list."""
        if kind is not Kind.PARAGRAPH or self._kind is not Kind.PARAGRAPH or depth in (0, len(frames)):
            return False
        if frames[depth].kind is FrameKind.ITEM:
            return len(self._frames) > depth and self._frames[depth].kind is FrameKind.ITEM
        nested = frames[depth - 1].kind is FrameKind.ITEM and len(self._frames) == depth == len(frames) - 2
        return nested and (frames[depth].kind is FrameKind.LIST or frames[depth].start == 1)

    def _open(self, frames: tuple[Frame, ...], level: int) -> tuple[str, str]:
        """The prefix of the first line in the frame at `level`, and that of the lines after it."""
        frame = frames[level]
        if frame.kind is FrameKind.QUOTE:
            return "> ", "> "
        if frame.kind in LISTS:
            self._choose_marker(frames, level)
            return "", ""
        marker = self._item(frames[level - 1])
        return marker, " " * len(marker)

    def _choose_marker(self, frames: tuple[Frame, ...], level: int) -> None:
        """Settle the marker of a list: the other one, where a list of its kind ends just before it."""
        frame = frames[level]
        usual, other = MARKERS[frame.kind]
        before = self._frames[level] if shared(self._frames, frames) == level < len(self._frames) else None
        follows = before is not None and before.kind is frame.kind and self._markers.get(before.id) == usual
        self._markers[frame.id] = other if follows else usual

    def _item(self, parent: Frame) -> str:
        """The marker of the next item of the list `parent`."""
        marker = self._markers[parent.id]
        if parent.kind is FrameKind.LIST:
            return f"{marker} "
        number = self._numbers.get(parent.id, parent.start)
        self._numbers[parent.id] = number + 1
        return f"{min(max(number, 0), MAX_NUMBER)}{marker} "


def _paragraph(group: Group, style: Style) -> list[str]:
    """A paragraph, or the lines of a verse."""
    if is_caption(group.items[0]):
        return _caption(group, style)
    marks = STRONG if is_term(group.first) else 0
    return inline.paragraph("\n".join(inline.source(spans_of(item.block), style, marks) for item in group.items))


def _caption(group: Group, style: Style) -> list[str]:
    """A caption, emphasised, below the images that its block holds."""
    spans = [span for item in group.items for span in (*spans_of(item.block), Span("\n"))]
    images = inline.paragraph(inline.source([span for span in spans if span.src is not None], style))
    words = inline.paragraph(inline.source([span for span in spans if span.src is None], style, EMPHASIS))
    return [*images, "", *words] if images and words else images + words


def _heading(group: Group, style: Style) -> list[str]:
    """A heading of the article: at least of level 2, as the headline has 1."""
    text = inline.folded(inline.source(spans_of(group.first), style))
    return [f"{'#' * min(max(group.first.level, 2), 6)} {escape.heading(text)}"] if text else []


def _heading_line(title: str, level: int) -> str:
    """A heading of plain text."""
    return f"{'#' * level} {escape.heading(inline.folded(escape.whole(title)))}"


def _code(group: Group, style: Style) -> list[str]:  # noqa: ARG001 - the signature of WRITERS
    """A fenced block of code, its fence longer than any row of backticks in it."""
    block = group.first
    text = block.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if not text.strip():
        return []
    fence = "`" * (max(map(len, FENCES.findall(text)), default=2) + 1)
    language = block.language if block.language and LANGUAGE.fullmatch(block.language) else ""
    return [fence + language, *text.split("\n"), fence]


def _table(group: Group, style: Style) -> list[str]:
    """The rows of a table."""
    rows = [item.block for item in group.items if item.block.text or item.block.cells]
    return table.table(rows, style) if rows else []


def _image(group: Group, style: Style) -> list[str]:
    """An image; its block holds nothing else."""
    return inline.paragraph(inline.source(group.first.spans, style))


def _rule(group: Group, style: Style) -> list[str]:  # noqa: ARG001 - the signature of WRITERS
    """A thematic break; underscores where dashes would join the marker of an item."""
    return ["___" if group.first.frames else "---"]


WRITERS: dict[Kind, Callable[[Group, Style], list[str]]] = {
    Kind.PARAGRAPH: _paragraph,
    Kind.HEADING: _heading,
    Kind.CODE: _code,
    Kind.ROW: _table,
    Kind.IMAGE: _image,
    Kind.RULE: _rule,
}
"""How each kind of block is written: a group → its lines, none if there is nothing to show."""
