"""How well newsclean and the peers that are installed find the text of labelled pages, as Markdown tables.

    python benchmarks/peers.py --data DIR [--sets a,b] [--extractors x,y] [--jobs 2] [--keep FILE [--again newsclean]]
                               [--unseen FILE]

DIR holds labelled sets of pages, each a folder with `index.jsonl`, `pages/ID.html.gz` and `gold/ID.txt`. How each
extractor is asked stands in `adapters.py`. A page on which an extractor fails scores 0.

With `--keep`, the figures of each page are written to FILE, as JSON lines. A set that FILE already has for an extractor
is not measured again, unless `--again` names the extractor; so one table can be made from several runs, and holds
extractors that are not installed here. `--unseen` adds the figures that `training/fit.py --scores` wrote: those of
newsclean by models that have seen no page of the site.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from adapters import ADAPTERS, CHINESE, Page, installed

from newsclean.decode import decode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "training"))

from scores import BAD, Score, harmonic, score_text
from sets import holds_html, index, read_set

UNSEEN = "newsclean, out of fold"
"""The column of the figures from `training/fit.py`."""

NOTHING = Score(0.0, 0.0, exact=False)
"""The score of a page on which an extractor failed."""


class Found(NamedTuple):
    """How one extractor did on one page; `failure` names the exception, or says that the process ended."""

    extractor: str
    dataset: str
    key: str
    score: Score
    failure: str | None = None


Known = Mapping[tuple[str, str], Mapping[str, Found]]
"""What was found, by extractor and set, then by page."""


def pages(directory: Path) -> Iterator[Page]:
    """Read a labelled set."""
    for row, data, gold in read_set(directory):
        yield Page(row["id"], data, decode(data).text, row.get("lang", ""), gold)


def judged(name: str, dataset: str, page: Page) -> Found:
    """Run an extractor on a page and score its text."""
    try:
        text = ADAPTERS[name][1](page)
    except Exception as error:  # peers raise whatever they like; it is counted and printed
        return Found(name, dataset, page.key, NOTHING, type(error).__name__)
    return Found(name, dataset, page.key, score_text(text, page.gold))


def measure(name: str, directory: Path) -> list[Found]:
    """Run an extractor on a set, in a process of its own; where a page ends the process, the next has a new one."""
    found: list[Found] = []
    process = new_process()
    for page in pages(directory):
        judging = process.submit(judged, name, directory.name, page)
        if isinstance(judging.exception(), BrokenProcessPool):
            found.append(Found(name, directory.name, page.key, NOTHING, "the process ended"))
            process = new_process()
        else:
            found.append(judging.result())
    process.shutdown()
    print(f"{name} on {directory.name}: done", file=sys.stderr, flush=True)
    return found


def new_process() -> ProcessPoolExecutor:
    """One process that has run nothing yet, so that no extractor can change another."""
    return ProcessPoolExecutor(1, get_context("spawn"))


def measure_all(tasks: Iterable[tuple[str, Path]], jobs: int) -> Iterator[list[Found]]:
    """Run extractors on sets, so many at a time; each thread only waits for a process."""
    with ThreadPoolExecutor(jobs) as threads:
        for done in as_completed([threads.submit(measure, *task) for task in tasks]):
            yield done.result()


def line_of(found: Found) -> str:
    """A line of the file that keeps figures."""
    row = {"extractor": found.extractor, "set": found.dataset, "id": found.key, **found.score._asdict()}
    return json.dumps(row | {"failure": found.failure}, ensure_ascii=False) + "\n"


def read_lines(file: Path, name: str | None = None) -> Iterator[Found]:
    """Read figures that were kept; those of `training/fit.py` bear no extractor, so that a name is given for them."""
    with file.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            score = Score(row["precision"], row["recall"], bool(row["exact"]))
            yield Found(name or row["extractor"], row["set"], row["id"], score, row.get("failure"))


def by_set(found: Iterable[Found]) -> dict[tuple[str, str], dict[str, Found]]:
    """What was found, by extractor and set, then by page; the last of a page counts."""
    known: dict[tuple[str, str], dict[str, Found]] = {}
    for one in found:
        known.setdefault((one.extractor, one.dataset), {})[one.key] = one
    return known


def groups(directories: Iterable[Path]) -> dict[str, list[tuple[str, str]]]:
    """The rows of a table and their pages, as (set, id): a set, its page types if several, its Chinese part."""
    found: dict[str, list[tuple[str, str]]] = {}
    for directory in directories:
        rows = index(directory)
        several = {part for part in ("type", "lang") if len({row.get(part) for row in rows}) > 1}
        for row in rows:
            parts = [row["type"]] if "type" in several else []
            parts += [CHINESE] if "lang" in several and row["lang"] == CHINESE else []
            for name in (directory.name, *(f"{directory.name} {part}" for part in parts)):
                found.setdefault(name, []).append((directory.name, row["id"]))
    return dict(sorted(found.items()))


def f1(scores: Sequence[Score]) -> float:
    """The harmonic mean of mean precision and mean recall."""
    return harmonic(fmean(one.precision for one in scores), fmean(one.recall for one in scores))


FIGURES: dict[str, Callable[[Sequence[Score]], float]] = {
    "F1": f1,
    "exact": lambda scores: fmean(one.exact for one in scores),
    "bad": lambda scores: fmean(one.f1 < BAD for one in scores),
}
"""The tables in the order in which they are printed. Exact: all tokens as in the gold text; bad: an F1 under 0.5."""


def table(title: str, known: Known, rows: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """One figure as a Markdown table: a row a group, a column an extractor, and a dash where nothing was measured."""
    names = [name for name in (UNSEEN, *ADAPTERS) if any(name == extractor for extractor, _ in known)]
    lines = [f"| {title} | pages | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for group, keys in rows.items():
        cells = [cell(FIGURES[title], known.get((name, keys[0][0])), keys) for name in names]
        lines.append(f"| {group} | {len(keys)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def cell(
    figure: Callable[[Sequence[Score]], float], found: Mapping[str, Found] | None, keys: Iterable[tuple[str, str]]
) -> str:
    """One extractor's figure for a group. A page that is not among what was found had no output."""
    if found is None:
        return "–"
    return f"{figure([found[key].score if key in found else NOTHING for _, key in keys]):.3f}"


