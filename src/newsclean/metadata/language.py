"""The language of the article, by what is written, not by what is declared.

Templates declare `lang="en"` on Chinese pages; the script decides first. Between languages of one script the
declaration is believed unless the small words of the text speak clearly for another.
"""

from __future__ import annotations

import re
from collections import Counter

from newsclean.metadata.areas import Areas
from newsclean.metadata.declared import Declared
from newsclean.metadata.values import BODY, META, Found
from newsclean.patterns import lazy

SCRIPTS = {
    "han": lazy(r"[\u3400-\u9fff\uf900-\ufaff]+"),
    "kana": lazy(r"[\u3041-\u30ff]+"),
    "hangul": lazy(r"[\uac00-\ud7a3]+"),
    "cyrillic": lazy(r"[\u0400-\u04ff]+"),
    "arabic": lazy(r"[\u0600-\u06ff]+"),
    "greek": lazy(r"[\u0370-\u03ff]+"),
    "hebrew": lazy(r"[\u0590-\u05ff]+"),
    "thai": lazy(r"[\u0e00-\u0e7f]+"),
    "devanagari": lazy(r"[\u0900-\u097f]+"),
    "latin": lazy(r"[A-Za-z\u00c0-\u024f]+"),
}
"""The scripts that are told apart: runs of their letters."""

DENSE = {"han": 3, "kana": 3, "hangul": 2}
"""A character of these scripts weighs as much as so many letters: `iPhone 15` does not make a text English."""

EASTERN = ("han", "kana")
"""The scripts that are counted first: a text that is full of them needs no other count."""

LANGUAGES = {
    "hangul": ("ko",),
    "cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "mn"),
    "arabic": ("ar", "fa", "ur"),
    "greek": ("el",),
    "hebrew": ("he",),
    "thai": ("th",),
    "devanagari": ("hi", "mr", "ne"),
}
"""The languages of a script; the text of a script with one language needs no declaration."""

SMALL_WORDS = {
    "en": "the of and to in is that for it with as was on are this be you",
    "de": "der die und das ist nicht mit den von zu auf für ein eine dem sich",
    "fr": "le la les des et est dans que pour une du qui sur pas au il",
    "es": "el la los las que y en es por con una para del se no su",
    "it": "il di che è la per un una con non del della sono si le gli",
    "pt": "o de que e do da em um uma para com não os no na mais",
    "nl": "de het een van en is dat in op te met niet voor zijn aan die",
    "tr": "ve bir bu da de için ile olarak çok daha gibi olan sonra ne",
    "pl": "i w na z się do nie to jest że o jak po od za dla",
    "sv": "och att det som en på är av för med den till inte om ett",
    "id": "yang dan di itu dengan untuk dari dalam tidak ini akan pada juga",
    "vi": "và của là có không được cho các một với trong những người",
}
"""The commonest small words of languages in the Latin script."""

ENOUGH_CHARS = 20
"""Less text than this shows no language."""

KANA_SHARE = 0.05
"""Japanese needs kana; a Chinese text that quotes a name has fewer."""

ENOUGH_WORDS, CLEARLY_MORE = 3, 1.5
"""So many small words, and so many times those of the declared language, overrule the declaration."""

CODE = lazy(r"^[a-z]{2,3}(?=$|[-_])")


def language(areas: Areas, title: Found[str] | None, declared: Declared) -> Found[str] | None:
    """The language as a simple code ("zh", "en"), or None where the text shows none."""
    text = areas.body if len(areas.body) >= ENOUGH_CHARS else f"{title.value if title else ''}\n{areas.body}"
    code = CODE.match((declared.language or "").strip().lower())
    written = of_text(text, code.group() if code else None)
    if written is None:
        return None
    return Found(written, META if code and code.group() == written and _script(text) == "latin" else BODY)


def of_text(text: str, stated: str | None = None) -> str | None:
    """The language of a text by its script and small words; `stated` settles what they leave open."""
    script = _script(text)
    if script is None:
        return None
    if script == "han":
        return "zh"
    if script == "kana":
        return "ja"
    if script == "latin":
        return _latin(text, stated)
    known = LANGUAGES[script]
    return stated if stated in known else known[0] if len(known) == 1 else None


def _script(text: str) -> str | None:
    counts = {name: _letters(text, name) for name in EASTERN}
    east = sum(counts.values())
    if 2 * east < len(text):
        counts |= {name: _letters(text, name) for name in SCRIPTS if name not in EASTERN}
    best, most = max(counts.items(), key=lambda item: item[1])
    if max(most, east) < ENOUGH_CHARS:
        return None
    if east >= most:
        return "kana" if counts["kana"] > KANA_SHARE * east else "han"
    return best


def _letters(text: str, script: str) -> int:
    """How many letters of a script a text has, dense ones weighed."""
    return sum(map(len, SCRIPTS[script].findall(text))) * DENSE.get(script, 1)


def _latin(text: str, stated: str | None) -> str | None:
    words = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {code: sum(words[word] for word in small.split()) for code, small in SMALL_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    if stated in {"zh", "ja", "ko", *(code for codes in LANGUAGES.values() for code in codes)}:
        stated = None
    if stated and (scores[best] < ENOUGH_WORDS or scores[best] <= CLEARLY_MORE * scores.get(stated, scores[best])):
        return stated
    return best if scores[best] >= ENOUGH_WORDS else None
