"""Output that is safe to show, whatever a page holds: no control characters, no active content, valid data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from newsclean import clean
from newsclean.models import Article, Style
from newsclean.render import FORMATS, frontmatter

TEXT = (
    "本报青石镇3月2日电 青石镇老街改造工程昨日完成验收，街面重新铺上了石板，沿街的六十三户居民陆续搬回家中。",
    "镇建设办主任周明远介绍，工程历时十四个月，共修缮老屋九十余间，地下管线全部更新，没有拆除一栋老屋。",
    "七十二岁的居民何秀英说，以前一下雨巷子里就积水，孩子们上学要踩着砖头走，如今出门再也不用穿胶鞋。",
)

FILLING = [f"{number}、{sentence}" for number in range(1, 5) for sentence in TEXT]
"""So much text that a few control characters do not make the input look like no text at all."""

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a handler": "<img src=x onerror=alert(1)>",
    "a reference": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;b onclick=x&#62; &#x26;lt;i&#x26;gt;",
    "a reference to a reference": "&amp;lt;script&amp;gt;",
    "a link": "[x](javascript:alert(1)) [x] (javascript:alert(1)) _[x](javascript:alert(1))_",
    "an image": "![x](data:text/html,<b>)",
    "an autolink": "<javascript:alert(1)> <vbscript:x> <a@news.example>",
    "a definition": "[x]: javascript:alert(1)",
    "a definition on two lines": "[x]:\njavascript:alert(1)\n\n[x]",
    "a footnote": "[^1]: <script>alert(1)</script> [^1]",
    "a scheme as references": "&#106;avascript:alert(1) java&Tab;script:alert(1) javascript&colon;alert(1)",
    "a scheme with a tab": "java\tscript:alert(1)",
    "a scheme on two lines": "java\nscript:alert(1)",
    "a scheme behind a control": " \x01javascript:alert(1)",
    "a scheme behind a mark": "\ufeffjavascript:alert(1)",
    "a scheme behind a space": "\xa0JaVaScRiPt:alert(1)",
    "a scheme within nothing": "java\u200bscript:alert(1)",
    "a scheme in capitals": "DATA:text/html;base64,PHNjcmlwdD4=",
    "an escaped scheme": "javascript%3Aalert(1)",
    "an address that ends early": "http://a.example/) onerror=alert(1) \"onload='alert(2)",
    "an address with a quote": 'http://a.example/" onmouseover="alert(1)',
    "an address with a tag": "http://a.example/<script>alert(1)</script>",
    "an address on lines": "http://a.example/\n\n<script>alert(1)</script>",
    "an address and an escape": "http://a.example/\\<img src=x onerror=alert(1)> www.a.example/`<b>`",
    "a fence": "```\n</code></pre><script>alert(1)</script>\n````\n~~~\n<b>",
    "backticks": "` `` ``` \\` <b> `",
    "a bar": "x\\|<img src=x onerror=alert(1)>|\\\\|<b>",
    "a table": "a|b\n-|-\n<i onclick=x>|x",
    "a front matter": "---\ntitle: x\n---\n...\n",
    "a heading": "# h\n<div onclick=x>\n===",
    "indented": "    <script>alert(1)</script>",
    "the end of code": "</code></pre><script>alert(1)</script>",
    "a comment": "<!-- x --><![CDATA[<b>]]><?php x ?><!DOCTYPE x>",
    "backslashes": "\\<b> \\\\<b> \\[x](javascript:alert(1)) \\\\[x](javascript:alert(1))",
    "emphasis": "*<b>* **[x](javascript:alert(1))** ~~<b>~~ <sup><script></sup>",
    "escapes of a terminal": "\x1b[2J\x1b]0;owned\x07",
    "eight-bit escapes": "\x9b31m\x7f\x84\x00",
    "turned directions": "\u202egnp.exe\u202c \u2066x\u2069 \u202by\u202c",
    "ends of lines": "a\u2028b\u2029c\x85d\x0be\x0cf\rg",
    "marks": "\ufeffx\ufeff\ufeffy\ufeff",
    "a tag around nothing": "<\x00script>alert(1)</script> <\u200bb> <\xadb> &\x00lt;b> <\ufeffb> <\u202eb>",
    "surrogates": "\ud800x\udfff",
    "YAML": "- @a: 'b' #c",
}
"""Strings of attackers, by what they try."""

FRAGMENTS = [
    *"<>&;:()[]!`*_~#|\\\"'\n\t =-/.@\x00\x1b\x85\xad1",
    *("script", "javascript:", "<img src=x onerror=y>", "onerror=", "data:", "lt;", "http://a.example/", "www.", "x"),
    *("</", "<!--", "-->", "```", "](", "![", "]:", "&lt;", "&#60;", "&amp;", "\u202e", "\ufeff", "\u200b", "青石"),
]
"""What random attacks are put together from."""

TAGS = frozenset(
    "h1 h2 h3 h4 h5 h6 p a img em strong s del sup sub code pre ul ol li blockquote table thead tbody tr th td hr br"
    " html head meta title link style body article header nav span time figure figcaption".split()
)
"""The elements that the writers make."""

ATTRIBUTES = frozenset("href src alt start class style colspan rowspan charset name content rel lang datetime".split())
"""The attributes that the writers, and readers of Markdown, make."""

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What reaches no terminal and no file; nothing here is written from the right, where directions are needed."""


