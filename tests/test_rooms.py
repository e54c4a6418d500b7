"""The order of the rooms: a module imports only from what stands above it, so that data flows one way."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import newsclean

PACKAGE = Path(newsclean.__file__).parent

ROOMS = (
    "patterns",
    "characters",
    "collector",
    "models",
    "errors",
    "charsets charset_letters charset_judge charset_repair charset_contest decode",
    "tags",
    "html_source",
    "unclosed",
    "naming",
    "open_stack open_formatting open_tables open_elements shallow",
    "nesting",
    "page",
    "segment",
    "label",
    "metadata",
    "repair",
    "account",
    "render",
    "article",
    "joining",
    "second_opinion",
    "pipeline",
    "sources",
    "saved",
    "whole",
    "sinks",
    "batch",
    "record",
    "scale",
    "stderr",
    "progress",
    "explanation",
    "console",
    "option_types",
    "settings",
    "options",
    "command",
    "cli",
    "__main__",
)
"""From the top of the house to its door; modules that share a line are one room and may use each other."""

RANK = {name: rank for rank, names in enumerate(ROOMS) for name in names.split()}

HEAVY = ("rich", "chardet", "readability", "lxml", "dask", "distributed", "fsspec", "pyarrow")
"""What must not be imported before it is used."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "newsclean" and len(parts) > 1 else None


def imported(path: Path) -> Iterator[str]:
    """All modules that a file imports, inside functions too; `from newsclean import x` as `newsclean.x`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            raise AssertionError(f"{path}: relative imports hide the room that they come from")


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_every_module_stands_in_a_room() -> None:
    unplaced = {dotted(path) for path in modules() if path.parent != PACKAGE or path.name != "__init__.py"}
    assert {name for name in unplaced if room_of(name) not in RANK} == set()


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_imports_go_up_only(path: Path) -> None:
    own = room_of(dotted(path))
    if own is None:
        pytest.skip("the package itself only names what it offers")
    rooms = {room for name in imported(path) if (room := room_of(name)) is not None and is_module(f"newsclean.{room}")}
    assert {room for room in rooms if RANK[room] > RANK[own]} == set()


def test_modules_import_each_other_in_no_circle() -> None:
    needs = {
        dotted(path): set(local_imports(path)) - {dotted(path)} for path in modules() if dotted(path) != "newsclean"
    }
    while needs:
        free = {name for name, others in needs.items() if not others & needs.keys()}
        assert free, f"these import each other: {sorted(needs)}"
        needs = {name: others for name, others in needs.items() if name not in free}


def local_imports(path: Path) -> Iterator[str]:
    """The package's own modules that a file imports; a package's `__init__` only where a name comes from it."""
    for name in imported(path):
        if name.startswith("newsclean."):
            yield name if is_module(name) else name.rpartition(".")[0]


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_no_module_is_too_long_to_be_read_at_one_go(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_only_one_module_knows_readability() -> None:
    users = {
        dotted(path)
        for path in modules()
        if any(name.split(".")[0] in {"readability", "lxml"} for name in imported(path))
    }
    assert users <= {"newsclean.second_opinion"}


@pytest.mark.parametrize("statement", ["import newsclean", "from newsclean import clean"])
def test_importing_the_package_imports_nothing_heavy(statement: str) -> None:
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & {name.split(".")[0] for name in done.stdout.split()}
