"""What a facilitator does beside the scenario's own ways, one rule at a time."""

from dataclasses import replace

import pytest
from small import END, Table, engine
from test_rules import joint, refused

from tabletop.exercise import commands as c
from tabletop.exercise.conduct_views import conduct_view, public_view
from tabletop.exercise.events import CareAsked, OfferClosed, Settled
from tabletop.exercise.evolve import apply
from tabletop.exercise.seats import Seat
from tabletop.exercise.views import view, view_as

FACILITATOR = "facilitator"
THREE = """
state: {called: {start: false, means: Somebody called.}}
facts:
  beds:
    class: capacity
    text: Two beds are free.
    held_by: advocate
    share:
      - {to: investigator, during: one, vc: 1, because: There is time to plan.,
         practices: [name_resource_limits],
         kept: {vc: -1, because: Nobody could plan., practices: [name_resource_limits]}}
scenes:
  one:
    module: First
    minutes: 10
    narration: Here.
    injects:
      call: {to: investigator, title: A call, when: called, text: It rang.}
      press: {to: all, title: The press, held: true, note: If they are quick., text: A question.}
      late: {to: all, title: Late, at_minute: 5, text: It is late.}
    decisions:
      first:
        title: First
        by: investigator
        ask: Shall we?
        stand_in: wait
        options:
          ring: {text: Ring., because: It is asked., set: {called: true}}
          wait: {text: Wait., because: It is not asked.}
    questions: {all: [Who is missing?]}
    facilitator: Let it be quiet.
    next: two
  two:
    module: Second
    narration: There.
    decisions:
      second:
        title: Second
        by: advocate
        ask: And now?
        stand_in: stay
        options:
          stay: {text: Stay., because: It is asked.}
          go_on: {text: Go., because: It is not asked.}
    next: end
"""
THREE += END


@pytest.fixture
def table() -> Table:
    return Table(engine(THREE), "investigator", "advocate", "prosecutor", facilitated=True)


def test_whoever_comes_late_takes_the_place_of_a_stand_in_and_reads_the_whole_story() -> None:
    table = Table(engine(THREE), "investigator", facilitated=True)
    table.do("investigator", c.Commit("first", "ring"))
    before = view(table.engine, table.state, "advocate", {})
    table.do(FACILITATOR, c.Admit(Seat("seat-2", "player", "advocate", "Rosa")))
    assert [seat.id for seat in table.state.in_role("advocate")] == ["seat-2"]
    seen = view(table.engine, table.state, "seat-2", {"Rosa": "Rosa"})
    assert seen.feed == before.feed
    assert refused(table, FACILITATOR, c.Admit(Seat("seat-2", "player", "advocate"))) == "seated"
    assert refused(table, FACILITATOR, c.Admit(Seat("advocate", "player", "advocate")))
    assert refused(table, "investigator", c.Admit(Seat("x", "player", "advocate"))) == "not_yours"


def test_a_word_to_the_facilitator_is_between_the_two_of_them() -> None:
    table = Table(engine(THREE), "investigator", facilitated=True)
    table.do(FACILITATOR, c.Admit(Seat("mate", "player", "investigator")))
    words = {"So.": "So.", "Mine.": "Mine."}

    def told(seat: str) -> list[tuple[int, str]]:
        feed = view(table.engine, table.state, seat, words).feed
        assert [each.number for each in feed] == [*range(1, len(feed) + 1)]
        return [(each.number, each.text) for each in feed if each.kind == "message"]

    before = view(table.engine, table.state, "mate", words)
    table.do("investigator", c.Say("facilitator", "Mine."))
    assert view(table.engine, table.state, "mate", words) == before
    table.do("mate", c.Say("all", "So."))
    heard = len(before.feed)
    assert told("mate") == [(heard + 1, "So.")]
    assert told("investigator") == [(heard + 1, "Mine."), (heard + 2, "So.")]
    conducted = conduct_view(table.engine, table.state, FACILITATOR, words)
    assert "Mine." in [each.passage.text for each in conducted.feed]
    table.do(FACILITATOR, c.Admit(Seat("late", "player", "investigator")))
    assert told("late") == [(heard + 1, "So.")]
    table.do("mate", c.Acknowledge(heard + 1))
    assert refused(table, "mate", c.Acknowledge(heard + 2)) == "no_passage"
    table.do("investigator", c.Acknowledge(heard + 2))


