"""What two scenarios differ in when they are explored and checked: what each can come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tabletop.authoring.diff.change import Change, Key
from tabletop.authoring.diff.renames import Renamed
from tabletop.exercise import commands as c

if TYPE_CHECKING:
    from tabletop.authoring.check import Checked
    from tabletop.authoring.explore import Move
    from tabletop.authoring.findings import Finding
    from tabletop.authoring.report import Attended, Deciding, Ending, ExploreReport

COUNTED = ("situations", "transitions", "routes", "cycles", "stuck")
SPANS = ("vc", "ci", "decisions", "words", "minutes")
KINDS = ("objective", "task", "practice", "source")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What exploring and checking a scenario found."""

    report: ExploreReport
    checked: Checked


def outcome_changes(old: Outcome, new: Outcome, renamed: Renamed) -> Iterator[Change]:
    """What the new scenario can come to that the old one could not, and the other way round."""
    names = _Names(renamed)
    before, after = old.report, new.report
    yield from _endings(before.everyone, after.everyone, names)
    yield from _numbers(before.everyone, after.everyone)
    for field in ("shortest", "longest"):
        yield from _deciding(field, getattr(before, field), getattr(after, field), names)
    yield from _exercised(before, after)
    yield from _attendances(before, after, names)
    yield from _findings("finding", old.checked.findings, new.checked.findings, names)
    yield from _findings("waived", old.checked.waived, new.checked.waived, names)


class _Names:
    """New names for what the old scenario calls otherwise."""

    def __init__(self, renamed: Renamed) -> None:
        self.renamed = renamed
        self.of = {old: new[-1] for old, new in renamed.items()}

    def one(self, sort: str, *name: str) -> str:
        return self.of.get((sort, *name), name[-1])

    def steps(self, route: Iterable[Move]) -> Iterator[str]:
        """A route's answers and shares, in new names."""
        for move in route:
            match move[0][1]:
                case c.Commit(decision, option):
                    asked = self.one("decision", decision)
                    yield f"{asked}: {self.one('option', asked, option)}"
                case c.Share(fact, to):
                    yield f"{self.one('fact', fact)} to {self.one('role', to)}"
                case c.Release(inject):
                    yield f"release {self.one('inject', inject)}"

    def place(self, finding: Finding) -> str:
        """A finding's place in the document, in new names."""
        steps = [str(step) for step in finding.path]
        for number, step in enumerate(steps):
            sort = _HELD_IN.get(steps[number - 1]) if number else None
            if sort is not None:
                owner = steps[number - 2] if sort in ("option", "reason", "task") else None
                steps[number] = self.one(sort, *((owner,) if owner else ()), step)
        return ".".join(steps)


_HELD_IN = {
    "roles": "role", "state": "state", "consents": "consent", "facts": "fact", "themes": "theme",
    "objectives": "objective", "tasks": "task", "scenes": "scene", "injects": "inject",
    "decisions": "decision", "options": "option", "reasons": "reason", "parameters": "parameter",
}  # fmt: skip


def _numbers(before: Attended, after: Attended) -> Iterator[Change]:
    for field in (*COUNTED, *SPANS):
        old, new = getattr(before, field), getattr(after, field)
        if old != new:
            yield Change("changed", ("outcome",), field, _listed(old), _listed(new))
    if before.frontier != after.frontier:
        yield Change(
            "changed", ("outcome",), "frontier", _points(before.frontier), _points(after.frontier)
        )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _points(frontier: Any) -> list[list[float]] | None:
    if frontier is None:
        return None
    return [[each.vc, each.ci, each.forgone_vc, each.forgone_ci] for each in frontier]


