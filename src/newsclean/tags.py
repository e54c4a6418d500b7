"""Tags in the source of a page, and what the HTML standard says of elements that matters to how deep they nest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from newsclean.patterns import lazy

FORMATTING = frozenset("a b big code em font i nobr s small strike strong tt u".split())
"""What the standard opens anew in the next block."""

VOID = frozenset(
    "area base basefont bgsound br embed hr image img input keygen link meta param source track wbr".split()
)
"""What has no content, outside foreign elements."""

IGNORED = frozenset("body frame frameset head html".split())
"""What is there once or not at all, wherever it stands."""

RAW = frozenset("iframe noembed noframes plaintext script style textarea title xmp".split())
"""Elements whose content is no markup, outside foreign elements."""

CELLS = frozenset("caption td th".split())
"""What the next one of its kind ends, and what a table ends."""

ROW_GROUPS = frozenset("tbody tfoot thead".split())

TABLE_PARTS = CELLS | ROW_GROUPS | {"col", "colgroup", "tr"}
"""What is nothing outside a table."""

FOREIGN = frozenset({"math", "svg"})
"""Where a slash closes a tag, and raw elements are none."""

BLOCKS = CELLS | frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 head header hgroup hr html li main menu nav ol p pre section summary table tbody tfoot"
    " thead tr ul".split()
)
"""What begins a line, where it begins and where it ends."""

SPACE = r"\t\n\f\r "
"""White space as it parts attributes; no other character does."""

NAME = rf"[a-z][^{SPACE}/>]*"

ATTRIBUTES = (
    rf"""(?:[{SPACE}/]+|[^{SPACE}/>][^{SPACE}/>=]*"""
    rf"""(?:[{SPACE}]*=[{SPACE}]*(?:"[^"]*"|'[^']*'|[^{SPACE}>"'][^{SPACE}>]*))?)*"""
)
"""What is said in a tag, as the standard takes one apart (section 13.2.5.32 and on): a quote opens values only."""

ATTRIBUTE = lazy(
    rf"""([^{SPACE}/>][^{SPACE}/>=]*)(?:[{SPACE}]*=[{SPACE}]*(?:"[^"]*"|'[^']*'|[^{SPACE}>"'][^{SPACE}>]*))?"""
)
"""One attribute."""

COMMENT = r"!--(?:-?>|(?:[^-]+|-(?!-!?>))*(?:--!?>|\Z))"

FLAGS = re.IGNORECASE | re.ASCII
"""Only letters of ASCII are the same in both cases."""

RAW_ENDS = {name: rf"</{name}(?=[{SPACE}/>])|\Z" for name in sorted(RAW)} | {"plaintext": r"\Z"}
"""Where raw elements end; that of the page at the latest."""

TAG = lazy(rf"<(?:{COMMENT}|(?P<slash>/?)(?P<name>{NAME})(?P<rest>{ATTRIBUTES})|[!?/][^>]*)", FLAGS)
"""A tag with its attributes, a comment, or what is taken for one, which have no name; nothing is gone through twice."""

RAW_TEXTS = {name: rf"(?:[^<]+|<(?!/{name}[{SPACE}/>]))*(?:</{name})?" for name in sorted(RAW - {"plaintext"})}
"""What raw elements hold, with their end."""

UNREAD = (
    rf"<(?:{COMMENT}|plaintext(?=[{SPACE}/>])(?s:.*)|(?=[{''.join(sorted({name[0] for name in RAW}))}])(?:"
    + "|".join(rf"{name}(?=[{SPACE}/>]){ATTRIBUTES}(?:>{held}|\Z)" for name, held in RAW_TEXTS.items())
    + ")"
)
"""The beginning of a pattern that passes over what is no markup."""

NAMES = lazy(rf"{UNREAD}|(/?{NAME}){ATTRIBUTES}|[!?/][^>]*)", FLAGS)
"""The names of all tags, with the slash of those that end something; comments and raw elements have none.

A script in which another one is commented out ends later than it says (`hides_scripts`)."""

SAID = lazy(rf"{UNREAD}|/?{NAME}({ATTRIBUTES})|[!?/][^>]*)", FLAGS)
"""What is said in all tags, but for those of raw elements."""

RAW_END = {name: lazy(end, FLAGS) for name, end in RAW_ENDS.items()}

SCRIPT_MARK = lazy(rf"<!--|-->|<(/?)script(?=[{SPACE}/>])", FLAGS)
"""What tells where a script ends that may have another one in a comment."""

CDATA = "<![CDATA["


LONGEST_RAW = max([len(name) for name in RAW])


def is_html(_: str) -> bool:
    """What `spans` is told where nothing is foreign."""
    return False


def tags(text: str) -> Iterator[re.Match[str]]:
    """Go through the matches of TAG, passing over what raw elements hold."""
    return (match for match, _ in spans(text))


def spans(text: str, is_foreign: Callable[[str], bool] = is_html) -> Iterator[tuple[re.Match[str], int]]:
    """Go through the matches of TAG and where each ends, with all that a raw element of HTML holds.

    `is_foreign` is asked of an element with this name, or, without one, of what is open, where `<![CDATA[` stands.
    """
    at = 0
    while (match := TAG.search(text, at)) is not None:
        at = match.end()
        found: str | None = match["name"]
        if found is None:
            if text.startswith(CDATA, match.start()) and is_foreign(""):
                end = text.find("]]>", match.start())
                at = end + 2 if end >= 0 else len(text)
        elif len(found) <= LONGEST_RAW and not match["slash"] and (name := lowered(found)) in RAW:
            at = at if is_foreign(name) else raw_end(text, name, at)
        yield match, at


def raw_end(text: str, name: str, start: int) -> int:
    """Return where a raw element ends whose content begins at `start`."""
    at = end_of(RAW_END[name].search(text, start), start)
    if name != "script":
        return at
    comment = text.find("<!--", start, at)
    return at if comment < 0 else script_end(text, comment)


def script_end(text: str, start: int) -> int:
    """Return where a script ends that has a comment at `start`: the end of a script in a comment is not its own."""
    is_comment = is_inner = False
    for mark in SCRIPT_MARK.finditer(text, start):
        if mark[0] == "<!--":
            is_comment = True
            if text.startswith((">", "->"), mark.end()):
                is_comment = is_inner = False
        elif mark[0] == "-->":
            is_comment = is_inner = False
        elif not mark[1]:
            is_inner = is_comment
        elif is_inner:
            is_inner = False
        else:
            return mark.end()
    return len(text)


def hides_scripts(text: str) -> bool:
    """Whether a script may end later than where it first says so."""
    for piece in text.lower().split("</script"):
        comment = piece.find("<!--", max(piece.find("<script"), 0))
        if comment >= 0 and piece.find("<script", comment) >= 0:
            return True
    return False


def closes_itself(said: str) -> bool:
    """Whether a tag ends with a slash that is not of a value without quotes."""
    if not said.endswith("/"):
        return False
    start = max([said.rfind(space) for space in "\t\n\f\r "]) + 1
    value = said.find("=", start)
    if value >= 0:
        return said.startswith(('"', "'"), value + 1)
    return not said[:start].rstrip("\t\n\f\r ").endswith("=")


def lowered(name: str) -> str:
    """The name of an element or attribute in lower case, by which alone it is known."""
    return name.lower() if name.isascii() else name


def end_of(match: re.Match[str] | None, otherwise: int) -> int:
    """Return where a match ends."""
    return match.end() if match is not None else otherwise
