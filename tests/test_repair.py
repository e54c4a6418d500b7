"""Repairs: what they remove, what they leave, and that blocks stay what blocks are."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import characters, repair
from newsclean.models import Block, Blocks, Cell, Container, Kind, LabelledBlock, Mark, Role, Span

ROOT = (Container("", -1),)


def page(*blocks: Block) -> Blocks:
    return Blocks(blocks, ROOT)


def paragraph(*texts: str, kind: Kind = Kind.PARAGRAPH) -> Block:
    return Block(" ".join("".join(texts).split()), kind=kind, spans=tuple(Span(text) for text in texts))


ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def body(text: str, kind: Kind = Kind.PARAGRAPH, role: Role = Role.BODY) -> LabelledBlock:
    return LabelledBlock(Block(text, kind=kind, spans=(Span(text),)), role, 1.0)


@pytest.mark.parametrize(
    ("value", "expected", "names"),
    [
        ("Nothing to do: 100 %, AT&T, 王小明。", "Nothing to do: 100 %, AT&T, 王小明。", ()),
        ("看重\\“实绩\\’", "看重“实绩’", ("escaped quotes",)),
        ('don\\\'t say \\"no\\"', 'don\'t say "no"', ("escaped quotes",)),
        ("\\alpha and \\'e", "\\alpha and \\'e", ()),
        ("C:\\Users\\'me'", "C:\\Users\\'me'", ()),
        ("\u3000\u3000新华社", "新华社", ("ideographic spaces",)),
        ("记者 \u3000王\u3000\u3000伟", "记者 王 伟", ("ideographic spaces",)),
        ("10\u202f000\xa0km", "10 000 km", ("odd spaces",)),
        ("新\u3164闻\U000e0001\U000e0068\U000e0069\ufff9", "新闻", ("invisible characters",)),
        ("新\u3164闻", "新闻", ("invisible characters",)),
        (ENGLAND, ENGLAND, ()),
        ("\ufeff新\u200b闻\u2060", "新闻", ("byte order marks", "zero-width characters")),
        ("invoice\u202efdp.exe \u2066b\u2069", "invoicefdp.exe b", ("directions of reading",)),
        ("\u2067\u202dשלום\u2069 \u200fa", "\u2067שלום\u2069 \u200fa", ("directions of reading",)),
        ("pay \u061c\u2067live\u2069 \u0660", "pay \u061clive \u0660", ("directions of reading",)),
        ("👩\u200d💻 ❤\ufe0f\u200d🔥", "👩\u200d💻 ❤\ufe0f\u200d🔥", ()),
        ("می\u200cخواهم क\u094d\u200dष ภาษา\u200bไทย", "می\u200cخواهم क\u094d\u200dष ภาษา\u200bไทย", ()),
        ("a\x00b\x07\x9fc\td\x0ce", "abc\td e", ("control characters",)),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree", ("line breaks",)),
        ("Donau\xaddampf", "Donaudampf", ("soft hyphens",)),
        ("a\ud800b", "a\ufffdb", ("lone surrogates",)),
        ("e\u0301 ﬁ ０ \ue000", "e\u0301 ﬁ ０ \ue000", ()),
        ("&nbsp;&quot;", "&nbsp;&quot;", ()),
    ],
)
def test_text(value: str, expected: str, names: tuple[str, ...]) -> None:
    assert repair.text(value) == (expected, names)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("&quot;甲&quot;&nbsp乙", '"甲" 乙'),
        ("a &amp;lt; b &#8220;c&#x201D;", "a < b “c”"),
        ("AT&T, R&D; x&unknown;", "AT&T, R&D; x&unknown;"),
        ("a&#0;b&#xD800;c&#99999999;", "a\ufffdb\ufffdc&#99999999;"),
    ],
)
def test_entities_of_dumps(value: str, expected: str) -> None:
    assert repair.text(value, dump=True)[0] == expected


CHARS = (
    st.sampled_from(list("ab中\\\"'’“&;#1 \n\t\u3000\xa0\u200b\u200d\x00\x0c\r\xad\ud800\ufeff\u2028👩"))
    | st.characters()
)
TEXTS = st.text(CHARS, max_size=12)


@given(TEXTS, st.booleans())
def test_a_repaired_text_needs_no_second_repair_but_entities(value: str, dump: bool) -> None:
    repaired, names = repair.text(value, dump=dump)
    assert repair.text(repaired)[0] == repaired
    assert bool(names) or repaired == value
    assert set(names) <= {name for name, _ in repair.DUMP_REPAIRS + repair.REPAIRS}


def spans(*texts: str) -> tuple[Span, ...]:
    return tuple(Span(text) for text in texts)


def test_blocks_are_repaired_in_place() -> None:
    code = Block("  x = '\\''\x00\n\xa0y", kind=Kind.CODE, spans=spans("  x = '\\''\x00\n\xa0y"))
    row = Block("a\xa0b\tc", kind=Kind.ROW, cells=(Cell(spans("a\xa0b")), Cell(spans("c"))))
    picture = Block("", kind=Kind.IMAGE, spans=(Span("Ha\xadfen", src="/a.jpg"),))
    given_page = page(
        paragraph("\u3000\u3000新华社", "\u3000电"),
        paragraph("\u200b"),
        Block("use \\'a", spans=(Span("use "), Span("\\'\x00", Mark.CODE), Span("a"))),
        code,
        row,
        picture,
        Block("no spans\xa0here"),
        Block("a\xa0b\tc", kind=Kind.ROW, spans=spans("a\xa0b\tc")),
        paragraph("fine"),
    )
    repaired, names = repair.blocks(given_page)
    assert [block.text for block in repaired.blocks] == [
        "新华社 电",
        "",
        "use \\'a",
        "  x = '\\''\n\xa0y",
        "a b\tc",
        "",
        "no spans here",
        "a b\tc",
        "fine",
    ]
    assert repaired.blocks[0].spans == spans("新华社", " 电")
    assert repaired.blocks[2].spans[1] == Span("\\'", Mark.CODE)
    assert repaired.blocks[3].spans == spans(repaired.blocks[3].text)
    assert repaired.blocks[4].cells == (Cell(spans("a b")), Cell(spans("c")))
    assert repaired.blocks[5].spans == (Span("Hafen", src="/a.jpg"),)
    assert repaired.blocks[8] is given_page.blocks[8]
    assert names == ("control characters", "zero-width characters", "soft hyphens", "odd spaces", "ideographic spaces")


def test_entities_are_read_in_dumps_only() -> None:
    given_page = page(paragraph("&quot;A&quot;"))
    assert repair.blocks(given_page) == (given_page, ())
    assert repair.blocks(given_page._replace(dump=True))[0].blocks[0].text == '"A"'


@given(st.lists(st.lists(TEXTS, max_size=3), max_size=4), st.booleans())
def test_text_stays_the_folded_text_of_the_spans(texts: list[list[str]], dump: bool) -> None:
    given_page = page(*(paragraph(*parts) for parts in texts))._replace(dump=dump)
    repaired, names = repair.blocks(given_page)
    assert len(repaired.blocks) == len(texts)
    for block in repaired.blocks:
        assert block.text == " ".join("".join(span.text for span in block.spans).split())
    assert names or repaired == given_page


LONG = "The ferry to the island will not run on Sunday."


@pytest.mark.parametrize(
    ("content", "kept", "names"),
    [
        ((body(LONG), body("End.")), [0, 1], ()),
        ((body(LONG), body(LONG), body("End.")), [0, 2], ("repeated paragraphs",)),
        ((body(LONG), body("End."), body(LONG)), [0, 1, 2], ()),
        ((body("Hey ho!"), body("Hey ho!"), body("End.")), [0, 1, 2], ()),
        ((body(LONG, Kind.CODE), body(LONG, Kind.CODE), body("End.")), [0, 1, 2], ()),
        ((body(LONG, role=Role.CAPTION), body(LONG), body("End.")), [0, 1, 2], ()),
        ((body(LONG), body(""), body("End."), body(LONG), body("End.")), [0, 1, 2], ("repeated body",)),
        ((body("La"), body("La")), [0, 1], ()),
        ((), [], ()),
    ],
)
def test_repeats(content: tuple[LabelledBlock, ...], kept: list[int], names: tuple[str, ...]) -> None:
    assert repair.repeats(content) == (tuple(content[i] for i in kept), names)


@pytest.mark.parametrize("module", [characters, repair])
def test_examples_in_docstrings(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
