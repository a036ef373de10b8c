"""Drawing: a scenario's map from the command line, with what was found and a path on it."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from tabletop.authoring.check import Checked, check
from tabletop.authoring.diagram import dot, mermaid, svg, telling
from tabletop.authoring.diagram.model import Diagram, diagram
from tabletop.authoring.diagram.path import Path as TakenPath
from tabletop.authoring.diagram.path import path_of
from tabletop.authoring.diagram.placing import REQUIREMENT, NoLayout
from tabletop.authoring.plays import read_play, run_play
from tabletop.conduct.errors import LibraryError, SetupError
from tabletop.conduct.library import guidance
from tabletop.conduct.source_file import read_source, shown
from tabletop.exercise.engine import Engine
from tabletop.exercise.record import Record, trunk
from tabletop.exercise.replay import engine_of
from tabletop.scenario.model import Scenario
from tabletop.scenario.reading import read_scenario
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Library


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scenario ready to be drawn."""

    name: str
    source: bytes
    scenario: Scenario
    checked: Checked
    path: TakenPath = ()
    notes: tuple[str, ...] = ()
    """What is to be said beside the map."""

    @property
    def bounded(self) -> bool:
        """Whether exploring stopped at its limit."""
        return any(finding.code == "TT421" for finding in self.checked.findings)

    @property
    def diagram(self) -> Diagram:
        """The map."""
        return diagram(self.scenario, self.checked.findings, self.path)

    def along(self, route: Path) -> "Drawn":
        """The same with the path of a route file or a play script.

        Raises:
            SetupError: with a sentence, where the file is none or can't be followed.
        """
        name = shown(route)
        engine = self._engine()
        script, problems = read_play(read_source(route), name, engine)
        if script is None:
            raise SetupError(f"{problems[0]}.")
        engine = Engine(self.scenario, guidance(), script.parameters)
        result = run_play(engine, script)
        if result.difference:
            raise SetupError(
                say(
                    "{file}:{line}: the route can't be followed: {why}.",
                    file=name,
                    line=result.line,
                    why=result.difference.rstrip("."),
                )
            )
        return replace(self, path=path_of(engine, result.events))

    def played(self, record: Record) -> "Drawn":
        """The same with the path of an exercise.

        Raises:
            SetupError: where it went through scenes that this scenario does not have.
        """
        events = (event for entry in trunk(record.entries) for event in entry.events)
        path = path_of(engine_of(record.header), events)
        strange = [step.scene for step in path if step.scene not in self.scenario.scenes]
        if strange:
            raise SetupError(
                say(
                    "Exercise {id} can't be painted on {file}, which has no scene called {scenes}.",
                    id=record.header.id,
                    file=self.name,
                    scenes=", ".join(dict.fromkeys(strange)),
                )
            )
        if record.header.scenario_text.encode() == self.source:
            return replace(self, path=path)
        note = say(
            "Exercise {id} was played on another version of {file}; its path is painted as far as"
            " the scenes have kept their names.",
            id=record.header.id,
            file=self.name,
        )
        return replace(self, path=path, notes=(*self.notes, note))

    def lines(self, form: str) -> Iterable[str]:
        """The map in one of its forms.

        Raises:
            SetupError: with what to install, where a picture can't be laid out.
        """
        try:
            return tuple(_FORMS[form](self.diagram))
        except NoLayout:
            raise SetupError(
                say(
                    "A picture is laid out by a library that is not installed; to install it:"
                    " {python} -m pip install '{requirement}'. Mermaid, DOT and text need none.",
                    python=quote(sys.executable or "python3"),
                    requirement=REQUIREMENT,
                )
            ) from None

    def _engine(self) -> Engine:
        if self.checked.engine is None:
            raise SetupError(
                say(
                    "{file} can't be played yet, so no route can be followed in it:"
                    " `tabletop check {file}` says why.",
                    file=self.name,
                )
            )
        return self.checked.engine


def read(library: "Library", ref: str, *, explore: bool, limit: int) -> Drawn:
    """A scenario with what is wrong in it, as far as it can be drawn.

    Raises:
        LibraryError: where it is not there, or so broken that there are no scenes to draw.
    """
    path = library.find(ref)
    name = shown(path)
    source = read_source(path)
    registry = guidance()
    reading = read_scenario(source, name, registry)
    if reading.scenario is None:
        raise LibraryError(
            say(
                "{file} can't be drawn before it reads: {problem}; `tabletop check {file}` shows"
                " everything.",
                file=name,
                problem=reading.problems[0],
            )
        )
    checked = check(reading, registry, limit=limit, explore=explore)
    return Drawn(name, source, reading.scenario, checked)


def form_of(output: Path | None) -> str:
    """The form that the name of an output file asks for; text where it asks for none."""
    return _ENDINGS.get(output.suffix.lower(), "text") if output else "text"


_FORMS: dict[str, Callable[[Diagram], Iterable[str]]] = {
    "text": telling.lines,
    "mermaid": mermaid.lines,
    "dot": dot.lines,
    "svg": svg.lines,
}
_ENDINGS = {
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
}
