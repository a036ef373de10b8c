"""Knowledge: texts and ways that give away what someone present does not know.

A view holds only what a seat may know; but an author can still write into one role's text what
only another knows, or lead everyone a way that only makes sense to who knows why. Whether a text
names a fact is told by its words: the fact's title, or eight words of its text in a row.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.findings import Remark, Route
from tabletop.authoring.packed.readings import Names, facts_read
from tabletop.authoring.packed.sights import Sight
from tabletop.authoring.rules.behaviour import played_by
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import PUBLIC
from tabletop.scenario.problem import Path

ROW = 8
"""How many words in a row of a fact's text give it away,"""
TITLE = 3
"""and from how many words on its title does."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def steps(wording: str) -> Path:
    """The place in the document of a wording's path."""
    at, _, rest = wording.partition("/")
    audience, _, number = rest.partition("/")
    tail: Path = ("variants", audience, int(number)) if number else ()
    return (*(int(step) if step.isdecimal() else step for step in at.split(".")), *tail)


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(text))


def _rows(words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    return (words[first : first + length] for first in range(len(words) - length + 1))


def named(engine: Engine) -> Names:
    """Every wording that names facts, with those it names; a fact's own wordings are left out."""
    found: dict[str, tuple[str, ...]] = {}
    known = {row: fact for fact in engine.scenario.facts for row in _giving_away(engine, fact)}
    lengths = {len(row) for row in known}
    for path in engine.plan.texts:
        if path.startswith("facts.") and ".text/" in path:
            continue
        words = _words(engine.text(path))
        rows = (row for length in lengths for row in _rows(words, length))
        facts = [known[row] for row in rows if row in known]
        if facts:
            found[path] = tuple(dict.fromkeys(facts))
    return found


Told = tuple[str, str]
"""A wording or a way, and a fact it gives away."""


def remarks_on_knowledge(made: Explorations) -> Iterator[Remark]:
    """Texts and ways that give away what someone present does not know."""
    told: set[Told] = set()
    for found in made.facilitated_too:
        yield from _given_away(found, told)
    doubted = {role for decision, role in _advice(made) if made.everyone.shows("asked", decision)}
    for people in made.attendances:
        if not doubted.issubset(people):
            yield from _given_away(made.of(people), told, ".advice.")


def _given_away(found: Explored, told: set[Told], within: str = "") -> Iterator[Remark]:
    """What one attendance shows that was not told yet, of texts whose path holds some words."""
    for kind, said in (("names", _names), ("rests", _rests)):
        for (path, fact), readers in _ignorant(found, kind, within).items():
            if (path, fact) not in told:
                told.add((path, fact))
                yield said(found, path, fact, readers)


def _advice(made: Explorations) -> Iterator[tuple[str, str]]:
    """The decisions and roles whose advice could give a fact away; only stand-ins read it out."""
    for scene in made.engine.scenario.scenes.values():
        for name, decision in scene.decisions.items():
            for role, text in decision.advice.items():
                path = f"{made.engine.plan.decision_path(name)}.advice.{role}"
                named = any(
                    f"{path}/{suffix}" in (made.names or {}) for suffix, _ in text.wordings()
                )
                if role in decision.consult and (named or facts_read(text.conditions())):
                    yield name, role


def _ignorant(found: Explored, kind: str, within: str) -> dict[Told, dict[str, Route]]:
    """What gives a fact away to roles that may lack it, and a shortest route for each of them."""
    ignorant: dict[Told, dict[str, Route]] = {}
    for sight in found.sights.of(found.seen):
        if sight[0] == kind and sight[2] != PUBLIC and within in sight[1]:
            route = _lacking(found, sight)
            if route is not None:
                ignorant.setdefault((sight[1], sight[3]), {})[sight[2]] = route
    return ignorant


def _lacking(found: Explored, sight: Sight) -> Route | None:
    """A shortest route on which something shows to a role that lacks the fact given away."""
    _, path, role, fact = sight
    if role in found.engine.scenario.facts[fact].held_by:
        return None
    taught = found.sights.known("learned", role, fact)
    before = taught
    steps = path.split(".")
    if steps[0] == "facts" and steps[2].startswith("text/"):
        # The wording is read on learning another fact, and that happens once.
        before |= found.sights.known("learned", role, steps[1])
    search = found.search(teaching=before)
    places = found.places(search, found.sights.known(*sight), without=taught)
    if ".next." in path:
        # The way shows where it is about to be taken.
        places = (replace(place, edge=None) for place in places)
    return found.routed(search.nearest(places))


def _names(found: Explored, path: str, fact: str, readers: dict[str, Route]) -> Remark:
    engine, who = found.engine, played_by(found.engine, found.people)
    prosecutors = [role for role in readers if engine.scenario.roles[role].hat == "prosecutor"]
    kind = engine.guidance.fact_classes[engine.scenario.facts[fact].fact_class]
    if kind.privileged and prosecutors:
        role, route = _nearest({role: readers[role] for role in prosecutors})
        message = f"{who}`{role}` reads here what `{fact}` says, and that is privileged"
        hint = "what a client agrees to say is another fact"
        return Remark("TT507", steps(path), message, hint, route, _said(engine, path, fact))
    role, route = _nearest(readers)
    message = f"{who}this names the fact `{fact}`, which `{role}` may not know"
    hint = "reveal the fact with it, or say less"
    return Remark("TT416", steps(path), message, hint, route, _said(engine, path, fact))


def _said(engine: Engine, path: str, fact: str) -> str | None:
    """The words of a wording that give a fact away."""
    text = engine.text(path)
    places = list(_WORD.finditer(text))
    words = _words(text)
    for row in _giving_away(engine, fact):
        for first, one in enumerate(_rows(words, len(row))):
            if one == row:
                return text[places[first].start() : places[first + len(row) - 1].end()]
    return None


def _giving_away(engine: Engine, fact: str) -> Iterator[tuple[str, ...]]:
    """The rows of words that give a fact away: of its texts, and its title."""
    authored = engine.scenario.facts[fact]
    for _, wording in authored.text.wordings():
        yield from _rows(_words(engine.filled(wording)), ROW)
    title = _words(engine.filled(authored.title)) if authored.title else ()
    if len(title) >= TITLE:
        yield title


def _rests(found: Explored, path: str, fact: str, readers: dict[str, Route]) -> Remark:
    who = played_by(found.engine, found.people)
    role, route = _nearest(readers)
    place = steps(path)
    if place[2:3] == ("next",):
        outside = ", ".join(f"`{each}`" for each in readers)
        knows = " or ".join(f"`{each}`" for each in _knowing(found.engine, place, fact))
        message = f"everyone goes this way because {knows} knows `{fact}`, and {outside} may not"
        hint = "let a decision or a flag that is told to all carry it"
        return Remark("TT415", place, message, hint, route)
    message = f"{who}`{role}` reads this only because another role knows `{fact}`"
    if place[-1] == "when":
        message = f"`{role}` is asked this only because another role knows `{fact}`"
    hint = "let it rest on something all its readers know"
    return Remark("TT414", place, message, hint, route)


def _knowing(engine: Engine, way: Path, fact: str) -> list[str]:
    """The roles whose knowledge of a fact the condition of a way asks for."""
    _, scene, _, number, _ = way
    when = engine.scenario.scenes[str(scene)].next[int(number)].when
    assert when is not None
    return sorted(read[1] for read in when.reads if read[0] == "knows" and read[2] == fact)


def _nearest(readers: dict[str, Route]) -> tuple[str, Route]:
    return min(readers.items(), key=lambda each: len(each[1].moves))
