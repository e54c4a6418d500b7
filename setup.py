"""Compile the quick half of the package with mypyc, where that is possible; the same source runs uncompiled elsewhere.

Only wheels are compiled, so an editable install always runs the sources. `NEWSCLEAN_COMPILE` decides: 0 never, 1 or the
build fails, and unset where there is a compiler.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from setuptools import setup
from setuptools.command.build_ext import build_ext

PACKAGE = Path("src/newsclean")

COMPILED = ("segment/*.py", "label/*.py", "nesting.py", "open_*.py", "repair.py", "shallow.py", "tags.py")
"""What is compiled: loops over every block or tag of a page. What mostly matches patterns gains nothing by it."""

MYPY_OPTIONS = ("--config-file=", "--ignore-missing-imports")
"""Types have been checked before; the packages that are imported need not be installed to build."""

WANTED = os.environ.get("NEWSCLEAN_COMPILE")


class BuildIfPossible(build_ext):
    """Leaves the package as it is, all of it, where the compiler fails or there is none."""

    def run(self) -> None:
        """Compile all or nothing: half a group of modules could not be imported."""
        try:
            super().run()
        except Exception as error:
            if WANTED == "1":
                raise
            self.warn(f"newsclean is built uncompiled, which is slower: {error}")
            for extension in self.extensions:
                Path(self.get_ext_fullpath(extension.name)).unlink(missing_ok=True)


def extensions(scratch: str) -> list[object]:
    """The modules to compile, turned into C in `scratch`."""
    from mypyc.build import mypycify

    files = sorted(str(path) for pattern in COMPILED for path in PACKAGE.glob(pattern))
    return list(mypycify([*MYPY_OPTIONS, *files], target_dir=scratch, group_name="newsclean", debug_level="0"))


def main() -> None:
    """Build; a wheel in a directory of its own, so that nothing of an earlier build slips in."""
    if "bdist_wheel" not in sys.argv or WANTED == "0":
        setup()
        return
    with tempfile.TemporaryDirectory() as scratch:
        setup(
            ext_modules=extensions(scratch),
            cmdclass={"build_ext": BuildIfPossible},
            options={"build": {"build_base": scratch}},
        )


main()
