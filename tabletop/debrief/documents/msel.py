"""The Master Scenario Events List, planned: everything that comes to people, in the author's order.

One row each for entering a scene (a key event), an inject (contextual, or a contingency where the
facilitator holds it) and a decision (the action expected). In a branching story a row comes only
where its scene is reached; what has to hold for it stands beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.debrief.blocks import Block, Heading, Line, Page, Table
from tabletop.debrief.documents import handling, key
from tabletop.debrief.documents.agenda import Span, before, minutes
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.prose import shorten
from tabletop.debrief.sheets.sheet import Sheet
from tabletop.scenario.model import Decision, Inject

HEAD = (
    *("event_no", "scene", "scenario_time", "planned_minute", "event_synopsis", "inject_type"),
    *("delivery_method", "from", "to", "responsible_controller", "full_text_ref"),
    *("expected_player_response", "objective", "trigger", "reachable_after", "status"),
    *("actual_time", "notes"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the list."""

    number: int
    scene: str
    """The scene's id."""
    path: str
    """Where it stands in the scenario."""
    synopsis: str
    kind: str
    delivery: str
    sender: str
    to: str
    expected: str
    tasks: tuple[str, ...]
    trigger: str


def events(occasion: Occasion) -> tuple[Event, ...]:
    """Every row, in order."""
    found: list[Event] = []
    for name in occasion.scenario.scenes:
        found += list(_scene(occasion, name, len(found)))
    return tuple(found)


def _scene(occasion: Occasion, name: str, count: int) -> Iterator[Event]:
    say, scene = occasion.say, occasion.scenario.scenes[name]
    number = count + 1
    yield Event(
        number=number,
        scene=name,
        path=f"scenes.{name}.narration",
        synopsis=occasion.short(f"scenes.{name}.narration", scene.narration),
        kind=say("key event"),
        delivery=say("told to all who are there"),
        sender="",
        to=say("all"),
        expected="",
        tasks=(),
        trigger=say("on entering the scene"),
    )
    for inject, each in scene.injects.items():
        number += 1
        yield _inject(occasion, name, inject, each, number)
    for decision, asked in scene.decisions.items():
        number += 1
        yield _decision(occasion, name, decision, asked, number)


def _inject(occasion: Occasion, scene: str, name: str, inject: Inject, number: int) -> Event:
    say = occasion.say
    return Event(
        number=number,
        scene=scene,
        path=f"scenes.{scene}.injects.{name}",
        synopsis=occasion.line(inject.title),
        kind=say("contingency") if inject.held else say("contextual"),
        delivery=say("told to all who are there")
        if inject.to == ("all",)
        else say("told to them alone"),
        sender=occasion.line(inject.sender or ""),
        to=occasion.roles(inject.to),
        expected=occasion.plain(inject.expect or ""),
        tasks=(),
        trigger=comes(occasion, inject),
    )


def _decision(occasion: Occasion, scene: str, name: str, asked: Decision, number: int) -> Event:
    say, path = occasion.say, f"scenes.{scene}.decisions.{name}"
    trigger = say("when its turn comes in the scene")
    if asked.when is not None:
        trigger = say("if {when}", when=occasion.holds(asked.when))
    return Event(
        number=number,
        scene=scene,
        path=path,
        synopsis=say(
            "{title}: {ask}",
            title=occasion.line(asked.title),
            ask=occasion.short(f"{path}.ask", asked.ask),
        ),
        kind=say("expected action"),
        delivery=say("asked; answered alone, then talked over"),
        sender="",
        to=occasion.roles(asked.by),
        expected=" / ".join(
            occasion.short(f"{path}.options.{option}.text", asked.options[option].text)
            for option in key.sound(asked)
        ),
        tasks=occasion.tasks(key.practices(asked)),
        trigger=trigger,
    )