def test_a_stand_in_takes_a_seat_that_was_left_and_hands_it_back_between_decisions() -> None:
    both = "[investigator, advocate]"
    table = Table(engine(joint("majority", both)), "investigator", "advocate", facilitated=True)
    table.do(FACILITATOR, c.Dismiss("advocate"))
    assert [seat.kind for seat in table.state.in_role("advocate")] == ["stand_in"]
    table = Table(engine(joint("majority", both)), "investigator", facilitated=True)
    table.do("investigator", c.Commit("who", "yes_please")).rest()
    assert "advocate" in table.state.decisions["who"].answers
    late = c.Admit(Seat("seat-2", "player", "advocate"))
    assert refused(table, FACILITATOR, late) == "mid_decision"
    table.do(FACILITATOR, c.Settle("who", "yes_please")).do(FACILITATOR, late)
    assert [seat.id for seat in table.state.in_role("advocate")] == ["seat-2"]


def test_nobody_wears_both_attorneys_hats() -> None:
    counsel = "  counsel: {discipline: attorney, hat: victims_attorney, name: Di, brief: You.}\n"
    table = Table(engine(THREE, extra_role=counsel), "investigator", "prosecutor", facilitated=True)
    assert refused(table, FACILITATOR, c.Move("prosecutor", "counsel")) == "hats"
    table.do(FACILITATOR, c.Move("prosecutor", "advocate"))
    assert [seat.id for seat in table.state.in_role("advocate")] == ["prosecutor"]
    assert [seat.kind for seat in table.state.in_role("prosecutor")] == ["stand_in"]
    assert refused(table, FACILITATOR, c.Move("prosecutor", "counsel")) == "hats"


def test_answers_may_be_shown_before_everyone_has_given_one() -> None:
    table = Table(engine(joint("majority")), "investigator", "advocate", "prosecutor",
                  facilitated=True)  # fmt: skip
    assert refused(table, FACILITATOR, c.Reveal("who")) == "no_answers"
    table.do("investigator", c.Commit("who", "yes_please"))
    seen = conduct_view(table.engine, table.state, FACILITATOR, {})
    assert seen.decisions[0].commits == ()
    assert "yes_please" not in repr(seen.seats)
    assert seen.decisions[0].may_reveal
    table.do("advocate", c.Commit("who", "not_now"))
    table.do(FACILITATOR, c.Reveal("who"))
    seen = conduct_view(table.engine, table.state, FACILITATOR, {})
    assert [each.option for each in seen.decisions[0].commits] == ["yes_please", "not_now"]
    spread = view(table.engine, table.state, "advocate", {}).decisions[0].spread
    assert [(each.discipline, each.counts) for each in spread] == [
        ("law_enforcement", (("yes_please", 1),)),
        ("victim_services", (("not_now", 1),)),
    ]
    shown = public_view(table.engine, table.state, {}).decisions[0]
    assert (shown.ask, shown.options) == ("Shall we?", ("Yes.", "No."))
    assert [each.counts for each in shown.spread] == [(("A", 1),), (("B", 1),)]


def test_the_screen_tells_nothing_of_a_question_that_not_everyone_is_asked(table: Table) -> None:
    shown = public_view(table.engine, table.state, {}).decisions[0]
    assert (shown.title, shown.ask, shown.options) == ("", "", ())
    assert (shown.answered, shown.expected) == (0, 1)


