"""Which files hold pages: the inputs as given, directories by name and depth first.

In a directory a page is known by its ending, or, without one, by its content. What a saved page brings along (images,
styles, scripts, its `page_files` folder), hidden files and what newsclean wrote itself are passed over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import NamedTuple

from newsclean.errors import UnreadableInputError
from newsclean.patterns import lazy
from newsclean.sources import foreign
from newsclean.sources.absent import absent
from newsclean.sources.forms import (
    ARCHIVE_ENDINGS,
    PACKED_ENDINGS,
    PAGE_ENDINGS,
    STDIN,
    archive_of,
    first_bytes,
    is_archive_name,
    is_container,
    page_stem,
)
from newsclean.sources.packings import packing_of
from newsclean.sources.places import place_inputs, place_names

ENDING = lazy(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,10}$")
"""What makes a name's last part an ending: `a.jpg`, but not `12.30`, `index.html?id=7` or `第1.2节`."""

ATTACHMENTS = ("_files", ".files")
"""A browser that saves `a.html` completely puts its frames and images into `a_files`, older ones into `a.files`."""

HEAD_BYTES = 64 * 1024
"""How much of a file without an ending is looked at: scripts and comments can fill the beginning of a page."""

OWN = ".newsclean-"
"""In the names of files that a run keeps beside its output, such as what it has written so far."""

MARKS = b"\xef\xbb\xbf\xfe\xff"
"""The bytes of the byte order marks of UTF-8 and UTF-16."""


class Found(NamedTuple):
    """A file that holds pages, or an input that cannot be used.

    `path` is what the operating system knows it by (STDIN for standard input), `place` where its output belongs in an
    output directory, without the ending of the output's format. `error` says why an input cannot be used, and `listed`
    that it is of a directory and not named by the user. `more` holds the further pages of an article that begins here.
    `called` is what to call it where that is not its path.
    """

    path: str
    place: str = ""
    error: UnreadableInputError | None = None
    listed: bool = False
    more: tuple[Found, ...] = ()
    called: str | None = None

    @property
    def name(self) -> str:
        """What it is called in the results."""
        return shown(self.path if self.called is None else self.called)


Others = Callable[[str], tuple[str, ...] | None]
"""Asked for a file's name: the names of the further pages of its article, None where it is itself a further page."""

Gather = Callable[[str, Collection[str]], Others]
"""Finds pages that belong together, of those with certain names in a directory."""


def apart(folder: str, names: Collection[str]) -> Others:  # noqa: ARG001
    """Take every page alone."""
    return lambda name: ()  # noqa: ARG005


class Folder(NamedTuple):
    """A directory on the way: its path, its place in the output, the real path of the input it belongs to.

    `gather` puts pages together that belong together.
    """

    path: str
    place: str
    root: str
    gather: Gather = apart


class Listing(NamedTuple):
    """The names in a directory that are of interest."""

    pages: frozenset[str]
    folders: frozenset[str]


def shown(path: str) -> str:
    """Return `path` fit for any output: what is no text in the file system is shown as an escape."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def plainly(error: OSError) -> str:
    """Return what the operating system found wrong, fit for the middle of a sentence.

    A first word with further capitals is a name, and stays as it is.
    """
    why = error.strerror or str(error)
    is_name = any(map(str.isupper, why.partition(" ")[0][1:]))
    return why if is_name else why[:1].lower() + why[1:]


def find(inputs: Iterable[str], passed_over: frozenset[str] = frozenset(), gather: Gather = apart) -> Iterator[Found]:
    """Find the pages in `inputs`, in the order of the output.

    `passed_over` holds real paths that are no input even inside a directory: where the output goes. A directory that
    is the only input is mirrored without its own name, several inputs keep theirs. Pages that `gather` puts together
    are found with the first of them.
    """
    given = tuple(inputs)
    places = dict(zip(given, place_inputs(given), strict=True))
    beside = neighbours(given, gather)
    for path in given:
        if path != STDIN and os.path.isdir(path):
            top = Folder(path, "" if len(given) == 1 else places[path], os.path.realpath(path), gather)
            yield from find_in(top, passed_over)
        elif path != STDIN and not os.path.lexists(path):
            yield Found(path, error=UnreadableInputError(shown(absent(path))))
        elif path == STDIN or (others := beside(path)) == ():
            yield Found(path, places[path])
        elif others is not None:
            yield Found(path, places[path], more=tuple(Found(each, places[each]) for each in others))


def neighbours(given: tuple[str, ...], gather: Gather) -> Others:
    """Put together what belongs together of the files that were named, by their paths."""
    names: dict[str, list[str]] = {}
    for path in given:
        if path != STDIN and os.path.isfile(path):
            names.setdefault(os.path.dirname(path), []).append(os.path.basename(path))
    known = {folder: gather(folder, frozenset(each)) for folder, each in names.items()}

    def beside(path: str) -> tuple[str, ...] | None:
        folder, name = os.path.split(path)
        others = known[folder](name) if folder in known else ()
        return others and tuple(path[: len(path) - len(name)] + each for each in others)

    return beside


def find_in(top: Folder, passed_over: frozenset[str]) -> Iterator[Found]:
    """Find the pages in a directory, or say that there are none."""
    empty = True
    for found in walk(top, passed_over):
        empty = False
        yield found
    if empty:
        endings, packed = " ".join(PAGE_ENDINGS + ARCHIVE_ENDINGS), " ".join(PACKED_ENDINGS)
        message = f"no pages in this directory (looked for {endings}, also with {packed})"
        yield Found(top.path, error=UnreadableInputError(message))


def walk(top: Folder, passed_over: frozenset[str]) -> Iterator[Found]:
    """Go through a directory, depth first; with a stack of our own, as a tree can be deeper than Python's."""
    stack = [steps(top, passed_over)]
    while stack:
        step = next(stack[-1], None)
        if step is None:
            stack.pop()
        elif isinstance(step, Folder):
            stack.append(steps(step, passed_over))
        else:
            yield step


