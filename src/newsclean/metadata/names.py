"""How names of people are written: the one place that knows a name from other words.

A Chinese name is a surname and one or two characters; `western` knows those in Latin scripts. A pen name can be
anything, and is taken only where the page leaves no doubt.
"""

from __future__ import annotations

import re

from newsclean.metadata.common_words import COMMON
from newsclean.metadata.values import unique
from newsclean.metadata.western import is_western_name
from newsclean.patterns import lazy

SURNAMES = frozenset(
    "王李张張樓楼劉刘陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧"
    "蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鐘鍾汪田任姜范範方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯"
    "尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢焦向柳邢路岳齐齊沿"
    "梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司"
    "柏宁寧柯阮桂闵閔解强強柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来來苟全褚廉简簡娄婁盖蓋符奚木穆党黨燕"
    "郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺冼原官衣楚佟栗匡宗应應台巫"
    "鞠僧桑荆荊谌諶银銀扬揚明沙薄伏岑习習胥保和蔺藺水云雲昌凤鳳酆皮元平祖贝貝麻危支昝经經裘缪繆干宣贲賁印诸諸钮鈕惠甯农農宦容"
    "亓仝公化门門佘於骆駱俟鹿束尚勾敬松厉厲粟渠"
)
"""The commonest Chinese surnames of one character, in both scripts: they tell a name from other words."""

DOUBLE_SURNAMES = frozenset(
    "欧阳 歐陽 上官 司马 司馬 诸葛 諸葛 东方 東方 皇甫 尉迟 公孙 公孫 慕容 司徒 令狐 端木 夏侯 范姜 張簡".split()
)
"""Surnames of two characters."""

PLACES = frozenset(
    "北京 上海 天津 重庆 河北 山西 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 "
    "陕西 甘肃 青海 石家庄 太原 沈阳 长春 南京 杭州 合肥 福州 厦门 南昌 济南 青岛 郑州 武汉 长沙 广州 "
    "深圳 海口 成都 贵阳 昆明 西安 兰州 银川 温州 徐州 常州 金华 台州 香港 澳门 澳門 台湾 台灣 台北 臺北 "
    "新北 桃園 台中 臺中 台南 臺南 高雄 基隆 新竹 苗栗 彰化 南投 雲林 嘉義 屏東 宜蘭 花蓮 台東 臺東 澎湖 "
    "金門 馬祖 东京 東京 首尔 首爾 平壤 曼谷 马尼拉 馬尼拉 华盛顿 華盛頓 華府 纽约 紐約 伦敦 倫敦 巴黎 "
    "柏林 莫斯科 安卡拉 布鲁塞尔 日内瓦 "
    "印度 印尼 韩国 韓國 古巴 苏丹 蘇丹 黎巴嫩 卢旺达 盧旺達 罗马 羅馬 金边 金邊 温哥华 溫哥華 "
    "马来西亚 馬來西亞".split()
)
"""Places that reports are sent from: what stands behind a name, and is none although some begin like one."""

NO_SENDER = ("即時", "即时", "综合", "綜合", "连线", "連線", "专电", "專電")
"""What else stands between a name or a place and the word for a report."""

LEADING_TRADE = lazy(
    r"^(?:本报讯?|本網|本网|本社|本刊|本報|特约|特約|实习|實習|见习|見習|首席|全媒体|特派|驻站)*"
    r"(?:记者|記者|通讯员|通訊員)(?=[\u3400-\u9fff]{2})"
)
"""What somebody is, right before the name."""

DATELINE = lazy(r"^(?P<who>[\u3400-\u9fff]{4,7})\d{1,2}日")
"""A Taiwanese dateline: name, town and day in one word (王小明台北21日電). Of an unknown town the name is what two
characters leave, at most three: most towns have two."""

TRADE = "记者|記者|通讯员|通訊員|实习生|实习|見習|编辑|編輯|作者|摄影|整理|文|图|通讯|撰文|特派员|编译|編譯|评论员|主编"
"""The words for what somebody is; no text is made of them and their epithets in two ways."""

TRADES = lazy(rf"^(?:本报|本报讯|本网|本社|本刊|特约|见习|首席|全媒体|特派|驻站|本報|實習|特約|{TRADE})*(?:{TRADE})$")
"""What somebody is, printed among the names."""

AFTER_NAME = lazy(
    r"(?:综合|綜合|即時|即时|连线|連線)?(?:报道|報導|報道)|(?:系|为|是).{3,}$|发自|發自|编译|編譯|整合|摄影|供稿|(?<=.)[摄攝文图](?=$)|返回|撰写|来源|讯$"
)
"""What runs on from a name: the work done, or where it was sent from."""

