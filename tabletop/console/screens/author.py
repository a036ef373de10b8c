"""Author: the workbench of someone who writes a scenario in an editor beside it.

On the left the outline and what was found, on the right a page about whatever one points at: what
a role sees there, what is written behind it, the map, the numbers. With less room it is one page at
a time. Each save of the file is read and shown at once; exploring follows in another process, and
until it is through, pages say which save they are about.
"""

from collections.abc import Iterable
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from time import localtime, strftime
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.worker import WorkerCancelled, WorkerFailed

from tabletop.authoring.findings import Finding
from tabletop.authoring.places import WHOLE, Place
from tabletop.conduct.following import News, Saved, follow
from tabletop.conduct.play_scripts import Play
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Command
from tabletop.console.told import spaced
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.outline import Findings, Listing, Outline
from tabletop.console.widgets.paper import Paper
from tabletop.console.widgets.picker import Picker
from tabletop.console.widgets.rule import Rule
from tabletop.console.widgets.status import Status
from tabletop.console.workbench import told
from tabletop.console.workbench.bench import Bench
from tabletop.console.workbench.pages import Chosen, Kind, Look, page
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.open_exercise import Exercise
    from tabletop.conduct.scratch import ScratchFolder

List = Literal["outline", "findings"]
Part = List | Kind
PAGES: tuple[Kind, ...] = get_args(Kind)
"""What stands on the right where there is room for two columns."""
PARTS: tuple[Part, ...] = (*get_args(List), *PAGES)
"""What is on screen one at a time where there is none."""


