"""newsclean: saved news pages and text dumps in, the clean article out.

from newsclean import clean
article = clean(data)
article.title, article.text, article.markdown, article.to_dict()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.models import Article as Article
    from newsclean.pipeline import clean as clean
    from newsclean.record import clean_record as clean_record

__version__ = "0.1.0"
__all__ = ["Article", "__version__", "clean", "clean_record"]


def __getattr__(name: str) -> object:
    """Import the pipeline when it is first asked for, so that `newsclean --version` starts fast."""
    if name == "clean":
        from newsclean.pipeline import clean

        return clean
    if name == "clean_record":
        from newsclean.record import clean_record

        return clean_record
    if name == "Article":
        from newsclean.models import Article

        return Article
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
