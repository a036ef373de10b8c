"""The After-Action Report and Improvement Plan, drafted from a record.

What the record shows is printed; what only people can say (a summary, root causes, the sponsor) is
room to write. Strengths and areas for improvement stand under the objective whose tasks they show,
each with what it rests on. The annexes are in `annexes.py`.
"""

from collections.abc import Iterator

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.ratings import TaskProposal, proposals
from tabletop.debrief.blocks import Block, Field, Form, Heading, Items, Line, Page, Row, Rows, Table
from tabletop.debrief.choices import Choice
from tabletop.debrief.conclusion_parts import ObjectiveRating
from tabletop.debrief.documents import annexes, handling
from tabletop.debrief.documents.conducting import ratings_key
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.overview import overview
from tabletop.debrief.documents.played import Played
from tabletop.debrief.pages.conclusions import rated_as
from tabletop.debrief.pages.steering import observed
from tabletop.debrief.parts import Finding


def after_action_report(played: Played) -> Document:
    """The report."""
    say = played.occasion.say
    pages = (
        Page("overview", say("Exercise overview"), _overview(played)),
        Page("summary", say("Executive summary"), _summary(played)),
        Page("analysis", say("Analysis of core capabilities"), _analysis(played), fresh=True),
        *annexes.annexes(played),
    )
    return Document(
        slug="after-action-report",
        title=say(
            "After-Action Report and Improvement Plan: {exercise}",
            exercise=played.occasion.exercise,
        ),
        marking=handling.marking(played.occasion.language),
        notice=handling.after(played),
        pages=pages,
        audience="conductors",
        language=played.occasion.language,
    )


def _overview(played: Played) -> list[Block]:
    say, about = played.occasion.say, played.report.notice
    signed = bool(played.report.concluded.signatures)
    return [
        Rows(
            (
                Row(say("Standing"), say("Final, signed") if signed else say("Draft, not signed")),
                Row(say("Took"), say("{minutes} min of play", minutes=about.minutes)),
                Row(say("Modules reached"), ", ".join(about.modules)),
                Row(
                    say("Ending"),
                    played.report.closing.ending or say("stopped before an ending"),
                ),
            )
        ),
        *overview(played.occasion),
    ]


def _summary(played: Played) -> list[Block]:
    say = played.occasion.say
    return [
        Line(say("Written by people. Drafted from the record, to keep, change or strike:")),
        Items(tuple(_drafted(played))),
        Form((Field(say("Summary"), lines=8),)),
    ]


def _drafted(played: Played) -> Iterator[str]:
    """What a summary could say, each a fact of the record."""
    say, report = played.occasion.say, played.report
    for objective in report.concluded.objectives:
        yield say(
            "{objective}: {rating}.",
            objective=objective.title,
            rating=_rating(played, objective),
        )
    for strengths in report.strengths:
        for found in strengths.found:
            yield say(
                "Strength: {title} ({who}).",
                title=found.title,
                who=w.byline(found.who, played.occasion.language),
            )
    for found in report.critical:
        yield say("Critical act: {title}.", title=found.title)
    for found in report.gaps:
        if not found.critical:
            yield say("Area for improvement: {title}.", title=found.title)


def _rating(played: Played, objective: ObjectiveRating) -> str:
    """A target's rating, and whether people have confirmed all of what it rests on."""
    say = played.occasion.say
    words = rated_as(played.voice, objective.final)
    if not objective.final or all(task.rating for task in objective.tasks if task.final):
        return words
    return say("{rating}, as proposed", rating=words)


def _analysis(played: Played) -> list[Block]:
    say, report = played.occasion.say, played.report
    objectives = report.concluded.objectives
    if not objectives:
        return [Line(say("The scenario names no objectives."))]
    blocks: list[Block] = [
        Table(
            say("Table 1. Summary of core capability performance"),
            (say("Objective"), say("Core capability"), say("Rating")),
            tuple((each.title, each.capability, _rating(played, each)) for each in objectives),
        ),
        Line(
            say(
                "A rating is proposed from marked choices and from what was noted, and counts once"
                " somebody who watched has confirmed or changed it."
            ),
            "quiet",
        ),
        ratings_key(played.occasion),
    ]
    shown = proposals(played.telling, played.made)
    for objective in objectives:
        blocks += _objective(played, objective, [p for p in shown if p.objective == objective.id])
    others = _elsewhere(played, shown)
    if others:
        blocks.append(Heading(say("Beyond the objectives")))
        blocks += _areas(played, others)
    return blocks


