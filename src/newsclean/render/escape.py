r"""Markdown: the backslashes that keep text from being read as markup, and no others.

CommonMark reads a character as markup only in some surroundings; these are spelled out here, so that a price, a
`snake_case` word or a bracketed note stay as they are. What is escaped without need does no harm, so a pattern that
cannot see far enough (to the next span, say) leans to that side.
"""

from __future__ import annotations

import re

from newsclean.patterns import lazy

SIGNS = r"\\`*_<&~"
"""One of these or a bracket stands in every text that needs a backslash; most texts have none."""

ANYWHERE = r"""
    `                                             # code
  | (?<![ ])\* | \*(?![ ])                        # emphasis, but where spaces on both sides keep it from that
  | (?<![^\W_])_ | _(?![^\W_])                    # emphasis, but within a word
  | <(?=[A-Za-z/!?]|[^\s<>@]{1,64}@)              # a tag, a comment, an address in angle brackets
  | &(?=\#|[A-Za-z][A-Za-z0-9]{1,31};)            # a character reference
"""
"""What needs a backslash wherever it stands (a verbose pattern, as its extensions below)."""

LINK_SIGNS = "](", "]:"
"""A link, or the definition of one: their brackets need a backslash, too, put there at once, for a text can be full of
them."""

ALONE = ANYWHERE + r"| \\(?=[!-/:-@\[-`{-~\s]|\Z)"
BESIDE = ANYWHERE + r"| [\\~] | [\]<&]\Z"


def before(signs: str, brackets: str = "") -> re.Pattern[str]:
    """The places before signs that need a backslash: found by their first characters, which is much the quickest.

    `brackets` are those among them.
    """
    return lazy(f"(?=[{SIGNS}{brackets}])(?={signs})", re.VERBOSE)


WHOLE = before(ALONE)
"""The same for a text that stands alone; a backslash counts before punctuation and at the end of a line."""

WHOLE_TILDES = before(ALONE + r"| ~")
"""The same for a text with two tildes or more: some readers strike what stands between, as in 1~2 and 3~5."""

PIECE = before(BESIDE, r"\]")
"""The same for a text with markup beside it: its end may meet a link, and every backslash a delimiter."""

LINK_PIECE = before(BESIDE + r"| [\[\]]", r"\[\]")
"""The same within the text of a link, where brackets must not end it."""

HINT = lazy(rf"[{SIGNS}\]\[]")

ADDRESS = lazy(r"://|www\.", re.IGNORECASE)
"""What makes some readers (GFM's among them) take all up to the next space or `<` for an address: backslashes, too."""

PAIR = lazy(r"\\(.)", re.DOTALL)
"""A backslash and what it escapes."""

LINE_START = lazy(
    r"""(?P<plain>\#{1,6}(?=\s|\Z)     # a heading
      | >                              # a quote
      | [-+*](?=\s|\Z)                 # a list
      | [|:=-][|:=\- \t]*\Z            # a rule, the underline of a heading, the second row of a table
      | \[(?=[ xX]\]\s))               # a task
      | (?P<number>[0-9]{1,9})(?=[.)](?:\s|\Z))        # a numbered list
    """,
    re.VERBOSE,
)
"""What makes a line more than text of a paragraph, if it starts so."""

LINE_START_CHARS = frozenset("#>-+*|:=[0123456789")
"""What `LINE_START` can start with, for a quick look."""

CLOSING_HASHES = lazy(r"(?:(?<=\s)|\A)(?=#+\Z)")
"""Number signs at the end of a heading, which would be taken for its closing sequence."""


def whole(text: str) -> str:
    r"""Escape a text that stands alone in its paragraph, heading or cell.

    >>> print(whole("2 * 3, *4*, snake_case, [1], AT&T, a<b, <b>, &lt;"))
    2 * 3, \*4\*, snake_case, [1], AT&T, a\<b, \<b>, \&lt;
    """
    if HINT.search(text) is None:
        return text
    pattern = WHOLE_TILDES if text.count("~") > 1 else WHOLE
    source = _without_links(pattern.sub(r"\\", text))
    return beside_address(source) if "<" in text and ADDRESS.search(text) else source


def piece(text: str, in_link: bool = False) -> str:
    r"""Escape a text that has other text, links or emphasis beside it.

    >>> print(piece("3~"), piece("[1]", in_link=True))
    3\~ \[1\]
    """
    if HINT.search(text) is None:
        return text
    return LINK_PIECE.sub(r"\\", text) if in_link else _without_links(PIECE.sub(r"\\", text))


def _without_links(source: str) -> str:
    """Escape what a link would need; no sign before brackets changes what they are, for the other backslashes stand."""
    for signs in LINK_SIGNS:
        source = source.replace(signs, f"\\{signs}")
    return source


def beside_address(source: str) -> str:
    r"""Write `<` as a character reference where an address could swallow the backslash before it.

    >>> print(beside_address(r"http://news.example/\<script> and \\<3"))
    http://news.example/&lt;script> and \\<3
    """
    return PAIR.sub(lambda match: "&lt;" if match[1] == "<" else match[0], source)


def line(source: str) -> str:
    r"""Escape what would make a line of Markdown, with its inline markup in place, another kind of block.

    >>> print(line("1. May"), line("- 5"), line("1.5"), line("#tag"))
    1\. May \- 5 1.5 #tag
    """
    if source[:1] not in LINE_START_CHARS:
        return source
    match = LINE_START.match(source)
    if match is None:
        return source
    end = match.end("number") if match["number"] else 0
    return f"{source[:end]}\\{source[end:]}"


def heading(source: str) -> str:
    r"""Escape what a heading would lose at its end.

    >>> print(heading("Learning C #"))
    Learning C \#
    """
    return CLOSING_HASHES.sub(r"\\", source) if source.endswith("#") else source
