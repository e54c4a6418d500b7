"""What is open at each tag of a page: the stack of open elements of the HTML standard, kept by names only.

It follows the tree builder (section 13.2.6 of the standard, with the select element of 2025), but for what cannot be
known without all of it: which of two ways a tag has gone. Then what may have been closed stays on the stack, and is
marked as doubtful, so that from there on no end tag that names it closes anything that was certain before. So there is
always as much open here as in the parser, and seldom more. All searches are look-ups: each tag takes the same time.
"""

from __future__ import annotations

from bisect import bisect_left

from newsclean.tags import (
    ATTRIBUTE,
    CELLS,
    FOREIGN,
    FORMATTING,
    IGNORED,
    RAW,
    ROW_GROUPS,
    TABLE_PARTS,
    VOID,
    closes_itself,
)

BLANK = "\t\n\f\r "

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

ENDED = frozenset(
    "address article aside blockquote button center details dialog dir div dl fieldset figcaption figure footer header"
    " hgroup listing main menu nav ol pre search section select summary ul dd dt applet marquee object".split()
)
"""What ends with all that is open in it."""

ENDS_PARAGRAPH = HEADINGS | frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp".split()
)

MARKED = CELLS | frozenset("applet marquee object template".split())
"""What keeps formatting inside."""

INTEGRATION = frozenset("*desc *foreignobject *title +annotation-html".split())
"""Foreign elements that hold HTML, with the sign of foreign names before them; `<annotation-xml>` may be one."""

MATH_TEXT = frozenset("+mi +mn +mo +ms +mtext".split())

SCOPES = MARKED | INTEGRATION | MATH_TEXT | {"+annotation-xml", "select", "table"}
"""Elements within which no end tag ends what was opened around them."""

SPECIAL = (SCOPES | ENDED | HEADINGS | frozenset("form li noscript p".split())) - {"dialog"}
"""What an end tag of an ordinary element does not end."""

NO_WALL = frozenset("address div p".split())
"""What is special, and open between an item of a list and the one before that it ends."""

IMPLIED = frozenset("dd dt li optgroup option p rb rp rt rtc".split())
"""What ends without being told."""

BREAKS_OUT = frozenset(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta"
    " nobr ol p pre ruby s small span strike strong sub sup table tt u ul var".split()
)
"""HTML that ends what is foreign around it."""

FONT = frozenset({"color", "face", "size"})
"""What makes HTML of `<font>` among foreign elements."""

RUBY = frozenset("rb rp rt rtc".split())

KEEPS_CLOSED = ENDS_PARAGRAPH | RUBY | {"table", "template"}
"""What opens no formatting anew."""

ITEMS = frozenset({"dd", "dt"})

KINDS = {name: kind for kind in (HEADINGS, ITEMS) for name in kind}
"""What one tag ends, whichever of them it is."""

HEAD = frozenset("base basefont bgsound head html link meta noframes noscript script style title".split())
"""What does not begin the body of a page, where `<noscript>` is an element like others."""

VOID_IN_HEAD = HEAD | frozenset("hr param source track".split())
"""What opens no formatting anew though it holds nothing."""

ALIKE = 3
"""So many elements of formatting that are alike are opened anew."""

NEAR = 64
"""The end of formatting looks at so many elements that are open in it, and is in doubt about more."""

LOOPS = 7
"""Nor does it get through more blocks than that."""


class Formatting:
    """Formatting that has not ended, and where it is on the stack: at -1 after a block that held it."""

    def __init__(self, name: str, said: str, at: int) -> None:
        self.name = name
        self.said = said
        self.at = at
        self.is_vague = False


class Frame:
    """A table, one of its cells, a template or the page, which tell what a part of a table does."""

    def __init__(self, name: str, at: int) -> None:
        self.name = name
        self.at = at
        self.row = ""
        """In a table: "" before a row, "row", "group" between rows, "col"; in a template: "vague"."""
        self.group = "tbody"
        self.flat: dict[str, int] = {}
        """The elements that were made flat, and so have ends that nobody needs (`nesting.py`)."""


