"""Differing: what changed from one scenario to another, printed."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tabletop.authoring.check import explorations, explored
from tabletop.authoring.diff.bearing import law_changes
from tabletop.authoring.diff.change import Difference
from tabletop.authoring.diff.comparing import as_values, difference
from tabletop.authoring.diff.outcome import Outcome
from tabletop.authoring.diff.telling import named, reworded, sections
from tabletop.authoring.report import reported
from tabletop.conduct.errors import LibraryError
from tabletop.exercise.engine import Engine
from tabletop.exercise.replay import engine_of
from tabletop.plain.exploring import Progress
from tabletop.plain.lists import dumped
from tabletop.plain.page import Page
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library, Loaded


@dataclass(frozen=True, slots=True)
class Differing:
    """What two scenarios differ in."""

    old: "Loaded"
    new: "Loaded"
    found: Difference
    explored: bool
    """Whether what each can come to is compared too."""
    stopped: str = ""
    """Why it is not, though that was wanted: `limit`, `interrupted`, or empty."""

    def print(self, page: Page) -> None:
        """For people: meaning first, then texts."""
        page.line(self._head())
        if self.stopped == "limit":
            page.paragraph(
                say(
                    "The limit was hit before everything was explored, so what they can come to is"
                    " not compared. --limit sets another."
                )
            )
        elif self.stopped:
            page.paragraph(say("Exploring was stopped, so what they can come to is not compared."))
        if not self.found:
            page.paragraph(
                say("No difference in meaning or text.")
                if self.old.source == self.new.source
                else say("No difference in meaning or text, only in how the files are written.")
            )
            return
        if not self.found.meaning:
            page.paragraph(say("Nothing has changed in meaning."))
        for title, lines in sections(self.found.meaning).items():
            page.heading(title)
            for told in lines:
                page.line(told, "  ", "      ")
        if self.found.text:
            page.heading(say("Texts: what is gone stands in [-…-], what is new in {+…+}"))
        for each in self.found.text:
            page.line(
                f"{named(each.key)}, {each.label}, {say('line {line}', line=each.line)}",
                "  ",
                "      ",
            )
            for paragraph in reworded(each):
                page.line(paragraph, "    ")

    def _head(self) -> str:
        old, new = self.old.scenario, self.new.scenario
        if old.title == new.title and old.version == new.version:
            return say("{title} {version}", title=new.title, version=new.version)
        return say(
            "{old} {before}, now {new} {after}",
            old=old.title,
            before=old.version,
            new="" if old.title == new.title else new.title,
            after=new.version,
        ).replace("  ", " ")

    def as_json(self) -> list[str]:
        """For programs."""
        told: dict[str, Any] = {
            name: {
                "file": str(loaded.path),
                "title": loaded.scenario.title,
                "version": loaded.scenario.version,
            }
            for name, loaded in (("old", self.old), ("new", self.new))
        }
        told["explored"] = self.explored
        told["complete"] = not self.stopped
        return dumped({**told, **as_values(self.found)})


def since_begun(
    library: "Library",
    folder: "DataFolder",
    exercise: str,
    new: "Loaded | None",
    limit: int,
    *,
    explore: bool = True,
) -> Differing:
    """Compares the scenario an exercise began with to another, or to the same as it is now.

    Raises:
        LibraryError: where its file is not there any more.
    """
    record = folder.record(exercise)
    header = record.header
    if new is None:
        path = library.present(header, folder.origin(exercise))
        if path is None:
            raise LibraryError(
                say(
                    "The scenario of this exercise lies nowhere any more; name the one to compare"
                    " it with."
                )
            )
        new = library.load(path)
    old = library.load_again(header)
    then = engine_of(header).guidance
    law = law_changes(then, new.guidance, old.scenario.jurisdiction)
    found = differing(old, new, limit, explore=explore)
    meaning = (*found.found.meaning, *law)
    return replace(found, found=replace(found.found, meaning=meaning))


def differing(old: "Loaded", new: "Loaded", limit: int, *, explore: bool = True) -> Differing:
    """Compares two scenarios, what each can come to included unless that is not wanted."""
    outcomes, stopped = None, ""
    if explore and old.source != new.source:
        progress = Progress()
        try:
            outcomes, stopped = _outcomes(old, new, limit, progress)
        except KeyboardInterrupt:
            stopped = "interrupted"
        finally:
            progress.clear()
    found = difference(old.scenario, new.scenario, new.reading.document, outcomes)
    return Differing(old, new, found, explore and not stopped, stopped)


def _outcomes(
    old: "Loaded", new: "Loaded", limit: int, progress: Progress
) -> tuple[tuple[Outcome, Outcome] | None, str]:
    """What each can come to, or why that is not known: what was seen in part can't be compared."""
    first = _outcome(old, limit, progress)
    if first.checked.stopped:
        return None, first.checked.stopped
    second = _outcome(new, limit, progress)
    return (None, second.checked.stopped) if second.checked.stopped else ((first, second), "")


def _outcome(loaded: "Loaded", limit: int, progress: Progress) -> Outcome:
    engine = Engine(loaded.scenario, loaded.guidance)
    made = explorations(engine, limit=limit, progress=progress.show)
    checked = explored(loaded.reading, made)
    return Outcome(reported(made), checked)
