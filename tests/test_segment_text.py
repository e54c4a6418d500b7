"""Dumps of every kind → blocks, judged by what a reader of the dump sees."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.models import Block, Blocks, Container, FrameKind, Kind
from newsclean.page import TextPage, read_text
from newsclean.segment.text import segment


def blocks(text: str) -> tuple[Block, ...]:
    return segment(read_text(text)).blocks


def texts(text: str) -> list[str]:
    return [block.text for block in blocks(text)]


def frames(block: Block) -> list[tuple[FrameKind, int]]:
    return [(frame.kind, frame.id) for frame in block.frames]


def test_an_empty_dump_has_a_root_and_no_blocks() -> None:
    assert segment(TextPage(("", " \t", "\u3000", "\u200b"))) == Blocks((), (Container("", -1),), dump=True)


def test_a_line_of_a_browser_dump_is_a_block_with_its_gap_indent_and_span() -> None:
    found = blocks("首页\n新闻\n\n\n　　云河市  今日植树。\n\t市长  到场。")
    assert [(b.text, b.gap, b.indent) for b in found] == [
        ("首页", 0, 0),
        ("新闻", 0, 0),
        ("云河市 今日植树。", 2, 4),
        ("市长 到场。", 0, 8),
    ]
    assert all(b.spans[0].text == b.text and len(b.spans) == 1 and b.tag == "" for b in found)
    assert {b.kind for b in found} == {Kind.PARAGRAPH}


WRAPPED_MAIL = """\
The council of Oakham voted on Tuesday to rebuild the old bridge over
the river Wend, which had been closed since a flood damaged two of its
piers in the spring of last year.

Mayor Ida Lindqvist said that work would begin in May and that the well-
known bridge would be open again before the winter. She thanked the
engineers for their patience.

