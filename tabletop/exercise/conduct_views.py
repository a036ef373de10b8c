"""Views for those who conduct, and for the screen that everyone sees.

Like a player's (`views.py`), they are built up field by field. What a facilitator sees is wide, not
unlimited: an answer before its reveal and a mark before the end are nobody's.
"""

from collections.abc import Iterator
from typing import Literal

from tabletop.exercise import conduct_types as v
from tabletop.exercise.conclusion_views import conclusions
from tabletop.exercise.engine import Engine
from tabletop.exercise.feeds import Words, feed, scene_title, worded
from tabletop.exercise.readers import Reader, passages_of
from tabletop.exercise.run import MINUTE, Run
from tabletop.exercise.seats import Seat
from tabletop.exercise.settling import by_rule
from tabletop.exercise.shown import once
from tabletop.exercise.state import CONDUCT, PUBLIC, DecisionState, Passage, State
from tabletop.exercise.view_types import CommitView, OptionView, SpreadView
from tabletop.exercise.views import commit_view, scene_view, spread, status_of
from tabletop.scenario.scenes import Inject

STEERING = (
    "advance", "say", "pause", "resume", "end", "jump", "rewind", "write", "admit", "set_timer"
)  # fmt: skip
"""What a facilitator may be offered as a whole; what concerns one thing stands beside it."""


def conduct_view(
    engine: Engine, state: State, seat_id: str, words: Words, language: str = "en"
) -> v.ConductView:
    """What someone who conducts sees now.

    Raises:
        KeyError: for a seat that is not at the table.
    """
    seat = state.seats[seat_id]
    scenario = engine.scenario
    here = scenario.scenes[state.scene] if state.scene else None
    ended = state.status == "ended"
    return v.ConductView(
        title=scenario.title,
        seat=seat_id,
        kind=seat.kind,
        status=status_of(state),
        care=state.care,
        carer=called(state, state.carer, words) if state.carer else "",
        scene=once(engine, scene_view, state.scene) if state.scene else None,
        modules=_modules(engine, state),
        scenes=tuple(once(engine, scene_view, name) for name in scenario.scenes),
        entered_at=state.entered_at,
        timer=state.timer,
        roles=tuple(
            v.RoleView(
                name,
                engine.name(name),
                role.discipline,
                role.hat or "",
                name in state.joined,
                role.joins or "",
            )
            for name, role in scenario.roles.items()
        ),
        seats=tuple(_seat(engine, state, each, words) for each in state.seats.values()),
        decisions=_decisions(engine, state, words),
        injects=tuple(_injects(engine, state)),
        feed=_feed(engine, state, seat, words, language),
        questions=tuple(
            (audience, tuple(engine.filled(each) for each in asked))
            for audience, asked in (here.questions if here else {}).items()
        ),
        notes=engine.filled(here.facilitator or "") if here else "",
        moments=tuple(
            v.MomentView(
                number,
                each.kind,
                scene_title(engine, each.item)
                if each.kind == "scene"
                else engine.filled(engine.plan.decision(each.item).title),
                each.at,
                each.item,
            )
            for number, each in enumerate(state.moments, 1)
        ),
        observations=tuple(
            v.ObservationView(
                each.at,
                each.scene,
                called(state, each.seat, words),
                each.kind,
                words.get(each.words) or "",
                each.passage,
                each.decision,
                each.practice,
                each.task,
                words.get(each.words) is None,
            )
            for each in state.observations
        ),
        practices=once(engine, _practices, state.scene),
        tasks=once(engine, _tasks),
        objectives=once(engine, _objectives),
        may=_may(engine, state, seat),
        branch=state.branch,
        ending=scene_title(engine, state.ending) if state.ending else "",
        ended_early=ended and not state.ending,
        closing=_closing(engine, state),
        conclusions=conclusions(state, words),
    )


def public_view(engine: Engine, state: State, words: Words, language: str = "en") -> v.PublicView:
    """What everyone in the room may see."""
    anyone = Reader("player", PUBLIC)
    return v.PublicView(
        title=engine.scenario.title,
        status=status_of(state),
        care=state.care,
        scene=once(engine, scene_view, state.scene) if state.scene else None,
        feed=feed(engine, state, anyone, words, language).shown,
        decisions=tuple(_public_decisions(engine, state)),
        timer=state.timer,
        branch=state.branch,
        ended_early=state.status == "ended" and not state.ending,
        closing=_closing(engine, state),
    )


def called(state: State, seat: str, words: Words) -> str:
    """What the person in a seat is called; empty where they gave no name or it was erased."""
    found = state.seats.get(seat)
    return (words.get(found.name) or "") if found is not None and found.name else ""


def _closing(engine: Engine, state: State) -> tuple[str, ...]:
    if not state.ending:
        return ()
    return tuple(engine.filled(line) for line in engine.scenario.scenes[state.ending].closing)


