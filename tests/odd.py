"""Odd pieces of pages and dumps: what the Hypothesis suite puts together, and the seeds of the fuzz targets."""

from __future__ import annotations

PROSE = (
    "青坪县今年早稻插秧面积十二万亩，比去年增加三千亩。",
    "县农业农村局局长林小禾昨日在现场会上说，水库蓄水充足，各乡镇须在谷雨前完成插秧。",
    "The ferry to the island will not run on Sunday, the harbour master said; tickets stay valid until May.",
    "橋は昨日開通し、両岸の住民の移動時間は一時間から十分に短縮された。",
    "섬으로 가는 배는 일요일에 운항하지 않는다고 항만청이 밝혔다.",
    "Мост через реку открыт: дорога занимает теперь десять минут вместо часа, сообщила мэрия.",
    "قال مدير الميناء إن العبّارة لن تبحر يوم الأحد.",
)

MARKUP = (
    "<p>", "</p>", "<div class='article content'>", "<div hidden style='display:none'>", "</div>", "<br>",
    "<br/><br>", "<hr>", "<h1>", "</h1>", "<h3>", "</h2>", "<span>", "<b>", "</b>", "<i><b></i>", "<font color=red>",
    "<a href=", "<a", "<a href='javascript:alert(1)' onclick=x>", "<a href='/1.html'>", "<a name=x>", "</a>",
    "<ul><li>", "<li>", "</ul>", "<ol start=99999999999>", "<ol start=-3><li>", "</ol>", "<dl><dt>", "<dd>",
    "<blockquote>", "</blockquote>", "<table><tr><td>", "<td>", "<th colspan=9007199254740991 rowspan=0>", "<tr>",
    "</tr>", "</td></tr></table>", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "<caption>", "<tbody><td>", "<pre>",
    "<pre><code class='lang-py'>", "</code></pre>", "<code>", "<xmp>", "</xmp>", "<plaintext>", "<listing>\n",
    "<svg><text>", "<svg><title>", "<svg><foreignObject><p>", "</svg>", "<math><mi>",
    "<math><annotation-xml encoding='text/html'>", "<template>", "</template>", "<select><option>", "<form>",
    "<input value='x'>", "<textarea>", "</textarea>", "<button>", "<iframe>", "<noscript>", "<style>p{}", "</style>",
    "<script>document.write('<p>x</p>')", "</script>", "<title>", "</title>", "<figure><img src=a.jpg alt='", "'>",
    "<img src='data:image/png;base64,AAAA'>", "<img data-src=//a.example/b.jpg>",
    "<img src='javascript:x' alt='](javascript:x)'>", "<img srcset='a.png 1x, b.png 2x'>", "<figcaption>",
    "</figure>", "<html lang=zh><head>", "<body>", "</body></html>", "<html><body>", "<frameset>",
    "<base href='//[::1'>", "<base href='javascript:x'>", "<link rel=canonical href='//[x'>",
    "<link rel=canonical href='/1\x07.html'>", "<sup>", "</sup>", "<sub>", "<del>", "<ruby>橋<rt>はし</ruby>",
    "<details><summary>", "<mark>", "<q>", "<wbr>", "<!--", "-->", "<!--[if IE]>", "<![endif]-->", "<![CDATA[", "]]>",
    "<?xml version='1.0' encoding='gbk'?>", "<!DOCTYPE html>", "<!doctype", "<!>", "</>", "<", ">", "< p>", "<p<p>",
    "<p =''>", "<p a=1 a=2 \x00b>", "</p foo>", '"', "'", "=",
)  # fmt: skip
"""Tags, whole and broken, and what stands between them."""

HEADS = (
    "<meta charset=gb2312>", "<meta http-equiv=content-type content='text/html; charset=utf-8, ie=edge'>",
    "<meta property=og:title content='“石桥”通车 --- ''>", "<meta name=keywords content=',、;a，,b'>",
    "<meta name=author content='by\u3000 林小禾\x00'>", "<meta name=description content='\x1b[31mred\x1b[0m'>",
    "<meta property=og:url content='javascript:alert(1)'>",
    "<meta property=article:published_time content='2024-02-30T25:61'>",
    "<meta property=article:published_time content='2024-02-29T08:30:00+08:00'>",
    "<meta property=og:site_name content='&#x85;'>", "<meta property=og:url content='https://[x'>",
    "<meta name=pubdate content='0000-00-00'>", "<meta name=pubdate content='99999999999999999999'>", "<meta>",
    "<time datetime='2024-05-01T08:30'>", "<time datetime='9999-12-31T23:59:59-99:99' pubdate>",
    "<time datetime='二〇二四'>", "</time>",
)  # fmt: skip

