"""What does not hang on a scenario: how to staff, hold, watch and talk over an exercise.

The program's own words, the same in every handbook but for names, themes and required roles.
"""

from tabletop.debrief import asked
from tabletop.debrief.blocks import Block, Field, Form, Heading, Items, Line, Row, Rows, Table
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.prose import line
from tabletop.exercise.afterwards import RATINGS, Proposal

ROWS = 6


def staffing(occasion: Occasion) -> list[Block]:
    """Who conducts and evaluates, and how they reach one another."""
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


def control(occasion: Occasion) -> list[Block]:
    """How to hold it, how to stop, and what it speaks of."""
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


def checklists(occasion: Occasion) -> list[Block]:
    """What to see to before, during and after."""
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
        blocks += [Heading(title), Items(items, "box")]
    return blocks


def evaluating(occasion: Occasion) -> list[Block]:
    """How to watch and what to write down, with the ratings."""
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
