"""HTML is cut into blocks that keep all visible text, in order, with the structure that a writer needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.models import Block, FrameKind, Kind, Mark, Span
from newsclean.page import read_html
from newsclean.segment.html import segment


def blocks(html: str) -> tuple[Block, ...]:
    return segment(read_html(html)).blocks


def texts(html: str) -> list[str]:
    return [block.text for block in blocks(html)]


def frames(block: Block) -> list[FrameKind]:
    return [frame.kind for frame in block.frames]


def test_blocks_are_cut_at_block_elements_and_line_breaks() -> None:
    assert texts("<div>一<p>二</p>三<br>四<br><br>五</div>") == ["一", "二", "三", "四", "五"]


def test_a_gap_is_the_blank_lines_that_a_reader_sees() -> None:
    assert [block.gap for block in blocks("<p>一</p><p>二<br>三<br><br>四</p>")] == [1, 1, 0, 1]


def test_white_space_is_folded_across_inline_elements() -> None:
    (block,) = blocks("<p>\n one <b> two</b>\tthree<i> </i>four </p>")
    assert block.text == "one two three four"
    assert block.spans == (
        Span("one "),
        Span("two", Mark.STRONG),
        Span(" three"),
        Span(" ", Mark.EMPHASIS),
        Span("four"),
    )


def test_ideographic_indentation_is_measured_and_taken_off() -> None:
    (block,) = blocks("<p>\u3000\u3000清晨\u3000六点</p>")
    assert (block.text, block.indent) == ("清晨\u3000六点", 4)


def test_links_and_images_are_spans() -> None:
    (block,) = blocks('<p>见<a href="/a">这里</a><img src="b.jpg" alt="码头"></p>')
    assert block.text == "见这里"
    assert block.spans[1:] == (Span("这里", href="/a"), Span("码头", src="b.jpg"))


@pytest.mark.parametrize(
    ("attributes", "source"),
    [
        ('src="a.jpg"', "a.jpg"),
        ('src="loading.gif" data-src="//img.example/a.jpg"', "//img.example/a.jpg"),
        ('src="data:image/gif;base64,R0" data-original="https://img.example/a.png"', "https://img.example/a.png"),
        ('srcset="a-400.jpg 400w, a-800.jpg 800w"', "a-400.jpg"),
        ('src="a.jpg" width="1" height="1"', None),
        ('src="data:image/png;base64,iVBO"', None),
        ('alt="nothing"', None),
    ],
)
def test_the_address_of_an_image_is_what_a_reader_sees(attributes: str, source: str | None) -> None:
    found = [span.src for block in blocks(f"<p>图<img {attributes}></p>") for span in block.spans if span.src]
    assert found == ([source] if source else [])


def test_lists_nest_and_keep_their_numbers() -> None:
    one, two, three = blocks('<ol start="3"><li>一<ul><li>二</li></ul></li><li>三</li></ol>')
    assert frames(one) == [FrameKind.ORDERED_LIST, FrameKind.ITEM]
    assert frames(two) == [FrameKind.ORDERED_LIST, FrameKind.ITEM, FrameKind.LIST, FrameKind.ITEM]
    assert one.frames[0] == three.frames[0]
    assert one.frames[0].start == 3
    assert one.frames[1] != three.frames[1]


def test_a_table_of_data_gives_a_block_a_row() -> None:
    html = "<table><tr><th>年份<th>产量<tr><td>2019<td>二<b>十</b>吨<tr><td colspan=2>完</table>"
    rows = blocks(html)
    assert [(row.kind, row.text) for row in rows] == [
        (Kind.ROW, "年份\t产量"),
        (Kind.ROW, "2019\t二十吨"),
        (Kind.ROW, "完"),
    ]
    assert [cell.header for cell in rows[0].cells] == [True, True]
    assert rows[2].cells[0].colspan == 2
    assert len({row.frames for row in rows}) == 1


def test_a_table_that_lays_out_a_page_gives_its_paragraphs() -> None:
    long = "河水退去之后，村里人回到堤上。" * 20
    html = f"<table><tr><td><a href=/>首页</a><br><a href=/n>新闻</a><td><p>{long}<p>{long}</table>"
    assert [block.kind for block in blocks(html)] == [Kind.PARAGRAPH] * 4


def test_no_text_of_a_folded_table_is_lost() -> None:
    html = "<table><caption>前</caption><tr><td>一<td>二<tr><td>三<td>四<caption>后</caption></table>"
    assert texts(html) == ["前", "一", "二", "三", "四", "后"]
    assert texts(html.replace("<caption>后</caption>", "")) == ["前", "一\t二", "三\t四"]


@pytest.mark.parametrize("colspan", ["9007199254740991", "-1", "0", "x", "²", ""])
def test_an_absurd_colspan_is_no_trouble(colspan: str) -> None:
    html = f'<table><tr><td colspan="{colspan}">一<td>二<tr><td>三<td>四</table>'
    assert blocks(html)[0].cells[0].colspan in range(1, 1001)


@pytest.mark.parametrize(
    ("ruby", "text"),
    [
        ("<ruby>漢<rt>hàn</rt>字<rt>zì</rt></ruby>", "漢(hàn)字(zì)"),
        ("<ruby>漢字<rp>（</rp>\n<rt>\nかんじ\n</rt><rp>）</rp></ruby>", "漢字(かんじ)"),
        ("<ruby><rb>漢</rb><rt></rt></ruby>", "漢"),
        ("<ruby>漢<rt> <img src='data:,x'></ruby>", "漢"),
    ],
)
def test_what_stands_above_a_character_is_set_in_brackets(ruby: str, text: str) -> None:
    assert texts(f"<p>写{ruby}吧") == [f"写{text}吧"]
    (block,) = blocks(f"<p><b>写{ruby}吧</b>")
    assert {span.marks for span in block.spans} == {Mark.STRONG}


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#r1">↩︎</a>',
        ' <a href="#r1" class="back">^</a>',
        '<a href="#r1" role="doc-backlink">Back</a>',
        '<a href="#volume-3" class="headerlink">¶</a>',
    ],
)
def test_the_sign_of_a_link_within_the_page_says_nothing(link: str) -> None:
    assert texts(f"<p>见县志卷三。{link}") == ["见县志卷三。"]


def test_other_links_within_the_page_are_text() -> None:
    assert texts('<p>石桥<a href="#n1">1</a>、<a href="/up">↑</a>、<a href="#n2">↑ 返回</a>') == ["石桥1、↑、↑ 返回"]


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<div class="highlight highlight-source-shell"><pre>$ ls; cd</pre></div>', "shell"),
        ('<div class="highlight-Python notranslate"><div class="highlight"><pre>x = 1</pre></div></div>', "python"),
        ('<div class="highlight-default notranslate"><div class="highlight"><pre>x = 1</pre></div></div>', None),
        ('<div class="language-c++ highlighter-rouge"><div><pre><code>int x;</code></pre></div></div>', "c++"),
        ('<pre class="sourceCode r"><code class="sourceCode r">x &lt;- 1</code></pre>', "r"),
        ('<pre><code class="hljs go">x := 1</code></pre>', "go"),
        ('<pre><code class="hljs language-go">x := 1</code></pre>', "go"),
        ('<div class="lang-en highlight-box"><pre class="hljs"><code>x := 1</code></pre></div>', None),
    ],
)
def test_highlighters_name_the_language_on_the_code_or_a_box_around_it(html: str, language: str | None) -> None:
    (block,) = blocks(f"<body>{html}")
    assert (block.kind, block.language) == (Kind.CODE, language)


def test_code_keeps_its_lines_and_names_its_language() -> None:
    (block,) = blocks('<pre><code class="language-Python">\nif a:\n    b()\n</code></pre>')
    assert (block.kind, block.text, block.language) == (Kind.CODE, "if a:\n    b()", "python")


def test_prose_set_in_pre_is_read_as_paragraphs() -> None:
    html = "<pre>\u3000\u3000第一段说的是河。\n\u3000\u3000第二段说的是桥。</pre>"
    assert texts(html) == ["第一段说的是河。", "第二段说的是桥。"]


MAIL = """\
From: Ida Lindqvist
Subject: the old bridge

