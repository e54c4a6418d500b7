"""What the user named → the pages in it, one at a time and in a fixed order.

Two steps, so that millions of files need no more memory than one: `find` walks the inputs and says which files hold
pages, `read` opens one of them. Compressions and containers are told by how their content begins, never by name
alone, and stand in the two tables of `sources/table.py`: one module each, added by one line.
"""

from newsclean.sources.files import Found, find, plainly, shown
from newsclean.sources.places import STDIN
from newsclean.sources.table import read

__all__ = ["STDIN", "Found", "find", "plainly", "read", "shown"]