def failures(known: Known) -> Iterator[str]:
    """Yield a line for each extractor and set with pages on which the extractor failed."""
    for (name, dataset), found in sorted(known.items()):
        kinds = [one.failure for one in found.values() if one.failure]
        if kinds:
            yield f"{name} failed on {len(kinds)} pages of {dataset}: {', '.join(sorted(set(kinds)))}"


def options() -> argparse.Namespace:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = partial(str.split, sep=",")
    arguments.add_argument("--data", type=Path, required=True, help="a directory of labelled sets")
    arguments.add_argument("--sets", type=names, help="names, with commas (default: all of HTML pages)")
    arguments.add_argument("--extractors", type=names, default=list(ADAPTERS), help="names, with commas (default: all)")
    arguments.add_argument("--jobs", type=int, default=1, help="processes at a time")
    arguments.add_argument("--keep", type=Path, help="a file for the figures of each page, read and added to")
    arguments.add_argument("--again", type=names, default=[], help="extractors to measure although FILE has them")
    arguments.add_argument("--unseen", type=Path, help="what `training/fit.py --scores` wrote, added as a column")
    return arguments.parse_args()


def measured(chosen: argparse.Namespace, sets: Sequence[Path]) -> list[Found]:
    """The figures that were kept, and those that were not, now measured."""
    found = list(read_lines(chosen.keep)) if chosen.keep and chosen.keep.exists() else []
    fresh = {one for one in by_set(found) if one[0] not in chosen.again}
    names = [name for name in installed() if name in chosen.extractors]
    tasks = [(name, directory) for directory in sets for name in names if (name, directory.name) not in fresh]
    for more in measure_all(tasks, chosen.jobs):
        found += more
        if chosen.keep:
            with chosen.keep.open("a", encoding="utf-8") as file:
                file.writelines(map(line_of, more))
    return found


def main() -> None:
    """Measure what is not known yet, print the tables."""
    chosen = options()
    sets = [one for one in sorted(chosen.data.iterdir()) if holds_html(one) and one.name in (chosen.sets or [one.name])]
    if not sets:
        sys.exit(f"{chosen.data}: no labelled set of HTML pages is there, or none of these names")
    found = [one for one in measured(chosen, sets) if one.extractor in chosen.extractors]
    if chosen.unseen:
        found += read_lines(chosen.unseen, UNSEEN)
    known = by_set(one for one in found if one.dataset in {directory.name for directory in sets})
    for title in FIGURES:
        print(table(title, known, groups(sets)), end="\n\n")
    print("\n".join(failures(known)))


if __name__ == "__main__":
    main()
