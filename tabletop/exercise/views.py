"""Views include; they never strip.

A view is built up from what a seat may know, field by field; nothing starts from the state and
takes things away. Its types (`view_types.py`) have no field in which a mark, an effect, a branch
condition, an unrevealed answer or another role's fact could travel. `docs/disclosure.md` lists what
reaches whom, and is the allow-list of the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from tabletop.exercise import view_types as v
from tabletop.exercise.engine import Engine
from tabletop.exercise.feeds import Words, fact_title, feed, scene_title
from tabletop.exercise.readers import Reader, passages_of, reader
from tabletop.exercise.seats import Seat
from tabletop.exercise.settling import by_rule
from tabletop.exercise.shown import once, renewed
from tabletop.exercise.state import DecisionState, State


def view(
    engine: Engine, state: State, seat_id: str, words: Words, language: str = "en"
) -> v.PlayerView:
    """What a player or stand-in may know now.

    Raises:
        KeyError: for a seat that is not a player's or stand-in's.
    """
    who = reader(engine, state, state.seats[seat_id])
    role = engine.scenario.roles[who.role]
    here = who.role in state.joined
    told = feed(engine, state, who, words, language)
    scenario = engine.scenario
    ended = state.status == "ended"
    table = (state.by_role, state.joined, state.away)
    known = state.known.get(who.role)
    heard = _heard(engine, state, words)
    may = renewed(
        engine,
        "may",
        (who.kind, who.role, who.away, who.left),
        (state.status, state.paused, state.facilitated, state.care, engine.decided(state), table),
        lambda: engine.allowed(state, seat_id),
    )
    decisions = _decisions(engine, state, who, words, heard) if here else ()
    return v.PlayerView(
        title=scenario.title,
        role=who.role,
        name=engine.name(who.role),
        discipline=role.discipline,
        brief=next((passage.text for passage in told.shown if passage.kind == "brief"), ""),
        status=status_of(state),
        scene=once(engine, scene_view, state.scene) if here else None,
        scenes=once(engine, _scenes, told.scenes),
        feed=told.shown,
        facts=renewed(
            engine,
            "facts",
            (who.role, who.skips, who.skipped, who.own if who.skipped else ""),
            (here, known, state.offers),
            lambda: _facts(engine, state, who) if here else (),
        ),
        offers=renewed(
            engine,
            "offers",
            who.role,
            (here, known, state.offers, state.status, state.scene, state.joined),
            lambda: _offers(engine, state, who.role) if here else (),
        ),
        consents=renewed(
            engine,
            "consents",
            who.role,
            (here, known, state.consents),
            lambda: _consents(engine, state, who.role) if here else (),
        ),
        decisions=decisions,
        people=renewed(
            engine,
            "people",
            who.role,
            (table, heard),
            lambda: _people(engine, state, who.role, words),
        ),
        may=may,
        waiting=here
        and not ended
        and "advance" not in may
        and all(each.part == "consult" or each.phase == "settled" for each in decisions),
        joins="" if here or role.joins is None else scene_title(engine, role.joins),
        ended_early=ended and not state.ending,
        closing=tuple(engine.filled(line) for line in scenario.scenes[state.ending].closing)
        if ended and state.ending
        else (),
        support=engine.filled(scenario.support) if ended else "",
        facilitated=state.facilitated,
        care=state.care,
        timer=state.timer,
        branch=state.branch,
        written=_written(state, who.own, words) if who.own else (),
    )


def _written(state: State, seat: str, words: Words) -> tuple[v.WrittenView, ...]:
    return tuple(
        v.WrittenView(prompt, *((words.get(each) or "") if each else "" for each in said))
        for prompt, said in state.reflections.get(seat, {}).items()
    )


def view_as(
    engine: Engine, state: State, role: str, words: Words, language: str = "en"
) -> v.PlayerView:
    """What a role sees: the view of its first seat, less what is that seat's own affair.

    That is what it chose to skip, and what it wrote about itself once it was over.

    Raises:
        KeyError: for a role that is not of the scenario.
    """
    seat = state.by_role[role][0]
    bare = replace(seat, skips=())
    others = state.by_role[role][1:]
    table = {**state.by_role, role: (bare, *others)}
    seats = {**state.seats, seat.id: bare}
    skipped = {each: numbers for each, numbers in state.skipped.items() if each != seat.id}
    shown = state.but(seats=seats, by_role=table, skipped=skipped, reflections={})
    return view(engine, shown, seat.id, words, language)


def scene_view(engine: Engine, scene: str) -> v.SceneView:
    """Where a scene stands among the modules."""
    here = engine.scenario.scenes[scene]
    modules = engine.modules
    module = engine.module_of[scene]
    return v.SceneView(
        id=scene,
        title=scene_title(engine, scene),
        module=scene_title(engine, scene) if here.ending else module,
        number=0 if here.ending else modules.index(module) + 1,
        modules=len(modules),
        time=engine.filled(here.time or ""),
    )


def _scenes(engine: Engine, scenes: tuple[str, ...]) -> tuple[v.SceneView, ...]:
    return tuple(scene_view(engine, scene) for scene in scenes)


def status_of(state: State) -> v.Status:
    """How an exercise stands, a pause being one way."""
    return "paused" if state.paused else state.status


def _facts(engine: Engine, state: State, who: Reader) -> tuple[v.FactView, ...]:
    role = who.role
    passages = passages_of(engine, state, role, who.own)
    left_out = {passages[number - 1].path for number in who.skipped}
    aware: dict[str, list[str]] = {}
    for (fact, holder, to, _), status in state.offers.items():
        if status == "taken" and holder == role:
            aware.setdefault(fact, [role]).append(to)
    found = []
    for fact, known in state.known.get(role, {}).items():
        kind = engine.guidance.fact_classes[engine.scenario.facts[fact].fact_class]
        skips = not set(who.skips).isdisjoint(engine.themes_of(known.path))
        fade = engine.fade(known.path) if skips or known.path in left_out else None
        found.append(
            v.FactView(
                id=fact,
                title=fact_title(engine, fact, known.path),
                text=engine.text(fade or known.path) if known.path else "",
                class_title=kind.title,
                how=known.how,
                disclosable=any(
                    engine.party(each) in kind.disclosable_if_held_by
                    for each in aware.get(fact, (role,))
                ),
            )
        )
    return tuple(found)


def _offers(engine: Engine, state: State, role: str) -> tuple[v.OfferView, ...]:
    if state.status != "running":
        return ()
    standing = dict.fromkeys(
        (offer[0], offer[2])
        for offer in engine.offers(state, role)
        if state.offers.get(offer) == "open"
    )
    return tuple(
        v.OfferView(
            fact=fact,
            title=fact_title(engine, fact, state.known[role][fact].path),
            to=to,
            to_name=engine.name(to),
        )
        for fact, to in standing
        if not state.shared(fact, role, to)
    )


def _consents(engine: Engine, state: State, role: str) -> tuple[v.ConsentView, ...]:
    known = state.known.get(role, {})
    standing: dict[str | None, Literal["in force", "ended", "not given"]] = {
        "granted": "in force",
        "ended": "ended",
        None: "not given",
    }
    return tuple(
        v.ConsentView(name, engine.consent_text(name), standing[state.consents.get(name)])
        for name, consent in engine.scenario.consents.items()
        if any(fact in known and known[fact].how != "shared" for fact in consent.covers)
    )


def _heard(engine: Engine, state: State, words: Words) -> tuple[str | None, ...]:
    """What everyone is called, as everything depends on that shows names."""
    last = engine.shown.get(_heard)
    if last is None or last[0] is not state.seats:
        names = tuple(each.name for each in state.seats.values() if each.name)
        last = engine.shown[_heard] = (state.seats, names)
    return tuple(map(words.get, last[1]))


def _decisions(
    engine: Engine,
    state: State,
    who: Reader,
    words: Words,
    called: tuple[str | None, ...],
) -> tuple[v.DecisionView, ...]:
    found = []
    for name in engine.scenario.scenes[state.scene].decisions:
        decision = state.decisions.get(name)
        if decision is None or decision.passed:
            continue
        if who.role in decision.by:
            said = tuple([words.get(each.reason) for each in decision.answers.values()])
            table = (state.by_role, state.away, state.paused, state.facilitated)
            answers = renewed(
                engine,
                f"answers.{name}",
                "",
                (decision, table, said, called),
                partial(_answers, engine, state, name, decision, words),
            )
            found.append(
                renewed(
                    engine,
                    f"decisions.{name}",
                    (who.role, who.own),
                    (decision, answers),
                    partial(_decided, engine, who, name, decision, answers),
                )
            )
        elif who.role in decision.consult:
            consulted = partial(_consulted, engine, who.role, name, decision)
            found.append(renewed(engine, f"consulted.{name}", who.role, (decision,), consulted))
    return tuple(found)


def _options(engine: Engine, decision: DecisionState, role: str) -> tuple[v.OptionView, ...]:
    return tuple(
        v.OptionView(option, engine.text(wordings[role]))
        for option, texts in decision.options
        if role in (wordings := dict(texts))
    )


@dataclass(frozen=True, eq=False)
class _Answers:
    """What was answered to a decision, worked out once for everyone who decides."""

    given: Mapping[str, v.CommitView]
    """By seat; nobody is shown more of it than they may see."""
    spread: tuple[v.SpreadView, ...]
    answered: int
    expected: int
    may_settle: bool
    may_choose: bool


def _answers(
    engine: Engine, state: State, name: str, decision: DecisionState, words: Words
) -> _Answers:
    seats = [each for role in decision.by for each in state.in_role(role)]
    given = {
        each.id: commit_view(engine, state, each, name, decision, words)
        for each in seats
        if each.id in decision.answers
    }
    waited = [each for each in seats if each.kind == "player" and each.id not in state.away]
    ready = (
        decision.revealed
        and not decision.settled
        and len(given)
        == len([each for each in seats if each.kind == "stand_in" or each.id in given])
    )
    rule = by_rule(state, decision, engine.plan.decision(name).rule) if ready else None
    return _Answers(
        given,
        spread(engine, state, decision) if decision.revealed else (),
        answered=sum(1 for each in waited if each.id in decision.answers),
        expected=len(waited),
        may_settle=rule is not None and not state.paused,
        may_choose=ready and rule is None and not state.facilitated and not state.paused,
    )


def _decided(
    engine: Engine, who: Reader, name: str, decision: DecisionState, answers: _Answers
) -> v.DecisionView:
    authored, role = engine.plan.decision(name), who.role
    asks = dict(decision.asks)
    return v.DecisionView(
        id=name,
        title=engine.filled(authored.title),
        ask=engine.text(asks[role]) if role in asks else "",
        part="decide",
        options=renewed(
            engine,
            f"options.{name}",
            role,
            (decision.options,),
            lambda: _options(engine, decision, role),
        ),
        reasons=tuple(
            v.OptionView(reason, engine.filled(each.text))
            for reason, each in authored.reasons.items()
        ),
        consulted=tuple(engine.name(role) for role in decision.consult),
        phase="settled" if decision.settled else "revealed" if decision.revealed else "open",
        mine=answers.given.get(who.own),
        commits=tuple(answers.given.values()) if decision.revealed else (),
        spread=answers.spread,
        answered=answers.answered,
        expected=answers.expected,
        settled=decision.settled,
        may_settle=answers.may_settle,
        may_choose=answers.may_choose,
    )


def commit_view(
    engine: Engine, state: State, seat: Seat, name: str, decision: DecisionState, words: Words
) -> v.CommitView:
    """A seat's answer, as those who may see it read it."""
    answer = decision.answers[seat.id]
    authored = engine.plan.decision(name)
    reason = authored.reasons.get(answer.because)
    return v.CommitView(
        name=engine.name(seat.role),
        role=seat.role,
        option=answer.option,
        reason=(words.get(answer.reason) or "") if answer.reason else "",
        because=engine.filled(reason.text) if reason is not None else "",
        confidence=answer.confidence,
        stand_in=seat.kind == "stand_in",
        person=_called(state, seat, words),
    )


