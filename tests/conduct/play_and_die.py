"""Plays a script over and over, killed by itself at each entry in turn, until it is through.

    python play_and_die.py FOLDER SCRIPT before|after

Each life is a process of its own that takes the exercise up, sends the whole script again from its
first command under the same keys, and ends with `kill -9` either right before the commit of its
first new entry reaches the disk or right after. Prints how many lives it took.
"""

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

from playing import LIBRARY, frame, let, loaded

from tabletop.conduct.connection import Accepted
from tabletop.conduct.exercise_file import ExerciseFile
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.solo import begin, resume
from tabletop.conduct.world import World
from tabletop.exercise.codec import decode_command


def armed(moment: str) -> None:
    """Kills this process at the next append."""
    real = ExerciseFile.append

    def append(self, *given):
        if moment == "before":
            self._connection.set_trace_callback(
                lambda sql: sql == "COMMIT" and os.kill(os.getpid(), signal.SIGKILL)
            )
        head = real(self, *given)
        os.kill(os.getpid(), signal.SIGKILL)
        return head

    ExerciseFile.append = append


async def live(folder: DataFolder, script: list, *, moment: str) -> None:
    """One life."""
    world = World.fixed(7)
    if folder.exercises():
        if moment:
            armed(moment)
        exercise = await resume(folder, folder.exercises()[0].id, world=world)
    else:
        exercise = await begin(
            LIBRARY, folder, loaded(), ("investigator",), world=world, names={"investigator": "Kim"}
        )
        if moment:
            armed(moment)
    line = exercise.connection("investigator")
    for number, (_, command, key) in enumerate(script):
        await exercise.quiet()
        # The first entry is the beginning; after it, each command of the script is one.
        if (await frame(line)).saved == number + 1:
            await let(world, 7)
        assert await line.submit(decode_command(command), key) == Accepted()
    await exercise.quiet()
    await exercise.close()


def main(path: str, script: str, moment: str) -> None:
    folder, commands, lives = DataFolder(path), json.loads(Path(script).read_text()), 0
    loaded()
    while True:
        lives += 1
        # To die before a commit each time would be to live for ever: every other life dies after.
        dies = moment if moment == "after" or lives % 2 else "after"
        child = os.fork()
        if not child:
            asyncio.run(live(folder, commands, moment=dies))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    sys.stdout.write(f"{lives} {os.WEXITSTATUS(status)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
