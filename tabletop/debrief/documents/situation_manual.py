"""The Situation Manual: what everyone may read before the exercise, and nothing else.

It holds the top of the scenario, and what is told to all as soon as the exercise begins. Facts,
injects, questions of later scenes, decisions, what an objective counts as done: none of these. A
role that joins later is told nothing before, so where there is one the opening passage stands in
the briefs of those who are there. `tests/debrief/test_leaks.py` holds it against views.
"""

import re

from tabletop.debrief.blocks import (
    Authored,
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
)
from tabletop.debrief.documents import handling
from tabletop.debrief.documents.agenda import agenda, minutes, modules
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.overview import objectives, overview
from tabletop.debrief.prose import line, plain
from tabletop.scenario.texts import ALL


def situation_manual(occasion: Occasion) -> Document:
    """The manual."""
    say = occasion.say
    pages = (
        Page("overview", say("Exercise overview"), overview(occasion)),
        Page("agenda", say("Agenda"), agenda(occasion)),
        Page("general", say("General information"), _general(occasion)),
        Page("content", say("What it contains, and how to stop"), content(occasion)),
        Page("law", say("Assumptions and artificialities"), _assumptions(occasion)),
        Page("modules", say("Modules"), _modules(occasion), fresh=True),
        Page("sources", say("What the exercise rests on"), handling.sources(occasion)),
    )
    terms = _terms(occasion, pages)
    return Document(
        slug="situation-manual",
        title=say("Situation Manual: {exercise}", exercise=occasion.exercise),
        marking=handling.marking(occasion.language),
        notice=handling.handling(occasion, "everyone"),
        pages=(*pages, Page("terms", say("Terms and acronyms"), terms)) if terms else pages,
        language=occasion.language,
    )


def _general(occasion: Occasion) -> list[Block]:
    say, scenario = occasion.say, occasion.scenario
    blocks: list[Block] = []
    if scenario.objectives:
        blocks += [
            Heading(say("Objectives")),
            Line(say("The exercise lets the group practice these.")),
            objectives(occasion),
        ]
    blocks += [
        Heading(say("Roles in the story")),
        Table(
            say("Who is at the table"),
            (say("Role"), say("Person"), say("Discipline"), say("In one line")),
            tuple(
                (
                    occasion.role(name),
                    occasion.person(name),
                    occasion.discipline(name),
                    line(role.line or ""),
                )
                for name, role in scenario.roles.items()
            ),
        ),
        Heading(say("Roles in the exercise")),
        Rows(
            (
                Row(say("Players"), say("decide, in the role each of them was given.")),
                Row(
                    say("Stand-ins"),
                    say("are played by the program by written rules, where nobody sits."),
                ),
                Row(
                    say("Facilitators"),
                    say("lead the talk, release information, and look after time and people."),
                ),
                Row(
                    say("Evaluators"),
                    say("watch, write down what they see, and do not prompt."),
                ),
                Row(say("Observers"), say("watch, and may help where they are asked.")),
            )
        ),
        Heading(say("How the exercise runs")),
        Line(
            say(
                "Each module has one or several scenes. In a scene people read what reaches them,"
                " talk, and may tell others what only they know. Whoever is asked to decide first"
                " answers alone, with a reason; then the answers are shown together, people talk,"
                " and one answer counts. What is chosen changes what comes next."
            )
        ),
        Heading(say("Guidelines")),
        Items(
            (
                say("Nobody is examined. Other views than yours are expected and wanted."),
                say("Decide as you would with what you know here and now."),
                say("What is decided here sets no precedent for your agency."),
                say("What is private in the story stays private until you choose to tell it."),
                say("Speak of no real case and no real client."),
            )
        ),
        Heading(say("Evaluation")),
        Line(
            say(
                "Choices are marked on two axes, victim-centeredness and case integrity, which are"
                " never added up. No mark is shown before the debrief. Nobody is ranked, and"
                " nothing here is for personnel use. {basis}",
                basis=handling.whose(scenario.key, occasion.language),
            )
        ),
    ]
    return blocks


