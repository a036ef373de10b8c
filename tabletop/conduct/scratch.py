"""Scratch: a data folder for exercises that are only tried."""

from tempfile import TemporaryDirectory

from tabletop.conduct.errors import FolderError
from tabletop.conduct.folder import DataFolder
from tabletop.wording import say


class ScratchFolder(DataFolder):
    """A data folder only its owner can read, gone once it is closed or the program ends."""

    def __init__(self) -> None:
        """Makes the folder.

        Raises:
            FolderError: where the system has no place for it.
        """
        try:
            self._made = TemporaryDirectory(prefix="tabletop-")
        except OSError as error:
            raise FolderError(
                say("There is no place for a try: {why}.", why=error.strerror or error)
            ) from None
        super().__init__(self._made.name)

    def close(self) -> None:
        """Deletes the folder with everything in it."""
        self._made.cleanup()
