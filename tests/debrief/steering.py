"""Random plays: by people alone, and with a facilitator who does whatever may be done."""

from random import Random

from debrief_table import MINUTE, Table

from tabletop.exercise import commands as c
from tabletop.exercise.evolve import apply
from tabletop.exercise.record import Entry, trunk
from tabletop.exercise.refusals import Refused
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State

MOVES = 80
WHO = "facilitator"


def played(text: str, people: tuple[str, ...], seed: int) -> Table:
    """A random play; it may stop where nobody can do anything."""
    table, chance = Table(text, people), Random(seed)
    for _ in range(MOVES):
        if table.state.status != "running" or not act(table, chance, people):
            break
    return table


def act(table: Table, chance: Random, people) -> bool:
    """Somebody does something; not if nobody can."""
    able: list[tuple[str, c.Command]] = []
    for seat in people:
        for command in table.engine.legal(table.state, seat):
            if isinstance(command, c.Commit):
                if seat not in table.state.decisions[command.decision].answers:
                    able.append((seat, command))
            elif isinstance(command, (c.Settle, c.Advance)) or (
                isinstance(command, c.Share) and chance.random() < 0.4
            ):
                able.append((seat, command))
    if not able:
        return False
    seat, command = chance.choice(able)
    if isinstance(command, c.Commit):
        reasons = ["", *table.engine.plan.decision(command.decision).reasons]
        number = len(table.entries)
        reason = "It seemed right." if number % 3 else ""
        because = chance.choice(reasons)
        command = c.Commit(command.decision, command.option, reason, because, number % 5)
    table.do(seat, command)
    return True


def facilitated(text: str, people: tuple[str, ...], seed: int, *, most: int = 4) -> Table:
    """A random play with a facilitator, who does something out of the way a few times."""
    table, chance = Table(text, people, facilitated=True), Random(seed)
    left, wild = most, most / 16
    for _ in range(MOVES):
        if table.state.status != "running":
            break
        if left and chance.random() < wild:
            left -= 1
            steer(table, chance)
        else:
            seats = [
                seat.id
                for seat in table.state.seats.values()
                if seat.kind in ("player", "facilitator") and seat.id not in table.state.left
            ]
            if not act(table, chance, seats):
                break
    return table


def steer(table: Table, chance: Random) -> None:
    """One thing that only a facilitated exercise knows; nothing where it is refused."""
    state, scenario = table.state, table.engine.scenario
    injects = list(table.engine.plan.scene_of_inject) or [""]
    players = [s.id for s in state.seats.values() if s.kind == "player" and s.id not in state.left]
    open_ = [n for n, d in state.decisions.items() if not d.done and d.shown()] or [""]
    options = state.decisions[open_[0]].shown() if open_[0] else ("",)
    role = chance.choice(list(scenario.roles))
    moment = chance.randint(1, max(1, len(state.moments)))
    command = chance.choice(
        (
            c.Jump(chance.choice(list(scenario.scenes))),
            c.Jump(chance.choice([*state.visited])),
            c.Rewind(moment),
            c.Rewind(moment),
            c.Settle(open_[0], chance.choice(options)),
            c.Settle(open_[0], chance.choice(options)),
            c.Reveal(open_[0]),
            c.Move(chance.choice(players), role) if players else c.Reveal(""),
            c.Dismiss(chance.choice(players)) if players else c.Reveal(""),
            c.Admit(Seat(f"late-{len(table.entries)}", "player", role)),
            c.Write(("all",), "Something is in the news."),
            c.Release(chance.choice(injects)),
            c.Release(chance.choice(injects)),
            c.Hold(chance.choice(injects)),
            c.Omit(chance.choice(injects)),
            c.Schedule(chance.choice(injects), table.at + chance.randint(0, 2) * MINUTE),
            c.PassTime(table.at + 5 * MINUTE + 7_000),
        )
    )
    try:
        if isinstance(command, c.Rewind):
            rewind(table, command)
        else:
            if isinstance(command, c.PassTime):
                table.at = command.to
            table.do(WHO, command)
    except (Refused, KeyError):
        return


def rewind(table: Table, command: c.Rewind) -> None:
    """Goes on from an earlier moment, as a room does."""
    state, earlier = State(), None
    for entry in trunk(table.entries):
        state, earlier = apply(state, entry.at, entry.events), entry
        if len(state.moments) >= command.moment:
            break
    assert earlier is not None
    made = table.engine.rewind(table.state, state, WHO, command)
    seq = len(table.entries) + 1
    table.entries.append(Entry(seq, earlier.seq, state.at, WHO, f"k{seq}", made))
    table.state, table.at = apply(state, state.at, made), state.at
    for each in table.state.seats:
        proposed = table.engine.proposal(table.state, each)
        if proposed is not None:
            table.do(each, proposed)
            return
