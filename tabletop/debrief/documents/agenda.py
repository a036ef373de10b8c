"""The agenda: how long each module may take, and when it begins if all of them take long.

Minutes are what the author planned for the scenes; on a branching way a module has a least and a
most. Nothing is triggered by them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tabletop.debrief.blocks import Block, Line, Table
from tabletop.debrief.documents.occasion import Occasion
from tabletop.exercise.plan import Plan
from tabletop.scenario.model import Scenario

BRIEFING = 10
HOT_WASH = 30
CLOSE = 10


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most minutes."""

    least: int
    most: int


def spans(scenario: Scenario) -> Mapping[str, Span]:
    """By module: the minutes planned on the shortest and the longest way through it."""
    return {
        module: Span(
            _length(scenario, scenario.start, min, module),
            _length(scenario, scenario.start, max, module),
        )
        for module in scenario.modules()
    }


def left(scenario: Scenario, scene: str) -> Span:
    """The minutes planned from a scene on, itself included, until an ending."""
    return Span(_length(scenario, scene, min), _length(scenario, scene, max))


def before(plan: Plan) -> Mapping[str, Span]:
    """By scene: the minutes planned on the ways to it; scenes nothing leads to are left out."""
    scenes, start = plan.scenario.scenes, plan.scenario.start
    found: dict[str, Span] = {start: Span(0, 0)}
    # A way that goes round is left out, so as many rounds as there are scenes settle it.
    for _ in scenes:
        for name, scene in scenes.items():
            here = found.get(name)
            for branch in scene.next if here else ():
                assert here is not None
                if name in plan.reach[branch.to]:
                    found.setdefault(branch.to, here)
                    continue
                least, most = here.least + scene.minutes, here.most + scene.minutes
                known = found.get(branch.to, Span(least, most))
                found[branch.to] = Span(min(known.least, least), max(known.most, most))
    return found


def _length(
    scenario: Scenario, start: str, best: Callable[[list[int]], int], module: str = ""
) -> int:
    """The least or most minutes on a way from a scene, of one module or of all."""
    known: dict[str, int] = {}
    under_way: set[str] = set()

    def from_here(name: str) -> int:
        if name in under_way:
            return 0
        if name not in known:
            under_way.add(name)
            scene = scenario.scenes[name]
            counts = not module or scenario.module_of(name) == module
            own = scene.minutes if counts and not scene.ending else 0
            known[name] = own + best([from_here(each.to) for each in scene.next] or [0])
            under_way.discard(name)
        return known[name]

    return from_here(start)


def minutes(occasion: Occasion, span: Span) -> str:
    """A span in words."""
    if span.least == span.most:
        return occasion.say("{minutes} min", minutes=span.most)
    return occasion.say("{least} to {most} min", least=span.least, most=span.most)


def modules(occasion: Occasion) -> list[tuple[str, Span]]:
    """Each module by number and title, with its minutes."""
    return [
        (occasion.say("Module {number}: {title}", number=n, title=occasion.line(module)), span)
        for n, (module, span) in enumerate(spans(occasion.scenario).items(), 1)
    ]


def agenda(occasion: Occasion) -> list[Block]:
    """The agenda, with the time of day where somebody has set when it begins."""
    welcome = occasion.say("Welcome, ground rules, what the exercise contains")
    planned = [
        (welcome, Span(BRIEFING, BRIEFING)),
        *modules(occasion),
        (occasion.say("Hot wash"), Span(HOT_WASH, HOT_WASH)),
        (occasion.say("Feedback form and close"), Span(CLOSE, CLOSE)),
    ]
    start, rows = 0, []
    for activity, span in planned:
        rows.append((_at(occasion, start), activity, minutes(occasion, span)))
        start += span.most
    rows.append((_at(occasion, start), occasion.say("End"), ""))
    return [
        Line(
            occasion.say(
                "All times are approximate. They assume the longest way through each module; the"
                " facilitator moves on when the talk does."
            )
        ),
        Table(
            occasion.say("What comes when"),
            (occasion.say("Begins"), occasion.say("Activity"), occasion.say("Planned")),
            tuple(rows),
        ),
    ]


def _at(occasion: Occasion, start: int) -> str:
    begins = occasion.about.start
    if begins is None:
        return f"{start // 60}:{start % 60:02}"
    hours, past = begins.split(":")
    whole = int(hours) * 60 + int(past) + start
    return f"{whole // 60 % 24:02}:{whole % 60:02}"
