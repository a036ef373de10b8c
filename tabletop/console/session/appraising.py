"""Appraising: writing down what to improve, signing, feedback; menus that end in a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tabletop.conduct.session.frames import ConductFrame
from tabletop.console.session.feedback import feedback, feedback_screen
from tabletop.console.session.fields import Field, FieldsScreen
from tabletop.console.session.steering import choose, words
from tabletop.console.widgets.answers import Item
from tabletop.debrief import asked
from tabletop.exercise import afterwards as a
from tabletop.exercise.conduct_types import ConclusionsView, ConductView, ImprovementView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conductor import ConductorScreen


def improvements(screen: ConductorScreen, frame: ConductFrame) -> None:
    """Asks which improvement, or for a new one."""
    view = frame.view
    assert view is not None
    found = _conclusions(view)
    there = {str(each.number): each for each in found.improvements}
    items = [] if found.signatures else [Item("new", say("Write one down"), plain=True)]
    items += [
        Item(number, each.issue or say("(erased)"), plain=True, quiet=_stands(each))
        for number, each in there.items()
    ]
    told = say("The findings are signed; what becomes of an action can still be said.")

    def then(choice: str) -> None:
        if choice == "new":
            _element(screen, view, None)
        elif there[choice].withdrawn:
            _withdrawn(screen, there[choice])
        elif found.signatures:
            _update(screen, there[choice])
        else:
            _which(screen, view, there[choice])

    choose(screen, say("To improve"), told if found.signatures else "", items, then)


def _withdrawn(screen: ConductorScreen, item: ImprovementView) -> None:
    """Says why something was withdrawn; nothing more becomes of it."""
    told = say("Withdrawn: {why}", why=item.why or say("(erased)"))
    back = (Item("", say("Leave it"), plain=True),)
    choose(screen, item.issue or say("(erased)"), told, back, lambda _: None)


def _stands(each: ImprovementView) -> str:
    if each.withdrawn:
        return say("withdrawn: {why}", why=each.why or say("(erased)"))
    due = say("due {day}", day=each.due) if each.due else ""
    return " · ".join(part for part in (each.owner, due, asked.status(each.status)) if part)


def _which(screen: ConductorScreen, view: ConductView, item: ImprovementView) -> None:
    items = (
        Item("anew", say("Write it anew"), plain=True),
        Item("update", say("Say what has become of it"), plain=True),
        Item("withdraw", say("Withdraw it; it stays, with the reason"), plain=True),
    )

    def then(choice: str) -> None:
        if choice == "update":
            _update(screen, item)
        elif choice == "withdraw":
            words(
                screen,
                say("Why is it withdrawn?"),
                say("It stays in the record and in the report, with this reason."),
                say("Withdraw it"),
                lambda why: screen.send(a.Withdraw(item.number, why)),
            )
        else:
            _element(screen, view, item)

    choose(screen, item.issue, item.action, items, then)


def _element(screen: ConductorScreen, view: ConductView, item: ImprovementView | None) -> None:
    items = [Item(each, asked.element(each).capitalize(), plain=True) for each in a.ELEMENTS]
    choose(
        screen,
        say("What does it change?"),
        "",
        items,
        lambda choice: _objective(screen, view, item, choice),
    )


def _objective(
    screen: ConductorScreen, view: ConductView, item: ImprovementView | None, element: str
) -> None:
    chosen: a.Element = next(each for each in a.ELEMENTS if each == element)
    items = [Item(each.id, each.title, plain=True) for each in view.objectives]
    items.append(Item("-", say("none of them"), plain=True))
    choose(
        screen,
        say("Which objective does it belong to?"),
        "",
        items,
        lambda choice: _shown(screen, view, item, chosen, "" if choice == "-" else choice),
    )


def _shown(
    screen: ConductorScreen,
    view: ConductView,
    item: ImprovementView | None,
    element: a.Element,
    objective: str,
) -> None:
    items = [Item(key, text, plain=True) for key, text in asked.anchors(view)]
    if item is not None:
        items.insert(0, Item("=", say("As before"), plain=True))
    items.append(Item("-", say("nothing in particular"), plain=True))

    def then(key: str) -> None:
        decisions, observations = asked.anchored(key)
        if key == "=" and item is not None:
            decisions, observations = item.decisions, item.observations
        _write(screen, item, a.Improve("", "", element, objective=objective,
               decisions=decisions, observations=observations))  # fmt: skip

    choose(screen, say("What shows it?"), "", items, then)


def _write(screen: ConductorScreen, item: ImprovementView | None, begun: a.Improve) -> None:
    def of(take: Callable[[ImprovementView], str]) -> str:
        return take(item) if item is not None else ""

    fields = (
        Field("issue", say("What should be better"), of(lambda i: i.issue), needed=True),
        Field("action", say("What will be done"), of(lambda i: i.action)),
        Field("owner", say("Which organization sees to it"), of(lambda i: i.owner)),
        Field("contact", say("Whom to ask there"), of(lambda i: i.contact)),
        Field("start", say("From which day, as in 2026-12-01"), of(lambda i: i.start)),
        Field("due", say("By which day"), of(lambda i: i.due)),
    )

    def then(given: dict[str, str] | None) -> None:
        if given is not None:
            whole: dict[str, Any] = {**given, "item": item.number if item else 0}
            screen.send(replace(begun, **whole))

    screen.app.push_screen(
        FieldsScreen(
            say("To improve"),
            say("A problem, not a person. It stands in the improvement plan."),
            fields,
            say("Keep it"),
        ),
        then,
    )


def _update(screen: ConductorScreen, item: ImprovementView) -> None:
    items = [Item(each, asked.status(each).capitalize(), plain=True) for each in a.STATUSES]

    def then(choice: str) -> None:
        status: a.ActionStatus = next(each for each in a.STATUSES if each == choice)
        words(
            screen,
            say("What is there to say of it?"),
            say("It may stay empty."),
            say("Keep it"),
            lambda note: screen.send(a.UpdateAction(item.number, status, note)),
            empty=True,
        )

    choose(screen, item.issue, say("What has become of it?"), items, then)


def sign(screen: ConductorScreen, frame: ConductFrame) -> None:
    """Asks for a signature under what was found."""
    view = frame.view
    assert view is not None
    found = _conclusions(view)
    fields = (
        Field("name", say("Name"), needed=True),
        Field("organization", say("Organization"), needed=True),
        Field("role", say("Role"), needed=True),
    )
    told = say(
        "Ratings: {ratings}. Improvements: {improvements}. Once signed they can't be changed; what "
        "becomes of an action can. The name stands in documents made with names.",
        ratings=len(found.ratings) + len(found.capabilities),
        improvements=sum(not each.withdrawn for each in found.improvements),
    )

    def then(given: dict[str, str] | None) -> None:
        if given is not None:
            screen.send(a.Sign(**given, digest=found.digest))

    screen.app.push_screen(
        FieldsScreen(say("Sign what was found"), told, fields, say("Sign")), then
    )


def give_feedback(screen: ConductorScreen, frame: ConductFrame) -> None:
    """Asks, without a name, how the exercise was."""

    def then(given: dict[str, str] | None) -> None:
        if given is not None and any(given.values()):
            screen.send(feedback(given))

    screen.app.push_screen(feedback_screen(), then)


def _conclusions(view: ConductView) -> ConclusionsView:
    assert view.conclusions is not None
    return view.conclusions
