"""What the facilitator did to the story, and what was noted while it went on."""

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Observed, Steered


def steering(voice: Voice) -> list[Block]:
    """Both, where there is anything."""
    report, blocks = voice.report, list[Block]()
    if report.steered:
        blocks += [
            Heading(voice.say("What was done from outside the story"), "", 3),
            Line(voice.say("None of it is marked, and none of it was proved of the scenario.")),
            Items(tuple(steered(voice, each) for each in report.steered)),
        ]
    if report.observed:
        blocks += [
            Heading(voice.say("What was noted while it went on"), "", 3),
            Items(tuple(observed(voice, each) for each in report.observed)),
        ]
    return blocks


def steered(voice: Voice, each: Steered) -> str:
    """What the facilitator did, or that a stop was asked for, as one line."""
    minute = w.minute(each.at, voice.language)
    match each.kind:
        case "jumped":
            said = voice.say("The facilitator went on to {scene}", scene=each.title)
        case "rewound":
            said = voice.say("The facilitator went back to {moment}", moment=each.title)
            if each.known:
                names = ", ".join(each.known)
                said = voice.say(
                    "{said}; by then people had seen what came of: {names}", said=said, names=names
                )
        case "settled":
            said = voice.say("The facilitator settled {decision}", decision=each.title)
        case "written":
            to = w.names(each.to, voice.language) if each.to else voice.say("all")
            words = each.title or voice.say("(erased)")
            said = voice.say("The facilitator wrote to {to}: “{words}”", to=to, words=words)
        case "held":
            said = voice.say("The facilitator kept back: {inject}", inject=each.title)
        case "omitted":
            said = voice.say("The facilitator left out: {inject}", inject=each.title)
        case _:
            said = voice.say("Somebody asked for a stop, and everyone stopped")
    reason = voice.say("(erased)") if each.reason is None else each.reason
    why = voice.say("Why: {reason}", reason=reason) if reason else ""
    return " ".join(part for part in (f"{said} ({minute}).", why) if part)


def observed(voice: Voice, each: Observed) -> str:
    """What was noted, as one line."""
    kind = voice.say("Strength") if each.kind == "strength" else voice.say("Issue")
    words = each.words if each.words is not None else voice.say("(erased)")
    about = f" ({'; '.join(each.about)})" if each.about else ""
    return f"{kind}, {w.minute(each.at, voice.language)}: {words}{about}"
