"""The report shows what this run has kept and why, holds pages back from acting in it, and stays small."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import browser
import newsclean
from newsclean import batch, cli, sinks
from newsclean.batch.outcomes import Facts, Outcome, Sheet, Status, failed
from newsclean.batch.report import LISTED, Report
from newsclean.batch.review import DOUBTFUL, FAILED, Lowest, Review, packed
from newsclean.models import Article, Metadata, Text
from newsclean.render.report import document

SENTENCES = (
    "入冬以来，禾桥镇的三家豆腐坊每天凌晨两点就亮起了灯，磨好的豆浆要在天亮之前点成豆腐，赶上镇口开往县城的头班车。",
    "坊主柳三顺说，今年黄豆收成好，价钱比去年低了一成，镇里又给老作坊换了电磨，一晚上能多做四百斤，还省下两个人手。",
    "镇政府介绍，禾桥豆腐上个月进了县里的非遗名录，明年春天会在老街办一个豆腐节，请手艺人现场点卤，游客可以自己动手。",
)
"""The article of most pages here."""


def page_html(title: str = "禾桥镇的豆腐坊", text: tuple[str, ...] = SENTENCES) -> str:
    menu = "".join(f'<li><a href="/{number}">频道{number}</a></li>' for number in range(12))
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<ul class="nav">{menu}</ul><h1>{title}</h1><div>2023-12-05 08:30 来源：禾桥日报</div>'
        f'<div class="text">{"".join(f"<p>{each}</p>" for each in text)}</div></body></html>'
    )


NO_ARTICLE = "<!DOCTYPE html><title>登录</title><form>用户名<input><button>登录</button></form>"


class Reader(HTMLParser):
    """Reads a report: its elements with their attributes, and the text of each, whatever is around it."""

    def __init__(self, report: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.comments: list[str] = []
        self._open: list[int] = []
        self.feed(report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, []))
        if tag not in {"meta", "input", "br", "hr"}:
            self._open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for place in self._open:
            self.elements[place][2].append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def texts(self, tag: str, **wanted: str) -> list[str]:
        return [
            " ".join("".join(text).split())
            for name, has, text in self.elements
            if name == tag and all(value in has.get(key.rstrip("_"), "").split() for key, value in wanted.items())
        ]

    def values(self, tag: str, attribute: str) -> list[str]:
        return [has[attribute] for name, has, _ in self.elements if name == tag and attribute in has]


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], input=b"", catch_exceptions=False)


def written(path: Path) -> str:
    return path.read_text("utf-8")


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Pages with an article, one that is doubtful, one without any, and what cannot be read."""
    folder = tmp_path / "saved"
    folder.mkdir()
    for name, data in {
        "a.html": page_html(),
        "b.html": NO_ARTICLE,
        "c.html": "<p>一段不长也不短的文字，孤零零地写在网页上，没有标题，也没有别的段落。</p>",
        "d.html": page_html("第二篇", SENTENCES[:2]),
    }.items():
        (folder / name).write_text(data, "utf-8")
    (folder / "e.html").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj")
    return folder


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "report.html"


def rows(report: Path) -> list[str]:
    """The rows of the list, in its order."""
    shown = Reader(written(report)).elements
    return [" ".join("".join(text).split()) for tag, has, text in shown if tag == "tr" and "id" in has]


def listed(report: Path) -> list[str]:
    """The names of the pages in the list, in its order."""
    return re.findall(r"\b([a-z]\.html)\b", " ".join(re.findall(r"<tr role=.row. class=.*", written(report))))


# --- one page --------------------------------------------------------------------------------------------------------


