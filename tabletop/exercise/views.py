"""Views include; they never strip.

A view is built up from what a seat may know, field by field; nothing starts from the state and
takes things away. Its types (`view_types.py`) have no field in which a mark, an effect, a branch
condition, an unrevealed answer or another role's fact could travel. `docs/disclosure.md` lists what
reaches whom, and is the allow-list of the tests.
"""

from typing import Literal

from tabletop.exercise import view_types as v
from tabletop.exercise.engine import Engine
from tabletop.exercise.feeds import Words, fact_title, feed, once
from tabletop.exercise.seats import Seat
from tabletop.exercise.settling import by_rule
from tabletop.exercise.state import PUBLIC, DecisionState, Known, State


def view(
    engine: Engine, state: State, seat_id: str, words: Words, language: str = "en"
) -> v.PlayerView:
    """What a player or stand-in may know now.

    Raises:
        KeyError: for a seat that is not a player's or stand-in's.
    """
    seat = state.seats[seat_id]
    role = engine.scenario.roles[seat.role]
    here = seat.role in state.joined
    told = feed(engine, state, seat, words, language)
    scenario = engine.scenario
    ended = state.status == "ended"
    may = engine.allowed(state, seat_id)
    decisions = _decisions(engine, state, seat, words) if here else ()
    return v.PlayerView(
        title=scenario.title,
        seat=seat_id,
        role=seat.role,
        name=engine.name(seat.role),
        discipline=role.discipline,
        brief=next((passage.text for passage in told.shown if passage.kind == "brief"), ""),
        status=_status(state),
        scene=once(engine, scene_view, state.scene) if here else None,
        scenes=once(engine, _scenes, told.scenes),
        feed=told.shown,
        facts=_facts(engine, state, seat.role) if here else (),
        offers=_offers(engine, state, seat) if here else (),
        consents=_consents(engine, state, seat.role) if here else (),
        decisions=decisions,
        people=once(
            engine, _people, seat.role, tuple(state.seats.values()), state.joined, state.away
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
    )


def public_view(engine: Engine, state: State, words: Words, language: str = "en") -> v.PublicView:
    """What everyone in the room may see."""
    anyone = Seat(PUBLIC, "player", PUBLIC)
    return v.PublicView(
        title=engine.scenario.title,
        status=_status(state),
        scene=once(engine, scene_view, state.scene) if state.scene else None,
        feed=feed(engine, state, anyone, words, language).shown,
        answered=0,
        expected=0,
    )


def scene_title(engine: Engine, scene: str) -> str:
    """A scene's title, made from its identifier where it has none."""
    return engine.scenario.scenes[scene].title or scene.replace("_", " ").capitalize()


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


def _status(state: State) -> v.Status:
    return "paused" if state.paused else state.status


def _facts(engine: Engine, state: State, role: str) -> tuple[v.FactView, ...]:
    aware: dict[str, set[str]] = {}
    for (fact, holder, to, _), status in state.offers.items():
        if status == "taken" and holder == role:
            aware.setdefault(fact, {role}).add(to)
    alone = frozenset((role,))
    return tuple(
        once(engine, _fact, fact, known, frozenset(aware[fact]) if fact in aware else alone)
        for fact, known in state.known.get(role, {}).items()
    )


def _fact(engine: Engine, fact: str, known: Known, aware: frozenset[str]) -> v.FactView:
    """A fact, and to which roles its holder knows it has come."""
    kind = engine.guidance.fact_classes[engine.scenario.facts[fact].fact_class]
    return v.FactView(
        id=fact,
        title=fact_title(engine, fact, known.path),
        text=engine.text(known.path) if known.path else "",
        class_title=kind.title,
        how=known.how,
        disclosable=any(engine.party(role) in kind.disclosable_if_held_by for role in aware),
    )


def _offers(engine: Engine, state: State, seat: Seat) -> tuple[v.OfferView, ...]:
    if state.status != "running":
        return ()
    standing = dict.fromkeys(
        (offer[0], offer[2])
        for offer in engine.offers(state, seat.role)
        if state.offers.get(offer) == "open"
    )
    return tuple(
        once(engine, _offer, fact, state.known[seat.role][fact].path, to)
        for fact, to in standing
        if not state.shared(fact, seat.role, to)
    )


def _offer(engine: Engine, fact: str, path: str, to: str) -> v.OfferView:
    return v.OfferView(
        fact=fact, title=fact_title(engine, fact, path), to=to, to_name=engine.name(to)
    )


def _consents(engine: Engine, state: State, role: str) -> tuple[v.ConsentView, ...]:
    known = state.known.get(role, {})
    return tuple(
        once(engine, _consent, name, state.consents.get(name))
        for name, consent in engine.scenario.consents.items()
        if any(fact in known and known[fact].how != "shared" for fact in consent.covers)
    )


def _consent(
    engine: Engine, consent: str, standing: Literal["granted", "ended"] | None
) -> v.ConsentView:
    said: dict[str | None, Literal["in force", "ended", "not given"]] = {
        "granted": "in force",
        "ended": "ended",
        None: "not given",
    }
    return v.ConsentView(consent, engine.consent_text(consent), said[standing])


def _decisions(
    engine: Engine, state: State, seat: Seat, words: Words
) -> tuple[v.DecisionView, ...]:
    found = []
    for name in engine.scenario.scenes[state.scene].decisions:
        decision = state.decisions.get(name)
        if decision is None or decision.passed:
            continue
        if seat.role in decision.by:
            found.append(_decided(engine, state, seat, name, decision, words))
        elif seat.role in decision.consult:
            found.append(_consulted(engine, state, seat, name, decision))
    return tuple(found)


def _options(
    engine: Engine, options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...], role: str
) -> tuple[v.OptionView, ...]:
    return tuple(
        v.OptionView(option, engine.text(wordings[role]))
        for option, texts in options
        if role in (wordings := dict(texts))
    )


