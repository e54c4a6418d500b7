"""Everything that a person sees on standard error: what failed, what to know, and why each block was kept or dropped.

Page text and file names are data from strangers: no control character of theirs reaches a terminal, and nothing in
them is read as markup.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from newsclean.batch import Outcome
from newsclean.models import CONTENT_ROLES, Article, LabelledBlock, Role
from newsclean.patterns import lazy

if TYPE_CHECKING:
    from rich.console import Console

UNSAFE = lazy(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What steers a terminal (control characters), turns the reading direction round, or cannot be written (surrogates)."""

FACTS = (
    "title", "subtitle", "source", "authors", "editors", "date", "modified",
    "breadcrumb", "site", "url", "language", "description", "keywords",
)  # fmt: skip
"""The fields of metadata that are shown, in the order in which a reader checks them."""

EXCERPT = 160
"""Characters of a block that are shown: enough to find it on the page."""

UNBOUNDED = 1 << 24
"""Columns where no terminal limits them: lines in a file or a pipe are neither cut nor wrapped."""

ROLE_WIDTH = max(len(role.value) for role in Role)
"""Columns for the name of a role."""

KEPT = "+"
"""Stands before every block that is in the output, so that the verdict can be read without colour."""

STYLES = {True: "green", False: "dim"}
"""How kept and dropped blocks look in colour."""


def safe(text: str) -> str:
    """Return `text` on one line, with every character that a terminal would obey replaced."""
    return UNSAFE.sub("\ufffd", " ".join(text.split()))


def say(text: str) -> None:
    """Write one line to standard error, under newsclean's name."""
    write(f"newsclean: {safe(text)}\n")


def write(text: str) -> None:
    """Write to standard error, if there is one."""
    if sys.stderr is not None:
        sys.stderr.write(text)
        sys.stderr.flush()


class View(NamedTuple):
    """What the user wants to see beside failures."""

    quiet: bool = False
    verbose: bool = False
    explain: bool = False


def note(lines: Iterable[str], view: View) -> None:
    """Say what is worth knowing before a run, unless silence was asked for."""
    if not view.quiet:
        for line in lines:
            say(line)


def report(outcomes: Iterable[Outcome], view: View, many: bool) -> int:
    """Tell of every outcome, and sum up where there are many; returns how many inputs gave no article."""
    done = unsure = failed = 0
    for outcome in outcomes:
        tell(outcome, view, many)
        done, failed = done + (outcome.error is None), failed + (outcome.error is not None)
        unsure += is_unsure(outcome)
    if many and not view.quiet:
        say(summary(done, unsure, failed))
    return failed


def is_unsure(outcome: Outcome) -> bool:
    """Whether an article was written that carries a warning of low confidence."""
    if outcome.article is None or outcome.error is not None:
        return False
    from newsclean.article import UNSURE  # an article was made, so its module is there

    return outcome.article.confidence < UNSURE


def summary(done: int, unsure: int, failed: int) -> str:
    """Return the line that ends a run over several inputs."""
    parts = [counted(done, "article")]
    if unsure:
        parts.append(f"{unsure:,} of low confidence")
    if failed:
        parts.append(f"{counted(failed, 'input')} without")
    return ", ".join(parts)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tell(outcome: Outcome, view: View, many: bool) -> None:
    """Tell what there is to tell of one outcome."""
    if outcome.article is not None and view.explain:
        explain(outcome.name, outcome.article)
    if outcome.error is not None:
        say(f"{outcome.name}: {outcome.error}")
    if outcome.trace is not None and view.verbose:
        say_trace(outcome.trace)
    if outcome.article is not None and outcome.error is None:
        tell_article(outcome.name, outcome.article, view, many)


def tell_article(name: str, article: Article, view: View, many: bool) -> None:
    """Tell the warnings of an article that was written (of many only on request), and with -v what it was read as."""
    if view.verbose:
        decoded = article.decoded
        say(f"{name}: {decoded.encoding} ({decoded.reason}), confidence {article.confidence:.2f}")
    if view.verbose or not (many or view.quiet):
        for warning in article.warnings:
            say(f"{name}: {warning}")


def say_trace(trace: str) -> None:
    """Show a traceback, indented."""
    write("".join(f"  {safe_line(line)}\n" for line in trace.splitlines()))


def safe_line(line: str) -> str:
    """Return a line made safe, its indentation kept."""
    return " " * (len(line) - len(line.lstrip(" "))) + safe(line)


def explain(name: str, article: Article) -> None:
    """Show how a page was read and judged: encoding, metadata with origins, and every block with its verdict."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, markup=False, highlight=False, emoji=False, width=explain_width())
    console.print(Text(safe(name), style="bold"))
    for label, value, origin in facts(article):
        console.print(
            Text.assemble((f"  {label:<12}", "cyan"), safe(value), (f"  [{safe(origin)}]" if origin else "", "dim"))
        )
    console.print(Text(f"  {counted(len(article.labels), 'block')}, those that are kept marked {KEPT}", style="dim"))
    for labelled in article.labels:
        explain_block(console, labelled)


def explain_width() -> int | None:
    """Return the columns of an explanation; None leaves it to the terminal, or to COLUMNS where that is set."""
    on_terminal = sys.stderr is not None and sys.stderr.isatty()
    return None if on_terminal or os.environ.get("COLUMNS") else UNBOUNDED


def excerpt(text: str) -> str:
    """Return the beginning of a block's text, made safe; an ellipsis shows that there is more."""
    return safe(text if len(text) <= EXCERPT else text[: EXCERPT - 1] + "…")


def explain_block(console: Console, labelled: LabelledBlock) -> None:
    """Show one block in two lines: the verdict with the beginning of its text, and the reason."""
    from rich.padding import Padding
    from rich.text import Text

    from newsclean.label.explain import reason

    kept = labelled.role in CONTENT_ROLES
    head = f"{KEPT if kept else ' '} {labelled.role.value:<{ROLE_WIDTH}} {labelled.confidence:4.2f}  "
    text = excerpt(labelled.block.text) or f"({labelled.block.kind.value})"
    console.print(Text.assemble((head, STYLES[kept]), text), no_wrap=True, overflow="ellipsis")
    console.print(Padding(Text(safe(reason(labelled)), style="dim"), (0, 0, 0, len(head)), expand=False))


def facts(article: Article) -> Iterator[tuple[str, str, str | None]]:
    """Yield what was found out about a page: a label, the value, and where it was read."""
    decoded, origins = article.decoded, dict(article.metadata.origins)
    replaced = f", {counted(decoded.replaced, 'character')} replaced" if decoded.replaced else ""
    yield "encoding", decoded.encoding + replaced, decoded.reason
    yield "confidence", f"{article.confidence:.2f}", None
    known = article.to_dict()
    for field in FACTS:
        if known[field]:
            value = known[field]
            yield field, value if isinstance(value, str) else ", ".join(value), origins.get(field)
    for repair in article.repairs:
        yield "repaired", repair, None
    for warning in article.warnings:
        yield "warning", warning, None
