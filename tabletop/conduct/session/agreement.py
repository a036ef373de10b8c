"""Agreement: how far people of one discipline answered alike, and how far the disciplines did."""

from collections.abc import Sequence

from tabletop.exercise.view_types import OptionView, SpreadView
from tabletop.wording import say


def agreement(options: Sequence[OptionView], spread: Sequence[SpreadView]) -> tuple[str, ...]:
    """A sentence for each discipline, and one for all of them where there are several."""
    numbers = {option.id: number for number, option in enumerate(options, 1)}
    told = [_within(row, numbers) for row in spread]
    if len(spread) > 1:
        given = {option for row in spread for option, _ in row.counts}
        told.append(
            say("Between disciplines: of one mind.")
            if len(given) == 1
            else say("Between disciplines: different answers. That is worth hearing out.")
        )
    return tuple(told)


def _within(row: SpreadView, numbers: dict[str, int]) -> str:
    counted = ", ".join(
        say("{count} for answer {number}", count=count, number=numbers.get(option, "?"))
        for option, count in row.counts
    )
    who = row.discipline.replace("_", " ").capitalize()
    if len(row.counts) == 1:
        return say("{who}: {counted}.", who=who, counted=counted)
    return say("{who}: divided, {counted}.", who=who, counted=counted)
