"""Moving: going to another scene, and back to an earlier point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tabletop.conduct.session.frames import ConductFrame
from tabletop.console.session.panels import clock
from tabletop.console.session.steering import choose, words
from tabletop.console.widgets.answers import Item
from tabletop.exercise import commands as c
from tabletop.exercise.conduct_types import MomentView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.session.conductor import ConductorScreen


def jump(screen: ConductorScreen, frame: ConductFrame) -> None:
    """Asks for a scene to go to, and why."""
    view = frame.view
    assert view is not None
    told = say("What closes on the way counts nowhere, and the debrief says that you jumped.")
    # An ending is a module of its own, and has its name.
    beside = {each.id: "" if each.module == each.title else each.module for each in view.scenes}
    items = [Item(each.id, each.title, plain=True, quiet=beside[each.id]) for each in view.scenes]
    choose(
        screen,
        say("Go to which scene?"),
        told,
        items,
        lambda scene: words(
            screen, say("Why?"), say("The reason goes into the record."), say("Go there"),
            lambda why: screen.send(c.Jump(scene, why)),
        ),
    )  # fmt: skip


def rewind(screen: ConductorScreen, frame: ConductFrame) -> None:
    """Asks for a point to go back to, and why."""
    view = frame.view
    assert view is not None
    told = say(
        "The exercise goes on from there on a branch of its own. Nothing is deleted, and the "
        "debrief says what people already knew."
    )
    items = [
        Item(str(each.number), _moment(each), plain=True, quiet=clock(each.at))
        for each in reversed(view.moments)
    ]
    choose(
        screen,
        say("Back to which point?"),
        told,
        items,
        lambda number: words(
            screen, say("Why?"), say("The reason goes into the record."), say("Go back"),
            lambda why: screen.send(c.Rewind(int(number), why)),
        ),
    )  # fmt: skip


def _moment(moment: MomentView) -> str:
    """A point one may go back to, as it was then."""
    if moment.kind == "settled":
        return say("{title}: once it was settled", title=moment.title)
    return say("{title}: as it began", title=moment.title)
