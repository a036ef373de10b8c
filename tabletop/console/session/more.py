"""More: everything a facilitator can do that has no key of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.conduct.session import commands as s
from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.table import HOST
from tabletop.console.session import appraising, moving
from tabletop.console.session.panels import clock
from tabletop.console.session.steering import MINUTE, choose, minutes, words
from tabletop.console.told import spaced
from tabletop.console.widgets.answers import Item
from tabletop.exercise import commands as c
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conductor import ConductorScreen


def more(screen: ConductorScreen, frame: ConductFrame) -> None:
    """Everything that has no key of its own."""
    view, session = frame.view, frame.session
    steers = view is not None and "jump" in view.may
    items: list[Item] = []

    def offer(id: str, text: str, holds: bool = True) -> None:
        if holds:
            items.append(Item(id, text, plain=True))

    facilitates = screen.facilitates()
    offer("people", say("People, roles and the door"), facilitates)
    offer("view", say("See what a role sees"), view is not None)
    offer("feed", say("Read everything that was told"), view is not None and bool(view.feed))
    offer("say", say("Say something to a role or to all"), view is not None and "say" in view.may)
    offer("timer", say("Set, extend or drop a timer"), steers)
    offer("jump", say("Go to another scene"), steers)
    offer(
        "rewind",
        say("Go back to an earlier point"),
        steers and view is not None and len(view.moments) > 1,
    )
    offer("notes", say("Your own notes"), view is not None)
    offer("table", say("Look at another table"), len(session.tables) > 1)
    many = facilitates and len(session.tables) > 1
    offer("every", say("Pause or go on at every table"), many and session.phase != "over")
    offer("prompt", say("Put a question on the room's screen"), facilitates)
    over = view is not None and view.status == "ended"
    appraises = view is not None and "improve" in view.may
    offer("wash", say("Hold the hot wash"), over and appraises)
    offer("rate", say("Rate critical tasks and capabilities"), appraises)
    offer("improve", say("Write down what to improve"), appraises)
    offer("sign", say("Sign what was found"), appraises)
    gives = view is not None and "give_feedback" in view.may
    offer("feedback", say("Feedback on the exercise, without my name"), gives)
    offer("end", say("End the exercise before an ending"), view is not None and "end" in view.may)
    offer("end_rehearsal", say("End the rehearsal"), session.phase == "rehearsing" and facilitates)
    offer(
        "debrief",
        say("Take the debrief from people's pages") if session.debrief
        else say("Open the debrief on people's pages"),
        session.phase == "over" and facilitates,
    )  # fmt: skip
    opened = session.debrief and over
    offer("read", say("Read the debrief"), opened)
    offer("tables", say("Read the tables side by side"), opened and len(session.tables) > 1)
    offer("close", say("Close the session for good"), facilitates)
    choose(screen, say("More"), "", items, lambda choice: _MORE[choice](screen, frame))


def _timer(screen: ConductorScreen, frame: ConductFrame) -> None:
    view, now = frame.view, frame.clock.elapsed
    assert view is not None
    until = max(view.timer, now)
    if not view.timer:
        minutes(
            screen,
            say("Done in how many minutes?"),
            lambda n: screen.send(c.SetTimer(until + n * MINUTE)),
        )
        return

    def then(choice: str) -> None:
        if choice == "drop":
            screen.send(c.SetTimer(0))
        else:
            minutes(
                screen,
                say("How many minutes more?"),
                lambda n: screen.send(c.SetTimer(until + n * MINUTE)),
            )

    items = (
        Item("extend", say("Extend it"), plain=True),
        Item("drop", say("Drop it"), plain=True),
    )
    choose(screen, say("Timer until {time}", time=clock(view.timer)), "", items, then)


def _say(screen: ConductorScreen, frame: ConductFrame) -> None:
    view = frame.view
    assert view is not None
    items = [Item("all", say("everyone"), plain=True)]
    items += [Item(r.id, spaced(r.id), plain=True, quiet=r.name) for r in view.roles if r.joined]
    choose(
        screen,
        say("To whom?"),
        "",
        items,
        lambda to: words(
            screen, say("Say something"), say("They read it with your name."), say("Say it"),
            lambda text: screen.send(c.Say(to, text)),
        ),
    )  # fmt: skip


def _view(screen: ConductorScreen, frame: ConductFrame) -> None:
    view = frame.view
    assert view is not None
    items = [Item(r.id, spaced(r.id), plain=True, quiet=r.name) for r in view.roles]

    def then(role: str) -> None:
        from tabletop.console.session.looking import looking

        looking(screen, role)

    choose(screen, say("Whose view?"), "", items, then)


def _feed(screen: ConductorScreen, frame: ConductFrame) -> None:
    from tabletop.console.session.told_all import ToldScreen

    assert frame.view is not None
    screen.app.push_screen(ToldScreen(frame.view))


def _notes(screen: ConductorScreen, frame: ConductFrame) -> None:
    from tabletop.console.screens.notes import NotesScreen

    screen.app.push_screen(NotesScreen(screen.line))


def _table(screen: ConductorScreen, frame: ConductFrame) -> None:
    items = [
        Item(
            str(each.number),
            say("Table {number}", number=each.number),
            plain=True,
            quiet=" · ".join(part for part in (each.scene, spaced(each.status)) if part),
        )
        for each in frame.session.tables
    ]
    choose(screen, say("Which table?"), "", items, lambda number: screen.line.look_at(int(number)))


def _every(screen: ConductorScreen, frame: ConductFrame) -> None:
    items = (
        Item("pause", say("Pause at every table"), plain=True),
        Item("resume", say("Go on at every table"), plain=True),
    )
    choose(
        screen,
        say("Every table"),
        "",
        items,
        lambda choice: screen.send(c.Pause() if choice == "pause" else c.Resume(), every=True),
    )


def _prompt(screen: ConductorScreen, frame: ConductFrame) -> None:
    words(
        screen,
        say("A question for the room"),
        say("It stands large on the screen until another takes its place; empty takes it away."),
        say("Show it"),
        lambda text: screen.manage(s.ShowPrompt(text)),
        empty=True,
    )


def _end(screen: ConductorScreen, frame: ConductFrame) -> None:
    items = (
        Item("", say("Go on"), plain=True),
        Item("end", say("End it here; the debrief follows"), plain=True),
    )
    choose(screen, say("End it?"), "", items, lambda choice: screen.send(c.End()))


def _close(screen: ConductorScreen, frame: ConductFrame) -> None:
    told = say(
        "Everyone's page says that it is over. Names and devices at the door are forgotten; the "
        "exercises and their debriefs stay on this computer."
    )
    items = (
        Item("", say("Keep it open"), plain=True),
        Item("close", say("Close it for good"), plain=True),
    )
    choose(
        screen, say("Close the session?"), told, items, lambda _: screen.manage(s.CloseSession())
    )


def leaving(screen: ConductorScreen) -> None:
    """Asks whether to leave; the session can be taken up again."""
    holds = screen.line.seat == HOST
    told = (
        say(
            "Everyone's page waits and goes on by itself when the session is taken up again, "
            "with Host a session on the home screen, or tabletop host --resume."
        )
        if holds
        else say(
            "The session goes on without you. Your seat is kept on this computer: join at the "
            "same address to come back to it."
        )
    )
    leave = say("Leave for now; it can be resumed") if holds else say("Leave for now")
    items = (Item("", say("Stay"), plain=True), Item("leave", leave, plain=True))
    choose(
        screen,
        say("Leave the console?"),
        told,
        items,
        lambda _: screen.console_app.left_session(""),
    )


_MORE: dict[str, Callable[[ConductorScreen, ConductFrame], None]] = {
    "people": lambda screen, frame: screen.action_people(),
    "view": _view,
    "feed": _feed,
    "say": _say,
    "timer": _timer,
    "jump": moving.jump,
    "rewind": moving.rewind,
    "notes": _notes,
    "table": _table,
    "every": _every,
    "prompt": _prompt,
    "wash": lambda screen, frame: screen.action_wash(),
    "rate": lambda screen, frame: screen.action_rate(),
    "improve": appraising.improvements,
    "sign": appraising.sign,
    "feedback": appraising.give_feedback,
    "end": _end,
    "end_rehearsal": lambda screen, frame: screen.manage(s.EndRehearsal()),
    "debrief": lambda screen, frame: screen.manage(s.OpenDebrief(not frame.session.debrief)),
    "read": lambda screen, frame: screen.action_read(),
    "tables": lambda screen, frame: screen.action_tables(),
    "close": _close,
}
