"""The outlet that a page credits (来源), and the site that the page belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from newsclean.metadata import jsonld
from newsclean.metadata.byline import Bylines, Line
from newsclean.metadata.declared import Declared
from newsclean.metadata.names import is_person, lone_names
from newsclean.metadata.values import BYLINE, JSON_LD, META, Found, half_width, host_of
from newsclean.patterns import lazy

MAX_CHARS = 30
"""A longer value is a sentence or a list of links, no outlet's name."""

SHORTEST = 2
"""Two characters beside a date are a section (新闻, 快讯) rather than an outlet."""

NO_OUTLET = frozenset(
    "网络 互联网 本站 未知 其他 其它 综合 转载 转载文章 原创 网页 不详 佚名 網路 本站原创 本站原創 点击 全文".split()
)
"""What templates print when nobody filled in the source."""

OUTLET_ENDING = lazy(
    r"(?:[报報网網社]|[卫衛电電][视視台臺]|电视台|電視台|广播电台|周刊|週刊|杂志|雜誌|客户端|客戶端|日报|频道|新闻|新聞|快訊|快讯|"
    r"传媒|傳媒|在线|融媒|公众号|微信|办公室|办事处|委员会|发改委|[.]com|[.]cn|Times|Post|News|Reuters)$"
)
"""How the names of outlets end: enough to know one that stands beside the date without any word before it."""

ALONE = lazy(
    r"^[\u4e00-\u9fffA-Za-z]{0,12}(?:(?:日|晚|早|时|時|商|周|青年|电子|電子)[报報]|新[闻聞]社|通[讯訊]社|[^上联聯互官全][网網]|[卫衛][视視]|[电電][视視][台臺]|"
    r"[^举舉海预預情简簡播回申填战戰捷喜画畫简周月季年电電壁通汇匯上][报報])$"
)
"""How an outlet's name ends that stands alone beside a date: no section (国内新闻) and no button (举报) ends so."""

ACCOUNT_CHARS = 10
"""No name of an account or an outlet is longer that no word announces."""

ACCOUNT = lazy(r"^[\u3400-\u9fff]{4,10}$")
"""How the name of an account or a site looks; a section has two or three characters."""

SECTION = lazy(
    r"^(?:国内|国际|國內|國際|社会|社會|财经|財經|体育|體育|娱乐|娛樂|科技|本地|地方|时政|時政|军事|汽车|房产|教育|健康|要闻|综合|"
    r"图片|视频|滚动|今日|最新|行业|公司|产业|宏观|股市|港澳|台湾|台灣|两岸|兩岸|金融|生活|文化|旅游|民生|法治|政治|热点|焦点){1,2}"
    r"(?:新闻|新聞|要闻|要聞|资讯|資訊|快讯|快訊|频道|頻道|动态|經濟|经济|中心)?$"
)
"""A section of a site, which is no outlet."""

NO_ACCOUNT = lazy(
    r"^本|/|查看|关注|相关|保护|提示|链接|图集|组图|登录|截止|有效|注册|推荐|阅读|评论|打印|收听|扫码|安全生产|"
    r"报道$|報導$|報道$|更新|修改|发布|發布|發佈|时间|時間|日期|论坛|論壇|正文|首页|首頁|专题|專題|栏目|欄目|字号|字號"
)
"""What stands in such a place and is no name: the word for the date, a step of the breadcrumb, a section."""

WESTERN = lazy(r"^(?:source|quelle|fuente|fonte)\s?:\s?(?P<name>[^|]{2,40})$", re.IGNORECASE)
"""A source line in a Latin script."""

SOURCE_METAS = ("source", "contentsource", "article:source", "weibo: article:source", "mediaid", "og:article:source")
"""Names of meta elements that hold the credited outlet; sites themselves write the service they address into some."""

SITE_METAS = ("og:site_name", "application-name", "sitename", "apple-mobile-web-app-title")
"""Names of meta elements that hold the site's own name, the most telling first."""

DATELINE = lazy(
    r"^[(\[【]?(?P<name>[\u4e00-\u9fff]{1,5}(?:社|网|網))(?:记者|記者)?[\u4e00-\u9fff、\s]{2,16}(?:\d{1,2}月)?\d{1,2}日.{0,6}(?:电|電|讯|訊)"
)
"""The agency in the dateline that opens a text (某社北京5月1日电)."""

DATELINE_CHARS, DAY = 60, "日"
"""The agency's dateline has its day within so many characters: a quick look spares most texts the pattern."""

DATELINE_ORIGIN = "visible dateline"

EDGE = lazy(r"^(?:来源|來源|稿源|source)\s?[:：]?\s?", re.IGNORECASE)
"""The marker, repeated inside a declared value."""

DATED = lazy(r"\s\S*(?:\d[版期]|\d{4}).*")
"""The issue and page of a newspaper after its name."""


