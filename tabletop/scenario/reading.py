"""Reading a scenario: bytes in, a checked scenario or every problem out.

The document is read strictly (`document.py`), shaped once into the model (`model.py`), and its
names are held against each other (`names.py`). Whatever goes wrong is said in an author's words
and with its place in the file; the words of the validation library are never shown.
"""

from dataclasses import dataclass

from pydantic import ValidationError

from tabletop.scenario.document import Document, read_document
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario
from tabletop.scenario.names import problems_of_names
from tabletop.scenario.places import located, sharpened
from tabletop.scenario.problem import Problem, errors
from tabletop.scenario.shape import problems_of_shape

WORDED = ("TT211", "TT213")
"""Codes whose messages name one word of a longer text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file."""

    document: Document
    """The file as it stands."""
    scenario: Scenario | None
    """The scenario, if every piece has its shape; it may still hold problems."""
    problems: tuple[Problem, ...]
    """Everything found, in order of position."""

    @property
    def playable(self) -> bool:
        """Whether an exercise can be run on it."""
        return self.scenario is not None and not errors(self.problems)


def read_scenario(source: bytes, name: str, guidance: Guidance) -> Reading:
    """Reads and checks a scenario; `name` is what problems call the file."""
    document = read_document(source, name)
    problems = list(document.problems)
    scenario: Scenario | None = None
    if isinstance(document.tree, dict):
        try:
            scenario = Scenario.model_validate(document.tree)
        except ValidationError as failure:
            problems += problems_of_shape(failure, document)
    if scenario is not None:
        for path, code, message, hint in problems_of_names(scenario, guidance):
            problem = located(document, path, code, message, hint)
            problems.append(sharpened(problem, document) if code in WORDED else problem)
    problems.sort(key=lambda each: (each.line, each.column))
    return Reading(document, scenario, tuple(problems))