PHOTO = lazy(r"^.{0,14}?(?:[摄攝](?![像影])|[摄攝]影|传真|傳真|供图|供圖|图片|圖片)")
"""The credit of a photograph is none for the article."""

BRACKETED = lazy(r"\([A-Za-z .'-]+\)")
"""A foreign name's own spelling behind the Chinese one."""

NOT_NAMES = frozenset(
    "未知 佚名 匿名 网络 本站 管理员 编辑部 小编 综合 原创 转载 不详 本报 本网 新闻 其他 网友 来源 编辑 "
    "记者 無 无 推荐 简介 焦点 焦點 admin editor "
    "administrator staff null none undefined unknown anonymous webmaster redaktion root user guest author".split()
)
"""What templates print when there is no name."""

OUTLET = lazy(
    r"(?:[报報网網社部台臺局委]|频道|周刊|杂志|客户端|新闻|新聞|快訊|快讯|工作室|中心|委员会|公司|大学|学院|发改委|办公室|"
    r"传媒|com|cn)$"
)
"""How the names of offices and outlets end."""

CODE = lazy(r"_\s?[A-Za-z]{1,5}\d*|(?<![A-Za-z])[A-Z]{1,4}\d{2,7}|\d{5,}")
"""Staff numbers after an editor's name (李静_AB1234)."""

PLACE = lazy(r"(?<=[\u3400-\u9fff])_[\u3400-\u9fff]{1,6}$")
"""Where somebody reports from, behind a name (林若水_高雄)."""

SPLIT = lazy(r"[\s、,;/&＆+◎□■●△▲]+")
"""What parts names."""

SPREAD = lazy(
    r"(?<![^\s、,;/&＆+◎□■●△▲])([\u3400-\u9fff])\s{1,8}([\u3400-\u9fff][^\s、,;/&＆+◎□■●△▲]?)"
    r"(?![^\s、,;/&＆+◎□■●△▲])"
)
"""A name of two or three characters that a page spread out (李 静)."""

PAIRED = lazy(r"^[^\s、,;/&＆+]+[&＆+][^\s、,;/&＆+]+$")
"""Two words and a sign between them: two names, or one pen name."""

DOTS = "·•‧・"
"""What stands between the parts of a foreign name in Chinese characters."""

DOTTED_NAME = lazy(rf"[\u3400-\u9fff]{{1,10}}[{DOTS}][\u3400-\u9fff{DOTS}]{{1,12}}$")
"""The outer form of such a name."""

HAN = lazy(r"[\u3400-\u9fff]+$")
"""Nothing but Chinese characters."""

NO_NAME_SIGNS = frozenset("的了是在不也这這那校编編审審摄攝报報网網社台部")
"""Characters of grammar and of trades: where one stands, a run of characters is not names alone."""

MOST_RUN = 24
"""A longer run of characters is a sentence, not names."""

MOST_DOTTED = 9
"""A foreign name that no word announces has so many characters; more, and an office stands before it."""

REGION_SIGNS = "省市县縣区區镇鎮"
"""How three characters end that name a region."""

MIN_NAME, MAX_NAME = 2, 4
"""A Chinese name has so many characters."""

KANA_NAME = lazy(r"^[\u3040-\u30ff\u3400-\u9fff々]{2,10}$")
"""A Japanese name: where one of several has kana, all are taken."""

HANGUL_NAME = lazy(r"^[가-힣]{2,4}$")
"""A Korean name."""

KANA = lazy(r"[\u3040-\u30ff]")

KOREAN = lazy(
    r"(?:^|[\s\[\](|)=])(?P<names>[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,5})\s"
    r"(?:(?:선임|인턴|객원|수습|논설)\s?)?(?:기자|특파원|위원)(?=$|[\s|=\])])"
)
"""A Korean byline: names, and what they are behind them."""

PEN_NAME = lazy(r"^[^\s/:|《》=\"<>]{2,20}$")
"""What may follow 作者: where the page leaves no doubt."""

SHORT_NAME = 3
"""A Chinese name that no word announces has at most so many characters."""


def is_person(text: str) -> bool:
    """Whether a text is built like a Chinese person's name."""
    is_dotted = any(dot in text for dot in DOTS)
    if not (DOTTED_NAME.match(text) if is_dotted else _is_short_han(text)) or _is_known_word(text):
        return False
    return is_dotted or text[:2] in DOUBLE_SURNAMES or text[0] in SURNAMES