def test_going_elsewhere_closes_what_it_passes_without_counting_it(table: Table) -> None:
    assert refused(table, FACILITATOR, c.Jump("nowhere")) == "no_scene"
    assert refused(table, "advocate", c.Jump("two")) == "not_yours"
    table.do(FACILITATOR, c.Jump("two", "The others are waiting."))
    assert table.state.scene == "two"
    closed = [event for event in table.events if isinstance(event, OfferClosed)]
    assert [(event.fact, event.counts) for event in closed] == [("beds", False)]
    feed = view(table.engine, table.state, "advocate", {}).feed
    assert [passage.kind for passage in feed[-2:]] == ["jumped", "narration"]
    table.do(FACILITATOR, c.Jump("end"))
    assert table.state.ending == "end"


def test_going_back_is_going_on_from_then_with_the_people_of_now(table: Table) -> None:
    past = table.state
    table.do("investigator", c.Commit("first", "ring"))
    table.do(FACILITATOR, c.Advance())
    table.do(FACILITATOR, c.Admit(Seat("seat-9", "player", "advocate")))
    now = table.state
    assert [moment.item for moment in now.moments] == ["one", "first", "two"]
    events = table.engine.rewind(now, past, FACILITATOR, c.Rewind(1, "Once more."))
    after = apply(past, past.at, events)
    assert (after.scene, after.branch, after.values["called"]) == ("one", 1, False)
    assert [seat.id for seat in after.in_role("advocate")] == ["advocate", "seat-9"]
    assert not after.decisions["first"].done
    assert refused(table, FACILITATOR, c.Rewind(4)) == "no_moment"
    assert refused(table, FACILITATOR, c.Rewind(0)) == "no_moment"


def delivered(table: Table) -> set[str]:
    return set(table.state.delivered)


def test_an_inject_is_kept_back_until_it_is_released(table: Table) -> None:
    assert refused(table, FACILITATOR, c.Hold("press")) == "held_already"
    table.do(FACILITATOR, c.Hold("call"))
    table.do("investigator", c.Commit("first", "ring"))
    assert delivered(table) == set()
    table.do(FACILITATOR, c.Release("call"))
    assert delivered(table) == {"call"}
    assert refused(table, FACILITATOR, c.Hold("call")) == "no_inject"


def test_keeping_back_may_be_taken_back(table: Table) -> None:
    table.do(FACILITATOR, c.Hold("call"))
    table.do("investigator", c.Commit("first", "ring"))
    table.do(FACILITATOR, c.Hold("call", on=False))
    assert delivered(table) == {"call"}


def test_an_inject_that_is_left_out_never_comes(table: Table) -> None:
    for inject in ("call", "late", "press"):
        table.do(FACILITATOR, c.Omit(inject))
    table.do("investigator", c.Commit("first", "ring"))
    table.do(FACILITATOR, c.PassTime(600_000))
    assert refused(table, FACILITATOR, c.Release("press")) == "no_inject"
    table.do(FACILITATOR, c.Advance())
    assert delivered(table) == set()


def test_a_held_inject_comes_at_the_time_it_is_set_for(table: Table) -> None:
    assert refused(table, FACILITATOR, c.Schedule("call", 60_000)) == "not_held"
    table.do(FACILITATOR, c.Schedule("press", 60_000))
    assert table.engine.due(table.state) == 60_000
    table.do(FACILITATOR, c.PassTime(59_000))
    assert delivered(table) == set()
    table.do(FACILITATOR, c.PassTime(60_000))
    assert delivered(table) == {"press"}


def test_what_is_written_on_the_spot_reaches_those_it_is_written_to(table: Table) -> None:
    table.do(FACILITATOR, c.Write(("advocate",), "A phone rings."))
    heard = {"A phone rings.": "A phone rings."}
    assert view(table.engine, table.state, "advocate", heard).feed[-1].text == "A phone rings."
    for role in ("investigator", "prosecutor"):
        assert "A phone rings." not in repr(view(table.engine, table.state, role, heard))
    assert "A phone rings." not in repr(public_view(table.engine, table.state, heard))
    table.do(FACILITATOR, c.Write(("all",), "A phone rings."))
    assert "A phone rings." in repr(public_view(table.engine, table.state, heard))


