"""Comparing two scenarios whole: as they are written, and where wanted as they were explored."""

from typing import Any

from tabletop.authoring.diff.change import Change, Difference, Rewording
from tabletop.authoring.diff.meaning import written_difference
from tabletop.authoring.diff.outcome import Outcome, outcome_changes
from tabletop.scenario.document import Document
from tabletop.scenario.model import Scenario


def difference(
    old: Scenario,
    new: Scenario,
    document: Document,
    outcomes: tuple[Outcome, Outcome] | None = None,
) -> Difference:
    """What two scenarios differ in; `document` is the new one's, for the lines of its texts."""
    found, renamed = written_difference(old, new, document)
    if outcomes is None:
        return found
    explored = tuple(outcome_changes(*outcomes, renamed))
    # Where it is known what is waived, it goes without saying that a waiver stands there.
    written = (each for each in found.meaning if each.key[0] != "waiver")
    return Difference((*explored, *written), found.text)


def as_values(found: Difference) -> dict[str, Any]:
    """A difference as plain values, for programs."""
    return {
        "meaning": [_change(each) for each in found.meaning],
        "text": [_rewording(each) for each in found.text],
    }


def _change(change: Change) -> dict[str, Any]:
    sort, *name = change.key
    return {
        "kind": change.kind,
        "part": sort,
        "name": name,
        "field": change.field,
        "old": change.old,
        "new": change.new,
    }


def _rewording(rewording: Rewording) -> dict[str, Any]:
    sort, *name = rewording.key
    return {
        "part": sort,
        "name": name,
        "field": rewording.label,
        "old": rewording.old,
        "new": rewording.new,
        "line": rewording.line,
    }
