"""The engine answers two questions and changes nothing.

`decide(state, seat, command)`: what would this make happen? Events, or `Refused`. Each command is
first checked against the state alone; then its own events and everything that follows by itself
(offers, conditional injects, decisions that open, reveals) are gathered in a `Run`.

`legal(state, seat)`: what may this seat do? Exactly the commands `decide` accepts, with an empty
string wherever a person's own words go.

Solo play, hot-seat, a room of forty, stand-ins, play scripts and exploration all use this engine.
An engine is shared and stateless: the state comes in and events go out. All it remembers is what
it worked out of the scenario, and (`shown`) parts of views as they were worded.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise import concluding, conducting, deciding, facilitating, permission, telling
from tabletop.exercise import events as e
from tabletop.exercise.machine import SceneMachine
from tabletop.exercise.plan import Plan
from tabletop.exercise.readers import passages_of
from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import MINUTE, Run
from tabletop.exercise.seats import Seat
from tabletop.exercise.stand_ins import proposal
from tabletop.exercise.state import Offer, State
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario
from tabletop.wording import say

_PARAMETER = re.compile(r"\$(?:\$|([a-z][a-z0-9_]*))")


class Engine:
    """The rules of one scenario."""

    def __init__(
        self,
        scenario: Scenario,
        guidance: Guidance,
        parameters: Mapping[str, str] | None = None,
        seed: int = 0,
    ) -> None:
        """Takes a checked scenario, its guidance, and values for its parameters."""
        self.scenario = scenario
        self.guidance = guidance
        self.parameters = {**scenario.parameters, **(parameters or {})}
        self.seed = seed
        self.plan = Plan(scenario)
        card = guidance.jurisdictions[scenario.jurisdiction]
        self.law = {name: each.value for name, each in card.attributes.items()}
        self.machine = SceneMachine(scenario)
        self.shown: dict[object, Any] = {}
        self.modules = scenario.modules()
        self.module_of = {scene: scenario.module_of(scene) for scene in scenario.scenes}

    def again(self, seed: int) -> "Engine":
        """The same rules with another seed, for a table that has been shown nothing yet."""
        new = object.__new__(Engine)
        new.__dict__.update(self.__dict__, seed=seed, shown={})
        return new

    def decide(self, state: State, seat: str, command: c.Command) -> tuple[e.Event, ...]:
        """The events a command makes.

        Raises:
            Refused: with a slug; nothing has changed.
        """
        run = Run(self.plan, self.law, state)
        _ACCEPT[type(command)](self, run, seat, command)
        run.unfold()
        return tuple(run.events)

    def rewind(self, now: State, past: State, seat: str, command: c.Rewind) -> tuple[e.Event, ...]:
        """The events that make an exercise go on from a `past` state with the table as it is.

        Raises:
            Refused: with a slug; nothing has changed.
        """
        run = Run(self.plan, self.law, past)
        facilitating.rewind(self, run, seat, command, now)
        run.unfold()
        return tuple(run.events)

    def accepts(self, state: State, seat: str, command: c.Command) -> bool:
        """Whether a command would be accepted; what follows from it never refuses."""
        try:
            _ACCEPT[type(command)](self, Run(self.plan, self.law, state), seat, command)
        except Refused:
            return False
        return True

    def legal(self, state: State, seat: str) -> tuple[c.Command, ...]:
        """What a seat may do now, with empty strings for its own words."""
        if seat not in state.seats:
            return ()
        words = "" if state.seats[seat].kind == "stand_in" else "w"
        return tuple(
            offered
            for offered, tried in self._conceivable(state, state.seats[seat], words)
            if self.accepts(state, seat, tried)
        )

    def proposal(self, state: State, seat: str) -> c.Command | None:
        """What a stand-in would do now by its authored rules."""
        return proposal(self, state, seat)

    def due(self, state: State) -> int | None:
        """The exercise time (ms) at which the clock next has something to do."""
        if state.status != "running":
            return None
        times = [
            state.entered_at + inject.at_minute * MINUTE
            for name, inject in self.scenario.scenes[state.scene].injects.items()
            if inject.at_minute is not None and name not in state.delivered
        ]
        times += [at for name, at in state.scheduled.items() if name not in state.delivered]
        return min(times, default=None)

    def text(self, path: str) -> str:
        """An authored wording, its parameters filled in as plain text."""
        return fill(self.plan.texts[path], self.parameters)

    def filled(self, line: str) -> str:
        """A line of the scenario, its parameters filled in as plain text."""
        return fill(line, self.parameters)

    def name(self, role: str) -> str:
        """The name a role goes by."""
        return self.filled(self.scenario.roles[role].name)

    def themes_of(self, path: str) -> tuple[str, ...]:
        """The content themes of an authored wording."""
        return self.plan.themes.get(path.rsplit("/", 2)[0], ())

    def offers(self, state: State, role: str) -> tuple[Offer, ...]:
        """What a role that is there could share in this scene, with whom, taken or not."""
        return tuple(Run(self.plan, self.law, state).offers_of(role))

    def party(self, role: str) -> str:
        """Which side of the duty to disclose a role is on, as fact classes name it."""
        found = self.scenario.roles[role]
        if found.discipline == "victim_services":
            return f"{found.employer or 'community'}_advocate"
        return found.hat or found.discipline

    def consent_text(self, consent: str) -> str:
        """A consent as a sentence."""
        found = self.scenario.consents[consent]
        return say(
            "{giver}, to {names}: {purpose}",
            giver=self.filled(found.giver),
            names=", ".join(self.name(role) for role in found.to),
            purpose=self.filled(found.purpose),
        )

    def allowed(self, state: State, seat: str) -> tuple[str, ...]:
        """The names of the plain commands a seat may give now: the cheap part of `legal`."""
        return tuple(
            name
            for name in _CONCEIVABLE["paused" if state.paused else state.status]
            if _passes(_ALLOWED[name], self, Run(self.plan, self.law, state), seat)
        )

    def decided(self, state: State) -> bool:
        """Whether nobody is asked anything any more in this scene."""
        return permission.decided(self, state)

    def next_scene(self, state: State) -> str | None:
        """The scene that moving on leads to now, if any branch holds."""
        run = Run(self.plan, self.law, state)
        return self.machine.follow("advance", state.scene, run.situation)

    def _conceivable(
        self, state: State, seat: Seat, words: str
    ) -> Iterator[tuple[c.Command, c.Command]]:
        """Everything a seat could try, as it is offered and as it is tried."""

        def same(command: c.Command) -> tuple[c.Command, c.Command]:
            return command, command

        for name, decision in state.decisions.items():
            if decision.done or self.plan.scene_of_decision[name] != state.scene:
                continue
            for option in decision.shown():
                yield same(c.Commit(name, option))
            yield same(c.Settle(name))
            for option in decision.shown():
                yield same(c.Settle(name, option))
            yield c.Say("", "", name), c.Say("", words, name)
        for fact in state.known.get(seat.role, {}):
            for to in self.scenario.roles:
                yield same(c.Share(fact, to))
        for to in ("all", "facilitator", *self.scenario.roles):
            yield c.Say(to, ""), c.Say(to, words)
        if state.scene:
            for inject in self.scenario.scenes[state.scene].injects:
                yield same(c.Release(inject))
        read = len(passages_of(self, state, seat.role, seat.id))
        if read:
            yield same(c.Acknowledge(read))
        for passage in range(1, read + 1):
            yield same(c.Skip(passage))
        for command in (c.Advance(), c.Pause(), c.Resume(), c.StepOut(), c.StepIn(), c.End()):
            yield same(command)
        if state.facilitated:
            yield from self._steering(state, seat, words)
        for prompt in c.PROMPTS:
            yield c.Reflect(prompt, ""), c.Reflect(prompt, words)
        if state.status == "ended":
            yield from self._afterwards(state, words)

    def _steering(
        self, state: State, seat: Seat, words: str
    ) -> Iterator[tuple[c.Command, c.Command]]:
        """What a seat could try where someone facilitates; times and newcomers are without end."""
        plain: list[c.Command] = [c.StopForCare(), c.StopForCare(named=True), c.SetTimer(0)]
        plain += [c.Reveal(name) for name in state.decisions]
        plain += [c.Jump(scene) for scene in self.scenario.scenes]
        plain += [c.Rewind(number) for number in range(1, len(state.moments) + 1)]
        plain += [c.Dismiss(other) for other in state.seats]
        plain += [c.Move(other, role) for other in state.seats for role in self.scenario.roles]
        for inject in self.plan.scene_of_inject:
            plain += [c.Hold(inject), c.Hold(inject, on=False), c.Omit(inject)]
            plain.append(c.Schedule(inject, 0))
        yield from ((command, command) for command in plain)
        for to in ("all", *self.scenario.roles):
            yield c.Write((to,), ""), c.Write((to,), words)
        for kind in ("strength", "issue"):
            yield c.Observe(kind, ""), c.Observe(kind, words)

    def _afterwards(self, state: State, words: str) -> Iterator[tuple[c.Command, c.Command]]:
        """What a seat could try once it is over; days and answers from 1 to 5 are left out."""
        for name, objective in self.scenario.objectives.items():
            for task in objective.tasks:
                for rating in a.RATINGS:
                    rated = f"{name}.{task}", rating
                    yield a.Rate(*rated), a.Rate(*rated, reason=words)
        for capability in {each.capability: 0 for each in self.scenario.objectives.values()}:
            for rating in a.RATINGS:
                rated = capability, rating
                yield a.RateCapability(*rated), a.RateCapability(*rated, reason=words)
        for item in state.improvements:
            yield a.Withdraw(item, ""), a.Withdraw(item, words)
        for item in (0, *state.improvements):
            yield a.Improve("", item=item), a.Improve(words, item=item)
        for item in state.improvements:
            for status in a.STATUSES:
                update = a.UpdateAction(item, status)
                yield update, update
        yield a.GiveFeedback(), a.GiveFeedback(suggestions=words)
        seen = a.digest(state)
        yield a.Sign("", "", "", seen), a.Sign(words, words, words, seen)

    def withheld(self, fact: str, to: str) -> bool:
        """Whether a fact's text never reaches a role: a privileged one, a prosecutor."""
        kind = self.guidance.fact_classes[self.scenario.facts[fact].fact_class]
        return kind.privileged and self.scenario.roles[to].hat == "prosecutor"

    def fade(self, path: str) -> str | None:
        """The path of the gentler wording of a text, where it carries themes."""
        base = path.rsplit("/", 2)[0]
        return f"{base}/fade" if base in self.plan.themes else None


