"""Joining: what is told at the door of a session, before anybody is in it."""

from collections.abc import Iterable

from tabletop.plain.playing import desk
from tabletop.wording import say


def tell_door(title: str, summary: str, themes: Iterable[tuple[str, str]]) -> None:
    """Tells what an exercise is and contains, and what is kept of those who play it."""
    page, _ = desk()
    page.heading(title)
    page.line(summary)
    themes = tuple(themes)
    if themes:
        page.paragraph(
            say("What it contains; a word in front, after --skip, has it told more gently:")
        )
        page.items(f"{theme}: {note}" for theme, note in themes)
    page.paragraph(
        say(
            "What you answer, say and write is kept on the facilitator's computer until the"
            " facilitator deletes the exercise. Others see your name and what you send them, and"
            " after a reveal your answer and reason. Leave real people and cases out. You can"
            " pause, step out or skip at any moment, without a reason."
        )
    )
    page.gap()
    page.flush()
