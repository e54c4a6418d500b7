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

OURS = lazy(r"part-.+-[0-9a-f]{16}(?:\.jsonl|\.parquet)\Z", re.DOTALL)
"""What outputs are called."""

RUN = "run.json"
"""What the file is called, beside the states, that says of which inputs an output folder is."""


class Done:
    """The output folder as it was when the run began. `is_fresh` forgets what is in it."""

    def __init__(self, folder: str, form: str, inputs: Sequence[str], is_fresh: bool) -> None:
        """Raises OutputError where the folder holds the parts of other inputs, or cannot be used."""
        self._folder, self._ending = folder, ENDINGS[form]
        sizes = sizes_in(folder)
        self._old = {name for name in sizes if OURS.match(name)}
        self._sizes = {} if is_fresh else {name: sizes[name] for name in self._old}
        self._claim([*inputs], is_fresh)

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

    def remove_old(self) -> None:
        """Remove parts that are not of this run, which has seen all of its own: of changed files or other options."""
        for name in sorted(self._old):
            stem = name.rpartition(".")[0]
            remove(below(self._folder, STATE, f"{stem}.json"))
            remove(below(self._folder, name))
            remove(below(self._folder, FAILURES, f"{stem}.jsonl"))
