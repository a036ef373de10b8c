"""What a role may read, worked out from the scenario and from what happened, apart from views.

It trusts no feed and no recorded audience: which facts a role knows follows from who held them,
which options settled, which injects came and which offers were taken; every authored text is
allowed or not by the rules of the house about its place. A view passes if every string in it is a
text its role may read, a name everyone may know, or a word of the interface.

An oracle is given what happened to its role and nothing else, so that situations in which the same
happened to a role share one, and a part of a view need not be read again where it has passed.
"""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache

from tabletop.exercise.engine import Engine
from tabletop.exercise.state import Offer, State
from tabletop.exercise.view_types import PassageView, PlayerView
from tabletop.scenario.model import Effects
from tabletop.scenario.texts import Text

INTERFACE = {
    "",
    *("open", "running", "paused", "ended"),
    *("brief", "narration", "inject", "outcome", "learned", "told", "shared", "withheld"),
    *("message", "advice", "settled"),
    *("held", "revealed", "shared", "decide", "consult"),
    *("in force", "ended", "not given"),
    *("you", "player", "stand-in", "joins later", "away"),
    *("advance", "say", "pause", "resume", "step_out", "step_in", "end", "reflect"),
    *("stop_for_care", "improve", "give_feedback"),
    *("law_enforcement", "victim_services", "attorney"),
}
PHRASES = (
    r"Your brief|New, NAMES|From NAMES, NAMES|You learn|NAMES tells you|You told NAMES|"
    r"NAMES began to tell you something privileged, and you did not hear it|You, NAMES|"
    r"NAMES, NAMES|Your advice|Advice from NAMES|Decided|What follows|"
    r"NAMES went on to another point|NAMES went back to an earlier point|"
)


WORDINGS: dict[tuple[int, int, str], tuple[str, ...]] = {}
FIELDS = tuple(field.name for field in dataclasses.fields(PlayerView))
READ: dict[int, tuple[object, frozenset[str], str | None]] = {}


@dataclasses.dataclass(frozen=True, slots=True)
class Happened:
    """What has happened to a role."""

    here: tuple[str, ...]
    """The scenes since it joined, or none."""
    known: frozenset[str]
    """The facts it can know."""
    injects: tuple[str, ...]
    """Those of any scene that came, to it or to all."""
    decisions: tuple[tuple[str, tuple[str, ...], str], ...]
    """Those it decides or is consulted on: name, options shown, and what was settled."""
    told: tuple[Offer, ...]
    """What it shared."""
    ending: str | None
    """Where it ended; nothing where it goes on."""


def oracle(engine: Engine, state: State, role: str) -> "Oracle":
    """What a role may read in a state."""
    return _oracle(engine, role, happened(engine, state, role))


@cache
def _oracle(engine: Engine, role: str, done: Happened) -> "Oracle":
    return Oracle(engine, role, done)


def happened(engine: Engine, state: State, role: str) -> Happened:
    """What a state says has happened to a role."""
    joins = engine.scenario.roles[role].joins or engine.scenario.start
    visited = state.visited
    addressed, asked, revealing = _concerning(engine, role)
    known = set(_held(engine, role))
    for kind, name, option, facts in revealing:
        standing = state.decisions.get(name) if kind == "decision" else None
        if kind == "inject":
            came = name in state.delivered
        else:
            came = standing is not None and standing.settled == option
        if came:
            known |= facts
    told = []
    for offer, status in state.offers.items():
        if status != "taken":
            continue
        fact, holder, to, number = offer
        known |= _revealed(engine.scenario.facts[fact].share[number], role)
        kind = engine.guidance.fact_classes[engine.scenario.facts[fact].fact_class]
        if to == role and not (kind.privileged and engine.scenario.roles[to].hat == "prosecutor"):
            known.add(fact)
        if holder == role:
            told.append(offer)
    return Happened(
        visited[visited.index(joins) :] if joins in visited else (),
        frozenset(known),
        tuple([name for name in state.delivered if name in addressed]),
        tuple(
            [
                (name, each.shown(), each.settled or "")
                for name, each in state.decisions.items()
                if name in asked and not each.passed
            ]
        ),
        tuple(told),
        state.ending if state.status == "ended" else None,
    )


@cache
def _concerning(
    engine: Engine, role: str
) -> tuple[frozenset[str], frozenset[str], list[tuple[str, str, str, frozenset[str]]]]:
    """The injects to a role, the decisions put to it, and whatever can tell it a fact."""
    addressed, asked, revealing = set(), set(), []
    for scene in engine.scenario.scenes.values():
        for name, inject in scene.injects.items():
            if {role, "all"} & set(inject.to):
                addressed.add(name)
            revealing.append(("inject", name, "", _revealed(inject, role)))
        for name, decision in scene.decisions.items():
            if role in (*decision.by, *decision.consult):
                asked.add(name)
            for option, each in decision.options.items():
                revealing.append(("decision", name, option, _revealed(each, role)))
    return frozenset(addressed), frozenset(asked), [each for each in revealing if each[3]]


@cache
def _held(engine: Engine, role: str) -> frozenset[str]:
    facts = engine.scenario.facts
    return frozenset(fact for fact, each in facts.items() if role in each.held_by)


def _revealed(effects: Effects, role: str) -> frozenset[str]:
    return frozenset(effects.reveals.get(role, ()))


