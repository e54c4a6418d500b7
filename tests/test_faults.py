"""What goes wrong around newsclean, done to it: each is one line on what to try, and the next run does the rest."""

from __future__ import annotations

import ctypes
import errno
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsclean import cli, pipeline, whole
from newsclean.batch import workers
from newsclean.errors import UnreadableInputError
from newsclean.models import Article
from newsclean.sources import Found, table
from newsclean.sources.streams import buffered
from saved import zipped
from test_batch import FORKS, make, page, results
from test_cli import page_html

pytestmark = pytest.mark.skipif(not FORKS, reason="limits, devices and forks of Linux")


MOUNT, UMOUNT = (shutil.which(name) or "" for name in ("mount", "umount"))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return make(tmp_path / "saved", 6)


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], catch_exceptions=False)


def shell(script: str, *args: str | Path, limit: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a script, in which `newsclean` stands for the command and $1, $2 … for `args`; it may take a minute."""
    begin = f'newsclean() {{ "{sys.executable}" -m newsclean "$@"; }}; '
    command = ["bash", "-c", begin + script, "bash", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, preexec_fn=limit)


def to(kind: int, most: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(kind, (most, most))


# --- standard streams ------------------------------------------------------------------------------------------------


def test_standard_streams_may_be_closed(saved: Path, tmp_path: Path) -> None:
    done = shell('newsclean "$1" -d "$2" <&- >&- 2>&-', saved, tmp_path / "out")
    assert (done.returncode, len(results(tmp_path / "out"))) == (0, 6)
    assert all(each.startswith(b"---\n") for each in results(tmp_path / "out").values())
    done = shell('newsclean "$1" >&-', saved / "0" / "0000.html")
    assert (done.returncode, done.stderr.count("\n"), "-o FILE" in done.stderr) == (3, 1, True)
    for option in ("--help", "--version"):
        done = shell(f"newsclean {option} >&-")
        assert (done.returncode, done.stderr) == (3, "newsclean: cannot write standard output: it is closed\n")
    for command in ("newsclean - <&-", "newsclean <&-"):
        done = shell(command)
        assert (done.returncode, done.stderr) == (1, "newsclean: -: standard input is closed (name a file)\n")
    done = shell("newsclean --max-size x 2>&-")
    assert (done.returncode, done.stdout) == (2, "")


GONE = "2>&1 >/dev/null | true; (exit ${PIPESTATUS[0]})"


@pytest.mark.slow
@pytest.mark.parametrize("way", ["2>/dev/full", GONE])
def test_work_goes_on_where_nobody_hears_of_it(saved: Path, tmp_path: Path, way: str) -> None:
    done = shell(f'newsclean "$1/none.html" "$1" -v -d "$2" {way}', saved, tmp_path / "out")
    assert done.returncode == 1
    assert len([name for name in results(tmp_path / "out") if name.endswith(".md")]) == 6
    done = shell(f'newsclean "$1" --explain -o "$2" {way}', saved / "0" / "0000.html", tmp_path / "x.md")
    assert (done.returncode, (tmp_path / "x.md").exists()) == (0, True)


@pytest.mark.slow
def test_help_for_a_full_disk_is_exit_3() -> None:
    for option in ("--help", "--version"):
        done = shell(f"newsclean {option} >/dev/full")
        assert (done.returncode, done.stderr) == (
            3,
            "newsclean: cannot write standard output: no space left on device\n",
        )


@pytest.mark.slow
@pytest.mark.parametrize("form", ["md", "json", "jsonl", "txt", "html"])
def test_a_closed_pipe_and_a_full_device_end_every_format(saved: Path, form: str) -> None:
    (saved / "long.html").write_bytes(page(60, 2000))
    done = shell(f'newsclean "$1" -f {form} | head -c 9; exit "${{PIPESTATUS[0]}}"', saved)
    assert (done.returncode, done.stderr) == (0, "")
    for way in ('"$1" >/dev/full', '"$1" -o /dev/full', '"$1/long.html" >/dev/full'):
        done = shell(f"newsclean -f {form} {way}", saved)
        assert (done.returncode, done.stderr.count("\n")) == (3, 1)
        assert "no space left on device (make room, and run it again)" in done.stderr


@pytest.mark.parametrize("set_up", ["", "export PYTHONUNBUFFERED=1; "])
def test_an_output_that_takes_a_part_of_a_page_is_exit_3(saved: Path, tmp_path: Path, set_up: str) -> None:
    (saved / "long.html").write_bytes(page(60, 2000))
    script = f'{set_up}ulimit -f 4; newsclean "$1" >"$2"'
    done = shell(script, saved / "long.html", tmp_path / "out.md")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "cannot write standard output" in done.stderr


@pytest.mark.parametrize("set_up", ["", "PYTHONUNBUFFERED=1"])
def test_a_pipe_that_does_not_block_gets_all(saved: Path, set_up: str) -> None:
    (saved / "long.html").write_bytes(page(60, 20_000))
    command = ["env", *set_up.split(), sys.executable, "-m", "newsclean", str(saved / "long.html"), "-f", "txt"]
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE) as process:
        os.close(theirs)
        with open(ours, "rb") as stream:
            written = stream.read()
        assert process.stderr is not None
        errors = process.stderr.read()
    assert (process.returncode, errors) == (0, b"")
    assert written == subprocess.run(command, capture_output=True, check=True).stdout
    assert len(written) > 100_000


# --- where the output goes -------------------------------------------------------------------------------------------


def test_a_disk_that_is_full_at_any_write_leaves_nothing_torn(
    saved: Path, tmp_path: Path, target: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    (saved / "1" / "0000-none.html").write_bytes(b"<p></p>")  # so that there are failures to write, too
    write = whole.write_all
    wanted = 6 if target[0] == "-d" else 1
    for last in range(0, 40, 4):
        left = last

        def filling(stream: io.RawIOBase, data: bytes) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                write(stream, data[: len(data) // 2])
                raise OSError(errno.ENOSPC, "No space left on device")
            write(stream, data)

        for module in ("newsclean.sinks", "newsclean.batch.journal", "newsclean.batch.lines", "newsclean.batch.stores"):
            monkeypatch.setattr(f"{module}.write_all", filling)
        result = invoke(saved, *target, "-j", "1")
        if result.exit_code != 3:
            break
        assert result.stderr.splitlines()[-1].endswith("no space left on device (make room, and run it again)")
        assert "Traceback" not in result.stderr
        for name, data in results(tmp_path / "out").items():
            assert "newsclean-" in name or data.endswith(b"\n")
    else:
        raise AssertionError("the runs do not come to an end")
    monkeypatch.undo()
    assert invoke(saved, *target, "-j", "1").exit_code == 1
    found = {name: data for name, data in results(tmp_path / "out").items() if "newsclean-" not in name}
    assert len(found) == wanted
    assert last > 3
    invoke(saved, *target[:-1], tmp_path / "whole", "-j", "1")
    if target[0] == "-d":
        assert found == {n: d for n, d in results(tmp_path / "whole").items() if "newsclean-" not in n}
    else:
        assert found["all.jsonl"] == (tmp_path / "whole").read_bytes()


def mounted(folder: Path, options: str) -> None:
    """Mount an empty file system of its own, where that is permitted."""
    folder.mkdir()
    done = subprocess.run([MOUNT, "-t", "tmpfs", "-o", options, "none", folder], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("may mount nothing here")


@pytest.mark.skipif("" in {MOUNT, UMOUNT}, reason="no mount here")
def test_a_small_and_a_read_only_file_system(saved: Path, tmp_path: Path) -> None:
    (saved / "1" / "long.html").write_bytes(page(60, 200))
    small = tmp_path / "small"
    mounted(small, "size=24k")
    try:
        for target in (("-d", small / "out"), ("-f", "jsonl", "-o", small / "all.jsonl"), ("-o", small / "all.md")):
            result = invoke(saved, saved / "0" / "0000.html", *target)
            assert result.exit_code == 3
            assert result.stderr.count("no space left on device (make room, and run it again)") == 1
            assert all(
                data.endswith(b"\n") for name, data in results(small).items() if name.endswith((".md", ".jsonl"))
            )
            shutil.rmtree(small / "out", ignore_errors=True)
            for path in small.iterdir():
                path.unlink()
        subprocess.run([MOUNT, "-o", "remount,ro", small], check=True)
        for target in (
            ("-d", small),
            ("-f", "jsonl", "-o", small / "x.jsonl"),
            ("-o", small / "x.md"),
            ("-d", small / "x"),
        ):
            result = invoke(saved, *target)
            assert result.exit_code == 3
            assert "read-only file system (give another place with -o or -d)" in result.stderr
            assert result.stderr.count("\n") == 1
    finally:
        subprocess.run([UMOUNT, small], check=True)


def tricked(monkeypatch: pytest.MonkeyPatch, mark: str, trick: Callable[[], object]) -> None:
    """Have something happen, in the worker, before a page that holds a mark is cleaned."""
    clean: Callable[..., Article] = pipeline.clean

    def before(data: bytes, **known: object) -> Article:
        if mark.encode() in data:
            trick()
        return clean(data, **known)

    monkeypatch.setattr(pipeline, "clean", before)


def test_an_output_that_vanishes_ends_the_run_and_the_next_does_all(
    saved: Path, tmp_path: Path, target: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    tricked(monkeypatch, "的第5件事", lambda: shutil.rmtree(tmp_path / "out"))
    result = invoke(saved, *target, "-j", "1")
    assert (result.exit_code, result.stderr.count("\n")) == (3, 1)
    assert "cannot write" in result.stderr
    monkeypatch.undo()
    (tmp_path / "out").mkdir(exist_ok=True)
    assert "6 articles (" in invoke(saved, *target).stderr


def test_what_a_power_failure_cut_off_is_made_again_and_what_was_edited_is_not(saved: Path, tmp_path: Path) -> None:
    invoke(saved, "-d", tmp_path / "out")
    whole_tree = results(tmp_path / "out")
    torn = [tmp_path / "out" / name for name in whole_tree]
    torn[0].write_bytes(torn[0].read_bytes()[:200])
    torn[1].write_bytes(bytes(4096))
    torn[2].write_bytes(b"")
    torn[3].write_bytes("我改了。\n".encode())
    assert "3 articles, 3 done before" in invoke(saved, "-d", tmp_path / "out").stderr
    after = results(tmp_path / "out")
    assert after.pop(str(torn[3].relative_to(tmp_path / "out"))) == "我改了。\n".encode()
    assert after.items() <= whole_tree.items()


def test_names_that_are_too_long_for_an_output_are_shortened(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    names = ["老" * 85, "老" * 84 + "xyz", "b" * 251 + ".htm", "c" * 247 + ".html"]
    for number, name in enumerate(names):
        (folder / name).write_bytes(page(number))
    for said in ("4 articles (", "0 articles, 4 done before"):
        assert said in invoke(folder, "-f", "html", "-d", tmp_path / "out").stderr
    assert len(results(tmp_path / "out")) == 4
    assert "c" * 247 + ".html" in results(tmp_path / "out")


def test_a_link_in_the_output_is_followed_as_its_owner_wishes_and_a_file_is_replaced(
    saved: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "0000.md").write_text("untouched")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "1").symlink_to(other)
    (tmp_path / "out" / "0").mkdir()
    (tmp_path / "out" / "0" / "0000.md").symlink_to(other / "0000.md")
    assert invoke(saved, "-d", tmp_path / "out").exit_code == 0
    assert (other / "0001.md").read_bytes().startswith(b"---")
    assert (other / "0000.md").read_text() == "untouched"
    assert not (tmp_path / "out" / "0" / "0000.md").is_symlink()


# --- what is read ----------------------------------------------------------------------------------------------------


def test_what_is_no_file_in_a_directory_is_passed_over(saved: Path, tmp_path: Path) -> None:
    (saved / "dangling.html").symlink_to("nowhere")
    (saved / "around").symlink_to(saved)
    os.mkfifo(saved / "pipe.html")
    assert "6 articles (" in invoke(saved, "-d", tmp_path / "out").stderr
    result = invoke(saved / "dangling.html", "/proc/self/mem", "/dev/zero", "--max-size", "1", "-f", "jsonl")
    assert result.exit_code == 1
    reasons = [line.rpartition(": ")[2] for line in result.stderr.splitlines()[:3]]
    assert reasons[:2] == ["no such file or directory", "input/output error"]
    assert reasons[2].startswith("larger than 1 MB")


def test_inputs_that_go_or_change_meanwhile_are_done_by_the_next_run(
    saved: Path, tmp_path: Path, target: list[str | Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, cut, grown, later = (saved / name for name in ("2/0002.html", "2/0005.html", "0/0003.html", "1/0001.html"))

    def change() -> None:
        gone.unlink()
        os.truncate(cut, 120)
        later.write_bytes(page(81))
        with open(grown, "ab") as stream:
            stream.write(b"<p>more</p>" * 9)

    tricked(monkeypatch, "的第1件事", change)  # while this one, which comes before those that go, is in work
    result = invoke(saved, *target, "-j", "1")
    assert result.exit_code == 1
    assert "0002.html: no such file or directory" in result.stderr
    assert "0005.html: no article found" in result.stderr
    monkeypatch.undo()
    cut.write_bytes(page(5))
    assert "3 articles, 2 done before" in invoke(saved, *target, "-j", "1").stderr
    texts = b"".join(results(tmp_path / "out").values()).decode()
    assert "的第81件事" in texts
    assert "的第1件事" not in texts


def without_privileges() -> None:
    """Give up what root may do with the files of all (capabilities 1 and 2), as of the next program."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


@pytest.mark.slow
def test_folders_without_permission_are_one_failure_each(saved: Path, tmp_path: Path) -> None:
    (saved / "1").chmod(0)
    (saved / "0" / "0000.html").chmod(0)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    done = shell('newsclean "$1" -f jsonl 2>&1 >/dev/null', saved, limit=without_privileges)
    (saved / "1").chmod(0o755)
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        f"newsclean: {saved}/0/0000.html: permission denied",
        f"newsclean: {saved}/1: cannot list this directory: permission denied",
    ]
    assert "3 articles, 2 failed" in done.stdout
    for way in ("-d", "-o"):
        done = shell(f'newsclean "$1" {way} "$2"', saved, locked / "x", limit=without_privileges)
        assert done.returncode == 3
        assert (
            done.stderr == f"newsclean: cannot write {locked}/x: permission denied (give another place with -o or -d)\n"
        )


