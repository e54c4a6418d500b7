"""Text → page: an HTML document parsed once, or the lines of a dump. Segmentation and metadata both read it.

The parser is Lexbor (selectolax): it builds the tree that browsers build, keeps what stands deep or behind a second
`<html>`, and is the quickest that installs on every supported Python (docs/architecture.md has the figures).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

HEAD_CHARS = 4096
"""How much of a text is looked at to tell HTML from a dump."""

DOCUMENT_TAG = re.compile(r"<(?:!doctype\s+html|html|head|body|frameset)\b[^<]{0,2000}?>", re.IGNORECASE)
"""A tag that only a document has: one of these is enough."""

COMMON_TAG = re.compile(
    r"</?(?:p|div|span|a|br|table|tr|td|ul|li|h[1-6]|img|font|meta|script|article|section)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
"""Tags that a fragment of HTML is made of; a dump that quotes a few is still a dump."""

FRAGMENT_TAGS = 3
"""So many common tags, at least one for every `FRAGMENT_SHARE` characters, make a fragment of HTML."""

FRAGMENT_SHARE = 400


@dataclass(frozen=True)
class HtmlPage:
    """A parsed HTML document. Its tree is read, never changed."""

    tree: LexborHTMLParser

    @property
    def root(self) -> LexborNode | None:
        """The document's root element, or None for a document without one."""
        return self.tree.root

    @cached_property
    def title(self) -> str | None:
        """The text of `<title>`, white space folded, or None."""
        node = self.tree.css_first("title")
        return " ".join(node.text().split()) or None if node is not None else None


@dataclass(frozen=True)
class TextPage:
    """The lines of a text dump, without line ends."""

    lines: tuple[str, ...]

    @property
    def title(self) -> None:
        """A dump declares no title; the headline is found among its lines."""
        return


Page = HtmlPage | TextPage


def read_html(text: str) -> HtmlPage:
    """Parse `text` as an HTML document, however broken."""
    return HtmlPage(LexborHTMLParser(text))


def read_text(text: str) -> TextPage:
    """Split a dump into lines; form feeds and lone carriage returns end a line too."""
    return TextPage(tuple(text.splitlines()))


READERS: dict[str, Callable[[str], Page]] = {"html": read_html, "text": read_text}
"""Input formats by name, as `--input-format` takes them beside "auto"."""


def looks_like_html(text: str) -> bool:
    """Tell a page from a dump by its content: a document tag near the start, or many common tags.

    A text dump about HTML (a tutorial, say) names tags too, but they are rare in it.
    """
    head = text[:HEAD_CHARS]
    if DOCUMENT_TAG.search(head):
        return True
    tags = len(COMMON_TAG.findall(head))
    return tags >= FRAGMENT_TAGS and tags * FRAGMENT_SHARE >= len(head.strip())


def read(text: str, input_format: str = "auto") -> Page:
    """Read decoded text as a page.

    `input_format` is "auto" (told from the content), or a name in `READERS`.
    """
    if input_format == "auto":
        input_format = "html" if looks_like_html(text) else "text"
    return READERS[input_format](text)
