"""Stages: the rules of one scene over packed situations.

This is `exercise/run.py` and its neighbours once more, for speed: the same order of what follows
by itself (offers, injects, decisions, stand-ins), over integers instead of states, with marks and
words gathered beside it. Conditions, wordings and marks are still worked out by the scenario's own
objects, once for each pattern of the bits they read. That both agree in every situation is tested
on every shipped scenario and on hundreds of random ones. Two things are told apart by neither the
plain key nor here: the order in which roles joined, and in which a stand-in came by its offers.

It is one long module because its parts call each other in a circle, as the rules do.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.authoring.packed import masks
from tabletop.authoring.packed.layout import (
    ENDED,
    GRANTED,
    HELD,
    REVEALED,
    SHARED,
    Lookup,
    PackedSituation,
    worded,
)
from tabletop.authoring.packed.offering import Tracked, Worth
from tabletop.authoring.packed.trace import Judged, Trace, Vector, worth
from tabletop.exercise.plan import changes
from tabletop.exercise.state import PUBLIC
from tabletop.scenario.model import Decision, Effects, Inject, Mark
from tabletop.scenario.texts import ALL, Text

if TYPE_CHECKING:
    from tabletop.authoring.packed.compile import Model


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision, ready to be asked again and again."""

    decision: Decision
    name: str
    options: tuple[str, ...]
    blockers: tuple[str, ...]
    opening: Lookup[tuple[int, int]]
    """What `shown` becomes (0 where it does not arise), and the words that are read."""
    ways: Lookup[dict[str, list[Vector]]]
    """How each shown option may count."""
    exercises: Lookup[int]
    """What being asked exercises."""
    answers: dict[str, Lookup[str]]
    """What each stand-in would answer."""