Contact
Press office
"""


def test_lines_filled_up_to_a_width_are_one_paragraph() -> None:
    assert texts(WRAPPED_MAIL) == [
        "The council of Oakham voted on Tuesday to rebuild the old bridge over the river Wend, which had been closed "
        "since a flood damaged two of its piers in the spring of last year.",
        "Mayor Ida Lindqvist said that work would begin in May and that the well-known bridge would be open again "
        "before the winter. She thanked the engineers for their patience.",
        "Contact",
        "Press office",
    ]


def test_wrapped_chinese_paragraphs_are_joined_without_spaces_and_parted_by_their_first_line_indent() -> None:
    first = "云河市今日举行春季植树活动，共有三千多人参加，市长林一舟到场并讲话，他说植树是好事，要年年做下去，不能停。"
    second = (
        "活动从早上八点开始，到中午结束，共种下松树、柏树和银杏树两千四百棵，其中一半由学生种下，另一半由老人种下。"
    )
    lines = [paragraph[at : at + 20] for paragraph in ("　　" + first, "　　" + second) for at in range(0, 70, 20)]
    assert texts("\n".join(lines)) == [first, second]


def test_headlines_of_like_length_are_not_taken_for_wrapped_lines() -> None:
    headlines = [f"云河市第{at}次春季植树活动今日在城南公园举行" for at in "一二三四五六七八"]
    assert texts("\n".join(headlines)) == headlines


def test_text_nodes_of_one_sentence_are_joined_and_menus_and_bylines_are_not() -> None:
    dump = [
        "首页",
        "新闻",
        "云河植树忙",
        "来源：",
        "云河日报",
        "昨日，云河市在城南公园举行植树活动，全市三千多人参加了这一年一度的活动",
        "，市长",
        "林一舟",
        "（",
        "左二",
        "）也到场。",
        "活动结束。",
        "Home",
        "About us",
        "Trees are planted each spring in the park by the river, as",
        "Oakham News",
        "reported",
        ", and cut in the autumn.",
    ]
    assert texts("\n".join(dump)) == [
        "首页",
        "新闻",
        "云河植树忙",
        "来源：",
        "云河日报",
        "昨日，云河市在城南公园举行植树活动，全市三千多人参加了这一年一度的活动，市长",
        "林一舟",
        "（左二）也到场。",
        "活动结束。",
        "Home",
        "About us",
        "Trees are planted each spring in the park by the river, as Oakham News reported, and cut in the autumn.",
    ]


def test_side_by_side_columns_are_parted_and_a_wrapped_one_is_put_together() -> None:
    article = ["云河市今日举行春季植树活动，全市共有三千多人", "参加了这次活动，市长林一舟到场并讲话。他说，"]
    article += ["植树是一件好事，要年年做下去，一代接着一代干", "，这样山才会绿，水才会清。"]
    dump = "\n".join(
        f"{menu}          {line}" for menu, line in zip(["首页", "新闻", "体育", "财经"], article, strict=True)
    )
    found = blocks(dump)
    assert [b.text for b in found] == ["首页", "".join(article), "新闻", "体育", "财经"]
    assert (found[1].indent, found[1].gap) == (14, 0)


def test_lines_cut_alike_are_rows_of_a_table() -> None:
    found = blocks("Town      Trees     Year\nOakham    120       2019\nWend      80        2020\n\nSource: council")
    assert [(b.kind, b.text) for b in found] == [
        (Kind.ROW, "Town\tTrees\tYear"),
        (Kind.ROW, "Oakham\t120\t2019"),
        (Kind.ROW, "Wend\t80\t2020"),
        (Kind.PARAGRAPH, "Source: council"),
    ]
    assert [cell.spans[0].text for cell in found[1].cells] == ["Oakham", "120", "2019"]
    assert {frames(b)[0][0] for b in found[:3]} == {FrameKind.TABLE}
    assert len({frames(b)[0][1] for b in found[:3]}) == 1


def test_tabs_of_a_browser_keep_empty_cells() -> None:
    found = blocks("树种\t数量\t备注\n松树\t\t已成活")
    assert [b.text for b in found] == ["树种\t数量\t备注", "松树\t\t已成活"]
    assert [len(cell.spans) for cell in found[1].cells] == [1, 0, 1]


def test_bullets_of_a_text_browser_are_nested_lists() -> None:
    found = blocks("  • Home\n  • News\n      □ Local\n\n    More of it\n  • Sport\nText")
    assert [b.text for b in found] == ["Home", "News", "Local", "More of it", "Sport", "Text"]
    home, news, local, more, sport, text = map(frames, found)
    (_, outer), (_, first) = home
    assert news[0] == sport[0] == (FrameKind.LIST, outer)
    assert len({first, news[1][1], sport[1][1]}) == 3
    assert local[:2] == more == news
    assert [kind for kind, _ in local[2:]] == [FrameKind.LIST, FrameKind.ITEM]
    assert text == []


def test_paragraphs_at_the_margin_of_a_page_do_not_go_on_with_a_list_though_ideographic_spaces_indent_them() -> None:
    found = blocks(
        "   　　植树忙。\n     * 松树\n     * 柏树\n       又名翠柏\n\n   　　市长到场。\n\n          （完）"
    )
    assert [(b.text, b.indent, len(b.frames)) for b in found] == [
        ("植树忙。", 7, 0),
        ("松树", 5, 2),
        ("柏树", 5, 2),
        ("又名翠柏", 7, 2),
        ("市长到场。", 7, 0),
        ("（完）", 10, 0),
    ]


@pytest.mark.parametrize("numbers", ["    9. Dig\n   10. Plant\n   11. Water", "   9. Dig\n   10. Plant\n   11. Water"])
def test_a_list_goes_on_behind_its_ninth_item(numbers: str) -> None:
    found = blocks(f"Steps:\n\n{numbers}")[1:]
    assert [b.text for b in found] == ["Dig", "Plant", "Water"]
    assert len({b.frames[0].id for b in found}) == 1
    assert found[0].frames[0].start == 9


@pytest.mark.parametrize(
    "lines",
    [
        ["— Как дела?", "— Хорошо."],
        ["- Kommst du mit?", "- Nein.", "- Schade."],
        ["– Idę, – powiedziała Ewa.", "– Dobrze."],
        ["　　- 你去不去？", "　　- 去。"],
        ["Trees are planted each spring.", "* The name was changed.", "Sport"],
        ["1. Mai 2024", "2. Mai 2024"],
        ["2024. Ein gutes Jahr.", "2025. Ein besseres."],
        ["+ 49 30 555 0101", "+ 49 30 555 0102"],
        ["　　1. 先挖坑。", "　　2. 再种树。"],
    ],
)
def test_dialogue_footnotes_dates_and_telephone_numbers_are_no_lists(lines: list[str]) -> None:
    found = blocks("\n".join(["Home", *lines]))
    assert [b.text for b in found[1:]] == [line.strip() for line in lines]
    assert not any(b.frames for b in found)


def test_lines_with_dashes_and_no_dialogue_are_a_list() -> None:
    assert [(b.text, len(b.frames)) for b in blocks("To plant:\n- pines\n- oaks")[1:]] == [("pines", 2), ("oaks", 2)]


PROSE = "The council voted on Tuesday to rebuild the bridge over the river, which had been closed since the last flood."


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Who will cross it", True),
        ("老桥何时重开", True),
        ("Photo by Ida Lindqvist", False),
        ("云河晚报记者 林一舟", False),
        ("Source: Oakham News", False),
        ("It will cost a lot.", False),
        ("the bridge", False),
        ("According to", False),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_short_line_that_stands_alone_between_long_paragraphs_is_a_heading(
    line: str, is_heading: bool, gap: str
) -> None:
    found = blocks(gap.join(["Home", PROSE, line, "“Soon,” said the mayor. " + PROSE]))[2]
    assert found.text == line
    assert (found.kind is Kind.HEADING, found.level) == (is_heading, 2 * is_heading)


@pytest.mark.parametrize(
    "text", ["\n\n".join([PROSE, "Read this next", PROSE] * 2), f"{PROSE}\n\nWho crosses it\n\nHome"]
)
def test_a_line_that_comes_back_or_stands_before_a_short_one_is_no_heading(text: str) -> None:
    assert not [b for b in blocks(text) if b.level]


def test_numbers_drawn_by_a_renderer_make_an_ordered_list_and_an_authors_stay_text() -> None:
    found = blocks(
        "   The steps:\n\n    3. Dig\n    4. Plant\n\n   1. A number in the text.\n   2. Another.\n   2008. A year."
    )
    assert [b.text for b in found] == [
        "The steps:", "Dig", "Plant", "1. A number in the text.", "2. Another.", "2008. A year.",
    ]  # fmt: skip
    assert [(f.kind, f.start) for f in found[1].frames] == [(FrameKind.ORDERED_LIST, 3), (FrameKind.ITEM, 1)]
    assert not found[3].frames


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("○焦点一 方法科学，种出一片绿色", 2),
        ("一、总体要求", 2),
        ("（二）主要任务", 2),
        ("第三章 附则", 2),
        ("### 植树的办法", 3),
        ("一、要抓好植树工作。", 0),
        ("第三届植树节开幕", 0),
        ("云河植树忙", 0),
        ("■" + "很长的一句话" * 10, 0),
    ],
)
def test_a_sign_of_a_section_makes_a_short_line_a_heading(line: str, level: int) -> None:
    found = blocks(f"今日植树。\n\n{line}\n\n市长到场。")[1]
    assert (found.level, found.kind is Kind.HEADING) == (level, level > 0)
    assert found.text == line.lstrip("# ")


def test_a_row_of_like_signs_is_a_menu_not_headings() -> None:
    assert not [b for b in blocks("■新闻\n■体育\n■财经\n\n正文。") if b.kind is Kind.HEADING]


def test_rules_pictures_and_form_fields_are_no_text() -> None:
    found = blocks("[logo_1]\n[              ] [搜索]\n----\n____\n图：[摄影] 林一舟\n[摘要]\n[Music]")
    assert [(b.kind, b.text) for b in found] == [
        (Kind.IMAGE, ""),
        (Kind.PARAGRAPH, "[搜索]"),
        (Kind.RULE, ""),
        (Kind.PARAGRAPH, "图：[摄影] 林一舟"),
        (Kind.PARAGRAPH, "[摘要]"),
        (Kind.PARAGRAPH, "[Music]"),
    ]


LINKED = """\
   [1]Home [2]News | [3]Sport

     * [4]Ferries
     * [5]Weather

                          Ferry back in service

   By [6]Ida Lindqvist and [7]Tom
   Aldous

   The [8]ferry over the Wend sails again from Tuesday, [9]the harbour office
   said. It had been laid up since a [10]storm damaged its ramp in March, and
   the [11]council paid for the repair after a long dispute with the
   [12]insurer. The report is cited as [2] in the minutes of the council.

   [13]

   [14]Contact
