"""Liveness: what of a situation anything still to come can read.

Two situations that differ only in what nothing can read any more are one. A flag, an answer, a
piece of knowledge or a consent is live in a scene if some condition in that scene or one that can
follow reads it, or if a consequential offer that can still stand there rests on it. Marks are no
part of it.

An offer is consequential if taking it changes anything: it has effects, a condition still to come
asks whether its recipient knows, the fact may be passed on, or its recipient could come by the fact
otherwise and tell it (who was told a fact may not). All others add their own mark and
their own passage and nothing else, whatever happens beside them; they stay outside the key and
are proved apart, one fact and recipient at a time.
"""

from tabletop.exercise.engine import Engine
from tabletop.exercise.plan import changes, effects_of, mark_conditions, reads, scene_conditions
from tabletop.exercise.state import DecisionState, Offer, State
from tabletop.scenario.conditions import Read
from tabletop.scenario.texts import texts_of

Key = tuple[object, ...]


class Liveness:
    """Makes the small key of a situation."""

    def __init__(self, engine: Engine) -> None:
        """Works out what is live in each scene."""
        self.engine = engine
        scenario, plan = engine.scenario, engine.plan
        always = frozenset(
            reads(
                condition
                for facts_or_roles in (scenario.facts, scenario.roles)
                for _, text in texts_of(facts_or_roles)
                for condition in text.conditions()
            )
        )
        read = {
            name: frozenset(reads(scene_conditions(scene)))
            for name, scene in scenario.scenes.items()
        }
        revealed = frozenset(
            change
            for effects in effects_of(scenario)
            for change in changes(effects)
            if change[0] == "knows"
        )

        def tellable(fact: str, role: str) -> bool:
            return any(to != role for each in scenario.facts[fact].share for to in each.to)

        self.live: dict[str, frozenset[Read]] = {}
        self.offered: dict[str, frozenset[tuple[str, str, int]]] = {}
        for name in scenario.scenes:
            standing = [
                (fact, number, share)
                for fact, each in scenario.facts.items()
                for number, share in enumerate(each.share)
                if not plan.window_over(share, name)
            ]
            marks = reads(
                condition for _, _, share in standing for condition in mark_conditions(share)
            )
            self.live[name] = always.union(marks, *(read[scene] for scene in plan.reach[name]))
            self.offered[name] = frozenset(
                (fact, to, number)
                for fact, number, share in standing
                for to in share.to
                if next(changes(share), None) is not None
                or ("knows", to, fact) in self.live[name]
                or any(each.onward for each in scenario.facts[fact].share)
                or (("knows", to, fact) in revealed and tellable(fact, to))
            )

    def consequential(self, scene: str, offer: Offer) -> bool:
        """Whether taking an offer can change anything but its own mark."""
        fact, _, to, number = offer
        return (fact, to, number) in self.offered[scene]

    def key(self, state: State) -> Key:
        """The situation, without what nothing can read any more."""
        if state.status == "ended":
            return ("ended", state.ending)
        live, offered = self.live[state.scene], self.offered[state.scene]
        scenario, plan = self.engine.scenario, self.engine.plan
        reach = plan.reach[state.scene]
        offerable = {fact for fact, _, _ in offered}
        tellable = {(fact, to) for fact, to, _ in offered}
        needed = {scenario.facts[fact].share[number].under for fact, _, number in offered}
        return (
            state.scene,
            state.joined,
            tuple(value for name, value in state.values.items() if ("name", name) in live),
            tuple(
                (name, _decision(each, ("name", name) in live))
                for name, each in state.decisions.items()
                if plan.scene_of_decision[name] == state.scene
                or (("name", name) in live and each.settled)
            ),
            tuple(
                (role, fact, known.how)
                for role, facts in sorted(state.known.items())
                for fact, known in sorted(facts.items())
                if ("knows", role, fact) in live or fact in offerable
            ),
            tuple(
                (name, standing)
                for name, standing in sorted(state.consents.items())
                if ("granted", name) in live or name in needed
            ),
            tuple(
                sorted(
                    name
                    for name in state.delivered
                    if plan.scene_of_inject[name] in reach or ("delivered", name) in live
                )
            ),
            tuple(
                sorted(
                    (offer, status)
                    for offer, status in state.offers.items()
                    if (offer[0], offer[2], offer[3]) in offered
                    # A fact is shared with a role once, whichever of its offers that was.
                    or (status == "taken" and (offer[0], offer[2]) in tellable)
                )
            ),
        )


def _decision(decision: DecisionState, live: bool) -> object:
    if decision.passed:
        return "passed"
    if decision.settled:
        return decision.settled if live else "settled"
    return decision.options