def _may(engine: Engine, state: State, seat: Seat) -> tuple[str, ...]:
    going = state.status == "running"
    observing: tuple[str, ...] = ()
    if seat.kind in ("facilitator", "evaluator") and state.status != "open":
        observing = ("observe",) if going else ("observe", "rate", "improve", "sign")
    if state.status == "ended":
        observing = (*observing, "reflect", "give_feedback")
    if seat.kind != "facilitator":
        return observing
    allowed = engine.allowed(state, seat.id)
    always = ("jump", "rewind", "admit", "set_timer") if going else ()
    unpaused = ("write",) if going and not state.paused else ()
    found = {*allowed, *always, *unpaused}
    return (*(name for name in STEERING if name in found), *observing)


def _modules(engine: Engine, state: State) -> tuple[v.ModuleView, ...]:
    scenes = engine.scenario.scenes
    current = engine.module_of[state.scene] if state.scene else ""
    found = []
    for module in engine.modules:
        inside = [name for name in scenes if engine.module_of[name] == module]
        if all(scenes[name].ending for name in inside):
            continue
        found.append(
            v.ModuleView(
                title=module,
                planned=sum(scenes[name].minutes for name in inside),
                used=sum(state.spent.get(name, 0) for name in inside),
                current=module == current and not scenes[state.scene].ending,
                visited=any(name in state.visited for name in inside),
            )
        )
    return tuple(found)


def _seat(engine: Engine, state: State, seat: Seat, words: Words) -> v.SeatView:
    asked = [
        decision
        for decision in state.decisions.values()
        if not decision.done and seat.role in decision.by and seat.role in state.joined
    ]
    told = len(passages_of(engine, state, seat.role, seat.id)) if seat.kind == "player" else 0
    return v.SeatView(
        id=seat.id,
        kind=seat.kind,
        role=seat.role,
        name=called(state, seat.id, words),
        agency=(words.get(seat.agency) or "") if seat.agency else "",
        away=seat.id in state.away,
        left=seat.id in state.left,
        unread=max(0, told - state.acknowledged.get(seat.id, 0)),
        asked=len(asked),
        answered=sum(seat.id in decision.answers for decision in asked),
    )


def _feed(
    engine: Engine, state: State, seat: Seat, words: Words, language: str
) -> tuple[v.ConductPassage, ...]:
    told = state.feeds.get(CONDUCT, ())
    return tuple(
        v.ConductPassage(
            once(
                engine,
                worded,
                CONDUCT,
                (),
                number,
                passage,
                passage.seat == seat.id,
                False,
                words.get(passage.words) if passage.words else "",
                language,
            ),
            tuple(role for role in passage.to if role not in (PUBLIC, CONDUCT)),
        )
        for number, passage in enumerate(told, 1)
        # What one role tells another is told here once, as it reached them.
        if not (passage.kind == "shared" and _heard(told[number:], passage))
    )


def _heard(after: tuple[Passage, ...], shared: Passage) -> bool:
    """Whether what was shared reached somebody, in the passage that comes next."""
    return bool(after) and (after[0].kind, after[0].item) == ("told", shared.item)


# Decisions.


def _decisions(engine: Engine, state: State, words: Words) -> tuple[v.ConductDecision, ...]:
    if not state.scene:
        return ()
    return tuple(
        _decision(engine, state, name, state.decisions.get(name, DecisionState()), words)
        for name in engine.scenario.scenes[state.scene].decisions
    )


def _decision(
    engine: Engine, state: State, name: str, decision: DecisionState, words: Words
) -> v.ConductDecision:
    authored = engine.plan.decision(name)
    seats = [each for role in decision.by for each in state.in_role(role)]
    people = [each for each in seats if each.kind == "player"]
    commits: tuple[CommitView, ...] = ()
    if decision.revealed or decision.settled:
        commits = tuple(
            commit_view(engine, state, each, name, decision, words)
            for each in seats
            if each.id in decision.answers
        )
    waits = any(e.kind == "stand_in" and e.id not in decision.answers for e in seats)
    ready = decision.revealed and not decision.settled and not waits
    rule = by_rule(state, decision, authored.rule) if ready else None
    going = state.status == "running" and not state.paused
    phase: Literal["waits", "open", "revealed", "settled", "passed"] = "open"
    if decision.passed:
        phase = "passed"
    elif not decision.options:
        phase = "waits"
    elif decision.settled:
        phase = "settled"
    elif decision.revealed:
        phase = "revealed"
    return v.ConductDecision(
        id=name,
        title=engine.filled(authored.title),
        ask=tuple((role, engine.text(path)) for role, path in decision.asks),
        by=decision.by or tuple(authored.by),
        consult=decision.consult,
        rule=authored.rule,
        options=tuple(_options(engine, decision)),
        phase=phase,
        answered=tuple(
            (
                role,
                sum(each.id in decision.answers for each in people if each.role == role),
                sum(each.role == role for each in people),
            )
            for role in decision.by
        ),
        commits=commits,
        spread=spread(engine, state, decision) if commits else (),
        settled=decision.settled,
        how=decision.how,
        may_reveal=going and phase == "open" and any(e.id in decision.answers for e in people),
        may_settle=going and rule is not None,
        may_choose=going and ready and rule is None,
    )


