"""The facilitator and evaluator handbook: everything needed to hold the exercise, and its key.

It gives the exercise away and says so on every sheet. What each scene holds is laid out by
`handbook_scene.py`; here is what surrounds it.
"""

from tabletop.debrief import asked
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
from tabletop.debrief.documents.handbook_scene import scene_blocks
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.documents.overview import objectives, overview
from tabletop.debrief.prose import line
from tabletop.exercise.afterwards import RATINGS, Proposal

BOX = "☐ "


def handbook(occasion: Occasion) -> Document:
    """The handbook."""
    say = occasion.say
    pages = (
        Page("overview", say("Exercise overview"), overview(occasion)),
        Page("staffing", say("Staffing and communications"), _staffing(occasion), fresh=True),
        Page("control", say("Holding the exercise"), _control(occasion)),
        Page("checklists", say("Checklists"), _checklists(occasion), fresh=True),
        Page("evaluating", say("Evaluating"), _evaluating(occasion)),
        Page("agenda", say("Agenda"), [*agenda(occasion), objectives(occasion)]),
        *_modules(occasion),
        Page("endings", say("Endings"), _endings(occasion), fresh=True),
        Page("facts", say("Who knows what, and whom it may be told"), _facts(occasion), fresh=True),
        Page("hot-wash", say("Hot wash"), hot_wash(occasion), fresh=True),
        Page("names", say("Names in conditions"), _names(occasion), fresh=True),
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


ROWS = 6


def _staffing(occasion: Occasion) -> list[Block]:
    say = occasion.say
    listed = tuple(
        (line(each.name), line(each.seat), line(each.area or ""), line(each.contact or ""))
        for each in occasion.about.staff
    )
    blocks: list[Block] = [
        Table(
            say("Who conducts and evaluates"),
            (say("Name"), say("Seat"), say("What they look after"), say("Contact")),
            listed or (("", "", "", ""),) * ROWS,
            to_fill=True,
        )
    ]
    required = occasion.scenario.attendance.required
    if required:
        blocks.append(
            Line(
                say(
                    "Roles that a person has to play: {roles}. The others may be stand-ins.",
                    roles=occasion.roles(required),
                )
            )
        )
    blocks.append(
        Form(
            (
                Field(say("How the staff reach one another")),
                Field(say("Whom to call in a real emergency")),
                Field(say("Quiet room, and who is there for people")),
            )
        )
    )
    return blocks


def _control(occasion: Occasion) -> list[Block]:
    say = occasion.say
    return [
        Items(
            (
                say(
                    "The players' choices settle the way; you set the pace and release what waits."
                ),
                say("Let every role speak of its own decision before others do."),
                say("Give no hint which answer is marked how. Marks are for the debrief."),
                say("Whatever you write, jump or settle yourself needs a reason, and is recorded."),
                say("Stand-ins follow their rules; say so when somebody wonders at them."),
            )
        ),
        Heading(say("Pause, and stop for someone's sake")),
        Items(
            (
                say("Anyone may pause, step out or leave, without a reason and without a mark."),
                say(
                    "When someone asks for a stop: pause at once, look at nobody, offer a break and"
                    " the quiet room, and go on only when people want to."
                ),
                say("Who asked is told to nobody unless they wish it."),
                say(
                    "Ask nobody whether they have lived through something like it, and invite no"
                    " one to tell."
                ),
            )
        ),
        Heading(say("A real emergency")),
        Line(
            say(
                'Say "real emergency" and what it is. The exercise stops, the people named above'
                " are called, and nobody goes on before you say that the exercise resumes."
            )
        ),
        Heading(say("Themes, and the gentler wording")),
        Items(tuple(occasion.line(each) for each in occasion.scenario.themes.values()))
        if occasion.scenario.themes
        else Line(say("The author has named no themes.")),
    ]


def _checklists(occasion: Occasion) -> list[Block]:
    say = occasion.say
    lists = (
        (
            say("Before"),
            (
                say("Read this handbook to its end, and play the exercise once alone."),
                say("Send the content notes, the Situation Manual and the briefs in time."),
                say("Complete the support contacts, here and in the manual."),
                say("Assign roles; never one person to both attorneys' hats."),
                say("Assign evaluators to objectives, and hand out the evaluation guides."),
                say("Try the room, the screen, and joining with a phone: tabletop doctor."),
            ),
        ),
        (
            say("During"),
            (
                say("Say the ground rules and what it contains before anyone takes a seat."),
                say("Watch the clock for the talk's sake, never to press an answer."),
                say("Note who is quiet, and make room for them."),
                say("Write observations where they happen, tied to a decision or a task."),
            ),
        ),
        (
            say("After"),
            (
                say("Hold the hot wash at once; reactions first, numbers last."),
                say("Hand out the feedback form, and leave the room while it is filled in."),
                say("Complete the evaluation guides the same day."),
                say("Agree on who writes the after-action report, and by when."),
                say("Look after people: who to talk to, and a word the day after."),
            ),
        ),
    )
    blocks: list[Block] = []
    for title, items in lists:
        blocks += [Heading(title), Items(tuple(f"{BOX}{each}" for each in items))]
    return blocks


def _evaluating(occasion: Occasion) -> list[Block]:
    say = occasion.say
    return [
        Items(
            (
                say("Watch the area you were assigned, and do not prompt."),
                say("Write down the time, who (by role), what was done, and why they said so."),
                say("Write what you saw before what you think of it."),
                say("Complete the guide afterwards; a rating that differs from the one proposed"
                    " needs a reason."),
                say("What a stand-in did, and what was forced, is no evidence."),
            )
        ),
        Heading(say("Ratings")),
        ratings_key(occasion),
    ]  # fmt: skip


def ratings_key(occasion: Occasion) -> Rows:
    """The four ratings, and that nothing was shown, each with what it says."""
    language = occasion.language
    every: tuple[Proposal, ...] = (*RATINGS, "")
    return Rows(
        tuple(
            Row(
                f"{each}: {words}" if each else words,
                asked.rating_means(each, language),
            )
            for each in every
            if (words := asked.rating(each, language))
        )
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
            blocks += [*([Line(label, "quiet")] if label else []), Authored(words)]
        if scene.closing:
            blocks += [
                Line(say("What remains open"), "strong"),
                Items(tuple(occasion.plain(each) for each in scene.closing)),
            ]
        for audience, listed in scene.questions.items():
            blocks += [
                Line(say("To ask {whom}", whom=occasion.roles((audience,))), "strong"),
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


def hot_wash(occasion: Occasion) -> list[Block]:
    """The agenda of the hot wash, in the order in which talk opens people up."""
    say = occasion.say
    steps = (
        (say("Welcome"), "2", say("Why we talk now, and what we do not do: no blame, no ranking.")),
        (say("Reactions"), "5", say("How was that? One round; nobody has to speak.")),
        (say("What happened"), "6", say("Module by module: who knew what, and what was chosen.")),
        (say("What went well"), "4", say("Two strengths for each role, in its own words first.")),
        (
            say("Three decisions"),
            "8",
            say("What was known then, about two other ways, and what would have changed a mind."),
        ),
        (
            say("What to keep, what to change"),
            "3",
            say("What gets in the way at work, and who could change it."),
        ),
        (say("Commitments"), "1", say("Each person: what I will do first, when, and by when.")),
        (say("Close"), "1", say("Whom to talk to, what happens with the notes, thanks.")),
    )
    return [
        Line(
            say(
                "Thirty minutes; give it as long as the play where you can. The pages of the"
                " debrief follow the same order, and its numbers come last. With five"
                " minutes: reactions, one strength, one thing to change, commitments."
            )
        ),
        Table(
            say("Agenda of the hot wash"),
            (say("Step"), say("Minutes"), say("What is asked")),
            steps,
        ),
        Form((Field(say("Scribe")), Field(say("Notes"), lines=6))),
    ]


def _names(occasion: Occasion) -> list[Block]:
    """What stands behind the names that conditions use."""
    say, scenario = occasion.say, occasion.scenario
    rows = [
        *((name, say("state"), occasion.line(each.means)) for name, each in scenario.state.items()),
        *(
            (name, say("fact"), occasion.line(each.title or name.replace("_", " ")))
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
        Table(say("Names"), (say("Name"), say("Sort"), say("What it stands for")), tuple(rows)),
    ]
