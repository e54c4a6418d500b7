"""Forms that hold one page: compressions, MHTML, webarchives, and what browsers save beside a page."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import plistlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import saved
from newsclean import clean
from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import Found, Unreadable, find, is_container, packings, read, table

PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8><title>老街</title></head><body><p>青石镇=3D</p></body>".encode()

zstd: Any
try:
    zstd = packings.zstandard_library()
except UnreadableInputError:
    zstd = None


def zstandard(data: bytes) -> bytes:
    if zstd is None:
        pytest.skip("no Zstandard here")
    packed: bytes = zstd.compress(data)
    return packed


PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard,
}


def put(folder: Path, data: bytes, name: str = "page.html") -> Found:
    (folder / name).write_bytes(data)
    return Found(str(folder / name), "page")


def one(found: Found, limit: int = 1 << 20) -> Source:
    (page,) = read(found, limit)
    assert isinstance(page, Source)
    return page


# --- compressions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("way", PACK)
@pytest.mark.parametrize("wrapped", [lambda data: data, saved.chrome, saved.webarchive])
def test_compressed_pages_are_unpacked(tmp_path: Path, way: str, wrapped: Callable[[bytes], bytes]) -> None:
    found = put(tmp_path, PACK[way](wrapped(PAGE)), "told by content")
    assert one(found).data == PAGE
    assert not is_container(found.path)


@pytest.mark.parametrize("way", PACK)
def test_members_follow_one_another_and_padding_is_passed_over(tmp_path: Path, way: str) -> None:
    data = PACK[way](PAGE) + bytes(1024) + PACK[way](b"more") + bytes(512)
    assert one(put(tmp_path, data)).data == PAGE + b"more"


@pytest.mark.parametrize("way", PACK)
def test_large_incompressible_pages_come_through(tmp_path: Path, way: str) -> None:
    page = b"<html>" + os.urandom(400_000).hex().encode()
    assert one(put(tmp_path, PACK[way](page)), 1 << 23).data == page


@pytest.mark.parametrize("way", PACK)
@pytest.mark.parametrize("damage", [lambda data: data[:-9], lambda data: data[:40] + data[49:]])
def test_damaged_data_is_a_clear_error(tmp_path: Path, way: str, damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UnreadableInputError, match=r"^broken (gzip|bzip2|xz|Zstandard) data: .*again"):
        one(put(tmp_path, damage(PACK[way](PAGE * 3))))


@pytest.mark.parametrize("way", PACK)
def test_a_bomb_stops_at_the_limit(tmp_path: Path, way: str) -> None:
    found = put(tmp_path, PACK[way](bytes(30_000_000)))
    with pytest.raises(UnreadableInputError, match="larger than 1 MB, the limit for one page"):
        one(found)


def test_the_limit_is_of_unpacked_bytes_and_exact(tmp_path: Path) -> None:
    found = put(tmp_path, gzip.compress(PAGE))
    assert one(found, len(PAGE)).data == PAGE
    with pytest.raises(UnreadableInputError, match=f"larger than {len(PAGE) - 1} bytes"):
        one(found, len(PAGE) - 1)


def test_what_is_compressed_twice_is_not_unpacked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="compressed twice"):
        one(put(tmp_path, gzip.compress(lzma.compress(PAGE))))


def test_without_its_library_zstandard_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("compression", "compression.zstd", "backports", "backports.zstd"):
        monkeypatch.setitem(sys.modules, name, None)
    found = put(tmp_path, b"\x28\xb5\x2f\xfd" + bytes(20))
    assert not is_container(found.path)
    with pytest.raises(UnreadableInputError, match=r"pip install 'newsclean\[zstd\]'"):
        one(found)


# --- MHTML -----------------------------------------------------------------------------------------------------------


def test_a_snapshot_of_chrome_gives_its_page_and_no_frame(tmp_path: Path) -> None:
    page = one(put(tmp_path, saved.chrome(PAGE)))
    assert (page.data, page.url, page.member) == (PAGE, saved.QUOTED, "")
    assert clean(page.data, url=page.url).metadata.url == saved.QUOTED


def test_a_page_of_internet_explorer_is_found_in_its_nest(tmp_path: Path) -> None:
    text = "<html><body>青石镇老街</body></html>".encode("gb2312")
    page = one(put(tmp_path, saved.explorer(text, "gb2312")))
    assert (page.data, page.url, page.charset) == (text, "http://news.example/2008/1.htm", "gb2312")


def test_a_message_that_is_one_page_is_read(tmp_path: Path) -> None:
    fields = {"From": "<Saved>", "MIME-Version": "1.0", "Content-Location": saved.QUOTED}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    page = one(put(tmp_path, head + saved.part(PAGE, "text/html; charset=utf-8")))
    assert (page.data.rstrip(), page.url, page.charset) == (PAGE, saved.QUOTED, "utf-8")


def message(*parts: bytes, kind: str = "multipart/related", more: str = "") -> bytes:
    return saved.mime({"MIME-Version": "1.0", "Content-Type": f"{kind}; boundary=b{more}"}, saved.multipart(parts, "b"))


def test_the_root_that_a_message_names_is_its_page(tmp_path: Path) -> None:
    parts = (saved.part(b"<p>frame"), saved.part(PAGE, Content_ID="<root>"), saved.part(b"<p>other"))
    assert one(put(tmp_path, message(*parts, more='; start="<root>"'))).data == PAGE
    assert one(put(tmp_path, message(*parts, more='; start="<none>"'))).data == b"<p>frame"


@pytest.mark.parametrize(
    ("location", "base", "url"),
    [
        ("1.html", "https://a.example/x/", "https://a.example/x/1.html"),
        ("=?utf-8?B?aHR0cHM6Ly9hLmV4YW1wbGUv5LiA?=", None, "https://a.example/一"),
        ("file:///C:/1.html", None, None),
        ("cid:1@b", "https://a.example/x", "https://a.example/x"),
        ("1.html", "https://[a/x", None),
    ],
)
def test_the_address_is_that_of_the_page(tmp_path: Path, location: str, base: str | None, url: str | None) -> None:
    data = message(saved.part(PAGE, Content_Location=location))
    head = f"Content-Location: {base}\r\n" if base else ""
    assert one(put(tmp_path, head.encode() + data)).url == url


def test_an_mhtml_without_page_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="no page in this MHTML file"):
        one(put(tmp_path, message(saved.part(b"\x89PNG", "image/png", "base64"))))


def test_only_the_page_of_an_mhtml_counts_against_the_limit(tmp_path: Path) -> None:
    image = saved.part(bytes(400_000), "image/png", "base64")
    assert one(put(tmp_path, message(image, saved.part(PAGE))), 1000).data == PAGE
    for way in ("base64", "quoted-printable"):
        with pytest.raises(UnreadableInputError, match="larger than"):
            one(put(tmp_path, message(saved.part(PAGE * 20, way=way))), 1000)


def test_nesting_is_bounded(tmp_path: Path) -> None:
    deep = saved.part(PAGE)
    for level in range(12):
        deep = saved.mime(
            {"Content-Type": f"multipart/mixed; boundary=x{level}"}, saved.multipart((deep,), f"x{level}")
        )
    assert one(put(tmp_path, message(deep))).data == PAGE
    head = b"".join(b"--x%d\r\nContent-Type: multipart/mixed; boundary=x%d\r\n\r\n" % (n, n + 1) for n in range(30_000))
    with pytest.raises(UnreadableInputError, match="nested more than"):
        one(put(tmp_path, saved.mime({"MIME-Version": "1", "Content-Type": "multipart/mixed; boundary=x0"}, head)))


def test_a_text_that_opens_like_a_letter_is_no_mhtml(tmp_path: Path) -> None:
    text = "From: 编辑部\nTo: 读者\n\nContent-Type: text/html 是什么\nMIME-Version: 1.0\n".encode()
    assert one(put(tmp_path, text)).data == text


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --remote-debugging-pipe"

SNAPSHOT = f'exec "$0" {FLAGS} --user-data-dir="$1" about:blank 3<&0 4>&1 2>/dev/null'


def snapshot(url: str, profile: Path) -> bytes:
    """What "Save as… single file" gives, asked for over the browser's debugging pipe."""
    command = ["/bin/sh", "-c", SNAPSHOT, str(CHROMIUM), str(profile)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as browser:
        asked, answered = cast("IO[bytes]", browser.stdin), cast("IO[bytes]", browser.stdout)
        number = 0

        def ask(method: str, session: str | None = None, **given: object) -> Any:
            nonlocal number
            number += 1
            call = {"id": number, "method": method, "params": given, **({"sessionId": session} if session else {})}
            asked.write(json.dumps(call).encode() + b"\0")
            asked.flush()
            return await_message(answered, lambda answer: answer.get("id") == number)["result"]

        target = ask("Target.createTarget", url="about:blank")["targetId"]
        session = ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        ask("Page.enable", session)
        ask("Page.navigate", session, url=url)
        await_message(answered, lambda answer: answer.get("method") == "Page.loadEventFired")
        data = ask("Page.captureSnapshot", session, format="mhtml")["data"]
        ask("Browser.close")
    return str(data).encode()


def await_message(stream: Any, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Read messages, each ended by a NUL, up to the one that is wanted."""
    while True:
        data = bytearray()
        while (byte := stream.read(1)) != b"\0":
            assert byte, "the browser has gone"
            data += byte
        answer: dict[str, Any] = json.loads(data)
        if wanted(answer):
            return answer


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
def test_what_chromium_saves_is_read(tmp_path: Path) -> None:
    words = "青石镇老街改造工程昨日完成验收，街面重新铺上了石板，沿街的六十三户居民陆续搬回家中。" * 20
    source = tmp_path / "老街.html"
    frame = "<iframe srcdoc='<p>a frame'></iframe>"
    image = "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"
    source.write_bytes(f"<meta charset=gbk><title>老街</title><h1>老街</h1><p>{words}</p>{frame}{image}".encode("gbk"))
    data = snapshot(source.as_uri(), tmp_path / "profile")
    assert b"multipart/related" in data
    page = one(put(tmp_path, data, "saved.mhtml"))
    article = clean(page.data, charset=page.charset)
    assert (article.title, words in article.text, "a frame" in article.text) == ("老街", True, False)


# --- webarchives -----------------------------------------------------------------------------------------------------


def test_a_webarchive_gives_its_page_address_and_charset(tmp_path: Path) -> None:
    page = one(put(tmp_path, saved.webarchive(PAGE)))
    assert (page.data, page.url, page.charset) == (PAGE, saved.QUOTED, "UTF-8")
    assert one(put(tmp_path, saved.webarchive(PAGE, "file:///1.html", ""))).url is None
    assert one(put(tmp_path, saved.webarchive(PAGE, saved.ADDRESS))).url == saved.ADDRESS


@pytest.mark.parametrize("content", [[1, 2], {"a": 1}, {"WebMainResource": {}}, {"WebMainResource": "x"}])
def test_another_property_list_holds_no_page(tmp_path: Path, content: Any) -> None:
    found = put(tmp_path, plistlib.dumps(content, fmt=plistlib.FMT_BINARY))
    with pytest.raises(UnreadableInputError, match="without a saved page"):
        one(found)


def test_a_page_in_a_webarchive_has_the_limit(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="larger than 99 bytes"):
        one(put(tmp_path, saved.webarchive(PAGE)), 99)


@given(st.data())
def test_damaged_single_forms_raise_nothing_else(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([saved.webarchive(PAGE), saved.chrome(PAGE), gzip.compress(PAGE)]))
    at = data.draw(st.integers(0, len(whole)))
    junk = data.draw(st.binary(max_size=12))
    gone = data.draw(st.integers(0, 20) | st.just(len(whole)))
    stream = io.BufferedReader(io.BytesIO(whole[:at] + junk + whole[at + gone :]))
    try:
        pages = list(table.read_stream(Found("x"), cast("io.BufferedReader", stream), 10_000))
    except UnreadableInputError:
        return
    assert all(isinstance(page, Unreadable) or len(page.data) <= 10_000 for page in pages)


# --- what stands beside a page ---------------------------------------------------------------------------------------


def test_frames_and_assets_of_a_complete_page_are_no_pages(tmp_path: Path) -> None:
    for name in ("新闻 1.html", "新闻 1_files/frame.html", "新闻 1_files/saved_resource(1).html", "新闻 1_files/a.js",
                 "old.htm", "old.files/header.htm", "b.mhtml", "c.webarchive", "notes_files/own.html"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(PAGE)
    names = [os.path.relpath(found.path, tmp_path) for found in find([str(tmp_path)])]
    assert names == ["b.mhtml", "c.webarchive", os.path.join("notes_files", "own.html"), "old.htm", "新闻 1.html"]


def test_a_page_of_singlefile_keeps_its_address() -> None:
    note = (
        f"<!DOCTYPE html> <html lang=zh><!--\n Page saved with SingleFile \n url: {saved.QUOTED} \n saved date: x\n-->"
    )
    assert clean(note.encode() + PAGE).metadata.url == saved.QUOTED


ENDINGS = "html HTM shtml xhtml txt mhtml MHT webarchive zip tar tgz tbz2 txz tzst warc wet warc.wet".split()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("packed", ["", ".gz", ".bz2", ".XZ", ".zst"])
def test_every_ending_is_taken_in_a_directory(tmp_path: Path, ending: str, packed: str) -> None:
    (tmp_path / f"a.{ending}{packed}").write_bytes(b"x")
    (tmp_path / "a.jpg.gz").write_bytes(b"x")
    (found,) = find([str(tmp_path)])
    assert (found.place, found.error, found.listed) == ("a" if ending != "warc.wet" else "a.warc", None, True)
