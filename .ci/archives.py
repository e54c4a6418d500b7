"""What is in the archives of a release, and nothing else: `python .ci/archives.py DIR`, from a clean checkout."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

MADE = {"PKG-INFO", "setup.cfg"}
"""What setuptools adds to a source archive, beside its `*.egg-info`."""

BESIDE = (".dist-info/", ".data/")
"""Directories of a wheel beside the package; mypyc adds a module of its own, too."""


def tracked(*paths: str) -> set[str]:
    """The files of the repository."""
    done = subprocess.run(["git", "ls-files", "-z", *paths], stdout=subprocess.PIPE, text=True, check=True)
    return set(filter(None, done.stdout.split("\0")))


def source_problems(archive: Path) -> list[str]:
    """What the source archive lacks of the repository, or has beyond it."""
    with tarfile.open(archive) as file:
        names = {member.name.partition("/")[2] for member in file if member.isfile()}
    held = {name for name in names if ".egg-info/" not in name} - MADE
    files = tracked()
    return [f"not in the source archive: {name}" for name in sorted(files - held)] + [
        f"should not be in the source archive: {name}" for name in sorted(held - files)
    ]


def wheel_problems(archive: Path) -> list[str]:
    """What the wheel lacks of the package, or has beyond it and its compiled modules."""
    names = set(zipfile.ZipFile(archive).namelist())
    files = {name.removeprefix("src/") for name in tracked("src")}
    compiled = {name for name in names if name.endswith((".so", ".pyd"))}
    extra = {name for name in names - files - compiled if not any(part in name for part in BESIDE)}
    problems = [f"not in the wheel: {name}" for name in sorted(files - names)]
    problems += [f"should not be in the wheel: {name}" for name in sorted(extra)]
    if not any(name.endswith(".dist-info/licenses/LICENSE") for name in names):
        problems.append("the wheel has no LICENSE")
    if not any(name.startswith("newsclean/segment/html.") for name in compiled):
        problems.append("nothing in the wheel is compiled")
    return problems


def main(directory: Path) -> None:
    """Check the source archive and the compiled wheel in a directory."""
    (source,), (wheel,) = directory.glob("*.tar.gz"), directory.glob("*.whl")
    if problems := source_problems(source) + wheel_problems(wheel):
        sys.exit("\n".join(problems))
    print(f"{source.name} and {wheel.name} hold what they should")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
