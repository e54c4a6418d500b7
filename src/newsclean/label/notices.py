"""What pages say that have nothing to read: errors, doors, riddles, empty lists. A text of nothing else is no article.

Unlike the phrases of boilerplate, these stand in the only sentences of a page, where a news item would stand. So they
are words that a page says of itself and its visitor; "could not be found" alone is said of missing hikers too.
"""

from __future__ import annotations

from typing import Final

from newsclean.label.shape import units
from newsclean.patterns import lazy

NOTICE_UNITS: Final = 160.0
"""A notice is no longer than this, in units."""

QUOTED: Final = lazy('[“「『"][^”」』"]{0,60}[”」』"]')
"""What is quoted is told by somebody: news of a site that is down."""

NOTICES: Final[dict[str, tuple[str, ...]]] = {
    # the page is not there, or cannot be shown now
    "error": (
        "page not found|page cannot be found|page can't be found|page could not be found|page doesn't exist",
        "page does not exist|page you are looking for|page you were looking for|page you're looking for",
        "page you requested|page you have requested|requested page|requested url|not found on this server",
        "internal server error|server encountered an|complete your request|service unavailable|bad gateway",
        "gateway time-out|gateway timeout|site is under maintenance|site is temporarily|we'll be back soon",
        "页面不存在|网页不存在|内容不存在|文章不存在|页面未找到|页面找不到|未找到页面|找不到页面|找不到该页|找不到网页",
        "您访问的页面|您访问的网页|您请求的页面|您浏览的页面|您查看的页面|您要访问的|您要查看的|不存在或已|链接已失效",
        "页面已失效|自动跳转|自动返回|系统维护中|网站维护中|网站正在维护|网站正在进行|系统正在维护|系统繁忙|服务器繁忙",
        "服务器错误|服务器内部错误|服务器开小差|网络异常|稍后再试|稍后重试",
        "頁面不存在|網頁不存在|找不到網頁|找不到頁面|找不到您要|您所瀏覽的|您要瀏覽的|伺服器錯誤|稍後再試|系統維護中",
        "page introuvable|page que vous recherchez|page demandée|seite nicht gefunden|seite wurde nicht gefunden",
        "seite existiert nicht|angeforderte seite|página no encontrada|página no existe|página que busca",
        "página não encontrada|pagina non trovata|страница не найдена",
        "ページが見つかりません|お探しのページ|페이지를 찾을 수",
    ),
    # only some may read it
    "door": (
        "access denied|permission to access|403 forbidden|log in to continue|sign in to continue",
        "log in to your account|sign in to your account|log in to access|sign in to access",
        "you must be logged in|you need to be logged in|you must log in|please log in|please sign in",
        "address and password|username and password|email and password|forgot your password|reset your password",
        "访问被拒绝|拒绝访问|无权访问|没有权限访问|请先登录|请登录后|登录后查看|登录后阅读|登录后继续|尚未登录|忘记密码",
        "手机号码和密码|手机号和密码|用户名和密码|账号和密码|自动创建账号|自动注册",
        "請先登入|請登入|登入後|無權|忘記密碼|mot de passe oublié|passwort vergessen|contraseña olvidada|パスワード",
    ),
    # the visitor is to prove that he is a person
    "riddle": (
        "checking your browser|verify you are human|verify that you are|verifying you are human|not a robot",
        "complete the security check|unusual traffic|ddos protection|ray id|enable cookies|supports javascript",
        "browser will redirect|please allow up to|redirected automatically|redirect automatically",
        "安全验证|人机验证|请输入验证码|输入下方验证码|获取验证码|滑动滑块|拖动滑块|拖动下方|完成验证|访问过于频繁|请求过于频繁|异常访问|访问异常",
        "安全驗證|輸入驗證碼|完成驗證|您是真人",
    ),
    # scripts are wanted
    "script": ("enable javascript|javascript is|requires javascript|启用javascript|浏览器不支持|浏览器版本",),
    # nothing was found
    "nothing": (
        "did not match any|no results found|no results for|no results were found|no articles found|no posts found",
        "nothing found|没有找到与|未找到与|没有找到相关|没有找到符合|没有找到您|暂无相关|暂无数据|沒有找到|查無",
    ),
}
"""What such pages say, in lower case, parted by "|", by what keeps the reader out."""

WORDINGS: Final = tuple([each for lines in NOTICES.values() for line in lines for each in line.split("|")])


def is_notice(text: str) -> bool:
    """Whether a text says that there is nothing to read here, or not yet, or not for everybody."""
    if units(text) > NOTICE_UNITS:
        return False
    said = unquoted(text.lower())
    return any(wording in said for wording in WORDINGS)


def unquoted(text: str) -> str:
    """A text without what it quotes."""
    return QUOTED.sub("", text)
