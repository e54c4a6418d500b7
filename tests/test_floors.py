"""The check that keeps accuracy from falling unseen must itself see."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"

TABLE = """\
one                              n   31  f1 0.912  p 0.9  r 0.9  exact 0.5  bad 0.0  best peer 0.8 (x)  40 pages/s
                                 title 0.900/30  date 1.000/12
two                              n   99  f1 0.800  p 0.9  r 0.9  exact 0.5  bad 0.0  9 pages/s  MISSING 2, exit 1
two article                      n   50  f1 0.900  p 0.9  r 0.9  exact 0.5  bad 0.0
three                    NO OUTPUT, exit 3: newsclean: cannot write x: no space left on device
"""


def check(
    tmp_path: Path, f1: dict[str, float], missing: dict[str, int], metadata: dict[str, float] | None = None
) -> tuple[int, str]:
    table, floors = tmp_path / "table.txt", tmp_path / "floors.json"
    table.write_text(TABLE, "utf-8")
    floors.write_text(json.dumps({"f1": f1, "missing": missing, "metadata": metadata or {}}), "utf-8")
    command = [sys.executable, str(BENCHMARKS / "check_floors.py"), str(table), str(floors)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip()


def test_floors_that_are_held_pass(tmp_path: Path) -> None:
    assert check(tmp_path, {"one": 0.912, "two article": 0.9}, {"two": 2}) == (0, "all 2 floors are held")


@pytest.mark.parametrize(
    ("name", "floor", "said"),
    [
        ("one", 0.913, "one: f1 0.912 is below its floor 0.913"),
        ("two article", 0.5, "two: 2 pages are missing, 0 may be"),
        ("three", 0.5, "three: no output"),
        ("three article", 0.5, "three article: no output"),
        ("four", 0.5, "four: not in the table"),
    ],
)
def test_what_falls_is_named(tmp_path: Path, name: str, floor: float, said: str) -> None:
    assert check(tmp_path, {name: floor}, {}) == (1, said)


@pytest.mark.parametrize(
    ("name", "floor", "code", "said"),
    [
        ("one title", 0.9, 0, "all 2 floors are held"),
        ("one title", 0.91, 1, "one title: 0.900 is below its floor 0.910"),
        ("two title", 0.5, 1, "two title: not in the table"),
    ],
)
def test_metadata_has_floors_too(tmp_path: Path, name: str, floor: float, code: int, said: str) -> None:
    assert check(tmp_path, {"one": 0.9}, {}, {name: floor}) == (code, said)


def test_the_floors_of_the_project_are_shares() -> None:
    floors = json.loads((BENCHMARKS / "floors.json").read_text("utf-8"))
    assert all(0 < floor <= 1 for floor in (floors["f1"] | floors["metadata"]).values())
    assert set(floors["missing"]) <= {name.split()[0] for name in floors["f1"]}
