"""Tells: what of an option's looks gives the better answer away."""

import re
from collections import Counter
from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.exercise.engine import Engine
from tabletop.scenario.decisions import Decision, Option
from tabletop.scenario.problem import Path

LONGER = 1.3
"""How much longer than the middle one of its siblings an option may be,"""
LEEWAY = 10
"""and characters on top of that, for short ones."""
SHARE = 0.6
"""How many of the better options may stand in one place,"""
ENOUGH = 5
"""where there are so many decisions or more."""

PRAISE = re.compile(
    r"\b(?:properly|simply|correctly|appropriately|carefully|just|of course|thoughtfully|"
    r"sensitively|responsibly|ethically|best practice)\b",
    re.IGNORECASE,
)


def remarks_on_tells(engine: Engine) -> Iterator[Remark]:
    """Options that give themselves away by length, by place or by a word."""
    places: list[int] = []
    for name in engine.plan.scene_of_decision:
        decision = engine.plan.decision(name)
        path = decision_path(engine, name)
        yield from _lengths(engine, path, decision)
        for option, one in decision.options.items():
            for _, words in one.text.wordings():
                praise = PRAISE.search(engine.filled(words))
                if praise:
                    message = f"“{praise[0]}” says of the option what the player is to find out"
                    at = (*path, "options", option, "text")
                    yield Remark("TT513", at, message, "leave the word out")
        worth = [_worth(option) for option in decision.options.values()]
        if worth.count(max(worth)) == 1:
            places.append(worth.index(max(worth)))
    if len(places) >= ENOUGH:
        place, count = Counter(places).most_common(1)[0]
        if count > SHARE * len(places):
            message = (
                f"in {count} of {len(places)} decisions the better option is number {place + 1}"
            )
            yield Remark("TT512", ("scenes",), message, "change the order of some options")


def _worth(option: Option) -> int:
    return max(mark.vc + mark.ci for mark in option.key())


def _lengths(engine: Engine, path: Path, decision: Decision) -> Iterator[Remark]:
    """The longest option, where it is far longer than its siblings."""
    longest = {
        name: max(len(engine.filled(words).strip()) for _, words in option.text.wordings())
        for name, option in decision.options.items()
    }
    for name, length in longest.items():
        others = sorted(size for other, size in longest.items() if other != name)
        middle = others[len(others) // 2]
        if length > LONGER * middle + LEEWAY:
            message = f"`{name}` has {length} characters, its siblings about {middle}"
            hint = "the longest answer looks like the right one; shorten it or spell the others out"
            yield Remark("TT511", (*path, "options", name, "text"), message, hint)
