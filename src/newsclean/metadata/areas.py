"""Where on the page an article's metadata stands: the lines between headline and body, and the ends of the body.

A date, a name or an outlet counts only there. The same words in a list of related articles, in a comment or in the
footer say nothing of this article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclean.metadata.date_forms import YEAR
from newsclean.metadata.values import half_width
from newsclean.models import BODY_ROLES, Block, LabelledBlock, Role
from newsclean.patterns import lazy

GAP = 12
"""So many blocks in a row that are not body part two runs of body: a teaser above does not belong to the article."""

BEFORE_BODY = 15
"""How many blocks before the body are searched when no headline is known."""

BOX = 30
"""An information box (发布机构：…, 发文日期：…) stands within so many blocks above the headline."""

BEFORE_HEADLINE = 4
"""Some pages put the byline above the headline, never far above."""

AFTER_HEADLINE = 12
"""A long list of share buttons may part the byline, which follows the headline, from the body."""

AFTER_BODY = 8
"""Editors and sources that close an article come within so many blocks after it."""

INTO_BODY = 12
"""A picture, a summary or a table of contents may stand above the byline, and count as the start of the body."""

MANY_BYLINES = 5
"""A body with more dated bylines than this is a list of articles or a thread: none of them is that of the page."""

LINE_CHARS = 160
"""A byline is a short line; a longer block is text."""

LAST_CHARS = 60
"""A credit that closes the body as a line of its own is as short as this."""

LABEL_CHARS = 12
"""A label such as `发文日期：`, whose value stands in the next block, is as short as this."""

HEADLINE_LABELS = ("标题", "標題", "题名", "題名", "名称", "名稱")
"""Such a label before a headline."""

OPENING_CHARS = 100
"""The first blocks of the body are read as bylines only when they are as short as this."""

LANGUAGE_CHARS = 1500
"""So much of the body is enough to tell its language."""

PARAGRAPH_CHARS = 40
"""The first paragraph of a body is longer than this; lists of other articles may stand above it."""

CREDITED = lazy(r"来\s?源|來源|稿源|编辑|編輯|责编")
"""What a byline says that belongs to the article, wherever it stands."""

WEB = lazy(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s<>\"'|,，。、；;)）\]】\u4e00-\u9fff]+")
"""An address in running text: Chinese text and punctuation end it. (To ignore case in the last set takes long to
compile.)"""

BRACKET = lazy(r"[\[【〖]([^\[\]【】〖〗]{1,30})[\]】〗]")
"""What may hold a group of buttons (【字体：大 中 小】)."""

BUTTONS = frozenset(
    "大 中 小 特大 超大 特 字体 字号 字級 字级 字體 字號 打印 打印本页 打印本頁 列印 关闭 关闭窗口 关闭本页 關閉 "
    "推荐 推薦 收藏 评论 評論 发表评论 我要评论 查看评论 分享 复制 复制链接 转发 轉寄 返回 纠错 我要纠错 投稿 "
    "论坛 繁体 繁體 简体 保护视力色 默认 print email share close font size a a+ a- + -".split()
)
"""The words of such buttons: they say nothing of the article."""

BUTTON_PARTS = lazy(r"[\s|/:,、·]+")
"""What stands between those words."""

JOINED = lazy(r"\|(?=\s?(?:[、&]|(?:and|und|et|y)\b|,[^|,]{3,30}\|))")
"""A link's end between two names of one list ends nothing."""

SENTENCE_ENDS = '。！？!?…”"'
"""How the last line of a text ends that is none about it."""

TEXT_ROLES = tuple(BODY_ROLES)
"""The roles of the body; a tuple, as members of an enum compare faster than they hash."""

FOREIGN_ROLES = (Role.RELATED, Role.COMMENT, Role.CAPTION)
"""Roles whose dates and names are those of somebody else."""

NAME_CHARS = 20
"""A link below the headline that is as short as this may be the author, whatever else on the page it looks like."""


