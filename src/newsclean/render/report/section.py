"""One page in the report: its blocks in order with their verdicts, and the article that was made of them.

What stands on the page is data: every piece of it is escaped, none is markup, and no image or link of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice
from typing import NamedTuple

from newsclean.account import certainty, counted, cut, excerpt, facts, gist, is_kept, least, runs
from newsclean.characters import one_line as safe
from newsclean.label.explain import reason
from newsclean.models import Article, Kind, LabelledBlock, Style
from newsclean.patterns import lazy
from newsclean.render import html
from newsclean.render.structure import storable

BLOCKS = 400
"""So many lines on blocks are shown of a page: more than articles have, and few enough for a browser."""

RUN_ENDS = 10
"""So many blocks are shown at either end of a run of boilerplate."""

CONTENT = 300
"""So many blocks of an article are shown: all but books have fewer."""

BLOCK_CHARS = 4000
"""A block of the article with more characters is cut: it is data that was taken for text, or a book in one piece."""

VALUE = 400
"""Characters of a piece of metadata that are shown."""

STYLE = Style(front_matter=False, links=False, images=False)
"""A report loads nothing and leads nowhere."""

HEADING = lazy("(</?h)([2-6])>")
"""A heading of the article, which stands below three levels of ours."""

LEVELS = 3


class Section(NamedTuple):
    """The two sides of a page's section, as HTML: its blocks, and what was made of them."""

    blocks: str
    result: str


def section(article: Article) -> Section:
    """Return what the report shows of a page."""
    return Section(storable("\n".join(_blocks(article))), storable("\n".join(_result(article))))


def _language(article: Article) -> str:
    language = article.metadata.language
    return f' lang="{escape(language)}"' if language else ""


def _blocks(article: Article) -> Iterator[str]:
    """The list of blocks, long runs of boilerplate folded."""
    yield f'<ol role="list"{_language(article)}>'
    shown = 0
    for run in islice(runs(article.labels), BLOCKS):
        yield _block(run[0]) if len(run) == 1 else _run(run)
        shown += len(run)
    if shown < len(article.labels):
        yield f'<li class="more" lang="en">… {counted(len(article.labels) - shown, "more block")}</li>'
    yield "</ol>"


def _block(labelled: LabelledBlock) -> str:
    """One block: verdict and text, and the reason, which shows when it is pointed at, focused or opened."""
    kept = "kept" if is_kept(labelled) else "dropped"
    role = labelled.role.value
    return (
        f'<li class="{kept} {role}"><details><summary><span class="verdict" lang="en"><b>{role}</b> '
        f'{certainty(labelled)}<i>, {kept}</i></span> <span class="text" dir="auto">{escape(excerpt(labelled))}'
        f'</span> <span class="why" lang="en">{escape(safe(reason(labelled)))}</span></summary></details></li>'
    )


def _run(run: Sequence[LabelledBlock]) -> str:
    """A run of boilerplate, folded."""
    cut_out = len(run) - 2 * RUN_ENDS
    ends = run if cut_out <= 0 else (*run[:RUN_ENDS], *run[-RUN_ENDS:])
    items = [_block(one) for one in ends]
    if cut_out > 0:
        items.insert(RUN_ENDS, f'<li class="more" lang="en">… {counted(cut_out, "more block")}</li>')
    told = f"{gist(run)}, dropped with {least(run):.2f} or more"
    opening = f'<li class="run"><details><summary lang="en">… {escape(told)}</summary><ol>'
    return "\n".join([opening, *items, "</ol></details></li>"])


def _result(article: Article) -> Iterator[str]:
    """The facts with their origins, which are checked first, and the article as it is written."""
    yield '<details class="facts" open><summary><h4>Metadata, and where it was read</h4></summary>\n<table>'
    for fact in facts(article):
        value = f'<td dir="auto">{escape(cut(fact.value, VALUE))}</td>'
        yield f'<tr><th scope="row">{fact.name}</th>{value}<td>{escape(safe(fact.origin or ""))}</td></tr>'
    yield "</table></details>"
    yield from _article(article) if article.text else ['<p class="more">Nothing was kept.</p>']


def _article(article: Article) -> Iterator[str]:
    """The article, its headings below ours, with the captions of its pictures, which are not loaded."""
    yield f'<article{_language(article)} dir="auto">'
    if article.title:
        yield f"<h4>{escape(cut(article.title, VALUE))}</h4>"
    content = [_shortened(one) for one in article.content[:CONTENT] if one.block.kind is not Kind.IMAGE]
    yield HEADING.sub(_lower, html.body(content, STYLE))
    yield "</article>"
    if len(article.content) > CONTENT:
        yield f'<p class="more">… {counted(len(article.content) - CONTENT, "more block")}</p>'


def _lower(match: re.Match[str]) -> str:
    return f"{match[1]}{min(int(match[2]) + LEVELS, 6)}>"


def _shortened(labelled: LabelledBlock) -> LabelledBlock:
    """A block of the article, cut where it is a book."""
    block = labelled.block
    if len(block.text) <= BLOCK_CHARS:
        return labelled
    return labelled._replace(block=block._replace(text=block.text[:BLOCK_CHARS] + "…", spans=(), cells=()))
