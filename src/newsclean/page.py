"""Text → page: an HTML document parsed once, or the lines of a dump. Segmentation and metadata both read it.

The parser is Lexbor (selectolax): it builds the tree that browsers build, keeps what stands deep or behind a second
`<html>`, and is the quickest that installs on every supported Python (docs/architecture.md has the figures).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from newsclean.errors import UnreadableInputError
from newsclean.html_source import HtmlSource
from newsclean.naming import with_few_names
from newsclean.nesting import bounded
from newsclean.patterns import lazy
from newsclean.tags import end_of
from newsclean.unclosed import with_ends

BASE_SCHEMES = ("http", "https", "")
"""What a base can be of use for; a copy on a disk, `data:` and `javascript:` lead nowhere."""

LONGEST_BASE = 4096
"""A longer address is none: joined to every link of a page, it would be all that is written."""

LOOK_CHARS = 1024 * 1024
"""How much of a text is looked at to tell HTML from a dump: scripts and styles can fill the beginning of a page."""

DOCUMENT_TAGS = frozenset("html head body frameset title meta link base".split())
"""What a document opens with, beside its doctype."""

TAGS = DOCUMENT_TAGS | frozenset(
    "p div span a br table tbody tr td th ul ol li dl dt dd h1 h2 h3 h4 h5 h6 img font b i u strong em center hr pre"
    " blockquote script noscript style article section main header footer nav aside figure figcaption form input"
    " iframe".split()
)
"""The names that make `<` the beginning of a tag; `<张三>` and `<a@example.com>` are text."""

DOCTYPE = lazy(r"<!doctype\s{1,100}html\b[^<>]{0,1000}>", re.IGNORECASE)
"""Says that HTML follows."""

TAG = lazy(r"<(?P<slash>/?)(?P<name>[a-z][a-z0-9]{0,12})(?P<rest>[\s/][^<>]{0,4000})?>", re.IGNORECASE)
"""A tag; what is looked for ends at the next `<`, so no text is gone through twice."""

DOCUMENT_END = lazy(r"</html\s{0,100}>", re.IGNORECASE)
"""Behind it stands nothing but what trackers add."""

CODE_TAG = lazy(r"<(?P<slash>/?)(?:script|style)(?:\s[^<>]{0,4000})?>", re.IGNORECASE)
"""Begins or ends what is neither text nor markup."""

SPACE = lazy(r"[\s\ufeff\u200b]*")
"""White space and byte order marks."""

LEADING = (("<!--", "-->"), ("<?", ">"), ("<![", ">"))
"""How what may stand before a document begins and ends: comments, an XML declaration, conditions for old browsers."""

LINE_OPENER = lazy(r"^[ \t]{0,40}(?=<[!a-z])", re.IGNORECASE | re.MULTILINE)
"""Where a tag stands at the beginning of a line."""

UNCLOSED = 3
"""So many tags at least make HTML of a text that opens with a tag and closes none: `<p>` and `<br>` need no end."""

OPENED_LINES = 40
"""Lines for each tag at most in a fragment that opens with one: a dump can begin with the tag of a tracking image."""

FRAGMENT_SIGNS = 3
"""So many signs of markup at least make HTML of a text that opens with none: a page whose beginning is cut off."""

FRAGMENT_SHARE = 400
"""Characters for each sign at most: such pages have some 100, and few have more than 400."""

FRAGMENT_LINES = 5
"""Lines for each sign at most: such pages have 0.1 to 3, dumps of tutorials with samples of markup 8 and more."""


@dataclass(frozen=True)
class HtmlPage:
    """A parsed HTML document. Its tree is read, never changed."""

    tree: LexborHTMLParser

    @property
    def root(self) -> LexborNode | None:
        """The document's root element, or None for a document without one."""
        return self.tree.root

    def base(self, url: str | None) -> str | None:
        """The address that the page's relative addresses start from: its `<base href>`, seen from `url`, else `url`."""
        href = (self.declared_base or "").strip()
        if url is not None and len(url) > LONGEST_BASE:
            return None
        try:
            joined = urljoin(url or "", href)
            is_use = 0 < len(href) <= LONGEST_BASE and urlsplit(joined).scheme in BASE_SCHEMES
            return joined if is_use else url
        except ValueError:  # a bracket out of place: what looks like an IPv6 host and is none
            return url

    @cached_property
    def declared_base(self) -> str | None:
        """The address in `<base href>` as written, or None."""
        node = self.tree.css_first("base[href]")
        return node.attributes.get("href") if node is not None else None

    @cached_property
    def title(self) -> str | None:
        """The text of `<title>`, white space folded, or None."""
        node = self.tree.css_first("title")
        return " ".join(node.text().split()) or None if node is not None else None


class TextPage(NamedTuple):
    """The lines of a text dump, without line ends."""

    lines: tuple[str, ...]

    def base(self, url: str | None) -> str | None:
        """The address that relative addresses start from: a dump declares none of its own."""
        return url

    @property
    def title(self) -> None:
        """A dump declares no title; the headline is found among its lines."""
        return


Page = HtmlPage | TextPage


