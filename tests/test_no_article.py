"""Pages with nothing to read are not given as articles: errors, doors, riddles, menus, in several languages."""

from __future__ import annotations

import random

import pytest

from newsclean import clean
from newsclean.article import NO_ARTICLE, UNSURE

HEAD = (
    '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/n">要闻</a></li><li><a href="/s">社会</a></li>'
    '<li><a href="/c">文化</a></li><li><a href="/v">视频</a></li></ul></div>'
)
FOOT = '<div class="footer"><a href="/a">关于我们</a> <a href="/c">联系我们</a><p>版权所有 © 青坪网 2021</p></div>'
ENGLISH_HEAD = (
    '<header><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a> '
    '<a href="/life">Life</a> <a href="/weather">Weather</a></nav></header>'
)
ENGLISH_FOOT = '<footer><a href="/t">Terms of use</a> <a href="/p">Privacy</a><p>© 2024 Ashcombe Gazette</p></footer>'

LINKS = ("集市搬到老街东头", "渡口停航三天", "果园请人摘梨", "新桥月底合龙", "老戏台要修了", "水库今早开闸")
ENGLISH_LINKS = (
    "Ferry chain repaired", "Bakery queue grows", "Swans halt ring road", "Mill to reopen in spring",
    "Choir seeks two tenors", "Bus 14 takes a detour", "School roof is leaking", "Fog closes the pass",
)  # fmt: skip


