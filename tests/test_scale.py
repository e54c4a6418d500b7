"""Parts of a run: what they hold, how they are called, what comes of them, what is refused; all without a cluster."""

from __future__ import annotations

import gzip
import json
import pickle
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import newsclean
import saved
from newsclean import clean_record, cli
from newsclean.batch import Batch, Filters
from newsclean.errors import OutputError, UnknownChoiceError, UnknownEncodingError
from newsclean.scale import cluster, options, ranges
from newsclean.scale.addresses import put, put_bytes, sizes_in
from newsclean.scale.done import Done
from newsclean.scale.listing import Listed, list_inputs
from newsclean.scale.parts import Part, Sizes, parts_of
from newsclean.scale.reports import Order, Report
from newsclean.scale.run import given_up, order_of, said_once
from newsclean.scale.task import OtherVersionError, WorkersDiedError, do_part, note_start
from newsclean.sinks import Target
from newsclean.sources import plainly
from test_batch import EMPTY, make, page

registry = pytest.importorskip("fsspec.registry")._registry

SMALL = Sizes(2, 8, 20_000)
"""Parts of a few pages."""


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], catch_exceptions=False)


def local_lines(folder: Path, *inputs: str | Path) -> list[bytes]:
    invoke(*inputs, "-f", "jsonl", "-o", folder / "local.jsonl", "--force")
    return (folder / "local.jsonl").read_bytes().splitlines()


def order(folder: str | Path, form: str = "jsonl", **more: Any) -> Order:
    return order_of(Batch(Target(form, output_dir=str(folder)), **more))


def parts(*inputs: str | Path, sizes: Sizes = SMALL, by: str = "") -> list[Part]:
    return list(parts_of(list_inputs(map(str, inputs), None), by, sizes))


def lines_in(folder: Path) -> list[bytes]:
    return [line for path in folder.glob("part-*.jsonl") for line in path.read_bytes().splitlines()]


# --- one source ------------------------------------------------------------------------------------------------------


def test_one_source_is_plain_data_and_the_function_goes_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(page(1)))
    assert pickle.loads(pickle.dumps(clean_record)) is clean_record  # noqa: S301 - our own
    expected = {**newsclean.clean(page(1)).to_dict(), "input": str(path)}
    assert clean_record(path) == clean_record(str(path)) == expected
    assert clean_record(f"file://{path}", name=str(path)) == expected
    assert clean_record(path.read_bytes(), name=str(path)) == expected
    for form in (bytearray, memoryview):
        assert clean_record(form(path.read_bytes())) == {**expected, "input": "-"}
    monkeypatch.chdir(tmp_path)
    for host in ("localhost", "LOCALHOST"):
        assert clean_record(f"file://{host}{path}", name=str(path)) == expected
        assert clean_record(f"simplecache://::file://{host}{path}", name=str(path))["text"] == expected["text"]
    assert json.loads(json.dumps(expected)) == expected


@pytest.mark.parametrize(
    ("source", "kind", "reason"),
    [
        (EMPTY, "no-article", "no article"),
        (bytes(range(256)) * 80, "undecodable", "no article"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 500, "unreadable", "PNG"),
        (saved.zipped({"a.html": page(1)}), "unreadable", "several pages"),
        ("missing.html", "unreadable", "no such file"),
        ("file:///missing.html", "unreadable", "no such file"),
        ("nosuch://a/b.html", "unreadable", "nosuch"),
        ("https://example.com/a.html", "unreadable", "does not fetch"),
        ("zip://a.html::https://example.com/x.zip", "unreadable", "does not fetch"),
        ("zip://a.html::simplecache::HTTP://example.com/x.zip", "unreadable", "does not fetch"),
        ("generic://https://example.com/a.html", "unreadable", "does not fetch"),
        ("a\0b.html", "unreadable", "no file can have such a name"),
        ("\ud800.html", "unreadable", "no file can have such a name"),
        (gzip.compress(page(1))[:-9], "unreadable", "broken gzip"),
    ],
)
def test_what_is_wrong_with_a_source_is_data_too(source: bytes | str, kind: str, reason: str) -> None:
    record = clean_record(source)
    assert list(record) == ["input", "reason", "kind"]
    assert record["kind"] == kind
    assert reason in record["reason"]