def fill(text: str, parameters: Mapping[str, str]) -> str:
    """A text with `$name` replaced by the parameter's value and `$$` by a dollar sign."""
    if "$" not in text:
        return text
    return _PARAMETER.sub(
        lambda found: parameters.get(found[1], found[0]) if found[1] else "$", text
    )


_ACCEPT: dict[type[Any], Callable[[Engine, Run, str, Any], None]] = {
    c.Start: conducting.start,
    c.Commit: deciding.commit,
    c.Settle: deciding.settle,
    c.Share: telling.share,
    c.Say: telling.speak,
    c.Acknowledge: telling.acknowledge,
    c.Advance: conducting.advance,
    c.Release: conducting.release,
    c.PassTime: conducting.pass_time,
    c.Pause: conducting.pause,
    c.Resume: conducting.resume,
    c.StepOut: conducting.step_out,
    c.StepIn: conducting.step_in,
    c.Skip: telling.skip,
    c.End: conducting.end,
    c.Reflect: concluding.reflect,
    c.Admit: facilitating.admit,
    c.Move: facilitating.move,
    c.Dismiss: facilitating.dismiss,
    c.Reveal: facilitating.reveal,
    c.Jump: facilitating.jump,
    c.Rewind: lambda engine, run, seat, command: facilitating.rewind(
        engine, run, seat, command, run.state
    ),
    c.Hold: facilitating.hold,
    c.Omit: facilitating.omit,
    c.Schedule: facilitating.schedule,
    c.Write: facilitating.write,
    c.SetTimer: facilitating.set_timer,
    c.StopForCare: facilitating.stop_for_care,
    c.Observe: facilitating.observe,
    a.Rate: concluding.rate,
    a.RateCapability: concluding.rate_capability,
    a.Improve: concluding.improve,
    a.Withdraw: concluding.withdraw,
    a.UpdateAction: concluding.update_action,
    a.GiveFeedback: concluding.give_feedback,
    a.Sign: concluding.sign,
}