def read_html(text: str) -> HtmlPage:
    """Parse `text` as an HTML document, however broken.

    Raises `UnreadableInputError` where the parser gives up, which it does for want of memory.
    """
    source = bounded(with_few_names(with_ends(HtmlSource(text))))
    try:
        return HtmlPage(LexborHTMLParser(source.text))
    except SelectolaxError as error:
        raise UnreadableInputError(f"the parser gives up on this HTML ({error}); more memory may help") from error


def read_text(text: str) -> TextPage:
    """Split a dump into lines; form feeds and lone carriage returns end a line too."""
    return TextPage(tuple(text.splitlines()))


READERS: dict[str, Callable[[str], Page]] = {"html": read_html, "text": read_text}
"""Input formats by name, as `--input-format` takes them beside "auto"."""


def looks_like_html(text: str) -> bool:
    """Tell a page from a dump by its content: how it opens, or how much of it is markup.

    A text about HTML names tags too, in its sentences and samples, and stays a dump.
    """
    look = text[:LOOK_CHARS]
    start = skip_leading(look)
    return opens_with_tag(look, start) or holds_document(look, start) or is_fragment(look[start:])


def skip_leading(text: str, start: int = 0) -> int:
    """Return where `text` begins in earnest: behind white space, comments and declarations."""
    while True:
        start = end_of(SPACE.match(text, start), start)
        marks = next((marks for marks in LEADING if text.startswith(marks[0], start)), None)
        if marks is None:
            return start
        end = text.find(marks[1], start + len(marks[0]))
        if end < 0:
            return start
        start = end + len(marks[1])


def tag_at(text: str, start: int) -> re.Match[str] | None:
    """Return the doctype or tag that stands at `start`."""
    if match := DOCTYPE.match(text, start):
        return match
    match = TAG.match(text, start)
    return match if match is not None and is_tag(match) else None


def is_tag(match: re.Match[str]) -> bool:
    """Whether what looks like a tag is one of HTML."""
    return match["name"].lower() in TAGS


def opens_with_tag(text: str, start: int) -> bool:
    """Whether a tag opens the text as markup, not as the subject of a sentence ("<div> is a tag that …")."""
    first = tag_at(text, start)
    if first is None:
        return False
    then = end_of(SPACE.match(text, first.end()), first.end())
    leads = then == len(text) or text[then] == "<" or has_attributes(first)
    if leads and opens_document(first):
        return True
    tags = [match for match in TAG.finditer(text, start) if is_tag(match)]
    used = leads or len(tags) >= UNCLOSED or any(match["slash"] for match in tags)
    return used and len(tags) * OPENED_LINES >= count_lines(text)


def has_attributes(match: re.Match[str]) -> bool:
    """Whether a tag has attributes, or a doctype an identifier, as those that are only named have not."""
    return "=" in match[0] or '"' in match[0]


def count_lines(text: str) -> int:
    """Count the lines that are not blank."""
    return sum(1 for line in text.splitlines() if line.strip())


def holds_document(text: str, start: int) -> bool:
    """Whether a document follows what a server or a program said before it; no prose follows its end, as a sample's."""
    for line in LINE_OPENER.finditer(text, start):
        first = tag_at(text, line.end())
        if first is not None and opens_document(first):
            second = tag_at(text, end_of(SPACE.match(text, first.end()), first.end()))
            if second is not None and opens_document(second):
                return ends_as_document(text)
    return False


def opens_document(match: re.Match[str]) -> bool:
    """Whether a tag is one that only the beginning of a document has."""
    return match.re.pattern is DOCTYPE.pattern or (not match["slash"] and match["name"].lower() in DOCUMENT_TAGS)


def ends_as_document(text: str) -> bool:
    """Whether no text follows the last `</html>`, if there is one."""
    ends = [match.end() for match in DOCUMENT_END.finditer(text)]
    after = skip_leading(text, ends[-1]) if ends else len(text)
    return after == len(text) or text[after] == "<"


def is_fragment(text: str) -> bool:
    """Whether there is so much markup in a text that it was made of it."""
    bare = without_code(text)
    signs = sum(map(is_sign, TAG.finditer(bare))) + sum(1 for _ in CODE_TAG.finditer(text))
    return (
        signs >= FRAGMENT_SIGNS and signs * FRAGMENT_SHARE >= len(bare) and signs * FRAGMENT_LINES >= count_lines(bare)
    )


def is_sign(match: re.Match[str]) -> bool:
    """Whether a tag is used and not only named: an end, a line break, or one with attributes."""
    return is_tag(match) and (bool(match["slash"]) or has_attributes(match) or match["name"].lower() == "br")


def without_code(text: str) -> str:
    """Return a text without its scripts and styles, and without the rest of one whose beginning is cut off."""
    kept, start, in_code = [], 0, False
    for number, match in enumerate(CODE_TAG.finditer(text)):
        closes = bool(match["slash"])
        if not in_code and not (closes and number == 0):
            kept.append(text[start : match.start()])
        in_code, start = not closes, match.end()
    return "".join(kept) + ("" if in_code else text[start:])


def read(text: str, input_format: str = "auto") -> Page:
    """Read decoded text as a page.

    `input_format` is "auto" (told from the content), or a name in `READERS`.
    """
    text = text.replace("\0", "")  # no browser shows one, and it would part a tag from its name
    if input_format == "auto":
        input_format = "html" if looks_like_html(text) else "text"
    return READERS[input_format](text)
