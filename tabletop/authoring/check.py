"""Checking: a scenario that reads, held against every rule there is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.authoring.findings import Finding, Remark, found, taken_up
from tabletop.authoring.rules.behaviour import explored, remarks_on_behaviour
from tabletop.authoring.rules.choices import remarks_on_choices
from tabletop.authoring.rules.craft import remarks_on_craft
from tabletop.authoring.rules.domain_rules import remarks_on_domain
from tabletop.authoring.rules.knowledge import remarks_on_knowledge, watched
from tabletop.authoring.rules.presence import remarks_on_presence
from tabletop.authoring.rules.usage import remarks_on_usage
from tabletop.authoring.waivers import waived
from tabletop.exercise.engine import Engine
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.reading import Reading

LIMIT = 50_000
"""Situations after which a check stops exploring and says so."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a scenario."""

    findings: tuple[Finding, ...]
    """What is to be mended, in order of position, the problems of reading among it."""
    waived: tuple[Finding, ...]
    """What the author lets stand, each with the reason."""
    situations: int = 0
    """How many situations were explored; none where the scenario does not read."""
    engine: Engine | None = None
    """The rules it was checked with, for writing routes; none where it does not read."""

    @property
    def clean(self) -> bool:
        """Whether nothing is left to mend."""
        return not self.findings


def check(
    reading: Reading, guidance: Guidance, *, limit: int = LIMIT, explore: bool = True
) -> Checked:
    """Holds a scenario against every rule; one that can't be played, against those of reading."""
    read = [taken_up(problem) for problem in reading.problems]
    scenario = reading.scenario
    if scenario is None or not reading.playable:
        return Checked(tuple(read), ())
    engine = Engine(scenario, guidance)
    situations = 0
    remarks = list(remarks_at_rest(engine))
    if explore:
        made = explored(engine, limit, watched(engine))
        situations = len(made.alone.exploration.situations)
        remarks += remarks_on_behaviour(made)
        remarks += remarks_on_choices(made.alone)
        remarks += remarks_on_knowledge(made.alone)
        remarks += remarks_on_presence(made.alone)
    every = [*read, *(found(reading.document, remark) for remark in _apart(remarks))]
    left, silenced = waived(scenario, every, reading.document, whole=explore)
    return Checked(_ordered(left), _ordered(silenced), situations, engine)


def remarks_at_rest(engine: Engine) -> Iterator[Remark]:
    """What can be said without exploring."""
    yield from remarks_on_usage(engine)
    yield from remarks_on_domain(engine)
    yield from remarks_on_craft(engine)


def _apart(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Each remark once; an inject nothing can cause is not also said to come on no route."""
    every = tuple(remarks)
    seen: set[tuple[object, ...]] = {
        ("TT403", remark.path[:-1]) for remark in every if remark.code == "TT413"
    }
    for remark in every:
        if (remark.code, remark.path) in seen:
            continue
        said = (remark.code, remark.path, remark.message)
        if said not in seen:
            seen.add(said)
            yield remark


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.line, each.column, each.code)))
