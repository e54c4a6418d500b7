"""readability-lxml is asked where our own labeller is in doubt, and only then, or where a user wants it alone."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newsclean import clean, second_opinion
from newsclean.label import roles
from newsclean.label.explain import reason
from newsclean.label.model import Scored, score
from newsclean.models import Block, Blocks, Container, Role
from newsclean.second_opinion import LOGGER, MOST_READ, WEIGHT, bounded, opinions, region

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "modern-portal" / "source.html"

TEXT = "渡口的船工说，桥修好以后他打算留下那条船，等孙子放假回来，再带他到河心看一看对岸的灯。" * 3


def test_the_region_holds_the_texts_of_its_blocks() -> None:
    nav = "<div id=nav><ul>" + "<li><a href=/>首页</a></li>" * 9 + "</ul></div>"
    found = region(f"<html><body>{nav}<div><p>{TEXT}</p><p>{TEXT} 完。</p></div></body></html>")
    assert {TEXT, f"{TEXT}完。"} <= found
    assert "首页" not in found


def test_a_page_without_anything_has_no_region() -> None:
    assert all(not region(page) for page in ("", " ", "<html></html>", "<!-- x -->"))


def test_a_second_opinion_tips_the_scale_and_says_so() -> None:
    blocks = Blocks((Block("夏天的渡口", tag="p"), Block("甲 乙 丙", tag="p")), (Container("body", -1),))
    scored = score(blocks, None)
    even = Scored([-0.5, 0.5], scored.columns)
    first, second = roles.assign(blocks, even, [WEIGHT, -WEIGHT])
    assert (first.role, second.role) == (Role.BODY, Role.OTHER)
    assert "taken for text by readability-lxml" in reason(first)
    assert "left out by readability-lxml" in reason(second)


@pytest.mark.parametrize("engine", ["newsclean", "readability"])
def test_either_engine_gives_the_article(engine: str) -> None:
    article = clean(SAMPLE.read_bytes(), engine=engine)
    assert (SAMPLE.parent / "expected.md").read_text("utf-8").splitlines()[-1] in article.markdown


def test_readability_alone_gives_its_region_and_leaves_dumps_to_us() -> None:
    text = "渡口的船一天只开两班，早上送菜，傍晚接人，船夫说这条河他已经摆渡了三十年，闭着眼睛也能靠岸。"
    page = f"<body><div class=a><p>{text}<p>{text[::-1]}</div><div class=b>关于我们</div></body>"
    article = clean(page, engine="readability")
    assert article.text == f"{text}\n{text[::-1]}"
    assert all("readability-lxml" in reason(one) for one in article.labels if one.role is Role.BODY)
    assert clean(text, engine="readability").text == clean(text).text


def test_a_page_with_characters_that_nobody_sees_has_its_region() -> None:
    unseen = TEXT.replace("，", "，\u200b")
    page = f"<body><div><p>{unseen}<p>{unseen[::-1]}</div><div>关于我们</div></body>"
    assert clean(page, engine="readability").text == f"{TEXT}\n{TEXT[::-1]}"


@pytest.fixture
def nothing_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_opinion, "region", lambda html, most: frozenset())  # noqa: ARG005 - as it is called


@pytest.mark.usefixtures("nothing_found")
def test_where_readability_finds_nothing_it_has_no_opinion_and_alone_no_article() -> None:
    assert opinions(Blocks((Block("甲"),), (Container("body", -1),)), "<p>甲", WEIGHT) is None
    article = clean(SAMPLE.read_bytes(), engine="readability")
    assert (article.text, article.confidence) == ("", 0.0)
    assert any("no article" in warning for warning in article.warnings)


def test_how_sure_readability_alone_is_tells_whether_our_scores_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    agreed = clean(SAMPLE.read_bytes(), engine="readability")
    outside = frozenset("".join(one.block.text.split()) for one in agreed.labels if one.role is not Role.BODY)
    monkeypatch.setattr(second_opinion, "region", lambda html, most: outside)  # noqa: ARG005 - as it is called
    assert agreed.confidence > 0.6
    assert clean(SAMPLE.read_bytes(), engine="readability").confidence < 0.3


@pytest.mark.parametrize("level", [logging.NOTSET, logging.DEBUG])
def test_asking_leaves_the_logger_of_readability_as_it_was(level: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(level, LOGGER):
        region("<!-- nothing -->")
        assert logging.getLogger(LOGGER).level == level
        assert caplog.records == []


def test_readability_is_not_even_imported_for_a_page_that_is_clear() -> None:
    code = (
        "import sys; from newsclean import clean; from pathlib import Path; "
        "assert clean(Path(sys.argv[1]).read_bytes()).text; "
        "sys.exit('readability' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(SAMPLE)], check=False).returncode == 0


def nested(depth: int, inside: str) -> str:
    return "<html><body>" + f"<div class='article'>{inside}" * depth


def test_a_page_that_would_take_too_long_has_no_region() -> None:
    assert region(nested(20, "The ferry will not run on Sunday, the harbour master said; tickets stay valid. "))
    assert not region(nested(100, "The ferry will not run on Sunday, the harbour master said; tickets stay valid. "))


@pytest.mark.parametrize(
    "space", [" " * 200, "&#32;" * 200, "<b> </b>" * 200, "\t" * 40, " \n" * 99 + "<i></i> <!-- x --> "]
)
def test_white_space_is_short_before_readability_reads_it(space: str) -> None:
    from lxml.html import fromstring

    tree = bounded(fromstring, MOST_READ, f"<p>one{space}two</p>{space}<p>three<br>{space}<b>four</b>")
    assert re.fullmatch(r"one\s{1,16}two\s{1,16}three\s{1,16}four", tree.text_content())


def test_short_white_space_stays_as_it_is() -> None:
    from lxml.html import fromstring

    page = "<div>one  <b>two</b>\n    <i> </i>\n    <pre>a\n    b</pre><!-- x --> three</div>"
    plain: Any = fromstring(page)
    assert bounded(fromstring, MOST_READ, page).text_content() == plain.text_content()
