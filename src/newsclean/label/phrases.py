"""What short blocks say of themselves: phrases that news pages share, by what they announce.

The phrases are those of many sites; none is the name of a publisher. Services to share with and to follow on are named
(`SERVICES`), for their names are what the buttons say. Phrases count only in short blocks (`MAX_CHARS`), since an
article may well speak of comments and copyright. In the tables, phrases are parted by "|", "^" ties one to the start of
the block and "$" to its end, and Latin phrases are whole words. Lookup is by an index of their first two characters:
a few hundred phrases cost no more than one, which no regular expression of Python's gives.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MAX_CHARS: Final = 120
"""A longer block is judged by its form, not by a phrase in it."""


OPENING: Final = 3
"""A phrase before which no more characters stand opens its block: a bracket, an arrow, a space."""


def combined(*parts: str) -> str:
    """Every phrase made of one alternative of each part: "相关|推荐" and "新闻|阅读" give four."""
    phrases = [""]
    for part in parts:
        phrases = [phrase + alternative for phrase in phrases for alternative in part.split("|")]
    return "|".join(phrases)


SERVICES: Final = (
    "朋友圈|qq空间|新浪微博|腾讯微博",
    "facebook|twitter|whatsapp|linkedin|pinterest|instagram|telegram",
)
"""Where pages of all publishers ask to be shared and followed."""

PHRASES: Final[dict[str, tuple[str, ...]]] = {
    # a list of other articles begins, or one is pointed to
    "related": (
        combined(
            "相关|推荐|延伸|扩展|更多|精彩|热门|热点|最新|今日|往期|其他",
            "新闻|阅读|文章|报道|链接|推荐|内容|专题|资讯|稿件|主题|产品|视频|图片|话题|消息|回顾|聚焦|头条|看点",
        ),
        combined("相關|推薦|延伸|更多|熱門|最新|其他", "新聞|閱讀|文章|報導|連結|推薦|內容|話題|影音|消息"),
        combined("新闻|点击|阅读|热点|热门|点赞|评论|人气|本周|今日|热文|收藏|图片|文章", "排行|排名|榜|总排行|推荐"),
        "关联稿件|相关连接|相关标签|相关搜索|猜你喜欢|猜您喜欢|排行榜|图文看点|图片精选|频道精选|频道推荐|编辑推荐",
        "特别推荐|为您推荐",
        "为你推荐|新闻推荐|图文推荐|本站推荐|大家都在看|大家都在搜|可能喜欢|感兴趣|往期精选|友情链接|上一篇|下一篇",
        "上一页|下一页|新闻回顾",
        "^专题$|^热点$|^推荐$|精选推荐|热图推荐|猜你喜歡|編輯推薦|看更多|人氣|^推薦$|^熱門$|上一則|下一則|一周要闻",
        "热词|今日要闻",
        "related|related articles|related posts|read more|read next|read also|also read|see also|most popular",
        "most read|most viewed",
        "most recent|trending|recommended|recommended for you|more from|more stories|more news|more articles|more in",
        "you may like|you may also like",
        "you might like|you might also like|up next|recent posts|recent articles|recent comments|popular posts",
        "popular articles|latest news",
        "latest posts|latest stories|latest articles|previous post|previous article|next post|next article",
        "editor's picks|editors' picks",
        "関連記事|関連ニュース|関連リンク|おすすめ|あわせて読みたい|ランキング|最新記事|관련기사|인기기사|많이 본",
    ),
    # readers speak, or are asked to
    "comment": (
        combined("发表|查看|全部|最新|热门|我要|网友|用户|暂无|还没有|参与|条|写|精彩|文章|登录后", "评论"),
        "^评论|评论$|评论:|评论：|评论(|评论（|评论区|评论列表|网友留言|网友观点|我来说两句|我有话说|跟帖|抢沙发",
        "沙发|文明上网|文明发言",
        "发表您的看法|发表看法|匿名发表|用户名|匿名|验证码|理性发言|自律公约|点赞|回复$|楼主|楼$|留言|發表評論",
        "發表意見|網友評論|網友回應|会员登录",
        "comment|comments|leave a reply|leave a comment|reply|log in to|login to|post a comment|join the discussion",
        "join the conversation|upvote",
        "コメント|댓글",
    ),
    # the page speaks of rights, terms and itself
    "legal": (
        "版权所有|版权声明|版权归|版权与|著作权|免责声明|免责条款|本网声明|特别声明|郑重声明|重要声明|法律声明",
        "严正声明|未经授权|未经许可|未经允许|未经本",
        "未经书面|不得转载|不得复制|禁止转载|转载请|转载须|转载务必|转载自|严禁转载|谢绝转载|icp备|icp证|icp许可",
        "网安备|许可证|许可证号|备案号|增值电信",
        "违法和不良信息|不良信息|举报电话|举报邮箱|举报热线|举报中心|隐私政策|隐私条款|用户协议|服务条款|法律顾问",
        "网站律师|不代表|仅代表|仅供参考|据此操作",
        "风险自担|侵权|电话:|电话：|传真:|传真：|地址:|地址：|邮编|热线:|热线：|邮箱:|邮箱：|联系我们|关于我们",
        "关于本站|联系方式|广告服务|广告刊登|广告合作|网站地图",
        "招聘信息|招聘英才|诚聘英才|主管单位|主办单位|主管:|主办:|技术支持|版权说明|版權|著作權|不得轉載|未經|隱私權",
        "隱私政策|服務條款|聯絡我們|聯繫我們|關於我們|電話:|電話：",
        "tous droits réservés|alle rechte vorbehalten|derechos reservados|copyright|©|(c)|all rights reserved",
        "terms of|terms of use|terms of service|terms and conditions",
        "terms & conditions|privacy policy|privacy notice|privacy|cookies|cookie",
        "cookie policy|disclaimer|do not sell|contact us|about us|advertise|advertise with us|accessibility",
        "powered by|無断転載|利用規約|プライバシー|무단전재",
    ),
    # the reader is asked to follow, share, fetch or buy
    "promotion": (
        "扫一扫|扫码|扫描二维码|二维码|公众号|公众账号|公众平台|客户端|下载app|打开app|app下载|app内|订阅|關注",
        "关注我们|微信号|微信关注|官方微博|官方微信|分享到|分享至|分享给",
        "^分享$|^分享:|^分享：|^收藏$|收藏本|转发|点击进入|点击查看|点击这里",
        "点击此处|点击关注|点击加载|立即下载|立即购买|立即注册|立即登录|立即报名",
        "免费注册|免费试用|免费领取|欢迎订阅|欢迎关注|欢迎投稿|投稿邮箱|商务合作|加入会员|加群|优惠|广告|推广|赞助",
        "招商|訂閱|下載|按讚|加入好友|追蹤|粉絲團|點擊|點我",
        "subscribe|subscribe to|sign up|sign up for|newsletter|follow us|follow us on|follow me|download the",
        "download our|share this|share on|share via|^share|advertisement|sponsored",
        "free trial|click here|get started|donate",
        "print|register|add to cart|buy now|広告|登録|フォロー|구독",
        *SERVICES,
    ),
    # ways to elsewhere on the site
    "navigation": (
        "首页|首頁|^返回|返回首页|返回列表|返回顶部|回到顶部|关闭窗口|关闭本页|打印本|^打印|字号|字体|字體|大中小",
        "大 中 小|设为首页|加入收藏|登录|登陆|登錄|登入|注册|註冊|搜索|搜尋|^更多|更多>",
        "更多»|更多...|更多$|导航|導航|现在的位置|现在位置|当前位置|当前的位置|目前位置|所在位置|当前页|全文搜索",
        "简体|繁體|繁体|无障碍|展开全文|收起|浏览器不支持|浏览器版本|启用javascript|加载更多|繼續往下閱讀|继续阅读",
        "點我看更多|上一条|下一条|移动版|手机版",
        "home|menu|search|skip to|skip to content|back to|back to top|log in|login|sign in|next|previous|view all",
        "load more|show more|table of contents|ホーム|検索|一覧|戻る|トップページ",
    ),
    # who wrote, where and when
    "byline": (
        "来源|來源|稿源|转自|出处|原标题|记者|記者|通讯员|作者|撰文|^文/|文／|文丨|责任编辑|責任編輯|责编|编辑|編輯",
        "校对|审核|监制|主编|编译|翻译|发布时间|发表时间|更新时间|发布于|发表于|更新于",
        "发布日期|出版日期|日期:|日期：|时间:|时间：|發布時間|更新時間|發佈|浏览次数|浏览:|浏览：|浏览量|阅读次数",
        "阅读:|阅读：|阅读量|阅读数|点击次数|点击数|点击:|点击：|访问次数|瀏覽|点击量",
        "^by|by:|posted on|posted by|posted in|published|updated|last updated|written by|author|min read|minute read",
        "minutes read|reviewed by|staff writer|執筆|기자",
    ),
    # a picture is explained or credited
    "caption": (
        "^图为|^图:|^图：|^图一|^图二|^图三|^图1|^图2|^图3|^資料圖|^资料图|^圖:|^圖：|^圖為|配图|图源|图片来源",
        "图片说明|圖片來源|圖片說明|^▲|^△|^↑|^▼|^摄影|^攝影|^视频:|^视频：|资料图)|资料图）|资料图片",
        "摄$|摄)$|摄）$|摄影$|摄影)|摄影）|供图|制图|图)$|图）$|发)$|发）$|攝$|攝）|翻攝|摄影:|摄影：|图片:|图片：",
        "图/|图／|圖/|圖／|新华社发|示意图|示意圖|效果图",
        "getty images|^photo|^photos|^image|^credit|^picture|^figure|^fig|photo by|photo credit|image credit",
        "courtesy of|shutterstock|写真",
    ),
    # the desk credits its people, or keeps what a headline was before
    "credit": (
        combined(
            "(|（|[|【|^", "责任编辑|責任編輯|责编|编辑:|编辑：|編輯:|編輯：|校对:|校对：|审核:|审核：|原标题|原題"
        ),
        "责任编辑:|责任编辑：|责编:|责编：|責任編輯:|責任編輯：",
    ),
    # an article ends here
    "closing": (
        "责任编辑|責任編輯|责编|编辑:|编辑：|編輯:|編輯：|(编辑|（编辑|(责编|（责编|[编辑|【编辑|^(记者|^（记者",
        "(本报记者|（本报记者|(完)$|（完）$|^完$|^end$|打印|关闭窗口|^标签|^關鍵字|^关键词|^关键字|^標籤|^tags|^tag",
        "校对",
        "filed under|^topics",
    ),
}
"""Kinds of phrase, in the order in which signals list them."""

KINDS: Final = tuple(PHRASES)
AWAY: Final = frozenset(KINDS.index(kind) for kind in ("related", "comment", "legal", "promotion", "navigation"))
"""The kinds that lead away from the article."""

NONE_FOUND: Final = (False,) * len(KINDS)
"""The answer of `found` for a block without any phrase."""

DATE = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|\d{1,2}[-/.月]\d{1,2}日?\s\d{1,2}:\d\d|"
    r"\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d\d|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? (?:19|20)\d\d|"
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6},? (?:19|20)\d\d",
    re.IGNORECASE,
)
"""A full date in any usual form."""

TIME = re.compile(r"\b\d{1,2}:\d\d\b|\d\s?(?:分钟|小时|天|分鐘|小時|minutes?|hours?|days?)\s?(?:前|ago)", re.IGNORECASE)
"""A time of day, or how long ago."""


class _Phrase(NamedTuple):
    """A phrase ready to be looked up: its text, the index of its kind, and where in a block it counts."""

    text: str
    kind: int
    at_start: bool
    at_end: bool
    word: bool


def _read(entry: str, kind: int) -> _Phrase:
    text = entry.removeprefix("^").removesuffix("$")
    return _Phrase(text, kind, entry.startswith("^"), entry.endswith("$"), text.isascii() and text[-1].isalnum())


def _index() -> dict[str, tuple[_Phrase, ...]]:
    index: dict[str, list[_Phrase]] = {}
    for kind, lines in enumerate(PHRASES.values()):
        for phrase in dict.fromkeys(_read(entry, kind) for line in lines for entry in line.split("|")):
            index.setdefault(phrase.text[:2], []).append(phrase)
    return {key: tuple(phrases) for key, phrases in index.items()}


INDEX: Final = _index()
"""The phrases by their first two characters."""

NO_PHRASES: Final[tuple[_Phrase, ...]] = ()

FIRST_SIGNS: Final = frozenset([key[0] for key in INDEX])
"""What phrases begin with: most characters of a text are none of these."""

LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
"""A phrase that begins with one begins a word, so what follows another letter is passed over."""


def found(text: str) -> tuple[bool, ...]:
    """Which `KINDS` of phrase a block holds, in their order; none for a block that is too long to be judged by one."""
    if not text or len(text) > MAX_CHARS:
        return NONE_FOUND
    held = occurrences(text.lower())
    if not held:
        return NONE_FOUND
    kinds = {phrase.kind for phrase, _ in held}
    return tuple([kind in kinds for kind in range(len(KINDS))])


def leads_away(text: str) -> bool:
    """Whether a short text holds a phrase that leads away from the article."""
    return any(held and kind in AWAY for kind, held in enumerate(found(text)))


def coverage(text: str) -> float:
    """The share of a short text that phrases which lead away from the article (`AWAY`) make up, 0 to 1."""
    covered: set[int] = set()
    for phrase, start in occurrences(text.lower()[:MAX_CHARS]):
        if phrase.kind in AWAY:
            covered.update(range(start, start + len(phrase.text)))
    return len(covered) / (len(text) or 1)


def opens_away(text: str) -> bool:
    """Whether a short text opens with a phrase that leads away from the article, behind a sign or two maybe."""
    return any(phrase.kind in AWAY for phrase, start in occurrences(text.lower()[:MAX_CHARS]) if start <= OPENING)


def occurrences(text: str) -> list[tuple[_Phrase, int]]:
    """All phrases in a lower-case text, with where they begin."""
    held: list[tuple[_Phrase, int]] = []
    before = " "
    for start, sign in enumerate(text):
        if sign in FIRST_SIGNS and not (sign in LETTERS and before in LETTERS):
            held += [
                (phrase, start)
                for phrase in INDEX.get(text[start : start + 2], NO_PHRASES)
                if text.startswith(phrase.text, start) and counts(phrase, text, start)
            ]
        before = sign
    return held


def counts(phrase: _Phrase, text: str, start: int) -> bool:
    """Whether a phrase that stands at `start` stands where it counts."""
    end = start + len(phrase.text)
    if (phrase.at_start and start > 0) or (phrase.at_end and end < len(text)):
        return False
    if not phrase.word:
        return True
    return not (start > 0 and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
