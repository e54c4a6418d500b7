"""Names that strangers gave: no file, member or argument steers the terminal or is read as markup."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import saved
from newsclean import cli

TEXT = "本报青石镇3月2日电 青石镇老街改造工程昨日完成验收，街面重新铺上了石板，沿街的六十三户居民陆续搬回家中。"
PAGE = f"<!doctype html><title>老街改造完工</title><h1>老街改造完工</h1>{f'<p>{TEXT}</p>' * 5}".encode()

NAME = "[red]x[bold] :smile: \x1b[2J\x1b]0;owned\x07\x7f\x9b31m\u202egnp\u2066\u2028\ufeff\n\r"
"""As bad as a file system allows a name."""

TOLD = "[red]x[bold] :smile: "
"""What of it is harmless, and shown as it is."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, list(map(str, args)), prog_name="newsclean")


def harmful(text: str) -> set[str]:
    return {char for char in text if not char.isprintable()} - {"\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A page, a page without article, and what cannot be read, all of them with bad names, alone and in archives."""
    pages = {f"{NAME}/{NAME}.html": PAGE, f"{NAME}2.html": b"<p>x</p>", f"{NAME}3.html": b"%PDF-1.7"}
    found = tmp_path / "saved"
    found.mkdir()
    for number, (name, data) in enumerate(pages.items()):
        (found / f"{number}{name.replace('/', '')}").write_bytes(data)
    (found / f"{NAME}.html.gz").write_bytes(b"\x1f\x8b\x08broken")
    (found / f"{NAME}.zip").write_bytes(saved.zipped(pages))
    (found / f"{NAME}.tar").write_bytes(saved.tarred(pages))
    address = f"https://a.example/{NAME}".replace("\n", "").replace("\r", "")
    (found / f"{NAME}.warc").write_bytes(saved.response(address, PAGE) + saved.response(address, b"<p>x</p>"))
    return found


@pytest.mark.parametrize("options", [("-v", "-f", "md"), ("--explain", "-f", "jsonl"), ("-v", "-j", "2", "-f", "json")])
def test_no_name_steers_the_terminal(
    folder: Path, tmp_path: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)  # which would fold long names
    result = invoke(folder, "-o", tmp_path / "out", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert harmful(result.stderr) == set()
    assert all(
        line.startswith(("newsclean: ", " ", "+", str(tmp_path), "https://")) for line in result.stderr.splitlines()
    )
    assert result.stderr.count(TOLD) > 5
    for kept in tmp_path.glob("out*"):
        assert harmful(kept.read_bytes().decode("utf-8")) == set()


def test_names_in_json_are_escaped_and_exact(folder: Path, tmp_path: Path) -> None:
    invoke(folder, "-d", tmp_path / "out")
    failures = (tmp_path / "out" / "newsclean-failures.jsonl").read_text("utf-8")
    assert harmful(failures) == set()
    names = [json.loads(line)["input"] for line in failures.splitlines()]
    assert str(folder / f"1{NAME}2.html") in names
    result = invoke(folder / f"0{NAME * 2}.html", "-f", "jsonl")
    assert len(result.stdout.splitlines()) == 1
    assert json.loads(result.stdout)["input"] == str(folder / f"0{NAME * 2}.html")


@pytest.mark.parametrize(
    "args",
    [
        (f"--{NAME}",),
        ("-f", NAME),
        ("-e", NAME, "x"),
        (f"http://{NAME}",),
        ("--min-chars", NAME),
        ("-o", f"/no/{NAME}", "-"),
        (NAME,),
    ],
)
def test_no_argument_steers_the_terminal(args: tuple[str, ...]) -> None:
    result = invoke(*args)
    assert result.exit_code > 0
    assert harmful(result.stderr) == set()
    assert "smile" in result.stderr


def test_names_above_the_bar_are_shown_as_they_are(folder: Path, tmp_path: Path) -> None:
    master, slave = os.openpty()
    command = [sys.executable, "-m", "newsclean", str(folder), "-d", str(tmp_path / "out"), "-j", "1"]
    with subprocess.Popen(command, stdin=slave, stderr=slave, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(slave)
        shown = b""
        with suppress(OSError):  # how the end of a pseudo-terminal is told
            while more := os.read(master, 65536):
                shown += more
        os.close(master)
    assert process.returncode == 1
    assert "pages/s" in shown.decode(), "there was a bar"
    assert TOLD in shown.decode().replace("\r\n", "")
    for steering in ("\x1b[2J", "\x1b]0;", "\x07", "\x9b", "\x7f", "\u202e", "\u2066", "\ufeff"):
        assert steering not in shown.decode()
