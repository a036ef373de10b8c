"""Luck, and working together: told as a story, without a mark."""

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Trace

MOST = 8
"""The most injects listed in a row."""
FIRST = 4
"""How many consequences of one thing are named; all stand on the page of causes."""


def luck(voice: Voice) -> list[Block]:
    """What would have come either way, and what hung on choices."""
    if not (voice.report.either_way or voice.report.traces):
        return []
    blocks: list[Block] = [Heading(voice.say("What was luck and what was not"))]
    if voice.report.either_way:
        blocks.append(
            Line(
                voice.say(
                    "These would have happened either way: {injects}. They carry no mark.",
                    injects=_first(voice, voice.report.either_way),
                )
            )
        )
    good = tuple(_trace(voice, trace) for trace in voice.report.traces if trace.good)
    others = tuple(_trace(voice, trace) for trace in voice.report.traces if not trace.good)
    if others:
        blocks += [Line(voice.say("These hung on choices made earlier:")), Items(others)]
    if good:
        blocks += [
            Line(
                voice.say(
                    "These followed choices than which nothing better was open. A good decision"
                    " may have a hard result, and is no worse for it:"
                )
            ),
            Items(good),
        ]
    return blocks


def _first(voice: Voice, titles: tuple[str, ...]) -> str:
    listed = " · ".join(titles[:MOST])
    if len(titles) <= MOST:
        return listed
    return voice.say("{titles} and others", titles=listed)


def _trace(voice: Voice, trace: Trace) -> str:
    return voice.say(
        "{inject}: after {choices}.",
        inject=trace.inject,
        choices=" · ".join(f"{title} (“{chosen.rstrip('.')}”)" for title, chosen in trace.choices),
    )


def together(voice: Voice) -> list[Block]:
    """What passed between the roles."""
    strand = voice.report.collaboration
    lines = [w.shared(each, voice.language) for each in (*strand.told, *strand.not_told)]
    for who, decision in strand.heard:
        lines.append(
            voice.say(
                "{who} advised on “{decision}”.",
                who=w.capital(w.name(who, voice.language)),
                decision=decision,
            )
        )
    for who, decision in strand.silent:
        lines.append(
            voice.say(
                "{who} was not heard on “{decision}”.",
                who=w.capital(w.name(who, voice.language)),
                decision=decision,
            )
        )
    blocks: list[Block] = [Heading(voice.say("Working together"))]
    if lines:
        blocks.append(Items(tuple(lines)))
    else:
        blocks.append(Line(voice.say("Nothing passed between the roles."), "quiet"))
    if strand.came_of:
        blocks += [
            Heading(voice.say("What it opened and closed"), "", 4),
            Items(tuple(_opened(voice, what, later) for what, later in strand.came_of)),
        ]
    if not strand.messages and len(voice.report.strengths) > 1:
        blocks.append(Line(voice.say("Nobody wrote to anyone in this exercise."), "quiet"))
    if strand.practices:
        blocks.append(
            Line(
                voice.say(
                    "Practices of working together that showed: {practices}.",
                    practices=" · ".join(each.title for each in strand.practices),
                )
            )
        )
    return blocks


def _opened(voice: Voice, what: str, later: tuple[str, ...]) -> str:
    """Something between people, and the first few things it had a part in."""
    listed = "; ".join(later[:FIRST])
    if len(later) > FIRST:
        listed = voice.say("{first}; and more", first=listed)
    return voice.say("{what}. It had a part in this: {later}.", what=w.capital(what), later=listed)
