"""HTML: the article as a clean page that stands alone: no script, nothing loaded but its images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from newsclean.models import Article, Block, Cell, Frame, FrameKind, Kind, LabelledBlock, Mark, Metadata, Span, Style
from newsclean.render.address import safe
from newsclean.render.structure import (
    Group,
    cells_of,
    groups,
    is_caption,
    nesting,
    shared,
    spans_of,
    storable,
    without_images,
)

CSS = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.7}"
    "img{max-width:100%;height:auto}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2em .6em}"
    "blockquote{margin-left:0;padding-left:1rem;border-left:3px solid #ccc}pre{overflow-x:auto}"
    ".meta,.caption,figcaption{color:#666;font-size:.9em}"
)
"""Enough style to read the page with pleasure."""

MARK_TAGS = (
    (int(Mark.STRONG), "strong"),
    (int(Mark.EMPHASIS), "em"),
    (int(Mark.STRUCK), "s"),
    (int(Mark.SUPERSCRIPT), "sup"),
    (int(Mark.SUBSCRIPT), "sub"),
    (int(Mark.CODE), "code"),
)
"""The element of each mark, outermost first."""

FRAME_TAGS = {
    FrameKind.QUOTE: "blockquote",
    FrameKind.LIST: "ul",
    FrameKind.ORDERED_LIST: "ol",
    FrameKind.ITEM: "li",
    FrameKind.FIGURE: "figure",
}

MAX_SPAN = 1000
"""The largest colspan that browsers know; larger ones, of columns or rows, are a slip of the page."""


def page(article: Article, style: Style) -> str:
    """The article as an HTML document, ending in a newline."""
    return storable("\n".join(_document(article, style))) + "\n"


def body(content: Sequence[LabelledBlock], style: Style) -> str:
    """The blocks as HTML, without the document around them."""
    return storable("\n".join(_body(content, style)))


def _document(article: Article, style: Style) -> Iterator[str]:
    """The lines of the document."""
    meta = article.metadata
    language = f' lang="{escape(meta.language)}"' if meta.language else ""
    yield f'<!doctype html>\n<html{language}>\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield from _head(meta)
    yield f"<style>{CSS}</style>\n</head>\n<body>\n<article>"
    yield from _header(meta)
    yield from _body(article.content, style)
    yield "</article>\n</body>\n</html>"


def _head(meta: Metadata) -> Iterator[str]:
    """What the document's head tells of the article."""
    yield f"<title>{escape(meta.title or meta.url or 'Article')}</title>"
    named = (
        ("author", ", ".join(meta.authors)),
        ("description", meta.description),
        ("keywords", ", ".join(meta.keywords)),
    )
    yield from (f'<meta name="{name}" content="{escape(value)}">' for name, value in named if value)
    address = safe(meta.url)
    if address:
        yield f'<link rel="canonical" href="{escape(address)}">'


def _header(meta: Metadata) -> Iterator[str]:
    """The headline and what stands under it."""
    facts = " · ".join(_facts(meta))
    parts = (
        f'<nav class="breadcrumb">{escape(" › ".join(meta.breadcrumb))}</nav>' if meta.breadcrumb else "",
        f"<h1>{escape(meta.title)}</h1>" if meta.title else "",
        f'<p class="subtitle">{escape(meta.subtitle)}</p>' if meta.subtitle else "",
        f'<p class="meta">{facts}</p>' if facts else "",
    )
    if any(parts):
        yield "\n".join(["<header>", *filter(None, parts), "</header>"])


def _facts(meta: Metadata) -> Iterator[str]:
    """Who, when and where: one element each, its class the name of the field."""
    named = (("source", (meta.source,)), ("author", meta.authors), ("editor", meta.editors))
    yield from (f'<span class="{name}">{escape(value)}</span>' for name, values in named for value in values if value)
    if meta.date:
        yield f'<time datetime="{escape(meta.date)}">{escape(meta.date)}</time>'
    address = safe(meta.url)
    if address:
        yield f'<a class="url" href="{escape(address)}">{escape(meta.site or address)}</a>'


