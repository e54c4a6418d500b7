"""Articles of several pages: which files belong together, what becomes of them, and how runs over them resume."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsclean import clean, cli
from newsclean.batch.series import series_by_name
from newsclean.joining import headline, join, same_headline

TITLE = "青石镇老桥修缮记"

PARAGRAPHS = (
    "青石镇的老桥建于一百二十年前，桥身由本地石匠用青石砌成，多年来一直是两岸乡亲往来的必经之路。",
    "去年汛期过后，桥墩出现裂缝，镇里请来三位老师傅，和年轻的工程师一起拟定了修缮的办法。",
    "石料从二十里外的老窑口运来，每一块都要经过挑选和打磨，前后用了四个多月的时间。",
    "今年开春，老桥重新通行，沿河的集市也跟着热闹起来，乡亲们说，桥还是原来的样子。",
    "村里的小学生画了许多老桥的画，挂在桥头的凉亭里，过路的人都要停下来看一看。",
    "据镇里介绍，明年还将修缮上游的两座石桥，并把这次的做法整理成册，供各地参考。",
)

STORY = (
    "The ferry at Wrenfield has carried farmers and their carts across the river for ninety years without a break.",
    "Last autumn the county engineer found that the timbers of the landing had rotted below the line of the water.",
    "Volunteers from both banks spent the winter cutting oak, and the new landing was opened on the first of May.",
)

BYLINE = '<div class="info">2024-05-06 10:20 来源：青石晚报 记者：沈禾</div>'


def page(title: str, paragraphs: tuple[str, ...], links: tuple[str, ...] = (), above: str = "") -> bytes:
    """A page that links to others as pagers do."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    pager = "".join(f'<a href="{link}">下一页</a> ' for link in links)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="article">'
        f'<h1>{title}</h1>{above}<div class="content">{body}</div><div class="page">{pager}</div></div></body></html>'
    ).encode()


