"""Choices: whether an answer matters, whether a dilemma is one, and whether trouble pays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from tabletop.authoring.findings import Remark
from tabletop.authoring.liveness import Key
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.authoring.survey import Arrow, Gain, Survey, open_decisions
from tabletop.exercise.run import Run
from tabletop.exercise.settling import judged

AXES = ("victim-centeredness", "case integrity")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where a lower mark leads to a higher attainable total on the same axis."""

    decision: str
    lower: str
    higher: str
    axis: int
    with_lower: int
    with_higher: int
    at: Key


def remarks_on_choices(made: Survey, troubles: Iterable[Trouble] | None = None) -> Iterator[Remark]:
    """Fake choices, dilemmas that are none, and trouble that pays.

    `troubles` may come from whoever computed them already; otherwise they are computed here.
    """
    yield from _fake(made)
    yield from _settled_beforehand(made)
    for each in trouble(made) if troubles is None else troubles:
        path = decision_path(made.engine, each.decision)
        message = (
            f"`{each.lower}` has the lower mark in {AXES[each.axis]} and leads to more of it: "
            f"{each.with_lower} can still be had, after `{each.higher}` only {each.with_higher}"
        )
        hint = "what comes of trouble should repair it, not outweigh it"
        yield Remark("TT410", (*path, "options", each.lower), message, hint, made.route(each.at))


def _answers(arrows: list[Arrow]) -> dict[str, dict[str, Arrow]]:
    """The arrows of one situation by decision and option."""
    by: dict[str, dict[str, Arrow]] = {}
    for arrow in arrows:
        if arrow.choice is not None:
            by.setdefault(arrow.choice[0], {})[arrow.choice[1]] = arrow
    return by


def _fake(made: Survey) -> Iterator[Remark]:
    engine = made.engine
    together: dict[tuple[str, str, str], Key] = {}
    differ: set[tuple[str, str, str]] = set()

    def worth(arrow: Arrow) -> object:
        outcome = tuple(engine.plan.texts[path] for path in arrow.outcome)
        return arrow.to, arrow.gain, arrow.critical, outcome

    for key, arrows in made.arrows.items():
        for decision, options in _answers(arrows).items():
            for (one, first), (other, second) in combinations(options.items(), 2):
                pair = (decision, one, other)
                together.setdefault(pair, key)
                if pair not in differ and worth(first) != worth(second):
                    differ.add(pair)
    for pair, key in together.items():
        if pair not in differ:
            decision, one, other = pair
            path = (*decision_path(engine, decision), "options", other)
            message = (
                f"`{other}` never differs from `{one}`: same marks, same effects, same outcome"
            )
            hint = "give it a mark, an effect or an outcome of its own, or leave it out"
            yield Remark("TT408", path, message, hint, made.route(key))


def _settled_beforehand(made: Survey) -> Iterator[Remark]:
    """Dilemmas in which one option is at least as good on both axes as all others."""
    engine = made.engine
    first: dict[str, tuple[str, Key]] = {}
    asked: dict[str, int] = {}
    times: dict[str, int] = {}
    for key, state in made.states:
        for decision in open_decisions(engine, state):
            authored = engine.plan.decision(decision)
            if authored.tension not in ("conflict", "depends"):
                continue
            marks = judged(Run(engine.plan, engine.law, state), decision, authored)
            worth = {
                each.option: tuple(
                    mark * (1 if each.attainable or mark < 0 else 0.5)
                    for mark in (each.vc, each.ci)
                )
                for each in marks
            }
            asked[decision] = asked.get(decision, 0) + 1
            best = next(
                (
                    option
                    for option, (vc, ci) in worth.items()
                    if all(vc >= other[0] and ci >= other[1] for other in worth.values())
                ),
                None,
            )
            if best is not None and len(worth) > 1:
                first.setdefault(decision, (best, key))
                times[decision] = times.get(decision, 0) + 1
    for decision, (best, key) in first.items():
        often = f"in {times[decision]} of {asked[decision]} situations"
        if times[decision] == asked[decision]:
            often = "always"
        message = f"{often} `{best}` is at least as good on both axes as every other option"
        hint = "write `tension: aligned` or `synthesis`, or give another option its own worth"
        path = (*decision_path(engine, decision), "tension")
        yield Remark("TT409", path, message, hint, made.route(key))


def attainable(made: Survey) -> dict[Key, Gain] | None:
    """The most that can still be had from each situation, on each axis; nothing where ways loop."""
    best: dict[Key, Gain] = {}
    open_: set[Key] = set()
    for first in made.exploration.situations:
        stack = [first]
        while stack:
            key = stack[-1]
            if key in best:
                stack.pop()
                continue
            onward = [arrow.to for arrow in made.arrows.get(key, ()) if arrow.to not in best]
            if onward:
                if key in open_ and any(to in open_ for to in onward):
                    return None
                open_.add(key)
                stack += onward
                continue
            open_.discard(key)
            totals = [_after(best, arrow) for arrow in made.arrows.get(key, ())] or [(0, 0)]
            best[key] = (max(vc for vc, _ in totals), max(ci for _, ci in totals))
            stack.pop()
    return best


def _after(best: dict[Key, Gain], arrow: Arrow) -> Gain:
    vc, ci = best[arrow.to]
    return arrow.gain[0] + vc, arrow.gain[1] + ci


def trouble(made: Survey) -> Iterator[Trouble]:
    """The first situation of each decision and axis in which trouble pays."""
    best = None if made.exploration.bounded else attainable(made)
    if best is None:
        return
    told: set[tuple[str, int]] = set()
    for key, arrows in made.arrows.items():
        for decision, options in _answers(arrows).items():
            for axis in (0, 1):
                if (decision, axis) in told:
                    continue
                for one, other in combinations(options, 2):
                    low, high = one, other
                    if options[low].gain[axis] > options[high].gain[axis]:
                        low, high = high, low
                    if options[low].gain[axis] == options[high].gain[axis]:
                        continue
                    totals = [_after(best, options[each])[axis] for each in (low, high)]
                    if totals[0] > totals[1]:
                        told.add((decision, axis))
                        yield Trouble(decision, low, high, axis, totals[0], totals[1], key)
                        break
