"""Dask: a client of a scheduler, be it one of this computer's own, and parts handed out while others are done."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from multiprocessing import resource_tracker
from typing import Any

from newsclean.batch.workers import processors
from newsclean.errors import NewscleanError, OutputError
from newsclean.scale.parts import Part
from newsclean.scale.reports import Order, Report
from newsclean.scale.task import DEATHS, DIED, OtherVersionError, WorkersDiedError, do_sealed, sealed

LOCAL = "local"
"""The scheduler's address that stands for one of our own."""

PATIENCE = 15.0
"""Seconds to wait for a scheduler to answer."""

AHEAD = 2
"""Parts for each thread of the cluster that are handed out at once: one in work, one to follow without a pause."""

FEWEST = 4
"""Parts that are handed out at once at least, be there workers already or not."""

LOOK = 5.0
"""Seconds between two looks at how large the cluster is."""


OWN = {
    "distributed.scheduler.allowed-failures": DEATHS - 1,
    "distributed.deploy.lost-worker-timeout": "1 hour",  # by then, a busy computer has started the next one
}
"""What a cluster of our own does otherwise than Dask's default."""


class ClusterError(NewscleanError):
    """The cluster cannot be used, or is gone."""


@contextmanager
def connected(scheduler: str, jobs: int | None) -> Iterator[Any]:
    """Open a client of a scheduler, or of a new one here with so many worker processes. Raises ClusterError."""
    if find_spec("distributed") is None:
        raise ClusterError("--scheduler needs Dask: pip install 'newsclean[dask]'")
    with ExitStack() as stack:
        quiet()
        address = stack.enter_context(own_cluster(jobs or processors())) if scheduler.lower() == LOCAL else scheduler
        try:
            client = client_of(address)
        except Exception as error:  # whatever answers there, it is read as if Dask had sent it
            raise ClusterError(f"no Dask scheduler at {scheduler} ({why_none(error)})") from error
        yield stack.enter_context(client)


def client_of(address: Any) -> Any:
    """Return a client of a scheduler, or raise whatever is wrong, with nothing left of it."""
    from distributed import Client

    class Bounded(Client):  # type: ignore[misc]
        """Gives up when somebody takes the call and says nothing, and ends where it began: its loop ends before it."""

        async def _start(self, timeout: float = PATIENCE, **known: Any) -> Any:
            try:
                return await asyncio.wait_for(super()._start(timeout=timeout, **known), 2 * timeout)
            except Exception:
                await self._close()
                raise

    return Bounded(address, timeout=PATIENCE, set_as_default=False, direct_to_workers=False)


def why_none(error: Exception) -> str:
    """Say why there is no scheduler: Dask does in words, unless it takes what a stranger sends for a message."""
    said = str(error) if isinstance(error, (OSError, ValueError, TypeError)) else ""
    return said or "what answers there is none"


@contextmanager
def own_cluster(jobs: int) -> Iterator[Any]:
    """Start a scheduler and workers on this computer, reachable from it alone; the first of them is there."""
    import dask
    import distributed  # noqa: F401 - brings its defaults, which are set otherwise here

    with dask.config.set(OWN), ExitStack() as stack:
        with no_interrupt():  # Dask cannot close what has not begun
            cluster = stack.enter_context(own_scheduler())
        cluster.sync(without_interrupts)
        cluster.scale(jobs)
        cluster.wait_for_workers(1)
        yield cluster


def own_scheduler() -> Any:
    """Return a cluster without workers yet."""
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        host="127.0.0.1",
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},  # it has a server of its own anyway
        silence_logs=logging.CRITICAL,
        memory_limit=0,  # what pages need is in other processes, which end with each part
    )


async def without_interrupts() -> None:
    """Keep Ctrl-C, which reaches all processes of a terminal, from those that are started from here: we end them."""
    if hasattr(signal, "pthread_sigmask"):
        resource_tracker.ensure_running()  # whoever starts it lets interrupts in again
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


@contextmanager
def no_interrupt() -> Iterator[None]:
    """Put off Ctrl-C."""
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():  # only the main thread is interrupted
        yield
        return
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


def quiet() -> None:
    """Keep Dask's own notes from the terminal: what matters of them, we say."""
    import distributed  # noqa: F401 - sets up its loggers, which is undone here

    theirs = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    for name in (*theirs, "tornado", "asyncio"):  # each has a level of its own
        logging.getLogger(name).setLevel(logging.CRITICAL)


class Crowd:
    """The workers of a cluster, and the parts that they have been given and not brought back."""

    def __init__(self, client: Any, order: Order) -> None:
        from distributed import as_completed

        self._client, self._order = client, order
        self._given = 0
        self._parts: dict[str, Part] = {}
        self._finished = as_completed(loop=client.loop)
        self._looked, self._threads = 0.0, 0

    @property
    def threads(self) -> int:
        """How many parts the cluster can work at."""
        if time.monotonic() >= self._looked + LOOK:
            self._threads = sum(self._client.nthreads().values())
            self._looked = time.monotonic()
        return self._threads

    @property
    def has_room(self) -> bool:
        """Whether another part may be handed out."""
        return len(self._parts) < max(FEWEST, AHEAD * self.threads)

    @property
    def is_busy(self) -> bool:
        """Whether there are parts to wait for."""
        return bool(self._parts)

    def give(self, part: Part) -> None:
        """Hand out a part."""
        self._given += 1
        key = f"newsclean-{self._order.run}-{self._given}-{part.name}"
        self._parts[key] = part
        future = self._client.submit(do_sealed, sealed(part, self._order), key=key, retries=DEATHS - 1, pure=False)
        self._finished.add(future)

    def next(self) -> tuple[Part, Report | Exception]:
        """Wait for a part; returns its report, or why the cluster has given it up. Raises ClusterError."""
        future = next(self._finished)
        part = self._parts.pop(future.key)
        if future.status == "cancelled":
            raise ClusterError("the connection to the scheduler is lost (run it again to go on)")
        error = future.exception() if future.status == "error" else None
        return part, future.result() if error is None else checked(error)

    def dismiss(self) -> None:
        """Take back what nobody has begun."""
        with suppress(Exception):  # a cluster that is gone has nothing to give back
            self._client.cancel([future for future, _ in list(self._finished.futures.items())], force=True)


def checked(error: BaseException) -> Exception:
    """Return an error that is of one part; raise one that all parts would have."""
    from distributed import KilledWorker

    if isinstance(error, (OutputError, OtherVersionError)):
        raise error
    if isinstance(error, ImportError) and "newsclean" in str(error):
        raise ClusterError("a worker of the cluster has no newsclean: install it there, too") from error
    if isinstance(error, KilledWorker):
        return WorkersDiedError(DIED)
    if isinstance(error, Exception):
        return error
    raise error