def page(hostile: str) -> str:
    """A page that shows a string wherever a page can show one, and declares it wherever it can declare something."""
    shown = escape(hostile)
    metas = "".join(
        f'<meta name="{name}" content="{shown}">' for name in ("author", "keywords", "description", "og:site_name")
    )
    filling = "".join(f"<p>{each}</p>" for each in FILLING)
    return (
        f'<!doctype html><html lang="{shown}"><head><title>{shown}</title>{metas}<link rel=canonical href="{shown}">'
        f'</head><body><div class="article"><h1>青石镇老街改造完工 {shown}</h1><div>来源：{shown} 作者：{shown}</div>'
        f"<p>{TEXT[0]}</p><p>{shown}</p><p>{TEXT[1]} {shown}</p><h2>青石 {shown}</h2><p>{TEXT[2]}"
        f'<a href="{shown}">青石{shown}</a> <b>{shown}</b><code>{shown}</code>{shown}<sup>{shown}</sup></p>'
        f'<figure><img src="{shown}" alt="{shown}"><figcaption>图 {shown}</figcaption></figure>'
        f'<p><img src="http://a.example/a.jpg" alt="{shown}"><img data-src="{shown}"><img srcset="{shown} 2x"></p>'
        f"<ul><li>{shown}</li><li>青石 {shown}</li></ul><blockquote><p>{TEXT[0]}{shown}</p></blockquote>"
        f"<table><tr><th>{shown}</th><td>青石</td></tr><tr><td>{shown}</td><td><code>{shown}</code></td></tr></table>"
        f'<pre class="language-{shown}"><code class="language-{shown}">main() {{ {shown} }}\n{shown}\n</code></pre>'
        f"{filling}</div></body></html>"
    )


def dump(hostile: str) -> str:
    """A text dump that shows a string wherever one can."""
    return "\n\n".join(
        (
            f"青石镇老街改造完工 {hostile}",
            f"2024年5月1日 来源：{hostile} 作者：{hostile}",
            f"{TEXT[0]}\n\n{hostile}\n\n{TEXT[1]} {hostile}",
            f"一、青石 {hostile}\n\n{TEXT[2]}{hostile}\n\n- {hostile}\n- {hostile}",
            f"{hostile}\t{hostile}\n{hostile}\t{hostile}",
            *FILLING,
        )
    )


