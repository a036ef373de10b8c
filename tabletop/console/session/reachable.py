"""Reachable: what a table can still come to, as those who facilitate read it."""

from tabletop.authoring.outlook import Outlook
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, plain
from tabletop.exercise.conduct_types import ConductView
from tabletop.wording import say


def reachable(view: ConductView, outlook: Outlook | None) -> tuple[Block, ...]:
    """Endings, decisions left, and objectives not yet exercised, with the inject that would do."""
    if outlook is None or view.status != "running":
        return ()
    left = (
        say("{fewest} to {most}", fewest=outlook.fewest, most=outlook.most)
        if outlook.most != outlook.fewest and outlook.most is not None
        else str(outlook.fewest)
        if outlook.most is not None
        else say("{fewest} or more", fewest=outlook.fewest)
    )
    endings = say("endings {there} of {every}", there=len(outlook.endings), every=outlook.every)
    found = [
        plain(say("STILL REACHABLE"), "title"),
        plain(say("{endings} \u00b7 decisions left {left}", endings=endings, left=left)),
    ]
    titles = {each.id: each.title for each in view.injects}
    opened = {name: each.inject for each in outlook.openings for name in each.objectives}
    for name in outlook.ahead:
        text = say("not yet exercised: {objective}", objective=spaced(name))
        inject = opened.get(name)
        if inject is not None:
            text = say("{text}; the inject “{title}” would do it", text=text,
                       title=titles.get(inject, inject))  # fmt: skip
        found.append(Block(text, first="\u2022 ", rest="  "))
    found += [
        Block(say("out of reach: {objective}", objective=spaced(name)), first="\u2022 ", rest="  ")
        for name in outlook.gone
    ]
    return tuple(found)