class Stage:
    """One scene of a model."""

    def __init__(self, model: Model, name: str) -> None:
        """Compiles the scene."""
        self.model = model
        self.name = name
        self.scene = model.scene(name)
        layout, plan = model.layout, model.engine.plan
        self.plain = masks.plain(layout, model.liveness, name)
        self.kept = masks.kept(layout, model.followed, name, self.plain)
        self.inside, self.set_only = masks.inside(layout, model.followed, name)
        self.set_only &= self.kept
        self.touchable = 0
        self.touches: dict[int, int] = {}
        for flag in layout.flags:
            if layout.values[flag].bits & self.set_only:
                self.touchable |= layout.touched[flag].bits
                self.touches[layout.touched[flag].bits] = layout.values[flag].bits
        self.own = sum(masks.own(layout, d) | layout.answer[d].bits for d in self.scene.decisions)
        self.arriving = self.kept & ~self.own
        self.reads: dict[int, int] = {}
        self.told: dict[tuple[int, tuple[str, ...], bool, int], int] = {}
        self.effects: dict[int, list[Callable[[int, Trace], int]]] = {}
        self.offers = tuple(one for one in model.followed if masks.stands(one, name))
        self.closing = masks.closing(layout, model.followed, name)
        self.asked = {
            each: self._asked(each, decision) for each, decision in self.scene.decisions.items()
        }
        self.due = {
            each: layout.holding(inject.alone if inject.held else inject.when)
            for each, inject in self.scene.injects.items()
        }
        self.branches = [(layout.holding(branch.when), branch.to) for branch in self.scene.next]
        self.expiring = {
            branch.to: [c for c in layout.consents if plan.consent_over(c, branch.to)]
            for branch in self.scene.next
        }

    # What each decision needs to know.

    def _asked(self, name: str, decision: Decision) -> Asked:
        layout, plan = self.model.layout, self.model.engine.plan
        everything = layout.mask(plan.asked_by_decision[name]) | layout.everyone
        marks = everything | layout.shown[name].bits
        return Asked(
            decision=decision,
            name=name,
            options=tuple(decision.options),
            blockers=plan.blockers[name],
            opening=Lookup(everything, lambda packed: self._opening(decision, packed)),
            ways=Lookup(marks, lambda packed: self._ways(name, decision, packed)),
            exercises=Lookup(
                layout.shown[name].bits, lambda packed: self._exercises(name, decision, packed)
            ),
            answers={
                role: Lookup(
                    layout.reads(rule.when for rule in decision.rules_for(role))
                    | layout.shown[name].bits,
                    lambda packed, role=role: self.by_rules(name, decision, role, packed),  # type: ignore[misc]
                )
                for role in decision.by
                if role not in self.model.people
            },
        )

    def _opening(self, decision: Decision, packed: int) -> tuple[int, int]:
        situation = PackedSituation(self.model.layout, packed)
        by = self.by(decision, packed)
        shown = [
            place
            for place, option in enumerate(decision.options.values())
            if option.when is None or option.when.holds(situation)
        ]
        if not (by and shown and (decision.when is None or decision.when.holds(situation))):
            return 0, 0
        readers = (*by, *self.present(decision.consult, packed))
        number = 0
        for place, text, roles, count in worded(decision):
            suffixes = [suffix for suffix, _ in text.wordings()]
            for role in roles:
                read = place in shown and role in readers
                picked = text.pick(role, situation) if read else None
                number = number * count + (suffixes.index(picked) + 1 if picked else 0)
        options = list(decision.options.values())
        words = self.words(decision.ask, readers, packed) + sum(
            self.words(options[place].text, readers, packed) for place in shown
        )
        bits = sum(1 << place for place in shown)
        return number << len(options) | bits, words

    def judged(self, name: str, packed: int) -> dict[str, Judged]:
        """What each shown option is worth now."""
        decision = self.scene.decisions[name]
        situation = PackedSituation(self.model.layout, packed)
        found = {}
        for option in self.shown(name, packed):
            attainable = decision.tension != "depends" or any(
                option in reason.options and (reason.fits is None or reason.fits.holds(situation))
                for reason in decision.reasons.values()
            )
            mark = self.mark(name, option, packed)
            found[option] = (mark.vc, mark.ci, attainable) if mark else (0, 0, attainable)
        return found

    def mark(self, name: str, option: str, packed: int) -> Mark | None:
        """The mark of an option that counts now."""
        situation = PackedSituation(self.model.layout, packed)
        for mark in self.model.engine.plan.option_marks[name, option]:
            if mark.when is None or mark.when.holds(situation):
                return mark
        return None

    def _ways(self, name: str, decision: Decision, packed: int) -> dict[str, list[Vector]]:
        judged, scale = self.judged(name, packed), self.model.scale
        depends = decision.tension == "depends"
        best = [
            max(worth(each[axis], each[2], scale) for each in judged.values()) for axis in (0, 1)
        ]
        found: dict[str, list[Vector]] = {}
        for option, (vc, ci, attainable) in judged.items():
            found[option] = []
            for full in (True, False) if depends and attainable else (not depends,):
                gained = worth(vc, full, scale), worth(ci, full, scale)
                found[option].append((*gained, max(best[0], gained[0]), max(best[1], gained[1])))
        return found

    def _exercises(self, name: str, decision: Decision, packed: int) -> int:
        mask = 0
        for option in self.shown(name, packed):
            mask |= self.model.exercised_by_option(decision, option)
        return mask

    def by_rules(self, name: str, decision: Decision, role: str, packed: int) -> str:
        """What a role would answer by its stand-in's rules, whoever plays it."""
        situation = PackedSituation(self.model.layout, packed)
        shown = self.shown(name, packed)
        for rule in decision.rules_for(role):
            if rule.choose in shown and (rule.when is None or rule.when.holds(situation)):
                return rule.choose
        seed = f"{self.model.engine.seed}/{name}/{role}"
        return shown[zlib.crc32(seed.encode()) % len(shown)]

    def shown(self, name: str, packed: int) -> tuple[str, ...]:
        """The options that are shown."""
        bits = self.model.layout.shown[name].read(packed)
        return tuple(
            option
            for place, option in enumerate(self.scene.decisions[name].options)
            if bits >> place & 1
        )

    def present(self, roles: Iterable[str], packed: int) -> tuple[str, ...]:
        """Those of the roles (or of `all`) that have joined, in the scenario's order."""
        wanted = tuple(roles)
        return tuple(
            role
            for role, place in self.model.layout.joined.items()
            if packed & place.bits and (role in wanted or ALL in wanted)
        )

    def by(self, decision: Decision, packed: int) -> tuple[str, ...]:
        """The roles that decide, the lead first, as far as they have joined."""
        joined = self.model.layout.joined
        return tuple(role for role in decision.by if packed & joined[role].bits)

    def words(
        self, text: Text, roles: tuple[str, ...], packed: int, *, public: bool = False
    ) -> int:
        """How many words are told, each wording counted once."""
        reads = self.reads.get(id(text))
        if reads is None:
            reads = self.reads[id(text)] = self.model.layout.reads(text.conditions())
        key = (id(text), roles, public, packed & reads)
        found = self.told.get(key)
        if found is None:
            readers = (*roles, PUBLIC) if public else roles
            situation = PackedSituation(self.model.layout, packed)
            picked = dict.fromkeys(text.pick(role, situation) for role in readers)
            places = (suffix.split("/") for suffix in picked if suffix is not None)
            found = self.told[key] = sum(
                len(text.variants[audience][int(number)].text.split())
                for audience, number in places
            )
        return found

    # What follows by itself.

    def tell(
        self, packed: int, text: Text, roles: tuple[str, ...], trace: Trace, *, public: bool = False
    ) -> None:
        """Tells roles a text, each in the wording meant for it now."""
        trace.words += self.words(text, roles, packed, public=public)

    def affect(self, packed: int, effects: Effects, trace: Trace) -> int:
        """Applies effects."""
        steps = self.effects.get(id(effects))
        if steps is None:
            steps = self.effects[id(effects)] = list(self._steps(effects))
        for step in steps:
            packed = step(packed, trace)
        return packed

    def _steps(self, effects: Effects) -> Iterable[Callable[[int, Trace], int]]:
        layout = self.model.layout
        for flag, value in effects.set.items():
            bits = layout.values[flag].bits
            if not bits & (self.kept | self.inside):
                continue
            touch = layout.touched[flag].bits & self.touchable
            high, low = (bits | touch if value else touch), (0 if value else bits)
            yield lambda packed, trace, high=high, low=low: (  # type: ignore[misc]
                packed & ~low | high
            )
        for counter, by in effects.add.items():
            place = layout.values[counter]
            most = layout.high[counter] - layout.low[counter]
            yield lambda packed, trace, place=place, most=most, by=by: (  # type: ignore[misc]
                place.write(packed, min(most, max(0, place.read(packed) + by)))
            )
        for role, facts in effects.reveals.items():
            for fact in facts:
                yield lambda packed, trace, role=role, fact=fact: (  # type: ignore[misc]
                    self.learn(packed, role, fact, trace)
                )
        for consent in effects.grant:
            place = layout.consents[consent]
            yield lambda packed, trace, place=place: place.write(packed, GRANTED)  # type: ignore[misc]
        for consent in effects.revoke:
            place = layout.consents[consent]
            yield lambda packed, trace, place=place: (  # type: ignore[misc]
                place.write(packed, ENDED) if place.read(packed) == GRANTED else packed
            )

    def learn(self, packed: int, role: str, fact: str, trace: Trace) -> int:
        """Reveals a fact; its words count each time, since who knew it may be forgotten."""
        layout = self.model.layout
        if packed & layout.joined[role].bits:
            self.tell(packed, self.model.scenario.facts[fact].text, (role,), trace)
        place = layout.known[role, fact]
        return packed if place.read(packed) else place.write(packed, REVEALED)

    def deliver(self, packed: int, name: str, inject: Inject, trace: Trace) -> int:
        """Delivers an inject."""
        packed |= self.model.layout.delivered[name].bits
        roles = self.present(inject.to, packed)
        self.tell(packed, inject.text, roles, trace, public=inject.to == (ALL,))
        return self.affect(packed, inject, trace)

    def enter(self, packed: int, trace: Trace) -> int:
        """Enters the scene."""
        layout = self.model.layout
        trace.minutes += self.scene.minutes
        for name, role in self.model.scenario.roles.items():
            bits = layout.joined[name].bits
            if not packed & bits and (role.joins is None or role.joins == self.name):
                packed |= bits
                self.tell(packed, role.brief, (name,), trace)
        everyone = self.present((ALL,), packed)
        self.tell(packed, self.scene.narration, everyone, trace, public=True)
        for name, inject in self.scene.injects.items():
            on_entry = inject.when is None and inject.at_minute is None and not inject.held
            if on_entry and not packed & layout.delivered[name].bits:
                packed = self.deliver(packed, name, inject, trace)
        return packed

    def unfold(self, packed: int, trace: Trace) -> int:
        """Lets everything follow that follows by itself, until nothing does."""
        while True:
            packed = self._offer(packed, trace)
            after = self._inject(packed, trace)
            if after is None:
                after = self._open(packed, trace)
            if after is None:
                return packed
            packed = after

    def _offer(self, packed: int, trace: Trace) -> int:
        layout = self.model.layout
        for one in self.offers:
            stands, taken = layout.offers[one.offer]
            if not packed & (stands.bits | taken.bits) and self.offered(one, packed):
                packed |= stands.bits
                self.stand(one, trace)
        return packed

    def stand(self, one: Tracked, trace: Trace) -> None:
        """Lets an offer stand from now on."""
        if one.person:
            trace.exercised |= self.model.exercised_by_offer(one)

    def offered(self, one: Tracked, packed: int) -> bool:
        """Whether holder and recipient are there and the holder may tell."""
        layout = self.model.layout
        fact, holder, to, _ = one.offer
        if not (packed & layout.joined[holder].bits and packed & layout.joined[to].bits):
            return False
        how = layout.known[holder, fact].read(packed)
        return how in (HELD, REVEALED) or (how == SHARED and one.share.onward)

    def _inject(self, packed: int, trace: Trace) -> int | None:
        for name, inject in self.scene.injects.items():
            if packed & self.model.layout.delivered[name].bits:
                continue
            if self._due(name, inject, packed):
                return self.deliver(packed, name, inject, trace)
        return None

    def _due(self, name: str, inject: Inject, packed: int) -> bool:
        if inject.at_minute is not None:
            return inject.at_minute == 0
        if inject.held:
            if self.model.facilitated or inject.alone is None:
                return False
            return self.may_release(inject, packed) and self.due[name](packed)
        return inject.when is not None and self.due[name](packed)

    def may_release(self, inject: Inject, packed: int) -> bool:
        """Whether a held inject may come now: with effects, only at the scene's two edges."""
        if next(changes(inject), None) is None:
            return True
        layout = self.model.layout
        begun = any(packed & layout.settled[name].bits for name in self.asked)
        return not begun or self.finished(packed)

    def finished(self, packed: int) -> bool:
        """Whether nobody is asked any more."""
        layout = self.model.layout
        return all(
            packed & (layout.settled[name].bits | layout.passed[name].bits) for name in self.asked
        )

    def _open(self, packed: int, trace: Trace) -> int | None:
        layout = self.model.layout
        for name, asked in self.asked.items():
            settled, passed = layout.settled, layout.passed
            if packed & (settled[name].bits | passed[name].bits | layout.opened[name].bits):
                continue
            if not all(packed & (settled[o].bits | passed[o].bits) for o in asked.blockers):
                continue
            return self.ask(packed, asked, trace)
        return None

    def ask(self, packed: int, asked: Asked, trace: Trace) -> int:
        """Asks a decision whose place is reached, or passes it over."""
        layout, name = self.model.layout, asked.name
        shown, words = asked.opening(packed)
        if not shown:
            return packed | layout.passed[name].bits
        trace.words += words
        return layout.shown[name].write(packed | layout.opened[name].bits, shown)

    # What people and stand-ins do.

    def settle(self, packed: int, name: str, option: str, trace: Trace) -> tuple[int, Worth | None]:
        """Every person asked gives one answer, stand-ins theirs; what counts is settled.

        Gives the best that the answer can count beside what follows, if it counts for anyone.
        """
        asked = self.asked[name]
        by = self.by(asked.decision, packed)
        given = {
            role: option if role in self.model.people else self.answer(packed, asked, role, trace)
            for role in by
        }
        final, credited = self.by_vote(asked.decision.rule, given, option)
        trace.decided += 1
        trace.exercised |= asked.exercises(packed)
        ways = asked.ways(packed)[final] if credited else []
        if ways:
            trace.add(ways)
        return self._count(packed, asked, final, by, trace), ways[0][:2] if ways else None

    def answer(self, packed: int, asked: Asked, role: str, trace: Trace) -> str:
        """What a stand-in answers."""
        return asked.answers[role](packed)

    def by_vote(self, rule: str, given: dict[str, str], option: str) -> tuple[str, bool]:
        """The answer that counts, and whether it is anyone's."""
        people = self.model.people
        if len(given) == 1 or rule == "lead":
            lead = next(iter(given))
            return given[lead], lead in people
        final, votes = Counter(given.values()).most_common(1)[0]
        needed = len(given) if rule == "unanimous" else len(given) // 2 + 1
        if votes >= needed:
            return final, any(role in people for role, each in given.items() if each == final)
        return option, not self.model.facilitated

    def _count(
        self, packed: int, asked: Asked, option: str, by: tuple[str, ...], trace: Trace
    ) -> int:
        layout, name = self.model.layout, asked.name
        packed &= ~(layout.opened[name].bits | layout.shown[name].bits)
        packed |= layout.settled[name].bits
        packed = layout.answer[name].write(packed, asked.options.index(option))
        authored = asked.decision.options[option]
        packed = self.affect(packed, authored, trace)
        if authored.outcome is not None:
            roles = self.present(asked.decision.by, packed)
            self.tell(packed, authored.outcome, roles, trace)
        return self.unfold(packed, trace)

    def share(self, packed: int, one: Tracked, trace: Trace) -> int:
        """A fact is shared."""
        layout, model = self.model.layout, self.model
        fact, _, to, _ = one.offer
        stands, taken = layout.offers[one.offer]
        if one.person:
            trace.add([model.vector(one.worth(packed), one.kept)])
        packed = packed & ~stands.bits | taken.bits
        if not model.engine.withheld(fact, to):
            place = layout.known[to, fact]
            if not place.read(packed):
                packed = place.write(packed, SHARED)
        packed = self.affect(packed, one.share, trace)
        self.shared(packed, one, trace)
        return self.unfold(packed, trace)

    def shared(self, packed: int, one: Tracked, trace: Trace) -> None:
        """Tells what follows to the one who shared; its words are not counted."""

    def takable(self, packed: int, fact: str, holder: str, to: str) -> Tracked | None:
        """The offer that sharing would take now, if any."""
        layout = self.model.layout
        group = [one for one in self.model.followed if one.offer[:3] == (fact, holder, to)]
        if any(packed & layout.offers[one.offer][1].bits for one in group):
            return None
        for one in self.offers:
            stands = layout.offers[one.offer][0].bits
            if (
                one.offer[:3] == (fact, holder, to)
                and packed & stands
                and self.offered(one, packed)
            ):
                return one
        return None

    def quiet(self, packed: int, trace: Trace) -> tuple[int, str | None]:
        """Lets stand-ins act until none has anything left; perhaps they move on by themselves."""
        given: dict[str, dict[str, str]] = {}
        acted = True
        while acted:
            acted = False
            for place, role in enumerate(self.model.stand_ins):
                after = self._act(packed, role, given, trace)
                if after is not None:
                    packed, acted = after, True
                    break
                if place == 0 and self._unattended(packed) and self.finished(packed):
                    to = self.way(self.timed(packed, Trace()))
                    if to is not None:
                        return self.leave(packed, to, trace), to
        return packed, None

    def _unattended(self, packed: int) -> bool:
        joined = self.model.layout.joined
        return not self.model.facilitated and not any(
            packed & joined[role].bits for role in self.model.people
        )

    def _act(
        self, packed: int, role: str, given: dict[str, dict[str, str]], trace: Trace
    ) -> int | None:
        """What one stand-in does next: shares, answers, settles; or nothing."""
        layout = self.model.layout
        if not packed & layout.joined[role].bits:
            return None
        for one in self.model.followed:
            fact, holder, to, _ = one.offer
            if holder != role or one.share.stand_in != self.name:
                continue
            if packed & layout.offers[one.offer][0].bits:
                found = self.takable(packed, fact, holder, to)
                if found is not None:
                    return self.share(packed, found, trace)
        for name, asked in self.asked.items():
            if packed & layout.opened[name].bits:
                after = self.decide(packed, asked, role, given.setdefault(name, {}), trace)
                if after is not None:
                    return after
        return None

    def decide(
        self, packed: int, asked: Asked, role: str, answers: dict[str, str], trace: Trace
    ) -> int | None:
        """What one stand-in does next about an open decision; or nothing."""
        by = self.by(asked.decision, packed)
        if role not in by or any(each in self.model.people for each in by):
            return None
        if role not in answers:
            answers[role] = self.answer(packed, asked, role, trace)
            if len(by) > 1:
                return packed
            return self._count(packed, asked, answers[role], by, trace)
        if len(answers) == len(by):
            ordered = {each: answers[each] for each in by}
            final, _ = self.by_vote(asked.decision.rule, ordered, "")
            return self._count(packed, asked, final or answers[by[0]], by, trace)
        return None

    # Leaving.

    def timed(self, packed: int, trace: Trace) -> int:
        """What was due at a minute comes before the scene is left."""
        for name, inject in self.scene.injects.items():
            if inject.at_minute is not None and not packed & self.model.layout.delivered[name].bits:
                packed = self.deliver(packed, name, inject, trace)
        return packed

    def way(self, packed: int) -> str | None:
        """The first branch that holds."""
        for holds, to in self.branches:
            if holds(packed):
                return to
        return None

    def leave(self, packed: int, to: str, trace: Trace) -> int:
        """Leaves the scene: what can't come again is closed."""
        layout, plan = self.model.layout, self.model.engine.plan
        packed = self.timed(packed, trace)
        ends = self.model.scenario.scenes[to].ending
        for one in self.closing:
            stands = layout.offers[one.offer][0]
            if not packed & stands.bits or not (ends or plan.window_over(one.share, to)):
                continue
            packed &= ~stands.bits
            if one.person:
                trace.add(self._spent(one, packed))
        for consent in self.expiring[to]:
            place = layout.consents[consent]
            if place.read(packed) == GRANTED:
                packed = place.write(packed, ENDED)
        return packed

    def _spent(self, one: Tracked, packed: int) -> list[Vector]:
        """The ways an offer may count that closes now."""
        layout, model = self.model.layout, self.model
        fact, _, to, _ = one.offer
        known = layout.known.get((to, fact))
        missed = known is None or not known.read(packed)
        ways = [model.vector(one.kept if missed else (0, 0), one.worth(packed))]
        place = layout.available.get(one.offer)
        if place is not None:
            had = place.read(packed)
            ways += [
                model.vector(worth, one.kept)
                for number, worth in enumerate(one.worths)
                if had >> number & 1
            ]
        elif not one.explicit(self.name):
            ways.append(model.vector(one.worths[0], one.kept))
        return ways

    def rest(self, packed: int) -> int:
        """The situation as it is kept: with the marks that waiting offers could have had."""
        layout = self.model.layout
        for one in self.offers:
            place = layout.available.get(one.offer)
            if place is None or one.explicit(self.name):
                continue
            if packed & layout.offers[one.offer][0].bits and self.offered(one, packed):
                packed |= 1 << one.worths.index(one.worth(packed)) + place.shift
        return packed & (self.kept | self.touchable)