def test_wrong_choices_are_errors_as_no_page_could_be_read_with_them() -> None:
    with pytest.raises(UnknownEncodingError):
        clean_record(page(1), encoding="klingon")
    with pytest.raises(UnknownChoiceError):
        clean_record(page(1), engine="steam")


def test_hints_are_heeded() -> None:
    text = page(1).decode().replace('<meta charset="utf-8">', "").encode("gb18030")
    record = clean_record(text, charset="gb2312", url="https://news.example/a.html", name="here")
    assert record["title"] == newsclean.clean(page(1)).to_dict()["title"]
    assert (record["input"], record["url"]) == ("here", "https://news.example/a.html")
    assert "larger than" in clean_record(page(1), limit=100)["reason"]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("HTTPSConnectionPool(host='a')", "HTTPSConnectionPool(host='a')"),
        ("No such bucket", "no such bucket"),
        ("A Bucket", "a Bucket"),
        ("I/O error", "I/O error"),
        ("", ""),
    ],
)
def test_what_a_file_system_says_begins_small_unless_it_is_a_name(said: str, plain: str) -> None:
    assert plainly(OSError(said)) == plain


# --- parts -----------------------------------------------------------------------------------------------------------


def files(names: list[str], size: int = 100) -> list[Listed]:
    return [Listed(f"/saved/{name}", name, size, "1", in_folder=True) for name in names]


@given(st.lists(st.integers(0, 5000), unique=True, max_size=300), st.integers(1, 9000))
def test_parts_hold_every_input_once_and_in_order_and_are_bounded(numbers: list[int], size: int) -> None:
    listed = files([f"{each}.html" for each in numbers], size)
    made = list(parts_of(listed, "", SMALL))
    assert [each.file for part in made for each in part.inputs] == listed
    assert all(len(part.inputs) <= SMALL.files for part in made)
    assert all(len(part.inputs) * size <= SMALL.size or len(part.inputs) == 1 for part in made)
    assert len({part.name for part in made}) == len(made)


def test_a_new_input_changes_few_parts_and_options_change_all() -> None:
    names = [f"{each}.html" for each in range(1000)]
    before = {part.name for part in parts_of(files(names), "", SMALL)}
    after = {part.name for part in parts_of(files([*names[:500], "new.html", *names[500:]]), "", SMALL)}
    assert len(before - after) <= 4
    assert not before & {part.name for part in parts_of(files(names), "other", SMALL)}
    assert not before & {part.name for part in parts_of([each._replace(stamp="2") for each in files(names)], "", SMALL)}


def test_names_of_parts_are_safe() -> None:
    (part,) = parts_of(files(["a\n\x1b[31m<b>:c?.html"]), "", SMALL)
    assert not set(part.name) & set('\n\x1b<>:"/\\|?*')


def test_stores_are_listed_as_directories_are(tmp_path: Path) -> None:
    import fsspec

    names = ["b/2.html", "b/1.html.gz", "a.txt", "b/1_files/x.html", "c.jpg", ".hidden/x.html", "b-c/3.html", "z.warc",
             "b/1_files/y.js", "out/part-1.html"]  # fmt: skip
    fs = fsspec.filesystem("memory")
    for name in names:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(page(1))
        fs.pipe_file(f"/listed/{name}", page(1))
    local = [each.called for each in list_inputs([str(tmp_path / "in")], str(tmp_path / "in" / "out"))]
    stored = [each.called for each in list_inputs(["memory://listed"], "memory://listed/out")]
    as_file = [each.called for each in list_inputs([f"file://{tmp_path}/in"], str(tmp_path / "in" / "out"))]
    assert [each.removeprefix("memory://").removeprefix("/listed/") for each in stored] == [
        each.removeprefix(f"{tmp_path}/in/") for each in local
    ]
    assert as_file == [f"file://{each}" for each in local]
    assert len(local) == 5
    assert list(list_inputs([f"file://localhost{tmp_path}/in"], str(tmp_path / "in" / "out"))) == list(
        list_inputs([f"file://{tmp_path}/in"], f"file://localhost{tmp_path}/in/out")
    )
    (missing,) = list_inputs(["memory://nothing/here"], None)
    assert missing.error == "no such file or directory"


