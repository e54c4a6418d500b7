"""What every stage promises of any input, as functions that fail where a promise is broken.

The Hypothesis suite and the fuzz targets give them inputs. Texts are compared by their ink: what is left of a text
without white space and without what the repairs may take away or put in.
"""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from html import unescape
from typing import Any, cast

import yaml
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from newsclean import clean, page, repair
from newsclean.decode import decode
from newsclean.errors import UnreadableInputError
from newsclean.metadata.values import half_width
from newsclean.models import CONTENT_ROLES, Article, Block, Blocks, Kind, LabelledBlock, Metadata, Source, Style, Text
from newsclean.page import HtmlPage, Page
from newsclean.render import FORMATS, frontmatter
from newsclean.segment import html as html_segment
from newsclean.segment import text as text_segment
from newsclean.sources import Found, Unreadable, table
from newsclean.sources.places import member_place

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])

MARKDOWN.validateLink = lambda _: True  # type: ignore[assignment,method-assign]
"""A reader that takes any address for one: others than this one are not as careful."""

STYLES = (Style(), Style(front_matter=False, links=False, images=False))

NO_INK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd\\]+")
"""White space, controls, what has no width, marks of what could not be read, and backslashes (escaped quotes)."""

BRACKETS = str.maketrans("", "", "()")
"""What is put around what stands above a character."""

DRAWN = re.compile(r"[-_=*~+#—–─━═＿＝﹏\[\]|•◦‣⁃∙▪▫·o@○●◎■□◆◇▲△★☆►▶»\d.、)）]")
"""What a dump draws: bullets and numbers of items, rules, frames of pictures and fields."""

JSON_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters but tab and newline: what terminals obey."""

UNSEEN = frozenset({"script", "style", "title", "textarea", "noframes", "iframe", "noembed"})
"""Elements whose text is no text of the page."""

ISO = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
"""A day, alone or with its time, as precise as the page and with the zone that the page states."""

TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("text", "markdown", "encoding"), str),
    **dict.fromkeys(("authors", "editors", "breadcrumb", "keywords", "images", "warnings"), list),
    "confidence": float,
}
"""The types of the JSON output by key; all other values are strings or null."""

KEYS = (
    "input url site title subtitle source authors editors date modified breadcrumb language description keywords "
    "images text markdown encoding confidence warnings"
).split()
"""The keys of the JSON output, in order."""

RAISED = {"<sub>", "</sub>", "<sup>", "</sup>"}
"""The only HTML in our Markdown, which has no other way to raise and lower text."""

HTML_TAGS = frozenset(
    "html head meta title link style body article header nav h1 h2 h3 h4 h5 h6 p span time a blockquote ul ol li "
    "figure figcaption table tbody tr td th pre code br hr img strong em s sup sub".split()
)
"""The elements that our HTML is made of."""

HTML_ATTRIBUTES = frozenset("charset name content rel href class datetime start colspan rowspan src alt lang".split())
"""The attributes that our HTML has: none that runs anything."""

ACTIVE = re.compile(r"\s*(?!(?:https?|mailto):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
"""An address with a scheme that is none of the harmless ones."""

OTHER_PAGE = "<title>桥通车</title><h1>石桥通车</h1>" + "<p>石桥昨日通车，两岸居民出行用时由一小时减为十分钟。</p>" * 9

LIMIT = 60_000
"""The limit of a page's bytes that containers are read with."""


def ink(text: str) -> str:
    return NO_INK.sub("", text)


