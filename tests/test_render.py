"""Writers: exact output for readable cases, and text that survives a round trip through a parser for all others."""

from __future__ import annotations

import doctest
import json
import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from newsclean.models import (
    Article,
    Block,
    Cell,
    Frame,
    FrameKind,
    Kind,
    LabelledBlock,
    Mark,
    Metadata,
    Role,
    Span,
    Style,
)
from newsclean.render import FORMATS, address, emphasis, escape, frontmatter, html, markdown, plain

UTC, CHINA = timezone.utc, timezone(timedelta(hours=8))

STYLE = Style()
BARE = Style(front_matter=False, links=False, images=False)

QUOTE = Frame(FrameKind.QUOTE, 1)
LIST = Frame(FrameKind.LIST, 2)
NUMBERED = Frame(FrameKind.ORDERED_LIST, 3, start=3)
TABLE = Frame(FrameKind.TABLE, 4)
FIGURE = Frame(FrameKind.FIGURE, 5)


def item_frame(number: int) -> Frame:
    return Frame(FrameKind.ITEM, 100 + number)


def block(*spans: Span | str, kind: Kind = Kind.PARAGRAPH, **more: Any) -> LabelledBlock:
    role = more.pop("role", Role.HEADING if kind is Kind.HEADING else Role.BODY)
    parts = tuple(Span(span) if isinstance(span, str) else span for span in spans)
    text = " ".join("".join(span.text for span in parts if span.src is None).split())
    return LabelledBlock(Block(text, kind=kind, spans=parts, **more), role, 1.0)


def row(*cells: Cell | str, **more: Any) -> LabelledBlock:
    parts = tuple(Cell((Span(cell),)) if isinstance(cell, str) else cell for cell in cells)
    text = "\t".join(" ".join("".join(span.text for span in cell.spans).split()) for cell in parts)
    more.setdefault("frames", (TABLE,))
    return LabelledBlock(Block(text, kind=Kind.ROW, cells=parts, **more), Role.BODY, 1.0)


def code(text: str, language: str | None = None, frames: tuple[Frame, ...] = ()) -> LabelledBlock:
    return LabelledBlock(Block(text, Kind.CODE, (Span(text),), frames=frames, language=language), Role.BODY, 1.0)


def strong(text: str) -> Span:
    return Span(text, Mark.STRONG)


def em(text: str) -> Span:
    return Span(text, Mark.EMPHASIS)


def link(text: str, href: str = "https://example.org/a") -> Span:
    return Span(text, href=href)


def image(src: str = "https://example.org/a.jpg", **more: Any) -> LabelledBlock:
    return block(Span("Hafen", src=src), kind=Kind.IMAGE, **more)


