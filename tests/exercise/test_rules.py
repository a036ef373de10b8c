"""Examples of what happens in a scene, one rule at a time."""

import pytest
from small import END, Table, engine

from tabletop.exercise import commands as c
from tabletop.exercise.conduct_views import public_view
from tabletop.exercise.events import FactShared, OfferClosed, Settled, Told
from tabletop.exercise.refusals import Refused
from tabletop.exercise.scoring import EXERCISE, score
from tabletop.exercise.views import view

YES_NO = """
        options:
          yes_please: {text: Yes., because: It is asked., set: {ready: true}}
          not_now: {text: No., because: It is not asked.}
"""


def refused(table: Table, seat: str, command: c.Command) -> str:
    before = table.state
    with pytest.raises(Refused) as refusal:
        table.do(seat, command)
    assert table.state is before
    return refusal.value.slug


def joint(rule: str, by: str = "[investigator, advocate, prosecutor]") -> str:
    return (
        f"""
state: {{ready: {{start: false, means: Ready.}}}}
scenes:
  one:
    narration: Here.
    decisions:
      who:
        title: Who
        by: {by}
        rule: {rule}
        ask: Shall we?
        stand_in: {{investigator: not_now, advocate: not_now, prosecutor: not_now}}"""
        + YES_NO
        + "    next: end\n"
        + END
    )


def test_one_person_deciding_alone_settles_by_committing() -> None:
    table = Table(engine(joint("lead", "[investigator]")), "investigator")
    table.do("investigator", c.Commit("who", "yes_please"))
    assert table.state.decisions["who"].settled == "yes_please"
    assert table.state.decisions["who"].how == "sole"
    assert table.state.values["ready"] is True


def test_answers_are_shown_once_all_people_have_answered_and_may_change_until_settled() -> None:
    table = Table(engine(joint("majority")), "investigator", "advocate")
    table.rest()
    table.do("investigator", c.Commit("who", "yes_please")).rest()
    assert not table.state.decisions["who"].revealed
    assert refused(table, "investigator", c.Settle("who")) == "not_revealed"
    assert refused(table, "prosecutor", c.Commit("who", "not_now")) == "wait_for_people"
    table.do("advocate", c.Commit("who", "not_now"))
    assert table.state.decisions["who"].revealed
    assert refused(table, "advocate", c.Settle("who")) == "answers_missing"
    table.rest()
    table.do("advocate", c.Commit("who", "yes_please"))
    table.do("advocate", c.Settle("who"))
    settled = table.state.decisions["who"]
    assert (settled.settled, settled.how) == ("yes_please", "majority")
    assert refused(table, "advocate", c.Commit("who", "not_now")) == "settled"


def test_under_lead_the_first_role_decides_and_only_it_is_marked() -> None:
    table = Table(engine(joint("lead")), "investigator", "advocate", "prosecutor")
    for role, option in zip(table.state.seats, ("yes_please", "not_now", "not_now"), strict=True):
        table.do(role, c.Commit("who", option))
    table.do("prosecutor", c.Settle("who"))
    settled = next(event for event in table.events if isinstance(event, Settled))
    assert (settled.option, settled.how) == ("yes_please", "lead")
    assert [role for role, _ in settled.credit] == ["investigator"]


def test_a_failed_unanimity_alone_is_decided_by_the_player_and_recorded_so() -> None:
    table = Table(engine(joint("unanimous")), "advocate")
    table.do("advocate", c.Commit("who", "yes_please")).rest()
    assert refused(table, "advocate", c.Settle("who")) == "tie"
    seen = view(table.engine, table.state, "advocate", {})
    assert seen.decisions[0].may_choose
    assert not seen.decisions[0].may_settle
    table.do("advocate", c.Settle("who", "yes_please"))
    settled = next(event for event in table.events if isinstance(event, Settled))
    assert (settled.how, settled.credit) == ("alone", (("advocate", True),))


