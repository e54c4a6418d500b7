"""Tables as the parser knows them: what begins and ends their parts, and what is nothing outside them."""

from __future__ import annotations

from newsclean.open_formatting import OpenFormatting
from newsclean.open_stack import Frame
from newsclean.tags import CELLS, ROW_GROUPS, TABLE_PARTS


class OpenTables(OpenFormatting):
    """The stack of open elements with its tables."""

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
