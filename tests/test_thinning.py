"""Pages of very many blocks are judged by samples: quickly, with the article found and no book cut short."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from newsclean import clean, second_opinion
from newsclean.label.explain import reason
from newsclean.label.thinning import MANY, thinned
from newsclean.models import Block, Blocks, Container, Role

ARTICLE = (
    "入冬以来，石塘镇的四座小水库陆续完成了清淤，蓄水量比往年多了三成，镇里决定把明年的灌溉计划提前半个月公布。",
    "镇水利站站长骆文清说，清出来的淤泥没有运走，全部送到了山坡上的橘园，一亩地能省下两百多元的肥料钱。",
    "在下洋村，种了二十年橘子的简阿福带着记者看了他的园子，新铺的淤泥已经晒干，树根旁边还挖了一圈浅沟。",
    "不过，村民们也有担心。有人提出，库区的道路被运泥的车压坏了几段，希望镇里在春耕之前能够把路修好。",
)

WORDS = "水库 橘园 山坡 村民 道路 春耕 肥料 老人 孩子 学校 集市 渡口 石桥 祠堂 粮站 茶山 竹林 渔船 木匠 郎中".split()


def sentences(count: int, seed: int) -> list[str]:
    """Paragraphs of one to three sentences that nobody wrote."""
    chance = random.Random(seed)  # noqa: S311 - no secret

    def sentence() -> str:
        one, two, three, four = chance.sample(WORDS, 4)
        years = chance.randint(2, 90)
        return f"那一年{one}旁边来了一个{two}，说起{three}的事情，大家才想到{four}已经有{years}年没有修过了。"

    return ["".join(sentence() for _ in range(chance.randint(1, 3))) for _ in range(count)]


def page(body: str, article: tuple[str, ...] = ARTICLE, behind: str = "") -> str:
    text = "".join(f"<p>{one}</p>" for one in article)
    return (
        "<html><head><title>石塘镇四座水库完成清淤_石塘新闻网</title></head>"
        "<body><div class=nav><a href=/>首页</a></div>"
        f"{body}<div class=content><h1>石塘镇四座水库完成清淤</h1>{text}</div>{behind}</body></html>"
    )


LISTS: list[Callable[[int], str]] = [
    lambda n: "".join(f"<div>第{k}号</div>" for k in range(n)),
    lambda n: "<ul>" + "".join(f"<li><a href=/{k}>各地简讯之{k}：集市开张</a></li>" for k in range(n)) + "</ul>",
    lambda n: "<table>" + "".join(f"<tr><td>{k}</td><td>橘子</td></tr>" for k in range(n)) + "</table>",
    lambda n: "".join(f"<div class=c{k}>第{k}号</div>" for k in range(n)),
]


@pytest.mark.parametrize("made", LISTS)
@pytest.mark.parametrize("before", [True, False])
def test_an_article_is_found_beside_a_list_without_end(made: Callable[[int], str], before: bool) -> None:
    many = made(MANY + 500)
    article = clean(page(many) if before else page("", behind=many))
    assert article.text.split("\n") == list(ARTICLE)
    assert article.title == "石塘镇四座水库完成清淤"


def test_an_article_is_found_among_the_lines_of_a_dump() -> None:
    lines = [f"简讯{k}" for k in range(MANY + 500)]
    lines[MANY:MANY] = ["", "石塘镇四座水库完成清淤", "", *ARTICLE, ""]
    assert clean("\n".join(lines)).text.split("\n") == list(ARTICLE)


BOOKS: list[Callable[[list[str]], str]] = [
    lambda text: page("", tuple(text)),
    lambda text: page("", (), "<div class=content>" + "<br>".join("\u3000\u3000" + one for one in text) + "</div>"),
    lambda text: "石塘旧事\n\n" + "\n\n".join(text),
]


@pytest.mark.parametrize("form", BOOKS)
def test_a_book_is_kept_whole(form: Callable[[list[str]], str]) -> None:
    text = sentences(MANY + 1000, seed=3)
    assert [one for one in clean(form(text)).text.split("\n") if one in text] == text


def test_every_block_has_its_label_and_its_reason() -> None:
    whole = clean(page("", behind=LISTS[1](MANY + 500)))
    shown = [label.block.text for label in whole.labels]
    assert [text for text in shown if text.startswith("各地简讯之")] == [
        f"各地简讯之{k}：集市开张" for k in range(MANY + 500)
    ]
    assert sum(label.role is Role.TITLE for label in whole.labels) == 1
    unread = next(label for label in whole.labels if label.signals is None)
    assert reason(unread) == "judged as others of its kind, of which there are very many"


def blocks(texts: list[str]) -> Blocks:
    boxes = (Container("body", -1), *(Container("div", 0, f"c{k}") for k in range(len(texts))))
    return Blocks(tuple(Block(text, container=k + 1) for k, text in enumerate(texts)), boxes)


@pytest.mark.parametrize(
    "texts",
    [
        ["甲乙丙"] * (3 * MANY),
        [str(k) * (k % 90) for k in range(3 * MANY)],
        [ARTICLE[k % 4][: k % 7 * 9] for k in range(9 * MANY)],
    ],
)
def test_a_sample_has_an_end_however_many_kinds_of_blocks_there_are(texts: list[str]) -> None:
    sample = thinned(blocks(texts))
    assert sample is not None
    assert 0 < len(sample.page.blocks) <= MANY
    assert [block.text for block in sample.page.blocks] == [texts[place] for place in sample.places]
    assert all(0 <= block.container < len(sample.page.containers) for block in sample.page.blocks)
    assert len(sample.page.containers) <= len(sample.page.blocks) + 1


def test_no_other_page_is_thinned() -> None:
    assert thinned(blocks(["甲乙丙"] * MANY)) is None


def test_no_second_opinion_is_asked_of_a_page_that_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def region(html: str, most: int) -> frozenset[str]:  # noqa: ARG001 - as it is called
        asked.append(len(html))
        return frozenset()

    monkeypatch.setattr(second_opinion, "region", region)
    doubtful = "<p>" + "</p><p>".join(["立即登录 更多"] * 50)
    clean(doubtful)
    clean(doubtful + "<!--" + "x" * second_opinion.LONGEST + "-->")
    clean(doubtful + "<p>立即登录</p>" * MANY)
    assert asked == [len(doubtful)]
