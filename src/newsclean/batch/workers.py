"""Processes that do the work and can die: a page that crashes or hangs costs itself and nothing else.

Each worker has one task at a time, so it is known which page it died of, and since when it has been at it. A worker
that is gone, or was killed since its time was over, is replaced. Workers hold nothing that has to be saved: they can
be killed at any moment.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from newsclean.batch.limits import too_long
from newsclean.batch.outcomes import CRASH, TIMEOUT, Reply, Task, failed, name_of
from newsclean.errors import NewscleanError
from newsclean.models import Source
from newsclean.sources import plainly

AHEAD = 256
"""Tasks for each worker that may wait for those before them: so many go on beside a page that hangs."""

HELD = 64 * 1024 * 1024
"""Bytes of pages and articles that may wait."""

GRACE = 10.0
"""Seconds after which a worker whose parent is dead ends itself, counted from the end of its page's time."""

GOODBYE = 1.0
"""Seconds to wait for the exit code of a worker whose pipe is closed."""

NO_WORKER = "see `ulimit -n` and `ulimit -u`; one page alone needs no worker"
"""What to try where not even one worker can be started."""

GARBAGE = 20_000
"""New objects after which Python looks for garbage: a page makes many and drops them all at once."""


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def new_process(**known: Any) -> BaseProcess:
    """Make a process: forked where that is safe and quick, since this program has no threads."""
    if sys.platform == "linux":
        return multiprocessing.get_context("fork").Process(**known)
    return multiprocessing.get_context("spawn").Process(**known)


class Worker:
    """A process, our end of the pipe to it, and what it is doing since when."""

    def __init__(self, do: Callable[[Task], Reply], timeout: float, others: Sequence[Worker]) -> None:
        self.pipe, far = multiprocessing.Pipe()
        inherited = [self.pipe, *(each.pipe for each in others)] if sys.platform == "linux" else []
        self.process: BaseProcess = new_process(target=serve, args=(far, inherited, do, timeout), daemon=True)
        self.process.start()
        far.close()
        self.ticket: int | None = None
        self.task: Task | None = None
        self.deadline = 0.0
        self.is_new = True

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.join()
        self.pipe.close()


def serve(pipe: Connection, inherited: Sequence[Connection], do: Callable[[Task], Reply], timeout: float) -> None:
    """Live as a worker: do tasks until there is nobody to give any.

    `inherited` are the parent's ends of pipes: while any worker had them open, none would notice the parent's death.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent sees to it
    for each in inherited:
        each.close()
    gc.freeze()
    gc.set_threshold(GARBAGE)
    try:
        while True:
            task: Task = pipe.recv()
            set_alarm(timeout + GRACE)
            reply = do(task)
            set_alarm(0)
            pipe.send(reply)
    except (EOFError, OSError):
        pass  # the parent is gone
    finally:
        os._exit(0)  # at once: what the parent has in its buffers must not be written here as well


def set_alarm(seconds: float) -> None:
    """Let the system end this process after so many seconds, where it can; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def warm_up() -> None:
    """Load what every page needs before workers are forked, so that they share it."""
    if sys.platform == "linux":
        from newsclean.pipeline import clean

        clean(b"<!DOCTYPE html><title>a</title><p>b</p>")
        gc.freeze()