def test_one_page_is_shown_block_by_block_beside_its_article(saved: Path, report: Path) -> None:
    result = invoke(saved / "a.html", "--report", report)
    assert (result.exit_code, SENTENCES[2] in result.stdout) == (0, True)
    shown = Reader(written(report))
    assert shown.texts("section", id="list") == []
    assert [text for text in shown.texts("article") if all(each in text for each in SENTENCES)]
    kept = shown.texts("li", class_="kept")
    assert re.match(r"title [01]\.\d\d, kept .*the page's declared title", kept[0])
    assert len(kept) == 1 + 3
    assert all(re.match(r"body [01]\.\d\d, kept ", each) for each in kept[1:])
    assert all("in the main region" in each for each in kept[1:])
    assert [each for each in shown.texts("summary") if "blocks of navigation, dropped with" in each]
    assert "频道7" in " ".join(shown.texts("li", class_="navigation"))


def test_captions_are_shown_without_their_pictures(tmp_path: Path, report: Path) -> None:
    figure = '<figure><img src="http://a.example/x.jpg"><figcaption>豆腐坊的老磨盘。</figcaption></figure>'
    page = tmp_path / "a.html"
    page.write_text(page_html().replace("</p>", f"</p>{figure}", 1), "utf-8")
    invoke(page, "--report", report)
    assert "豆腐坊的老磨盘。" in Reader(written(report)).texts("article")[0]
    assert "x.jpg" not in written(report)


def test_metadata_is_shown_with_where_it_was_read(saved: Path, report: Path) -> None:
    invoke(saved / "a.html", "--report", report)
    facts = Reader(written(report)).texts("tr")
    for fact in (
        "encoding utf-8 valid UTF-8",
        "title 禾桥镇的豆腐坊 visible headline",
        "source 禾桥日报 visible byline",
        "date 2023-12-05T08:30 visible byline",
    ):
        assert fact.replace(" ", "") in [each.replace(" ", "") for each in facts]


def test_the_metadata_are_shown_open_above_the_article(saved: Path, report: Path) -> None:
    invoke(saved / "a.html", "--report", report)
    result = [(tag, has) for tag, has, _ in Reader(written(report)).elements if tag in {"details", "article"}][-2:]
    assert [tag for tag, _ in result] == ["details", "article"]
    assert "open" in result[0][1]


def test_what_is_shown_is_what_this_run_has_made_of_the_page(saved: Path, report: Path) -> None:
    (saved / "a.html").write_bytes(page_html().encode("gb18030"))
    invoke(saved / "a.html", "-e", "big5", "--report", report)
    assert "as asked for" in written(report)
    invoke(saved / "a.html", "--engine", "readability", "--report", report)
    assert "taken for text by readability-lxml" in written(report)


def test_a_page_without_an_article_is_shown_too(saved: Path, report: Path) -> None:
    assert invoke(saved / "b.html", "--report", report).exit_code == 1
    assert "Nothing was kept." in written(report)
    assert "no article found" in written(report)


# --- many pages ------------------------------------------------------------------------------------------------------


def test_the_list_begins_with_failures_then_goes_by_confidence(saved: Path, report: Path, tmp_path: Path) -> None:
    result = invoke(saved, "-d", tmp_path / "out", "--report", report)
    assert (result.exit_code, len(list((tmp_path / "out").glob("*.md")))) == (1, 3)
    assert listed(report)[:2] == ["b.html", "e.html"]
    assert {*listed(report)[2:4]} == {"c.html", "d.html"}
    keys = [float(each) for each in re.findall(r'<tr [^>]*><td role="cell" data-key="([-.\d]+)"', written(report))]
    assert keys == sorted(keys)
    assert "3 articles" in written(report)
    assert "2 failed" in written(report)


def test_every_link_leads_to_what_is_there(saved: Path, report: Path, tmp_path: Path) -> None:
    invoke(saved, "-d", tmp_path / "out", "--report", report)
    shown = Reader(written(report))
    ids = [has["id"] for _, has, _ in shown.elements if "id" in has]
    assert len(ids) == len(set(ids))
    links = shown.values("a", "href")
    assert len(links) > 8
    assert {each.removeprefix("#") for each in links} <= set(ids)
    for attribute in ("aria-labelledby", "for"):
        named = [has[attribute] for _, has, _ in shown.elements if attribute in has]
        assert set(named) <= set(ids)


