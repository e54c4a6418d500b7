"""The path from the site's front page to the article: 地方网 › 山东 › 济南市."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsclean.metadata import jsonld
from newsclean.metadata.declared import Declared
from newsclean.metadata.values import BREADCRUMB, JSON_LD, Found, fold
from newsclean.models import LabelledBlock, Role

POSITION = re.compile(
    r"^\W{0,3}(?:[您你]?(?:现在|當前|当前|目前|所在|现)?(?:所在|所處|的|所在的)?(?:位置|位置是)|"
    r"you are here|breadcrumbs?|導覽|导航)\s?[:：]?\s?(?:是[:：]?)?",
    re.IGNORECASE,
)
"""The words that open a breadcrumb, and are no part of it."""

SEPARATOR = re.compile(r"\s*(?:>>|[>＞›»→⟩❯▸]|&gt;|\s/\s|\s[|｜]\s|\s-\s|--)+\s*")
"""What stands between the steps of a breadcrumb."""

STRONG = re.compile(r"[>＞›»→⟩❯▸]")
"""Separators that hardly anything but a breadcrumb uses twice in a short line."""

LAST_STEP = frozenset(
    {
        "正文",
        "内容",
        "文章",
        "記事",
        "記事本文",
        "浏览文章",
        "信息内容",
        "详细内容",
        "文章内容",
        "新闻正文",
        "資訊正文",
        "資訊內容",
        "內文",
    }
)
"""What templates call the article itself at the end of its breadcrumb."""

FRONT_PAGES = frozenset({"首页", "首頁", "主页", "网站首页", "home", "startseite", "inicio", "accueil"})
"""What the first step of a breadcrumb is called."""

MAX_STEP, MAX_STEPS, MAX_LINE = 30, 8, 160
BEFORE = 25
"""How many blocks above the headline are searched for a breadcrumb that nobody labelled."""


def breadcrumb(
    labelled: Sequence[LabelledBlock], until: int, title: Found[str] | None, declared: Declared
) -> Found[tuple[str, ...]] | None:
    """The breadcrumb as shown above index `until`, else as declared; without the article itself."""
    text = title.value if title else None
    shown = _labelled(labelled, text) or _unlabelled(labelled, until, text)
    if shown:
        return Found(shown, BREADCRUMB)
    stated = _declared(declared, text)
    return Found(stated, JSON_LD) if stated else None


def looks_like_breadcrumb(text: str) -> bool:
    """Whether a line reads as a breadcrumb.

    Opening words, a front page or 正文 and one separator are enough; else it takes two of the strong ones.
    """
    if len(text) > MAX_LINE or not SEPARATOR.search(text):
        return False
    steps = steps_of(text)
    if not steps:
        return False
    told = POSITION.match(text) or steps[0].lower() in FRONT_PAGES or text.rstrip().endswith(tuple(LAST_STEP))
    return bool(told) or (len(STRONG.findall(text)) > 1 and len(steps) > 1)


def steps_of(line: str, title: str | None = None) -> tuple[str, ...]:
    """The steps of a breadcrumb line, without its opening words, the article's title and 正文."""
    line = POSITION.sub("", line, count=1)
    steps = [step.strip(" :：") for step in SEPARATOR.split(line)]
    return _trimmed([step for step in steps if step], title)


def _trimmed(steps: list[str], title: str | None) -> tuple[str, ...]:
    folded = fold(title or "")
    while steps and (
        steps[-1] in LAST_STEP
        or (folded and fold(steps[-1].rstrip(".…")) and folded.startswith(fold(steps[-1].rstrip(".…"))))
    ):
        steps = steps[:-1]
    return tuple(steps) if len(steps) <= MAX_STEPS and all(len(step) <= MAX_STEP for step in steps) else ()


def _labelled(labelled: Sequence[LabelledBlock], title: str | None) -> tuple[str, ...]:
    """The steps of the first blocks in a row that are labelled as a breadcrumb."""
    run: list[str] = []
    for item in labelled:
        if item.role is Role.BREADCRUMB:
            run.append(item.block.text)
        elif run:
            break
    return steps_of(" > ".join(run), title) if run else ()


def _unlabelled(labelled: Sequence[LabelledBlock], until: int, title: str | None) -> tuple[str, ...]:
    for index in range(min(until, len(labelled)) - 1, max(-1, until - BEFORE), -1):
        text = labelled[index].block.text
        if looks_like_breadcrumb(text):
            return steps_of(text, title)
    return ()


def _declared(declared: Declared, title: str | None) -> tuple[str, ...]:
    for thing in declared.things:
        items = thing.get("itemListElement") if "BreadcrumbList" in jsonld.types(thing) else None
        nested = thing.get("breadcrumb")
        items = items or (nested.get("itemListElement") if isinstance(nested, dict) else None)
        if isinstance(items, list):
            named = [
                jsonld.text_of(item) or jsonld.text_of(item.get("item")) for item in items if isinstance(item, dict)
            ]
            return _trimmed([name for name in named if name], title)
    return ()