def test_a_facilitator_settles_what_people_could_not_and_it_counts_nowhere() -> None:
    table = Table(
        engine(joint("unanimous", "[investigator, advocate]")),
        "investigator",
        "advocate",
        facilitated=True,
    )
    table.do("investigator", c.Commit("who", "yes_please"))
    table.do("advocate", c.Commit("who", "not_now"))
    assert refused(table, "advocate", c.Settle("who")) == "tie"
    assert refused(table, "advocate", c.Settle("who", "not_now")) == "tie"
    table.do("facilitator", c.Settle("who", "not_now", "We have to go on."))
    settled = next(event for event in table.events if isinstance(event, Settled))
    assert (settled.how, settled.credit, settled.reason) == (
        "facilitator",
        (),
        "We have to go on.",
    )
    assert score(table.events).bands[EXERCISE][0].choices == 0


def test_the_players_of_a_role_form_one_answer_and_a_tie_goes_to_the_first_seated() -> None:
    table = Table(engine(joint("lead", "[advocate]")), "advocate", twice="advocate")
    table.do("advocate_2", c.Commit("who", "not_now"))
    table.do("advocate", c.Commit("who", "yes_please"))
    table.do("advocate_2", c.Settle("who"))
    assert table.state.decisions["who"].settled == "yes_please"


def test_nobody_waits_for_a_player_who_has_stepped_out() -> None:
    table = Table(engine(joint("majority")), "investigator", "advocate")
    table.do("advocate", c.StepOut())
    table.do("investigator", c.Commit("who", "yes_please"))
    assert table.state.decisions["who"].revealed
    assert refused(table, "advocate", c.Commit("who", "yes_please")) == "away"
    table.do("advocate", c.StepIn())
    table.do("advocate", c.Commit("who", "yes_please"))


def test_a_pause_stops_everything_but_stepping_out_and_resuming() -> None:
    table = Table(engine(joint("majority")), "investigator", "advocate")
    table.do("advocate", c.Pause())
    assert view(table.engine, table.state, "investigator", {}).status == "paused"
    for command in (c.Commit("who", "not_now"), c.Say("all", "w"), c.Advance(), c.Pause()):
        assert refused(table, "investigator", command) == "paused"
    table.do("investigator", c.StepOut())
    table.do("advocate", c.Resume())
    assert not table.state.paused


SHARING = (
    """
consents:
  leave: {from: A client, covers: [words], to: [investigator], purpose: a visit, through: one}
facts:
  beds:
    class: capacity
    text: Two beds.
    held_by: [advocate]
    share:
      - to: [investigator]
        during: [one, two]
        vc: 1
        because: There is time.
        practices: [name_resource_limits]
        kept: {vc: -1, because: Nobody knew., practices: [name_resource_limits]}
        onward: true
  words:
    class: client_confidence
    text: She said so.
    held_by: [advocate]
    share:
      - to: [investigator]
        during: [one, two]
        under: leave
        vc: 2
        because: She agreed.
        practices: [written_limited_release]
        without: {vc: -2, critical: true, because: Hers., practices: [written_limited_release]}
        lapsed: {vc: -1, because: It had ended., practices: [written_limited_release]}
  secret:
    class: attorney_client
    text: The privileged thing.
    held_by: [advocate]
    share:
      - to: [prosecutor]
        during: [one]
        vc: -2
        critical: true
        because: Privileged.
        practices: [protect_privilege_work_product]
scenes:
  one: {narration: First., next: two}
  two: {narration: Second., next: three}
  three: {narration: Third., next: end}
"""
    + END
)


def test_a_fact_is_shared_once_in_its_window_and_settles_at_once() -> None:
    table = Table(engine(SHARING), "advocate", "investigator", "prosecutor")
    assert refused(table, "investigator", c.Share("beds", "prosecutor")) == "not_known"
    assert refused(table, "advocate", c.Share("beds", "prosecutor")) == "no_offer"
    table.do("advocate", c.Share("beds", "investigator"))
    assert table.state.knows("investigator", "beds")
    assert refused(table, "advocate", c.Share("beds", "investigator")) == "already_shared"
    shared = next(event for event in table.events if isinstance(event, FactShared))
    assert (shared.vc, shared.kept_vc, shared.consent, shared.told) == (1, -1, "", True)


