"""Acts: what entries are as acts of people."""

from collections.abc import Iterable

from tabletop.exercise.afterwards import GiveFeedback
from tabletop.exercise.commands import Command, StopForCare
from tabletop.exercise.events import TimePassed
from tabletop.exercise.record import Entry


def is_anonymous(command: Command) -> bool:
    """Whether whose it is must stand nowhere."""
    return isinstance(command, GiveFeedback) or (
        isinstance(command, StopForCare) and not command.named
    )


def is_act(entry: Entry) -> bool:
    """Whether it is its seat's own act: time enters in someone's name without being theirs."""
    return not any(isinstance(event, TimePassed) for event in entry.events)


def last_acts(entries: Iterable[Entry]) -> dict[str, int]:
    """When each seat last did something in some entries, in exercise milliseconds."""
    return {entry.by: entry.at for entry in entries if is_act(entry)}