def write_series(folder: Path, names: list[str], title: str = TITLE, texts: tuple[str, ...] = PARAGRAPHS) -> None:
    """Pages of one article, each with a byline or not, linked to the ones beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    share = max(1, len(texts) // len(names))
    for at, name in enumerate(names):
        beside = tuple(names[each] for each in (at - 1, at + 1) if 0 <= each < len(names))
        own = texts[at * share : (at + 1) * share]
        (folder / name).write_bytes(page(title, own, beside, BYLINE if at == 0 else ""))


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], catch_exceptions=False)


def articles(*args: str | Path) -> list[dict[str, Any]]:
    result = invoke(*args, "-f", "jsonl", "--join-pages")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def names_of(found: list[dict[str, Any]]) -> list[str]:
    return [os.path.basename(each["input"]) for each in found]


def tree(folder: Path) -> dict[str, bytes]:
    files = (each for each in folder.rglob("*") if each.is_file() and not each.name.startswith("."))
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(files)}


# --- what becomes of them --------------------------------------------------------------------------------------------


def test_pages_of_one_article_become_one(tmp_path: Path) -> None:
    write_series(tmp_path / "in", ["a.html", "a_1.html", "a_2.html"])
    (one,) = articles(tmp_path / "in")
    assert one["text"].splitlines() == list(PARAGRAPHS)
    assert (one["title"], one["date"], one["source"]) == (TITLE, "2024-05-06T10:20", "青石晚报")
    assert one["authors"] == ["沈禾"]
    assert one["input"] == str(tmp_path / "in" / "a.html")
    assert one["markdown"].count(TITLE) == 1
    for form in ("md", "txt"):
        written = invoke(tmp_path / "in", "-f", form, "--join-pages", "--no-front-matter").stdout
        assert written.count(TITLE) == 1
        assert [written.count(each) for each in PARAGRAPHS] == [1] * len(PARAGRAPHS)
        assert sorted(PARAGRAPHS, key=written.index) == list(PARAGRAPHS)


def test_without_the_option_every_page_stays(tmp_path: Path) -> None:
    write_series(tmp_path / "in", ["a.html", "a_1.html"])
    result = invoke(tmp_path / "in", "-f", "jsonl")
    assert len(result.stdout.splitlines()) == 2
    assert "joined" not in result.stderr


def test_english_pages_whose_headlines_are_numbered(tmp_path: Path) -> None:
    names = [f"ferry-page-{number}.html" for number in (1, 2, 3)]
    write_series(tmp_path, names, texts=STORY)
    for number, name in enumerate(names, 1):
        data = (tmp_path / name).read_text("utf-8").replace(TITLE, f"Ferry of Wrenfield lands again - Page {number}")
        (tmp_path / name).write_text(data, "utf-8")
    (one,) = articles(tmp_path)
    assert one["title"] == "Ferry of Wrenfield lands again"
    assert one["text"].splitlines() == list(STORY)


def test_files_that_are_named_together_are_joined_at_the_first_page(tmp_path: Path) -> None:
    write_series(tmp_path, ["a_1.html", "a_2.html", "a_3.html"])
    found = articles(*(tmp_path / name for name in ("a_3.html", "a_1.html", "a_2.html")))
    assert names_of(found) == ["a_1.html"]
    assert found[0]["text"].splitlines() == list(PARAGRAPHS)


def test_the_summary_counts_further_pages_apart(tmp_path: Path) -> None:
    write_series(tmp_path / "in", ["b_1.html", "b_2.html", "b_3.html"])
    result = invoke(tmp_path / "in", "-d", tmp_path / "out", "--join-pages")
    assert result.exit_code == 0
    assert "1 article, 2 pages joined to others (" in result.stderr
    assert list(tree(tmp_path / "out")) == ["b_1.md"]


def test_ten_comes_behind_two(tmp_path: Path) -> None:
    names = ["index.html", *(f"index_{number}.html" for number in range(1, 12))]
    texts = tuple(f"{PARAGRAPHS[at % 6]}这是当地老人回忆往事时所讲的第{at}段话，由记者逐字记下。" for at in range(12))
    write_series(tmp_path, names, texts=texts)
    (one,) = articles(tmp_path)
    assert one["text"].splitlines() == list(texts)


def test_a_first_page_saved_twice_is_taken_once(tmp_path: Path) -> None:
    write_series(tmp_path, ["a.html", "a_2.html", "a_3.html"])
    (tmp_path / "a_1.html").write_bytes((tmp_path / "a.html").read_bytes())
    (one,) = articles(tmp_path)
    assert one["text"].splitlines() == list(PARAGRAPHS)


def test_values_of_joined_articles() -> None:
    lists = [
        page(TITLE, (PARAGRAPHS[0], f"</p><ol><li>{PARAGRAPHS[1]}</li><li>{PARAGRAPHS[2]}</li></ol><p>")),
        page(TITLE, (f"</p><ul><li>{PARAGRAPHS[3]}</li><li>{PARAGRAPHS[4]}</li></ul><p>", "责任编辑：顾棠")),
    ]
    pages = [clean(data, name=name) for data, name in zip(lists, ("1", "2"), strict=True)]
    empty = clean(page(TITLE, ()), name="3")
    made = join([*pages, empty])
    sizes = [len(each.text) for each in pages]
    weighted = sum(each.confidence * size for each, size in zip(pages, sizes, strict=True)) / sum(sizes)
    assert made.confidence == pytest.approx(weighted)
    assert any("further page: 3" in warning for warning in made.warnings)
    assert made.metadata.editors == ("顾棠",)
    assert made.text == "\n".join(each.text for each in pages)
    ids = [{frame.id for one in each.content for frame in one.block.frames} for each in pages]
    joined = {frame.id for one in made.content for frame in one.block.frames}
    assert len(joined) == sum(map(len, ids)) > 0


# --- what belongs together -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "series"),
    [
        ("a.html a_1.html a_2.html", ["a.html a_1.html a_2.html"]),
        ("a_10.html a_2.html a_1.html", ["a_1.html a_2.html"]),
        ("a-2.htm a.htm a-3.htm", ["a.htm a-2.htm a-3.htm"]),
        ("a.html a(2).html", ["a.html a(2).html"]),
        ("content_123.htm content_124.htm content_123_2.htm", ["content_123.htm content_123_2.htm"]),
        ("a_p2.html.gz a.html.gz", ["a.html.gz a_p2.html.gz"]),
        ("a_1.html a_2.txt", []),
        ("a_1.html a_01.html a_2.html", []),
        ("t_2023.html t_2024.html b_7.html b_8.html", []),
        ("a.zip a_1.zip", []),
        ("_1.html _2.html", []),
    ],
)
def test_names_of_a_series(names: str, series: list[str]) -> None:
    assert sorted(" ".join(each) for each in series_by_name(names.split())) == series


def test_different_articles_with_numbered_names_stay_apart(tmp_path: Path) -> None:
    texts = [(f"第{at}件事。{each}", PARAGRAPHS[-at]) for at, each in enumerate(PARAGRAPHS[:3], 1)]
    for number, each in enumerate(texts, 1):
        others = tuple(f"news_{other}.html" for other in (1, 2, 3) if other != number)
        (tmp_path / f"news_{number}.html").write_bytes(page(f"{PARAGRAPHS[number][:12]}", each, others))
    found = articles(tmp_path)
    assert names_of(found) == ["news_1.html", "news_2.html", "news_3.html"]
    assert [each["text"].splitlines() for each in found] == [list(each) for each in texts]


def test_pages_without_links_stay_apart(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"a_{number}.html").write_bytes(page(TITLE, PARAGRAPHS[number : number + 2]))
    assert names_of(articles(tmp_path)) == ["a_1.html", "a_2.html"]


@pytest.mark.parametrize("link", ["./老桥_2.html#top", "http://news.example/x/%E8%80%81%E6%A1%A5_2.shtml?from=1"])
def test_links_are_known_in_every_form(tmp_path: Path, link: str) -> None:
    (tmp_path / "老桥_1.html").write_bytes(page(TITLE, PARAGRAPHS[:3], (link,)))
    (tmp_path / "老桥_2.html").write_bytes(page(TITLE, PARAGRAPHS[3:]))
    assert names_of(articles(tmp_path)) == ["老桥_1.html"]


def test_what_is_excluded_is_not_joined(tmp_path: Path) -> None:
    write_series(tmp_path, ["a_1.html", "a_2.html", "a_3.html"])
    (one,) = articles(tmp_path, "--exclude", "a_3.html")
    assert one["text"].splitlines() == list(PARAGRAPHS[:4])


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("老桥 (2)", "老桥"),
        ("老桥（2/3）", "老桥"),
        ("老桥_第2页", "老桥"),
        ("Old Bridge | Page 2 of 3", "oldbridge"),
        ("2024", "2024"),
    ],
)
def test_a_headline_is_compared_without_the_number_of_the_page(title: str, bare: str) -> None:
    assert headline(title) == bare


def test_no_headline_is_not_the_same_headline() -> None:
    assert not same_headline([clean(b"<p>a"), clean(b"<p>b")])


# --- runs ------------------------------------------------------------------------------------------------------------


def library(folder: Path) -> Path:
    """Directories with articles of one page and of many, some only called so."""
    for each in ("甲", "乙"):
        write_series(folder / each, ["a.html", "a-2.html", "a-3.html"], f"{each}{TITLE}")
        write_series(folder / each, ["b_1.html", "b_2.html"], f"再记{each}{TITLE}", PARAGRAPHS[::-1])
        (folder / each / "a.b.html").write_bytes(page("白渚乡办起夜校", PARAGRAPHS[1:3]))
        (folder / each / "c_1.html").write_bytes(page("禾坪镇收完早稻", PARAGRAPHS[:2], ("c_2.html",)))
        (folder / each / "c_2.html").write_bytes(page("石坎村清理河道", PARAGRAPHS[2:4], ("c_1.html",)))
    return folder


def test_results_are_the_same_with_any_number_of_workers(tmp_path: Path) -> None:
    saved = library(tmp_path / "in")
    seen = []
    for jobs in ("1", "2"):
        out, file = tmp_path / f"d{jobs}", tmp_path / f"{jobs}.jsonl"
        assert invoke(saved, "-d", out, "-j", jobs, "--join-pages").exit_code == 0
        assert invoke(saved, "-f", "jsonl", "-o", file, "-j", jobs, "--join-pages").exit_code == 0
        seen.append((tree(out), file.read_bytes(), invoke(saved, "-f", "json", "-j", jobs, "--join-pages").stdout))
    assert seen[0] == seen[1]
    assert sorted(seen[0][0]) == sorted(f"{each}/{name}.md" for each in "甲乙" for name in "a a.b b_1 c_1 c_2".split())
    assert len(seen[0][1].splitlines()) == 10


@pytest.mark.parametrize("target", ["-d", "-o"])
def test_a_changed_page_has_its_article_done_anew(tmp_path: Path, target: str) -> None:
    saved, out = library(tmp_path / "in"), tmp_path / "out.jsonl"
    args = (saved, target, out, "-f", "jsonl", "--join-pages")
    assert "10 articles, 6 pages joined" in invoke(*args).stderr
    before = tree(out) if target == "-d" else {"": out.read_bytes()}
    again = invoke(*args)
    assert "0 articles, 16 done before" in again.stderr
    assert (tree(out) if target == "-d" else {"": out.read_bytes()}) == before
    second = saved / "乙" / "a-2.html"
    second.write_bytes(second.read_bytes().replace("今年开春".encode(), "今年入夏以后".encode()))
    changed = invoke(*args)
    assert "1 article, 2 pages joined to others, 13 done before" in changed.stderr
    written = b"".join(tree(out).values()) if target == "-d" else out.read_bytes()
    assert "今年入夏以后".encode() in written
    fresh = tmp_path / "fresh.jsonl"
    invoke(saved, target, fresh, "-f", "jsonl", "--join-pages")
    assert tree(out) == tree(fresh) if target == "-d" else out.read_bytes() == fresh.read_bytes()


def test_pages_can_be_joined_and_parted_again_in_one_tree(tmp_path: Path) -> None:
    saved, out = tmp_path / "in", tmp_path / "out"
    write_series(saved, ["a_1.html", "a_2.html"])
    invoke(saved, "-d", out)
    apart = tree(out)
    assert list(apart) == ["a_1.md", "a_2.md"]
    assert invoke(saved, "-d", out, "--join-pages").exit_code == 0
    assert list(tree(out)) == ["a_1.md"]
    invoke(saved, "-d", out)
    assert tree(out) == apart
    invoke(saved, "-d", out, "--join-pages")
    first = saved / "a_1.html"
    first.write_bytes(first.read_bytes().replace(TITLE.encode(), "月塘湾开通班车".encode()))
    assert "2 articles (" in invoke(saved, "-d", out, "--join-pages").stderr
    assert list(tree(out)) == ["a_1.md", "a_2.md"]


def test_a_page_that_cannot_be_read_fails_alone(tmp_path: Path) -> None:
    write_series(tmp_path / "in", ["a_1.html", "a_2.html", "a_3.html"])
    (tmp_path / "in" / "a_3.html").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500)
    result = invoke(tmp_path / "in", "-f", "jsonl", "--join-pages")
    assert result.exit_code == 1
    assert "1 article, 1 page joined to others, 1 failed" in result.stderr
    assert json.loads(result.stdout)["text"].splitlines() == list(PARAGRAPHS[:4])
