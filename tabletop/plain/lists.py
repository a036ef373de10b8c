"""Lists: scenarios and exercises, for people and as JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop.plain.page import one_line
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import ScenarioCard
    from tabletop.conduct.summary import ExerciseSummary
    from tabletop.exercise.chain import Verdict


def dumped(value: Any) -> list[str]:
    """JSON in ASCII, which no terminal acts on."""
    return [json.dumps(value, indent=2).replace("\x7f", "\\u007f")]


def scenarios(cards: Sequence["ScenarioCard"]) -> Iterator[str]:
    """What can be played."""
    for number, card in enumerate(cards):
        if number:
            yield ""
        if card.problem:
            yield f"{card.slug}: {one_line(card.problem)}"
            continue
        yield f"{card.slug}: {one_line(card.title)}"
        yield f"  {one_line(card.summary)}"
        yield "  " + say(
            "About {alone} minutes alone, {group} in a group.",
            alone=card.minutes_alone,
            group=card.minutes_group,
        )
        for role in card.roles:
            joins = say(" (joins with {scene})", scene=role.joins_title) if role.joins_title else ""
            yield "  " + say("Role {id}: {name}", id=role.id, name=one_line(role.name)) + joins
        for theme, note in card.themes:
            yield "  " + say("Contains {theme}: {note}", theme=theme, note=one_line(note))


def scenarios_json(cards: Sequence["ScenarioCard"]) -> list[str]:
    """The same, for programs."""
    return dumped(
        [
            {
                "name": card.slug,
                "path": str(card.path),
                "title": card.title,
                "summary": card.summary,
                "minutes": {"alone": card.minutes_alone, "group": card.minutes_group},
                "themes": dict(card.themes),
                "roles": [asdict(role) for role in card.roles],
                "problem": card.problem,
            }
            for card in cards
        ]
    )


def exercises(found: Sequence["ExerciseSummary"], folder: Path) -> Iterator[str]:
    """What was played, the latest first."""
    if not found:
        yield say("There are no exercises in {folder} yet.", folder=one_line(str(folder)))
    status = {
        "open": say("not begun"),
        "running": say("going on"),
        "paused": say("paused"),
        "ended": say("ended"),
    }
    for each in found:
        if each.problem:
            yield f"{each.id}  {one_line(each.problem)}"
            continue
        minutes = each.elapsed_ms // 60_000
        yield one_line(
            say(
                "{id}  {title}, as {roles}: {status} in {scene}, {minutes} min, last {last}",
                id=each.id,
                title=each.title,
                roles=", ".join(each.roles),
                status=status.get(each.status, each.status),
                scene=each.scene_title or "-",
                minutes=minutes,
                last=each.last.replace("T", " ").removesuffix("Z"),
            )
        )


def exercises_json(found: Sequence["ExerciseSummary"]) -> list[str]:
    """The same, for programs."""
    return dumped([asdict(each) for each in found])


def verdict_json(verdict: "Verdict") -> list[str]:
    """What checking a record found."""
    return dumped(asdict(verdict))
