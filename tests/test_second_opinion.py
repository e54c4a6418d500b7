"""readability-lxml is asked where our own labeller finds nothing, and only then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from newsclean.label import roles
from newsclean.label.explain import reason
from newsclean.models import Block, Blocks, Container, Role, Span
from newsclean.second_opinion import region

SAMPLE = Path(__file__).resolve().parent.parent / "samples" / "modern-portal" / "source.html"

TEXT = "渡口的船工说，桥修好以后他打算留下那条船，等孙子放假回来，再带他到河心看一看对岸的灯。" * 3


def test_the_region_holds_the_texts_of_its_blocks() -> None:
    nav = "<div id=nav><ul>" + "<li><a href=/>首页</a></li>" * 9 + "</ul></div>"
    found = region(f"<html><body>{nav}<div><p>{TEXT}</p><p>{TEXT} 完。</p></div></body></html>")
    assert {TEXT, f"{TEXT}完。"} <= found
    assert "首页" not in found


def test_a_page_without_anything_has_no_region() -> None:
    assert all(not region(page) for page in ("", " ", "<html></html>", "<!-- x -->"))


def test_adopted_blocks_are_body_with_little_confidence() -> None:
    blocks = (Block("夏天的渡口"), Block("甲 乙 丙"), Block("丁", spans=(Span("丁", href="/d"),)), Block("版权所有"))
    judged = roles.label(Blocks(blocks, (Container("", -1),)), "夏天的渡口", dump=True)
    labels = [one._replace(role=Role.OTHER) if one.role is Role.BODY else one for one in judged]
    adopted = roles.adopt(labels, frozenset({"夏天的渡口", "甲乙丙", "丁", "版权所有"}))
    assert [one.block.text for one in adopted if one.role is Role.BODY] == ["甲 乙 丙"]
    assert adopted[1].confidence < 0.5
    assert "second opinion" in reason(adopted[1])


def test_readability_is_not_even_imported_for_a_page_that_is_clear() -> None:
    code = (
        "import sys; from newsclean import clean; from pathlib import Path; "
        "assert clean(Path(sys.argv[1]).read_bytes()).text; "
        "sys.exit('readability' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(SAMPLE)], check=False).returncode == 0
