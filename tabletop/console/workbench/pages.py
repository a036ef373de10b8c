"""Pages: what stands on the right of the workbench about what one points at on the left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tabletop.authoring.findings import Finding, Route
from tabletop.authoring.places import WHOLE, Place, place_of
from tabletop.conduct.play_scripts import Play
from tabletop.console.typeset import Block, plain
from tabletop.console.workbench import told
from tabletop.console.workbench.bench import Bench
from tabletop.console.workbench.marks import audience, exists, marks, scene_of
from tabletop.console.workbench.sees import sees
from tabletop.wording import say

Kind = Literal["sees", "marks", "map", "numbers"]
Chosen = Place | Finding | Play
"""What can be pointed at."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one points at, whose eyes one sees it with, and on which page."""

    chosen: Chosen = WHOLE
    role: str = ""
    page: Kind = "sees"
    gone: bool = False
    """Whether what one points at is not found any more."""

    @property
    def subject(self) -> object:
        """What the page is about: the same while it may stay where it was scrolled to."""
        match self.page:
            case "sees":
                return self.page, self._known(), self.role
            case "marks" | "map":
                return self.page, self._known()
        return self.page

    def _known(self) -> object:
        if isinstance(self.chosen, Finding):
            return self.chosen.code, self.chosen.path
        return self.chosen.file if isinstance(self.chosen, Play) else self.chosen

    def place(self, bench: Bench) -> Place:
        """The place of what one points at."""
        found = self.chosen
        if isinstance(found, Finding) and bench.scenario is not None:
            found = place_of(bench.scenario, found.path)
        if isinstance(found, Place) and bench.scenario and exists(bench.scenario, found):
            return found
        return WHOLE

    def reached(self, bench: Bench) -> frozenset[str]:
        """The roles that receive, decide or hold what one points at."""
        place, scenario = self.place(bench), bench.scenario
        return audience(scenario, place) if scenario is not None else frozenset()

    def route(self, bench: Bench) -> Route | None:
        """A way to what one points at: the route that shows a finding, or a shortest one."""
        if isinstance(self.chosen, Finding) and self.chosen.route is not None:
            return self.chosen.route
        scenario, place = bench.scenario, self.place(bench)
        if scenario is None:
            return None
        if place.kind == "role":
            place = Place("scene", scenario.roles[place.name].joins or scenario.start)
        elif place.kind in ("whole", "fact"):
            place = Place("scene", scenario.start)
        return bench.ways.get(place)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is set."""

    blocks: tuple[Block, ...]
    begin: int
    """With which of them it begins on the screen; what stands before is scrolled to."""


def page(bench: Bench, look: Look) -> Page:
    """The page one looks at, after what has to be said of the save that it is about."""
    pages = {"sees": _sees, "marks": _behind, "map": _map, "numbers": _numbers}
    notes = tuple(_notes(bench, look))
    blocks = tuple(pages[look.page](bench, look))
    begin = blocks.index(None) + len(notes) if None in blocks else 0
    return Page((*notes, *(each for each in blocks if each is not None)), begin)


def _notes(bench: Bench, look: Look) -> Iterator[Block]:
    if bench.saved.problem:
        yield plain(bench.saved.problem, "strong")
    elif not bench.saved.whole:
        yield plain(say("The file can't be read as it is. This is the save before."), "strong")
    elif look.page == "sees" and bench.playable and bench.playable is not bench.saved:
        yield plain(say("It can't be played as it is. This is an earlier save."), "strong")
    elif look.page == "numbers" and bench.report and bench.counted is not bench.saved:
        yield plain(say("These are the numbers of an earlier save."), "strong")
    if bench.trouble:
        yield plain(bench.trouble, "strong")
    if look.gone and look.page == "marks":
        yield plain(say("Mended: this is not found any more."), "strong")


def _sees(bench: Bench, look: Look) -> Iterator[Block | None]:
    if bench.situations is None:
        yield plain(say("What roles see is shown once the scenario can be played."), "note")
        return
    route = look.route(bench)
    view = bench.situations.seen(route, look.role) if route is not None else None
    if view is not None and route is not None:
        place = look.place(bench)
        here = view.scene.id if view.scene is not None else ""
        engine = bench.situations.engine
        # A finding's route leads to where it shows, wherever it is written.
        own = "" if isinstance(look.chosen, Finding) else scene_of(engine.scenario, place)
        yield from sees(
            view,
            own or here,
            brief=place.kind in ("whole", "role"),
            decision=place.name if place.kind == "decision" else "",
            inject=engine.filled(engine.plan.inject(place.name).title)
            if place.kind == "inject" and own
            else "",
        )
        # The start is a move as well, and no one's.
        moves = len(route.moves) - 1
        yield plain(say("Where a shortest route leads, of {n} moves.", n=moves), "note", gap=1)
    elif bench.exploring:
        yield plain(say("A way there is looked for …"), "note")
    else:
        yield plain(say("No route leads there."), "note")


def _behind(bench: Bench, look: Look) -> Iterator[Block | None]:
    match look.chosen:
        case Finding():
            yield from told.finding(look.chosen, bench.document, bench.engine)
            return
        case Play():
            yield from told.failed(look.chosen)
            return
    scenario, place = bench.scenario, look.place(bench)
    if scenario is None:
        return
    found = [
        each
        for each in (*bench.known.findings, *bench.known.waived)
        if place_of(scenario, each.path) == place
    ]
    for each in found:
        yield from told.brief(each)
    line = next((e.line for part in bench.outline for e in part.entries if e.place == place), 1)
    yield plain(f"{bench.saved.name}:{line}", "note", gap=1 if found else 0)
    yield from marks(scenario, place)


def _map(bench: Bench, look: Look) -> Iterator[Block | None]:
    if bench.diagram is not None:
        yield from told.mapped(bench.diagram, look.place(bench))


def _numbers(bench: Bench, look: Look) -> Iterator[Block | None]:
    if bench.report is not None:
        yield from told.numbers(bench.report)
    else:
        yield plain(say("The numbers are counted once everything has been explored …"), "note")
