"""Every decision as it was made: what was offered, who answered what and how surely, what counted.

The marks stand beside each option that was open, with the author's reason and the guidance; what
was forced or left to a stand-in is told without marks.
"""

from fractions import Fraction

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows, Table
from tabletop.debrief.choices import Choice, Way
from tabletop.debrief.citations import cited
from tabletop.debrief.documents.played import Played
from tabletop.debrief.parts import Answered, Decided
from tabletop.debrief.timeline import shares


def decisions(played: Played) -> list[Block]:
    """Every decision in order, then every fact told or kept."""
    say = played.occasion.say
    by_moment = {
        (choice.name, choice.step.at): choice for choice in played.made if choice.kind == "decision"
    }
    blocks: list[Block] = [
        Line(
            say(
                "Answers were given alone and shown together. Marks run from {low} to {high} on"
                " each axis and are never added. {basis}",
                low=w.mark(Fraction(-2)),
                high=w.mark(Fraction(2)),
                basis=played.voice.basis(),
            )
        )
    ]
    for scene in played.report.story:
        for moment in scene.moments:
            if isinstance(moment.what, Decided):
                choice = by_moment[moment.what.id, moment.at]
                where = (
                    f"{scene.title}, {w.minute(moment.at, played.occasion.language)} · "
                    f"{w.byline(moment.what.by, played.occasion.language)}"
                )
                blocks.append(Heading(moment.what.title, where))
                blocks += _decision(played, moment.what, choice)
    told = shares(played.report.story)
    if told:
        blocks += [
            Heading(say("Facts told and kept")),
            Items(tuple(w.shared(each, played.occasion.language) for each in told)),
        ]
    return blocks


def _decision(played: Played, what: Decided, choice: Choice) -> list[Block]:
    say, language = played.occasion.say, played.occasion.language
    rows = [Row(say("Asked"), what.ask)]
    rows += [_answer(played, each) for each in what.answers]
    rows.append(Row(say("Counted"), what.chosen))
    rows.append(Row(say("How"), what.how or say("One person decided.")))
    dissent = [each for each in what.answers if each.option != what.chosen]
    if dissent:
        rows.append(
            Row(
                say("Dissent"),
                w.capital(w.names((each.who for each in dissent), language)),
            )
        )
    if what.silent:
        rows.append(Row(say("Not heard"), w.capital(w.names(what.silent, language))))
    if not what.marked:
        rows.append(Row(say("Marked"), say("No: a stand-in, or forced. Told only.")))
    blocks: list[Block] = [Rows(tuple(rows)), _options(played, what, choice)]
    guidance = cited(played.telling.guidance, choice.practices)
    if what.marked and guidance:
        blocks.append(Items(tuple(w.guidance_line(each, language) for each in guidance)))
    return blocks


def _answer(played: Played, each: Answered) -> Row:
    say, language = played.occasion.say, played.occasion.language
    parts = [each.option]
    if each.because:
        parts.append(each.because)
    if each.reason is None:
        parts.append(say("(erased)"))
    elif each.reason:
        parts.append(f"“{each.reason}”")
    sure = w.confidence(each.confidence, language)
    if sure:
        parts.append(f"({sure})")
    return Row(w.capital(w.name(each.who, language)), " ".join(parts))


def _options(played: Played, what: Decided, choice: Choice) -> Table:
    say, language = played.occasion.say, played.occasion.language
    caption = say("Options that were open")
    if not what.marked:
        return Table(
            caption,
            (say("Option"), say("Counted")),
            tuple(
                (_wording(played, choice, way), _counted(played, choice, way))
                for way in choice.ways
            ),
        )
    return Table(
        caption,
        (
            say("Option"),
            say("Counted"),
            w.axis("vc", language),
            w.axis("ci", language),
            say("Because"),
        ),
        tuple(
            (
                _wording(played, choice, way),
                _counted(played, choice, way),
                w.mark(way.worth[0]),
                w.mark(way.worth[1]),
                played.reader.because(way),
            )
            for way in choice.ways
        ),
    )


def _wording(played: Played, choice: Choice, way: Way) -> str:
    text = played.reader.wording(choice, way)
    return played.occasion.say("{option} (a critical act)", option=text) if way.critical else text


def _counted(played: Played, choice: Choice, way: Way) -> str:
    return played.occasion.say("yes") if way.name == choice.taken else ""