def _called(state: State, seat: Seat, words: Words) -> str:
    """What a person is called, among several who may share a role."""
    return (words.get(seat.name) or "") if state.facilitated and seat.name else ""


def spread(engine: Engine, state: State, decision: DecisionState) -> tuple[v.SpreadView, ...]:
    """How people answered, discipline by discipline; nothing where fewer than two did."""
    counts: dict[str, dict[str, int]] = {}
    people = 0
    for role in decision.by:
        for seat in state.in_role(role):
            answer = decision.answers.get(seat.id)
            if seat.kind == "player" and answer is not None:
                inside = counts.setdefault(engine.scenario.roles[role].discipline, {})
                inside[answer.option] = inside.get(answer.option, 0) + 1
                people += 1
    if people < 2:
        return ()
    shown = decision.shown()
    return tuple(
        v.SpreadView(each, tuple((o, chosen[o]) for o in shown if o in chosen))
        for each, chosen in counts.items()
    )


def _consulted(engine: Engine, role: str, name: str, decision: DecisionState) -> v.DecisionView:
    asks = dict(decision.asks)
    return v.DecisionView(
        id=name,
        title=engine.filled(engine.plan.decision(name).title),
        ask=engine.text(asks[role]) if role in asks else "",
        part="consult",
        options=_options(engine, decision, role),
        reasons=(),
        consulted=(),
        phase="settled" if decision.settled else "open",
        mine=None,
        commits=(),
        answered=0,
        expected=0,
        settled="",
        may_settle=False,
        may_choose=False,
    )


def _people(engine: Engine, state: State, mine: str, words: Words) -> tuple[v.PersonView, ...]:
    found = []
    for name, role in engine.scenario.roles.items():
        seats = state.in_role(name)
        who: Literal["you", "player", "stand-in", "joins later", "away"]
        if name == mine:
            who = "you"
        elif name not in state.joined:
            who = "joins later"
        elif all(each.kind == "stand_in" for each in seats):
            who = "stand-in"
        else:
            who = "away" if all(each.id in state.away for each in seats) else "player"
        called = tuple(filter(None, (_called(state, each, words) for each in seats)))
        found.append(v.PersonView(name, engine.name(name), role.discipline, who, called))
    return tuple(found)
