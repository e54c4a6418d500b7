"""Whether a regular expression can take more than linear time, read off its parts.

Python's engine tries one way after the other. It goes through the same text again and again where

- a repeat without bound stands within another such, and something behind them can fail,
- two repeats without bound follow each other over the same characters, and something behind them can fail, or
- a pattern that is searched for can begin anywhere within what a repeat without bound has gone through, and something
  behind that repeat can fail.

`complaints` finds these three. A repeat counts as unbounded from `MANY` on. Each part is known by the characters that
it can match, tried on `ALPHABET`; what looks ahead, and references to groups, are taken to match anything. So a pattern
without complaint is linear, up to factors under `MANY`, with two exceptions: alternatives of a repeat that are
ambiguous by their words (`(?:a|b|ab)*c`), and bounded repeats in a row, which multiply unseen. The pumped texts of
`test_no_pattern_takes_more_than_linear_time` are there for those.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

if sys.version_info >= (3, 11):
    from re import _constants as ops
    from re import _parser as parser
else:
    import sre_constants as ops
    import sre_parse as parser

MANY = 2_100
"""From so many repetitions on a repeat is unbounded: longest of those that are bounded on purpose is that of a tag."""

ALPHABET = "".join(
    map(chr, (*range(0x250), *range(0x2000, 0x2070), *range(0x3000, 0x3040), *range(0xFF00, 0xFF66)))
) + ("一二年月日张记者来源网图\u30a2\uac00\ufeff\ufffd\U0001f600")
"""One or more of each kind of characters that our patterns tell apart, all signs among them."""

Items = list[tuple[Any, Any]]


class Context(NamedTuple):
    """What stands before and behind a part, in the whole pattern."""

    before: Items
    behind: Items
    ahead: bool
    """Within what looks ahead: its success moves nothing on, so the same text can be gone through again."""


def complaints(pattern: str | bytes, flags: int = 0, searched: bool = True) -> list[str]:
    """What of `pattern` may take more than linear time; `searched` where it is not only tried at one place."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    tree = parser.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    flags = tree.state.flags
    return [
        problem
        for (op, arg), context in repeats(list(tree.data), Context([], [], ahead=False))
        for problem in judged(op, arg, context, flags, searched)
    ]


def repeats(items: Items, context: Context) -> Iterator[tuple[tuple[Any, Any], Context]]:
    """All unbounded repeats in a sequence, at any depth, with what stands around them."""
    for i, (op, arg) in enumerate(items):
        here = Context([*context.before, *items[:i]], [*items[i + 1 :], *context.behind], context.ahead)
        if op in REPEATS and arg[1] >= MANY:
            yield (op, arg), here
            again = [(op, (0, *arg[1:]))]
            here = Context([*here.before, *again], [*again, *here.behind], here.ahead)
        for part in parts(op, arg):
            inner = Context(here.before, [], ahead=True) if op in LOOKS else here
            yield from repeats(part, inner)


REPEATS = {ops.MAX_REPEAT, ops.MIN_REPEAT}
SINGLE = {ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY}
LOOKS = {ops.ASSERT, ops.ASSERT_NOT}


def parts(op: Any, arg: Any) -> list[Items]:
    """The sequences that a part is made of."""
    if op in REPEATS:
        return [list(arg[2])]
    if op is ops.BRANCH:
        return [list(branch) for branch in arg[1]]
    if op is ops.SUBPATTERN:
        return [list(arg[3])]
    return [list(arg[1])] if op in LOOKS else []


def judged(op: Any, arg: Any, context: Context, flags: int, searched: bool) -> Iterator[str]:
    """The complaints about one unbounded repeat."""
    over = reach(list(arg[2]), flags)
    can_fail = context.ahead or not all(is_optional(item) for item in context.behind)
    if not can_fail:
        return
    for between, other, behind in followers(context.behind, [], []):
        both = over & reach(list(other[2]), flags)
        if both and within(between, both, flags) and not all(map(is_optional, behind)):
            yield f"{op} over {sample(over)}: another over the same follows"
    if searched and not is_fixed(context.before, flags) and all(within([item], over, flags) for item in context.before):
        yield f"{op} over {sample(over)}: may begin anywhere in it"


def followers(items: Items, between: Items, behind: Items) -> Iterator[tuple[Items, Any, Items]]:
    """All unbounded repeats in what follows, each with what must be matched on the way to it and after it."""
    for i, (op, arg) in enumerate(items):
        here, then = [*between, *items[:i]], [*items[i + 1 :], *behind]
        if op in REPEATS and arg[1] >= MANY:
            yield here, arg, then
        if op not in LOOKS:
            for part in parts(op, arg):
                yield from followers(part, here, then)


