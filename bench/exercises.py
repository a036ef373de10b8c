"""Exercises to measure: begun, read as far as the screen, and put away to be resumed."""

import asyncio
from pathlib import Path

from tabletop.conduct import solo
from tabletop.conduct.connection import Accepted
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.exercise.commands import Acknowledge, Command, Say

ROLE = "investigator"
LINE = "The provider asked again how many people to expect; we said between six and ten, by Friday."


def begun(home: Path, ref: str, entries: int = 0) -> str:
    """Begins an exercise, fills its feed up to a number of entries, and gives its name."""
    return asyncio.run(_begun(home, ref, entries))


async def _begun(home: Path, ref: str, entries: int) -> str:
    exercise = await solo.begin(Library(), DataFolder(home / "exercises"), ref, (ROLE,))
    line = exercise.connection(ROLE)

    async def do(command: Command) -> None:
        answer = await line.submit(command)
        assert answer == Accepted(), answer

    try:
        # Whoever has read nothing yet is shown the briefing first.
        await do(Acknowledge(1))
        await exercise.quiet()
        for _ in range(entries - len((await anext(line.frames())).view.feed)):
            await do(Say("all", LINE))
        return exercise.id
    finally:
        await exercise.close()
