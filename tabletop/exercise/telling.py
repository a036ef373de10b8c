"""Telling: sharing facts, saying things, advising, reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.exercise import commands as c
from tabletop.exercise import events as e
from tabletop.exercise.permission import going, open_decision, playing
from tabletop.exercise.readers import passages_of
from tabletop.exercise.refusals import Refused
from tabletop.exercise.run import Run
from tabletop.exercise.seats import Seat
from tabletop.scenario.model import Share

if TYPE_CHECKING:
    from tabletop.exercise.engine import Engine


def share(engine: Engine, run: Run, seat: str, command: c.Share) -> None:
    """Shares a fact with a role while its window is open, once."""
    found = playing(engine, run, seat)
    state, role = run.state, found.role
    if not state.knows(role, command.fact):
        raise Refused("not_known")
    if state.shared(command.fact, role, command.to):
        raise Refused("already_shared")
    offer = next(
        (
            offer
            for offer in run.offers()
            if offer[:3] == (command.fact, role, command.to) and state.offers.get(offer) == "open"
        ),
        None,
    )
    if offer is None:
        raise Refused("no_offer")
    share = engine.scenario.facts[command.fact].share[offer[3]]
    tell_fact(engine, run, seat, role, command, share, offer[3])


def tell_fact(
    engine: Engine, run: Run, seat: str, role: str, command: c.Share, share: Share, offer: int
) -> None:
    """Lets a shared fact reach its recipient, or only word that it exists."""
    fact, to = command.fact, command.to
    mark, consent, number = run.share_mark(fact, offer)
    told = not engine.withheld(fact, to)
    run.emit(
        e.FactShared(
            fact,
            role,
            to,
            told,
            offer,
            number,
            consent,
            mark.vc,
            mark.ci,
            share.kept.vc if share.kept else 0,
            share.kept.ci if share.kept else 0,
            mark.critical,
            run.state.played(role),
        )
    )
    known = run.state.known[role][fact]
    run.emit(e.Told("shared", (role,), fact, known.path, "", to, seat))
    if told:
        run.learn(to, fact, "shared")
        path = run.state.known[to][fact].path
        run.emit(e.Told("told", (to,), fact, path, "", role, seat))
    else:
        run.emit(e.Told("withheld", (to,), "", "", "", role, seat))
    run.affect(share)
    if share.outcome is not None:
        path = f"facts.{fact}.share.{offer}.outcome"
        run.tell("outcome", share.outcome, path, (role,), item=fact)


def speak(engine: Engine, run: Run, seat: str, command: c.Say) -> None:
    """Says something to a role, to all, to the facilitator, or as advice."""
    if command.about:
        advise(engine, run, playing(engine, run, seat), command)
        return
    found, others = heard_by(engine, run, seat, command.to)
    if not command.words:
        raise Refused("no_words")
    own = (found.role,) if found.role else ("facilitator",)
    run.emit(e.Told("message", (*own, *others), command.to, "", command.words, found.role, seat))


def heard_by(engine: Engine, run: Run, seat: str, addressed: str) -> tuple[Seat, tuple[str, ...]]:
    """The seat, where it may say something, and the others who would hear it."""
    found = going(engine, run, seat)
    if found.kind == "stand_in":
        raise Refused("not_a_person")
    if found.kind in ("evaluator", "observer"):
        raise Refused("only_watching")
    if found.kind == "player":
        playing(engine, run, seat)
    if addressed == "facilitator":
        to: tuple[str, ...] = ("facilitator",) if run.state.facilitated else ()
    else:
        to = run.present((addressed,))
    others = tuple(role for role in to if role != found.role)
    if not others:
        raise Refused("no_recipient")
    return found, others


def advise(engine: Engine, run: Run, found: Seat, command: c.Say) -> None:
    """Gives advice on a decision to those who decide; a stand-in gives the authored one."""
    decision = open_decision(engine, run, command.about)
    if found.role not in decision.consult:
        raise Refused("not_consulted")
    to = (found.role, *decision.by)
    if found.kind == "player":
        if not command.words:
            raise Refused("no_words")
        run.emit(e.Told("advice", to, command.about, "", command.words, found.role, found.id))
        return
    advice = engine.plan.decision(command.about).advice.get(found.role)
    if advice is None or command.words:
        raise Refused("no_words")
    if found.role in decision.advised:
        raise Refused("already_advised")
    path = f"{engine.plan.decision_path(command.about)}.advice.{found.role}"
    run.tell("advice", advice, path, to, item=command.about, sender=found.role, seat=found.id)


def acknowledge(engine: Engine, run: Run, seat: str, command: c.Acknowledge) -> None:
    """Notes how far a player has read."""
    found = going(engine, run, seat, away=True)
    if found.kind != "player":
        raise Refused("not_a_person")
    if not 0 < command.passages <= len(passages_of(engine, run.state, found.role, seat)):
        raise Refused("no_passage")
    if command.passages <= run.state.acknowledged.get(seat, 0):
        raise Refused("read_already")
    run.emit(e.Acknowledged(seat, command.passages))


def skip(engine: Engine, run: Run, seat: str, command: c.Skip) -> None:
    """Chooses the gentler wording of a passage."""
    state = run.state
    found = state.seats.get(seat)
    if found is None or found.kind != "player":
        raise Refused("no_seat")
    feed = passages_of(engine, state, found.role, seat)
    if not 1 <= command.passage <= len(feed):
        raise Refused("no_passage")
    path = feed[command.passage - 1].path
    faded = engine.fade(path) is None
    if faded or command.passage in state.skipped.get(seat, ()):
        raise Refused("no_fade")
    run.emit(e.Skipped(seat, command.passage))
