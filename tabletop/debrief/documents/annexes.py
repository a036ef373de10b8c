"""The annexes of the after-action report, in a fixed order; one without anything to say says so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_uppercase

from tabletop.authoring.digests import guidance_digest, scenario_digest
from tabletop.debrief import asked
from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import (
    Block,
    Field,
    Form,
    Heading,
    Items,
    Line,
    Page,
    Row,
    Rows,
    Table,
    levelled,
)
from tabletop.debrief.documents import handling
from tabletop.debrief.documents.annex_decisions import decisions
from tabletop.debrief.documents.annex_possible import possible
from tabletop.debrief.documents.msel_played import as_played, not_played
from tabletop.debrief.documents.played import Played
from tabletop.debrief.figures.timeline import timeline as at_a_glance
from tabletop.debrief.figures.way import way_through
from tabletop.debrief.pages import conclusions, steering
from tabletop.debrief.pages.answers import counted
from tabletop.debrief.pages.knowing import knowing
from tabletop.debrief.prose import line


def annexes(played: Played) -> Iterator[Page]:
    """Every annex."""
    say = played.occasion.say
    for number, (slug, title, blocks) in enumerate(
        (
            ("improvement", say("Improvement plan"), _improvement(played)),
            ("participants", say("Participants"), _participants(played)),
            ("events", say("Events as played"), _events(played)),
            ("decisions", say("Decisions"), [*decisions(played), *_answers(played)]),
            ("possible", say("What else was possible"), possible(played)),
            ("knowing", say("Who knew what, when"), knowing(played.voice)),
            ("verification", say("Digests, and what came from outside"), _basis(played)),
            ("not-evidenced", say("Not evidenced by this exercise"), _not_evidenced(played)),
            ("feedback", say("Participant feedback"), _feedback(played)),
            ("practices", say("Practices"), _practices(played)),
        )
    ):
        heading = say("Annex {letter}. {title}", letter=ascii_uppercase[number], title=title)
        yield Page(slug, heading, blocks, fresh=slug in LONG, wide=slug in WIDE)


WIDE = {"improvement"}
"""Annexes whose tables have many columns."""
LONG = {"decisions", "possible"}
"""Annexes long enough to begin a sheet of their own."""
ROWS = 4


def _improvement(played: Played) -> list[Block]:
    say, language = played.occasion.say, played.occasion.language
    voice, erased = played.voice, played.occasion.say("(erased)")
    concluded = played.report.concluded
    rows = [
        (
            each.capability,
            f"{each.number}. {erased if each.issue is None else each.issue}",
            erased if each.action is None else each.action,
            asked.element(each.element, language),
            erased if each.owner is None else each.owner,
            erased if each.contact is None else each.contact,
            each.start,
            each.due,
            conclusions.stands(voice, each),
        )
        for each in concluded.improvements
        if not each.withdrawn
    ]
    withdrawn = tuple(
        say(
            "{number}. {issue} Why: {why}",
            number=each.number,
            issue=erased if each.issue is None else each.issue,
            why=erased if each.why is None else each.why,
        )
        for each in concluded.improvements
        if each.withdrawn
    )
    head = (
        say("Core capability"),
        say("Issue"),
        say("Corrective action"),
        say("Element"),
        say("Responsible organization"),
        say("Contact"),
        say("Start"),
        say("Completion"),
        say("Status"),
    )
    empty = ("",) * len(head)
    blocks: list[Block] = [
        Table(
            say("Corrective actions"),
            head,
            tuple(rows) or (empty,) * ROWS,
            to_fill=True,
        ),
        Line(
            say(
                "Elements: planning, organization, equipment, training, exercise. What was found"
                " is frozen by the first signature; what becomes of an action stays open."
            ),
            "quiet",
        ),
    ]
    if withdrawn:
        blocks += [Heading(say("Withdrawn")), Items(withdrawn)]
    blocks.append(Heading(say("Signed")))
    blocks += [conclusions.signature(voice, each) for each in concluded.signatures]
    blocks.append(
        Form(
            (
                Field(say("Name")),
                Field(say("Organization")),
                Field(say("Role")),
                Field(say("Signature and day")),
            )
        )
    )
    return blocks


def _events(played: Played) -> list[Block]:
    """The way through, and what happened: drawn, with the list of events as the table behind it."""
    blocks: list[Block] = []
    way, glance, table = way_through(played.report), at_a_glance(played.report), as_played(played)
    if way is not None:
        blocks.append(replace(way, table=_scenes(played)))
    blocks.append(table if glance is None else replace(glance, table=table))
    return [*blocks, *not_played(played)]


def _scenes(played: Played) -> Table:
    """The scenes that were come through; what was chosen there stands among the events."""
    say = played.occasion.say
    return Table(
        say("The way through"),
        (say("No."), say("Scene"), say("In the story"), say("From minute")),
        tuple(
            (str(number), scene.title, scene.time, str(scene.at // 60_000 + 1))
            for number, scene in enumerate(played.report.story, 1)
        ),
    )


def _answers(played: Played) -> list[Block]:
    found = counted(played.voice)
    return [Heading(played.occasion.say("Agreement and sureness")), *found] if found else []


def _participants(played: Played) -> list[Block]:
    say, telling = played.occasion.say, played.telling
    people = [seat for seat in telling.state.seats.values() if seat.kind != "stand_in"]
    roles = tuple(
        (
            w.capital(who.role),
            who.person,
            str(sum(seat.role == who.id for seat in people)) if who.played else say("stand-in"),
        )
        for who in played.report.notice.roles
    )
    beside = Counter(seat.kind for seat in people if not seat.role)
    titles = {
        "facilitator": say("Facilitators"),
        "evaluator": say("Evaluators"),
        "observer": say("Observers"),
    }
    blocks: list[Block] = [
        Table(
            say("People by role"),
            (say("Role"), say("Person of the story"), say("People")),
            (*roles, *((titles[kind], "", str(count)) for kind, count in beside.items())),
        )
    ]
    agencies = Counter(
        line(telling.word(seat.agency) or say("(erased)")) for seat in people if seat.agency
    )
    if agencies:
        blocks.append(
            Table(
                say("People by organization"),
                (say("Organization"), say("People")),
                tuple((name, str(count)) for name, count in sorted(agencies.items())),
            )
        )
    if played.people:
        blocks.append(Table(say("Names"), (say("Name"), say("Part")), played.people))
    elif not telling.names:
        blocks.append(Line(say("Names stay out unless they are asked for."), "quiet"))
    return blocks


def _basis(played: Played) -> list[Block]:
    say, header = played.occasion.say, played.telling.record.header
    scenario, guidance = played.telling.scenario, played.telling.guidance
    rows = (
        Row(say("Exercise"), header.id),
        Row(say("Scenario file, SHA-256"), scenario_digest(header.scenario_text.encode())),
        Row(say("Guidance used, SHA-256"), guidance_digest(scenario, guidance)),
        Row(say("Last entry of the record"), played.telling.record.head),
        Row(say("Entries"), str(len(played.telling.record.entries))),
        Row(say("Program"), say("tabletop {version}", version=header.tool_version)),
        Row(
            say("Parameters"),
            ", ".join(f"{name}: {line(value)}" for name, value in header.parameters.items()),
        ),
    )
    blocks: list[Block] = [
        Rows(tuple(row for row in rows if row.text)),
        Line(
            say(
                "A certificate speaks of this exercise where it names the same two digests and the"
                " same version of the program. tabletop verify {id} checks that the record was"
                " not changed.",
                id=header.id,
            )
        ),
        Heading(say("What was done from outside the story")),
    ]
    if played.report.steered:
        blocks += [
            Line(say("None of it is marked, and none of it was proved of the scenario.")),
            Items(tuple(steering.steered(played.voice, each) for each in played.report.steered)),
        ]
    else:
        blocks.append(Line(say("Nothing."), "quiet"))
    return blocks


def _not_evidenced(played: Played) -> list[Block]:
    say, concluded = played.occasion.say, played.report.concluded
    missing = tuple(
        say("{objective}: {task}", objective=each.title, task=task.text)
        for each in concluded.objectives
        for task in each.tasks
        if not task.final
    )
    stand_ins = tuple(
        say("The {role} was played by a stand-in; nothing is said of it.", role=who.role)
        for who in played.report.notice.roles
        if not who.played
    )
    if not (missing or stand_ins):
        return [Line(say("Every critical task was shown, and every role was played by people."))]
    return [Items((*missing, *stand_ins))]


def _feedback(played: Played) -> list[Block]:
    """What people said of the exercise; counted, in no order of theirs and by nobody's name."""
    return list(levelled(conclusions.feedback(played.voice)))


def _practices(played: Played) -> list[Block]:
    """Those that the choices people had, and the critical tasks, rest on."""
    tasks = (
        practice
        for objective in played.telling.scenario.objectives.values()
        for task in objective.tasks.values()
        for practice in task.practices
    )
    choices = (
        practice
        for choice in played.made
        for practices in (
            choice.practices,
            *(way.mark.practices for way in choice.ways if way.mark),
        )
        for practice in practices
    )
    return handling.practices(played.occasion, {*tasks, *choices})
