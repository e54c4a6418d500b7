"""Text repairs: small `str -> str` functions, each with a name, in one table.

Pages and dumps carry traces of the programs that made them: escaped quotes, spaces that keep a layout, characters
nobody sees. Each repair removes one kind of trace and says so by its name. What is not named here stays: there is no
Unicode normalisation and no rewording. A clean string costs one glance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from newsclean import characters
from newsclean.characters import INVISIBLE, SURROGATES, UNSAFE
from newsclean.models import Block, Blocks, Cell, Kind, LabelledBlock, Mark, Metadata, Span
from newsclean.patterns import lazy

Steps = tuple[tuple[str, Callable[[str], str]], ...]
"""Repairs with their names, in the order in which they are made."""

SUSPECT: Final = lazy(rf"[\\{UNSAFE}{INVISIBLE}{SURROGATES}\xa0\xad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000]")
"""Every character that some repair looks for, but the ampersand."""

ENTITY: Final = lazy(r"&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|nbsp(?![A-Za-z0-9]))")
"""A character reference; the semicolon may only be missing where dumps often lose it."""

ESCAPED_QUOTE: Final = lazy(r"(?<!\\)\\+(?=[\"'“”‘’])")
"""A quotation mark behind the backslash of a program."""

ODD_SPACE: Final = lazy("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
"""Spaces of a fixed width or that do not break."""

IDEOGRAPHIC_SPACE: Final = lazy(" ?\u3000[ \u3000]*")
"""A run of ideographic spaces with the plain spaces in and around it."""

JOINED_SCRIPTS: Final = "\u0590-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Arabic, Indic, Tibetan, Myanmar, Khmer, Mongolian: joiners change how these are read."""

EMOJI: Final = "\u00a9\u00ae\u2049\u2122-\u27bf\u2900-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
"""What a joiner can follow in an emoji sequence: pictographs, the variation selector, skin tones."""

