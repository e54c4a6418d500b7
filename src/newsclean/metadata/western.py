"""How names are written in Latin scripts, and how they stand behind a word such as `By`.

A person is two to five words that are capitalised as names are. Where a page leaves no doubt that it names an author,
an office or a pen name is believed too (`By News Desk`), unless one of its words belongs to a button or a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsclean.metadata.date_forms import MONTHS
from newsclean.metadata.values import unique
from newsclean.patterns import lazy

BY = lazy(
    r"(?:^|[|•·–—]\s{0,2}|(?<![^\W\d_])(?P<did>[^\W\d_]{3,12})\s)(?:by(?:\s?:\s?|\s)|(?-i:[Bb]y(?=[A-Z])))(?=\S)",
    re.IGNORECASE,
)
"""The English word before an author's name, also where a template glued the name to it, and what was done."""

BY_DID = frozenset(
    "written posted published story words text article content recipe analysis opinion report reported authored "
    "created submitted contributed produced guide interview".split()
)
"""What an author may be said to have done; who reviewed, edited or sponsored an article did not write it."""

AUTHOR = lazy(
    r"^(?:about the )?(?:authors?|writers?|words|autor|autora|autore|autori|auteurs?|texte?)\s?:\s?(?=\S)",
    re.IGNORECASE,
)
"""A word for the author, with a colon."""

FOREIGN_BY = lazy(
    r"^(?:[^\W\d_]{4,14}\s)?(?:[Vv]on|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Aa]f|VON|PAR|POR|DI|DOOR)\s?:?\s(?=[^\W\d_])"
)
"""`By` in German, French, Spanish, Portuguese, Italian, Dutch and Nordic languages, with a word before it or none."""

BY_END = lazy(
    r"[|•·⋅–—\t\[@*]|\s?\((?!\w{1,20}\)\s[A-Z])|\s-\s|(?<=[a-z]{4})[.]\s[A-Z][a-z]{3}|(?<!\w)\d|"
    r"\b(?:updated|published|posted|reviewed)|"
    r"(?-i:(?<=[a-z])(?=(?:Updated|Published|Posted|Reviewed|Last|Founder|Editor|Writer|Senior|Staff|Contributor|Reporter|"
    r"(?:Jan|Febr)uary|March|April|May|Ju(?:ne|ly)|August|(?:Sept|Nov|Dec)ember|October|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b))|"
    r"\b(?-i:on|for|last|in|read|at|via|view|ON|FOR|IN|AT|View|Last|Read)\b",
    re.IGNORECASE,
)
"""What ends the names of a Western byline; a template may have glued the next word to them."""

BY_SPLIT = lazy(r"\s{0,4}(?:,|;|\||&|\b(?:and|with|und|et)\b)\s*", re.IGNORECASE)
"""What parts the names of a Western byline."""

ROMANCE_AND = lazy(r"\s[ye]\s")
"""The same in Spanish, Portuguese and Italian; beside a single word it is part of a name (Ramón y Cajal)."""

LATIN_WORD = lazy(r"^\(?[^\W\d_][^\s\d]*$")
"""A word of a Western name; one may stand in brackets."""

PARTICLES = frozenset("de da di del della der den van von la le el al bin ibn dos das du ten ter y e".split())
"""Small words inside Western names."""

OFFICE_PARTICLES = PARTICLES | {"the", "of", "and", "&", "for", "at"}
"""Small words inside the names of offices."""

NOT_LATIN_NAMES = frozenset(
    "press news times post magazine staff editor editors editorial team writer reporter correspondent inc llc ltd "
    "company media guest admin contributor contributors desk agency university institute department office".split()
)
"""Words that make a Western byline one of an office, or of a trade."""

TRADES = frozenset(
    "writer writers reporter editor columnist contributor correspondent analyst coordinator manager director officer "
    "founder cofounder co-founder ceo cto cmo president specialist expert strategist marketer author journalist "
    "reviewer owner producer engineer consultant associate assistant intern blogger grader freelance freelancer "
    "photographer advisor adviser".split()
)
"""What somebody is, printed beside the name."""

SENIOR = frozenset(
    "senior staff contributing guest managing associate assistant executive chief lead freelance deputy product".split()
)
"""Words before a trade."""

BUTTONS = frozenset(
    "about advertisement all articles back bio brand checked click clicking collection comments contact continuing "
    "demo details directory edited fact find follow free get here home is are was jobs learn library log login member "
    "min mins minute minutes more picture post posts privacy profile published read reading recent register request "
    "reviewed rights see settings share sign sponsored store subscribe terms this topic try update updated user using "
    "video view views visit watch we written you your category former".split()
)
"""Words of buttons and of links about an author: no name starts with one, and no office's name holds one."""

LISTS = frozenset("articles checklists comments library posts settings".split())
"""Words that a heading or a button ends with; the others among those words may end a name (Ann Read)."""

NO_NAME = lazy(r"[{}<>@#=©\\:?!]|//|\.(?:com|cn|net|org|io)\b")
"""What no author's name holds: signs of an address, of a sentence or of a template."""

FAR_EASTERN = lazy(r"[\u3000-\u9fff]")
"""Scripts whose names are read elsewhere."""

NO_AUTHOR = frozenset(
    "admin administrator webmaster root user guest null none undefined unknown anonymous author authors editor by "
    "writer default".split()
)
"""What templates print when there is no name."""

