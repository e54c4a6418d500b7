"""A byline taken apart: `2024-05-01 08:30 来源：某报 作者：王小明 责任编辑：李静` → its fields.

Bylines come in any order, with full-width or half-width colons or none, and glued together where a page's markup held
them apart. So a line is read from marker word to marker word; what stands before the first one is the rest.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newsclean.metadata.areas import Areas, without_buttons
from newsclean.metadata.byline_words import AUTHOR_WORDS, EDITOR_WORDS, OTHER_WORDS, SOURCE_WORDS
from newsclean.metadata.date_forms import Stamp, stamps, without_dates
from newsclean.patterns import lazy

SURE_SIGNS = ":/︱丨|・="
"""What leaves no doubt that the word before it announces what follows."""

NO_PEOPLE = frozenset("证證站节節会會协協们們")
"""What makes another word of 记者."""

REPORTED = ("报道", "報導", "報道")
"""What stands behind the name of somebody who reports."""

GLUED_NOISE = lazy(
    r"打印|收藏本|收藏(?=\s|$)|参与互动|我要评论|查看评论|网友评论|返回|点击进入|进入.{1,8}BBS|手机看新闻|举报|字号|分享到|扫码|复制|展开"
)
"""Buttons whose words run on from a value without any separator."""

STOP = lazy(r"[|│丨︱()\[\]【】<>;；。！？!?\u2022]|\s{2,}")
"""What ends a value in a byline."""

PEOPLE_WORDS = ("记者", "記者", "通讯员", "通訊員")
"""Words that follow an outlet's name without a gap (某报记者)."""

POSTPOSED = lazy(
    r"^(?P<names>[^/:|()]{2,30})\s?/\s?(?P<what>编辑|編輯|责编|責編|文|撰文|[^/:|\s]{0,5}\s?[^/:|\s]{0,5}"
    r"(?:报道|報導|報道|编译|編譯))(?=$|[\s|()])"
)
"""The Taiwanese order: names, a slash, and what they did (王小明／綜合報導)."""

SIGNATURE = lazy(r"[(\[【]([^()\[\]【】]{2,70})[)\]】]")
"""A signature in brackets."""

OUTLET_BEFORE = lazy(r"(?:^|[\s|])[\u3400-\u9fff]{1,4}$")
"""An outlet's short name, which a trade runs on from (江城编辑 林小禾)."""

PICTURED = lazy(r"[图圖片照像面考]$|注明$|註明$")
"""What stands before 来源 where that is a picture's, or a demand upon others."""

ALL_WORKS = lazy(r"[^\s|]{0,14}[”\"』]?的(?:所有)?(?:作品|文字|稿件|文章|内容)")
"""How a notice goes on that speaks of all that an outlet publishes."""

REACH = 90
"""A signature that opens or closes the body stands within so many characters."""

REST_CHARS = 40
"""More text than this before the first marker, and the line is a sentence that happens to hold the word."""


class Field(NamedTuple):
    """One field of a byline: "source", "author", "editor" or "rest".

    `sure` when a colon or slash follows the marker, and the value in the same line; `glued` when the value runs into a
    trade, as outlets do (某报记者).
    """

    kind: str
    value: str
    sure: bool
    glued: bool = False


