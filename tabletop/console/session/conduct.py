"""Conducting: what a facilitator, evaluator or observer sees of a table, and what they can do.

One screen, read from left to right: who sits where, what is happening, what to bear in mind. Where
there is no room for three columns they become parts, one at a time. Every act is asked for in a
menu of its own (`steering.py`) and goes out as a command; a refusal comes back as a sentence.
"""

from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Literal, get_args

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from tabletop.conduct.session.commands import EndRehearsal
from tabletop.conduct.session.frames import ConductFrame
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import Command
from tabletop.console.session import injects, more, panels, seats, steering
from tabletop.console.session.conductor import ConductorScreen
from tabletop.console.session.now import addressed, now
from tabletop.console.session.told_all import ToldScreen
from tabletop.console.session.top import Top, banner
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.rule import Rule
from tabletop.console.widgets.sheet import Sheet
from tabletop.exercise import commands as c
from tabletop.exercise.conduct_types import ConductView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.protocol import ConductConnection

Part = Literal["seats", "now", "notes"]
PARTS: tuple[Part, ...] = get_args(Part)


class Panel(VerticalScroll, can_focus=True):
    """One column."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("move.up", "scroll_up", say("Up"), show=False),
        bind("move.down", "scroll_down", say("Down"), show=False),
        bind("move.first", "scroll_home", say("First"), show=False),
        bind("move.last", "scroll_end", say("Last"), show=False),
    ]


class ConductScreen(ConductorScreen):
    """A table, for those who conduct."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("conduct.on", "on", say("Go on")),
        bind("conduct.wash", "wash", say("Hot wash")),
        bind("conduct.read", "read", say("Debrief")),
        bind("conduct.settle", "settle", say("Settle")),
        bind("conduct.release", "release", say("Injects")),
        bind("conduct.observe", "observe", say("Observe")),
        bind("conduct.pause", "pause", say("Pause")),
        bind("conduct.resume", "resume", say("Go on after the pause")),
        bind("conduct.more", "more", say("More")),
        bind("conduct.people", "people", say("People and the door")),
        bind("conduct.told", "told", say("Everything told"), show=False),
        bind("conduct.table", "table", say("Next table"), show=False),
        bind("conduct.rehearsed", "rehearsed", say("End the rehearsal"), show=False),
        bind("conduct.next_part", "part(1)", say("Next part"), show=False),
        bind("conduct.previous_part", "part(-1)", say("Previous part"), show=False),
    ]
    HINTS = ("conduct.rehearsed", "conduct.on", "conduct.wash", "conduct.read", "conduct.settle",
             "conduct.pause", "conduct.resume", "conduct.more", "conduct.release",
             "conduct.observe", "conduct.people")  # fmt: skip
    CSS = """
    ConductScreen {
        #banner { height: auto; padding: 0 1; background: $warning; color: $background;
                  text-style: bold; display: none; }
        &.-banner #banner { display: block; }
        #which { height: 1; padding: 0 1; color: $quiet; }
        Panel { padding: 0 1; scrollbar-size-vertical: 1; display: none; width: 1fr;
                scrollbar-gutter: stable; scrollbar-color: $rule; }
        Panel:focus { scrollbar-color: $accent; }
        &.-part-seats #seats, &.-part-now #now, &.-part-notes #notes { display: block; }
        Footer { dock: none; padding: 0 1; }
        &.-wide #which { display: none; }
        &.-wide Panel { display: block; }
        &.-wide #seats { width: 36; border-right: solid $rule; }
        &.-wide #notes { width: 38; border-left: solid $rule; }
    }
    """

    class Framed(Message):
        """A newer frame, of the table looked at."""

        def __init__(self, frame: ConductFrame, table: int) -> None:
            super().__init__()
            self.frame = frame
            self.table = table

    class Over(Message):
        """The session has been closed, or the place is gone."""

    def __init__(self, line: "ConductConnection") -> None:
        """Takes the line of someone who conducts."""
        super().__init__(line)
        self.part: Part = "now"
        self.shown_door = False
        self.heard = monotonic()
        """When the frame came."""
        self.newest: dict[int, int] = {}
        """Table to the number of the last passage that was there."""

    def compose(self) -> ComposeResult:
        """The line at the top, the three panels, the keys."""
        yield Top(id="top")
        yield Static(safe.label(""), id="banner")
        yield Static(safe.label(""), id="which")
        yield Rule(id="top-rule")
        with Horizontal():
            for part in PARTS:
                with Panel(id=part):
                    yield Sheet(id=f"{part}-sheet")
        yield Footer()

    def on_mount(self) -> None:
        """Listens."""
        super().on_mount()
        self._turn_to("now")
        self.listen()
        self.set_interval(1, self._tell_time)

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "Left: who sits where and what they have done, never what they chose before the "
            "reveal. Middle: the scene, its decisions and injects. Right: your notes, questions "
            "to discuss, observations. The keys below do what is done most; `More` has the rest: "
            "jumping, going back, a timer, an inject of your own, a role's view, the tables."
        )

    @work(group="listen")
    async def listen(self) -> None:
        """Brings every change."""
        async for frame in self.line.frames():
            self.post_message(self.Framed(frame, self.line.table))
        self.post_message(self.Over())

    @on(Framed)
    def take(self, message: Framed) -> None:
        """Shows what is so now."""
        rehearsed = self.rehearses()
        self.frame = frame = message.frame
        view = frame.view
        if view is None and (rehearsed or not self.shown_door) and self.facilitates():
            self.shown_door = True
            self.action_people()
        self.heard = monotonic()
        self._tell_time()
        self._sheet("now").blocks = (
            now(view, opened=frame.session.debrief)
            if view
            else steering.not_begun(frame.session, facilitates=self.facilitates())
        )
        self._tell_words(view, message.table)
        over = banner(frame, reached=self.line.reached)
        self.set_class(bool(over), "-banner")
        self.query_one("#banner", Static).update(safe.label(over))
        self.refresh_bindings()

    def _tell_words(self, view: ConductView | None, table: int) -> None:
        """Tells a word to the facilitator wherever they look, when it comes."""
        feed = view.feed if view is not None else ()
        newest = feed[-1].passage.number if feed else 0
        heard = self.newest.get(table)
        self.newest[table] = newest
        if heard is None or not self.facilitates():
            return
        for each in feed:
            passage = each.passage
            if passage.number > heard and passage.kind == "message" and addressed(each):
                safe.notify(self.app, f"{passage.heading}: {passage.text}", seconds=12)

    @on(Over)
    def leave(self) -> None:
        """Goes home once there is nothing to conduct any more, unless one has left by oneself."""
        if self in self.app.screen_stack:
            self.console_app.left_session(
                say("The session was closed, or your seat in it was given up.")
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        view = self.view
        match action:
            case "on":
                return view is not None and "advance" in view.may
            case "settle":
                open_now = view is not None and bool(steering.open_decisions(view))
                going = view is not None and view.status != "ended"
                return open_now and going and self.facilitates()
            case "wash":
                return view is not None and "rate" in view.may
            case "read":
                return view is not None and view.status == "ended" and self._debrief_open()
            case "told":
                return view is not None and bool(view.feed)
            case "table":
                return self.frame is not None and len(self.frame.session.tables) > 1
            case "rehearsed":
                return self.facilitates() and self.rehearses()
            case "release":
                return view is not None and self.facilitates() and view.status != "ended"
            case "observe":
                return view is not None and "observe" in view.may
            case "pause":
                return view is not None and "pause" in view.may
            case "resume":
                return view is not None and "resume" in view.may
            case "people":
                return self.facilitates() and not self.rehearses()
        return super().check_action(action, parameters)

    # Keys.

    def action_on(self) -> None:
        """Moves on to the next scene."""
        self.send(c.Advance())

    def action_settle(self) -> None:
        """Asks how an open decision is to be settled."""
        if self.view is not None:
            steering.settle(self, self.view)

    def action_release(self) -> None:
        """Asks which inject, and what is to become of it."""
        if self.view is not None:
            injects.injects(self, self.view)

    def action_observe(self) -> None:
        """Asks what was seen."""
        if self.view is not None:
            steering.observe(self, self.view)

    def action_pause(self) -> None:
        """Stops for everyone."""
        self.send(c.Pause())

    def action_resume(self) -> None:
        """Goes on for everyone."""
        self.send(c.Resume())

    def action_more(self) -> None:
        """Everything else."""
        if self.frame is not None:
            more.more(self, self.frame)

    def action_told(self) -> None:
        """Shows everything that was told, with whom it reached."""
        if self.view is not None:
            self.app.push_screen(ToldScreen(self.view))

    def action_table(self) -> None:
        """Turns to the next table."""
        if self.frame is not None:
            self.line.look_at(self.line.table % len(self.frame.session.tables) + 1)

    def action_rehearsed(self) -> None:
        """Ends the rehearsal; everything stands at the beginning again."""
        self.manage(EndRehearsal())

    def action_part(self, by: int) -> None:
        """Turns to the next part, or the next column."""
        self._turn_to(PARTS[(PARTS.index(self.part) + by) % len(PARTS)])

    def action_back(self) -> None:
        """Asks whether to leave."""
        more.leaving(self)

    def commands(self) -> Iterable[Command]:
        """The palette's own list: the same as in `More`."""
        yield say("People"), say("Who is in the room, roles, the door"), "screen.people"
        yield say("More"), say("Jump, go back, timer, inject, view as"), "screen.more"

    def _debrief_open(self) -> bool:
        return self.frame is not None and self.frame.session.debrief

    def _turn_to(self, part: Part) -> None:
        self.part = part
        for each in PARTS:
            self.set_class(each == part, f"-part-{each}")
        names = {"seats": say("Seats"), "now": say("Now"), "notes": say("Notes")}
        words = "  ".join(f"[{names[p]}]" if p == part else f" {names[p]} " for p in PARTS)
        words = f"{words} · {say('tab for the next')}"
        self.query_one("#which", Static).update(safe.label(words))
        self.query_one(f"#{part}").focus()

    def _sheet(self, part: Part) -> Sheet:
        return self.query_one(f"#{part}-sheet", Sheet)

    def _tell_time(self) -> None:
        """Shows what goes on with the time: the clock, who is away or quiet, the agenda."""
        frame = self.frame
        if frame is None:
            return
        elapsed, passed = self._elapsed(frame), int(monotonic() - self.heard)
        self.query_one(Top).show(frame, elapsed, self.line.table)
        self._sheet("seats").blocks = (
            *seats.tables(frame.session, self.line.table, passed),
            *seats.seats(frame, elapsed, passed),
            *(panels.agenda(frame.view, elapsed) if frame.view else ()),
        )
        self._sheet("notes").blocks = panels.beside(frame)

    def _elapsed(self, frame: ConductFrame) -> int:
        passed = monotonic() - frame.clock.as_of if frame.clock.running else 0.0
        return frame.clock.elapsed + int(1000 * passed)