NO_DATE = frozenset(
    "mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)
"""Words of a date that has no year."""

MAX_LATIN_WORDS, MAX_OFFICE_WORDS, MAX_OFFICE_CHARS = 5, 7, 50
"""A Western name has at most so many words, an office's name some more."""

SHORT = 2
"""A word of so few letters keeps its full stop (Jr., Ph.D.)."""

MAX_DEGREE = 8
"""A degree or the like behind a name (MD, Ph.D.) is no longer than this."""


def is_western_name(text: str) -> bool:
    """Whether a text is two to five words that are capitalised as names are."""
    words = text.split()
    if not 1 < len(words) <= MAX_LATIN_WORDS or words[-1].lower() in PARTICLES:
        return False
    named = all(LATIN_WORD.match(word) and (word.lstrip("(")[0].isupper() or word in PARTICLES) for word in words)
    return named and not NOT_LATIN_NAMES.intersection(word.lower().strip(".") for word in words)


def western_names(value: str) -> tuple[str, ...]:
    """The names of a Western byline's value, up to the first that is none."""
    chosen: list[str] = []
    for part in _split(_ended(value)):
        name = _without_trade(part)
        if is_western_name(name) and not _is_label(name):
            chosen.append(name)
        elif name and not (chosen and _is_degree(name)):
            break
    return unique(chosen)


def credited(value: str) -> tuple[str, ...]:
    """Who is named where a word or mark says that an author is: persons, else an office or a pen name."""
    people = western_names(value)
    if people:
        return people
    office = _ended(value)
    pair = tuple(office.replace(" & ", " and ").split(" and "))
    if "@" in value[: len(office) + 2]:
        return ()
    if len(pair) > 1 and all(name.isalpha() and name[0].isupper() and is_pen_name(name) for name in pair):
        return pair
    return (office,) if is_pen_name(office) and _is_capitalised(office) else ()


def is_pen_name(text: str) -> bool:
    """Whether a text may be the name of an office or a pen name: a few words, none of which says otherwise."""
    words = text.lower().split()
    if not 0 < len(words) <= MAX_OFFICE_WORDS or not 1 < len(text) <= MAX_OFFICE_CHARS or text.lower() in NO_AUTHOR:
        return False
    if not text[0].isalnum() or not any(map(str.isalpha, text)) or NO_NAME.search(text) or FAR_EASTERN.search(text):
        return False
    if not BUTTONS.isdisjoint(words) or words[-1] in OFFICE_PARTICLES | NO_DATE:
        return False
    return words[0] not in TRADES | MONTHS.keys() if len(words) == 1 else not TRADES.union(SENIOR).issuperset(words)


def said(text: str, bare: bool = True) -> tuple[str, ...]:
    """Who stands behind a word for the author in a line without dates; `bare` lets a mere `By` name an office too."""
    by = next((match for match in BY.finditer(text) if not match["did"] or match["did"].lower() in BY_DID), None)
    match = by or AUTHOR.match(text)
    if match:
        doubt = by is not None and (by.start() > 0 and text[by.start()].isalpha() if by["did"] else not bare)
        return (western_names if doubt else credited)(text[match.end() :])
    foreign = FOREIGN_BY.match(text)
    return western_names(text[foreign.end() :]) if foreign else ()


def without_word(text: str) -> str:
    """A name without the word before it (By Jane Doe)."""
    match = BY.match(text) or AUTHOR.match(text)
    return text[match.end() :] if match else text


def _ended(value: str) -> str:
    """A byline's value up to what ends its names."""
    end = BY_END.search(value, 2)
    ended = (value[: end.start()] if end else value).strip(" ,;:-|*")
    return ended.rstrip(".") if len(ended.rpartition(" ")[2].split(".")[0]) > SHORT else ended


def _split(value: str) -> Iterator[str]:
    """The pieces between commas and the like."""
    for part in BY_SPLIT.split(value):
        halves = ROMANCE_AND.split(part)
        yield from (halves if len(halves) > 1 and all(map(is_western_name, halves)) else [part.strip()])


def _is_label(name: str) -> bool:
    """Whether what is written as a name is a trade or a button (Senior Writer, Read More)."""
    words = name.lower().split()
    return words[0] in BUTTONS or words[-1] in TRADES | LISTS or bool(NO_NAME.search(name))


def _is_degree(text: str) -> bool:
    """Whether a text is a degree or the like (MD, Ph.D.), which stands behind a name."""
    return len(text) <= MAX_DEGREE and sum(map(str.isupper, text)) * 2 >= max(1, sum(map(str.isalpha, text)))


def _without_trade(name: str) -> str:
    """A name without what its bearer is (Jane Doe Senior Writer); a trade alone is left as it is, and is no name."""
    words = name.split()
    trade = next((at for at, word in enumerate(words) if word.lower() in TRADES), len(words))
    end = trade - (words[trade - 1].lower() in SENIOR) if 1 < trade < len(words) else trade
    return " ".join(words[:end]) if end > 1 else name


def _is_capitalised(text: str) -> bool:
    """Whether the words of a text are written as those of an office's name are."""
    words = text.split()
    return not words[1:] or all(
        not word[0].islower() or word in OFFICE_PARTICLES or word in NOT_LATIN_NAMES for word in words
    )
