"""Reachable: what a table can still come to, in sentences for those who facilitate."""

from tabletop.authoring.outlook import Outlook
from tabletop.exercise.conduct_types import ConductView
from tabletop.wording import say


def reachable(view: ConductView, outlook: Outlook | None) -> tuple[str, ...]:
    """Endings and decisions left in one sentence, then objectives not yet exercised, one each.

    With an objective stands the inject that would exercise it. Nothing where it is not known.
    """
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
    found = [say("{endings} \u00b7 decisions left {left}", endings=endings, left=left)]
    titles = {each.id: each.title for each in view.injects}
    opened = {name: each.inject for each in outlook.openings for name in each.objectives}
    for name in outlook.ahead:
        text = say("not yet exercised: {objective}", objective=name.replace("_", " "))
        inject = opened.get(name)
        if inject is not None:
            title = titles.get(inject, inject)
            text = say("{text}; the inject “{title}” would do it", text=text, title=title)
        found.append(text)
    found += [
        say("out of reach: {objective}", objective=name.replace("_", " ")) for name in outlook.gone
    ]
    return tuple(found)
