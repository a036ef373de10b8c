"""Panels: what someone who conducts has beside them, as blocks worked out from a frame alone."""

from tabletop.conduct.session.frames import ConductFrame
from tabletop.conduct.session.reachable import reachable
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, BlockKind, blocks, plain
from tabletop.exercise.conduct_types import ConductView, ModuleView
from tabletop.wording import say

MOST_SEEN = 6
"""Observations that stand beside; the debrief has them all."""


def clock(milliseconds: int) -> str:
    """Exercise time as hours, or minutes, and seconds."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def beside(frame: ConductFrame) -> tuple[Block, ...]:
    """The right-hand column, section by section; a section with nothing to say is left out."""
    view = frame.view
    if view is None:
        return ()
    sections = (
        _notes(view),
        _reachable(frame, view),
        _observations(view),
        _questions(view),
    )
    found: list[Block] = []
    for section in filter(None, sections):
        head, *rest = section
        found += [plain(head.text, "section", gap=bool(found)), *rest]
    return tuple(found)


def _notes(view: ConductView) -> list[Block]:
    held = [each for each in view.injects if each.coming in ("held", "kept back") and each.note]
    if not (view.notes or held):
        return []
    found = [plain(say("NOTES FOR YOU")), *blocks(view.notes)]
    return [
        *found,
        *(Block(plain(f"{each.title}: {each.note}").text, first="• ", rest="  ") for each in held),
    ]


def _reachable(frame: ConductFrame, view: ConductView) -> list[Block]:
    told = reachable(view, frame.outlook)
    if not told:
        return []
    first, *rest = told
    bullets = (Block(plain(each).text, first="• ", rest="  ") for each in rest)
    return [plain(say("STILL REACHABLE")), plain(first), *bullets]


def _questions(view: ConductView) -> list[Block]:
    found = [plain(say("TO DISCUSS"))] if view.questions else []
    for audience, asked in view.questions:
        if audience != "all":
            found.append(plain(say("Ask {role}:", role=spaced(audience)), "note"))
        found += [Block(plain(each).text, first="• ", rest="  ") for each in asked]
    return found


def _observations(view: ConductView) -> list[Block]:
    if not (view.observations or "observe" in view.may):
        return []
    found = [plain(say("OBSERVATIONS  f5"))]
    for seen in view.observations[: -MOST_SEEN - 1 : -1]:
        sign = "+" if seen.kind == "strength" else "△"
        words = say("(erased)") if seen.erased else seen.words
        text = f"{clock(seen.at)} {words}"
        found.append(Block(plain(text).text, first=f"{sign} ", rest="  "))
    if not view.observations:
        found.append(plain(say("None yet."), "note"))
    return found


def spent(view: ConductView, module: ModuleView, elapsed: int) -> int:
    """Milliseconds spent in a module, the present visit of its scene included."""
    here = module.current and view.status != "ended"
    return module.used + (max(0, elapsed - view.entered_at) if here else 0)


def agenda(view: ConductView, elapsed: int) -> tuple[Block, ...]:
    """The modules with their planned and used minutes."""
    found = [plain(say("AGENDA  planned, used"), "section", gap=1)]
    for module in view.modules:
        sign = "▸" if module.current else "✓" if module.visited else " "
        used = spent(view, module, elapsed) // 60_000
        minutes = f"{module.planned:>3}" + (f"{used:>4}" if module.visited else "    ")
        late = module.current and used > module.planned
        text = module.title
        if late:
            text = say("{text} · {over} over", text=text, over=used - module.planned)
        kind: BlockKind = "strong" if module.current else "text"
        found.append(Block(plain(text).text, (), kind, f"{sign} {minutes}  ", " " * 11))
    return tuple(found)