class OpenElements:
    """The stack of open elements and the formatting that has not ended, fed with tag after tag."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.piled = 0
        self.formatting: list[Formatting | None] = []
        self._held: list[Formatting | None] = []
        self._doubt: list[int] = []
        """Where what is doubtful begins, for each element that is; -1 for what is certain."""
        self._html: list[int] = []
        """The nearest element of HTML around each one, or itself."""
        self._at: dict[str, list[int]] = {}
        self._scopes: list[int] = []
        self._specials: list[int] = []
        self._walls: list[int] = []
        self.frames = [Frame("", -1)]
        self._form = -1
        """Where the form is that the page is in: -1 for nowhere, -2 for what has been left without its end."""
        self._foreign = 0
        self._is_head = True
        self.is_vague = False
        """Whether it is not even known what is foreign, from here to the end."""

    @property
    def depth(self) -> int:
        """How many elements are open, with the parts of tables that nobody has to write."""
        return len(self.names) + 2 * len(self.frames)

    def is_foreign(self, name: str) -> bool:
        """Whether a start tag is read as a foreign one; without a name, whether what is open is foreign."""
        if not self._foreign or self.names[-1][0] not in "*+":
            return self.is_vague
        top = self.names[-1]
        if not name or top in INTEGRATION:
            return not name
        if top in MATH_TEXT:
            return name in ("mglyph", "malignmark")
        return not (top == "+annotation-xml" and name == "svg")

    def text(self, text: str) -> None:
        """Take in text between tags, which opens formatting anew."""
        self._is_head = self._is_head and not text.strip(BLANK)
        if self.formatting and not self.is_foreign("#text") and (self.frames[-1].name != "table" or text.strip(BLANK)):
            self._reopen()

    def start(self, name: str, said: str) -> None:
        """Take in a start tag with what is said in it."""
        self._is_head = self._is_head and name in HEAD
        if self.check_vague():
            self._push(name)
            self._doubtful(len(self.names) - 1)
        elif not self.is_foreign(name):
            self._start(name, said)
        elif name in BREAKS_OUT or (name == "font" and _has_any(said, FONT)):
            self._break_out()
            self._start(name, said)
        else:
            self._start_foreign(name, said)

    def end(self, name: str) -> None:
        """Take in an end tag."""
        self._is_head = self._is_head and name not in ("body", "br", "head", "html")
        if self.check_vague():
            return
        if self._foreign and self.names[-1][0] in "*+":
            if name in ("br", "p"):
                self._break_out()
            elif self._end_foreign(name):
                return
        self._end(name)

    def is_paragraph(self) -> bool:
        """Whether a paragraph is surely open that the next one ends."""
        at = self._last("p")
        return at > self._button_scope() and self._doubt[at] < 0

    def check_vague(self) -> bool:
        """Whether nothing is known any more, of the page or of a template that has parts of tables outside one."""
        if self._foreign and self._doubt[-1] >= 0:
            self.is_vague = True
        return self.is_vague

    # The stack.

    def _push(self, name: str, held: Formatting | None = None) -> None:
        at = len(self.names)
        self.names.append(name)
        self._held.append(held)
        self._doubt.append(-1)
        is_foreign = name[0] in "*+"
        self._foreign += is_foreign
        self._html.append(at if not is_foreign else self._html[-1] if at else -1)
        self._at.setdefault(name, []).append(at)
        if name in SPECIAL:
            self._specials.append(at)
            if name not in NO_WALL:
                self._walls.append(at)
            if name in SCOPES:
                self._scopes.append(at)

    def _pop_to(self, at: int) -> None:
        """Close all that was opened at this place or later."""
        while len(self.names) > at:
            self._pop()

    def _pop(self) -> None:
        """Close the last element, and what has been removed before it."""
        at = len(self.names) - 1
        name = self.names[at]
        self._at[name].pop()
        self._foreign -= name[0] in "*+"
        if at == self._form:
            self._form = -2
        if name in SPECIAL:
            self._specials.pop()
            if name not in NO_WALL:
                self._walls.pop()
            if name in SCOPES:
                self._scopes.pop()
        if self.frames[-1].at == at:
            self.frames.pop()
        self._forget()
        while self.names and not self.names[-1]:
            self._forget()

    def _forget(self) -> None:
        self.names.pop()
        self._doubt.pop()
        self._html.pop()
        held = self._held.pop()
        if held is not None:
            held.at = -1

    def _remove(self, at: int) -> None:
        """Close an element of HTML and nothing that is open in it; its place stays."""
        name = self.names[at]
        if at == len(self.names) - 1:
            self._pop()
            return
        self._at[name].remove(at)
        if name in SPECIAL:
            del self._specials[bisect_left(self._specials, at)]
            del self._walls[bisect_left(self._walls, at)]
        self.names[at] = ""

    def _last(self, name: str) -> int:
        places = self._at.get(name)
        return places[-1] if places else -1

    def _doubtful(self, at: int) -> None:
        """All that was opened at this place or later may have been closed, or not."""
        doubt = self._doubt
        place = len(doubt) - 1
        while place >= at:
            start = doubt[place]
            doubt[place] = at if start < 0 else min(at, start)
            place = (place if start < 0 else start) - 1

    def _close(self, at: int, wall: int) -> bool:
        """Close an element, the last of its name, if nothing stands before it; returns whether it is surely closed."""
        if at < 0 or (at < wall and self._doubt[wall] < 0):
            return False
        if at >= wall and self._doubt[at] < 0:
            self._pop_to(at)
            return True
        self._doubtful(min([self._lowest(name) for name in KINDS.get(self.names[at], (self.names[at],))]))
        return False

    def _lowest(self, name: str) -> int:
        """The first element of its name that could be the last one which is really open."""
        places = self._at.get(name)
        if not places:
            return len(self.names)
        return next((place for place in places[: -NEAR - 1 : -1] if self._doubt[place] < 0), places[0])

    def _close_top(self, kind: frozenset[str]) -> None:
        """Close the last element if it is of this kind."""
        if self.names and self._doubt[-1] >= 0:
            at = self._doubt[-1]
            self._doubtful(at - 1 if at and self.names[at - 1] in kind else at)
        elif self.names and self.names[-1] in kind:
            self._pop()

    def _is_in(self, name: str) -> bool:
        """Whether such an element is open that nothing keeps from ending, or may be."""
        at = self._last(name)
        return at >= 0 and (at >= self._scope() or self._doubt[self._scope()] >= 0)

    def _scope(self) -> int:
        return self._scopes[-1] if self._scopes else -1

    def _button_scope(self) -> int:
        return max(self._scope(), self._last("button"))

    def _special(self) -> int:
        return self._specials[-1] if self._specials else -1

    def _end_implied(self, within: str, but: str = "") -> None:
        """Close what ends without being told within an element that is open, or may be."""
        if not self._is_in(within):
            return
        is_sure = self._last(within) >= self._scope() and self._doubt[self._last(within)] < 0
        while is_sure and self._doubt[-1] < 0 and self.names[-1] in IMPLIED and self.names[-1] != but:
            self._pop()
        at = self._doubt[-1] if self._doubt[-1] >= 0 else len(self.names)
        if at < len(self.names) or not is_sure:
            while at and self.names[at - 1] in IMPLIED:
                at -= 1
            self._doubtful(at)

    # Formatting.

    def _reopen(self) -> None:
        """Open formatting anew that a block has closed."""
        first = len(self.formatting)
        while first and (one := self.formatting[first - 1]) is not None and one.at < 0:
            first -= 1
        for one in self.formatting[first:]:
            if one is not None:
                one.at = len(self.names)
                self._push(one.name, one)

    def _format(self, name: str, said: str) -> None:
        """Formatting begins; of more than three that are alike the first is not opened anew."""
        said = said.strip("\t\n\f\r /")
        alike = [one for one in self._within() if one.name == name]
        same = [one for one in alike if one.said == said]
        new = Formatting(name, said, len(self.names))
        if len(same) >= ALIKE:
            self._drop(same[-1])
        elif len(alike) >= ALIKE and said:
            new.is_vague = True
        self._push(name, new)
        self.formatting.append(new)
        self.piled += 1

    def _within(self) -> list[Formatting]:
        """The formatting within what keeps it inside, the last first."""
        found: list[Formatting] = []
        for one in reversed(self.formatting):
            if one is None:
                break
            found.append(one)
        return found

    def _drop(self, one: Formatting) -> None:
        """Formatting has ended, though it may be open on the stack."""
        self.formatting.remove(one)
        self.piled -= 1
        if one.at >= 0:
            self._held[one.at] = None

    def _mark(self) -> None:
        self.formatting.append(None)

    def _unmark(self) -> None:
        """Forget the formatting since the last mark."""
        while self.formatting:
            one = self.formatting.pop()
            if one is None:
                return
            self.piled -= 1
            if one.at >= 0:
                self._held[one.at] = None

    def _end_formatting(self, name: str) -> None:
        """Formatting ends, and what is open in it does not; the adoption agency algorithm of the standard."""
        one = next((one for one in self._within() if one.name == name), None)
        if one is None:
            self._close_ordinary(name)
        elif one.is_vague or (one.at >= 0 and self._doubt[one.at] >= 0):
            if one.at >= 0:
                self._doubtful(one.at)
        elif one.at < 0:
            self._drop(one)
        elif one.at > self._special():
            self._pop_to(one.at)
            self._drop(one)
        elif one.at > self._scope():
            self._adopt(one)
        elif self._doubt[self._scope()] >= 0:
            self._doubtful(one.at)

    def _adopt(self, one: Formatting) -> None:
        """Formatting ends around blocks that stay open."""
        inside = range(one.at + 1, len(self.names))
        blocks = sum([place > one.at for place in self._specials[-LOOPS - 1 :]])
        if len(inside) > NEAR or blocks > LOOPS:
            self._doubtful(one.at)
            return
        for place in inside:
            if self.names[place] not in SPECIAL:
                self._doubt[place] = place if self._doubt[place] < 0 else self._doubt[place]
        at = one.at
        self._drop(one)
        self._remove(at)

    # HTML.

    def _start(self, name: str, said: str) -> None:
        """A tag begins an element of HTML."""
        if self._start_in_table(name) or name in IGNORED or (name == "form" and not self._may_form()):
            return
        if name in ENDS_PARAGRAPH:
            self._close(self._last("p"), self._button_scope())
        elif name == "table" and self._last("p") >= 0:
            self._doubtful(min(self._last("p"), len(self.names)))
        if name in VOID or name in RAW:
            self._start_void(name)
        elif name in FOREIGN:
            self._reopen()
            if not closes_itself(said):
                self._push("*svg" if name == "svg" else "+math")
        elif name in FORMATTING:
            self._start_formatting(name, said)
        elif not (name == "noscript" and self._is_head) and self._may_push(name):
            self._start_ordinary(name)

    def _start_ordinary(self, name: str) -> None:
        """An element begins that holds others."""
        if name not in KEEPS_CLOSED:
            self._reopen()
        if name == "form" and self._last("template") < 0:
            self._form = len(self.names)
        self._push(name)
        if self.frames[-1].row == "vague":
            self._doubtful(self.frames[-1].at + 1)
            return
        if name in ("table", "template"):
            self.frames.append(Frame(name, len(self.names) - 1))
        if name in MARKED:
            self._mark()

    def _may_form(self) -> bool:
        """Whether a form may begin: not in another one."""
        return self._form == -1 or self._last("template") >= 0

    def _start_void(self, name: str) -> None:
        """An element begins that holds no others."""
        if name == "hr":
            self._end_implied("select")
        elif name == "input":
            self._close(self._last("select"), self._scope())
        if name not in VOID_IN_HEAD:
            self._reopen()

    def _start_formatting(self, name: str, said: str) -> None:
        if name == "a":
            self._end_link()
        self._reopen()
        if name == "nobr" and self._is_in(name):
            self._end_formatting(name)
            self._reopen()
        self._format(name, said)

    def _end_link(self) -> None:
        """A link ends the one before."""
        one = next((one for one in self._within() if one.name == "a"), None)
        if one is None:
            return
        self._end_formatting("a")
        if one in self.formatting:
            at = one.at
            self._drop(one)
            if at >= 0:
                self._doubtful(at)

    def _may_push(self, name: str) -> bool:
        """Close what an element ends that it cannot be in, and tell whether it is one."""
        if name == "li" or name in ITEMS:
            at = self._last("li") if name == "li" else max(self._last("dd"), self._last("dt"))
            self._close(at, self._walls[-1] if self._walls else -1)
        elif name in HEADINGS:
            self._close_top(HEADINGS)
        elif name == "button":
            self._close(self._last(name), self._scope())
        elif name == "select":
            return not self._close(self._last(name), self._scope())
        elif name in ("optgroup", "option"):
            if self._is_in("select"):
                self._end_implied("select", "optgroup" if name == "option" else "")
            else:
                self._close_top(frozenset({"option"}))
        elif name in RUBY:
            self._end_implied("ruby", "rtc" if name in ("rp", "rt") else "")
        return True

    def _end(self, name: str) -> None:
        """A tag ends an element of HTML."""
        if name == "template":
            self._end_template(self._last(name))
        elif self._end_in_table(name) or name in IGNORED:
            return
        elif name in FORMATTING:
            self._end_formatting(name)
        elif name == "br":
            self._reopen()
        elif name == "form":
            self._end_form()
        elif name in ENDED:
            if self._close(self._last(name), self._scope()) and name in MARKED:
                self._unmark()
        else:
            self._end_other(name)

    def _end_other(self, name: str) -> None:
        """A paragraph ends, a heading, an item, or what no rule names."""
        if name == "p":
            self._close(self._last(name), self._button_scope())
        elif name == "li":
            self._close(self._last(name), max(self._scope(), self._last("ol"), self._last("ul")))
        elif name in HEADINGS:
            self._close(max([self._last(heading) for heading in HEADINGS]), self._scope())
        elif not (name == "noscript" and self._is_head):
            self._close_ordinary(name)

    def _end_template(self, at: int) -> None:
        """A template ends, whatever is open in it; where parts of tables were, their formatting may be left."""
        if at < 0:
            return
        is_vague = any(frame.row == "vague" for frame in self.frames if frame.at >= at)
        self._pop_to(at)
        if not is_vague:
            self._unmark()

    def _close_ordinary(self, name: str) -> None:
        """An element ends that no rule names."""
        self._close(self._last(name), self._special())

    def _end_form(self) -> None:
        """A form ends, and what is open in it does not."""
        if self._last("template") >= 0:
            self._close(self._last("form"), self._scope())
            return
        at, self._form = self._form, -1
        if at < 0:
            return
        if at > self._scope() and self._doubt[at] < 0:
            self._end_implied("form")
            self._remove(at)
        elif at > self._scope() or self._doubt[self._scope()] >= 0:
            self._doubtful(at)

    # Tables.

    def _start_in_table(self, name: str) -> bool:
        """Whether a start tag is one that a table knows, or one that is nothing where there is no table."""
        frame = self.frames[-1]
        if name not in TABLE_PARTS and name != "table":
            return name == "form" and frame.name == "table"
        if frame.name == "template" and name != "table":
            frame.row = "vague"
            self._push(name)
            self._doubtful(frame.at + 1)
            return True
        if frame.name in CELLS and name != "table":
            self._close_cell()
            frame = self.frames[-1]
        if frame.name != "table":
            return name != "table"
        if name == "table":
            self._pop_to(frame.at)
            return False
        self._pop_to(frame.at + 1)
        self._start_part(name, frame)
        return True

    def _start_part(self, name: str, frame: Frame) -> None:
        """A part of a table begins."""
        if name in CELLS:
            frame.group = "tbody" if not frame.row else frame.group
            frame.row = "row" if name != "caption" else ""
            self._push(name)
            self.frames.append(Frame(name, len(self.names) - 1))
            self._mark()
        elif name == "tr":
            frame.group = "tbody" if frame.row not in ("row", "group") else frame.group
            frame.row = "row"
        else:
            frame.row = "group" if name in ROW_GROUPS else ""
            frame.group = name if name in ROW_GROUPS else frame.group

    def _close_cell(self) -> None:
        self._pop_to(self.frames[-1].at)
        self._unmark()

    def _end_in_table(self, name: str) -> bool:
        """Whether an end tag is one that only a table knows."""
        if name not in TABLE_PARTS and name != "table":
            return False
        frame = self.frames[-1]
        if frame.name in CELLS:
            if name == frame.name:
                self._close_cell()
                return True
            table = self.frames[-2]
            if not (name == "table" or (frame.name != "caption" and name in ("tr", table.group))):
                return True
            self._close_cell()
            frame = table
        if frame.name == "table":
            self._end_part(name, frame)
        return True

    def _end_part(self, name: str, frame: Frame) -> None:
        """A table ends, or a part of it that is no cell."""
        if name == "table":
            self._pop_to(frame.at)
        elif name == "tr" and frame.row == "row":
            self._pop_to(frame.at + 1)
            frame.row = "group"
        elif name in ROW_GROUPS and frame.row in ("row", "group") and name == frame.group:
            self._pop_to(frame.at + 1)
            frame.row = ""

    # Foreign elements.

    def _start_foreign(self, name: str, said: str) -> None:
        """A foreign element begins."""
        if name == "annotation-xml" and self.names[-1][0] == "+" and _has_any(said, frozenset({"encoding"})):
            name = "annotation-html" if "html" in said.lower() else name
        if not closes_itself(said):
            self._push(self.names[-1][0] + name)

    def _end_foreign(self, name: str) -> bool:
        """Whether an end tag ends a foreign element."""
        at = max(self._last("*" + name), self._last("+" + name))
        if name == "annotation-xml":
            at = max(at, self._last("+annotation-html"))
        if at <= self._html[-1]:
            return False
        self._pop_to(at)
        return True

    def _break_out(self) -> None:
        """HTML ends what is foreign, up to what may hold it."""
        while self.names and self.names[-1][0] in "*+" and self.names[-1] not in INTEGRATION | MATH_TEXT:
            self._pop()


def _has_any(said: str, wanted: frozenset[str]) -> bool:
    """Whether a tag has one of these attributes."""
    return any(match[1].lower() in wanted for match in ATTRIBUTE.finditer(said))
