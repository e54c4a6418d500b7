"""Inline content: the raw pieces of text and images between two breaks become the spans of a block."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.models import Mark, Span

HTML_SPACE = re.compile(r"[ \t\n\r\f]+")
"""What HTML folds to one space; non-breaking and ideographic spaces are text, and left to `repair`."""

KEPT_SPACES = ("\xa0", "\u3000")
"""Spaces that `str.split` would fold although HTML does not."""

EDGE_SPACES = " \xa0\u3000\t\n\r\f\v"
"""What indents a paragraph or trails behind it."""

COLUMNS = {"\u3000": 2}
"""The width of a space in columns, where it is not 1."""


class Piece(NamedTuple):
    """Inline content as the page has it: unfolded text, or an image where `src` is set."""

    text: str
    marks: Mark
    href: str | None
    src: str | None = None


class Inline(NamedTuple):
    """The inline content of a block: its visible text, the spans that it is made of, and its indentation in columns."""

    text: str
    spans: tuple[Span, ...]
    indent: int


def fold(text: str) -> str:
    """Fold HTML white space to single spaces; one at either end is kept, since a neighbour may need it."""
    if any(space in text for space in KEPT_SPACES):
        return HTML_SPACE.sub(" ", text)
    folded = " ".join(text.split())
    if not folded:
        return " "
    return f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"


def indentation(text: str) -> tuple[str, int]:
    """Split off what indents `text`: the rest, and the width of what was taken, in columns."""
    rest = text.lstrip(EDGE_SPACES)
    return rest, sum(COLUMNS.get(space, 1) for space in text[: len(text) - len(rest)])


def inline(pieces: list[Piece]) -> Inline:
    """Fold the white space of `pieces` across their borders and join neighbours that look alike."""
    spans: list[Span] = []
    indent, at_start, after_space = 0, True, False
    for piece in pieces:
        if piece.src is not None:
            spans.append(Span(piece.text, piece.marks, piece.href, piece.src))
            continue
        text = fold(piece.text)
        if at_start:
            text, columns = indentation(text)
            indent += columns
        elif after_space and text[0] == " ":
            text = text[1:]
        if text:
            at_start, after_space = False, text[-1] == " "
            _append(spans, Span(text, piece.marks, piece.href))
    _trim_end(spans)
    return Inline("".join(span.text for span in spans if span.src is None), tuple(spans), indent)


def _append(spans: list[Span], span: Span) -> None:
    """Add `span`, as part of the last one if it is set the same way."""
    if spans:
        last = spans[-1]
        if last.src is None and last.marks == span.marks and last.href == span.href:
            spans[-1] = last._replace(text=last.text + span.text)
            return
    spans.append(span)


def _trim_end(spans: list[Span]) -> None:
    """Take trailing white space off the last text of `spans`, and spans that held nothing else."""
    for index in range(len(spans) - 1, -1, -1):
        span = spans[index]
        if span.src is not None:
            continue
        text = span.text.rstrip(EDGE_SPACES)
        if text:
            spans[index] = span._replace(text=text)
            return
        del spans[index]
