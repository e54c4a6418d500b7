"""HTML is told from a dump by its content, and a page knows what its addresses start from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.page import HtmlPage, TextPage, looks_like_html, read, read_html

PARAGRAPH = "渡口的老船工说，水位比往年低了半尺，早班船只好等到天亮再开。" * 50

PAGE = "".join(
    f'<div class="row">\n  <a href="/n/{number}.html">第{number}条</a>\n</div>\n<p>{PARAGRAPH[:200]}</p>\n'
    for number in range(20)
)
"""The middle of a page, as it is left when its beginning is cut off."""

PROSE = "It is an old craft, and a patient one.\n" * 60

SAMPLE = "<!DOCTYPE html>\n<html>\n<head>\n  <title>例子</title>\n</head>\n<body>\n<p>你好</p>\n</body>\n</html>\n"
"""A document as a tutorial shows it."""

HTML = {
    "a document": "<!DOCTYPE html><title>x</title>",
    "a byte order mark": "\ufeff\n <HTML lang=zh><body>",
    "nothing but the root": "<html>",
    "an old doctype": '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">\n' + PARAGRAPH,
    "an XML declaration": '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>',
    "a long comment first": f"<!-- {'saved by a tool ' * 400} -->\n<html><body>{PARAGRAPH}",
    "many comments first": "<!-- x -->\n" * 900 + f"<html><body>{PARAGRAPH}",
    "a condition for old browsers first": "<!--[if IE]><p><![endif]--><![if !IE]><html><body>",
    "a long script first": f"<script>\n{'var a = 1;' * 800}\n</script>\n<html><body>{PARAGRAPH}",
    "a long style first": f"<style>\n{'p { color: red }' * 800}\n</style>\n<p>{PARAGRAPH}",
    "text right behind the body": f"<body>{PARAGRAPH}<p>{PARAGRAPH}</p>",
    "short paragraphs": "<p>一段</p><p>又一段</p><br>",
    "three long paragraphs": f"<p>{PARAGRAPH}</p>\n" * 3,
    "paragraphs that nobody closed": f"<p>{PARAGRAPH}\n" * 3,
    "wrapped lines": "<div>\n" + PROSE[:1000] + "</div>",
    "a beginning cut off": PAGE,
    "a script cut off": "  var a = 1;\n" * 3000 + "</script>\n" + PAGE,
    "a style never closed after a page": PAGE + "<style>\n" + "p { color: red }\n" * 5000,
    "an answer of the server first": f"HTTP/1.1 200 OK\nServer: x\n\n<html>\n<head><title>x</title>{PARAGRAPH}",
    "a warning of a program first": f"Warning: no such file\n  <!DOCTYPE html>\n<html><body>{PARAGRAPH}</html>\n",
    "text and line breaks": "来源：沄州日报<br>记者：林晓舟<br><br>清明还没到，油菜花已经谢了。<br>",
}

DUMPS = {
    "news": "来源:沄州日报 2019-03-12\n\n清明还没到,油菜花已经谢了。",
    "tags named in a sentence": "How to write <b>bold</b>, <p> and <br> by hand\n" + "It is an old craft. " * 120,
    "comparisons": "a < b and c > d",
    "nothing": "",
    "document tags in a sentence": "网页入门\n\n每个网页都有 <html>、<head> 和 <body>，正文写在 <div> 里。\n",
    "a document tag at the start of a line": "网页入门\n\n<html> 是根元素。\n<body> 里是正文。\n" + PARAGRAPH,
    "a tag as the subject": "<div> 标签的用法\n\n" + PARAGRAPH,
    "the root as the subject": "<html> 是什么\n\n" + PARAGRAPH,
    "a doctype in a sentence": "为什么要写 <!DOCTYPE html>？\n\n" + PARAGRAPH,
    "a sample": f"第一个网页\n\n先写下面几行：\n\n{SAMPLE}\n保存以后，用浏览器打开它。\n" + PROSE,
    "a list of tags": "常用标签\n" + "\n".join(f"<{tag}> 的意思" for tag in "p div span a li h1 h2".split()),
    "a name in angle brackets": "<张三> 发表于昨天\n<a@example.com> 回复\n" + PARAGRAPH,
    "a tracking image and a dump": '<img src="/t.gif" width="1">\n' + "首页\n新闻\n体育\n" * 60 + PARAGRAPH,
    "a few tags left over": "\n".join(f"第{number}段。" for number in range(80)) + '\n<a href="/x">x</a></p></div>',
    "a comment and a dump": "<!-- x -->\n" + PARAGRAPH,
    "a comment without an end": "<!-- x\n" + PARAGRAPH,
}


@pytest.mark.parametrize("text", HTML.values(), ids=HTML)
def test_html_is_known(text: str) -> None:
    assert looks_like_html(text)
    assert isinstance(read(text), HtmlPage)


@pytest.mark.parametrize("text", DUMPS.values(), ids=DUMPS)
def test_a_dump_is_known(text: str) -> None:
    assert not looks_like_html(text)
    assert isinstance(read(text), TextPage)


@given(st.text(alphabet=st.sampled_from("来源：沄州日报abc。，!?- \n"), max_size=300))
def test_what_comes_before_the_root_decides_nothing(comment: str) -> None:
    assert looks_like_html(f"<!--{comment.replace('-', '')}--><html><body>x")


@given(st.text(alphabet=st.sampled_from("<>/!-?[abpdivtrhml =\"'。\n "), max_size=300))
def test_any_text_is_told(text: str) -> None:
    assert looks_like_html("<html><body>" + text.replace(">", "") + "</body>")
    assert not looks_like_html(text.replace("<", ""))


URL = "https://news.example/2024/05/a.html"


@pytest.mark.parametrize(
    ("tag", "url", "base"),
    [
        ("", URL, URL),
        ("", None, None),
        ('<base target="_blank">', URL, URL),
        ('<base href="">', URL, URL),
        ('<base href=" /mobile/ ">', URL, "https://news.example/mobile/"),
        ('<base href="//cdn.example/x/">', URL, "https://cdn.example/x/"),
        ('<base href="https://other.example/">', None, "https://other.example/"),
        ('<base target="_blank"><base href="/one/"><base href="/two/">', URL, "https://news.example/one/"),
        ('<base href="http://[x">', URL, URL),
        ('<base href="javascript:alert(1)">', URL, URL),
        ('<base href="file:///C:/saved/">', URL, URL),
    ],
)
def test_the_base_is_what_the_page_declares_or_its_own_address(tag: str, url: str | None, base: str | None) -> None:
    assert read_html(f"<html><head>{tag}<title>x</title></head><body></body></html>").base(url) == base
