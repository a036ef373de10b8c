"""Facilitated: what a player is told where somebody else holds the exercise."""

from collections.abc import Iterator

from tabletop.console.told import spaced
from tabletop.console.typeset import Block, plain
from tabletop.exercise.view_types import CommitView, DecisionView, PlayerView, SpreadView
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


def waiting() -> tuple[str, tuple[Block, ...]]:
    """What stands where nothing is asked of one: others may decide, and the facilitator moves."""
    return say("WAITING"), (
        plain(say("Nothing for you to decide just now. Others may still be deciding.")),
        plain(say("The facilitator moves on. You can read, share what you know, or write notes.")),
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
    if not decision.spread:
        return
    numbers = {option.id: n for n, option in enumerate(decision.options, 1)}
    for number, row in enumerate(decision.spread):
        yield plain(within(row, numbers), gap=0 if number else 1)
    if len(decision.spread) > 1:
        first = {_leading(row) for row in decision.spread}
        yield plain(
            say("Between disciplines: of one mind.")
            if len(first) == 1 and all(len(row.counts) == 1 for row in decision.spread)
            else say("Between disciplines: different answers. That is worth hearing out."),
        )


def within(row: SpreadView, numbers: dict[str, int]) -> str:
    """How the people of one discipline answered, in a line."""
    counted = ", ".join(
        say("{count} for {number}", count=count, number=numbers.get(option, "?"))
        for option, count in row.counts
    )
    who = spaced(row.discipline).capitalize()
    if len(row.counts) == 1:
        return say("{who}: {counted}.", who=who, counted=counted)
    return say("{who}: divided, {counted}.", who=who, counted=counted)


def _leading(row: SpreadView) -> str:
    return max(row.counts, key=lambda each: each[1])[0]


def ended() -> str:
    """What is said last."""
    return say("Take a breath. Write how it was for you; the facilitator opens the debrief.")


def timer(view: PlayerView, elapsed: int) -> str:
    """How long there is by the facilitator's timer; empty where there is none."""
    if not view.timer or view.status == "ended":
        return ""
    left = view.timer - elapsed
    if left <= 0:
        return say("time is up; finish your thought")
    if left < 60_000:
        return say("less than a minute left")
    return say("{minutes} min left", minutes=-(-left // 60_000))
