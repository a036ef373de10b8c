"""Evolve: what each event does to the state. It never refuses and reads no scenario.

One small function an event, and one table of them: what an event means stands in a single place,
and a record from years ago is folded by looking up nothing but its own events.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from tabletop.exercise import afterwards as a
from tabletop.exercise import events as e
from tabletop.exercise.events import Event
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import (
    CONDUCT,
    Answer,
    DecisionState,
    Known,
    Moment,
    Observation,
    Passage,
    State,
)


def evolve(state: State, event: Event) -> State:
    """The state after an event."""
    return _AFTER[type(event)](state, event)


def apply(state: State, at: int, events: Iterable[Event]) -> State:
    """The state after the clock has moved to `at` (exercise milliseconds) and the events."""
    if at > state.at:
        state = state.but(at=at)
    for event in events:
        state = _AFTER[type(event)](state, event)
    return state


def _started(state: State, event: e.Started) -> State:
    return state.but(
        status="running",
        facilitated=event.facilitated,
        seats={seat.id: seat for seat in event.seats},
        by_role=_by_role(event.seats),
        values=dict(event.values),
        consents=dict.fromkeys(event.consents, "granted"),
    )


def _by_role(seats: Iterable[Seat]) -> dict[str, tuple[Seat, ...]]:
    """Who sits in each role, first seated first."""
    found: dict[str, tuple[Seat, ...]] = {}
    for seat in seats:
        if seat.role:
            found[seat.role] = (*found.get(seat.role, ()), seat)
    return found


def _scene_entered(state: State, event: e.SceneEntered) -> State:
    visited = state.visited if event.scene in state.visited else (*state.visited, event.scene)
    decisions = {name: each for name, each in state.decisions.items() if name not in event.again}
    after = state.but(
        scene=event.scene,
        entered_at=state.at,
        visited=visited,
        decisions=decisions,
        moments=(*state.moments, Moment("scene", event.scene, state.at)),
    )
    if not state.scene:
        return after
    spent = state.spent.get(state.scene, 0) + state.at - state.entered_at
    return after.but(spent={**state.spent, state.scene: spent}, timer=0)


def _role_joined(state: State, event: e.RoleJoined) -> State:
    return state.but(joined=(*state.joined, event.role))


def _told(state: State, event: e.Told) -> State:
    passage = Passage(
        kind=event.kind,
        at=state.at,
        scene=state.scene,
        to=event.to,
        item=event.item,
        path=event.path,
        words=event.words,
        sender=event.sender,
        seat=event.seat,
        stand_in=bool(state.in_role(event.sender)) and not state.played(event.sender),
    )
    feeds = dict(state.feeds)
    for role in event.to:
        feeds[role] = (*feeds.get(role, ()), passage)
    if state.facilitated and CONDUCT not in event.to:
        feeds[CONDUCT] = (*feeds.get(CONDUCT, ()), passage)
    if event.kind == "advice":
        decision = state.decisions[event.item]
        advised = decision.but(advised=(*decision.advised, event.sender))
        return state.but(feeds=feeds, decisions={**state.decisions, event.item: advised})
    return state.but(feeds=feeds)


def _changed(state: State, event: e.Changed) -> State:
    return state.but(values={**state.values, event.name: event.value})


def _learned(state: State, event: e.Learned) -> State:
    facts = {**state.known.get(event.role, {}), event.fact: Known(event.how, event.path)}
    return state.but(known={**state.known, event.role: facts})


def _consent_given(state: State, event: e.ConsentGiven) -> State:
    return state.but(consents={**state.consents, event.consent: "granted"})


def _consent_ended(state: State, event: e.ConsentEnded) -> State:
    return state.but(consents={**state.consents, event.consent: "ended"})


def _inject_delivered(state: State, event: e.InjectDelivered) -> State:
    return state.but(delivered=(*state.delivered, event.inject))


def _with(state: State, decision: str, new: DecisionState) -> State:
    return state.but(decisions={**state.decisions, decision: new})


def _decision_opened(state: State, event: e.DecisionOpened) -> State:
    opened = DecisionState(
        by=event.by, consult=event.consult, asks=event.asks, options=event.options
    )
    return _with(state, event.decision, opened)


def _decision_passed(state: State, event: e.DecisionPassed) -> State:
    return _with(state, event.decision, DecisionState(passed=True))


def _committed(state: State, event: e.Committed) -> State:
    decision = state.decisions[event.decision]
    answer = Answer(event.option, event.reason, event.because, event.confidence)
    answers: Mapping[str, Answer] = {**decision.answers, event.seat: answer}
    return _with(state, event.decision, decision.but(answers=answers))


def _revealed(state: State, event: e.Revealed) -> State:
    return _with(state, event.decision, state.decisions[event.decision].but(revealed=True))


def _settled(state: State, event: e.Settled) -> State:
    settled = state.decisions[event.decision].but(settled=event.option, how=event.how)
    moments = (*state.moments, Moment("settled", event.decision, state.at))
    return _with(state, event.decision, settled).but(moments=moments)


def _offer_made(state: State, event: e.OfferMade) -> State:
    offer = (event.fact, event.holder, event.to, event.offer)
    return state.but(offers={**state.offers, offer: "open"})


def _fact_shared(state: State, event: e.FactShared) -> State:
    offer = (event.fact, event.sender, event.to, event.offer)
    return state.but(offers={**state.offers, offer: "taken"})


def _offer_closed(state: State, event: e.OfferClosed) -> State:
    offer = (event.fact, event.holder, event.to, event.offer)
    return state.but(offers={**state.offers, offer: "closed"})


def _acknowledged(state: State, event: e.Acknowledged) -> State:
    return state.but(acknowledged={**state.acknowledged, event.seat: event.passages})


def _stepped_out(state: State, event: e.SteppedOut) -> State:
    return state.but(away=(*state.away, event.seat))


def _stepped_in(state: State, event: e.SteppedIn) -> State:
    return state.but(away=tuple(seat for seat in state.away if seat != event.seat))


def _skipped(state: State, event: e.Skipped) -> State:
    passages = (*state.skipped.get(event.seat, ()), event.passage)
    return state.but(skipped={**state.skipped, event.seat: passages})


def _ended(state: State, event: e.Ended) -> State:
    return state.but(status="ended", paused=False, care=False, ending=event.ending, timer=0)


def _seated(state: State, event: e.Seated) -> State:
    new = event.seat
    # Whoever comes sits last; a player takes the place of the role's stand-in.
    seats = {
        seat.id: seat
        for seat in state.seats.values()
        if seat.id != new.id
        and not (new.kind == "player" and seat.kind == "stand_in" and seat.role == new.role)
    }
    seats[new.id] = new
    left = tuple(seat for seat in state.left if seat != new.id)
    # Passages are numbered by role; in another one the numbers mean others.
    return state.but(
        seats=seats,
        by_role=_by_role(seat for seat in seats.values() if seat.id not in left),
        left=left,
        skipped={seat: each for seat, each in state.skipped.items() if seat != new.id},
        acknowledged={seat: each for seat, each in state.acknowledged.items() if seat != new.id},
    )


def _left(state: State, event: e.Left) -> State:
    left = (*state.left, event.seat)
    there = [seat for seat in state.seats.values() if seat.id not in left]
    away = tuple(seat for seat in state.away if seat != event.seat)
    return state.but(left=left, by_role=_by_role(there), away=away)


def _rewound(state: State, event: e.Rewound) -> State:
    there = [seat for seat in event.seats if seat.id not in event.left]
    return state.but(
        seats={seat.id: seat for seat in event.seats},
        by_role=_by_role(there),
        away=event.away,
        left=event.left,
        branch=state.branch + 1,
        timer=0,
    )


def _held(state: State, event: e.InjectHeld) -> State:
    others = tuple(inject for inject in state.held if inject != event.inject)
    return state.but(held=(*others, event.inject) if event.on else others)


def _scheduled(state: State, event: e.InjectScheduled) -> State:
    others = {inject: at for inject, at in state.scheduled.items() if inject != event.inject}
    return state.but(scheduled={**others, event.inject: event.at} if event.at else others)


def _rated(state: State, event: a.Rated) -> State:
    return state.but(ratings={**state.ratings, event.task: event})


def _reflected(state: State, event: e.Reflected) -> State:
    mine = state.reflections.get(event.seat, {})
    mine = {**mine, event.prompt: (event.words, event.when, event.by)}
    return state.but(reflections={**state.reflections, event.seat: mine})


def _capability_rated(state: State, event: a.CapabilityRated) -> State:
    return state.but(capabilities={**state.capabilities, event.capability: event})


def _withdrawn(state: State, event: a.Withdrawn) -> State:
    return state.but(withdrawn={**state.withdrawn, event.item: event})


def _improvement_written(state: State, event: a.ImprovementWritten) -> State:
    return state.but(improvements={**state.improvements, event.item: event})


def _action_updated(state: State, event: a.ActionUpdated) -> State:
    last = state.actions.get(event.item)
    due = event.due or (last.due if last else "")
    return state.but(actions={**state.actions, event.item: replace(event, due=due)})


def _observed(state: State, event: e.Observed) -> State:
    noted = Observation(
        state.at,
        state.scene,
        event.seat,
        event.kind,
        event.words,
        event.passage,
        event.decision,
        event.practice,
        event.task,
    )
    return state.but(observations=(*state.observations, noted))


_AFTER: dict[type[Any], Callable[[State, Any], State]] = {
    e.Started: _started,
    e.SceneEntered: _scene_entered,
    e.RoleJoined: _role_joined,
    e.Told: _told,
    e.Changed: _changed,
    e.Learned: _learned,
    e.ConsentGiven: _consent_given,
    e.ConsentEnded: _consent_ended,
    e.InjectDelivered: _inject_delivered,
    e.DecisionOpened: _decision_opened,
    e.DecisionPassed: _decision_passed,
    e.Committed: _committed,
    e.Revealed: _revealed,
    e.Settled: _settled,
    e.OfferMade: _offer_made,
    e.FactShared: _fact_shared,
    e.OfferClosed: _offer_closed,
    e.Acknowledged: _acknowledged,
    e.TimePassed: lambda state, event: state.but(at=max(state.at, event.to)),
    e.Paused: lambda state, event: state.but(paused=True),
    e.Resumed: lambda state, event: state.but(paused=False, care=False, carer=""),
    e.CareAsked: lambda state, event: state.but(care=True, carer=event.seat),
    e.Seated: _seated,
    e.Left: _left,
    e.Jumped: lambda state, event: state,
    e.Rewound: _rewound,
    e.InjectHeld: _held,
    e.InjectOmitted: lambda state, event: state.but(omitted=(*state.omitted, event.inject)),
    e.InjectScheduled: _scheduled,
    e.TimerSet: lambda state, event: state.but(timer=event.until),
    e.Observed: _observed,
    a.Rated: _rated,
    a.CapabilityRated: _capability_rated,
    a.ImprovementWritten: _improvement_written,
    a.Withdrawn: _withdrawn,
    a.ActionUpdated: _action_updated,
    a.FeedbackGiven: lambda state, event: state.but(feedback=state.feedback + 1),
    a.Signed: lambda state, event: state.but(signatures=(*state.signatures, event)),
    e.SteppedOut: _stepped_out,
    e.SteppedIn: _stepped_in,
    e.Skipped: _skipped,
    e.Ended: _ended,
    e.Reflected: _reflected,
}
