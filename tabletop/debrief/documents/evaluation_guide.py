"""An exercise evaluation guide for each objective: what to watch for, and room to rate it."""

from collections.abc import Iterator

from tabletop.debrief import asked
from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Field, Form, Heading, Items, Line, Page, Row, Rows, Table
from tabletop.debrief.citations import cited
from tabletop.debrief.conclusion_parts import CapabilityRating, ObjectiveRating, TaskRating
from tabletop.debrief.documents import handling, key
from tabletop.debrief.documents.conducting import ratings_key
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.played import Played
from tabletop.debrief.pages import conclusions
from tabletop.debrief.prose import line
from tabletop.scenario.model import Objective

CHOICES = "☐\u00a0P\u2003☐\u00a0S\u2003☐\u00a0M\u2003☐\u00a0U"


def evaluation_guides(occasion: Occasion) -> Iterator[Document]:
    """A guide for each objective, in the scenario's order."""
    for number, (name, objective) in enumerate(occasion.scenario.objectives.items(), 1):
        yield _guide(occasion, number, name, objective)


def filled_guides(played: Played) -> Iterator[Document]:
    """The same with what the record shows of each task, and what people made of it."""
    objectives = played.occasion.scenario.objectives
    for number, rating in enumerate(played.report.concluded.objectives, 1):
        yield _guide(played.occasion, number, rating.id, objectives[rating.id], (played, rating))


Filled = tuple[Played, ObjectiveRating]


def _guide(
    occasion: Occasion,
    number: int,
    name: str,
    objective: Objective,
    filled: Filled | None = None,
) -> Document:
    say = occasion.say
    return Document(
        slug=f"evaluation-guide-{number}-{name.replace('_', '-')}",
        title=say(
            "Exercise Evaluation Guide: {objective}", objective=occasion.line(objective.title)
        ),
        marking=handling.marking(occasion.language),
        notice=handling.after(filled[0]) if filled else handling.handling(occasion, "conductors"),
        pages=(
            Page("guide", say("What is evaluated"), _head(occasion, objective)),
            Page("tasks", say("Critical tasks"), _tasks(occasion, objective, filled)),
            Page("rating", say("Rating"), _rating(occasion, filled)),
        ),
        audience="conductors",
        language=occasion.language,
    )


def _head(occasion: Occasion, objective: Objective) -> list[Block]:
    say, about = occasion.say, occasion.about
    place = occasion.engine.guidance.jurisdictions[occasion.scenario.jurisdiction]
    return [
        Form(
            (
                Field(say("Exercise name"), occasion.exercise),
                Field(say("Exercise date"), occasion.dates),
                Field(say("Organization evaluated")),
                Field(say("Jurisdiction of the story"), line(place.name)),
                Field(say("Venue"), line(about.venue or "")),
                Field(say("Mission area"), ", ".join(map(line, about.mission_areas))),
            )
        ),
        Rows(
            (
                Row(say("Exercise objective"), occasion.line(objective.title)),
                Row(say("Core capability"), occasion.line(objective.capability)),
                Row(say("Organizational capability target"), occasion.plain(objective.target)),
            )
        ),
        Heading(say("Where it may show")),
        Items(_places(occasion, objective)),
        Heading(say("Ratings")),
        ratings_key(occasion),
    ]


def _places(occasion: Occasion, objective: Objective) -> tuple[str, ...]:
    """The decisions that rest on a practice of one of its tasks."""
    wanted = {practice for task in objective.tasks.values() for practice in task.practices}
    found = tuple(
        occasion.say(
            "{scene}: {title} ({roles})",
            scene=occasion.scene(name),
            title=occasion.line(asked.title),
            roles=occasion.roles(asked.by),
        )
        for name, scene in occasion.scenario.scenes.items()
        for asked in scene.decisions.values()
        if wanted.intersection(key.practices(asked))
    )
    return found or (occasion.say("In what people say and tell one another."),)


def _tasks(occasion: Occasion, objective: Objective, filled: Filled | None) -> list[Block]:
    say = occasion.say
    shown = {each.id.partition(".")[2]: each for each in filled[1].tasks} if filled else {}
    rows = []
    for number, (name, task) in enumerate(objective.tasks.items(), 1):
        sources = "; ".join(
            say(
                "{practice} ({sources}; {checked})",
                practice=each.title,
                sources=", ".join(w.source(reference) for reference in each.references),
                checked=w.checked(each, occasion.language),
            )
            for each in cited(occasion.guidance, task.practices)
        )
        seen, rating = "", CHOICES
        if filled:
            voice = filled[0].voice
            seen = " ".join(conclusions.rests_on(voice, shown[name]))
            rating = _rated(occasion, shown[name])
        rows.append((f"{number}. {occasion.line(task.text)}", sources, seen, rating))
    return [
        Table(
            say("What each task rests on, what was seen of it, and its rating"),
            (say("Task"), say("Sources"), say("Observed: time, who, what, why"), say("Rating")),
            tuple(rows),
            to_fill=True,
        ),
        Form((Field(say("Observation notes"), lines=6),)),
    ]


def _rated(occasion: Occasion, task: TaskRating | CapabilityRating) -> str:
    """A rating of a task or a capability, and whether a person has said it."""
    words = asked.rating(task.final, occasion.language)
    if not task.final:
        return words
    said = occasion.say("{letter}: {words}", letter=task.final, words=words)
    if not task.rating:
        return occasion.say("{rating} (proposed)", rating=said)
    if task.rating == task.proposed:
        return occasion.say("{rating} (confirmed)", rating=said)
    reason = occasion.say("(erased)") if task.reason is None else task.reason
    return occasion.say("{rating} (changed: {reason})", rating=said, reason=reason)


def _rating(occasion: Occasion, filled: Filled | None) -> list[Block]:
    say = occasion.say
    target = capability = CHOICES
    if filled:
        played, objective = filled
        target = conclusions.rated_as(played.voice, objective.final)
        of = {each.name: each for each in played.report.concluded.capabilities}
        whole = of[objective.capability]
        capability = conclusions.rated_as(played.voice, whole.final)
        if whole.rating:
            capability = _rated(occasion, whole)
    return [
        Line(
            say(
                "A task the exercise did not show is not rated. The target is as good as its worst"
                " task, unless you say otherwise and why."
            )
        ),
        Form(
            (
                Field(say("Rating of the target"), target),
                Field(say("Final rating of the core capability"), capability),
                Field(say("Explanation of the rating"), lines=3),
                Field(say("Evaluator")),
                Field(say("Email")),
                Field(say("Phone")),
            )
        ),
    ]
