"""Panels: what someone who conducts reads, as blocks of text worked out from a frame alone."""

from collections.abc import Iterable, Iterator

from tabletop.conduct.session.frames import ConductFrame, PersonRow, SessionView
from tabletop.console.told import called, spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.exercise.conduct_types import ConductDecision, ConductView, InjectView, SeatView
from tabletop.wording import say

MOST_SHOWN = 8
"""Passages of the feed that stand in the middle panel; all of them have a page of their own."""


def clock(milliseconds: int) -> str:
    """Exercise time as hours, or minutes, and seconds."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


# Seats.


def seats(frame: ConductFrame) -> tuple[Block, ...]:
    """Who sits where, and what each of them has done."""
    view = frame.view
    if view is None:
        return ()
    rows = {f"seat-{person.number}": person for person in frame.session.people}
    found: list[Block] = []
    for role in view.roles:
        found.append(plain(f"{spaced(role.id)} · {called(role.name)}", "title", gap=bool(found)))
        if not role.joined:
            found.append(plain(say("joins later"), "note"))
        there = [seat for seat in view.seats if seat.role == role.id and not seat.left]
        found += [_indented(_seat(view, seat, rows.get(seat.id))) for seat in there]
    others = [s for s in view.seats if not s.role and not s.left]
    if others:
        found.append(plain(say("Beside the table"), "title", gap=1))
        found += [_indented(_beside(seat, rows.get(seat.id))) for seat in others]
    return tuple(found)


def _indented(text: str) -> Block:
    return Block(text, first="  ", rest="    ")


def _seat(view: ConductView, seat: SeatView, row: PersonRow | None) -> str:
    if seat.kind == "stand_in":
        return say("stand-in")
    name = seat.name or say("without a name")
    return " · ".join(part for part in (name, doing(view, seat), _line(row)) if part)


def doing(view: ConductView, seat: SeatView) -> str:
    """What a player is doing, as far as it can be told."""
    if seat.away:
        return say("stepped out")
    if seat.asked and seat.answered == seat.asked:
        return say("committed")
    if seat.unread:
        return say("reading")
    if seat.asked:
        return say("deciding")
    return say("waiting")


def _beside(seat: SeatView, row: PersonRow | None) -> str:
    name = seat.name or say("without a name")
    return " · ".join(part for part in (name, spaced(seat.kind), _line(row)) if part)


def _line(row: PersonRow | None) -> str:
    if row is None or row.devices:
        return ""
    if row.seen < 0:
        return say("not here")
    return say("away {seconds} s", seconds=row.seen)


# Now.


def present(view: ConductView) -> tuple[Block, ...]:
    """The scene, its decisions, what comes next, and the newest passages."""
    found: list[Block] = []
    if view.status == "ended":
        found.append(plain(say("It is over: {ending}", ending=view.ending or say("ended early"))))
        found += [plain(line) for line in view.closing]
    for decision in view.decisions:
        found += _decision(decision)
    coming = [each for each in view.injects if each.coming != "came"]
    if coming:
        found.append(plain(say("Injects"), "title", gap=1))
        found += [_inject(each) for each in coming]
    newest = view.feed[-MOST_SHOWN:]
    if newest:
        found.append(plain(say("Told"), "title", gap=1))
    for each in newest:
        passage = each.passage
        to = ", ".join(map(spaced, each.to))
        heading = passage.heading or (passage.title and spaced(passage.kind)) or passage.kind
        found.append(plain(say("{heading} · to {to}", heading=spaced(heading), to=to), "note"))
        text = passage.text or passage.title
        found += list(blocks(text))[:2] if text else []
    return tuple(found)


def _decision(decision: ConductDecision) -> Iterator[Block]:
    asked = say(
        "{title} ({roles})", title=decision.title, roles=", ".join(map(spaced, decision.by))
    )
    yield plain(asked, "title", gap=1)
    match decision.phase:
        case "waits":
            yield plain(say("Waits for a decision before it."), "note")
        case "passed":
            yield plain(say("Does not arise."), "note")
        case "settled":
            chosen = next((o.text for o in decision.options if o.id == decision.settled), "")
            yield plain(say("Settled ({how}): {answer}", how=spaced(decision.how), answer=chosen))
        case _:
            for role, answered, people in decision.answered:
                bar = "▮" * answered + "▯" * (people - answered)
                beside = f"{bar} " if people else ""
                count = (
                    say("{answered} of {people}", answered=answered, people=people)
                    if people
                    else say("stand-in")
                )
                yield _indented(f"{spaced(role)}  {beside}{count}")
            if decision.phase == "revealed":
                yield from _answers(decision)


def _answers(decision: ConductDecision) -> Iterator[Block]:
    numbers = {option.id: n for n, option in enumerate(decision.options, 1)}
    for each in decision.commits:
        who = each.person or called(each.name)
        reason = f": {each.reason}" if each.reason else ""
        yield _indented(f"{numbers.get(each.option, '?')}  {who}{reason}")
    for row in decision.spread:
        counted = ", ".join(f"{numbers.get(o, '?')}: {count}" for o, count in row.counts)
        alike = say("agree") if len(row.counts) == 1 else say("differ")
        yield plain(f"{spaced(row.discipline)} {alike} ({counted})", "note")
    if decision.may_choose:
        yield plain(say("The rule gives no answer: talk on, or settle it with a reason."), "note")


COMING = {
    "entry": "on entry",
    "condition": "on a condition",
    "minute": "at {time}",
    "held": "held",
    "scheduled": "at {time}",
    "kept back": "kept back",
    "left out": "left out",
}


def coming(inject: InjectView) -> str:
    """How an inject comes, in a few words."""
    return say(COMING.get(inject.coming, "came"), time=clock(inject.at))


def _inject(inject: InjectView) -> Block:
    to = ", ".join(map(spaced, inject.to))
    return _indented(f"{coming(inject)} · {inject.title} → {to}")


# Beside.


def notes(view: ConductView) -> tuple[Block, ...]:
    """The author's notes, the questions to discuss, and what was observed."""
    found: list[Block] = []
    if view.notes:
        found += [plain(say("Notes for you"), "title"), *blocks(view.notes)]
    for audience, asked in view.questions:
        title = say("To discuss") if audience == "all" else say("Ask {role}", role=spaced(audience))
        found.append(plain(title, "title", gap=bool(found)))
        found += [Block(each, first="• ", rest="  ") for each in asked]
    held = [each for each in view.injects if each.coming == "held" and each.note]
    if held:
        found.append(plain(say("When to release"), "title", gap=bool(found)))
        found += [Block(f"{each.title}: {each.note}", first="• ", rest="  ") for each in held]
    if view.observations:
        found.append(plain(say("Observations"), "title", gap=bool(found)))
        for seen in view.observations[-MOST_SHOWN:]:
            sign = "+" if seen.kind == "strength" else "△"
            words = say("(erased)") if seen.erased else seen.words
            found.append(Block(f"{clock(seen.at)} {words}", first=f"{sign} ", rest="  "))
    return tuple(found)


