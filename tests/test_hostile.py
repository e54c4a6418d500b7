"""Pages made to break what reads them: each gives its article, in linear time and memory.

The quick tests do it in small. The slow ones do it in full size, in a process of their own, and hold it to 1 GB and to
5 seconds of its CPU time, doubled for machines slower than those it was measured on, and for code that is not compiled.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from newsclean import clean
from newsclean.html_source import HtmlSource
from newsclean.naming import with_few_names
from newsclean.nesting import Walk, bounded
from newsclean.page import read_html
from newsclean.unclosed import with_comments_ended, with_ends

TITLE = "青浦岭市通报农田水利建设进展"

SAID = (
    "本报讯（记者 沙文婧）昨日上午，青浦岭市人民政府在市民中心召开新闻发布会，通报今年以来全市农田水利建设的进展情况。",
    "会上，市水利局局长何立群介绍说，截至十月底，全市共整修渠道三百二十公里，新建泵站四十六座，受益农田达到十八万亩。",
    "何立群表示，下一步将继续加大投入，力争在明年汛期之前完成全部在建工程，让更多的农户用上放心水、平价水。",
    "青浦岭市农民陈大贵告诉记者，往年到了这个时候，地里的水总是不够用，今年渠道修好以后，水一直流到了田头。",
)

LINES = "".join(f"<p>{line}</p>\n" for line in SAID)
ARTICLE = f"<h1>{TITLE}</h1><p class=info>2024年11月02日 08:30 来源：青浦岭日报</p>{LINES}"
DUMP = "\n".join((TITLE, "2024年11月02日 08:30 来源：青浦岭日报", *SAID, ""))


def page(article: str = ARTICLE, *, head: str = "", before: str = "", after: str = "") -> str:
    """A page that holds the article, with something hostile somewhere."""
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{TITLE}_青浦岭新闻网</title>{head}</head><body>"
        f"<div id=nav><a href=/>首页</a> <a href=/a>新闻</a></div>{before}<div class=article>{article}</div>{after}"
        "<div class=footer>版权所有 青浦岭新闻网</div></body></html>"
    )


def linked(things: str) -> str:
    return f'<script type="application/ld+json">{things}</script>'


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested blocks": lambda n: page("<div>" * n + ARTICLE + "</div>" * n),
    "nested blocks, open": lambda n: page("<div>" * n + ARTICLE),
    "nested spans": lambda n: page(f"<p>{'<span>' * n}{'</span>' * n}{ARTICLE}"),
    "nested quotes": lambda n: page("<blockquote>" * n + ARTICLE + "</blockquote>" * n),
    "nested lists": lambda n: page("<ul><li>" * (n // 4) + ARTICLE + "</li></ul>" * (n // 4)),
    "nested lists behind": lambda n: page(ARTICLE + "<ul><li>项" * (n // 4) + "</li></ul>" * (n // 4)),
    "nested tables": lambda n: page("<table><tr><td>" * (n // 10) + ARTICLE + "</td></tr></table>" * (n // 10)),
    "nested templates": lambda n: page(after="<svg><template>" * (n // 100) + "</template></svg>" * (n // 100)),
    "nested rubies": lambda n: page(before="<ruby>" * 2 * n),
    "nested formulas": lambda n: page(after=f"<math>{'<mrow>' * 2 * n}{'</mrow>' * 2 * n}</math>"),
    "bold, never closed": lambda n: page(before="<b>" * 5 * n),
    "links, never closed": lambda n: page(after="<a href=x>链接" * (5 * n // 2)),
    "fonts of all kinds, never closed": lambda n: page(after="".join(f"<p><font color=c{i}>字" for i in range(n))),
    "bold around blocks, never closed": lambda n: page(before="".join(f"<b id=c{i}><div>字" for i in range(n))),
    "links around blocks": lambda n: page(before=("<a href=x>" + "<div>" * 10) * (n // 2)),
    "options, never closed": lambda n: page(after="<select>" + "<option>项" * 5 * n + "</select>"),
    "ends without beginnings": lambda n: page(before="<span>" * n + "</p></b></nothing>" * n),
    "two documents": lambda _: "<html><head><title>广告</title></head><body><div>横幅</div></body></html>" + page(),
    "attributes": lambda n: page(before=f"<div {' '.join(f'a{i}=b' for i in range(n // 2))}>", after="</div>"),
    "names of attributes": lambda n: page(before="".join(f"<i a{i}=b></i>" for i in range(5 * n))),
    "names of attributes on one element": lambda n: page(before=f"<i {' '.join(f'a{i}' for i in range(5 * n))}></i>"),
    "names of elements": lambda n: page(before="".join(f"<e{i}x></e{i}x>" for i in range(5 * n))),
    "a link, never closed, in the text": lambda _: page("<p><a href=/x>青浦岭日报</p>" + ARTICLE),
    "a title, never closed": lambda _: page().replace("</title>", "").replace(TITLE, "岭", 1),
    "a script, never closed": lambda _: page(head="<script>var a = '<div>'"),
    "a style, never closed": lambda _: page(before="<style>p {margin: 0}"),
    "a long attribute": lambda n: page(before=f'<img src="data:image/png;base64,{"iVBOR" * 115 * n}">'),
    "a long class": lambda n: page(before=f'<div class="{"item news " * 5 * n}">', after="</div>"),
    "a long image address": lambda n: page(before=f'<img src="{"pixel" * 10 * n}"><img file="a{".bb?" * 10 * n}\nx">'),
    "JSON-LD, deep": lambda n: page(head=linked('{"a":[' * n + "]}" * n)),
    "JSON-LD, blanks": lambda n: page(head=linked(" " * 45 * n + "{")),
    "JSON-LD, nulls": lambda _: page(
        head=linked('[null,{"@type":null,"author":[null,{"name":null}],"@graph":[null],"breadcrumb":null}]')
    ),
    "JSON-LD, authors by reference": lambda n: page(
        head=linked(
            json.dumps([{"@type": "NewsArticle", "headline": "x", "author": [{"@id": f"#{i}"} for i in range(n)]}])
        )
        + linked(json.dumps([{"@id": f"#p{i}", "name": f"沙文{i}"} for i in range(n)]))
    ),
    "meta elements": lambda n: page(head="<meta name=keywords content=甲,乙>" * 5 * n),
    "digits": lambda n: page(ARTICLE + f"<p>{'7' * 150 * n}</p>"),
    "dates": lambda n: page(after=f"<p>{'2024年1月1日' * 17 * n}</p>"),
    "blanks": lambda n: page(after=f"<p>{'　 ' * 75 * n}。</p>"),
    "brackets": lambda n: page(ARTICLE + f"<p>{'[]()' * 25 * n}</p>"),
    "backslashes": lambda n: page(ARTICLE + "<p>" + "\\" * 25 * n + "</p>"),
    "references out of range": lambda _: page(ARTICLE + "<p>&#0;&#xD800;&#x110000;&#99999999999999999999;甲乙</p>"),
    "NUL": lambda _: page().replace("，", "，\0"),
    "NUL before": lambda n: "\0" * n + page(),
    "NUL everywhere": lambda _: "\0".join(page()),
    "a comment without end, before": lambda n: page(before="<!-- 广告 " + "-" * n),
    "a comment without end, behind": lambda n: page() + "<!-- " + "x" * 50 * n,
    "comments without end": lambda n: page(before="<!-- x " * n),
    "a long title": lambda n: page().replace("</title>", "_栏目" * 10 * n + "</title>"),
    "breadcrumb steps": lambda n: page(before=f"<div>当前位置：{'<a href=/x>栏目</a> &gt; ' * n}正文</div>"),
    "a trade told twice": lambda n: page(ARTICLE.replace("青浦岭日报", f"青浦岭日报 作者：{'实习' * min(n, 40)}某")),
    "dump, a long line": lambda n: DUMP + "x" * 200 * n,
    "dump, quotes in quotes": lambda n: DUMP + ">" * 50 * n + " 引文\n",
    "dump, cells": lambda n: DUMP + "| 甲 " * 15 * n + "|\n",
    "dump, NUL": lambda _: DUMP.replace("，", "，\0"),
}
"""Hostile pages by what is wrong with them, of a size: 20,000 is what the slow tests take."""


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_gives_its_article(kind: str) -> None:
    article = clean(HOSTILE[kind](200).encode())
    assert article.title == TITLE
    assert all(line in article.text for line in SAID)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
@pytest.mark.parametrize("kind", ["nested blocks, open", "a comment without end, before", "digits"])
def test_so_it_does_in_other_encodings(kind: str, encoding: str) -> None:
    article = clean(HOSTILE[kind](200).replace("charset=utf-8", "charset=gb2312").encode(encoding))
    assert article.title == TITLE
    assert all(line in article.text for line in SAID)


def test_nul_in_a_legacy_encoding_gives_the_article() -> None:
    article = clean(HOSTILE["NUL"](0).replace("charset=utf-8", "charset=gb2312").encode("gb18030"))
    assert all(line in article.text for line in SAID)


def test_a_lone_surrogate_gives_the_article() -> None:
    article = clean(page(ARTICLE + "<p>\ud800\udfff甲</p>").encode("utf-8", "surrogatepass"))
    assert all(line in article.text for line in SAID)


SECONDS, BYTES = 10, 1_000_000_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs the resource usage of a process")
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_of_full_size_gives_its_article(kind: str, tmp_path: Path) -> None:
    source = tmp_path / ("page.txt" if kind.startswith("dump") else "page.html")
    source.write_text(HOSTILE[kind](20_000), "utf-8")
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    command = [sys.executable, "-m", "newsclean", "-f", "json", "-o", str(tmp_path / "out.json"), str(source)]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    status, seconds, memory = map(float, done.stdout.split())
    article = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert status == 0
    assert article["title"] == TITLE
    assert all(line in article["text"] for line in SAID)
    assert seconds < SECONDS
    assert memory * (1 if sys.platform == "darwin" else 1024) < BYTES


def size(tree: LexborHTMLParser) -> tuple[int, int]:
    """How deep a tree nests, and how many nodes it has."""
    most = nodes = 0
    above = [(tree.root, 1)]
    while above:
        node, depth = above.pop()
        while node is not None:
            most, nodes = max(most, depth), nodes + 1
            if node.child is not None:
                above.append((node.child, depth + 1))
            node = node.next
    return most, nodes


def deepest(text: str) -> int:
    """How deep the tree of a page nests."""
    return size(read_html(text).tree)[0]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "svg><g"])
def test_what_nests_without_end_is_made_flat(tag: str) -> None:
    assert 100 < deepest(f"<{tag}>" * 13_000 + "甲") < 1_700


@pytest.mark.parametrize("ended", ["<!--</div>-->", "<p title='</div>'>", "<script></div></script>", "</x>"])
def test_what_only_seems_to_close_an_element_does_not_hide_its_depth(ended: str) -> None:
    assert deepest(f"<div>{ended}" * 13_000) < 1_700


def test_the_options_of_an_endless_list_are_not_told_to_the_parser() -> None:
    assert len(read_html("<select>" + "<OPTION value=x>甲</option>" * 4_001).tree.css("option")) == 0
    assert len(read_html("<select>" + "<option>甲" * 50).tree.css("option")) == 50


def test_formatting_that_piles_up_is_not_opened_anew_in_every_paragraph() -> None:
    text = "".join(f"<p><b id=b{i}>甲" for i in range(2_000))
    assert bounded(HtmlSource(text)).text.count("<b") < 10
    assert len(read_html(text).tree.css("b")) < 20_000


def test_a_page_that_closes_what_it_opens_is_left_as_it_is() -> None:
    text = "<div><p><b>甲</b><a href=x>乙</a><i><font>丙</font></i></p></div>" * 3_000
    assert bounded(HtmlSource(text)).text is text


def test_a_comment_that_ends_is_left_as_it_is() -> None:
    for text in ("<p>甲<!-- 乙 --><p>", "<!--a--!>甲", "<!-->甲", "甲"):
        assert with_comments_ended(text) is text
    assert with_comments_ended("<!-- 甲 <b>乙") == "<!  甲 <b>乙"


OPENED_IN_SECRET = (
    "<div><table><td></div></td></table>",
    "<div><!-- </div> -->",
    "<div><script>'</div>'</script>",
    "<div><script title='</script>'></div></script>",
    "<div><title></div></title>",
    "<div></p></section>",
    "<b></i>",
    "<div title='></div>'>",
    "<DIV><object></div></object>",
    "<div><select></div></select>",
    "<div><table><div></div></table>",
    "<li><dd>",
    "<dd><li>",
    "<dt><ol><li>",
    "<p><noscript><dt>",
    "<rt>",
    "<rp>x",
    "<optgroup>",
    "<svg><g><tr></x>",
    "<math><tr></y>",
    "<span><div></span>",
    "<label><section></label>",
    "<ins><p></ins><p></p>",
    "<form><div></form>",
    "<td><div></td>",
    "<div\xa0></div>",
    '<x ="><div><x =">',
    "<div><script><!-- <script></script></div></script>",
    "<blockquote></bloc\u212aquote>",
    "<template><div></template><div><template></div>",
    "<b><div><div><div><div><div><div><div><div><div></b>",
)
"""Elements that stay open though it looks as if they ended."""

CLOSED = (
    "<div>甲<p>乙</div>",
    "<tr><td>甲</td><td>乙</td></tr>",
    "<ul><li>甲<li>乙</ul>",
    "<tr><td><a href=/>甲<td><font><b>乙</table><table>",
    "<p><b>甲</b><!-- <div> --><script>'<div>'</script>",
)


@pytest.mark.parametrize("piece", OPENED_IN_SECRET)
def test_what_stays_open_in_secret_is_made_flat(piece: str) -> None:
    text = piece * 13_000
    assert bounded(HtmlSource(text)).text != text
    depth, nodes = size(read_html(text).tree)
    assert depth < 1_700
    assert nodes < 40 * len(text) / len(piece)


OPENED_ONCE = {
    "<optgroup>": "<hr>",
    "<optgroup><i>": "<p>x</p>",
    "<svg>": "<tr></x>",
    "<math>": "<tr></y>",
    "<svg><p>": "<div/>",
    "<math><mi>": "<div/>",
    "<svg><![CDATA[>><!--]]></svg>": "<div>x<!-- -->",
    "<table>": "<b>x<tr><td></td>",
    "<svg><desc>": "<g/><br/>",
    "<![CDATA[ <!-- ]]>": "<div>",
}
"""What makes the tags behind it stay open, again and again."""


@pytest.mark.parametrize("before", OPENED_ONCE)
def test_what_stays_open_after_a_beginning_is_made_flat(before: str) -> None:
    depth, nodes = size(read_html(before + OPENED_ONCE[before] * 13_000).tree)
    assert depth < 1_700
    assert nodes < 800_000


@pytest.mark.parametrize("piece", CLOSED)
def test_a_page_that_closes_what_it_opens_stays_as_it_is(piece: str) -> None:
    page = f"<table>{piece * 20_000}</table>"
    assert bounded(HtmlSource(page)).text == page


def test_formatting_in_a_table_outlives_its_cells() -> None:
    text = "<table>" + "".join(f"<b id=b{i}>x<tr><td></td>" for i in range(1_500))
    assert size(read_html(text).tree)[1] < 40_000


NAMED = (
    "div p li dd dt ul span label b i a font nobr table tr td th tbody caption col colgroup select option optgroup ruby"
    " rt rp rb rtc svg math foreignObject desc title mi mglyph annotation-xml g form button template h1 h2 unknown"
    " object br hr input img style script textarea noscript section address dialog body head html image"
).split()

PIECES = (
    "<div/> <g/> <svg/> <!--x--> <![CDATA[>x]]> <![CDATA[<!--]]> x \n </p> </br> <?x> <p\xa0>"
    " <font\tcolor=x> <annotation-xml\tencoding=text/html> <b\ta=1> <a\thref=x>"
).split(" ")

PIECE = st.one_of(
    st.sampled_from([f"<{name}>" for name in NAMED]),
    st.sampled_from([f"</{name}>" for name in NAMED]),
    st.sampled_from(PIECES),
)


def check_depth(before: list[str], again: list[str], times: int) -> None:
    """What the walk takes for open is not much less than what the parser has open, nor are there more nodes."""
    text = "".join(before) + "".join(again) * times
    walk = Walk(text)
    depth = piled = tags = 0
    for _ in walk.steps():
        depth, piled, tags = max(depth, walk.open.depth), piled + walk.open.piled, tags + 1
    real, nodes = size(LexborHTMLParser(text))
    assert real <= 1.1 * depth + 15
    assert nodes <= 40 * (tags + 10) + 2 * piled + text.count(">")


TAGS = st.lists(PIECE, min_size=1, max_size=8)


@given(st.lists(PIECE, max_size=6), TAGS)
@settings(max_examples=150, deadline=None)
def test_what_is_taken_for_open_is_no_less_than_the_parser_has_open(before: list[str], again: list[str]) -> None:
    check_depth(before, again, 50)


@pytest.mark.slow
@given(st.lists(PIECE, max_size=6), TAGS)
@settings(max_examples=5_000, deadline=None)
def test_so_it_is_of_many_more_tags(before: list[str], again: list[str]) -> None:
    check_depth(before, again, 150)


@pytest.mark.slow
@given(st.lists(PIECE, max_size=4), TAGS)
@settings(max_examples=150, deadline=None)
def test_any_tags_are_made_flat(before: list[str], again: list[str]) -> None:
    text = "".join(before) + "".join(again) * 13_000
    depth, nodes = size(read_html(text).tree)
    assert depth < 12_500
    assert nodes < 40 * 13_000 * len(again)


def test_attributes_without_end_are_left_out_and_elements_renamed() -> None:
    many = "".join(f"<div id=d{i} {' '.join(f'a{i}x{j}' for j in range(50))}>甲</div>" for i in range(2_000))
    nodes = read_html(many).tree.css("div")
    assert len(nodes) == len([node for node in nodes if node.attributes["id"]]) == 2_000
    assert len({name for node in nodes for name in node.attributes}) == 4_000
    tree = read_html("".join(f"<e{i}>甲<b>乙</b></e{i}>" for i in range(30_000))).tree
    assert (len(tree.css("e3998, e3999")), len(tree.css("span > b")) > 25_000) == (1, True)


def test_values_and_scripts_are_not_taken_for_names() -> None:
    wide = f"<p title='{' '.join(f'a{i}' for i in range(9_000))}' id=x>甲</p>"
    script = f"<script>a <b {' '.join(f'c{i}' for i in range(9_000))}</script>"
    for text in (wide, wide * 10, "".join(f"<p id=a{i} title='b{i} c{i}'>" for i in range(20_000))):
        assert with_few_names(HtmlSource(text)).text is text
    assert with_few_names(HtmlSource(script + wide)).text == script + wide


ENDED = {
    "<p>甲<a href=x>乙</p><p>丙</p>": "<p>甲<a href=x>乙</a></p><p>丙</p>",
    "<p><a href=x><b>乙</b><P>丙<a href=y>丁</a>": "<p><a href=x><b>乙</b></a><P>丙<a href=y>丁</a>",
    "<div><a href=x><div><img>甲</div><p>乙</div>": "<div><a href=x><div><img>甲</a></div><p>乙</div>",
    "<title>甲<meta name=a><p>乙": "<title>甲</title><meta name=a><p>乙",
    "<head><script>'<p>'</head><p>乙": "<head><script>'<p>'</script></head><p>乙",
    "<textarea>甲<TEXTAREA>乙<p>丙": "<textarea>甲<TEXTAREA>乙</textarea><p>丙",
}


@pytest.mark.parametrize("text", ENDED)
def test_what_never_ends_is_ended(text: str) -> None:
    assert with_ends(HtmlSource(text)).text == ENDED[text]


@pytest.mark.parametrize(
    "text",
    [
        "<a href=x><div>甲</div><p>乙</p></a><p>丙</p>",
        "<a href=x><div>甲</div><p><a href=y>乙</a></p></a><p>丙</p>",
        "<a href=x>甲<a href=y>乙</a><p>丙</p>",
        "<script>document.write('<a href=x>')</script><!-- <a> --><a href=y>甲</a><p>乙</p>",
        "<script>'<title>'</script><p>甲</p>",
        "<p>甲</p><script>var a = '<p>乙</p>'",
        "<svg><title>甲</title><style/></svg>",
        "<p>甲</p><plaintext><title><a href=x>乙<p>",
    ],
)
def test_what_ends_or_is_meant_to_have_no_end_is_left_as_it_is(text: str) -> None:
    assert with_ends(HtmlSource(text)).text == text


@pytest.mark.parametrize(
    "run", ["7" * 300_000, "2024-05-01 " * 30_000, "[]()" * 75_000, "1.5," * 75_000, "\u5b57" * 100_000]
)
@pytest.mark.parametrize("before", [True, False])
def test_a_text_without_clauses_does_not_drown_an_article(run: str, before: bool) -> None:
    text = f"<p>{run}</p>"
    shown = clean(page(before=text) if before else page(ARTICLE.replace(SAID[0], SAID[0] + run))).text
    assert [one in shown for one in SAID] == [True] * len(SAID)
