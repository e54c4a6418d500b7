"""How much a reading of bytes looks like written language, as a number.

A reading's **cost** is the sum, over its characters, of -ln(how often the character is written) in the language that
suits it best: a unigram model with an error model beside it (a byte that cannot be read costs `INVALID`). Since all
readings of the same bytes have to pay for the same bytes, their costs can be compared, whatever the encodings: two
bytes read as one common hanzi (6) beat two bytes read as an accented letter and a symbol (20).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from math import log
from string import ascii_letters

from newsclean.charset_letters import ALPHABETS, JAPANESE, KOREAN, SIMPLIFIED, TRADITIONAL
from newsclean.patterns import lazy

ASCII = 3.0
"""The cost of a printable ASCII character or a line end."""

INVALID = 13.0
"""The cost of a byte that cannot be read: as unlikely as one in half a million."""

CONTROL = 18.0
"""The cost of a control character."""

UNLIKELY = 15.0
"""The cost of what no text holds: private use, unassigned."""

STRANGE = 13.0
"""The cost of a character that the language has no use for."""

RARE = 11.0
"""The cost of a character of the language's script that is not in its table."""

SIGN = 9.0
"""The cost of a sign in CJK text: stars, arrows, lines, which stand in rows."""

OTHER_CHART_HAN = 14.0
"""The cost of a hanzi outside the old national charset of its script."""

TYPOGRAPHY = dict.fromkeys("“”‘’–—…«»°·€£§©®™•„‚‹›¡¿\xa0№¥½ºª", 7.0)
"""Signs beyond ASCII that texts in any alphabet hold."""

CJK_SIGNS = dict.fromkeys("，。、", 4.0) | dict.fromkeys("“”‘’：；？！（）「」『』《》〈〉【】…—・·～\u3000‧﹑", 5.5)
"""Punctuation of CJK text."""

FULL_WIDTH = 8.0
"""The cost of a full-width letter or digit in CJK text."""

CAPITAL = 1.0
"""What a capital costs above its small letter."""

CAMEL = 5.0
"""What a capital right after a small letter costs: the sign of KOI8 read as Windows-1251, and the like."""

MIXED = 5.0
"""What an ASCII letter beside one of another script costs: words do not mix scripts, misread ones do.

Chinese has "GDP增长", but not often.
"""

FOREIGN = 0.7
"""What an ASCII letter costs above `ASCII` in a language that is not written in Latin letters."""

NOT_LATIN = frozenset({"ru", "uk", "be", "bg", "mk", "sr", "el", "he", "ar", "fa", "th"})
"""The languages of `ALPHABETS` that are not written in Latin letters."""

STUCK = 6.0
"""What a sign such as ¿ or ³ costs between two letters, where it is a letter misread."""

CJK = {"zh-Hans": SIMPLIFIED, "zh-Hant": TRADITIONAL, "ja": JAPANESE, "ko": KOREAN}

CJK_CHARTS = {"zh-Hans": ("gb2312",), "zh-Hant": ("big5",), "ja": ("euc_jp",), "ko": ("euc_kr",)}
"""The national charset of each script: what is outside it is rarer than rare."""

HAN = range(0x4E00, 0xA000)
"""The code points of the common hanzi."""

LANGUAGES = (*CJK, *ALPHABETS)

_CAMEL_ASCII = lazy("[\u00df-\u04ff][A-Z]")
_STUCK_SIGN = lazy("[A-Za-z][\u00a1-\u00b6\u00b8-\u00bf](?=[A-Za-z])")
_MIXED_LETTERS = lazy("[A-Za-z](?=[\u0370-\u0e7f\u3040-\ud7a3])|[\u0370-\u0e7f\u3040-\ud7a3](?=[A-Za-z])")


class Profile(dict[str, float]):
    """The cost of each character in one language, or in the best of several; found for unlisted ones when asked."""

    def __init__(self, listed: dict[str, float], chart: frozenset[str]) -> None:
        super().__init__(listed)
        self.common = frozenset(char for char, cost in listed.items() if ord(char) > ord("\x7f") and cost < RARE)
        self._chart = chart

    def __missing__(self, char: str) -> float:
        cost = self[char] = _unlisted_cost(char, self._chart, cjk=bool(self._chart))
        return cost


