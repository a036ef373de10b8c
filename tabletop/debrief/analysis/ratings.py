"""Ratings: how each critical task was performed, as proposed to those who watched.

The proposal is worked out from marked choices and from what was noted while it went on, by the rule
in `docs/debrief.md`; a person confirms it or says otherwise. A choice is evidence of a task where
the way taken, or a better way that was open, cites one of the task's practices, and where it shows
anything at all: where nothing better was open and nothing good came of it, nobody could have done
more. What stand-ins did, what was forced, and what going back left behind is no evidence.

A target is as good as its worst exercised task, a capability as its worst target. Nothing is
counted and nothing added.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tabletop.debrief.choices import Choice, Way, tolerable
from tabletop.debrief.telling import Telling
from tabletop.exercise.afterwards import RATINGS, Proposal
from tabletop.exercise.commands import ObservationKind


@dataclass(frozen=True, slots=True)
class Flags:
    """What the record shows of a task."""

    exercised: bool = False
    achieved: bool = False
    harmed_other: bool = False
    added_risk: bool = False
    noncompliant: bool = False
    improvable: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A choice that shows something of a task."""

    choice: Choice
    done: bool
    """Whether the task was done here."""


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """A critical task, what the record shows of it, and the rating that follows."""

    objective: str
    task: str
    flags: Flags
    evidence: tuple[Evidence, ...]
    observations: tuple[int, ...]
    """Numbers, from 1, of what was noted about it."""
    rating: Proposal

    @property
    def name(self) -> str:
        """As `objective.task`."""
        return f"{self.objective}.{self.task}"


def proposals(telling: Telling, made: Iterable[Choice]) -> tuple[TaskProposal, ...]:
    """Every critical task of the scenario, in the author's order."""
    counted = [choice for choice in made if choice.counts]
    found = []
    for name, objective in telling.scenario.objectives.items():
        for task, authored in objective.tasks.items():
            practices = frozenset(authored.practices)
            evidence = tuple(
                Evidence(choice, _done(choice, practices))
                for choice in counted
                if _shows(choice, practices)
            )
            observations = tuple(
                number
                for number, each in enumerate(telling.state.observations, 1)
                if each.task == f"{name}.{task}" or each.practice in practices
            )
            kinds = {telling.state.observations[number - 1].kind for number in observations}
            flags = _flags(evidence, kinds)
            found.append(TaskProposal(name, task, flags, evidence, observations, rating(flags)))
    return tuple(found)


def rating(flags: Flags) -> Proposal:
    """The rating that follows from what the record shows; empty where it shows nothing."""
    if not flags.exercised:
        return ""
    if not flags.achieved:
        return "U"
    if flags.harmed_other or flags.added_risk or flags.noncompliant:
        return "M"
    return "S" if flags.improvable else "P"


def worst(given: Iterable[Proposal]) -> Proposal:
    """The worst of some ratings, of those there are."""
    return max((each for each in given if each), key=RATINGS.index, default="")


def _flags(evidence: tuple[Evidence, ...], observed: set[ObservationKind]) -> Flags:
    better = [each.choice for each in evidence if _missed(each.choice)]
    return Flags(
        exercised=bool(evidence) or "strength" in observed,
        achieved=any(each.done for each in evidence) or "strength" in observed,
        harmed_other=any(choice.worth[1] < 0 for choice in better),
        added_risk=any(choice.worth[0] < 0 for choice in better),
        noncompliant=any(each.choice.way.critical for each in evidence),
        improvable=bool(better) or "issue" in observed,
    )


def _shows(choice: Choice, practices: frozenset[str]) -> bool:
    cites = any(_cites(way, practices) for way in (choice.way, *_missed(choice)))
    return cites and (_good(choice) or bool(_missed(choice)) or choice.way.critical)


def _done(choice: Choice, practices: frozenset[str]) -> bool:
    return _good(choice) and _cites(choice.way, practices)


def _missed(choice: Choice) -> tuple[Way, ...]:
    """Better ways that were open; a fact that came to be known all the same was not missed."""
    return choice.better if choice.missed else ()


def _good(choice: Choice) -> bool:
    """Whether it did some good and no grave harm, or was rightly kept."""
    good = max(choice.worth) > 0 or choice.rightly_kept
    return good and tolerable(choice.worth) and not choice.way.critical


def _cites(way: Way, practices: frozenset[str]) -> bool:
    return way.mark is not None and not practices.isdisjoint(way.mark.practices)
