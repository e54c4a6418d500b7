"""Where the output of each input goes in an output directory: mirrored, and never two inputs in one file."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from newsclean.patterns import lazy
from newsclean.sources import gzipped, page

STDIN = "-"
"""The input that stands for standard input."""

STDIN_PLACE = "stdin"
"""What the output of standard input is called in an output directory."""

LAST_ENDING = lazy(r"\.[A-Za-z]{1,8}$")
"""A folder's name with such a tail could be that of an output: `b.md`."""


def page_stem(name: str) -> str:
    """Return a page's name without its ending (`a.html.gz` → `a`), any other name as it is."""
    unpacked = without_ending(name, gzipped.ENDING)
    stem = next((stem for each in page.ENDINGS if (stem := without_ending(unpacked, each)) != unpacked), None)
    return stem or name


def without_ending(name: str, ending: str) -> str:
    """Return `name` without `ending`, in whatever case that is written."""
    return name[: -len(ending)] if name[-len(ending) :].lower() == ending else name


def place_names(names: Collection[str], folders: Collection[str] = ()) -> frozenset[str]:
    """Return the files of one directory whose output keeps their full name; of all others it is called `page_stem`.

    The full name is kept where two files would share the shorter (`b.html` and `b.txt`), or where it could be a
    neighbour's output or a folder (`b.md`): no two share an output, whichever is listed first.
    """
    names = frozenset(names)
    shared = {stem for stem, count in Counter(map(page_stem, names)).items() if count > 1}
    taken = shared | {LAST_ENDING.sub("", folder) for folder in folders if LAST_ENDING.search(folder)}
    return frozenset(name for name in names if (stem := page_stem(name)) in taken or (stem != name and stem in names))


def place_inputs(given: Sequence[str]) -> list[str]:
    """Say where the output of each input goes: a file's without the format's ending, a directory's as a folder.

    By its own name; where two share one (`a/x.html`, `b/x.html`), all by their paths below what they have in common.
    """
    full = [os.path.abspath(STDIN_PLACE if path == STDIN else path) for path in given]
    own = [os.path.basename(path) for path in full]
    if len(set(own)) < len(set(full)):
        own = below_common(full)
    folders = {place for path, place in zip(given, own, strict=True) if path != STDIN and os.path.isdir(path)}
    neighbours: defaultdict[str, list[str]] = defaultdict(list)
    for place in own:
        if place not in folders:
            neighbours[os.path.dirname(place)].append(os.path.basename(place))
    keeping = {os.path.join(home, name) for home, names in neighbours.items() for name in place_names(names)}
    settled = folders | keeping
    return [place if place in settled else place_stem(place) for place in own]


def place_stem(place: str) -> str:
    """Return a path whose last part is without its page ending."""
    home, name = os.path.split(place)
    return os.path.join(home, page_stem(name))


def below_common(full: Sequence[str]) -> list[str]:
    """Return absolute paths as seen from the deepest directory around them all."""
    bare = [os.path.splitdrive(path)[1] for path in full]
    common = os.path.commonpath([os.path.dirname(path) for path in bare])
    return [os.path.relpath(path, common) for path in bare]
