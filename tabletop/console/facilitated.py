"""Facilitated: what a player is told where somebody else holds the exercise."""

from collections.abc import Iterator

from tabletop.conduct.session.agreement import agreement
from tabletop.conduct.session.timer import remaining
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, plain
from tabletop.exercise.view_types import CommitView, DecisionView, PlayerView
from tabletop.wording import say


def paused(view: PlayerView) -> tuple[str, tuple[Block, ...]]:
    """What stands over a pause, and what one can do in it."""
    does = say("You can read, write notes, or step out.")
    if view.care:
        return say("STOPPED FOR CARE"), (
            plain(say("Somebody asked for a stop. Nobody has to say why. The clock stands still.")),
            plain(say("{does} The facilitator goes on when everyone is ready.", does=does)),
        )
    return say("PAUSED"), (
        plain(say("The facilitator has paused for everyone. The clock stands still.")),
        plain(say("{does} It goes on when the facilitator does.", does=does)),
    )


def waiting(*, shares: bool) -> tuple[str, tuple[Block, ...]]:
    """What stands where nothing is asked of one: others may decide, and the facilitator moves.

    `shares` is whether there is anything one could share.
    """
    told = (
        say("The facilitator moves on. You can read, share what you know, or write notes.")
        if shares
        else say("The facilitator moves on. You can read, say something, or write notes.")
    )
    return say("WAITING"), (
        plain(say("Nothing for you to decide just now. Others may still be deciding.")),
        plain(told),
    )


def talking(decision: DecisionView) -> str:
    """What is said below answers that are shown."""
    if decision.may_settle:
        return say("Talk about it. Answers may still be changed; then settle, or the facilitator.")
    return say("Talk about it. Answers may still be changed; the facilitator settles it.")


def answered_by(commit: CommitView) -> str:
    """Who answered: the person and the role, or the stand-in."""
    if commit.stand_in:
        return say("{name} (stand-in)", name=commit.name)
    if commit.person:
        return say("{person}, {role}", person=commit.person, role=spaced(commit.role))
    return commit.name


def spread(decision: DecisionView) -> Iterator[Block]:
    """How far people of one discipline agree, and how far the disciplines do."""
    told = agreement(decision.options, decision.spread)
    yield from (plain(each, gap=0 if number else 1) for number, each in enumerate(told))


def ended() -> str:
    """What is said last."""
    return say("Take a breath. Write how it was for you; the facilitator opens the debrief.")


def timer(view: PlayerView, elapsed: int) -> str:
    """How long there is by the facilitator's timer; empty where there is none."""
    if not view.timer or view.status == "ended":
        return ""
    return remaining(view.timer - elapsed)
