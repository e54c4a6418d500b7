"""Comments, raw elements and links that never end, ended in the source of a page before it is parsed.

Browsers let each of them take all that follows: a comment or a title without end hides the article, and a link without
end is opened anew in every paragraph behind it. Somebody has cut such a page, or mistyped it, and nobody means what it
says. Pages without this flaw, which a look at C speed tells, stay as they are.
"""

from __future__ import annotations

import re

from newsclean.html_source import HtmlSource
from newsclean.patterns import lazy
from newsclean.tags import BLOCKS, RAW, RAW_END, TAG, end_of, tags

ENDED = RAW - {"plaintext"}
"""The raw elements that need an end. Nothing ends `<plaintext>`, so it is meant to have none."""

ENDS = lazy(rf"</({'|'.join(sorted(ENDED))})(?=[\s/>])", re.IGNORECASE)
"""The end of one."""

LINKS = frozenset({"a"})

HEAD_END = lazy(r"</head(?=[\s/>])|<body(?=[\s/>])", re.IGNORECASE)
"""Where a script ends at the latest: any other tag can be a word of it."""

BLOCK = lazy(rf"</?(?:{'|'.join(sorted(BLOCKS | {'link', 'meta', 'script', 'style'}))})(?=[\s/>])", re.IGNORECASE)
"""Where any other raw element ends at the latest."""


def with_ends(source: HtmlSource) -> HtmlSource:
    """Return the source of a page with an end for all that never ends; that of nearly every page is as it was."""
    source = source.having(with_comments_ended(source.text))
    last = {name.removeprefix("/"): name for name in source.only(ENDED)}
    if not ENDED.isdisjoint(last.values()):
        source = source.having(with_raw_ended(source.text))
    links = "".join([name[0] for name in source.only(LINKS)])
    return source.having(with_links_ended(source.text)) if "aa" in links or links.endswith("a") else source


def with_comments_ended(text: str) -> str:
    """End a comment that would hide all that follows at its first `>`, as old browsers did.

    >>> with_comments_ended("<!-- a --> <!-- b <p>c</p>")
    '<!-- a --> <!  b <p>c</p>'
    """
    start = text.find("<!--", max(text.rfind("-->"), text.rfind("--!>")) + 1)
    if start < 0:
        return text
    return text[:start] + text[start:].replace("<!--", "<! ")


def with_raw_ended(text: str) -> str:
    """End titles, styles, scripts and the like that have no end at the next tag that cannot be theirs, if there is one.

    >>> with_raw_ended("<title>a<style>b</style><p>c</p>")
    '<title>a</title><style>b</style><p>c</p>'
    """
    ends = {match[1].lower(): match.start() for match in ENDS.finditer(text)}
    added: list[tuple[int, str]] = []
    at = 0
    while (match := TAG.search(text, at)) is not None:
        at, name = match.end(), (match["name"] or "").lower()
        if name not in RAW or match["slash"]:
            continue
        if at <= ends.get(name, -1) or name not in ENDED:
            at = end_of(RAW_END[name].search(text, at), at)
        elif stop := (HEAD_END if name == "script" else BLOCK).search(text, at):
            at = stop.start()
            added.append((at, f"</{name}>"))
        else:
            break
    return inserted(text, added)


def with_links_ended(text: str) -> str:
    """End links that have no end where the first line of text in them does.

    Links around blocks have an end. One in another is an end for that, though the other's own follows.

    >>> with_links_ended("<p>a <a href=x>b</p><p>c</p><a href=y><div>d</div></a>")
    '<p>a <a href=x>b</a></p><p>c</p><a href=y><div>d</div></a>'
    """
    return inserted(text, [(at, "</a>") for at in sorted(line_ends(text)) if at])


def line_ends(text: str) -> list[int]:
    """Where the first line of each link ends that has no end itself; 0 where another link begins before that."""
    ends: list[int] = []
    is_open = has_text = False
    behind = 0
    for match in tags(text):
        name = (match["name"] or "").lower()
        if is_open:
            has_text = has_text or bool(text[behind : match.start()].strip(" \t\r\n\f>"))
            if has_text and name in BLOCKS:
                ends[-1] = match.start()
                is_open = False
        if name == "a" and match["slash"]:
            del ends[-1:]
            is_open = False
        elif name == "a":
            ends.append(0)
            is_open, has_text = True, False
        behind = match.end()
    return ends


def inserted(text: str, pieces: list[tuple[int, str]]) -> str:
    """Return a text with pieces put in at their places, which are in order."""
    parts: list[str] = []
    done = 0
    for at, piece in pieces:
        parts += text[done:at], piece
        done = at
    return "".join((*parts, text[done:]))