def _body(content: Sequence[LabelledBlock], style: Style) -> Iterator[str]:
    """The elements of the blocks, with those of their frames opened and closed between them."""
    around: tuple[Frame, ...] = ()
    for group in groups(content if style.images else without_images(content)):
        markup = _group(group, style)
        if not markup:
            continue
        frames = nesting(group.first, around, figures=True)
        depth = shared(around, frames)
        yield from (f"</{FRAME_TAGS[frame.kind]}>" for frame in reversed(around[depth:]))
        yield from map(_opening, frames[depth:])
        yield markup
        around = frames
    yield from (f"</{FRAME_TAGS[frame.kind]}>" for frame in reversed(around))


def _opening(frame: Frame) -> str:
    """The start tag of a frame."""
    start = f' start="{frame.start}"' if frame.kind is FrameKind.ORDERED_LIST and frame.start != 1 else ""
    return f"<{FRAME_TAGS[frame.kind]}{start}>"


def _group(group: Group, style: Style) -> str:
    """The element of a group, or nothing where there is nothing to show."""
    block = group.first
    if block.kind is Kind.ROW:
        return "\n".join(["<table>", *(_row(item.block, style) for item in group.items), "</table>"])
    if block.kind is Kind.RULE:
        return "<hr>"
    if block.kind is Kind.CODE:
        return f"<pre><code>{escape(block.text, quote=False)}</code></pre>" if block.text.strip() else ""
    text = "<br>\n".join(filter(None, (_spans(spans_of(item.block), style) for item in group.items)))
    start, end = _tags(group)
    return f"{start}{text}{end}" if text else ""


def _tags(group: Group) -> tuple[str, str]:
    """The tags around a heading, caption or paragraph."""
    block = group.first
    if block.kind is Kind.HEADING:
        level = min(max(block.level, 2), 6)
        return f"<h{level}>", f"</h{level}>"
    if is_caption(group.items[0]):
        in_figure = bool(block.frames) and block.frames[-1].kind is FrameKind.FIGURE
        return ("<figcaption>", "</figcaption>") if in_figure else ('<p class="caption">', "</p>")
    return "<p>", "</p>"


def _row(block: Block, style: Style) -> str:
    """One row of a table."""
    return f"<tr>{''.join(_cell(cell, style) for cell in cells_of(block))}</tr>"


def _cell(cell: Cell, style: Style) -> str:
    """One cell of a row."""
    tag = "th" if cell.header else "td"
    spans = (("colspan", cell.colspan), ("rowspan", cell.rowspan))
    reach = "".join(f' {name}="{min(value, MAX_SPAN)}"' for name, value in spans if value > 1)
    return f"<{tag}{reach}>{_spans(cell.spans, style)}</{tag}>"


def _spans(spans: Sequence[Span], style: Style) -> str:
    """Inline content; empty if there is nothing to see in it."""
    return "".join(_span(span, style) for span in spans if span.src is None or style.images).strip()


def _span(span: Span, style: Style) -> str:
    """One run of text in the elements of its marks, or an image; in its link if that is wanted."""
    text = _marked(span) if span.src is None else _image(span)
    address = safe(span.href) if style.links and text.strip() else None
    return f'<a href="{escape(address)}">{text}</a>' if address else text


def _marked(span: Span) -> str:
    """The text of a span in the elements of its marks."""
    text = escape(span.text, quote=False).replace("\n", "<br>\n")
    marks = int(span.marks)
    tags = [tag for mark, tag in MARK_TAGS if marks & mark] if marks and text else []
    return "".join(f"<{tag}>" for tag in tags) + text + "".join(f"</{tag}>" for tag in reversed(tags))


def _image(span: Span) -> str:
    """An image, or nothing where it is embedded or its address may not be written."""
    address = safe(span.src)
    return f'<img src="{escape(address)}" alt="{escape(span.text)}">' if address else ""
