"""Files made to exhaust whoever opens them: each is one clear error, in bounded time and memory, and the rest is read.

Where a limit is missing, these tests do not end, or their peak of memory is that of the bomb.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import plistlib
import signal
import struct
import sys
import tarfile
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import saved
from newsclean.cli import main
from newsclean.errors import UnreadableInputError
from newsclean.models import Source
from newsclean.sources import Found, Unreadable, read
from newsclean.sources.places import member_place

PAGE = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body><p>云岫村夜校</p></body></html>".encode()

LIMIT = 1 << 20

MEMORY = 16 << 20
"""Bytes that a reader may have at once with pages of LIMIT: none of the bombs here could be held in it."""

HUGE = 24_000_000
"""Bytes of the bombs."""

LARGE = "larger than 1 MB, the limit for one page (--max-size sets another)"


def told(tmp_path: Path, data: bytes) -> list[str]:
    """The members that are read, what is said of the others, and at the end of what cannot be read on."""
    path = tmp_path / "x"
    path.write_bytes(data)
    lines = []
    tracemalloc.start()
    try:
        for page in read(Found(str(path), "x"), LIMIT):
            lines.append(page.member if isinstance(page, Source) else f"{page.member}: {page.error}")  # noqa: PERF401 - those before an error
    except UnreadableInputError as error:
        lines.append(str(error))
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MEMORY
    assert all(line.isprintable() and len(line) < 4300 for line in lines)
    return lines


# --- compressions ----------------------------------------------------------------------------------------------------


def spread(pack: Callable[[bytes], bytes], size: int = HUGE) -> bytes:
    """A bomb in many members, of which none is large."""
    return pack(bytes(size // 100)) * 100


PACK = (gzip.compress, bz2.compress, lzma.compress)


@pytest.mark.parametrize("pack", PACK)
def test_a_bomb_in_many_members_stops_as_one_does(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert told(tmp_path, spread(pack)) == [LARGE]


@pytest.mark.parametrize("pack", PACK)
def test_members_without_content_end_soon(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    assert told(tmp_path, pack(b"") * 900 + pack(PAGE)) == [""]
    why = "a bomb: more than 1,000 of its parts are empty, or nearly so"
    assert told(tmp_path, pack(b"") * 5000 + pack(PAGE)) == [why]


def test_members_with_next_to_no_content_end_soon(tmp_path: Path) -> None:
    tiny = gzip.compress(b"x")
    assert told(tmp_path, tiny * 900 + gzip.compress(PAGE)) == [""]
    assert told(tmp_path, gzip.compress(PAGE * 30) + tiny * 900) == [""]
    (line,) = told(tmp_path, tiny * 50_000 + gzip.compress(PAGE))
    assert line == "a bomb: more than 1,000 of its parts are empty, or nearly so"


def test_a_bomb_in_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    assert told(tmp_path, gzip.compress(gzip.compress(bytes(HUGE)))) == ["it is compressed twice: unpack it once"]


def test_xz_that_claims_much_memory_is_an_error(tmp_path: Path) -> None:
    filters = [
        {"id": lzma.FILTER_LZMA2, "dict_size": 512 << 20, "mode": lzma.MODE_FAST, "mf": lzma.MF_HC3, "nice_len": 3}
    ]
    made = bytearray(lzma.compress(PAGE, filters=[{**filters[0], "dict_size": 1 << 20}]))
    assert made[12:17] == b"\x02\x00\x21\x01\x10"  # the header of the block: one filter, and how large its window is
    made[16] = 38  # 2 GB
    made[20:24] = struct.pack("<L", zlib.crc32(made[12:20]))
    (line,) = told(tmp_path, bytes(made))
    assert line.startswith("broken xz data: Memory usage limit exceeded")


# --- zip -------------------------------------------------------------------------------------------------------------


def entry(name: bytes, at: int, packed: int, size: int, more: bytes = b"") -> bytes:
    """A deflated member as the list at the end of a zip has it."""
    head = struct.pack("<HHHHHHLLLHHHHHLL", 45, 45, 0, 8, 0, 33, 0, packed, size, len(name), len(more), 0, 0, 0, 0, at)
    return b"PK\x01\x02" + head + name + more


def local(name: bytes, data: bytes, more: bytes = b"") -> bytes:
    head = struct.pack("<HHHHHLLLHH", 45, 0, 8, 0, 33, 0, len(data), 0, len(name), len(more))
    return b"PK\x03\x04" + head + name + more + data


def finished(members: bytes, listed: Iterable[bytes]) -> bytes:
    listed = list(listed)
    numbers = (0, 0, len(listed), len(listed), sum(map(len, listed)), len(members), 0)
    return members + b"".join(listed) + b"PK\x05\x06" + struct.pack("<HHHHLLH", *numbers)


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


OVERLAP = "its members overlap, as only those of a zip bomb do"


def test_members_that_share_one_kernel_are_refused(tmp_path: Path) -> None:
    kernel = raw(bytes(HUGE))
    data = local(b"0.html", kernel)
    same = finished(data, (entry(b"%d.html" % n, 0, len(kernel), HUGE) for n in range(500)))
    assert told(tmp_path, same) == [OVERLAP]
    quoted, places = b"", []  # each member holds the headers of all behind it, in a block that is not compressed
    for number in range(200, -1, -1):
        header = local(b"%d.html" % number, b"")
        inner = quoted or kernel
        block = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) if quoted else b""
        quoted = header + block + inner
        places.append(len(quoted))
    whole = len(quoted)
    listed = (entry(b"%d.html" % n, whole - at, at - 36, HUGE) for n, at in enumerate(places))
    assert told(tmp_path, finished(quoted, listed)) == [OVERLAP]


def test_many_bombs_in_a_zip_are_an_error_each(tmp_path: Path) -> None:
    bombs = {f"{n}.html": bytes(3_000_000) for n in range(8)}
    assert told(tmp_path, saved.zipped({**bombs, "z.html": PAGE})) == [
        *(f"{n}.html: {LARGE}" for n in range(8)),
        "z.html",
    ]


def test_a_zip_that_lies_about_sizes_costs_what_it_lies_about(tmp_path: Path) -> None:
    kernel = raw(bytes(HUGE))
    good = local(b"z.html", raw(PAGE))
    listed_good = bytearray(entry(b"z.html", 0, len(raw(PAGE)), len(PAGE)))
    listed_good[16:20] = struct.pack("<L", zlib.crc32(PAGE))
    small = entry(b"a.html", len(good), len(kernel), 100)
    huge = entry(b"b.html", len(good), len(kernel), HUGE, struct.pack("<HHQ", 1, 8, 1 << 62))
    beyond = entry(b"c.html", 1 << 31, 100, 100)
    for liar, why in ((small, "broken zip archive: Bad CRC-32"), (huge, LARGE), (beyond, "broken zip archive")):
        first, second = told(tmp_path, finished(good + local(liar[46:52], kernel), [bytes(listed_good), liar]))
        assert (first, why in second) == ("z.html", True)


@pytest.mark.parametrize(
    "more",
    [
        b"",
        b"\1",
        struct.pack("<HH", 1, 60),
        struct.pack("<HHL", 1, 4, 1),
        struct.pack("<HHQQQL", 1, 28, 1 << 63, 1 << 63, 1 << 63, 9),
    ],
)
def test_fields_of_zip64_that_make_no_sense_are_errors(tmp_path: Path, more: bytes) -> None:
    full = 0xFFFFFFFF
    data = local(b"a.html", raw(PAGE))
    for numbers in ((full, full, full), (0, full, 9), (0, 9, full), (full, 9, 9)):
        at, packed, size = numbers
        (line,) = told(tmp_path, finished(data, [entry(b"a.html", at, packed, size, more)]))
        assert "broken zip archive" in line or LARGE in line or line.startswith("a.html: ")


def test_a_zip_with_too_long_a_list_is_refused(tmp_path: Path) -> None:
    end = struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 70 << 20, 0, 0)
    with open(tmp_path / "x.zip", "wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(70 << 20)
        stream.seek(70 << 20)
        stream.write(b"PK\x05\x06" + end)
    with pytest.raises(UnreadableInputError, match="too many members to list"):
        list(read(Found(str(tmp_path / "x.zip"), "x"), LIMIT))


def test_members_of_one_name_have_places_of_their_own(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the name is there already
        for _ in range(3):
            archive.writestr("a.html", PAGE)
    assert told(tmp_path, stream.getvalue()) == ["a.html"] * 3


# --- tar -------------------------------------------------------------------------------------------------------------


def test_a_file_of_holes_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        hole = tarfile.TarInfo("hole.html")
        hole.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": str(1 << 60), "GNU.sparse.name": "h.html"}
        old = tarfile.TarInfo("old.html")
        old.type = tarfile.GNUTYPE_SPARSE
        good = tarfile.TarInfo("z.html")
        good.size = len(PAGE)
        archive.addfile(hole)
        archive.addfile(old)
        archive.addfile(good, io.BytesIO(PAGE))
    why = "it is stored as a file with holes: unpack the archive"
    assert told(tmp_path, stream.getvalue()) == [f"h.html: {why}", f"old.html: {why}", "z.html"]


def test_a_member_that_claims_more_than_there_is_ends_the_archive(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.html")
    info.size = 1 << 60
    (line,) = told(tmp_path, info.tobuf(tarfile.GNU_FORMAT) + PAGE)
    assert line.startswith("broken tar archive: it ends too early")
    first, second = told(tmp_path, gzip.compress(info.tobuf(tarfile.GNU_FORMAT) + bytes(HUGE)))
    assert (first, second[:18]) == (f"a.html: {LARGE}", "broken tar archive")


def test_names_of_any_length_and_depth_cost_little(tmp_path: Path) -> None:
    names = [f"{'a_files/' * 60_000}{n}.html" for n in range(2)] + [f"{'a/' * 2000}{n}.html" for n in range(3)]
    names += [f"{'b_files/' * 500}{n}.html" for n in range(60)]
    lines = told(tmp_path, saved.tarred({**dict.fromkeys(names, b""), "c_files/x.html": b"", "c.html": PAGE}, "w:gz"))
    why = f"{'a_files/' * 7}a_fi…: its name has more than 4,096 characters: rename it in the archive"
    assert lines == [*[why] * 2, *names[2:], "c.html"]


@pytest.mark.parametrize("name", ["e" + "\u0327\u0301" * 2000, "/" * 500_000, "a/" * 900_000, "%2e/" * 300_000])
@pytest.mark.parametrize("before", ["", "https://a.example/"])
def test_a_place_is_found_at_once_for_a_name_of_any_length(before: str, name: str) -> None:
    taken: dict[int, int] = {}
    places = [member_place("all", f"{before}{number}{name}{number}", taken) for number in range(12)]
    assert len(set(places)) == 12
    assert all(len(place.encode()) < 1200 for place in places)


# --- MHTML -----------------------------------------------------------------------------------------------------------


def message(body: bytes, boundary: str = "b") -> bytes:
    return saved.mime({"MIME-Version": "1.0", "Content-Type": f'multipart/related; boundary="{boundary}"'}, body)


@pytest.mark.parametrize("way", ["base64", "quoted-printable", "8bit"])
def test_a_part_of_any_size_is_not_held(tmp_path: Path, way: str) -> None:
    line = {"base64": b"QUFB" * 18, "quoted-printable": b"=41" * 25}.get(way, b"A" * 75) + b"\r\n"
    head = f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {way}\r\n\r\n".encode()
    assert told(tmp_path, gzip.compress(message(head + line * 60_000))) == [LARGE]
    assert told(tmp_path, gzip.compress(message(head + line.strip() * 70_000))) == [LARGE]


def test_parts_of_any_number_and_boundaries_of_any_length_are_passed_over(tmp_path: Path) -> None:
    many = b"--b\r\nContent-Type: image/png\r\n\r\n\r\n" * 3_000 + b"--b\r\n" + saved.part(PAGE) + b"\r\n--b--\r\n"
    assert told(tmp_path, message(many)) == [""]
    lines = b"--\n" * 9_000 + b"--" + b"x" * 60_000 + b"\r\n" + saved.part(PAGE)
    assert told(tmp_path, message(lines, "x" * 60_000)) == [""]
    assert told(tmp_path, message(lines, "x" * 200_000)) == ["no page in this MHTML file (save it anew)"]


def test_an_endless_header_is_an_error(tmp_path: Path) -> None:
    begin = b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n"
    for endless in (b"X-A: b\r\n" * 200_000, b"X-A: " + b"b" * 800_000, b"X-A: b\r\n" + b" c\r\n" * 100_000):
        (line,) = told(tmp_path, begin + endless)
        assert line == "broken: it has a header of more than 256 KB"


def test_an_address_of_encoded_words_without_end_is_left_as_it_is(tmp_path: Path) -> None:
    part = saved.part(PAGE, Content_Location="=?a?b?" * 40_000)
    assert told(tmp_path, message(b"--b\r\n" + part + b"\r\n--b--\r\n")) == [""]


# --- WARC ------------------------------------------------------------------------------------------------------------

A = "https://a.example/1.html"

GOOD = saved.response(A + "?good", PAGE)

CHUNKED = {"Transfer_Encoding": "chunked"}


@pytest.mark.parametrize(
    "record",
    [
        saved.response(A, bytes(HUGE)),
        gzip.compress(saved.record("resource", A, "text/html", bytes(HUGE))),
        saved.response(A, spread(gzip.compress), Content_Encoding="gzip"),
        saved.response(A, b"%x\r\n" % HUGE + gzip.compress(bytes(HUGE)), Content_Encoding="gzip", **CHUNKED),
        gzip.compress(saved.response(A, b"1\r\nx\r\n" * 300_000, **CHUNKED)),
    ],
)  # fmt: skip
def test_a_record_that_is_a_bomb_is_one_error(tmp_path: Path, record: bytes) -> None:
    pack = gzip.compress if record.startswith(b"\x1f\x8b") else bytes
    assert told(tmp_path, record + pack(GOOD)) == [f"{A}: {LARGE}", f"{A}?good"]


def test_bodies_that_lie_about_their_encoding_or_chunks_cost_nothing(tmp_path: Path) -> None:
    nested = gzip.compress(gzip.compress(bytes(HUGE)))
    absurd = saved.response(A, b"ffffffff\r\n" + PAGE, **CHUNKED) + saved.response(A, b"f" * 50_000 + PAGE, **CHUNKED)
    ways = saved.response(A, nested, Content_Encoding="gzip, gzip") + saved.response(A, nested, Content_Encoding="gzip")
    why = "it is compressed {} times over: the crawl has to be made anew"
    assert told(tmp_path, absurd + ways + GOOD) == [A, A, f"{A}: {why.format(2)}", A, f"{A}?good"]
    many = saved.response(A, PAGE, Content_Encoding="br," * 1000)
    assert told(tmp_path, many + GOOD) == [f"{A}: {why.format(1000)}", f"{A}?good"]


@pytest.mark.parametrize("length", ["9" * 18, "9" * 300_000, "-1", "0x10", "", "1e3", "²"])
def test_a_record_that_lies_about_its_length_ends_the_file(tmp_path: Path, length: str) -> None:
    header = saved.mime({"WARC-Type": "response", "WARC-Target-URI": A, "Content-Length": length}, b"")
    lines = told(tmp_path, GOOD + b"WARC/1.0\r\n" + header + PAGE)
    assert lines[0] == f"{A}?good"
    assert lines[1].startswith(("broken WARC file: ", "broken: it has a header of more than"))


# --- webarchive ------------------------------------------------------------------------------------------------------


def listed(
    objects: list[bytes], top: int = 0, size: int = 8, count: int | None = None, table: int | None = None
) -> bytes:
    """A property list of such objects, with whatever is said of them at its end."""
    made, places = bytearray(b"bplist00"), []
    for each in objects:
        places.append(len(made))
        made += each
    at = len(made) if table is None else table
    made += b"".join(place.to_bytes(size, "big") for place in places if size)
    return bytes(made) + bytes(6) + struct.pack(">BBQQQ", size, 1, len(objects) if count is None else count, top, at)


KEY = b"\x5f\x10\x0fWebMainResource"


@pytest.mark.parametrize(
    "data",
    [
        listed([b"\xd1\x01\x00", KEY]),  # a page that is the list that it is in
        listed([b"\xd1\x01\x02", KEY, b"\xd1\x01\x00"]),
        listed([b"\xd1\x01\x02", KEY, b"\xa1\x02"]),
        listed([b"\xdf\x13" + b"\xff" * 8 + b"\x01", KEY]),  # of that many entries
        listed([b"\xdf\x11\x03\xe8" + b"\x01" * 2000, KEY]),
        listed([b"\xdf\x1f" + b"\xff" * 99, KEY]),
        listed([b"\xd1\x01\x02", KEY], count=1 << 63, top=1 << 62),
        listed([b"\xd1\x01\x02", KEY], size=255),
        listed([b"\xd1\x01\x02", KEY], size=0),
        listed([b"\xd1\x01\x02", KEY], table=(1 << 64) - 1),
        listed([b"\xd1\x01\x02", KEY], table=0),
        b"bplist00",
        b"bplist00" + bytes(32),
        b"bplist00" + b"\xff" * 32,
    ],
)  # fmt: skip
def test_a_webarchive_that_makes_no_sense_is_one_error(tmp_path: Path, data: bytes) -> None:
    (line,) = told(tmp_path, data)
    assert line.startswith(("broken property list", "this is a property list without a saved page", "larger than 1 MB"))


def test_nesting_in_a_webarchive_is_not_followed(tmp_path: Path) -> None:
    deep: Any = "x"
    for _ in range(300):
        deep = {"WebSubresources": [deep]}
    data = plistlib.dumps({**deep, "WebMainResource": {"WebResourceData": PAGE}}, fmt=plistlib.FMT_BINARY)
    assert told(tmp_path, data) == [""]
    large = plistlib.dumps({"WebMainResource": {"WebResourceData": bytes(HUGE)}}, fmt=plistlib.FMT_BINARY)
    assert told(tmp_path, gzip.compress(large)) == [LARGE]


# --- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_reading_an_archive_has_its_time_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(found: Found, limit: int) -> Iterator[Source | Unreadable]:
        yield from read(found, limit)
        while True:
            pass

    said = "云岫村夜校第{}期开班，村民晚饭后到祠堂里学习记账、育苗和修理水泵，教员由镇中学派来。"
    article = "".join(f"<p>{said.format(number)}</p>" for number in range(9))
    path = tmp_path / "pages.zip"
    path.write_bytes(saved.zipped({"a.html": article.encode(), "b.html": article.encode()}))
    monkeypatch.setattr(sys.modules["newsclean.batch.run"], "read", endless)
    result = CliRunner().invoke(main, [str(path), "-f", "jsonl", "--timeout", "2", "-j", "1"])
    assert (result.exit_code, result.stdout.count("\n")) == (1, 2)
    assert f"newsclean: {path}: took longer than 2 s (--timeout allows more)\n" in result.stderr


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "options", "limit"),
    [
        pytest.param(50, (), "50 MB", marks=pytest.mark.slow),
        (2, ("--max-size", "1.5"), "1.5 MB"),
        (1, ("--max-size", "0.25"), "262,144 bytes"),
    ],
)
def test_the_limit_is_50_mb_unless_another_is_given(
    tmp_path: Path, size: int, options: tuple[str, ...], limit: str
) -> None:
    bomb = tmp_path / "bomb.html.gz"
    bomb.write_bytes(gzip.compress(bytes(size * LIMIT + 1), 1))
    result = CliRunner().invoke(main, [str(bomb), *options])
    why = f"larger than {limit}, the limit for one page (--max-size sets another)"
    assert (result.exit_code, result.stderr) == (1, f"newsclean: {bomb}: {why}\n")


@pytest.mark.parametrize("option", ["--max-size", "--timeout"])
@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e30", "x"])
def test_limits_are_numbers_that_make_sense(option: str, value: str) -> None:
    result = CliRunner().invoke(main, [option, value, "x.html"])
    assert result.exit_code == 2
    assert f"{option}: '{value}' is not a number above 0, at most 1,000,000" in result.stderr
