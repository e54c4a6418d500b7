"""The command line as a user meets it: files in, streams and exit codes out."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from newsclean import cli, console, options, page, pipeline, render
from newsclean.models import Article
from newsclean.sources.forms import page_stem
from newsclean.sources.places import place_names
from running import heed_interrupts

SENTENCES = (
    "本报青石镇3月2日电（记者林晓舟）青石镇老街改造工程昨日完成验收，街面重新铺上了石板，沿街的六十三户居民陆续搬回家中。",
    "镇建设办主任周明远介绍，工程历时十四个月，共修缮老屋九十余间，地下管线全部更新，投入资金四千二百万元，没有拆除一栋老屋。",
    "七十二岁的居民何秀英说，以前一下雨巷子里就积水，孩子们上学要踩着砖头走，如今雨水顺着暗沟流走，出门再也不用穿胶鞋。",
    "据了解，青石镇今年还将整治镇东的河道，预计明年五月完工，届时老街与河岸将由一条步道相连，步道两旁种植本地的樟树和桂花。",
)
"""The article of every page here."""


def page_html(title: str = "青石镇老街改造完工", charset: str = "utf-8", extra: str = "") -> bytes:
    body = "".join(f"<p>{each}</p>" for each in SENTENCES)
    text = (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head><body>'
        '<div class="nav"><a href="/">首页</a> <a href="/news">新闻</a></div>'
        f'<div class="article"><h1>{title}</h1>{body}{extra}</div>'
        '<div class="footer"><a href="/about">关于我们</a> <a href="/law">法律声明</a></div></body></html>'
    )
    return text.encode(charset)


EMPTY_PAGE = b"<!DOCTYPE html><html><head><title>x</title></head><body><script>app()</script></body></html>"


def run(
    *args: str | Path, stdin: bytes | None = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsclean", *map(str, args)]
    return subprocess.run(
        command, input=stdin, capture_output=True, env={**os.environ, **(env or {})}, check=False, timeout=60
    )


def invoke(*args: str | Path, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], input=stdin, catch_exceptions=False)


def json_of(result: Result) -> dict[str, object]:
    value = json.loads(result.stdout_bytes)
    assert isinstance(value, dict)
    return value


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A directory as people have them: pages, dumps, what a browser saved beside them, and what is no page."""
    folder = tmp_path / "saved"
    for name, data in {
        "b/老街 2.html": page_html("第二页"),
        "a.html": page_html("第一页"),
        "c.txt": "\n\n".join(("第三页", *SENTENCES)).encode("gb18030"),
        "d.html.gz": gzip.compress(page_html("第四页")),
        "page_without_ending": page_html("第五页"),
        "README": b"no page, just a note\n",
        "logo.png": b"\x89PNG\r\n",
        "style.css": b"p { color: red }",
        ".hidden.html": page_html("hidden"),
        ".git/x.html": page_html("hidden"),
        "a_files/frame.html": page_html("frame"),
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def one(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_bytes(page_html())
    return path


def tree(folder: Path) -> list[str]:
    """The files below a folder, but for those that newsclean keeps for itself."""
    files = (path for path in folder.rglob("*") if path.is_file() and "newsclean" not in path.name)
    return sorted(str(path.relative_to(folder)) for path in files)


# --- one page --------------------------------------------------------------------------------------------------------


def test_a_file_gives_markdown_on_stdout_and_nothing_on_stderr(one: Path) -> None:
    result = invoke(one)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("---\n")
    assert all(each in result.stdout for each in SENTENCES)
    assert "法律声明" not in result.stdout


@pytest.mark.parametrize("args", [(), ("-",)])
def test_standard_input_is_read_when_nothing_or_a_dash_is_given(args: tuple[str, ...]) -> None:
    value = json_of(invoke(*args, "-f", "json", stdin=page_html()))
    assert value["input"] == "-"
    assert SENTENCES[-1] in str(value["text"])


def test_a_gzipped_pipe_is_unpacked() -> None:
    assert SENTENCES[0] in invoke("-f", "txt", stdin=gzip.compress(page_html())).stdout


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_output_is_utf8_with_plain_newlines_whatever_the_locale(one: Path, locale: dict[str, str]) -> None:
    done = run(one, "-f", "txt", env=locale)
    assert done.returncode == 0
    assert SENTENCES[0] in done.stdout.decode("utf-8")
    assert b"\r" not in done.stdout


def test_encoding_url_and_input_format_reach_the_page(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    path.write_bytes(page_html(charset="gb18030"))
    address = "https://example.com/a/1.html"
    assert json_of(invoke(path, "-f", "json", "--url", address))["url"] == address
    assert "as asked for" in invoke(path, "-e", "big5", "--explain").stderr
    assert "<!DOCTYPE" in invoke(path, "--input-format", "text", "--explain").stderr


def test_no_front_matter_leaves_the_article(one: Path) -> None:
    result = invoke(one, "--no-front-matter")
    assert not result.stdout.startswith("---")
    assert SENTENCES[0] in result.stdout


def test_version_and_help_go_to_stdout() -> None:
    assert version("newsclean") in invoke("--version").stdout
    for flag in ("-h", "--help"):
        assert "--output-dir" in invoke(flag).stdout


# --- exit codes ------------------------------------------------------------------------------------------------------


def test_a_page_without_article_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "shell.html"
    path.write_bytes(EMPTY_PAGE)
    result = invoke(path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"newsclean: {path}: no article found (")
    assert result.stderr.count("\n") == 1


def test_empty_standard_input_is_no_article() -> None:
    result = invoke(stdin=b"")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("newsclean: -: no article found")


def test_a_missing_file_is_named_and_the_others_are_written(one: Path) -> None:
    result = invoke("missing.html", one, "-f", "jsonl")
    assert result.exit_code == 1
    assert "newsclean: missing.html: no such file" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_a_dash_as_output_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_bytes(page_html())
    assert invoke("a.html", "-o", "-").stdout == invoke("a.html").stdout
    assert invoke("a.html", "-o", "-", "-d", "b").exit_code == 2
    assert os.listdir(tmp_path) == ["a.html"]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("https://example.com/a.html",), "does not fetch"),
        (("file:///tmp/a%20b.html",), "give the path, without file://: /tmp/a b.html"),
        (("a.html", "--report", "r.txt"), "as in r.txt.html"),
        (("x.html", "-o", "a", "-d", "b"), "one of them"),
        (("x.html", "-j", "0"), "-j"),
        (("x.html", "-f", "pdf"), "jsonl"),
        (("x.html", "y.html", "--url", "https://example.com/"), "--url"),
        (("x.html", "--url", "notaurl"), "https://"),
        (("x.html", "--url", "www.example.com/a.html"), "https://"),
        (("x.html", "--url", "https://"), "https://"),
        (("x.html", "--url", "https://[x/"), "https://"),
        (("x.html", "--url", "file:///a.html"), "https://"),
        (("--nonsense",), "--nonsense"),
    ],
)
def test_usage_errors_say_what_to_do(args: tuple[str, ...], hint: str) -> None:
    result = invoke(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr


def test_an_unknown_encoding_is_a_usage_error_before_anything_is_read() -> None:
    result = invoke("missing.html", "-e", "klingon")
    assert result.exit_code == 2
    assert "klingon" in result.stderr
    assert "missing.html" not in result.stderr


def test_on_a_terminal_without_input_the_usage_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with CliRunner().isolation() as streams:
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        with pytest.raises(SystemExit) as ended:
            cli.main([])
        assert (ended.value.code, streams[0].getvalue()) == (2, b"")
        assert b"--output-dir" in streams[1].getvalue()


def test_an_output_that_cannot_be_written_is_exit_3(one: Path, tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("a file")
    for args in (("-o", tmp_path / "none" / "x.md"), ("-d", tmp_path / "plain"), ("-o", tmp_path)):
        result = invoke(one, *args)
        assert result.exit_code == 3
        assert result.stderr.startswith("newsclean: cannot write ")
        assert result.stderr.count("\n") == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_disk_is_exit_3(one: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "newsclean", one], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert (
        done.stderr.decode().strip()
        == "newsclean: cannot write standard output: no space left on device (make room, and run it again)"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently there")
def test_a_closed_pipe_ends_quietly(one: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "newsclean", *[one] * 30], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def interrupt(process: subprocess.Popen[bytes]) -> bytes:
    """Press Ctrl-C, and again where it was in vain: Python can miss a signal in the instant before a read."""
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        try:
            return process.communicate(timeout=5)[1]
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    return process.communicate()[1]


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")
def test_an_interrupt_ends_with_130_and_leaves_no_file(one: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "slow.html"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "newsclean", str(one), str(fifo), "-o", str(tmp_path / "out.md")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=heed_interrupts)  # noqa: PLW1509 - no threads here
    with open(fifo, "wb"):  # returns once newsclean has opened the other end, and waits there
        errors = interrupt(process)
    assert (process.returncode, errors) == (130, b"newsclean: interrupted\n")
    fifo.unlink()
    assert tree(tmp_path) == ["page.html"]


def test_what_nobody_foresaw_is_one_line_and_the_run_goes_on(
    one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.html"
    bad.write_bytes(b"bad")
    clean: Callable[..., Article] = pipeline.clean

    def failing(data: bytes, **known: object) -> Article:
        if data == b"bad":
            raise ZeroDivisionError("a flaw")
        return clean(data, **known)

    monkeypatch.setattr(pipeline, "clean", failing)
    result = invoke(bad, one, "-f", "jsonl", "-q")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert "bad.html: unexpected ZeroDivisionError: a flaw" in result.stderr
    assert result.stderr.count("\n") == 1
    assert "Traceback" in invoke(bad, "-v").stderr


def test_a_flaw_of_our_own_shows_no_traceback_unasked(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "report", lambda *_: 1 // 0)
    result = invoke(one)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("newsclean: unexpected ZeroDivisionError")
    assert "Traceback" in invoke(one, "-v").stderr


# --- several inputs --------------------------------------------------------------------------------------------------


def test_a_directory_is_taken_by_name_depth_first_and_only_its_pages(saved: Path) -> None:
    result = invoke(saved, "-f", "jsonl")
    names = [os.path.relpath(json.loads(line)["input"], saved) for line in result.stdout.splitlines()]
    assert names == ["a.html", "b/老街 2.html".replace("/", os.sep), "c.txt", "d.html.gz", "page_without_ending"]
    assert result.exit_code == 0
    assert all(SENTENCES[-1] in json.loads(line)["text"] for line in result.stdout.splitlines())


def test_json_is_an_object_for_one_file_and_an_array_for_more(one: Path, saved: Path, tmp_path: Path) -> None:
    assert json_of(invoke(one, "-f", "json"))["input"] == str(one)
    assert len(json.loads(invoke(one, one, "-f", "json").stdout)) == 2
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "x.html").write_bytes(page_html())
    assert len(json.loads(invoke(alone, "-f", "json").stdout)) == 1
    assert len(json.loads(invoke(saved, "-f", "json").stdout)) == 5
    (alone / "x.html").write_bytes(EMPTY_PAGE)
    assert json.loads(invoke(alone, "-f", "json").stdout) == []


def test_markdown_of_several_has_front_matter_for_each(one: Path) -> None:
    lines = invoke(one, one).stdout.splitlines()
    assert lines.count("---") == 4


def test_a_directory_without_pages_says_so(tmp_path: Path) -> None:
    result = invoke(tmp_path)
    assert result.exit_code == 1
    assert "no pages in this directory" in result.stderr


def test_the_count_at_the_end_tells_of_doubtful_articles_and_of_failures(
    one: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean: Callable[..., Article] = pipeline.clean

    def doubting(data: bytes, **known: object) -> Article:
        made = clean(data, **known)
        return replace(made, confidence=0.3) if b"doubtful" in data else made

    monkeypatch.setattr(pipeline, "clean", doubting)
    doubtful, empty = one.with_name("doubtful.html"), one.with_name("empty.html")
    doubtful.write_bytes(page_html(extra="<!-- doubtful -->"))
    empty.write_bytes(EMPTY_PAGE)
    assert invoke(one, one).stderr.startswith("newsclean: 2 articles (")
    assert invoke(one, one, doubtful).stderr.startswith("newsclean: 3 articles, 1 of low confidence (see -v) (")
    last = invoke(doubtful, one, empty).stderr.splitlines()[-1]
    assert last.startswith("newsclean: 2 articles, 1 of low confidence (see -v), 1 failed (")
    assert last.endswith(" pages a second)")
    assert "confidence 0.30" in invoke(one, doubtful, "-v").stderr
    assert "(see -v)" not in invoke(one, doubtful, "-v").stderr
    told = invoke(empty, "-v").stderr.splitlines()
    assert [line for line in told if "empty.html: utf-8 (" in line]
    assert len([line for line in told if "no article found" in line]) == 1
    assert "articles" not in invoke(one, doubtful, "-q").stderr


def test_a_link_that_leads_outside_is_not_followed(saved: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.html").write_bytes(page_html("secret"))
    try:
        (saved / "out.html").symlink_to(outside / "secret.html")
        (saved / "out").symlink_to(outside)
        (saved / "loop").symlink_to(saved)
        (saved / "inside.html").symlink_to(saved / "a.html")
    except OSError:
        pytest.skip("no links here")
    inputs = [json.loads(line)["input"] for line in invoke(saved, "-f", "jsonl").stdout.splitlines()]
    assert len(inputs) == 6
    assert str(saved / "inside.html") in inputs


def test_a_directory_is_mirrored(saved: Path, tmp_path: Path) -> None:
    result = invoke(saved, "-d", tmp_path / "clean", "-j", "2")
    assert (result.exit_code, result.stdout) == (0, "")
    assert tree(tmp_path / "clean") == [
        "a.md",
        "b/老街 2.md".replace("/", os.sep),
        "c.md",
        "d.md",
        "page_without_ending.md",
    ]


def test_the_output_is_no_input(saved: Path) -> None:
    for _ in range(2):
        assert invoke(saved, "-d", saved / "clean", "-f", "txt").exit_code == 0
        assert len(tree(saved / "clean")) == 5
    for _ in range(2):
        assert invoke(saved / "b", "-o", saved / "b" / "all.txt", "-f", "txt").exit_code == 0
        assert (saved / "b" / "all.txt").read_text("utf-8").count(SENTENCES[0]) == 1


@pytest.mark.parametrize(
    ("names", "outputs"),
    [
        (("b.html", "b.txt"), ["b.html.md", "b.txt.md"]),
        (("b.txt", "b.html.gz", "c.htm"), ["b.html.gz.md", "b.txt.md", "c.md"]),
        (("b.html", "b.txt", "b.html.html"), ["b.html.html.md", "b.html.md", "b.txt.md"]),
        (("b", "b.html"), ["b.html.md", "b.md"]),
    ],
)
def test_two_inputs_never_share_an_output(tmp_path: Path, names: tuple[str, ...], outputs: list[str]) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(gzip.compress(page_html()) if name.endswith(".gz") else page_html())
    files = [folder / name for name in names]
    for number, inputs in enumerate(([folder], files, files[::-1])):
        assert invoke(*inputs, "-d", tmp_path / str(number)).exit_code == 0
        assert tree(tmp_path / str(number)) == outputs


PARTS = st.sampled_from(["a", "B", ".html", ".HTM", ".txt", ".gz", ".md", ".", "1"])


@given(st.sets(st.lists(PARTS, min_size=1, max_size=5).map("".join), max_size=8))
def test_names_in_a_directory_give_as_many_outputs(names: set[str]) -> None:
    full_named = place_names(names)
    assert len({name if name in full_named else page_stem(name) for name in names}) == len(names)


def test_inputs_of_one_name_keep_their_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_bytes(page_html())
    assert invoke(tmp_path / "a" / "index.html", tmp_path / "b" / "index.html", "-d", tmp_path / "out").exit_code == 0
    assert tree(tmp_path / "out") == [os.path.join("a", "index.md"), os.path.join("b", "index.md")]
    assert invoke(tmp_path / "a", tmp_path / "b", "-d", tmp_path / "more").exit_code == 0
    assert tree(tmp_path / "more") == [os.path.join("a", "index.md"), os.path.join("b", "index.md")]


# --- files written ---------------------------------------------------------------------------------------------------


def test_an_output_file_is_replaced_whole_and_only_by_an_article(one: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "x.txt"
    out.parent.mkdir()
    assert invoke(one, "-f", "txt", "-o", out).exit_code == 0
    written = out.read_bytes()
    assert SENTENCES[0].encode() in written
    assert invoke("-f", "txt", "-o", out, stdin=EMPTY_PAGE).exit_code == 1
    assert out.read_bytes() == written
    assert tree(out.parent) == ["x.txt"]


def test_a_saved_page_is_never_replaced_by_its_article(one: Path) -> None:
    before = one.read_bytes()
    assert invoke(one, "-f", "html", "-o", one).exit_code == 2
    assert invoke(one, "-f", "html", "-d", one.parent).exit_code == 3
    assert invoke(one.parent, "-f", "html", "-d", one.parent).exit_code == 2
    assert one.read_bytes() == before


@pytest.mark.skipif(not os.path.exists("/dev/stdout"), reason="needs /dev/stdout")
def test_a_device_is_written_straight(one: Path) -> None:
    done = run(one, "-o", "/dev/stdout", "-f", "txt")
    assert done.returncode == 0
    assert SENTENCES[0].encode() in done.stdout


def test_a_file_name_that_promises_another_format_is_pointed_out(one: Path, tmp_path: Path) -> None:
    result = invoke(one, "-o", tmp_path / "x.json")
    assert result.exit_code == 0
    assert "add -f json" in result.stderr
    assert invoke(one, "-o", tmp_path / "x.json", "-q").stderr == ""


# --- hard inputs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [lambda data: data[: len(data) // 2], lambda data: data[:20] + b"\0\0\0\0" + data[24:], lambda data: data[:2]],
)
def test_broken_gzip_is_named_and_the_others_are_written(
    one: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    broken = tmp_path / "broken.html.gz"
    broken.write_bytes(damage(gzip.compress(page_html())))
    result = invoke(broken, one, "-f", "jsonl", "-q")
    assert (result.exit_code, len(result.stdout.splitlines())) == (1, 1)
    assert result.stderr.startswith(f"newsclean: {broken}: broken gzip data")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
def test_a_file_name_that_is_no_text_works(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    name = os.fsdecode(os.fsencode(folder) + b"/caf\xe9\x1b[31m.html")
    Path(name).write_bytes(page_html())
    done = run(folder, "-f", "jsonl", "--explain")
    assert done.returncode == 0
    assert json.loads(done.stdout.decode("utf-8"))["input"].endswith(".html")
    assert b"\x1b" not in done.stderr
    assert run(folder, "-d", tmp_path / "out").returncode == 0
    assert len(tree(tmp_path / "out")) == 1


FOREIGN = {
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "an RTF document": rb"{\rtf1\ansi\deff0 {\fonttbl{\f0 Times;}}",
    "an old Office document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "an Office document (such as .docx": b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml",
    "an EPUB": b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip",
    "a RAR archive": b"Rar!\x1a\x07\x01\x00",
    "a 7z archive": b"7z\xbc\xaf\x27\x1c",
    "a PNG image": b"\x89PNG\r\n\x1a\n",
    "a JPEG image": b"\xff\xd8\xff\xe0",
    "a GIF image": b"GIF89a\x40\x01\xf0\x00",
    "RIFF": b"RIFF\x24\x08\x00\x00WEBPVP8 ",
    "MP4": b"\x00\x00\x00\x18ftypmp42",
    "MP3": b"ID3\x03\x00\x00",
    "a database": b"SQLite format 3\x00",
    "a program": b"\x7fELF\x02\x01",
}
"""How what is no page begins, by what it is called."""


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_page_is_named_and_never_an_article(name: str) -> None:
    words = "".join(SENTENCES).encode()
    for data in (FOREIGN[name] + words, gzip.compress(FOREIGN[name] + words)):
        result = invoke(stdin=data)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.startswith("newsclean: -: this is ")
        assert name in result.stderr
        assert ", not a page: " in result.stderr
        assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("opening", ["GIF89a", "RIFF", "ID3", "PK", "MZ", "BM", "7z", "%!PS", "{\\rtf", "Rar!", "OggS"])
def test_text_may_begin_with_the_letters_of_a_format(opening: str) -> None:
    result = invoke("-f", "txt", stdin="\n\n".join((f"{opening} 是什么", *SENTENCES)).encode())
    assert (result.exit_code, SENTENCES[-1] in result.stdout) == (0, True)


def test_in_a_directory_what_is_called_a_page_and_is_none_is_a_failure(saved: Path, tmp_path: Path) -> None:
    (saved / "pic.txt").write_bytes(FOREIGN["a PNG image"] + "".join(SENTENCES).encode())
    (saved / "paper").write_bytes(FOREIGN["a PDF"] + page_html())
    result = invoke(saved, "-d", tmp_path / "clean")
    assert (result.exit_code, len(tree(tmp_path / "clean"))) == (1, 5)
    assert f"newsclean: {saved / 'pic.txt'}: this is a PNG image" in result.stderr
    assert "paper" not in result.stderr


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_without_an_ending_is_known_behind_a_long_script(tmp_path: Path, codec: str) -> None:
    page = f"<!-- {'x' * 5000} --><script>{'var a;' * 1500}</script>{page_html().decode()}"
    (tmp_path / "news_20240501").write_bytes(page.encode(codec))
    result = invoke(tmp_path, "-f", "txt", "-q")
    assert (result.exit_code, SENTENCES[-1] in result.stdout) == (0, True)


# --- explanations ----------------------------------------------------------------------------------------------------


def test_explain_goes_to_stderr_and_changes_no_result(one: Path) -> None:
    plain, explained = invoke(one), invoke(one, "--explain")
    assert explained.stdout == plain.stdout
    for part in ("encoding", "utf-8", "confidence", "body", SENTENCES[0][:12]):
        assert part in explained.stderr
    assert "\x1b" not in explained.stderr


def blocks_of(explained: str) -> list[str]:
    lines = explained.splitlines()
    return lines[next(number for number, line in enumerate(lines) if "kept (marked" in line) :]


def test_explain_cuts_and_wraps_no_line_where_no_terminal_limits_it(one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    heading, *lines = blocks_of(invoke(one, "--explain", "-v").stderr)
    assert all(any(sentence in line for line in lines) for sentence in SENTENCES)
    assert len([line for line in lines if not line.startswith("newsclean: ")]) == 2 * int(heading.split()[0])
    assert not any(line.endswith(" ") for line in lines)


@pytest.mark.parametrize("columns", [60, 80])
def test_explain_fits_the_terminal_in_columns_of_which_a_chinese_character_takes_two(
    one: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    path = one.with_name("一个很长很长的文件名" * 5 + ".html")
    one.rename(path)
    monkeypatch.setenv("COLUMNS", str(columns))
    shown = invoke(path, "--explain").stderr
    assert max(map(cell_len, shown.splitlines())) <= columns
    assert "…" in shown


def test_explain_folds_long_runs_of_boilerplate_unless_all_is_wanted(one: Path) -> None:
    menu = "".join(f'<li><a href="/{number}">频道{number}</a></li>' for number in range(30))
    one.write_bytes(page_html().replace(b"<body>", f'<body><ul class="nav">{menu}</ul>'.encode()))
    folded, whole = invoke(one, "--explain").stderr, invoke(one, "--explain", "-v").stderr
    assert re.search(r"…  .*\b3\d blocks of navigation\b.*: 频道0 … ", folded)
    assert "频道7" not in folded
    assert "频道7" in whole
    assert "-v unfolds" in folded
    assert "-v unfolds" not in whole


def test_explain_marks_an_excerpt_that_is_cut(one: Path) -> None:
    one.write_bytes(page_html(extra=f"<p>{''.join(SENTENCES)}</p>"))
    assert "…" in invoke(one, "--explain").stderr


def test_explain_lets_no_page_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "x.html"
    tricks = "[bold red]\x1b]0;owned\x07\x9b31m \u202e"
    path.write_bytes(page_html(extra=f"<p>{tricks}这一段文字带着转义字符，读者和终端都不应受到它们的影响。</p>"))
    shown = run(path, "--explain", "-f", "txt", env={"FORCE_COLOR": "1"}).stderr.decode("utf-8")
    assert "[bold red]" in shown
    for bad in ("\x1b]0;", "\x07", "\x9b", "\u202e"):
        assert bad not in shown


def test_explain_is_coloured_only_where_that_is_wanted(one: Path) -> None:
    colour = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert b"\x1b[3" in run(one, "--explain", env=colour).stderr
    assert b"\x1b[3" not in run(one, "--explain", env={**colour, "NO_COLOR": "1"}).stderr


def test_explain_shows_a_page_without_article_too() -> None:
    result = invoke("--explain", stdin=page_html().split(b"<p>")[0])
    assert "confidence" in result.stderr


# --- what the command line spells out --------------------------------------------------------------------------------


def test_names_of_formats_are_those_of_the_tables() -> None:
    assert set(options.FORMATS) == {*render.FORMATS, "parquet"}
    assert set(options.INPUT_FORMATS) == {"auto", *page.READERS}


IMPORTS = """
import sys, newsclean.cli
try: newsclean.cli.main(sys.argv[1:])
except SystemExit: print(*sys.modules, file=sys.stderr)
"""


def test_start_is_fast_since_little_is_imported(one: Path) -> None:
    slow = {"rich", "chardet", "lxml", "readability"}
    for args, unwanted in ((["--version"], slow | {"selectolax"}), ([str(one)], slow)):
        done = subprocess.run([sys.executable, "-c", IMPORTS, *args], capture_output=True, text=True, check=True)
        modules = {name.split(".")[0] for name in done.stderr.split()}
        assert "click" in modules
        assert not unwanted & modules