def _is_known_word(text: str) -> bool:
    """Whether a text is a place, an office or a word of templates, although it may begin as a name does."""
    return text in NOT_NAMES or text in PLACES or text.endswith(NO_SENDER) or bool(OUTLET.search(text))


def is_plain_name(text: str) -> bool:
    """Whether a text is so clearly a person's name that no word need announce it."""
    if not is_person(text) or text in COMMON or (len(text) == SHORT_NAME and text[-1] in REGION_SIGNS):
        return False
    dotted = any(dot in text for dot in DOTS) and len(text) <= MOST_DOTTED
    return dotted or len(text) <= SHORT_NAME or text[:2] in DOUBLE_SURNAMES


def lone_names(text: str) -> tuple[str, ...]:
    """The names that a text consists of, nothing else, where each is so clearly one that no word need announce it."""
    words = words_of(text)
    return tuple(words) if all(map(is_plain_name, words)) else ()


def words_of(text: str) -> list[str]:
    """The words of a line, a foreign name's own spelling and the places behind names taken off."""
    return [PLACE.sub("", word) for word in _tokens(BRACKETED.sub("", text).replace("|", ","))]


def _is_short_han(text: str) -> bool:
    """Whether a text has the outer form of a Chinese name."""
    return MIN_NAME <= len(text) <= MAX_NAME and all("\u3400" <= char <= "\u9fff" for char in text)


def names(value: str, sure: bool) -> tuple[str, ...]:
    """The names in a byline's value, trades and staff numbers taken off; `sure` admits pen names."""
    if PHOTO.match(value):
        return ()
    tokens = [token for token in _tokens(CODE.sub(" ", value)) if not TRADES.match(token)]
    tokens = [part for token in tokens for part in parted(_bare(token)) if part]
    people = [token for token in tokens if is_person(token)]
    paired = [value] if PAIRED.match(value) and not all(map(is_plain_name, tokens)) else []
    if people and not paired and (sure or is_person(tokens[0])):
        return unique(people)
    if sure and KANA.search(value) and all(map(KANA_NAME.match, tokens)):
        return unique(tokens)
    pen_names = [name for name in paired or tokens[:1] if (sure or HANGUL_NAME.match(name)) and _is_pen_name(name)]
    return unique([_latin(value) or name for name in pen_names])


def korean_names(line: str) -> tuple[str, ...]:
    """The names in a Korean byline, which stand before the trade."""
    match = KOREAN.search(line)
    return unique(re.split(r"[·,]\s?", match["names"])) if match else ()


def parted(token: str) -> list[str]:
    """The names in a run of characters that has lost its blanks (李静王小明), where there is but one way to part it."""
    if not MAX_NAME < len(token) <= MOST_RUN or not HAN.match(token) or not NO_NAME_SIGNS.isdisjoint(token):
        return [token]
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(token) + 1):
        here = [
            [*way, token[end - size : end]]
            for size in (2, 3)
            if end >= size and token[end - size] in SURNAMES
            for way in ways[end - size]
        ]
        ways.append(here[:2])
    return ways[-1][0] if len(ways[-1]) == 1 else [token]


def _tokens(text: str) -> list[str]:
    """What a text consists of: names, as far as it has any, those that a page spread out put together."""
    return [token for token in SPLIT.split(SPREAD.sub(r"\1\2", text)) if token]


def _bare(token: str) -> str:
    """A token without the trade before a name, and without the work or the place that runs on from it."""
    token = LEADING_TRADE.sub("", token)
    sent = DATELINE.match(token)
    after = AFTER_NAME.search(token, 2) or PLACE.search(token, 2)
    token = sent["who"] if sent else token[: after.start()] if after else token
    known = next((size for size in (3, 2) if len(token) >= size + MIN_NAME and token[-size:] in PLACES), 0)
    size = known or (len(token) - min(SHORT_NAME, len(token) - MIN_NAME) if sent else 0)
    return token[: len(token) - size].strip("-—:.,\"'“”_")


def _is_pen_name(token: str) -> bool:
    return (
        bool(PEN_NAME.match(token))
        and token.lower() not in NOT_NAMES
        and not OUTLET.search(token)
        and any(map(str.isalpha, token))
    )


def _latin(value: str) -> str | None:
    """The whole value when it is a Western name (作者: Jane Doe)."""
    return value if is_western_name(value) else None