The council of Oakham voted on Tuesday to rebuild the old bridge over
the river Wend, which had been closed since a flood damaged two of its
piers in the spring of last year; the well-
known <b>Mill Lane</b> stays closed.

   Work would begin in May, said the mayor. She thanked the engineers
for their patience, and the shops along the road.
   It will be open again before the winter, they hope.
"""


def test_wrapped_prose_set_in_pre_is_put_back_into_paragraphs() -> None:
    found = blocks(f"<pre>{MAIL}</pre>")
    assert [(block.kind, block.text) for block in found] == [
        (Kind.PARAGRAPH, "From: Ida Lindqvist"),
        (Kind.PARAGRAPH, "Subject: the old bridge"),
        (
            Kind.PARAGRAPH,
            "The council of Oakham voted on Tuesday to rebuild the old bridge over the river Wend, which had been "
            "closed since a flood damaged two of its piers in the spring of last year; the well-known Mill Lane stays "
            "closed.",
        ),
        (
            Kind.PARAGRAPH,
            "Work would begin in May, said the mayor. She thanked the engineers for their patience, and the shops "
            "along the road.",
        ),
        (Kind.PARAGRAPH, "It will be open again before the winter, they hope."),
    ]
    assert Span("Mill Lane", Mark.STRONG) in found[2].spans


def test_verse_set_in_pre_keeps_its_lines() -> None:
    verse = "The river rose before the dawn,\nThe mill was dark and still;\nThe lamps along the bridge were drawn\n"
    found = blocks(f"<pre>{verse}Like beads upon the hill.</pre>")
    assert [block.gap for block in found] == [1, 0, 0, 0]
    assert all(block.kind is Kind.PARAGRAPH for block in found)


CODE = {
    "Python": 'def cross(river):\n    """Cross by the old bridge.\n\n    It takes a while.\n    """\n    return bridge',
    "C": "/* Opens the bridge. It is closed at night. */\nint open(void)\n{\n\treturn 0;\n}",
    "shell": "$ bridge open\nThe bridge is open now, and stays so until the evening.\n$ bridge close --now\nClosed.",
    "comments": "# This opens the bridge for all who want to cross.\n# It needs a key.\nbridge open\nbridge light on",
    "command": "sudo bridge open",
    "YAML": "bridge:\n  name: the old bridge over the river\n  open: true\n  towns:\n    - Oakham\n    - Wend",
    "table": "Town      Trees     Year\n-----     -----     ----\nOakham    120       2019.\nWend      80        2020.",
    "drawing": "+------+     +------+\n| town |-----| mill |\n+------+     +------+",
    "diff": "diff --git a/news b/news\n@@ -1,2 +1,2 @@\n The bridge is closed.\n-It will be open again "
    "in the spring of this year.\n+It will be open again before the winter of this year.\n",
    "SQL": "SELECT name FROM bridges\nWHERE river IS NOT NULL\nORDER BY name",
    "COBOL": "ADD TOLL TO TOTAL.\nMOVE TOTAL TO REPORT.\nDISPLAY REPORT UPON CONSOLE.\nSTOP RUN.",
}


@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_code_is_told_without_a_class(code: str) -> None:
    text = code.replace("&", "&amp;").replace("<", "&lt;")
    assert [(block.kind, block.text) for block in blocks(f"<pre>{text}</pre>")] == [(Kind.CODE, code.strip("\n"))]


def test_prose_is_code_where_its_class_says_so() -> None:
    assert [block.kind for block in blocks(f'<pre class="language-mail">{MAIL}</pre>')] == [Kind.CODE]


def test_what_an_object_shows_in_its_place_is_read() -> None:
    html = '<p>一<object data="a.swf"><param name="b" value="c">二<p>三</p><img src="d.jpg"></object>'
    assert texts(html) == ["一二", "三", ""]
    assert blocks(html)[2].spans == (Span("", src="d.jpg"),)


def test_of_a_drawing_only_the_html_in_it_is_text() -> None:
    drawing = (
        "<svg>无<g><title>无</title><text>无</text><desc><p>无</p></desc><foreignObject>{}</foreignObject>无</g></svg>"
    )
    html = f"<p>一{drawing.format('<div>二</div>三')}四{drawing.format('')}五</p>"
    assert texts(html) == ["一", "二", "三", "四", "五"]
    assert texts("<p>一<svg> <path></path> </svg>二</p>") == ["一二"]


def test_what_is_hidden_is_marked_and_not_lost() -> None:
    page = segment(read_html('<div style="display: none">甲</div><p style="--footer-display: none">乙</p>'))
    hidden = [":hidden" in page.containers[block.container].words for block in page.blocks]
    assert hidden == [True, False]


def test_scripts_and_styles_are_no_text_and_noscript_is() -> None:
    html = "<script>var a</script><style>p{}</style><noscript><p>帖子</p></noscript><template>x</template>"
    assert texts(html) == ["帖子"]


@pytest.mark.parametrize("depth", [300, 5000])
def test_text_is_found_however_deep_it_stands(depth: int) -> None:
    assert texts("<div>" * depth + "深处") == ["深处"]


def test_frames_are_no_deeper_than_writers_go_and_containers_are() -> None:
    page = segment(read_html("<ul><li>深" * 50 + "</li></ul>" * 50 + "<ol><li>浅"))
    assert [len(block.frames) for block in page.blocks] == [min(2 * depth, 12) for depth in range(1, 51)] + [2]
    assert page.containers[page.blocks[49].container].tag == "li"
    assert sum(container.tag == "li" for container in page.containers) == 51


def test_a_second_document_in_the_page_is_read_too() -> None:
    assert texts("<html><body><p>一</p></body></html><html><body><p>二</p></body></html>") == ["一", "二"]


@given(st.text(alphabet=st.sampled_from("<>/abpdivtrul =\"'&;一。\n "), max_size=300))
def test_any_markup_gives_blocks_in_place(markup: str) -> None:
    page = segment(read_html(markup))
    for block in page.blocks:
        assert 0 <= block.container < max(1, len(page.containers))
        assert block.text == block.text.strip(" \n")
    assert all(box.parent < index for index, box in enumerate(page.containers))


@given(st.lists(st.text(alphabet="甲乙丙abc", min_size=1, max_size=8), max_size=12))
def test_all_visible_text_is_kept_in_order(words: list[str]) -> None:
    tags = ("p", "div", "span", "li", "td", "b")
    html = "".join(f"<{tag}>{word}</{tag}>" for word, tag in zip(words, tags * 3, strict=False))
    assert "".join(texts(html)) == "".join(words)
