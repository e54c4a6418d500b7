"""Files as browsers, crawlers and archivers save them, written to their formats by hand, for the tests of sources."""

from __future__ import annotations

import base64
import io
import plistlib
import quopri
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

ADDRESS = "https://news.example/2024/老街.html"

QUOTED = "https://news.example/2024/%E8%80%81%E8%A1%97.html"


def mime(fields: Mapping[str, str], body: bytes) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n" + body


def part(body: bytes, kind: str = "text/html", way: str = "quoted-printable", **more: str) -> bytes:
    encoded = {
        "quoted-printable": lambda: quopri.encodestring(body.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n"),
        "base64": lambda: base64.encodebytes(body).replace(b"\n", b"\r\n"),
        "8bit": lambda: body,
    }[way]()
    fields = {"Content-Type": kind, "Content-Transfer-Encoding": way}
    return mime({**fields, **{name.replace("_", "-"): value for name, value in more.items()}}, encoded)


def multipart(parts: Iterable[bytes], boundary: str) -> bytes:
    return (
        b"".join(b"--" + boundary.encode() + b"\r\n" + each + b"\r\n" for each in parts)
        + f"--{boundary}--\r\n".encode()
    )


def chrome(page: bytes, frame: bytes = b"<p>frame") -> bytes:
    """A snapshot as Chrome and Edge write it: quoted-printable, the page first, frames and images behind."""
    boundary = "----MultipartBoundary--kX3q----"
    parts = (
        part(page, Content_ID="<frame-1@mhtml.blink>", Content_Location=QUOTED),
        part(frame, Content_ID="<frame-2@mhtml.blink>", Content_Location="https://ads.example/frame.html"),
        part(b"\x89PNG\r\n" * 50, "image/png", "base64", Content_Location="https://news.example/a.png"),
    )
    fields = {
        "From": "<Saved by Blink>",
        "Snapshot-Content-Location": QUOTED,
        "Subject": "=?utf-8?Q?=E8=80=81=E8=A1=97?=",
        "MIME-Version": "1.0",
        "Content-Type": f'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"',
    }
    return mime(fields, b"\r\n" + multipart(parts, boundary))


def explorer(page: bytes, charset: str) -> bytes:
    """A page as Internet Explorer writes it: base64, nested, with its charset and a folded address."""
    inner = multipart((part(b"plain words", "text/plain"), part(page, f'text/html; charset="{charset}"', "base64",
        Content_Location="http://news.example/2008/\r\n\t1.htm")), "inner")  # fmt: skip
    outer = (
        mime({"Content-Type": 'multipart/alternative; boundary="inner"'}, inner),
        part(b"GIF89a" * 20, "image/gif", "base64", Content_Location="http://news.example/x.gif"),
    )
    fields = {
        "From": "<Saved by Windows Internet Explorer 8>",
        "Subject": "=?gb2312?B?wM+91g==?=",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="outer"',
    }
    return mime(fields, b"This is a multi-part message in MIME format.\r\n\r\n" + multipart(outer, "outer"))


def webarchive(page: bytes, url: str = QUOTED, charset: str = "UTF-8") -> bytes:
    """A page as Safari writes it, with an image and a frame."""
    resource = {"WebResourceData": page, "WebResourceURL": url, "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": charset, "WebResourceFrameName": ""}  # fmt: skip
    image = {"WebResourceData": b"\x89PNG" * 5000, "WebResourceURL": "https://news.example/中.png"}
    frame = {"WebMainResource": {"WebResourceData": b"<p>frame", "WebResourceURL": "https://ads.example/"}}
    whole = {"WebSubresources": [image], "WebSubframeArchives": [frame], "WebMainResource": resource}
    return plistlib.dumps(whole, fmt=plistlib.FMT_BINARY, sort_keys=False)


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def zip_with_raw_names(files: Mapping[bytes, bytes]) -> bytes:
    """A zip as old programs write it: stored, with names in the encoding of their system, and no word on which."""
    made, entries = bytearray(), bytearray()
    for name, data in files.items():
        sizes = struct.pack("<LLL", zlib.crc32(data), len(data), len(data))
        common = struct.pack("<HHHHH", 20, 0, 0, 0, 33) + sizes + struct.pack("<HH", len(name), 0)
        entries += b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, len(made)) + name
        made += b"PK\x03\x04" + common + name + data
    end = struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(entries), len(made), 0)
    return bytes(made + entries) + b"PK\x05\x06" + end


def zip_link(name: str, target: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    info.comment = target.encode()
    return info


def tarred(files: Mapping[str, bytes], mode: Any = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode, format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return stream.getvalue()


def record(kind: str, address: str, content_type: str, block: bytes) -> bytes:
    fields = {"WARC-Type": kind, "WARC-Target-URI": address, "WARC-Date": "2024-05-01T00:00:00Z",
        "WARC-Record-ID": "<urn:uuid:0>", "Content-Type": content_type, "Content-Length": str(len(block))}  # fmt: skip
    return b"WARC/1.0\r\n" + mime(fields, block) + b"\r\n\r\n"


def response(address: str, body: bytes, status: str = "200 OK", **fields: str) -> bytes:
    named = {"Content-Type": "text/html", **{name.replace("_", "-"): value for name, value in fields.items()}}
    block = f"HTTP/1.1 {status}\r\n".encode() + mime(named, body)
    return record("response", address, "application/http; msgtype=response", block)