class Areas(NamedTuple):
    """The lines where metadata may stand, half-width, in order of the page.

    `below` holds the lines between the headline and the body, `above` those right above the headline, `far` bylines and
    boxes of labels and values further above it, `first` short lines that open the body, `last` short lines that close
    it, `tail` those after it, `inner` bylines between its first blocks; `openings` are the starts of the body's first
    blocks, `closings` are the ends of its last ones. `body` is the body's text, as much of it as tells the language.
    """

    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    body: str = ""
    inner: tuple[str, ...] = ()


def body_run(labelled: Sequence[LabelledBlock]) -> range:
    """The indexes from the first to the last block of the article's body; empty at the end of a page without one.

    Of several runs of body blocks, that with the most text.
    """
    runs: list[list[int]] = []
    for index in [index for index, item in enumerate(labelled) if item.role in TEXT_ROLES]:
        if runs and index - runs[-1][-1] <= GAP:
            runs[-1].append(index)
        else:
            runs.append([index])
    if not runs:
        return range(len(labelled), len(labelled))
    best = max(runs, key=lambda run: sum(len(labelled[index].block.text) for index in run)) if runs[1:] else runs[0]
    return range(best[0], best[-1] + 1)


def lay_out(labelled: Sequence[LabelledBlock], body: range, headline: int | None) -> Areas:
    """Find the lines where metadata may stand, around a body and a headline (its index, if known)."""
    read = (labelled[index].block.text for index in body if labelled[index].role in TEXT_ROLES)
    texts = [text for text in read if text]
    return Areas(
        below=_lines(labelled, _below(labelled, body, headline), NAME_CHARS),
        above=_lines(labelled, list(range(max(0, headline - BEFORE_HEADLINE), headline))) if headline else (),
        first=_first_lines(texts),
        tail=_lines(labelled, _tail(labelled, body)),
        last=_last_lines(texts),
        far=(*_lines(labelled, _far(labelled, headline, body)), *_box(labelled, headline)),
        openings=tuple(half_width(text[:300]) for text in texts[:2]),
        closings=tuple(half_width(text[-300:]) for text in texts[-2:]),
        body="\n".join(texts)[:LANGUAGE_CHARS],
        inner=_lines(labelled, _inner(labelled, body)),
    )


def _below(labelled: Sequence[LabelledBlock], body: range, headline: int | None) -> list[int]:
    if headline is None:
        return list(range(max(0, body.start - BEFORE_BODY), body.start))
    below = range(headline + 1, max(min(body.start, headline + 1 + 3 * AFTER_HEADLINE), headline + 3))
    return [index for index in below if index < len(labelled)]


def _far(labelled: Sequence[LabelledBlock], headline: int | None, body: range) -> list[int]:
    """Bylines above those that stand near the headline; all of them where no headline is known."""
    start, end = (
        (0, body.start - BEFORE_BODY) if headline is None else (headline - BEFORE_BODY, headline - BEFORE_HEADLINE)
    )
    return [index for index in range(max(0, start), max(0, end)) if labelled[index].role is Role.BYLINE]


def _own(labelled: Sequence[LabelledBlock], indexes: list[int], body: range) -> list[int]:
    """These indexes without dated lines behind the first list of other articles or of comments, which date those."""
    first = next((index for index in body if len(labelled[index].block.text) >= PARAGRAPH_CHARS), body.start)
    last = max(indexes, default=first)
    foreign = next((at for at in range(first, last) if labelled[at].role in (Role.RELATED, Role.COMMENT)), last + 1)
    return [at for at in indexes if at < foreign or _is_undated(labelled[at].block.text[:LINE_CHARS])]


def _is_undated(line: str) -> bool:
    """Whether a line has no date, or credits somebody too, as the lines of a list do not."""
    return not YEAR.search(line) or bool(CREDITED.search(line))