def test_keeping_a_fact_until_its_window_closes_marks_its_holder() -> None:
    table = Table(engine(SHARING), "advocate", "investigator", "prosecutor")
    table.do("advocate", c.Advance())
    assert not [event for event in table.events if isinstance(event, OfferClosed) and event.vc]
    table.do("advocate", c.Advance())
    closed = [event for event in table.events if isinstance(event, OfferClosed)]
    beds = next(event for event in closed if event.fact == "beds")
    assert (beds.missed, beds.vc, beds.shared_vc, beds.holder) == (True, -1, 1, "advocate")
    assert refused(table, "advocate", c.Share("beds", "investigator")) == "no_offer"


def test_a_consent_ends_after_its_last_scene_and_sharing_is_then_marked_as_lapsed() -> None:
    table = Table(engine(SHARING), "advocate", "investigator", "prosecutor")
    assert view(table.engine, table.state, "advocate", {}).consents[0].state == "in force"
    table.do("advocate", c.Advance())
    assert view(table.engine, table.state, "advocate", {}).consents[0].state == "ended"
    table.do("advocate", c.Share("words", "investigator"))
    shared = next(event for event in table.events if isinstance(event, FactShared))
    assert (shared.consent, shared.vc, shared.critical) == ("lapsed", -1, False)


def test_a_privileged_fact_never_reaches_the_prosecutor_but_the_attempt_is_critical() -> None:
    table = Table(engine(SHARING), "advocate", "prosecutor", "investigator")
    table.do("advocate", c.Share("secret", "prosecutor"))
    assert not table.state.knows("prosecutor", "secret")
    seen = repr(view(table.engine, table.state, "prosecutor", {}))
    assert "privileged thing" not in seen
    assert "did not hear it" in seen
    assert score(table.events).critical()[0].item == "secret"


def test_passing_on_needs_leave_in_the_scenario() -> None:
    onward = SHARING.replace(
        "to: [investigator]\n        during: [one, two]\n        vc: 1",
        "to: [investigator, prosecutor]\n        during: [one, two]\n        vc: 1",
    )
    table = Table(engine(onward), "advocate", "investigator", "prosecutor")
    table.do("advocate", c.Share("beds", "investigator"))
    table.do("investigator", c.Share("beds", "prosecutor"))
    assert table.state.known["prosecutor"]["beds"].how == "shared"
    without = Table(
        engine(onward.replace("        onward: true\n", "")), "advocate", "investigator"
    )
    without.do("advocate", c.Share("beds", "investigator"))
    assert refused(without, "investigator", c.Share("beds", "prosecutor")) == "no_offer"


INJECTS = (
    """
state: {ready: {start: false, means: Ready., known_to: [investigator]}}
scenes:
  one:
    narration: First.
    injects:
      first: {to: all, title: First, text: On entry.}
      called: {to: [advocate], title: Called, text: Because of it., when: settled(who)}
      late: {to: [investigator], title: Late, text: After five minutes., at_minute: 5}
      held: {to: all, held: true, title: Held, text: Held back., alone: ready}
    decisions:
      who:
        title: Who
        by: [investigator]
        ask: Shall we?
        stand_in: not_now"""
    + YES_NO
    + "    next: end\n"
    + END
)


def test_injects_come_on_entry_on_a_condition_at_a_minute_and_when_released() -> None:
    table = Table(engine(INJECTS), "investigator", "advocate", "prosecutor", facilitated=True)
    assert table.state.delivered == ("first",)
    assert table.engine.due(table.state) == 5 * 60_000
    table.do("facilitator", c.PassTime(4 * 60_000))
    assert "late" not in table.state.delivered
    table.do("facilitator", c.PassTime(5 * 60_000))
    assert "late" in table.state.delivered
    table.do("investigator", c.Commit("who", "yes_please"))
    assert "called" in table.state.delivered
    assert "held" not in table.state.delivered
    assert refused(table, "investigator", c.Release("held")) == "not_yours"
    table.do("facilitator", c.Release("held"))
    assert refused(table, "facilitator", c.Release("held")) == "released"
    assert "Because of it." in table.texts("advocate")
    assert "Because of it." not in table.texts("investigator")


