"""Looking back at choices: what went well, the widest gaps, where the axes pulled apart."""

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Line, Row, Rows
from tabletop.debrief.pages.strand import luck, together
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Pull


def strengths(voice: Voice) -> list[Block]:
    """Two strengths a role, or that the exercise showed no more."""
    blocks: list[Block] = []
    for each in voice.report.strengths:
        if len(voice.report.strengths) > 1:
            blocks.append(Heading(w.capital(w.name(each.who, voice.language)), each.who.person))
        for found in each.found:
            blocks.append(voice.heading(found))
            rows = [
                Row(voice.say("Chosen"), found.chosen),
                Row(voice.say("Why it was good"), found.because),
                *voice.guidance(found, 1),
            ]
            blocks.append(Rows(tuple(row for row in rows if row.text)))
        if len(each.found) < 2:
            blocks.append(
                Line(
                    voice.say("A second strength: not evidenced by this exercise.")
                    if each.found
                    else voice.say("Strengths: not evidenced by this exercise."),
                    "quiet",
                )
            )
    return blocks or [Line(voice.say("Not evidenced by this exercise."), "quiet")]


def gaps(voice: Voice) -> list[Block]:
    """The widest gaps with another way, the guidance and a question."""
    if not voice.report.gaps:
        return [
            Line(
                voice.say(
                    "At none of the marked choices was another way open that was better"
                    " for people or for the case and worse for neither."
                )
            )
        ]
    blocks: list[Block] = []
    for found in voice.report.gaps:
        blocks.append(voice.heading(found))
        if found.critical:
            blocks.append(Line(voice.say("A critical act: nothing else offsets it."), "strong"))
        blocks.append(
            Line(
                voice.say(
                    "It {cost}, beside the best that was open.",
                    cost=w.cost(found.cost, voice.language),
                ),
                "quiet",
            )
        )
        rows = [Row(voice.say("Chosen"), found.chosen)]
        for snapshot in found.snapshots:
            rows.extend(voice.snapshot(snapshot, most=4))
        rows.append(Row(voice.say("Why it fell short"), found.because))
        if found.other:
            rows.extend(voice.other(found.other, voice.say("Another way")))
        rows.extend(voice.guidance(found))
        rows.append(Row(voice.say("To think about"), found.question))
        blocks.append(Rows(tuple(row for row in rows if row.text)))
    return blocks


def pulls(voice: Voice) -> list[Block]:
    """Tension, luck and working together."""
    blocks: list[Block] = []
    for pull in voice.report.pulls:
        blocks.extend(_pull(voice, pull))
    if not blocks:
        blocks.append(
            Line(
                voice.say(
                    "Nowhere in this exercise did people and case ask for"
                    " different things of those who decided."
                )
            )
        )
    blocks.extend(luck(voice))
    blocks.extend(together(voice))
    return blocks


def _pull(voice: Voice, pull: Pull) -> list[Block]:
    found = pull.finding
    rows = [Row(voice.say("Chosen"), found.chosen)]
    if found.because:
        rows.append(Row(voice.say("What it did"), found.because))
    for number, other in enumerate(pull.others):
        label = voice.say("Also defensible") if number == 0 else voice.say("Or")
        rows.extend(voice.other(other, label)[:2])
    for who, reason, fits in pull.given:
        label = voice.say("The reason {who} gave", who=w.name(who, voice.language))
        fit = voice.say("it fitted here") if fits else voice.say("it did not fit here")
        rows.append(Row(label, voice.say("{reason} ({fit})", reason=reason, fit=fit)))
    if pull.fitting and not any(fits for _, _, fits in pull.given):
        rows.append(Row(voice.say("What would fit"), " · ".join(pull.fitting)))
    if pull.good_yet_costly:
        rows.append(
            Row(
                voice.say("A cost"),
                voice.say(
                    "Nothing better was open, and it still cost one side. A good"
                    " decision can have a hard result."
                ),
            )
        )
    if found not in voice.report.gaps:
        rows.append(Row(voice.say("To think about"), found.question))
    return [voice.heading(found), Rows(tuple(row for row in rows if row.text))]
