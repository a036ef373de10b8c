"""The Situation Manual and the role briefs hold nothing that a role may not know when it comes in.

Every text of a scenario is replaced by a mark of its own; whatever marks a paper then carries must
stand in the view of the role it is for, in every situation in which that role comes in.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest
import shipped

from tabletop.authoring.explore import quiet, seats
from tabletop.debrief.documents.kinds import planned
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.formats import markdown
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.state import State
from tabletop.exercise.views import view
from tabletop.scenario.scalars import Value

WORDS = {
    "title", "summary", "support", "notice", "name", "line", "text", "fade", "means", "giver",
    "purpose", "capability", "target", "time", "module", "facilitator", "closing", "sender", "note",
    "expect", "because", "themes", "parameters", "questions",
}  # fmt: skip
"""The fields in which an author writes for people."""
MARK = re.compile(r"zq\d+qz")
CARD = re.compile(
    r"(title|summary|support|notice|themes\.\w+|roles\.\w+\.(name|line)|jurisdiction"
    r"|scenes\.\w+\.module|objectives\.\w+\.(title|capability))"
)
"""What is shown to whoever chooses a scenario, and the names of modules and objectives."""


class Marked:
    """A scenario whose every text is a mark, and the place each mark stands for."""

    def __init__(self, slug: str) -> None:
        self.places: dict[str, str] = {}
        self.modules: dict[str, str] = {}
        original = shipped.engine(slug)
        self.engine = Engine(self._marked(original.scenario, ""), original.guidance)

    def _marked(self, value, path, *, words=False):
        if isinstance(value, str):
            return self._mark(value, path) if words else value
        if isinstance(value, tuple):
            return tuple(
                self._marked(each, f"{path}.{n}", words=words) for n, each in enumerate(value)
            )
        if isinstance(value, dict):
            # What is told is the name of a role or a consent's, and never in its keys.
            return {
                key: self._marked(each, f"{path}.{key}".lstrip("."), words=words)
                for key, each in value.items()
            }
        if isinstance(value, Value):
            changed = {
                name: self._marked(
                    getattr(value, name), f"{path}.{name}".lstrip("."), words=name in WORDS
                )
                for name in type(value).model_fields
                if name != "waive"
            }
            return value.model_copy(update=changed)
        return value

    def _mark(self, value, path):
        if path.endswith(".module") and value in self.modules:
            return self.modules[value]
        mark = f"zq{len(self.places)}qz"
        self.places[mark] = path
        if path.endswith(".module"):
            self.modules[value] = mark
        return mark

    def in_(self, text: str) -> set[str]:
        return {self.places[mark] for mark in MARK.findall(text)}


@cache
def marked(slug: str) -> Marked:
    return Marked(slug)


@cache
def papers(slug: str):
    occasion = Occasion(marked(slug).engine, tool="0")
    return {each.slug: each for each in planned(occasion, ("situation-manual", "role-briefs"))}


def told(slug: str, document) -> set[str]:
    return marked(slug).in_(markdown.render(document))


def starts(engine: Engine, role: str) -> Iterator[State]:
    """The situation at the start, whoever else is there, before and after stand-ins act."""
    others = [each for each in engine.scenario.roles if each != role]
    for count in range(len(others) + 1):
        for people in combinations(others, count):
            table = seats(engine, (role, *people), facilitated=True)
            start = c.Start(table, facilitated=True)
            state = apply(State(), 0, engine.decide(State(), table[-1].id, start))
            yield state
            yield quiet(engine, state)


def comings(slug: str, role: str) -> Iterator[State]:
    """Every situation in which a role comes in."""
    engine = shipped.engine(slug)
    joins = engine.scenario.roles[role].joins
    if joins is None or joins == engine.scenario.start:
        yield from starts(engine, role)
        return
    everyone = tuple(engine.scenario.roles)
    for found in shipped.explored(slug, everyone).situations.values():
        if found.state.scene == joins and role in found.state.joined:
            yield found.state


def seen(slug: str, state: State, role: str) -> set[str]:
    """The places whose texts a role's view holds, in both wordings."""
    engine = marked(slug).engine
    seat = state.by_role[role][0]
    gentle = type(seat)(seat.id, seat.kind, seat.role, skips=tuple(engine.scenario.themes))
    table = {**state.seats, seat.id: gentle}
    softer = state.but(seats=table, by_role={**state.by_role, role: (gentle,)})
    return {
        place
        for each in (state, softer)
        for place in marked(slug).in_(repr(view(engine, each, role, {})))
    }


def public(place: str) -> bool:
    return CARD.fullmatch(place) is not None


def asked(slug: str, *audiences: str) -> re.Pattern[str]:
    start = shipped.engine(slug).scenario.start
    return re.compile(rf"scenes\.{start}\.questions\.({'|'.join(audiences)})\.\d+")


EVERY = [
    pytest.param(slug, role, marks=pytest.mark.xdist_group(slug))
    for slug in shipped.SLUGS
    for role in shipped.engine(slug).scenario.roles
]


@pytest.mark.parametrize(("slug", "role"), EVERY)
def test_a_brief_holds_what_the_role_s_view_holds_whenever_it_comes_in(slug, role):
    brief = papers(slug)[f"brief-{role.replace('_', '-')}"]
    beyond = {place for place in told(slug, brief) if not public(place)}
    situations = list(comings(slug, role))
    assert situations
    for state in situations:
        left = beyond - seen(slug, state, role)
        assert not {each for each in left if not asked(slug, "all", role).fullmatch(each)}


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_the_manual_holds_what_every_role_s_view_holds(slug):
    scenario = shipped.engine(slug).scenario
    beyond = {place for place in told(slug, papers(slug)["situation-manual"]) if not public(place)}
    for role in scenario.roles:
        for state in starts(shipped.engine(slug), role):
            left = beyond - seen(slug, state, role)
            assert not {each for each in left if not asked(slug, "all").fullmatch(each)}


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_every_brief_holds_the_role_s_own_words_and_facts(slug):
    scenario = shipped.engine(slug).scenario
    for role, each in scenario.roles.items():
        places = told(slug, papers(slug)[f"brief-{role.replace('_', '-')}"])
        assert any(place.startswith(f"roles.{role}.brief.") for place in places)
        for name, fact in scenario.facts.items():
            here = any(place.startswith(f"facts.{name}.text.") for place in places)
            assert here == (role in fact.held_by), (role, name)
        assert each.joins or f"roles.{role}.name" in places