class AuthorScreen(BaseScreen[None]):
    """A scenario as its author sees it."""

    GROUND = True
    AUTO_FOCUS = "#outline"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("author.play", "play", say("Play from here")),
        bind("author.role", "role", say("Next role")),
        bind("author.next_part", "part(1)", say("Next page")),
        bind("author.previous_part", "part(-1)", say("Page before"), show=False),
        bind("author.papers", "papers", say("Documents"), show=False),
        *(
            bind(f"author.{part}", f"turn('{part}')", name, show=False)
            for part, name in (
                ("outline", say("Outline")),
                ("findings", say("Findings")),
                ("sees", say("What a role sees")),
                ("marks", say("What is behind it")),
                ("map", say("Map")),
                ("numbers", say("Numbers")),
            )
        ),
    ]
    HINTS = ("list.select", "author.play", "author.role", "author.next_part")
    CSS = """
    AuthorScreen {
        layout: vertical;
        #columns { height: 1fr; }
        #left { width: 1fr; height: 1fr; }
        #right { width: 1fr; height: 1fr; }
        Listing { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; text-wrap: nowrap;
                  text-overflow: ellipsis; }
        #roles { display: none; }
        &.-page-sees #roles { display: block; }
        Paper { height: 1fr; margin: 1 0 0 0; }
        Footer { dock: none; padding: 0 1; }
        #right, #outline-rule, #findings-rule, #pages { display: none; }
        &.-part-outline #findings, &.-part-findings #outline { display: none; }
        &.-part-sees, &.-part-marks, &.-part-map, &.-part-numbers {
            #left { display: none; }
            #right { display: block; }
        }
        &.-wide {
            #parts { display: none; }
            #left { display: block; width: 48; border-right: solid $rule; }
            #right, #outline-rule, #findings-rule, #pages { display: block; }
            #outline, #findings { display: block; }
            #outline { height: 3fr; }
            #findings { height: 2fr; }
        }
    }
    """

    class Told(Message):
        """Something new is known of the file."""

        def __init__(self, news: News) -> None:
            super().__init__()
            self.news = news

    def __init__(self, path: Path) -> None:
        """Takes the scenario's file."""
        super().__init__()
        self.path = path
        self.bench: Bench | None = None
        self.read_at = ""
        """When the newest save was read."""
        self.part: Part = "outline"
        """The part on screen where there is room for one."""
        self.scratch: ScratchFolder | None = None
        """Where exercises that are only tried lie."""
        self.look = Look()
        """What one points at, and how one looks at it."""

    def compose(self) -> ComposeResult:
        """The status, the lists, the page, the keys."""
        yield Status()
        yield Picker(tuple(self._titles(PARTS)), "outline", id="parts")
        yield Rule(id="top-rule")
        with Horizontal(id="columns"):
            with Vertical(id="left"):
                yield Rule(id="outline-rule")
                yield Outline(id="outline")
                yield Rule(id="findings-rule")
                yield Findings(id="findings")
            with Vertical(id="right"):
                yield Picker(tuple(self._titles(PAGES)), "sees", id="pages")
                yield Picker(id="roles")
                yield Paper(self._about_page(), id="paper")
        yield Footer()

    def on_mount(self) -> None:
        """Begins to follow the file."""
        self.query_one("#outline-rule", Rule).heading = say("OUTLINE")
        self.query_one("#findings-rule", Rule).heading = say("FINDINGS")
        self._arrange()
        self._tell_where()
        self.follow()

    async def on_unmount(self) -> None:
        """Waits until the process that explores has ended, before the loop it is in is gone."""
        if self.scratch is not None:
            self.scratch.close()
        for worker in [each for each in self.workers if each.group == "follow"]:
            # Told twice, it would not wait for the process either.
            if not worker.is_cancelled:
                worker.cancel()
            with suppress(WorkerCancelled, WorkerFailed):
                await worker.wait()

    @work(group="follow", exclusive=True)
    async def follow(self) -> None:
        """Brings what there is to say of the file, now and at each save."""
        async with aclosing(follow([self.path], author=True)) as news:
            async for each in news:
                self.post_message(self.Told(each))

    @on(Told)
    def _take(self, message: Told) -> None:
        """Shows what is new."""
        news = message.news
        if self.bench is None:
            if not isinstance(news, Saved):
                return
            self.bench = Bench(news)
        if isinstance(news, Saved):
            self.read_at = strftime("%H:%M:%S", localtime())
        self.bench = self.bench.after(news)
        self._show()

    def _show(self) -> None:
        """Sets every part that is on screen anew."""
        bench = self.bench
        if bench is None:
            return
        self._tell_where()
        self.query_one(Outline).take(bench.outline)
        known = bench.known
        failed = [play for play in bench.plays if not play.passed]
        findings = self.query_one(Findings)
        findings.take(known.findings, known.waived, failed, bench.fresh)
        chosen = self.look.chosen
        if isinstance(chosen, Finding | Play):
            now = findings.now(chosen)
            self.look = replace(self.look, chosen=now or chosen, gone=now is None)
        self.query_one("#findings-rule", Rule).remark = told.tally(known.findings)
        roles = tuple(bench.scenario.roles) if bench.scenario is not None else ()
        if self.look.role not in roles:
            self.look = replace(self.look, role=roles[0] if roles else "")
        picker = self.query_one("#roles", Picker)
        picker.items = tuple((role, spaced(role)) for role in roles)
        picker.here = self.look.role
        self._set_page()

    def _tell_where(self) -> None:
        """Says which file this is, how it stands, and which save that is about."""
        status, bench = self.query_one(Status), self.bench
        name = self.path.name if self.path.name != "scenario.yaml" else self.path.parent.name
        title = bench.scenario.title if bench is not None and bench.scenario is not None else name
        status.where = (f"{title} · {self.path}", title)
        if bench is None:
            status.who = (say("reading …"),)
            return
        status.who = (self._standing(bench),)
        status.state = say("saved {clock}", clock=self.read_at)

    def _standing(self, bench: Bench) -> str:
        if bench.saved.problem:
            return say("not there")
        if not bench.saved.whole:
            return say("can't be read, shown as it was")
        if not bench.saved.playable:
            return say("can't be played yet")
        if bench.explored is bench.saved:
            return say("explored, {count} situations", count=f"{bench.count:,}")
        return say("exploring …") if bench.exploring else say("not explored")

    def _set_page(self) -> None:
        """Sets the page about what one points at."""
        if self.bench is None:
            return
        shown = page(self.bench, self.look)
        self.query_one(Paper).show(shown.blocks, self.look.subject, shown.begin)
        for picker, parts, here in (
            ("#pages", PAGES, self.look.page),
            ("#parts", PARTS, self.part),
        ):
            row = self.query_one(picker, Picker)
            row.items = tuple(self._titles(parts))
            row.here = here
        self.query_one("#roles", Picker).news = self.look.reached(self.bench)
        self.refresh_bindings()

    # What one points at.

    @on(Listing.Pointed)
    def _pointed(self, message: Listing.Pointed) -> None:
        message.stop()
        if not message.chosen and message.listing is not self.focused:
            return
        self._point_at(message.listing, message.line)
        if message.chosen:
            self._turn_to(self.look.page)
            self.query_one(Paper).focus()
        self._arrange()
        self._set_page()

    def _point_at(self, listing: Listing, line: str) -> None:
        chosen: Chosen = WHOLE
        if isinstance(listing, Findings | Outline):
            chosen = listing.held.get(line, WHOLE)
        if chosen == self.look.chosen and not self.look.gone:
            return
        self.look = replace(self.look, chosen=chosen, gone=False)
        if isinstance(chosen, Finding | Play) and self.look.page == "sees":
            # It is read first; what roles see where its route leads is a key away.
            self.look = replace(self.look, page="marks")
        elif isinstance(chosen, Place) and chosen.kind == "role":
            self._take_role(chosen.name)

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        """What is pointed at is that of the list one is in."""
        if isinstance(event.widget, Listing) and event.widget.at:
            self._point_at(event.widget, event.widget.at)
            self._arrange()
            self._set_page()

    @on(Picker.Wanted)
    def _picked(self, message: Picker.Wanted) -> None:
        message.stop()
        if message.picker.id == "roles":
            self._take_role(message.item)
        else:
            self.action_turn(message.item)

    def action_role(self) -> None:
        """Looks over the next role's shoulder."""
        if self.look.page != "sees":
            self.action_turn("sees")
        else:
            self._take_role(self.query_one("#roles", Picker).after(1))

    def _take_role(self, role: str) -> None:
        self.look = replace(self.look, role=role)
        self.query_one("#roles", Picker).here = role
        self._set_page()

    def action_part(self, by: int) -> None:
        """Shows the next page; of all parts where there is room for one."""
        picker = self.query_one("#pages" if self.has_class("-wide") else "#parts", Picker)
        self.action_turn(picker.after(by))

    def action_turn(self, part: str) -> None:
        """Shows a part, by its name."""
        self._turn_to(next(each for each in PARTS if each == part))
        self._set_page()

    def _turn_to(self, part: Part) -> None:
        if isinstance(self.focused, Listing):
            # A key pressed at once after an arrow comes before what the list has to say of it.
            self._point_at(self.focused, self.focused.at)
        self.part = part
        if part in PAGES:
            self.look = replace(self.look, page=part)
        self._arrange()
        if part not in PAGES:
            self.query_one(f"#{part}").focus()
        elif not self.has_class("-wide"):
            self.query_one(Paper).focus()

    def _arrange(self) -> None:
        """Shows what is to be on screen, as the style sheet lays it out."""
        shown = {f"-part-{self.part}", f"-page-{self.look.page}"}
        # Each change of a class styles the whole screen again.
        self.remove_class(
            *{f"-{kind}-{each}" for kind in ("part", "page") for each in PARTS} - shown
        )
        self.add_class(*shown)

    # Keys.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now."""
        if action == "play":
            return self.bench is not None and self.look.route(self.bench) is not None
        if action == "page":
            return any(paper.max_scroll_y > 0 for paper in self.query(Paper))
        return True

    def action_page(self, direction: int) -> None:
        """Scrolls the page, wherever the focus is."""
        self.query_one(Paper).page(direction)

    def action_back(self) -> None:
        """From a page to its list, then out."""
        if self.part in PAGES and not isinstance(self.focused, Listing):
            found = isinstance(self.look.chosen, Finding | Play)
            self.action_turn("findings" if found else "outline")
        else:
            self.dismiss()

    def action_papers(self) -> None:
        """Opens the documents of the scenario as it was last saved."""
        from tabletop.console.screens.papers import planned_papers

        self.app.push_screen(planned_papers(self, self.path.parent.name, self.path))

    def action_play(self) -> None:
        """Plays to where one points, in the exercise's own screen; nothing of it is kept."""
        bench = self.bench
        route = self.look.route(bench) if bench is not None else None
        if bench is None or bench.playable is None or route is None:
            return
        loaded = bench.playable.loaded

        async def begun() -> "Exercise":
            from tabletop.conduct import solo
            from tabletop.conduct.route import along, route_file
            from tabletop.conduct.scratch import ScratchFolder

            if self.scratch is None:
                self.scratch = ScratchFolder()
            way = route_file(route, say("A way to try"), loaded)
            library = self.console_app.library
            return await solo.resume(self.scratch, await along(library, self.scratch, loaded, way))

        self.console_app.try_out(begun, self.look.role)

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "Your scenario as you save it: write in an editor beside this. The outline and what "
            "was found stand on the left, a page about what you point at on the right."
        )

    def commands(self) -> Iterable[Command]:
        """This screen's commands in the palette."""
        names = dict(self._titles(PARTS))
        return (
            *((names[part], say("Show this page"), f"screen.turn('{part}')") for part in PARTS),
            (say("Next role"), say("What another role sees"), "screen.role"),
            (say("Play from here"), say("In the exercise's own screen"), "screen.play"),
        )

    def _titles(self, parts: Iterable[Part]) -> Iterable[tuple[Part, str]]:
        marks = say("Finding") if isinstance(self.look.chosen, Finding | Play) else say("Marks")
        names = {
            "outline": say("Outline"),
            "findings": say("Findings"),
            "sees": say("View"),
            "marks": marks,
            "map": say("Map"),
            "numbers": say("Numbers"),
        }
        return ((part, names[part]) for part in parts)

    def _about_page(self) -> str:
        return say(
            "A page about what you point at. The view is that of one role: r takes the next, and "
            "those with a dot (•) decide, receive or hold it. [ and ] turn to the other pages, "
            "escape goes back to the list."
        )
