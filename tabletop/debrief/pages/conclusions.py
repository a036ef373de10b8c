"""What people made of it afterwards: critical tasks, what is to be improved, feedback."""

from tabletop.debrief import asked
from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows, Table
from tabletop.debrief.conclusion_parts import (
    CapabilityRating,
    Improvement,
    ObjectiveRating,
    Signature,
    TaskRating,
)
from tabletop.debrief.pages.steering import observed
from tabletop.debrief.pages.voice import Voice
from tabletop.exercise.afterwards import RATINGS, Proposal


def tasks(voice: Voice) -> list[Block]:
    """Each critical task as proposed and as rated, with what shows it."""
    concluded = voice.report.concluded
    blocks: list[Block] = [
        Line(
            voice.say(
                "A rating is proposed from marked choices and from what was noted, and stands once"
                " somebody who watched has confirmed or changed it. It is about the task in this"
                " exercise, not about a person."
            )
        )
    ]
    for objective in concluded.objectives:
        blocks += _objective(voice, objective)
    if len(concluded.capabilities) > 1 or any(each.rating for each in concluded.capabilities):
        blocks.append(capabilities(voice))
    blocks += [
        Heading(voice.say("What the ratings mean")),
        Rows(
            tuple(
                Row(rated_as(voice, each), asked.rating_means(each, voice.language))
                for each in RATINGS
            )
        ),
    ]
    return blocks


def capabilities(voice: Voice) -> Table:
    """Each capability, with what a person said of it where one did."""
    every = voice.report.concluded.capabilities
    if not any(each.rating for each in every):
        return Table(
            voice.say("Capabilities, each as good as its worst target"),
            (voice.say("Capability"), voice.say("Rating")),
            tuple((each.name, rated_as(voice, each.final)) for each in every),
        )
    return Table(
        voice.say("Capabilities, each as good as its worst target unless somebody said otherwise"),
        (
            voice.say("Capability"),
            voice.say("Proposed"),
            voice.say("Rated"),
            voice.say("Reason"),
        ),
        tuple(
            (
                each.name,
                rated_as(voice, each.proposed),
                _rated(voice, each),
                voice.say("(erased)") if each.reason is None else each.reason,
            )
            for each in every
        ),
    )


def _objective(voice: Voice, objective: ObjectiveRating) -> list[Block]:
    shown = tuple(
        Row(task.text.rstrip("."), " ".join(lines))
        for task in objective.tasks
        if (lines := rests_on(voice, task))
    )
    whole = all(task.rating for task in objective.tasks if task.final)
    rows = [
        Row(voice.say("Target"), objective.target),
        Row(
            voice.say("Rating of the target"),
            voice.say("{rating}, as its worst task", rating=rated_as(voice, objective.final))
            if whole and objective.final
            else voice.say("{rating}, as proposed so far", rating=rated_as(voice, objective.final))
            if objective.final
            else rated_as(voice, ""),
        ),
    ]
    blocks: list[Block] = [
        Heading(objective.title, objective.capability),
        Rows(tuple(rows)),
        Table(
            voice.say("Critical tasks"),
            (
                voice.say("Task"),
                voice.say("Proposed"),
                voice.say("Rated"),
                voice.say("Reason"),
            ),
            tuple(
                (
                    task.text,
                    rated_as(voice, task.proposed),
                    _rated(voice, task),
                    voice.say("(erased)") if task.reason is None else task.reason,
                )
                for task in objective.tasks
            ),
        ),
    ]
    if shown:
        blocks += [Heading(voice.say("What it rests on"), "", 4), Rows(shown)]
    return blocks


def rated_as(voice: Voice, of: Proposal) -> str:
    """A rating with its letter."""
    return asked.rating_in_full(of, voice.language)


def _rated(voice: Voice, task: TaskRating | CapabilityRating) -> str:
    if not task.rating:
        return voice.say("not yet")
    if not task.proposed:
        return voice.say("{letter}, from what was seen", letter=task.rating)
    if task.rating == task.proposed:
        return voice.say("{letter}, confirmed", letter=task.rating)
    return voice.say("{letter}, changed", letter=task.rating)