def _unlisted_cost(char: str, chart: frozenset[str], *, cjk: bool) -> float:
    code = ord(char)
    if code == ord("\ufffd"):
        return INVALID
    category = unicodedata.category(char)
    if category == "Cc":
        return CONTROL
    if category in {"Co", "Cn", "Cs"}:
        return UNLIKELY
    if char in chart:
        return RARE
    if cjk and category[0] in "SP":
        return SIGN
    return OTHER_CHART_HAN if cjk or code in HAN else STRANGE


@lru_cache(maxsize=64)
def profile(languages: tuple[str, ...]) -> Profile:
    """The costs in the language of `languages` where each character is most at home."""
    listed: dict[str, float] = dict.fromkeys(map(chr, range(0x20, 0x7F)), ASCII) | dict.fromkeys("\t\n\r\f", ASCII)
    chart: set[str] = set()
    for language in languages:
        for char, cost in _listed(language).items():
            listed[char] = min(cost, listed.get(char, cost))
        chart |= _chart(language)
    return Profile(listed, frozenset(chart))


def _listed(language: str) -> dict[str, float]:
    return _cjk_costs(CJK[language]) if language in CJK else _alphabet_costs(ALPHABETS[language])


def _cjk_costs(ranked: str) -> dict[str, float]:
    """Costs by rank: a Zipf-Mandelbrot curve, fitted by eye to the shares of Chinese, Japanese and Korean alike."""
    full_width = dict.fromkeys(map(chr, range(0xFF01, 0xFF5F)), FULL_WIDTH)
    return full_width | CJK_SIGNS | {char: 1.3 * log(rank + 14) for rank, char in enumerate(ranked)}


def _alphabet_costs(groups: str) -> dict[str, float]:
    costs = dict(TYPOGRAPHY)
    for group in groups.split():
        letters = group.lstrip("0123456789")
        cost = float(group[: len(group) - len(letters)])
        costs |= dict.fromkeys(letters, cost)
        costs |= {char.upper(): cost + CAPITAL for char in letters if char.upper() != char and len(char.upper()) == 1}
    return costs


@lru_cache(maxsize=64)
def _chart(language: str) -> frozenset[str]:
    """The characters of the language's national charset; of an alphabet, the letters of its script's block."""
    if language not in CJK_CHARTS:
        return frozenset()
    pairs = b"".join(bytes((lead, trail)) for lead in range(0xB0, 0xFA) for trail in range(0xA1, 0xFF))
    if language == "zh-Hant":
        trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        pairs = b"".join(bytes((lead, trail)) for lead in range(0xA4, 0xFA) for trail in trails)
    chars = "".join(pairs.decode(codec, "ignore") for codec in CJK_CHARTS[language])
    return frozenset(char for char in chars if ord(char) >= HAN.start)


def best_cost(text: str, languages: tuple[str, ...]) -> float:
    """The cost of `text` (nats) in the one of `languages` that suits it best."""
    counts = Counter(text)
    mixed = MIXED * len(_MIXED_LETTERS.findall(text))
    alphabetic = CAMEL * _camels(text) + STUCK * len(_STUCK_SIGN.findall(text))
    foreign = FOREIGN * sum(counts[letter] for letter in ascii_letters)
    return mixed + min(
        _plain_cost(counts, language)
        + (0.0 if language in CJK else alphabetic)
        + (foreign if language in NOT_LATIN else 0.0)
        for language in languages
    )


def _plain_cost(counts: Counter[str], language: str) -> float:
    costs = profile((language,))
    return sum(costs[char] * count for char, count in counts.items())


def likelier_language(text: str, languages: tuple[str, ...]) -> str:
    """The one of `languages` in which the characters of `text` cost least, the first in a draw."""
    counts = Counter(text) if len(languages) > 1 else Counter[str]()
    return min(languages, key=lambda language: _plain_cost(counts, language))


def mixing_cost(text: str) -> float:
    """What the words of `text` that mix ASCII letters with others cost (nats)."""
    return MIXED * len(_MIXED_LETTERS.findall(text))


def _camels(text: str) -> int:
    return len(_CAMEL_ASCII.findall(text)) + sum(
        after.isupper() and text[at].islower() for at, after in enumerate(text[1:]) if after > "\x7f"
    )


def strangeness(text: str, languages: tuple[str, ...]) -> float:
    """The mean cost of the characters beyond ASCII in the language that suits them best; 0.0 without any.

    Text in its right encoding has 4 to 8, read in a wrong one 10 and more.
    """
    ascii_only = sum(map(text.count, map(chr, range(0x80))))
    beyond = len(text) - ascii_only
    return (best_cost(text, languages) - ASCII * ascii_only) / beyond if beyond else 0.0
