"""A verdict in words: which signals weighed most, read off the numbers that the verdict was made of."""

from __future__ import annotations

from newsclean.label.model import passes
from newsclean.models import BODY_ROLES, LabelledBlock

MOST = 3
"""So many signals explain a verdict."""

LEAST = 0.15
"""What adds less to a score, in log-odds, is not worth a word."""


def reason(labelled: LabelledBlock) -> str:
    """Name the signals that weighed most in the direction of the verdict, as "long (+1.2), no links (+0.8)"."""
    if not labelled.signals:
        return "no signals"
    kept = labelled.role in BODY_ROLES
    last = passes(dump=labelled.block.tag == "")[-1]
    telling = [item for item in last.additions(labelled.signals) if (item[2] > 0) == kept and abs(item[2]) >= LEAST]
    return ", ".join(f"{name} {value:.2g} ({added:+.1f})" for name, value, added in telling[:MOST]) or "nothing telling"
