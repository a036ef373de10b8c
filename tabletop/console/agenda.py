"""Agenda: from a view, the one thing there is to do now.

Pure, so that every state of the decision's part of the screen can be tested without a screen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from tabletop.console import facilitated
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.exercise.view_types import CommitView, DecisionView, PlayerView
from tabletop.wording import say

Does = Literal[
    "",
    "commit",
    "settle",
    "choose",
    "advise",
    "advance",
    "hand_over",
    "step_in",
    "resume",
    "debrief",
]


@dataclass(frozen=True, slots=True)
class Next:
    """Who is next at this keyboard, where several roles share it."""

    role: str
    name: str
    decides: bool
    """Whether a decision waits for them, or only something to read."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked, and how it is answered."""

    heading: str
    remark: str = ""
    told: tuple[Block, ...] = ()
    decision: DecisionView | None = None
    answers: bool = False
    """Whether the options can be chosen from."""
    words: Literal["", "reason", "advice"] = ""
    act: str = ""
    does: Does = ""
    other: str = ""
    """A second thing one may do: change one's answer."""
    confirm: Does = ""
    """What a second enter on an option does."""


def away(view: PlayerView) -> bool:
    """Whether this seat has stepped out."""
    return "step_in" in view.may and "step_out" not in view.may


def needing(view: PlayerView, advised: Collection[str] = ()) -> tuple[DecisionView, ...]:
    """The decisions that still ask something of this seat, those it has not answered first."""
    decide = [each for each in view.decisions if each.part == "decide"]
    consult = [each for each in view.decisions if each.part == "consult"]
    unanswered = [each for each in decide if each.phase == "open" and each.mine is None]
    shown = [each for each in decide if each.phase == "revealed"]
    advice = [each for each in consult if each.phase == "open" and each.id not in advised]
    given = [each for each in decide if each.phase == "open" and each.mine is not None]
    return (*unanswered, *shown, *advice, *given)


def current(
    view: PlayerView, wanted: str = "", advised: Collection[str] = ()
) -> DecisionView | None:
    """The decision on the table: the wanted one while it asks something, or else the first."""
    open_now = needing(view, advised)
    return next((each for each in open_now if each.id == wanted), open_now[0] if open_now else None)


def agenda(
    view: PlayerView,
    *,
    wanted: str = "",
    picked: str = "",
    next_up: Next | None = None,
    advised: Collection[str] = (),
) -> Ask:
    """What is asked of this seat now."""
    if view.status == "ended":
        return _ended(view)
    if view.status == "paused" and view.facilitated:
        heading, told = facilitated.paused(view)
        # Stepping out stays on its key: an enter meant for an answer would do it unawares.
        act = say("Come back to the table") if away(view) else ""
        return Ask(heading, told=told, act=act, does="step_in" if act else "")
    if view.status == "paused":
        return Ask(
            say("PAUSED"),
            told=_sentences(
                say("The exercise is paused for everyone. The clock stands still."),
                say("You can read, and write notes. Whoever is ready goes on."),
            ),
            act=say("Go on") if "resume" in view.may else "",
            does="resume" if "resume" in view.may else "",
        )
    if away(view):
        return Ask(
            say("YOU HAVE STEPPED OUT"),
            told=_sentences(
                say("Nobody waits for you, and nothing is asked of you. Come back when you like.")
            ),
            act=say("Come back to the table"),
            does="step_in",
        )
    if view.scene is None:
        return _before_joining(view, next_up)
    decision = current(view, wanted, advised)
    if decision is None:
        return _between(view, next_up)
    if decision.part == "consult":
        return _consult(view, decision)
    if decision.phase == "revealed":
        return _revealed(view, decision, picked)
    return _open(view, decision, picked, next_up)


def _sentences(*sentences: str) -> tuple[Block, ...]:
    return tuple(plain(sentence) for sentence in sentences)


def _place(view: PlayerView, decision: DecisionView) -> str:
    """Which of several decisions of this scene it is."""
    decide = [each.id for each in view.decisions if each.part == "decide"]
    if len(decide) < 2:
        return ""
    return say(
        " · {number} of {count} in this scene",
        number=decide.index(decision.id) + 1,
        count=len(decide),
    )


def _asked(decision: DecisionView) -> tuple[Block, ...]:
    return blocks(decision.ask) or (plain(decision.title),)


def _open(view: PlayerView, decision: DecisionView, picked: str, next_up: Next | None) -> Ask:
    consulted = ", ".join(name.split(",")[0] for name in decision.consulted)
    remark = say("may advise: {names}", names=consulted) if consulted else ""
    mine = decision.mine
    if mine is None:
        return Ask(
            say("YOUR DECISION") + _place(view, decision),
            remark,
            _asked(decision),
            decision,
            answers=True,
            words="reason",
            act=say("Commit this answer") if picked else "",
            does="commit" if picked else "",
            confirm="commit",
        )
    changed = bool(picked) and picked != mine.option
    told = (
        *_asked(decision),
        plain(say("Committed. You can change it until everyone has answered."), "strong", gap=1),
    )
    if decision.expected > 1:
        told += (
            plain(
                say(
                    "{answered} of {expected} have answered.",
                    answered=decision.answered,
                    expected=decision.expected,
                ),
                "note",
            ),
        )
    passing = None if changed else next_up
    return Ask(
        say("YOUR ANSWER") + _place(view, decision),
        remark,
        told,
        decision,
        answers=True,
        words="reason" if changed else "",
        act=say("Change my answer to this") if changed else _passing(passing),
        does="commit" if changed else "hand_over" if passing else "",
        confirm="commit",
    )


