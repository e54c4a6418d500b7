"""Saved news pages and text dumps in, the clean article out.

>>> import newsclean
>>> page = '''<html><head><title>Ferry to Ashcombe runs again - The Harbour Post</title></head><body>
... <div class="nav"><a href="/">Home</a> <a href="/news">News</a></div>
... <article><h1>Ferry to Ashcombe runs again</h1><p class="byline">By Nora Whitlock, 3 March 2024</p>
... <p>The ferry between Ashcombe and the north pier has been running again since Sunday, seven months after a storm
... tore its landing stage from the rocks and left the village with a drive of two hours.</p>
... <p>The parish paid for the new stage with a loan that it will pay back by 2031, and the crossing still costs
... what it did before the storm, the harbour master said when the first cars came ashore.</p></article>
... <div class="foot"><a href="/about">About us</a> <a href="/legal">Legal notice</a></div></body></html>'''
>>> article = newsclean.clean(page)
>>> article.title
'Ferry to Ashcombe runs again'
>>> article.metadata.authors, article.metadata.date
(('Nora Whitlock',), '2024-03-03')
>>> article.text.splitlines()[0][:62]
'The ferry between Ashcombe and the north pier has been running'
>>> print(article.markdown[:30])
# Ferry to Ashcombe runs again
>>> sorted(article.to_dict())[:5]
['authors', 'breadcrumb', 'confidence', 'date', 'description']

`clean` takes the bytes of a file best, since it tells their encoding itself: `clean(Path("page.html").read_bytes())`.
It works offline, keeps nothing between calls, and can be called from several processes at once. A page without an
article gives an `Article` whose `text` is empty and whose `warnings` say so. What goes wrong raises a `NewscleanError`,
whose message is one line that says what to try.

Directories, archives and many pages at once are the business of the command, `newsclean --help`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.errors import NewscleanError as NewscleanError
    from newsclean.errors import UnknownChoiceError as UnknownChoiceError
    from newsclean.errors import UnknownEncodingError as UnknownEncodingError
    from newsclean.models import Article as Article
    from newsclean.models import Image as Image
    from newsclean.models import Metadata as Metadata
    from newsclean.record import clean_record as clean_record
    from newsclean.saved import clean as clean

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Image",
    "Metadata",
    "NewscleanError",
    "UnknownChoiceError",
    "UnknownEncodingError",
    "__version__",
    "clean",
    "clean_record",
]

_HOMES = {
    "Article": "models",
    "Image": "models",
    "Metadata": "models",
    "NewscleanError": "errors",
    "UnknownChoiceError": "errors",
    "UnknownEncodingError": "errors",
    "clean": "saved",
    "clean_record": "record",
}
"""Where what is offered here lives."""

if not TYPE_CHECKING:  # to a type checker, only what is named above exists

    def __getattr__(name: str) -> object:
        """Import what is offered when it is first asked for, so that `newsclean --version` starts fast."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"newsclean.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Return what is offered, for `help` and for shells."""
    return [*__all__, "__doc__", "__file__", "__name__", "__path__"]
