"""JSON: one object a line, or indented for people."""

from __future__ import annotations

import json

from newsclean.models import Article
from newsclean.patterns import lazy
from newsclean.render.structure import storable

LINE_ENDS = lazy("[\x7f-\x9f\u2028\u2029]")
"""Characters that JSON allows within a string and that some readers take for the end of a line, or cannot show."""


def line(article: Article) -> str:
    """The article as one line of JSON, ending in its newline."""
    return _safe(json.dumps(article.to_dict(), ensure_ascii=False)) + "\n"


def page(article: Article) -> str:
    """The article as one JSON object, indented by two, ending in a newline."""
    return _safe(json.dumps(article.to_dict(), ensure_ascii=False, indent=2)) + "\n"


def _safe(text: str) -> str:
    """JSON that is one line for every reader of lines, and that UTF-8 can hold."""
    return LINE_ENDS.sub(lambda match: f"\\u{ord(match[0]):04x}", storable(text))
