"""Told: how the console puts minutes, dates, roles and where an exercise stands into words."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import RoleCard, ScenarioCard
    from tabletop.conduct.summary import ExerciseSummary


def minutes(card: "ScenarioCard") -> str:
    """How long a scenario takes, alone and in a group."""
    alone, group = card.minutes_alone, card.minutes_group
    if alone and group:
        return say("{alone} minutes alone, {group} in a group", alone=alone, group=group)
    if alone or group:
        return say("about {minutes} minutes", minutes=alone or group)
    return ""


def alone(card: "ScenarioCard") -> str:
    """How long a scenario takes alone."""
    return say("about {minutes} minutes", minutes=card.minutes_alone or card.minutes_group)


def discipline(card: "RoleCard") -> str:
    """A role's discipline and hat."""
    if card.hat == "prosecutor":
        return say("prosecution")
    if card.hat == "victims_attorney":
        return say("victims' counsel")
    names = {
        "law_enforcement": say("law enforcement"),
        "victim_services": say("victim services"),
        "attorney": say("attorney"),
    }
    return names.get(card.discipline, spaced(card.discipline))


def unwrapped(text: str) -> str:
    """Paragraphs as one line each: an author's line ends mean nothing, as in CommonMark."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    return "\n\n".join(" ".join(each.split()) for each in paragraphs)


def called(name: str) -> str:
    """A role's person without what follows the comma."""
    return name.partition(",")[0]


def spaced(name: str) -> str:
    """An identifier as words."""
    return name.replace("_", " ")


def listed(names: Iterable[str]) -> str:
    """Names in a row: one, two and three."""
    *most, last = list(names) or [""]
    if not most:
        return last
    return say("{names} and {last}", names=", ".join(most), last=last)


def roles(names: Iterable[str]) -> str:
    """Roles by their identifiers, in a row."""
    return listed(spaced(name) for name in names)


def minute(elapsed_ms: int) -> str:
    """How far in an exercise is."""
    return say("{minutes} min in", minutes=elapsed_ms // 60_000)


def place(exercise: "ExerciseSummary") -> str:
    """Which exercise, where it stands and how far in it is."""
    parts = [exercise.title, exercise.scene_title, minute(exercise.elapsed_ms)]
    return ", ".join(part for part in parts if part)


def day(moment: str, now: datetime) -> str:
    """A moment of the record as a day and an hour where the reader is."""
    try:
        then = datetime.fromisoformat(moment).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return ""
    clock = f"{then.hour}:{then.minute:02}"
    days = (now.date() - then.date()).days
    if days == 0:
        return say("today, {clock}", clock=clock)
    if days == 1:
        return say("yesterday, {clock}", clock=clock)
    return f"{then.date().isoformat()}, {clock}"
