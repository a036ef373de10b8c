"""Domain rules: what good guidance says of marks, acts and dilemmas.

Where a rule has to read an author's words it looks for few and plain patterns, and its message
says which words it means: an author has to see why, and may waive it with a reason. What a rule
takes for granted is only what the marks already say, with the practices they rest on.
"""

from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.acts import front, remarks_on_acts
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.authoring.rules.content import remarks_on_content
from tabletop.authoring.rules.grave import remarks_on_grave
from tabletop.authoring.rules.phrases import says
from tabletop.authoring.rules.tells import remarks_on_tells
from tabletop.authoring.rules.terms import remarks_on_terms
from tabletop.exercise.engine import Engine
from tabletop.scenario.decisions import Decision
from tabletop.scenario.model import PlainMark
from tabletop.scenario.problem import Path

REASON = 4
"""Words below which a reason teaches nothing,"""
VERDICT = 9
"""and below which one that says it is right or wrong says nothing else."""


def remarks_on_domain(engine: Engine) -> Iterator[Remark]:
    """Everything the rules of the domain say of a scenario at rest."""
    for path, mark in marks(engine):
        yield from _reasoned(path, mark)
    for name in engine.plan.scene_of_decision:
        decision = engine.plan.decision(name)
        if decision.tension == "depends":
            yield from _depends(decision_path(engine, name), decision)
    yield from _conflict(engine)
    yield from _tempted(engine)
    yield from remarks_on_grave(engine)
    yield from remarks_on_acts(engine)
    yield from remarks_on_tells(engine)
    yield from remarks_on_terms(engine)
    yield from remarks_on_content(engine)


def marks(engine: Engine) -> Iterator[tuple[Path, PlainMark]]:
    """Every mark with its place."""
    for name in engine.plan.scene_of_decision:
        decision = engine.plan.decision(name)
        for option, one in decision.options.items():
            at: Path = (*decision_path(engine, name), "options", option)
            for number, mark in enumerate(one.key()):
                where: Path = (*at, "marks", number) if one.marks else at
                yield where, mark
    for fact, authored in engine.scenario.facts.items():
        for number, share in enumerate(authored.share):
            at = ("facts", fact, "share", number)
            for place, mark in enumerate(share.key()):
                where = (*at, "marks", place) if share.marks else at
                yield where, mark
            for field in ("without", "lapsed", "kept"):
                other: PlainMark | None = getattr(share, field)
                if other is not None:
                    yield (*at, field), other


def _reasoned(path: Path, mark: PlainMark) -> Iterator[Remark]:
    if not (mark.vc or mark.ci or mark.critical):
        return
    count = len(mark.because.split())
    if count < REASON or (count < VERDICT and says("verdict", mark.because)):
        message = f"“{mark.because.strip()}” is no reason that a debrief could use"
        hint = "say in a sentence what it does to a person or to the case"
        yield Remark("TT501", (*path, "because"), message, hint)


def _depends(path: Path, decision: Decision) -> Iterator[Remark]:
    credited = {
        name
        for name, option in decision.options.items()
        if any(mark.vc > 0 or mark.ci > 0 for mark in option.key())
    }
    if len(credited) < 2:
        message = "a decision that `depends` gives credit to two options or more"
        hint = "mark a second option above zero, or write `tension: aligned`"
        yield Remark("TT508", (*path, "options"), message, hint)
        return
    reasoned = {name for each in decision.reasons.values() for name in each.options} & credited
    if len(reasoned) < 2:
        message = "only one of the options with credit has a reason that speaks for it"
        yield Remark("TT508", (*path, "reasons"), message, "offer a reason for another option")
    elif not any(each.fits is not None for each in decision.reasons.values()):
        message = "nothing says what it depends on: no reason has a condition in `fits`"
        hint = "write `fits:` with what has to be so, such as a law or what the role knows"
        yield Remark("TT508", (*path, "reasons"), message, hint)


def _conflict(engine: Engine) -> Iterator[Remark]:
    decisions = [engine.plan.decision(name) for name in engine.plan.scene_of_decision]
    if not decisions:
        return
    genuine = any(
        decision.tension == "conflict" and len(front(decision)) > 1 for decision in decisions
    )
    if not genuine:
        message = "no decision here is a genuine conflict of the two axes"
        hint = "give one `tension: conflict` and two options that neither beats on both axes"
        yield Remark("TT509", ("scenes",), message, hint)


def _tempted(engine: Engine) -> Iterator[Remark]:
    for role in engine.scenario.roles:
        own = [
            decision
            for decision in map(engine.plan.decision, engine.plan.scene_of_decision)
            if role in decision.by
        ]
        tempting = sum(
            any(mark.vc < 0 or mark.ci < 0 for mark in option.key())
            for decision in own
            for option in decision.options.values()
        )
        if own and tempting < 2:
            count = "no option" if not tempting else "only one option"
            message = f"of all decisions of `{role}`, {count} is a mistake one could be tempted to"
            hint = (
                "each profession needs its own; a role without any looks like the one in the right"
            )
            yield Remark("TT518", ("roles", role), message, hint)
