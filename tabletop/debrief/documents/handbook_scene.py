"""One scene as the handbook lays it out: read aloud, release, ask, watch for, go on."""

from collections.abc import Iterator

from tabletop.debrief.blocks import Authored, Block, Field, Form, Heading, Items, Line, Row, Rows
from tabletop.debrief.documents import key
from tabletop.debrief.documents.agenda import left, minutes
from tabletop.debrief.documents.msel import comes
from tabletop.debrief.documents.occasion import Occasion
from tabletop.scenario.model import Decision, Inject, Scene
from tabletop.scenario.texts import Text, texts_of


def scene_blocks(occasion: Occasion, name: str) -> list[Block]:
    """Everything a facilitator and an evaluator need of one scene."""
    say, scene = occasion.say, occasion.scenario.scenes[name]
    planned = say("{minutes} min planned", minutes=scene.minutes) if scene.minutes else ""
    aside = " · ".join(filter(None, (occasion.line(scene.time or ""), planned)))
    blocks: list[Block] = [Heading(occasion.scene(name), aside)]
    blocks += _warnings(occasion, scene)
    blocks += [
        Heading(say("Read aloud"), level=4),
        *_told(occasion, f"scenes.{name}.narration", scene.narration),
    ]
    if scene.facilitator:
        blocks += [
            Heading(say("For you"), level=4),
            Authored(occasion.engine.filled(scene.facilitator)),
        ]
    for inject, each in scene.injects.items():
        blocks += _inject(occasion, f"scenes.{name}.injects.{inject}", each)
    for audience, listed in scene.questions.items():
        whom = occasion.roles((audience,))
        blocks += [
            Heading(say("To ask {whom}", whom=whom), level=4),
            Items(tuple(occasion.plain(each) for each in listed)),
        ]
    for decision, asked in scene.decisions.items():
        blocks += _decision(occasion, f"scenes.{name}.decisions.{decision}", asked)
    blocks += [Heading(say("Where it leads"), level=4), _ways(occasion, scene)]
    return blocks


def _warnings(occasion: Occasion, scene: Scene) -> list[Block]:
    carried = dict.fromkeys(theme for _, text in texts_of(scene) for theme in text.themes)
    if not carried:
        return []
    notes = "; ".join(
        occasion.line(occasion.scenario.themes[theme]).rstrip(".") for theme in carried
    )
    return [Line(occasion.say("Contains: {notes}.", notes=notes), "quiet")]


def _told(occasion: Occasion, path: str, text: Text) -> Iterator[Block]:
    for label, words in occasion.wordings(path, text):
        if label:
            yield Line(occasion.say("{label}:", label=label), "quiet", leads=True)
        yield Authored(words)
    if text.fade is not None:
        yield Line(occasion.say("In the gentler wording:"), "quiet", leads=True)
        yield Authored(occasion.engine.text(f"{path}/fade"))


def _inject(occasion: Occasion, path: str, inject: Inject) -> Iterator[Block]:
    say = occasion.say
    kind = say("contingency inject") if inject.held else say("inject")
    yield Heading(occasion.line(inject.title), kind, 4)
    rows = (
        Row(say("From"), occasion.line(inject.sender or "")),
        Row(say("To"), occasion.roles(inject.to)),
        Row(say("Comes"), comes(occasion, inject)),
        Row(say("Expected"), occasion.plain(inject.expect or "")),
    )
    yield Rows(tuple(row for row in rows if row.text))
    yield from _told(occasion, f"{path}.text", inject.text)


def _decision(occasion: Occasion, path: str, asked: Decision) -> Iterator[Block]:
    say = occasion.say
    yield Heading(
        occasion.line(asked.title),
        say("decision of {roles}", roles=occasion.roles(asked.by)),
        4,
    )
    rows = (
        Row(say("Asked if"), occasion.holds(asked.when) if asked.when else ""),
        Row(say("Consulted"), occasion.roles(asked.consult)),
        Row(say("Settled by"), _rule(occasion, asked) if len(asked.by) > 1 else ""),
        Row(say("The two axes"), _tension(occasion, asked)),
    )
    yield from _told(occasion, f"{path}.ask", asked.ask)
    yield Rows(tuple(row for row in rows if row.text))
    held = key.sound(asked)
    yield Heading(say("Expected: ways that can be defended"), level=5)
    yield Items(tuple(_option(occasion, path, asked, each) for each in held))
    tempting = tuple(each for each in asked.options if each not in held)
    if tempting:
        yield Heading(say("Tempting, and what speaks against it"), level=5)
        yield Items(tuple(_option(occasion, path, asked, each) for each in tempting))
    if asked.reasons:
        yield Heading(say("Reasons offered"), level=5)
        yield Items(tuple(_reasons(occasion, path, asked)))
    tasks = occasion.tasks(key.practices(asked))
    if tasks:
        yield Heading(say("To watch for"), level=5)
        yield Items(tasks)
        yield Form((Field(say("Observed: time, who, what, why"), lines=2),))


def _option(occasion: Occasion, path: str, asked: Decision, name: str) -> str:
    option = asked.options[name]
    text = occasion.short(f"{path}.options.{name}.text", option.text)
    if option.when is not None:
        text = occasion.say(
            "{option} (open if {when})", option=text.rstrip("."), when=occasion.holds(option.when)
        )
    return f"{text.rstrip('.')}. {key.why(occasion, option)}"


def _reasons(occasion: Occasion, path: str, asked: Decision) -> Iterator[str]:
    for each in asked.reasons.values():
        ways = "; ".join(
            occasion.short(f"{path}.options.{name}.text", asked.options[name].text).rstrip(".")
            for name in each.options
        )
        said = occasion.say("{reason} For: {ways}.", reason=occasion.line(each.text), ways=ways)
        if each.fits is None:
            yield said
        else:
            yield occasion.say(
                "{reason} Fits if {when}.", reason=said, when=occasion.holds(each.fits)
            )


def _rule(occasion: Occasion, asked: Decision) -> str:
    match asked.rule:
        case "majority":
            return occasion.say("the majority of roles")
        case "unanimous":
            return occasion.say("all roles agreeing")
        case _:
            return occasion.say("the lead, {role}", role=occasion.roles(asked.by[:1]))


def _tension(occasion: Occasion, asked: Decision) -> str:
    match asked.tension:
        case "synthesis":
            return occasion.say("seem to pull apart; one way serves both")
        case "conflict":
            return occasion.say("pull apart; there is no one right answer")
        case "depends":
            return occasion.say("guidance settles no one answer; it depends on the reason")
        case _:
            return occasion.say("point the same way")


def _ways(occasion: Occasion, scene: Scene) -> Items:
    say, found = occasion.say, []
    for number, branch in enumerate(scene.next):
        to = occasion.scenario.scenes[branch.to]
        rest = (
            say("an ending")
            if to.ending
            else say(
                "{minutes} left", minutes=minutes(occasion, left(occasion.scenario, branch.to))
            )
        )
        values = {"scene": occasion.scene(branch.to), "rest": rest}
        if branch.when is not None:
            found.append(
                say("{scene} ({rest}), if {when}", when=occasion.holds(branch.when), **values)
            )
        elif number:
            found.append(say("{scene} ({rest}), otherwise", **values))
        else:
            found.append(say("{scene} ({rest})", **values))
    return Items(tuple(found))
