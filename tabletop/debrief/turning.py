"""Turning: what an exercise turned on, and how the whole of it lies beside every other play.

Of each pivotal choice about two other ways are told, those that would have kept most open where it
gave up most. They are told by what became of the record's own later choices, not by a best case.
Where a facilitator led the exercise elsewhere later on, both the way taken and the others are
followed as the scenario goes on by itself, so that like stands beside like.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tabletop.debrief.analysis.ahead import Ahead
from tabletop.debrief.analysis.forks import Fork, Way, Why
from tabletop.debrief.analysis.frontier import Frontier, frontier
from tabletop.debrief.analysis.prospects import Prospect
from tabletop.debrief.analysis.regret import Regret, Sense, pivotal, regrets
from tabletop.debrief.analysis.route import Chosen
from tabletop.debrief.choices import Pair
from tabletop.debrief.findings import Reader
from tabletop.debrief.parts import Finding
from tabletop.debrief.prose import line
from tabletop.debrief.telling import Telling
from tabletop.exercise.record import Record

WAYS = 2
"""How many other ways are told of a choice."""
Compared = Literal["more", "same", "less", "open"]
"""What an axis would have come to beside what it came to, later choices kept."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another way of a pivotal choice."""

    text: str
    because: str
    compared: tuple[Compared, Compared] | None
    """Nothing where that is not known, or no ending came."""
    way: Way | None


@dataclass(frozen=True, slots=True)
class Turning:
    """A pivotal choice."""

    finding: Finding
    sense: Sense
    closed: tuple[str, ...]
    """Endings that could be reached before it and not after, by their titles."""
    others: tuple[Other, ...]
    taken: Way | None
    came: Pair | None
    why: Why
    steered: bool
    """Whether the exercise left the scenario's own ways after it; ways are compared without."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one choice gave up, in both senses."""

    title: str
    chosen: str
    forgone: Pair
    ahead: Pair | None


@dataclass(frozen=True, slots=True)
class Leg:
    """One choice of a play that beats this one."""

    scene: str
    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Turned:
    """What an exercise turned on."""

    pivotal: tuple[Turning, ...]
    given: tuple[Given, ...]
    """Every choice that gave something up, in order."""
    unknown: tuple[Why, ...]
    """Why something is not known of some choices."""
    frontier: Frontier
    better: tuple[Leg, ...]
    better_ending: str


def turned(reader: Reader, ahead: Ahead) -> Turned:
    """What a record turned on."""
    found = regrets(ahead.forks)
    beside = frontier(reader.telling, ahead)
    return Turned(
        pivotal=tuple(_turning(reader, each) for each in pivotal(found)),
        given=tuple(
            Given(
                reader.title(each.fork.choice),
                reader.wording(each.fork.choice, each.fork.choice.way),
                each.forgone,
                each.ahead,
            )
            for each in found
            if any(each.forgone) or any(each.ahead or ())
        ),
        unknown=tuple(
            dict.fromkeys(
                why for each in found for why in (each.fork.why, each.fork.why_kept) if why
            )
        ),
        frontier=beside,
        better=tuple(_leg(reader, each) for each in beside.better.chosen) if beside.better else (),
        better_ending=reader.telling.scene_title(beside.better.ending) if beside.better else "",
    )


def turned_on(record: Record, language: str = "en") -> tuple[Turning, ...]:
    """The pivotal choices of a record alone, the widest first; without people's names."""
    telling = Telling(record, names=False)
    reader = Reader(telling, language)
    return tuple(_turning(reader, each) for each in pivotal(regrets(Ahead(telling).forks)))


def _turning(reader: Reader, each: Regret) -> Turning:
    fork = each.fork
    return Turning(
        finding=reader.finding(fork.choice),
        sense=each.sense,
        closed=tuple(reader.telling.scene_title(ending) for ending in _closed(fork)),
        others=tuple(_other(reader, fork, name) for name in _named(each)),
        taken=fork.taken,
        came=fork.came,
        why=fork.why,
        steered=fork.steered,
    )


def _closed(fork: Fork) -> tuple[str, ...]:
    """The endings that some way could still reach and the one taken could not."""
    if fork.taken is None or fork.taken.free is None:
        return ()
    left = fork.taken.free.endings
    others = (ending for way in fork.ways if way.free for ending in way.free.endings)
    return tuple(dict.fromkeys(ending for ending in others if ending not in left))


def _named(each: Regret) -> tuple[str, ...]:
    """The ways to tell: those that would have kept most on the axis on which most was given up."""
    given = each.ahead if each.sense == "ahead" and each.ahead else each.forgone
    first = 0 if given[0] >= given[1] else 1
    prospects = {way.name: way for way in each.fork.ways}

    def kept(name: str, worth: Pair) -> tuple[Fraction, Fraction]:
        way = prospects.get(name)
        best = way.free.best if way and way.free and each.sense == "ahead" else worth
        one, other = best[first], best[1 - first]
        return (one or Fraction(0)), (other or Fraction(0))

    choice = each.fork.choice
    ways = [way for way in choice.ways if way.name != choice.taken and not way.critical]
    ways.sort(key=lambda way: kept(way.name, way.worth), reverse=True)
    return tuple(way.name for way in ways[:WAYS])


def _other(reader: Reader, fork: Fork, name: str) -> Other:
    choice = fork.choice
    way = next(each for each in choice.ways if each.name == name)
    ahead = next((each for each in fork.ways if each.name == name), None)
    return Other(reader.wording(choice, way), reader.because(way), _compared(fork, ahead), ahead)


def _compared(fork: Fork, way: Way | None) -> tuple[Compared, Compared] | None:
    taken = fork.taken.kept if fork.taken else None
    if way is None or way.kept is None or taken is None or fork.came is None:
        return None
    return _axis(taken, way.kept, 0), _axis(taken, way.kept, 1)


def _axis(taken: Prospect, other: Prospect, axis: int) -> Compared:
    """How another way lies beside the one taken; mostly that is a total and no range."""
    worst, best = other.worst[axis], other.best[axis]
    least, most = taken.worst[axis], taken.best[axis]
    if worst is not None and most is not None and worst > most:
        return "more"
    if best is not None and least is not None and best < least:
        return "less"
    return "same" if worst == best == least == most and worst is not None else "open"


def _leg(reader: Reader, each: Chosen) -> Leg:
    telling = reader.telling
    scene = telling.scene_title(each.scene)
    if each.kind == "decision":
        option = telling.decision(each.name).options[each.option]
        path = f"{telling.engine.plan.decision_path(each.name)}.options.{each.option}"
        said = (
            telling.option_text(each.name, each.option)
            or telling.sole(option.text, f"{path}.text")
            or each.option.replace("_", " ")
        )
        return Leg(scene, f"{telling.decision_title(each.name)}: {line(said)}", each.same)
    if each.kind == "told":
        to = telling.who(each.to).role
        title = telling.fact_title(each.name) or reader.say("Something held under privilege")
        return Leg(scene, reader.say("{fact}: tell the {role}", fact=title, role=to), each.same)
    title = line(telling.fill(telling.engine.plan.inject(each.name).title or each.name))
    return Leg(scene, reader.say("The facilitator releases: {title}", title=title), each.same)