def test_the_report_is_the_same_whatever_the_number_of_workers(saved: Path, tmp_path: Path) -> None:
    for jobs in (1, 3):
        invoke(
            saved,
            "-f",
            "jsonl",
            "-o",
            tmp_path / "all.jsonl",
            "-j",
            str(jobs),
            "--report",
            tmp_path / f"{jobs}.html",
            "--force",
        )
    assert written(tmp_path / "1.html") == written(tmp_path / "3.html")


def test_nothing_else_is_written_differently_beside_a_report(saved: Path, report: Path) -> None:
    assert invoke(saved, "-f", "json", "--report", report).stdout == invoke(saved, "-f", "json").stdout


def test_what_was_left_out_is_in_the_list_with_the_reason(saved: Path, report: Path, tmp_path: Path) -> None:
    (saved / "f.html").write_text(page_html(), "utf-8")
    invoke(saved, "-d", tmp_path / "out", "--report", report, "--dedup", "--min-chars", "50")
    assert [each for each in rows(report) if "copy" in each and "same text as" in each]
    assert [each for each in rows(report) if "filtered out" in each and "fewer than 50" in each]


def test_pages_that_were_done_before_stand_at_the_end(saved: Path, report: Path, tmp_path: Path) -> None:
    command = (saved, "-d", tmp_path / "out", "--report", report)
    invoke(*command)
    (saved / "f.html").write_text(page_html("第三篇", SENTENCES[1:]), "utf-8")
    invoke(*command)
    assert listed(report) == ["b.html", "e.html", "f.html", "a.html", "c.html", "d.html"]
    assert [each for each in rows(report) if "done before" in each]
    assert "--force does them anew" in written(report)


def test_a_report_among_the_pages_is_no_input_of_the_next_run(saved: Path, tmp_path: Path) -> None:
    command = (saved, "-d", tmp_path / "out", "--report", saved / "report.html", "--force")
    assert (
        invoke(*command).stderr.splitlines()[-1].split(" (")[0]
        == invoke(*command).stderr.splitlines()[-1].split(" (")[0]
    )


def test_a_report_in_the_output_directory_is_no_page_s_place(saved: Path, tmp_path: Path) -> None:
    (saved / "report.html").write_text(page_html(), "utf-8")
    invoke(saved, "-f", "html", "-d", tmp_path / "out", "--report", tmp_path / "out" / "report.html")
    assert "<h1>What was kept, and why</h1>" in written(tmp_path / "out" / "report.html")
    assert len(list((tmp_path / "out").glob("report*"))) == 2


# --- ends of a run ---------------------------------------------------------------------------------------------------


def test_a_run_that_is_ended_writes_what_was_done_so_far(saved: Path, report: Path) -> None:
    target = sinks.Target("txt", report=str(report), output=str(report.with_suffix(".txt")))
    with closing(batch.run((str(saved),), batch.Batch(target))) as outcomes:
        assert [next(outcomes).status, next(outcomes).status] == [Status.DONE, Status.FAILED]
    assert listed(report) == ["b.html", "a.html"]
    assert "1 article, 1 failed before the run was ended" in written(report)
    assert not report.with_suffix(".txt").exists()


@pytest.mark.parametrize("name", ["none/report.html", "saved"])
def test_a_report_that_cannot_be_written_ends_the_run_before_it_begins(saved: Path, tmp_path: Path, name: str) -> None:
    result = invoke(saved / "a.html", "-o", tmp_path / "a.md", "--report", tmp_path / name)
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert not (tmp_path / "a.md").exists()


def test_a_report_in_the_place_of_something_else_is_a_usage_error(saved: Path, tmp_path: Path) -> None:
    before = written(saved / "a.html")
    for place in (saved / "a.html", "/dev/stdout", tmp_path / "x.md"):
        assert invoke(saved / "a.html", "-o", tmp_path / "x.md", "--report", place).exit_code == 2
    assert written(saved / "a.html") == before