def _passes(
    check: Callable[[Engine, Run, str], object], engine: Engine, run: Run, seat: str
) -> bool:
    try:
        check(engine, run, seat)
    except Refused:
        return False
    return True


_ALLOWED: dict[str, Callable[[Engine, Run, str], object]] = {
    "advance": permission.finished,
    "say": lambda engine, run, seat: telling.heard_by(engine, run, seat, "all"),
    "pause": permission.steering,
    "resume": lambda engine, run, seat: conducting.resume(engine, run, seat, c.Resume()),
    "step_out": lambda engine, run, seat: conducting.step_out(engine, run, seat, c.StepOut()),
    "step_in": lambda engine, run, seat: conducting.step_in(engine, run, seat, c.StepIn()),
    "end": permission.steering,
    "stop_for_care": lambda engine, run, seat: facilitating.stop_for_care(
        engine, run, seat, c.StopForCare()
    ),
    "reflect": lambda engine, run, seat: concluding.reflect(
        engine, run, seat, c.Reflect("plus", "w")
    ),
    "improve": lambda engine, run, seat: concluding.improve(engine, run, seat, a.Improve("w")),
    "give_feedback": lambda engine, run, seat: concluding.give_feedback(
        engine, run, seat, a.GiveFeedback(suggestions="w")
    ),
}
# Every view asks; what an exercise that stands so refuses to everyone need not be tried.
_CONCEIVABLE: dict[str, tuple[str, ...]] = {
    "open": (),
    "running": ("advance", "say", "pause", "step_out", "step_in", "end", "stop_for_care"),
    "paused": ("resume", "step_out", "step_in", "stop_for_care"),
    "ended": ("reflect", "improve", "give_feedback"),
}
