"""A run: the events one command makes, gathered while their consequences unfold.

Each event is folded into a scratch state at once, so the next rule reads what the one before it
did. Nothing here is seen by anyone until the whole run is accepted.
"""

from collections.abc import Iterable, Iterator, Mapping

from tabletop.exercise import events as e
from tabletop.exercise.evolve import evolve
from tabletop.exercise.plan import Plan, changes
from tabletop.exercise.situation import Standing
from tabletop.exercise.state import PUBLIC, Offer, State
from tabletop.scenario.model import Effects, Inject, Share
from tabletop.scenario.texts import ALL, Text

MINUTE = 60_000


class Run:
    """What one command makes happen."""

    def __init__(self, plan: Plan, law: Mapping[str, bool | str], state: State) -> None:
        """Begins from a state."""
        self.plan = plan
        self.law = law
        self.state = state
        self.events: list[e.Event] = []

    def emit(self, event: e.Event) -> None:
        """Adds an event."""
        self.events.append(event)
        self.state = evolve(self.state, event)

    @property
    def situation(self) -> Standing:
        """What conditions read now."""
        return Standing(self.state, self.law)

    def present(self, roles: Iterable[str]) -> tuple[str, ...]:
        """Those of the roles (or of `all`) that have joined, in the scenario's order."""
        wanted = tuple(roles)
        return tuple(
            role
            for role in self.plan.scenario.roles
            if role in self.state.joined and (role in wanted or ALL in wanted)
        )

    def tell(
        self,
        kind: e.PassageKind,
        text: Text,
        path: str,
        roles: Iterable[str],
        *,
        item: str = "",
        sender: str = "",
        seat: str = "",
        public: bool = False,
    ) -> None:
        """Tells roles a text, each in the wording meant for it now."""
        wordings: dict[str, list[str]] = {}
        situation = self.situation
        for role in roles:
            suffix = text.pick(role, situation)
            if suffix is not None:
                wordings.setdefault(suffix, []).append(role)
        everyone = text.pick(PUBLIC, situation) if public else None
        if everyone is not None:
            wordings.setdefault(everyone, []).append(PUBLIC)
        for suffix, to in wordings.items():
            self.emit(e.Told(kind, tuple(to), item, f"{path}/{suffix}", "", sender, seat))

    def learn(self, role: str, fact: str, how: str) -> None:
        """Lets a role know a fact, and tells it where it is new and the role is there."""
        if self.state.knows(role, fact):
            return
        text = self.plan.scenario.facts[fact].text
        suffix = text.pick(role, self.situation)
        path = f"facts.{fact}.text/{suffix}" if suffix else ""
        if how == "shared":
            self.emit(e.Learned(role, fact, "shared", path))
            return
        self.emit(e.Learned(role, fact, "held" if how == "held" else "revealed", path))
        if how == "revealed" and path and role in self.state.joined:
            self.emit(e.Told("learned", (role,), fact, path))

    def affect(self, effects: Effects) -> None:
        """Applies effects: flags, counters (which saturate), knowledge, consents."""
        for name, value in effects.set.items():
            if self.state.values[name] is not value:
                self.emit(e.Changed(name, value))
        for name, by in effects.add.items():
            low, high = self.plan.scenario.state[name].range or (0, 0)
            after = min(high, max(low, int(self.state.values[name]) + by))
            if after != self.state.values[name]:
                self.emit(e.Changed(name, after))
        for role, facts in effects.reveals.items():
            for fact in facts:
                self.learn(role, fact, "revealed")
        for consent in effects.grant:
            if self.state.consents.get(consent) != "granted":
                self.emit(e.ConsentGiven(consent))
        for consent in effects.revoke:
            if self.state.consents.get(consent) == "granted":
                self.emit(e.ConsentEnded(consent))

    def deliver(self, name: str) -> None:
        """Delivers an inject: its passage, then its effects."""
        inject = self.plan.inject(name)
        self.emit(e.InjectDelivered(name))
        self.tell(
            "inject",
            inject.text,
            f"{self.plan.inject_path(name)}.text",
            self.present(inject.to),
            item=name,
            public=inject.to == (ALL,),
        )
        self.affect(inject)

    def _joins(self, at: str | None, scene: str, jumped: bool) -> bool:
        """Whether a role that joins `at` a scene is there from this one on."""
        return at is None or at == scene or (jumped and scene in self.plan.reach[at])

    def enter(self, scene: str, *, jumped: bool = False) -> None:
        """Enters a scene: who joins, narration, what comes on entry; an ending ends.

        Roles whose own scene was `jumped` over join here.
        """
        here = self.plan.scenario.scenes[scene]
        again = tuple(name for name in here.decisions if name in self.state.decisions)
        self.emit(e.SceneEntered(scene, again))
        for name, role in self.plan.scenario.roles.items():
            if name not in self.state.joined and self._joins(role.joins, scene, jumped):
                self.emit(e.RoleJoined(name))
                self.tell("brief", role.brief, f"roles.{name}.brief", (name,))
        self.tell(
            "narration",
            here.narration,
            f"scenes.{scene}.narration",
            self.present((ALL,)),
            public=True,
        )
        for name, inject in here.injects.items():
            if self._may_come(name) and _on_entry(inject):
                self.deliver(name)
        if here.ending:
            self.emit(e.Ended(scene))

    def unfold(self) -> None:
        """Lets everything follow that follows by itself, until nothing does."""
        while self.state.status == "running" and (
            self._offer() or self._inject() or self._open() or self._reveal()
        ):
            pass

    def _offer(self) -> bool:
        """Makes the offers that stand from now on."""
        made = False
        for offer in self.offers():
            if offer not in self.state.offers:
                self.emit(e.OfferMade(*offer))
                made = True
        return made

    def offers(self) -> Iterator[Offer]:
        """What holders who are there could share in this scene, with whom, taken or not."""
        for holder in self.state.joined:
            yield from self.offers_of(holder)

    def offers_of(self, holder: str) -> Iterator[Offer]:
        """What one holder who is there could share in this scene, with whom, taken or not."""
        joined, standing = self.state.joined, self.plan.standing[self.state.scene]
        for fact, known in self.state.known.get(holder, {}).items():
            for number, share in standing[fact]:
                if known.how == "shared" and not share.onward:
                    continue
                for to in share.to:
                    if to != holder and to in joined:
                        yield fact, holder, to, number

    def _inject(self) -> bool:
        """Delivers the first inject whose moment has come."""
        for name, inject in self.plan.scenario.scenes[self.state.scene].injects.items():
            if self._may_come(name) and self._due(name, inject):
                self.deliver(name)
                return True
        return False

    def _may_come(self, name: str) -> bool:
        """Whether an inject has neither come nor been kept back."""
        state = self.state
        return not (name in state.delivered or name in state.held or name in state.omitted)

    def _due(self, name: str, inject: Inject) -> bool:
        if name in self.state.scheduled:
            return self.state.at >= self.state.scheduled[name] and self.may_release(inject)
        if inject.at_minute is not None:
            return self.state.at - self.state.entered_at >= inject.at_minute * MINUTE
        condition = inject.when
        if inject.held:
            condition = None if self.state.facilitated else inject.alone
            if condition is not None and not self.may_release(inject):
                return False
        return condition is not None and condition.holds(self.situation)

    def may_release(self, inject: Inject) -> bool:
        """Whether a held inject may come now: with effects, only at the scene's two edges."""
        if next(changes(inject), None) is None:
            return True
        decisions = [
            self.state.decisions.get(name)
            for name in self.plan.scenario.scenes[self.state.scene].decisions
        ]
        begun = any(d is not None and (d.answers or d.settled) for d in decisions)
        return not begun or all(d is not None and d.done for d in decisions)

    def _open(self) -> bool:
        """Opens the first decision whose place is reached."""
        scene = self.plan.scenario.scenes[self.state.scene]
        for name, decision in scene.decisions.items():
            if name in self.state.decisions or not all(
                other in self.state.decisions and self.state.decisions[other].done
                for other in self.plan.blockers[name]
            ):
                continue
            by = tuple(role for role in decision.by if role in self.state.joined)
            situation = self.situation
            shown = [
                option
                for option, each in decision.options.items()
                if each.when is None or each.when.holds(situation)
            ]
            asked = decision.when is None or decision.when.holds(situation)
            if not (by and shown and asked):
                self.emit(e.DecisionPassed(name))
                return True
            consult = self.present(decision.consult) if decision.consult else ()
            path = self.plan.decision_path(name)
            self.emit(
                e.DecisionOpened(
                    name,
                    by,
                    consult,
                    self._by_role(decision.ask, f"{path}.ask", (*by, *consult)),
                    tuple(
                        (
                            option,
                            self._by_role(
                                decision.options[option].text,
                                f"{path}.options.{option}.text",
                                (*by, *consult),
                            ),
                        )
                        for option in shown
                    ),
                )
            )
            return True
        return False

    def _by_role(
        self, text: Text, path: str, roles: tuple[str, ...]
    ) -> tuple[tuple[str, str], ...]:
        situation = self.situation
        picked = tuple((role, text.pick(role, situation)) for role in roles)
        return tuple((role, f"{path}/{suffix}") for role, suffix in picked if suffix is not None)

    def _reveal(self) -> bool:
        """Shows the answers of the first decision that all people there have answered."""
        for name in self.plan.scenario.scenes[self.state.scene].decisions:
            decision = self.state.decisions.get(name)
            if decision is None or decision.done or decision.revealed:
                continue
            seats = [seat for role in decision.by for seat in self.state.in_role(role)]
            people = [seat for seat in seats if seat.kind == "player"]
            waited = [seat for seat in people or seats if seat.id not in self.state.away]
            if len(seats) > 1 and waited and all(seat.id in decision.answers for seat in waited):
                self.emit(e.Revealed(name))
                return True
        return False

    def leave(self, to: str, *, counts: bool = True) -> None:
        """Closes what can't come again once the exercise stands in another scene.

        What closes because a facilitator went elsewhere does not count.
        """
        for offer, status in tuple(self.state.offers.items()):
            share = self.plan.scenario.facts[offer[0]].share[offer[3]]
            ends = self.plan.scenario.scenes[to].ending
            if status == "open" and (ends or self.plan.window_over(share, to)):
                self._close(offer, share, counts)
        for consent, standing in tuple(self.state.consents.items()):
            if standing == "granted" and self.plan.consent_over(consent, to):
                self.emit(e.ConsentEnded(consent))

    def _close(self, offer: Offer, share: Share, counts: bool) -> None:
        fact, holder, to, number = offer
        missed = not self.state.knows(to, fact)
        kept = share.kept if missed else None
        taken, _, _ = self.share_mark(fact, number)
        self.emit(
            e.OfferClosed(
                fact,
                holder,
                to,
                number,
                missed,
                kept.vc if kept else 0,
                kept.ci if kept else 0,
                taken.vc,
                taken.ci,
                counts and self.state.played(holder),
            )
        )

    def share_mark(self, fact: str, offer: int) -> tuple[e.Judged, e.ConsentStanding, int]:
        """What sharing is worth now, how the consent stands, and which of its marks that is."""
        share = self.plan.scenario.facts[fact].share[offer]
        if share.under is not None:
            standing = self.state.consents.get(share.under)
            wrong = share.lapsed or share.without if standing == "ended" else share.without
            if standing != "granted" and wrong is not None:
                name: e.ConsentStanding = "lapsed" if standing == "ended" else "without"
                judged = e.Judged("", -1, wrong.vc, wrong.ci, wrong.critical)
                return judged, name, -1
        situation = self.situation
        consent: e.ConsentStanding = "granted" if share.under is not None else ""
        for number, mark in enumerate(self.plan.share_marks[fact, offer]):
            if mark.when is None or mark.when.holds(situation):
                judged = e.Judged("", number, mark.vc, mark.ci, mark.critical)
                return judged, consent, number
        return e.Judged("", -1, 0, 0), consent, -1


def _on_entry(inject: Inject) -> bool:
    return inject.when is None and inject.at_minute is None and not inject.held
