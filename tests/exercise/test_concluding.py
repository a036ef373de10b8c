"""What people may enter once play is over, one rule at a time."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from small import END, Table, engine
from test_rules import refused

from tabletop.exercise import afterwards as a
from tabletop.exercise import commands as c
from tabletop.exercise.codec import canonical, encode
from tabletop.exercise.conduct_views import conduct_view, public_view
from tabletop.exercise.state import State
from tabletop.exercise.views import view, view_as

FACILITATOR, TASK = "facilitator", "calm.ask_first"
SCENARIO = """
objectives:
  calm:
    title: Calm
    capability: Victim services
    target: Somebody asks first.
    tasks: {ask_first: {text: Asks first., practices: [needs_before_questions]}}
scenes:
  one:
    narration: Here.
    decisions:
      first:
        title: First
        by: investigator
        ask: Shall we?
        stand_in: wait
        options:
          ring: {text: Ring., because: It is asked.}
          wait: {text: Wait., because: It is not asked.}
    next: end
"""
SCENARIO += END
RATE = a.Rate(TASK, "S", "S")
IMPROVE = a.Improve("Nobody was called.", "Agree whom to call.", due="2026-12-01")


@pytest.fixture
def table() -> Table:
    """A facilitated exercise that is over."""
    table = Table(engine(SCENARIO), "investigator", "advocate", facilitated=True)
    return table.do(FACILITATOR, c.End())


@pytest.fixture
def alone() -> Table:
    """An exercise alone that is over."""
    return Table(engine(SCENARIO), "investigator").do("investigator", c.End())


def sign(state: State, name: str = "Di") -> a.Sign:
    return a.Sign(name, "City", "chief", a.digest(state))


def test_nothing_of_it_is_accepted_before_the_end() -> None:
    table = Table(engine(SCENARIO), "investigator", facilitated=True)
    for command in (RATE, IMPROVE, a.GiveFeedback(suggestions="w"), sign(table.state)):
        assert refused(table, FACILITATOR, command) == "not_ended"


def test_those_who_watched_rate_and_nobody_else(table: Table, alone: Table) -> None:
    for command in (RATE, IMPROVE, sign(table.state)):
        assert refused(table, "investigator", command) == "not_conducting"
        assert refused(table, "prosecutor", command) == "no_seat"
    assert refused(alone, "investigator", RATE) == "alone"
    alone.do("investigator", IMPROVE).do("investigator", a.UpdateAction(1, "done"))
    assert alone.state.actions[1].status == "done"


def test_a_rating_other_than_the_one_proposed_needs_a_reason(table: Table) -> None:
    for proposed in ("", "P", "M", "U"):
        assert refused(table, FACILITATOR, replace(RATE, proposed=proposed)) == "no_reason_given"
    table.do(FACILITATOR, RATE)
    assert table.state.ratings[TASK].rating == "S"
    table.do(FACILITATOR, a.Rate(TASK, "M", "S", "They were told, and late."))
    assert table.state.ratings[TASK].rating == "M"
    assert refused(table, FACILITATOR, a.Rate("calm.nothing", "P", "P")) == "no_task"
    assert refused(table, FACILITATOR, a.Rate("nothing", "P", "P")) == "no_task"


def test_a_capability_is_rated_as_its_tasks_propose_or_for_a_reason(
    table: Table, alone: Table
) -> None:
    whole = a.RateCapability("Victim services", "S", "S")
    assert refused(table, "investigator", whole) == "not_conducting"
    assert refused(alone, "investigator", whole) == "alone"
    for wrong in (replace(whole, capability="calm"), replace(whole, rating="X")):
        assert refused(table, FACILITATOR, wrong) == "no_capability"
    assert refused(table, FACILITATOR, replace(whole, proposed="M")) == "no_reason_given"
    bare = a.digest(table.state)
    table.do(FACILITATOR, whole)
    table.do(FACILITATOR, replace(whole, proposed="M", reason="The task was done twice."))
    said = table.state.capabilities["Victim services"]
    assert (said.rating, said.proposed) == ("S", "M")
    assert a.digest(table.state) != bare
    table.do(FACILITATOR, sign(table.state))
    assert refused(table, FACILITATOR, whole) == "signed"


def test_what_is_withdrawn_stays_with_the_reason_and_nothing_more_becomes_of_it(
    table: Table,
) -> None:
    table.do(FACILITATOR, IMPROVE).do(FACILITATOR, IMPROVE)
    bare = a.digest(table.state)
    assert refused(table, "investigator", a.Withdraw(1, "w")) == "not_conducting"
    assert refused(table, FACILITATOR, a.Withdraw(3, "w")) == "no_item"
    assert refused(table, FACILITATOR, a.Withdraw(1, "")) == "no_reason_to_withdraw"
    table.do(FACILITATOR, a.Withdraw(1, "It is the second again."))
    assert a.digest(table.state) != bare
    for command in (a.Withdraw(1, "w"), a.UpdateAction(1, "done"), replace(IMPROVE, item=1)):
        assert refused(table, FACILITATOR, command) == "withdrawn"
    words = {"It is the second again.": "It is the second again."}
    found = conduct_view(table.engine, table.state, FACILITATOR, words).conclusions.improvements
    assert [(each.withdrawn, each.why) for each in found] == [
        (True, "It is the second again."), (False, ""),
    ]  # fmt: skip
    table.do(FACILITATOR, sign(table.state))
    assert refused(table, FACILITATOR, a.Withdraw(2, "w")) == "signed"


@pytest.mark.parametrize(
    ("wrong", "slug"),
    [
        ({"issue": ""}, "no_words"),
        ({"due": "next week"}, "no_day"),
        ({"start": "2026-12-02"}, "due_before_start"),
        ({"objective": "nothing"}, "no_anchor"),
        ({"decisions": ("nothing",)}, "no_anchor"),
        ({"observations": (1,)}, "no_anchor"),
        ({"item": 2}, "no_item"),
    ],
)
def test_an_improvement_is_tied_to_what_there_is(table: Table, wrong: dict, slug: str) -> None:
    assert refused(table, FACILITATOR, replace(IMPROVE, **wrong)) == slug


def test_an_improvement_is_written_and_written_anew(table: Table) -> None:
    table.do(FACILITATOR, c.Observe("issue", "Quiet."))
    whole = replace(IMPROVE, objective="calm", decisions=("first",), observations=(1,))
    table.do(FACILITATOR, whole).do(FACILITATOR, replace(whole, issue="Late.", item=1))
    table.do(FACILITATOR, a.UpdateAction(1, "begun", "Half.", "2027-01-01"))
    table.do(FACILITATOR, a.UpdateAction(1, "done"))
    (seen,) = conduct_view(
        table.engine, table.state, FACILITATOR, {"Late.": "Late."}
    ).conclusions.improvements
    assert (seen.number, seen.issue, seen.status, seen.due) == (1, "Late.", "done", "2027-01-01")
    assert refused(table, FACILITATOR, a.UpdateAction(2, "done")) == "no_item"


def test_a_signature_freezes_what_was_found_and_not_what_becomes_of_it(table: Table) -> None:
    table.do(FACILITATOR, RATE).do(FACILITATOR, IMPROVE)
    seen = sign(table.state)
    table.do(FACILITATOR, replace(IMPROVE, item=1, element="training"))
    assert refused(table, FACILITATOR, seen) == "found_otherwise"
    assert refused(table, FACILITATOR, replace(sign(table.state), role="")) == "no_signature"
    table.do(FACILITATOR, sign(table.state))
    for command in (RATE, IMPROVE, replace(IMPROVE, item=1)):
        assert refused(table, FACILITATOR, command) == "signed"
    before = a.digest(table.state)
    table.do(FACILITATOR, a.UpdateAction(1, "done")).do(FACILITATOR, sign(table.state, "Ed"))
    assert {each.digest for each in table.state.signatures} == {before}


def test_a_digest_covers_every_rating_and_improvement_to_the_letter(table: Table) -> None:
    table.do(FACILITATOR, RATE).do(FACILITATOR, IMPROVE)
    state = table.state
    written = [event for event in table.events if isinstance(event, a.ImprovementWritten)]
    rated = [event for event in table.events if isinstance(event, a.Rated)]
    frozen = {"ratings": [encode(*rated)], "improvements": [encode(*written)]}
    assert a.digest(state) == sha256(canonical(frozen)).hexdigest()
    changed = {1: replace(written[0], issue="Nobody was called!")}
    assert a.digest(state.but(improvements=changed)) != a.digest(state)


@pytest.mark.parametrize(
    "answers", [(("safe", 0),), (("safe", 6),), (("nothing", 1),), (("safe", 1), ("safe", 2))]
)
def test_feedback_answers_what_is_asked(table: Table, answers: tuple) -> None:
    assert refused(table, "advocate", a.GiveFeedback(answers)) == "no_statement"


def test_feedback_holds_nobody_and_shows_nobody_more_than_that_it_came(
    table: Table, alone: Table
) -> None:
    assert refused(table, "advocate", a.GiveFeedback()) == "no_words"
    assert refused(alone, "investigator", a.GiveFeedback(suggestions="w")) == "alone"
    given = a.GiveFeedback((("safe", 1),), suggestions="secret")
    one = table.engine.decide(table.state, "advocate", given)
    assert one == table.engine.decide(table.state, "investigator", given)
    before = [
        *(view(table.engine, table.state, seat, {}) for seat in ("investigator", "advocate")),
        public_view(table.engine, table.state, {}),
    ]
    table.do("advocate", given)
    after = [
        *(view(table.engine, table.state, seat, {}) for seat in ("investigator", "advocate")),
        public_view(table.engine, table.state, {}),
    ]
    assert before == after
    seen = conduct_view(table.engine, table.state, FACILITATOR, {"secret": "secret"})
    assert seen.conclusions is not None
    assert seen.conclusions.feedback == 1
    assert "secret" not in repr(seen)


def test_only_a_commitment_has_an_occasion_and_a_day(table: Table) -> None:
    assert refused(table, "advocate", c.Reflect("plus", "w", by="w")) == "no_commitment"
    table.do("advocate", c.Reflect("commitment", "Ring.", "When I hear of one.", "Friday"))
    assert table.events[-1].by == "Friday"


def test_only_what_is_asked_afterwards_is_written(table: Table) -> None:
    # Whoever calls the engine in the same process has not been read, and so not been checked.
    prompt: Any = "other"
    assert refused(table, "advocate", c.Reflect(prompt, "Calm.")) == "no_prompt"


def test_what_one_writes_is_ones_own_to_see_and_nobody_elses(table: Table) -> None:
    def seen(seat: str) -> tuple[str, ...]:
        shown = view(table.engine, table.state, seat, {"Calm.": "Calm.", "Ring.": "Ring."})
        return tuple(each.words for each in shown.written)

    assert refused(table, "advocate", c.Reflect("plus", "")) == "no_words"
    table.do("advocate", c.Reflect("plus", "Calm.")).do("advocate", c.Reflect("delta", "Ring."))
    assert (seen("advocate"), seen("investigator")) == (("Calm.", "Ring."), ())
    assert view_as(table.engine, table.state, "advocate", {"Calm.": "Calm."}).written == ()
    # Nothing takes back what stands there.
    table.do("advocate", c.Reflect("plus", "")).do("advocate", c.Reflect("delta", "Calm."))
    assert seen("advocate") == ("", "Calm.")
    assert refused(table, "advocate", c.Reflect("plus", "")) == "no_words"
