"""An exercise evaluation guide for each objective: what to watch for, and room to rate it."""

from collections.abc import Iterator

from tabletop.debrief.blocks import Block, Field, Form, Heading, Items, Line, Page, Row, Rows, Table
from tabletop.debrief.documents import handling, key
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.handbook import ratings_key
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.prose import line
from tabletop.scenario.model import Objective

CHOICES = "☐\u00a0P\u2003☐\u00a0S\u2003☐\u00a0M\u2003☐\u00a0U"


def evaluation_guides(occasion: Occasion) -> Iterator[Document]:
    """A guide for each objective, in the scenario's order."""
    for number, (name, objective) in enumerate(occasion.scenario.objectives.items(), 1):
        yield _guide(occasion, number, name, objective)


def _guide(occasion: Occasion, number: int, name: str, objective: Objective) -> Document:
    say = occasion.say
    return Document(
        slug=f"evaluation-guide-{number}-{name.replace('_', '-')}",
        title=say(
            "Exercise Evaluation Guide: {objective}", objective=occasion.line(objective.title)
        ),
        marking=handling.marking(occasion.language),
        notice=handling.handling(occasion, "conductors"),
        pages=(
            Page("guide", say("What is evaluated"), _head(occasion, objective)),
            Page("tasks", say("Critical tasks"), _tasks(occasion, objective), fresh=True),
            Page("rating", say("Rating"), _rating(occasion)),
        ),
        audience="conductors",
        language=occasion.language,
    )


def _head(occasion: Occasion, objective: Objective) -> list[Block]:
    say, about = occasion.say, occasion.about
    place = occasion.engine.guidance.jurisdictions[occasion.scenario.jurisdiction]
    return [
        Line(
            say(
                "A task the exercise did not show is not rated. The target is as good as its worst"
                " task, unless you say otherwise and why."
            )
        ),
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


def _tasks(occasion: Occasion, objective: Objective) -> list[Block]:
    say, guidance = occasion.say, occasion.guidance
    rows = []
    for number, task in enumerate(objective.tasks.values(), 1):
        cited = "; ".join(
            say(
                "{practice} ({sources}; {checked})",
                practice=line(practice.title),
                sources=", ".join(
                    " ".join(
                        filter(
                            None, (line(guidance.sources[each.source].title), line(each.at or ""))
                        )
                    )
                    for each in practice.cites
                ),
                checked=handling.checked(occasion, practice),
            )
            for practice in (guidance.practices[name] for name in task.practices)
        )
        rows.append((f"{number}. {occasion.line(task.text)}", cited, "", CHOICES))
    return [
        Table(
            say("Critical tasks"),
            (say("Task"), say("Sources"), say("Observed: time, who, what, why"), say("Rating")),
            tuple(rows),
            to_fill=True,
        ),
        Form((Field(say("Observation notes"), lines=6),)),
    ]


def _rating(occasion: Occasion) -> list[Block]:
    say = occasion.say
    return [
        Form(
            (
                Field(say("Rating of the target"), CHOICES),
                Field(say("Final rating of the core capability"), CHOICES),
                Field(say("Explanation of the rating"), lines=3),
                Field(say("Evaluator")),
                Field(say("Email")),
                Field(say("Phone")),
            )
        ),
    ]