def storable(text: str) -> str:
    """The text with pairs of surrogates joined, and U+FFFD for the others."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_within(part: str, whole: str) -> bool:
    """Whether the characters of one text stand in another, in order."""
    rest = iter(whole)
    return all(char in rest for char in part)


# --- the stages, one after the other ---------------------------------------------------------------------------------


def check_page(data: bytes | str, **known: Any) -> Article:
    """Clean a page in all formats and see that every promise is kept; returns the article."""
    article = clean(data, **known)
    check_text(article.decoded, len(data))
    read = page.read(article.decoded.text, known.get("input_format", "auto"))
    raw = check_segments(read, article.decoded.text)
    repaired = repair.blocks(raw)[0]
    check_repairs(raw, repaired)
    check_labels(article, repaired)
    check_article(article)
    check_metadata(article.metadata)
    check_origin(article.metadata, said(read, article.decoded.text), dump=raw.dump)
    check_writers(article)
    return article


def check_twice(data: bytes | str, **known: Any) -> None:
    """The same page gives the same article, whatever was cleaned in between."""
    first = clean(data, **known)
    clean(OTHER_PAGE)
    assert clean(data, **known) == first


def check_text(decoded: Text, size: int) -> None:
    """Any bytes are a text, in an encoding that has a name, and what could not be read is counted."""
    assert decoded.encoding
    assert not CONTROL.search(decoded.reason), decoded.reason
    assert 0 <= decoded.replaced <= decoded.text.count("\ufffd")
    assert len(decoded.text) <= 2 * size


def check_decoding(data: bytes, declared: str | None = None) -> None:
    """Any bytes are decoded, the same way each time."""
    decoded = decode(data, declared=declared)
    check_text(decoded, len(data))
    assert decode(data, declared=declared) == decoded


def check_segments(read: Page, text: str) -> Blocks:
    """Blocks hold what the page shows and nothing else, each in its container, their spans what their text says."""
    found = html_segment.segment(read) if isinstance(read, HtmlPage) else text_segment.segment(read)
    for block in found.blocks:
        assert 0 <= block.container < max(1, len(found.containers))
        assert block.kind is Kind.CODE or block.text == "\t".join(
            " ".join(part.split(" ")) for part in block.text.split("\t")
        )
        check_spans(block)
    assert all(-1 <= box.parent < index for index, box in enumerate(found.containers))
    whole = "".join(block.text for block in found.blocks)
    if isinstance(read, HtmlPage):
        assert is_within(ink(whole).translate(BRACKETS), ink("".join(visible(read.root))).translate(BRACKETS))
    else:
        check_dump(found, text)
    return found


def visible(root: LexborNode | None) -> Iterator[str]:
    """The text nodes of a document that a browser can show."""
    for node in root.traverse(include_text=True) if root is not None else ():
        if node.tag == "-text" and (node.parent is None or node.parent.tag not in UNSEEN):
            yield node.text_content or ""


def check_dump(found: Blocks, text: str) -> None:
    """A dump's columns may be told apart, so the order is kept within a block; nothing stands in two of them."""
    whole = ink(text)
    assert all(is_within(ink(block.text), whole) for block in found.blocks)
    assert not Counter(ink("".join(block.text for block in found.blocks))) - Counter(whole)


def check_spans(block: Block) -> None:
    """The text of a block is that of its spans, or of its cells."""
    cells = [span for cell in block.cells for span in cell.spans]
    spans = block.spans or cells
    if spans:
        assert ink("".join(span.text for span in spans if span.src is None)) == ink(block.text)


def check_repairs(raw: Blocks, repaired: Blocks) -> None:
    """Repairs change no ink but character references in dumps, and keep all else of every block."""
    assert len(raw.blocks) == len(repaired.blocks)
    assert raw.containers == repaired.containers
    for before, after in zip(raw.blocks, repaired.blocks, strict=True):
        text = repair.html_entities(before.text) if raw.dump and before.kind is not Kind.CODE else before.text
        assert ink(storable(text)) == ink(after.text)
        assert after == before._replace(text=after.text, spans=after.spans, cells=after.cells)
        assert not CONTROL.search(after.text)
        check_spans(after)


def check_labels(article: Article, repaired: Blocks) -> None:
    """Every block has one label, in order, and a confidence in it."""
    assert [one.block for one in article.labels] == list(repaired.blocks)
    assert all(0.0 <= one.confidence <= 1.0 for one in article.labels)


def check_article(article: Article) -> None:
    """An article shows blocks of the page in order, or there is none and a warning says so."""
    assert 0.0 <= article.confidence <= 1.0
    assert bool(article.text) == bool(article.content) or article.content
    assert article.text or article.warnings
    labels = iter(article.labels)
    assert all(any(is_same(one, label) for label in labels) for one in article.content)
    lines = {line for one in article.content for line in one.block.text.split("\n")}
    assert set(article.text.split("\n")) <= lines | {""}
    assert not CONTROL.search(article.text)