UNSPACED_SCRIPTS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Myanmar, Khmer: a zero-width space parts their words."""

ZERO_WIDTH: Final = lazy(
    f"[\u200b-\u200d\u2060](?<![{UNSPACED_SCRIPTS}]\u200b)(?<![{JOINED_SCRIPTS}{EMOJI}][\u200c\u200d])"
)
"""Zero-width characters where no script and no emoji needs them."""

WORDS: Final = ("title", "subtitle", "source", "authors", "editors", "breadcrumb", "site", "description", "keywords")
"""The fields of metadata that are in the words of the page; what is left is made by us, or an address."""

REPEAT_CHARS: Final = 20
"""A paragraph of so many characters that stands twice in a row is a slip; a shorter one may be a refrain."""


def html_entities(value: str) -> str:
    r"""Read the character references that a dump still holds, twice where they were escaped twice.

    For dumps only: on an HTML page the parser has read them, and what still looks like one was meant to be seen.

    >>> html_entities("&quot;A&nbsp;&amp;lt; B&quot; &unknown; AT&T")
    '"A\xa0< B" &unknown; AT&T'
    """
    from html import unescape  # brings a table of all entities, which pages do not need

    once = ENTITY.sub(lambda match: unescape(match[0]), value)
    return ENTITY.sub(lambda match: unescape(match[0]), once)


def zero_width_characters(value: str) -> str:
    r"""Remove zero-width spaces and joiners, which break searching and copying unseen.

    They stay where writing needs them: joiners in emoji and joining scripts, spaces in scripts that write no others.

    >>> zero_width_characters("新\u200b闻\u200d")
    '新闻'
    >>> zero_width_characters("می\u200cخواهم") == "می\u200cخواهم"
    True
    """
    return ZERO_WIDTH.sub("", value)


def soft_hyphens(value: str) -> str:
    r"""Remove soft hyphens: they mark where a line may break, and are no part of the word.

    >>> soft_hyphens("Donau\xaddampf\xadschiff")
    'Donaudampfschiff'
    """
    return value.replace("\xad", "")


def odd_spaces(value: str) -> str:
    r"""Write spaces of a fixed width, and those that do not break, as plain ones: they served a layout that is gone.

    >>> odd_spaces("10\u202f000\xa0km")
    '10 000 km'
    """
    return ODD_SPACE.sub(" ", value)


def ideographic_spaces(value: str) -> str:
    r"""Write a run of ideographic spaces (U+3000) as one plain space.

    They indent paragraphs, stretch names of two characters and part words; only that they part matters in a text.

    >>> ideographic_spaces("记者\u3000\u3000王\u3000伟")
    '记者 王 伟'
    """
    return IDEOGRAPHIC_SPACE.sub(" ", value)


def escaped_quotes(value: str) -> str:
    r"""Remove the backslash that a program has put before a quotation mark and forgotten.

    A text with any other backslash is left alone: it holds a path, a formula or code.

    >>> escaped_quotes(r"看重\“实绩\’，he said \"no\"")
    '看重“实绩’，he said "no"'
    >>> print(escaped_quotes(r"in \'C:\temp\'"))
    in \'C:\temp\'
    """
    freed = ESCAPED_QUOTE.sub("", value)
    return value if "\\" in freed else freed


DUMP_REPAIRS: Steps = (("HTML entities", html_entities),)
"""Repairs of dumps alone. They come first: what they bring to light may need the others."""

CODE_REPAIRS: Steps = (
    ("lone surrogates", characters.lone_surrogates),
    ("line breaks", characters.line_breaks),
    ("control characters", characters.control_characters),
    ("byte order marks", characters.byte_order_marks),
    ("directions of reading", characters.directions),
    ("invisible characters", characters.invisible_characters),
)
"""Repairs that even code wants: they remove what no text holds for a reader, and what harms one."""

REPAIRS: Steps = (
    *CODE_REPAIRS,
    ("zero-width characters", zero_width_characters),
    ("soft hyphens", soft_hyphens),
    ("odd spaces", odd_spaces),
    ("ideographic spaces", ideographic_spaces),
    ("escaped quotes", escaped_quotes),
)
"""All repairs of running text, by name, in the order in which they are made."""

STEPS: Final = {False: REPAIRS, True: DUMP_REPAIRS + REPAIRS}
"""The repairs of a page's running text and, where the key is True, of a dump's."""


def text(value: str, *, dump: bool = False) -> tuple[str, tuple[str, ...]]:
    r"""Repair one text; returns it with the names of the repairs that changed something.

    `dump` tells that it comes from a plain-text dump. White space that repairs leave at the ends is removed.

    >>> text("\u3000\u3000青禾社云西\xa05月1日电")
    ('青禾社云西 5月1日电', ('odd spaces', 'ideographic spaces'))
    """
    if _is_clean(value, dump):
        return value, ()
    repaired, names = _apply(value, STEPS[dump])
    return repaired.strip() if names else value, names


def blocks(page: Blocks) -> tuple[Blocks, tuple[str, ...]]:
    """Repair the text, spans and cells of every block; order and count stay.

    Code loses control characters only; a block of nothing but those stays with empty text. Returns the names of the
    repairs that changed something too, in the order of the tables.
    """
    found: set[str] = set()
    dump, steps = page.dump, STEPS[page.dump]
    repaired = [block if _block_is_clean(block, dump) else _repair_block(block, steps, found) for block in page.blocks]
    return page._replace(blocks=tuple(repaired)), tuple(name for name, _ in STEPS[True] if name in found)


def metadata(said: Metadata) -> tuple[Metadata, tuple[str, ...]]:
    """Repair what a page declares of its article, each value on one line; names the repairs as `blocks` does."""
    found: set[str] = set()
    mended: dict[str, Any] = {}
    for field in WORDS:
        given = getattr(said, field)
        values = given if isinstance(given, tuple) else (given,) if given else ()
        if not all(_is_clean(value, dump=False) for value in values):
            kept = tuple(word for value in values if (word := _repair_words(value, found)))
            mended[field] = kept if isinstance(given, tuple) else kept[0] if kept else None
    names = tuple(name for name, _ in REPAIRS if name in found)
    return replace(said, **mended) if mended else said, names


def repeats(content: tuple[LabelledBlock, ...]) -> tuple[tuple[LabelledBlock, ...], tuple[str, ...]]:
    """Drop a body that stands twice in a row, and paragraphs that do (see `REPEAT_CHARS`); names what was dropped."""
    once = _first_half(content)
    kept = tuple(item for i, item in enumerate(once) if i == 0 or not _repeats(once[i - 1], item))
    names = (("repeated body", len(once) < len(content)), ("repeated paragraphs", len(kept) < len(once)))
    return kept, tuple(name for name, dropped in names if dropped)


def _is_clean(value: str, dump: bool) -> bool:
    """Whether no repair can change `value`; `isprintable` is quick, but false for newlines and private characters."""
    if dump and "&" in value:
        return False
    shown = value.isprintable() and "\\" not in value and "\u3164" not in value and "\uffa0" not in value
    return shown or SUSPECT.search(value) is None


def _repair_words(value: str, found: set[str]) -> str:
    """Repair one value of metadata, and add the names of the repairs that changed it to `found`."""
    words, names = text(value)
    found.update(names)
    return _fold(words)


def _block_is_clean(block: Block, dump: bool) -> bool:
    """Whether no repair can change `block`."""
    if not _is_clean(block.text, dump):
        return False
    for span in block.spans:  # in most blocks one, with the text of the block itself
        if span.text is not block.text and not _is_clean(span.text, dump):
            return False
    return not block.cells or all(_is_clean(span.text, dump) for cell in block.cells for span in cell.spans)


def _apply(value: str, steps: Steps) -> tuple[str, tuple[str, ...]]:
    """Make `steps` one after the other; returns the result and the names of those that changed something."""
    names = []
    for name, step in steps:
        before, value = value, step(value)
        names += [name] if value != before else []
    return value, tuple(names)


def _repair_block(block: Block, steps: Steps, found: set[str]) -> Block:
    """Repair one block, and add the names of the repairs that changed it to `found`."""
    if block.kind is Kind.CODE:
        code, names = _apply(block.text, CODE_REPAIRS)
        found.update(names)
        return block._replace(text=code, spans=_repair_spans(block.spans, CODE_REPAIRS, found))
    cells = tuple(cell._replace(spans=_repair_spans(cell.spans, steps, found)) for cell in block.cells)
    given = block.spans if block.spans or cells else (Span(block.text),)
    spans = _repair_spans(given, steps, found)
    if spans == given and cells == block.cells:
        return block
    return block._replace(text=_visible(block.kind, spans, cells), spans=spans if block.spans else (), cells=cells)


def _repair_spans(spans: tuple[Span, ...], steps: Steps, found: set[str]) -> tuple[Span, ...]:
    """Repair the spans of one block or cell; spaces that this leaves at its ends are removed."""
    repaired: list[Span] = []
    for span in spans:
        if _is_clean(span.text, dump=True):
            repaired.append(span)
            continue
        value, names = _apply(span.text, CODE_REPAIRS if span.marks & Mark.CODE else steps)
        found.update(names)
        repaired.append(span._replace(text=value))
    if tuple(repaired) != spans and steps is not CODE_REPAIRS:
        repaired[0] = repaired[0]._replace(text=repaired[0].text.lstrip(" "))
        repaired[-1] = repaired[-1]._replace(text=repaired[-1].text.rstrip(" "))
    return tuple(repaired)


def _visible(kind: Kind, spans: tuple[Span, ...], cells: tuple[Cell, ...]) -> str:
    """The text of a block by its spans or cells: what `Block.text` is defined as. Tabs part the cells of a row."""
    if cells:
        return "\t".join(_visible(Kind.PARAGRAPH, cell.spans, ()) for cell in cells)
    whole = "".join(span.text for span in spans if span.src is None)
    return "\t".join(map(_fold, whole.split("\t"))) if kind is Kind.ROW else _fold(whole)


def _fold(value: str) -> str:
    """Fold white space to single spaces, none at the ends."""
    return " ".join(value.split())


def _repeats(before: LabelledBlock, item: LabelledBlock) -> bool:
    """Whether a paragraph says again, in the same role, what the one before it has said."""
    first, second = before.block, item.block
    comparable = first.kind is second.kind is Kind.PARAGRAPH and before.role is item.role
    return comparable and first.text == second.text and len(second.text) >= REPEAT_CHARS


def _first_half(content: tuple[LabelledBlock, ...]) -> tuple[LabelledBlock, ...]:
    """`content` up to where its whole text begins anew, or all of it where it does not."""
    places = [i for i, item in enumerate(content) if item.block.text]
    texts = [content[i].block.text for i in places]
    half = len(places) // 2
    anew = len(places) % 2 == 0 and texts[:half] == texts[half:] and sum(map(len, texts[:half])) >= REPEAT_CHARS
    return content[: places[half]] if anew else content
