"""What is measured of a block: named columns of a small page and a small dump, and the sums that they are made with."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclean.label.columns import FAR, before, best_run, running_mean, shifted, since, total, until
from newsclean.label.shape import Shape, link_share, units
from newsclean.label.signals import NAMES, measure
from newsclean.models import Block, Blocks, Container, Span
from newsclean.page import read_html, read_text
from newsclean.segment import html, text

PAGE = """<html><head><title>Swans halt the ring road - Ashcombe Gazette</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<main><h1>Swans halt the ring road</h1>
<div class="meta">By Tobias Wren, 14 March 2024 09:30</div>
<div class="story">
<p>Seven swans walked along the ring road on Monday morning, and for an hour the traffic walked with them.</p>
<p>“They were in no hurry,” said a driver, Ida Marsh, who had bread to deliver and sold it from her van instead.</p>
<p>By ten the birds had reached the mill pond, where they have nested, on and off, for eleven years.</p>
</div></main>
<div class="related"><h3>Read more</h3><ul><li><a href="/1">Ferry chain repaired</a></li>
<li><a href="/2">Bakery queue grows</a></li></ul></div>
<footer>© 2024 Ashcombe Gazette. All rights reserved.</footer></body></html>"""
"""Two links, headline, byline, three paragraphs, "Read more", two links, footer: blocks 0 to 10."""

DUMP = """首页 | 新闻 | 社会

七只天鹅走上环城路

2024-03-14 09:30 来源：青坪日报

　　星期一清早，七只天鹅沿着环城路走了一个小时，汽车都跟在它们后面慢慢地走，谁也没有按喇叭。

　　“它们一点也不着急。”送面包的司机马一达说，他索性把车停在路边，把面包卖给了堵在路上的人。

