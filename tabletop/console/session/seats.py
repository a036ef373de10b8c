"""Seats: who sits where at a table, whether they are there, and what each of them has done."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from tabletop.conduct.session.frames import ConductFrame, PersonRow, SessionView
from tabletop.console.session.panels import clock
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, plain
from tabletop.exercise.conduct_types import ConductView, RoleView, SeatView
from tabletop.wording import say

QUIET = 2 * 60_000
"""Exercise milliseconds without an act after which someone who is asked counts as quiet."""
NAME = 12
"""Cells that names are filled up to, so that what people do stands in a column."""

SIGNS = {"committed": "✓", "reading": "·", "deciding": "▸", "waiting": " ", "stepped out": "-"}


def seats(frame: ConductFrame, elapsed: int, passed: int) -> tuple[Block, ...]:
    """Everyone at the table looked at, `passed` seconds after the frame came."""
    view = frame.view
    if view is None:
        return ()
    rows = {f"seat-{person.number}": person for person in frame.session.people}
    many = len(frame.session.tables) > 1
    found = [*_door(frame.session, many)]
    found += [plain(say("SEATS"), "section", gap=many or bool(found))]
    for role in view.roles:
        there = [seat for seat in view.seats if seat.role == role.id and not seat.left]
        found += _role(role, there)
        for seat in there:
            if seat.kind != "stand_in":
                found.append(_player(view, seat, rows.get(seat.id), elapsed, passed))
    others = [seat for seat in view.seats if not seat.role and not seat.left]
    if others:
        found.append(plain(say("BESIDE THE TABLE"), "section", gap=1))
        found += [_beside(seat, rows.get(seat.id), passed) for seat in others]
    return tuple(found)


def _door(session: SessionView, gap: bool) -> Iterator[Block]:
    waiting = [person.name for person in session.people if person.phase == "waiting"]
    if waiting:
        yield plain(say("AT THE DOOR  f6"), "warning", gap=gap)
        yield from (_line("·", name) for name in waiting)


def _role(role: RoleView, there: list[SeatView]) -> Iterator[Block]:
    beside = ""
    if not role.joined:
        beside = say("joins later")
    elif there and all(seat.kind == "stand_in" for seat in there):
        beside = say("stand-in")
    name = spaced(role.id)
    yield plain(f"{name}  {beside}" if beside else name, "note" if beside else "strong")


def _player(
    view: ConductView, seat: SeatView, row: PersonRow | None, elapsed: int, passed: int
) -> Block:
    state = doing(seat)
    beside = say(state)
    if row is not None and state in ("reading", "deciding"):
        quiet = elapsed - max(row.acted, view.entered_at)
        if view.status == "running" and quiet >= QUIET:
            beside = say("quiet {minutes} min", minutes=quiet // 60_000)
    gone = absent(row, passed)
    if gone:
        beside = say("committed, {away}", away=gone) if state == "committed" else gone
    return _line(SIGNS[state], seat.name or say("without a name"), beside)


def doing(seat: SeatView) -> str:
    """What a player is doing, as far as it can be told."""
    if seat.away:
        return "stepped out"
    if seat.asked and seat.answered == seat.asked:
        return "committed"
    if seat.unread:
        return "reading"
    return "deciding" if seat.asked else "waiting"


def _beside(seat: SeatView, row: PersonRow | None, passed: int) -> Block:
    kind = spaced(seat.kind)
    gone = absent(row, passed)
    return _line("·", seat.name or say("Host"), f"{kind}, {gone}" if gone else kind)


def _line(sign: str, name: str, beside: str = "") -> Block:
    room = " " * max(0, NAME - cell_len(name))
    return Block(plain(f"{name}{room}  {beside}").text, first=f"{sign} ", rest="    ")


def absent(row: PersonRow | None, passed: int = 0) -> str:
    """Since when someone's page or terminal is not open; empty while it is."""
    if row is None or row.devices:
        return ""
    if row.seen < 0:
        return say("not here")
    seconds = row.seen + passed
    if seconds < 60:
        return say("away {seconds} s", seconds=seconds)
    return say("away {minutes} min", minutes=seconds // 60)


def tables(session: SessionView, table: int, passed: int = 0) -> tuple[Block, ...]:
    """The tables side by side, `passed` seconds after they were so; none for one alone."""
    if len(session.tables) < 2:
        return ()
    found = [plain(say("TABLES  t"), "section")]
    for each in session.tables:
        state = spaced(each.status) or say("gathering")
        if each.care:
            state = say("STOPPED FOR CARE")
        elif each.status == "paused":
            state = say("PAUSED")
        elapsed = each.elapsed + (1000 * passed if each.status == "running" else 0)
        asked = say("{answered} of {asked} answered", answered=each.answered, asked=each.asked)
        parts = (
            each.scene,
            "" if each.status == "running" and not each.care else state,
            asked if each.asked else "",
            clock(elapsed) if each.elapsed else "",
        )
        here = each.number == table
        sign = "▸ " if here else "  "
        text = f"{each.number}  " + " · ".join(part for part in parts if part)
        found.append(Block(plain(text).text, (), "strong" if here else "text", sign, "     "))
    return tuple(found)


def counted(people: Iterable[PersonRow], phase: str) -> tuple[str, ...]:
    """How many people there are, who is away, who waits at the door: as short parts."""
    rows = tuple(people)
    players = [p for p in rows if p.kind == "player"]
    there = [p for p in players if p.phase in ("playing", "admitted", "arriving", "over")]
    away = sum(not person.devices for person in there)
    waiting = sum(person.phase == "waiting" for person in rows)
    parts = [say("one person") if len(there) == 1 else say("{n} people", n=len(there))]
    if away:
        parts.append(say("{away} away", away=away))
    if waiting:
        parts.append(say("{waiting} at the door", waiting=waiting))
    return tuple(parts)