# --- pages are data --------------------------------------------------------------------------------------------------

TRICKS = (
    "</script><script>steal()</script>",
    "</style><style>*{display:none}</style>",
    "<!-- <img src=x onerror=steal()>",
    "--> ]]> $style ${script} %s {0}",
    "\"'><a href=javascript:steal()>x</a>",
    "\u2028\u2029\u202e\x00\x1b[31m",
    "&lt;b&gt; &amp;amp;",
)

TAGS = frozenset(
    "html head meta title style script body header h1 h2 h3 h4 p label input main section div table thead tbody"
    " tr th td a bdi br small span nav ol li details summary b i article".split()
)

ATTRIBUTES = frozenset(
    "lang charset http-equiv content name type id class href hidden role scope autocomplete spellcheck tabindex dir"
    " aria-labelledby aria-label aria-sort data-key open".split()
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "hostile"
    folder.mkdir()
    for number, trick in enumerate(TRICKS):
        told = trick.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        text = tuple(f"{told}{each}{told}" for each in SENTENCES)
        page = page_html(told, text).replace('lang="zh"', f'lang="{told}"').replace("禾桥日报", told)
        (folder / f"{number}{trick.replace('/', '').replace(chr(0), '')}.html").write_text(page, "utf-8")
        (folder / f"{number}.txt").write_text(f"{trick}\n\n" + "\n\n".join(SENTENCES), "utf-8")
    return folder


def test_nothing_of_a_page_or_a_name_is_markup(hostile: Path, report: Path, tmp_path: Path) -> None:
    invoke(hostile, "-d", tmp_path / "out", "--report", report)
    shown = Reader(written(report))
    assert len(rows(report)) >= 2 * len(TRICKS)
    assert {tag for tag, _, _ in shown.elements} <= TAGS
    assert {name for _, has, _ in shown.elements for name in has} <= ATTRIBUTES
    assert shown.comments == []
    assert len(shown.texts("script")) == len(shown.texts("style")) == 1
    assert all(re.fullmatch(r"#[prb]\d+", each) for each in shown.values("a", "href"))
    assert [each for each in shown.texts("span", class_="text") if TRICKS[0] in each]
    assert not set("\u2028\u2029\u202e\x00\x1b") & set(written(report))


def test_only_the_report_s_own_style_and_script_are_allowed_by_their_digests(saved: Path, report: Path) -> None:
    invoke(saved / "a.html", "--report", report)
    text = written(report)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert "unsafe" not in policy[1]


# --- bounds ----------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9])), st.integers(1, 5))
def test_the_lowest_keys_are_kept_of_equal_ones_the_first(keys: list[float], most: int) -> None:
    lowest: Lowest[int] = Lowest(most)
    for number, key in enumerate(keys):
        lowest.offer(key, number)
    assert list(lowest) == sorted(range(len(keys)), key=lambda number: keys[number])[:most]


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.5, 0.7]), st.integers(0, 2))), st.integers(1, 4))
def test_whoever_meets_a_page_hands_over_all_that_is_shown_in_the_end(met: list[tuple[float, int]], most: int) -> None:
    """Workers see pages in the order of the inputs, but not all of them."""
    workers: list[Lowest[None]] = [Lowest(most) for _ in range(3)]
    handed: Lowest[int] = Lowest(most)
    for number, (key, worker) in enumerate(met):
        if workers[worker].has_room(key):
            handed.offer(key, number)
        workers[worker].offer(key, None)
    assert list(handed) == sorted(range(len(met)), key=lambda number: met[number][0])[:most]


def article_of(confidence: float, text: str = "文") -> Article:
    return Article(Metadata(title="题"), text=text, decoded=Text("", "utf-8", "valid UTF-8"), confidence=confidence)