def is_same(shown: LabelledBlock, label: LabelledBlock) -> bool:
    """Whether a block that is shown is the labelled one, but for addresses that are made absolute."""
    return shown.role in CONTENT_ROLES and shown.block.text == label.block.text and shown.signals is label.signals


def check_metadata(meta: Metadata) -> None:
    """What a page says of itself is text or absent; dates are days that exist, as ISO 8601 writes them."""
    single = (meta.title, meta.subtitle, meta.source, meta.site, meta.url, meta.language, meta.description)
    several = (*meta.authors, *meta.editors, *meta.breadcrumb, *meta.keywords)
    images = [value for image in meta.images for value in image]
    for value in (*single, *several, *images):
        assert value is None or (isinstance(value, str) and value and value == value.strip()), repr(value)
        assert value is None or not CONTROL.search(value), repr(value)
        assert value is None or "\n" not in value, repr(value)
    for day in filter(None, (meta.date, meta.modified)):
        assert ISO.fullmatch(day), day
        date.fromisoformat(day[:10])
        datetime.fromisoformat(day.replace("Z", "+00:00"))
    assert {name for name, _ in meta.origins} <= set(Metadata.__dataclass_fields__)


def said(read: Page, text: str) -> str:
    """All that a page says: its text, and then what elements hold that are not shown, and attributes."""
    if not isinstance(read, HtmlPage):
        return text
    nodes = [*read.root.traverse(include_text=True)] if read.root is not None else []
    values = [value for node in nodes if node.tag != "-text" for value in node.attributes.values() if value]
    unseen = [node.text() for node in nodes if node.tag in UNSEEN]
    return "".join(visible(read.root)) + "\n".join(["", *unseen, *values])


def check_origin(meta: Metadata, whole: str, *, dump: bool) -> None:
    """What a page says of itself stands on it in one piece, as it is or in the escapes of HTML and JSON.

    In a dump with columns, the lines of one column belong together, so the pieces of a value only stand there in order.
    """
    single = (meta.title, meta.subtitle, meta.source, meta.description)
    values = [*filter(None, single), *meta.authors, *meta.editors, *meta.breadcrumb, *meta.keywords]
    plain, read = even(whole), even(unescape(unescape(JSON_ESCAPE.sub(read_escape, whole))))
    for value in map(even, values):
        assert value in plain or value in read or (dump and is_within(value, plain)), value


def even(text: str) -> str:
    """The ink of a text but for brackets, with half-width digits and separators."""
    return ink(half_width(storable(text))).translate(BRACKETS)


def read_escape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else "" if match[2] in "bfnrt" else match[2]


# --- writers ---------------------------------------------------------------------------------------------------------


def check_writers(article: Article) -> None:
    """No writer fails, whatever the article; what is written is valid, safe to show, and the same text."""
    for style in STYLES:
        written = {name: form.render(article, style) for name, form in FORMATS.items()}
        for name, text in written.items():
            assert not CONTROL.search(text), name
            assert text == "" or text.endswith("\n"), name
            text.encode()
        check_json(article, written)
        check_markdown(article, written["md"], style)
        check_html(article, written["html"])


def check_json(article: Article, written: dict[str, str]) -> None:
    """JSON holds the article's data, and a line of it is one line."""
    data = article.to_dict()
    assert list(data) == KEYS
    for key, value in data.items():
        assert isinstance(value, TYPES.get(key, (str, type(None)))), key
    for key in ("authors", "editors", "breadcrumb", "keywords", "warnings"):
        assert all(isinstance(item, str) for item in data[key]), key
    assert json.loads(written["json"]) == json.loads(written["jsonl"]) == stored(article)
    assert len(written["jsonl"].splitlines()) == 1


def stored(article: Article) -> dict[str, Any]:
    """The data of an article as a file can hold it: U+FFFD for lone surrogates."""
    whole: dict[str, Any] = json.loads(storable(json.dumps(article.to_dict(), ensure_ascii=False)))
    return whole


