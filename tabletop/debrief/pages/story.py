"""What happened, scene by scene, and at each decision what was known."""

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Heading, Items, Line, Row, Rows
from tabletop.debrief.figures.timeline import timeline
from tabletop.debrief.figures.way import way_through
from tabletop.debrief.pages.voice import Voice
from tabletop.debrief.parts import Answered, Decided, Happened, Moment, SceneStory, Shared


def story(voice: Voice) -> list[Block]:
    """The page."""
    blocks: list[Block] = [
        Line(
            voice.say(
                "Scene by scene. With each decision stands what was known at that moment:"
                " look at it with that in mind, and not with what came of it."
            )
        )
    ]
    module = ""
    for scene in voice.report.story:
        blocks.append(
            Heading(
                scene.title if scene.module == module else f"{scene.module} · {scene.title}",
                ", ".join(p for p in (scene.time, w.minute(scene.at, voice.language)) if p),
            )
        )
        module = scene.module
        blocks.extend(_scene(voice, scene))
    drawn = timeline(voice.report)
    if drawn is not None:
        blocks += [Heading(voice.say("The same at a glance")), drawn]
    way = way_through(voice.report)
    if way is not None:
        blocks += [Heading(voice.say("The way through")), way]
    return blocks


def _scene(voice: Voice, scene: SceneStory) -> list[Block]:
    blocks: list[Block] = []
    lines: list[str] = []

    def flush() -> None:
        if lines:
            blocks.append(Items(tuple(lines)))
            lines.clear()

    for moment in scene.moments:
        if isinstance(moment.what, Decided):
            flush()
            blocks.extend(_decided(voice, moment, moment.what))
        elif isinstance(moment.what, Shared):
            lines.append(w.shared(moment.what, voice.language))
        else:
            lines.append(_happened(voice, moment.what))
    flush()
    if not blocks and not scene.ending:
        blocks.append(Line(voice.say("Nothing was decided here."), "quiet"))
    return blocks


def _happened(voice: Voice, what: Happened) -> str:
    to = w.names(what.to, voice.language) if what.to else voice.say("all")
    match what.kind:
        case "inject" if what.sender:
            return voice.say(
                "“{title}”, from {sender}, to {to}.", title=what.title, sender=what.sender, to=to
            )
        case "inject":
            return voice.say("“{title}”, to {to}.", title=what.title, to=to)
        case "joined":
            return voice.say("{who} came to the table.", who=w.capital(to))
        case "consent_given":
            return voice.say("A consent was given: {consent}.", consent=what.title)
        case "consent_ended":
            return voice.say("A consent ended: {consent}.", consent=what.title)
        case _:
            if what.written is None:
                return voice.say(
                    "The facilitator, to {to}: “{words}”",
                    to=to,
                    words=what.sender or voice.say("(erased)"),
                )
            who, words = voice.quoted(what.written)
            return voice.say("{who}, to {to}: “{words}”", who=who, to=to, words=words)


def _decided(voice: Voice, moment: Moment, what: Decided) -> list[Block]:
    rows = [Row(voice.say("Asked"), what.ask)]
    for snapshot in what.snapshots:
        rows.extend(voice.snapshot(snapshot))
    for advice in what.advice:
        who, words = voice.quoted(advice)
        rows.append(Row(voice.say("Advice"), voice.say("{who}: {words}", who=who, words=words)))
    if what.silent:
        rows.append(
            Row(
                voice.say("Not heard"),
                voice.say(
                    "{roles} could have advised.",
                    roles=w.capital(w.names(what.silent, voice.language)),
                ),
            )
        )
    several = len(what.answers) > 1
    if several:
        rows.extend(_answered(voice, answer) for answer in what.answers)
    rows.append(Row(voice.say("Chosen"), what.chosen))
    if what.earlier:
        rows.append(
            Row(
                voice.say("Decided again"),
                voice.say(
                    "Before going back: {answers}. People knew what had come of it.",
                    answers=" · ".join(f"“{each.rstrip('.')}”" for each in what.earlier),
                ),
            )
        )
    if not several:
        rows.extend(row for answer in what.answers for row in _why(voice, answer))
    if what.how:
        rows.append(Row(voice.say("How"), what.how))
    if what.outcome:
        rows.append(Row(voice.say("Then"), what.outcome))
    return [
        Heading(
            what.title,
            f"{w.minute(moment.at, voice.language)} · {w.byline(what.by, voice.language)}",
            4,
        ),
        Rows(tuple(rows)),
    ]


def _answered(voice: Voice, answer: Answered) -> Row:
    """What one of several answered, why, and how surely."""
    who = w.capital(w.name(answer.who, voice.language))
    sure = w.confidence(answer.confidence, voice.language)
    said = [answer.option, *reasons(voice, answer), *([f"({sure})"] if sure else [])]
    return Row(voice.say("{who} answered", who=who), " ".join(said))


def _why(voice: Voice, answer: Answered) -> list[Row]:
    """Why the one who answered did so, and how sure they were."""
    said = reasons(voice, answer)
    sure = w.confidence(answer.confidence, voice.language)
    if said:
        return [Row(voice.say("Why"), " ".join([*said, *([f"({sure})"] if sure else [])]))]
    return [Row(voice.say("How sure"), sure)] if sure else []


def reasons(voice: Voice, answer: Answered) -> list[str]:
    """The offered reason that was picked, and the words of their own."""
    said = [answer.because] if answer.because else []
    if answer.reason is None:
        said.append(voice.say("(erased)"))
    elif answer.reason:
        said.append(f"“{answer.reason}”")
    return said
