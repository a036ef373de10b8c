"""Every decision as it was made: what was offered, who answered what and how surely, what counted.

The marks stand beside each option that was open, with the author's reason and the guidance; what
was forced or left to a stand-in is told without marks.
"""

from collections.abc import Mapping
from fractions import Fraction
from string import ascii_lowercase

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows, Table
from tabletop.debrief.choices import Choice, Way
from tabletop.debrief.citations import cited
from tabletop.debrief.documents.played import Played
from tabletop.debrief.pages.story import reasons
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
                "Answers were given alone and shown together; a letter stands for an option of the"
                " table below it. Marks run from {low} to {high} on each axis, victim-centeredness"
                " (VC) and case integrity (CI), and are never added. {basis}",
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
    letters = {
        played.reader.wording(choice, way): letter
        for letter, way in zip(ascii_lowercase, choice.ways, strict=False)
    }
    rows = [Row(say("Asked"), what.ask)]
    rows += [_answer(played, each, letters) for each in what.answers]
    rows.append(Row(say("How it came to count"), what.how or say("One person decided.")))
    dissent = "; ".join(
        say("{who}, for {answer}", who=w.name(each.who, language), answer=letters[each.option])
        for each in what.answers
        if each.option != what.chosen and each.option in letters
    )
    if dissent:
        rows.append(Row(say("Dissent"), w.capital(dissent)))
    if what.silent:
        rows.append(Row(say("Not heard"), w.capital(w.names(what.silent, language))))
    blocks: list[Block] = [Rows(tuple(rows)), _options(played, what, choice)]
    guidance = cited(played.telling.guidance, choice.practices)
    if what.marked and guidance:
        blocks.append(Items(tuple(w.guidance_line(each, language) for each in guidance)))
    return blocks


def _answer(played: Played, each: Answered, letters: Mapping[str, str]) -> Row:
    """Who answered what, by its letter in the table below, with their reason and sureness."""
    language = played.occasion.language
    sure = w.confidence(each.confidence, language)
    # An option that was no longer open when it settled has no letter there.
    answer = letters.get(each.option, each.option.rstrip("."))
    parts = [f"{answer}, {sure}." if sure else f"{answer}.", *reasons(played.voice, each)]
    return Row(w.capital(w.name(each.who, language)), " ".join(parts))


def _options(played: Played, what: Decided, choice: Choice) -> Table:
    say = played.occasion.say
    caption, head = say("Options that were open"), (say("Option"), say("Counted"))
    rows = [
        (
            say("{letter}. {option}", letter=letter, option=_wording(played, choice, way)),
            say("yes") if way.name == choice.taken else "",
        )
        for letter, way in zip(ascii_lowercase, choice.ways, strict=False)
    ]
    if not what.marked:
        return Table(caption, head, tuple(rows))
    marked = tuple(
        (*row, w.mark(way.worth[0]), w.mark(way.worth[1]), played.reader.because(way))
        for row, way in zip(rows, choice.ways, strict=True)
    )
    return Table(caption, (*head, say("VC"), say("CI"), say("Because")), marked)


def _wording(played: Played, choice: Choice, way: Way) -> str:
    text = played.reader.wording(choice, way)
    return played.occasion.say("{option} (a critical act)", option=text) if way.critical else text