def inline_cases() -> list[tuple[tuple[Span | str, ...], str]]:
    """Spans of one paragraph, and the Markdown that they give."""
    return [
        (("Prices rose 3.5% [1] in snake_case (see a*b).",), r"Prices rose 3.5% [1] in snake_case (see a\*b)."),
        (("2 * 3 = 6, AT&T, 3 < 5, a ~ b",), "2 * 3 = 6, AT&T, 3 < 5, a ~ b"),
        (("1~2天，3~5天",), r"1\~2天，3\~5天"),
        (("&amp; &lt <b> `x` [a](b)",), r"\&amp; &lt \<b> \`x\` [a\](b)"),
        (("[note]: no definition",), r"[note\]: no definition"),
        (("1. May is no list",), r"1\. May is no list"),
        (("1.5 million",), "1.5 million"),
        (("- no list",), r"\- no list"),
        (("-5 degrees",), "-5 degrees"),
        (("# no heading",), r"\# no heading"),
        (("#话题#热",), "#话题#热"),
        (("> no quote",), r"\> no quote"),
        (("---",), r"\---"),
        (("Title\n===",), "Title\\\n\\==="),
        (("a | b\n--- | ---",), "a | b\\\n\\--- | ---"),
        (("C:\\temp ends in \\",), "C:\\temp ends in \\\\"),
        (("first line\n second line",), "first line\\\nsecond line"),
        (("他说", strong("重要"), "的话"), "他说**重要**的话"),
        (("这是", strong("“重要”"), "的"), "这是“**重要**”的"),
        ((strong("“重要”"), "的"), "“**重要**”的"),
        ((strong("注意！"), "下雨"), "**注意**！下雨"),
        ((strong("注意！"),), "**注意！**"),
        ((strong("注意： "), "下雨"), "**注意：** 下雨"),
        ((strong("（一）总则："), "本法"), "**（一）总则**：本法"),
        (("见", strong("《甲》和《乙》"), "两书"), "见《**甲》和《乙**》两书"),
        (("念", em("“漶(huàn)”"), "字"), "念“*漶(huàn)*”字"),
        (("见www.a.example/甲", strong("<b>"), "乙"), "见www.a.example/甲&lt;**b**>乙"),
        (("他说", strong("“好。”"), "便走"), "他说“**好。**”便走"),
        (("清代", strong("（约1780年）"), "。"), "清代（**约1780年**）。"),
        ((strong("『「好」呀！』"), "他说"), "『**「好」呀！**』他说"),
        ((strong("……"), "的", strong("！")), "……的！"),
        (("他", strong("……"), "的"), "他……的"),
        (("so", em(" very "), "good"), "so *very* good"),
        ((Span("both", Mark.STRONG | Mark.EMPHASIS), "!"), "***both***!"),
        ((strong("one"), Span("two", Mark.STRONG | Mark.EMPHASIS)), "**onetwo**"),
        ((strong("one"), em("two")), "**one**two"),
        ((Span("gone", Mark.STRUCK), " here"), "~~gone~~ here"),
        (("call ", Span("a`b", Mark.CODE), " now"), "call ``a`b`` now"),
        (("10 m", Span("2", Mark.SUPERSCRIPT), ", CO", Span("2", Mark.SUBSCRIPT)), "10 m<sup>2</sup>, CO<sub>2</sub>"),
        (("the 1", Span("st", Mark.SUPERSCRIPT)), "the 1st"),
        (("see ", link("the [full] text"), "!"), r"see [the \[full\] text](https://example.org/a)!"),
        (("Look!", link("here")), r"Look\![here](https://example.org/a)"),
        (("所以", Span("“甲”", Mark.STRONG, "https://example.org/a"), "说"), "所以[**“甲”**](https://example.org/a)说"),
        ((link("x", "https://example.org/a (1)?a=1&copy;=2"),), "[x](https://example.org/a%20%281%29?a=1&amp;copy;=2)"),
        ((link("x", "/新闻/1.html"),), "[x](/新闻/1.html)"),
        ((link("x", "javascript:alert(1)"),), "x"),
        (("map", Span("2", Mark.SUPERSCRIPT, "#note-2"), link("[3]", "#3"), "."), "map<sup>2</sup>[3]."),
        ((link("x", "java\nscript:alert(1)"),), "x"),
        ((Span("logo", src="data:image/png;base64,AAAA"), "text"), "text"),
        ((Span("a b", src="/i.png", href="/big.html"),), "[![a b](/i.png)](/big.html)"),
    ]


@pytest.mark.parametrize(("spans", "expected"), inline_cases())
def test_inline_markdown(spans: tuple[Span | str, ...], expected: str) -> None:
    assert markdown.body([block(*spans)], STYLE) == expected


ONE, TWO, THREE = item_frame(1), item_frame(2), item_frame(3)
SECOND_LIST, NESTED = Frame(FrameKind.LIST, 6), Frame(FrameKind.LIST, 7)


