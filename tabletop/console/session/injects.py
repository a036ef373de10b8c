"""Injects: which are still to come, what is to become of one, and one written on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.console.session.now import coming_words
from tabletop.console.session.steering import MINUTE, choose, minutes, words
from tabletop.console.told import spaced, unwrapped
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.answers import Item
from tabletop.exercise import commands as c
from tabletop.exercise.conduct_types import ConductView, InjectView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conductor import ConductorScreen


def injects(screen: ConductorScreen, view: ConductView) -> None:
    """Asks which inject, and what is to become of it."""
    there = {each.id: each for each in view.injects if each.coming not in ("came", "left out")}
    items = [
        Item(each.id, each.title, plain=True, quiet=coming_words(each)) for each in there.values()
    ]
    items.append(Item("write", say("Write one now …"), plain=True))

    def then(choice: str) -> None:
        if choice == "write":
            write(screen, view)
        else:
            _inject(screen, view, there[choice])

    choose(screen, say("Injects"), "", items, then)


def _inject(screen: ConductorScreen, view: ConductView, inject: InjectView) -> None:
    items = [Item("", say("Leave it as it is"), plain=True)]
    if inject.may_release:
        items.append(Item("release", say("Release it now"), plain=True))
    if inject.coming in ("held", "scheduled"):
        items.append(Item("schedule", say("Let it come in some minutes …"), plain=True))
    if inject.coming == "scheduled":
        items.append(Item("unschedule", say("Hold it after all"), plain=True))
    if inject.coming in ("entry", "condition", "minute"):
        items.append(Item("hold", say("Keep it back until you release it"), plain=True))
    if inject.coming == "kept back":
        items.append(Item("unhold", say("Let it come by itself again"), plain=True))
    items.append(Item("omit", say("Leave it out"), plain=True))
    elapsed = screen.frame.clock.elapsed if screen.frame else 0

    def then(choice: str) -> None:
        match choice:
            case "release":
                screen.send(c.Release(inject.id))
            case "schedule":
                minutes(
                    screen,
                    say("In how many minutes?"),
                    lambda n: screen.send(c.Schedule(inject.id, elapsed + n * MINUTE)),
                )
            case "unschedule":
                screen.send(c.Schedule(inject.id, 0))
            case "hold":
                screen.send(c.Hold(inject.id))
            case "unhold":
                screen.send(c.Hold(inject.id, on=False))
            case "omit":
                screen.send(c.Omit(inject.id))

    choose(screen, inject.title, _read(inject), items, then)


def _read(inject: InjectView) -> tuple[Block, ...]:
    """An inject as it is read, and beside it what is for whoever holds the exercise alone."""
    to = say("everyone") if "all" in inject.to else ", ".join(map(spaced, inject.to))
    found = [plain(say("For {to}:", to=to), "note"), *blocks(inject.text)]
    if inject.note:
        found.append(plain(say("Note for you: {note}", note=unwrapped(inject.note)), gap=1))
    if inject.expect:
        hoped = say("To be hoped for: {expect}", expect=unwrapped(inject.expect))
        found.append(plain(hoped, gap=0 if inject.note else 1))
    return tuple(found)


def write(screen: ConductorScreen, view: ConductView) -> None:
    """Asks whom an inject of one's own is for, and what it says."""
    items = [Item("all", say("everyone"), plain=True)]
    items += [
        Item(role.id, spaced(role.id), plain=True, quiet=role.name)
        for role in view.roles
        if role.joined
    ]
    many = screen.frame is not None and len(screen.frame.session.tables) > 1
    if many:
        items.append(Item("tables", say("everyone at every table"), plain=True))

    def then(to: str) -> None:
        whom = ("all",) if to == "tables" else (to,)
        words(
            screen,
            say("Write an inject"),
            say("They read it as from the facilitator. It can't be taken back."),
            say("Send it"),
            lambda text: screen.send(c.Write(whom, text), every=to == "tables"),
            several=True,
        )

    choose(screen, say("To whom?"), "", items, then)
