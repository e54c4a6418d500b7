"""Write what the tests hold the package's evaluator against: a small model, some signals, and the library's own scores.

    python training/vectors.py [--output tests/vectors/trees.json]

The pages are numbers at random, of which some decide and some do not. Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from fit import flat

SIGNALS = ("units", "link share", "votes", "is title", "heading level")
"""What the model may ask; the last two decide nothing."""

HIGHEST = (6.0, 1.0, 6.0, 1.0, 6.0)
"""They go from 0 up to these."""

WHOLE = (2, 3, 4)
"""Which of them are whole numbers."""

PARAMETERS = {
    "objective": "binary", "num_leaves": 5, "learning_rate": 0.3, "min_data_in_leaf": 20, "num_threads": 1, "seed": 1,
    "deterministic": True, "verbose": -1,
}  # fmt: skip
LEARNED, TREES, SHOWN = 4000, 12, 25
"""So many blocks are learned from, by so many trees; of so many others the scores are written down."""


def blocks(count: int, chance: np.random.Generator) -> np.ndarray:
    """Signals of blocks at random, three decimals each, so that they are the same in text."""
    rows = chance.random((count, len(SIGNALS))) * np.array(HIGHEST)
    rows[:, WHOLE] = rows[:, WHOLE].round()
    return rows.round(3)


def is_body(rows: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Which of them are body: long or voted for, and not linked, with some doubt."""
    odds = rows[:, 0] + rows[:, 2] - 8.0 * rows[:, 1] - 3.0
    return odds + chance.normal(size=len(rows)) > 0.0


def vectors() -> dict[str, Any]:
    """The model as the package reads it, signals, and the scores that LightGBM gives to these."""
    chance = np.random.default_rng(1)
    learned = blocks(LEARNED, chance)
    data = lightgbm.Dataset(learned, is_body(learned, chance).astype(float))
    model = lightgbm.train(PARAMETERS, data, TREES)
    shown = blocks(SHOWN, chance)
    scores = model.predict(shown, raw_score=True)
    return {
        "model": flat(model, SIGNALS),
        "names": SIGNALS,
        "rows": shown.tolist(),
        "scores": [round(float(score), 4) for score in scores],
    }


def main() -> None:
    """Make the vectors, write the file."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--output", type=Path, default=Path("tests/vectors/trees.json"))
    chosen = arguments.parse_args()
    chosen.output.write_text(json.dumps(vectors(), separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