def block_cases() -> dict[str, tuple[list[LabelledBlock], str]]:
    """Blocks, and the Markdown that they give."""
    return {
        "headings are at least of level 2": (
            [block("One", kind=Kind.HEADING, level=1), block("Four #", kind=Kind.HEADING, level=4)],
            "## One\n\n#### Four \\#",
        ),
        "a list is tight": (
            [block("a", frames=(LIST, ONE)), block("b", frames=(LIST, TWO)), block("after")],
            "- a\n- b\n\nafter",
        ),
        "a numbered list keeps its start and nests": (
            [
                block("c", frames=(NUMBERED, ONE)),
                block("more", frames=(NUMBERED, ONE)),
                block("x", frames=(NUMBERED, ONE, NESTED, TWO)),
                block("d", frames=(NUMBERED, THREE)),
            ],
            "3. c\n\n   more\n   - x\n4. d",
        ),
        "a list directly in a list belongs to the item before": (
            [block("a", frames=(LIST, ONE)), block("x", frames=(LIST, NESTED, TWO)), block("b", frames=(LIST, THREE))],
            "- a\n  - x\n- b",
        ),
        "two lists in a row stay two": (
            [block("a", frames=(LIST, ONE)), block("b", frames=(SECOND_LIST, TWO))],
            "- a\n\n* b",
        ),
        "an item without a list": ([block("a", frames=(ONE,)), block("b", frames=(TWO,))], "- a\n- b"),
        "a quote with a list": (
            [block("said", frames=(QUOTE,)), block("a", frames=(QUOTE, LIST, ONE)), block("after")],
            "> said\n>\n> - a\n\nafter",
        ),
        "two quotes in a row stay two": (
            [block("a", frames=(QUOTE,)), block("b", frames=(Frame(FrameKind.QUOTE, 9),))],
            "> a\n\n> b",
        ),
        "a table": (
            [row("Ort", "Zahl|Rang"), row("Ulm\nMitte", "3"), row(Cell((Span("all"),), colspan=9007199254740991))],
            "| Ort | Zahl\\|Rang |\n| --- | --- |\n| Ulm Mitte | 3 |\n| all |  |",
        ),
        "cells over rows and columns keep the others in their columns": (
            [
                row("a", "b", "c"),
                row(Cell((Span("x"),), rowspan=2), "1", "2"),
                row("3", "4"),
                row(Cell((Span("y"),), colspan=2), "5"),
            ],
            "| a | b | c |\n| --- | --- | --- |\n| x | 1 | 2 |\n|  | 3 | 4 |\n| y |  | 5 |",
        ),
        "a cell over rows at the end of them": (
            [row("a", Cell((Span("b"),), rowspan=2)), row("c"), row("d", "e")],
            "| a | b |\n| --- | --- |\n| c |  |\n| d | e |",
        ),
        "rows of a dump": (
            [LabelledBlock(Block("a\tb c", Kind.ROW, (Span("a\tb c"),)), Role.BODY, 1.0)],
            "| a | b c |\n| --- | --- |",
        ),
        "terms of definitions": (
            [block("桥墩", tag="dt"), block("立在水中。", tag="dd"), block("长" * 41, tag="dt")],
            "**桥墩**\n\n立在水中。\n\n" + "长" * 41,
        ),
        "code": ([code("if a:\n\n    ```b\n", "python")], "````python\nif a:\n\n    ```b\n````"),
        "code in an item": ([code("a\n\n b", frames=(LIST, ONE))], "- ```\n  a\n\n   b\n  ```"),
        "verse": (
            [block("床前明月光"), block("疑是地上霜", gap=0), block("举头望明月", gap=1)],
            "床前明月光\\\n疑是地上霜\n\n举头望明月",
        ),
        "long lines are paragraphs": ([block("a" * 40), block("b" * 40, gap=0)], "a" * 40 + "\n\n" + "b" * 40),
        "an image and its caption": (
            [image(frames=(FIGURE,)), block("The port.", role=Role.CAPTION, frames=(FIGURE,)), block("Text.")],
            "![Hafen](https://example.org/a.jpg)\n\n*The port.*\n\nText.",
        ),
        "a caption that holds its image": (
            [block(Span("Hafen", src="/a.jpg"), "The port.", role=Role.CAPTION, frames=(QUOTE,))],
            "> ![Hafen](/a.jpg)\n>\n> *The port.*",
        ),
        "a rule": ([block("a"), block(kind=Kind.RULE), block("b")], "a\n\n---\n\nb"),
        "a rule in an item": ([block(kind=Kind.RULE, frames=(LIST, ONE))], "- ___"),
        "nothing to show": ([block(""), block(" "), image("data:image/gif;base64,AA"), block("x")], "x"),
    }