class Workers:
    """A fixed number of workers, and the tasks that wait for one."""

    def __init__(self, do: Callable[[Task], Reply], jobs: int, timeout: float) -> None:
        self._do, self._jobs, self._timeout = do, jobs, timeout
        self._workers: list[Worker] = []
        self._todo: deque[tuple[int, Task]] = deque()
        self._done: dict[int, Reply] = {}
        self._tickets = 0
        self._held = 0
        warm_up()

    def has_room(self, waiting: int) -> bool:
        """Tell whether another task may be submitted while so many wait."""
        return waiting < AHEAD * self._jobs and (self._held < HELD or not waiting)

    def submit(self, task: Task) -> int:
        """Take a task; returns its ticket."""
        self._tickets += 1
        self._held += weight(task)
        self._todo.append((self._tickets, task))
        return self._tickets

    def result(self, ticket: int) -> Reply:
        """Wait for the reply to the task of a ticket, and keep the workers busy meanwhile."""
        self._turn(0.0)
        while ticket not in self._done:
            self._turn(None)
        reply = self._done.pop(ticket)
        self._held -= len(reply.data)
        return reply

    def close(self) -> None:
        """End all workers, whatever they are doing."""
        for each in self._workers:
            each.process.kill()  # all of them first, then wait
        for each in self._workers:
            each.end()
        self._workers.clear()

    def _turn(self, patience: float | None) -> None:
        """Hand out tasks, and take what is ready; wait for that so many seconds, or until something happens."""
        self._hand_out()
        busy = {each.pipe: each for each in self._workers if each.ticket is not None}
        if not busy:
            return
        until = min(each.deadline for each in busy.values())
        for pipe in wait(list(busy), max(0.0, until - time.monotonic()) if patience is None else patience):
            self._receive(busy[pipe])  # type: ignore[index]  # only pipes were given
        now = time.monotonic()
        for each in busy.values():
            if each.ticket is not None and now >= each.deadline:
                self._lose(each, TIMEOUT, too_long(self._timeout))
        self._hand_out()

    def _hand_out(self) -> None:
        """Give waiting tasks to free workers, of which there are no more than are needed."""
        while self._todo:
            free = next((each for each in self._workers if each.ticket is None), None)
            if free is None:
                if len(self._workers) == self._jobs:
                    return
                free = self._started()
                if free is None:
                    return
                self._workers.append(free)
            self._give(free, *self._todo.popleft())

    def _started(self) -> Worker | None:
        """Start one more worker; None where the system allows no more than there are, which then have to do."""
        try:
            return Worker(self._do, self._timeout, self._workers)
        except OSError as error:
            if not self._workers:
                raise NewscleanError(f"cannot start a worker: {plainly(error)} ({NO_WORKER})") from error
            self._jobs = len(self._workers)
            return None

    def _give(self, worker: Worker, ticket: int, task: Task) -> None:
        worker.ticket, worker.task = ticket, task
        worker.deadline = time.monotonic() + self._timeout
        try:
            worker.pipe.send(task)
        except OSError:
            if worker.is_new:  # it died of this task, before it had all of it
                self._fail(worker)
            else:  # it was gone before, and another will do it
                self._todo.appendleft((ticket, task))
                self._retire(worker)

    def _receive(self, worker: Worker) -> None:
        try:
            reply: Reply = worker.pipe.recv()
        except (EOFError, OSError):
            self._fail(worker)
        else:
            worker.is_new = False
            self._settle(worker, reply)

    def _fail(self, worker: Worker) -> None:
        """Give up a page that its worker died of."""
        worker.process.join(GOODBYE)
        self._lose(worker, CRASH, f"the worker died of it ({death(worker.process.exitcode)})")

    def _lose(self, worker: Worker, kind: str, why: str) -> None:
        """Give a page up, and its worker."""
        if worker.task is not None:
            self._settle(worker, Reply(failed(name_of(worker.task), kind, why)))
        self._retire(worker)

    def _settle(self, worker: Worker, reply: Reply) -> None:
        if worker.ticket is not None and worker.task is not None:
            self._held += len(reply.data) - weight(worker.task)
            self._done[worker.ticket] = reply
        worker.ticket = worker.task = None

    def _retire(self, worker: Worker) -> None:
        worker.end()
        self._workers.remove(worker)


def weight(task: Task) -> int:
    """Return the bytes that a task holds."""
    return len(task.data) if isinstance(task, Source) else 0


def death(exitcode: int | None) -> str:
    """Say how a process ended."""
    if exitcode is None or exitcode >= 0:
        return f"exit code {exitcode}"
    with suppress(ValueError):
        return signal.Signals(-exitcode).name
    return f"signal {-exitcode}"
