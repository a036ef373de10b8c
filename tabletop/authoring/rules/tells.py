"""Tells: what of an option's looks gives the better answer away.

Players compare lengths and places before they weigh reasons. One long option is judged by its
siblings; a habit, such as putting the better option first, by how seldom chance alone would do so.
The better option is the one with the most marks, as a player would guess at it; nothing is ranked.
"""

from collections.abc import Iterator, Sequence

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.authoring.rules.phrases import says
from tabletop.authoring.rules.prose import wordings
from tabletop.exercise.engine import Engine
from tabletop.scenario.decisions import Decision, Option
from tabletop.scenario.problem import Path

LONGER = 1.3
"""How much longer than the middle one of its siblings an option may be,"""
LEEWAY = 15
"""and by how many characters at least, for short ones."""
ENOUGH = 3
"""Decisions from which on a habit can be told from chance:"""
SELDOM = 0.02
"""what chance would do less often than this is one;"""
FIRST = 0.05
"""of the first place this is enough, since that is where people look."""


def remarks_on_tells(engine: Engine) -> Iterator[Remark]:
    """Options that give themselves away by length, by place or by a word."""
    decisions = [engine.plan.decision(name) for name in engine.plan.scene_of_decision]
    for name, decision in zip(engine.plan.scene_of_decision, decisions, strict=True):
        path = decision_path(engine, name)
        yield from _far_longer(engine, path, decision)
        for option, one in decision.options.items():
            for at, text in wordings(engine, one.text, (*path, "options", option, "text")):
                if praise := says("praise", text):
                    message = f"“{praise}” says of the option what the player is to find out"
                    yield Remark("TT513", at, message, "leave the word out", words=praise)
    judged = [each for each in decisions if len(_better(each)) < len(each.options)]
    yield from _longest(engine, judged)
    yield from _placed(judged)


def chance(hits: int, chances: Sequence[float]) -> float:
    """How likely chance alone reaches so many hits, each with a chance of its own."""
    exactly = [1.0]
    for one in chances:
        exactly = [
            (exactly[count] * (1 - one) if count < len(exactly) else 0.0)
            + (exactly[count - 1] * one if count else 0.0)
            for count in range(len(exactly) + 1)
        ]
    return sum(exactly[hits:])


def _better(decision: Decision) -> set[str]:
    worth = {name: _worth(option) for name, option in decision.options.items()}
    most = max(worth.values())
    return {name for name, each in worth.items() if each == most}


def _worth(option: Option) -> int:
    return max(mark.vc + mark.ci for mark in option.key())


def _chances(decisions: Sequence[Decision]) -> list[float]:
    return [len(_better(each)) / len(each.options) for each in decisions]


def _placed(decisions: Sequence[Decision]) -> Iterator[Remark]:
    """A place in which the better option stands more often than chance would put it there."""
    if len(decisions) < ENOUGH:
        return
    sizes = {len(each.options) for each in decisions}
    for place in (*range(max(sizes)), -1):
        there = [each for each in decisions if place < len(each.options)]
        count = sum(tuple(each.options)[place] in _better(each) for each in there)
        if len(there) >= ENOUGH and chance(count, _chances(there)) < (SELDOM if place else FIRST):
            where = f"number {place + 1}" if place >= 0 else "the last"
            message = f"in {count} of {len(there)} decisions the better option is {where}"
            yield Remark("TT512", ("scenes",), message, "change the order of some options")
            return


def _lengths(engine: Engine, decision: Decision) -> dict[str, int]:
    return {
        name: max(len(text.strip()) for _, text in wordings(engine, option.text))
        for name, option in decision.options.items()
    }


def _longest(engine: Engine, decisions: Sequence[Decision]) -> Iterator[Remark]:
    """The better option as the longest one, more often than chance would make it."""
    count = 0
    for decision in decisions:
        lengths = _lengths(engine, decision)
        most = max(lengths.values())
        count += {name for name, each in lengths.items() if each == most} <= _better(decision)
    if len(decisions) >= ENOUGH and chance(count, _chances(decisions)) < SELDOM:
        message = f"in {count} of {len(decisions)} decisions the better option is the longest"
        yield Remark("TT511", ("scenes",), message, "shorten some of them, or spell others out")


def _far_longer(engine: Engine, path: Path, decision: Decision) -> Iterator[Remark]:
    """The longest option, where it is far longer than its siblings."""
    lengths = _lengths(engine, decision)
    for name, length in lengths.items():
        others = sorted(size for other, size in lengths.items() if other != name)
        middle = others[len(others) // 2]
        if length > LONGER * middle and length >= middle + LEEWAY:
            message = f"`{name}` has {length} characters, its siblings about {middle}"
            hint = "the longest answer looks like the right one; shorten it or spell the others out"
            yield Remark("TT511", (*path, "options", name, "text"), message, hint)
