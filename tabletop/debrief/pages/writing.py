"""The two pages to write on, and the end."""

from tabletop.debrief import asked
from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Authored, Block, Heading, Items, Line
from tabletop.debrief.pages.voice import Voice


def reactions(voice: Voice) -> list[Block]:
    """How was that, before anything is shown."""
    return [
        Line(voice.say("Before anything else: two lines on how it was for you.")),
        voice.ask(*asked.prompts(voice.language)[0]),
        Line(voice.say("There is nothing to get right here, and it may stay empty."), "quiet"),
    ]


def change(voice: Voice) -> list[Block]:
    """What to keep, what to change."""
    return [
        Line(voice.say("For yourself, or for how your team works. It may stay empty.")),
        *(voice.ask(prompt, question) for prompt, question in asked.prompts(voice.language)[1:]),
    ]


def closing(voice: Voice) -> list[Block]:
    """One thing to take along, the closing words, what remains, whom to talk to."""
    closing, takeaway = voice.report.closing, voice.report.takeaway
    blocks: list[Block] = []
    if takeaway.guidance:
        label = (
            voice.say("One thing to keep")
            if takeaway.keep
            else voice.say("One thing to do differently")
        )
        blocks += [
            Heading(label, takeaway.occasion),
            *([Line(takeaway.way, "strong")] if takeaway.way else []),
            Line(w.guidance_line(takeaway.guidance, voice.language)),
        ]
    if closing.ending:
        blocks += [Heading(closing.ending), Authored(closing.words)]
    else:
        blocks.append(Line(voice.say("The exercise stopped before an ending.")))
    if closing.remains:
        blocks += [Heading(voice.say("What remains open")), Items(closing.remains)]
    blocks += [Heading(voice.say("If you want to talk to someone")), Line(closing.support)]
    if closing.other_roles:
        blocks += [
            Heading(voice.say("Play it again as another role")),
            Items(
                tuple(
                    voice.say("{role}: {person}", role=w.capital(who.role), person=who.person)
                    for who in closing.other_roles
                )
            ),
        ]
    return blocks
