"""Make the seed corpus of each fuzz target: python fuzz/seeds.py DIR writes DIR/pages, DIR/containers, DIR/decoding.

Small seeds are worth more than large ones, so the pages of `samples/` are there whole and in parts, and the odd pieces
of `tests/odd.py` on small pages and in small dumps.
"""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sys
import tarfile
import zlib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests")]

import odd  # noqa: E402 - from the tests
import saved  # noqa: E402

SAMPLES = HERE.parent / "samples"

PART = 1500
"""Bytes of the parts that a sample is cut into."""

CODECS = ("gb18030", "big5hkscs", "shift_jis", "euc_jp", "euc_kr", "cp1251", "utf-16-le", "utf-16", "iso2022_jp", "hz")
"""Encodings that seeds are written in, beside UTF-8."""

PAGE = (
    "<!DOCTYPE html><html><head><title>石桥通车_青坪网</title>{head}</head><body><h1>石桥通车</h1>"
    "<p>2021-04-18 来源：青坪日报</p>{body}</body></html>"
)


def sources() -> Iterator[bytes]:
    """The samples as they were saved."""
    yield from (path.read_bytes() for path in sorted(SAMPLES.glob("*/source.*")))


def parts() -> Iterator[bytes]:
    """The samples in parts."""
    for data in sources():
        yield from (data[at : at + PART] for at in range(0, len(data), PART))


def small_pages() -> Iterator[str]:
    """A small page for some of the odd pieces each, all of them on some page."""
    prose = cycle(odd.PROSE)
    for at in range(0, len(odd.MARKUP), 3):
        yield PAGE.format(
            head="", body="".join(f"<p>{next(prose)}{piece}{next(prose)}" for piece in odd.MARKUP[at : at + 3])
        )
    for address in odd.ADDRESSES:
        yield PAGE.format(head="", body=f"<p>{next(prose)}<a href='{address}'>{next(prose)}</a><img src='{address}'>")
    for head in odd.HEADS:
        yield PAGE.format(head=head, body=f"<p>{next(prose)}<p>{next(prose)}")
    for key, value in zip(cycle(odd.JSON_KEYS), odd.JSON_VALUES, strict=False):
        data = f'{{"@type":"NewsArticle","headline":"石桥通车","{key}":{value}}}'
        yield PAGE.format(head=f"<script type=application/ld+json>{data}</script>", body=f"<p>{next(prose)}")
    yield PAGE.format(head="", body=f"<p>{''.join(odd.ENTITIES)}{next(prose)}")


def dumps() -> Iterator[str]:
    """Small dumps, all odd lines among them."""
    prose = cycle(odd.PROSE)
    for at in range(0, len(odd.LINES), 3):
        yield "\n".join(("石桥通车", *odd.LINES[at : at + 3], next(prose), next(prose) * 2, "", next(prose)))


def page_seeds() -> Iterator[bytes]:
    """Pages and dumps."""
    yield from sources()
    yield from parts()
    for text in (*small_pages(), *dumps()):
        yield text.encode("utf-8", "surrogatepass")
    for text, codec in zip(small_pages(), cycle(CODECS), strict=False):
        yield text.encode(codec, "ignore")


def container_seeds() -> Iterator[bytes]:
    """Small files of every form that can hold pages."""
    page = PAGE.format(head="<meta charset=utf-8>", body="".join(f"<p>{text}" for text in odd.PROSE)).encode()
    files = {
        "a/老街.html": page,
        "b.txt": b"\n".join(text.encode() for text in odd.PROSE),
        "c.png": b"\x89PNG\r\n\x1a\n",
    }
    record = saved.response("https://news.example/1.html", page)
    yield from (saved.chrome(page), saved.explorer(page, "utf-8"), saved.webarchive(page))
    yield from (
        saved.zipped(files),
        saved.zipped(files, 0),
        saved.zipped({"x.zip": saved.zipped(files)}),
        saved.zipped({}),
    )
    yield saved.zip_with_raw_names({"老街.html".encode("gbk"): page, b"../up.html": page, b"/abs.html": page})
    yield from (saved.tarred(files), saved.tarred(files, "w:gz"), saved.tarred(files, form=tarfile.GNU_FORMAT))
    yield saved.tarred({"x" * 120 + "/1.html": page}, form=tarfile.USTAR_FORMAT)
    yield from (packed(page) for packed in (gzip.compress, bz2.compress, lzma.compress, zlib.compress))
    yield from (record, record * 2, gzip.compress(record) * 2)
    yield saved.record("warcinfo", "", "application/warc-fields", b"software: x\r\n") + record
    chunks = b"%x;a=b\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    yield saved.response("https://news.example/2", chunks, Transfer_Encoding="chunked")
    yield saved.response("https://news.example/3", gzip.compress(page), Content_Encoding="gzip")
    yield saved.response("https://news.example/4", zlib.compress(page), Content_Encoding="deflate")
    yield saved.record("conversion", "https://news.example/5", "text/plain", files["b.txt"])
    yield from (gzip.compress(gzip.compress(page)), b"%PDF-1.4\n", b"\xff\xd8\xff\xe0", page)


def decoding_seeds() -> Iterator[bytes]:
    """Texts in every encoding, plain and with a label before them."""
    for codec in (*CODECS, "utf-8", "utf-8-sig", "utf-32", "cp1252", "koi8_r", "cp949"):
        for text in odd.PROSE:
            data = text.encode(codec, "ignore")
            yield from (data, codec.encode() + b"\n" + data, data[1:] + b"\xff" + data)
    yield from parts()


CORPORA = {"pages": page_seeds, "containers": container_seeds, "decoding": decoding_seeds}


def main(folder: Path) -> None:
    """Write the corpora; a seed is named after its content, as libFuzzer names what it finds."""
    counts = {}
    for name, seeds in CORPORA.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for data in seeds():
            (folder / name / f"seed-{zlib.crc32(data):08x}").write_bytes(data)
        counts[name] = len(list((folder / name).iterdir()))
    print(json.dumps(counts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
