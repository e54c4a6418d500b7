"""How each extractor is asked for the text of a page: one small function each, and the table of them.

All peers get the same correctly decoded text, with their default settings unless a name says otherwise. Those that ask
for a language are told which pages are Chinese. newsclean gets the raw bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from importlib import metadata
from typing import Any, NamedTuple

from newsclean import clean

CHINESE = "zh"

ADDRESS = "https://www.example.org/"
"""newspaper4k wants an address; the true one is kept from all."""

BLOCKS = (
    "address, article, aside, blockquote, br, dd, div, dl, dt, figcaption, figure, footer, h1, h2, h3, h4, h5, h6, "
    "header, hr, li, main, nav, ol, p, pre, section, table, tbody, td, th, thead, tr, ul"
)
"""Elements that part words where HTML becomes text; others, such as `<b>`, may stand inside of a word."""


class Page(NamedTuple):
    """A page of a labelled set as it was saved, what an extractor may be told of it, and the text to be found."""

    key: str
    data: bytes
    text: str
    language: str
    gold: str


def load(name: str) -> Any:
    """A module of a peer, imported where it is used: none of them is needed to run the others."""
    return importlib.import_module(name)


def text_of(html: str) -> str:
    """The text of a piece of HTML, with line breaks between its blocks."""
    parser = load("selectolax.lexbor").LexborHTMLParser(html)
    parser.strip_tags(["head", "script", "style"])
    for node in parser.css(BLOCKS):
        node.insert_before("\n")
        node.insert_after("\n")
    return str(parser.root.text()) if parser.root else ""


def newsclean_(page: Page) -> str:
    """The body, from the raw bytes."""
    return clean(page.data).text


def trafilatura_(page: Page, **options: bool) -> str:
    """Plain text, None where it finds nothing; by default comments and tables are in it."""
    return load("trafilatura").extract(page.text, **options) or ""


def readability_(page: Page) -> str:
    """HTML."""
    return text_of(load("readability").Document(page.text).summary())


def resiliparse_(page: Page) -> str:
    """Plain text of the main content."""
    return str(load("resiliparse.extract.html2text").extract_plain_text(page.text, main_content=True))


def newspaper_(page: Page) -> str:
    """Plain text. The language of pages that are not Chinese is left to it."""
    language = CHINESE if page.language == CHINESE else None
    article = load("newspaper").Article(ADDRESS, language=language, fetch_images=False)
    article.download(input_html=page.text)
    article.parse()
    return str(article.text)


def magic_html_(page: Page, **options: str) -> str:
    """HTML."""
    return text_of(load("magic_html").GeneralExtractor().extract(page.text, **options)["html"])


def gne_(page: Page) -> str:
    """Plain text."""
    return str(load("gne").GeneralNewsExtractor().extract(page.text)["content"])


def goose3_(page: Page) -> str:
    """Plain text. It must be told to use Chinese stop words."""
    options = {"stopwords_class": load("goose3.text").StopWordsChinese} if page.language == CHINESE else {}
    with load("goose3").Goose(options) as goose:
        return str(goose.extract(raw_html=page.text).cleaned_text)


def justext_(page: Page) -> str:
    """Paragraphs. It has no Chinese stop words; it can do without, when both limits on their share are 0."""
    justext = load("justext")
    if page.language == CHINESE:
        found = justext.justext(page.text, frozenset(), stopwords_low=0, stopwords_high=0)
    else:
        found = justext.justext(page.text, justext.get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)


def boilerpy3_(page: Page) -> str:
    """Plain text."""
    return str(load("boilerpy3.extractors").ArticleExtractor().get_content(page.text))


def turbohtml_(page: Page) -> str:
    """Plain text."""
    return str(load("turbohtml").parse(page.text).article().text)


def rs_trafilatura_(page: Page) -> str:
    """Plain text. It guesses the type of a page itself."""
    return str(load("rs_trafilatura").extract(page.text).main_content)


ADAPTERS: dict[str, tuple[str, Callable[[Page], str]]] = {
    "newsclean": ("newsclean", newsclean_),
    "trafilatura": ("trafilatura", trafilatura_),
    "trafilatura-no-comments": ("trafilatura", lambda page: trafilatura_(page, include_comments=False)),
    "trafilatura-precision": ("trafilatura", lambda page: trafilatura_(page, favor_precision=True)),
    "readability-lxml": ("readability-lxml", readability_),
    "resiliparse": ("resiliparse", resiliparse_),
    "newspaper4k": ("newspaper4k", newspaper_),
    "magic-html": ("magic-html", magic_html_),
    "magic-html-forum": ("magic-html", lambda page: magic_html_(page, html_type="forum")),
    "gne": ("gne", gne_),
    "goose3": ("goose3", goose3_),
    "justext": ("justext", justext_),
    "boilerpy3": ("boilerpy3", boilerpy3_),
    "turbohtml": ("turbohtml", turbohtml_),
    "rs-trafilatura": ("rs-trafilatura", rs_trafilatura_),
}
"""By name: the distribution that is needed, and how it is asked. `magic-html-forum` is told that pages are forums."""


def installed() -> list[str]:
    """The extractors that can be run here."""
    present = {one.name.lower().replace("_", "-") for one in metadata.distributions()}
    return [name for name, (needed, _) in ADAPTERS.items() if needed in present]
