"""Checking: a scenario that reads, held against every rule there is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.authoring.explorations import LIMIT, Explorations, undisturbed
from tabletop.authoring.findings import Finding, Remark, found, taken_up
from tabletop.authoring.packed.reach import Progress
from tabletop.authoring.rules.attendance import remarks_on_attendance
from tabletop.authoring.rules.behaviour import remarks_on_bounds, remarks_on_ends
from tabletop.authoring.rules.choices import remarks_on_choices
from tabletop.authoring.rules.craft import remarks_on_craft
from tabletop.authoring.rules.domain_rules import remarks_on_domain
from tabletop.authoring.rules.knowledge import named, remarks_on_knowledge
from tabletop.authoring.rules.presence import remarks_on_presence
from tabletop.authoring.rules.unreached import remarks_on_unreached
from tabletop.authoring.rules.usage import remarks_on_usage
from tabletop.authoring.waivers import waived
from tabletop.exercise.engine import Engine
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.reading import Reading


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
    stopped: str = ""
    """Why not everything was explored: `limit`, `interrupted`, or empty."""

    @property
    def clean(self) -> bool:
        """Whether nothing is left to mend."""
        return not self.findings


def check(
    reading: Reading,
    guidance: Guidance,
    *,
    limit: int = LIMIT,
    explore: bool = True,
    progress: Progress | None = None,
) -> Checked:
    """Holds a scenario against every rule; one that can't be played, against those of reading.

    `progress` may raise `KeyboardInterrupt`; what was found by then stands.
    """
    if reading.scenario is None or not reading.playable:
        return Checked(tuple(map(taken_up, reading.problems)), ())
    engine = Engine(reading.scenario, guidance)
    if not explore:
        return _checked(reading, engine, list(remarks_at_rest(engine)))
    return explored(reading, explorations(engine, limit=limit, progress=progress))


def explorations(
    engine: Engine, *, limit: int = LIMIT, progress: Progress | None = None
) -> Explorations:
    """The explorations of a scenario, such as findings can rest on."""
    return Explorations(engine, limit=limit, progress=progress, names=named(engine))


def explored(reading: Reading, made: Explorations) -> Checked:
    """Holds a scenario that can be played against every rule, by its explorations."""
    remarks = list(remarks_at_rest(made.engine))
    try:
        # Where it is interrupted, what was found before stays.
        with undisturbed():
            remarks += remarks_on_behavior(made)
    except KeyboardInterrupt:
        made.interrupted = True
    remarks += remarks_on_bounds(made)
    return _checked(reading, made.engine, remarks, made)


def _checked(
    reading: Reading, engine: Engine, remarks: list[Remark], made: Explorations | None = None
) -> Checked:
    every = [
        *map(taken_up, reading.problems),
        *(found(reading.document, remark) for remark in _apart(remarks)),
    ]
    whole = made is not None and not made.stopped
    left, silenced = waived(engine.scenario, every, reading.document, whole=whole)
    return Checked(
        _ordered(left),
        _ordered(silenced),
        made.everyone.reached.count if made else 0,
        engine,
        made.stopped if made else "",
    )


def remarks_on_behavior(made: Explorations) -> Iterator[Remark]:
    """Everything that explorations show."""
    yield from remarks_on_unreached(made)
    yield from remarks_on_ends(made)
    yield from remarks_on_attendance(made)
    yield from remarks_on_choices(made)
    yield from remarks_on_knowledge(made)
    yield from remarks_on_presence(made)


def remarks_at_rest(engine: Engine) -> Iterator[Remark]:
    """What can be said without exploring."""
    yield from remarks_on_usage(engine)
    yield from remarks_on_domain(engine)
    yield from remarks_on_craft(engine)


def _apart(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """Each remark once; an inject nothing can cause is not also said to come always, or never."""
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
            if remark.code == "TT413":
                seen.add((remark.code, remark.path))
            yield remark


def _ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.line, each.column, each.code)))