def _options(engine: Engine, decision: DecisionState) -> Iterator[OptionView]:
    for option, wordings in decision.options:
        texts = dict(wordings)
        first = next((texts[role] for role in decision.by if role in texts), "")
        yield OptionView(option, engine.text(first) if first else option)


def _public_decisions(engine: Engine, state: State) -> Iterator[v.PublicDecision]:
    if state.status != "running":
        return
    for name in engine.scenario.scenes[state.scene].decisions:
        decision = state.decisions.get(name)
        if decision is None or decision.done or not decision.options:
            continue
        people = [
            each
            for role in decision.by
            for each in state.in_role(role)
            if each.kind == "player" and each.id not in state.away
        ]
        # What everyone at the table reads alike is no secret among them.
        asks = {path for _, path in decision.asks}
        texts = [{path for _, path in wordings} for _, wordings in decision.options]
        shared = set(decision.by) >= set(state.joined) and all(
            len(paths) == 1 for paths in (asks, *texts)
        )
        letters = {option: chr(ord("A") + n) for n, (option, _) in enumerate(decision.options)}
        counted = spread(engine, state, decision) if decision.revealed else ()
        yield v.PublicDecision(
            title=engine.filled(engine.plan.decision(name).title) if shared else "",
            ask=engine.text(next(iter(asks))) if shared else "",
            options=tuple(each.text for each in _options(engine, decision)) if shared else (),
            answered=sum(each.id in decision.answers for each in people),
            expected=len(people),
            spread=tuple(
                SpreadView(each.discipline, tuple((letters[o], n) for o, n in each.counts))
                for each in counted
            ),
            phase="revealed" if decision.revealed else "open",
        )


# Injects, practices, tasks.


def _injects(engine: Engine, state: State) -> Iterator[v.InjectView]:
    if not state.scene:
        return
    run = Run(engine.plan, engine.law, state)
    here = engine.scenario.scenes[state.scene].injects
    later = {name: engine.plan.inject(name) for name in state.held if name not in here}
    for name, inject in {**here, **later}.items():
        coming = _coming(state, name, inject)
        at = state.scheduled.get(name, 0)
        if coming == "minute" and inject.at_minute is not None:
            at = state.entered_at + inject.at_minute * MINUTE
        waiting = coming in ("held", "scheduled", "kept back") and name in here
        yield v.InjectView(
            id=name,
            title=engine.filled(inject.title),
            sender=engine.filled(inject.sender or ""),
            to=tuple(inject.to),
            text=engine.text(
                f"{engine.plan.inject_path(name)}.text/{next(iter(inject.text.wordings()))[0]}"
            ),
            note=engine.filled(inject.note or ""),
            expect=engine.filled(inject.expect or ""),
            coming=coming,
            at=at,
            may_release=waiting
            and state.status == "running"
            and not state.paused
            and run.may_release(inject),
        )


def _coming(state: State, name: str, inject: Inject) -> v.Coming:
    if name in state.delivered:
        return "came"
    if name in state.omitted:
        return "left out"
    if name in state.held:
        return "kept back"
    if name in state.scheduled:
        return "scheduled"
    if inject.held:
        return "held"
    if inject.at_minute is not None:
        return "minute"
    return "condition" if inject.when is not None else "entry"


def _practices(engine: Engine, scene: str) -> tuple[v.SubjectView, ...]:
    if not scene:
        return ()
    names = dict.fromkeys(
        practice
        for decision in engine.scenario.scenes[scene].decisions.values()
        for practice in (
            *decision.practices,
            *(each for option in decision.options.values() for each in option.practices),
        )
    )
    return tuple(v.SubjectView(name, engine.guidance.practices[name].title) for name in names)


def _objectives(engine: Engine) -> tuple[v.SubjectView, ...]:
    return tuple(
        v.SubjectView(name, engine.filled(objective.title))
        for name, objective in engine.scenario.objectives.items()
    )


def _tasks(engine: Engine) -> tuple[v.SubjectView, ...]:
    return tuple(
        v.SubjectView(f"{name}.{task}", engine.filled(each.text))
        for name, objective in engine.scenario.objectives.items()
        for task, each in objective.tasks.items()
    )
