"""Knowledge: texts and ways that give away what someone present does not know.

A view holds only what a seat may know; but an author can still write into one role's text what
only another knows, or lead everyone a way that only makes sense to who knows why. Whether a text
names a fact is told by its words: the fact's title, or eight words of its text in a row.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tabletop.authoring.findings import Remark
from tabletop.authoring.survey import Survey
from tabletop.exercise.engine import Engine
from tabletop.scenario.conditions import Condition
from tabletop.scenario.problem import Path
from tabletop.scenario.texts import texts_of

ROW = 8
"""How many words in a row of a fact's text give it away."""

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


def named(engine: Engine) -> frozenset[tuple[str, str]]:
    """Every wording with each fact it names, the fact's own wordings left out."""
    found: set[tuple[str, str]] = set()
    known: dict[tuple[str, ...], str] = {}
    titles: dict[tuple[str, ...], str] = {}
    for fact, authored in engine.scenario.facts.items():
        for _, wording in authored.text.wordings():
            for row in _rows(_words(engine.filled(wording)), ROW):
                known[row] = fact
        title = _words(engine.filled(authored.title)) if authored.title else ()
        if len(title) >= 3:
            titles[title] = fact
    for path in engine.plan.texts:
        if path.startswith("facts.") and ".text/" in path:
            continue
        words = _words(engine.text(path))
        found.update((path, known[row]) for row in _rows(words, ROW) if row in known)
        for title, fact in titles.items():
            if title in _rows(words, len(title)):
                found.add((path, fact))
    return frozenset(found)


def resting(engine: Engine) -> dict[str, frozenset[tuple[str, str]]]:
    """Every wording with what it rests on: roles and facts its conditions read."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for at, text in texts_of(engine.scenario):
        for audience, variants in text.variants.items():
            for number, variant in enumerate(variants):
                if knows := _knows(variant.when):
                    found[f"{at}/{audience}/{number}"] = knows
    for scene, each in engine.scenario.scenes.items():
        for name, inject in each.injects.items():
            knows = _knows(inject.when)
            for suffix, _ in inject.text.wordings():
                path = f"scenes.{scene}.injects.{name}.text/{suffix}"
                if knows:
                    found[path] = found.get(path, frozenset()) | knows
        for name, decision in each.decisions.items():
            for option, one in decision.options.items():
                knows = _knows(one.when)
                for suffix, _ in one.text.wordings():
                    path = f"scenes.{scene}.decisions.{name}.options.{option}.text/{suffix}"
                    if knows:
                        found[path] = found.get(path, frozenset()) | knows
    return found


def _knows(condition: Condition | None) -> frozenset[tuple[str, str]]:
    if condition is None:
        return frozenset()
    return frozenset((read[1], read[2]) for read in condition.reads if read[0] == "knows")


def watched(engine: Engine) -> frozenset[tuple[str, str]]:
    """The wordings and facts a survey has to keep an eye on."""
    rest = {(path, fact) for path, knows in resting(engine).items() for _, fact in knows}
    return named(engine) | rest


def remarks_on_knowledge(made: Survey) -> Iterator[Remark]:
    """Texts and ways that give away what someone present does not know."""
    engine = made.engine
    names, rests = named(engine), resting(engine)
    privileged = _privileged(engine)
    told: set[tuple[str, str]] = set()
    for (path, role, fact), key in made.ignorant.items():
        state = made.state(key)
        if (path, fact) in told:
            continue
        by = {other for other, one in rests.get(path, ()) if one == fact and other != role}
        # Who has a wording of an option of its own was thought of; that the option is there at all
        # tells a role that is consulted no more than that there is one.
        meant = ".options." in path and path.split("/")[1] == role
        if not meant and any(state.knows(other, fact) for other in by):
            told.add((path, fact))
            message = f"`{role}` reads this only because another role knows `{fact}`"
            hint = "let it rest on something all its readers know"
            yield Remark("TT414", steps(path), message, hint, made.route(key))
        elif (path, fact) in names:
            told.add((path, fact))
            prosecutes = engine.scenario.roles[role].hat == "prosecutor"
            if prosecutes and fact in privileged:
                message = f"`{role}` reads here what `{fact}` says, and that is privileged"
                hint = "what a client agrees to say is another fact"
                yield Remark("TT507", steps(path), message, hint, made.route(key))
            else:
                message = f"this names the fact `{fact}`, which `{role}` does not know"
                hint = "reveal the fact with it, or say less"
                yield Remark("TT416", steps(path), message, hint, made.route(key))
    yield from _held(made, privileged)
    yield from _ways(made)


def _privileged(engine: Engine) -> frozenset[str]:
    classes = engine.guidance.fact_classes
    return frozenset(
        name for name, fact in engine.scenario.facts.items() if classes[fact.fact_class].privileged
    )


def _held(made: Survey, privileged: frozenset[str]) -> Iterator[Remark]:
    roles = made.engine.scenario.roles
    prosecutors = [name for name, role in roles.items() if role.hat == "prosecutor"]
    told: set[str] = set()
    for key, state in made.states:
        for role in prosecutors:
            for fact in privileged & state.known.get(role, {}).keys() - told:
                told.add(fact)
                message = f"`{role}` comes to hold the privileged fact `{fact}`"
                yield Remark("TT507", ("facts", fact), message, None, made.route(key))


def _ways(made: Survey) -> Iterator[Remark]:
    for (scene, number), first in made.ways.items():
        branch = made.engine.scenario.scenes[scene].next[number]
        knows = _knows(branch.when)
        state = made.state(first)
        for role, fact in sorted(knows):
            outside = [
                other
                for other in state.joined
                if other != role and state.knows(role, fact) and not state.knows(other, fact)
            ]
            if outside:
                message = (
                    f"everyone goes this way because `{role}` knows `{fact}`, "
                    f"and {', '.join(f'`{other}`' for other in outside)} may not"
                )
                hint = "let a decision or a flag that is told to all carry it"
                path = ("scenes", scene, "next", number, "when")
                yield Remark("TT415", path, message, hint, made.route(first))
                break
