"""Agreement and sureness: counts of answers, after the bands and like them about no one person."""

from fractions import Fraction

from tabletop.debrief import wordings as w
from tabletop.debrief.among import Alike, Dissent, Share, Sureness, Together
from tabletop.debrief.analysis import agreement, calibration, quiet
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows, Table
from tabletop.debrief.figures.agreement import bars
from tabletop.debrief.pages.voice import Voice


def answers(voice: Voice) -> list[Block]:
    """The page."""
    found = voice.report.answers
    blocks: list[Block] = []
    if found.decisions:
        blocks += [
            Line(
                voice.say(
                    "What each person answered before anyone had talked, and what they answered"
                    " after. To differ is no fault: it is where talk begins."
                )
            )
        ]
        one = [each for each in found.decisions if len(each.before) == len(each.after) == 1]
        for each in found.decisions:
            if each not in one:
                blocks += _together(voice, each)
        if one:
            same = " · ".join(each.title for each in one)
            blocks.append(
                Line(
                    voice.say("All gave the same answer, before and after: {titles}.", titles=same)
                )
            )
    return [*blocks, *counted(voice)]


def counted(voice: Voice) -> list[Block]:
    """Agreement, sureness and quiet seats, without the decisions one by one."""
    alike = _alike(voice) if voice.report.answers.decisions else []
    return [*alike, *_sure(voice), *_quiet(voice)]


def _together(voice: Voice, each: Together) -> list[Block]:
    if not each.talked:
        rows = [Row(voice.say("Answers, never shown together"), _counted(each.after))]
    elif each.moved or each.before != each.after:
        rows = [
            Row(voice.say("Before the talk"), _counted(each.before)),
            Row(voice.say("After the talk"), _counted(each.after)),
        ]
    else:
        rows = [Row(voice.say("Before the talk and after"), _counted(each.before))]
    rows.append(Row(voice.say("Counted"), each.chosen))
    rows += [
        Row(voice.say("Stood by another answer"), _dissent(voice, one)) for one in each.dissent
    ]
    return [Heading(each.title, w.minute(each.at, voice.language), 4), Rows(tuple(rows))]


def _counted(some: tuple[tuple[str, int], ...]) -> str:
    times = "\N{MULTIPLICATION SIGN}"
    return " · ".join(f"{count} {times} {option.rstrip('.')}" for option, count in some)


def _dissent(voice: Voice, one: Dissent) -> str:
    said = [f"{w.capital(w.byline((one.who,), voice.language))}: “{one.option.rstrip('.')}”."]
    if one.because:
        said.append(voice.say("Reason: {reason}", reason=one.because))
    if one.reason:
        said.append(voice.say("In their words: “{words}”", words=one.reason))
    elif one.reason is None:
        said.append(voice.say("(erased)"))
    if one.confidence:
        said.append(f"({w.confidence(one.confidence, voice.language)})")
    return " ".join(said)


def _alike(voice: Voice) -> list[Block]:
    found = voice.report.answers.alike
    if not found:
        return []
    return [
        Heading(voice.say("Agreement within and between disciplines")),
        bars(
            found,
            Table(
                voice.say("Pairs of people who gave the same answer"),
                (
                    voice.say("Between whom"),
                    voice.say("Decisions"),
                    voice.say("Before the talk"),
                    voice.say("After the talk"),
                ),
                tuple(
                    (
                        _group(voice, each),
                        str(each.decisions),
                        _share(voice, each.before),
                        _share(voice, each.after),
                    )
                    for each in found
                ),
            ),
            voice.language,
        ),
        Line(
            voice.say(
                "From fewer than {enough} decisions answered by such a pair nothing is said."
                " Stand-ins' answers are not counted.",
                enough=agreement.ENOUGH,
            ),
            "quiet",
        ),
    ]


def _group(voice: Voice, each: Alike) -> str:
    names = [w.discipline(one, voice.language) for one in each.disciplines]
    if len(names) == 1:
        return w.capital(voice.say("within {discipline}", discipline=names[0]))
    one, other = names
    return w.capital(voice.say("between {one} and {other}", one=one, other=other))


def _share(voice: Voice, share: Share | None) -> str:
    if share is None:
        return voice.say("not enough to say")
    return voice.say("{agreed} of {pairs}", agreed=share.agreed, pairs=share.of)


def _sure(voice: Voice) -> list[Block]:
    found = voice.report.answers.sure
    heading = Heading(voice.say("How sure, and how well placed"))
    if not any(credit is not None for level in found.levels for credit in level.credit):
        return [
            heading,
            Line(
                voice.say(
                    "Not enough to say: there are fewer than {enough} answers of any one sureness"
                    " that had anything to gain or lose.",
                    enough=calibration.ENOUGH,
                ),
                "quiet",
            ),
        ]
    blocks: list[Block] = [
        heading,
        _sureness(voice, voice.say("Answers by how sure people were"), found.levels),
        Line(
            voice.say(
                "Where answers lay between the worst (0 %) and the best (100 %) that was open,"
                " each axis by itself. With fewer than {enough} answers that had anything to gain"
                " or lose there is not enough to say.",
                enough=calibration.ENOUGH,
            ),
            "quiet",
        ),
    ]
    if found.unsaid:
        unsaid = voice.say("Left out are {count} that named no sureness.", count=found.unsaid)
        blocks.append(Line(unsaid, "quiet"))
    blocks += [
        _sureness(voice, voice.say("Answers of {name}", name=name), levels)
        for name, levels in found.people
    ]
    return blocks


def _sureness(voice: Voice, caption: str, levels: tuple[Sureness, ...]) -> Table:
    return Table(
        caption,
        (
            voice.say("How sure"),
            voice.say("Answers"),
            w.axis("vc", voice.language),
            w.axis("ci", voice.language),
        ),
        tuple(
            (
                w.capital(w.confidence(each.confidence, voice.language)),
                str(each.answers),
                *(_percent(voice, credit) for credit in each.credit),
            )
            for each in levels
        ),
    )


def _percent(voice: Voice, credit: Fraction | None) -> str:
    if credit is None:
        return voice.say("not enough to say")
    return f"{round(credit * 100)} %"


def _quiet(voice: Voice) -> list[Block]:
    found = voice.report.answers.quiet
    if found.people < 2:
        return []
    blocks: list[Block] = [Heading(voice.say("Who was heard"))]
    if not found.quiet:
        return [*blocks, Line(voice.say("Everyone answered and said something."))]
    blocks.append(
        Line(
            voice.say(
                "Of {people} people, {quiet} answered less than half of what they were asked"
                " (of at least {enough} decisions) or wrote and told nothing of their own. People"
                " have reasons to be quiet; what was said aloud is not in the record.",
                people=found.people,
                quiet=found.quiet,
                enough=quiet.ENOUGH,
            )
        )
    )
    if found.names:
        blocks.append(Items(found.names))
    return blocks
