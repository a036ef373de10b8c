"""Watching: a scenario compiled so that each move notes what shows on it (`sights.py`).

Nothing else changes: the same situations are reached by the same moves. What a role knows is no
part of a situation where nothing can read it, so a move notes what it teaches (`learned`), and
whoever asks whether a reader can lack a fact looks for a route that never teaches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.authoring.liveness import Liveness
from tabletop.authoring.packed.compile import Model
from tabletop.authoring.packed.layout import Lookup, PackedSituation
from tabletop.authoring.packed.moves import Edge
from tabletop.authoring.packed.offering import Tracked, Worth, tracked
from tabletop.authoring.packed.readings import Names, Readings, facts_read
from tabletop.authoring.packed.sights import Sights
from tabletop.authoring.packed.stage import Asked, Stage
from tabletop.authoring.packed.trace import Trace
from tabletop.exercise.engine import Engine
from tabletop.scenario.conditions import Condition
from tabletop.scenario.decisions import Decision
from tabletop.scenario.model import Inject
from tabletop.scenario.texts import ALL, Text


class Watched(Model):
    """A compiled scenario whose moves note what shows."""

    def __init__(
        self,
        engine: Engine,
        people: Iterable[str],
        sights: Sights,
        names: Names,
        *,
        facilitated: bool = False,
        liveness: Liveness | None = None,
    ) -> None:
        """Takes where what shows is numbered, and which wordings name facts."""
        self.sights = sights
        self.names = names
        super().__init__(engine, people, facilitated=facilitated, liveness=liveness)
        self.readings = Readings(self)

    def tracked(self) -> tuple[Tracked, ...]:
        """Every offer that may be made."""
        return tracked(self.layout, self.liveness, self.people, watched=True)

    def stage(self, scene: str) -> Stage:
        """The rules of a scene, watched."""
        return Watch(self, scene)


_ADVISED = "advised by "
"""Before the name of a role, in a stand-ins' round of answers: that it has advised."""


