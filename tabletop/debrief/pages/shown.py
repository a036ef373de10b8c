"""What the exercise showed and what it did not, and what is in none of the marks."""

from collections.abc import Iterator

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows
from tabletop.debrief.conclusion_parts import TaskRating
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Decided, Shared


def shown(voice: Voice) -> list[Block]:
    """Each objective's tasks with what shows them; where someone watched, ratings say it."""
    concluded = voice.report.concluded
    if concluded.watched or not concluded.objectives:
        return []
    blocks: list[Block] = [
        Heading(voice.say("What this exercise showed of its objectives")),
        Line(voice.say("Only what people decided is evidence, never what a stand-in did.")),
    ]
    for objective in concluded.objectives:
        tasks = tuple(
            Row(each.text.rstrip("."), _evidence(voice, each)) for each in objective.tasks
        )
        blocks += [Heading(objective.title, objective.capability, 4), Rows(tasks)]
    return blocks


def _evidence(voice: Voice, task: TaskRating) -> str:
    if not task.shown:
        return voice.say("not evidenced by this exercise")
    return " · ".join(
        voice.say("{title}, {minute}", title=each.title, minute=w.minute(each.at, voice.language))
        for each in task.shown
    )


def left_out(voice: Voice) -> list[Block]:
    """Decisions and facts told or kept that are marked nowhere, with why."""
    why: dict[str, list[str]] = {}
    for title, reason in _left_out(voice):
        why.setdefault(reason, []).append(title)
    if not why:
        return []
    return [
        Heading(voice.say("Left out of the marks")),
        Items(
            tuple(
                voice.say("{reason} {titles}.", reason=reason, titles=" · ".join(titles))
                for reason, titles in why.items()
            )
        ),
    ]


def _left_out(voice: Voice) -> Iterator[tuple[str, str]]:
    for scene in voice.report.story:
        for moment in scene.moments:
            match moment.what:
                case Decided(marked=False) as what:
                    yield what.title, what.how
                case Shared(marked=False) as what:
                    title = what.fact.rstrip(".") or voice.say("something held under privilege")
                    yield title, voice.say("Told by a stand-in:")