"""

UNLINKED = [
    *("Home News | Sport", "Ferries", "Weather", "Ferry back in service", "By Ida Lindqvist and Tom", "Aldous"),
    "The ferry over the Wend sails again from Tuesday, the harbour office said. It had been laid up since a storm "
    "damaged its ramp in March, and the council paid for the repair after a long dispute with the insurer. The report "
    "is cited as [2] in the minutes of the council.",
    "Contact",
]

LISTS = {
    "lynx": "\nReferences\n\n   Visible links:\n{}\n   Hidden links:\n  15. http://wend.example/logo\n",
    "elinks": "\nReferences\n\n   Visible links\n{}",
    "w3m": "\n\nReferences:\n\n{}",
    "elinks, with titles": "\nReferences\n\n   Visible links\n   0. The news\n\thttp://wend.example/rss\n{}",
    "german": "\nVerweise\n\n{}",
    "no heading": "\n{}",
}


def addresses(form: str, count: int = 14) -> str:
    return "".join(form.format(number, f"http://wend.example/{number}") + "\n" for number in range(1, count + 1))


@pytest.mark.parametrize("browser", LISTS)
def test_the_numbers_of_links_and_the_list_of_their_addresses_are_no_text(browser: str) -> None:
    entries = addresses("[{}] {}" if browser == "w3m" else "{:4}. {}")
    assert texts(LINKED + LISTS[browser].format(entries)) == UNLINKED


def test_a_number_that_is_broken_over_two_lines_is_taken_from_both() -> None:
    body = (
        "   渡口的茶馆昨天开门，头一个进门的是[1]贺长水。\n\n   评书每周说两回，说书的是[2]苗可心，"
        "第一部说的是渡口[\n   3]旧事，听的人坐到了门外。\n"
    )
    found = texts(f"{body}\nReferences\n\n{addresses('{:4}. {}', 3)}")
    assert "".join(found).endswith("说书的是苗可心，第一部说的是渡口旧事，听的人坐到了门外。")


def test_very_many_numbers_from_end_to_end_of_a_page_are_those_of_links_though_no_list_follows() -> None:
    lines = [f"   [{number}]Item {chr(64 + number)} of the menu" for number in range(1, 26)]
    assert texts("\n\n".join(lines)) == [line[line.index("]") + 1 :] for line in lines]


NOTED = "The ferry sails again.{} It had been laid up since March,{} and the council paid{} for the repair of its ramp."


@pytest.mark.parametrize(
    "lines",
    [
        [NOTED.format("[1]", "[2]", "[3]"), "", "References", "", *addresses("{}. {}", 3).splitlines()],
        [NOTED.format(" [1]", " [2]", " [3]"), "", "References:", "", *addresses("[{}] {}", 3).splitlines()],
        ["渡船[1]又开了，区里[2]出了钱，船工[3]都回来了。", "", "参考资料", "", *addresses("[{}] {}", 5).splitlines()],
        ["渡船又开了。[1]区里出了钱。[2]", "", "[1]贺长水. 渡口旧事[M]. 2008.", "[2]苗可心. 岚江志[M]. 2011."],
        [f"据研究[{number}]，渡口的船工在第{number}年又多了几位。" for number in range(1, 26)],
        [f"[{number}]贺长水. 渡口旧事[M]. 岚渡: 岚江出版社, 2008." for number in range(1, 10)],
    ],
)
def test_the_notes_of_an_article_keep_their_marks_and_their_list(lines: list[str]) -> None:
    marks = re.findall(r"\[\d+\]|https?\S+", "\n".join(lines))
    assert re.findall(r"\[\d+\]|https?\S+", "\n".join(texts("\n".join(lines)))) == marks


def test_what_stands_in_a_column_stays_there_without_the_numbers_of_links() -> None:
    prose = [
        "The ferry over the Wend sails again from Tuesday,",
        "the harbour office said. It had been laid up since",
        "a storm damaged its ramp in March, and the council",
        "paid for the repair after a long dispute with the",
        "insurers of the town.",
    ]
    menu = ["[1]Home", "[2]News", "Sport", "[5]Weather", "[3]Jobs"]
    drawn = "\n".join(f"{item:20}{line}" for item, line in zip(menu, prose, strict=True))
    assert texts(f"{drawn}\n\nReferences:\n\n{addresses('[{}] {}', 5)}") == [
        *("Home", " ".join(prose), "News", "Sport", "Weather", "Jobs")
    ]


def lynx(paragraph: str, width: int = 74) -> str:
    """A Chinese paragraph as lynx breaks it: every character counts for one column."""
    inside = width - 3
    return "\n".join(f"   {paragraph[at : at + inside]}" for at in range(0, len(paragraph), inside))


def test_lines_are_joined_that_a_renderer_filled_by_counting_characters() -> None:
    said = (
        "渡口的茶馆关门{}年之后又开了门，街坊们一早就来了，{}岁的船工坐到了靠窗的位子，要了一壶茶，听人说起{}年的旧事"
    )
    paragraphs = [
        said.format(*numbers) * 2 + "。" for numbers in (("11", "83", "1958"), ("十", "八十", "那"), ("2", "7", "9"))
    ]
    menu = ["   首页", "   新闻"]
    assert texts("\n\n".join([*menu, *map(lynx, paragraphs)])) == ["首页", "新闻", *paragraphs]


def test_a_line_below_an_indented_first_line_that_stops_within_a_sentence_goes_on_with_it() -> None:
    first = "渡口的茶馆昨天开门，街坊们一早就来了，头一个进门的是船工贺长水，他坐到了靠窗的位子，那里从1958"
    text = f"   　　{first}\n   年起就是他的。\n   　　茶价由大家商量着定。\n   　　图为渡口\n   资料照片"
    assert texts(text) == [f"{first}年起就是他的。", "茶价由大家商量着定。", "图为渡口", "资料照片"]


def test_a_bracket_that_a_line_leaves_open_is_closed_by_the_next_one() -> None:
    names = "   　　本报讯（记者 江一帆 通讯员\n   苗可心）渡口的茶馆昨天开门。\n   首页（新\n   版面"
    assert texts(names) == ["本报讯（记者 江一帆 通讯员 苗可心）渡口的茶馆昨天开门。", "首页（新", "版面"]


DROPPED = re.compile(r"[-\s_=*~+#—–─━═＿＝﹏\[\]•◦‣⁃∙▪▫·o@○●◎■□◆◇▲△★☆►▶»\d.\u200b-\u200f\u2060\ufeff\u00ad]")
"""What may be a bullet, a rule, or the frame of a picture or field."""

dump_lines = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.text(alphabet="中国人，。“”（）：1. ab-*•○#[]_\t\u3000", max_size=60),
        st.sampled_from(
            ["", "  • item", "      + nested", "a    b    c", "1. x", "2. y", "一、标题", "[pic.jpg]", "----"]
        ),
    ),
    max_size=30,
)


@given(dump_lines)
def test_no_text_is_lost_or_made_up(lines: list[str]) -> None:
    page = read_text("\n".join(line.replace("[", "") for line in lines))
    found = segment(page).blocks
    assert _ink("".join(b.text for b in found)) == _ink("".join(page.lines))
    assert all(b.text == "\t".join(" ".join(part.split()) for part in b.text.split("\t")) for b in found)


@given(st.lists(st.text(alphabet="中国人，。“”（）：ab \u3000", max_size=40), max_size=30))
def test_text_in_one_column_stays_in_order(lines: list[str]) -> None:
    page = TextPage(tuple(" ".join(line.split()) for line in lines))
    found = "".join(b.text for b in segment(page).blocks)
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", "".join(page.lines))


@given(dump_lines)
def test_frames_are_whole(lines: list[str]) -> None:
    found = segment(TextPage(tuple(lines)))
    kinds: dict[int, FrameKind] = {}
    for block in found.blocks:
        assert block.container == 0
        assert [kinds.setdefault(f.id, f.kind) for f in block.frames] == [f.kind for f in block.frames]
        assert (block.kind is Kind.ROW) == bool(block.cells)


def _ink(text: str) -> Counter[str]:
    return Counter(DROPPED.sub("", text))