def _answer(commit: CommitView, decision: DecisionView) -> tuple[Block, ...]:
    ids = [option.id for option in decision.options]
    number = ids.index(commit.option) + 1 if commit.option in ids else 0
    text = blocks(decision.options[number - 1].text) if number else ()
    first = text[0].text if text else commit.option
    sure = ("", say("guess"), say("lean"), say("fairly sure"), say("certain"))[commit.confidence]
    told = [
        plain(facilitated.answered_by(commit), "strong", gap=1),
        Block(plain(first).text, first=f"{number}  " if number else "", rest="   "),
    ]
    why = " · ".join(each for each in (commit.because, commit.reason, sure) if each)
    if why:
        told.append(Block(plain(why).text, kind="note", first="   ", rest="   "))
    return tuple(told)


def _revealed(view: PlayerView, decision: DecisionView, picked: str) -> Ask:
    mine = decision.mine
    told = [*_asked(decision)]
    told += facilitated.spread(decision)
    for commit in decision.commits:
        told += _answer(commit, decision)
    changed = bool(picked) and (mine is None or picked != mine.option)
    if decision.may_choose:
        told.append(
            plain(
                say("The answers give no single result. Talk, then choose the one that counts."),
                "strong",
                gap=1,
            )
        )
        return Ask(
            say("THE ANSWERS") + _place(view, decision),
            told=tuple(told),
            decision=decision,
            answers=True,
            words="reason",
            act=say("Let this answer count") if picked else "",
            does="choose" if picked else "",
            other=say("Change my own answer to this") if changed else "",
            confirm="choose",
        )
    sentence = (
        facilitated.talking(decision)
        if view.facilitated
        else say("Talk about it. Answers may still be changed; then settle.")
        if decision.may_settle
        else say("Talk about it. Answers may still be changed; others settle.")
    )
    told.append(plain(sentence, "strong", gap=1))
    return Ask(
        say("THE ANSWERS") + _place(view, decision),
        told=tuple(told),
        decision=decision,
        answers=True,
        words="reason" if changed else "",
        act=say("Settle on these answers") if decision.may_settle else "",
        does="settle" if decision.may_settle else "",
        other=say("Change my answer to this") if changed else "",
        confirm="commit",
    )


def _consult(view: PlayerView, decision: DecisionView) -> Ask:
    told = [*_asked(decision)]
    for number, option in enumerate(decision.options, start=1):
        first, *others = blocks(option.text) or (plain(option.id),)
        told.append(
            Block(first.text, first.spans, "note", f" {number}  ", "    ", 1 if number == 1 else 0)
        )
        told += [Block(each.text, each.spans, "note", "    ", "    ", 0) for each in others]
    told.append(
        plain(
            say("Others decide this. You may tell them what you think; nobody waits for it."),
            gap=1,
        )
    )
    return Ask(
        say("YOUR ADVICE IS WELCOME"),
        decision.title,
        tuple(told),
        decision,
        words="advice",
        act=say("Send this advice"),
        does="advise",
    )


def _passing(next_up: Next | None) -> str:
    if next_up is None:
        return ""
    return say(
        "Pass the keyboard to the {role}, {name}",
        role=spaced(next_up.role),
        name=next_up.name.split(",")[0],
    )


def _between(view: PlayerView, next_up: Next | None) -> Ask:
    moving = "advance" in view.may
    if next_up is not None and (next_up.decides or not moving):
        return Ask(
            say("NEXT"),
            told=_sentences(say("You have nothing to decide just now; someone else has.")),
            act=_passing(next_up),
            does="hand_over",
        )
    if moving and next_up is not None:
        return Ask(
            say("NEXT"),
            told=_sentences(
                say(
                    "Nothing more to decide in this scene. {name} has not read it yet.",
                    name=next_up.name.split(",")[0],
                ),
                say("Pass the keyboard first, or move on with f9."),
            ),
            act=_passing(next_up),
            does="hand_over",
        )
    if moving:
        told = say("Nothing more to decide in this scene. Move on when you have read what came.")
        if view.offers:
            told = say(
                "Nothing more to decide in this scene. You can still share what you know, "
                "or say something; then move on."
            )
        return Ask(say("NEXT"), told=_sentences(told), act=say("Move on"), does="advance")
    if view.facilitated:
        heading, told_there = facilitated.waiting(shares=bool(view.offers))
        return Ask(heading, told=told_there)
    return Ask(
        say("OTHERS ARE DECIDING"),
        told=_sentences(
            say("The scene waits for others. You can read, share what you know, or write notes.")
        ),
    )


def _before_joining(view: PlayerView, next_up: Next | None) -> Ask:
    told = _sentences(
        say("You join with “{scene}”.", scene=view.joins) if view.joins else say("You join later."),
        say("Until then the others act without you, and nothing is asked of you."),
    )
    if next_up is not None:
        return Ask(say("NOT YET"), told=told, act=_passing(next_up), does="hand_over")
    if "advance" in view.may:
        return Ask(say("NOT YET"), told=told, act=say("Move on"), does="advance")
    return Ask(say("NOT YET"), told=told)


def _ended(view: PlayerView) -> Ask:
    told: list[Block] = []
    if view.ended_early:
        told.append(plain(say("The exercise was ended before its last scene.")))
    if view.closing:
        told.append(plain(say("What remains open"), "strong", gap=1 if told else 0))
        for line in view.closing:
            first, *_ = blocks(line) or (plain(line),)
            told.append(Block(first.text, first.spans, first="• ", rest="  "))
    told.append(
        plain(
            facilitated.ended()
            if view.facilitated
            else say("Take a breath. The debrief begins with how it was for you."),
            gap=bool(told),
        )
    )
    return Ask(
        say("THE EXERCISE HAS ENDED"),
        told=tuple(told),
        act=say("Go on") if view.facilitated else say("Go to the debrief"),
        does="debrief",
    )
