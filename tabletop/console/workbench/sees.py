"""What a role sees: its own view at a place, set as one page.

The blocks are made from the view a player would be given and from nothing else, so that nothing
stands here that this role could not read there.
"""

from collections.abc import Iterator
from dataclasses import replace

from tabletop.console.story import blocks_of
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.side import consents, facts
from tabletop.exercise.view_types import DecisionView, PassageView, PlayerView
from tabletop.wording import say


def sees(
    view: PlayerView, scene: str, *, brief: bool = False, decision: str = "", inject: str = ""
) -> Iterator[Block | None]:
    """A role's page of a scene: what it was told there, is asked, knows and could share.

    Nothing stands where the decision, or the inject of that title, begins.
    """
    if view.scene is None:
        yield plain(say("Joins later, with {scene}.", scene=view.joins), "note")
        return
    shown = [each for each in view.feed if (brief if each.kind == "brief" else each.scene == scene)]
    where = next((each for each in view.scenes if each.id == scene), None)
    before: PassageView | None = None
    for passage in shown:
        if inject and passage.kind == "inject" and passage.title == inject:
            yield None
        yield from blocks_of(passage, before, where)
        before = passage
    if not shown:
        yield plain(say("Nothing has been told to this role here."), "note")
    if view.scene.id != scene:
        yield plain(say("By then the scene is over."), "note", gap=1)
        return
    for each in view.decisions:
        if each.id == decision:
            yield None
        yield from _decision(each)
    if view.status == "ended":
        yield from _closing(view)
        return
    if view.waiting:
        yield plain(say("The scene waits for others."), "note", gap=1)
    yield from _knows(view)


def _decision(decision: DecisionView) -> Iterator[Block]:
    part = say("is asked") if decision.part == "decide" else say("may advise")
    yield plain(say("{title} · {part}", title=decision.title, part=part), "heading", gap=1)
    yield from _gapped(blocks(decision.ask), 0)
    for number, option in enumerate(decision.options, 1):
        first, *others = blocks(option.text) or (plain(""),)
        chosen = say("  (settled)") if option.id == decision.settled else ""
        yield replace(first, text=first.text + chosen, first=f"{number}. ", rest="   ", gap=0)
        yield from (replace(each, first="   ", rest="   ") for each in others)
    for reason in decision.reasons:
        told = say("because: {reason}", reason=reason.text)
        yield Block(plain(told).text, first="   ", rest="     ")


def _closing(view: PlayerView) -> Iterator[Block]:
    if view.closing:
        yield plain(say("What remains open"), "heading", gap=1)
        for line in view.closing:
            yield Block(plain(line).text, first="• ", rest="  ")
    if view.support:
        yield plain(say("Whom to talk to"), "heading", gap=1)
        yield from _gapped(blocks(view.support), 0)


def _knows(view: PlayerView) -> Iterator[Block]:
    own = [fact for fact in view.facts if fact.how != "shared"]
    told = [fact for fact in view.facts if fact.how == "shared"]
    for title, known in ((say("Only this role knows"), own), (say("Was told"), told)):
        if known:
            yield plain(title, "heading", gap=1)
            yield from facts(known)
    if view.offers:
        yield plain(say("Could share"), "heading", gap=1)
        for offer in view.offers:
            yield Block(plain(f"{offer.title} → {spaced(offer.to)}").text, first="▪ ", rest="  ")
    if view.consents:
        yield plain(say("Consents"), "heading", gap=1)
        yield from consents(view.consents)


def _gapped(told: tuple[Block, ...], gap: int) -> Iterator[Block]:
    for number, each in enumerate(told):
        yield each if number else replace(each, gap=gap)
