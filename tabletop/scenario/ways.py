"""Ways: where the scenes of a scenario lead, read from the arrows alone.

Whether a guard can ever hold is for the exploration to prove; what no arrow leads to, or from
where no arrow leads to an end, is wrong whatever the guards say.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from tabletop.scenario.model import Scenario
from tabletop.scenario.scope import Finding


def problems_of_ways(scenario: Scenario) -> Iterator[Finding]:
    """Scenes nothing leads to, and scenes from which the exercise cannot end."""
    onward = {name: [way.to for way in scene.next] for name, scene in scenario.scenes.items()}
    # While an arrow points nowhere, what it might have led to cannot be judged.
    if any(way not in onward for way in [scenario.start, *chain.from_iterable(onward.values())]):
        return
    back: dict[str, list[str]] = {name: [] for name in onward}
    for name, ways in onward.items():
        for way in ways:
            back[way].append(name)
    endings = [name for name, scene in scenario.scenes.items() if scene.ending]
    reached = _closure([scenario.start], onward)
    ending = _closure(endings, back)
    if not endings:
        hint = "give one scene `ending: true` instead of `next`"
        yield ("scenes",), "TT316", "no scene is an ending", hint
        return
    for name in scenario.scenes:
        path = ("scenes", name)
        if name not in reached:
            yield path, "TT315", f"nothing leads to the scene `{name}`", None
        elif name not in ending:
            yield path, "TT316", f"from the scene `{name}` no ending can be reached", None


def _closure(begin: Iterable[str], arrows: Mapping[str, list[str]]) -> set[str]:
    seen = set(begin)
    waiting = list(seen)
    while waiting:
        for after in arrows.get(waiting.pop(), ()):
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return seen
