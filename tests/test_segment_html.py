"""HTML is cut into blocks that keep all visible text, in order, with the structure that a writer needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.models import Block, FrameKind, Kind, Mark, Span
from newsclean.page import looks_like_html, read_html
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
    assert "".join(texts(html)).replace("\t", "") == "前一二后三四" or set("".join(texts(html))) >= set("前一二三四后")


@pytest.mark.parametrize("colspan", ["9007199254740991", "-1", "0", "x", "²", ""])
def test_an_absurd_colspan_is_no_trouble(colspan: str) -> None:
    html = f'<table><tr><td colspan="{colspan}">一<td>二<tr><td>三<td>四</table>'
    assert blocks(html)[0].cells[0].colspan in range(1, 1001)


def test_code_keeps_its_lines_and_names_its_language() -> None:
    (block,) = blocks('<pre><code class="language-Python">\nif a:\n    b()\n</code></pre>')
    assert (block.kind, block.text, block.language) == (Kind.CODE, "if a:\n    b()", "python")


def test_prose_set_in_pre_is_read_as_paragraphs() -> None:
    html = "<pre>\u3000\u3000第一段说的是河。\n\u3000\u3000第二段说的是桥。</pre>"
    assert texts(html) == ["第一段说的是河。", "第二段说的是桥。"]


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


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html><title>x</title>", True),
        ("\ufeff\n <HTML lang=zh><body>", True),
        ("<p>一段</p><p>又一段</p><br>", True),
        ("来源:沄州日报 2019-03-12\n\n清明还没到,油菜花已经谢了。", False),
        ("How to write <b>bold</b>, <p> and <br> by hand\n" + "It is an old craft, and a patient one. " * 60, False),
        ("a < b and c > d", False),
        ("", False),
    ],
)
def test_a_page_is_told_from_a_dump_by_its_content(text: str, is_html: bool) -> None:
    assert looks_like_html(text) is is_html
