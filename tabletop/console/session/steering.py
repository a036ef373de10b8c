"""Steering: the menus behind a facilitator's keys; each ends in a command or in nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.conduct.session.frames import SessionView
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.session.now import coming_words
from tabletop.console.session.words import WordsScreen
from tabletop.console.told import spaced, unwrapped
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.answers import Item
from tabletop.exercise import commands as c
from tabletop.exercise.conduct_types import ConductDecision, ConductView, InjectView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conduct import ConductScreen

MINUTE = 60_000


def choose(
    screen: ConductScreen,
    title: str,
    told: str | Sequence[Block],
    items: Sequence[Item],
    then: Callable[[str], None],
) -> None:
    """Asks one thing; escape, and the item without an id, do nothing."""
    above = ((plain(told),) if told else ()) if isinstance(told, str) else told

    def answered(choice: str | None) -> None:
        if choice:
            then(choice)

    screen.app.push_screen(ChoiceScreen(title, above, items), answered)


def words(
    screen: ConductScreen,
    title: str,
    asked: str,
    does: str,
    then: Callable[[str], None],
    *,
    empty: bool = False,
    several: bool = False,
) -> None:
    """Asks for words; escape does nothing."""

    def answered(text: str | None) -> None:
        if text is not None:
            then(text)

    screen.app.push_screen(WordsScreen(title, asked, does, empty=empty, several=several), answered)


def not_begun(session: SessionView, *, facilitates: bool) -> tuple[Block, ...]:
    """What stands in the middle before it begins."""
    found = [plain(say("The exercise has not begun."), "title")]
    if facilitates:
        told = say("f6 opens the room: let people in, give them roles, rehearse, begin.")
        found.append(plain(told, gap=1))
    if session.address:
        found.append(plain(say("People join at {at}", at=session.address), gap=1))
        found.append(plain(say("with the code {code}.", code=session.code)))
    return tuple(found)


# Decisions.


def open_decisions(view: ConductView) -> tuple[ConductDecision, ...]:
    """The decisions that wait for an answer."""
    return tuple(each for each in view.decisions if each.phase in ("open", "revealed"))


def settle(screen: ConductScreen, view: ConductView) -> None:
    """Asks which open decision, and how it is to be settled."""
    there = {each.id: each for each in open_decisions(view)}
    if len(there) == 1:
        _settle(screen, next(iter(there.values())))
        return
    choose(
        screen,
        say("Which decision?"),
        "",
        [Item(each.id, each.title, plain=True) for each in there.values()],
        lambda name: _settle(screen, there[name]),
    )


def _settle(screen: ConductScreen, decision: ConductDecision) -> None:
    items = [Item("", say("Let them go on"), plain=True)]
    if decision.may_reveal:
        items.append(Item("reveal", say("Show the answers given so far"), plain=True))
    if decision.may_settle:
        items.append(
            Item("rule", say("Let their answers count"), plain=True, quiet=_rule(decision))
        )
    items.append(Item("table", say("Settle it for the table, with a reason …"), plain=True))

    def then(choice: str) -> None:
        if choice == "reveal":
            screen.send(c.Reveal(decision.id))
        elif choice == "rule":
            screen.send(c.Settle(decision.id))
        else:
            _settle_for(screen, decision)

    choose(screen, decision.title, "", items, then)


def _rule(decision: ConductDecision) -> str:
    """How answers count, in a few words."""
    return {
        "lead": say("the first role's answer"),
        "majority": say("what most roles answer"),
        "unanimous": say("what every role answers"),
    }.get(decision.rule if len(decision.by) > 1 else "", "")


def _settle_for(screen: ConductScreen, decision: ConductDecision) -> None:
    """Asks for the answer that is to count whatever people gave, and why."""

    def why(option: str) -> None:
        words(
            screen,
            say("Why?"),
            say("People will read that you settled it; the reason goes into the record."),
            say("Settle it"),
            lambda why: screen.send(c.Settle(decision.id, option, why)),
        )

    choose(
        screen,
        say("Which answer?"),
        say("What you settle for the table is recorded with your reason, and marked nowhere."),
        [Item(option.id, option.text, plain=True) for option in decision.options],
        why,
    )


# Injects.


def injects(screen: ConductScreen, view: ConductView) -> None:
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


def _inject(screen: ConductScreen, view: ConductView, inject: InjectView) -> None:
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


def write(screen: ConductScreen, view: ConductView) -> None:
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


def minutes(screen: ConductScreen, title: str, then: Callable[[int], None]) -> None:
    """Asks for a few minutes."""
    items = [
        Item(str(n), say("{n} minutes", n=n) if n > 1 else say("one minute"), plain=True)
        for n in (1, 2, 3, 5, 10, 15)
    ]
    choose(screen, title, "", items, lambda choice: then(int(choice)))


# Observing.


def observe(screen: ConductScreen, view: ConductView) -> None:
    """Asks what was seen: strength or issue, what it is about, and in which words."""
    kinds = [
        Item("strength", say("A strength"), plain=True),
        Item("issue", say("An issue"), plain=True),
    ]

    def of(kind: str) -> None:
        about = [Item("nothing", say("The table as a whole"), plain=True)]
        about += [
            Item(f"d {each.id}", say("Decision: {title}", title=each.title), plain=True)
            for each in view.decisions
            if each.phase != "waits"
        ]
        if view.feed:
            last = view.feed[-1].passage
            title = last.title or last.heading or last.kind
            text = say("What was told last: {title}", title=spaced(title))
            about.append(Item(f"f {last.number}", text, plain=True))
        about += [
            Item(f"t {each.id}", each.title, plain=True, quiet=say("task")) for each in view.tasks
        ]
        about += [
            Item(f"p {each.id}", each.title, plain=True, quiet=say("practice"))
            for each in view.practices
        ]
        choose(screen, say("About what?"), "", about, lambda what: said(kind, what))

    def said(kind: str, what: str) -> None:
        sort, _, name = what.partition(" ")
        words(
            screen,
            say("What did you see?"),
            say("Only those who conduct read it now; the debrief quotes it."),
            say("Note it"),
            lambda text: screen.send(
                c.Observe(
                    "issue" if kind == "issue" else "strength",
                    text,
                    int(name) if sort == "f" else 0,
                    name if sort == "d" else "",
                    name if sort == "p" else "",
                    name if sort == "t" else "",
                )
            ),
        )

    choose(screen, say("Observe"), "", kinds, of)
