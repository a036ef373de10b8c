"""What if: another answer to one decision, played forward beside what happened.

The exercise is taken up right before the answer was given, by the engine it was run with and from
its own state, and other people's later choices are made again where they can be (`kept.py`). Where
a question comes up that the record has no answer for, playing stops: from there on there is a range
and not a story. A fact that nobody could tell in the record is not told. Nothing is written: states
are values, and the record is only read.
"""

from dataclasses import dataclass, replace

from tabletop.authoring.explore import steering_seat
from tabletop.authoring.walking import Walk
from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.forks import Fork, Way
from tabletop.debrief.analysis.kept import Kept, Made, Seen, visited
from tabletop.debrief.choices import Pair
from tabletop.debrief.telling import Telling
from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.state import State


@dataclass(frozen=True, slots=True)
class Course:
    """What happened from one moment on."""

    events: tuple[tuple[str, e.Event], ...]
    """Each event with the scene it happened in."""
    ending: str
    """Empty where it comes to none, or is not played that far."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A decision answered otherwise."""

    fork: Fork
    way: Way
    happened: Course
    instead: Course
    free: tuple[str, ...]
    """The decisions at which playing stops, since people would have to answer them anew."""

    @property
    def comes_to(self) -> Pair | None:
        """What it comes to where everything could be kept; nothing where there is a range."""
        kept = self.way.kept
        if self.free or kept is None or None in kept.worst or kept.worst != kept.best:
            return None
        vc, ci = kept.best
        assert vc is not None
        assert ci is not None
        return vc, ci


def answered(ahead: Ahead) -> dict[str, Fork]:
    """By decision that people answered: its answer, the last where there were several."""
    return {fork.choice.name: fork for fork in ahead.forks if fork.choice.kind == "decision"}


def open_ways(ahead: Ahead) -> dict[str, tuple[str, ...]]:
    """By decision that people answered: the options that were open and not taken."""
    return {
        name: tuple(way.name for way in fork.choice.ways if way.name != fork.choice.taken)
        for name, fork in answered(ahead).items()
    }


def what_if(ahead: Ahead, decision: str, option: str) -> WhatIf:
    """Another option of a decision played forward; both are among `open_ways`.

    Where a decision was answered more than once, its last answer is looked at.
    """
    fork = answered(ahead)[decision]
    way = next((each for each in fork.ways if each.name == option), Way(option, None, None))
    number = fork.choice.step.number
    state = ahead.moments.begins(number).before
    player = _Player(ahead.telling, state, ahead.kept, visited(ahead.telling, number))
    player.answer(decision, option)
    free = player.play()
    happened = tuple(
        (step.before.scene, step.event) for step in ahead.telling.steps if step.number >= number
    )
    walk = player.walk
    return WhatIf(
        fork,
        way,
        Course(happened, ahead.telling.state.ending),
        Course(_placed(state.scene, walk.events), walk.state.ending),
        free,
    )


def _placed(scene: str, events: list[e.Event]) -> tuple[tuple[str, e.Event], ...]:
    found = []
    for event in events:
        if isinstance(event, e.SceneEntered):
            scene = event.scene
        found.append((scene, event))
    return tuple(found)


class _Player:
    """Plays on from a state, with the choices that are kept."""

    def __init__(self, telling: Telling, state: State, kept: Kept, seen: Seen) -> None:
        self.engine = telling.engine
        self.kept = kept
        self.seen = seen
        self.entered = 0
        # Who stood up for a moment is asked all the same: their role's answer is what is kept. And
        # all answer anew, whatever they were about to say.
        decisions = {
            name: each if each.done else each.but(answers={}, revealed=False)
            for name, each in state.decisions.items()
        }
        self.walk = Walk(telling.engine, replace(state, away=(), decisions=decisions), [])

    @property
    def state(self) -> State:
        return self.walk.state

    def play(self) -> tuple[str, ...]:
        """Plays until it ends or people would have to answer anew; gives those decisions."""
        while self.state.status == "running":
            if self._kept():
                continue
            asked = self._asked()
            mover = steering_seat(self.state)
            if asked or not self.engine.accepts(self.state, mover, c.Advance()):
                return asked
            self.walk.step(mover, c.Advance())
        return ()

    def answer(self, decision: str, option: str) -> None:
        """Lets everybody who is asked give one answer, and lets it count."""
        self.walk = self._answered(decision, option, "")

    def _answered(self, decision: str, option: str, because: str) -> Walk:
        walk = Walk(self.engine, self.state, [*self.walk.events])
        seats = [
            seat.id
            for role in walk.state.decisions[decision].by
            for seat in walk.state.in_role(role)
            if seat.kind == "player"
        ]
        for seat in seats:
            if not walk.state.decisions[decision].done:
                walk.step(seat, c.Commit(decision, option, "", because))
        if not walk.state.decisions[decision].done:
            mover = steering_seat(walk.state) if walk.state.facilitated else seats[0]
            plain = c.Settle(decision)
            accepted = self.engine.accepts(walk.state, mover, plain)
            walk.step(mover, plain if accepted else c.Settle(decision, option))
        return walk

    def _asked(self) -> tuple[str, ...]:
        """The open decisions that people are asked."""
        scene = self.engine.plan.scene_of_decision
        return tuple(
            name
            for name, decision in self.state.decisions.items()
            if not decision.done
            and scene[name] == self.state.scene
            and any(self.state.played(role) for role in decision.by)
        )

    def _kept(self) -> bool:
        """Makes the next choice of the record, if one can be made."""
        events = self.walk.events
        for event in events[self.entered :]:
            if isinstance(event, e.SceneEntered):
                self.seen = self.kept.entering(self.seen, event.scene)
        self.entered = len(events)
        return any(self._made(made) for made in self.kept.now(self.state.scene, self.seen))

    def _made(self, made: Made) -> bool:
        match made.move:
            case ("commit", decision, option):
                return decision in self._asked() and self._again(decision, option, made)
            case ("share", fact, holder, to):
                seats = [seat.id for seat in self.state.in_role(holder) if seat.kind == "player"]
                return self._done(seats, c.Share(fact, to))
            case ("release", inject):
                return self._done([steering_seat(self.state)], c.Release(inject))
        return False

    def _again(self, decision: str, option: str, made: Made) -> bool:
        """Lets an answer of the record count again; stand-ins may have had the last word in it."""
        shown = self.state.decisions[decision].shown()
        for given in sorted(shown, key=lambda each: each != option):
            walk = self._answered(decision, given, made.because)
            if walk.state.decisions[decision].settled == option:
                if self.state.facilitated and not made.counts:
                    # What was forced, or was no person's answer, is no person's now.
                    self.walk.step(steering_seat(self.state), c.Settle(decision, option))
                else:
                    self.walk = walk
                return True
        return False

    def _done(self, seats: list[str], command: c.Command) -> bool:
        for seat in seats:
            if self.engine.accepts(self.state, seat, command):
                self.walk.step(seat, command)
                return True
        return False
