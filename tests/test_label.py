"""Blocks are labelled in place: none is lost, moved or made up, and every verdict can be explained."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean import clean
from newsclean.label import phrases, roles
from newsclean.label.body import trimmed
from newsclean.label.explain import reason
from newsclean.label.items import Item, is_breadcrumb, is_insert, is_notice
from newsclean.label.model import HOPELESS, score, trees
from newsclean.label.shape import Shape, units
from newsclean.label.signals import NAMES, measure
from newsclean.models import Article, Block, Blocks, Container, Kind, Role, Span

PARAGRAPHS = (
    "入夏以来，青坪县的三座水库蓄水量比往年多了两成，县里决定把早稻的插秧时间提前一个星期，各乡镇的农技员已经下到田头。",
    "在柳湾村，种了三十年地的梁大川算了一笔账：早插七天，晚稻就能避开寒露风，一亩少说多收五十斤。“水够，心里就有底。”他说。",
    "县农业农村局介绍，全县今年落实早稻面积十二万亩，比去年增加八千亩，种子和肥料已经全部到位，农机手也排好了班。",
    "不过，提前插秧也有风险。气象部门提醒，五月上旬可能有一次倒春寒，秧田要备好薄膜，夜里灌水护苗，不能大意。",
)

PAGE = f"""<html><head><title>水多了早插秧 青坪十二万亩早稻提前七天_农业频道_青坪网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/n">新闻</a> <a href="/s">社会</a> <a href="/f">专题</a></div>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/n">新闻</a> &gt; 正文</div>
<h1>水多了早插秧 青坪十二万亩早稻提前七天</h1>
<div class="info">2021-04-18 09:30 来源：青坪日报 作者：陆知夏</div>
<div class="content">{"".join(f"<p>{text}</p>" for text in PARAGRAPHS)}<p>（责任编辑：田禾）</p></div>
<div class="more"><h3>相关新闻</h3><ul><li><a href="/1">水库开闸放水</a></li><li><a href="/2">农机下乡</a></li>
<li><a href="/3">春耕备耕一线见闻</a></li></ul></div>
<div class="foot">版权所有 青坪网 <a href="/about">关于我们</a> 备案号 00000000</div></body></html>"""


def by_role(article: Article) -> dict[Role, list[str]]:
    found: dict[Role, list[str]] = {}
    for labelled in article.labels:
        found.setdefault(labelled.role, []).append(labelled.block.text)
    return found


def test_a_portal_page_falls_into_its_roles() -> None:
    found = by_role(clean(PAGE))
    assert found[Role.BODY] == list(PARAGRAPHS)
    assert found[Role.TITLE] == ["水多了早插秧 青坪十二万亩早稻提前七天"]
    assert found[Role.BYLINE] == ["2021-04-18 09:30 来源：青坪日报 作者：陆知夏", "（责任编辑：田禾）"]
    assert found[Role.BREADCRUMB] == ["首页 > 新闻 > 正文"]
    assert "相关新闻" in found[Role.RELATED]
    assert found[Role.LEGAL] == ["版权所有 青坪网 关于我们 备案号 00000000"]


def test_the_same_article_is_found_in_a_dump() -> None:
    lines = ["首页 新闻 社会", "水多了早插秧 青坪十二万亩早稻提前七天", "2021-04-18 09:30 来源：青坪日报", *PARAGRAPHS]
    article = clean("\n\n".join([*lines, "相关新闻", "水库开闸放水", "农机下乡"]))
    assert article.text == "\n".join(PARAGRAPHS)


def test_a_page_without_an_article_gives_none() -> None:
    html = "<title>登录</title><ul><li><a href=/>首页</a><li><a href=/h>帮助</a></ul><form>用户名 密码 登录</form>"
    article = clean(html)
    assert (article.text, article.content) == ("", ())
    assert any("no article" in warning for warning in article.warnings)


@pytest.mark.parametrize("data", [b"", b"\x00", b"   \n", b"<html></html>", "<p>", b"\xff\xfe"])
def test_nothing_to_read_is_no_error(data: bytes | str) -> None:
    assert clean(data).text == ""


def test_every_verdict_has_its_reason() -> None:
    for labelled in clean(PAGE).labels:
        columns, place = labelled.signals or ([], 0)
        assert len(columns) == len(NAMES)
        assert all(0 <= place < len(column) for column in columns)
        assert 0.0 <= labelled.confidence <= 1.0
        assert reason(labelled).strip()


def test_a_score_is_the_sum_of_what_the_reasons_say() -> None:
    page = Blocks((Block(PARAGRAPHS[0], tag="p"), Block(PARAGRAPHS[1], tag="p")), (Container("body", -1),))
    scores, columns = score(page, None)
    model = trees("html")
    start = sum(root.value for root in model.roots)
    for place, value in enumerate(scores):
        assert value > HOPELESS  # or not all trees were asked
        assert start + sum(added for _, _, added in model.additions((columns, place))) == pytest.approx(value)


def with_body(more: str) -> Article:
    """The article of the page with `more` behind the last paragraph."""
    return clean(PAGE.replace("<p>（责任编辑：田禾）</p>", more))


@pytest.mark.parametrize("line", ["（本报记者 陆知夏 通讯员 田禾）", "(陆知夏)", "（陆知夏、田禾 文/图）"])
def test_a_signature_that_closes_the_body_stays(line: str) -> None:
    assert with_body(f"<p>{line}</p>").text.endswith(line)
    dump = clean("\n\n".join(["水多了早插秧", "2021-04-18 来源：青坪日报", *PARAGRAPHS, line, "相关新闻", "农机下乡"]))
    assert dump.text.endswith(line)


@pytest.mark.parametrize(
    "line",
    [
        "© 2021 青坪网. All rights reserved.",
        "声明：本网转载此文仅为传递信息，不代表本网观点，如有侵权请联系删除。",
        "分享到微博",
        '<a href="/ad">广告：新米上市</a>',
        "（责任编辑：田禾）",
    ],
)
def test_notices_buttons_and_credits_are_no_text(line: str) -> None:
    assert with_body(f"<p>{line}</p>").text == "\n".join(PARAGRAPHS)


def test_a_byline_above_the_first_paragraph_is_no_text() -> None:
    moved = PAGE.replace('<div class="content">', '<div class="content"><p>2021-04-18 09:30 来源：青坪日报</p>')
    assert clean(moved).text == "\n".join(PARAGRAPHS)


def items_of(*texts: str, href: str | None = None) -> list[Item]:
    """A page of these paragraphs, as the rules see it; with `href`, all are links."""
    page = Blocks(tuple(Block(text, spans=(Span(text, href=href),), tag="p") for text in texts), BOXES[:1])
    columns = measure(Shape(page), None)
    return [Item(block, (columns, place)) for place, block in enumerate(page.blocks)]


def left(*texts: str, href: str | None = None) -> list[str]:
    """What is left of a body of these paragraphs when its ends are trimmed."""
    items = items_of(*texts, href=href)
    kept = trimmed(items, [True] * len(items))
    return [item.text for item, what in zip(items, kept, strict=True) if what]


@pytest.mark.parametrize(
    "sentence",
    [
        "法院最终认定平台侵权成立，判令赔偿原告经济损失五十万元。",
        "原告当庭表示不上诉。未经许可不得转载，这是业内早有的底线，他说。",
        "招标文件自即日起可在县政务大厅领取，联系方式由各乡镇另行公布。",
        "Judge Mary Holt found that the firm had breached privacy law.",
        "The firm must delete the records by June and pay for a new privacy officer.",
    ],
)
def test_news_of_rights_keeps_its_first_and_last_sentence(sentence: str) -> None:
    assert left(sentence, PARAGRAPHS[0], sentence) == [sentence, PARAGRAPHS[0], sentence]


@pytest.mark.parametrize(
    "notice",
    [
        "声明：本网转载此文仅为传递信息，不代表本网观点，如有侵权请联系删除。",
        "版权所有 青坪网",
        "© 2021 Ashcombe Gazette. All rights reserved.",
        "分享到朋友圈",
        "Read more",
    ],
)
def test_notices_and_pointers_go_off_both_ends(notice: str) -> None:
    assert left(notice, *PARAGRAPHS, notice, notice) == list(PARAGRAPHS)


def test_a_long_list_of_what_looks_like_notices_belongs_to_the_body() -> None:
    lines = [f"{town}镇便民服务点 电话：0000-12345{number}" for number, town in enumerate("甲乙丙丁")]
    assert left(*PARAGRAPHS, *lines[:3]) == list(PARAGRAPHS)
    assert left(*PARAGRAPHS, *lines) == [*PARAGRAPHS, *lines]


@pytest.mark.parametrize(
    ("text", "insert"),
    [
        ("Related: Why the ferry needs a second chain", True),
        ("【相关报道】青坪渡口恢复通航", True),
        ("广告：新米上市", True),
        ("4. Write for readers first and for search engines last", False),
        ("第七张专辑《渡口 Journey Home》", False),
    ],
)
def test_a_link_in_the_body_leads_elsewhere_by_a_phrase_that_opens_it(text: str, insert: bool) -> None:
    assert [is_insert(item) for item in items_of(text, href="/a")] == [insert]


@pytest.mark.parametrize(
    "line",
    [
        "2021-04-18 09:30 来源：青坪日报",
        "（2021年4月18日 星期日）",
        "By Rosalind Achterberg",
        "18 March 2024, 10:20 GMT",
    ],
)
def test_bylines_go_off_the_start(line: str) -> None:
    assert left(line, *PARAGRAPHS) == list(PARAGRAPHS)
    assert left(line, *PARAGRAPHS, href="/a") == [line, *PARAGRAPHS]


def test_dated_lines_of_a_chronicle_stay() -> None:
    lines = ["2021年1月5日 水库除险加固工程开工建设", "2021年3月22日 大坝主体混凝土浇筑过半"]
    assert left(*lines, *PARAGRAPHS) == [*lines, *PARAGRAPHS]
    dates = [f"2021年{month}月" + "5日 记者在大坝采访" for month in range(1, 5)]
    assert left(*dates, *PARAGRAPHS) == [*dates, *PARAGRAPHS]


def test_a_lone_dated_line_goes_off_from_below_the_standfirst_and_no_further_down() -> None:
    standfirst, dated = "两岸的果农等这座桥等了三十年。", "2021年4月18日 09:30"
    assert left(standfirst, dated, *PARAGRAPHS) == [standfirst, *PARAGRAPHS]
    for told in ([*PARAGRAPHS, dated], [standfirst, dated, PARAGRAPHS[0], "2021年4月19日", PARAGRAPHS[1]]):
        assert left(*told) == told


def test_all_of_a_caption_is_one_but_for_what_announces_it_to_those_who_cannot_see() -> None:
    label, said = "图片加注文字，", "秧田里的梁大川。"
    caption = f"<figcaption><span>{label}</span><p>{said}</p></figcaption>"
    page = PAGE.replace("<p>不过", f'<figure><img src="/a.jpg">{caption}</figure><p>不过')
    found = by_role(clean(page))
    assert said in found[Role.CAPTION]
    assert label not in found[Role.CAPTION] + found[Role.BODY]
    assert f"*{said}*" in clean(page).markdown


def test_a_breadcrumb_has_signs_between_its_steps_and_not_within_words() -> None:
    crumbs, headline = items_of("Home - News - Ferries", "State-of-the-art ferry is back on the Dray")
    assert (is_breadcrumb(crumbs), is_breadcrumb(headline)) == (True, False)


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("We use cookies to make this site better for you.", True),
        ("Cookies and privacy", True),
        ("您访问的内容需要登录后才能查看，请先登录。", True),
        ("Parliament votes on cookies on Monday.", False),
        ("法院认定这家平台侵权，判令它赔偿五十万元。", False),
    ],
)
def test_a_notice_speaks_to_its_reader_and_news_of_others(text: str, notice: bool) -> None:
    assert is_notice(text) == notice


def test_code_behind_the_last_paragraph_stays() -> None:
    article = with_body("<pre><code>$ count rice.csv\n42</code></pre>")
    assert article.text.endswith("$ count rice.csv\n42")


def test_a_table_is_kept_or_dropped_whole() -> None:
    rows = "".join(
        f"<tr><td>{town}</td><td>{number}</td></tr>" for town, number in zip("甲乙丙丁", "1234", strict=True)
    )
    shown = [
        row for row in "甲乙丙丁" if f"| {row}" in with_body(f"<table>{rows}</table><p>{PARAGRAPHS[1]}</p>").markdown
    ]
    assert shown in ([], list("甲乙丙丁"))


def test_a_page_that_only_asks_for_scripts_holds_no_article() -> None:
    notice = "Please enable JavaScript to read this page. This site needs it to show you anything at all. " * 2
    assert clean(f"<title>App</title><noscript><p>{notice}</p></noscript><div id=app></div>").text == ""


BLOCKS = st.lists(
    st.builds(
        Block,
        text=st.text(max_size=60) | st.sampled_from([*PARAGRAPHS, "相关新闻", "2021-04-18 来源：青坪日报", ""]),
        kind=st.sampled_from([Kind.PARAGRAPH, Kind.HEADING, Kind.ROW, Kind.IMAGE, Kind.CODE]),
        gap=st.integers(0, 3),
        indent=st.integers(0, 9),
        tag=st.sampled_from(["", "p", "li", "figcaption"]),
        container=st.integers(0, 2),
    ),
    max_size=20,
)
BOXES = (Container("body", -1), Container("div", 0, "content"), Container("div", 1, "side :hidden"))


@settings(max_examples=20)
@given(BLOCKS, st.none() | st.text(max_size=20), st.booleans())
def test_labelling_keeps_count_and_order(made: list[Block], title: str | None, dump: bool) -> None:
    page = Blocks(tuple(made), BOXES, dump=dump)
    labelled = roles.assign(page, score(page, title))
    assert [one.block for one in labelled] == made
    assert {one.dump for one in labelled} <= {dump}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("相关新闻：", "related"),
        ("Read more", "related"),
        ("版权所有 青坪网", "legal"),
        ("扫码关注公众号", "promotion"),
        ("来源：青坪日报", "byline"),
        ("（责任编辑：田禾）", "credit"),
        ("网友评论", "comment"),
    ],
)
def test_phrases_tell_what_a_short_block_is(text: str, kind: str) -> None:
    assert dict(zip(phrases.KINDS, phrases.found(text), strict=True))[kind]


def test_services_to_share_with_are_phrases_in_a_table_of_their_own() -> None:
    names = [name for line in phrases.SERVICES for name in line.split("|")]
    promotion = phrases.KINDS.index("promotion")
    assert [name for name in names if not phrases.found(name.title())[promotion]] == []
    others = "|".join(line for lines in phrases.PHRASES.values() for line in lines if line not in phrases.SERVICES)
    assert set(names) & set(others.split("|")) == set()


def test_a_phrase_counts_only_where_it_is_a_word_and_the_block_is_short() -> None:
    assert not any(phrases.found("Homer sang of ships"))  # no "home"
    assert phrases.found("相关新闻" + "，".join(PARAGRAPHS)) == phrases.NONE_FOUND


def test_a_sentence_is_about_as_long_in_every_language() -> None:
    chinese = units("村里人说，桥修好了，孩子上学不用再绕路。")
    english = units("Now that the bridge is done, villagers say, children walk straight to school.")
    assert 0.5 < chinese / english < 2
