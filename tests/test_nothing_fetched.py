"""Nothing but the input is read: no entity is expanded from outside, no address followed, with either engine."""

from __future__ import annotations

import ast
import plistlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsclean
import saved
from newsclean import cli

WORDS = "the-words-of-another-file"

TEXT = "本报青石镇3月2日电 青石镇老街改造工程昨日完成验收，街面重新铺上了石板，沿街的六十三户居民陆续搬回家中。"

OUTSIDE = frozenset(
    "socket ssl http.client urllib.request urllib3 requests ftplib smtplib xml plistlib pickle marshal shelve".split()
)
"""Modules that go to other places, expand entities, or run what they read."""


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(WORDS)
    return path


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A server that nobody may call: libraries in C would not heed what is done to Python's sockets."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)

        def refused(*args: object) -> None:
            raise AssertionError(f"newsclean calls {args}")

        monkeypatch.setattr(socket.socket, "connect", refused)
        monkeypatch.setattr(socket, "getaddrinfo", refused)
        yield server
        with pytest.raises(BlockingIOError):
            server.accept()


def hostile(secret: Path, listener: socket.socket) -> bytes:
    """A page in XHTML that asks for a local file and for addresses in every way that XML and HTML have."""
    away = f"http://127.0.0.1:{listener.getsockname()[1]}"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<?xml-stylesheet href="{away}/a.xsl" type="text/xsl"?>\n'
        f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{away}/xhtml.dtd" [<!ENTITY l0 "haha">{laughs}'
        f'<!ENTITY file SYSTEM "{secret.as_uri()}"><!ENTITY away SYSTEM "{away}/x">'
        f'<!ENTITY % outer SYSTEM "{away}/outer.dtd"> %outer;]>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:xi="http://www.w3.org/2001/XInclude"><head>'
        f'<title>老街改造完工</title><base href="{away}/"/><link rel="stylesheet" href="{away}/a.css"/>'
        f'<script src="{away}/a.js"></script><meta http-equiv="refresh" content="0;{away}/"/></head><body>'
        f"<h1>老街改造完工</h1><p>{TEXT}&file;</p><p>{TEXT}&away;</p><p>{TEXT}&l11;</p><p>{TEXT}</p>"
        f'<xi:include href="{secret.as_uri()}" parse="text"/><iframe src="{secret.as_uri()}"></iframe>'
        f'<object data="{away}/o"></object><embed src="{secret.as_uri()}"/><img src="{away}/a.jpg"/>'
        f'<svg><image href="{away}/a.svg"/><use href="{secret.as_uri()}#a"/></svg></body></html>'
    ).encode()


@pytest.mark.parametrize("engine", ["newsclean", "readability"])
@pytest.mark.parametrize("form", ["page.xhtml", "page.mhtml", "page.webarchive", "page.zip", "page.warc", "page.txt"])
def test_no_entity_and_no_address_is_followed(
    tmp_path: Path, secret: Path, listener: socket.socket, form: str, engine: str
) -> None:
    page = hostile(secret, listener)
    packed: dict[str, Callable[[bytes], bytes]] = {
        "page.mhtml": saved.chrome,
        "page.webarchive": saved.webarchive,
        "page.zip": lambda page: saved.zipped({"page.xhtml": page}),
        "page.warc": lambda page: saved.response("https://a.example/", page, Content_Type="application/xhtml+xml"),
        "page.txt": lambda page: page.partition(b"<body>")[2],
    }
    (tmp_path / form).write_bytes(packed[form](page) if form in packed else page)
    result = CliRunner().invoke(cli.main, [str(tmp_path / form), "-f", "json", "--engine", engine, "--explain"])
    assert (result.exit_code, TEXT in result.stdout) == (0, True)
    assert WORDS not in result.output
    assert "haha" not in result.stdout
    assert len(result.output) < 20_000


@pytest.mark.usefixtures("listener")
def test_a_property_list_in_xml_is_not_read_as_one(tmp_path: Path, secret: Path) -> None:
    listed = plistlib.dumps({"WebMainResource": {"WebResourceURL": "&file;", "WebResourceData": b"<p>x</p>"}})
    entity = f'<!DOCTYPE plist [<!ENTITY file SYSTEM "{secret.as_uri()}">]>'.encode()
    head, _, rest = listed.partition(b"<!DOCTYPE")
    path = tmp_path / "page.webarchive"
    path.write_bytes(head + entity + rest.partition(b">")[2].replace(b"&amp;file;", b"&file;"))
    result = CliRunner().invoke(cli.main, [str(path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert WORDS not in result.output


@pytest.mark.usefixtures("listener")
@pytest.mark.parametrize("engine", ["newsclean", "readability"])
def test_the_samples_are_read_without_a_network(engine: str) -> None:
    samples = sorted(Path(__file__).parent.parent.joinpath("samples").glob("*/*.html"))[:4]
    assert samples
    result = CliRunner().invoke(cli.main, [*map(str, samples), "-f", "jsonl", "--engine", engine])
    assert len(result.stdout.splitlines()) == len(samples), result.stderr


def test_no_module_goes_outside_or_reads_what_can_act() -> None:
    """lxml is for readability-lxml alone, which reads HTML with it: a parser that has no network and no entities."""
    root = Path(newsclean.__file__).parent
    imported = {
        (path.relative_to(root).as_posix(), name)
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in ([each.name for each in node.names] if isinstance(node, ast.Import) else [node.module or ""])
    }
    outside = {each for each in imported if each[1] in OUTSIDE or each[1].partition(".")[0] in OUTSIDE}
    assert outside == {("scale/task.py", "pickle")}  # what a scheduler hands its worker, as Dask itself would
    assert {name for _, name in imported if name.partition(".")[0] == "lxml"} <= {"lxml.etree"}
