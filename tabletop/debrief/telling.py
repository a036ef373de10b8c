"""Telling: a record read once from beginning to end, with everything in it given its name.

The debrief lifts the secrecy of play, with one exception that lasts: a fact that is privileged in
the story and was not told keeps even its title, and is only said to be held.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from tabletop.debrief.prose import line, plain, shorten
from tabletop.debrief.who import Who, Written
from tabletop.exercise import events as e
from tabletop.exercise import situation
from tabletop.exercise.engine import Engine, fill
from tabletop.exercise.evolve import apply, evolve
from tabletop.exercise.record import Entry, Record, trunk
from tabletop.exercise.replay import engine_of
from tabletop.exercise.run import Run
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.scenario.conditions import Situation
from tabletop.scenario.model import Decision, PlainMark, Scene
from tabletop.scenario.texts import Text


@dataclass(frozen=True, slots=True)
class Step:
    """One event with the state right before it."""

    number: int
    """Its place among all events, from 0."""
    at: int
    event: e.Event
    before: State
    seq: int
    """The entry it stands in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How telling a fact under an offer stood at a moment."""

    mark: PlainMark | None
    critical: bool
    right: bool
    """Whether nothing would have spoken against it."""


class Telling:
    """A record with the engine of its own scenario, and names for what is in it."""

    def __init__(self, record: Record, *, names: bool, engine: Engine | None = None) -> None:
        """Reads the record once."""
        self.record = record
        self.names = names
        self.engine = engine or engine_of(record.header)
        self.scenario = self.engine.scenario
        self.guidance = self.engine.guidance
        self.steps = tuple(_steps(trunk(record.entries)))
        self.state = evolve(self.steps[-1].before, self.steps[-1].event) if self.steps else State()
        self.addressed = True
        """Whether it speaks to the one person who played, where only one did and alone."""
        self._who: dict[tuple[str, bool], Who] = {}

    @property
    def events(self) -> Iterator[e.Event]:
        """Every event in order."""
        return (step.event for step in self.steps)

    def of(self, *kinds: type[e.Event]) -> Iterator[Step]:
        """The steps whose event is of one of these kinds."""
        found = [step for kind in kinds for step in self._by_kind.get(kind, ())]
        return iter(sorted(found, key=lambda step: step.number) if len(kinds) > 1 else found)

    @cached_property
    def _by_kind(self) -> dict[type[e.Event], list[Step]]:
        """The steps by the kind of their event, for those who ask often."""
        found: dict[type[e.Event], list[Step]] = {}
        for step in self.steps:
            found.setdefault(type(step.event), []).append(step)
        return found

    def told(self, *kinds: e.PassageKind) -> Iterator[tuple[Step, e.Told]]:
        """The steps at which something of these kinds was told, of each kind in order."""
        return (each for kind in kinds for each in self._told_by_kind.get(kind, ()))

    @cached_property
    def _told_by_kind(self) -> dict[e.PassageKind, list[tuple[Step, e.Told]]]:
        found: dict[e.PassageKind, list[tuple[Step, e.Told]]] = {}
        for step in self.of(e.Told):
            if isinstance(step.event, e.Told):
                found.setdefault(step.event.kind, []).append((step, step.event))
        return found

    @cached_property
    def played(self) -> tuple[str, ...]:
        """The roles in which people sat, in the scenario's order."""
        return tuple(role for role in self.scenario.roles if self.state.played(role))

    def who(self, role: str) -> Who:
        """A role by its id."""
        known = self._who.get((role, self.addressed))
        if known is None:
            known = self._who[role, self.addressed] = self._made_of(role)
        return known

    def _made_of(self, role: str) -> Who:
        seats = self.state.in_role(role)
        people = [seat for seat in seats if seat.kind == "player"]
        words = [self.word(seat.name) for seat in people if seat.name] if self.names else []
        return Who(
            id=role,
            role=title_of(role),
            person=line(self.fill(self.scenario.roles[role].name)),
            played=bool(people),
            you=(
                self.addressed
                and not self.state.facilitated
                and self.played == (role,)
                and len(people) == 1
            ),
            name=", ".join(line(word) for word in words if word),
        )

    def everyone(self, roles: Iterable[str]) -> tuple[Who, ...]:
        """Roles by their ids, in the scenario's order; names of no role are left out."""
        wanted = set(roles)
        return tuple(self.who(role) for role in self.scenario.roles if role in wanted)

    def fill(self, text: str) -> str:
        """A text outside the tree of texts with the exercise's parameters in their places."""
        return fill(text, self.engine.parameters)

    def text(self, path: str) -> str:
        """An author's text by its path."""
        return self.engine.text(path) if path else ""

    def word(self, reference: str) -> str | None:
        """A person's words; nothing where they were erased."""
        return self.record.words.get(reference)

    def written(self, role: str, reference: str) -> Written:
        """A person's words with whose they are."""
        return Written(self.who(role), self.word(reference))

    def role_of(self, seat: str) -> str:
        """The role a seat sits in; of a stand-in whose place a person took, the one it played."""
        found = self.state.seats.get(seat) or self._sat.get(seat)
        return found.role if found else ""

    @cached_property
    def _sat(self) -> dict[str, Seat]:
        """Everyone who ever sat, by seat."""
        sat: dict[str, Seat] = {}
        for event in self.events:
            if isinstance(event, e.Started | e.Rewound):
                sat.update((seat.id, seat) for seat in event.seats)
            elif isinstance(event, e.Seated):
                sat[event.seat.id] = event.seat
        return sat

    def sole(self, text: Text | None, path: str) -> str:
        """A text that reads the same whatever happened, else nothing."""
        if text is None or tuple(text.variants) != ("all",) or len(text.variants["all"]) != 1:
            return ""
        return self.text(f"{path}/all/0")

    def scene(self, scene: str) -> Scene:
        """A scene by its id."""
        return self.scenario.scenes[scene]

    def scene_title(self, scene: str) -> str:
        """A scene's title, or one made from its id."""
        return line(self.fill(self.scene(scene).title or title_of(scene)))

    def decision(self, decision: str) -> Decision:
        """A decision by its id."""
        return self.engine.plan.decision(decision)

    def decision_title(self, decision: str) -> str:
        """A decision's title."""
        return line(self.fill(self.decision(decision).title))

    def opened(self, decision: str) -> e.DecisionOpened | None:
        """How a decision was put."""
        return next(
            (
                step.event
                for step in self.of(e.DecisionOpened)
                if isinstance(step.event, e.DecisionOpened) and step.event.decision == decision
            ),
            None,
        )

    def option_text(self, decision: str, option: str) -> str:
        """An option in the wording its deciders read."""
        opened = self.opened(decision)
        wordings = dict(dict(opened.options).get(option, ())) if opened else {}
        path = next(iter(wordings.values()), "")
        return plain(self.text(path))

    def ask_text(self, decision: str) -> str:
        """The question in the wording its deciders read."""
        opened = self.opened(decision)
        return plain(self.text(next(iter(dict(opened.asks).values()), ""))) if opened else ""

    def privileged(self, fact: str) -> bool:
        """Whether a fact is privileged in the story."""
        known = self.guidance.fact_classes.get(self.scenario.facts[fact].fact_class)
        return bool(known and known.privileged)

    @cached_property
    def disclosed(self) -> frozenset[str]:
        """Privileged facts whose text was told in the exercise by someone who held them."""
        return frozenset(
            step.event.fact
            for step in self.of(e.FactShared)
            if isinstance(step.event, e.FactShared) and step.event.told
        )

    def situation(self, state: State) -> Situation:
        """What a condition reads at a moment."""
        return situation.Standing(state, self.engine.law)

    def share_standing(self, state: State, fact: str, offer: int) -> Standing:
        """What telling under an offer would have been worth at a moment, and by which mark."""
        judged, consent, number = Run(self.engine.plan, self.engine.law, state).share_mark(
            fact, offer
        )
        share = self.scenario.facts[fact].share[offer]
        if consent in ("without", "lapsed"):
            mark = (share.lapsed or share.without) if consent == "lapsed" else share.without
        else:
            mark = share.key()[number] if number >= 0 else None
        if mark is not None and not mark.practices:
            mark = mark.model_copy(update={"practices": share.practices})
        right = judged.vc >= 0 and judged.ci >= 0 and not judged.critical
        return Standing(mark, judged.critical, right)

    def fact_title(self, fact: str, role: str = "") -> str:
        """A short title for a fact; empty where it is privileged and was not told."""
        if self.privileged(fact) and fact not in self.disclosed:
            return ""
        found = self.scenario.facts[fact]
        if found.title:
            return line(self.fill(found.title))
        text = found.text
        key = text.audience(role) or next(iter(text.variants))
        return shorten(plain(self.text(f"facts.{fact}.text/{key}/0")))

    @cached_property
    def everything(self) -> tuple[Step, ...]:
        """Every event in the order it happened, also on ways that a rewind left behind."""
        if not any(self.of(e.Rewound)):
            return self.steps
        states, steps = {0: State()}, list[Step]()
        for entry in self.record.entries:
            state = apply(states[entry.parent], entry.at, ())
            for event in entry.events:
                steps.append(Step(len(steps), state.at, event, state, entry.seq))
                state = _unread(evolve(state, event))
            states[entry.seq] = state
        return tuple(steps)

    @cached_property
    def left_behind(self) -> tuple[Step, ...]:
        """What happened on ways that a rewind left behind."""
        kept = {step.seq for step in self.steps}
        return tuple(step for step in self.everything if step.seq not in kept)


def title_of(name: str) -> str:
    """An identifier as words."""
    return name.replace("_", " ")


def _steps(entries: tuple[Entry, ...]) -> Iterator[Step]:
    state, number = State(), 0
    for entry in entries:
        state = apply(state, entry.at, ())
        for event in entry.events:
            yield Step(number, state.at, event, state, entry.seq)
            state, number = _unread(evolve(state, event)), number + 1


def _unread(state: State) -> State:
    """The state without its feeds, of which every step would keep a copy and nothing reads one."""
    return state.but(feeds={}) if state.feeds else state
