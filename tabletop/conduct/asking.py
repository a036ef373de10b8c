"""Asking: what is to be found out about scenarios in another process, one after another."""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from tabletop.conduct.proving import Answer, Prover, Question, Unproved


@dataclass(frozen=True, slots=True)
class Failed:
    """What was to be done about a scenario came to no end."""

    path: Path
    sentence: str


class Questions:
    """The questions that wait, at most one about each file, and the one that is being answered."""

    def __init__(self, tell: Callable[[Answer | Failed], None]) -> None:
        """Takes whom to tell the answers."""
        self._tell = tell
        self._waiting: dict[Path, Question] = {}
        self._asked = asyncio.Event()
        self._now: tuple[Question, asyncio.Task[None]] | None = None

    def ask(self, question: Question) -> None:
        """Asks, once what was asked before is answered."""
        self._waiting[question.path] = question
        self._asked.set()

    def drop(self, path: Path) -> bool:
        """Asks no more about a file; says whether it was still to be explored."""
        dropped = [self._waiting.pop(path, None)]
        if self._now is not None and self._now[0].path == path:
            question, task = self._now
            if task.cancel():
                dropped.append(question)
        return any(question is not None and question.explore for question in dropped)

    async def answer(self) -> None:
        """Has each question answered in turn, for as long as this goes on."""
        prover = Prover()
        try:
            while True:
                await self._asked.wait()
                if not self._waiting:
                    self._asked.clear()
                    continue
                question = self._waiting.pop(next(iter(self._waiting)))
                task = asyncio.create_task(self._answer(prover, question))
                self._now = question, task
                try:
                    await asyncio.wait({task})
                finally:
                    self._now = None
                    task.cancel()
                    await asyncio.wait({task})
                if not task.cancelled():
                    task.result()
        finally:
            await prover.close()

    async def _answer(self, prover: Prover, question: Question) -> None:
        try:
            async with aclosing(prover.answers(question)) as answers:
                async for answer in answers:
                    self._tell(answer)
        except Unproved as error:
            self._tell(Failed(question.path, str(error)))