class Reader(HTMLParser):
    """Gathers what stands in a document, and what no writer of ours puts into one."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.strange: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.strange += [] if tag in TAGS else [tag]
        self.strange += [(tag, attr) for attr in attrs if attr[0] not in ATTRIBUTES]
        self.strange += [(tag, attr) for attr in attrs if attr[0] in {"href", "src"} and is_active(attr[1] or "")]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.strange.append(data)

    def handle_pi(self, data: str) -> None:
        self.strange.append(data)


def is_active(address: str) -> bool:
    return ":" in re.split("[/?#]", address)[0] and not address.startswith(("http://", "https://", "mailto:"))


class TrustingReader(MarkdownIt):
    """A reader that lets HTML and every scheme through, as the most trusting ones do."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - the name is markdown-it's
        return True


def trusting_reader() -> MarkdownIt:
    return TrustingReader("commonmark", {"html": True}).enable(["table", "strikethrough"])


def bare_address(state: StateInline, silent: bool) -> bool:
    """Take all up to the next space or `<` for an address, as readers of GFM do, whatever is escaped in it."""
    match = re.compile(r"(?:://|www\.)[^\s<]*").match(state.src, state.pos)
    if match is None or state.linkLevel:
        return False
    state.pending += "" if silent else match[0]
    state.pos = match.end()
    return True


READER, ADDRESS_READER = trusting_reader(), trusting_reader()
ADDRESS_READER.inline.ruler.before("text", "bare address", bare_address)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def strings(value: Any) -> Iterator[str]:
    """All strings in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def check(article: Article) -> str:
    """Check an article in every format; returns the text that readers of its Markdown see."""
    written = {name: form.render(article, Style()) for name, form in FORMATS.items()}
    for name, output in written.items():
        assert HARMFUL.findall(output) == [], name
    values = json.loads(written["json"])
    assert json.loads(written["jsonl"]) == values
    assert len(written["jsonl"].splitlines()) == 1
    assert [value for value in strings(values) if HARMFUL.search(value)] == []
    assert read(written["html"]).strange == []
    front, body = parted(written["md"])
    assert front == {
        name: values[key] for key in frontmatter.KEYS if (name := frontmatter.NAMES.get(key, key)) in front
    }
    assert read(ADDRESS_READER.render(body)).strange == []
    seen = read(READER.render(body))
    assert seen.strange == []
    return "".join(seen.text.split())


def parted(markdown: str) -> tuple[dict[str, Any], str]:
    """The front matter of a file, as YAML reads it, and what follows."""
    if not markdown.startswith("---\n"):
        return {}, markdown
    front, _, body = markdown[4:].partition("\n---\n")
    values = yaml.safe_load(front)
    assert all(isinstance(value, (str, list)) for key, value in values.items() if key not in {"date", "modified"})
    return {key: str(value) if key in {"date", "modified"} else value for key, value in values.items()}, body


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hostile_on_a_page_comes_through(name: str) -> None:
    article = clean(page(HOSTILE[name]), url=HOSTILE[name])
    assert TEXT[0] in article.text
    seen = check(article)
    if HOSTILE[name].isprintable():
        assert "".join(HOSTILE[name].split()) in seen, "what is shown as text stays text"


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hostile_in_a_dump_comes_through(name: str) -> None:
    article = clean(dump(HOSTILE[name]), input_format="text")
    assert TEXT[0] in article.text
    check(article)


@pytest.mark.parametrize("name", ["a script", "an address and an escape", "escapes of a terminal"])
def test_nothing_hostile_comes_through_the_other_engine(name: str) -> None:
    check(clean(page(HOSTILE[name]), engine="readability"))


ATTACKS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=9).map("".join)


@given(ATTACKS)
@settings(max_examples=10)
def test_no_random_attack_comes_through(hostile: str) -> None:
    check(clean(page(hostile)))
    check(clean(dump(hostile), input_format="text"))


@pytest.mark.slow
@given(ATTACKS)
@settings(max_examples=300)
def test_none_of_many_random_attacks_comes_through(hostile: str) -> None:
    check(clean(page(hostile), url=hostile))
    check(clean(dump(hostile), input_format="text"))
