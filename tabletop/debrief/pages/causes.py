"""How it came about: each consequence with its reasons, back to what somebody did."""

from collections.abc import Iterable

from tabletop.debrief import wordings as w
from tabletop.debrief.among import Explained
from tabletop.debrief.blocks import Block, Heading, Items, Line
from tabletop.debrief.pages.voice import Voice


def causes(voice: Voice) -> list[Block]:
    """The page."""
    if not voice.report.explained:
        return [Line(voice.say("Nothing here hung on what anyone did before."), "quiet")]
    lead = voice.say(
        "What would not have come whatever anyone chose, traced back to what did it. Looking back"
        " it seems plain; look at each choice with what was known then."
    )
    return [Line(lead), *explained(voice, voice.report.explained)]


def explained(voice: Voice, some: Iterable[Explained]) -> list[Block]:
    """Consequences, each with its reasons."""
    blocks: list[Block] = []
    for each in some:
        blocks.append(Heading(w.capital(each.what), w.minute(each.at, voice.language), 4))
        if each.because:
            blocks.append(Items(each.because))
        else:
            blocks.append(Line(each.ending, "quiet"))
    return blocks