def _reasons(engine: Engine, decision: str) -> tuple[v.OptionView, ...]:
    return tuple(
        v.OptionView(reason, engine.filled(each.text))
        for reason, each in engine.plan.decision(decision).reasons.items()
    )


def _decided(
    engine: Engine, state: State, seat: Seat, name: str, decision: DecisionState, words: Words
) -> v.DecisionView:
    authored = engine.plan.decision(name)
    seats = [each for role in decision.by for each in state.in_role(role)]
    given = {
        each.id: _answer(engine, each, name, decision, words)
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
    rule = by_rule(state, decision, authored.rule) if ready else None
    asks = dict(decision.asks)
    return v.DecisionView(
        id=name,
        title=engine.filled(authored.title),
        ask=engine.text(asks[seat.role]) if seat.role in asks else "",
        part="decide",
        options=once(engine, _options, decision.options, seat.role),
        reasons=once(engine, _reasons, name),
        consulted=tuple(engine.name(role) for role in decision.consult),
        phase="settled" if decision.settled else "revealed" if decision.revealed else "open",
        mine=given.get(seat.id),
        commits=tuple(given.values()) if decision.revealed else (),
        answered=sum(1 for each in waited if each.id in decision.answers),
        expected=len(waited),
        settled=decision.settled,
        may_settle=rule is not None and not state.paused,
        may_choose=ready and rule is None and not state.facilitated and not state.paused,
    )


def _answer(
    engine: Engine, seat: Seat, name: str, decision: DecisionState, words: Words
) -> v.CommitView:
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
    )


def _consulted(
    engine: Engine, state: State, seat: Seat, name: str, decision: DecisionState
) -> v.DecisionView:
    asks = dict(decision.asks)
    return v.DecisionView(
        id=name,
        title=engine.filled(engine.plan.decision(name).title),
        ask=engine.text(asks[seat.role]) if seat.role in asks else "",
        part="consult",
        options=once(engine, _options, decision.options, seat.role),
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


def _people(
    engine: Engine, own: str, seats: tuple[Seat, ...], joined: tuple[str, ...], away: tuple[str, ...]
) -> tuple[v.PersonView, ...]:
    found = []
    for name, role in engine.scenario.roles.items():
        there = [each for each in seats if each.role == name]
        who: Literal["you", "player", "stand-in", "joins later", "away"]
        if name == own:
            who = "you"
        elif name not in joined:
            who = "joins later"
        elif all(each.kind == "stand_in" for each in there):
            who = "stand-in"
        else:
            who = "away" if all(each.id in away for each in there) else "player"
        found.append(v.PersonView(name, engine.name(name), role.discipline, who))
    return tuple(found)
