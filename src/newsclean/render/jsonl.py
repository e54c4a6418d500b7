"""JSON: one object a line, or indented for people."""

from __future__ import annotations

import json
from typing import Any

from newsclean.characters import UNSAFE
from newsclean.models import Article
from newsclean.patterns import lazy
from newsclean.render.structure import storable

ESCAPED = lazy(f"[{UNSAFE}]")
"""Characters that JSON allows within a string, and that no terminal and no reader of lines should be given."""


def line(article: Article) -> str:
    """The article as one line of JSON, ending in its newline."""
    return one_line(article.to_dict())


def page(article: Article) -> str:
    """The article as one JSON object, indented by two, ending in a newline."""
    return _safe(json.dumps(article.to_dict(), ensure_ascii=False, indent=2)) + "\n"


def one_line(values: dict[str, Any]) -> str:
    """Plain data as one line of JSON, ending in its newline; it is one for every reader of lines."""
    return _safe(json.dumps(values, ensure_ascii=False)) + "\n"


def _safe(text: str) -> str:
    """JSON that UTF-8 can hold, with escapes for what is not to be seen raw."""
    return ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", storable(text))
