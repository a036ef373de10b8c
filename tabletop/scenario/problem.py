"""Problems: what is wrong in a file, where, and how to mend it.

A problem is a value, so that every reader (the command line, an editor, the authoring screen)
shows the same finding in its own form. The hundreds of a code say who found it: 0 the reading of
the file, 1 the shape of each piece, 2 the names inside a scenario, 3 the rules of form that an
exercise rests on. Codes never change their meaning; a code that goes is not used again.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]

CODES: dict[str, str] = {
    "TT001": "The file is not UTF-8 text.",
    "TT002": "The file, or a piece of it, is larger than a scenario needs.",
    "TT003": "The file is not YAML.",
    "TT004": "The file uses a part of YAML that is not read here.",
    "TT005": "A key is written twice.",
    "TT006": "A character that cannot be seen, or that steers a screen.",
    "TT007": "A key is not a plain name.",
    "TT008": "A value is left empty.",
    "TT009": "A text has been taken for YAML and needs quotes.",
    "TT010": "The rest of a text has been taken for a comment.",
    "TT011": "The file does not hold what it should.",
    "TT020": "A play script or a route holds a step that is not one.",
    "TT101": "A field that does not exist.",
    "TT102": "A field is missing.",
    "TT103": "A value is of the wrong kind.",
    "TT104": "A value is out of bounds.",
    "TT105": "Two fields do not go together.",
    "TT106": "A condition cannot be read.",
    "TT201": "A role that does not exist.",
    "TT202": "A scene that does not exist.",
    "TT203": "A fact that does not exist.",
    "TT204": "A consent that does not exist.",
    "TT205": "An option that does not exist.",
    "TT206": "A flag or counter that does not exist.",
    "TT207": "A practice that is not in the guidance.",
    "TT208": "A fact class that is not in the guidance.",
    "TT209": "A jurisdiction card that is not in the guidance.",
    "TT210": "A theme that is not declared.",
    "TT211": "A parameter that is not declared.",
    "TT212": "A name that stands for two things.",
    "TT213": "A condition names something that does not exist, or compares what does not fit.",
    "TT301": "A mark other than zero without a practice.",
    "TT302": "Reasons do not fit the tension of the decision.",
    "TT303": "A mark depends on what the role cannot know.",
    "TT304": "A stand-in's rule depends on what the role cannot know.",
    "TT305": "A mark for a consent where no consent is named.",
    "TT306": "A consent does not cover this sharing.",
    "TT307": "A privileged fact goes to the prosecutor without being a critical act.",
    "TT308": "A decision that no stand-in can take.",
    "TT309": "A fact may be shared at any time.",
    "TT310": "A fact nobody can come to know.",
    "TT311": "A fact is offered to someone who has it.",
    "TT312": "A role is asked for advice on its own decision.",
    "TT313": "Advice from a role that is not asked.",
    "TT314": "An effect does not fit what it changes.",
    "TT315": "A scene nothing leads to.",
    "TT316": "The exercise cannot end.",
    "TT317": "A stand-in shares a fact outside its window.",
}
"""Every code with the sentence that heads its page."""

WARNINGS = frozenset({"TT010", "TT308", "TT309", "TT310", "TT315"})
"""The codes of findings with which a scenario can still be played."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; lines and columns count from one, columns in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file."""

    code: str
    """A key of `CODES`."""
    message: str
    """One sentence about what is wrong."""
    file: str = ""
    """The file as its reader named it."""
    line: int = 1
    """The line, from one."""
    column: int = 1
    """The column in characters, from one."""
    length: int | None = None
    """How many characters of that line are meant, if known."""
    hint: str | None = None
    """How to mend it."""
    path: Path = ()
    """The place in the document."""

    @property
    def severity(self) -> Severity:
        """Whether the file can be used in spite of it."""
        return "warning" if self.code in WARNINGS else "error"

    def __str__(self) -> str:
        """The problem on one line."""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{hint}"


def errors(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Those problems with which a file cannot be used."""
    return tuple(each for each in problems if each.severity == "error")
