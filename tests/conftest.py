"""What all tests share; property tests may take their time, as a wall clock tells of the machine, not of the code."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "newsclean",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("newsclean")


@pytest.fixture(params=["tree", "lines"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> list[str | Path]:
    """Where the two kinds of output that are resumed go."""
    if request.param == "tree":
        return ["-d", tmp_path / "out"]
    (tmp_path / "out").mkdir()
    return ["-f", "jsonl", "-o", tmp_path / "out" / "all.jsonl"]