class Watch(Stage):
    """The rules of one scene, noting what shows."""

    model: Watched

    def __init__(self, model: Watched, name: str) -> None:
        """Compiles the scene."""
        super().__init__(model, name)
        self.bit = model.sights.bit
        self.readings = model.readings
        layout = model.layout
        self.telling = tuple(
            one
            for one in self.offers
            if one.person
            and not one.explicit(name)
            and (one.share.outcome or facts_read(_told(model, one).conditions()))
        )
        """The offers that may be deferred, and with which more is told than the fact."""
        self.asking = {
            each: Lookup(
                layout.reads(_opening(asked.decision)) | layout.everyone,
                lambda packed, asked=asked: self._asking(asked, packed),  # type: ignore[misc]
            )
            for each, asked in self.asked.items()
        }
        self.ruled = {
            (each, role): Lookup(
                layout.reads(rule.when for rule in asked.decision.rules_for(role))
                | layout.shown[each].bits,
                lambda packed, asked=asked, role=role: self._ruled_by(asked, role, packed),  # type: ignore[misc]
            )
            for each, asked in self.asked.items()
            for role in asked.decision.by
        }

    # What is read.

    def tell(
        self, packed: int, text: Text, roles: tuple[str, ...], trace: Trace, *, public: bool = False
    ) -> None:
        """Tells roles a text, and notes who reads which wording."""
        super().tell(packed, text, roles, trace, public=public)
        trace.seen |= self.readings.heard(packed, text, roles, public=public)

    # What comes about.

    def deliver(self, packed: int, name: str, inject: Inject, trace: Trace) -> int:
        """Delivers an inject."""
        trace.seen |= self.bit("delivered", name)
        alone = None if self.model.facilitated else inject.alone
        if gate := inject.when or alone:
            roles, public = self.present(inject.to, packed), inject.to == (ALL,)
            trace.seen |= self.readings.gated(packed, inject.text, roles, gate, public=public)
        return super().deliver(packed, name, inject, trace)

    def learn(self, packed: int, role: str, fact: str, trace: Trace) -> int:
        """Reveals a fact."""
        trace.seen |= self.bit("learned", role, fact)
        return super().learn(packed, role, fact, trace)

    def share(self, packed: int, one: Tracked, trace: Trace) -> int:
        """A fact is shared."""
        fact, _, to, _ = one.offer
        if not self.model.engine.withheld(fact, to):
            trace.seen |= self.bit("learned", to, fact)
            trace.seen |= self.readings.heard(packed, _told(self.model, one), (to,))
        return super().share(packed, one, trace)

    def shared(self, packed: int, one: Tracked, trace: Trace) -> None:
        """Tells what follows to the one who shared."""
        fact, holder, _, number = one.offer
        trace.seen |= self.bit("shared", fact, str(number))
        if one.share.outcome is not None:
            trace.seen |= self.readings.heard(packed, one.share.outcome, (holder,))

    def stand(self, one: Tracked, trace: Trace) -> None:
        """Lets an offer stand from now on."""
        super().stand(one, trace)
        if one.person and not one.explicit(self.name):
            trace.seen |= self.bit("occupied", one.offer[1])

    def deferred(self, node: int, packed: int) -> Iterator[Edge]:
        """The shares open in a situation that are no moves of their own, as moves that stay."""
        for one in self.telling:
            if packed & self.model.layout.offers[one.offer][0].bits and self.offered(one, packed):
                fact, holder, to, _ = one.offer
                trace = Trace()
                self.shared(packed, one, trace)
                if not self.model.engine.withheld(fact, to):
                    trace.seen |= self.readings.heard(packed, _told(self.model, one), (to,))
                    trace.seen |= self.bit("learned", to, fact)
                step = ("share", fact, holder, to)
                yield Edge(label=0, plain=False, target=node, step=step, seen=trace.seen)

    def leave(self, packed: int, to: str, trace: Trace) -> int:
        """Leaves the scene."""
        timed = self.timed(packed, Trace())
        number = next(place for place, (holds, _) in enumerate(self.branches) if holds(timed))
        trace.seen |= self.bit("way", self.name, str(number))
        taken = [branch.when for branch in self.scene.next[: number + 1]]
        for fact in facts_read(taken):
            if self.way(timed & ~self.readings.knowing[fact]) == to:
                continue
            read = [place for place, when in enumerate(taken) if fact in facts_read((when,))]
            place = f"scenes.{self.name}.next.{number if number in read else read[0]}.when"
            for role in self.present((ALL,), packed):
                trace.seen |= self.readings.given_away(timed, place, role, fact, taken)
        for one in self.offers:
            # Here taking it is a move of its own, there it may be deferred.
            stands = packed & self.model.layout.offers[one.offer][0].bits
            if stands and one.person and one.explicit(self.name) and not one.explicit(to):
                trace.seen |= self.bit("occupied", one.offer[1])
        return super().leave(packed, to, trace)

    # Decisions.

    def ask(self, packed: int, asked: Asked, trace: Trace) -> int:
        """Asks a decision whose place is reached, or passes it over."""
        trace.seen |= self.asking[asked.name](packed)
        return super().ask(packed, asked, trace)

    def _asking(self, asked: Asked, packed: int) -> int:
        decision, name = asked.decision, asked.name
        situation = PackedSituation(self.model.layout, packed)
        options = [
            option
            for option, each in decision.options.items()
            if each.when is None or each.when.holds(situation)
        ]
        if not options or not (decision.when is None or decision.when.holds(situation)):
            return 0
        by = self.by(decision, packed)
        if not by:
            return self.bit("unasked", name)
        readers = (*by, *self.present(decision.consult, packed))
        seen = self.bit("asked", name) | self.readings.heard(packed, decision.ask, readers)
        path = self.model.engine.plan.decision_path(name)
        for fact in self.readings.only_for(packed, decision.when):
            for role in readers:
                seen |= self.readings.given_away(
                    packed, f"{path}.when", role, fact, (decision.when,)
                )
        for option in options:
            authored = decision.options[option]
            seen |= self.bit("offered", name, option)
            seen |= self.readings.heard(packed, authored.text, readers)
            seen |= self.readings.gated(packed, authored.text, readers, authored.when)
        return seen

    def settle(self, packed: int, name: str, option: str, trace: Trace) -> tuple[int, Worth | None]:
        """Every person asked gives one answer."""
        situation = PackedSituation(self.model.layout, packed)
        for number, mark in enumerate(self.scene.decisions[name].options[option].marks):
            if mark.when is None or mark.when.holds(situation):
                trace.seen |= self.bit("mark", name, option, str(number))
                break
        return super().settle(packed, name, option, trace)

    def decide(
        self, packed: int, asked: Asked, role: str, answers: dict[str, str], trace: Trace
    ) -> int | None:
        """What one stand-in does next about an open decision: advises, answers, settles."""
        decision = asked.decision
        advised = role not in decision.advice or _ADVISED + role in answers
        # A decision that was open before this move has all its advice.
        if not advised and role in decision.consult and trace.seen & self.bit("asked", asked.name):
            answers[_ADVISED + role] = ""
            people = tuple(each for each in self.by(decision, packed) if each in self.model.people)
            trace.seen |= self.readings.heard(packed, decision.advice[role], people)
            return packed
        given = {each: option for each, option in answers.items() if not each.startswith(_ADVISED)}
        after = super().decide(packed, asked, role, given, trace)
        answers.update(given)
        return after

    def answer(self, packed: int, asked: Asked, role: str, trace: Trace) -> str:
        """What a stand-in answers."""
        if not self.ruled[asked.name, role](packed):
            trace.seen |= self.bit("stranded", asked.name, role)
        return super().answer(packed, asked, role, trace)

    def _ruled_by(self, asked: Asked, role: str, packed: int) -> bool:
        situation = PackedSituation(self.model.layout, packed)
        shown = self.shown(asked.name, packed)
        return any(
            rule.choose in shown and (rule.when is None or rule.when.holds(situation))
            for rule in asked.decision.rules_for(role)
        )


def _told(model: Model, one: Tracked) -> Text:
    """The text of the fact that is shared."""
    return model.scenario.facts[one.offer[0]].text


def _opening(decision: Decision) -> Iterable[Condition | None]:
    """The conditions that bear on how a decision opens."""
    yield decision.when
    yield from decision.ask.conditions()
    for option in decision.options.values():
        yield option.when
        yield from option.text.conditions()