def content(occasion: Occasion) -> list[Block]:
    """What it contains, how to stop, and whom to talk to."""
    say, scenario = occasion.say, occasion.scenario
    blocks: list[Block] = []
    if scenario.themes:
        blocks += [
            Line(say("Before you begin, know that the exercise speaks of this:")),
            Items(tuple(occasion.line(note) for note in scenario.themes.values())),
        ]
    support = [occasion.plain(scenario.support)]
    if occasion.about.support:
        support.append(plain(occasion.about.support))
    return [
        *blocks,
        Items(
            (
                say("You may pause, step out, or leave at any time. No reason is asked."),
                say(
                    "You may read passages that carry a theme in a gentler wording. It changes"
                    " nothing else."
                ),
                say(
                    "Anyone may stop the exercise for someone's sake; nobody is told who it was"
                    " unless they wish it."
                ),
                say("Nobody plays a victim, and nobody is asked what they have lived through."),
            )
        ),
        Heading(say("Whom to talk to")),
        *(Line(each) for each in support),
        Form((Field(say("Contacts here"), lines=2),)),
    ]


def _assumptions(occasion: Occasion) -> list[Block]:
    say, scenario = occasion.say, occasion.scenario
    card = occasion.engine.guidance.jurisdictions[scenario.jurisdiction]
    return [
        Items(
            (
                say("People, agencies and places are fictional; the events are plausible."),
                say("Time is shortened: hours and days pass between scenes."),
                say("There is more than one defensible way, and every choice has a price."),
                say(
                    "Players use only what their role knows. The options offered are the ones there"
                    " are; a better one belongs in the talk and in the notes."
                ),
                say("Stand-ins follow written rules. What they do is not anyone's judgment."),
            )
        ),
        Heading(say("The law assumed"), say("as of {day}", day=scenario.law_as_of.isoformat())),
        Line(plain(card.note)),
        Items(tuple(plain(each.means) for each in card.attributes.values())),
    ]


def opens_alike(occasion: Occasion) -> bool:
    """Whether every role is there from the first scene on and is told the same."""
    scenario = occasion.scenario
    narration = scenario.scenes[scenario.start].narration
    there = all(role.joins in (None, scenario.start) for role in scenario.roles.values())
    return there and tuple(narration.variants) == (ALL,) and narration.variants[ALL][0].when is None


def _modules(occasion: Occasion) -> list[Block]:
    say = occasion.say
    blocks: list[Block] = [
        Line(
            say("The story of a module follows from what you decide before; only its name is here.")
        )
    ]
    for number, (title, span) in enumerate(modules(occasion)):
        blocks.append(Heading(title, minutes(occasion, span)))
        if not number:
            blocks += _opening(occasion)
        blocks.append(Form((Field(say("Notes"), lines=3),)))
    return blocks


def _opening(occasion: Occasion) -> list[Block]:
    say, scenario = occasion.say, occasion.scenario
    scene, path = scenario.scenes[scenario.start], f"scenes.{scenario.start}.narration/{ALL}/0"
    if not opens_alike(occasion):
        return [Line(say("How it begins stands in your brief, or is told in play."), "quiet")]
    blocks: list[Block] = [
        Heading(occasion.scene(scenario.start), occasion.line(scene.time or ""), 4),
        Authored(occasion.gently(path)),
    ]
    questions = scene.questions.get(ALL, ())
    if questions:
        blocks += [
            Heading(say("To talk about"), level=4),
            Items(tuple(occasion.plain(each) for each in questions)),
        ]
    return blocks


def _terms(occasion: Occasion, pages: tuple[Page, ...]) -> list[Block]:
    """Terms of the field that occur in the manual."""
    told = " ".join(_words(block) for page in pages[:-1] for block in page.blocks)
    found = tuple(
        Row(line(entry.term), line(entry.means))
        for entry in occasion.engine.guidance.glossary.values()
        if any(re.search(rf"\b{re.escape(each)}\b", told) for each in (entry.term, *entry.also))
    )
    return [Rows(found)] if found else []


def _words(block: Block) -> str:
    match block:
        case Authored(text) | Line(text):
            return text
        case Items(items):
            return " ".join(items)
        case Table():
            return " ".join(cell for row in block.rows for cell in row)
        case Form(fields):
            return " ".join(field.text for field in fields)
    return ""
