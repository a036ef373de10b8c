"""Guests: people at the door as lines, and what can be done about each of them."""

from collections.abc import Iterable

from textual.widgets.option_list import Option

from tabletop.conduct.session import commands as s
from tabletop.conduct.session.frames import PersonRow, SessionView
from tabletop.console.told import called, spaced
from tabletop.console.typeset import Block, plain
from tabletop.console.widgets.answers import Item
from tabletop.console.widgets.choices import Choices
from tabletop.wording import say


def joining(session: SessionView) -> tuple[Block, ...]:
    """How people come here."""
    if not session.address:
        return (plain(say("Nobody can join from elsewhere.")),)
    return (
        plain(session.address, "title"),
        plain(say("Code for everyone: {code}", code=session.code)),
        plain(say("For another facilitator: {code}", code=session.facilitator_code), "note"),
    )


def state(session: SessionView) -> str:
    """How the door stands."""
    if session.phase == "over":
        return say("It is over. Who comes now waits; they may be someone who lost a device.")
    door = say("Whoever has the code is in.") if session.open else say("You let people in.")
    lock = say("The room is locked.") if session.locked else ""
    need = ", ".join(session.missing)
    missing = say("Needs a person: {names}.", names=need) if need else ""
    return " ".join(part for part in (door, lock, missing) if part)


def keys(session: SessionView) -> str:
    """What else can be done here, with its keys: the footer has no room for it."""
    if session.phase == "over":
        return say("enter on a name gives them the seat they had")
    parts = [
        say("f3 assigns from a list"),
        say("ctrl+o closes the door") if session.open else say("ctrl+o opens the door to all"),
        say("ctrl+l unlocks the room") if session.locked else say("ctrl+l locks the room"),
    ]
    if session.phase == "gathering":
        parts.insert(0, say("f7 rehearses with stand-ins"))
    return " · ".join(parts)


def beginning(session: SessionView) -> list[Block]:
    """What is to be known before it begins."""
    found = [plain(say("The exercise begins for everyone who was let in."))]
    people = [each for each in session.people if each.kind == "player"]
    taken = {(each.role, each.table) for each in people if each.phase == "admitted"}
    many = len(session.tables) > 1
    for table in session.tables:
        free = [spaced(r.id) for r in session.roles if (r.id, table.number) not in taken]
        if not free:
            continue
        told = say("Nobody plays yet; stand-ins would take every role.")
        if len(free) < len(session.roles):
            told = say("Stand-ins take the other roles: {names}.", names=", ".join(free))
        at = f"{say('Table {number}', number=table.number)}: " if many else ""
        found.append(plain(f"{at}{told}", gap=1))
    for told, names in (
        ("In, without a role: {names}.",
         [p.name for p in people if p.phase == "admitted" and not p.role]),
        ("Still at the door: {names}.",
         [p.name for p in session.people if p.phase == "waiting"]),
        ("Needs a person first: {names}.", session.missing),
    ):  # fmt: skip
        if names:
            found.append(plain(say(told, names=", ".join(names)), gap=1))
    return found


PHASES = {
    "waiting": "at the door",
    "declined": "turned away",
    "admitted": "in",
    "arriving": "takes over from a stand-in soon",
    "playing": "playing",
    "over": "in",
    "left": "has left",
}


def row(person: PersonRow, session: SessionView) -> Option:
    """A person's line."""
    names = {role.id: called(role.name) for role in session.roles}
    parts = [say(PHASES[person.phase])]
    if person.kind != "player":
        parts.append(spaced(person.kind))
    if person.role:
        parts.append(f"{spaced(person.role)} ({names.get(person.role, '')})")
    elif person.wish in names and person.kind == "player":
        parts.append(say("would like {role}", role=spaced(person.wish)))
    if len(session.tables) > 1 and person.kind == "player" and person.phase != "waiting":
        parts.append(say("table {number}", number=person.table))
    if not person.devices and person.phase in ("admitted", "playing", "waiting", "arriving"):
        parts.append(say("not looking"))
    name = f"{person.name} ({person.agency})" if person.agency else person.name
    return Choices.line(name, " · ".join(parts), id=str(person.number))


def about(person: PersonRow) -> tuple[Block, ...]:
    """What is asked about a person."""
    return (plain(say("{phase}.", phase=say(PHASES[person.phase]).capitalize())),)


def offers(person: PersonRow, session: SessionView) -> Iterable[Item]:
    """What can be done about a person."""
    yield Item("", say("Leave it"), plain=True)
    if person.kind != "player":
        if person.phase == "waiting":
            yield Item("in", say("Let in"), plain=True)
    elif session.phase != "over":
        for table in session.tables:
            for role in session.roles:
                if (role.id, table.number) == (person.role, person.table):
                    continue
                where = (
                    say(", table {number}", number=table.number) if len(session.tables) > 1 else ""
                )
                text = say("As {role}{where}", role=spaced(role.id), where=where)
                yield Item(f"as {role.id} {table.number}", text, plain=True, quiet=role.name)
    for other in session.people:
        gone = (
            other.number != 1
            and not other.devices
            and other.phase in ("playing", "admitted", "over")
        )
        comes = person.kind == "player" and person.phase in ("waiting", "admitted", "playing")
        if comes and gone and other is not person:
            text = say("Give them the seat of {name}, who is not here", name=other.name)
            yield Item(f"seat {other.number}", text, plain=True)
    if person.phase == "waiting":
        yield Item("decline", say("Turn away"), plain=True)
    elif person.phase not in ("left", "declined") and person.number != 1:
        yield Item("free", say("Free their seat; a stand-in takes it"), plain=True)


def asked(choice: str, person: PersonRow) -> s.SessionCommand | None:
    """The command behind an answer."""
    verb, *rest = choice.split() or [""]
    match verb:
        case "in":
            return s.AdmitPerson(person.number)
        case "as":
            return s.AdmitPerson(person.number, rest[0], int(rest[1]))
        case "seat":
            return s.GiveSeat(int(rest[0]), person.number)
        case "decline":
            return s.DeclinePerson(person.number)
        case "free":
            return s.FreeSeat(person.number)
    return None
