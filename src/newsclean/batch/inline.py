"""One page, cleaned in this process: to start another would take longer than the page does."""

from __future__ import annotations

from collections.abc import Callable

from newsclean.batch.limits import TookTooLong, time_limit, too_long
from newsclean.batch.outcomes import TIMEOUT, Reply, Task, failed, name_of


class Inline:
    """Does the work where it is asked for the result."""

    def __init__(self, do: Callable[[Task], Reply], timeout: float) -> None:
        self._do = do
        self._timeout = timeout
        self._tasks: list[Task] = []

    def has_room(self, waiting: int) -> bool:
        """Tell whether another task may be submitted while so many wait."""
        return waiting == 0

    def submit(self, task: Task) -> int:
        """Take a task; returns its ticket."""
        self._tasks.append(task)
        return 0

    def result(self, ticket: int) -> Reply:
        """Do the task of a ticket."""
        task = self._tasks.pop(ticket)
        try:
            with time_limit(self._timeout):
                return self._do(task)
        except TookTooLong:
            return Reply(failed(name_of(task), TIMEOUT, too_long(self._timeout)))

    def close(self) -> None:
        """There is nothing to end."""
