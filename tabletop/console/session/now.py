"""Now: what happens at a table: decisions first, then injects, then what was told last."""

from collections.abc import Iterator

from tabletop.conduct.session.agreement import agreement
from tabletop.console.session.panels import clock
from tabletop.console.told import called, spaced, unwrapped
from tabletop.console.typeset import Block, BlockKind, blocks, plain
from tabletop.exercise.conduct_types import ConductDecision, ConductPassage, ConductView, InjectView
from tabletop.wording import say

MOST_TOLD = 6
"""Passages that stand in the middle panel; all of them have a page of their own."""
LONGEST = 240
"""Characters of a passage that stand there."""


def now(view: ConductView, *, opened: bool = False) -> tuple[Block, ...]:
    """The scene as it stands; once it is over, what is done now that the debrief is `opened`."""
    found: list[Block] = []
    if view.status == "ended":
        found += _over(view, opened=opened)
    elif view.decisions:
        found.append(plain(say("DECISIONS"), "section"))
        for decision in view.decisions:
            found += _decision(decision)
    else:
        found += [
            plain(say("DECISIONS"), "section"),
            plain(say("None in this scene. Go on when everyone has read."), "note"),
        ]
    coming = [each for each in view.injects if each.coming not in ("came", "left out")]
    if coming and view.status != "ended":
        found.append(plain(say("NEXT INJECTS  f3"), "section", gap=1))
        widest = max(len(coming_words(each)) for each in coming)
        found += [_inject(each, widest) for each in coming]
    return (*found, *told(view))


def _over(view: ConductView, *, opened: bool) -> Iterator[Block]:
    yield plain(say("IT IS OVER"), "section")
    yield plain(view.ending or say("Ended before an ending."), "title")
    yield from (Block(plain(line).text, first="• ", rest="  ") for line in view.closing)
    yield from (plain(each, gap=not at) for at, each in enumerate(_ways_on(view, opened=opened)))


def _ways_on(view: ConductView, *, opened: bool) -> Iterator[str]:
    """What whoever looks can do now that it is over."""
    facilitates = view.kind == "facilitator"
    if facilitates:
        yield say("f9 holds the hot wash.")
    elif "rate" in view.may:
        yield say("f9 shows the steps of the hot wash.")
    if opened:
        yield say("The debrief is open on everyone's page; f7 reads it here.")
    elif facilitates:
        yield say("When people are ready: f4, Open the debrief on people's pages.")
    else:
        yield say("The facilitator opens the debrief; f7 reads it then.")
    if "rate" in view.may:
        yield say("f4 rates, improves and signs; f5 still observes.")


# Decisions.


def _decision(decision: ConductDecision) -> Iterator[Block]:
    roles = ", ".join(map(spaced, decision.by))
    yield plain(f"{decision.title} · {roles}", "title")
    match decision.phase:
        case "waits":
            yield _in(say("waits for a decision before it"), "note")
        case "passed":
            yield _in(say("does not arise"), "note")
        case "settled":
            chosen = next((o.text for o in decision.options if o.id == decision.settled), "")
            yield _in(say("Settled: {answer}", answer=unwrapped(chosen)))
            if decision.how == "facilitator":
                yield _in(say("by a facilitator, for the table"), "note")
        case _:
            yield from _answered(decision)
            if decision.phase == "revealed":
                yield from _answers(decision)


def _answered(decision: ConductDecision) -> Iterator[Block]:
    widest = max((len(spaced(role)) for role, _, _ in decision.answered), default=0)
    for role, answered, people in decision.answered:
        name = spaced(role).ljust(widest)
        if people:
            bar = "▮" * answered + "▯" * (people - answered)
            count = say("{answered} of {people}", answered=answered, people=people)
            yield _in(f"{name}  {bar}  {count}")
        else:
            yield _in(f"{name}  {say('stand-in')}", "note")
    if decision.may_reveal:
        yield _in(say("f7 shows the answers given so far"), "note")


def _answers(decision: ConductDecision) -> Iterator[Block]:
    """The answers, from the most given to the least, and who gave each for what reason."""
    given = {each.id: [c for c in decision.commits if c.option == each.id]
             for each in decision.options}  # fmt: skip
    for number, option in enumerate(decision.options, 1):
        commits = given[option.id]
        if not commits:
            continue
        yield Block(
            plain(unwrapped(option.text)).text.strip(), first=f"  {number}  ", rest="     ", gap=1
        )
        for each in commits:
            who = each.person or called(each.name)
            if each.stand_in:
                who = say("{name} (stand-in)", name=who)
            why = each.reason or each.because
            yield Block(plain(f"{who}: {why}" if why else who).text, (), "note", "     ", "       ")
    yield from (_in(each) for each in agreement(decision.options, decision.spread))
    if decision.may_settle:
        yield _in(say("The answers give a result: f7 lets it count, or lets them talk on."))
    elif decision.may_choose:
        yield _in(say("The answers give no result: let them talk, or settle it (f7)."))


def _in(text: str, kind: BlockKind = "text") -> Block:
    return Block(plain(text).text.strip(), (), kind, "  ", "  ")


# Injects.

COMING = {
    "entry": "on entry",
    "condition": "on a condition",
    "minute": "at {time}",
    "held": "held",
    "scheduled": "at {time}",
    "kept back": "kept back",
    "left out": "left out",
}


def coming_words(inject: InjectView) -> str:
    """How an inject comes, in a few words."""
    return say(COMING.get(inject.coming, "came"), time=clock(inject.at))


def _inject(inject: InjectView, widest: int) -> Block:
    to = say("everyone") if "all" in inject.to else ", ".join(map(spaced, inject.to))
    how = coming_words(inject).ljust(widest)
    return Block(plain(f"{inject.title} → {to}").text, first=f"  {how}  ", rest=" " * (widest + 4))


# What was told.


def told(view: ConductView) -> tuple[Block, ...]:
    """The newest passages, newest first; briefs stand on the page of everything told."""
    passages = [each for each in view.feed if each.passage.kind != "brief"]
    if not passages:
        return ()
    found = [plain(say("TOLD, NEWEST FIRST  e"), "section", gap=1)]
    joined = sum(role.joined for role in view.roles)
    for each in passages[: -MOST_TOLD - 1 : -1]:
        found += _told(each, joined)
    before = len(passages) - MOST_TOLD
    if before > 0:
        found.append(plain(say("… {count} earlier; e reads everything", count=before), "note"))
    return tuple(found)


def _told(each: ConductPassage, joined: int) -> Iterator[Block]:
    passage = each.passage
    # A heading of the interface says already to whom it went.
    heading = passage.heading or f"{spaced(passage.kind).capitalize()} → {whom(each, joined)}"
    yield plain(f"{clock(passage.at)}  {heading}", "note")
    first, *rest = blocks(passage.text or passage.title) or (plain(passage.title),)
    text = first.text
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
    elif rest:
        text += " …"
    if text:
        yield Block(text, (), "text", "  ", "  ")


def addressed(each: ConductPassage) -> bool:
    """Whether it went to nobody but those who conduct, and whoever said it."""
    return set(each.to) <= {each.passage.sender}


def whom(each: ConductPassage, joined: int) -> str:
    """Whom a passage reached, in a few words."""
    if not each.to:
        return say("the facilitator")
    return say("everyone") if len(each.to) >= joined else ", ".join(map(spaced, each.to))