def agenda(view: ConductView) -> tuple[Block, ...]:
    """The modules with their planned and used minutes."""
    found = [plain(say("Agenda"), "title")]
    for module in view.modules:
        sign = "▸" if module.current else "✓" if module.visited else " "
        used = module.used // 60_000
        found.append(
            Block(
                say(
                    "{title}  {used} of {planned} min",
                    title=module.title,
                    used=used,
                    planned=module.planned,
                ),
                first=f"{sign} ",
                rest="  ",
            )
        )
    return tuple(found)


def tables(session: SessionView) -> tuple[Block, ...]:
    """The tables side by side; none where there is only one."""
    if len(session.tables) < 2:
        return ()
    found = [plain(say("Tables"), "title")]
    for table in session.tables:
        state = say("stopped for care") if table.care else spaced(table.status) or say("gathering")
        parts = (table.scene, state, clock(table.elapsed) if table.elapsed else "")
        beside = " · ".join(part for part in parts if part)
        found.append(_indented(say("{number}  {beside}", number=table.number, beside=beside)))
    return tuple(found)


def line(frame: ConductFrame, elapsed: int) -> tuple[str, str, str]:
    """The top line: where it is, how many are here, and how it stands."""
    view, session = frame.view, frame.session
    players = [person for person in session.people if person.kind == "player"]
    there = [person for person in players if person.phase in ("playing", "admitted", "arriving")]
    absent = sum(not person.devices for person in there)
    people = say("{count} people", count=len(there))
    if absent:
        people = say("{people}, {absent} not here", people=people, absent=absent)
    if view is None:
        return session.title, people, say("not begun")
    scene = view.scene
    where = " · ".join(part for part in (view.title, scene.title if scene else "") if part)
    state = {
        "running": say("running"),
        "paused": say("STOPPED FOR CARE") if view.care else say("PAUSED"),
        "ended": say("over"),
        "open": say("not begun"),
    }[view.status]
    if session.phase == "rehearsing":
        state = say("rehearsal · {state}", state=state)
    return where, people, f"{state} · {clock(elapsed)}"


def waiting(people: Iterable[PersonRow]) -> tuple[str, ...]:
    """Who stands at the door."""
    return tuple(person.name for person in people if person.phase == "waiting")