def test_a_worker_explains_no_page_that_many_are_more_doubtful_than() -> None:
    review = Review()
    assert all(review.sheet(article_of(0.4)).sides for _ in range(DOUBTFUL))
    assert review.sheet(article_of(0.9)).sides is None
    assert review.sheet(article_of(0.1)).sides is not None
    assert all(review.sheet(article_of(0.0, "")).sides for _ in range(FAILED))
    assert review.sheet(article_of(0.0, "")).sides is None


def test_a_report_of_very_many_pages_is_bounded_and_says_what_is_left_out() -> None:
    report, many = Report(), LISTED + 500
    sides = packed("<ol></ol>"), packed("<table></table>")
    for number in range(many):
        sure = (number * 7919 % many) / many
        facts = Facts("utf-8", "valid UTF-8", sure, sure < 0.5, ())
        report.note(Outcome(f"{number}.html", Status.DONE, facts=facts, sheet=Sheet("题", 9, sides)))
        if number % 100 == 0:
            outcome = failed(f"x{number}.html", "no-article", "no article found")
            report.note(outcome._replace(sheet=Sheet(None, 0, sides)))
    text = "".join(report.pieces(is_complete=True))
    assert text.count('<tr role="row" class=') == LISTED
    assert text.count('<section class="page"') == DOUBTFUL + FAILED
    assert f"{500 + many // 100:,} more pages" in text
    assert len(text) < LISTED * 500


def test_a_page_of_very_many_blocks_is_shown_in_part(saved: Path, report: Path) -> None:
    words = [f"第{number}段：{SENTENCES[number % 3]}" for number in range(720)]
    (saved / "long.html").write_text(page_html("很长的一篇", tuple(words)), "utf-8")
    invoke(saved / "long.html", "--report", report)
    shown = Reader(written(report))
    assert [each for each in shown.texts("li", class_="more") if re.fullmatch(r"… [34]\d\d more blocks", each)]
    assert shown.texts("p", class_="more") == ["… 420 more blocks"]


# --- what eyes need --------------------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Of a colour as #rrggbb, by the definition of relative luminance in WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def themes() -> Iterator[dict[str, str]]:
    for block in re.findall(r":root \{(.*?)\}", document.data("report.css"), re.DOTALL):
        yield dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", block))


def test_all_text_has_enough_contrast_in_both_themes() -> None:
    light, dark = themes()
    assert light.keys() == dark.keys()
    for theme in (light, dark):
        for ground in ("paper", "kept"):
            for name in theme.keys() - {"paper", "kept", "line"}:
                assert contrast(theme[name], theme[ground]) >= 4.5, (name, ground)
        assert contrast(theme["paper"], theme["ink"]) > 12


# --- in a browser ----------------------------------------------------------------------------------------------------

TAB, ENTER = ("Tab", 9), ("Enter", 13, "\r")

VISIBLE = "[...document.querySelectorAll({!r})].filter(each => each.checkVisibility()).length"

ORDER = "[...document.querySelectorAll('#list tbody tr')].map(row => row.id)"


@pytest.mark.slow
@pytest.mark.skipif(browser.CHROMIUM is None, reason="there is no Chromium (apt-get install chromium)")
def test_the_report_works_in_chromium(saved: Path, hostile: Path, report: Path, tmp_path: Path) -> None:
    invoke(saved, hostile, "-d", tmp_path / "out", "--report", report)
    with browser.opened(tmp_path / "profile") as page:
        page.open(report)
        assert page.requests()[-1:] == [report.as_uri()]
        assert page.complaints() == []
        check_sorting(page)
        check_reading(page)
        check_narrow(page)
        assert page.js("document.images.length + document.scripts.length") == 1
        assert {each for each in page.requests() if not each.startswith(report.as_uri())} <= {"about:blank"}
        assert page.complaints() == []
        page.call("Emulation.setScriptExecutionDisabled", value=True)
        page.open(report)
        check_without_script(page)


