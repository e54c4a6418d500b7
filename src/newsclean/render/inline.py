"""Markdown: spans → the source of one paragraph, heading or cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from newsclean.models import Mark, Span, Style
from newsclean.patterns import lazy
from newsclean.render import emphasis, escape
from newsclean.render.address import safe
from newsclean.render.emphasis import Run

CODE = int(Mark.CODE)
RAISED = {int(Mark.SUPERSCRIPT): "sup", int(Mark.SUBSCRIPT): "sub"}
RAISED_MARKS = int(Mark.SUPERSCRIPT | Mark.SUBSCRIPT)

RAISED_TEXT = lazy(r"[+\-−–]?(?:[0-9]{1,9}|[A-Za-z]|(?<=[+\-−–]))[+\-−–]?")
"""What must not sink to the line: the 2 of m², a charge, a note's number. Others (1st, ™) read well without a tag."""

BACKTICKS = lazy("`+")

DESTINATION = str.maketrans({char: f"%{ord(char):02X}" for char in " \"'()<>[]\\`|{}^"})
"""What would end or hide a link's destination in one reader of Markdown or another."""

WHITE_SPACE = lazy(r"\s+")

REFERENCE = lazy(r"&(?=#|[A-Za-z][A-Za-z0-9]{1,31};)")
"""A part of a query that Markdown would read as a character reference."""


class Shown(NamedTuple):
    """A span as Markdown can show it: with the marks that it has a form for, and the address if it is written."""

    text: str
    marks: int
    address: str | None
    image: str | None


def source(spans: Sequence[Span], style: Style, extra: int = 0) -> str:
    """The Markdown of `spans`, all with the marks `extra`; line breaks are bare newlines, line starts not escaped."""
    if len(spans) == 1 and not extra and _is_plain(spans[0]):
        return escape.whole(spans[0].text)
    wanted = (span for span in spans if (span.text if span.src is None else style.images))
    shown = (_shown(span, style, extra) for span in wanted)
    kept = _merged(span for span in shown if span.image != "")
    if len(kept) == 1 and not any(kept[0][1:]):
        return escape.whole(kept[0].text)
    runs = _runs(kept)
    return emphasis.write(map(_unswallowed, runs) if _holds_address(kept) else runs)


def paragraph(text: str) -> list[str]:
    """The lines of a source, safe from being read as other kinds of blocks, with hard breaks between them."""
    if "\n" not in text:
        line = text.strip()
        return [escape.line(line)] if line else []
    written = [escape.line(line) for line in _stripped(text)]
    return [f"{line}\\" for line in written[:-1]] + written[-1:]


def folded(text: str) -> str:
    """A source as one line."""
    return " ".join(_stripped(text)) if "\n" in text else text.strip()


def destination(url: str | None) -> str | None:
    """An address as the destination of a link, or None where it may not be written."""
    address = safe(url)
    if address is None:
        return None
    return REFERENCE.sub("&amp;", WHITE_SPACE.sub("%20", address).translate(DESTINATION))


def _stripped(text: str) -> list[str]:
    """The lines that are not empty, without white space at their ends."""
    return [line for line in map(str.strip, text.split("\n")) if line]


def _is_plain(span: Span) -> bool:
    """Whether a span is nothing but text."""
    return span.src is None and span.href is None and not int(span.marks) and "\r" not in span.text


def _shown(span: Span, style: Style, extra: int) -> Shown:
    """A span as it is shown in `style`."""
    address = destination(span.href) if style.links else None
    text = span.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in span.text else span.text
    if span.src is not None:
        return Shown(text, 0, address, destination(span.src) or "")
    return Shown(text, _visible_marks(int(span.marks) | extra, text), address, None)


def _visible_marks(marks: int, text: str) -> int:
    """The marks that are written: code and raised text get no others."""
    if marks & CODE:
        return CODE
    if marks & RAISED_MARKS in RAISED and RAISED_TEXT.fullmatch(text):
        return marks & RAISED_MARKS
    return emphasis.visible(marks)


def _merged(spans: Iterable[Shown]) -> list[Shown]:
    """The spans, neighbours that look the same as one: between them there is nothing to see."""
    groups: list[tuple[Shown, list[str]]] = []
    for span in spans:
        if groups and span.image is None and groups[-1][0][1:] == span[1:]:
            groups[-1][1].append(span.text)
        else:
            groups.append((span, [span.text]))
    return [first if len(texts) == 1 else first._replace(text="".join(texts)) for first, texts in groups]


def _runs(spans: Iterable[Shown]) -> Iterator[Run]:
    """The spans as runs, neighbours with the same address as one link."""
    groups = [(address, tuple(group)) for address, group in groupby(spans, key=lambda span: span.address)]
    for i, (address, group) in enumerate(groups):
        if address is None:
            runs = [_run(span, in_link=False) for span in group]
            yield from runs[:-1]
            yield _guarded(runs[-1]) if i + 1 < len(groups) else runs[-1]
        else:
            yield _link(address, group)


def _holds_address(spans: Sequence[Shown]) -> bool:
    """Whether an address in the text could swallow the backslash or the backtick that keeps a tag from being one."""
    if not any("<" in span.text for span in spans):
        return False
    return escape.ADDRESS.search("".join(span.text for span in spans if span.marks != CODE)) is not None


def _unswallowed(run: Run) -> Run:
    """A run that stays what it is behind an address: where it holds code, a space ends the address before it."""
    if "<" not in run.source:
        return run
    has_code = "`" in escape.PAIR.sub("", run.source)
    return run._replace(source=f" {run.source}" if has_code else escape.beside_address(run.source))


def _guarded(run: Run) -> Run:
    """A run before a link: an exclamation mark at its end would make the link an image."""
    return run._replace(source=f"{run.source[:-1]}\\!") if run.source.endswith("!") else run


def _link(address: str, spans: Iterable[Shown]) -> Run:
    """One link, white space at its ends outside of it."""
    text = emphasis.write(_run(span, in_link=True) for span in spans)
    inner = text.strip()
    return Run(text.replace(inner, f"[{inner}]({address})", 1) if inner else text)


def _run(span: Shown, in_link: bool) -> Run:
    """One span; all but text with visible emphasis is final as it is."""
    if span.image is not None:
        return Run(f"![{folded(escape.piece(span.text, in_link=True))}]({span.image})")
    if span.marks == CODE:
        return Run(_code(span.text))
    text = escape.piece(span.text, in_link)
    if span.marks in RAISED:
        return Run(f"<{RAISED[span.marks]}>{text}</{RAISED[span.marks]}>")
    return Run(text, span.marks)


def _code(text: str) -> str:
    """A code span: its delimiters longer than any row of backticks in it, its spaces kept."""
    line = text.replace("\n", " ")
    if not line.strip():
        return line
    fence = "`" * (max(map(len, BACKTICKS.findall(line)), default=0) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{pad}{line}{pad}{fence}"
