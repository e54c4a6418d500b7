"""A verdict in words: the rule that named the role, and the signals that weighed most in the score.

All is read off the numbers that the verdict was made of, when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsclean.label.items import AWAY, Item
from newsclean.label.model import passes
from newsclean.label.roles import ADOPTED, BOILERPLATE
from newsclean.models import BODY_ROLES, LabelledBlock, Role

MOST = 3
"""So many signals explain a verdict."""

TELLING = {
    Role.TITLE: ("is title", "heading"),
    Role.BYLINE: ("byline phrase", "credit phrase", "date"),
    Role.CAPTION: ("caption phrase",),
    Role.BREADCRUMB: ("separators",),
    Role.HEADING: ("heading",),
    **{role: tuple(name for name, what in BOILERPLATE.items() if what is role) for role in AWAY.values()},
}
"""The signals by which the rules name a role."""


def reason(labelled: LabelledBlock) -> str:
    """Say why a block has its role, as "legal phrase; units 1.9 (-0.4), since date 30 (-0.2)".

    Before the semicolon stands what named the role, behind it the signals that spoke most for or against body, with
    their values and what they added to the score in log-odds.
    """
    if not labelled.signals:
        return "no signals"
    kept = labelled.role in BODY_ROLES
    additions = passes(dump=labelled.block.tag == "")[-1].additions(labelled.signals)
    added = [item for item in additions if (item[2] > 0) == kept][:MOST]
    weighed = ", ".join(f"{name} {value:.2g} ({weight:+.1f})" for name, value, weight in added)
    return "; ".join(filter(None, (", ".join(_rule(labelled)), weighed)))


def _rule(labelled: LabelledBlock) -> Iterator[str]:
    """What named the role, beyond the score."""
    if labelled.role is Role.BODY and labelled.confidence == ADOPTED:
        yield "second opinion"
    item = Item(labelled.block, labelled.signals)
    yield from (name for name in TELLING.get(labelled.role, ()) if item.says(name))
