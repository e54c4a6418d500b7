"""The path from the site's front page to the article: 地方网 › 山东 › 济南市."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsclean.metadata import jsonld
from newsclean.metadata.declared import Declared
from newsclean.metadata.values import BREADCRUMB, JSON_LD, Found, fold
from newsclean.models import Block, Kind, LabelledBlock, Role
from newsclean.patterns import lazy

POSITION = lazy(
    r"^\W{0,3}(?:[您你]?(?:现在|當前|当前|目前|所在|现)(?:所在|所處|的|所在的)?(?:位置是|位置)|[您你](?:的|所在的?)?(?:位置是|位置)|"
    r"you are here|(?:位置|breadcrumbs?|導覽|导航)(?=\s?[:：>＞]))\s?[:：]?\s?(?:是[:：]?)?",
    re.IGNORECASE,
)
"""The words that open a breadcrumb, and are no part of it."""

SEPARATOR = lazy(r"\s{0,4}(?:>>|[>＞›»→⟩❯▸]|&gt;|\s/\s|\s[|｜]\s|\s-\s|--){1,20}\s{0,4}")
"""What stands between the steps of a breadcrumb."""

STRONG = lazy(r"[>＞›»→⟩❯▸]")
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

FRONT_ENDINGS = ("首页", "首頁", "网", "網")
"""How a first step ends that names the site (云西网, 云西首页)."""

PICTURE = lazy(r"\[[^\[\]\s]{1,40}\.(?:png|jpe?g|gif|svg|webp)\]")
"""A picture without words, as a text browser shows it: [logo.png]."""

NO_STEP = lazy(r"[<@]|://|\d{3}[\d-]{3}|^\W+$|登[录錄入陆]|[注註][册冊]|^(?:log|sign) ?(?:in|up)$", re.IGNORECASE)
"""What no step holds: markup, addresses, telephone numbers, the ways into a menu's account."""

MAX_STEP, MAX_STEPS, MAX_LINE = 30, 8, 160
SHORT_STEP, MIN_STEPS, MAX_FRONT = 8, 3, 12
"""Without a word that tells and without links, a breadcrumb is at least three such short steps."""

PREFIX_CHARS = 8
"""A last step that the headline starts with is the headline, cut, when it is as long as this or ends in dots."""

BEFORE = 25
"""How many blocks above the headline are searched for a breadcrumb that nobody labelled."""


def breadcrumb(
    labelled: Sequence[LabelledBlock], until: int, title: Found[str] | None, declared: Declared
) -> Found[tuple[str, ...]] | None:
    """The breadcrumb as shown above index `until`, else as declared; without the article itself."""
    text = title.value if title else None
    paths = (_path(item.block, text) for item in _candidates(labelled, until) if _may_be_path(item, text))
    shown = next(filter(None, paths), None)
    if shown:
        return Found(shown, BREADCRUMB)
    stated = _declared(declared, text)
    return Found(stated, JSON_LD) if stated else None


def looks_like_breadcrumb(block: Block) -> bool:
    """Whether a block reads as a breadcrumb.

    Opening words, a front page or 正文 and one separator are enough. Else it takes two of the strong ones, as arrows
    stand in headlines too, and most of the steps must be links or all of them short.
    """
    text = block.text
    if len(text) > MAX_LINE or not SEPARATOR.search(text):
        return False
    steps = _split(text)
    if not _trimmed(steps, None):
        return False
    if POSITION.match(text) or _is_front(steps[0], text) or _is_last(steps[-1]):
        return True
    if block.kind is Kind.HEADING or len(STRONG.findall(text)) < MIN_STEPS - 1:
        return False
    short = len(steps) >= MIN_STEPS and all(len(step) <= SHORT_STEP for step in steps)
    return short or _most_are_links(steps, block)


def _candidates(labelled: Sequence[LabelledBlock], until: int) -> Iterator[LabelledBlock]:
    """The blocks labelled as a breadcrumb, then those above the headline, the nearest first."""
    yield from (item for item in labelled if item.role is Role.BREADCRUMB)
    near = range(min(until, len(labelled)) - 1, max(-1, until - BEFORE), -1)
    yield from (labelled[index] for index in near)


def _may_be_path(item: LabelledBlock, title: str | None) -> bool:
    """Whether a block is no headline: neither labelled nor marked up as one, nor the title again."""
    headline = item.role is Role.TITLE or item.block.kind is Kind.HEADING
    return not headline and not (title and fold(item.block.text) == fold(title))


def _path(block: Block, title: str | None) -> tuple[str, ...]:
    """The steps of a block that reads as a breadcrumb, or whose arrows lead to the title."""
    steps = _split(block.text) if len(block.text) <= MAX_LINE else []
    leads = len(steps) >= MIN_STEPS and _is_title(steps[-1], title) and len(STRONG.findall(block.text)) >= MIN_STEPS - 1
    return _trimmed(steps, title) if leads or looks_like_breadcrumb(block) else ()


def _split(line: str) -> list[str]:
    """The steps of a line, without the words that open it."""
    line = POSITION.sub("", PICTURE.sub("", line).strip(), count=1)
    steps = [step.strip(" :：-|·") for step in SEPARATOR.split(line)]
    return [step for step in steps if step]


def _is_front(step: str, line: str) -> bool:
    """Whether a first step is a front page; a site's own name is believed only before an arrow."""
    named = step.endswith(FRONT_ENDINGS) and len(step) <= MAX_FRONT and bool(STRONG.search(line))
    return step.lower() in FRONT_PAGES or named


def _is_last(step: str) -> bool:
    return step.split(maxsplit=1)[0] in LAST_STEP


def _most_are_links(steps: Sequence[str], block: Block) -> bool:
    linked = {fold(span.text) for span in block.spans if span.href and span.src is None}
    return len(steps) > 1 and 2 * sum(fold(step) in linked for step in steps) > len(steps)


def _trimmed(steps: list[str], title: str | None) -> tuple[str, ...]:
    """The steps without 正文 and the article's title at their end; none when they are too many or no steps."""
    while steps and (_is_last(steps[-1]) or _is_title(steps[-1], title)):
        steps = steps[:-1]
    if len(steps) > 1 and len(steps[-1]) > MAX_STEP:
        steps = steps[:-1]
    sound = len(steps) <= MAX_STEPS and all(len(step) <= MAX_STEP and not NO_STEP.search(step) for step in steps)
    return tuple(steps) if sound else ()


def _is_title(step: str, title: str | None) -> bool:
    """Whether a step is the title, or its beginning; a short beginning is a section of the same name."""
    start, folded = fold(step), fold(title or "")
    cut = len(start) >= PREFIX_CHARS or step.endswith((".", "…"))
    return bool(start) and (start == folded or (cut and folded.startswith(start)))


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
