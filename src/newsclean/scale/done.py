"""What earlier runs have left in the output folder: parts that are done, and parts that are of no use any more."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress

from newsclean.errors import OutputError
from newsclean.patterns import lazy
from newsclean.scale.addresses import below, contents, put_bytes, remove, sizes_in
from newsclean.scale.parts import Part
from newsclean.scale.reports import ENDINGS, FAILURES, STATE, Report, from_data

OURS = lazy(r"(part-.+-[0-9a-f]{16})\.(?:jsonl|parquet|json)\Z", re.DOTALL)
"""What outputs, failures and states are called: the name of their part, and an ending."""

RUN = "run.json"
"""What the file is called, beside the states, that says of which inputs an output folder is."""


class Done:
    """The output folder as it was when the run began. `is_fresh` forgets what is in it."""

    def __init__(self, folder: str, form: str, inputs: Sequence[str], is_fresh: bool) -> None:
        """Raises OutputError where the folder holds the parts of other inputs, or cannot be used."""
        self._folder, self._ending = folder, ENDINGS[form]
        sizes = sizes_in(folder)
        self._old = {name for name in sizes if part_of(name) and not name.endswith(".json")}
        self._begun = self._without_output()
        self._sizes = {} if is_fresh else {name: sizes[name] for name in self._old}
        self._made: dict[str, int] = {}
        self._claim([*inputs], is_fresh)

    def _without_output(self) -> set[str]:
        """Return the parts of which there is a state or a list of failures alone, as of those that were given up."""
        finished = set(map(part_of, self._old))
        beside = (name for each in (STATE, FAILURES) for name in sizes_in(below(self._folder, each)))
        return {name for name in map(part_of, beside) if name} - finished

    def _claim(self, inputs: list[str], is_fresh: bool) -> None:
        """Note whose parts these are; others' are not mixed with them."""
        address = below(self._folder, STATE, RUN)
        before = contents([address])[0] if self._old else None
        with suppress(ValueError):
            if before is not None and json.loads(before) == {"inputs": inputs}:
                return
        if before is not None and not is_fresh:
            raise OutputError(
                f"cannot write {self._folder}: it holds the parts of other inputs (give another directory, "
                "or --force to replace them)"
            )
        put_bytes(json.dumps({"inputs": inputs}).encode("ascii"), address)

    def known(self, parts: Sequence[Part]) -> list[Report | None]:
        """Return what is known of parts that need not be done again; several are asked for at once."""
        for part in parts:
            self._old.discard(part.name + self._ending)
            self._begun.discard(part.name)
        there = [part for part in parts if part.name + self._ending in self._sizes]
        states = contents([below(self._folder, STATE, f"{part.name}.json") for part in there])
        reports = {part.name: self._valid(part, state) for part, state in zip(there, states, strict=True)}
        return [reports.get(part.name) for part in parts]

    def _valid(self, part: Part, state: bytes | None) -> Report | None:
        """Return the report that a state holds, if it is of what is there."""
        with suppress(ValueError, TypeError, AttributeError):
            report = from_data(json.loads(state or b""))
            is_whole = report.size == self._sizes[part.name + self._ending]
            return report if is_whole and report.part == part.name and report.is_final else None
        return None

    def expect(self, report: Report) -> None:
        """Note that a part has its output, as somebody says who has made it or found it."""
        if report.part and report.has_output:
            self._made[report.part + self._ending] = report.size

    def check(self) -> None:
        """Raise OutputError where outputs are not there that were reported: then somebody has removed them."""
        there = sizes_in(self._folder)
        if lost := sum(there.get(name) != size for name, size in self._made.items()):
            raise OutputError(
                f"cannot write {self._folder}: {lost:,} of {len(self._made):,} parts that were done are not there "
                "any more, or not whole (run it again)"
            )

    def remove_old(self, is_blind: bool = False) -> str | None:
        """Remove parts that are not of this run, which has seen all of its own: of changed files or other options.

        One that could not look at all inputs (`is_blind`) keeps them, since they can be of what is away; returns what
        is to be said of that.
        """
        stems = {part_of(name) for name in self._old} | self._begun
        if is_blind and stems:
            return f"{len(stems):,} older parts are kept, as not all inputs could be looked at"
        for stem in sorted(stems):
            remove(below(self._folder, STATE, f"{stem}.json"))
            for name in sorted(self._old.intersection(stem + ending for ending in ENDINGS.values())):
                remove(below(self._folder, name))
            remove(below(self._folder, FAILURES, f"{stem}.jsonl"))
        return None


def part_of(name: str) -> str:
    """Return the part that a file is of, by its name; empty for files that are not ours."""
    match = OURS.match(name)
    return match[1] if match else ""
