"""Runs over many inputs: workers that die, runs that are killed, what is done again and what is not."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsclean import cli, pipeline
from newsclean.batch import copies
from newsclean.models import Article
from running import heed_interrupts
from saved import zipped

FORKS = sys.platform == "linux"
"""Where workers are forked, what a test puts in the place of the pipeline is theirs, too."""

PLACES = "青石镇 白渚乡 云岫村 禾坪镇 石坎村 沄州城 澜东县 月塘湾 老窑口 枫林渡".split()

DOINGS = "修缮了旧桥 通上了自来水 办起了夜校 收完了早稻 补种了行道树 清理了河道 开通了班车 搬进了新校舍".split()


def sentence(number: int) -> str:
    """A sentence that no other number gives."""
    place, doing = PLACES[number % len(PLACES)], DOINGS[number // len(PLACES) % len(DOINGS)]
    people, days = number * 7 + 3, number % 90 + 5
    return f"据{place}的乡亲说，第{number}户人家所在的那条巷子今年{doing}，全村一共有{people}人参加，前后用了{days}天。"


def page(number: int, length: int = 5, first: str = "") -> bytes:
    """A page with an article of its own."""
    body = "".join(f"<p>{sentence(number * 100 + each)}</p>" for each in range(length))
    title = f"{PLACES[number % len(PLACES)]}的第{number}件事"
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body><div class="nav">'
        f'<a href="/">首页</a></div><div class="article"><h1>{title}</h1>{first}{body}</div></body></html>'
    ).encode()


EMPTY = b"<!DOCTYPE html><html><head><title>x</title></head><body><script>app()</script></body></html>"


def make(folder: Path, number: int) -> Path:
    """A directory of so many pages."""
    for each in range(number):
        path = folder / f"{each % 3}" / f"{each:04d}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page(each))
    return folder


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return make(tmp_path / "saved", 12)


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], catch_exceptions=False)


def command(*args: str | Path) -> list[str]:
    return [sys.executable, "-m", "newsclean", *map(str, args)]


def results(folder: Path) -> dict[str, bytes]:
    """What a tree holds, but for the state."""
    files = (path for path in folder.rglob("*") if path.is_file() and "-state.jsonl" not in path.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(files)}


def failures(path: Path) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [(os.path.basename(line["input"]), line["kind"]) for line in lines]


def replace_clean(monkeypatch: pytest.MonkeyPatch, tricks: dict[bytes, Callable[[], object]]) -> None:
    """Have something happen, in the worker, to pages that hold one of the marks."""
    clean: Callable[..., Article] = pipeline.clean
    here = os.getpid()

    def tricked(data: bytes, **known: object) -> Article:
        for mark, trick in tricks.items():
            if mark in data and os.getpid() != here:
                trick()
        return clean(data, **known)

    monkeypatch.setattr(pipeline, "clean", tricked)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang() -> None:
    while True:
        time.sleep(1)


# --- the same whatever the workers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [(), ("--dedup",), ("--language", "zh", "--min-chars", "10")])
def test_results_are_the_same_with_any_number_of_workers(saved: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    (saved / "1" / "0001-again.html").write_bytes(page(1))
    (saved / "0" / "empty.html").write_bytes(EMPTY)
    trees, files, streams, errors = [], [], [], []
    for jobs in ("1", "2", "4"):
        tree = invoke(saved, "-d", tmp_path / f"d{jobs}", "-j", jobs, *options)
        file = invoke(saved, "-f", "jsonl", "-o", tmp_path / f"{jobs}.jsonl", "-j", jobs, *options)
        streams.append(invoke(saved, "-f", "json", "-j", jobs, *options).stdout)
        assert (tree.exit_code, file.exit_code) == (1, 1)
        trees.append(results(tmp_path / f"d{jobs}"))
        files.append((tmp_path / f"{jobs}.jsonl").read_bytes())
        errors.append(tree.stderr.splitlines()[:-1])
    assert trees[0] == trees[1] == trees[2]
    assert files[0] == files[1] == files[2]
    assert streams[0] == streams[1] == streams[2]
    assert errors[0] == errors[1] == errors[2]
    names = [json.loads(line)["input"] for line in files[0].splitlines()]
    assert names == sorted(names)
    assert len(names) == len(trees[0]) - 1 == (12 if "--dedup" in options else 13)


def test_one_page_starts_no_worker_and_imports_nothing_for_many(saved: Path) -> None:
    code = "import sys, newsclean.cli\ntry: newsclean.cli.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, saved / "0" / "0000.html"], capture_output=True, check=True)
    modules = set(done.stderr.decode().split())
    assert not modules & {"multiprocessing", "rich", "newsclean.batch.workers", "newsclean.batch.lines", "hashlib"}


# --- pages that cost themselves --------------------------------------------------------------------------------------


@pytest.mark.skipif(not FORKS, reason="workers are started anew here")
def test_a_page_that_hangs_or_kills_its_worker_costs_itself(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, mark in enumerate(("hangs", "dies", "leaves", "raises")):
        (saved / "1" / f"{mark}.html").write_bytes(page(50 + number) + f"<!-- {mark} -->".encode())
    replace_clean(
        monkeypatch, {b"hangs": hang, b"dies": die, b"leaves": lambda: os._exit(3), b"raises": lambda: 1 // 0}
    )
    result = invoke(saved, "-d", tmp_path / "clean", "-j", "2", "--timeout", "1")
    assert result.exit_code == 1
    assert "hangs.html: took longer than 1 s" in result.stderr
    assert "dies.html: the worker died of it (SIGKILL)" in result.stderr
    assert "leaves.html: the worker died of it (exit code 3)" in result.stderr
    assert "raises.html: unexpected ZeroDivisionError" in result.stderr
    kinds = [("dies.html", "crash"), ("hangs.html", "timeout"), ("leaves.html", "crash"), ("raises.html", "crash")]
    assert failures(tmp_path / "clean" / "newsclean-failures.jsonl") == kinds
    assert len(results(tmp_path / "clean")) == 12 + 1
    monkeypatch.undo()
    again = invoke(saved, "-d", tmp_path / "clean", "-j", "2")
    assert again.exit_code == 0
    assert "4 articles, 12 done before" in again.stderr
    assert len(results(tmp_path / "clean")) == 16


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_a_single_page_has_its_time_too(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "clean", lambda *_, **__: hang())
    result = invoke(saved / "0" / "0000.html", "--timeout", "0.2")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "took longer than 0.2 s" in result.stderr


def test_failures_have_kinds_and_remain_until_they_are_gone(saved: Path, tmp_path: Path) -> None:
    out = tmp_path / "clean"
    (saved / "a-empty.html").write_bytes(EMPTY)
    (saved / "b-noise.html").write_bytes(bytes(range(256)) * 80)
    (saved / "c-image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500)
    (saved / "d-big.html").write_bytes(page(70) + b" " * 3_000_000)
    args = (saved, "-d", out, "--max-size", "1")
    kinds = [
        ("a-empty.html", "no-article"),
        ("b-noise.html", "undecodable"),
        ("c-image.txt", "unreadable"),
        ("d-big.html", "unreadable"),
    ]
    for _ in range(2):
        result = invoke(*args)
        assert result.exit_code == 1
        assert failures(out / "newsclean-failures.jsonl") == kinds
        assert "4 failed" in result.stderr
    for name, _ in kinds:
        (saved / name).unlink()
    assert invoke(*args).exit_code == 0
    assert not (out / "newsclean-failures.jsonl").exists()


def test_fail_fast_stops_at_the_first_failure_and_can_be_resumed(saved: Path, tmp_path: Path) -> None:
    (saved / "1" / "0000.html").write_bytes(EMPTY)
    for target in (("-d", tmp_path / "clean"), ("-f", "jsonl", "-o", tmp_path / "all.jsonl")):
        result = invoke(saved, *target, "--fail-fast", "-j", "2")
        assert result.exit_code == 1
        assert "4 articles, 1 failed" in result.stderr
        assert not (tmp_path / "all.jsonl").exists()
        assert "8 articles, 4 done before, 1 failed" in invoke(saved, *target, "-j", "2").stderr
    assert len((tmp_path / "all.jsonl").read_bytes().splitlines()) == 12


# --- what is done again ----------------------------------------------------------------------------------------------


def test_what_is_done_is_skipped_unless_it_changed(saved: Path, tmp_path: Path, target: list[str | Path]) -> None:
    assert "12 articles (" in invoke(saved, *target).stderr
    first = results(tmp_path / "out")
    assert "0 articles, 12 done before" in invoke(saved, *target).stderr
    assert results(tmp_path / "out") == first
    (saved / "1" / "0004.html").write_bytes(page(40, 6))
    (saved / "1" / "0000-new.html").write_bytes(page(41))
    assert "2 articles, 11 done before" in invoke(saved, *target).stderr
    changed = results(tmp_path / "out")
    assert "12 articles (" not in invoke(saved, *target).stderr
    assert "13 articles (" in invoke(saved, *target, "--force").stderr
    assert results(tmp_path / "out").keys() == changed.keys()
    assert [data for name, data in results(tmp_path / "out").items() if "newsclean" not in name] == [
        data for name, data in changed.items() if "newsclean" not in name
    ]


def test_other_options_and_versions_are_done_anew(
    saved: Path, target: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke(saved, *target)
    assert "12 articles (" in invoke(saved, *target, "--engine", "readability").stderr
    assert "0 articles, 12 done before" in invoke(saved, *target, "--engine", "readability", "-j", "3").stderr
    monkeypatch.setattr("newsclean.__version__", "99")
    assert "12 articles (" in invoke(saved, *target, "--engine", "readability").stderr


def test_an_output_that_is_gone_or_was_changed_is_made_again(saved: Path, tmp_path: Path) -> None:
    invoke(saved, "-d", tmp_path / "out")
    (tmp_path / "out" / "1" / "0004.md").unlink()
    (tmp_path / "out" / "1" / "0007.md").write_bytes(b"")
    assert "2 articles, 10 done before" in invoke(saved, "-d", tmp_path / "out").stderr
    file = tmp_path / "all.jsonl"
    invoke(saved, "-f", "jsonl", "-o", file)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"\n", b"x\n", 1))
    assert "12 articles" in invoke(saved, "-f", "jsonl", "-o", file).stderr
    assert file.read_bytes() == whole
    file.unlink()
    assert "12 articles" in invoke(saved, "-f", "jsonl", "-o", file).stderr
    assert file.read_bytes() == whole


def test_what_is_no_input_any_more_leaves_the_lines_and_new_ones_come_in_order(saved: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    invoke(saved, "-f", "jsonl", "-o", file)
    (saved / "0" / "0003.html").unlink()
    (saved / "0" / "0001.html").write_bytes(page(99))
    invoke(saved, "-f", "jsonl", "-o", file)
    invoke(saved, "-f", "jsonl", "-o", tmp_path / "fresh.jsonl")
    assert file.read_bytes() == (tmp_path / "fresh.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.glob("all*")) == ["all.jsonl", "all.jsonl.newsclean-state.jsonl"]


@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data + b'{"input":"x', lambda _: b"\0\n[]\n1"])
def test_a_damaged_journal_costs_only_work(saved: Path, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    for state, target in (
        (tmp_path / "out" / ".newsclean-state.jsonl", ("-d", tmp_path / "out")),
        (tmp_path / "all.jsonl.newsclean-state.jsonl", ("-f", "jsonl", "-o", tmp_path / "all.jsonl")),
    ):
        invoke(saved, *target)
        state.write_bytes(damage(state.read_bytes()))
        for _ in range(2):
            assert invoke(saved, *target).exit_code == 0
    assert len((tmp_path / "all.jsonl").read_bytes().splitlines()) == 12


@pytest.mark.skipif(sys.platform == "win32", reason="no locks there")
def test_two_runs_do_not_write_one_output(saved: Path, tmp_path: Path, target: list[str | Path]) -> None:
    fifo = tmp_path / "slow.html"
    os.mkfifo(fifo)
    first = subprocess.Popen(command(saved, fifo, *target), stderr=subprocess.PIPE)
    with open(fifo, "wb") as stream:
        second = invoke(saved, *target)
        assert second.exit_code == 3
        assert "another newsclean is writing it" in second.stderr
        stream.write(page(80))
    assert b"13 articles" in first.communicate(timeout=60)[1]


def test_files_of_ours_are_no_input(saved: Path) -> None:
    file = saved / "0" / "all.jsonl"
    invoke(saved, "-f", "jsonl", "-o", file)
    (saved / "0" / "all.jsonl.newsclean-part").write_bytes(page(1))
    assert "0 articles, 12 done before" in invoke(saved, "-f", "jsonl", "-o", file).stderr
    assert "0 articles, 12 done before" in invoke(saved, "-f", "jsonl", "-o", file).stderr


# --- containers ------------------------------------------------------------------------------------------------------


def test_pages_of_containers_are_done_by_workers_and_resumed(
    saved: Path, target: list[str | Path], tmp_path: Path
) -> None:
    members = {f"{each % 2}/{each}.html": page(100 + each) for each in range(6)} | {"empty.html": EMPTY}
    (saved / "1" / "0004-more.zip").write_bytes(zipped(members))
    for said in ("18 articles, 1 failed", "0 articles, 18 done before, 1 failed"):
        result = invoke(saved, *target, "-j", "2")
        assert result.exit_code == 1
        assert said in result.stderr
        assert "0004-more.zip!empty.html: no article" in result.stderr
    if target[0] == "-d":
        assert (tmp_path / "out" / "1" / "0004-more" / "1" / "5.md").exists()
    else:
        lines = (tmp_path / "out" / "all.jsonl").read_text("utf-8").splitlines()
        names = [json.loads(line)["input"].split("!")[0] for line in lines]
        assert names == sorted(names)


def test_a_single_container_is_many_pages(tmp_path: Path) -> None:
    archive = tmp_path / "pages.zip"
    archive.write_bytes(zipped({f"{each}.html": page(each) for each in range(4)}))
    assert len(json.loads(invoke(archive, "-f", "json").stdout)) == 4
    piped = CliRunner().invoke(cli.main, ["-f", "json"], input=archive.read_bytes())
    assert len(json.loads(piped.stdout)) == 4
    assert invoke(archive, "-f", "jsonl", "-o", tmp_path / "all.jsonl").exit_code == 0
    assert (tmp_path / "all.jsonl.newsclean-state.jsonl").exists()
    assert invoke(archive, "-d", tmp_path / "out").exit_code == 0
    assert len(results(tmp_path / "out")) == 4


# --- filters ---------------------------------------------------------------------------------------------------------


def test_filters_leave_out_without_failing(saved: Path) -> None:
    (saved / "0" / "long.html").write_bytes(page(60, 30))
    run = ("-f", "jsonl", "-j", "2")
    assert "1 article, 12 filtered out" in invoke(saved, *run, "--min-chars", "800").stderr
    assert "0 articles, 13 filtered out" in invoke(saved, *run, "--language", "en").stderr
    assert "13 articles (" in invoke(saved, *run, "--language", "zh", "--min-confidence", "0.05").stderr
    assert "4 articles, 9 filtered out" in invoke(saved, *run, "--include", "1/*").stderr
    assert "12 articles, 1 filtered out" in invoke(saved, *run, "--exclude", "long.*").stderr
    result = invoke(saved / "0" / "long.html", "--language", "en")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "language zh, not en" in result.stderr


def test_what_a_filter_now_leaves_out_is_removed(saved: Path, tmp_path: Path) -> None:
    (saved / "0" / "long.html").write_bytes(page(60, 30))
    invoke(saved, "-d", tmp_path / "out")
    result = invoke(saved, "-d", tmp_path / "out", "--min-chars", "800")
    assert result.exit_code == 0
    assert list(results(tmp_path / "out")) == [os.path.join("0", "long.md")]
    assert "0 articles, 13 done before" in invoke(saved, "-d", tmp_path / "out", "--min-chars", "800").stderr


def test_copies_are_named_with_the_page_that_is_kept(saved: Path, target: list[str | Path], tmp_path: Path) -> None:
    (saved / "0" / "0000-copy.html").write_bytes(page(0, first="<!-- another page, the same text -->"))
    (saved / "2" / "near.html").write_bytes(page(60, 30))
    (saved / "2" / "nearly.html").write_bytes(page(60, 30, first="<p>编者按：本文昨日首次刊出。</p>"))
    result = invoke(saved, *target, "--dedup", "-j", "2")
    assert result.exit_code == 0
    assert f"0000.html: same text as {saved / '0' / '0000-copy.html'}" in result.stderr
    assert f"nearly.html: same text as {saved / '2' / 'near.html'}" in result.stderr
    assert "13 articles, 2 left out as copies" in result.stderr
    assert "0 articles, 15 done before" in invoke(saved, *target, "--dedup").stderr
    (saved / "0" / "0000-copy.html").unlink()  # now the other one is no copy any more
    assert "1 article, 13 done before" in invoke(saved, *target, "--dedup").stderr
    (saved / "0" / "0000-copy.html").write_bytes(page(0))  # and now it is one again
    assert "1 article, 13 done before, 1 left out" in invoke(saved, *target, "--dedup").stderr
    names = {"0000-copy.md", "near.md"} if target[0] == "-d" else {"all.jsonl"}
    assert names <= {path.name for path in (tmp_path / "out").rglob("*")}
    assert not {"0000.md", "nearly.md"} & {path.name for path in (tmp_path / "out").rglob("*")}


def test_likeness_is_the_share_of_common_runs() -> None:
    text = "".join(sentence(each) for each in range(40))
    other = "".join(sentence(each) for each in range(1000, 1040))
    most = "".join(sentence(each) for each in range(1, 40))
    assert copies.likeness(copies.sketch(text), copies.sketch(text.replace("，", " ,\n"))) == 1
    assert copies.likeness(copies.sketch(text), copies.sketch(most)) > 0.9
    assert copies.likeness(copies.sketch(text), copies.sketch(other)) < 0.6
    assert copies.likeness(copies.sketch("短"), copies.sketch("长")) == 0
    seen = copies.Seen()
    assert seen.find(copies.sketch(text)) is None
    seen.add(copies.sketch(text), "a")
    seen.add(copies.sketch(other), "b")
    assert (seen.find(copies.sketch(most)), seen.find(copies.sketch(other))) == ("a", "b")
    assert seen.find(copies.sketch(sentence(3))) is None


# --- runs that are killed --------------------------------------------------------------------------------------------


def kill_until_done(args: list[str], kills: int, check: Callable[[], None], output: Path) -> int:
    """Kill a run so many times, each after a few changes of what it writes, then let it end.

    Returns how many times it had not ended before. The moments follow the work and not the clock, so that a quick
    machine is interrupted as often as a slow one.
    """
    chance, killed = random.Random(kills), 0  # noqa: S311 - the moments need not be secret
    for _ in range(kills):
        process = subprocess.Popen(args, stderr=subprocess.DEVNULL)
        for _ in range(chance.randint(0, 10)):
            before = written(output)
            while process.poll() is None and written(output) == before:
                time.sleep(0.0005)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        check()
    assert subprocess.run(args, stderr=subprocess.DEVNULL, check=False).returncode == 0
    return killed


def written(output: Path) -> int:
    """How much there is of an output and of what lies beside it, in bytes; it changes while it is looked at."""
    files = [path for top in output.parent.glob(f"{output.name}*") for path in (top, *top.rglob("*"))]
    total = 0
    for path in files:
        with suppress(OSError):
            total += path.stat().st_size
    return total


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")
@pytest.mark.parametrize("kills", [3, pytest.param(15, marks=pytest.mark.slow)])
def test_a_tree_survives_kills(tmp_path: Path, kills: int) -> None:
    saved = make(tmp_path / "saved", 40 * kills)
    assert invoke(saved, "-d", tmp_path / "whole", "-q").exit_code == 0
    wanted = results(tmp_path / "whole")

    def check() -> None:
        found = results(tmp_path / "out") if (tmp_path / "out").exists() else {}
        found.pop(".newsclean-page.tmp", None)
        assert found.items() <= wanted.items()

    killed = kill_until_done(command(saved, "-d", tmp_path / "out", "-j", "2"), kills, check, tmp_path / "out")
    assert results(tmp_path / "out") == wanted
    assert killed > kills // 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")
@pytest.mark.parametrize("kills", [3, pytest.param(15, marks=pytest.mark.slow)])
def test_lines_survive_kills(tmp_path: Path, kills: int) -> None:
    saved = make(tmp_path / "saved", 40 * kills)
    whole, file = tmp_path / "whole.jsonl", tmp_path / "all.jsonl"
    for path in list(saved.rglob("*.html"))[::4]:
        path.rename(path.with_suffix(".later"))
    assert invoke(saved, "-f", "jsonl", "-o", file, "-q").exit_code == 0  # so that there is something to keep in order
    for path in list(saved.rglob("*.later")):
        path.rename(path.with_suffix(".html"))
    first = file.read_bytes()
    assert invoke(saved, "-f", "jsonl", "-o", whole, "-q").exit_code == 0

    def check() -> None:
        assert file.read_bytes() in {first, whole.read_bytes()}

    args = command(saved, "-f", "jsonl", "-o", file, "-j", "2")
    killed = kill_until_done(args, kills, check, file)
    assert file.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.glob("all*")) == ["all.jsonl", "all.jsonl.newsclean-state.jsonl"]
    assert killed > kills // 2


@pytest.mark.skipif(not FORKS, reason="forks")
@pytest.mark.parametrize("stage", ["os.replace", "os.unlink"])
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("in_order", [pytest.param(True, marks=pytest.mark.slow), False])
def test_lines_survive_a_kill_at_each_step_of_the_end(
    tmp_path: Path, saved: Path, stage: str, times: int, in_order: bool
) -> None:
    file, late = tmp_path / "all.jsonl", saved / "0" / "0003.html"
    if not in_order:
        content = late.read_bytes()
        late.unlink()
        invoke(saved, "-f", "jsonl", "-o", file)
        late.write_bytes(content)
    for when in ("before", "after"):
        code = f"""
