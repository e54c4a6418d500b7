"""Inline content: the raw pieces of text and images between two breaks become the spans of a block."""

from __future__ import annotations

from typing import Final

from newsclean.models import Mark, Span, record
from newsclean.patterns import lazy

HTML_SPACE: Final = lazy(r"[ \t\n\r\f]+")
"""What HTML folds to one space; non-breaking and ideographic spaces are text, and left to `repair`."""

EDGE_SPACES: Final = " \xa0\u3000\t\n\r\f\v"
"""What indents a paragraph or trails behind it."""

WIDE_SPACE: Final = "\u3000"
"""The space that is two columns wide; any other takes one."""


class Piece:
    """Inline content as the page has it: unfolded text, or an image where `src` is set.

    A plain class, since a page has thousands of them and compiled code makes such a one quickest by far.
    """

    __slots__ = ("href", "marks", "src", "text")

    def __init__(self, text: str, marks: Mark, href: str | None, src: str | None = None) -> None:
        self.text: Final = text
        self.marks: Final = marks
        self.href: Final = href
        self.src: Final = src

    def with_text(self, text: str) -> Piece:
        """The same piece with another text."""
        return Piece(text, self.marks, self.href, self.src)


LINE_END: Final = Piece("\n", Mark.PLAIN, None)
"""A break in preformatted text that an element makes."""


Inline = tuple[str, tuple[Span, ...], int]
"""The inline content of a block: its visible text, the spans that it is made of, and its indentation in columns."""


def fold(text: str) -> str:
    """Fold HTML white space to single spaces; one at either end is kept, since a neighbour may need it."""
    if _keeps_spaces(text):
        return HTML_SPACE.sub(" ", text)
    folded = " ".join(text.split())
    if not folded:
        return " "
    return f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"


def _keeps_spaces(text: str) -> bool:
    """Whether `text` holds a space that `str.split` would fold although HTML does not."""
    return not text.isascii() and ("\xa0" in text or "\u3000" in text)


def indentation(text: str) -> tuple[str, int]:
    """Split off what indents `text`: the rest, and the width of what was taken, in columns."""
    rest = text.lstrip(EDGE_SPACES)
    taken = len(text) - len(rest)
    return rest, taken + text.count(WIDE_SPACE, 0, taken)


def inline(pieces: list[Piece]) -> Inline:
    """Fold the white space of `pieces` across their borders and join neighbours that look alike."""
    if len(pieces) == 1 and (only := pieces[0]).src is None and not _keeps_spaces(only.text):
        return _one(only)
    runs: list[tuple[Piece, list[str]]] = []
    indent, at_start, after_space = 0, True, False
    for piece in pieces:
        if piece.src is not None:
            runs.append((piece, [piece.text]))
            continue
        text = fold(piece.text)
        if at_start:
            text, columns = indentation(text)
            indent += columns
        elif after_space and text[0] == " ":
            text = text[1:]
        if text:
            at_start, after_space = False, text[-1] == " "
            if runs and _alike(runs[-1][0], piece):
                runs[-1][1].append(text)
            else:
                runs.append((piece, [text]))
    spans = _trimmed([record(Span, ("".join(texts), piece.marks, piece.href, piece.src)) for piece, texts in runs])
    return "".join([span.text for span in spans if span.src is None]), tuple(spans), indent


def _one(piece: Piece) -> Inline:
    """The content of a block that is one text: what most are."""
    text = " ".join(piece.text.split())
    indent = 0 if text and not piece.text[0].isspace() else 1
    return text, (record(Span, (text, piece.marks, piece.href, None)),) if text else (), indent


def _alike(one: Piece, other: Piece) -> bool:
    """Whether two texts are set the same way."""
    return one.src is None and one.marks == other.marks and one.href == other.href


def _trimmed(spans: list[Span]) -> list[Span]:
    """`spans` without trailing white space, and without those behind the last text that hold nothing else."""
    for index in range(len(spans) - 1, -1, -1):
        span = spans[index]
        text = "" if span.src is not None else span.text.rstrip(EDGE_SPACES)
        if text:
            images = [after for after in spans[index + 1 :] if after.src is not None]
            return [*spans[:index], Span(text, span.marks, span.href), *images]
    return [span for span in spans if span.src is not None]
