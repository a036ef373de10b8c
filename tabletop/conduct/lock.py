"""The lock of an exercise: who holds it may write, and the system lets go of it on any death."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.conduct.errors import InUse, RecordError
from tabletop.wording import say

if TYPE_CHECKING:
    pass

PATIENCE = 1.0
"""Seconds to wait for a lock, so that someone who is just closing an exercise is not in the way."""


class ExerciseLock:
    """An operating-system lock on a file beside the exercise."""

    def __init__(self, path: Path) -> None:
        """Takes the lock.

        Raises:
            InUse: where someone else holds it.
            RecordError: where the folder can't hold a lock.
        """
        # Listing exercises takes no lock and should not pay for the import.
        from filelock import FileLock, Timeout

        # Not bound to a thread: who closes an exercise need not be who opened it.
        self._lock: FileLock = FileLock(path, timeout=PATIENCE, mode=0o600, thread_local=False)
        try:
            # Where the file can't even be made, waiting for it would look like waiting for someone.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._lock.acquire()
        except Timeout:
            raise InUse(
                say("This exercise is open in another window; close it there and try again.")
            ) from None
        except (OSError, NotImplementedError) as error:
            raise RecordError(
                say(
                    "{path} can't be locked ({why}); choose another folder with --data.",
                    path=path,
                    why=getattr(error, "strerror", None) or error,
                )
            ) from None

    def release(self) -> None:
        """Lets go of it."""
        self._lock.release()