class Oracle:
    """What one role may read once this has happened to it."""

    def __init__(self, engine: Engine, role: str, done: Happened) -> None:
        self.engine, self.role, self.done = engine, role, done
        self.scenario = engine.scenario
        self.known = done.known
        self.texts = set(INTERFACE)
        self.names = {each.name for each in self.scenario.roles.values()}
        self._gather()
        self.spoken = frozenset(self.names | self.senders)
        self.passed: set[int] = set()
        """Parts of views that passed, by identity."""

    def leaks(self, view: PlayerView) -> Iterator[str]:
        """Strings in the view that its role has no business reading."""
        for field in FIELDS:
            value = getattr(view, field)
            for part in value if isinstance(value, tuple) else (value,):
                if id(part) not in self.passed:
                    found = [*self._leaks(part)]
                    yield from found
                    if not found:
                        self.passed.add(id(part))

    def _leaks(self, part: object) -> Iterator[str]:
        _, strings, heading = _read(part)
        if not strings <= self.texts:
            yield from (each[:80] for each in strings - self.texts if not self._beginning(each))
        if heading is not None and not _heading_fits(heading, self.spoken):
            yield heading

    def _beginning(self, string: str) -> bool:
        """Whether it is the beginning of a known fact's own wording."""
        start = string.removesuffix(" …")
        return any(text.startswith(start) for text in self.known_texts)

    def _wordings(self, text: Text | None) -> tuple[str, ...]:
        if text is None:
            return ()
        key = (id(self.engine), id(text), self.role)
        if key not in WORDINGS:
            variants = text.variants.get(self.role, text.variants.get("all", ()))
            wordings = [variant.text for variant in variants] + ([text.fade] if text.fade else [])
            WORDINGS[key] = tuple(self.engine.filled(wording) for wording in wordings)
        return WORDINGS[key]

    def _gather(self) -> None:
        self.senders: set[str] = set()
        scenario, filled, done = self.scenario, self.engine.filled, self.done
        allow = self.texts.update
        allow((scenario.title, self.role, *self.names, *scenario.roles))
        if done.here:
            allow(self._wordings(scenario.roles[self.role].brief))
        else:
            allow((self._scene_title(scenario.roles[self.role].joins or ""),))
        for name in done.here:
            scene = scenario.scenes[name]
            allow((name, self._scene_title(name), scenario.module_of(name)))
            allow((filled(scene.time or ""),))
            allow(self._wordings(scene.narration))
            for inject, each in scene.injects.items():
                if inject in done.injects:
                    allow((filled(each.title),))
                    allow(self._wordings(each.text))
                    self.senders.update({filled(each.sender)} if each.sender else ())
        for name, shown, settled in done.decisions:
            if self.engine.plan.scene_of_decision[name] in done.here:
                self._decision(name, shown, settled)
        self.known_texts: set[str] = set()
        for fact in self.known:
            each = scenario.facts[fact]
            self.known_texts.update(self._wordings(each.text))
            kind = self.engine.guidance.fact_classes[each.fact_class]
            allow((fact, filled(each.title or ""), kind.title, *self.known_texts))
            for consent, given in scenario.consents.items():
                if fact in given.covers:
                    allow((consent, self.engine.consent_text(consent)))
        for fact, _, _, number in done.told:
            allow(self._wordings(scenario.facts[fact].share[number].outcome))
        if done.ending is not None:
            allow((filled(scenario.support),))
            if done.ending:
                allow(filled(line) for line in scenario.scenes[done.ending].closing)

    def _decision(self, name: str, shown: tuple[str, ...], settled: str) -> None:
        authored = self.engine.plan.decision(name)
        filled, allow = self.engine.filled, self.texts.update
        allow((name, filled(authored.title)))
        allow(self._wordings(authored.ask))
        for option in shown:
            allow((option,))
            allow(self._wordings(authored.options[option].text))
        for adviser, advice in authored.advice.items():
            if self.role in (adviser, *authored.by):
                allow(self._wordings(advice))
        if self.role in authored.by:
            for reason, each in authored.reasons.items():
                allow((reason, filled(each.text)))
            if settled:
                allow(self._wordings(authored.options[settled].outcome))

    def _scene_title(self, scene: str) -> str:
        title = self.scenario.scenes[scene].title if scene else ""
        return title or scene.replace("_", " ").capitalize()


def _read(part: object) -> tuple[object, frozenset[str], str | None]:
    """A part of a view, its strings, and its heading apart where it is a passage.

    Parts are remembered by identity, and kept so that no other takes their place: the same ones
    come again in thousands of situations.
    """
    found = READ.get(id(part))
    if found is None:
        said, heading = part, None
        if isinstance(part, PassageView):
            said, heading = dataclasses.replace(part, heading=""), part.heading
        found = READ[id(part)] = (part, frozenset(_strings(said)), heading)
    return found


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))


@cache
def _heading_fits(heading: str, spoken: frozenset[str]) -> bool:
    """Whether a heading is made of interface words and names this role may know."""
    plain = heading.replace(" (stand-in)", "")
    for name in sorted(spoken, key=len, reverse=True):
        plain = plain.replace(name, "NAMES")
    plain = re.sub(r"to (all|you( and NAMES(, NAMES)*)?|NAMES|the facilitator)", "NAMES", plain)
    return re.fullmatch(PHRASES, plain) is not None
