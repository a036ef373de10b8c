"""Rating: how critical tasks and capabilities were performed; menus that end in a command."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tabletop.conduct.session.looking_back import Proposed, ProposedCapability, capabilities
from tabletop.console.session.steering import choose, words
from tabletop.console.widgets.answers import Item
from tabletop.debrief import asked
from tabletop.exercise import afterwards as a
from tabletop.exercise.conduct_types import ConclusionsView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conductor import ConductorScreen


def rate(screen: ConductorScreen, found: ConclusionsView, tasks: Sequence[Proposed]) -> None:
    """Asks which critical task or capability, then how it was performed."""
    rated = {each.task: each.rating for each in found.ratings}
    whole = {each.task: each.rating for each in found.capabilities}
    tops = capabilities(tasks, found)

    def item(id: str, text: str, proposed: a.Proposal, mine: a.Proposal) -> Item:
        told = asked.rating_in_full(proposed)
        if proposed:
            told = say("proposed: {rating}", rating=told)
        if mine:
            told = say("{told} · rated: {rating}", told=told, rating=mine)
        return Item(id, text, plain=True, quiet=told)

    items = [
        item(f"task {n}", each.text, each.proposed, rated.get(each.task, ""))
        for n, each in enumerate(tasks)
    ]
    items += [
        item(
            f"capability {n}",
            say("Capability: {name}", name=each.called),
            each.proposed,
            whole.get(each.capability, ""),
        )
        for n, each in enumerate(tops)
    ]

    def then(choice: str) -> None:
        kind, _, number = choice.partition(" ")
        if kind == "task":
            _rate_task(screen, tasks[int(number)])
        else:
            _rate_capability(screen, tops[int(number)])

    choose(
        screen,
        say("Which task, or which capability?"),
        say(
            "What is proposed for a task rests on marked choices and on what was noted; a "
            "capability is as good as its worst task. You decide."
        ),
        items,
        then,
    )


def _rate_task(screen: ConductorScreen, task: Proposed) -> None:
    told = " ".join(task.shown) or say("The exercise showed nothing of it.")
    _rate(screen, task.text, told, task.proposed, lambda *said: a.Rate(task.task, *said))


def _rate_capability(screen: ConductorScreen, whole: ProposedCapability) -> None:
    def command(*said: Any) -> a.RateCapability:
        return a.RateCapability(whole.capability, *said)

    _rate(screen, whole.called, " ".join(whole.shown), whole.proposed, command)


def _rate(
    screen: ConductorScreen,
    title: str,
    told: str,
    proposed: a.Proposal,
    command: Callable[[a.Rating, a.Proposal, str], a.Rate | a.RateCapability],
) -> None:
    def then(rating: str) -> None:
        given: a.Rating = next(each for each in a.RATINGS if each == rating)
        if given == proposed:
            screen.send(command(given, proposed, ""))
            return
        words(
            screen,
            say("Why {rating}?", rating=asked.rating_in_full(given)),
            say("It differs from what is proposed, so it needs a reason."),
            say("Rate it"),
            lambda reason: screen.send(command(given, proposed, reason)),
        )

    items = [
        Item(
            each,
            asked.rating_in_full(each),
            plain=True,
            quiet=say("as proposed") if each == proposed else "",
        )
        for each in a.RATINGS
    ]
    choose(screen, title, told, items, then)