ADDRESSES = (
    "javascript:alert(1)", "JavaScript&colon;x", " java\tscript:x", "java&#10;script:x", "\x01javascript:x",
    "&#106;avascript:x", "data:text/html,<script>x</script>", "vbscript:x", "file:///etc/passwd", "//a.example/1",
    "/1.html", "?a=1&copy=2", "#x", "a b)(c", "<x>", "x\\", "](javascript:x)", "http://[::1",
    "https://news.example/新闻/%zz", "mailto:a@a.example", "x" * 300,
)  # fmt: skip
"""Where links and images lead, or pretend to."""

JSON_VALUES = (
    "null", "0", "-1e999", "true", '""', '" "', '"\\u0000"', '"\\ud800"', '"&amp;lt;b&gt;"', "[]", "[null]", "{}",
    '[[["x"]]]', '{"@id":"#a"}', '{"name":null}', '{"name":{"name":"林小禾"}}', '{"@value":"林小禾"}', '"林小禾"',
    '["林小禾",null,3]', '"2024-05-01T08:30:00Z"', '"20240501"', '"0001-01-01"', '"x\\ny\\u001b[0m"',
    '"https://[::1"', "NaN", '"' + "长" * 300 + '"', "9" * 5000,
)  # fmt: skip

JSON_KEYS = (
    "@type", "@id", "@graph", "headline", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage",
    "name", "keywords", "description", "itemListElement", "item", "inLanguage", "image", "editor", "isPartOf",
    "sourceOrganization",
)  # fmt: skip

ENTITIES = (
    "&amp;", "&lt;script&gt;", "&nbsp;", "&nbsp", "&#0;", "&#13;", "&#x1b;", "&#xD83D;&#xDE00;", "&#xDC00;",
    "&#x110000;", "&#99999999999;", "&#x80;", "&#133;", "&#8232;", "&notit;", "&amp;amp;lt;", "&", "&#", "&#x;",
    "&quot;", "&zwj;", "&shy;",
)  # fmt: skip

LINES = (
    "来源：青坪日报  作者：林小禾  2021-04-18 09:30", "责任编辑：周大川", "By Ada Reed, 3 hours ago",
    "2024年02月30日 25:61", "1/2/2024 11:99 pm", "(本报记者 林小禾)", "首页 > 新闻 > 正文", "首页 | 登录 | 注册",
    "版权所有 © 2024 青坪网", "上一篇：无", "相关阅读", "  • item", "      + nested", "1. eins", "１、 二",
    "一、标题", "# head", "===", "----------", "* * *", "> quote", "```", "~~~ py", "    code", "| a | b |",
    "|---|---|", "a    b    c", "x\ty\tz", "[pic.jpg]", "[INLINE]", "[ Search  ]", "[x](javascript:alert(1))",
    "[x]: javascript:x", "![x](data:y)", "<https://a.example>", "<javascript:x>", "http://[::1",
    "https://news.example/2024/05/01/1.html", "<p>a sample</p>", "\x1b[31mred\x1b[0m", "\x1b]0;t\x07", "\x9b31m",
    "a\x00b", "\x08\x08", "\x0c", "\r", "\x85", "\u2028", "\u200b", "\u202e txet", "\ufeff", "\ufffd", "\ud800",
    "\U0001f468\u200d\U0001f469", "\u3000\u3000", "\t", "", "--- ", "title: x", "References",
    "   1. https://a.example/", "[1]link", "\\'", '\\"x\\"', "\\", "&quot;x&amp;lt;", "e\u0301" * 9,
)  # fmt: skip
"""Lines of dumps: bylines, dates, drawn tables, marks of Markdown, controls."""
