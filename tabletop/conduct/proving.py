"""Proving: what takes long about a scenario, done in a process of its own.

Exploring keeps a processor busy for seconds. In this process it would hold up the screen and the
next save, and could not be stopped; a process can. It is kept for the next question, so that only
the first one waits for it to start, and it ends by itself when nobody is there to ask it any more.

Questions and answers are pickled values on its standard streams; both ends are this program.
"""

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import tabletop
from tabletop.authoring.check import Checked, explorations, explored
from tabletop.authoring.explorations import LIMIT
from tabletop.authoring.findings import Route
from tabletop.authoring.outlook import Outlook, Outlooks
from tabletop.authoring.packed.trace import Step
from tabletop.authoring.places import Place, ways
from tabletop.authoring.report import ExploreReport, reported
from tabletop.conduct.errors import TabletopError
from tabletop.conduct.library import guidance
from tabletop.conduct.play_scripts import Play, played
from tabletop.exercise.engine import Engine
from tabletop.scenario.reading import read_scenario
from tabletop.wording import say

_SIZE = 8
"""Bytes that say how long an answer is."""


class Unproved(TabletopError):
    """The process that explores has ended before it answered."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be found out about a scenario as it was saved."""

    path: Path
    name: str
    """What findings call the file."""
    source: bytes
    explore: bool = True
    """Whether to explore, or only to run the play scripts."""
    limit: int = LIMIT
    author: bool = False
    """Whether the ways to each place and the whole report are wanted too."""


@dataclass(frozen=True, slots=True)
class Played:
    """How the play scripts beside a scenario went."""

    path: Path
    plays: tuple[Play, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """What a check found that explored every situation."""

    path: Path
    checked: Checked
    """Without the engine, which stays where it was made."""


@dataclass(frozen=True, slots=True)
class Ways:
    """A shortest route to each place that can be reached."""

    path: Path
    routes: dict[Place, Route]


@dataclass(frozen=True, slots=True)
class Reported:
    """What a scenario can come to."""

    path: Path
    report: ExploreReport


@dataclass(frozen=True, slots=True)
class Looking:
    """What an exercise can still come to after some moves."""

    name: str
    source: bytes
    taken: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Ahead:
    """The outlook, where there is one."""

    outlook: Outlook | None


Answer = Played | Ways | Proved | Reported


class Prover:
    """A process that explores; made when it is first asked."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._process: Process | None = None

    async def answers(self, question: Question) -> AsyncGenerator[Answer, None]:
        """The answers to a question as they come; whoever closes this early ends the process.

        Raises:
            Unproved: with a sentence, where the process ended before the last of them.
        """
        async with aclosing(self._answers(question)) as answers:
            async for answer in answers:
                if not isinstance(answer, Ahead):
                    yield answer

    async def ahead(self, looking: Looking) -> Outlook | None:
        """What an exercise can still come to.

        Raises:
            Unproved: with a sentence, where the process ended before it answered.
        """
        found: Outlook | None = None
        async with aclosing(self._answers(looking)) as answers:
            async for answer in answers:
                if isinstance(answer, Ahead):
                    found = answer.outlook
        return found

    async def _answers(self, question: Question | Looking) -> AsyncGenerator[Answer | Ahead, None]:
        process = await self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        done = False
        try:
            process.stdin.write(_packed(question))
            await process.stdin.drain()
            while (answer := await _answer(process.stdout)) is not None:
                yield answer
            done = True
        except (asyncio.IncompleteReadError, OSError):
            raise Unproved(
                say("Exploring stopped before its end: its process was ended or ran out of memory.")
            ) from None
        finally:
            if not done:
                await self.close()

    async def close(self) -> None:
        """Ends the process, whatever it is doing."""
        if self._process is None:
            return
        if self._process.returncode is None:
            self._process.kill()
        await self._process.communicate()
        self._process = None

    async def _running(self) -> Process:
        if self._process is not None and self._process.returncode is not None:
            await self.close()
        if self._process is None:
            # In a session of its own, so that Ctrl-C is heard by whoever asked and not by it.
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                "-c",
                "import sys; sys.path.append(sys.argv[1]);"
                "from tabletop.conduct.proving import serve; serve()",
                str(Path(tabletop.__file__).parents[1]),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                start_new_session=True,
            )
        return self._process


async def _answer(stream: asyncio.StreamReader) -> Answer | Ahead | None:
    size = int.from_bytes(await stream.readexactly(_SIZE), "big")
    answer: Answer | Ahead | None = pickle.loads(await stream.readexactly(size))  # noqa: S301 - our own.
    return answer


def _packed(value: Question | Looking | Answer | Ahead | None) -> bytes:
    data = pickle.dumps(value)
    return len(data).to_bytes(_SIZE, "big") + data


# In the process.


def serve() -> None:
    """Answers questions until nobody asks any more."""
    if hasattr(os, "nice"):
        # The next save is read by whoever asks, and that must not wait for this.
        os.nice(10)
    questions: SimpleQueue[Question | Looking] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, questions), daemon=True).start()
    answers = sys.stdout.buffer
    while True:
        for answer in _answered(questions.get()):
            answers.write(_packed(answer))
            answers.flush()
        answers.write(_packed(None))
        answers.flush()


def _listen(stream: BinaryIO, questions: "SimpleQueue[Question | Looking]") -> None:
    """Passes questions on; when whoever asks is gone, nothing more is worth finding out."""
    try:
        while size := stream.read(_SIZE):
            data = stream.read(int.from_bytes(size, "big"))
            questions.put(pickle.loads(data))  # noqa: S301 - our own.
    finally:
        # Also where a question breaks off, since whoever asked it was killed.
        os._exit(0)


@lru_cache(maxsize=1)
def _outlooks(name: str, source: bytes) -> Outlooks | None:
    """The table of a scenario, worked out when it is first asked for."""
    registry = guidance()
    scenario = read_scenario(source, name, registry).scenario
    return None if scenario is None else Outlooks(Engine(scenario, registry))


def _answered(question: Question | Looking) -> Iterator[Answer | Ahead]:
    if isinstance(question, Looking):
        table = _outlooks(question.name, question.source)
        yield Ahead(None if table is None else table.at(question.taken))
        return
    registry = guidance()
    reading = read_scenario(question.source, question.name, registry)
    if reading.scenario is None or not reading.playable:
        return
    yield Played(question.path, played(question.path, reading.scenario, registry))
    if not question.explore:
        return
    # One exploration answers everything.
    made = explorations(Engine(reading.scenario, registry), limit=question.limit)
    if question.author:
        yield Ways(question.path, ways(made))
    yield Proved(question.path, replace(explored(reading, made), engine=None))
    if question.author:
        yield Reported(question.path, reported(made))