def comes(occasion: Occasion, inject: Inject) -> str:
    """What makes an inject come."""
    say = occasion.say
    if inject.held:
        note = occasion.plain(inject.note or "")
        held = say("held: the facilitator releases it, or not")
        return say("{held}. {note}", held=held, note=note) if note else held
    if inject.at_minute is not None:
        return say("at minute {minute} of the scene", minute=inject.at_minute)
    if inject.when is not None:
        return say("once {when}", when=occasion.holds(inject.when))
    return say("on entering the scene")


def sheet(occasion: Occasion) -> Sheet:
    """The list as rows for a spreadsheet; what people add while it runs is left empty."""
    planned = before(occasion.engine.plan)
    scenes = occasion.scenario.scenes
    leads = {
        name: " ".join(other for other, each in scenes.items() if name in (b.to for b in each.next))
        for name in scenes
    }
    rows = tuple(
        (
            each.number,
            each.scene,
            occasion.line(scenes[each.scene].time or ""),
            _span(planned.get(each.scene)),
            each.synopsis,
            each.kind,
            each.delivery,
            each.sender,
            each.to,
            "",
            each.path,
            each.expected,
            "; ".join(each.tasks),
            each.trigger,
            leads[each.scene],
            occasion.say("planned"),
            "",
            "",
        )
        for each in events(occasion)
    )
    return Sheet("msel_planned", HEAD, rows)


def _span(span: Span | None) -> str:
    if span is None:
        return ""
    return str(span.least) if span.least == span.most else f"{span.least}-{span.most}"


def msel(occasion: Occasion) -> Document:
    """The list as a document, a table for each scene."""
    say = occasion.say
    pages = [Page("events", say("Events by scene"), _blocks(occasion), wide=True)]
    return Document(
        slug="msel",
        title=say("Master Scenario Events List: {exercise}", exercise=occasion.exercise),
        marking=handling.marking(occasion.language),
        notice=handling.handling(occasion, "conductors"),
        pages=tuple(pages),
        audience="conductors",
        language=occasion.language,
    )


def _blocks(occasion: Occasion) -> list[Block]:
    say = occasion.say
    planned = before(occasion.engine.plan)
    blocks: list[Block] = [
        Line(
            say(
                "Planned minutes count from the start of the first module. A scene is reached only"
                " on some ways through the story; its rows then come in this order. The full texts"
                " stand in the handbook."
            )
        )
    ]
    listed = events(occasion)
    for name, scene in occasion.scenario.scenes.items():
        asides = [occasion.line(scene.time or "")]
        if name in planned:
            asides.append(say("begins after {minutes}", minutes=minutes(occasion, planned[name])))
        if scene.ending:
            asides.append(say("an ending"))
        blocks.append(Heading(occasion.scene(name), " · ".join(filter(None, asides))))
        blocks.append(
            Table(
                say("Events of the scene"),
                (
                    say("No."),
                    say("Event"),
                    say("From and to"),
                    say("Comes"),
                    say("Expected response, task"),
                    say("Sent at, notes"),
                ),
                tuple(_cells(occasion, each) for each in listed if each.scene == name),
                to_fill=True,
            )
        )
    return blocks


SHORT = 130
"""The most characters of a text in a cell; the whole of it stands in the handbook."""


def _cells(occasion: Occasion, each: Event) -> tuple[str, ...]:
    say = occasion.say
    between = say("to {to}", to=each.to)
    if each.sender:
        between = say("from {sender}, to {to}", sender=each.sender, to=each.to)
    expected = cut(each.expected)
    if each.tasks:
        tasks = "; ".join(task.rstrip(".") for task in each.tasks)
        expected = f"{expected} {say('Task: {tasks}.', tasks=tasks)}".strip()
    return (
        str(each.number),
        f"{each.kind}: {cut(each.synopsis)}",
        between,
        cut(each.trigger),
        expected,
        "",
    )


def cut(text: str) -> str:
    """A text as it stands in a cell."""
    return text if len(text) <= SHORT else shorten(text, SHORT)
