"""Names of elements and attributes that are different without end, made few before a page is parsed.

The parser keeps the names of a page in tables that it goes through at each new one, and so it does with the attributes
of an element: quadratic time in how many *different* ones there are. No page has more than some hundred, so what is
beyond any use is left out: an attribute goes, an element becomes a `<span>`. No text is touched.
"""

from __future__ import annotations

from newsclean.html_source import HtmlSource
from newsclean.patterns import lazy
from newsclean.tags import ATTRIBUTE, FLAGS, SAID, SPACE, hides_scripts, lowered, tags

LONG_PAGE = 400_000
"""Characters of a page whose names are counted; a shorter one has no room for more than a few seconds' work."""

SHORT_PAGE = 100_000
"""Characters of a page that has no room for more attributes in one tag than a second's work."""

LONG = 8_000
"""Characters without a `>`, in what looks like a tag, whose attributes are counted on any page."""

QUOTED_ENDS = lazy(rf"""=[{SPACE}]*"[^">]*>[^"]*"([^>]*)"""), lazy(rf"""=[{SPACE}]*'[^'>]*>[^']*'([^>]*)""")
"""What follows a value that holds the `>` of no tag, up to the next one."""

MANY_QUOTED = 16_000
"""So much of that in all is looked at too."""

MOST_NAMES = 4_000
"""Different names that a page may have of each sort: pages have 200, and data in broken markup some thousand."""

MOST_ATTRIBUTES = 250
"""Attributes that an element may have: more are words of a sentence behind a quotation mark that is missing."""

SHORTEST = 2
"""Characters that an attribute takes at least, with what parts it from the one before."""

TAG_BEGIN = lazy(r"</?[a-z]", FLAGS)


def with_few_names(source: HtmlSource) -> HtmlSource:
    """The source of a page with as few different names as can be parsed in linear time; nearly always as it was."""
    text = source.text
    has_many = len(text) > LONG_PAGE and len(source.count) > MOST_NAMES
    if not has_many and (len(text) > LONG_PAGE or _may_say_much(text)):
        has_many = _says_much(text)
    return source.having(_renamed(text)) if has_many else source


def _may_say_much(text: str) -> bool:
    """Whether a tag could have too many attributes, as a look tells that does not ask what is one."""
    stride = LONG // 2  # a run that is long enough holds one of these windows
    if any(text.find(">", at, at + stride) < 0 for at in range(0, len(text) - stride, stride)):
        for run in text.split(">"):
            if len(run) > LONG and (match := TAG_BEGIN.search(run)) is not None and len(run) - match.start() > LONG:
                return True
    if len(text) <= SHORT_PAGE:
        return False
    behind = [[len(run) for run in quoted.findall(text)] for quoted in QUOTED_ENDS]
    return any(max(runs, default=0) > LONG or sum(runs) > MANY_QUOTED for runs in behind)


def _says_much(text: str) -> bool:
    """Whether a page has too many names of attributes, or a tag too many attributes."""
    is_long = len(text) > LONG_PAGE
    names: set[str] = set()
    all_said = (match["rest"] for match in tags(text) if match["name"]) if hides_scripts(text) else SAID.findall(text)
    for said in set(all_said):
        if is_long or len(said) > SHORTEST * MOST_ATTRIBUTES:
            found = ATTRIBUTE.findall(said)
            names.update(found)
            if len(found) > MOST_ATTRIBUTES or (is_long and len(names) > MOST_NAMES):
                return True
    return False


def _renamed(text: str) -> str:
    """Make the names of a page few, tag by tag."""
    elements: set[str] = set()
    attributes: set[str] = set()
    pieces: list[str] = []
    done = 0
    for match in tags(text):
        if not match["name"]:
            continue
        name = lowered(match["name"])
        rest = _fewer(match["rest"], attributes)
        known = _is_among(name, elements)
        if known and rest == match["rest"]:
            continue
        pieces += text[done : match.start("name")], match["name"] if known else "span", rest
        done = match.end()
    return "".join((*pieces, text[done:]))


def _fewer(rest: str, known: set[str]) -> str:
    """Leave out of what is said in a tag the attributes that are too many, or have new names when enough are known."""
    if len(rest) < SHORTEST:
        return rest
    found = list(ATTRIBUTE.finditer(rest))
    kept = [each for each in found[:MOST_ATTRIBUTES] if _is_among(lowered(each[1]), known)]
    if len(kept) == len(found):
        return rest
    return " " + " ".join([each[0] for each in kept]) + (" /" if rest.endswith("/") else "")


def _is_among(name: str, known: set[str]) -> bool:
    """Whether a name may stay: it is known, or there is room for one more."""
    if name not in known and len(known) >= MOST_NAMES:
        return False
    known.add(name)
    return True
