"""The After-Action Report and Improvement Plan, drafted from a record.

What the record shows is printed; what only people can say (a summary, root causes, the sponsor) is
room to write. Strengths and areas for improvement stand under the objective whose tasks they show,
each with what it rests on. The annexes are in `annexes.py`.
"""

from collections.abc import Iterator
from typing import Literal

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
from tabletop.debrief.findings import best, widest
from tabletop.debrief.pages.conclusions import capabilities, rated_as
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
        notice=(_standing(played), *handling.after(played)),
        pages=pages,
        audience="conductors",
        language=played.occasion.language,
    )


def _standing(played: Played) -> str:
    """Whether it is a draft, or of which day the last signature is."""
    signatures = played.report.concluded.signatures
    if not signatures:
        return played.occasion.say("Draft, not signed")
    day = max(each.on for each in signatures)
    if not day:
        return played.occasion.say("Final, signed")
    return played.occasion.say("Final, signed on {day}", day=day)


def _overview(played: Played) -> list[Block]:
    say, about = played.occasion.say, played.report.notice
    return [
        Rows(
            (
                Row(say("Standing"), _standing(played)),
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
    say, telling = played.occasion.say, played.telling
    for objective in played.report.concluded.objectives:
        yield say(
            "{objective}. {rating}.",
            objective=objective.title,
            rating=w.capital(_rating(played, objective)),
        )
    marked = [choice for choice in played.made if choice.counts]
    for role in telling.played:
        for choice in best(marked, role):
            who = w.byline((telling.who(role),), played.occasion.language)
            yield say("Strength: {what} ({who}).", what=_what(played, choice), who=who)
    for choice in played.made:
        if choice.way.critical:
            yield say("Critical act: {what}.", what=_what(played, choice))
    for choice in widest(marked):
        if not choice.way.critical:
            yield say("Area for improvement: {what}.", what=_what(played, choice))


def _what(played: Played, choice: Choice) -> str:
    """What a choice was about; with a fact also to whom it was told or not."""
    say, title = played.occasion.say, played.reader.title(choice)
    if choice.kind == "decision":
        return title
    values = {"fact": title, "role": played.telling.who(choice.to).role}
    if choice.taken == "told":
        return say("{fact}, told to the {role}", **values)
    return say("{fact}, not told to the {role}", **values)


def _did(played: Played, choice: Choice, found: Finding) -> str:
    """What was done, as a sentence."""
    say = played.occasion.say
    who = w.capital(w.names(found.who, played.occasion.language))
    if choice.kind == "decision":
        return say("{who} chose: “{option}”", who=who, option=_sentence(found.chosen))
    values = {"who": who, "role": played.telling.who(choice.to).role}
    if choice.taken == "told":
        return say("{who} told the {role}.", **values)
    return say("{who} did not tell the {role}.", **values)


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
    if any(each.rating for each in report.concluded.capabilities):
        blocks.insert(1, capabilities(played.voice))
    shown = proposals(played.telling, played.made)
    told: dict[int, str] = {}
    for objective in objectives:
        mine = [each for each in shown if each.objective == objective.id]
        blocks += _objective(played, objective, mine, told)
    others = _elsewhere(played, shown)
    if others:
        blocks.append(Heading(say("Beyond the objectives")))
        blocks += _areas(played, others, say("Beyond the objectives"), told, 4)
    return blocks


def _objective(
    played: Played, objective: ObjectiveRating, shown: list[TaskProposal], told: dict[int, str]
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
            Items(tuple(_strength(played, each) for each in strengths), "number"),
        ]
    else:
        blocks.append(Line(say("Not evidenced by this exercise."), "quiet"))
    areas = _unique(e.choice for p in shown for e in p.evidence if not _held(e.choice))
    blocks.append(Heading(say("Areas for improvement"), "", 4))
    if areas:
        blocks += _areas(played, areas, objective.title, told, 5)
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
    """Each choice once, in the order they were made."""
    by_step = {choice.step.number: choice for choice in found}
    return [by_step[number] for number in sorted(by_step)]


def _elsewhere(played: Played, shown: tuple[TaskProposal, ...]) -> list[Choice]:
    """Marked choices at which better was open and that show none of the tasks."""
    told = {each.choice.step.number for proposed in shown for each in proposed.evidence}
    return [
        each
        for each in played.made
        if each.counts and not _held(each) and each.step.number not in told
    ]


def _strength(played: Played, choice: Choice) -> str:
    found = played.reader.finding(choice)
    return played.occasion.say(
        "{what} ({where}): {did} {because}",
        what=_what(played, choice),
        where=_where(played, found),
        did=_sentence(found.chosen) if choice.kind == "decision" else _did(played, choice, found),
        because=found.because,
    )


def _where(played: Played, found: Finding) -> str:
    language = played.occasion.language
    return f"{found.scene}, {w.minute(found.at, language)}, {w.byline(found.who, language)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…", "”", '"')) else f"{text}."


def _areas(
    played: Played,
    choices: list[Choice],
    under: str,
    told: dict[int, str],
    level: Literal[4, 5],
) -> list[Block]:
    """Areas for improvement; one that was `told` before (by its step, where) is referred to."""
    say = played.occasion.say
    blocks: list[Block] = []
    for number, choice in enumerate(choices, 1):
        found = played.reader.finding(choice)
        heading = say("{number}. {what}", number=number, what=_what(played, choice))
        blocks.append(Heading(heading, _where(played, found), level))
        before = told.get(choice.step.number)
        if before is not None:
            blocks.append(Line(say("Told under {place}; it shows here too.", place=before)))
            continue
        told[choice.step.number] = say("“{objective}”, {number}", objective=under, number=number)
        blocks += [
            Rows(tuple(_area(played, choice, found))),
            Form((Field(say("Root cause, in the words of those who were there"), lines=2),)),
        ]
    return blocks


def _area(played: Played, choice: Choice, found: Finding) -> Iterator[Row]:
    say, voice = played.occasion.say, played.voice
    yield Row(say("Observation"), _did(played, choice, found))
    if found.critical:
        yield Row(say("Critical"), say("An act that nothing else offsets."))
    for each in found.guidance[:2]:
        yield Row(say("Reference"), w.guidance_line(each, voice.language))
    if found.because:
        yield Row(say("Analysis"), found.because)
    for snapshot in found.snapshots:
        if snapshot.missing:
            yield from voice.snapshot(snapshot, 3)
    if found.other is not None:
        for row in voice.other(found.other, say("Another way")):
            yield Row(row.label, _sentence(row.text))