def steps(folder: Folder, passed_over: frozenset[str]) -> Iterator[Found | Folder]:
    """Yield what is to be taken or entered in a directory, in order of names; one that cannot be listed is an error."""
    try:
        listing = list_folder(folder, passed_over)
    except OSError as error:
        yield Found(folder.path, error=UnreadableInputError(f"cannot list this directory: {plainly(error)}"))
        return
    full_named = keep_full_names(folder, listing)
    beside = folder.gather(folder.path, listing.pages)

    def page(name: str) -> Found:
        place = os.path.join(folder.place, name if name in full_named else page_stem(name))
        return Found(os.path.join(folder.path, name), place, listed=True)

    for name in sorted(listing.pages | listing.folders):
        if name not in listing.pages:
            yield folder._replace(path=os.path.join(folder.path, name), place=os.path.join(folder.place, name))
        elif (others := beside(name)) is not None:
            yield page(name)._replace(more=tuple(map(page, others)))


def keep_full_names(folder: Folder, listing: Listing) -> frozenset[str]:
    """Return the files of a directory whose output keeps their full name: an archive's is a folder among the others."""
    archives = {page_stem(name) for name in listing.pages if is_archive_name(name)}
    rivals = {name for name in listing.pages if page_stem(name) in listing.folders}
    unpacked = {name for name in rivals if is_container(os.path.join(folder.path, name))}
    return place_names(listing.pages, listing.folders | archives) | unpacked


def list_folder(folder: Folder, passed_over: frozenset[str]) -> Listing:
    """List the pages and folders of a directory that are to be taken."""
    pages, folders = set(), set()
    with os.scandir(folder.path) as entries:
        for entry in entries:
            if entry.name.startswith(".") or OWN in entry.name or not is_ours(entry, folder.root, passed_over):
                continue
            if entry.is_dir():
                folders.add(entry.name)
            elif entry.is_file() and holds_page(entry):
                pages.add(entry.name)
    return Listing(frozenset(pages), frozenset(folders - attached(pages, folders)))


def attached(pages: set[str], folders: set[str]) -> set[str]:
    """Return the folders that a browser put beside one of the pages."""
    possible = {folder for folder in folders if folder.endswith(ATTACHMENTS)}
    stems = {stem for name in pages if (stem := page_stem(name)) != name} if possible else set()
    return {each for each in possible for tail in ATTACHMENTS if each.endswith(tail) and each[: -len(tail)] in stems}


def is_ours(entry: os.DirEntry[str], root: str, passed_over: frozenset[str]) -> bool:
    """Tell whether an entry belongs to the input: no link to a directory, nor one to a file outside `root`."""
    is_junction = getattr(entry, "is_junction", None)  # Windows, from Python 3.12
    linked = entry.is_symlink() or (is_junction is not None and is_junction())
    if not linked and not any(os.path.basename(path) == entry.name for path in passed_over):
        return True
    real = os.path.realpath(entry.path)
    if linked and (entry.is_dir() or not real.startswith(os.path.join(root, ""))):
        return False
    return real not in passed_over


def holds_page(entry: os.DirEntry[str]) -> bool:
    """Tell whether a file is a page, by its ending or, without one, by its content."""
    if page_stem(entry.name) != entry.name:
        return True
    return not ENDING.search(entry.name) and file_begins_like_page(entry.path)


def file_begins_like_page(path: str) -> bool:
    """Tell whether a file begins as an HTML page does; one that cannot be read does not."""
    try:
        return begins_like_page(first_bytes(path, HEAD_BYTES))
    except (OSError, UnreadableInputError):
        return False


def begins_like_page(head: bytes) -> bool:
    """Tell whether `head` is of an HTML page."""
    from newsclean.page import looks_like_html  # brings the parser along

    if any(known(head) is not None for known in (foreign.recognise, archive_of, packing_of)):
        return False
    tags = head.lstrip(MARKS).replace(b"\0", b"")  # they are ASCII everywhere, but for UTF-16's NULs
    return looks_like_html(tags.decode("latin-1"))
