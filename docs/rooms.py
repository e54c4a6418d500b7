"""The picture of the rooms in docs/architecture.md, drawn from what the modules import: `python docs/rooms.py`.

Rooms stand in the order of `tests/test_rooms.py`. A line leads from a room up to one that it imports; it is left out
where a way over other rooms leads there too, or nobody could follow it.
"""

from __future__ import annotations

import ast
import re
import sys
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from test_rooms import PACKAGE, ROOMS, dotted, imported, is_module, modules, room_of

PICTURE = Path(__file__).parent / "images" / "rooms.svg"

ROW, TOP, WIDTH = 26, 20, 860
"""Height of a room, room above the first one, width of the picture."""

NAME, ABOUT = 236, 372
"""Where the names begin, and what is said of them."""

REACH, BEND, WIDEST = 14, 13, 216
"""How far to the left a line between neighbours bends, how much more for each room between, and the most."""

STYLE = """
text { font: 14px ui-monospace, Menlo, Consolas, monospace; fill: #1f2328 }
.about { font: 13px system-ui, sans-serif; fill: #59636e }
.many { font-weight: bold }
path { fill: none; stroke: #2563a8; stroke-width: 1.3; opacity: .6 }
circle { fill: #2563a8 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .about { fill: #9198a1 } path { stroke: #79b8ff } circle { fill: #79b8ff }
}
"""
"""Readable on light and dark pages; a room of several modules is bold."""


def needs() -> list[set[int]]:
    """For each room, by its number, the numbers of the rooms that it imports."""
    rank = {name: number for number, names in enumerate(ROOMS) for name in names.split()}
    found: list[set[int]] = [set() for _ in ROOMS]
    for path in modules():
        if (own := room_of(dotted(path))) is None:
            continue
        others = {room for name in imported(path) if (room := room_of(name)) is not None}
        found[rank[own]] |= {rank[room] for room in others if is_module(f"newsclean.{room}")} - {rank[own]}
    return found


def shortened(direct: list[set[int]]) -> list[set[int]]:
    """The same without the rooms that are reached over another one; all stand in an order, so none is in a circle."""
    reached: list[set[int]] = []
    for rooms in direct:
        reached.append(rooms.union(*(reached[room] for room in rooms)))
    return [rooms - set().union(*(reached[room] for room in rooms)) for rooms in direct]


def files(room: str) -> list[Path]:
    """The modules of a room."""
    return [path for path in modules() if room_of(dotted(path)) in room.split()]


def about(room: str) -> str:
    """What the docstring says first of the room: that of the package, or of the module that is named last."""
    name = room.rsplit(maxsplit=1)[-1]
    package = PACKAGE / name / "__init__.py"
    path = package if package.exists() else PACKAGE / f"{name}.py"
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return re.split("[:,] |\\.?\n|\\.$", said)[0].replace("`", "")


def middle(number: int) -> int:
    """The height at which the line of a room stands."""
    return TOP + ROW * number


def line(lower: int, upper: int) -> str:
    """The bow from a room up to one that it imports."""
    left = NAME - 8 - min(WIDEST, REACH + BEND * (lower - upper))
    start, end = middle(lower), middle(upper)
    return (
        f'<path d="M{NAME - 8} {start}C{left} {start} {left} {end} {NAME - 8} {end}">'
        f"<title>{ROOMS[lower].split()[-1]} imports {ROOMS[upper].split()[-1]}</title></path>"
    )


def label(number: int, room: str) -> str:
    """The name of a room and what it is for."""
    count = len(files(room))
    name, said = room.rsplit(maxsplit=1)[-1] + ("/" if (PACKAGE / room).is_dir() else ""), about(room)
    many = ' class="many"' if count > 1 else ""
    more = f" ({count} modules)" if count > 1 else ""
    height = middle(number) + 5
    return (
        f'<circle cx="{NAME - 8}" cy="{middle(number)}" r="2.5"/>'
        f'<text x="{NAME}" y="{height}"{many}>{escape(name)}</text>'
        f'<text x="{ABOUT}" y="{height}" class="about">{escape(said + more)}</text>'
    )


def picture() -> str:
    """The whole picture as SVG."""
    lines = [line(lower, upper) for lower, rooms in enumerate(shortened(needs())) for upper in sorted(rooms)]
    labels = [label(number, room) for number, room in enumerate(ROOMS)]
    height = middle(len(ROOMS)) - ROW + TOP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    title = "<title>The rooms of newsclean: each imports only from those above it</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", *lines, *labels, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), "utf-8", newline="\n")