def _objective(
    played: Played, objective: ObjectiveRating, shown: list[TaskProposal]
) -> list[Block]:
    say = played.occasion.say
    blocks: list[Block] = [
        Heading(objective.title, objective.capability),
        Rows(
            (
                Row(say("Target"), objective.target),
                Row(say("Rating"), _rating(played, objective)),
                *(
                    Row(task.text.rstrip("."), rated_as(played.voice, task.final))
                    for task in objective.tasks
                ),
            )
        ),
    ]
    strengths = _unique(e.choice for p in shown for e in p.evidence if e.done and _held(e.choice))
    level = {"P": say("full"), "S": say("full")}.get(objective.final, say("partial"))
    blocks.append(Heading(say("Strengths"), "", 4))
    if strengths:
        blocks += [
            Line(say("The {level} level of performance can be attributed to these:", level=level)),
            Items(tuple(_strength(played, n, each) for n, each in enumerate(strengths, 1))),
        ]
    else:
        blocks.append(Line(say("Not evidenced by this exercise."), "quiet"))
    areas = _unique(e.choice for p in shown for e in p.evidence if not _held(e.choice))
    blocks.append(Heading(say("Areas for improvement"), "", 4))
    if areas:
        blocks += _areas(played, areas)
    else:
        blocks.append(Line(say("None was shown by this exercise."), "quiet"))
    noted = tuple(
        observed(played.voice, each) for task in objective.tasks for each in task.observed
    )
    if noted:
        blocks += [Heading(say("What evaluators noted"), "", 4), Items(noted)]
    return blocks


def _held(choice: Choice) -> bool:
    """Whether nothing better was open, and nothing critical was done."""
    return not choice.way.critical and not (choice.better and choice.missed)


def _unique(found: Iterator[Choice]) -> list[Choice]:
    return list({choice.step.number: choice for choice in found}.values())


def _elsewhere(played: Played, shown: tuple[TaskProposal, ...]) -> list[Choice]:
    """Marked choices at which better was open and that show none of the tasks."""
    told = {each.choice.step.number for proposed in shown for each in proposed.evidence}
    return [
        each
        for each in played.made
        if each.counts and not _held(each) and each.step.number not in told
    ]


def _strength(played: Played, number: int, choice: Choice) -> str:
    found = played.reader.finding(choice)
    return played.occasion.say(
        "{number}. {title} ({where}): {chosen} {because}",
        number=number,
        title=found.title,
        where=_where(played, found),
        chosen=_sentence(found.chosen),
        because=found.because,
    )


def _where(played: Played, found: Finding) -> str:
    language = played.occasion.language
    return f"{found.scene}, {w.minute(found.at, language)}, {w.byline(found.who, language)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _areas(played: Played, choices: list[Choice]) -> list[Block]:
    say, voice = played.occasion.say, played.voice
    blocks: list[Block] = []
    for number, choice in enumerate(choices, 1):
        found = played.reader.finding(choice)
        problem = say("{number}. {title}", number=number, title=found.title)
        rows = [Row(say("Observation"), found.chosen)]
        if found.critical:
            rows.append(Row(say("Critical"), say("An act that nothing else offsets.")))
        rows += [
            Row(say("Reference"), w.guidance_line(each, voice.language))
            for each in found.guidance[:2]
        ]
        rows.append(Row(say("Analysis"), found.because))
        for snapshot in found.snapshots:
            rows += [each for each in voice.snapshot(snapshot, 3) if snapshot.missing]
        if found.other is not None:
            rows += voice.other(found.other, say("Another way"))
        blocks += [
            Line(f"{problem} ({_where(played, found)})", "strong"),
            Rows(tuple(row for row in rows if row.text)),
            Form((Field(say("Root cause, in the words of those who were there"), lines=2),)),
        ]
    return blocks
