"""Views include; they never strip.

A view is built up from what a seat may know, field by field; nothing starts from the state and
takes things away. Its types (`view_types.py`) have no field in which a mark, an effect, a branch
condition, an unrevealed answer or another role's fact could travel. `docs/disclosure.md` lists what
reaches whom, and is the allow-list of the tests.
"""

from collections.abc import Mapping
from typing import Literal

from tabletop.exercise import view_types as v
from tabletop.exercise.engine import Engine
from tabletop.exercise.headings import heading
from tabletop.exercise.seats import Seat
from tabletop.exercise.settling import by_rule
from tabletop.exercise.state import PUBLIC, DecisionState, Passage, State

Words = Mapping[str, str | None]
REMEMBERED = 20_000
"""How many rendered passages an engine keeps before it begins anew; some 20 MB."""


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
    feed = _feed(engine, state, seat, words, language)
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
        brief=next((passage.text for passage in feed if passage.kind == "brief"), ""),
        status=_status(state),
        scene=scene_view(engine, state.scene) if here else None,
        scenes=tuple(
            scene_view(engine, scene) for scene in dict.fromkeys(p.scene for p in feed if p.scene)
        ),
        feed=feed,
        facts=_facts(engine, state, seat.role) if here else (),
        offers=_offers(engine, state, seat) if here else (),
        consents=_consents(engine, state, seat.role) if here else (),
        decisions=decisions,
        people=_people(engine, state, seat),
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
        scene=scene_view(engine, state.scene) if state.scene else None,
        feed=_feed(engine, state, anyone, words, language),
        answered=0,
        expected=0,
    )


def scene_title(engine: Engine, scene: str) -> str:
    """A scene's title, made from its identifier where it has none."""
    return engine.scenario.scenes[scene].title or scene.replace("_", " ").capitalize()


def scene_view(engine: Engine, scene: str) -> v.SceneView:
    """Where a scene stands among the modules."""
    found = engine.shown.get(scene)
    if isinstance(found, v.SceneView):
        return found
    here = engine.scenario.scenes[scene]
    modules = engine.modules
    module = engine.module_of[scene]
    made = v.SceneView(
        id=scene,
        title=scene_title(engine, scene),
        module=scene_title(engine, scene) if here.ending else module,
        number=0 if here.ending else modules.index(module) + 1,
        modules=len(modules),
        time=engine.filled(here.time or ""),
    )
    engine.shown[scene] = made
    return made


def _status(state: State) -> v.Status:
    return "paused" if state.paused else state.status


def _feed(
    engine: Engine, state: State, seat: Seat, words: Words, language: str
) -> tuple[v.PassageView, ...]:
    skipped = state.skipped.get(seat.id, ())
    found = []
    for number, passage in enumerate(state.feeds.get(seat.role, ()), start=1):
        said = words.get(passage.words) if passage.words else ""
        stand_in = _is_stand_in(state, passage.sender)
        key = (passage, number, seat, number in skipped, stand_in, said, language)
        shown = engine.shown.get(key)
        if not isinstance(shown, v.PassageView):
            shown = _passage(
                engine, seat, number, passage, number in skipped, stand_in, said, language
            )
            if len(engine.shown) > REMEMBERED:
                engine.shown.clear()
            engine.shown[key] = shown
        found.append(shown)
    return tuple(found)


def _passage(
    engine: Engine,
    seat: Seat,
    number: int,
    passage: Passage,
    skipped: bool,
    stand_in: bool,
    said: str | None,
    language: str,
) -> v.PassageView:
    fade = engine.fade(passage.path) if passage.path else None
    faded = fade is not None and (
        skipped or not set(seat.skips).isdisjoint(engine.themes_of(passage.path))
    )
    if passage.path:
        text = engine.text(fade if faded and fade is not None else passage.path)
    else:
        text = said or ""
    return v.PassageView(
        number=number,
        at=passage.at,
        scene=passage.scene,
        kind=passage.kind,
        heading=heading(engine, seat, passage, stand_in, language),
        title=_title(engine, passage),
        text=text,
        sender=passage.sender,
        stand_in=stand_in,
        skippable=fade is not None and not faded,
        faded=faded,
        erased=said is None,
    )


def _is_stand_in(state: State, role: str) -> bool:
    return bool(role) and bool(state.in_role(role)) and not state.played(role)


def _title(engine: Engine, passage: Passage) -> str:
    match passage.kind:
        case "inject":
            return engine.filled(engine.plan.inject(passage.item).title)
        case "outcome" | "advice" | "settled" if passage.item in engine.plan.scene_of_decision:
            return engine.filled(engine.plan.decision(passage.item).title)
        case "learned" | "told" | "shared" | "outcome":
            return fact_title(engine, passage.item, passage.path)
    return ""


def fact_title(engine: Engine, fact: str, path: str) -> str:
    """A fact's short name, or the beginning of the wording it is known in."""
    title = engine.scenario.facts[fact].title
    if title is not None:
        return engine.filled(title)
    text = engine.text(path) if path else fact
    first = text.split("\n", 1)[0].split(". ", 1)[0]
    return first if len(first) <= 60 else first[:57].rsplit(" ", 1)[0] + " …"


def _facts(engine: Engine, state: State, role: str) -> tuple[v.FactView, ...]:
    found = []
    for fact, known in state.known.get(role, {}).items():
        kind = engine.guidance.fact_classes[engine.scenario.facts[fact].fact_class]
        told = [
            offer[2]
            for offer, status in state.offers.items()
            if status == "taken" and offer[:2] == (fact, role)
        ]
        found.append(
            v.FactView(
                id=fact,
                title=fact_title(engine, fact, known.path),
                text=engine.text(known.path) if known.path else "",
                class_title=kind.title,
                how=known.how,
                disclosable=any(
                    engine.party(each) in kind.disclosable_if_held_by for each in (role, *told)
                ),
            )
        )
    return tuple(found)


def _offers(engine: Engine, state: State, seat: Seat) -> tuple[v.OfferView, ...]:
    if state.status != "running":
        return ()
    return tuple(
        v.OfferView(
            fact=fact,
            title=fact_title(engine, fact, state.known[holder][fact].path),
            to=to,
            to_name=engine.name(to),
        )
        for fact, holder, to in dict.fromkeys(
            offer[:3]
            for offer in engine.offers(state)
            if offer[1] == seat.role and state.offers.get(offer) == "open"
        )
        if not state.shared(fact, holder, to)
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


def _options(engine: Engine, decision: DecisionState, role: str) -> tuple[v.OptionView, ...]:
    return tuple(
        v.OptionView(option, engine.text(wordings[role]))
        for option, texts in decision.options
        if role in (wordings := dict(texts))
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
        options=_options(engine, decision, seat.role),
        reasons=tuple(
            v.OptionView(reason, engine.filled(each.text))
            for reason, each in authored.reasons.items()
        ),
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
        options=_options(engine, decision, seat.role),
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


def _people(engine: Engine, state: State, seat: Seat) -> tuple[v.PersonView, ...]:
    found = []
    for name, role in engine.scenario.roles.items():
        seats = state.in_role(name)
        who: Literal["you", "player", "stand-in", "joins later", "away"]
        if name == seat.role:
            who = "you"
        elif name not in state.joined:
            who = "joins later"
        elif all(each.kind == "stand_in" for each in seats):
            who = "stand-in"
        else:
            who = "away" if all(each.id in state.away for each in seats) else "player"
        found.append(v.PersonView(name, engine.name(name), role.discipline, who))
    return tuple(found)