import os, signal, sys
calls, real = 0, {stage}
def killing(*args, **known):
    global calls
    calls += 1
    last = calls == {times}
    if last and {when!r} == "before": os.kill(os.getpid(), signal.SIGKILL)
    real(*args, **known)
    if last: os.kill(os.getpid(), signal.SIGKILL)
{stage} = killing
from newsclean.cli import main
main()
"""
        subprocess.run([sys.executable, "-c", code, saved, "-f", "jsonl", "-o", file], check=False, capture_output=True)
    assert invoke(saved, "-f", "jsonl", "-o", file).exit_code == 0
    invoke(saved, "-f", "jsonl", "-o", tmp_path / "whole.jsonl")
    assert file.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert "0 articles, 12 done before" in invoke(saved, "-f", "jsonl", "-o", file).stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")
def test_an_interrupt_ends_soon_and_can_be_resumed(tmp_path: Path, target: list[str | Path]) -> None:
    saved = make(tmp_path / "saved", 150)
    args = command(saved, *target, "-j", "2")
    process = subprocess.Popen(args, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=heed_interrupts)  # noqa: PLW1509 - no threads here
    state = next(iter(target[-1:]))
    journal = Path(state) / ".newsclean-state.jsonl" if target[0] == "-d" else Path(f"{state}.newsclean-state.jsonl")
    while not journal.exists() or journal.stat().st_size < 1000:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: all of them
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert errors.decode() == "newsclean: interrupted: the same command goes on from here\n"
    result = invoke(saved, *target, "-j", "2")
    assert result.exit_code == 0
    assert " done before" in result.stderr


@pytest.mark.skipif(not FORKS, reason="reads the list of processes of Linux")
def test_no_worker_outlives_a_killed_run(tmp_path: Path) -> None:
    saved = make(tmp_path / "saved", 150)
    process = subprocess.Popen(command(saved, "-d", tmp_path / "out", "-j", "3", "-q"))
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while len(workers := children.read_text().split()) < 3:
        time.sleep(0.01)
    process.kill()
    process.wait()
    until = time.monotonic() + 20
    while any(Path(f"/proc/{worker}/stat").exists() and "Z" not in state_of(worker) for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.05)


def state_of(worker: str) -> str:
    try:
        return Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


# --- what is seen ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_bar_is_shown_on_a_terminal_only(saved: Path, tmp_path: Path) -> None:
    import pty

    (saved / "0" / "0000.html").write_bytes(EMPTY)
    shown = {}
    for option in ("-v", "-q"):
        ours, theirs = pty.openpty()
        args = command(saved, "-d", tmp_path / "out", "--force", option)
        env = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
        process = subprocess.Popen(args, stderr=theirs, env=env)
        os.close(theirs)
        shown[option] = everything(ours)
        assert process.wait() == 1
    assert "/12" in shown["-v"]
    assert "1 failed" in shown["-v"]
    assert "11 articles, 1 failed" in shown["-v"]
    assert shown["-q"].splitlines()[0].startswith(f"newsclean: {saved / '0' / '0000.html'}: no article found")
    assert "/12" not in shown["-q"]
    assert "/12" not in invoke(saved, "-d", tmp_path / "out", "--force").stderr


def everything(terminal: int) -> str:
    data = b""
    with suppress(OSError):  # how the end of a pseudo-terminal is told
        while more := os.read(terminal, 65536):
            data += more
    os.close(terminal)
    return data.decode("utf-8")


# --- what the system refuses -----------------------------------------------------------------------------------------


@pytest.mark.skipif(not FORKS, reason="limits are set when a process is forked")
def test_a_full_disk_is_exit_3_and_can_be_resumed(saved: Path, tmp_path: Path, target: list[str | Path]) -> None:
    import resource

    (saved / "1" / "long.html").write_bytes(page(60, 100))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))

    done = subprocess.run(command(saved, *target), stderr=subprocess.PIPE, check=False, preexec_fn=limit)
    assert done.returncode == 3
    assert done.stderr.decode().startswith("newsclean: cannot write ")
    assert done.stderr.count(b"\n") == 1
    assert not (tmp_path / "out" / "all.jsonl").exists()
    result = invoke(saved, *target)
    assert result.exit_code == 0
    assert " done before" in result.stderr
    invoke(saved, target[0], *target[1:-1], tmp_path / "whole")
    if target[0] == "-d":
        assert results(tmp_path / "out") == results(tmp_path / "whole")
    else:
        assert (tmp_path / "out" / "all.jsonl").read_bytes() == (tmp_path / "whole").read_bytes()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is refused to root")
def test_a_file_without_permission_is_unreadable(saved: Path, tmp_path: Path) -> None:
    (saved / "0" / "0000.html").chmod(0)
    result = invoke(saved, "-d", tmp_path / "out")
    assert result.exit_code == 1
    assert failures(tmp_path / "out" / "newsclean-failures.jsonl") == [("0000.html", "unreadable")]


def test_a_page_called_as_our_own_files_does_not_replace_them(tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "newsclean-failures.html").write_bytes(page(1))
    (saved / "x.html").write_bytes(EMPTY)
    assert invoke(saved, "-f", "jsonl", "-d", tmp_path / "out").exit_code == 1
    assert failures(tmp_path / "out" / "newsclean-failures.jsonl") == [("x.html", "no-article")]
    assert len(results(tmp_path / "out")) == 2
