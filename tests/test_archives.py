"""Archives that hold many pages, and where the output of each goes."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import sys
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import cast

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import saved
from newsclean.cli import main
from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import Found, Unreadable, find, is_container, read, table
from newsclean.sources.places import member_place

PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>青石镇老街</p></body></html>".encode()

LIMIT = 1 << 20


def put(folder: Path, data: bytes, name: str = "all.bin") -> Found:
    (folder / name).write_bytes(data)
    return Found(str(folder / name), "all")


def pages(found: Found, limit: int = LIMIT) -> list[Source | Unreadable]:
    return list(read(found, limit))


def members(found: Found, limit: int = LIMIT) -> list[str]:
    """What is read, in order; what cannot be is marked by its error."""
    return [page.member if isinstance(page, Source) else f"{page.member}: {page.error}" for page in pages(found, limit)]


def up_to_damage(found: Found) -> tuple[list[str], str]:
    """The members before the damage, and what is said of that."""
    names = []
    try:
        for page in read(found, LIMIT):
            names.append(page.member if isinstance(page, Source) else f"{page.member}!")  # noqa: PERF401 - those before the damage
    except UnreadableInputError as error:
        return names, str(error)
    raise AssertionError("nothing is said of the damage")


TREE = {
    "saved/b/老街 2.html": PAGE,
    "saved/a.html": PAGE,
    "saved/c.txt": b"words",
    "saved/d.html.gz": gzip.compress(PAGE),
    "saved/e.mhtml": saved.chrome(PAGE),
    "saved/f.webarchive.xz": lzma.compress(saved.webarchive(PAGE)),
    "saved/page_without_ending": PAGE,
    "saved/README": b"no page",
    "saved/logo.png": b"\x89PNG\r\n",
    "saved/.hidden.html": PAGE,
    "saved/.git/x.html": PAGE,
    "__MACOSX/saved/._a.html": PAGE,
    "saved/a_files/frame.html": PAGE,
    "saved/own_files/x.html": PAGE,
}

TAKEN = [
    "saved/b/老街 2.html", "saved/a.html", "saved/c.txt", "saved/d.html.gz", "saved/e.mhtml", "saved/f.webarchive.xz",
    "saved/page_without_ending", "saved/own_files/x.html",
]  # fmt: skip

WAYS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: saved.zipped(TREE),
    "stored": lambda: saved.zipped(TREE, zipfile.ZIP_STORED),
    "backslashes": lambda: saved.zip_with_raw_names({k.replace("/", "\\").encode(): v for k, v in TREE.items()}),
    "pax": lambda: saved.tarred(TREE),
    "gnu": lambda: saved.tarred(TREE, form=tarfile.GNU_FORMAT),
    "ustar": lambda: saved.tarred(TREE, form=tarfile.USTAR_FORMAT),
    "tar.gz": lambda: saved.tarred(TREE, "w:gz"),
    "tar.bz2": lambda: saved.tarred(TREE, "w:bz2"),
    "tar.xz": lambda: saved.tarred(TREE, "w:xz"),
}


# --- members ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", WAYS)
def test_members_are_taken_by_the_rules_of_directories(tmp_path: Path, way: str) -> None:
    found = put(tmp_path, WAYS[way]())
    read_pages = pages(found)
    assert [page.member for page in read_pages] == TAKEN
    assert all(page.name == f"{found.path}!{page.member}" for page in read_pages)
    whole = [page for page in read_pages if isinstance(page, Source)]
    assert {page.data for page in whole} == {PAGE, b"words"}
    assert [page.url for page in whole if page.url] == [saved.QUOTED] * 2
    assert is_container(found.path)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are different there")
@pytest.mark.parametrize("way", ["zip", "pax", "tar.bz2"])
def test_an_archive_may_come_through_a_pipe(tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, WAYS[way](), "all.bin")
    with os.popen(f"cat '{tmp_path / 'all.bin'}'") as pipe:  # noqa: S605
        monkeypatch.setattr(sys, "stdin", pipe)
        assert way == "tar.bz2" or is_container("-")  # of bzip2 nothing is known before a block is there
        assert members(Found("-", "stdin")) == TAKEN


@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_long_names_in_tar_are_read(tmp_path: Path, form: int) -> None:
    name = "/".join(["很长的文件夹"] * 30) + "/老街.html"
    assert members(put(tmp_path, saved.tarred({name: PAGE, "b.html": PAGE}, form=form))) == [name, "b.html"]


@pytest.mark.parametrize("make", [saved.zipped, saved.tarred])
def test_an_archive_within_an_archive_is_one_error(tmp_path: Path, make: Callable[[dict[str, bytes]], bytes]) -> None:
    inner = {"in.zip": saved.zipped({"a.html": PAGE}), "in.tgz": saved.tarred({"a.html": PAGE}, "w:gz"),
             "in.warc": saved.response("https://a.example/", PAGE), "z.html": PAGE}  # fmt: skip
    error = "an archive within an archive: unpack the outer one"
    assert members(put(tmp_path, make(inner))) == [*(f"{name}: {error}" for name in list(inner)[:3]), "z.html"]


@pytest.mark.parametrize("make", [saved.zipped, saved.tarred])
def test_what_is_wrong_with_a_member_stays_with_it(tmp_path: Path, make: Callable[[dict[str, bytes]], bytes]) -> None:
    bad = {
        "large.html": PAGE + bytes(LIMIT),
        "bomb.html.gz": gzip.compress(bytes(20_000_000)),
        "twice.html.gz": gzip.compress(gzip.compress(PAGE)),
        "cut.html.gz": gzip.compress(PAGE)[:-9],
        "paper.html": b"%PDF-1.7\n",
        "good.html": PAGE,
    }
    reasons = ["larger than 1 MB", "larger than 1 MB", "compressed twice", "broken gzip data", "this is a PDF"]
    found = members(put(tmp_path, make(bad)))
    assert len(found) == 6
    assert all(reason in line for reason, line in zip(reasons, found, strict=False))
    assert found[-1] == "good.html"


@pytest.mark.parametrize("make", [saved.zipped, saved.tarred])
def test_an_archive_without_pages_is_an_error_where_it_was_named(
    tmp_path: Path, make: Callable[[dict[str, bytes]], bytes]
) -> None:
    found = put(tmp_path, make({"a.png": b"x", "b/": b""}), "photos.zip")
    with pytest.raises(UnreadableInputError, match="no pages in this"):
        pages(found)
    (listed,) = find([str(tmp_path)])
    assert pages(listed) == []


def test_links_and_devices_are_passed_over(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("link.html")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert up_to_damage(put(tmp_path, stream.getvalue())) == ([], "no pages in this tar archive")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr(saved.zip_link("link.html", "x"), "/etc/passwd")
        zipped.writestr("a.html", PAGE)
    assert members(put(tmp_path, stream.getvalue())) == ["a.html"]


# --- zip -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["新闻中心/青石镇老街改造完工.html", "新闻中心/记者手记.html"], "gbk"),
        (["老街.html"], "gbk"),
        (["新聞中心/老街改造工程完工.html", "新聞中心/記者手記.html"], "big5"),
        (["été/déjà vu.html"], "cp437"),
        (["新闻/老街.html"], "utf-8"),
    ],
)
def test_names_in_a_zip_are_read_in_the_encoding_of_their_system(
    tmp_path: Path, names: list[str], encoding: str
) -> None:
    data = saved.zip_with_raw_names({name.encode(encoding): PAGE for name in names})
    assert members(put(tmp_path, data)) == names


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_in_a_tar_are_read_in_the_encoding_of_their_system(tmp_path: Path, encoding: str) -> None:
    stream = io.BytesIO()
    names = ["新闻中心/青石镇老街改造完工.html", "新闻中心/记者手记.html"]
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name in names:
            archive.addfile(tarfile.TarInfo(name))
    assert members(put(tmp_path, stream.getvalue())) == names


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    assert members(put(tmp_path, saved.zip_with_raw_names({b"": PAGE, b"/": PAGE, b"a.html": PAGE}))) == ["a.html"]


def test_an_encrypted_member_is_one_error(tmp_path: Path) -> None:
    data = bytearray(saved.zipped({"a.html": PAGE, "b.html": PAGE}))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    first, second = members(put(tmp_path, bytes(data)))
    assert "encrypted" in first
    assert second == "b.html"


def test_a_damaged_member_is_one_error(tmp_path: Path) -> None:
    data = saved.zipped({"a.html": PAGE, "b.html": PAGE}, zipfile.ZIP_STORED).replace(b"charset", b"xharset", 1)
    first, second = members(put(tmp_path, data))
    assert "broken zip archive" in first
    assert second == "b.html"


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    data = bytearray(saved.zipped({"a.html": PAGE, "b.html": PAGE}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)  # both are said to begin where the first does
    assert up_to_damage(put(tmp_path, bytes(data))) == ([], "its members overlap, as only those of a zip bomb do")


def test_a_member_that_lies_about_its_size_stops_at_the_limit(tmp_path: Path) -> None:
    data = bytearray(saved.zipped({"a.html": bytes(30_000_000)}))
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    (first,) = members(put(tmp_path, bytes(data)))
    assert "broken" in first or "larger than" in first


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_rare_compressions_whose_size_nobody_bounds_are_refused(tmp_path: Path, method: int) -> None:
    (first,) = members(put(tmp_path, saved.zipped({"a.html": PAGE}, method)))
    assert "rare way" in first


def test_a_zip_within_gzip_is_refused(tmp_path: Path) -> None:
    names, error = up_to_damage(put(tmp_path, gzip.compress(saved.zipped({"a.html": PAGE}))))
    assert (names, "unpack it once" in error) == ([], True)


# --- damage ----------------------------------------------------------------------------------------------------------


def test_a_tar_that_is_cut_off_gives_what_is_before(tmp_path: Path) -> None:
    data = saved.tarred({"a.html": PAGE, "b.html": PAGE * 99})
    for damaged in (data[:3000], gzip.compress(data)[:-200], data[:1100] + b"\xff" + data[1101:]):
        names, error = up_to_damage(put(tmp_path, damaged))
        assert names in (["a.html"], [])
        assert error.startswith(("broken tar archive", "broken gzip"))
    assert up_to_damage(put(tmp_path, data[:3000]))[0] == ["a.html"]


def test_a_header_of_any_size_takes_no_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@LongLink")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8 << 30
    assert "a header of 8,589,934,592 bytes" in up_to_damage(put(tmp_path, info.tobuf(tarfile.GNU_FORMAT)))[1]


@pytest.mark.slow
def test_a_bomb_around_an_archive_stops(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.png")
    info.size = 1 << 30
    packer = bz2.BZ2Compressor()
    data = (
        packer.compress(info.tobuf()) + b"".join(packer.compress(bytes(1 << 20)) for _ in range(400)) + packer.flush()
    )
    names, error = up_to_damage(put(tmp_path, data))
    assert (names, "a bomb" in error) == ([], True)


WHOLE = [
    saved.zipped(TREE),
    saved.zip_with_raw_names({"老街.html".encode("gbk"): PAGE}),
    saved.tarred(TREE),
    saved.tarred(TREE, form=tarfile.GNU_FORMAT),
    saved.tarred(TREE, "w:gz"),
    saved.response("https://a.example/", PAGE) * 3,
    gzip.compress(saved.response("https://a.example/", PAGE)) * 3,
]


@given(st.sampled_from(WHOLE), st.integers(0, 100_000), st.binary(max_size=12), st.integers(0, 600) | st.just(100_000))
def test_damaged_archives_raise_nothing_else(whole: bytes, at: int, junk: bytes, gone: int) -> None:
    at %= len(whole)
    stream = io.BufferedReader(io.BytesIO(whole[:at] + junk + whole[at + gone :]))
    try:
        for page in table.read_stream(Found("x"), cast("io.BufferedReader", stream), 10_000):
            assert isinstance(page, Unreadable) or len(page.data) <= 10_000
    except UnreadableInputError:
        pass


# --- WARC ------------------------------------------------------------------------------------------------------------


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 40] for at in range(0, len(body), 40)]
    return b"".join(b"%x;a=b\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated(body: bytes, bits: int) -> bytes:
    packer = zlib.compressobj(wbits=bits)
    return packer.compress(body) + packer.flush()


CHUNKED = {"Transfer_Encoding": "chunked"}

A = "https://a.example/1.html"

CRAWL = b"".join(
    (
        saved.record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        saved.record("request", A, "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"),
        saved.response(A, PAGE, Content_Type="text/html; charset=GBK"),
        saved.response(A + "?gz", gzip.compress(PAGE), Content_Encoding="gzip"),
        saved.response(A + "?chunked", chunked(gzip.compress(PAGE)), Content_Encoding="x-gzip", **CHUNKED),
        saved.response(A + "?zlib", deflated(PAGE, 15), Content_Encoding="deflate"),
        saved.response(A + "?raw", deflated(PAGE, -15), Content_Encoding="deflate"),
        saved.response(A + "?undone", PAGE, Content_Encoding="gzip", **CHUNKED),
        saved.response(A + "?untyped", PAGE, Content_Type=""),
        saved.response(A + "?text", b"words", Content_Type="TEXT/PLAIN"),
        saved.response(A + "?moved", PAGE, "301 Moved"),
        saved.response(A + "?missing", PAGE, "404 Not Found"),
        saved.response(A + "?png", PAGE, Content_Type="image/png"),
        saved.response(A + "?pdf", b"%PDF-1.7 ", Content_Type="text/plain"),
        saved.response("https://a.example/robots.txt", b"User-agent: *", Content_Type="text/plain"),
        saved.record("response", "dns:a.example", "text/dns", b"20240501"),
        saved.record("resource", "metadata://crawler/log", "text/plain", b"log"),
        saved.record("revisit", A, "application/http; msgtype=response", b"HTTP/1.1 200 OK\r\n\r\n"),
        saved.record("metadata", A, "application/warc-fields", b"x: y"),
        saved.record("resource", "<https://a.example/res>", "text/html; charset=big5", PAGE),
        saved.record("conversion", "https://a.example/wet", "text/plain", "青石镇\n老街".encode()),
    )
)  # fmt: skip

CRAWLED = [A, *(f"{A}?{what}" for what in "gz chunked zlib raw undone untyped text".split()),
           "https://a.example/res", "https://a.example/wet"]  # fmt: skip


def by_record(data: bytes, pack: Callable[[bytes], bytes]) -> bytes:
    """Compress each record alone, as crawlers do."""
    return b"".join(pack(b"WARC/1.0\r\n" + each) for each in data.split(b"WARC/1.0\r\n")[1:])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: by_record(data, gzip.compress), lzma.compress])
def test_pages_of_a_crawl_are_read(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    found = put(tmp_path, pack(CRAWL))
    read_pages = [page for page in pages(found) if isinstance(page, Source)]
    assert [(page.name, page.url, page.member) for page in read_pages] == [(url, url, url) for url in CRAWLED]
    assert {page.data for page in read_pages} == {PAGE, b"words", "青石镇\n老街".encode()}
    assert {page.url: page.charset for page in read_pages if page.charset} == {A: "GBK", CRAWLED[-2]: "big5"}
    assert is_container(found.path)


def test_brotli_is_read_where_it_is_installed(tmp_path: Path) -> None:
    brotli = pytest.importorskip("brotli")
    answers = (saved.response(f"{A}?{n}", brotli.compress(data), Content_Encoding="br")
               for n, data in enumerate((PAGE, bytes(5_000_000))))  # fmt: skip
    assert members(put(tmp_path, b"".join(answers))) == [
        f"{A}?0",
        f"{A}?1: larger than 1 MB, the limit for one page (--max-size sets another)",
    ]


def test_without_its_library_brotli_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "brotli", None)
    data = saved.response(A, b"x", Content_Encoding="br") + saved.response(A + "?2", PAGE)
    first, second = members(put(tmp_path, data))
    assert "pip install 'newsclean[warc]'" in first
    assert second == A + "?2"


def test_a_warc_with_a_zstandard_dictionary_is_read(tmp_path: Path) -> None:
    from newsclean.sources import packings

    try:
        zstd = packings.zstandard_library()
    except UnreadableInputError:
        pytest.skip("no Zstandard here")
    words = zstd.train_dict([b"%d" % n + PAGE * 3 for n in range(200)], 4096)
    content = words.dict_content
    frame = b"\x5d\x2a\x4d\x18" + len(content).to_bytes(4, "little") + content
    data = frame + by_record(CRAWL, lambda part: bytes(zstd.compress(part, zstd_dict=words)))
    assert members(put(tmp_path, data)) == CRAWLED
    assert "dictionary" in up_to_damage(put(tmp_path, frame[:8] + b"x" * 20))[1]


@pytest.mark.parametrize(
    "answer",
    [
        saved.response(A, gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"),
        saved.response(A, deflated(bytes(30_000_000), 15), Content_Encoding="deflate"),
        saved.response(A, bytes(LIMIT + 1)),
        saved.record("conversion", A, "text/plain", bytes(LIMIT + 1)),
        saved.response(A, gzip.compress(PAGE)[:-9], Content_Encoding="gzip"),
        saved.response(A, PAGE, Content_Encoding="gzip, gzip"),
    ],
)
def test_a_record_that_cannot_be_read_is_one_error(tmp_path: Path, answer: bytes) -> None:
    first, second = members(put(tmp_path, answer + saved.response(A + "?2", PAGE)))
    assert first.startswith(f"{A}: ")
    assert second == A + "?2"


@pytest.mark.parametrize("pack", [bytes, lambda data: by_record(data, gzip.compress)])
def test_a_crawl_that_is_cut_off_gives_what_is_before(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    data = pack(saved.response(A, PAGE) + saved.response(A + "?2", PAGE))
    names, error = up_to_damage(put(tmp_path, data[:-40]))
    assert (names, error.startswith("broken")) == ([A], True)


# --- places ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("member", "place"),
    [
        ("a/b.html", "all/a/b"),
        ("a/老街 2.html.gz", "all/a/老街 2"),
        ("../../etc/cron.d/x.html", "all/etc/cron.d/x"),
        ("/abs/x.html", "all/abs/x"),
        ("C:/x.html", "all/C_/x"),
        ("nul.html", "all/_nul"),
        ("aux/com1.txt", "all/_aux/_com1"),
        ("a\x1b[31m\u202e?.html", "all/a_[31m__"),
        (".newsclean-1.tmp", "all/_.newsclean-1.tmp"),
        ("a.md/x.html", "all/a.md_/x"),
        ("a. /b .html", "all/a/b"),
        ("...", "all/_"),
        ("..", "all/index"),
        ("", "all/index"),
        ("https://news.example/2024/1.html", "all/news.example/2024/1"),
        ("https://news.example/2024/1.html?id=7&x=%2F..", "all/news.example/2024/1_id=7&x=_"),
        ("https://news.example:8080/", "all/news.example_8080/index"),
        ("https://news.example", "all/news.example/index"),
        ("https://news.example/%E8%80%81%E8%A1%97/#top", "all/news.example/老街/index"),
        ("https://news.example/a/../../b%2e%2e%2f..%2fc", "all/news.example/a/b.._.._c"),
    ],
)
def test_a_member_has_its_place_in_the_folder_of_its_archive(member: str, place: str) -> None:
    assert member_place("all", member, {}) == place.replace("/", os.sep)


def test_members_of_one_place_keep_their_endings_or_get_numbers() -> None:
    taken: dict[int, int] = {}
    names = ["b.html", "b.txt", "B.HTML", "b.html", "b.html", "b.html-2", "e\u0301.html", "\u00e9.html"]
    places = [member_place("all", name, taken) for name in names]
    expected = ["b", "b.txt", "B.HTML", "b.html-2", "b.html-3", "b.html-2-2", "é", "é.html"]
    assert [unicodedata.normalize("NFC", place) for place in places] == [os.path.join("all", each) for each in expected]


def test_a_thousand_pages_of_one_address_take_no_thousand_times_as_long() -> None:
    taken: dict[int, int] = {}
    assert len({member_place("all", A, taken) for _ in range(20_000)}) == 20_000


DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}

NAMES = st.lists(
    st.sampled_from(["a", "A", "ä", ".html", ".md", ".", "..", "/", "\\", "nul", ":", "-2", "?", "%2e", "x" * 300])
    | st.text(max_size=3),
    max_size=40,
).map("".join)  # fmt: skip


@given(st.lists(NAMES | NAMES.map("https://a.example/".__add__), max_size=8), st.sampled_from([".md", ".html"]))
def test_places_stay_within_their_folder_and_apart_whatever_members_are_called(names: list[str], ending: str) -> None:
    taken: dict[int, int] = {}
    outputs = [member_place("all", name, taken) + ending for name in names]
    for output in outputs:
        parts = Path(output).parts
        assert parts[0] == "all"
        assert len(parts) > 1
        assert not {"..", "."} & set(parts)
        assert not PurePosixPath(*parts).is_absolute()
        assert not PureWindowsPath(*parts).anchor
        assert not any(
            part.startswith(".") or len(part.encode()) > 240 or part.split(".")[0].strip().upper() in DEVICES
            for part in parts
        )
        assert len(output.encode()) < 1200
        assert output.isprintable() or not any(unicodedata.category(each) in {"Cc", "Cs"} for each in output)
    folded = [unicodedata.normalize("NFC", output.casefold()) for output in outputs]
    assert len(set(folded)) == len(folded)
    folders = {folded_parent for each in folded for folded_parent in map(str, PurePosixPath(each).parents)}
    assert not folders & set(folded)


def test_an_archive_beside_a_folder_of_its_name_has_a_place_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "in" / "all").mkdir(parents=True)
    for name in ("all/x.html", "all.html", "b.html"):
        (tmp_path / "in" / name).write_bytes(PAGE)
    for name in ("all.zip", "b.md.zip", "c.tar.gz", "c.zip"):
        put(tmp_path / "in", saved.zipped({"x.html": PAGE}), name)
    places = {os.path.basename(found.path): found.place for found in find([str(tmp_path / "in")])}
    assert places == {
        "x.html": os.path.join("all", "x"), "all.html": "all.html", "all.zip": "all.zip", "b.html": "b.html",
        "b.md.zip": "b.md", "c.tar.gz": "c.tar.gz", "c.zip": "c.zip",
    }  # fmt: skip
    given_alone = [str(tmp_path / "in" / "all"), str(tmp_path / "in" / "all.zip")]
    assert [found.place for found in find(given_alone)] == [os.path.join("all", "x"), "all.zip"]


def test_an_archive_has_no_address_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.html", "<p>x</p>")
    result = CliRunner().invoke(main, [str(path), "--url", "https://example.com/"])
    assert result.exit_code == 2
    assert "--url is the address of one page" in result.output
