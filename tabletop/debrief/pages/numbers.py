"""Bands, critical acts and marks: the only page with numbers, and nothing on it is added up."""

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Line, Row, Rows, Table
from tabletop.debrief.figures.marks import marks
from tabletop.debrief.pages.shown import left_out, shown
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Bands


def bands(voice: Voice) -> list[Block]:
    """The page."""
    blocks: list[Block] = [
        Line(
            voice.say(
                "The two axes stand side by side and are never added. They describe"
                " this exercise, not a person, and serve talk about it."
            )
        ),
        Table(
            voice.say("Bands"),
            (
                voice.say("Who"),
                w.axis("vc", voice.language),
                w.axis("ci", voice.language),
            ),
            tuple(_band(voice, each) for each in voice.report.bands),
        ),
        Line(
            voice.say(
                "Strong: at least 70 % of the way from the worst to the best that was open."
                " Mixed: at least 40 %. Below: at risk. With fewer than three marked choices"
                " on an axis, or no difference between them, there is not enough to say."
                " Choices of stand-ins and forced ones count nowhere. {basis}",
                basis=voice.basis(),
            ),
            "quiet",
        ),
    ]
    blocks.extend(_critical(voice))
    if voice.report.points:
        blocks.append(Heading(voice.say("Marks by choice")))
        blocks.append(marks(voice.report.points, voice.language))
    blocks.extend(left_out(voice))
    blocks.extend(shown(voice))
    return blocks


def _band(voice: Voice, each: Bands) -> tuple[str, ...]:
    who = (
        voice.say("The exercise")
        if each.who is None
        else w.capital(w.byline((each.who,), voice.language))
    )
    return (who, *(w.standing(line, voice.language) for line in each.lines))


def _critical(voice: Voice) -> list[Block]:
    if not voice.report.critical:
        return [Line(voice.say("No critical act."))]
    blocks: list[Block] = [
        Heading(voice.say("Critical acts")),
        Line(
            voice.say(
                "Acts that nothing else offsets. They are named so that they can be"
                " talked about; people under pressure make them."
            )
        ),
    ]
    for found in voice.report.critical:
        blocks.append(voice.heading(found))
        rows = [
            Row(voice.say("Chosen"), found.chosen),
            Row(voice.say("Why"), found.because),
            *voice.guidance(found, 1),
            Row(voice.say("To think about"), found.question),
        ]
        if not found.marked:
            rows.append(
                Row(voice.say("Marked"), voice.say("No: a stand-in, or forced. Told only."))
            )
        blocks.append(Rows(tuple(row for row in rows if row.text)))
    return blocks
