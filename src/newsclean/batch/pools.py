"""Who does the work of a run: this process, or workers that can die; each is made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from newsclean.batch.options import Running
from newsclean.batch.outcomes import Reply, Task
from newsclean.batch.work import Plan, work


class Pool(Protocol):
    """Does tasks, here or elsewhere."""

    def has_room(self, waiting: int) -> bool:
        """Tell whether another task may be submitted while so many wait."""

    def submit(self, task: Task) -> int:
        """Take a task; returns its ticket."""

    def result(self, ticket: int) -> Reply:
        """Wait for the reply to the task of a ticket."""

    def close(self) -> None:
        """End all work."""


class Pools:
    """Who does the work: this process for one page, workers for many, started when they are first needed."""

    def __init__(self, plan: Plan, running: Running, many: bool) -> None:
        self._do: Callable[[Task], Reply] = partial(work, plan=plan)
        self._running, self._many = running, many
        self._here: Pool | None = None
        self._workers: Pool | None = None

    def first(self) -> Pool:
        """Return who does the inputs as they were given."""
        return self.elsewhere() if self._many else self._inline()

    def _inline(self) -> Pool:
        from newsclean.batch.inline import Inline

        if self._here is None:
            self._here = Inline(self._do, self._running.timeout)
        return self._here

    def elsewhere(self) -> Pool:
        """Return the workers."""
        from newsclean.batch.workers import Workers, processors  # brings multiprocessing, which one page does not need

        if self._workers is None:
            self._workers = Workers(self._do, self._running.jobs or processors(), self._running.timeout)
        return self._workers

    def close(self) -> None:
        """End all work."""
        if self._workers is not None:
            self._workers.close()
