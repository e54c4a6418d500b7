"""The characters that no reader may get from a stranger's page, name or address, and what takes them away.

They steer a terminal, end lines where nobody sees it, or turn the order round in which a text is read. All that stands
in the way of such characters is made of the classes here: repairs of text, addresses, JSON, front matter, messages.
"""

from __future__ import annotations

from typing import Final

from newsclean.patterns import lazy

CONTROLS: Final = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
"""The control characters of ASCII and Latin-1 (C0, DEL, C1) but tab and newline, for a class of a pattern."""

LINE_ENDS: Final = r"\u2028\u2029"
"""Ends of lines and paragraphs that few programs show, and readers of lines follow."""

DIRECTIONS: Final = r"\u202a-\u202e\u2066-\u2069"
"""What embeds, overrides or isolates a direction of reading (Unicode Standard Annex 9, section 2)."""

ORDER_MARK: Final = r"\ufeff"
"""The mark at the beginning of a file, which is nothing anywhere else."""

SURROGATES: Final = r"\ud800-\udfff"
"""Halves of characters, which no file can hold."""

INVISIBLE: Final = r"\u2061-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
"""What is shown as nothing, and no script needs: operators, marks of old standards, fillers, notes, and the tags, in
which a text can be hidden that only programs read."""

FLAG: Final = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
"""The flag of a part of a country, as England's: the one use of tags that is seen (Unicode Technical Standard 51)."""

UNSAFE: Final = CONTROLS + LINE_ENDS + DIRECTIONS + ORDER_MARK
"""All that is never written, but for surrogates, which become U+FFFD, and directions where a text needs them."""

STEERING: Final = lazy(rf"[{UNSAFE}{INVISIBLE}{SURROGATES}\t\n\u061c\u200e\u200f]")
"""What a message shows as U+FFFD: it is one line, and a name has no need of any direction, nor of what is not seen."""

UNSEEN: Final = lazy(rf"({FLAG})|[{INVISIBLE}]+")

VOID: Final = lazy(f"[{CONTROLS}]+")
"""Control characters that stand for nothing in a text, once those below are taken care of."""

PARTING: Final = lazy("[\x0b\x0c\x1c-\x1f]+")
"""Control characters that part what stands around them."""

LINE_BREAK: Final = lazy("\r\n?|[\x85\u2028\u2029]")
"""Line ends other than the newline."""

DIRECTION: Final = lazy(f"[{DIRECTIONS}]")

OVERRIDE: Final = lazy("[\u202d\u202e]")
"""What makes letters be shown in another order than they are read; no script is written with it."""

RIGHT_TO_LEFT: Final = lazy(
    "[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d3\u06fa-\u072f\u074d-\u07ea\u0800-\u0815\u0840-\u08c9"
    "\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters of Hebrew, Arabic and the other scripts that are written from the right."""


def one_line(text: str) -> str:
    r"""Return a message on one line, with U+FFFD for every character that a terminal would obey.

    >>> one_line("a\nb\x1b[2J") == "a b\ufffd[2J"
    True
    """
    return STEERING.sub("\ufffd", " ".join(text.split()))


def lone_surrogates(value: str) -> str:
    r"""Join surrogates that make a pair, and put U+FFFD for the others, which no file can hold.

    >>> lone_surrogates("\ud83d\ude00 \ud800") == "\U0001f600 \ufffd"
    True
    """
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line_breaks(value: str) -> str:
    r"""Write every line end as a newline.

    >>> line_breaks("one\r\ntwo\u2028three")
    'one\ntwo\nthree'
    """
    return LINE_BREAK.sub("\n", value)


def control_characters(value: str) -> str:
    r"""Remove control characters; those that part words (form feed, separators) leave a space. Tab and newline stay.

    >>> control_characters("a\x00b\x0cc\td")
    'ab c\td'
    """
    return VOID.sub("", PARTING.sub(" ", value))


def byte_order_marks(value: str) -> str:
    r"""Remove byte order marks, which files that were put together leave in the middle.

    >>> byte_order_marks("\ufeff新\ufeff闻")
    '新闻'
    """
    return value.replace("\ufeff", "")


def invisible_characters(value: str) -> str:
    r"""Remove what is shown as nothing and can hide a message; tags stay in flags.

    >>> invisible_characters("a\U000e0068\U000e0069\u3164b")
    'ab'
    """
    return UNSEEN.sub(lambda match: match[1] or "", value)


def directions(value: str) -> str:
    r"""Remove what turns the direction of reading round, by which a text can look like another.

    Overrides always go; embeddings and isolates stay in a text with letters that are written from the right.

    >>> directions("\u2066invoice\u202efdp.exe\u2069")
    'invoicefdp.exe'
    >>> directions("\u2067שלום\u2069") == "\u2067שלום\u2069"
    True
    """
    return (OVERRIDE if RIGHT_TO_LEFT.search(value) else DIRECTION).sub("", value)
