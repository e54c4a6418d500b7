"""Preformatted text: code keeps its lines, prose is put back into paragraphs.

Old portals and mail archives set articles in `<pre>`. Where neither class nor tag says that it holds code, the text
itself tells: prose is made of words, in sentences that end with a stop, and of little else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from newsclean.patterns import lazy
from newsclean.segment.inline import Piece

CODE_LANGUAGE: Final = lazy(
    r"(?:^|\s)(?:lang(?:uage)?-|brush:\s?|(?:hljs|sourcecode)\s(?!code\b|lang|sourcecode))([\w+#.-]{1,30})",
    re.IGNORECASE,
)
"""How highlighters name the language in a class."""

BOX_LANGUAGE: Final = lazy(
    r"(?:^|\s)(?:highlight-source-|highlight-(?=[\w+#.-]{1,30}\snotranslate)|language-(?=[\w+#.-]{1,30}\shighlighter))"
    r"([\w+#.-]{1,30})"
)
"""The same for those that name it on a box around the code."""

UNSAID: Final = frozenset({"default", "none"})
"""Words that stand where the language would, and name none."""

CODE_WORDS: Final = lazy(r"code|highlight|prettyprint|brush|syntax|source", re.IGNORECASE)
"""A class of `<pre>`, or an element in it, that says it holds code."""

CJK: Final = lazy(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Characters of Chinese, Japanese and Korean."""

CODE_MAX_CJK: Final = 0.3
"""Text without sign of code, with a larger share of CJK characters, is prose: each line a paragraph."""

PROSE_LETTERS: Final = 0.8
"""The share of letters and spaces in prose."""

CODE_ENDS: Final = tuple("{}[(;=,:|&\\")
"""What lines of code end with, and a line of prose by chance."""

CODE_ENDS_SHARE: Final = 0.5
"""So many lines of prose may end like code: those of verse often end with a comma."""

CODE_STARTS: Final = tuple("#$%@/|<>+-*=;.{}()[]_~`\\")
"""What a line of prose does not begin with: prompts, comments, drawn tables, diffs, list items."""

ALIGNED: Final = lazy(r"\S(?: {3}|\t)")
"""A gap within a line, as tables have; typists put two spaces behind a sentence at most."""

STOPS: Final = tuple(".!?…")
"""What a paragraph of prose ends with."""

CLOSERS: Final = "\"'”’)]»"
"""What may stand behind the stop."""

EDGES: Final = CLOSERS + ".,;:!?…“‘(«-–—["
"""What may stand beside a word."""

WITHIN_WORDS: Final = str.maketrans("", "", "-'’/")
"""What may stand within a word."""

PARAGRAPH_WORDS: Final = 8
"""Fewer words are a label, a command or a message."""

PLAIN_WORDS: Final = 0.85
"""The share of words in prose that are made of letters, and not of capitals alone."""

PROSE_LINES: Final = 0.5
"""So many lines stand in paragraphs of prose; the others are heads, lists and signatures."""

FULL_LINE: Final = 0.6
"""A line that was wrapped is at least so long, measured by the longest that is not the last of its paragraph."""

LOWER_LINES: Final = 0.25
"""So many lines that go on with a paragraph begin with a small letter, or else they are verse."""

LINE_BREAK: Final = "\n"
"""The end of a line that ends a block; any other end is what joins two lines."""


def text_of(pieces: Sequence[Piece]) -> str:
    """The text with its lines; images have none."""
    return "".join([piece.text for piece in pieces if piece.src is None]).strip("\n\r")


def language(said: str, around: str) -> str | None:
    """The language of code, by the classes of its elements, or of the boxes around them."""
    named = CODE_LANGUAGE.search(said) or BOX_LANGUAGE.search(around)
    tongue = named.group(1).lower() if named else None
    return None if tongue in UNSAID else tongue


def is_code(text: str, said: str) -> bool:
    """Tell code from prose by the tags and classes around it (`said`), else by the text."""
    if CODE_WORDS.search(said):
        return True
    return not _is_cjk(text) and (CODE_LANGUAGE.search(said) is not None or not _is_prose(text))


def lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """The lines of prose, those put together that were parted by wrapping alone."""
    ends = iter(_line_ends("".join([piece.text for piece in pieces])))
    line: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n")
        line.append(piece.with_text(first))
        for text in others:
            end = next(ends)
            if end == LINE_BREAK:
                yield line
                line = [piece.with_text(text)]
            elif end or text:
                line.append(piece.with_text(end + text.lstrip(" ")))
    yield line


def _is_cjk(text: str) -> bool:
    return len(CJK.findall(text)) >= CODE_MAX_CJK * len(text)


def _is_prose(text: str) -> bool:
    """Whether a text is made of words, and most of its lines of sentences."""
    folded = " ".join(text.split())
    if sum(map(str.isalpha, folded)) + folded.count(" ") < PROSE_LETTERS * len(folded):
        return False
    paragraphs = list(_paragraphs(text.split("\n")))
    stripped = [line.rstrip() for paragraph in paragraphs for line in paragraph]
    if sum(line.endswith(CODE_ENDS) for line in stripped) > CODE_ENDS_SHARE * len(stripped):
        return False
    return sum(len(paragraph) for paragraph in paragraphs if _has_sentences(paragraph)) >= PROSE_LINES * len(stripped)


def _paragraphs(all_lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines between blank ones; a line that is indented deeper than the one above begins a paragraph too."""
    paragraph: list[str] = []
    for line in all_lines:
        if paragraph and _begins_paragraph(paragraph[-1], line):
            yield paragraph
            paragraph = []
        if line.strip():
            paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins_paragraph(above: str, line: str) -> bool:
    return not line.strip() or _indent(line) > _indent(above)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _has_sentences(paragraph: Sequence[str]) -> bool:
    """Whether a paragraph begins and ends as sentences do and consists of words."""
    stripped = [line.strip() for line in paragraph]
    first = stripped[0].lstrip(EDGES)[:1]
    if first.islower() or not first.isalnum() or not stripped[-1].rstrip(CLOSERS).endswith(STOPS):
        return False
    if any(line.startswith(CODE_STARTS) or ALIGNED.search(line) for line in stripped):
        return False
    words = " ".join(stripped).split()
    return len(words) >= PARAGRAPH_WORDS and sum(map(_is_plain, words)) >= PLAIN_WORDS * len(words)


def _is_plain(word: str) -> bool:
    """Whether this is a word or a number of a text, with the punctuation beside it."""
    bare = word.strip(EDGES).translate(WITHIN_WORDS)
    return (bare.isalpha() and (len(bare) == 1 or not bare.isupper())) or not bare or bare.isdigit()


def _line_ends(text: str) -> list[str]:
    """For each line feed what is to stand for it: itself, or what joins the two lines if the line was wrapped."""
    all_lines = [line.rstrip() for line in text.split("\n")]
    breaks = [LINE_BREAK] * (len(all_lines) - 1)
    if _is_cjk(text):
        return breaks
    wrapped = list(_wrapped(all_lines))
    lower = sum(all_lines[at + 1].lstrip()[:1].islower() for at in wrapped)
    if lower < LOWER_LINES * len(wrapped):
        return breaks
    for at in wrapped:
        breaks[at] = _joint(all_lines[at], all_lines[at + 1])
    return breaks


def _wrapped(all_lines: Sequence[str]) -> Iterator[int]:
    """The lines, by index, that their paragraph goes on after: full ones, in a paragraph of full lines."""
    paragraphs = list(_paragraphs(all_lines))
    full = FULL_LINE * max((len(line) for rows in paragraphs for line in rows[:-1]), default=0)
    at = 0
    for rows in paragraphs:
        while not all_lines[at]:
            at += 1
        if all(len(line) >= full for line in rows[:-1]):
            yield from (at + row for row, line in enumerate(rows[1:]) if not line.lstrip().startswith(CODE_STARTS))
        at += len(rows)


def _joint(above: str, below: str) -> str:
    """What joins two lines of a paragraph: a space, but for a word that was broken at its hyphen."""
    return "" if above[-1] == "-" and above[-2:-1].isalpha() and below.lstrip()[:1].islower() else " "
