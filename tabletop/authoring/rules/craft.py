"""Craft: whether texts can be read in the time there is, and leave something to talk about."""

from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.knowledge import steps
from tabletop.exercise.engine import Engine
from tabletop.scenario.model import Scene
from tabletop.scenario.problem import Path
from tabletop.scenario.texts import ALL, Text

PAGE = 220
"""Words that fit one page of a terminal."""
PACE = 130
"""Words that are read aloud in a minute, or alone with the care a decision asks for."""


def remarks_on_craft(engine: Engine) -> Iterator[Remark]:
    """What cannot be read, or leaves nothing to discuss."""
    for path in engine.plan.texts:
        count = words(engine.text(path))
        if count > PAGE:
            message = f"{count} words are more than the {PAGE} that fit a page"
            yield Remark("TT602", steps(path), message, "cut it, or give a part to an inject")
    for name, scene in engine.scenario.scenes.items():
        at: Path = ("scenes", name)
        yield from _minutes(engine, at, scene)
        yield from _timed(engine, at, scene)
        if scene.ending and not scene.closing:
            message = f"the ending `{name}` does not say what remains open"
            yield Remark("TT605", at, message, "add `closing` with a sentence or two")
        elif (
            not scene.ending
            and scene.decisions
            and not (any(scene.questions.values()) or scene.facilitator)
        ):
            message = f"the scene `{name}` gives a group nothing to discuss"
            yield Remark("TT604", at, message, "add `questions`, or a note for the `facilitator`")


def words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())


def _longest(engine: Engine, text: Text, role: str) -> int:
    """The words of the longest wording a role may read of a text."""
    audience = text.audience(role)
    if audience is None:
        return 0
    return max(words(engine.filled(variant.text)) for variant in text.variants[audience])


def _minutes(engine: Engine, path: Path, scene: Scene) -> Iterator[Remark]:
    if not scene.minutes:
        return
    for role in engine.scenario.roles:
        count = _longest(engine, scene.narration, role)
        for inject in scene.injects.values():
            if inject.when is None and (role in inject.to or ALL in inject.to):
                count += _longest(engine, inject.text, role)
        for decision in scene.decisions.values():
            if role in (*decision.by, *decision.consult):
                count += _longest(engine, decision.ask, role)
                count += sum(
                    _longest(engine, option.text, role) for option in decision.options.values()
                )
        if count > PACE * scene.minutes:
            message = (
                f"`{role}` has {count} words to read here, "
                f"more than {scene.minutes} minutes leave time for"
            )
            hint = f"at {PACE} words a minute; cut the texts or plan more `minutes`"
            yield Remark("TT601", (*path, "minutes"), message, hint)
            return


def _timed(engine: Engine, path: Path, scene: Scene) -> Iterator[Remark]:
    """Timed injects, one after the other: each is read when it has come and the last is read."""
    timed = {name: at for name, each in scene.injects.items() if (at := each.at_minute) is not None}
    if not timed or not scene.minutes:
        return
    free = 0.0
    for name in sorted(timed, key=timed.__getitem__):
        text = scene.injects[name].text
        count = max(words(engine.filled(wording)) for _, wording in text.wordings())
        free = max(free, timed[name]) + count / PACE
        if free > scene.minutes:
            message = (
                f"`{name}` comes at minute {timed[name]} with {count} words, "
                f"and the scene is planned for {scene.minutes}"
            )
            hint = "let it come earlier, shorten it, or plan more `minutes`"
            yield Remark("TT603", (*path, "injects", name, "at_minute"), message, hint)
