"""Words: where people write in a debrief, and the line through which that is kept.

Reading an old debrief touches nothing: the exercise is taken up only once there is something to
keep, and let go of when the debrief is left.
"""

import asyncio
from typing import TYPE_CHECKING

from textual.widgets import TextArea

from tabletop.conduct.connection import Rejected
from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.exercise.commands import Prompt, Reflect

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.solo import Exercise


class Words(TextArea):
    """Where one person writes to one prompt."""

    def __init__(self, prompt: Prompt, role: str, text: str) -> None:
        """Begins with what was written before."""
        super().__init__(safe.field(text), soft_wrap=True, compact=True)
        self.prompt: Prompt = prompt
        self.role = role

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaves the function keys to the screen: text areas bind some of them to selecting."""
        if action in ("select_line", "select_all"):
            return False
        return super().check_action(action, parameters)


class Reflections:
    """What people wrote since the debrief was opened, and what of it is kept."""

    def __init__(self, folder: "DataFolder", exercise: str) -> None:
        """Takes the exercise by its name; without a name nothing can be kept."""
        self.folder = folder
        self.exercise = exercise
        self.written: dict[tuple[Prompt, str], str] = {}
        self.problem = ""
        """Why something could not be kept; empty while all is well."""
        self._kept: dict[tuple[Prompt, str], str] = {}
        self._open: Exercise | None = None
        self._one_at_a_time = asyncio.Lock()

    def begin(self, prompt: Prompt, role: str, text: str) -> None:
        """Notes what is kept already."""
        self.written[prompt, role] = self._kept[prompt, role] = text.strip()

    async def keep(self) -> bool:
        """Keeps what was written since the last time; says whether all of it is kept."""
        async with self._one_at_a_time:
            for key, text in tuple(self.written.items()):
                if not text.strip() or self._kept.get(key) == text.strip():
                    continue
                try:
                    await self._reflect(*key, text.strip())
                except TabletopError as error:
                    self.problem = str(error)
                    return False
                self._kept[key] = text.strip()
            self.problem = ""
            return True

    async def _reflect(self, prompt: Prompt, role: str, text: str) -> None:
        if self._open is None:
            from tabletop.conduct import solo

            self._open = await solo.resume(self.folder, self.exercise)
        answer = await self._open.connection(role).submit(Reflect(prompt, text))
        if isinstance(answer, Rejected):
            raise TabletopError(answer.sentence)

    async def close(self) -> None:
        """Keeps the last words and lets go of the exercise."""
        await self.keep()
        async with self._one_at_a_time:
            if self._open is not None:
                await self._open.close()
                self._open = None
