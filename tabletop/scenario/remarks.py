"""Remarks: what the walk over a file has to say about it, in an author's words.

Kept apart from the walk so that the walk can be read at a glance; nothing here runs for a file in
which nothing is wrong. Lines and columns are as the parser counts them, from zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tabletop.scenario.characters import FORBIDDEN_VALUE, sentence
from tabletop.scenario.problem import Path, Problem
from tabletop.scenario.scalars import Plain
from tabletop.scenario.wrecks import QUOTE, severed

MOST = 200
"""Problems kept of one file; who has more needs to see the first."""
ABSENT = "\x00"
"""Begins a key no file can hold, under which a refused value is read and then dropped."""
CLIP = 60


@dataclass(slots=True)
class Remarks:
    """The problems of one pass over a file."""

    name: str
    lines: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def note(
        self,
        code: str,
        message: str,
        place: tuple[int, int],
        hint: str | None = None,
        path: Path = (),
        length: int | None = None,
    ) -> None:
        """Keeps a problem."""
        if len(self.problems) < MOST:
            line = min(place[0] + 1, len(self.lines))
            self.problems.append(
                Problem(code, message, self.name, line, place[1] + 1, length, hint, path)
            )

    def directive(self) -> bool:
        """Refuses a directive before the document, if there is one."""
        for number, line in enumerate(self.lines):
            if line.startswith("%"):
                message = "directives (lines that begin with %) are not read here"
                self.note("TT004", message, (number, 0), "delete the line")
                return True
            if line.strip() and not line.lstrip().startswith("#"):
                break
        return False

    def repeated(
        self, key: str, place: tuple[int, int], first: tuple[int, int], path: Path
    ) -> None:
        """A key that is written twice."""
        at = f"line {first[0] + 1}, column {first[1] + 1}"
        message = f"`{key[:CLIP]}` is written twice; it already stands on {at}"
        self.note("TT005", message, place, "keep one of the two", path, len(key))

    def decorated(
        self, anchor: str | None, tag: str | None, place: tuple[int, int], path: Path
    ) -> None:
        """An anchor or a tag."""
        if anchor is not None:
            message = f"`&{anchor[:CLIP]}` is an anchor, which is not read here"
        else:
            message = f"`{str(tag)[:CLIP]}` is a tag, which is not read here"
        self.note("TT004", message, place, f"delete it, or {QUOTE}", path)

    def alias(self, anchor: str, place: tuple[int, int], path: Path) -> None:
        """An alias."""
        message = f"`*{anchor[:CLIP]}` is an alias, which is not read here"
        self.note("TT004", message, place, f"write it out, or {QUOTE}", path)

    def unseen(self, text: str, place: tuple[int, int], path: Path) -> str:
        """A forbidden character in a value; gives the value without it."""
        match = FORBIDDEN_VALUE.search(text)
        if match is not None:
            message = f"{sentence(match[0])}, even as an escape"
            self.note("TT006", message, place, "delete it", path)
        return FORBIDDEN_VALUE.sub("\ufffd", text)

    def swallowed(self, end: tuple[int, int], suspects: Mapping[int, int], path: Path) -> None:
        """A bare text that a ` #` has cut short."""
        line, column = end
        cut = suspects.get(line, -1)
        if cut >= column and not self.lines[line][column:cut].strip():
            message = "from ` #` on, this line is a comment and no part of the text"
            hint = f"{QUOTE}; or put a space after the #"
            self.note("TT010", message, (line, cut), hint, path)

    def empty(self, holes: list[tuple[Path, tuple[int, int], Any]]) -> None:
        """Values left empty, said once for each map that a comma or a brace has made.

        A hole comes with its path, its place and, where it stands in a map in braces, that map
        as pairs of a key and its place.
        """
        told: set[int] = set()
        for path, place, (values, spots) in holes:
            if id(values) in told:
                continue
            if spots is not None and self._torn(path, place, values, spots):
                told.add(id(values))
                continue
            last = path[-1] if path else None
            what = f"`{last[:CLIP]}`" if isinstance(last, str) else "an item of the list"
            self.note("TT008", f"{what} is left empty", place, "give it a value or delete it", path)

    def _torn(self, path: Path, place: tuple[int, int], values: dict[str, Any], spots: Any) -> bool:
        pairs: list[tuple[str, str | None]] = []
        for key, value in values.items():
            if key.startswith(ABSENT):
                continue
            if value is None and not self._coloned(key, spots[key]):
                pairs.append((key, None))
            else:
                pairs.append((key, value if isinstance(value, Plain) else ""))
        meant = severed(pairs)
        if meant is not None:
            message = "a comma inside braces ends a value, so this text is torn apart"
            self.note("TT009", message, place, f'quote it: "{meant[:200]}"', path)
            return True
        if len(pairs) == 1 and pairs[0][1] is None:
            message = "a text that begins with a brace reads as a map"
            self.note("TT009", message, place, QUOTE, path)
            return True
        return False

    def _coloned(self, key: str, place: tuple[int, int]) -> bool:
        line, column = place
        after = self.lines[line][column:]
        return not after.startswith(key) or after[len(key) :].lstrip().startswith(":")
