"""What the tests of conducting share: a person who plays by a simple rule, and ways to look."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from tabletop.conduct.connection import Accepted, Frame
from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library, Loaded
from tabletop.conduct.solo import Exercise, begin
from tabletop.conduct.world import FixedWorld, World
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.state import State

LIBRARY = Library()
_LOADED: dict[str, Loaded] = {}


def run(coroutine: Coroutine[Any, Any, Any], seconds: float = 60) -> Any:
    """Runs a test's coroutine; what hangs fails."""

    async def limited() -> Any:
        async with asyncio.timeout(seconds):
            return await coroutine

    return asyncio.run(limited())


def loaded(slug: str = "first_hour") -> Loaded:
    """A shipped scenario, read once."""
    if slug not in _LOADED:
        _LOADED[slug] = LIBRARY.load(slug)
    return _LOADED[slug]


async def begun(
    folder: Path, roles: tuple[str, ...] = ("investigator",), **options: Any
) -> tuple[Exercise, FixedWorld]:
    """An exercise of First Hour in a world that is always the same."""
    world = options.pop("world", None) or World.fixed(7)
    exercise = await begin(LIBRARY, DataFolder(folder), loaded(), roles, world=world, **options)
    return exercise, world


def wish(engine: Engine, state: State, role: str) -> c.Command | None:
    """What a person of few ideas does next: share, answer, settle, move on."""
    legal = engine.legal(state, role)
    for command in legal:
        if isinstance(command, c.Share):
            return command
    for command in legal:
        if isinstance(command, c.Commit) and role not in state.decisions[command.decision].answers:
            return replace(command, reason=f"{role} thought of {command.option}.", confidence=2)
    for kind in (c.Settle, c.Advance):
        for command in legal:
            if isinstance(command, kind):
                return command
    return None


async def play(exercise: Exercise, world: FixedWorld | None = None, most: int = 500) -> list[tuple]:
    """Plays on until nobody has anything to do, and lists who did what."""
    done: list[tuple] = []
    lines = {role: exercise.connection(role) for role in exercise.roles}
    for _ in range(most):
        await exercise.quiet()
        for role, line in lines.items():
            command = wish(exercise.engine, state_of(exercise), role)
            if command is not None:
                if world is not None:
                    await let(world, 7)
                key = f"{role}-{len(done)}"
                assert await line.submit(command, key) == Accepted()
                done.append((role, command, key))
                break
        else:
            return done
    return done


async def let(world: FixedWorld, seconds: float) -> None:
    """Lets time pass and everyone who waited for it act."""
    world.advance(seconds)
    for _ in range(20):
        await asyncio.sleep(0)


def state_of(exercise: Exercise) -> State:
    """The state behind an exercise, which no screen can see."""
    return exercise._room.state


async def frame(line: Any) -> Frame:
    """The newest frame of a line."""
    frames = line.frames()
    try:
        return await anext(frames)
    finally:
        await frames.aclose()


def files(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
