"""Compile the quick half of the package with mypyc, where that is possible; the same source runs uncompiled elsewhere.

Only wheels are compiled, so an editable install always runs the sources. `NEWSCLEAN_COMPILE` decides: 0 never, 1 or the
build fails, and unset where there is a compiler.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_ext import build_ext

PACKAGE = Path("src/newsclean")

COMPILED = ("segment", "label", "metadata", "render", "repair.py", "article.py", "decode.py", "charset*.py")
"""What is compiled: where the time of a page goes. The rest waits for files and people."""

OPTIONS = ["--config-file=", "--ignore-missing-imports"]
"""For mypy: types have been checked before; the packages that are imported need not be installed to build."""

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
            self.warn(f"newsclean is installed uncompiled, which is slower: {error}")
            for extension in self.extensions:
                Path(self.get_ext_fullpath(extension.name)).unlink(missing_ok=True)
            self.extensions = []


def modules() -> list[str]:
    """The files to compile."""
    return sorted(str(path) for pattern in COMPILED for path in PACKAGE.glob(pattern))


def extensions() -> list[object]:
    """The C code of the modules, if a wheel is being built and nobody objects."""
    if "bdist_wheel" not in sys.argv or WANTED == "0":
        return []
    from mypyc.build import mypycify

    return list(mypycify([*OPTIONS, *modules()], opt_level="2", debug_level="0", group_name="newsclean"))


setup(ext_modules=extensions(), cmdclass={"build_ext": BuildIfPossible})