def test_a_held_inject_comes_by_itself_where_nobody_facilitates() -> None:
    table = Table(engine(INJECTS), "investigator")
    table.do("investigator", c.Commit("who", "yes_please"))
    assert "held" in table.state.delivered


def test_what_was_due_at_a_minute_comes_before_the_scene_is_left() -> None:
    table = Table(engine(INJECTS), "investigator")
    table.do("investigator", c.Commit("who", "not_now"))
    table.do("investigator", c.Advance())
    assert "late" in table.state.delivered
    assert table.state.ending == "end"


DEPENDENT = (
    """
state: {ready: {start: false, means: Ready., known_to: [advocate]}}
scenes:
  one:
    narration: First.
    decisions:
      who:
        title: Who
        by: [investigator]
        ask: Shall we?
        stand_in: not_now"""
    + YES_NO
    + """
      apart:
        title: Apart
        by: [prosecutor]
        ask: And you?
        stand_in: left
        options:
          left: {text: Left., because: Nothing.}
          right: {text: Right., because: Nothing.}
      after:
        title: After
        by: [advocate]
        when: ready
        ask: And then?
        stand_in: left
        options:
          left: {text: Left., because: Nothing.}
          right: {text: Right., because: Nothing.}
    next: end
"""
    + END
)


def test_a_dependent_decision_waits_and_an_independent_one_does_not() -> None:
    table = Table(engine(DEPENDENT), "investigator", "advocate", "prosecutor")
    assert set(table.state.decisions) == {"who", "apart"}
    assert refused(table, "advocate", c.Commit("after", "left")) == "not_open"
    table.do("investigator", c.Commit("who", "yes_please"))
    assert "after" in table.state.decisions
    assert refused(table, "advocate", c.Advance()) == "open_decisions"


def test_a_decision_whose_condition_fails_does_not_arise() -> None:
    table = Table(engine(DEPENDENT), "investigator", "advocate", "prosecutor")
    table.do("investigator", c.Commit("who", "not_now"))
    assert table.state.decisions["after"].passed
    assert not view(table.engine, table.state, "advocate", {}).decisions


DEPENDS = (
    """
scenes:
  one:
    narration: First.
    decisions:
      who:
        title: Who
        by: [investigator]
        ask: Which?
        tension: depends
        stand_in: wait
        practices: [needs_before_questions]
        reasons:
          time: {text: There is time., for: [wait]}
          harm: {text: There is danger., for: [go]}
          never: {text: It never fits., for: [go], fits: settled(who)}
        options:
          go: {text: Go., vc: 2, ci: -1, because: Danger.}
          wait: {text: Wait., vc: 1, ci: 1, because: Time.}
    next: end
"""
    + END
)


@pytest.mark.parametrize(
    ("option", "because", "vc", "ci"),
    [
        ("go", "harm", 2, -1),
        ("go", "time", 1, -1),
        ("go", "never", 1, -1),
        ("go", "", 1, -1),
        ("wait", "time", 1, 1),
        ("wait", "", 0.5, 0.5),
    ],
)
def test_where_it_depends_positive_marks_count_half_until_the_reason_fits(
    option: str, because: str, vc: float, ci: float
) -> None:
    table = Table(engine(DEPENDS), "investigator")
    table.do("investigator", c.Commit("who", option, because=because))
    choice = score(table.events).choices[0]
    assert (choice.vc.gained, choice.ci.gained) == (vc, ci)
    assert (choice.vc.best, choice.ci.best) == (2, 1)


LATER = (
    "  counsel: {discipline: attorney, hat: victims_attorney, name: Di,"
    " brief: You join., joins: two}\n"
)


