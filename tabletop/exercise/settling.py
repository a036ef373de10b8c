"""Settling: how the answers of several seats become the answer that counts.

Each role first forms one answer: the one most of its seats gave, and in a tie its lead's, the
first seated. Then the decision's rule counts roles: `lead` takes the first role of `by` that has
an answer, `majority` the answer of more than half of them, `unanimous` the answer of all. A rule
that gives none sends people back to talk; alone, the player decides and it is recorded so.
"""

from collections import Counter

from tabletop.exercise.events import How, Judged
from tabletop.exercise.run import Run
from tabletop.exercise.state import DecisionState, State
from tabletop.scenario.model import Decision


def role_answers(state: State, decision: DecisionState) -> dict[str, str]:
    """Each deciding role's one answer; roles without any are left out."""
    formed: dict[str, str] = {}
    for role in decision.by:
        given = [
            decision.answers[seat.id].option
            for seat in state.in_role(role)
            if seat.id in decision.answers
        ]
        if given:
            votes = Counter(given)
            # `max` keeps the first of equals, and the lead's answer stands first.
            formed[role] = max(given, key=votes.__getitem__)
    return formed


def by_rule(state: State, decision: DecisionState, rule: str) -> tuple[str, How] | None:
    """The answer the rule gives and how, or nothing."""
    formed = role_answers(state, decision)
    if not formed:
        return None
    first = next(iter(formed.values()))
    if rule == "lead":
        return first, "lead"
    option, votes = Counter(formed.values()).most_common(1)[0]
    if rule == "majority":
        return (option, "majority") if votes * 2 > len(formed) else None
    return (first, "unanimous") if votes == len(formed) else None


def credit(
    run: Run, name: str, decision: Decision, option: str, how: How, seat: str
) -> tuple[tuple[str, bool], ...]:
    """The roles the answer is marked for, each with whether its reason fits."""
    state, standing = run.state, run.state.decisions[name]
    if how in ("facilitator", "stand_in"):
        return ()
    formed = role_answers(state, standing)
    if how == "lead":
        roles = [next(iter(formed))]
    elif how == "alone":
        roles = [state.seats[seat].role]
    else:
        roles = [role for role, answer in formed.items() if answer == option]
    credited = []
    for role in roles:
        people = [each for each in state.in_role(role) if each.kind == "player"]
        if not people:
            continue
        if decision.tension != "depends":
            credited.append((role, True))
            continue
        given = (standing.answers.get(each.id) for each in people)
        because = next((a.because for a in given if a is not None and a.option == option), "")
        credited.append((role, because in _fitting(run, decision, option)))
    return tuple(credited)


def judged(run: Run, name: str, decision: Decision) -> tuple[Judged, ...]:
    """What each open option is worth at this moment, before any effect."""
    situation = run.situation
    found = []
    for option in run.state.decisions[name].shown():
        attainable = decision.tension != "depends" or bool(_fitting(run, decision, option))
        for number, mark in enumerate(run.plan.option_marks[name, option]):
            if mark.when is None or mark.when.holds(situation):
                found.append(Judged(option, number, mark.vc, mark.ci, mark.critical, attainable))
                break
        else:
            found.append(Judged(option, -1, 0, 0, False, attainable))
    return tuple(found)


def _fitting(run: Run, decision: Decision, option: str) -> tuple[str, ...]:
    """The offered reasons that are for an option and fit now."""
    situation = run.situation
    return tuple(
        name
        for name, reason in decision.reasons.items()
        if option in reason.options and (reason.fits is None or reason.fits.holds(situation))
    )
