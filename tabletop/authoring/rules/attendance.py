"""Attendance: decisions nobody present may take, in any allowed attendance.

A decision may come up before anyone who decides it has joined; and where nobody plays a role, its
stand-in's rules may leave it without an answer. Only where they would do so in some situation with
everyone present are the attendances explored in which that role has a stand-in.
"""

from collections.abc import Iterator

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.findings import Remark
from tabletop.authoring.packed.watch import Watch
from tabletop.authoring.rules.behaviour import decision_path, played_by
from tabletop.scenario.problem import Path

Left = tuple[str, str]
"""A decision, and a role that decides it."""


def remarks_on_attendance(made: Explorations) -> Iterator[Remark]:
    """Decisions for which nobody is there, and such as leave a stand-in without an answer."""
    for found in made.facilitated_too:
        yield from _nobody(found)
    doubted = dict.fromkeys(_doubted(made.everyone))
    for people in made.attendances:
        wanted = [left for left in doubted if left[1] not in people]
        if wanted:
            other = made.of(people)
            for left in wanted:
                if other.shows("stranded", *left):
                    del doubted[left]
                    yield _stranded(other, *left)


def _nobody(found: Explored) -> Iterator[Remark]:
    for decision in found.engine.plan.scene_of_decision:
        if found.shows("unasked", decision):
            who = ", ".join(f"`{role}`" for role in found.engine.plan.decision(decision).by)
            message = f"nobody who decides `{decision}` has joined yet: {who}"
            hint = "change `joins` of the role, or who decides"
            path = (*decision_path(found.engine, decision), "by")
            yield Remark("TT407", path, message, hint, found.route("unasked", decision))


def _doubted(everyone: Explored) -> Iterator[Left]:
    """Where the rules of a role would give no answer, in some situation with everyone there."""
    for scene in everyone.reached.arrivals:
        inside = everyone.model.inside(scene)
        stage = inside.stage
        assert isinstance(stage, Watch)
        for packed in inside.nodes:
            for name, asked in stage.asked.items():
                if not packed & everyone.model.layout.opened[name].bits:
                    continue
                for role in stage.by(asked.decision, packed):
                    # That there are no rules at all is said on reading.
                    if asked.decision.rules_for(role) and not stage.ruled[name, role](packed):
                        yield name, role


def _stranded(found: Explored, decision: str, role: str) -> Remark:
    who = played_by(found.engine, found.people)
    message = f"{who}no rule of the stand-in for `{role}` gives an answer to `{decision}`"
    hint = "end its rules with an option that is always shown"
    path: Path = (*decision_path(found.engine, decision), "stand_in")
    if isinstance(found.engine.plan.decision(decision).stand_in, dict):
        path = (*path, role)
    return Remark("TT407", path, message, hint, found.route("stranded", decision, role))
