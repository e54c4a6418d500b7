"""readability-lxml is asked where our own labeller finds nothing, and only then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from newsclean.label import roles
from newsclean.models import Block, LabelledBlock, Role
from newsclean.second_opinion import region

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "modern-portal" / "source.html"

TEXT = "渡口的船工说，桥修好以后他打算留下那条船，等孙子放假回来，再带他到河心看一看对岸的灯。" * 3


def test_the_region_holds_the_texts_of_its_blocks() -> None:
    found = region(f"<html><body><div><a href=/>首页</a></div><div><p>{TEXT}</p><p>{TEXT} 完。</p></div></body></html>")
    assert f"{TEXT}完。" in found
    assert "首页" not in found


def test_a_page_without_anything_has_no_region() -> None:
    assert all(not region(page) for page in ("", " ", "<html></html>", "<!-- x -->"))


def test_adopted_blocks_are_body_with_little_confidence() -> None:
    labels = [
        LabelledBlock(Block(text), role, 0.9)
        for text, role in (("题目", Role.TITLE), ("甲 乙", Role.OTHER), ("丙", Role.LEGAL))
    ]
    adopted = roles.adopt(labels, frozenset({"题目", "甲乙"}))
    assert [one.role for one in adopted] == [Role.TITLE, Role.BODY, Role.LEGAL]
    assert adopted[1].confidence < 0.5


def test_readability_is_not_even_imported_for_a_page_that_is_clear() -> None:
    code = (
        "import sys; from newsclean import clean; from pathlib import Path; "
        "assert clean(Path(sys.argv[1]).read_bytes()).text; "
        "sys.exit('readability' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(SAMPLE)], check=False).returncode == 0
