"""Draw the pictures of README.md from real runs: what `--explain` shows on a terminal, and what `--report` does.

    python docs/pictures.py

It needs Linux or macOS for the terminal, and Chromium for the report; the samples are what is cleaned. A test tells
when the terminal shows something else by now.
"""

from __future__ import annotations

import html
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from itertools import groupby
from pathlib import Path
from string import Template

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent

TERMINAL, REPORT = ROOT / "docs/images/terminal.svg", ROOT / "docs/images/report.png"

EXPLAINED = "newsclean --explain -o /dev/null samples/old-portal-gb2312/source.html"
"""What the terminal shows, run from the top of the repository."""

SAVED = {
    "login.html": "no-article/source.html",
    "poem.html": "poem/source.html",
    "lifts.txt": "browser-dump/source.txt",
    "harbour.html": "english-news/source.html",
    "bulb-factory.html": "modern-portal/source.html",
}
"""The folder that is reported on: samples, under names that are short; one holds no article, and one is doubtful."""

REPORTED = "newsclean saved/ -q -d clean/ --report report.html"
"""What makes the report, run beside that folder."""

OPENED = "lifts.txt"
"""The page of it that is shown block by block."""

COLUMNS = 80

ENVIRONMENT = {"COLUMNS": str(COLUMNS), "LINES": "24", "TERM": "xterm-256color"}

COLUMN_WIDTH = 12.2
"""Of rich's picture, in its units."""

TEXT = re.compile(
    r'<text class="(?P<look>\S+)" x="(?P<x>[\d.]+)" (?P<y>y="\S+") textLength="[^"]*"(?P<more>[^>]*)>(?P<chars>[^<]*)'
)
"""A run of characters in rich's picture."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

WIDTH, LIST, PAGE, GAP = 1060, 648, 860, 12
"""Of the picture, in pixels, and how high the list and the page below it are, with what is around and between them."""

VIEWS = """<!doctype html><style>
body { margin: ${gap}px; background: #d0d7de; }
iframe { display: block; width: 100%; border: 0; border-radius: 6px; margin-bottom: ${gap}px; }
</style>
<iframe src="report.html" style="height: ${list}px"></iframe>
<iframe src="report.html#$page" style="height: ${height}px"></iframe>
"""
"""The report twice: as it opens, and as a link of its list leaves it."""


def printed(command: str) -> str:
    """Run a command on a pseudo-terminal; return what it prints, colours included."""
    ours, its = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | ENVIRONMENT
    with subprocess.Popen(on_path(command), cwd=ROOT, env=environment, stdout=its, stderr=its) as process:
        os.close(its)
        shown = read(ours)
    os.close(ours)
    if process.returncode:
        sys.exit(f"{command}: exit code {process.returncode}")
    return shown.replace("\r\n", "\n")


def on_path(command: str) -> list[str]:
    """Split a command; ours is the one of this environment."""
    first, *others = shlex.split(command)
    return [str(Path(sys.executable).with_name(first)), *others]


def read(descriptor: int) -> str:
    """Read a pseudo-terminal to its end, which Linux tells by an error."""
    parts = []
    while part := read_some(descriptor):
        parts.append(part)
    return b"".join(parts).decode("utf-8")


def read_some(descriptor: int) -> bytes:
    """Read what there is; nothing at the end."""
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


def drawn(command: str, shown: str) -> str:
    """Draw what a command prints as SVG."""
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "green"), (f"{command}\n", "bold"), Text.from_ansi(shown)))
    return TEXT.sub(stretched, console.export_svg(title="newsclean", unique_id="newsclean"))


def stretched(text: re.Match[str]) -> str:
    """Give each CJK character two columns of a run: rich counts characters where it sets the length."""
    at = float(text["x"])
    pieces = []
    for columns, chars in groupby(html.unescape(text["chars"]), cell_len):
        piece = "".join(chars)
        length = columns * len(piece) * COLUMN_WIDTH
        place = f'x="{at:g}" {text["y"]} textLength="{length:g}"{text["more"]}'
        pieces.append(f'<text class="{text["look"]}" {place}>{html.escape(piece)}')
        at += length
    return "</text>".join(pieces)


def reported(folder: Path) -> Path:
    """Make the report in a folder; return a page with two views of it."""
    saved = folder / "saved"
    saved.mkdir()
    for name, sample in SAVED.items():
        shutil.copyfile(ROOT / "samples" / sample, saved / name)
    subprocess.run(on_path(REPORTED), cwd=folder, check=False, capture_output=True)  # one fails, as it should
    link = re.search(rf'<a href="#(p\d+)">(?:(?!</td>).)*saved/{OPENED}', (folder / "report.html").read_text("utf-8"))
    if link is None:
        sys.exit(f"{REPORTED}: {OPENED} is not in the report")
    views = folder / "views.html"
    views.write_text(Template(VIEWS).substitute(gap=GAP, list=LIST, page=link[1], height=PAGE), "utf-8")
    return views


def photograph(page: Path, picture: Path) -> None:
    """Let a browser show a page, and keep what it shows."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit(f"no browser for {picture.name}: install Chromium")
    window = f"--window-size={WIDTH},{LIST + PAGE + 3 * GAP}"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", window)
    subprocess.run([browser, *flags, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)


def main() -> None:
    """Make both pictures."""
    TERMINAL.write_text(drawn(EXPLAINED, printed(EXPLAINED)), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        photograph(reported(Path(folder)), REPORT)


if __name__ == "__main__":
    main()
