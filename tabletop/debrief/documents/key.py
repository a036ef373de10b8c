"""The key of a decision for those who conduct: which ways hold, which tempt, and why."""

from collections.abc import Iterator

from tabletop.authoring.diagram.worded import worded
from tabletop.debrief.documents.occasion import Occasion
from tabletop.scenario.model import Decision, Mark, Option

GRAVE = -2


def sound(decision: Decision) -> tuple[str, ...]:
    """Options that can be defended: nothing sure to be open beats them, nor do they grave harm.

    Where what an option is worth depends on something, the best it may be worth counts for it, and
    nothing against another.
    """
    return tuple(
        name
        for name, option in decision.options.items()
        if any(
            min(worth) > GRAVE and not any(_beats(each, worth) for each in _sure(decision, option))
            for worth in _worths(option)
        )
    )


def _sure(decision: Decision, beside: Option) -> Iterator[tuple[int, int]]:
    """What options are worth that are open wherever another one is, and always worth the same."""
    for option in decision.options.values():
        worths = _worths(option)
        if option is not beside and option.when in (None, beside.when) and len(worths) == 1:
            yield worths[0]


def practices(decision: Decision) -> tuple[str, ...]:
    """Every practice a decision or one of its options rests on."""
    return tuple(
        dict.fromkeys(
            (
                *decision.practices,
                *(
                    practice
                    for option in decision.options.values()
                    for mark in option.key()
                    for practice in (*mark.practices, *option.practices)
                ),
            )
        )
    )


def why(occasion: Occasion, option: Option) -> str:
    """The author's reason for the mark of an option; for each of several, when it holds."""
    marks = option.key()
    return " ".join(_reasons(occasion, marks))


def _reasons(occasion: Occasion, marks: tuple[Mark, ...]) -> Iterator[str]:
    for mark in marks:
        because = occasion.plain(mark.because)
        if mark.critical:
            because = occasion.say("{because} A critical act.", because=because)
        if mark.when is not None:
            yield occasion.say("If {when}: {because}", when=worded(mark.when), because=because)
        elif len(marks) > 1:
            yield occasion.say("Otherwise: {because}", because=because)
        else:
            yield because


def _worths(option: Option) -> tuple[tuple[int, int], ...]:
    return tuple((mark.vc, mark.ci) for mark in option.key() if not mark.critical)


def _beats(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one != other and one[0] >= other[0] and one[1] >= other[1]
