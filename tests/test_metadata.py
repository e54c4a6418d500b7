"""Metadata: every field from the visible lines, from the declarations, and from neither.

All people, places and news are invented.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean import clean
from newsclean.metadata import extract, mark
from newsclean.models import Block, Container, Frame, FrameKind, Image, Kind, LabelledBlock, Metadata, Role, Span
from newsclean.page import TextPage, read_html

BODY = (
    "昨日上午，青石镇新修的石桥正式通车，两岸居民往来只需五分钟。"
    "镇里的老人说，这一天他们等了三十年，桥头挤满了来看热闹的人。"
)
MORE = "据了解，石桥全长一百二十米，桥面宽九米，总投资两千万元，去年三月动工，今年完工，比原计划提前了两个月。"
ENGLISH = (
    "The new stone bridge was opened to the public on Monday, "
    "and the people of the town walked over it for the first time."
)

Line = tuple[Role, str]


def label(*lines: Line) -> tuple[LabelledBlock, ...]:
    return tuple(LabelledBlock(Block(text, spans=(Span(text),)), role, 1.0) for role, text in lines)


def dump(*lines: Line) -> Metadata:
    return extract(TextPage(tuple(text for _, text in lines)), label(*lines))


def around_body(byline: str = "", end: str = "", body: Sequence[str] = (BODY, MORE)) -> Metadata:
    """The metadata of a dump whose byline, and line after the body, are these."""
    top = [(Role.TITLE, "青石镇石桥通车"), (Role.BYLINE, byline)]
    return dump(*top, *((Role.BODY, text) for text in body), *([(Role.OTHER, end)] if end else []))


def declared(head: str, url: str | None = None) -> Metadata:
    """The metadata of a page that shows only a body, and declares the rest."""
    page = read_html(f"<!DOCTYPE html><html lang='zh'><head>{head}</head><body><p>{BODY}</p></body></html>")
    return extract(page, label((Role.BODY, BODY)), url)


def json_ld(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def test_a_dump_without_any_label_but_the_body() -> None:
    meta = dump(
        (Role.OTHER, "南山新闻 北山新闻 青石新闻"),
        (Role.OTHER, "村镇网 > 云西 > 南山市 > 青石新闻 > 正文"),
        (Role.OTHER, "石桥连两岸、通途惠万家，全镇出行条件大改善——新桥通车 老人圆梦"),
        (Role.OTHER, "来源:南山日报 2019-03-04 09:21   https://www.example.org/"),
        (Role.BODY, BODY),
        (Role.BODY, MORE),
        (Role.OTHER, "(本报记者 林小禾)"),
        (Role.OTHER, "新闻推荐"),
    )
    assert meta.title == "石桥连两岸、通途惠万家，全镇出行条件大改善——新桥通车 老人圆梦"
    assert meta.breadcrumb == ("村镇网", "云西", "南山市", "青石新闻")
    assert (meta.source, meta.date, meta.authors) == ("南山日报", "2019-03-04T09:21", ("林小禾",))
    assert meta.url == "https://www.example.org/"
    assert meta.language == "zh"
    assert dict(meta.origins)["source"] == "visible byline"


@pytest.mark.parametrize(
    ("byline", "source", "date", "authors"),
    [
        ("2019-03-04 09:21:05　来源: 南山日报　作者:林小禾", "南山日报", "2019-03-04T09:21:05", ("林小禾",)),
        ("发布时间：2019年03月04日 09:21 稿源：云西网-《云西晚报》", "云西网-《云西晚报》", "2019-03-04T09:21", ()),
        ("2019-03-04 09:21来源：证券快报网作者：周大川", "证券快报网", "2019-03-04T09:21", ("周大川",)),
        ("作者：夜半听雨 ｜ ２０１９年３月４日 ｜ 阅读 1203", None, "2019-03-04", ("夜半听雨",)),
        ("2019.3.4 | 来源 云西网 | 浏览次数：88", "云西网", "2019-03-04", ()),
        ("2019/03/04 南山日报", "南山日报", "2019-03-04", ()),
        (
            "林小禾／綜合報導 發布時間：2019-03-04 18:28 更新時間：2019-03-05 08:00",
            None,
            "2019-03-04T18:28",
            ("林小禾",),
        ),
        ("南山日报记者 林小禾 通讯员 周大川 李 静", None, None, ("林小禾", "周大川", "李静")),
        ("来源：网络 2019-02-30 编辑推荐", None, None, ()),
        ("3小时前", None, None, ()),
        (
            "http://news.example.org 2019年03月04日 09:21 南山晚报 【字体：大 中 小】【打印】【推荐】",
            "南山晚报",
            "2019-03-04T09:21",
            (),
        ),
        ("09:212019/03/04", None, "2019-03-04T09:21", ()),
        ("南山快讯／范姜小禾 2019年03月04日 09:21:00", "南山快讯", "2019-03-04T09:21:00", ("范姜小禾",)),
        ("云西闻见 2019-03-04 09:21", "云西闻见", "2019-03-04T09:21", ()),
        ("最近更新 2019-03-04 09:21", None, "2019-03-04T09:21", ()),
        ("原创 StoneBridge 2019-03-04 09:21", None, "2019-03-04T09:21", ("StoneBridge",)),
        ("作者：青山&石桥 2019-03-04", None, "2019-03-04", ("青山&石桥",)),
        ("2019-03-04 作者：林小禾周大川", None, "2019-03-04", ("林小禾", "周大川")),
        ("2019-03-04 作者：石桥上的周先生", None, "2019-03-04", ("石桥上的周先生",)),
        ("記者 林小禾_高雄 2019/03/04", None, "2019-03-04", ("林小禾",)),
    ],
)
def test_bylines(byline: str, source: str | None, date: str | None, authors: tuple[str, ...]) -> None:
    meta = around_body(byline)
    assert (meta.source, meta.date, meta.authors) == (source, date, authors)


@pytest.mark.parametrize(
    ("byline", "date", "authors"),
    [
        ("By Jane Doe and John van Roe | May 1, 2024 at 3:45 PM", "2024-05-01T15:45", ("Jane Doe", "John van Roe")),
        ("Written by Jane Doe, Staff Writer", None, ("Jane Doe",)),
        ("1 May 2024, 08:30", "2024-05-01T08:30", ()),
        ("Wed 1 May 2024 08.30 GMT", "2024-05-01T08:30Z", ()),
        ("By Jane Doe and John van Roe in Bluestone", None, ("Jane Doe", "John van Roe")),
        ("Posted on 05/31/2024", "2024-05-31", ()),
        ("By Example News Desk", None, ("Example News Desk",)),
        ("By J. R. Roe | May 1, 2024", "2024-05-01", ("J. R. Roe",)),
        ("By Dr. Jane Doe, Ph.D., and John Roe", None, ("Dr. Jane Doe", "John Roe")),
        ("By Jane Doe, Ann Roe, and John Poe", None, ("Jane Doe", "Ann Roe", "John Poe")),
        ("ByJane Doe", None, ("Jane Doe",)),
        ("Posted by quayside | May 1, 2024", "2024-05-01", ("quayside",)),
        ("May 1, 2024 By Jane Doe 4 Comments", "2024-05-01", ("Jane Doe",)),
        ("By Jane Doe. Reviewed by John Roe", None, ("Jane Doe",)),
        ("Jane Doe | Senior Writer | May 1, 2024", "2024-05-01", ("Jane Doe",)),
        ("Words: Jane Doe Senior Editor", None, ("Jane Doe",)),
        ("Von Jonas Beispiel und Anna Muster", None, ("Jonas Beispiel", "Anna Muster")),
        ("Par Jeanne Exemple et Luc Modèle", None, ("Jeanne Exemple", "Luc Modèle")),
        ("Por Ana Ejemplo y Juan de la Muestra", None, ("Ana Ejemplo", "Juan de la Muestra")),
        ("Por Santiago Prueba y Valle", None, ("Santiago Prueba y Valle",)),
        ("Di Carla Esempio", None, ("Carla Esempio",)),
        ("Door Jan van den Berg", None, ("Jan van den Berg",)),
        ("Autor: Jonas Beispiel", None, ("Jonas Beispiel",)),
        ("Medically reviewed by Jane Doe", None, ()),
        ("Photos by Jane Doe", None, ()),
        ("Edited by Jane Doe", None, ()),
        ("By clicking here you agree to our terms", None, ()),
        ("By desk@example.org", None, ()),
        ("At least half of the content by weight", None, ()),
        ("Friday May 31, 2024 @08:00PM", "2024-05-31T20:00", ()),
        ("May 31 Fri 2024 00:28", "2024-05-31T00:28", ()),
        ("3 Sept. 2024 · 12 min read", "2024-09-03", ()),
        ("2024 May 31", "2024-05-31", ()),
        ("September 2024", None, ()),
        (
            "Notes - Published: 2024.05.31 | bridges | towns | stone | rivers | the works of the county",
            "2024-05-31",
            (),
        ),
        ("2024-05-31 08:30 +0800", "2024-05-31T08:30+08:00", ()),
        ("2024-05-31 08:30 (GMT-5)", "2024-05-31T08:30-05:00", ()),
        ("2024-05-31 08:30 UTC+5:30", "2024-05-31T08:30+05:30", ()),
        ("May 31, 2024 8:30 am EST", "2024-05-31T08:30", ()),
        ("2024-05-31 08:30-10:00", "2024-05-31T08:30", ()),
    ],
)
def test_western_bylines(byline: str, date: str | None, authors: tuple[str, ...]) -> None:
    meta = dump((Role.TITLE, "Town opens bridge"), (Role.BYLINE, byline), (Role.BODY, ENGLISH), (Role.BODY, ENGLISH))
    assert (meta.date, meta.authors, meta.language) == (date, authors, "en")


@pytest.mark.parametrize(
    ("byline", "date"),
    [
        ("입력 2024.05.31. 오후 8:30", "2024-05-31T20:30"),
        ("2024年5月31日 午後8時30分", "2024-05-31T20:30"),
        ("Publié le 1er mai 2024 à 14h30", "2024-05-01T14:30"),
        ("5 de mayo del 2024", "2024-05-05"),
        ("7 października 2024, 10:15", "2024-10-07T10:15"),
        ("Опубликовано 5 мая 2024, 10:15", "2024-05-05T10:15"),
        ("05.09.2024", "2024-09-05"),
        ("成文日期：2024-05-30", None),
    ],
)
def test_dates_of_other_languages(byline: str, date: str | None) -> None:
    assert around_body(byline).date == date


@pytest.mark.parametrize(
    ("language", "date"), [("en", "2024-05-09"), ("en-GB", "2024-09-05"), ("de", "2024-09-05"), ("en-US", "2024-05-09")]
)
def test_the_language_of_the_page_tells_day_from_month(language: str, date: str) -> None:
    page = read_html(f"<html lang='{language}'><p>{ENGLISH}</p></html>")
    lines = label((Role.TITLE, "Town opens bridge"), (Role.BYLINE, "05/09/2024"), (Role.BODY, ENGLISH))
    assert extract(page, lines).date == date


def stating(published: str, modified: str) -> str:
    return json_ld({"@type": "NewsArticle", "datePublished": published, "dateModified": modified})


@pytest.mark.parametrize(
    ("head", "byline", "date", "modified"),
    [
        (stating("2021-05-01", "2024-05-03"), "Updated May 3, 2024", "2021-05-01", "2024-05-03"),
        (stating("2021-05-01", "2024-05-03"), "May 3, 2024", "2021-05-01", "2024-05-03"),
        (
            stating("2024-05-02T23:30:00Z", "2024-05-03T01:00:00Z"),
            "May 3, 2024 9:30 am",
            "2024-05-03T09:30",
            "2024-05-03T01:00:00Z",
        ),
        (stating("2021-05-01", "2024-05-04"), "May 3, 2024", "2024-05-03", "2024-05-04"),
        ("", "Updated May 3, 2024", "2024-05-03", "2024-05-03"),
        ('<meta name="w-published-date" content="May 3, 2024">', "", "2024-05-03", None),
        ('<meta name="citation_publication_date" content="2024 May 3">', "", "2024-05-03", None),
        ('<link rel="canonical" href="https://news.example/2024/05/03/bridge">', "", "2024-05-03", None),
        (
            '<time datetime="2024-05-03T08:30:00Z">3 hours ago</time>',
            "Posted 3 hours ago",
            "2024-05-03T08:30:00Z",
            None,
        ),
        ("", "Posted 3 hours ago", None, None),
    ],
)
def test_shown_and_stated_dates_are_weighed(head: str, byline: str, date: str | None, modified: str | None) -> None:
    page = read_html(f"<html lang='en'>{head}<p>{ENGLISH}</p></html>")
    shown = [(Role.BYLINE, byline)] if byline else []
    meta = extract(page, label((Role.TITLE, "Town opens bridge"), *shown, (Role.BODY, ENGLISH)))
    assert (meta.date, meta.modified) == (date, modified)


def test_a_byline_below_the_summary_is_read_but_not_those_of_a_list() -> None:
    summary, item = (Role.BODY, ENGLISH), (Role.BYLINE, "May 3, 2024")
    title = (Role.TITLE, "Town opens bridge")
    assert dump(title, summary, summary, summary, item, summary).date == "2024-05-03"
    assert dump(title, *[summary, summary, summary, item] * 7).date is None


def test_the_time_behind_a_body_dates_a_page_that_has_no_other() -> None:
    assert around_body(end="2019-03-04 09:21").date == "2019-03-04T09:21"
    assert around_body(end="2019-03-04").date is None
    assert around_body(end="最后更新：2019-03-04").date == "2019-03-04"


@pytest.mark.parametrize(
    ("end", "editors"),
    [
        ("（责任编辑：张三丰）", ("张三丰",)),
        ("责编：赵一鸣、钱二虎", ("赵一鸣", "钱二虎")),
        ("编辑 赵一鸣 校对 钱二虎", ("赵一鸣", "钱二虎")),
        ("本文来源：云西网 责任编辑：赵一鸣_NX12345", ("赵一鸣",)),
        ("责任编辑： HX666", ()),
    ],
)
def test_editors_after_the_body(end: str, editors: tuple[str, ...]) -> None:
    assert around_body(end=end).editors == editors


@pytest.mark.parametrize(
    ("opening", "closing", "authors"),
    [
        ("云西日报讯（记者林小禾 通讯员周大川）", "", ("林小禾", "周大川")),
        ("", "（文/图 林小禾 周大川）", ("林小禾", "周大川")),
        ("（南山社記者林小禾新北21日電）", "", ("林小禾",)),
        ("", "（图为新桥。记者 周大川 摄）", ()),
        ("", "（記者・波多野透）", ("波多野透",)),
    ],
)
def test_signatures_at_the_ends_of_the_body(opening: str, closing: str, authors: tuple[str, ...]) -> None:
    assert around_body(body=(opening + BODY, MORE + closing)).authors == authors


def test_a_picture_before_the_first_paragraph_hides_no_signature() -> None:
    picture = LabelledBlock(Block("", Kind.IMAGE, (Span("", src="bridge.jpg"),)), Role.BODY, 1.0)
    opening = label((Role.BODY, "（南山社记者林小禾云西4日电）" + BODY))
    assert extract(TextPage(()), (picture, *opening, picture)).authors == ("林小禾",)


def test_a_date_of_other_articles_is_none() -> None:
    meta = dump(
        (Role.TITLE, "青石镇石桥通车"),
        (Role.BODY, BODY),
        (Role.BODY, MORE),
        (Role.RELATED, "隔壁镇也修桥 2011-11-11"),
        (Role.COMMENT, "网友甲 发表于 2012-12-12 10:00"),
        (Role.LEGAL, "版权所有 2001-2020"),
    )
    assert meta.date is None


def test_the_visible_local_time_wins_over_declared_utc() -> None:
    html = f'<meta property="article:published_time" content="2019-03-04T01:21:00Z"><p>{BODY}</p>'
    lines = label((Role.TITLE, "青石镇石桥通车"), (Role.BYLINE, "2019-03-04 09:21 更新：2019-03-05"), (Role.BODY, BODY))
    meta = extract(read_html(html), lines)
    assert (meta.date, meta.modified) == ("2019-03-04T09:21", "2019-03-05")


@pytest.mark.parametrize(
    ("shown", "stated", "date"),
    [
        ("2019-03-04", "2019-03-04T01:21:00Z", "2019-03-04T01:21:00Z"),
        ("2019-03-04 09:21", "2019-03-04T09:21:37+08:00", "2019-03-04T09:21:37+08:00"),
        ("2019-03-04 09:21", "2019-03-04T09:21:00+08:00", "2019-03-04T09:21"),
        ("2019-03-04", "2019-03-05T09:21:00+08:00", "2019-03-04"),
        ("图文解读：《青石镇石桥管理办法》 2019-03-14", "2019-03-04T09:21:00+08:00", "2019-03-04T09:21:00+08:00"),
        ("09:212019/03/04", "2019-03-04T09:21:00+08:00", "2019-03-04T09:21:00+08:00"),
    ],
)
def test_a_declared_date_refines_a_visible_one_that_it_agrees_with(shown: str, stated: str, date: str) -> None:
    page = read_html(f'<meta property="article:published_time" content="{stated}"><p>{BODY}</p>')
    lines = label((Role.TITLE, "青石镇石桥通车"), (Role.BYLINE, shown), (Role.BODY, BODY))
    assert extract(page, lines).date == date


def test_a_marked_date_in_the_table_above_the_headline_wins_over_a_declared_one() -> None:
    page = read_html(f'<meta name="PubDate" content="2019-05-16 12:34:05"><p>{BODY}</p>')
    table = [(Role.BYLINE, "发文日期："), (Role.BYLINE, "2019-03-14"), *[(Role.OTHER, "主动公开")] * 6]
    title = (Role.TITLE, "青石镇石桥管理办法")
    lines = label(*table, title, (Role.BODY, "（2019年3月4日）"), (Role.BODY, BODY), (Role.BODY, MORE))
    assert extract(page, lines).date == "2019-03-14"


@pytest.mark.parametrize(("name", "source"), [("南山晚报", "南山晚报"), ("社会新闻", None), ("举报", None)])
def test_an_outlet_that_stands_alone_beside_the_date(name: str, source: str | None) -> None:
    lines = [(Role.BYLINE, "2019-03-04 09:21"), (Role.OTHER, name), (Role.OTHER, "林小禾")]
    assert dump((Role.TITLE, "青石镇石桥通车"), *lines, (Role.BODY, BODY), (Role.BODY, MORE)).source == source


def test_linked_authors_of_one_byline() -> None:
    spans = (Span("By "), Span("Jane Doe", href="/jane"), Span(" and "), Span("John Roe", href="/john"), Span(" in Y"))
    byline = LabelledBlock(Block("".join(span.text for span in spans), spans=spans), Role.BYLINE, 1.0)
    lines = (*label((Role.TITLE, "Town opens bridge")), byline, *label((Role.BODY, ENGLISH)))
    assert extract(TextPage(()), lines).authors == ("Jane Doe", "John Roe")


HEADLINE = (Role.TITLE, "Town opens bridge")


def author_link(text: str, href: str, role: Role = Role.NAVIGATION) -> LabelledBlock:
    return LabelledBlock(Block(text, spans=(Span(text, href=href),)), role, 1.0)


@pytest.mark.parametrize(
    ("before", "link", "href", "authors"),
    [
        ("Share", "Jane Doe", "/authors/jane-doe", ("Jane Doe",)),
        ("Share", "quayside", "https://example.org/author/47", ("quayside",)),
        ("Share", "By Jane Doe", "/profile/jane-doe", ("Jane Doe",)),
        ("Share", "Our Harbour", "/people/join-us", ()),
        ("Share", "View all posts", "/author/jane-doe", ()),
        ("Share", "Senior Writer", "/author/jane-doe", ()),
        ("Reviewed by", "Jane Doe", "/authors/jane-doe", ()),
    ],
)
def test_a_link_to_a_page_about_an_author(before: str, link: str, href: str, authors: tuple[str, ...]) -> None:
    top, body = label(HEADLINE, (Role.OTHER, before)), label((Role.BODY, ENGLISH), (Role.BODY, ENGLISH))
    assert extract(TextPage(()), (*top, author_link(link, href), *body)).authors == authors


def test_authors_in_lines_of_their_own_and_those_of_a_teaser() -> None:
    two = (author_link("Jane Doe", "/authors/jane-doe"), author_link("John Roe", "/authors/john-roe"))
    body, teaser = label((Role.BODY, ENGLISH), (Role.BODY, ENGLISH)), label((Role.RELATED, "By Ann Poe"))
    assert extract(TextPage(()), (*label(HEADLINE), *two, *body, *teaser)).authors == ("Jane Doe", "John Roe")
    assert extract(TextPage(()), (*label(HEADLINE), *body, *teaser)).authors == ()


@pytest.mark.parametrize(
    ("words", "text", "authors"),
    [
        ("post-author", "Jane Doe", ("Jane Doe",)),
        ("post-author", "Jane Doe Senior Writer", ("Jane Doe",)),
        ("byline", "Harbour Desk", ("Harbour Desk",)),
        ("byline", "Staff Writer", ()),
        ("byline", "Sat 4 May", ()),
        ("comment-author", "Jane Doe", ()),
        ("teaser", "Jane Doe", ()),
    ],
)
def test_an_element_that_is_called_author(words: str, text: str, authors: tuple[str, ...]) -> None:
    containers = (Container("body", -1, "single-author"), Container("div", 0, words), Container("p", 1))
    author = LabelledBlock(Block(text, spans=(Span(text),), container=2), Role.OTHER, 1.0)
    lines = (*label(HEADLINE), author, *label((Role.BODY, ENGLISH), (Role.BODY, ENGLISH)))
    assert extract(TextPage(()), lines, containers=containers).authors == authors


def test_the_author_named_after_the_body_gives_way_to_the_declared_one() -> None:
    lines = label(HEADLINE, (Role.BODY, ENGLISH), (Role.BODY, ENGLISH), (Role.OTHER, "Written by Ann Poe"))
    page = read_html(json_ld({"@type": "Article", "headline": "x", "author": "Jane Doe"}))
    advertised = label(HEADLINE, (Role.BODY, ENGLISH), (Role.BODY, ENGLISH), (Role.OTHER, "by Adwell"))
    assert extract(TextPage(()), lines).authors == ("Ann Poe",)
    assert extract(TextPage(()), advertised).authors == ()
    assert extract(page, lines).authors == ("Jane Doe",)


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ('<meta name="author" content="https://example.org/"><meta name="byl" content="By Jane Doe">', ("Jane Doe",)),
        ('<meta name="author" content="Harbour Desk"><meta name="byl" content="Jane Doe">', ("Jane Doe",)),
        ('<meta name="author" content="Harbour Desk">', ("Harbour Desk",)),
        ('<meta name="author" content="admin">', ()),
        ('<meta name="author" content="{{ page.author }}">', ()),
        (
            '<meta name="citation_author" content="Doe, Jane"><meta name="citation_author" content="Roe, John">',
            ("Jane Doe", "John Roe"),
        ),
        (
            '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">',
            ("Jane Doe",),
        ),
        ('<meta name="twitter:label1" content="Time to read"><meta name="twitter:data1" content="Jane Doe">', ()),
        (json_ld({"@type": "Article", "headline": "x", "author": {"@type": "Person", "name": "quay"}}), ("quay",)),
        (json_ld({"@type": "Article", "headline": "x", "author": "Jane Doe, MD, The Harbour Times"}), ("Jane Doe",)),
    ],
)
def test_declared_western_authors(head: str, authors: tuple[str, ...]) -> None:
    assert declared(head).authors == authors


@pytest.mark.parametrize(("kind", "authors"), [("Person", ("Harbour",)), ("Organization", ())])
def test_the_site_as_its_own_author(kind: str, authors: tuple[str, ...]) -> None:
    article = {"@type": "Article", "headline": "x", "author": {"@type": kind, "name": "Harbour"}}
    assert declared('<meta property="og:site_name" content="Harbour">' + json_ld(article)).authors == authors


def test_the_declared_names_where_the_page_shows_less_of_them() -> None:
    lines = (*label(HEADLINE), author_link("Jane", "/author/jane"), *label((Role.BODY, ENGLISH), (Role.BODY, ENGLISH)))
    page = read_html(json_ld({"@type": "Article", "headline": "x", "author": "Jane Doe"}))
    assert extract(page, lines).authors == ("Jane Doe",)


def test_the_standfirst_is_the_subtitle_and_the_first_paragraph_is_not() -> None:
    head = "Five years on, the boats are back"
    page = read_html('<meta name="description" content="Five years on the boats are back."><p>x</p>')
    title, byline, body = (Role.TITLE, "Town buys harbour"), (Role.BYLINE, "By Jane Doe"), (Role.BODY, ENGLISH)
    assert extract(page, label(title, (Role.BODY, head), byline, body)).subtitle == head
    assert extract(page, label(title, byline, (Role.BODY, head), body)).subtitle is None


def test_in_a_dump_the_headline_is_the_line_whose_words_return_in_the_body() -> None:
    meta = dump(
        (Role.OTHER, "南山政务服务平台"),
        (Role.OTHER, "青石镇石桥正式通车"),
        (Role.OTHER, "关联稿件："),
        (Role.TITLE, "分享到朋友圈和收藏夹"),
        (Role.OTHER, "新桥桥面。（王小明摄）"),
        (Role.BODY, BODY),
        (Role.BODY, MORE),
    )
    assert meta.title == "青石镇石桥正式通车"


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("青石镇石桥通车-本地频道-云西网", "青石镇石桥通车"),
        ("青石镇石桥通车_新闻频道_云西网", "青石镇石桥通车"),
        ("云西网 | 青石镇石桥通车", "青石镇石桥通车"),
        ("青石镇石桥通车，两岸往来只需…", "青石镇石桥通车，两岸往来只需五分钟"),
    ],
)
def test_the_block_that_the_title_tag_repeats_is_the_headline(tag: str, shown: str) -> None:
    logo = LabelledBlock(Block("云西网", Kind.HEADING, (Span("云西网"),), level=1), Role.OTHER, 1.0)
    lines = (logo, *label((Role.OTHER, "新闻中心"), (Role.OTHER, shown), (Role.OTHER, "打印"), (Role.BODY, BODY)))
    assert extract(read_html(f"<title>{tag}</title><p>{BODY}</p>"), lines).title == shown


def test_title_from_the_declarations_when_no_block_shows_it() -> None:
    assert declared("<title>青石镇石桥通车_新闻频道_云西网</title>").title == "青石镇石桥通车"
    assert declared(json_ld({"@type": "NewsArticle", "headline": "青石镇石桥通车"})).title == "青石镇石桥通车"


def test_declared_fields_and_where_they_came_from() -> None:
    article = {
        "@type": ["NewsArticle"],
        "datePublished": "2019-03-04T09:21:05+08:00",
        "author": [None, {"@type": "Person", "name": "林小禾"}, {"@type": "Organization", "name": "云西网"}],
        "publisher": {"@id": "#org"},
    }
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"name": "首页"}, {"item": {"name": "本地"}}, None]}
    meta = declared(
        '<meta name="keywords" content="石桥,青石镇，石桥、通车"><meta property="og:site_name" content="云西网">'
        '<meta name="description" content=" 新桥 通车 "><meta name="source" content="来源：南山日报">'
        '<link rel="canonical" href="https://news.example.org/a/1.html">' + json_ld({"@graph": [crumbs, article]})
    )
    assert (meta.date, meta.authors, meta.source) == ("2019-03-04T09:21:05+08:00", ("林小禾",), "南山日报")
    assert (meta.site, meta.url) == ("云西网", "https://news.example.org/a/1.html")
    assert (meta.breadcrumb, meta.keywords) == (("首页", "本地"), ("石桥", "青石镇", "通车"))
    assert meta.description == "新桥 通车"
    origins = dict(meta.origins)
    assert (origins["date"], origins["site"], origins["source"]) == ("JSON-LD", "Open Graph", "meta")


def test_an_author_found_by_reference_and_a_site_that_is_none() -> None:
    graph = [{"@type": "Article", "headline": "x", "author": {"@id": "#p"}}, {"@id": "#p", "name": "Jane Doe"}]
    assert declared(json_ld({"@graph": graph})).authors == ("Jane Doe",)
    assert (
        declared('<meta name="author" content="云西网"><meta property="og:site_name" content="云西网">').authors == ()
    )


@pytest.mark.parametrize(
    "script",
    [
        "[" * 100_000,
        '{"@type": "NewsArticle", "author": "' + "\\" * 99_999 + '"}',
        "null",
        '{"@graph": [null, 3, {"@type": null, "author": {"name": null}}], "headline": {}}',
        "<!-- {broken -->",
    ],
)
def test_json_ld_of_any_kind_raises_nothing(script: str) -> None:
    assert declared(f'<script type="application/ld+json">{script}</script>').authors == ()


def test_broken_json_ld_is_mended() -> None:
    meta = declared('<script type="application/ld+json"><!-- {"@type":"Article","headline":"新桥\n通车",} --></script>')
    assert meta.title == "新桥 通车"


def test_the_address_that_was_given_or_saved() -> None:
    head = '<link rel="canonical" href="https://news.example.org/a/1.html">'
    assert declared(head, "https://m.example.org/1").url == "https://m.example.org/1"
    saved = (
        "<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: https://a.example.org/x \n--><p>x</p></html>"
    )
    assert extract(read_html(saved), ()).url == "https://a.example.org/x"
    assert declared("", "https://www.example.org/1").site == "example.org"


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        (BODY, "en", "zh"),
        ("新しい橋が月曜日に開通し、町の人々は初めて歩いて渡りました。", "zh-CN", "ja"),
        ("새로운 다리가 월요일에 개통되어 마을 사람들이 처음으로 건넜습니다.", "", "ko"),
        (ENGLISH, "de", "en"),
        (
            "Die neue Brücke ist nicht mit den alten zu vergleichen, und das ist auch gut so, sagt der Bürgermeister.",
            "",
            "de",
        ),
        ("1234 5678", "en", None),
    ],
)
def test_language_by_what_is_written(text: str, stated: str, language: str | None) -> None:
    page = read_html(f"<html lang='{stated}'><body><p>{text}</p></body></html>")
    assert extract(page, label((Role.BODY, text))).language == language


def test_images_of_the_content_with_their_captions() -> None:
    figure = (Frame(FrameKind.FIGURE, 1),)
    picture = Block("", Kind.IMAGE, (Span("新桥", src="bridge.jpg"),), frames=figure)
    logo = Block("", Kind.IMAGE, (Span("logo", src="logo.png"),))
    embedded = Block("", Kind.IMAGE, (Span("", src="data:image/png;base64,AA"),))
    labelled = (
        LabelledBlock(logo, Role.NAVIGATION, 1.0),
        LabelledBlock(picture, Role.BODY, 1.0),
        LabelledBlock(Block("通车当天的新桥。", frames=figure), Role.CAPTION, 1.0),
        LabelledBlock(embedded, Role.BODY, 1.0),
    )
    article = extract(TextPage(()), (*labelled, *label((Role.BODY, BODY))))
    assert article.images == (Image("bridge.jpg", "新桥", "通车当天的新桥。"),)
    assert extract(TextPage(()), labelled).images == ()


def test_breadcrumb_lines() -> None:
    lines = [(Role.BREADCRUMB, "您现在的位置：首页 >> 本地新闻 >> 青石镇石桥通车"), (Role.TITLE, "青石镇石桥通车")]
    assert dump(*lines, (Role.BODY, BODY)).breadcrumb == ("首页", "本地新闻")
    steps = [(Role.BREADCRUMB, "トップ ＞ 社会 ＞ 記事"), (Role.TITLE, "青石镇石桥通车")]
    assert dump(*steps, (Role.BODY, BODY)).breadcrumb == ("トップ", "社会")
    assert dump((Role.OTHER, "股价 > 10 元"), (Role.TITLE, "青石镇石桥通车"), (Role.BODY, BODY)).breadcrumb == ()


def linked(text: str, *links: str) -> LabelledBlock:
    """A line of links with arrows between them, and a text behind the last one."""
    parts = [span for link in links for span in (Span(link, href="/"), Span(" > "))]
    return LabelledBlock(
        Block("".join(span.text for span in parts) + text, spans=(*parts, Span(text))), Role.OTHER, 1.0
    )


@pytest.mark.parametrize(
    "title", ["增速 5% > 4% > 3%：石桥收费持续下降", "A <script>alert(1)</script> in the town news", "冷 > 热 > 平"]
)
def test_a_headline_with_arrows_is_no_breadcrumb(title: str) -> None:
    heading = LabelledBlock(Block(title, Kind.HEADING, (Span(title),), level=1), Role.OTHER, 1.0)
    body = label((Role.BYLINE, "2019-03-04 09:21 来源：南山日报"), (Role.BODY, BODY))
    for head in (heading, *label((Role.TITLE, title))):
        meta = extract(read_html(f"<title>{title.replace('<', '&lt;')}</title>"), (head, *body))
        assert (meta.title, meta.breadcrumb) == (title, ())
    tag = read_html("<title>青石镇石桥通车</title>")
    teaser = label((Role.OTHER, "增速 5% > 4% > 3%：石桥收费持续下降"), (Role.TITLE, "青石镇石桥通车"))
    assert extract(tag, (*teaser, *body)).breadcrumb == ()


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("云西网 > 本地频道 > 青石镇石桥通车", ("云西网", "本地频道")),
        ("读书 -> 连载 -> 畅销小说", ("读书", "连载", "畅销小说")),
        ("[logo.png] 云西网首页 > 本地频道 > 正文", ("云西网首页", "本地频道")),
        ("首页 > 本地 > 青石镇石桥通车后两岸往来方便，老人们三十年的心愿一朝实现，全镇都来庆祝", ("首页", "本地")),
        ("首页 > 青石 > 青石镇石桥…", ("首页", "青石")),
        ("服务电话 > 0800-123-456 > news@example.org", ()),
        ("编剧：林小禾 / 周大川 / 李静", ()),
        ("导航软件之争 | 谁会留下", ()),
    ],
)
@pytest.mark.parametrize("role", [Role.OTHER, Role.BREADCRUMB])
def test_what_reads_as_a_breadcrumb(line: str, steps: tuple[str, ...], role: Role) -> None:
    assert dump((role, line), (Role.TITLE, "青石镇石桥通车"), (Role.BODY, BODY)).breadcrumb == steps


def test_a_line_of_links_with_arrows_is_a_breadcrumb_and_one_of_text_is_none() -> None:
    lines = label((Role.TITLE, "Bridge open"), (Role.BODY, ENGLISH))
    path = linked("Bridges", "Bluestone Daily", "Neighbourhood")
    plain = label((Role.OTHER, path.block.text))
    assert extract(TextPage(()), (path, *lines)).breadcrumb == ("Bluestone Daily", "Neighbourhood", "Bridges")
    assert extract(TextPage(()), (*plain, *lines)).breadcrumb == ()


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="//news.example.org/a/1.html">', "https://news.example.org/a/1.html"),
        (
            '<base href="https://news.example.org/a/"><link rel="canonical" href="1.html">',
            "https://news.example.org/a/1.html",
        ),
        (
            '<meta property="og:url" content="https://news.example.org/?id=1"><link rel="canonical" href="/a/1.html">',
            "https://news.example.org/a/1.html",
        ),
        ('<link rel="canonical" href="/a/1.html">', None),
        ('<link rel="canonical" href="https://[news/1">', None),
        ('<base href="//[::1"><link rel="canonical" href="https://[news/1">', None),
        ('<meta property="og:url" content="https://[news/1">', None),
        ('<meta property="og:url" content="https://a\u2100b/1">', None),
    ],
)
def test_a_canonical_link_that_is_not_whole(head: str, url: str | None) -> None:
    assert declared(head).url == url


def test_a_given_address_that_makes_no_sense_names_no_site() -> None:
    meta = declared("", "https://[news/1")
    assert (meta.url, meta.site) == ("https://[news/1", None)


def test_the_subtitle_is_marked_and_nothing_else() -> None:
    second = "——全镇老人圆了三十年的梦"
    lines = label(
        (Role.OTHER, second),
        (Role.TITLE, "青石镇石桥通车"),
        (Role.HEADING, second),
        (Role.BODY, MORE * 3),
        (Role.BODY, second),
    )
    page = read_html("<title>青石镇石桥通车</title>")
    meta = extract(page, lines)
    marked = mark(lines, meta)
    assert meta.subtitle == second
    assert [item.role for item in marked] == [Role.OTHER, Role.TITLE, Role.SUBTITLE, Role.BODY, Role.BODY]
    assert [item.block for item in marked] == [item.block for item in lines]
    assert extract(page, marked) == meta
    assert mark(lines[:3], meta) == lines[:3]
    assert mark(lines, Metadata(title=meta.title)) == lines


def test_the_label_of_the_headline_follows_the_metadata_and_leaves_the_body_alone() -> None:
    title = "青石镇石桥通车"
    lines = label(
        (Role.OTHER, f"{title} - 青石新闻网"),
        (Role.NAVIGATION, title),
        (Role.OTHER, title),
        (Role.TITLE, "本报特约记者"),
        (Role.BODY, MORE * 3),
        (Role.OTHER, title),
    )
    roles = [item.role for item in mark(lines, Metadata(title=title))]
    assert roles == [Role.OTHER, Role.NAVIGATION, Role.TITLE, Role.OTHER, Role.BODY, Role.OTHER]
    assert mark(lines, Metadata(title="另一个标题")) == mark(lines, Metadata()) == lines
    assert mark(lines[3:], Metadata(title=title)) == lines[3:]


def test_the_headline_again_is_no_subtitle_and_a_change_before_the_first_day_is_none() -> None:
    page = read_html('<meta name="description" content="青石镇石桥通车"><title>青石镇石桥通车</title>')
    lines = label(
        (Role.TITLE, "青石镇石桥通车"),
        (Role.OTHER, "青石镇石桥通车"),
        (Role.BYLINE, "2019-03-04 09:21 来源：南山日报 更新：2019-03-01"),
        (Role.BODY, BODY),
    )
    meta = extract(page, lines)
    assert (meta.subtitle, meta.date, meta.modified) == (None, "2019-03-04T09:21", None)


def test_an_empty_page_says_nothing() -> None:
    assert extract(read_html(""), ()) == Metadata() == extract(TextPage(()), ())


PIECES = st.sampled_from(
    [
        "来源",
        "作者",
        "记者",
        "编辑",
        "：",
        ":",
        "(",
        "）",
        "/",
        "|",
        " ",
        "2024-05-01",
        "13:61",
        "王小明",
        "日报",
        "By",
        "_A1",
        "»",
        "正文",
        "9" * 30,
    ]
)


@given(st.lists(st.tuples(st.sampled_from(list(Role)), st.lists(PIECES, max_size=12).map("".join)), max_size=8))
def test_any_lines_give_metadata_without_blanks(lines: list[Line]) -> None:
    meta = dump(*lines)
    values = (meta.title, meta.source, *meta.authors, *meta.editors, *meta.breadcrumb)
    assert all(value is None or value.strip() for value in values)
    assert {name for name, _ in meta.origins} <= set(Metadata.__dataclass_fields__)


@pytest.mark.parametrize(
    ("last", "source", "authors"),
    [
        ("来源：南山交警", "南山交警", ()),
        ("采写：云西见习记者 林小禾", None, ("林小禾",)),
        ("执笔人：林小禾 周大川", None, ("林小禾", "周大川")),
        ("整合 云西日报·石桥点记者 林小禾", None, ("林小禾",)),
        ("作者︱听雨", None, ("听雨",)),
        ("本贴由听雨于2005年8月12日16:12:21在〖石桥夜话〗发表.", None, ("听雨",)),
        ("记者问他来源：他说不知道。", None, ()),
    ],
)
def test_a_short_line_that_closes_the_body_may_credit(last: str, source: str | None, authors: tuple[str, ...]) -> None:
    meta = around_body(body=(BODY, MORE, BODY, last))
    assert (meta.source, meta.authors) == (source, authors)


def test_who_signs_the_last_paragraph_and_reports_from_somewhere() -> None:
    assert around_body(body=(BODY, MORE + "（林小禾 海州报道）")).authors == ("林小禾",)


@pytest.mark.parametrize("first", ["林小禾", "云西大学校长 林小禾"])
def test_a_name_that_opens_the_body_signs_it(first: str) -> None:
    assert around_body(body=(first, BODY, MORE)).authors == ("林小禾",)


def test_who_somebody_is_stands_behind_the_name_after_the_body() -> None:
    assert around_body(end="林小禾 云西大学法学院副教授").authors == ("林小禾",)
    assert around_body(end="关闭").authors == ()


def test_the_second_paragraph_has_the_dateline_where_the_first_is_a_caption() -> None:
    told = "（南屿社记者林小禾海州19日电）" + BODY
    meta = around_body(body=("石桥通车当日的桥头。", told, MORE))
    assert (meta.source, meta.authors) == ("南屿社", ("林小禾",))


def test_a_box_of_labels_and_values_above_the_headline() -> None:
    box = [
        "索引号：",
        "0147/2023-00402",
        "发布机构：",
        "青石镇统计局",
        "发文日期：",
        "2023-04-18",
        "公开方式：",
        "主动公开",
    ]
    meta = dump(
        *((Role.OTHER, text) for text in box),
        (Role.TITLE, "青石镇二〇二二年统计公报"),
        (Role.OTHER, "访问量：1632"),
        (Role.BODY, BODY),
        (Role.BODY, MORE),
    )
    assert (meta.source, meta.date) == ("青石镇统计局", "2023-04-18")


def test_a_link_below_the_headline_names_the_author() -> None:
    lines = [
        (Role.TITLE, "青石鎮石橋通車"),
        (Role.RELATED, "林小禾"),
        (Role.RELATED, "關注"),
        (Role.BYLINE, "2023年9月12日"),
    ]
    meta = dump(*lines, (Role.BODY, BODY), (Role.BODY, MORE), (Role.RELATED, "周大川"))
    assert meta.authors == ("林小禾",)


def test_a_badge_is_no_part_of_the_headline() -> None:
    page = read_html("<title>石桥通车两岸往来只需五分钟 - 云西网</title><body></body>")
    labelled = label((Role.TITLE, "原创石桥通车两岸往来只需五分钟"), (Role.BODY, BODY), (Role.BODY, MORE))
    assert extract(page, labelled).title == "石桥通车两岸往来只需五分钟"


@pytest.mark.parametrize(
    "lines",
    [
        ("19:04 2023/08/25", "南時", "林小禾_海州"),
        ("林小禾", "南時中文", "2023年9月12日"),
        ("2018年09月16日 15:31 南時", "林小禾"),
    ],
)
def test_what_stands_between_a_date_and_a_name_is_the_outlet(lines: tuple[str, ...]) -> None:
    shown = [(Role.NAVIGATION, text) for text in lines]
    meta = dump((Role.TITLE, "青石鎮石橋通車"), *shown, (Role.OTHER, "分享"), (Role.BODY, BODY), (Role.BODY, MORE))
    assert (meta.source or "").startswith("南時")
    assert meta.authors == ("林小禾",)


def test_tags_below_the_date_name_nobody() -> None:
    tags = [(Role.NAVIGATION, text) for text in ("2023年9月12日", "月球", "印度")]
    meta = dump((Role.TITLE, "青石鎮石橋通車"), *tags, (Role.BODY, BODY), (Role.BODY, MORE))
    assert (meta.source, meta.authors) == (None, ())


@pytest.mark.parametrize(
    "byline",
    [
        "2019-03-04 金融",
        "2019-03-04 高清组图",
        "2019-03-04 关注",
        "2019-03-04 石桥县",
        "活动时间：2021-06-01 报名截止：2021-05-01",
        "题图来源：青石图库",
        "凡本网注明“来源：青石网”的作品，版权均属本网所有",
    ],
)
def test_words_beside_a_date_and_notices_credit_nobody(byline: str) -> None:
    meta = around_body(byline)
    assert (meta.source, meta.authors, (meta.date or "2019")[:4]) == (None, (), "2019")


@pytest.mark.parametrize(
    "lines",
    [
        [(Role.RELATED, "相关文章"), (Role.OTHER, "高原茶香飘四海 2022-03-01 10:00")],
        [(Role.COMMENT, "网友评论"), (Role.OTHER, "听雨 发表于 2024-05-04 11:00"), (Role.BODY, "写得好")],
        [(Role.OTHER, "主办：青石镇 版权所有 更新时间：2024-06-02")],
    ],
)
def test_dates_behind_the_article_are_of_something_else(lines: list[Line]) -> None:
    meta = dump((Role.TITLE, "青石镇石桥通车"), (Role.BODY, BODY), (Role.BODY, MORE), *lines)
    assert (meta.date, meta.modified) == (None, None)


def test_a_name_of_two_characters_is_written_with_a_blank_beside_a_date_too() -> None:
    lines = [(Role.TITLE, "青石镇石桥通车"), (Role.OTHER, "林小禾 周 川"), (Role.BYLINE, "2019-03-04 来源：南山日报")]
    assert dump(*lines, (Role.BODY, BODY), (Role.BODY, MORE)).authors == ("林小禾", "周川")


def test_the_change_comes_before_its_date_and_a_number_is_no_zone() -> None:
    meta = around_body("出版 2024-05-01 08:30 更新 2024-05-02 09:30")
    assert (meta.date, meta.modified) == ("2024-05-01T08:30", "2024-05-02T09:30")
    assert around_body("2024-05-01 08:30 +1234 评论").date == "2024-05-01T08:30"


def test_who_films_ends_the_name_of_who_writes() -> None:
    assert around_body("2024-05-01 记者：林小禾 摄像：周大川").authors == ("林小禾",)


@pytest.mark.parametrize(
    "lines", [["2023-09-12", "来源：:", "云西日报"], ["来源：云西日报 , 2版"], ["2023-09-12 ：云西日报"]]
)
def test_a_source_has_no_blanks_around_it(lines: list[str]) -> None:
    byline = [(Role.BYLINE, text) for text in lines]
    assert dump((Role.TITLE, "青石镇石桥通车"), *byline, (Role.BODY, BODY), (Role.BODY, MORE)).source == "云西日报"


def test_an_address_that_nobody_could_follow_is_none() -> None:
    page = "<link rel=canonical href='https://news.example/{}'><p>甲乙丙丁。</p>"
    assert clean(page.format("1")).metadata.url == "https://news.example/1"
    assert clean(page.format("1" * 5000)).metadata.url is None


@pytest.mark.parametrize(
    ("said", "authors"), [("李 静", ("李静",)), ("李;静", ()), ("李、静", ()), ("李 静 王 明", ("李静", "王明"))]
)
def test_a_name_is_put_together_over_blanks_alone(said: str, authors: tuple[str, ...]) -> None:
    page = f"<h1>青石镇石桥通车</h1><p>2021-04-18 来源：青石日报 作者：{said}</p><p>{BODY}</p><p>{MORE}</p>"
    assert clean(page).metadata.authors == authors


@pytest.mark.parametrize(
    ("said", "keywords"),
    [
        ("石桥 通车 青石镇 1975年", ("石桥", "通车", "青石镇", "1975年")),
        ("石桥，通车 典礼", ("石桥", "通车 典礼")),
        ("青石镇石桥昨日上午正式通车 两岸 居民", ("青石镇石桥昨日上午正式通车 两岸 居民",)),
        ("stone bridge opens", ("stone bridge opens",)),
    ],
)
def test_keywords_may_be_parted_by_blanks(said: str, keywords: tuple[str, ...]) -> None:
    assert declared(f'<meta name="keywords" content="{said}">').keywords == keywords
