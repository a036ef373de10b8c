"""Prospects in words: what could still have come of a choice, as numbers or as a reason why not."""

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.prospects import Bound, Prospect
from tabletop.wording import say


def span(prospect: Prospect, language: str) -> tuple[str, str]:
    """Worst, best and typical on each axis."""
    cells = []
    for axis in (0, 1):
        worst, best = prospect.worst[axis], prospect.best[axis]
        if worst == best and worst is not None:
            cells.append(w.mark(worst))
            continue
        values = {"worst": _bound(worst, language), "best": _bound(best, language)}
        if prospect.typical is None:
            cells.append(say("{worst} to {best}", language=language, **values))
        else:
            cells.append(
                say(
                    "{worst} to {best}, typically {typical}",
                    language=language,
                    typical=w.mark(prospect.typical[axis]),
                    **values,
                )
            )
    return cells[0], cells[1]


def _bound(bound: Bound, language: str) -> str:
    return say("without bound", language=language) if bound is None else w.mark(bound)


def reason_unknown(why: str, language: str) -> str:
    """Why nothing is known of what could have come."""
    if why == "limit":
        return say(
            "This scenario has more situations than are looked at while somebody waits, so what"
            " could still have come is not known. Asked for as `tabletop debrief ID --limit"
            " 1000000`, a debrief looks at more.",
            language=language,
        )
    if why == "circle":
        return say(
            "Scenes can come again without end here, so there is no end of plays to lay beside this"
            " exercise.",
            language=language,
        )
    if why == "clock":
        return say(
            "What comes hangs on the clock here: an inject is due at a time, and something in its"
            " scene asks whether it has come. The scenario's rules know no clock, so nothing is"
            " worked out until that scene is past.",
            language=language,
        )
    return say("No way from there comes to an ending.", language=language)
