"""The whole way, through the public door: the same article in every format, repairs recorded, input described."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import newsclean
from newsclean import clean
from newsclean.errors import UnknownChoiceError, UnknownEncodingError
from newsclean.models import Style
from newsclean.render import FORMATS
from test_label import PAGE, PARAGRAPHS

KEYS = (
    "input url site title subtitle source authors editors date modified breadcrumb language description keywords "
    "images text markdown encoding confidence warnings"
).split()


def test_the_article_as_plain_data_has_the_promised_keys() -> None:
    data = clean(PAGE.encode("gb18030"), name="saved/a.html", url="https://qingping.example/a.html").to_dict()
    assert list(data) == KEYS
    assert (data["input"], data["encoding"]) == ("saved/a.html", "gb18030")
    assert (data["source"], data["authors"], data["editors"]) == ("青坪日报", ["陆知夏"], ["田禾"])
    assert (data["date"], data["breadcrumb"]) == ("2021-04-18T09:30", ["首页", "新闻"])


class ArticleText(HTMLParser):
    """The text within `<article>`, without its header, as a reader of the page sees it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser passes it
        if tag not in ("meta", "link", "br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open and "header" not in self.open:
            self.text.append(data)


def in_html(html: str) -> str:
    parser = ArticleText()
    parser.feed(html)
    parser.close()
    assert not parser.open
    return "".join(parser.text)


def in_markdown(markdown: str) -> str:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    assert (tokens[0].tag, tokens[2].type) == ("h1", "heading_close")
    leaves = [leaf for token in tokens[3:] for leaf in (token.children or [token])]
    return "".join(leaf.content for leaf in leaves if leaf.type in ("text", "code_inline", "code_block", "fence"))


RICH = PAGE.replace(
    f"<p>{PARAGRAPHS[3]}", f"<h3>秧田 & 水</h3><ul><li>早稻<b>十二万亩</b><li>薄膜</ul><p>{PARAGRAPHS[3]}"
)
"""A page whose body has more than paragraphs."""


@pytest.mark.parametrize("page", [PAGE, RICH])
def test_every_format_has_the_same_body(page: str) -> None:
    article = clean(page)
    shown = {name: FORMATS[name].render(article, Style(front_matter=False)) for name in FORMATS}
    headline, _, plain = shown["txt"].partition("\n\n")
    bodies = {
        "md": in_markdown(shown["md"]),
        "txt": plain,
        "html": in_html(shown["html"]),
        "json": json.loads(shown["json"])["text"],
        "jsonl": json.loads(shown["jsonl"])["text"],
    }
    assert headline == article.title
    assert bodies.keys() == FORMATS.keys()
    assert {name: "".join(text.split()) for name, text in bodies.items()} == dict.fromkeys(
        bodies, "".join(article.text.split())
    )
    assert all(text in article.text for text in PARAGRAPHS)
    assert ("秧田 & 水" in article.text) == (page == RICH)


def test_text_and_bytes_give_the_same_article() -> None:
    assert clean(PAGE).text == clean(PAGE.encode()).text == clean(PAGE.encode("gb18030")).text


def test_addresses_are_made_absolute() -> None:
    html = PAGE.replace("各乡镇", '<a href="../towns.html">各乡镇</a>')
    assert "](https://qingping.example/towns.html)" in clean(html, url="https://qingping.example/a/b.html").markdown


def test_repairs_are_recorded() -> None:
    doubled = PAGE.replace(f"<p>{PARAGRAPHS[1]}</p>", f"<p>{PARAGRAPHS[1]}</p>" * 2).replace("，", "\u200b，")
    article = clean(doubled)
    assert article.text == "\n".join(PARAGRAPHS)
    assert {"zero-width characters", "repeated paragraphs"} <= set(article.repairs)


def test_an_unknown_encoding_is_the_only_error() -> None:
    with pytest.raises(UnknownEncodingError):
        clean(b"abc", encoding="klingon")


@pytest.mark.parametrize(
    ("engine", "input_format", "said"),
    [("foo", "auto", "newsclean, readability"), ("newsclean", "pdf", "auto, html, text")],
)
def test_a_choice_that_there_is_not_names_those_that_there_are(engine: str, input_format: str, said: str) -> None:
    with pytest.raises(UnknownChoiceError, match=said):
        clean("", engine=engine, input_format=input_format)


def test_the_package_has_a_version_and_no_other_surprises() -> None:
    assert newsclean.__version__.count(".") == 2
    assert not hasattr(newsclean, "nothing")


def parsed(markdown: str) -> str:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    leaves = [leaf for token in tokens for leaf in (token.children or [token]) if leaf.type in ("text", "code_inline")]
    return "".join("".join(leaf.content.split()) for leaf in leaves)


@settings(max_examples=40)
@given(st.lists(st.text(alphabet="*_#>-`[]()!<&|~\\1.+ 桥水“”。", max_size=12), min_size=4, max_size=4))
def test_markdown_parses_back_to_the_body(marks: list[str]) -> None:
    lines = [f"{text}{mark}" for text, mark in zip(PARAGRAPHS, marks, strict=True)]
    article = clean("\n\n".join(["水多了早插秧", "2021-04-18 来源：青坪日报", *lines]), input_format="text")
    assert parsed(article.markdown).endswith("".join(article.text.split()))


@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_none(data: bytes) -> None:
    article = clean(data)
    assert article.text or article.warnings


@pytest.mark.parametrize("data", [Path("a.html"), None, 5])
def test_what_is_no_page_is_an_error_that_says_what_to_hand_over(data: Any) -> None:
    with pytest.raises(TypeError, match=r"not \w+: try Path\(...\).read_bytes\(\)"):
        clean(data)


def test_a_menu_is_no_breadcrumb() -> None:
    text = "本报青石镇3月2日电 青石镇老街改造工程昨日完成验收，街面重新铺上了石板，沿街的六十三户居民陆续搬回家中。"
    for menu, steps in (("首页 | 新闻 | 体育 | 登录 注册", ()), ("首页 | 新闻 | 体育", ("首页", "新闻", "体育"))):
        assert clean(f"{menu}\n\n老街改造完工\n\n" + f"{text}\n\n" * 4).metadata.breadcrumb == steps


def test_addresses_without_a_scheme_can_be_followed_from_a_file() -> None:
    page = PAGE.replace("</p>", '<img src="//img.qingping.example/a.jpg"> <a href="/b">图集</a></p>', 1)
    saved, known = clean(page), clean(page, url="http://qingping.example/n/1.html")
    assert [image.src for image in saved.metadata.images] == ["https://img.qingping.example/a.jpg"]
    assert "](https://img.qingping.example/a.jpg)" in saved.markdown
    assert "](/b)" in saved.markdown
    assert "](http://img.qingping.example/a.jpg)" in known.markdown
