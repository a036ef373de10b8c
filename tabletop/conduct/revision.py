"""Revision: what has become of the scenario of an exercise since it began.

A record holds its own scenario and goes on with it. Where the file it came from says something else
now, whoever resumes it is told, and asked first where the change bears on their exercise.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop import __version__
from tabletop.authoring.diff.change import Change
from tabletop.conduct.errors import LibraryError, RecordError
from tabletop.conduct.library import Library, guidance
from tabletop.conduct.source_file import read_source, shown
from tabletop.exercise.engine import Engine
from tabletop.exercise.record import Header
from tabletop.exercise.state import State
from tabletop.scenario.problem import errors
from tabletop.scenario.reading import read_scenario
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.room import Room


@dataclass(frozen=True, slots=True)
class Revision:
    """What has changed since an exercise began."""

    exercise: str
    title: str
    path: Path
    """The scenario's file as it is now."""
    changes: tuple[Change, ...] = ()
    """Those that bear on the exercise."""
    told: tuple[str, ...] = ()
    """The same in a few lines that give nothing away to someone who still plays."""
    problem: str = ""
    """Why it can't be said what has changed, as a sentence; empty where it can."""

    @property
    def harmless(self) -> bool:
        """Whether nobody needs to be asked."""
        return not self.changes and not self.problem

    @property
    def sentence(self) -> str:
        """What has changed, in a sentence."""
        if self.harmless:
            return say(
                "{title} has changed since this exercise began, but only in its wording or in"
                " what this exercise can't come to any more. It goes on as it began.",
                title=self.title,
            )
        if self.problem:
            return say(
                "{title} has changed since exercise {id} began, and can't be played as it stands"
                " now: {problem}",
                title=self.title,
                id=self.exercise,
                problem=self.problem,
            )
        return say(
            "{title} has changed since exercise {id} began, in what it has been through or may"
            " still come to.",
            title=self.title,
            id=self.exercise,
        )


class ScenarioChanged(RecordError):
    """An exercise is not resumed before somebody has said that it shall go on as it began."""

    def __init__(self, revision: Revision) -> None:
        """Takes what has changed."""
        super().__init__(revision.sentence)
        self.revision = revision


def refuse_unplayable(header: Header, engine: Engine) -> None:
    """Refuses a record whose scenario breaks a rule that came with a later version.

    Raises:
        RecordError: where it does.
    """
    if header.tool_version == __version__:
        return
    source = header.scenario_text.encode()
    broken = errors(read_scenario(source, header.scenario_name, engine.guidance).problems)
    if broken:
        raise RecordError(
            say(
                "This exercise was begun with version {version} of tabletop, and its scenario"
                " can't be played with this one: {problem}. Its debrief can still be read.",
                version=header.tool_version,
                problem=broken[0].message,
            )
        )


def asked_first(
    library: Library, room: "Room", origin: Path | None, *, as_begun: bool
) -> Revision | None:
    """What has become of the scenario of an exercise that goes on, where nobody has to be asked.

    Raises:
        ScenarioChanged: where somebody has to be, and has not said that it goes on `as_begun`.
    """
    revision = revised(library, room.header, origin, room.engine, room.state)
    if revision is not None and not revision.harmless and not as_begun:
        raise ScenarioChanged(revision)
    return revision


def revised(
    library: Library, header: Header, origin: Path | None, engine: Engine, state: State
) -> Revision | None:
    """What has changed since an exercise began; nothing where nothing has, or the file is gone.

    `engine` and `state` are those of the exercise.
    """
    path = library.present(header, origin)
    if path is None:
        return None
    title = engine.scenario.title
    try:
        source = read_source(path)
    except LibraryError as error:
        return Revision(header.id, title, path, problem=str(error))
    same = source == header.scenario_text.encode()
    if same and header.tool_version == __version__:
        # The guidance comes with the program, so that is the same too.
        return None
    # Nothing has changed for most exercises, and what says so takes a while to import.
    from tabletop.authoring.diff.bearing import bearing, law_changes, to_players
    from tabletop.authoring.diff.comparing import difference

    registry = guidance()
    reading = read_scenario(source, shown(path), registry)
    if reading.scenario is None or not reading.playable:
        first = (errors(reading.problems) or reading.problems)[0]
        problem = f"{first.file}:{first.line}: {first.message}."
        return Revision(header.id, title, path, problem=problem)
    found = difference(engine.scenario, reading.scenario, reading.document)
    law = law_changes(engine.guidance, registry, engine.scenario.jurisdiction)
    changes = bearing((*law, *found.meaning), engine.plan, state)
    if not changes and same:
        return None
    told = tuple(to_players(changes, engine.plan, state.visited))
    return Revision(header.id, title, path, changes, told)