# --- records of WARC files -------------------------------------------------------------------------------------------


def warc(number: int, pack: Callable[[bytes], bytes] = bytes) -> tuple[bytes, list[int]]:
    """A file of so many pages, and where its records begin."""
    records = [pack(saved.response(f"https://news.example/{each}.html", page(each))) for each in range(number)]
    starts = [sum(map(len, records[:each])) for each in range(number)]
    return b"".join(records), starts


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@given(cuts=st.lists(st.integers(1, 20_000), max_size=6, unique=True))
@settings(max_examples=30)
def test_stretches_of_a_file_have_every_record_once(
    tmp_path_factory: pytest.TempPathFactory, pack: Callable[[bytes], bytes], cuts: list[int]
) -> None:
    path = tmp_path_factory.getbasetemp() / f"{pack.__name__}.warc"
    data, starts = warc(12, pack)
    path.write_bytes(data)
    size = len(data)
    edges = [0, *sorted(cut for cut in cuts if cut < size), size]
    found = [ranges.bounds(str(path), size, *edge) for edge in pairwise(edges)]
    stretches = [each for each in found if each is not None]
    assert stretches[0][0] == 0
    assert stretches[-1][1] == size
    assert [begin for begin, _ in stretches[1:]] == [end for _, end in stretches[:-1]]
    assert {begin for begin, _ in stretches} <= set(starts)


