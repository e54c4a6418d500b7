"""Runs on clusters of real processes, on this computer alone: workers that die, stores of objects, interruptions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newsclean import clean_record, cli
from newsclean.render import jsonl
from newsclean.scale import listing, parts
from newsclean.scale.parts import Sizes
from test_batch import EMPTY, make, page

pytest.importorskip("distributed")

pytestmark = pytest.mark.slow

PATIENCE = 150
"""Seconds to wait for a process to be where it should."""

SMALL = Sizes(10, 20, 1_000_000)
"""Parts of some 15 pages."""

LARGER = Sizes(100, 200, 1_000_000)
"""Parts of some 150."""


def invoke(*args: str | Path) -> Result:
    return CliRunner().invoke(cli.main, [str(each) for each in args], catch_exceptions=False)


def wait_for(what: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def local_lines(folder: Path, *inputs: str | Path) -> list[bytes]:
    invoke(*inputs, "-f", "jsonl", "-o", folder / "local.jsonl")
    return (folder / "local.jsonl").read_bytes().splitlines()


def lines_in(folder: Path) -> list[bytes]:
    return [line for path in folder.glob("part-*.jsonl") for line in path.read_bytes().splitlines()]


def states(folder: Path) -> list[Path]:
    return [path for path in (folder / "_state").glob("part-*.json") if b'"counts"' in path.read_bytes()]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "SIZES", SMALL)


class Cluster:
    """A scheduler and its workers, as processes that are ended whatever happens."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._stack = ExitStack()
        self.workers: list[subprocess.Popen[bytes]] = []
        self._file = home / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(self._file))
        wait_for(lambda: self._file.exists() and self._file.read_text().endswith("}"))
        self.address: str = json.loads(self._file.read_text())["address"]

    def _start(self, kind: str, *args: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", kind, *args, "--host", "127.0.0.1", "--no-dashboard"]
        process = subprocess.Popen(command, cwd=self._home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def add_worker(self) -> None:
        self.workers.append(
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(self._home))
        )

    def close(self) -> None:
        self._stack.close()


TRICKS = """
import os, signal, sys, time

if "newsclean.scale.child" in " ".join(sys.orig_argv) and os.path.exists(os.environ.get("NEWSCLEAN_TRICKS", "")):
    from newsclean import pipeline

    clean = pipeline.clean

    def tricked(data, **known):
        if b"hangs" in data:
            time.sleep(1000)
        if b"dies" in data:
            os.kill(os.getpid(), signal.SIGKILL)
        return clean(data, **known)

    pipeline.clean = tricked
"""
"""What every Python does at its start so that certain pages are bad ones while a certain file is there."""


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """What all processes find around them that the tests of this module start."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("site")
        (home / "sitecustomize.py").write_text(TRICKS)
        patch.setenv("PYTHONPATH", str(home), prepend=os.pathsep)
        patch.setenv("NEWSCLEAN_TRICKS", str(home / "tricks"))
        yield patch


@pytest.fixture(scope="module")
def store(surroundings: pytest.MonkeyPatch) -> Iterator[Any]:
    """A server that speaks S3, on this computer."""
    server_module = pytest.importorskip("moto.server")
    s3fs = pytest.importorskip("s3fs")
    server = server_module.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        surroundings.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        surroundings.setenv("AWS_ACCESS_KEY_ID", "key")
        surroundings.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        surroundings.setenv("AWS_DEFAULT_REGION", "us-east-1")
        s3fs.S3FileSystem.clear_instance_cache()
        yield s3fs.S3FileSystem()
    finally:
        s3fs.S3FileSystem.clear_instance_cache()
        server.stop()


@pytest.fixture(scope="module")
def cluster(store: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:  # noqa: ARG001
    """A scheduler and three workers, which know the store."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        for _ in range(3):
            made.add_worker()
        yield made
    finally:
        made.close()


def beside(action: Callable[[], None]) -> Callable[[], None]:
    """Do something while a run goes on; returns what waits for it and raises what it raised."""
    errors: list[BaseException] = []

    def guarded() -> None:
        try:
            action()
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()

    def join() -> None:
        thread.join(PATIENCE)
        assert not errors, errors

    return join


def test_a_worker_that_is_killed_and_another_that_comes_lose_and_double_nothing(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = make(tmp_path / "in", 2000), tmp_path / "out"
    monkeypatch.setattr(parts, "SIZES", LARGER)
    (source / "1" / "empty.html").write_bytes(EMPTY)

    def kill_and_restart() -> None:
        wait_for(lambda: len(states(out)) >= 3)
        killed = cluster.workers.pop(0)
        killed.kill()
        killed.wait()
        wait_for(lambda: len(states(out)) >= 6)
        cluster.add_worker()

    join = beside(kill_and_restart)
    result = invoke(source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address)
    join()
    assert result.exit_code == 1, result.stderr
    assert "2,000 articles, 1 failed" in result.stderr
    assert "empty.html: no article found" in result.stderr
    expected = local_lines(tmp_path, source)
    assert len(expected) == 2000
    assert sorted(lines_in(out)) == sorted(expected)
    assert len(states(out)) == len(list(out.glob("part-*.jsonl"))) >= 10
    assert not list(out.glob(".*"))

    times = {path: path.stat().st_mtime_ns for path in states(out)}
    again = invoke(source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address)
    assert again.exit_code == 1
    assert "0 articles, 2,000 done before, 1 failed" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in states(out)} == times

    changed = source / "0" / "0000.html"
    before = jsonl.one_line(clean_record(changed)).encode()
    changed.write_bytes(page(5000))
    result = invoke(source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address)
    skipped = int(result.stderr.split(" articles, ")[1].split(" done before")[0].replace(",", ""))
    assert 2000 - 2 * LARGER.files <= skipped < 2000
    expected[expected.index(before.rstrip())] = jsonl.one_line(clean_record(changed)).encode().rstrip()
    assert sorted(lines_in(out)) == sorted(expected)


DEADLY = """
import os, pathlib, signal
from newsclean.scale import task


def deadly(report, order, home):
    if b"deadly" in (home / "job.json").read_bytes():
        with open(os.environ["DEATHS"], "a") as stream:
            stream.write("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return task.harmless(report, order, home)


if not hasattr(task, "harmless"):  # a preload can be loaded twice
    task.harmless, task.publish = task.publish, deadly
"""
"""What a worker does at its start to die of certain parts."""


def test_a_part_that_kills_three_workers_fails_and_the_rest_goes_on(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import dask

    source, out, deaths = make(tmp_path / "in", 50), tmp_path / "out", tmp_path / "deaths"
    (source / "1" / "deadly.html").write_bytes(page(1))
    (tmp_path / "preload.py").write_text(DEADLY)
    monkeypatch.setenv("DEATHS", str(deaths))
    with dask.config.set({"distributed.worker.preload": [str(tmp_path / "preload.py")]}):
        result = invoke(source, "-d", out, "-f", "jsonl", "--scheduler", "local", "-j", "2")
    assert result.exit_code == 1
    assert len(deaths.read_text()) == 3
    (lost,) = [[json.loads(line) for line in path.open()] for path in (out / "_failures").iterdir()]
    assert {each["kind"] for each in lost} == {"crash"}
    assert any("deadly" in each["input"] for each in lost)
    assert len(lines_in(out)) == 51 - len(lost) > 30
    assert f"{51 - len(lost)} articles, {len(lost)} failed" in result.stderr
    again = invoke(source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address)
    assert again.exit_code == 0
    assert f"{len(lost)} articles, {51 - len(lost)} done before" in again.stderr
    assert not list((out / "_failures").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="workers are started anew here")
def test_a_page_that_hangs_or_crashes_costs_itself(cluster: Cluster, tmp_path: Path) -> None:
    source, out, tricks = make(tmp_path / "in", 12), tmp_path / "out", Path(os.environ["NEWSCLEAN_TRICKS"])
    for mark in ("hangs", "dies"):
        (source / "1" / f"{mark}.html").write_bytes(page(50) + f"<!-- {mark} -->".encode())
    args = (source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address, "--timeout", "2")
    tricks.touch()
    try:
        result = invoke(*args)
    finally:
        tricks.unlink()
    assert result.exit_code == 1
    assert "hangs.html: took longer than 2 s" in result.stderr
    assert "dies.html: the worker died of it (SIGKILL)" in result.stderr
    assert len(lines_in(out)) == 12
    again = invoke(*args[:-2])
    assert (again.exit_code, len(lines_in(out))) == (0, 14)


def test_the_output_of_inputs_that_are_away_for_a_while_is_kept(
    cluster: Cluster, store: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, out = make(tmp_path / "in", 40), tmp_path / "out"
    args = (source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address)
    invoke(*args)
    before = sorted(lines_in(out))
    source.rename(tmp_path / "away")
    result = invoke(*args)
    assert (result.exit_code, "older parts are kept" in result.stderr) == (1, True)
    (tmp_path / "away").rename(source)
    assert set(before) == set(lines_in(out))
    assert "40 done before" in invoke(*args).stderr
    assert sorted(lines_in(out)) == before

    store.mkdir("news-away")
    store.put(str(source), "news-away/in", recursive=True)
    there = ("s3://news-away/in", "-d", tmp_path / "out2", *args[3:])
    invoke(*there)
    before = sorted(lines_in(tmp_path / "out2"))
    entries = listing.folder_entries

    def failing(fs: Any, path: str) -> Any:
        if path.endswith("in/1"):
            raise OSError("SlowDown")
        return entries(fs, path)

    monkeypatch.setattr(listing, "folder_entries", failing)
    result = invoke(*there)
    assert result.exit_code == 1
    assert "cannot list this directory" in result.stderr
    assert "older parts are kept" in result.stderr
    assert set(before) <= set(lines_in(tmp_path / "out2"))


def test_output_that_is_lost_in_mid_run_is_an_error(cluster: Cluster, tmp_path: Path) -> None:
    source, out = make(tmp_path / "in", 400), tmp_path / "out"

    def remove() -> None:
        wait_for(lambda: len(states(out)) >= 3)
        for path in out.glob("part-*"):
            path.unlink()

    join = beside(remove)
    result = invoke(source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address)
    join()
    assert result.exit_code == 3
    assert result.stderr.count("\n") == 1
    assert "are not there any more" in result.stderr
    assert invoke(source, "-d", out, "-f", "jsonl", "--scheduler", cluster.address).exit_code == 0
    assert len(lines_in(out)) == 400


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_store_of_objects_is_read_and_written(cluster: Cluster, store: Any, tmp_path: Path, form: str) -> None:
    source = make(tmp_path / "in", 24)
    (source / "1" / "empty.html").write_bytes(EMPTY)
    home = f"news-{form}"
    store.mkdir(home)
    store.put(str(source), f"{home}/in", recursive=True)
    args = (f"s3://{home}/in", "-d", f"s3://{home}/out", "-f", form, "--scheduler", cluster.address)
    result = invoke(*args)
    assert result.exit_code == 1, result.stderr
    assert f"s3://{home}/in/1/empty.html: no article found" in result.stderr
    assert "24 articles, 1 failed" in result.stderr
    store.invalidate_cache()
    rows = []
    for path in store.glob(f"{home}/out/part-*.{form}"):
        if form == "jsonl":
            rows += [json.loads(line) for line in store.cat_file(path).splitlines()]
        else:
            from pyarrow import parquet

            rows += parquet.read_table(path, filesystem=store).to_pylist()
    expected = [json.loads(line) for line in local_lines(tmp_path, source)]
    for row in expected:
        row["input"] = row["input"].replace(str(source), f"s3://{home}/in")
    assert sorted(rows, key=lambda row: row["input"]) == expected
    assert clean_record(rows[0]["input"]) == rows[0]
    if form == "jsonl":
        assert "0 articles, 24 done before, 1 failed" in invoke(*args).stderr


def started(*args: str) -> subprocess.Popen[bytes]:
    """Start newsclean with small parts and with what a shell's own command has of Ctrl-C."""
    code = "from newsclean.scale import parts; parts.SIZES = parts.Sizes(10, 20, 10**6)\n"
    code += "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from newsclean.cli import main; main(prog_name='newsclean')"
    command = [sys.executable, "-c", code, *args]
    return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)


INTERRUPTED = "newsclean: interrupted: the same command goes on from here\n"


def interrupted(process: subprocess.Popen[bytes], when: Callable[[], object]) -> tuple[int, str]:
    """Do as Ctrl-C does, and return how it ended and what it said."""
    try:
        wait_for(when)
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=PATIENCE)[1].decode()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode, said


def test_an_interrupted_run_is_resumed(tmp_path: Path) -> None:
    source, out = make(tmp_path / "in", 240), tmp_path / "out"
    args = (str(source), "-d", str(out), "-f", "jsonl", "--scheduler", "local", "-j", "2")
    assert interrupted(started(*args), lambda: len(states(out)) >= 2) == (130, INTERRUPTED)
    assert len(states(out)) >= 2
    result = invoke(*args)
    assert result.exit_code == 0
    assert 0 < int(result.stderr.split(" articles")[0].split()[-1]) < 240
    assert "done before" in result.stderr
    assert sorted(lines_in(out)) == sorted(local_lines(tmp_path, source))


def test_an_interrupt_while_workers_start_ends_quietly(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    process = started(str(make(tmp_path / "in", 1)), "-d", str(tmp_path / "out"), "-f", "jsonl", "--scheduler", "local")
    children = psutil.Process(process.pid).children
    assert interrupted(process, lambda: len(children()) >= 2) == (130, INTERRUPTED)