def rests_on(voice: Voice, task: TaskRating) -> list[str]:
    """What is proposed for a task rests on this, a line each."""
    found = []
    for each in task.shown:
        how = voice.say("done") if each.done else voice.say("not done")
        if each.critical:
            how = voice.say("{how}; a critical act", how=how)
        elif each.better:
            how = voice.say("{how}; a better way was open", how=how)
        found.append(
            voice.say(
                "{title}, {minute}: {how}.",
                title=each.title,
                minute=w.minute(each.at, voice.language),
                how=how,
            )
        )
    return [*found, *(observed(voice, each) for each in task.observed)]


def improvement(voice: Voice) -> list[Block]:
    """What is to be improved, by whom and when, and who signed it."""
    concluded = voice.report.concluded
    blocks: list[Block] = []
    for each in sorted(concluded.improvements, key=lambda each: each.withdrawn):
        blocks += _improvement(voice, each)
    if not blocks:
        blocks.append(Line(voice.say("Nothing has been written down yet."), "quiet"))
    blocks.append(Heading(voice.say("Signed")))
    blocks += [signature(voice, each) for each in concluded.signatures]
    blocks.append(
        Line(
            voice.say(
                "The ratings and what is to be improved can no longer change. What becomes of an"
                " action can."
            )
            if concluded.signatures
            else voice.say("Not signed: ratings and improvements may still change."),
            "quiet",
        )
    )
    return blocks


def _improvement(voice: Voice, each: Improvement) -> list[Block]:
    erased = voice.say("(erased)")

    def said(words: str | None) -> str:
        return erased if words is None else words

    shown = (*each.decisions, *(observed(voice, seen) for seen in each.observations))
    rows = (
        Row(voice.say("Capability"), each.capability),
        Row(voice.say("Shown by"), "; ".join(shown)),
        Row(voice.say("What will be done"), said(each.action)),
        Row(voice.say("Changes"), asked.element(each.element, voice.language)),
        Row(voice.say("Who sees to it"), said(each.owner)),
        Row(voice.say("Contact"), said(each.contact)),
        Row(voice.say("From"), each.start),
        Row(voice.say("Due"), each.due),
        Row(voice.say("Stands"), "" if each.withdrawn else stands(voice, each)),
        Row(voice.say("Note"), said(each.note)),
        Row(voice.say("Withdrawn"), said(each.why) if each.withdrawn else ""),
    )
    title = voice.say("{number}. {issue}", number=each.number, issue=said(each.issue))
    return [Heading(title), Rows(tuple(row for row in rows if row.text))]


def stands(voice: Voice, each: Improvement) -> str:
    """What has become of an action, and on which day that was said."""
    words = asked.status(each.status, voice.language)
    return voice.say("{status}, {day}", status=words, day=each.updated) if each.updated else words


def signature(voice: Voice, each: Signature) -> Rows:
    """A signature, and whether it holds for what stands here."""
    erased = voice.say("(erased)")
    rows = (
        Row(voice.say("Name"), erased if each.name is None else each.name),
        Row(voice.say("Organization"), erased if each.organization is None else each.organization),
        Row(voice.say("Role"), erased if each.role is None else each.role),
        Row(voice.say("On"), each.on),
        Row(voice.say("Digest of what was signed"), each.digest),
        Row(voice.say("Holds"), "" if each.holds else voice.say("no: what stands here is other")),
    )
    return Rows(tuple(row for row in rows if row.text))


def feedback(voice: Voice) -> list[Block]:
    """What people said of the exercise, where enough did."""
    given = voice.report.concluded.feedback
    if not given.given:
        return [Line(voice.say("Nobody has given feedback."), "quiet")]
    if not given.enough:
        return [
            Line(
                voice.say(
                    "There are too few answers to show any without pointing at someone; from three"
                    " on they are shown."
                )
            )
        ]
    blocks: list[Block] = [
        Line(voice.say("{count} people gave feedback, without names.", count=given.given))
    ]
    if given.statements:
        blocks.append(
            Table(
                voice.say("How many agreed how far, from 1 (not at all) to 5 (wholly)"),
                (voice.say("Statement"), "1", "2", "3", "4", "5"),
                tuple(
                    (asked.statement(each.name, voice.language), *map(str, each.counts))
                    for each in given.statements
                ),
            )
        )
    for part, texts in given.words:
        if texts:
            heading = Heading(asked.feedback_part(part, voice.language), "", 4)
            blocks += [heading, Items(texts)]
    return blocks
