"""Playing: an exercise from its setup to the end of its debrief, as lines."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tabletop.conduct import solo
from tabletop.plain.acts import Quit
from tabletop.plain.conversation import Conversation
from tabletop.plain.keyboard import EndOfInput, Keyboard
from tabletop.plain.page import Page
from tabletop.plain.setup import choose
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library, Loaded
    from tabletop.conduct.revision import Revision
    from tabletop.plain.review import Save


async def play(
    library: "Library",
    folder: "DataFolder",
    loaded: "Loaded",
    save: "Save",
    program: str,
    *,
    roles: Sequence[str] = (),
    seed: int | None = None,
    parameters: Mapping[str, str] | None = None,
    skips: Sequence[str] = (),
) -> None:
    """Plays a scenario from the beginning; `program` is how to call this one again."""
    page, keyboard = desk()
    try:
        chosen = await choose(page, keyboard, loaded.scenario, roles, skips)
    except EndOfInput:
        page.line(say("Nothing was begun."))
        page.flush()
        return
    await _held(
        lambda: solo.begin(
            library,
            folder,
            loaded,
            chosen.roles,
            seed=seed,
            parameters=parameters,
            skips=dict.fromkeys(chosen.roles, chosen.skips),
        ),
        page,
        keyboard,
        save,
        program,
    )


async def resume(
    library: "Library",
    folder: "DataFolder",
    exercise: str,
    save: "Save",
    program: str,
    *,
    as_begun: bool = False,
) -> None:
    """Goes on with an exercise where it stopped."""
    page, keyboard = desk()

    async def opened() -> solo.Exercise:
        resumed = await solo.resume(folder, exercise, library=library, as_begun=as_begun)
        if resumed.revision is not None and resumed.revision.harmless:
            page.line(resumed.revision.sentence)
        return resumed

    await _held(opened, page, keyboard, save, program)


def changed(revision: "Revision", program: str, go_on: str) -> None:
    """Says what has become of an exercise's scenario, and by what command it goes on as begun."""
    page = Page(sys.stdout)
    for told in revision.told:
        page.line(told, "  ", "    ")
    page.paragraph(say("To go on with it as it began:"))
    page.line(f"{program} {go_on} --as-begun", "  ")
    page.line(say("To see all that changed, with marks and what only other roles know:"))
    page.line(f"{program} diff --exercise {revision.exercise}", "  ")
    page.flush()


def desk() -> tuple[Page, Keyboard]:
    """The page and the keyboard of this process."""
    page = Page(sys.stdout)
    typed = sys.stdin is not None and sys.stdin.isatty()
    return page, Keyboard(page, 0, echo=not typed)


async def _held(
    opened: Callable[[], Awaitable[solo.Exercise]],
    page: Page,
    keyboard: Keyboard,
    save: "Save",
    program: str,
) -> None:
    exercise = await opened()
    talk = Conversation(exercise, page, keyboard)
    try:
        await talk.hold()
        # The debrief's parts take a while to import, and nobody waits for them before the end.
        from tabletop.plain.review import review

        await review(exercise, page, keyboard, save, program)
    except asyncio.CancelledError:
        _said_saved(page, program, exercise)
        raise
    except (Quit, EndOfInput):
        _said_saved(page, program, exercise)
    finally:
        await talk.close()
        await exercise.close()
    page.flush()


def _said_saved(page: Page, program: str, exercise: solo.Exercise) -> None:
    page.paragraph(say("Saved. To go on: {program} resume {id}", program=program, id=exercise.id))
    page.flush()
