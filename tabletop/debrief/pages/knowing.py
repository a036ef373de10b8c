"""Who knew what, when: facts by roles, what was not told in time, what was disclosed."""

from tabletop.debrief import wordings as w
from tabletop.debrief.among import Disclosed, Learned, NotShared
from tabletop.debrief.blocks import Block, Heading, Items, Line, Table
from tabletop.debrief.figures.knowing import matrix
from tabletop.debrief.pages.voice import Voice


def knowing(voice: Voice) -> list[Block]:
    """The page."""
    known = voice.report.knowledge
    if not known.facts:
        return [Line(voice.say("Nobody knew anything the others did not."), "quiet")]
    blocks: list[Block] = [
        Line(
            voice.say(
                "From which minute on each role knew a fact, and from whom. A dash: it never did."
            )
        ),
        matrix(
            known,
            Table(
                voice.say("From which minute on, and from whom"),
                (
                    voice.say("Fact"),
                    *(w.capital(w.byline((who,), voice.language)) for who in known.roles),
                ),
                tuple(
                    (
                        fact.title or voice.say("Something held under privilege"),
                        *(_learned(voice, cell) for cell in fact.learned),
                    )
                    for fact in known.facts
                ),
            ),
            voice.language,
        ),
    ]
    return [*blocks, *_not_shared(voice), *_disclosed(voice)]


def _learned(voice: Voice, cell: Learned | None) -> str:
    if cell is None:
        return "\N{EN DASH}"
    if cell.how == "held":
        if cell.joining:
            return voice.say("on joining, {minute}", minute=w.minute(cell.at, voice.language))
        return voice.say("from the start")
    parts = [w.minute(cell.at, voice.language)]
    if cell.joining:
        parts = [voice.say("on joining, {minute}", minute=parts[0])]
    if cell.by is not None:
        by = w.name(cell.by, voice.language)
        if cell.how == "hinted":
            parts.append(voice.say("only that it exists, from {who}", who=by))
        else:
            parts.append(voice.say("from {who}", who=by))
    elif cell.through:
        parts.append(voice.say("through “{what}”", what=cell.through))
    if leave := _leave(voice, cell.consent):
        parts.append(leave)
    return ", ".join(parts)


def _leave(voice: Voice, consent: str) -> str:
    match consent:
        case "granted":
            return voice.say("with the person's leave")
        case "without":
            return voice.say("without leave")
        case "lapsed":
            return voice.say("after the leave had ended")
    return ""


def _not_shared(voice: Voice) -> list[Block]:
    found = voice.report.knowledge.not_shared
    if not found:
        return []
    return [
        Heading(voice.say("What bore on a decision and was not told")),
        Line(
            voice.say(
                "Each could rightly have been told by then, by somebody at the table who knew it."
                " Not telling can have had its reasons: ask for them."
            )
        ),
        Items(tuple(_missed(voice, each) for each in found)),
    ]


def _missed(voice: Voice, each: NotShared) -> str:
    values = {
        "decision": each.decision,
        "minute": w.minute(each.at, voice.language),
        "to": w.name(each.to, voice.language),
        "holders": w.names(each.holders, voice.language),
        "since": w.minute(each.since, voice.language),
    }
    if not each.fact:
        return voice.say(
            "“{decision}” ({minute}): {to} did not know something held under privilege that"
            " {holders} could have told since {since}.",
            **values,
        )
    return voice.say(
        "“{decision}” ({minute}): {to} did not know “{fact}”. {holders} could have told it since"
        " {since}.",
        **{**values, "holders": w.capital(values["holders"])},
        fact=each.fact.rstrip("."),
    )


def _disclosed(voice: Voice) -> list[Block]:
    found = voice.report.knowledge.disclosed
    if not found:
        return []
    return [
        Heading(voice.say("Confidences and disclosures")),
        Items(tuple(_told(voice, each) for each in found)),
    ]


def _told(voice: Voice, each: Disclosed) -> str:
    said = [
        w.disclosed(
            each.sender, each.to, each.fact if each.told else "", each.told, voice.language
        ),
        f"({w.minute(each.at, voice.language)}).",
    ]
    match each.consent:
        case "granted":
            said.append(voice.say("It was told with leave: {purpose}.", purpose=each.purpose))
        case "without":
            said.append(voice.say("Leave for it was never given: {purpose}.", purpose=each.purpose))
        case "lapsed":
            said.append(voice.say("The leave for it had ended: {purpose}.", purpose=each.purpose))
    if each.critical:
        said.append(voice.say("A critical act."))
    if not each.marked:
        said.append(voice.say("A stand-in did it; told, not marked."))
    if each.set_off:
        said.append(voice.say("It had a part in this: {what}.", what="; ".join(each.set_off)))
    return " ".join(said)
