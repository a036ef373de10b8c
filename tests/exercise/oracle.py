"""What a role may read, worked out from the scenario and from what happened, apart from views.

It trusts no feed and no recorded audience: which facts a role knows follows from who held them,
which options settled, which injects came and which offers were taken; every authored text is
allowed or not by the rules of the house about its place. A view passes if every string in it is a
text its role may read, a name everyone may know, or a word of the interface.
"""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache

from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State
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
    "stop_for_care",
    *("law_enforcement", "victim_services", "attorney"),
}
PHRASES = (
    r"Your brief|New, NAMES|From NAMES, NAMES|You learn|NAMES tells you|You told NAMES|"
    r"NAMES began to tell you something privileged, and you did not hear it|You, NAMES|"
    r"NAMES, NAMES|Your advice|Advice from NAMES|Decided|What follows|"
    r"NAMES went on to another point|NAMES went back to an earlier point|"
)


WORDINGS: dict[tuple[int, int, str], tuple[str, ...]] = {}


class Oracle:
    """What one role may read in one state."""

    def __init__(self, engine: Engine, state: State, role: str) -> None:
        self.engine, self.state, self.role = engine, state, role
        self.scenario = engine.scenario
        joins = self.scenario.roles[role].joins or self.scenario.start
        visited = state.visited
        self.here = visited[visited.index(joins) :] if joins in visited else ()
        self.known = self._known()
        self.texts = set(INTERFACE)
        self.names = {each.name for each in self.scenario.roles.values()}
        self._gather()
        self.spoken = frozenset(self.names | self.senders)

    def leaks(self, view: PlayerView) -> Iterator[str]:
        """Strings in the view that its role has no business reading."""
        rest = dataclasses.replace(view, feed=())
        for string in set(_strings(rest)):
            if not self._allowed(string):
                yield string[:80]
        for passage in view.feed:
            strings, heading = _passage_strings(passage)
            if not strings <= self.texts:
                yield from (string[:80] for string in strings if not self._allowed(string))
            if not _heading_fits(heading, self.spoken):
                yield heading

    def _allowed(self, string: str) -> bool:
        return string in self.texts or self._beginning(string)

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

    def _known(self) -> set[str]:
        """The facts the role can know by now."""
        known = {fact for fact, each in self.scenario.facts.items() if self.role in each.held_by}
        for effects in self._happened():
            known.update(effects.reveals.get(self.role, ()))
        for (fact, _, to, _), status in self.state.offers.items():
            kind = self.engine.guidance.fact_classes[self.scenario.facts[fact].fact_class]
            if status == "taken" and to == self.role:
                hat = self.scenario.roles[to].hat
                if not (kind.privileged and hat == "prosecutor"):
                    known.add(fact)
        return known

    def _happened(self) -> Iterator[Effects]:
        """The effects of everything that settled, came or was shared."""
        for scene in self.scenario.scenes.values():
            for name, decision in scene.decisions.items():
                standing = self.state.decisions.get(name)
                if standing is not None and standing.settled:
                    yield decision.options[standing.settled]
            for name, inject in scene.injects.items():
                if name in self.state.delivered:
                    yield inject
        for (fact, _, _, number), status in self.state.offers.items():
            if status == "taken":
                yield self.scenario.facts[fact].share[number]

    def _gather(self) -> None:
        self.senders: set[str] = set()
        scenario, filled = self.scenario, self.engine.filled
        allow = self.texts.update
        allow((scenario.title, self.role, *self.names, *scenario.roles))
        if self.here:
            allow(self._wordings(scenario.roles[self.role].brief))
        else:
            allow((self._scene_title(scenario.roles[self.role].joins or ""),))
        for name in self.here:
            scene = scenario.scenes[name]
            allow((name, self._scene_title(name), scenario.module_of(name)))
            allow((filled(scene.time or ""),))
            allow(self._wordings(scene.narration))
            for inject, each in scene.injects.items():
                if inject in self.state.delivered and {self.role, "all"} & set(each.to):
                    allow((filled(each.title),))
                    allow(self._wordings(each.text))
                    self.senders.update({filled(each.sender)} if each.sender else ())
            for decision in scene.decisions:
                self._decision(decision)
        self.known_texts: set[str] = set()
        for fact in self.known:
            each = scenario.facts[fact]
            self.known_texts.update(self._wordings(each.text))
            kind = self.engine.guidance.fact_classes[each.fact_class]
            allow((fact, filled(each.title or ""), kind.title, *self.known_texts))
            for consent, given in scenario.consents.items():
                if fact in given.covers:
                    allow((consent, self.engine.consent_text(consent)))
        for (fact, holder, _, number), status in self.state.offers.items():
            if status == "taken" and holder == self.role:
                allow(self._wordings(scenario.facts[fact].share[number].outcome))
        if self.state.status == "ended":
            allow((filled(scenario.support),))
            if self.state.ending:
                allow(filled(line) for line in scenario.scenes[self.state.ending].closing)

    def _decision(self, name: str) -> None:
        authored = self.engine.plan.decision(name)
        standing = self.state.decisions.get(name)
        if standing is None or standing.passed:
            return
        if self.role not in (*authored.by, *authored.consult):
            return
        filled, allow = self.engine.filled, self.texts.update
        shown = standing.shown()
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
            if standing.settled:
                allow(self._wordings(authored.options[standing.settled].outcome))

    def _scene_title(self, scene: str) -> str:
        title = self.scenario.scenes[scene].title if scene else ""
        return title or scene.replace("_", " ").capitalize()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, PlayerView):
        for field in dataclasses.fields(value):
            yield from _strings(getattr(value, field.name))
    elif dataclasses.is_dataclass(value):
        yield from _part_strings(value)


@cache
def _part_strings(part: object) -> frozenset[str]:
    """All strings of a part of a view; the same parts come again in thousands of situations."""
    return frozenset(
        string
        for field in dataclasses.fields(part)
        for string in _strings(getattr(part, field.name))
    )


@cache
def _passage_strings(passage: PassageView) -> tuple[frozenset[str], str]:
    """All strings of a passage but its heading, and its heading."""
    plain = dataclasses.replace(passage, heading="")
    return _part_strings(plain), passage.heading


@cache
def _heading_fits(heading: str, spoken: frozenset[str]) -> bool:
    """Whether a heading is made of interface words and names this role may know."""
    plain = heading.replace(" (stand-in)", "")
    for name in sorted(spoken, key=len, reverse=True):
        plain = plain.replace(name, "NAMES")
    plain = re.sub(r"to (all|you( and NAMES(, NAMES)*)?|NAMES|the facilitator)", "NAMES", plain)
    return re.fullmatch(PHRASES, plain) is not None