def _endings(before: Attended, after: Attended, names: _Names) -> Iterator[Change]:
    old = {names.one("scene", each.name): each for each in before.endings}
    new = {each.name: each for each in after.endings}
    for name, ending in new.items():
        was = old.get(name)
        if was is None or (ending.reached and not was.reached):
            if ending.reached:
                steps = list(names.steps(ending.route))
                yield Change("added", ("ending", name), "", None, _ending(ending, steps))
        elif was.reached and not ending.reached:
            yield Change(
                "removed", ("ending", name), "", _ending(was, list(names.steps(was.route)))
            )
        else:
            yield from _reached(name, was, ending, names)
    for name, ending in old.items():
        if name not in new and ending.reached:
            steps = list(names.steps(ending.route))
            yield Change("removed", ("ending", name), "", _ending(ending, steps))


def _ending(ending: Ending, steps: list[str]) -> dict[str, Any]:
    return {"routes": ending.routes, "moves": ending.moves, "route": steps}


def _reached(name: str, was: Ending, now: Ending, names: _Names) -> Iterator[Change]:
    for field in ("routes", "moves"):
        old, new = getattr(was, field), getattr(now, field)
        if old != new:
            yield Change("changed", ("ending", name), field, old, new)
    old_steps, new_steps = list(names.steps(was.route)), list(_Names({}).steps(now.route))
    if sorted(old_steps) != sorted(new_steps):
        yield Change("changed", ("ending", name), "route", old_steps, new_steps)


def _deciding(
    field: str, old: Deciding | None, new: Deciding | None, names: _Names
) -> Iterator[Change]:
    before = {
        names.one("role", role): count for role, count in (old.by_role if old else {}).items()
    }
    after = new.by_role if new else {}
    for role in dict.fromkeys((*before, *after)):
        was, now = before.get(role, 0), after.get(role, 0)
        if was != now:
            label = f"decisions on the {field} route"
            yield Change("changed", ("role", role), label, was, now)


def _exercised(before: ExploreReport, after: ExploreReport) -> Iterator[Change]:
    for kind in KINDS:
        old, new = _how_often(before, kind), _how_often(after, kind)
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                yield Change("changed", ("exercised", kind, name), "", old.get(name), new.get(name))


def _how_often(report: ExploreReport, kind: str) -> dict[str, str]:
    found = report.exercised
    return {
        name: often
        for often, names in (("every", found.every), ("some", found.some), ("none", found.none))
        for name in names.get(kind, ())
    }


def _attendances(before: ExploreReport, after: ExploreReport, names: _Names) -> Iterator[Change]:
    def by_people(report: ExploreReport, names: _Names) -> Mapping[str, Attended]:
        return {
            ", ".join(names.one("role", role) for role in each.people): each
            for each in (report.everyone, *report.attendances)
        }

    old, new = by_people(before, names), by_people(after, _Names({}))
    common = _endings_of(before.everyone, names) & _endings_of(after.everyone, _Names({}))
    for people, found in new.items():
        was = old.get(people)
        key: Key = ("attendance", people)
        if was is None:
            yield Change("added", key)
            continue
        if found.people == after.everyone.people:
            continue
        # An ending that came or went for everyone is told once.
        one = sorted(_endings_of(was, names) & common)
        other = sorted(_endings_of(found, _Names({})) & common)
        if one != other:
            yield Change("changed", key, "endings", one, other)
        if was.stuck != found.stuck:
            yield Change("changed", key, "stuck", was.stuck, found.stuck)
    for people in old:
        if people not in new:
            yield Change("removed", ("attendance", people))


def _endings_of(found: Attended, names: _Names) -> set[str]:
    return {names.one("scene", each.name) for each in found.endings if each.reached}


def _findings(
    sort: str, before: Iterable[Finding], after: Iterable[Finding], names: _Names
) -> Iterator[Change]:
    old = {(each.code, names.place(each)): each.message for each in before}
    new = {(each.code, _Names({}).place(each)): each.message for each in after}
    for place in dict.fromkeys((*old, *new)):
        was, now = old.get(place), new.get(place)
        if was is None:
            yield Change("added", (sort, *place), "", None, now)
        elif now is None:
            yield Change("removed", (sort, *place), "", was)
        elif was != now:
            yield Change("changed", (sort, *place), "message", was, now)