def _pattern(words: list[str]) -> str:
    spaced = (r"\s?".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    return "|".join(spaced)


FIRST_CHARS = "".join({word[0] for word in (*SOURCE_WORDS, *AUTHOR_WORDS, *EDITOR_WORDS, *OTHER_WORDS)})
"""What a marker can start with: a quick look that spares most positions of a line the long list."""

FIELD = lazy(
    rf"(?=[{FIRST_CHARS}])(?:(?P<other>{_pattern([w for w in OTHER_WORDS if w.endswith(('来源', '來源'))])})"
    rf"|(?P<source>{_pattern(SOURCE_WORDS)})|(?P<editor>{_pattern(EDITOR_WORDS)})|(?P<author>{_pattern(AUTHOR_WORDS)})"
    rf"|(?P<plain>{_pattern(OTHER_WORDS)}))\s?(?P<colon>[:/︱丨|・]?)\s?"
)
"""A marker word, and the colon (in Japanese a dot) after it."""


class Line(NamedTuple):
    """A line taken apart: its text with a bar for each date, its fields, and the line as it was with its dates."""

    text: str
    fields: tuple[Field, ...]
    whole: str
    stamps: tuple[Stamp, ...]

    @property
    def dated(self) -> bool:
        """Whether the line holds a date."""
        return bool(self.stamps)

    @property
    def rest(self) -> str:
        """What stands before the first marker; a bar is where a date was."""
        return self.fields[0].value if self.fields and self.fields[0].kind == "rest" else ""


class Bylines(NamedTuple):
    """The lines of a page that may credit somebody, taken apart once.

    They stand `below` the headline down to the `first` lines of the body, right `above` it, and `far` above it, where
    only what is marked counts; at the end of the body and after it (`tail`), in brackets at its start and at its end;
    `inner` are bylines between its first blocks.
    """

    below: tuple[Line, ...] = ()
    above: tuple[Line, ...] = ()
    first: tuple[Line, ...] = ()
    tail: tuple[Line, ...] = ()
    opening: tuple[Line, ...] = ()
    closing: tuple[Line, ...] = ()
    far: tuple[Line, ...] = ()
    inner: tuple[Line, ...] = ()

    @property
    def top(self) -> tuple[Line, ...]:
        """The lines around the headline, the most trusted first."""
        return self.below + self.above


def read(areas: Areas) -> Bylines:
    """Take apart the lines of a page where a credit may stand."""
    opening = [text for start in areas.openings for text in SIGNATURE.findall(start[:REACH])]
    closing = [text for end in areas.closings for text in SIGNATURE.findall(end[-REACH:])]
    parts = (areas.below, areas.above, areas.first, areas.last + areas.tail, opening, closing, areas.far, areas.inner)
    below, above, first, tail, opened, closed, far, inner = (tuple(map(line, lines)) for lines in parts)
    return Bylines(below + first, above, first, tail, opened, closed, far, inner)


def line(text: str) -> Line:
    """Take one half-width line apart."""
    bare = without_buttons(text)
    found = tuple(stamps(bare))
    plain = without_dates(bare, found)
    return Line(plain, tuple(_fields(plain)), bare, found)


def _fields(text: str) -> list[Field]:
    """The fields of a text without dates, in order; none when it is a sentence."""
    postposed = POSTPOSED.match(text)
    if postposed:
        kind = (
            "editor"
            if postposed["what"][0] in "编編责責" and "译" not in postposed["what"] and "譯" not in postposed["what"]
            else "author"
        )
        said = [Field(kind, value.strip(), sure=False) for value in (postposed["names"], *_reporter(postposed["what"]))]
        return [*said, *_marked_fields(text[postposed.end() :])]
    return _marked_fields(text)


def _reporter(what: str) -> list[str]:
    """Who reports, where an office stands before the slash (即時中心／林小禾報導)."""
    return [what] if what.endswith(REPORTED) else []


def _marked_fields(text: str) -> list[Field]:
    """The fields of a text that names things before their values."""
    if not text:
        return []
    marks = [match for match in FIELD.finditer(text) if _is_marker(text, match)]
    rest = text[: marks[0].start()] if marks else text
    if len(rest) > REST_CHARS:
        return []
    found = []
    for match, after in zip(marks, [*marks[1:], None], strict=False):
        end = after.start() if after else len(text)
        glued = after is not None and after["author"] in PEOPLE_WORDS and text[end - 1].isalnum()
        found += _values(match, text[match.end() : end], glued)
    return [Field("rest", rest.strip(" |,()"), sure=False), *(field for field in found if field.value)]


def _is_marker(text: str, match: re.Match[str]) -> bool:
    """A marker stands alone, or has a colon, or is a trade that an outlet's name runs into."""
    if match["source"] and (PICTURED.search(text, 0, match.start()) or ALL_WORKS.match(text, match.end())):
        return False
    if match["author"] in PEOPLE_WORDS and text[match.end() : match.end() + 1] in NO_PEOPLE:
        return False
    if match["colon"] or match.start() == 0 or match["author"] in PEOPLE_WORDS:
        return True
    short_outlet = (
        match["editor"] and text[match.end() - 1 : match.end()] == " " and OUTLET_BEFORE.search(text, 0, match.start())
    )
    return bool(short_outlet) or not text[match.start() - 1].isalnum()


def _values(match: re.Match[str], value: str, glued: bool) -> list[Field]:
    """The field that a marker opens; an editor who reports (編輯 林若水 報導) is an author too."""
    kind = next(name for name in ("source", "editor", "author", "other", "plain") if match[name])
    field = _field(kind, match, value, glued)
    reports = kind == "editor" and value.rstrip(" |)").endswith(REPORTED)
    return [field, field._replace(kind="author")] if reports else [field]


def _field(kind: str, match: re.Match[str], value: str, glued: bool) -> Field:
    noise = GLUED_NOISE.search(value)
    value = value[: noise.start()] if noise else value
    value = value.strip(" |:/")
    stop = STOP.search(value)
    sure = match[0].rstrip()[-1] in SURE_SIGNS and "\n" not in match[0]
    return Field(kind, value[: stop.start()].strip() if stop else value, sure, glued)
