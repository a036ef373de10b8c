"""Parts: where there is no room for two columns, the row that says which part is on screen."""

from typing import Literal, get_args

from tabletop.console.widgets.picker import Picker
from tabletop.wording import say

Part = Literal["situation", "know", "share", "people", "notes"]
PARTS: tuple[Part, ...] = get_args(Part)


def titles() -> dict[Part, str]:
    """The parts as they are called."""
    return {
        "situation": say("Situation"),
        "know": say("Only you"),
        "share": say("Share"),
        "people": say("People"),
        "notes": say("Notes"),
    }


class Parts(Picker):
    """The row of an exercise's parts."""

    def __init__(self) -> None:
        """Begins with the situation."""
        super().__init__(tuple(titles().items()), "situation")
