"""The facilitator and evaluator handbook: everything needed to hold the exercise, and its key.

It gives the exercise away and says so on every sheet. What each scene holds is laid out by
`handbook_scene.py`; here is what surrounds it.
"""

from tabletop.debrief.blocks import Authored, Block, Heading, Items, Line, Page, Table
from tabletop.debrief.documents import conducting, handling
from tabletop.debrief.documents.agenda import agenda, minutes, modules
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.handbook_scene import scene_blocks
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.overview import objectives, overview
from tabletop.debrief.prose import line
from tabletop.debrief.telling import title_of


def handbook(occasion: Occasion) -> Document:
    """The handbook."""
    say = occasion.say
    pages = (
        Page("overview", say("Exercise overview"), overview(occasion)),
        Page(
            "staffing",
            say("Staffing and communications"),
            conducting.staffing(occasion),
        ),
        Page("control", say("Holding the exercise"), conducting.control(occasion)),
        Page("checklists", say("Checklists"), conducting.checklists(occasion)),
        Page("evaluating", say("Evaluating"), conducting.evaluating(occasion)),
        Page("agenda", say("Agenda"), [*agenda(occasion), objectives(occasion)]),
        *_modules(occasion),
        Page("endings", say("Endings"), _endings(occasion), fresh=True),
        Page("facts", say("Who knows what, and whom it may be told"), _facts(occasion), fresh=True),
        Page("hot-wash", say("Hot wash"), conducting.hot_wash(occasion)),
        Page("names", say("Names in conditions"), _names(occasion)),
        Page("practices", say("What the marks rest on"), handling.practices(occasion), fresh=True),
    )
    return Document(
        slug="handbook",
        title=say("Facilitator and Evaluator Handbook: {exercise}", exercise=occasion.exercise),
        marking=handling.marking(occasion.language),
        notice=handling.handling(occasion, "conductors"),
        pages=pages,
        audience="conductors",
        language=occasion.language,
    )


def _modules(occasion: Occasion) -> list[Page]:
    scenario, found = occasion.scenario, []
    for number, (title, span) in enumerate(modules(occasion)):
        module = scenario.modules()[number]
        blocks: list[Block] = [Line(minutes(occasion, span), "quiet")]
        for name, scene in scenario.scenes.items():
            if not scene.ending and scenario.module_of(name) == module:
                blocks += scene_blocks(occasion, name)
        found.append(Page(f"module-{number + 1}", title, blocks, fresh=True))
    return found


def _endings(occasion: Occasion) -> list[Block]:
    say = occasion.say
    blocks: list[Block] = []
    for name, scene in occasion.scenario.scenes.items():
        if not scene.ending:
            continue
        blocks.append(Heading(occasion.scene(name), occasion.line(scene.time or "")))
        for label, words in occasion.wordings(f"scenes.{name}.narration", scene.narration):
            blocks += [*([Line(label, "quiet", leads=True)] if label else []), Authored(words)]
        if scene.closing:
            blocks += [
                Heading(say("What remains open"), level=4),
                Items(tuple(occasion.plain(each) for each in scene.closing)),
            ]
        for audience, listed in scene.questions.items():
            blocks += [
                Heading(say("To ask {whom}", whom=occasion.roles((audience,))), level=4),
                Items(tuple(occasion.plain(each) for each in listed)),
            ]
    return blocks


def _facts(occasion: Occasion) -> list[Block]:
    say, scenario = occasion.say, occasion.scenario
    if not scenario.facts:
        return [Line(say("Nobody knows anything the others do not."))]
    classes = occasion.engine.guidance.fact_classes
    rows = []
    for name, fact in scenario.facts.items():
        told = "; ".join(
            say(
                "{to} ({when})",
                to=occasion.roles(share.to),
                when=", ".join(map(occasion.scene, share.during))
                if share.during
                else say("any time"),
            )
            for share in fact.share
        )
        rows.append(
            (
                occasion.line(fact.title or name.replace("_", " ")),
                occasion.short(f"facts.{name}.text", fact.text),
                line(classes[fact.fact_class].title),
                occasion.roles(fact.held_by) or say("nobody at first"),
                told or say("nobody"),
            )
        )
    blocks: list[Block] = [
        Table(
            say("Facts"),
            (
                say("Fact"),
                say("What whoever knows it reads"),
                say("Kind"),
                say("Held by"),
                say("Can be told to"),
            ),
            tuple(rows),
        )
    ]
    if scenario.consents:
        blocks += [
            Heading(say("Consents")),
            Items(tuple(line(occasion.engine.consent_text(each)) for each in scenario.consents)),
        ]
    return blocks


def _names(occasion: Occasion) -> list[Block]:
    """What stands behind the names that conditions use."""
    say, scenario = occasion.say, occasion.scenario
    rows = [
        *((name, say("state"), occasion.line(each.means)) for name, each in scenario.state.items()),
        *(
            (name, say("fact"), occasion.line(each.title or title_of(name)))
            for name, each in scenario.facts.items()
        ),
        *(
            (name, say("consent"), line(occasion.engine.consent_text(name)))
            for name in scenario.consents
        ),
        *(
            (name, say("decision"), occasion.line(each.title))
            for scene in scenario.scenes.values()
            for name, each in scene.decisions.items()
        ),
        *(
            (name, say("inject"), occasion.line(each.title))
            for scene in scenario.scenes.values()
            for name, each in scene.injects.items()
        ),
    ]
    return [
        Line(say("Where a text says that something comes if this or that holds, it names these.")),
        Table(
            say("Names"),
            (say("Name"), say("Sort"), say("What it stands for")),
            tuple((title_of(name), sort, means) for name, sort, means in rows),
        ),
    ]
