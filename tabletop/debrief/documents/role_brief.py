"""A brief for each role: what it may know when the exercise begins, read off its own view.

Whatever stands here was taken from the view of that role right after the start, so it can hold
nothing else. A role that joins later has no such view yet: its brief holds the texts that read the
same whatever has happened, and is to be handed out when it joins.
"""

from collections.abc import Iterator

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
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.situation_manual import content, opens_alike
from tabletop.debrief.prose import line
from tabletop.exercise import commands as c
from tabletop.exercise.engine import Engine
from tabletop.exercise.evolve import apply
from tabletop.exercise.feeds import fact_title
from tabletop.exercise.seats import Seat
from tabletop.exercise.state import State
from tabletop.exercise.view_types import PlayerView
from tabletop.exercise.views import view
from tabletop.scenario.texts import ALL, Text

FACILITATOR = "facilitator"


def role_briefs(occasion: Occasion) -> Iterator[Document]:
    """A brief for each role, in the scenario's order."""
    state = beginning(occasion.engine)
    for role in occasion.scenario.roles:
        yield _brief(occasion, view(occasion.engine, state, role, {}, occasion.language))


def beginning(engine: Engine) -> State:
    """The situation right after the start, with a person in every role."""
    themes = tuple(engine.scenario.themes)
    table = (
        # Paper offers nobody a choice, so what has a gentler wording stands in that.
        *(Seat(role, "player", role, skips=themes) for role in engine.scenario.roles),
        Seat(FACILITATOR, "facilitator"),
    )
    start = c.Start(table, facilitated=True)
    return apply(State(), 0, engine.decide(State(), FACILITATOR, start))


def _brief(occasion: Occasion, seen: PlayerView) -> Document:
    say, role = occasion.say, seen.role
    named = role.replace("_", " ")
    return Document(
        slug=f"brief-{role.replace('_', '-')}",
        title=say("Role brief: {role}", role=named),
        marking=handling.marking(occasion.language),
        notice=handling.handling(occasion, "role", role),
        pages=(
            Page("role", say("Your role"), _role(occasion, seen)),
            Page("private", say("What you know, and others may not"), _private(occasion, seen)),
            Page("table", say("At the table"), _table(occasion, seen)),
            Page("care", say("What it contains, and how to stop"), content(occasion)),
        ),
        audience="role",
        language=occasion.language,
    )


def _role(occasion: Occasion, seen: PlayerView) -> list[Block]:
    say, role = occasion.say, occasion.scenario.roles[seen.role]
    rows = [
        Row(say("Exercise"), occasion.exercise),
        Row(say("You are"), line(seen.name)),
        Row(say("Discipline"), occasion.discipline(seen.role)),
    ]
    blocks: list[Block] = [Rows(tuple(rows))]
    if role.line:
        blocks.append(Line(line(role.line), "strong"))
    if seen.joins:
        blocks.append(
            Line(
                say(
                    "You join with the scene {scene}. Until then you are told nothing and asked"
                    " nothing. The facilitator hands this brief out when you join.",
                    scene=line(seen.joins),
                )
            )
        )
    brief = seen.brief or _always(occasion, f"roles.{seen.role}.brief", role.brief, seen.role)
    if brief:
        blocks.append(Authored(brief))
    return [*blocks, *_opening(occasion, seen)]


def _opening(occasion: Occasion, seen: PlayerView) -> list[Block]:
    """How it begins, and what to talk about, where the manual does not say it to all."""
    if seen.scene is None:
        return []
    blocks: list[Block] = []
    asked = occasion.scenario.scenes[seen.scene.id].questions
    questions = asked.get(seen.role, ())
    if not opens_alike(occasion):
        told = next((each.text for each in seen.feed if each.kind == "narration"), "")
        blocks += [Heading(line(seen.scene.title), line(seen.scene.time)), Authored(told)]
        questions = (*asked.get(ALL, ()), *questions)
    if questions:
        blocks += [
            Heading(occasion.say("To talk about")),
            Items(tuple(occasion.plain(each) for each in questions)),
        ]
    return blocks


def _private(occasion: Occasion, seen: PlayerView) -> list[Block]:
    say = occasion.say
    blocks: list[Block] = []
    for title, kind, text in _facts(occasion, seen):
        blocks += [Heading(line(title), line(kind)), Authored(text)]
    if not blocks:
        blocks.append(Line(say("Nothing yet. What reaches you alone is told in play.")))
    if seen.consents:
        blocks += [
            Heading(say("Consents you know of")),
            Items(
                tuple(
                    say("{consent} ({state})", consent=line(each.text), state=say(each.state))
                    for each in seen.consents
                )
            ),
        ]
    blocks.append(
        Line(
            say(
                "It is yours to share or to keep. In play you are offered to whom you could tell"
                " it; every offer is possible, which does not make it wise."
            ),
            "quiet",
        )
    )
    return blocks


def _facts(occasion: Occasion, seen: PlayerView) -> Iterator[tuple[str, str, str]]:
    """Title, kind and text of what the role knows when it comes in, where that is certain."""
    if not seen.joins:
        held = (each for each in seen.facts if each.how == "held")
        yield from ((each.title, each.class_title, each.text) for each in held)
        return
    for name, fact in occasion.scenario.facts.items():
        text = _always(occasion, f"facts.{name}.text", fact.text, seen.role)
        if seen.role in fact.held_by and text:
            path = f"facts.{name}.text/{fact.text.audience(seen.role)}/0"
            kind = occasion.engine.guidance.fact_classes[fact.fact_class].title
            yield fact_title(occasion.engine, name, path), kind, text


def _always(occasion: Occasion, path: str, text: Text, role: str) -> str:
    """A text as a role reads it whatever has happened; empty where that may differ."""
    audience = text.audience(role)
    if audience is None or text.variants[audience][0].when is not None:
        return ""
    return occasion.gently(f"{path}/{audience}/0")


def _table(occasion: Occasion, seen: PlayerView) -> list[Block]:
    say = occasion.say
    return [
        Table(
            say("Who else is there"),
            (say("Role"), say("Person"), say("Discipline")),
            tuple(
                (occasion.role(each.role), line(each.name), occasion.discipline(each.role))
                for each in seen.people
                if each.role != seen.role
            ),
        ),
        Form((Field(say("Notes"), lines=6),)),
    ]
