"""The outline of a scenario: its pieces in the author's order, with what was found in each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tabletop.authoring.findings import Finding
from tabletop.authoring.places import WHOLE, Place, place_of
from tabletop.scenario.document import Document
from tabletop.scenario.model import Scenario, Scene
from tabletop.scenario.problem import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an outline."""

    place: Place
    title: str
    depth: int
    line: int
    """Where it is written."""
    beside: str = ""
    """Who decides, receives or holds it."""
    minutes: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of an outline with what stands under it."""

    title: str
    entries: tuple[Entry, ...]


def outline(
    scenario: Scenario, document: Document, findings: Iterable[Finding] = ()
) -> tuple[Part, ...]:
    """A scenario's outline: the whole, its modules, its endings, its roles and facts.

    The first part has no title; those of roles and facts have the name of the field.
    """
    found: dict[Place, list[Finding]] = {}
    for finding in findings:
        found.setdefault(place_of(scenario, finding.path), []).append(finding)

    def entry(
        place: Place, title: str, path: Path, depth: int = 0, beside: Iterable[str] = ()
    ) -> Entry:
        line = document.key(path).line
        return Entry(
            place, title, depth, line, ", ".join(beside), findings=tuple(found.get(place, ()))
        )

    def within(name: str, scene: Scene) -> Iterator[Entry]:
        at: Path = ("scenes", name)
        yield replace(entry(Place("scene", name), name, at), minutes=scene.minutes)
        for inject, each in scene.injects.items():
            yield entry(Place("inject", inject), inject, (*at, "injects", inject), 1, each.to)
        for decision, asked in scene.decisions.items():
            path = (*at, "decisions", decision)
            yield entry(Place("decision", decision), decision, path, 1, asked.by)

    modules: dict[str, list[Entry]] = {}
    for name, scene in scenario.scenes.items():
        module = "" if scene.ending and not scene.module else scenario.module_of(name)
        modules.setdefault(module, []).extend(within(name, scene))
    endings = modules.pop("", [])
    roles = [entry(Place("role", name), name, ("roles", name)) for name in scenario.roles]
    facts = [
        entry(Place("fact", name), name, ("facts", name), 0, fact.held_by)
        for name, fact in scenario.facts.items()
    ]
    whole = [entry(WHOLE, scenario.title, ("title",))]
    parts = (
        ("", whole),
        *modules.items(),
        ("endings", endings),
        ("roles", roles),
        ("facts", facts),
    )
    return tuple(Part(title, tuple(entries)) for title, entries in parts if entries)