@pytest.mark.parametrize(("content", "expected"), block_cases().values(), ids=block_cases())
def test_block_markdown(content: list[LabelledBlock], expected: str) -> None:
    assert markdown.body(content, STYLE) == expected


def test_style_leaves_out_links_and_images_with_their_captions() -> None:
    content = [
        image(),
        block("Port.", role=Role.CAPTION),
        block("See ", link("this"), Span("pic", src="/p.png"), "."),
        block(Span("Ship", src="/s.jpg"), "Ships in the port.", role=Role.CAPTION),
        row("a", "b", frames=(FIGURE, TABLE)),
        block("A table.", role=Role.CAPTION, frames=(FIGURE,)),
    ]
    assert markdown.body(content, BARE) == "See this.\n\n| a | b |\n| --- | --- |\n\n*A table.*"
    written = html.body(content, BARE)
    assert "<img" not in written
    assert "Port" not in written
    assert "href" not in written


def parse(source: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)


def leaves(tokens: Sequence[Token]) -> list[Token]:
    found: list[Token] = []
    for token in tokens:
        found += leaves(token.children) if token.children else [token]
    return found


def visible_text(tokens: Sequence[Token]) -> str:
    """The text that a reader of the parsed Markdown sees, without white space."""
    kinds = {"text", "code_inline", "fence", "text_special"}
    return "".join("".join(leaf.content for leaf in leaves(tokens) if leaf.type in kinds).split())


CHARS = st.one_of(
    st.sampled_from(list("ab1 _*`~[]()<>!|&;:#-+=.\\\"'\n。，“”《》（）中文　\xa0é🙂")),
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"),
)
TEXTS = st.text(CHARS, max_size=24) | st.sampled_from(
    [
        "1. a",
        "- ",
        "&lt;",
        "<b>",
        "[a]: /b",
        "[a](b)",
        "***",
        "```",
        "    a",
        "a\n---",
        "“重要”",
        "！",
        " ",
        "a|b\n-|-",
        "<a@b.c>",
        "&#35;",
    ]
)
MARKS = st.sampled_from(
    [
        Mark.PLAIN,
        Mark.PLAIN,
        Mark.STRONG,
        Mark.EMPHASIS,
        Mark.STRONG | Mark.EMPHASIS,
        Mark.STRUCK,
        Mark.CODE,
        Mark.SUPERSCRIPT,
    ]
)
HREFS = st.sampled_from([None, None, None, "/a b(c)", "https://example.org/?a=1&lt;=2"])
SPANS = st.builds(Span, TEXTS, MARKS, HREFS, st.none())
FRAMES = st.sampled_from(
    [
        (),
        (QUOTE,),
        (LIST, ONE),
        (LIST, TWO),
        (LIST, TWO, NUMBERED, THREE),
        (LIST, NESTED, THREE),
        (QUOTE, SECOND_LIST, ONE),
        (NUMBERED, ONE, QUOTE),
        (ONE,),
        (LIST,),
    ]
)


@st.composite
def labelled(draw: st.DrawFn) -> LabelledBlock:
    kind = draw(st.sampled_from([Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.HEADING, Kind.ROW, Kind.CODE]))
    frames = draw(FRAMES)
    spans = draw(st.lists(SPANS, max_size=5))
    if kind is Kind.CODE:
        return code("".join(span.text for span in spans), frames=frames)
    if kind is Kind.ROW:
        cells = draw(
            st.lists(
                st.builds(Cell, st.tuples(SPANS, SPANS), colspan=st.integers(1, 4), rowspan=st.integers(1, 3)),
                min_size=1,
                max_size=4,
            )
        )
        return row(*cells, frames=(*frames, TABLE))
    role = draw(st.sampled_from([Role.BODY, Role.CAPTION]))
    return block(
        *spans, kind=kind, frames=frames, role=role, level=draw(st.integers(0, 6)), gap=draw(st.integers(0, 2))
    )


