"""Answers: how far people's answers were the same and how sure they were, in names and titles."""

from collections import Counter
from collections.abc import Iterable, Iterator

from tabletop.debrief.among import Alike, Answers, Dissent, Quiet, Share, Sure, Sureness, Together
from tabletop.debrief.analysis.agreement import Agreed, Agreement, Given, Pairs, agreement
from tabletop.debrief.analysis.calibration import Credited, by_confidence, calibration
from tabletop.debrief.analysis.quiet import voices
from tabletop.debrief.choices import Choice
from tabletop.debrief.prose import line
from tabletop.debrief.telling import Telling


def answers(telling: Telling, made: tuple[Choice, ...]) -> Answers:
    """How far people's answers were the same in an exercise, and how sure they were."""
    agreed = agreement(telling)
    return Answers(
        decisions=tuple(
            _together(telling, each) for each in agreed.decisions if len(each.after) > 1
        ),
        alike=tuple(_alike(agreed)),
        sure=_sure(telling, made),
        quiet=_quiet(telling),
    )


def _alike(agreed: Agreement) -> Iterator[Alike]:
    before, after = agreed.over_all(after=False), agreed.over_all(after=True)
    for group in sorted({*before, *after}, key=lambda each: (len(each), each)):
        yield Alike(
            group,
            after[group].decisions if group in after else 0,
            _share(before.get(group)),
            _share(after.get(group)),
        )


def _share(some: Pairs | None) -> Share | None:
    return Share(some.agreed, some.of) if some is not None and some.enough else None


def _together(telling: Telling, each: Agreed) -> Together:
    return Together(
        at=each.at,
        title=telling.decision_title(each.decision),
        chosen=telling.option_text(each.decision, each.option),
        before=_counted(telling, each, each.before),
        after=_counted(telling, each, each.after),
        moved=len(each.moved),
        talked=each.shown,
        dissent=tuple(_dissent(telling, each, one) for one in each.dissent),
    )


def _counted(
    telling: Telling, each: Agreed, given: tuple[Given, ...]
) -> tuple[tuple[str, int], ...]:
    """How many gave each answer, in the order in which the options were shown."""
    count = Counter(one.answer.option for one in given)
    opened = telling.opened(each.decision)
    shown = [option for option, _ in opened.options] if opened else []
    return tuple(
        (telling.option_text(each.decision, option), count[option])
        for option in dict.fromkeys((*shown, *count))
        if count[option]
    )


def _dissent(telling: Telling, each: Agreed, one: Given) -> Dissent:
    reasons, answer = telling.decision(each.decision).reasons, one.answer
    return Dissent(
        who=telling.who(one.role),
        option=telling.option_text(each.decision, answer.option),
        reason=telling.word(answer.reason) if answer.reason else "",
        because=line(telling.fill(reasons[answer.because].text))
        if answer.because in reasons
        else "",
        confidence=answer.confidence,
    )


def _sure(telling: Telling, made: tuple[Choice, ...]) -> Sure:
    found = calibration(telling, made)
    people = found.by_seat.items() if telling.names else ()
    return Sure(
        levels=_levels(found.credited),
        answers=len(found.credited),
        unsaid=found.unsaid,
        people=tuple((_name(telling, seat), _levels(some)) for seat, some in people),
    )


def _levels(credited: Iterable[Credited]) -> tuple[Sureness, ...]:
    return tuple(
        Sureness(each.confidence, each.answers, each.credit) for each in by_confidence(credited)
    )


def _quiet(telling: Telling) -> Quiet:
    heard = voices(telling)
    if len(heard) < 2:
        return Quiet(len(heard))
    quiet = [each for each in heard if each.quiet]
    names = tuple(_name(telling, each.seat) for each in quiet) if telling.names else ()
    return Quiet(len(heard), len(quiet), names)


def _name(telling: Telling, seat: str) -> str:
    """A person's name with their role, or where they gave none or it was erased, the role."""
    found = telling.state.seats[seat]
    role = telling.who(found.role).role
    name = telling.word(found.name) if found.name else None
    return f"{line(name)} ({role})" if name else role