def check_markdown(article: Article, text: str, style: Style) -> None:
    """Front matter is YAML; Markdown parses back to what is shown and carries nothing active."""
    head, body = front_matter(text) if style.front_matter else ({}, text)
    known = {key: value for key, value in stored(article).items() if value and key in frontmatter.KEYS}
    said = {frontmatter.NAMES.get(key, key): value for key, value in known.items()}
    if style.front_matter:
        assert set(head) == set(said)
        assert all(head[key] == said[key] for key in head if key not in {"date", "modified"})
    shown = [*leaves(body)]
    for kind, content in shown:
        assert kind != "html_block", content
        assert kind != "html_inline" or content in RAISED, content
        assert kind != "address" or not ACTIVE.match(content), content
    words = "".join(content for kind, content in shown if kind == "text")
    wanted = (article.title or "") + "".join(one.block.text for one in without_images(article.content, style))
    assert ink(words) == ink(wanted)


def without_images(content: Iterable[LabelledBlock], style: Style) -> Iterable[LabelledBlock]:
    from newsclean.render import structure

    return content if style.images else structure.without_images(tuple(content))


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The data and the rest of a Markdown file."""
    if not text.startswith("---\n"):
        return {}, text
    head, _, body = text[4:].partition("\n---\n")
    return yaml.safe_load(head), body


def leaves(text: str) -> Iterator[tuple[str, str]]:
    """What a reader of Markdown finds: its text, its HTML, and its addresses."""
    for token in MARKDOWN.parse(text):
        for leaf in token.children or [token]:
            kind = "text" if leaf.type in {"code_inline", "code_block", "fence"} else leaf.type
            if kind in {"text", "html_inline", "html_block"}:
                yield kind, leaf.content
            yield from (("address", str(leaf.attrs[name])) for name in ("href", "src") if name in leaf.attrs)


def check_html(article: Article, text: str) -> None:
    """HTML has the elements that we write and none of the page's, and shows the text of the article."""
    tree = LexborHTMLParser(text)
    assert tree.root is not None
    for node in tree.root.traverse():
        assert node.tag in HTML_TAGS, node.tag
        for name, value in node.attributes.items():
            assert name in HTML_ATTRIBUTES, name
            assert name not in {"href", "src"} or not ACTIVE.match(value or ""), value
    assert is_within(ink(article.text), ink("".join(visible(tree.root))))


# --- containers ------------------------------------------------------------------------------------------------------


def check_source(data: bytes) -> list[Source | Unreadable]:
    """Any file is read as pages within the limit, or gives an error of one line; the same each time."""
    (pages, error), again = read_source(data), read_source(data)
    assert (pages, error) == again or any(isinstance(one, Unreadable) for one in pages)
    for one in pages:
        assert one.name
        if isinstance(one, Unreadable):
            check_message(str(one.error))
        else:
            assert len(one.data) <= LIMIT
            assert all(value is None or isinstance(value, str) for value in (one.url, one.charset))
    if error is not None:
        check_message(error)
    check_places([one.member for one in pages if one.member])
    return pages


def read_source(data: bytes) -> tuple[list[Source | Unreadable], str | None]:
    """The pages of a file, and what was wrong behind them."""
    pages: list[Source | Unreadable] = []
    stream = cast("io.BufferedReader", io.BufferedReader(io.BytesIO(data)))
    try:
        for one in table.read_stream(Found("x"), stream, LIMIT):
            pages.append(one)  # noqa: PERF402 - the pages before an error count
    except UnreadableInputError as error:
        return pages, str(error)
    return pages, None


def check_message(message: str) -> None:
    """An error is one line that a terminal can show."""
    assert message
    assert "\n" not in message
    assert not CONTROL.search(message), repr(message)


def check_places(members: list[str]) -> None:
    """Outputs stay in their folder, each in a place of its own."""
    taken: dict[int, int] = {}
    places = [member_place("all", member, taken).split("/") for member in members]
    assert all(parts[0] == "all" and len(parts) > 1 and not {"", ".", ".."} & set(parts) for parts in places)
    assert len({"/".join(parts).casefold() for parts in places}) == len(places)
