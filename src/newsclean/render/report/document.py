"""The report as a document: the list of pages, the most doubtful first, and a section for each that is shown whole.

Each piece is text that is written as it comes. Style and script stand in the page and are allowed by their digests
alone; nothing else may run, load or be sent.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import NamedTuple

from newsclean.account import cut
from newsclean.render.report.section import Section

NAME = 300
"""Characters of a name or a remark that are shown."""

FIRST, LAST = "-1", "2"
"""What pages without a confidence are sorted by: failures come first, what was not cleaned in this run last."""

LOW, HIGH = 0.5, 0.8
"""Confidences below and above these are marked: an article below the first one is given with a warning."""


class Row(NamedTuple):
    """One page in the list. `number` is its place among the inputs, `confidence` None where it was not cleaned."""

    number: int
    name: str
    status: str
    confidence: float | None = None
    title: str | None = None
    characters: int = 0
    remark: str | None = None
    is_failure: bool = False


class Part(NamedTuple):
    """One page that is shown whole; its neighbours in the list lead on from it."""

    row: Row
    section: Section


def data(name: str) -> str:
    """Return a data file of this package."""
    return files(__package__).joinpath(name).read_text("utf-8")


def opening(title: str, summary: str) -> str:
    """Return the document up to its content. The digests are those of what stands between the tags, to the byte."""
    style, script = data("report.css"), data("report.js")
    return Template(data("opening.html")).substitute(
        style=style, script=script, style_digest=digest(style), script_digest=digest(script),
        title=escape(cut(title, NAME)), summary=escape(summary),
    )  # fmt: skip


CLOSING = "</main>\n</body>\n</html>\n"


def digest(text: str) -> str:
    """Return what a Content-Security-Policy names an inline style or script by."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def listed(rows: Sequence[Row], shown: frozenset[int], note: str) -> Iterator[str]:
    """Yield the list of pages; the numbers in `shown` have a section, to which their rows lead."""
    yield Template(data("list.html")).substitute(note=escape(note))
    yield from (_row(row, row.number in shown) for row in rows)
    yield "</tbody></table></section>\n"


def _row(row: Row, is_shown: bool) -> str:
    """One row of the list."""
    name, title = escape(cut(row.name, NAME)), escape(cut(row.title or "", NAME))
    label = f"<bdi>{title or name}</bdi>"
    lines = [f'<a href="#p{row.number}">{label}</a>' if is_shown else label]
    lines += [f"<small><bdi>{name}</bdi></small>"] if title else []
    lines += [f'<small class="remark">{escape(cut(row.remark, NAME))}</small>'] if row.remark else []
    cells = (
        f'<td role="cell" data-key="{key(row)}">{certainty(row)}</td>',
        f'<td role="cell" data-key="{row.number}">{"<br>".join(lines)}</td>',
        f'<td role="cell">{escape(row.status)}</td>',
        f'<td role="cell" data-key="{row.characters}">{f"{row.characters:,}" if row.characters else "–"}</td>',
    )
    return f'<tr role="row" class="{grade(row)}" id="r{row.number}">{"".join(cells)}</tr>\n'


def certainty(row: Row) -> str:
    """Return the confidence of a page as it is shown."""
    return "–" if row.confidence is None or row.is_failure else f"{row.confidence:.2f}"


def key(row: Row) -> str:
    """Return what a page is sorted by, from the most doubtful to the least."""
    if row.is_failure:
        return FIRST
    return LAST if row.confidence is None else f"{row.confidence:.4f}"


def grade(row: Row) -> str:
    """Return how a page is marked."""
    if row.is_failure:
        return "failed"
    if row.confidence is None:
        return "unseen"
    return "low" if row.confidence < LOW else "high" if row.confidence > HIGH else "middle"


def sections(parts: Sequence[Part], is_list: bool) -> Iterator[str]:
    """Yield the sections; one is all that is shown where there is no list, else the one that a link leads to."""
    for place, part in enumerate(parts):
        before = parts[place - 1].row if place else None
        after = parts[place + 1].row if place + 1 < len(parts) else None
        yield _section(part, _links(part.row, before, after) if is_list else "")


def _links(row: Row, before: Row | None, after: Row | None) -> str:
    """What leads on from a section."""
    links = [f'<a href="#p{before.number}">Previous page</a>' if before else "<span>First of these pages</span>"]
    links += [f'<a href="#r{row.number}">All pages</a>']
    links += [f'<a href="#p{after.number}">Next page</a>' if after else "<span>Last of these pages</span>"]
    return f'<nav aria-label="Pages">{" ".join(links)}</nav>\n'


def _section(part: Part, links: str) -> str:
    """The section of one page."""
    row, number = part.row, part.row.number
    told = f"{row.status}, confidence {certainty(row)}" if not row.is_failure else row.status
    remark = f'\n<p class="remark">{escape(cut(row.remark, NAME))}</p>' if row.remark else ""
    return (
        f'<section class="page{"" if links else " alone"}" id="p{number}" aria-labelledby="h{number}">\n{links}'
        f'<h2 id="h{number}" tabindex="-1"><bdi>{escape(cut(row.name, NAME))}</bdi></h2>\n'
        f'<p class="came {grade(row)}">{escape(told)}. <a href="#b{number}">Skip the blocks</a></p>{remark}\n'
        f'<div class="sides"><div><h3>The page, block by block</h3>\n{part.section.blocks}\n</div>\n'
        f'<div id="b{number}" tabindex="-1"><h3>The result</h3>\n{part.section.result}\n</div></div>\n</section>\n'
    )
