"""What the user named → the pages in it, one at a time and in a fixed order.

Two steps, so that millions of files need no more memory than one: `find` walks the inputs and says which files hold
pages, `read` opens one of them. Forms are told by how their content begins, never by name alone (`forms.py`):
compressions (`packings.py`), forms of one page (`singles.py`) and archives of many (`table.py`), one module each.
"""

from newsclean.sources.files import Found, Gather, Others, apart, find, plainly, shown
from newsclean.sources.forms import STDIN, is_container
from newsclean.sources.page import PAGE_LIMIT, Unreadable
from newsclean.sources.table import is_plain, read, read_bytes, read_stream

__all__ = [
    "PAGE_LIMIT",
    "STDIN",
    "Found",
    "Gather",
    "Others",
    "Unreadable",
    "apart",
    "find",
    "is_container",
    "is_plain",
    "plainly",
    "read",
    "read_bytes",
    "read_stream",
    "shown",
]
