"""The values that pass between the stages: frozen, plain, and free of any parser's objects.

bytes ─ decode ─▶ Text ─ page ─▶ page ─ segment ─▶ Blocks ─ label ─▶ LabelledBlock ─ assemble ─▶ Article
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntFlag
from typing import Any, Final, NamedTuple

record: Final = tuple.__new__
"""Makes a named tuple of all its fields in half the time of its class, for what a page has by the hundred thousand."""


class Source(NamedTuple):
    """One input page: its bytes and what is known of it from outside.

    `name` is the path as given (or "-" for standard input), for a page within an archive `archive.zip!path`, for one of
    a WARC file its address. `url` and `charset` come from a container (MHTML, WARC) or the command line and are None
    when nobody said. `member` is the path or address within an archive, and empty for a file that is one page.
    """

    name: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    member: str = ""


class Text(NamedTuple):
    """Decoded text without a byte order mark; `reason` is a phrase for people, `replaced` counts lost characters."""

    text: str
    encoding: str
    reason: str
    replaced: int = 0


class Mark(IntFlag):
    """How a span is set apart from the text around it."""

    PLAIN = 0
    STRONG = 1
    EMPHASIS = 2
    CODE = 4
    STRUCK = 8
    SUPERSCRIPT = 16
    SUBSCRIPT = 32


class Span(NamedTuple):
    """A run of inline text, or (where `src` is set) an image whose alternative text is `text`."""

    text: str
    marks: Mark = Mark.PLAIN
    href: str | None = None
    src: str | None = None


class Cell(NamedTuple):
    """One cell of a table row; the spans in it may hold line feeds for line breaks."""

    spans: tuple[Span, ...]
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class Kind(Enum):
    """What a block is by its form."""

    __hash__ = object.__hash__  # there is one of each: that of `Enum` goes by the name, in Python

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    ROW = "row"
    IMAGE = "image"
    RULE = "rule"


class FrameKind(Enum):
    """What a block can stand in, as a writer needs to know it."""

    __hash__ = object.__hash__  # there is one of each: that of `Enum` goes by the name, in Python

    QUOTE = "quote"
    LIST = "list"
    ORDERED_LIST = "ordered list"
    ITEM = "item"
    TABLE = "table"
    FIGURE = "figure"


class Frame(NamedTuple):
    """A structure around blocks, which share its `id`; `start` is the first number of an ordered list."""

    kind: FrameKind
    id: int
    start: int = 1


class Container(NamedTuple):
    """A block-level element around blocks, by its index in `Blocks.containers`.

    `parent` is the index of the one around it, -1 for the root; `words` is class and id, in lower case.
    A dump has one container, the root.
    """

    tag: str
    parent: int
    words: str = ""


class Block(NamedTuple):
    """The smallest piece that is kept or dropped: text between two breaks of a page, or a line or paragraph of a dump.

    `text` is the visible text of `spans` (a row's: of its cells, parted by tabs) with white space folded, but for
    code, which keeps its lines; an image's alternative text is no part of it. `gap` is the number of blank lines that a
    reader sees before the block (0 after a single line break), `indent` the white space that it starts with, in
    columns. `tag` is the innermost block-level element ("" in a dump), `container` the index of what it stands in.
    `level` is 1 to 6 for a heading, else 0; `language` is the language of code where the page names it.
    """

    text: str
    kind: Kind = Kind.PARAGRAPH
    spans: tuple[Span, ...] = ()
    cells: tuple[Cell, ...] = ()
    frames: tuple[Frame, ...] = ()
    level: int = 0
    gap: int = 1
    indent: int = 0
    tag: str = ""
    container: int = 0
    language: str | None = None


class Blocks(NamedTuple):
    """A page in order: its blocks and the containers that they stand in (`containers[0]` is the root).

    `dump` tells that it was a text dump: there are no tags, and the root is the only container.
    """

    blocks: tuple[Block, ...]
    containers: tuple[Container, ...]
    dump: bool = False


class Role(Enum):
    """What a block is to a reader."""

    __hash__ = object.__hash__  # there is one of each: that of `Enum` goes by the name, in Python

    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BREADCRUMB = "breadcrumb"
    NAVIGATION = "navigation"
    RELATED = "related"
    COMMENT = "comment"
    LEGAL = "legal"
    PROMOTION = "promotion"
    OTHER = "other"


BODY_ROLES = frozenset({Role.BODY, Role.HEADING})
"""The roles whose blocks make up the text of the article."""

CONTENT_ROLES = BODY_ROLES | {Role.CAPTION}
"""The roles whose blocks are shown in Markdown and HTML, beside the headline."""

Signals = tuple[list[list[float]], int]
"""The numbers that the verdict on a block was made of: the columns of its page, in the order of
`newsclean.label.signals.NAMES`, and the place of the block in each."""


class LabelledBlock(NamedTuple):
    """A block with its verdict: its role, the confidence in it (0 to 1), and the signals that it was made of.

    There are no signals where a page has so many blocks that this one was judged as others of its kind.
    `opinion` is what readability-lxml added to the score by its verdict (log-odds), 0 where it was not asked. `dump`
    says that the block is of a dump. `newsclean.label.explain` puts all that into words.
    """

    block: Block
    role: Role
    confidence: float
    signals: Signals | None = None
    opinion: float = 0.0
    dump: bool = False

    def __repr__(self) -> str:
        """Tell the verdict and how the block begins; the signals are those of the whole page."""
        return f"<LabelledBlock {self.role.value} {self.confidence:.2f} {self.block.text[:40]!r}>"


class Image(NamedTuple):
    """An image of the article: its address `src`, its text `alt` or None, and its `caption` or None."""

    src: str
    alt: str | None = None
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of its article. Absent is None or empty, never a guess.

    - `title`, `subtitle`: the headline without the site's name, and the line under it
    - `source`, `authors`, `editors`: the outlet that the article is from, and names, without "by" or 责任编辑
    - `date`, `modified`: ISO 8601, exactly as precise as the page: "2024-05-01", "2024-05-01T10:30:00+08:00"
    - `breadcrumb`, `images`: the path to the page from the home page down, and the images in the body
    - `site`, `url`, `language`: the name of the site, the page's address, a tag such as "zh" or "en"
    - `description`, `keywords`: the page's own
    - `origins`: pairs of a field that has a value and where it was read ("visible byline", "JSON-LD", …)
    """

    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    date: str | None = None
    modified: str | None = None
    breadcrumb: tuple[str, ...] = ()
    site: str | None = None
    url: str | None = None
    language: str | None = None
    description: str | None = None
    keywords: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()


SAID = (
    "url", "site", "title", "subtitle", "source", "authors", "editors", "date", "modified", "breadcrumb", "language",
    "description", "keywords",
)  # fmt: skip
"""The fields of metadata that are plain, in the order of the JSON output."""


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """The article of a page, ready to be written in any format; without one, `text` is empty and there is a warning.

    - `text`, `markdown`: the body alone, its blocks parted by newlines; headline and content, without front matter
    - `title`, `metadata`: the headline, and all that the page says of the article
    - `confidence`: 0 to 1, how good the text is expected to be; below 0.5 it had better be looked at
    - `warnings`, `input`: what a reader should know, a line each; the `name` that was given, or None
    - `decoded`, `repairs`: how the bytes were read (`encoding`, `reason`, `replaced`), and what was repaired in them
    - `labels`, `content`: the verdicts on every block of the page, and on those that are shown, in order
    """

    metadata: Metadata
    content: tuple[LabelledBlock, ...] = ()
    text: str = ""
    markdown: str = ""
    decoded: Text = field(default_factory=lambda: Text("", "utf-8", "given as text"))
    confidence: float = 0.0
    warnings: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()
    labels: tuple[LabelledBlock, ...] = ()
    input: str | None = None

    def __repr__(self) -> str:
        """Tell what article it is; its labels alone would fill a screen a hundred times."""
        title = repr(self.title[:40]) if self.title else "without a title"
        return f"<Article {title}, {len(self.text):,} characters, confidence {self.confidence:.2f}>"

    @property
    def title(self) -> str | None:
        """The headline without the site's name, or None."""
        return self.metadata.title

    def to_dict(self) -> dict[str, Any]:
        """Return the article as plain data, with the keys and the order of the JSON output: `newsclean --schema`."""
        meta = self.metadata
        said = ((name, getattr(meta, name)) for name in SAID)
        return {
            "input": self.input,
            **{name: list(value) if isinstance(value, tuple) else value for name, value in said},
            "images": [{"src": image.src, "alt": image.alt, "caption": image.caption} for image in meta.images],
            "text": self.text,
            "markdown": self.markdown,
            "encoding": self.decoded.encoding,
            "confidence": round(self.confidence, 3),
            "warnings": list(self.warnings),
        }


class Style(NamedTuple):
    """What the writers of Markdown and HTML put in or leave out."""

    front_matter: bool = True
    links: bool = True
    images: bool = True
