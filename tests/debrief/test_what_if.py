"""An alternative played forward comes to what is worked out for it, and touches nothing."""

from copy import deepcopy
from random import Random

import pytest
import shipped
from debrief_table import Table
from test_ahead import FEW, ahead, drawn

from tabletop.debrief.analysis.what_if import open_ways, what_if
from tabletop.debrief.documents.played import played
from tabletop.debrief.documents.what_if import NoSuchWay, alternative
from tabletop.exercise import events as e
from tabletop.exercise.scoring import EXERCISE, score


def check(table: Table) -> int:
    """Every alternative: marks of the course that is played are those worked out for it."""
    looking, whole = ahead(table), 0
    for decision, options in open_ways(looking).items():
        for option in options:
            found = what_if(looking, decision, option)
            events = [event for _, event in found.instead.events]
            settled = {x.decision: x.option for x in events if isinstance(x, e.Settled)}
            if found.comes_to is None or not found.instead.ending:
                continue
            assert decision in settled
            assert found.way.kept is not None
            assert found.way.kept.endings == (found.instead.ending,)
            counted = [each for each in score(events).choices if each.subject == EXERCISE]
            assert sum(each.vc.gained for each in counted) == found.comes_to[0]
            assert sum(each.ci.gained for each in counted) == found.comes_to[1]
            whole += 1
    return whole


@pytest.mark.parametrize("seed", FEW)
def test_a_random_play_answered_otherwise_comes_to_what_is_said(seed: int) -> None:
    check(drawn(seed))


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_and_so_does_one_in_which_a_facilitator_did_much(seed: int) -> None:
    check(drawn(seed, steered=True))


@pytest.mark.parametrize("slug", shipped.SLUGS)
def test_a_shipped_scenario_answered_otherwise_comes_to_what_is_said(slug: str) -> None:
    table = shipped_table(slug)
    assert check(table) > 5


def shipped_table(slug: str) -> Table:
    text = (shipped.ROOT / slug / "scenario.yaml").read_text(encoding="utf-8")
    return Table(text, tuple(shipped.engine(slug).scenario.roles)).play(Random(3))


def test_asking_leaves_the_record_as_it_was_and_what_is_not_there_is_named() -> None:
    record = shipped_table("first_hour").record()
    before = deepcopy(record)
    ask = played(record)
    taken = next(
        x.option
        for entry in record.entries
        for x in entry.events
        if isinstance(x, e.Settled) and x.decision == "first_step"
    )
    other = next(o for o in ("call_first", "station") if o != taken)
    assert alternative(ask, f"first_step={other}").pages
    assert record == before
    with pytest.raises(NoSuchWay, match="first_step"):
        alternative(ask, "nothing=here")
    for wrong in (taken, "", "nowhere"):
        with pytest.raises(NoSuchWay, match=other):
            alternative(ask, f"first_step={wrong}")
