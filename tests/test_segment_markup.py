"""Dumps written in Markdown, and mails: what is quoted and what is code is told from what only looks so."""

from __future__ import annotations

import pytest

from newsclean.models import Block, FrameKind, Kind
from newsclean.page import read_text
from newsclean.segment.text import segment


def blocks(text: str) -> tuple[Block, ...]:
    return segment(read_text(text)).blocks


def frames(block: Block) -> list[tuple[FrameKind, int]]:
    return [(frame.kind, frame.id) for frame in block.frames]


def test_quoted_lines_stand_in_a_quote_and_lose_their_signs() -> None:
    found = blocks(
        "The mayor spoke.\n> We will open the bridge again before winter.\n>\n> > - soon\n> > - late\n>\n> So be it."
        "\nNobody else spoke.\n\n> 桥明年春天重新开放，市长在会上说，请大家再等一等，不要着急。"
    )
    assert [(block.text, block.gap) for block in found] == [
        ("The mayor spoke.", 0),
        ("We will open the bridge again before winter.", 0),
        ("soon", 1),
        ("late", 0),
        ("So be it.", 1),
        ("Nobody else spoke.", 0),
        ("桥明年春天重新开放，市长在会上说，请大家再等一等，不要着急。", 1),
    ]
    plain, outer, soon, late, end, after, other = map(frames, found)
    assert plain == after == []
    assert outer == end == soon[:1] == late[:1]
    kinds = [FrameKind.QUOTE, FrameKind.QUOTE, FrameKind.LIST, FrameKind.ITEM]
    assert [kind for kind, _ in soon] == [kind for kind, _ in late] == kinds
    assert other[0][0] is FrameKind.QUOTE
    assert other != outer


def test_wrapped_lines_of_a_quote_are_a_paragraph_of_their_own() -> None:
    quote = [
        "The council of Oakham voted on Tuesday to rebuild the old bridge over",
        "the river Wend, which had been closed since a flood damaged two of its",
        "piers in the spring of last year. It will be open again before winter,",
        "said the mayor.",
    ]
    dump = "\n".join([*(f"> {line}" for line in quote), "so that all may cross the river on foot again and on wheels"])
    assert [block.text for block in blocks(dump)] == [" ".join(quote), dump.splitlines()[-1]]


@pytest.mark.parametrize(
    "lines",
    [
        ["> 查看更多", "> 海外观察"],
        ["Home", "> Read more about the bridge over the river..."],
        ["> 正文", "云河市今日举行春季植树活动。"],
        [">> bridge boot 0.7", "> ls"],
        ["                    > The bridge will be open again before the winter."],
        [">The bridge will be open again before the winter."],
    ],
)
def test_signs_that_lead_links_and_prompts_are_no_quotes(lines: list[str]) -> None:
    found = blocks("\n".join(lines))
    assert [block.text for block in found] == [line.strip() for line in lines]
    assert not any(block.frames for block in found)


def test_lines_between_fences_are_code_as_they_are() -> None:
    found = blocks("Try this:\n\n  ```Python\n  - a    b    c\n\n      1. d\n  ```\nThen this:\n````\n```\n````")
    assert [(block.kind, block.text, block.language, block.gap) for block in found] == [
        (Kind.PARAGRAPH, "Try this:", None, 0),
        (Kind.CODE, "- a    b    c\n\n    1. d", "python", 1),
        (Kind.PARAGRAPH, "Then this:", None, 0),
        (Kind.CODE, "```", None, 0),
    ]
    assert not any(block.frames for block in found)


@pytest.mark.parametrize(
    "dump", ["```python\nbridge", "~~~\nbridge\n~~~", "a ``` b\nbridge\nc ``` d", "````\nbridge\n```"]
)
def test_a_fence_that_is_not_closed_and_rules_are_no_code(dump: str) -> None:
    found = blocks(dump)
    assert "bridge" in [block.text for block in found]
    assert not [block for block in found if block.kind is Kind.CODE]
