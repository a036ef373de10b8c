"""What an exercise turned on: first in words, and the numbers behind it only after the bands."""

from fractions import Fraction

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.frontier import Frontier
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows, Table
from tabletop.debrief.choices import Pair
from tabletop.debrief.figures.frontier import plot, total
from tabletop.debrief.pages.prospects import reason_unknown, span
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.turning import Compared, Other, Turning


def turned(voice: Voice) -> list[Block]:
    """The pivotal choices: what was known, what was chosen, and about two other ways."""
    found = voice.report.turned.pivotal
    if not found:
        return [Line(voice.say("No choice that counts gave anything up, by itself or for later."))]
    blocks: list[Block] = [
        Line(
            voice.say(
                "These choices gave up most. What they looked like then comes first; what another"
                " way would have come to nobody could know."
            ),
            "quiet",
        )
    ]
    for each in found:
        blocks.append(voice.heading(each.finding))
        blocks.append(Line(_sense(voice, each), "quiet"))
        rows = [row for snap in each.finding.snapshots for row in voice.snapshot(snap, most=4)]
        rows.append(Row(voice.say("Chosen"), each.finding.chosen))
        for number, other in enumerate(each.others):
            label = voice.say("Another way") if number == 0 else voice.say("Or")
            rows.extend(_other(voice, other, label))
        if each.closed:
            rows.append(
                Row(
                    voice.say("No longer to be reached after it"),
                    " · ".join(each.closed),
                )
            )
        if each.steered and each.others:
            rows.append(Row(voice.say("Led elsewhere"), _steered(voice)))
        if each.why:
            rows.append(Row(voice.say("Not known"), reason_unknown(each.why, voice.language)))
        blocks.append(Rows(tuple(row for row in rows if row.text)))
    return blocks


def _steered(voice: Voice) -> str:
    return voice.say(
        "Later on the exercise left the scenario's own ways. The ways are laid side by side as each"
        " would have gone on by itself."
    )


def _sense(voice: Voice, each: Turning) -> str:
    if each.sense == "ahead":
        return voice.say("It closed more of what could still come than it gave up by itself.")
    return voice.say("It stands here for what it gave up by itself, beside the best then open.")


def _other(voice: Voice, other: Other, label: str) -> list[Row]:
    rows = [Row(label, other.text)]
    if other.because:
        rows.append(Row(voice.say("Because"), other.because))
    if other.compared:
        people, case = (_compared(voice, each) for each in other.compared)
        rows.append(
            Row(
                voice.say("With all later choices as they were"),
                voice.say("for the people {people}; for the case {case}", people=people, case=case),
            )
        )
    return rows


def _compared(voice: Voice, each: Compared) -> str:
    return {
        "more": voice.say("better than it came"),
        "same": voice.say("as it came"),
        "less": voice.say("worse than it came"),
        "open": voice.say("open, since the record does not answer every question on that way"),
    }[each]


def ahead(voice: Voice) -> list[Block]:
    """The numbers: what ways could have come to, what choices gave up, and the frontier."""
    found = voice.report.turned
    axes = w.axis("vc", voice.language), w.axis("ci", voice.language)
    blocks: list[Block] = [
        Line(
            voice.say(
                "Marks are summed over what could still come, each axis by itself, and never across"
                " the two. The best on one axis and the best on the other need not lie on the same"
                " way. Typical is one way on: each free choice as a stand-in would make it."
            ),
            "quiet",
        )
    ]
    blocks += [
        Line(reason_unknown(why, voice.language), "quiet") for why in found.unknown if why != "idle"
    ]
    for each in found.pivotal:
        if each.taken is not None:
            blocks += [voice.heading(each.finding), _ways(voice, each, axes)]
    if found.given:
        blocks += [Heading(voice.say("What choices gave up")), _given(voice, axes)]
    return [*blocks, Heading(voice.say("The achievable frontier")), *_frontier(voice)]


def _ways(voice: Voice, each: Turning, axes: tuple[str, str]) -> Table:
    rows: list[tuple[str, ...]] = []
    if each.came is not None:
        rows.append((voice.say("What came"), *(w.mark(total) for total in each.came)))
    others = ((other.text, other.way) for other in each.others)
    ways = [(each.finding.chosen, each.taken), *others]
    for text, way in ways:
        if way is None:
            continue
        if way.kept is not None and (way is not each.taken or each.steered):
            rows.append(
                (
                    voice.say("{way} (later choices kept)", way=text.rstrip(".")),
                    *span(way.kept, voice.language),
                )
            )
        if way.free is not None:
            rows.append(
                (
                    voice.say("{way} (whatever people choose)", way=text.rstrip(".")),
                    *span(way.free, voice.language),
                )
            )
    return Table(
        voice.say("What this choice and all after it come to"),
        (voice.say("Way"), *axes),
        tuple(rows),
    )


def _given(voice: Voice, axes: tuple[str, str]) -> Table:
    return Table(
        voice.say(
            "Forgone: beside the best then open. Lost ahead: the best still attainable before it,"
            " less the best after it"
        ),
        (
            voice.say("Choice"),
            *(voice.say("{axis}, forgone", axis=axis) for axis in axes),
            *(voice.say("{axis}, lost ahead", axis=axis) for axis in axes),
        ),
        tuple(
            (
                voice.say("{title}: {chosen}", title=each.title, chosen=each.chosen.rstrip(".")),
                *_pair(voice, each.forgone),
                *_pair(voice, each.ahead),
            )
            for each in voice.report.turned.given
        ),
    )


def _pair(voice: Voice, pair: Pair | None) -> tuple[str, str]:
    if pair is None:
        return voice.say("not known"), voice.say("not known")
    return _plain(pair[0]), _plain(pair[1])


def _plain(value: Fraction) -> str:
    return w.mark(value).lstrip("+")


def _frontier(voice: Voice) -> list[Block]:
    turned = voice.report.turned
    found = turned.frontier
    if found.why:
        return [Line(_no_frontier(voice, found), "quiet")]
    blocks: list[Block] = [
        Line(
            voice.say(
                "One play beats another only if it is no worse in what it gained and in what it"
                " gave up, on both axes, and better in one. No play beats these."
            ),
            "quiet",
        )
    ]
    if found.steered:
        blocks.append(
            Line(
                voice.say(
                    "A facilitator led this exercise off the scenario's own ways, so it may lie"
                    " where no play of it does."
                )
            )
        )
    blocks.append(plot(found, voice.language))
    if found.better is None:
        blocks.append(Line(voice.say("No play of this scenario beats this exercise.")))
        return blocks
    gained = total(found.better.total)
    blocks += [
        Line(
            voice.say(
                "One play that beats it: {vc} and {ci} gained, {less_vc} and {less_ci} forgone;"
                " it ends in {ending}. It is an example, and not the answer.",
                vc=gained[0],
                ci=gained[1],
                less_vc=gained[2],
                less_ci=gained[3],
                ending=turned.better_ending,
            )
        ),
        Items(
            tuple(
                voice.say("{scene}: {choice} (as here)", scene=leg.scene, choice=leg.text)
                if leg.same
                else voice.say("{scene}: {choice}", scene=leg.scene, choice=leg.text)
                for leg in turned.better
            )
        ),
    ]
    return blocks


def _no_frontier(voice: Voice, found: Frontier) -> str:
    if found.why == "unended":
        return voice.say("The exercise came to no ending, so there is nothing to compare.")
    if found.why == "table":
        return voice.say(
            "Who played and who was a stand-in changed on the way, so that no one set of plays can"
            " be laid beside this one."
        )
    return reason_unknown(found.why, voice.language)