def _tail(labelled: Sequence[LabelledBlock], body: range) -> list[int]:
    near = range(body.stop, min(len(labelled), body.stop + AFTER_BODY))
    far = range(near.stop, min(len(labelled), near.stop + 2 * AFTER_BODY))
    return _own(labelled, [*near, *(index for index in far if labelled[index].role is Role.BYLINE)], body)


def _lines(labelled: Sequence[LabelledBlock], indexes: list[int], foreign: int = 0) -> tuple[str, ...]:
    """The lines at these indexes; those of a foreign role are as short as `foreign`, in characters, and no caption."""
    chosen = (labelled[index] for index in indexes)
    fits = [line_of(item.block) for item in chosen if 0 < len(item.block.text) <= _longest(item.role, foreign)]
    return tuple(_with_values(fits))


def _with_values(lines: list[str]) -> Iterator[str]:
    """The lines, those that only name a value joined (by a line feed) with the next one, which may hold it."""
    label = ""
    for line in lines:
        if is_label(line):
            yield from [label] if label else []
            label = line
        else:
            yield f"{label}\n{line}" if label else line
            label = ""
    yield from [label] if label else []


def _longest(role: Role, foreign: int) -> int:
    """How long a line of this role may be, in characters."""
    if role not in FOREIGN_ROLES:
        return LINE_CHARS
    return 0 if role is Role.CAPTION else foreign


def _box(labelled: Sequence[LabelledBlock], headline: int | None) -> tuple[str, ...]:
    """The labels and values of a box above the headline, each pair as a line."""
    above = labelled[max(0, headline - BOX) : headline] if headline else ()
    texts = [half_width(item.block.text) for item in above if item.block.text]
    return tuple(line for line in _with_values(texts) if 0 < len(line.partition("\n")[2]) <= LAST_CHARS)


def is_label(text: str) -> bool:
    """Whether a block only names the value in the next one (发文日期：), unless that is a headline."""
    return len(text) <= LABEL_CHARS and text.endswith((":", "：")) and not text.startswith(HEADLINE_LABELS)


def _inner(labelled: Sequence[LabelledBlock], body: range) -> list[int]:
    bylines = [index for index in body if labelled[index].role is Role.BYLINE]
    if sum(bool(YEAR.search(labelled[index].block.text[:LINE_CHARS])) for index in bylines) > MANY_BYLINES:
        return []
    return _own(labelled, [index for index in bylines if index < body.start + INTO_BODY], body)


def _first_lines(texts: list[str]) -> tuple[str, ...]:
    return tuple(half_width(text) for text in texts[:2] if len(text) <= OPENING_CHARS)


def _last_lines(texts: list[str]) -> tuple[str, ...]:
    """The short lines that close a body, unless they are sentences or open it too."""
    lines = (text for text in texts[2:][-2:] if len(text) <= LAST_CHARS)
    return tuple(half_width(text) for text in lines if text[-1] not in SENTENCE_ENDS)


def line_of(block: Block) -> str:
    """A block's text, half-width, with a bar where a link ends: `Source: <a>Daily</a>Share` names the Daily alone."""
    if not any(span.href for span in block.spans):
        return half_width(block.text)
    pieces = (span.text + ("|" if span.href else "") for span in block.spans if span.src is None)
    return JOINED.sub("", half_width(" ".join("".join(pieces).split()))).rstrip("|")


def without_buttons(line: str) -> str:
    """A half-width line without addresses and without bracketed groups of buttons (【字体:大 中 小】)."""
    if "://" in line:
        line = WEB.sub(" ", line).strip()
    return BRACKET.sub(_unless_buttons, line) if "】" in line or "]" in line or "〗" in line else line


def _unless_buttons(match: re.Match[str]) -> str:
    words = [word for word in BUTTON_PARTS.split(match[1].lower()) if word]
    return " " if BUTTONS.issuperset(words) else match[0]
