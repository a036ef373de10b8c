"""Reading: what one seat sees, and where its eyes and hands are led.

The screen owns the view. Each part is given its part of the view and draws only what changed. A
new scene is read first; what there is to do takes the focus when all that is new can be read
beside it, or when enter says that one has read to the end. Nothing moves under writing hands.
"""

from time import monotonic
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tabletop.conduct.connection import Frame
from tabletop.console import facilitated, safe
from tabletop.console.agenda import agenda, current
from tabletop.console.screens.briefing import BriefingScreen
from tabletop.console.screens.seat import SeatScreen
from tabletop.console.widgets.decision import Decision, Draft, Words
from tabletop.console.widgets.feed import Feed
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.parts import PARTS, Part, Parts
from tabletop.console.widgets.rule import Rule
from tabletop.console.widgets.side import Side
from tabletop.console.widgets.status import Status
from tabletop.exercise import commands as c
from tabletop.exercise.view_types import PlayerView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.seating import Played, Seating

TICK = 5.0
"""Seconds between looks at the clock, of which only minutes are shown."""


class ReadingScreen(SeatScreen):
    """A seat's view, laid out for the room there is."""

    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]

    def __init__(
        self, exercise: "Played", role: str | None = None, seating: "Seating | None" = None
    ) -> None:
        """Takes the exercise, and the role whose screen this is where there are several."""
        super().__init__(exercise, role, seating)
        self.wanted = ""
        """The decision on the table."""
        self.picked = ""
        """The answer chosen for it, not yet given."""
        self.advised: set[str] = set()
        self.part: Part = "situation"
        self.add_class("-part-situation", update=False)
        self.time_hidden = False
        self.reached = True
        """Whether the exercise can be reached now."""
        self.new_scene = False
        self.status = Status()
        self.parts = Parts()
        self.feed = Feed(id="feed")
        self.side = Side(id="side")
        self.decision = Decision(id="decision")

    def compose(self) -> ComposeResult:
        """The status, the two columns or the parts, the decision, the keys."""
        yield self.status
        yield self.parts
        yield Rule(id="top-rule")
        with Horizontal(id="columns"):
            with Vertical(id="reading"):
                yield self.feed
            yield self.side
        yield self.decision
        yield Footer()

    @property
    def gone(self) -> bool:
        """Whether the parts have been taken away while messages were still on their way."""
        return not all(part.is_attached for part in (self.feed, self.decision, self.status))

    def on_mount(self) -> None:
        """Listens; where several roles share the keyboard and none is seated, finds the first."""
        self._fit()
        self.set_interval(TICK, self._tell_state)
        if self.connection is None:
            self.find_first()
            return
        if self.first is not None:
            self.take(self.first)
        self.listen(self.connection)

    @on(SeatScreen.Framed)
    def framed(self, message: SeatScreen.Framed) -> None:
        """Shows a newer frame."""
        if not self.gone:
            self.take(message.frame)

    def take(self, frame: Frame) -> None:
        """Gives each part its part of a frame."""
        before = self.view
        if before is None:
            for name, text in self.kept.items():
                if text:
                    self.decision.drafts[name] = Draft.restored(text)
        self.frame = frame
        view = frame.view
        # A new scene is read before anything can be pressed, however short it is.
        ended = view.status == "ended" and before is not None and before.status != "ended"
        if before is None or before.scene != view.scene or ended:
            self.new_scene = bool(view.feed)
        self.seating.looked(self.role, view)
        begin = _beginning(view) if before is None else None
        if before is not None and before.branch != view.branch:
            # What came after that point is no longer so; what was read before it stays read.
            back = [n for n, each in enumerate(view.feed) if each.kind == "rewound"]
            begin = back[-1] if back else 0
            self.read = min(self.read, begin)
            self.acknowledged = min(self.acknowledged, begin)
            safe.notify(self.app, say("The facilitator went back to an earlier point."), seconds=12)
        new = self.feed.show(view.feed, view.scenes, begin=begin)
        self.status.show(view)
        self.side.show(view)
        self._tell_news(before, view)
        self._tell_state()
        changed = self._ask()
        if self.seating.shared:
            self.look_around()
        if before is None:
            self._brief_first(frame)
        if new:
            self._show_part("situation")
        elif changed or before is None:
            self.call_after_refresh(self._settle_focus)
        if before is not None and not before.brief and view.brief:
            self._brief(view)

    @on(SeatScreen.Lined)
    def lined(self, message: SeatScreen.Lined) -> None:
        """Says who is next."""
        if self.gone:
            return
        self.next_up = message.next_up
        if self._ask():
            self.call_after_refresh(self._settle_focus)

    def _brief_first(self, frame: Frame) -> None:
        if self.seating.trial:
            # Its author wants to be where the route leads, at once.
            return
        # Whoever was seated first also opened the exercise; nobody else has done anything yet.
        opened = 1 if self.role == self.seating.roles[0] else 0
        if frame.saved <= opened and frame.view.status == "running":
            self._brief(frame.view)

    def _brief(self, view: PlayerView) -> None:
        """Shows the briefing, and notes that it was read."""
        read = sum(1 for passage in view.feed if passage.kind == "brief")

        def done(_: None) -> None:
            if read > self.acknowledged:
                self.acknowledged = read
                self.send(c.Acknowledge(read))

        self.app.push_screen(BriefingScreen(view), done)

    def _ask(self) -> bool:
        """Puts on the table what there is to do now; whether that is something else."""
        view = self.view
        if view is None or self.gone:
            return False
        on_table = current(view, self.wanted, self.advised)
        self.wanted = on_table.id if on_table else ""
        draft = self.decision.drafts.get(self.wanted)
        self.picked = draft.option if draft else ""
        before = self.decision.ask
        ask = agenda(
            view,
            wanted=self.wanted,
            picked=self.picked,
            next_up=self.next_up,
            advised=self.advised,
        )
        self.decision.show(ask)
        self.refresh_bindings()
        return ask.does != before.does or ask.heading != before.heading

    def _settle_focus(self, new: bool = False) -> None:
        """Puts the focus where the next thing to do is, unless someone is writing."""
        if self.gone:
            return
        focused, feed, decision = self.focused, self.feed, self.decision
        stopped = decision.ask.does in ("resume", "step_in")
        if isinstance(focused, Words) and decision.ask.words:
            return
        if focused is feed and not stopped:
            return
        lost = focused is None or not focused.focusable
        if stopped:
            decision.take_focus()
        elif (new or lost) and not feed.touched and (self.new_scene or not self._new_fits()):
            feed.focus()
        elif new or lost or (focused is not None and decision in focused.ancestors):
            decision.take_focus()
        self.new_scene = self.new_scene and not new
        self._fit()

    def _tell_news(self, before: PlayerView | None, view: PlayerView) -> None:
        """Marks the parts in which something is new."""
        if before is None:
            return
        news = set(self.parts.news)
        if view.facts != before.facts:
            news.add("know")
        if set(view.offers) - set(before.offers):
            news.add("share")
        if view.people != before.people:
            news.add("people")
        self.parts.news = frozenset(news - {self.part})

    def _tell_state(self) -> None:
        """Says that everything is saved, and how long it has gone on."""
        if self.gone:
            return
        words = [say("saving") if self.sending else say("saved")]
        if self.seating.trial:
            words = [say("a try, not kept")]
        if self.frame is not None:
            clock = self.frame.clock
            elapsed = clock.elapsed
            if clock.running:
                elapsed += int(max(0.0, monotonic() - clock.as_of) * 1000)
            if not self.time_hidden:
                words.append(say("{minutes} min", minutes=elapsed // 60_000))
            words.insert(0, facilitated.timer(self.frame.view, elapsed))
        if not self.reached:
            words = [say("connection lost, trying again; nothing is lost")]
        self.status.state = " · ".join(each for each in words if each)

    def on_resize(self, event: events.Resize) -> None:
        """Shares the height out anew."""
        self._fit()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Gives what has the focus more room."""
        self._fit()

    def watch_focused(self) -> None:
        """Finds a new place for the focus when the part that had it went away."""
        if self.focused is None and self.view is not None:
            self.call_after_refresh(self._settle_focus)

    def _new_fits(self) -> bool:
        """Whether what is new can be read whole while the decision is being answered."""
        asking = self.query_one("#asking")
        room = self.app.size.height - self.query_one(Footer).size.height
        room -= self.feed.region.y + 1 + min(self._most(True), asking.virtual_size.height)
        return self.feed.new_lines <= room

    def _most(self, inside: bool) -> int:
        return max(4, self.app.size.height * (60 if inside else 36) // 100 - 1)

    def _fit(self) -> None:
        """The decision keeps the lower third, and takes up to three fifths while answered."""
        if self.gone:
            return
        inside = self.focused is not None and self.decision in self.focused.ancestors
        asking = self.query_one("#asking")
        wished = self._most(inside)
        if asking.styles.max_height is None or asking.styles.max_height.value != wished:
            asking.styles.max_height = wished

    def _show_part(self, part: Part) -> None:
        """Where there is one column: shows another part of it."""
        self.part = part
        for each in PARTS:
            self.set_class(each == part, f"-part-{each}")
        self.parts.here = part
        self.parts.news = self.parts.news - {part}

    def _focus_part(self) -> None:
        if self.part == "situation":
            self.feed.focus()
        elif self.part == "share" and self.view and self.view.offers:
            self.query_one("#offers").focus()
        else:
            self.side.focus()

    @on(Feed.Moved)
    def _moved(self, message: Feed.Moved) -> None:
        message.stop()
        if self.gone:
            return
        self.read = max(self.read, message.read)
        self.query_one("#asking-rule", Rule).more = message.more

    @on(Feed.Arrived)
    def _arrived(self, message: Feed.Arrived) -> None:
        message.stop()
        self.call_after_refresh(self._settle_focus, True)

    @on(Feed.Done)
    def _read_to_the_end(self, message: Feed.Done) -> None:
        message.stop()
        self.decision.take_focus()


def _beginning(view: PlayerView) -> int:
    """Where reading begins: after the brief at first, later with the newest scene."""
    here = view.scene.id if view.scene else ""
    for index, passage in enumerate(view.feed):
        if passage.scene == here and passage.kind != "brief":
            return index
    return 0