def is_optional(item: tuple[Any, Any]) -> bool:
    """Whether a part matches the empty text everywhere."""
    op, arg = item
    if op in REPEATS:
        return arg[0] == 0 or all(map(is_optional, arg[2]))
    if op is ops.BRANCH:
        return any(all(map(is_optional, branch)) for branch in arg[1])
    return op is ops.SUBPATTERN and all(map(is_optional, arg[3]))


def is_fixed(items: Items, flags: int) -> bool:
    """Whether a sequence begins at the start of the text only."""
    bounds = {ops.AT_BEGINNING_STRING} | (set() if flags & re.MULTILINE else {ops.AT_BEGINNING})
    for op, arg in items:
        if op is ops.AT and arg in bounds:
            return True
        if op is ops.SUBPATTERN and is_fixed(list(arg[3]), flags):
            return True
        if op is ops.BRANCH and all(is_fixed(list(branch), flags) for branch in arg[1]):
            return True
    return False


def within(items: Items, over: frozenset[str], flags: int) -> bool:
    """Whether a sequence can match some text of the characters `over` alone (the empty one too)."""
    return all(_within(op, arg, over, flags) for op, arg in items)


def _within(op: Any, arg: Any, over: frozenset[str], flags: int) -> bool:
    if op in REPEATS:
        return arg[0] == 0 or within(list(arg[2]), over, flags)
    if op is ops.BRANCH:
        return any(within(list(branch), over, flags) for branch in arg[1])
    if op is ops.SUBPATTERN:
        return within(list(arg[3]), over, flags)
    if op in LOOKS:
        return not _keeps_out(op, arg, over, flags)
    if op is ops.AT:
        return not is_fixed([(op, arg)], flags)
    return op is ops.GROUPREF or bool(chars(op, arg, flags) & over)


def _keeps_out(op: Any, arg: Any, over: frozenset[str], flags: int) -> bool:
    """Whether a look back forbids all of `over` before it: then only the first of a run can be a beginning."""
    direction, inner = arg
    if direction > 0 or len(inner) != 1 or inner[0][0] not in SINGLE:
        return False
    seen = chars(inner[0][0], inner[0][1], flags)
    return over <= seen if op is ops.ASSERT_NOT else not over & seen


def reach(items: Items, flags: int) -> frozenset[str]:
    """All characters that a sequence can match."""
    found: frozenset[str] = frozenset()
    for op, arg in items:
        inner = parts(op, arg) if op not in LOOKS else []
        found |= frozenset().union(*(reach(part, flags) for part in inner)) if inner else chars(op, arg, flags)
    return found


def chars(op: Any, arg: Any, flags: int) -> frozenset[str]:
    """The characters of the alphabet that a part for one character matches; none for any other part."""
    if op not in SINGLE:
        return frozenset()
    return frozenset(char for char in (*ALPHABET, *own(op, arg)) if is_match(char, op, arg, flags))


def own(op: Any, arg: Any) -> Iterator[str]:
    """Characters that the part names itself."""
    given = arg if op is ops.IN else [(op, arg)]
    for kind, value in given:
        if kind in (ops.LITERAL, ops.NOT_LITERAL):
            yield chr(value)
        elif kind is ops.RANGE:
            yield from (chr(value[0]), chr(value[1]))


def words(pattern: str | bytes, flags: int = 0) -> Iterator[str]:
    """Texts that begin as the pattern's sequences do: a character for each part, its words in full."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    tree = parser.parse(text, flags & ~re.UNICODE if isinstance(pattern, bytes) else flags)
    yield from _words(list(tree.data), tree.state.flags)


def _words(items: Items, flags: int) -> Iterator[str]:
    said = ""
    for op, arg in items:
        for part in parts(op, arg):
            yield from _words(part, flags)
        said += min(chars(op, arg, flags), default="")
        if said:
            yield said


CATEGORIES: dict[Any, Callable[[str], bool]] = {
    ops.CATEGORY_DIGIT: lambda char: char.isdecimal(),
    ops.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    ops.CATEGORY_SPACE: lambda char: char.isspace(),
    ops.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    ops.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    ops.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def is_match(char: str, op: Any, arg: Any, flags: int) -> bool:
    """Whether a part for one character matches `char`."""
    if op is ops.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    cases = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    if op is ops.NOT_LITERAL:
        return not any(ord(one) == arg for one in cases if len(one) == 1)
    if op is ops.LITERAL:
        return any(ord(one) == arg for one in cases if len(one) == 1)
    negated = bool(arg) and arg[0][0] is ops.NEGATE
    return negated != any(_in_class(one, kind, value) for one in cases if len(one) == 1 for kind, value in arg)


def _in_class(char: str, kind: Any, value: Any) -> bool:
    if kind is ops.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if kind is ops.CATEGORY:
        return bool(CATEGORIES[value](char))
    return kind is ops.LITERAL and ord(char) == value


def sample(over: frozenset[str]) -> str:
    """Some characters of a set, to name it."""
    return repr("".join(sorted(over)[:12]))
