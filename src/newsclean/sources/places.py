"""Where the output of each input goes in an output directory: mirrored, and never two inputs in one file."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import count
from typing import NamedTuple

from newsclean.patterns import lazy
from newsclean.sources.forms import STDIN, is_container, page_stem

STDIN_PLACE = "stdin"
"""What the output of standard input is called in an output directory."""

LAST_ENDING = lazy(r"\.[A-Za-z]{1,8}$")
"""A folder's name with such a tail could be that of an output: `b.md`."""

ADDRESS = lazy(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")
"""How a member's name begins that is an address."""

LONGEST = 4096
"""Characters of a member's name that make its place: an address can have any number, each with a slash."""

INDEX = "index"
"""What a page is called whose address ends in a slash."""


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
    rivals = {place for place in own if place not in folders and place_stem(place) in folders}
    archives = {place for place, path in zip(own, given, strict=True) if place in rivals and is_container(path)}
    settled = folders | keeping | archives
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


class Name(NamedTuple):
    """Where a member stands: the folders around it, and its name without and with its ending."""

    folders: list[str]
    stem: str
    full: str


def member_place(place: str, member: str, taken: dict[int, int]) -> str:
    """Say where the output of an archive's member goes, without the format's ending: in a folder `place`.

    Whatever the member is called, its place is in there, on every system, and apart from all others in `taken`, where
    it is noted. Give an empty `taken` for each archive, and ask for every member in the archive's order: `b.html`
    becomes `b`, and what has the same place then, be it in other case, keeps its ending or gets a number.
    """
    from newsclean.sources.safe_names import digest, folded, safe_path  # for archives alone

    if len(member) > LONGEST:
        member = f"{member[:LONGEST]}-{digest(member)}"
    name = address_name(member) if ADDRESS.match(member) else path_name(member)
    paths = [safe_path(name.folders, each) for each in (name.stem, name.full)]
    keys = [hash(folded(path)) for path in paths]  # less to keep than the paths
    free = next((path for path, key in zip(paths, keys, strict=True) if key not in taken), None)
    if free is None:
        number = next(
            number for number in count(taken[keys[1]] + 1) if hash(folded(f"{paths[1]}-{number}")) not in taken
        )
        taken[keys[1]] = number  # where the next search begins, as there can be many
        free = f"{paths[1]}-{number}"
    taken[hash(folded(free))] = 1
    return os.path.join(place, *free.split("/"))


def path_name(member: str) -> Name:
    """Return the name of a member that is a path; what is absolute in it, or leads up, is dropped."""
    *folders, last = [part for part in member.split("/") if part not in {"", ".", ".."}] or [INDEX]
    return Name(folders, page_stem(last), last)


def address_name(member: str) -> Name:
    """Return the name of a member that is an address: host and path as folders, its last part with the query."""
    rest = ADDRESS.sub("", member, count=1).partition("#")[0]
    path, mark, query = rest.partition("?")
    *folders, last = [unquoted(part) for part in path.split("/") if part not in {"", ".", ".."}] or [INDEX]
    if path.endswith("/") or not folders:
        folders, last = [*folders, last], INDEX
    tail = mark + unquoted(query)
    return Name(folders, page_stem(last) + tail, last + tail)


def unquoted(part: str) -> str:
    """Return a part of an address with its escapes undone where they are text."""
    from urllib.parse import unquote  # slow to import

    text = unquote(part)
    return part if "\ufffd" in text else text
