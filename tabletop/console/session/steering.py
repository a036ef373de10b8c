"""Steering: the menus behind a facilitator's keys; each ends in a command or in nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.conduct.session.frames import SessionView
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.session.words import WordsScreen
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, plain
from tabletop.console.widgets.answers import Item
from tabletop.exercise import commands as c
from tabletop.exercise.conduct_types import ConductDecision, ConductView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conductor import ConductorScreen

MINUTE = 60_000


def choose(
    screen: ConductorScreen,
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
    screen: ConductorScreen,
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


def settle(screen: ConductorScreen, view: ConductView) -> None:
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


def _settle(screen: ConductorScreen, decision: ConductDecision) -> None:
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


def _settle_for(screen: ConductorScreen, decision: ConductDecision) -> None:
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


def minutes(screen: ConductorScreen, title: str, then: Callable[[int], None]) -> None:
    """Asks for a few minutes."""
    items = [
        Item(str(n), say("{n} minutes", n=n) if n > 1 else say("one minute"), plain=True)
        for n in (1, 2, 3, 5, 10, 15)
    ]
    choose(screen, title, "", items, lambda choice: then(int(choice)))


# Observing.


def observe(screen: ConductorScreen, view: ConductView) -> None:
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
