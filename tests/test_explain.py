"""Every verdict is told in words: the rule that named the role, what weighed most, and nothing that contradicts it."""

from __future__ import annotations

import contextlib
import io
import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean import clean
from newsclean.account import certainty
from newsclean.label.explain import Weighed, reason, told
from newsclean.label.signals import NAMES
from newsclean.label.wording import AGAINST, DUMP, EITHER, FOR_BODY, HTML, Saying, said
from newsclean.models import BODY_ROLES, LabelledBlock, Role

ALGORITHM = Path(__file__).resolve().parent.parent / "docs" / "algorithm.md"

PARAGRAPHS = (
    "入夏以来，青坪县的三座水库蓄水量比往年多了两成，县里决定把早稻的插秧时间提前一个星期，各乡镇的农技员已经下到田头。",
    "在柳湾村，种了三十年地的梁大川算了一笔账：早插七天，晚稻就能避开寒露风，一亩少说多收五十斤。“水够，心里就有底。”他说。",
    "县农业农村局介绍，全县今年落实早稻面积十二万亩，比去年增加八千亩，种子和肥料已经全部到位，农机手也排好了班。",
)

HIDDEN = (
    "这一段文字写得和正文一样完整，可是读者在浏览器里并不会看到它，因为网页用样式把它藏了起来，只留给搜索引擎去读。"
)

PAGE = f"""<html><head><title>水多了早插秧 青坪十二万亩早稻提前七天_农业频道_青坪网</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/n">新闻</a> <a href="/s">社会</a></div>
<div class="crumb"><a href="/">青坪网</a> &gt; <a href="/n">农业</a> &gt; 正文</div>
<h1>水多了早插秧 青坪十二万亩早稻提前七天</h1>
<div class="info">2021-04-18 09:30 来源：青坪日报</div>
<div class="content"><p>{PARAGRAPHS[0]}</p><figure><img src="a.jpg"><figcaption>柳湾村的秧田。</figcaption></figure>
<p>{PARAGRAPHS[1]}</p><p style="display:none">{HIDDEN}</p><p>{PARAGRAPHS[2]}</p><p>（责任编辑：田禾）</p></div>
<div class="more"><h3>相关新闻</h3><ul>
<li><a href="/1">水库开闸放水</a></li><li><a href="/2">农机下乡</a></li></ul></div>
<div class="foot">版权所有 青坪网</div></body></html>"""


def labels() -> tuple[LabelledBlock, ...]:
    return clean(PAGE).labels


def reason_of(text: str) -> str:
    return reason(next(one for one in labels() if one.block.text == text))


def sayings() -> list[Saying]:
    scales = [*HTML.values(), *DUMP.values()]
    return [one for scale in scales for one in (scale.low, scale.high) if one is not None]


def test_every_signal_has_words_and_all_words_a_signal() -> None:
    assert set(HTML) == set(NAMES)
    assert set(DUMP) <= set(NAMES)


def test_the_same_words_always_have_the_same_topic() -> None:
    topics: dict[str, set[str]] = {}
    for saying in sayings():
        topics.setdefault(saying.words, set()).add(saying.topic)
    assert {words: about for words, about in topics.items() if len(about) > 1} == {}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("units", math.log(200.0), "long text"),
        ("units", math.log(5.0), "short text"),
        ("link share", 0.0, "no links"),
        ("link share", 1.0, "mostly links"),
        ("from headline", -4.0, "no headline above"),
        ("from headline", 4.0, "below the headline"),
        ("main depth", -1.0, "outside the main region"),
        ("main depth", 0.0, "in the main region"),
        ("legal phrase", 1.0, "speaks of rights or terms"),
    ],
)
def test_a_signal_says_what_its_value_means(name: str, value: float, words: str) -> None:
    saying = said(name, value, dump=False)
    assert saying is not None
    assert saying.words == words


def test_a_signal_without_words_says_nothing() -> None:
    assert said("a signal that is not there", 1.0, dump=False) is None


def test_in_a_dump_nothing_is_said_of_containers() -> None:
    assert said("container 1 share", 1.0, dump=True) is None
    assert said("container 1 share", 1.0, dump=False) is not None


LONG, LONGEST = Saying("length", "long text", FOR_BODY), Saying("length", "one of the longest texts", FOR_BODY)
PLACE, LINKS = Saying("place", "in the main region", FOR_BODY), Saying("links", "mostly links", AGAINST)


def test_what_is_said_of_one_topic_is_summed_up_and_said_once() -> None:
    weighed = [Weighed(PLACE, 0.5), Weighed(LONG, 0.4), Weighed(LONGEST, 0.3)]
    assert told(weighed, 1.0) == [LONG, PLACE]


def test_what_spoke_against_the_verdict_is_not_said() -> None:
    assert told([Weighed(LINKS, -0.6), Weighed(LONG, 0.4)], 1.0) == [LONG]
    assert told([Weighed(LONG, 0.4), Weighed(LONGEST, -0.6)], 1.0) == []


def test_what_contradicts_the_verdict_by_its_meaning_is_not_said() -> None:
    assert told([Weighed(LINKS, 0.6), Weighed(LONG, 0.4)], 1.0) == [LONG]