def test_one_member_for_all_records_is_not_split(tmp_path: Path) -> None:
    path = tmp_path / "one.warc.gz"
    path.write_bytes(gzip.compress(warc(12)[0]))
    size = path.stat().st_size
    assert [ranges.bounds(str(path), size, at, at + size // 4) for at in (0, size // 4, size // 2)] == [
        (0, size), None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "index",
    [
        lambda starts: (
            " CDX N b a m s k r M S V g\n" + "".join(f"e 1 u t 200 k - - 9 {at} a.warc.gz\n" for at in starts)
        ),
        lambda starts: "".join(f'e 1 {{"offset": "{at}", "filename": "x/a.warc.gz"}}\n' for at in starts),
        lambda starts: "".join(f'e 1 {{"offset": "{at + 1}", "filename": "a.warc.gz"}}\n' for at in starts),
    ],
    ids=["cdx", "cdxj", "wrong"],
)
def test_an_index_is_used_where_it_is_right(tmp_path: Path, index: Callable[[list[int]], str]) -> None:
    path = tmp_path / "a.warc.gz"
    data, starts = warc(12, gzip.compress)
    path.write_bytes(data)
    (tmp_path / "a.cdxj").write_text(index(starts))
    said: list[str] = []
    assert ranges.bounds(str(path), len(data), starts[3] - 1, starts[7], said.append) == (starts[3], starts[7])
    assert said == []


@pytest.mark.parametrize(
    "index",
    [
        b'{"offset": 5, \0\n',
        b'e 1 {"offset": ' + b'{"a":' * 40_000 + b"1" + b"}" * 40_001,
        b'e 1 {"offset": ' + b"[" * 100_000,
        b'e 1 {"offset": ' + b"1" * 5000 + b"}\n",
        b"a" * 300_000,
        b"e 1\n" * 100_000,
        gzip.compress(b"e 1\n")[:-4],
    ],
    ids=["broken", "deep", "deep list", "number", "line", "lines", "cut off"],
)
@pytest.mark.parametrize("scheme", ["", "memory://"])
def test_a_damaged_index_is_said_and_done_without(tmp_path: Path, index: bytes, scheme: str) -> None:
    path = f"{scheme}{tmp_path}/a.warc.gz"
    data, starts = warc(12, gzip.compress)
    put_bytes(data, path)
    put_bytes(index, path.replace(".warc.gz", ".cdxj.gz" if index.startswith(b"\x1f") else ".cdxj"))
    said: list[str] = []
    assert ranges.bounds(path, len(data), starts[3] - 1, starts[7], said.append) == (starts[3], starts[7])
    assert said == [f"{path}: the index beside it is damaged, so its records are found without"]


def test_what_an_index_finds_behind_the_end_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    data, starts = warc(3)
    path.write_bytes(data)
    (tmp_path / "a.cdxj").write_text('e 1 {"offset": "' + "9" * 30 + '"}\n')
    assert ranges.bounds(str(path), len(data), starts[1], len(data)) == (starts[1], len(data))


def test_an_index_takes_little_memory_whatever_it_unpacks_to(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    data, starts = warc(3, gzip.compress)
    path.write_bytes(data)
    with gzip.open(tmp_path / "a.cdx.gz", "wb", 1) as stream:
        for _ in range(100):
            stream.write(bytes(1024 * 1024))
    tracemalloc.start()
    try:
        ranges.bounds(str(path), len(data), starts[1], len(data))
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.slow
def test_a_part_tells_of_a_damaged_index_and_a_run_says_it_once(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc").write_bytes(warc(40)[0])
    (tmp_path / "crawl.cdxj").write_bytes(b"{")
    reports = [do_part(part, order(tmp_path / "out")) for part in parts(tmp_path / "crawl.warc")]
    assert {report.note for report in reports} == {
        f"{tmp_path}/crawl.warc: the index beside it is damaged, so its records are found without"
    }
    assert [report.note is None for report in said_once(iter(reports))] == [False] + [True] * (len(reports) - 1)
    assert len(lines_in(tmp_path / "out")) == 40


# --- what is done with a part ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_parts_together_are_what_the_local_batch_writes(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 4)
    (source / "0" / "empty.html").write_bytes(EMPTY)
    (source / "more.zip").write_bytes(saved.zipped({"x.html": page(50), "y.html": page(51)}))
    (source / "crawl.warc").write_bytes(warc(40)[0])
    made = parts(source, tmp_path / "missing.html", sizes=SMALL)
    assert any(each.begin > 0 for part in made for each in part.inputs)
    reports = [do_part(part, order(tmp_path / "out")) for part in made]
    assert sorted(lines_in(tmp_path / "out")) == sorted(local_lines(tmp_path, source))
    assert sum(report.failed for report in reports) == 2
    failures = [json.loads(each.read_text()) for each in (tmp_path / "out" / "_failures").iterdir()]
    assert sorted(each["kind"] for each in failures) == ["no-article", "unreadable"]
    assert not list((tmp_path / "out").glob(".*"))


@pytest.mark.slow
def test_parquet_holds_what_the_lines_hold(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "in").mkdir()
    picture = '<p><img src="a.jpg" alt="桥"></p>'
    (tmp_path / "in" / "a.html").write_bytes(page(3, 5, picture))
    (part,) = parts(tmp_path / "in")
    do_part(part, order(tmp_path / "out", "parquet"))
    (empty,) = parts_of(files(["missing.html"]), "", SMALL)
    do_part(empty, order(tmp_path / "out", "parquet"))
    table = parquet.read_table(tmp_path / "out" / f"{part.name}.parquet")
    assert table.to_pylist() == [json.loads(line) for line in local_lines(tmp_path, tmp_path / "in")]
    none = parquet.read_table(tmp_path / "out" / f"{empty.name}.parquet")
    assert (none.num_rows, none.schema) == (0, table.schema)


@pytest.mark.slow
def test_file_systems_that_move_onto_no_file_are_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arrow = pytest.importorskip("fsspec.implementations.arrow")
    local = pytest.importorskip("pyarrow.fs").LocalFileSystem

    class Hdfs(arrow.ArrowFSWrapper):  # type: ignore[misc, name-defined]
        """HDFS is reached by this wrapper, too, around another file system of Arrow."""

        protocol = "hdfs"

        def __init__(self, **options: Any) -> None:
            super().__init__(local(), **options)

        def mv(self, source: str, target: str, **options: Any) -> None:
            assert not self.exists(target)
            super().mv(source, target, **options)

    monkeypatch.setitem(registry, "hdfs", Hdfs)
    source, out = make(tmp_path / "in", 3), tmp_path / "out"
    (part,) = parts(f"hdfs://{source}", sizes=Sizes(9, 9, 100_000))
    asked = order(f"hdfs://{out}")
    assert do_part(part, asked) == do_part(part, asked)._replace(seconds=ANY)
    expected = [line.replace(bytes(source), b"hdfs://" + bytes(source)) for line in local_lines(tmp_path, source)]
    assert lines_in(out) == expected
    assert Done(asked.folder, "jsonl", [], False).known([part]) != [None]
    assert sorted(path.name for path in out.iterdir()) == ["_state", f"{part.name}.jsonl"]


def test_pages_that_take_too_long_cost_themselves(tmp_path: Path) -> None:
    (part,) = parts(make(tmp_path / "in", 2))
    report = do_part(part, order(tmp_path / "out")._replace(timeout=0.0001))
    assert report.kinds == {"timeout": 2}
    assert not report.is_final


def test_a_worker_of_another_version_is_an_error(tmp_path: Path) -> None:
    (part,) = parts(make(tmp_path / "in", 1))
    with pytest.raises(OtherVersionError, match=r"not 0\.0"):
        do_part(part, order(tmp_path / "out")._replace(version="0.0"))


def test_output_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot write"):
        put_bytes(b"", str(tmp_path / "file" / "out"))
    put(str(tmp_path / "file"), "memory://put/there")
    assert sizes_in("memory://put") == {"there": 0}


def test_a_part_that_was_begun_three_times_is_begun_no_more(tmp_path: Path) -> None:
    (part,) = parts(make(tmp_path / "in", 1))
    asked = order(tmp_path / "out")
    state = {"run": asked.run, "starts": 3}
    put_bytes(json.dumps(state).encode(), str(tmp_path / "out" / "_state" / f"{part.name}.json"))
    with pytest.raises(WorkersDiedError, match="one after another"):
        do_part(part, asked)
    assert do_part(part, order(tmp_path / "out")).counts == {"done": 1}


# --- what is done before ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_done_is_known_unless_it_is_gone_or_can_be_mended(tmp_path: Path) -> None:
    out = tmp_path / "out"
    source = make(tmp_path / "in", 7)
    (source / "0" / "empty.html").write_bytes(EMPTY)
    made = parts(source, sizes=Sizes(2, 2, 10_000))[:4]
    known: Callable[[], list[Report | None]] = lambda: Done(str(out), "jsonl", ["in"], False).known(made)  # noqa: E731
    assert known() == [None] * len(made)
    reports = [do_part(part, order(out)) for part in made]
    assert known() == reports
    (out / f"{made[0].name}.jsonl").unlink()
    (out / f"{made[1].name}.jsonl").write_bytes(b"")
    (out / "_state" / f"{made[2].name}.json").write_bytes(b"{")
    assert known() == [None, None, None, *reports[3:]]
    with pytest.raises(OutputError, match="other inputs"):
        Done(str(out), "jsonl", ["others"], False)
    assert Done(str(out), "jsonl", ["others"], True).known(made) == [None] * len(made)


@pytest.mark.slow
def test_parts_of_changed_inputs_are_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (old,) = parts(make(tmp_path / "in", 3), sizes=Sizes(9, 9, 100_000))
    do_part(old, order(out))
    (tmp_path / "in" / "0" / "0000.html").write_bytes(page(99))
    (out / "part-of-somebody.jsonl").touch()
    (new,) = parts(tmp_path / "in", sizes=Sizes(9, 9, 100_000))
    done = Done(str(out), "jsonl", [], False)
    assert done.known([new]) == [None]
    do_part(new, order(out))
    done.remove_old()
    assert sorted(path.name for path in out.glob("*.jsonl")) == sorted([f"{new.name}.jsonl", "part-of-somebody.jsonl"])


def relisted(source: Path, out: Path) -> Done:
    """Do what a run of all that is in a folder does, but for the cluster."""
    done = Done(str(out), "jsonl", [], False)
    for part in parts(source, sizes=Sizes(9, 9, 100_000)):
        (before,) = done.known([part])
        done.expect(before or do_part(part, order(out)))
    return done


@pytest.mark.slow
def test_what_a_part_that_was_given_up_left_goes_with_its_inputs(tmp_path: Path) -> None:
    source, out = make(tmp_path / "in", 1), tmp_path / "out"
    (part,) = parts(source, sizes=Sizes(9, 9, 100_000))
    given_up(part, "it died", order(out))
    note_start(part, order(out))
    (source / "0" / "0000.html").write_bytes(page(99))
    done = relisted(source, out)
    assert done.remove_old(is_blind=True) == "1 older parts are kept, as not all inputs could be looked at"
    assert [path.stem for path in (out / "_failures").iterdir()] == [part.name]
    assert done.remove_old() is None
    left = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    (new,) = parts(source, sizes=Sizes(9, 9, 100_000))
    assert left == ["_state/" + new.name + ".json", "_state/run.json", new.name + ".jsonl"]


@pytest.mark.slow
def test_output_that_has_vanished_is_an_error(tmp_path: Path) -> None:
    source, out = make(tmp_path / "in", 20), tmp_path / "out"
    for done in (relisted(source, out), relisted(source, out)):
        done.check()
    (path, *_) = sorted(out.glob("part-*"))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(OutputError, match=r"1 of \d parts that were done are not there any more"):
        done.check()
    (part,) = parts(make(tmp_path / "other", 1), sizes=Sizes(9, 9, 100_000))
    fresh = Done(str(tmp_path / "none"), "jsonl", [], False)
    fresh.expect(given_up(part, "it died", order(tmp_path / "none")))
    fresh.check()


def test_what_cannot_be_looked_at_is_away(tmp_path: Path) -> None:
    source = make(tmp_path / "in", 1)
    (there,) = list_inputs([str(source)], None)
    assert not there.is_away
    (source / "0" / "0000.html").unlink()
    (source / "0" / "0000.html").symlink_to(tmp_path / "missing.html")
    for path in (source, source / "0" / "0000.html", tmp_path / "missing"):
        assert [each.is_away for each in list_inputs([str(path)], None)] == [True]


# --- usage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("-f", "jsonl"), "-d"),
        (("-f", "jsonl", "-o", "a.jsonl"), "-d"),
        (("-d", "out"), "-f jsonl or -f parquet"),
        (("-d", "out", "-f", "jsonl", "-"), "name files"),
        (("-d", "out", "-f", "jsonl", "https://example.com/a"), "does not fetch"),
        (("-d", "out", "-f", "jsonl", "zip://a.html::http://a.example/x.zip"), "does not fetch"),
        (("-d", "https://example.com/a", "-f", "jsonl"), "does not write"),
        (("-d", "out", "-f", "jsonl", "--dedup"), "--dedup does not go"),
        (("-d", "out", "-f", "jsonl", "--join-pages"), "--join-pages does not go"),
        (("-d", "out", "-f", "jsonl", "--explain"), "--explain does not go"),
        (("-d", "out", "-f", "jsonl", "--url", "https://a.example/"), "--url does not go"),
    ],
)
def test_what_cannot_be_done_in_parts_is_said(args: tuple[str, ...], hint: str) -> None:
    result = invoke("in", *args, "--scheduler", "local")
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr


def test_addresses_and_parts_need_a_scheduler(tmp_path: Path) -> None:
    assert "add --scheduler" in invoke("s3://bucket/a").stderr
    assert "save the file, and give its path" in invoke("zip://a.html::http://a.example/x.zip").stderr
    assert "add --scheduler" in invoke("zip://a.html::s3://bucket/http://a.example/x.zip").stderr
    assert "without file://: /a/b.html" in invoke("file://localhost/a/b.html").stderr
    result = invoke(tmp_path, "-d", tmp_path / "out", "-f", "parquet")
    assert (result.exit_code, "add --scheduler" in result.stderr) == (2, True)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, form, extra in (("pyarrow", "parquet", "parquet"), ("distributed", "jsonl", "dask")):
        monkeypatch.setattr("newsclean.scale.options.find_spec", lambda each, name=name: None if each == name else each)
        result = invoke("in", "-d", "out", "-f", form, "--scheduler", "local")
        assert (result.exit_code, f"newsclean[{extra}]" in result.stderr) == (2, True)


@pytest.mark.parametrize("args", [("gs://bucket/a", "-d", "out"), ("in", "-d", "gs://bucket/out")])
def test_what_an_address_needs_is_named(args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    result = invoke(*args, "-f", "jsonl", "--scheduler", "local")
    assert (result.exit_code, "pip install gcsfs" in result.stderr) == (2, True)
    unknown = invoke("in", "-d", "nosuch://b/out", "-f", "jsonl", "--scheduler", "local")
    assert (unknown.exit_code, "no file system nosuch://" in unknown.stderr) == (2, True)


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    result = invoke(tmp_path, "-d", tmp_path / "out", "-f", "jsonl", "--scheduler", "tcp://127.0.0.1:9")
    assert result.exit_code == 1
    assert "no Dask scheduler at tcp://127.0.0.1:9" in result.stderr


@pytest.mark.parametrize(
    "given_address",
    ["foo", "", "tcp://", "tcp://127.0.0.1", "tcp://127.0.0.1:", "tcp://:8786", "tcp://127.0.0.1:0", "tcp://a:99999",
     "http://127.0.0.1:9", "ucx://127.0.0.1:9", "inproc://x", "127.0.0.1:8786", "tcp://a:1/", "tcp://a b:1", "locale"],
)  # fmt: skip
def test_what_is_no_address_of_a_scheduler_is_said_before_one_is_called(given_address: str) -> None:
    result = invoke("in", "-d", "out", "-f", "jsonl", "--scheduler", given_address)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"tcp://host:8786 (or tls://): not '{given_address}'" in result.stderr


@pytest.mark.parametrize(
    "right", ["local", "LOCAL", "tcp://host:8786", "tls://10.0.0.1:1", "tcp://[fe80::1%eth0]:65535"]
)
def test_addresses_of_schedulers_are_known(right: str) -> None:
    assert options.is_scheduler(right)


STRANGER = """
import socket, sys, threading
from newsclean.scale import cluster
from newsclean.cli import main

cluster.PATIENCE = 1.0
server = socket.create_server(("127.0.0.1", 0))
kept = []


def answer():
    while True:
        connection, _ = server.accept()
        connection.sendall(eval(sys.argv[1]))
        kept.append(connection)


threading.Thread(target=answer, daemon=True).start()
main(["in", "-d", "out", "-f", "jsonl", "--scheduler", sys.argv[2] % server.getsockname()[1]])
"""
"""A run with a server of its own for a scheduler, which says the same to all."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("says", "address", "why"),
    [
        (b"", "tcp://127.0.0.1:%d", "what answers there is none"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n" * 100, "tcp://127.0.0.1:%d", "what answers there is none"),
        (b"\1" + bytes(99), "tcp://127.0.0.1:%d", "what answers there is none"),
        (b"", "tls://127.0.0.1:%d", "TLS expects"),
    ],
    ids=["mute", "web", "garbage", "tls"],
)
def test_a_stranger_in_a_schedulers_place_is_told_in_one_line(
    tmp_path: Path, says: bytes, address: str, why: str
) -> None:
    pytest.importorskip("distributed")
    command = [sys.executable, "-c", STRANGER, repr(says), address]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith(f"newsclean: no Dask scheduler at {address[:16]}")
    assert why in done.stderr


def test_filters_are_for_articles_of_all_parts(tmp_path: Path) -> None:
    (part,) = parts(make(tmp_path / "in", 2))
    report = do_part(part, order(tmp_path / "out", filters=Filters(min_chars=100_000)))
    assert report.counts == {"filtered": 2}
    assert lines_in(tmp_path / "out") == []
