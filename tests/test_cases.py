"""Cases as data: one line of a page, and what the metadata must say when it stands there.

Each file in `cases/` holds cases for one language or kind. A case is a line (line feeds part several), where it stands,
and the fields that are checked; null and [] assert that nothing is said. Around the line a small page is built, with a
menu, a body, older related articles and a footer, once as HTML and once as a text dump. `head` adds declarations and
`html` is a whole page instead: these have no dump, nor has a case with `"dump": false`, whose `why` says the reason.
`known_failure` is a reason, or an object with a reason for "html" or "dump" alone: such a case must fail, and loses the
mark in the change that mends it.

All people, outlets, places and news are invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from newsclean import clean

HERE = Path(__file__).parent / "cases"
BODIES: dict[str, dict[str, Any]] = json.loads((HERE / "bodies.json").read_text(encoding="utf-8"))
"""The headline, paragraphs and surroundings of the page that is built, by language."""

FILES = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("*.json"))
    if path.stem != "bodies"
}
FIELDS = frozenset(
    "title subtitle source authors editors date modified "
    "breadcrumb site url language description keywords images".split()
)
KEYS = frozenset("line where head html language expect dump known_failure why".split())
PLACES = frozenset({"top", "first", "opening", "closing", "tail"})

Case = dict[str, Any]


def placed(case: Case, body: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """The lines of a page above its body, of the body, and behind it."""
    line, where = case["line"], case["where"]
    lines = line.split("\n") if line else []
    text = list(body["paragraphs"])
    if where == "opening":
        text[0] = line + text[0]
    if where == "closing":
        text[-1] += line
    text = lines + text if where == "first" else text
    return lines if where == "top" else [], text, lines if where == "tail" else []


def paragraphs(lines: list[str], words: str = "") -> str:
    opening = f'<p class="{words}">' if words else "<p>"
    return "\n".join(f"{opening}{escape(line)}</p>" for line in lines)


def html_page(case: Case) -> str:
    body = BODIES[case["language"]]
    if "html" in case:
        return "<!DOCTYPE html>\n" + "\n".join(case["html"]).replace("{body}", paragraphs(body["paragraphs"]))
    top, text, tail = placed(case, body)
    menu = " ".join(f'<a href="/{number}/">{word}</a>' for number, word in enumerate(body["menu"]))
    related = "".join(f'<li><a href="/a/{number}.html">{line}</a></li>' for number, line in enumerate(body["related"]))
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{body["title"]}_{body["site"]}</title>{"".join(case.get("head", []))}</head>
<body>
<div class="menu">{menu}</div>
<div class="main"><h1>{body["title"]}</h1>
{paragraphs(top, "info")}
<div class="article">
{paragraphs(text)}
</div>
{paragraphs(tail)}
</div>
<ul class="related">{related}</ul>
<div class="footer">{body["footer"]}</div>
</body></html>"""


def dump(case: Case) -> str:
    body = BODIES[case["language"]]
    top, text, tail = placed(case, body)
    menu, related = " ".join(body["menu"]), "\n".join(body["related"])
    return "\n\n".join([menu, body["title"], *top, *text, *tail, related, body["footer"]])


def params() -> Iterator[Any]:
    for name, file in FILES.items():
        for number, case in enumerate(file["cases"], 1):
            whole = {"language": file["language"], **case}
            forms = ["html"] if {"html", "head"} & set(case) or case.get("dump") is False else ["html", "dump"]
            for form in forms:
                reason = case.get("known_failure")
                reason = reason.get(form) if isinstance(reason, dict) else reason
                marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
                yield pytest.param(whole, form, id=f"{name}-{number}-{form}", marks=marks)


@pytest.mark.parametrize(("case", "form"), list(params()))
def test_what_a_line_says(case: Case, form: str) -> None:
    said = clean(dump(case) if form == "dump" else html_page(case), input_format="text" if form == "dump" else "html")
    wanted = case["expect"]
    assert {field: said.to_dict()[field] for field in wanted} == wanted, case.get("line", case.get("why"))


@pytest.mark.parametrize("language", BODIES)
def test_the_page_around_the_lines_is_read_as_an_article(language: str) -> None:
    case = {"line": "", "where": "top", "language": language}
    body = BODIES[language]
    shown, dumped = clean(html_page(case)), clean(dump(case))
    assert shown.text == "\n".join(body["paragraphs"])
    assert set(body["paragraphs"]) <= set(dumped.text.split("\n"))
    for article in (shown, dumped):
        meta = article.metadata
        assert (meta.title, meta.date, meta.authors, meta.source) == (body["title"], None, (), None)


def test_the_cases_are_well_formed_and_none_stands_twice() -> None:
    cases = [{"language": file["language"], **case} for file in FILES.values() for case in file["cases"]]
    for case in cases:
        assert set(case) <= KEYS, case
        assert case["expect"], case
        assert set(case["expect"]) <= FIELDS, case
        assert "html" in case or case["where"] in PLACES, case
        assert case.get("dump", True) or case.get("why"), case
    lines = [(case["language"], case["line"], case["where"], str(case.get("head"))) for case in cases if "line" in case]
    assert len(lines) == len(set(lines)) >= 220