def test_a_piped_archive_needs_a_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    stream = buffered(io.BytesIO(zipped({"a.html": page(1)})).read)
    with pytest.raises(UnreadableInputError, match=r"aside: no space left on device \(name the file, or set TMPDIR"):
        list(table.read_stream(Found("-"), stream, 1 << 20))


# --- what the system has too little of -------------------------------------------------------------------------------


@pytest.mark.slow
def test_few_open_files_are_few_workers(saved: Path, tmp_path: Path) -> None:
    done = shell('newsclean "$1" -d "$2" -j 8', saved, tmp_path / "out", limit=to(resource.RLIMIT_NOFILE, 20))
    assert (done.returncode, done.stderr[:10]) == (0, "newsclean:")
    assert len(results(tmp_path / "out")) == 6


def test_workers_that_cannot_be_started_are_done_without(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_one, most = workers.new_process, 1

    def refusing(**known: object) -> object:
        nonlocal most
        most -= 1
        if most < 0:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        return make_one(**known)

    monkeypatch.setattr(workers, "new_process", refusing)
    assert "6 articles (" in invoke(saved, "-d", tmp_path / "out", "-j", "4").stderr
    result = invoke(saved, "-d", tmp_path / "none", "-j", "4")
    assert result.exit_code == 1
    why = "cannot start a worker: resource temporarily unavailable (see `ulimit -n` and `ulimit -u`"
    assert why in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_page_that_memory_does_not_suffice_for_costs_itself(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhaust() -> None:
        raise MemoryError

    tricked(monkeypatch, "的第4件事", exhaust)
    result = invoke(saved, "-d", tmp_path / "out", "-j", "2")
    assert result.exit_code == 1
    assert "0004.html: not enough memory for it (fewer workers with -j, or --max-size)" in result.stderr
    (failure,) = (tmp_path / "out" / "newsclean-failures.jsonl").read_text().splitlines()
    assert json.loads(failure)["kind"] == "crash"


@pytest.mark.slow
def test_one_page_needs_no_more_than_it_says(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page_html())
    done = shell('newsclean "$1"', tmp_path / "a.html", limit=to(resource.RLIMIT_NOFILE, 9))
    assert (done.returncode, done.stderr) == (0, "")
