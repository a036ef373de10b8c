"""Behaviour: what the exploration shows of scenes, decisions and ends.

What is authored and never shows is said once, at its outermost: of a scene no route reaches,
nothing inside is mentioned again.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field

from tabletop.authoring.findings import Remark
from tabletop.authoring.liveness import Key
from tabletop.authoring.survey import Survey, open_decisions, survey
from tabletop.authoring.walking import Endless, ruled
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.plan import changes
from tabletop.scenario.problem import Path
from tabletop.scenario.texts import texts_of


def decision_path(engine: Engine, decision: str) -> Path:
    """Where a decision stands in the document."""
    return ("scenes", engine.plan.scene_of_decision[decision], "decisions", decision)


@dataclass(slots=True)
class Explored:
    """The survey of everyone as a person, and others where a rule asks for one."""

    alone: Survey
    """Everyone is a person and nobody facilitates."""
    further: Callable[..., Survey]
    _facilitated: list[Survey] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        """The rules explored."""
        return self.alone.engine

    @property
    def whole(self) -> bool:
        """Whether every situation was explored."""
        return not self.alone.exploration.bounded

    def facilitated(self) -> Survey | None:
        """With a facilitator, where one can bring about what nobody else can."""
        held = any(
            inject.held
            for scene in self.engine.scenario.scenes.values()
            for inject in scene.injects.values()
        )
        if held and not self._facilitated:
            self._facilitated.append(self.further(self.alone.people, facilitated=True))
        return self._facilitated[0] if self._facilitated else None


def explored(
    engine: Engine, limit: int, watched: frozenset[tuple[str, str]] = frozenset()
) -> Explored:
    """Explores a scenario with a person in every role."""

    def further(people: tuple[str, ...], *, facilitated: bool = False) -> Survey:
        return survey(engine, people, facilitated=facilitated, limit=limit)

    return Explored(survey(engine, limit=limit, watched=watched), further)


def remarks_on_behaviour(made: Explored) -> Iterator[Remark]:
    """Everything the exploration shows to be out of reach, without an end or without anyone."""
    if not made.whole:
        count = len(made.alone.exploration.situations)
        message = f"the exploration stopped after {count} situations; more was not proved"
        yield Remark("TT421", (), message, "name windows in `during`, or raise the limit")
    else:
        yield from _Unreached(made).remarks()
    yield from _without_end(made.alone)
    yield from _round(made.alone)
    yield from _nobody(made)


class _Unreached:
    """What is authored and shows on no route."""

    def __init__(self, made: Explored) -> None:
        self.made = made
        self.engine = made.engine
        self.scenario = made.engine.scenario

    def remarks(self) -> Iterator[Remark]:
        """What shows with nobody facilitating, or else with a facilitator, is left out."""
        seen = self._all(self.made.alone)
        if not seen:
            return
        other = self.made.facilitated()
        also = None if other is None else {each.path for each in self._all(other)}
        for remark in seen:
            if also is None or remark.path in also:
                yield remark

    def _all(self, made: Survey) -> list[Remark]:
        return list(self._scenes(made))

    def _scenes(self, made: Survey) -> Iterator[Remark]:
        reached = made.scenes()
        arrows = self.engine.plan.reach[self.scenario.start]
        for name, scene in self.scenario.scenes.items():
            path: Path = ("scenes", name)
            if name in reached:
                yield from self._scene(made, name, path, reached)
            elif name in arrows and scene.ending:
                yield Remark("TT404", path, f"no route reaches the ending `{name}`")
            elif name in arrows:
                hint = "the conditions of the ways that lead there never hold"
                yield Remark("TT401", path, f"no route reaches the scene `{name}`", hint)

    def _scene(
        self, made: Survey, name: str, path: Path, reached: Container[str]
    ) -> Iterator[Remark]:
        scene = self.scenario.scenes[name]
        for inject, authored in scene.injects.items():
            at: Path = (*path, "injects", inject)
            timed = authored.at_minute is not None or (authored.held and not made.facilitated)
            if inject in made.delivered:
                yield from self._wordings(made, at)
            elif not timed or (authored.held and authored.alone is not None):
                yield Remark("TT403", at, f"no route delivers the inject `{inject}`")
        for decision, asked in scene.decisions.items():
            at = (*path, "decisions", decision)
            if decision not in made.asked:
                if decision not in made.unasked:
                    yield Remark("TT422", at, f"no route asks the decision `{decision}`")
                continue
            for option, one in asked.options.items():
                here: Path = (*at, "options", option)
                if (decision, option) not in made.offered:
                    yield Remark("TT402", here, f"no route offers the option `{option}`")
                    continue
                yield from self._wordings(made, (*here, "outcome"))
                for number, mark in enumerate(one.marks):
                    if (decision, option, number) not in made.marks:
                        said = f"`{mark.when}`" if mark.when else "what stands before it"
                        message = f"this mark of `{option}` never counts ({said})"
                        yield Remark("TT425", (*here, "marks", number), message)
            yield from self._wordings(made, (*at, "ask"))
        for number, way in enumerate(scene.next):
            taken = (name, number) in made.ways or way.to not in reached
            if not taken and len(scene.next) > 1:
                message = f"no route takes this way to `{way.to}`"
                yield Remark("TT423", (*path, "next", number), message)
        yield from self._wordings(made, (*path, "narration"))

    def _wordings(self, made: Survey, path: Path) -> Iterator[Remark]:
        """Variants of the text at a place that nobody reads in any situation."""
        place = ".".join(str(step) for step in path)
        for at, text in texts_of(self.scenario):
            if at != place and not (at.startswith(f"{place}.") and at.endswith(".text")):
                continue
            read = {wording for wording, _ in made.read}
            for audience, variants in text.variants.items():
                for number in range(len(variants)):
                    if f"{at}/{audience}/{number}" in read:
                        continue
                    if len(variants) == 1 and len(text.variants) == 1:
                        continue
                    steps = tuple(at.split("."))
                    yield Remark(
                        "TT424",
                        (*steps, "variants", audience, number),
                        f"nobody ever reads this wording for `{audience}`",
                        "its condition never holds, or everyone it is for reads another",
                    )


def _without_end(made: Survey) -> Iterator[Remark]:
    """Situations from which nothing leads to an end, the first of each scene."""
    back: dict[Key, list[Key]] = {}
    for key, arrows in made.arrows.items():
        for arrow in arrows:
            back.setdefault(arrow.to, []).append(key)
    ended = [key for key, state in made.states if state.status == "ended"]
    if made.exploration.bounded:
        # What was not walked on from may still end; only what stands still is sure.
        ended += [key for key, _ in made.states if key not in made.arrows]
    ending = _leading(back, ended)
    stuck = set(made.exploration.stuck)
    # What leads to where the exercise stands still is explained by that place.
    doomed = _leading(back, stuck) - stuck
    told: set[str] = set()
    for key, state in made.states:
        if key in ending or key in doomed or state.scene in told:
            continue
        told.add(state.scene)
        if key in stuck:
            message = f"in the scene `{state.scene}` no way on may hold, and the exercise is stuck"
            hint = "end `next` with a way without `when`"
        else:
            message = f"once here, in the scene `{state.scene}`, the exercise cannot come to an end"
            hint = None
        yield Remark("TT405", ("scenes", state.scene, "next"), message, hint, made.route(key))


def _leading(back: dict[Key, list[Key]], to: Iterable[Key]) -> set[Key]:
    """The situations from which one can get to some others, those included."""
    found = set(to)
    waiting = list(found)
    while waiting:
        for key in back.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def _round(made: Survey) -> Iterator[Remark]:
    """Rounds of moving on in which nobody is asked anything."""
    onward = {
        key: arrow
        for key, arrows in made.arrows.items()
        for arrow in arrows
        if isinstance(arrow.move[0][1], c.Advance)
    }
    done: set[Key] = set()
    for first in made.exploration.situations:
        way: list[Key] = []
        at = first
        while at in onward and at not in done:
            done.add(at)
            way.append(at)
            at = onward[at].to
        if at in way:
            around = way[way.index(at) :]
            scenes = dict.fromkeys(made.state(key).scene for key in around)
            route = made.route(at, *(onward[key].move for key in around))
            message = "one can go round here without deciding anything: " + ", ".join(scenes)
            yield Remark("TT406", ("scenes", next(iter(scenes)), "next"), message, None, route)
            return


def _nobody(made: Explored) -> Iterator[Remark]:
    """Decisions for which nobody is there, and such as leave a stand-in without an answer."""
    alone, engine = made.alone, made.engine
    for decision, key in alone.unasked.items():
        who = ", ".join(engine.plan.decision(decision).by)
        message = f"nobody who decides `{decision}` has joined yet: {who}"
        hint = "change `joins` of the role, or who decides"
        route = alone.route(key)
        yield Remark("TT407", (*decision_path(engine, decision), "by"), message, hint, route)
    doubted: dict[str, set[str]] = {}
    for _, state in alone.states:
        for decision in open_decisions(engine, state):
            for role in engine.plan.decision(decision).by:
                if role in state.joined and not ruled(engine, state, decision, role):
                    doubted.setdefault(role, set()).add(decision)
    for role, decisions in doubted.items():
        people = tuple(each for each in alone.people if each != role)
        ruleless = {d for d in decisions if not engine.plan.decision(d).rules_for(role)}
        if not people or not decisions - ruleless:
            continue
        try:
            other = made.further(people)
        except Endless:
            continue
        for (decision, absent), key in other.stranded.items():
            if absent == role and decision in decisions - ruleless:
                path = (*decision_path(engine, decision), "stand_in")
                message = f"where nobody plays `{role}`, no rule of its stand-in gives an answer"
                hint = "end its rules with an option that is always shown"
                yield Remark("TT407", path, message, hint, other.route(key))


def effects_in(engine: Engine) -> Iterator[tuple[str, ...]]:
    """Everything that something in the scenario changes, named as conditions read it."""
    for fact in engine.scenario.facts.values():
        for share in fact.share:
            yield from changes(share)
    for scene in engine.scenario.scenes.values():
        for inject in scene.injects.values():
            yield from changes(inject)
        for decision in scene.decisions.values():
            for option in decision.options.values():
                yield from changes(option)
