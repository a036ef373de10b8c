"""The Master Scenario Events List as played: what came, when, and what became of the rest.

Rows are in the order things happened, ways that a rewind left behind included. What was planned in
a scene that was entered and did not come stands after them, and so do scenes nobody came to.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Page, Table
from tabletop.debrief.documents import handling
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.msel import Event, cut, events
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.played import Played
from tabletop.debrief.parts import Shared
from tabletop.debrief.prose import line, plain
from tabletop.debrief.sheets.sheet import Sheet
from tabletop.debrief.telling import Step, Telling
from tabletop.exercise import events as e
from tabletop.exercise.state import PUBLIC

HEAD = (
    *("exercise", "event_no", "actual_minute", "scene", "event_synopsis", "inject_type", "from"),
    *("to", "status", "player_response", "notes"),
)


@dataclass(frozen=True, slots=True)
class Came:
    """Something that happened, or that was planned and did not."""

    planned: int
    """Its number in the planned list; 0 where it was not planned."""
    at: int
    """Exercise milliseconds; -1 where it did not happen."""
    scene: str
    synopsis: str
    kind: str
    sender: str
    to: str
    status: str
    response: str = ""
    notes: tuple[str, ...] = ()


def came(telling: Telling, occasion: Occasion) -> tuple[Came, ...]:
    """Every row."""
    planned = {each.path: each for each in events(occasion)}
    seen: set[str] = set()
    rows = []
    for step in telling.everything:
        for path, row in _row(telling, occasion, step, planned):
            seen.add(path)
            rows.append(row)
    return (*rows, *_not_come(telling, occasion, planned, seen))


def _row(
    telling: Telling, occasion: Occasion, step: Step, planned: dict[str, Event]
) -> Iterator[tuple[str, Came]]:
    say, plan = occasion.say, telling.engine.plan
    match step.event:
        case e.SceneEntered(scene=scene):
            event = planned[f"scenes.{scene}.narration"]
            status = say("entered by the facilitator") if _jumped(telling, step) else say("entered")
            yield event.path, _of(event, step.at, status, text=_narrated(telling, step, scene))
        case e.InjectDelivered(inject=inject):
            event = planned[plan.inject_path(inject)]
            status = say("released") if plan.inject(inject).held else say("came")
            yield event.path, _of(event, step.at, status)
        case e.InjectOmitted(inject=inject):
            event = planned[plan.inject_path(inject)]
            yield event.path, _of(event, step.at, say("left out by the facilitator"))
        case e.DecisionPassed(decision=decision):
            event = planned[plan.decision_path(decision)]
            yield event.path, _of(event, step.at, say("did not arise"))
        case e.Settled(decision=decision, option=option, how=how):
            event = planned[plan.decision_path(decision)]
            forced = {
                "facilitator": say("settled by the facilitator"),
                "stand_in": say("settled by a stand-in"),
            }
            status = forced.get(how, say("settled"))
            yield event.path, _of(event, step.at, status, telling.option_text(decision, option))
        case e.Told(kind="written", to=to, words=words):
            text = telling.word(words) if words else ""
            yield (
                "",
                Came(
                    planned=0,
                    at=step.at,
                    scene=step.before.scene,
                    synopsis=say("(erased)") if text is None else plain(text),
                    kind=say("written on the spot"),
                    sender=say("facilitator"),
                    to=say("all") if PUBLIC in to else occasion.roles(to),
                    status=say("sent"),
                ),
            )
        case e.Rewound():
            yield (
                "",
                Came(
                    planned=0,
                    at=step.at,
                    scene=step.before.scene,
                    synopsis=say("The facilitator went back to an earlier moment."),
                    kind=say("control"),
                    sender=say("facilitator"),
                    to=say("all"),
                    status=say("done"),
                ),
            )


def _jumped(telling: Telling, step: Step) -> bool:
    before = telling.everything[step.number - 1] if step.number else None
    return before is not None and isinstance(before.event, e.Jumped)


def _narrated(telling: Telling, entered: Step, scene: str) -> str:
    """The narration in the wording that was told."""
    path = f"scenes.{scene}.narration/"
    for step in telling.everything[entered.number :]:
        event = step.event
        if isinstance(event, e.Told) and event.path.startswith(path):
            return plain(telling.text(event.path))
    return ""


def _of(event: Event, at: int, status: str, response: str = "", text: str = "") -> Came:
    return Came(
        planned=event.number,
        at=at,
        scene=event.scene,
        synopsis=text or event.synopsis,
        kind=event.kind,
        sender=event.sender,
        to=event.to,
        status=status,
        response=response,
    )


def _not_come(
    telling: Telling, occasion: Occasion, planned: dict[str, Event], seen: set[str]
) -> Iterator[Came]:
    say = occasion.say
    visited = {
        step.event.scene for step in telling.everything if isinstance(step.event, e.SceneEntered)
    }
    for path, event in planned.items():
        if path in seen:
            continue
        there = event.scene in visited
        yield _of(event, -1, say("did not come") if there else say("scene not reached"))


def sheet(telling: Telling) -> Sheet:
    """The rows for a spreadsheet."""
    header = telling.record.header
    occasion = Occasion(telling.engine, tool=header.tool_version)
    return Sheet(
        "msel_as_played",
        HEAD,
        tuple(
            (
                *(header.id, each.planned or "", each.at // 60_000 + 1 if each.at >= 0 else ""),
                *(each.scene, each.synopsis, each.kind, each.sender, each.to, each.status),
                *(each.response, ""),
            )
            for each in came(telling, occasion)
        ),
    )


def msel_as_played(played: Played) -> Document:
    """The list as a document."""
    say = played.occasion.say
    return Document(
        slug="msel-as-played",
        title=say(
            "Master Scenario Events List, as played: {exercise}", exercise=played.occasion.exercise
        ),
        marking=handling.marking(played.occasion.language),
        notice=handling.after(played),
        pages=(
            Page(
                "events",
                say("Events in the order they happened"),
                [as_played(played), *not_played(played)],
                wide=True,
            ),
        ),
        audience="conductors",
        language=played.occasion.language,
    )


def as_played(played: Played) -> Table:
    """What happened, facts told and kept among it."""
    say, occasion = played.occasion.say, played.occasion
    rows = [
        (
            each.at,
            occasion.scene(each.scene),
            say("{kind}: {what}", kind=each.kind, what=cut(each.synopsis)),
            each.to,
            each.status,
            line(each.response),
        )
        for each in came(played.telling, occasion)
        if each.at >= 0
    ]
    rows += [
        (
            moment.at,
            scene.title,
            w.shared(moment.what, occasion.language),
            moment.what.to.role,
            say("kept") if moment.what.kept else say("told"),
            "",
        )
        for scene in played.report.story
        for moment in scene.moments
        if isinstance(moment.what, Shared)
    ]
    return Table(
        say("As played, with what was told and kept"),
        (
            say("Minute"),
            say("Scene"),
            say("Event"),
            say("To"),
            say("Status"),
            say("Players' response"),
        ),
        tuple(
            (str(at // 60_000 + 1), *cells) for at, *cells in sorted(rows, key=lambda row: row[0])
        ),
    )


def not_played(played: Played) -> Iterator[Block]:
    """What was planned and did not come, with a heading; nothing where all of it came."""
    say, occasion = played.occasion.say, played.occasion
    rest = tuple(
        (
            occasion.scene(each.scene),
            say("{kind}: {what}", kind=each.kind, what=cut(each.synopsis)),
            each.status,
        )
        for each in came(played.telling, occasion)
        if each.at < 0
    )
    if rest:
        yield Heading(say("Planned, and not played"))
        yield Table(say("What did not come"), (say("Scene"), say("Event"), say("Status")), rest)
