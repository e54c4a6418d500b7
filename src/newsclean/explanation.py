"""How a page was read and judged, on a terminal: facts with their origins, and every block with its verdict.

Lines are fitted to the terminal, in columns as it counts them: a Chinese character takes two. What colour tells is also
told without it: kept blocks are marked, and their place, role and confidence are in words.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsclean.account import certainty, counted, cut, excerpt, facts, gist, is_kept, least, runs
from newsclean.characters import one_line as safe
from newsclean.models import Article, LabelledBlock, Role
from newsclean.stderr import steady

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

UNBOUNDED = 1 << 24
"""Columns where no terminal limits them: lines in a file or a pipe are neither cut nor wrapped."""

INDENT = 2
"""Columns before the lines that go on with what began at the margin, which is the name of the page alone."""

FACT_WIDTH = 14
"""Columns for the name of a fact."""

ROLE_WIDTH = max(len(role.value) for role in Role)
"""Columns for the name of a role."""

KEPT = "+"
"""Stands before every block that is in the output, so that the verdict can be read without colour."""

MARK_STYLES = {True: "bold green", False: "dim"}
TEXT_STYLES = {True: "bold", False: "dim"}
"""How the verdicts and the texts of kept and dropped blocks look in colour."""

END = 12
"""Characters of the first and the last block of a run that is folded: enough to find them on the page."""


def explain(name: str, article: Article, is_whole: bool = False) -> None:
    """Show how a page was read and judged; long runs of boilerplate are folded, unless all is wanted."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=steady(), markup=False, highlight=False, emoji=False, width=width())
    show(console, Text(), Text(safe(name), style="bold"))
    for fact in facts(article):
        told = Text.assemble(safe(fact.value), (f"  [{safe(fact.origin)}]" if fact.origin else "", "dim"))
        show(console, Text.assemble((f"  {fact.name:<{FACT_WIDTH - 2}}", "cyan")), told)
    shown = [(one,) for one in article.labels] if is_whole else list(runs(article.labels))
    show(console, Text("  "), Text(heading(article.labels, len(shown) < len(article.labels)), style="dim"))
    for run in shown:
        show_block(console, run[0]) if len(run) == 1 else show_run(console, run)


def width() -> int | None:
    """Return the columns of an explanation; None leaves it to the terminal, or to COLUMNS where that is set."""
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    return None if on_terminal or os.environ.get("COLUMNS") else UNBOUNDED


def heading(labels: Sequence[LabelledBlock], is_folded: bool) -> str:
    """Return the line above the blocks."""
    kept = sum(map(is_kept, labels))
    return (
        f"{counted(len(labels), 'block')}, {kept:,} kept (marked {KEPT}){'; -v unfolds the rest' if is_folded else ''}"
    )


def show(console: Console, head: Text, body: Text, is_cut: bool = False) -> None:
    """Show a text behind its head, wrapped below itself or, if it is to be one line, cut."""
    indent = max(head.cell_len, INDENT)
    room = max(console.width - indent, 1)
    if is_cut:
        body.truncate(room, overflow="ellipsis")
    for number, line in enumerate([body] if body.cell_len <= room else body.wrap(console, room)):
        line.rstrip()
        console.print((type(head)(" " * indent) if number else head) + line, soft_wrap=True)


def show_block(console: Console, labelled: LabelledBlock) -> None:
    """Show one block: the verdict with the beginning of its text, and below it the reason."""
    from rich.text import Text

    from newsclean.label.explain import reason

    kept = is_kept(labelled)
    head = f"{KEPT if kept else ' '} {labelled.role.value:<{ROLE_WIDTH}} {certainty(labelled)}  "
    show(console, Text(head, style=MARK_STYLES[kept]), Text(excerpt(labelled), style=TEXT_STYLES[kept]), is_cut=True)
    show(console, Text(" " * len(head)), Text(safe(reason(labelled)), style="dim"))


def show_run(console: Console, run: Sequence[LabelledBlock]) -> None:
    """Show a run of boilerplate: what it is, the least confidence in it, and between which texts it lies."""
    from rich.text import Text

    first, last = (cut(one.block.text, END) or f"({one.block.kind.value})" for one in (run[0], run[-1]))
    head = f"  {'…':<{ROLE_WIDTH}} {least(run):4.2f}  "
    show(console, Text(head, style="dim"), Text(f"{gist(run)}: {first} … {last}", style="dim"), is_cut=True)