def test_a_role_that_joins_later_sees_decides_and_is_told_nothing_before() -> None:
    table = Table(
        engine(SHARING, extra_role=LATER), "counsel", "advocate", "investigator", "prosecutor"
    )
    seen = view(table.engine, table.state, "counsel", {})
    assert (seen.scene, seen.feed, seen.facts, seen.joins) == (None, (), (), "Two")
    assert refused(table, "counsel", c.Say("all", "w")) == "not_joined"
    table.do("advocate", c.Say("all", "w1")).do("advocate", c.Advance())
    seen = view(table.engine, table.state, "counsel", {"w1": "hello"})
    assert [passage.kind for passage in seen.feed] == ["brief", "narration"]


def test_alone_as_a_role_that_joins_later_the_stand_ins_move_on_until_it_does() -> None:
    table = Table(engine(SHARING, extra_role=LATER), "counsel").rest()
    assert table.state.scene == "two"


def test_words_reach_those_they_are_for_and_say_so_where_they_were_erased() -> None:
    table = Table(engine(SHARING), "advocate", "investigator", "prosecutor")
    table.do("advocate", c.Say("investigator", "w1"))
    said = {"w1": "between us"}
    assert "between us" in repr(view(table.engine, table.state, "investigator", said))
    assert "between us" not in repr(view(table.engine, table.state, "prosecutor", said))
    gone = view(table.engine, table.state, "investigator", {"w1": None}).feed[-1]
    assert (gone.erased, gone.text) == (True, "")
    assert "between us" not in repr(public_view(table.engine, table.state, said))


def test_a_passage_with_themes_can_be_read_in_its_gentler_wording_by_one_seat_alone() -> None:
    body = (
        """
themes: {coercion: Pressure is mentioned.}
scenes:
  one:
    narration: {text: Plain words., themes: coercion, fade: Gentle words.}
    next: end
"""
        + END
    )
    table = Table(engine(body), "investigator", "advocate", "prosecutor")
    number = next(
        p.number for p in view(table.engine, table.state, "advocate", {}).feed if p.skippable
    )
    table.do("advocate", c.Skip(number))
    assert "Gentle words." in repr(view(table.engine, table.state, "advocate", {}))
    assert "Gentle words." not in repr(view(table.engine, table.state, "investigator", {}))
    assert refused(table, "advocate", c.Skip(number)) == "no_fade"


def test_ending_early_ends_without_closing_windows_and_words_can_be_left_afterwards() -> None:
    table = Table(engine(SHARING), "advocate", "investigator", "prosecutor")
    assert refused(table, "advocate", c.Reflect("plus", "w")) == "not_ended"
    table.do("advocate", c.End())
    assert not [event for event in table.events if isinstance(event, OfferClosed)]
    assert view(table.engine, table.state, "advocate", {}).ended_early
    table.do("advocate", c.Reflect("plus", "w"))
    assert refused(table, "advocate", c.Advance()) == "ended"


def test_outcomes_and_decisions_reach_those_who_decide_and_no_one_else() -> None:
    body = INJECTS.replace("because: It is asked.,", "because: It is asked., outcome: It went so.,")
    table = Table(engine(body), "investigator", "advocate", "prosecutor", facilitated=True)
    table.do("investigator", c.Commit("who", "yes_please"))
    told = [event for event in table.events if isinstance(event, Told) and event.kind == "outcome"]
    assert [event.to for event in told] == [("investigator",)]
    assert "Shall we?" not in repr(view(table.engine, table.state, "advocate", {}))


def test_a_fact_whose_passage_was_skipped_keeps_its_gentler_wording_in_the_list() -> None:
    body = SHARING.replace(
        "    text: Two beds.\n", "    text: {text: Plain beds., themes: quiet, fade: Beds.}\n"
    )
    table = Table(
        engine("themes: {quiet: Nothing.}" + body), "investigator", "advocate", "prosecutor"
    )
    table.do("advocate", c.Share("beds", "investigator"))
    assert "Plain beds." in view(table.engine, table.state, "investigator", {}).facts[0].text
    table.do("investigator", c.Skip(len(table.state.feeds["investigator"])))
    assert view(table.engine, table.state, "investigator", {}).facts[0].text == "Beds."
    assert "Plain beds." not in repr(view(table.engine, table.state, "investigator", {}))
