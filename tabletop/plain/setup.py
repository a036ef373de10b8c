"""Setup: what there is to know and to choose before an exercise starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tabletop.plain.acts import discipline
from tabletop.plain.asking import numbers
from tabletop.plain.keyboard import Keyboard
from tabletop.plain.page import Page
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person has chosen."""

    roles: tuple[str, ...]
    skips: tuple[str, ...]
    """Content themes they want in a gentler wording."""


async def choose(
    page: Page,
    keyboard: Keyboard,
    scenario: "Scenario",
    roles: Sequence[str] = (),
    skips: Sequence[str] = (),
) -> Choices:
    """Tells what the exercise is, and asks for what was not given already.

    Raises:
        EndOfInput: where there is nothing more to read; nothing has begun.
    """
    page.line(scenario.title)
    page.prose(scenario.summary)
    page.paragraph(
        say(
            "About {minutes} minutes alone. Training, not legal advice. Nothing leaves this"
            " computer.",
            minutes=scenario.minutes.alone,
        )
    )
    if scenario.themes:
        page.paragraph(say("What it contains:"))
        page.numbered(
            f"{theme.replace('_', ' ').capitalize()}: {note}"
            for theme, note in scenario.themes.items()
        )
        if not skips:
            skips = await _skips(page, keyboard, tuple(scenario.themes))
    if not roles:
        roles = await _roles(page, keyboard, scenario)
    page.paragraph(say("No answer is right on the spot, and nothing is marked while you play."))
    page.line(say("Pause, step out, or skip a passage whenever you like, without a reason."))
    page.line(
        say(
            "What you decide and write is kept on this computer only, for the debrief; names and"
            " words can be erased."
        )
    )
    await keyboard.ask(say("Press Enter to begin."))
    return Choices(tuple(roles), tuple(skips))


async def _skips(page: Page, keyboard: Keyboard, themes: tuple[str, ...]) -> tuple[str, ...]:
    chosen = await numbers(
        page,
        keyboard,
        say("Which of these would you rather read in a gentler wording? Numbers, or nothing."),
        len(themes),
    )
    return tuple(themes[each - 1] for each in chosen)


async def _roles(page: Page, keyboard: Keyboard, scenario: "Scenario") -> tuple[str, ...]:
    page.paragraph(say("Roles:"))
    names = tuple(scenario.roles)
    page.numbered(
        f"{role.name} ({discipline(role.discipline)}). {role.line or ''}"
        for role in scenario.roles.values()
    )
    while True:
        chosen = await numbers(
            page,
            keyboard,
            say(
                "Which do you play? A number; several, such as 1 2, share this keyboard. The"
                " others are stand-ins."
            ),
            len(names),
        )
        if chosen:
            return tuple(names[each - 1] for each in chosen)
        page.line(say("At least one, please."))