def test_what_weighs_next_to_nothing_is_not_said() -> None:
    assert told([Weighed(LONG, 1.0), Weighed(PLACE, 0.01)], 1.0) == [LONG]


def test_the_whole_page_is_spoken_of_last() -> None:
    page = Saying("page", "a page with much text", EITHER)
    assert told([Weighed(page, 1.0), Weighed(LONG, 0.4)], 1.0) == [LONG, page]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("水多了早插秧 青坪十二万亩早稻提前七天", "the page's declared title"),
        ("2021-04-18 09:30 来源：青坪日报", "says who and when"),
        ("柳湾村的秧田。", "the caption of a figure"),
        ("（责任编辑：田禾）", "credits the desk"),
        ("青坪网 > 农业 > 正文", "a path of steps to the page"),
        ("相关新闻", "leads to other articles"),
        ("版权所有 青坪网", "speaks of rights or terms"),
        (HIDDEN, "hidden by the page"),
    ],
)
def test_the_rule_that_named_the_role_comes_first(text: str, rule: str) -> None:
    assert reason_of(text).startswith(rule)


def test_pictures_are_explained_by_where_they_stand() -> None:
    assert "a picture within the article" in {reason(one) for one in labels() if not one.block.text}


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<p>（本报记者 陆知夏）</p>", "a signature that ends the text"),
        ("<pre>for row in rows:\n    print(row)</pre>", "code that follows the text"),
        ("<table><tr><th>早稻<th>亩<tr><td>青坪<td>十二万</table>", "judged with its whole table"),
        ("<blockquote>水够，心里就有底。</blockquote>", "judged with its whole quotation"),
        ("<p>十二万亩</p>", "the best of a page with little text"),
    ],
)
def test_what_is_kept_against_its_score_is_told_by_its_rule(html: str, rule: str) -> None:
    block = clean(html, input_format="html").labels[0]
    assert reason(block._replace(role=Role.BODY, confidence=0.2)) == rule


def test_a_byline_that_was_trimmed_off_is_told_by_what_it_says() -> None:
    block = clean("<p>2021-04-18 09:30</p>", input_format="html").labels[0]
    assert reason(block._replace(role=Role.OTHER, confidence=0.5)) == "says when"


def test_what_scores_too_low_to_be_the_best_of_its_page_is_not_called_so() -> None:
    block = clean("<p>十二万亩</p>", input_format="html").labels[0]
    assert "the best" not in reason(block._replace(role=Role.BODY, confidence=0.001))


def test_a_block_is_explained_by_the_model_that_judged_it_even_without_a_tag() -> None:
    blocks = clean("首页<br>" + "<br>".join(PARAGRAPHS), input_format="html").labels
    assert not any(one.dump for one in blocks)
    assert all(one.dump for one in clean("\n\n".join(PARAGRAPHS)).labels)
    last = blocks[-1]
    assert last.role is Role.BODY
    assert reason(last._replace(block=last.block._replace(tag=""))) == reason(last) != reason(last._replace(dump=True))


def test_a_verdict_of_readability_alone_is_told_as_such() -> None:
    found = [one for one in clean(PAGE, engine="readability").labels if one.block.text in PARAGRAPHS]
    assert {reason(one) for one in found if one.role is Role.BODY} == {"taken for text by readability-lxml"}


def test_a_reason_names_up_to_three_things_none_against_the_verdict() -> None:
    sense = {saying.words: saying.sense for saying in sayings()}
    for one in (*labels(), *clean("\n\n".join(["首页 新闻", *PARAGRAPHS, "相关新闻", "农机下乡"])).labels):
        things = re.split(r", (?!share|where)", reason(one))
        assert 1 <= len(things) <= 3
        wrong = AGAINST if one.role in BODY_ROLES else FOR_BODY
        assert [thing for thing in things if sense.get(thing, EITHER) == wrong] == []


def test_what_a_rule_alone_decided_is_told_without_a_number() -> None:
    told = {one.block.text: certainty(one) for one in labels()}
    assert told[""] == "rule"
    assert all(0.5 < float(told[text]) <= 1 for text in PARAGRAPHS)


def test_a_block_without_signals_was_judged_as_others() -> None:
    assert reason(labels()[0]._replace(signals=None)) == "judged as others of its kind, of which there are very many"


# --- the worked page of docs/algorithm.md ----------------------------------------------------------------------------


def fenced(language: str) -> str:
    """The only fenced block of a language in the document."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", ALGORITHM.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.fixture
def worked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "page.html").write_text(fenced("html"), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_worked_page_is_explained_as_the_document_shows(worked: Path) -> None:
    command, _, shown = fenced("console").partition("\n")
    assert command == "$ newsclean --explain page.html > page.md"
    done = subprocess.run(
        [sys.executable, "-m", "newsclean", "--explain", "page.html"],
        capture_output=True,
        cwd=worked,
        env={name: value for name, value in os.environ.items() if name != "COLUMNS"},
        check=True,
    )
    assert done.stderr.decode("utf-8").splitlines() == shown.splitlines()


def test_the_worked_page_is_scored_as_the_document_shows(worked: Path) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(fenced("python"), {})  # noqa: S102 - our own document
    assert printed.getvalue() == fenced("text")
    assert (worked / "page.html").exists()