def page(title: str, inside: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{HEAD}{inside}{FOOT}</body></html>"


def english(title: str, inside: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{ENGLISH_HEAD}{inside}{ENGLISH_FOOT}</body></html>"


def linked(titles: tuple[str, ...]) -> str:
    return (
        "<ul>" + "".join(f'<li><a href="/{number}">{title}</a></li>' for number, title in enumerate(titles)) + "</ul>"
    )


PAGES = {
    "not found": english(
        "404 Not Found",
        "<main><h1>Page not found</h1><p>Sorry, the page you are looking for has been moved or does not exist. "
        "Please check the address or go back to our home page.</p></main>",
    ),
    "not found, zh": page(
        "页面不存在 - 青坪网",
        '<div class="error"><h2>404</h2><p>抱歉，您访问的页面不存在或已被删除，请检查网址是否正确。</p>'
        '<p>系统将在 <span>5</span> 秒后自动跳转到<a href="/">网站首页</a>。</p></div>',
    ),
    "not found, zh-hant": page(
        "找不到網頁",
        "<div><h1>很抱歉，找不到您要的網頁</h1><p>您所瀏覽的網頁可能已經移除，或是網址輸入錯誤。</p></div>",
    ),
    "not found, bare": "<title>404 Not Found</title><center><h1>404 Not Found</h1></center><hr><center>nginx</center>",
    "not found, server": (
        "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1>"
        "<p>The requested URL /news/14.html was not found on this server.</p><hr>"
        "<address>Apache Server at example.org Port 80</address></body></html>"
    ),
    "server error, bare": (
        "<html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1>"
        "<p>The server encountered an internal error or misconfiguration and was unable to complete your request.</p>"
        "<p>Please tell the administrator at webmaster@example.org what you did before, and when it happened.</p>"
        "</body></html>"
    ),
    "server error": english(
        "500 Internal Server Error",
        "<h1>Internal Server Error</h1><p>The server encountered an internal error and was unable to complete your "
        "request. Please try again later. If the problem persists, contact the administrator.</p>",
    ),
    "unavailable, zh": page(
        "系统维护中",
        "<div><h1>系统维护中</h1><p>网站正在进行系统升级维护，给您带来的不便敬请谅解，请稍后再试。</p></div>",
    ),
    "access denied": (
        "<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>"
        "<p>You don't have permission to access this page on this server.</p><p>Reference #18.2f1 </p></body></html>"
    ),
    "log in": english(
        "Log in",
        '<form action="/login"><h1>Log in to your account</h1><p>Please enter your email address and password to '
        'continue.</p><label>Email address</label><input name="mail"><label>Password</label><input type="password">'
        '<button>Log in</button><p><a href="/forgot">Forgot your password?</a></p><p>Don\'t have an account? '
        '<a href="/register">Register now</a></p></form>',
    ),
    "log in, zh": page(
        "用户登录_青坪网",
        '<div class="login"><h3>用户登录</h3><form><p>请输入您的手机号码和密码登录，未注册的手机号将自动创建账号。</p>'
        '<label>手机号</label><input><label>密码</label><input type="password"><button>登录</button>'
        '<p><a href="/f">忘记密码？</a> <a href="/r">立即注册</a></p></form></div>',
    ),
    "riddle": (
        "<html><head><title>Just a moment...</title></head><body><h1>example.org</h1>"
        "<h2>Checking your browser before accessing example.org.</h2><p>This process is automatic. Your browser will "
        "redirect to your requested content shortly.</p><p>Please allow up to 5 seconds…</p>"
        "<p>DDoS protection by Shield. Ray ID: 7f3a90</p></body></html>"
    ),
    "riddle, human": (
        "<html><head><title>Are you a robot?</title></head><body><div><h1>Verify you are human</h1><p>We have detected "
        "unusual traffic from your network. Please complete the security check below to continue.</p>"
        "<p>Why did this happen? Please make sure your browser supports JavaScript and cookies.</p></div></body></html>"
    ),
    "riddle, zh": (
        "<html><head><title>安全验证</title></head><body><div><h3>请完成安全验证</h3><p>您的访问过于频繁，为了保证您的正常访问，"
        "请输入下方验证码后继续。</p><input><button>提交</button><p>看不清？换一张</p></div></body></html>"
    ),
    "menu": english("Ashcombe Gazette", linked(ENGLISH_LINKS)),
    "menu, zh": page("青坪网", linked(LINKS)),
    "no results": english(
        "Search results", "<h1>Search results</h1><p>Your search for “fery” did not match any articles. Try again.</p>"
    ),
    "no results, zh": page("搜索结果", "<p>很抱歉，没有找到与“渡口”相关的内容，建议您更换关键词后重新搜索。</p>"),
    "not found, fr": (
        "<html><head><title>Page introuvable</title></head><body><h1>Page introuvable</h1><p>La page que vous "
        "recherchez n'existe pas ou a été déplacée.</p><a href=\"/\">Retour à l'accueil</a></body></html>"
    ),
}
"""What is saved where no article was."""

DUMPS = {
    "not found": "Home\nNews\nSport\n\nPage not found\n\nSorry, the page you are looking for does not exist.\n\n© 2024",
    "not found, zh": "首页\n要闻\n社会\n\n抱歉，您访问的页面不存在或已被删除。\n\n返回首页\n\n版权所有 青坪网",
    "log in, zh": "首页\n要闻\n\n用户登录\n\n请输入您的手机号码和密码登录\n\n忘记密码\n立即注册\n\n版权所有 青坪网",
    "menu, zh": "首页\n要闻\n社会\n" + "\n".join(LINKS) + "\n关于我们\n版权所有 青坪网",
    "riddle": "Just a moment...\n\nChecking your browser before accessing this site.\n\nPlease allow up to 5 seconds.",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_an_article_is_none_or_in_doubt(name: str) -> None:
    doubted(PAGES[name], "html")


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_without_an_article_is_none_or_in_doubt(name: str) -> None:
    doubted(DUMPS[name], "text")


def doubted(data: str, form: str) -> None:
    article = clean(data, input_format=form)
    assert article.confidence < UNSURE, article.text
    assert article.warnings


SHORT_NEWS = {
    "flash": page(
        "青坪水库今晨开闸 下游渡口停航",
        "<h1>青坪水库今晨开闸 下游渡口停航</h1><p>2021-04-18 09:30 来源：青坪日报</p>"
        "<p>本报讯　青坪水库今天清晨六点开闸泄洪，下游柳湾渡口停航一天，沿岸三个村的村民已经提前转移。</p>",
    ),
    "flash, en": english(
        "Ferry stops at Hallow Vale",
        "<article><h1>Ferry stops at Hallow Vale</h1><p>By Rosalind Achterberg, 14 March 2024</p><p>The chain ferry at "
        "Hallow Vale will not run on Thursday, the parish said, because the river has risen by two metres since Monday "
        "night. Drivers are sent to the bridge at Ashcombe.</p></article>",
    ),
    "on an error, zh": page(
        "多名用户称无法登录购票平台",
        "<h1>多名用户称无法登录购票平台</h1><p>2021-04-18 09:30 来源：青坪日报</p><p>本报讯　昨天下午三点起，"
        "多名用户反映无法登录青坪客运的购票平台，页面显示“网络异常，请稍后再试”。客运公司的工作人员说，机房停电两小时，晚上七点已经恢复。</p>",
    ),
    "on errors": english(
        "Why the council's site was down",
        "<article><h1>Why the council's site was down</h1><p>For nine hours on Tuesday, whoever tried to pay a parking "
        "fine at Ashcombe read the words “page not found”. The council now says that a clerk had renamed a folder.</p>"
        "<p>“Please try again later is what we told everyone,” said Tobias Wren, who looks after the machines. “We had "
        "no idea ourselves.” By evening the folder had its old name back, and 214 fines were paid within an hour.</p>"
        "</article>",
    ),
}


@pytest.mark.parametrize("name", SHORT_NEWS)
def test_short_news_is_still_found(name: str) -> None:
    assert clean(SHORT_NEWS[name]).text


@pytest.mark.parametrize("size", [200, 2_000, 9_000])
def test_random_bytes_are_no_article_in_any_encoding(size: int) -> None:
    for seed in range(2):
        article = clean(random.Random(seed).randbytes(size))  # noqa: S311 - the same bytes on every run
        assert (article.text, article.confidence) == ("", 0.0)
        assert article.warnings == (NO_ARTICLE,)