def source(lines: Bylines, openings: Sequence[str], declared: Declared) -> Found[str] | None:
    """The outlet that the page credits: in the byline, after the body, as declared, or beside the date."""
    named = next(filter(None, map(_credited, (*lines.top, *lines.tail, *lines.closing, *lines.far))), None)
    if named:
        return Found(named, BYLINE)
    beside = next(filter(None, map(_beside_date, lines.top)), None) or _alone(lines.top) or _before_name(lines.below)
    if beside:
        return Found(beside, BYLINE)
    stated = declared.meta(*SOURCE_METAS)
    name = clean(EDGE.sub("", stated.value)) if stated else None
    if name:
        return Found(name, META)
    beside = next(filter(None, map(_unnamed, lines.top[:1])), None)
    if beside:
        return Found(beside, BYLINE)
    datelines = (DATELINE.match(opening) for opening in openings if DAY in opening[:DATELINE_CHARS])
    agency = next((match["name"] for match in datelines if match), None)
    return Found(agency, DATELINE_ORIGIN) if agency else None


def site(declared: Declared, url: str | None) -> Found[str] | None:
    """The site's name as it declares it, else the host of the page's address without `www.`."""
    stated = declared.meta(*SITE_METAS)
    if stated and len(stated.value) <= 2 * MAX_CHARS:
        return stated
    publisher = jsonld.text_of(declared.article.get("publisher")) or next(
        (jsonld.text_of(thing.get("name")) for thing in declared.things if "WebSite" in jsonld.types(thing)), None
    )
    if publisher and len(publisher) <= 2 * MAX_CHARS:
        return Found(publisher, JSON_LD)
    host = host_of(url) if url else None
    return Found(host.removeprefix("www."), "URL") if host else None


def clean(value: str) -> str | None:
    """An outlet's name, or None for what is no name."""
    folded = " ".join(half_width(DATED.sub("", value)).split())  # a label on a line of its own is still before it
    value = _first_words(folded.strip(" -:|,.、()\"'·•").partition(",")[0].rstrip())
    if not value or len(value) > MAX_CHARS or value in NO_OUTLET or not any(char.isalpha() for char in value):
        return None
    return None if re.search(r"[,=。!?>「」『』]|^https?:|^第\d", value) else value


def _first_words(value: str) -> str:
    """In Chinese a blank ends the name, unless a dash or Latin letters carry it on."""
    words = value.split()
    if len(words) < 2 or not any(ord(char) > LATIN_END for char in value):  # noqa: PLR2004 - more than one word
        return value
    joined = words[0]
    for word in words[1:]:
        if word[0] in "-—·《" or joined[-1] in "-—·" or (word[0].isascii() and word[0].isalpha()):
            joined += word if not word[0].isalpha() else f" {word}"
        else:
            break
    return joined


LATIN_END = 0x2E7F
"""Above this code point the scripts of East Asia begin."""


def _credited(line: Line) -> str | None:
    marked = (clean(field.value) for field in line.fields if field.kind == "source")
    name = next(filter(None, marked), None)
    if name:
        return name
    western = WESTERN.match(line.text)
    return clean(western["name"]) if western else None


def _beside_date(line: Line) -> str | None:
    """An outlet's name without any marker, in a line that has a date."""
    if not line.dated or len(line.rest) > MAX_CHARS:
        return None
    parts = re.split(r"[\s|/\[\]【】《》·•]+", re.sub(r"【[^【】]*】", " ", line.rest))
    outlets = [name for part in parts if OUTLET_ENDING.search(part) and (name := clean(part)) and not is_person(part)]
    return next((name for name in outlets if len(name) > SHORTEST and not SECTION.match(name)), None)


def _unnamed(line: Line) -> str | None:
    """What stands alone beside the date in the line below the headline: the name of an account or a site."""
    name = _account(line.rest) if line.dated and len(line.fields) == 1 else None
    return name if name and ACCOUNT.match(name) else None


def _before_name(lines: tuple[Line, ...]) -> str | None:
    """Whatever stands between a date and the line with the author's name, or the other way round: 中时, say."""
    for before, line, after in zip(lines, lines[1:], lines[2:]):  # noqa: B905 - windows of three
        named = (before.dated and lone_names(after.rest)) or (lone_names(before.rest) and after.dated)
        if named and not line.dated and len(line.fields) == 1 and len(line.rest) <= ACCOUNT_CHARS:
            return _account(line.rest)
    for line, after in pairwise(lines):
        if line.dated and lone_names(after.rest) and len(line.fields) == 1 and 0 < len(line.rest) <= ACCOUNT_CHARS:
            return _account(line.rest)
    return None


def _account(text: str) -> str | None:
    """The name of an account or an outlet that no word announces; None for a person, a section or a button."""
    name = clean(text)
    return None if not name or lone_names(name) or SECTION.match(name) or NO_ACCOUNT.search(name) else name


def _alone(lines: tuple[Line, ...]) -> str | None:
    """An outlet's name that is all of the line before or after a date's."""
    for index, line in enumerate(lines):
        text = line.text.strip(" |")
        near = lines[max(0, index - 1) : index + 2]
        if len(text) > SHORTEST and not line.dated and any(one.dated for one in near) and ALONE.match(text):
            return clean(text) if not is_person(text) else None
    return None