相关新闻
渡口的铁链修好了
"""
"""Menu, headline, dateline, two paragraphs, "related news", a headline: blocks 0 to 6."""


def measured(page: Blocks, title: str | None) -> dict[str, list[float]]:
    return dict(zip(NAMES, measure(Shape(page), title), strict=True))


@pytest.fixture(scope="module")
def page() -> dict[str, list[float]]:
    read = read_html(PAGE)
    return measured(html.segment(read), read.title)


@pytest.fixture(scope="module")
def dump() -> dict[str, list[float]]:
    return measured(text.segment(read_text(DUMP)), None)


IN_STORY = [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        # of the block alone
        ("link share", [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ("commas", [0, 0, 0, 1, 1, 3, 3, 0, 0, 0, 0]),
        ("full stop", [0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1]),
        ("date", [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
        ("time", [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]),
        ("navigation phrase", [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("related phrase", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
        ("legal phrase", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        ("heading level", [0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0]),
        ("list entry", [1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ("paragraph tag", IN_STORY),
        # along the page
        ("is title", [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("since h1", [FAR, FAR, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("since related", [FAR] * 7 + [0, 1, 2, 3]),
        ("from headline", [-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8]),
        ("good text since headline", [0, 0, 0, 0, 0, 1, 2, 3, 3, 3, 3]),
        ("until good text", [4, 3, 2, 1, 0, 0, 0, FAR, FAR, FAR, FAR]),
        ("paragraph tag after", [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0]),
        # where the article may be
        ("main depth", [-1, -1, -1, -1, 1, 1, 1, -1, -1, -1, -1]),
        ("core share", [1] * 11),
        ("close run start", [-4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]),
        ("close run end", [6, 5, 4, 3, 2, 1, 0, -1, -2, -3, -4]),
        ("votes", [6 * inside for inside in IN_STORY]),
        # the containers
        ("container 2 share", [0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1]),
        ("container 2 blocks", [2, 2, 5, 5, 3, 3, 3, 3, 2, 2, 11]),
        ("container 1 dates", [0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0]),
        ("inside main", [0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0]),
        ("in navigation", [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
        ("in list", [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]),
        ("siblings", [1, 1, 0, 0, 2, 2, 2, 0, 1, 1, 0]),
        ("same shape share", IN_STORY),
    ],
)
def test_a_page_is_measured(page: dict[str, list[float]], name: str, values: list[float]) -> None:
    counted = {"commas", "container 2 blocks", "siblings"}  # kept as logarithms
    expected = [math.log(1 + value) for value in values] if name in counted else values
    assert page[name] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("indent", [0, 0, 0, 4, 4, 0, 0]),
        ("gap", [0, 1, 1, 1, 1, 1, 0]),
        ("date", [0, 0, 1, 0, 0, 0, 0]),
        ("byline phrase", [0, 0, 1, 0, 0, 0, 0]),
        ("full stop", [0, 0, 0, 1, 1, 0, 0]),
        ("since related", [FAR] * 5 + [0, 1]),
        ("good text before", [0, 0, 0, 0, 0.5, 1, 1]),
        ("loose run start", [-3, -2, -1, 0, 1, 2, 3]),
        ("link share", [0] * 7),
        ("container 1 share", [0] * 7),
        ("inside nav", [0] * 7),
        ("same shape share", [0] * 7),
    ],
)
def test_a_dump_is_measured_without_containers(dump: dict[str, list[float]], name: str, values: list[float]) -> None:
    assert dump[name] == pytest.approx(values, abs=0.03)


def test_every_block_has_every_signal(page: dict[str, list[float]], dump: dict[str, list[float]]) -> None:
    assert {len(column) for column in page.values()} == {11}
    assert {len(column) for column in dump.values()} == {7}


def test_a_chinese_sign_is_a_unit_and_a_latin_one_is_less() -> None:
    assert units("天鹅") == 2.0
    assert units("swan") == pytest.approx(1.6)
    assert units("") == 0.0


def test_the_share_of_links_counts_their_text() -> None:
    assert link_share(Block("read on", spans=(Span("read "), Span("on", href="/2")))) == pytest.approx(2 / 7)
    assert link_share(Block("")) == 0.0


def test_a_shape_sums_over_containers_and_knows_what_is_inside() -> None:
    boxes = (Container("body", -1), Container("div", 0), Container("p", 1), Container("div", 0))
    shape = Shape(
        Blocks(tuple(Block(word, container=place) for word, place in zip("天鹅鱼", (2, 1, 3), strict=True)), boxes)
    )
    assert shape.total == [3.0, 2.0, 1.0, 1.0]
    assert shape.within(1) == [-1, 0, 1, -1]
    assert shape.at(shape.total) == [1.0, 2.0, 1.0]
    assert shape.at_levels([shape.total], 2) == [[1.0, 2.0, 1.0], [2.0, 3.0, 3.0]]
    assert shape.over([0, 1, 0], [1.0, 2.0, 4.0]) == [5.0, 2.0, 5.0]


def test_marks_are_counted_from_both_sides() -> None:
    assert since([0.0, 1.0, 0.0, 0.0]) == [FAR, 0.0, 1.0, 2.0]
    assert until([0.0, 1.0, 0.0, 0.0]) == [1.0, 0.0, FAR, FAR]


NUMBERS = st.lists(st.integers(-9, 9).map(float), max_size=30)


@given(NUMBERS)
def test_no_run_has_a_larger_sum_than_the_best(weights: list[float]) -> None:
    start, end = best_run(weights)
    sums = [sum(weights[i:j]) for i in range(len(weights) + 1) for j in range(i, len(weights) + 1)]
    assert 0 <= start <= end <= len(weights)
    assert sum(weights[start:end]) == max(sums)


@given(NUMBERS, st.integers(0, 40))
def test_a_running_mean_is_the_mean_of_what_is_in_reach(values: list[float], reach: int) -> None:
    parts = [values[max(place - reach, 0) : place + reach + 1] for place in range(len(values))]
    assert running_mean(values, reach) == pytest.approx([sum(part) / len(part) for part in parts])


@given(NUMBERS, st.integers(-40, 40))
def test_shifting_moves_values_and_fills_up_with_nothing(values: list[float], by: int) -> None:
    held = dict(enumerate(values))
    assert shifted(values, by) == [held.get(place - by, 0.0) for place in range(len(values))]


@given(NUMBERS)
def test_what_is_before_a_place_is_the_sum_up_to_it(values: list[float]) -> None:
    assert before(values) == [sum(values[:place]) for place in range(len(values))]


def test_sums_are_alike_on_every_python() -> None:
    assert total([0.1] * 10) == 0.9999999999999999