def test_a_timer_is_shown_and_does_nothing(table: Table) -> None:
    table.do(FACILITATOR, c.SetTimer(60_000))
    assert view(table.engine, table.state, "advocate", {}).timer == 60_000
    table.do(FACILITATOR, c.PassTime(90_000))
    assert table.state.decisions["first"].settled == ""
    assert refused(table, FACILITATOR, c.SetTimer(80_000)) == "time_back"
    table.do(FACILITATOR, c.SetTimer(0))
    assert refused(table, FACILITATOR, c.SetTimer(0)) == "no_timer"


def test_anyone_may_stop_for_care_and_only_the_facilitator_goes_on(table: Table) -> None:
    table.do("advocate", c.StopForCare())
    assert table.events[-2:][0] == CareAsked("")
    for seen in (
        view(table.engine, table.state, "investigator", {}),
        conduct_view(table.engine, table.state, FACILITATOR, {}),
        public_view(table.engine, table.state, {}),
    ):
        assert (seen.status, seen.care) == ("paused", True)
    assert conduct_view(table.engine, table.state, FACILITATOR, {}).carer == ""
    assert refused(table, "investigator", c.Resume()) == "not_yours"
    assert refused(table, "investigator", c.Commit("first", "ring")) == "paused"
    table.do("investigator", c.StepOut())
    table.do(FACILITATOR, c.Resume())
    assert not table.state.care


def test_who_stops_for_care_is_the_same_to_everyone_else(table: Table) -> None:
    other = Table(engine(THREE), "investigator", "advocate", "prosecutor", facilitated=True)
    table.do("advocate", c.StopForCare())
    other.do("investigator", c.StopForCare())
    assert table.state == other.state
    assert table.events == other.events


def test_evaluators_note_and_steer_nothing(table: Table) -> None:
    table.do(FACILITATOR, c.Admit(Seat("seat-5", "evaluator")))
    table.do(FACILITATOR, c.Admit(Seat("seat-6", "observer")))
    note = c.Observe(
        "strength", "Asked first.", decision="first", practice="needs_before_questions"
    )
    table.do("seat-5", note)
    seen = conduct_view(table.engine, table.state, "seat-5", {"Asked first.": "Asked first."})
    assert [(each.kind, each.words) for each in seen.observations] == [("strength", "Asked first.")]
    assert seen.may == ("observe",)
    assert refused(table, "seat-6", note) == "not_conducting"
    assert refused(table, "seat-5", c.Observe("issue", "x", decision="none")) == "no_subject"
    for seat in ("seat-5", "seat-6"):
        for command in (c.Advance(), c.Pause(), c.Jump("two"), c.Commit("first", "ring")):
            assert refused(table, seat, command) in ("not_yours", "not_asked")
        assert refused(table, seat, c.Say("all", "w")) == "only_watching"
    table.do(FACILITATOR, c.End())
    table.do("seat-5", note)


def test_viewing_as_a_role_is_that_roles_own_view(table: Table) -> None:
    for role in ("investigator", "advocate", "prosecutor"):
        assert view_as(table.engine, table.state, role, {}) == view(
            table.engine, table.state, role, {}
        )


def test_those_who_conduct_see_the_agenda_the_questions_and_every_passage(table: Table) -> None:
    table.do("advocate", c.Share("beds", "investigator"))
    table.do(FACILITATOR, c.PassTime(120_000))
    table.do("investigator", c.Commit("first", "wait"))
    table.do(FACILITATOR, c.Advance())
    seen = conduct_view(table.engine, table.state, FACILITATOR, {})
    assert [(m.title, m.planned, m.used, m.current) for m in seen.modules] == [
        ("First", 10, 120_000, False),
        ("Second", 0, 0, True),
    ]
    assert [tuple(each.to) for each in seen.feed if each.passage.kind == "told"] == [
        ("investigator",)
    ]
    assert seen.questions == ()


