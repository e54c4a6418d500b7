"""What is open at each tag of a page: the stack of open elements of the HTML standard, kept by names only.

It follows the tree builder (section 13.2.6 of the standard, with the select element of 2025), but for what cannot be
known without all of it: which of two ways a tag has gone. What is in doubt is taken for open (`open_stack.py`).
"""

from __future__ import annotations

from newsclean.open_stack import ENDED, HEADINGS, INTEGRATION, ITEMS, MARKED, MATH_TEXT, Frame
from newsclean.open_tables import OpenTables
from newsclean.tags import ATTRIBUTE, FOREIGN, FORMATTING, IGNORED, RAW, VOID, closes_itself

BLANK = "\t\n\f\r "

ENDS_PARAGRAPH = HEADINGS | frozenset(
    "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form"
    " header hgroup hr li listing main menu nav ol p plaintext pre search section summary ul xmp".split()
)

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

HEAD = frozenset("base basefont bgsound head html link meta noframes noscript script style title".split())
"""What does not begin the body of a page, where `<noscript>` is an element like others."""

VOID_IN_HEAD = HEAD | frozenset("hr param source track".split())
"""What opens no formatting anew though it holds nothing."""


class OpenElements(OpenTables):
    """The open elements and the formatting that has not ended, fed with tag after tag."""

    def __init__(self) -> None:
        super().__init__()
        self.is_vague = False
        """Whether it is not even known what is foreign, from here to the end."""
        self._is_head = True

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

    def _start(self, name: str, said: str) -> None:
        """A tag begins an element of HTML."""
        if self._start_in_table(name) or name in IGNORED or (name == "form" and not self._may_form()):
            return
        if name == "li" or name in ITEMS:
            at = self._last("li") if name == "li" else max(self._last("dd"), self._last("dt"))
            self._close(at, self._walls[-1] if self._walls else -1)
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
        if name in HEADINGS:
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