def test_code_on_both_sides_of_nothing_is_one_piece_of_code() -> None:
    spans = (Span("a", Mark.CODE), Span(""), Span("b", Mark.CODE))
    block = LabelledBlock(Block("ab", spans=spans), Role.BODY, 1.0)
    assert markdown.body([block], STYLE) == "`ab`"


@given(st.lists(labelled(), max_size=6))
@settings(max_examples=200)
def test_markdown_parses_back_to_the_same_text(content: list[LabelledBlock]) -> None:
    source = markdown.body(content, STYLE)
    expected = "".join("".join(item.block.text.split()) for item in content)
    assert visible_text(parse(source)) == expected, source


def emphasised(source: str) -> dict[str, str]:
    """The text within each kind of emphasis, and of all the text, without white space."""
    names = {"strong": "", "em": "", "s": "", "text": ""}
    open_tags: list[str] = []
    for leaf in leaves(parse(source)):
        if leaf.nesting > 0 and leaf.tag in names:
            open_tags.append(leaf.tag)
        elif leaf.nesting < 0 and leaf.tag in names:
            open_tags.remove(leaf.tag)
        elif leaf.content:
            for tag in {*open_tags, "text"}:
                names[tag] += "".join(leaf.content.split())
    return names


@given(
    st.lists(
        st.builds(
            Span,
            st.text(CHARS, max_size=8),
            MARKS.filter(lambda mark: mark not in {Mark.CODE, Mark.SUPERSCRIPT}),
            st.none(),
            st.none(),
        ),
        max_size=6,
    )
)
@settings(max_examples=200)
def test_emphasis_is_shown_only_on_what_is_emphasised(spans: list[Span]) -> None:
    seen = emphasised(markdown.body([block(*spans)], STYLE))
    for mark, tag in ((Mark.STRONG, "strong"), (Mark.EMPHASIS, "em"), (Mark.STRUCK, "s")):
        wanted = "".join("".join(span.text.split()) for span in spans if span.marks & mark)
        rest = iter(wanted)
        assert all(char in rest for char in seen[tag])