def test_those_who_conduct_read_who_told_whom_and_once(table: Table) -> None:
    """Nothing in their feed speaks to somebody else as "you"."""
    table.do("advocate", c.Share("beds", "investigator"))
    table.do("investigator", c.Commit("first", "ring"))
    feed = conduct_view(table.engine, table.state, FACILITATOR, {}).feed
    headings = [each.passage.heading for each in feed]
    assert not [each for each in headings if "you" in each.casefold().split()]
    assert headings.count("Bo tells Ash") == 1
    assert [each.to for each in feed if each.passage.text == "Two beds are free."] == [
        ("investigator",)
    ]
    assert "Decided, for Ash" in headings


def test_settling_for_the_table_counts_nowhere_and_says_so(table: Table) -> None:
    table.do(FACILITATOR, c.Settle("first", "wait", "We have to go on."))
    settled = next(event for event in table.events if isinstance(event, Settled))
    assert (settled.how, settled.credit) == ("facilitator", ())


def conceivable(table: Table) -> list[c.Command]:
    """Every steering command of this scenario, wise or not; times and newcomers left out."""
    plan = table.engine.plan
    found: list[c.Command] = [c.StopForCare(), c.StopForCare(named=True), c.SetTimer(0)]
    found += [c.Reveal(name) for name in plan.scene_of_decision]
    found += [c.Jump(scene) for scene in table.engine.scenario.scenes]
    found += [c.Rewind(number) for number in range(5)]
    found += [c.Dismiss(seat) for seat in (*table.state.seats, "seat-9")]
    found += [c.Move(s, r) for s in table.state.seats for r in table.engine.scenario.roles]
    for inject in plan.scene_of_inject:
        found += [c.Hold(inject), c.Hold(inject, on=False), c.Omit(inject), c.Schedule(inject, 0)]
    found += [c.Write((to,), "w") for to in ("all", *table.engine.scenario.roles)]
    return [*found, c.Observe("strength", "w"), c.Observe("issue", "w")]


WAY = (
    ("investigator", c.StopForCare()),
    (FACILITATOR, c.Hold("call")),
    (FACILITATOR, c.Resume()),
    (FACILITATOR, c.Schedule("press", 60_000)),
    (FACILITATOR, c.SetTimer(90_000)),
    (FACILITATOR, c.Admit(Seat("seat-5", "evaluator"))),
    (FACILITATOR, c.Dismiss("prosecutor")),
    ("investigator", c.Commit("first", "ring")),
    (FACILITATOR, c.Omit("late")),
    (FACILITATOR, c.Advance()),
    (FACILITATOR, c.Jump("end")),
)


def test_what_is_legal_in_steering_is_exactly_what_is_accepted(table: Table) -> None:
    for seat, command in WAY:
        for each in table.state.seats:
            legal = {worded(given) for given in table.engine.legal(table.state, each)}
            tried = conceivable(table)
            accepted = {x for x in tried if table.engine.accepts(table.state, each, x)}
            assert legal & set(tried) == accepted, (each, legal ^ accepted)
            assert not {x for x in legal if type(x) in STEERING} - set(tried)
        table.do(seat, command)
    assert table.state.status == "ended"


def worded(command: c.Command) -> c.Command:
    if isinstance(command, (c.Write, c.Observe)):
        return replace(command, words="w")
    return command


STEERING = {type(command) for _, command in WAY} - {c.Commit, c.Advance, c.Resume, c.Admit}


def test_a_role_that_was_jumped_over_joins() -> None:
    late = "  counsel: {discipline: victim_services, name: Di, brief: You., joins: two}\n"
    table = Table(engine(THREE, extra_role=late), "investigator", facilitated=True)
    assert "counsel" not in table.state.joined
    table.do(FACILITATOR, c.Jump("end"))
    assert "counsel" in table.state.joined
