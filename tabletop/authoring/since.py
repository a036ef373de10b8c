"""Since: what is new, mended, waived and left among findings from one save to the next.

A line further up moves every finding below it, so a finding is known by its rule, its place in the
document and its words, not by its line; where the words or the place changed, by what remained.

A rule that could not be asked has not been satisfied: in a file that can't be read, or that has not
been explored since it was saved, the findings of what was left out stand as they were.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from tabletop.authoring.check import Checked
from tabletop.authoring.findings import Finding
from tabletop.scenario.reading import Reading


@dataclass(frozen=True, slots=True)
class Since:
    """What became of findings."""

    new: tuple[Finding, ...]
    """Those that were not there before."""
    mended: tuple[Finding, ...]
    """Those that are there no more, as they were."""
    waived: tuple[Finding, ...]
    """Those that are let stand now, as they were."""
    left: tuple[Finding, ...]
    """Those that are still there, as they are now."""


def since(
    before: Iterable[Finding], now: Iterable[Finding], let_stand: Iterable[Finding] = ()
) -> Since:
    """Compares the findings of two saves, each told once; `let_stand` are those waived now."""
    come = tuple(now)
    gone, new = _matched(before, come)
    mended, _ = _matched(gone, let_stand)
    return Since(new, mended, without(gone, mended), without(come, new))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a scenario over its saves."""

    at_rest: tuple[Finding, ...] = ()
    """What was found without exploring."""
    explored: tuple[Finding, ...] = ()
    """What was found by exploring, perhaps an earlier save."""
    waived: tuple[Finding, ...] = ()
    """What was let stand."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is to be mended, in order of position."""
        every = (*self.at_rest, *self.explored)
        return tuple(sorted(every, key=lambda each: (each.line, each.column, each.code)))

    def saved(self, reading: Reading | None, checked: Checked | None) -> tuple["Known", Since]:
        """After a save that was not explored, and what became of what needs no exploring."""
        asked = _asked(reading)
        held = tuple(each for each in self.at_rest if each.code[:3] not in asked)
        found = checked.findings if checked is not None else ()
        waived = checked.waived if checked is not None and "TT5" in asked else self.waived
        told = since(without(self.at_rest, held), found, without(waived, self.waived))
        return Known((*found, *held), self.explored, waived), told

    def proved(self, checked: Checked) -> tuple["Known", Since]:
        """After the same save was explored, and what became of what only exploring shows."""
        found = without(checked.findings, self.at_rest)
        told = since(self.explored, found, without(checked.waived, self.waived))
        return Known(self.at_rest, found, checked.waived), told


def _asked(reading: Reading | None) -> frozenset[str]:
    """Which hundreds of codes a reading can have found, its rules at rest included."""
    if reading is None:
        return frozenset()
    read = {"TT0", "TT1"}
    if reading.scenario is not None:
        read |= {"TT2", "TT3"}
    if reading.playable:
        read |= {"TT4", "TT5", "TT6", "TT7"}
    return frozenset(read)


def without(every: Iterable[Finding], some: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings less others that are the same, each taken away once."""
    taken = [_same(each) for each in some]
    left = []
    for finding in every:
        if _same(finding) in taken:
            taken.remove(_same(finding))
        else:
            left.append(finding)
    return tuple(left)


def _matched(
    before: Iterable[Finding], now: Iterable[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Those of either side that have no counterpart on the other, the likest taken first."""
    gone, new = list(before), list(now)
    for likeness in _LIKENESSES:
        waiting: dict[Hashable, list[Finding]] = {}
        for finding in gone:
            waiting.setdefault(likeness(finding), []).append(finding)
        unmatched = []
        for finding in new:
            alike = waiting.get(likeness(finding))
            if alike:
                gone.remove(alike.pop(0))
            else:
                unmatched.append(finding)
        new = unmatched
    return tuple(gone), tuple(new)


def _same(finding: Finding) -> Hashable:
    return finding.file, finding.code, finding.path, finding.message


def _same_place(finding: Finding) -> Hashable:
    return finding.file, finding.code, finding.path


def _same_words(finding: Finding) -> Hashable:
    return finding.file, finding.code, finding.message


_LIKENESSES: tuple[Callable[[Finding], Hashable], ...] = (_same, _same_place, _same_words)