@given(
    st.lists(
        st.tuples(st.sampled_from("甲ab1"), st.text("甲乙ab12，。“”（）", max_size=5), st.sampled_from("乙cd2")),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([Mark.STRONG, Mark.EMPHASIS, Mark.STRUCK]),
)
def test_emphasis_between_letters_is_never_lost(words: list[tuple[str, str, str]], mark: Mark) -> None:
    marked = ["".join(word) for word in words]
    spans = [part for word in marked for part in (Span("“中"), Span(f"《{word}》", mark), Span("文。"))]
    seen = emphasised(markdown.body([block(*spans)], STYLE))
    assert seen[{Mark.STRONG: "strong", Mark.EMPHASIS: "em", Mark.STRUCK: "s"}[mark]] == "".join(marked)


def test_huge_input_is_linear() -> None:
    deep = tuple(Frame(FrameKind.QUOTE, number) for number in range(5000))
    wide = [row("x", *[Cell((Span("y"),), colspan=10**15, rowspan=10**15)] * 300) for _ in range(50)]
    hostile = [
        "[]()" * 20000,
        "&" * 50000,
        "*" * 50000,
        "_" * 50000,
        "<" * 50000,
        "\\" * 50001,
        "`" * 50000,
        "#" * 50000,
        "“" * 50000,
    ]
    content = [block("deep", frames=deep), *wide, *[block(Span(text, Mark.STRONG), "a") for text in hostile]]
    content.append(
        block(*[Span("x", mark, href) for href in (None, "/a", "/b") * 3000 for mark in (Mark.STRONG, em("").marks)])
    )
    assert len(markdown.body(content, STYLE)) < 2_000_000


METADATA = Metadata(
    title='Port: "Open" again',
    source="新华社",
    authors=("王小明", "Ann O'Neil"),
    date="2024-05-01T10:30:00+08:00",
    breadcrumb=("首页", "社会"),
    url="https://example.org/a?b=1#c",
    language="zh",
)
CONTENT = (
    block("First paragraph."),
    block("Part", kind=Kind.HEADING, level=2),
    image(frames=(FIGURE,)),
    block("A caption.", role=Role.CAPTION, frames=(FIGURE,)),
    row("a", "b"),
    row("1", "2"),
    block("one", frames=(LIST, ONE)),
    block("two", frames=(LIST, TWO)),
)
ARTICLE = Article(METADATA, CONTENT, plain.body(CONTENT), markdown.document(METADATA.title, CONTENT, STYLE))


def test_markdown_page() -> None:
    assert markdown.page(ARTICLE, STYLE) == (
        "---\n"
        'title: "Port: \\"Open\\" again"\n'
        "source: 新华社\n"
        "authors:\n  - 王小明\n  - Ann O'Neil\n"
        "date: 2024-05-01T10:30:00+08:00\n"
        "breadcrumb:\n  - 首页\n  - 社会\n"
        "link: https://example.org/a?b=1#c\n"
        "language: zh\n"
        "---\n\n"
        '# Port: "Open" again\n\nFirst paragraph.\n\n## Part\n\n![Hafen](https://example.org/a.jpg)\n\n*A caption.*\n\n'
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n- one\n- two\n"
    )
    assert markdown.page(ARTICLE, BARE).startswith("# Port")
    assert markdown.page(Article(Metadata()), STYLE) == ""


def test_plain_text() -> None:
    assert plain.body(CONTENT) == "First paragraph.\nPart\na\tb\n1\t2\none\ntwo"
    assert plain.page(ARTICLE) == 'Port: "Open" again\n\nFirst paragraph.\n\nPart\n\na\tb\n1\t2\n\none\ntwo\n'
    assert plain.page(Article(Metadata())) == ""


class Core(yaml.SafeLoader):
    """A reader by the core schema of YAML 1.2 (section 10.3.2), where PyYAML follows 1.1."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - as its base has it


for tag, pattern, starts in (
    ("null", r"null|Null|NULL|~|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        [*"-+.0123456789"],
    ),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), starts)


def read_yaml(written: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The data of a front matter by the rules of YAML 1.1 and of 1.2."""
    return yaml.safe_load(written[4:-4]), yaml.load(written[4:-4], Core)  # noqa: S506 - a safe loader


YAML_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.sampled_from(
    [
        "null",
        "Yes",
        "~",
        "1e3",
        "2024",
        "2024-02-31",
        "2024-05-01",
        "---",
        "...",
        "a: b",
        "a #b",
        "a:",
        "@a",
        "- a",
        "'",
        '"',
        "{a}",
        "x ",
        "0x1F",
        "12:30",
        *("yes", "0o17", "1_000", ".inf", ".NaN", "+1", "<<", "=", "%a", "!a", "&a", "*a", "? a", "|", ">", "[a"),
        *("12:30:45", "-1:30", "1,000", "0b1", "0o8", "1.", ".5", "NO", "NULL", "TRUE", "inf", "nan", "n", "Off"),
        *("a：b", "12：30", "【a】: b", "“a”", " a", "a ", "\u3000a", "[[a]]", "#a", "a#b", "`a", "a\tb", ", a"),
        *("a\nb", "a\n---\nb", "\ta", "\x85", "\u2028", "\ufeff", "\u202ea", "\x7f", "🙂", "长" * 5000),
    ]
)


@given(YAML_TEXTS, st.lists(YAML_TEXTS, max_size=3), YAML_TEXTS)
@settings(max_examples=200)
def test_front_matter_is_yaml_that_holds_the_same_strings(title: str, authors: list[str], url: str) -> None:
    written = frontmatter.render(Metadata(title=title, authors=tuple(authors), url=url))
    assert written.startswith("---\n")
    assert written.endswith("\n---\n")
    expected = {"title": title, **({"authors": authors} if authors else {}), "link": url}
    assert read_yaml(written) == (expected, expected)
    assert len(written.splitlines()) == 4 + (1 + len(authors) if authors else 0)


@pytest.mark.parametrize(
    ("value", "written", "expected"),
    [
        ("2024-05-01", "2024-05-01", date(2024, 5, 1)),
        ("2024-05-01T10:30:05", "2024-05-01T10:30:05", datetime(2024, 5, 1, 10, 30, 5)),
        ("2024-05-01T10:30", "2024-05-01T10:30:00", datetime(2024, 5, 1, 10, 30)),
        ("2024-05-01T10:30Z", "2024-05-01T10:30:00Z", datetime(2024, 5, 1, 10, 30, tzinfo=UTC)),
        ("2024-05-01T10:30+08:00", "2024-05-01T10:30:00+08:00", datetime(2024, 5, 1, 10, 30, tzinfo=CHINA)),
        ("2024-05", '"2024-05"', "2024-05"),
        ("2024", '"2024"', "2024"),
        ("2023-02-29", '"2023-02-29"', "2023-02-29"),
        ("2024-05-01T10:60", '"2024-05-01T10:60"', "2024-05-01T10:60"),
    ],
)
def test_dates_are_written_as_yaml_and_site_generators_read_them(value: str, written: str, expected: object) -> None:
    head = frontmatter.render(Metadata(date=value))
    assert head == f"---\ndate: {written}\n---\n"
    old, new = read_yaml(head)
    assert old == {"date": expected}
    assert new == {"date": written.strip('"')}


def test_json_is_one_safe_line_with_every_key() -> None:
    article = Article(Metadata(title="a\u2028b\x85c\ud800"), text="一\n二")
    line = FORMATS["jsonl"].render(article, STYLE)
    assert len(line.splitlines()) == 1
    assert json.loads(line.encode()) == {**article.to_dict(), "title": "a\u2028b\x85c\ufffd"}
    assert "一" in line


@pytest.mark.parametrize("count", [0, 1, 3])
def test_several_articles_as_a_stream(count: int) -> None:
    def joined(name: str) -> str:
        form = FORMATS[name]
        pages = [form.render(ARTICLE, STYLE)] * count
        return form.begin + form.between.join(page[:-1] if form.begin else page for page in pages) + form.end

    assert json.loads(joined("json")) == [ARTICLE.to_dict()] * count
    assert [json.loads(line) for line in joined("jsonl").splitlines()] == [ARTICLE.to_dict()] * count
    assert joined("md").count("---\ntitle") == count
    assert "\n\n---\ntitle" in joined("md") or count < 2


class Reader(HTMLParser):
    """Collects the text and the tags of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += attrs
        if tag not in {"meta", "link", "img", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.lists(labelled(), max_size=6), TEXTS)
def test_html_is_well_formed_and_holds_the_text(content: list[LabelledBlock], title: str) -> None:
    article = Article(Metadata(title=title, url="javascript:alert(1)", authors=(title,)), tuple(content))
    reader = Reader()
    reader.feed(html.page(article, STYLE))
    reader.close()
    assert reader.open == []
    wanted = "".join("".join(item.block.text.split()) for item in content)
    assert "".join(reader.text.split()).endswith(wanted)
    assert not [value for _, value in reader.attributes if value and "javascript" in value]


def test_html_nests_frames_and_figures() -> None:
    assert html.body(CONTENT, STYLE) == (
        "<p>First paragraph.</p>\n<h2>Part</h2>\n"
        '<figure>\n<p><img src="https://example.org/a.jpg" alt="Hafen"></p>\n'
        "<figcaption>A caption.</figcaption>\n</figure>\n"
        "<table>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>\n"
        "<ul>\n<li>\n<p>one</p>\n</li>\n<li>\n<p>two</p>\n</li>\n</ul>"
    )


@pytest.mark.parametrize("module", [address, emphasis, escape])
def test_examples_in_docstrings(module: Any) -> None:
    assert doctest.testmod(module).failed == 0