def check_sorting(page: browser.Page) -> None:
    before = page.js(ORDER)
    for _ in range(20):
        page.press(*TAB)
        if page.js("document.activeElement.closest('th')?.textContent") == "Characters":
            break
    page.press(*ENTER)
    assert page.js("document.activeElement.closest('th').ariaSort") == "ascending"
    assert page.js("document.querySelector('[role=status]').textContent") == "Sorted by Characters, ascending"
    assert page.js(ORDER) != before
    lengths = page.js("[...document.querySelectorAll('#list tbody tr')].map(row => +row.cells[3].dataset.key)")
    assert lengths == sorted(lengths)
    page.press(*ENTER)
    assert page.js("document.activeElement.closest('th').ariaSort") == "descending"
    assert page.js("document.querySelectorAll('[aria-sort]').length") == 1
    page.js("document.querySelector('#find').focus()")
    page.call("Input.insertText", text="第二篇 D.html")
    page.until(VISIBLE.format("#list tbody tr") + " === 1")
    page.js("document.querySelector('#find').select()")
    page.press("Delete", 46)
    page.until(VISIBLE.format("#list tbody tr") + f" === {len(before)}")


def check_reading(page: browser.Page) -> None:
    assert page.js(VISIBLE.format(".page")) == 0
    page.js("document.querySelector('#list tbody tr.high a').focus()")
    page.press(*ENTER)
    page.until(VISIBLE.format(".page") + " === 1")
    assert page.js(VISIBLE.format("#list")) == 0
    assert page.js("document.activeElement.tagName") == "H2"
    assert page.js(VISIBLE.format(".why")) == 0
    for _ in range(20):
        page.press(*TAB)
        if page.js("!!document.activeElement.closest('li.kept')"):
            break
    assert page.js(VISIBLE.format(".why")) == 1
    assert page.js("document.activeElement.querySelector('.why').innerText").count(",") >= 1
    page.press(*ENTER)
    page.press(*TAB)
    assert page.js(VISIBLE.format(".why")) == 2
    page.js("reasons.click()")
    assert page.js(VISIBLE.format(".why")) > 4
    page.js("reasons.click()")


def check_narrow(page: browser.Page) -> None:
    check_width(page)
    page.js("location.hash = ''")
    page.until(VISIBLE.format("#list") + " === 1")
    check_width(page)
    check_heads(page)
    colours = set()
    for theme in ("light", "dark"):
        page.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        colours.add(page.js("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


WIDTHS = (360, 1280)


def widen(page: browser.Page, width: int) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)


def check_width(page: browser.Page) -> None:
    for width in WIDTHS:
        widen(page, width)
        assert page.js("document.documentElement.scrollWidth") <= width


HEADS = (
    "[...document.querySelectorAll('#list th')].map(each => [each.offsetHeight, each.scrollWidth - each.clientWidth])"
)


def check_heads(page: browser.Page) -> None:
    """Each head of the list stands on one line and in its column, with the arrow that it may have."""
    for width in WIDTHS:
        widen(page, width)
        heads = []
        for column in range(4):
            page.js(f"document.querySelectorAll('#list th button')[{column}].click()")
            heads += page.js(HEADS)
        assert len({height for height, _ in heads}) == 1
        assert max(beyond for _, beyond in heads) == 0


def check_without_script(page: browser.Page) -> None:
    assert page.js(VISIBLE.format("#list tbody tr")) > 5
    assert page.js(VISIBLE.format(".tools, th button")) == 0
    page.js("document.querySelector('#list tbody tr.high a').focus()")
    page.press(*ENTER)
    assert page.js(VISIBLE.format(".page:target .text")) > 2
    assert page.js(VISIBLE.format(".why, #list")) == 0
    page.js("document.querySelector('.page:target li.kept summary').focus()")
    assert page.js(VISIBLE.format(".why")) == 1


def test_the_package_brings_the_data_of_the_report() -> None:
    folder = Path(newsclean.__file__).parent / "render" / "report"
    assert {each.name for each in folder.iterdir() if each.suffix in {".css", ".js", ".html"}} == {
        "opening.html", "list.html", "report.css", "report.js",
    }  # fmt: skip
    assert json.dumps(document.data("report.js")).isascii()
