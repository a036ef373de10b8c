"""Actions: what is to be improved, over every exercise in a data folder, and what became of it.

Each lies in the record of its exercise and nowhere else, so that there is one truth about it; a
list is a fold over the records that have come to their end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import RecordError, TabletopError
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.solo import taken_up
from tabletop.conduct.world import World
from tabletop.exercise.afterwards import ActionStatus, Improve, UpdateAction
from tabletop.exercise.commands import Command
from tabletop.exercise.conclusion_views import conclusions
from tabletop.exercise.conduct_types import ImprovementView
from tabletop.exercise.replay import fold
from tabletop.exercise.state import State
from tabletop.wording import say

PENDING: tuple[ActionStatus, ...] = ("open", "begun")


@dataclass(frozen=True, slots=True)
class Action:
    """Something to improve, and the exercise it comes from."""

    exercise: str
    title: str
    """The scenario's title."""
    started: str
    """The day of the exercise."""
    improvement: ImprovementView
    overdue: bool

    @property
    def pending(self) -> bool:
        """Whether anything is still to be done."""
        return self.improvement.status in PENDING


def actions(folder: DataFolder, world: World | None = None) -> tuple[Action, ...]:
    """Every action: overdue ones first, then as they fall due, then those nothing is left of.

    Raises:
        FolderError: where the folder can't be read.
    """
    today = (world or World.real()).wall()[:10]
    return tuple(sorted(_actions(folder, today), key=_order))


def _actions(folder: DataFolder, today: str) -> Iterator[Action]:
    for summary in folder.exercises():
        if summary.problem or summary.status != "ended":
            continue
        try:
            record = folder.record(summary.id)
        except TabletopError:
            # What can't be read is said, with the reason, in the list of exercises.
            continue
        found = conclusions(fold(record.entries), record.words)
        for each in found.improvements if found else ():
            if each.withdrawn:
                continue
            overdue = each.status in PENDING and bool(each.due) and each.due < today
            yield Action(summary.id, summary.title, summary.started[:10], each, overdue)


def _order(action: Action) -> tuple[object, ...]:
    each = action.improvement
    standing = (not action.pending, not action.overdue, not each.due)
    return (*standing, each.due, action.exercise, each.number)


async def update(
    folder: DataFolder,
    exercise: str,
    item: int,
    status: ActionStatus | None = None,
    note: str = "",
    due: str = "",
    world: World | None = None,
) -> None:
    """Says what has become of an action, in the record of its exercise.

    Args:
        folder: Where the exercise is kept.
        exercise: Its name.
        item: The action's number in it, from 1.
        status: What has become of it; as it was where none is given.
        note: What there is to say.
        due: A new day, as in 2026-12-01.
        world: Time and chance; the real ones where none is given.

    Raises:
        TabletopError: with a sentence, where there is no such exercise or action, or it can't be
            written now.
    """

    def asked(state: State) -> UpdateAction:
        last = state.actions.get(item)
        return UpdateAction(item, status or (last.status if last else "open"), note, due)

    await _kept(folder, exercise, asked, world)


async def write(
    folder: DataFolder, exercise: str, improvement: Improve, world: World | None = None
) -> None:
    """Writes down something to improve, in the record of its exercise.

    Raises:
        TabletopError: with a sentence, where there is no such exercise, or it can't be written now.
    """
    await _kept(folder, exercise, lambda state: improvement, world)


async def _kept(
    folder: DataFolder, exercise: str, asked: Callable[[State], Command], world: World | None
) -> None:
    room = await taken_up(folder, folder.find(exercise).stem, world or World.real())
    try:
        state = room.state
        command = asked(state)
        people = [seat.id for seat in state.seats.values() if seat.kind != "stand_in"]
        may = [seat for seat in people if room.engine.accepts(state, seat, command)]
        if not people:
            raise RecordError(say("This exercise has not begun."))
        # Nobody sits there any more: whoever holds the file speaks for those who held the exercise.
        answer = await room.submit((may or people)[0], command)
        if isinstance(answer, Rejected):
            raise RecordError(answer.sentence)
    finally:
        await room.close()
