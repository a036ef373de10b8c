"""Exercise: one seat's screen, from its first scene to the end.

The screen owns the view. Frames arrive from a worker as messages; each part of the screen is given
its part of the view and draws only what changed; what a person does comes up as messages and goes
out as commands from another worker, whose answer comes back as a message. Nothing waits in a
handler. Where several roles share the keyboard each has a screen of its own, and the one before is
gone before the next is made.
"""

from asyncio import sleep
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from tabletop.conduct.connection import Answer, Connection, Frame, Rejected
from tabletop.console.agenda import Next, agenda, away, current, needing
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Command
from tabletop.console.screens.briefing import BriefingScreen
from tabletop.console.screens.notes import PAUSE, NotesScreen
from tabletop.console.seating import Seating
from tabletop.console.told import spaced
from tabletop.console.typeset import blocks, plain
from tabletop.console.widgets.answers import Answers, Item
from tabletop.console.widgets.decision import Decision, Draft, Words
from tabletop.console.widgets.feed import Feed
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.parts import PARTS, Part, Parts
from tabletop.console.widgets.rule import Rule
from tabletop.console.widgets.side import Side
from tabletop.console.widgets.status import Status
from tabletop.exercise import commands as c
from tabletop.exercise.view_types import OfferView, PlayerView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.solo import Exercise
    from tabletop.console.screens.saying import Spoken

TICK = 5.0
"""Seconds between looks at the clock, of which only minutes are shown."""


class ExerciseScreen(BaseScreen[None]):
    """What one role reads, knows, decides and may share."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("exercise.on", "on", say("Go on")),
        bind("exercise.reason", "reason", say("Reason")),
        bind("exercise.confidence", "confidence", say("How sure"), show=False),
        bind("exercise.share", "share", say("Share")),
        bind("exercise.say", "say", say("Say something"), show=False),
        bind("exercise.notes", "notes", say("Notes")),
        bind("exercise.brief", "brief", say("Your brief"), show=False),
        bind("exercise.pause", "pause", say("Pause")),
        bind("exercise.step_out", "step_out", say("Step out or in"), show=False),
        bind("exercise.earlier", "earlier", say("Earlier scenes"), show=False),
        bind("exercise.terms", "terms", say("Terms"), show=False),
        bind("exercise.skip", "skip", say("Gentler wording"), show=False),
        bind("exercise.clock", "clock", say("Show or hide the time"), show=False),
        bind("exercise.next_part", "part(1)", say("Next part"), show=False),
        bind("exercise.previous_part", "part(-1)", say("Previous part"), show=False),
        bind("exercise.pass", "pass_on", say("Pass the keyboard"), keys="ctrl+g", show=False),
        *(
            bind(f"exercise.{n}", f"choose({n})", say("Answer"), keys=str(n), show=False)
            for n in range(1, 10)
        ),
    ]
    HINTS = (
        "feed.on",
        "list.select",
        "words.done",
        "verb.press",
        "exercise.on",
        "exercise.reason",
        "exercise.share",
        "exercise.notes",
        "exercise.pause",
    )
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]
    CSS = """
    ExerciseScreen {
        layout: vertical;
        #columns { height: 1fr; }
        #reading { width: 1fr; height: 1fr; }
        Feed { height: 1fr; }
        Side { width: 1fr; height: 1fr; display: none; }
        Footer { dock: none; padding: 0 1; }
        #part-know, #part-share, #part-people { display: none; }
        &.-part-know, &.-part-share, &.-part-people {
            #reading { display: none; }
            Side { display: block; }
        }
        &.-short #form, &.-short #act { margin: 0; }
        &.-part-know #part-know, &.-part-share #part-share,
        &.-part-people #part-people { display: block; }
        &.-wide {
            Parts { display: none; }
            #reading { display: block; }
            Side { display: block; width: 46; border-left: solid $rule; }
            #part-know, #part-share, #part-people { display: block; }
        }
    }
    """

    class Framed(Message):
        """A newer frame."""

        def __init__(self, frame: Frame) -> None:
            super().__init__()
            self.frame = frame

    class Restored(Message):
        """Half-written answers were found."""

        def __init__(self, drafts: dict[str, str]) -> None:
            super().__init__()
            self.drafts = drafts

    class Answered(Message):
        """A command was accepted or refused."""

        def __init__(self, command: c.Command, answer: Answer) -> None:
            super().__init__()
            self.command = command
            self.answer = answer

    class Lined(Message):
        """Who is next at this keyboard is known."""

        def __init__(self, next_up: Next | None) -> None:
            super().__init__()
            self.next_up = next_up

    def __init__(
        self, exercise: "Exercise", role: str | None = None, seating: Seating | None = None
    ) -> None:
        """Takes the exercise, and the role whose screen this is where there are several."""
        super().__init__()
        self.exercise = exercise
        self.seating = seating or Seating(exercise)
        self.role = role or (self.seating.roles[0] if not self.seating.shared else "")
        self.connection: Connection | None = (
            exercise.connection(self.role) if self.role else None
        )
        self.frame: Frame | None = None
        self.wanted = ""
        self.picked = ""
        self.next_up: Next | None = None
        self.advised: set[str] = set()
        self.part: Part = "situation"
        self.time_hidden = False
        self.new_scene = False
        self.sending = 0
        self.read = 0
        self.acknowledged = 0
        self.unkept: dict[str, str] = {}
        self.keeping = False
        self.unsaid: Spoken | None = None

    def compose(self) -> ComposeResult:
        """The status, the two columns or the parts, the decision, the keys."""
        yield Status()
        yield Parts()
        yield Rule(id="top-rule")
        with Horizontal(id="columns"):
            with Vertical(id="reading"):
                yield Feed(id="feed")
            yield Side(id="side")
        yield Decision(id="decision")
        yield Footer()

    @property
    def view(self) -> PlayerView | None:
        """What this seat may know now."""
        return self.frame.view if self.frame else None

    # Frames come down.

    def on_mount(self) -> None:
        """Listens; where several roles share the keyboard and none is seated, finds the first."""
        self._fit()
        self.set_interval(TICK, self._tell_state)
        if self.connection is None:
            self.find_first()
        else:
            self.listen(self.connection)

    @work(group="listen")
    async def listen(self, connection: Connection) -> None:
        """Brings half-written answers, then every frame."""
        self.post_message(self.Restored(await connection.drafts()))
        async for frame in connection.frames():
            self.post_message(self.Framed(frame))

    @work(group="seat")
    async def find_first(self) -> None:
        """Draws the curtain before whoever is first."""
        first = await self.seating.next_up() or (await self.seating.everyone())[0]
        await self.seating.pass_on(self.console_app, first)

    @work(exclusive=True, group="line")
    async def look_around(self) -> None:
        """Finds who is next at this keyboard."""
        self.post_message(self.Lined(await self.seating.next_up(self.role)))

    def on_exercise_screen_restored(self, message: Restored) -> None:
        """Takes up half-written answers."""
        decision = self.query_one(Decision)
        for name, text in message.drafts.items():
            if text:
                decision.drafts[name] = Draft.restored(text)

    def on_exercise_screen_framed(self, message: Framed) -> None:
        """Shows a newer frame."""
        before = self.view
        self.frame = message.frame
        view = message.frame.view
        # A new scene is read before anything can be pressed, however short it is.
        ended = view.status == "ended" and before is not None and before.status != "ended"
        if before is None or before.scene != view.scene or ended:
            self.new_scene = bool(view.feed)
        self.seating.looked(self.role, view)
        new = self.query_one(Feed).show(
            view.feed, view.scenes, begin=_beginning(view) if before is None else None
        )
        self.query_one(Status).show(view)
        self.query_one(Side).show(view)
        self._tell_news(before, view)
        self._tell_state()
        changed = self._ask()
        if self.seating.shared:
            self.look_around()
        if before is None:
            self._brief_first(message.frame)
        if new:
            self._show_part("situation")
        elif changed or before is None:
            self.call_after_refresh(self._settle_focus)
        if before is not None and not before.brief and view.brief:
            self._brief(view)

    def on_exercise_screen_lined(self, message: Lined) -> None:
        """Says who is next."""
        self.next_up = message.next_up
        if self._ask():
            self.call_after_refresh(self._settle_focus)

    def _brief_first(self, frame: Frame) -> None:
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
        if view is None:
            return False
        decision = self.query_one(Decision)
        on_table = current(view, self.wanted, self.advised)
        self.wanted = on_table.id if on_table else ""
        draft = decision.drafts.get(self.wanted)
        self.picked = draft.option if draft else ""
        before = decision.ask
        ask = agenda(
            view,
            wanted=self.wanted,
            picked=self.picked,
            next_up=self.next_up,
            advised=self.advised,
        )
        decision.show(ask)
        self.refresh_bindings()
        return ask.does != before.does or ask.heading != before.heading

    def _settle_focus(self, new: bool = False) -> None:
        """Puts the focus where the next thing to do is, unless someone is writing."""
        focused, feed, decision = self.focused, self.query_one(Feed), self.query_one(Decision)
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
        parts = self.query_one(Parts)
        news = set(parts.news)
        if view.facts != before.facts:
            news.add("know")
        if set(view.offers) - set(before.offers):
            news.add("share")
        if view.people != before.people:
            news.add("people")
        parts.news = frozenset(news - {self.part})

    def _tell_state(self) -> None:
        """Says that everything is saved, and how long it has gone on."""
        words = [say("saving") if self.sending else say("saved")]
        if self.frame is not None and not self.time_hidden:
            clock = self.frame.clock
            elapsed = clock.elapsed
            if clock.running:
                elapsed += int(max(0.0, monotonic() - clock.as_of) * 1000)
            words.append(say("{minutes} min", minutes=elapsed // 60_000))
        self.query_one(Status).state = " · ".join(words)

    # Room on the screen.

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
        feed, asking = self.query_one(Feed), self.query_one("#asking")
        room = self.app.size.height - self.query_one(Footer).size.height
        room -= feed.region.y + 1 + min(self._most(True), asking.virtual_size.height)
        return feed.new_lines <= room

    def _most(self, inside: bool) -> int:
        return max(4, self.app.size.height * (60 if inside else 36) // 100 - 1)

    def _fit(self) -> None:
        """The decision keeps the lower third, and takes up to three fifths while answered."""
        decision, focused = self.query_one(Decision), self.focused
        inside = focused is not None and decision in focused.ancestors
        asking = decision.query_one("#asking")
        wished = self._most(inside)
        if asking.styles.max_height is None or asking.styles.max_height.value != wished:
            asking.styles.max_height = wished

    def _show_part(self, part: Part) -> None:
        """Where there is one column: shows another part of it."""
        if part == "notes":
            self.action_notes()
            return
        self.part = part
        for each in PARTS:
            self.set_class(each == part, f"-part-{each}")
        parts = self.query_one(Parts)
        parts.here = part
        parts.news = parts.news - {part}

    def on_parts_wanted(self, message: Parts.Wanted) -> None:
        """Shows the part that was asked for."""
        self._show_part(message.part)
        self._focus_part()

    def _focus_part(self) -> None:
        if self.part == "situation":
            self.query_one(Feed).focus()
        elif self.part == "share" and self.view and self.view.offers:
            self.query_one("#offers").focus()
        else:
            self.query_one(Side).focus()

    @on(Feed.Moved)
    def _moved(self, message: Feed.Moved) -> None:
        message.stop()
        self.read = max(self.read, message.read)
        self.query_one("#asking-rule", Rule).more = message.more

    @on(Feed.Arrived)
    def _arrived(self, message: Feed.Arrived) -> None:
        message.stop()
        self.call_after_refresh(self._settle_focus, True)

    @on(Feed.Done)
    def _read_to_the_end(self, message: Feed.Done) -> None:
        message.stop()
        self.query_one(Decision).take_focus()

    # Commands go up.

    def send(self, *commands: c.Command) -> None:
        """Submits commands one after another; a refused one ends the row."""
        if self.connection is not None:
            self.sending += len(commands)
            self._tell_state()
            self.submit(self.connection, commands)

    @work(group="submit")
    async def submit(self, connection: Connection, commands: tuple[c.Command, ...]) -> None:
        """Submits commands and brings back the answers."""
        for command in commands:
            answer = await connection.submit(command)
            self.post_message(self.Answered(command, answer))
            if isinstance(answer, Rejected) and not isinstance(command, c.Acknowledge):
                break

    def on_exercise_screen_answered(self, message: Answered) -> None:
        """Shows a refusal by the decision; nothing that was written is lost."""
        command, answer = message.command, message.answer
        self.sending = max(0, self.sending - 1)
        self._tell_state()
        decision = self.query_one(Decision)
        if isinstance(command, c.Acknowledge):
            return
        if isinstance(answer, Rejected):
            decision.refuse(answer.sentence)
            return
        decision.refuse("")
        if isinstance(command, c.Commit):
            self.keep_draft(command.decision, "")
        if isinstance(command, c.Say):
            self.unsaid = None
            if command.about:
                self.advised.add(command.about)
                decision.drafts.pop(command.about, None)
                self.keep_draft(command.about, "")
                if self._ask():
                    self.call_after_refresh(self._settle_focus)

    def _acknowledging(self) -> tuple[c.Command, ...]:
        """What has been read so far, said before the next thing is done."""
        if self.read <= self.acknowledged:
            return ()
        self.acknowledged = self.read
        return (c.Acknowledge(self.read),)

    @on(Decision.Done)
    def _done(self, message: Decision.Done) -> None:
        message.stop()
        draft = message.draft
        match message.does:
            case "commit":
                sure: c.Confidence = draft.confidence  # type: ignore[assignment]
                because = draft.because
                self.send(
                    *self._acknowledging(),
                    c.Commit(message.decision, draft.option, draft.reason.strip(), because, sure),
                )
            case "settle":
                self.send(c.Settle(message.decision))
            case "choose":
                self.send(c.Settle(message.decision, draft.option, draft.reason.strip()))
            case "advise":
                self.send(c.Say("", draft.reason.strip(), message.decision))
            case "advance":
                self.send(*self._acknowledging(), c.Advance())
            case "step_in":
                self.send(c.StepIn())
            case "resume":
                self.send(c.Resume())
            case "hand_over":
                self.hand_over()
            case "debrief":
                self.go_to_debrief()

    @on(Decision.Drafted)
    def _drafted(self, message: Decision.Drafted) -> None:
        message.stop()
        self.keep_draft(message.decision, message.draft.stored())
        # A letter of the reason changes nothing of what is asked.
        if message.draft.option != self.picked:
            self._ask()

    def keep_draft(self, decision: str, text: str) -> None:
        """Keeps a half-written answer: at once, and then the newest after each short while."""
        keeping = bool(self.unkept) or self.keeping
        self.unkept[decision] = text
        if not keeping and self.connection is not None:
            self.keeping = True
            self.keep_drafts(self.connection)

    @work(group="draft")
    async def keep_drafts(self, connection: Connection) -> None:
        """Keeps what has not been kept, until there is nothing more."""
        while self.unkept:
            await connection.draft(*self.unkept.popitem())
            await sleep(PAUSE)
        self.keeping = False

    @on(Side.Wanted)
    def _sharing(self, message: Side.Wanted) -> None:
        message.stop()
        offer, view = message.offer, self.view
        if view is None:
            return
        from tabletop.console.screens.choice import ChoiceScreen

        text = next((fact.text for fact in view.facts if fact.id == offer.fact), offer.title)
        who = say("{name}, {role}", name=offer.to_name.split(",")[0], role=spaced(offer.to))
        if any(person.role == offer.to and person.who == "stand-in" for person in view.people):
            who = say("{who} (stand-in)", who=who)

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self._shared(offer)

        self.app.push_screen(
            ChoiceScreen(
                say("Share this?"),
                (
                    plain(say("You would tell {who}:", who=who)),
                    *(b for b in blocks(text)),
                    plain(say("What is told can't be taken back."), "note", gap=1),
                ),
                (
                    Item("no", say("Keep it to yourself for now"), plain=True),
                    Item("yes", say("Tell them"), plain=True),
                ),
            ),
            answered,
        )

    def _shared(self, offer: OfferView) -> None:
        self.send(*self._acknowledging(), c.Share(offer.fact, offer.to))

    # What the keys do.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now."""
        view = self.view
        if view is None:
            return action in ("back", "page", "clock")
        ask = self.query_one(Decision).ask
        match action:
            case "on":
                return len(needing(view, self.advised)) > 1 or "advance" in view.may
            case "reason":
                return bool(ask.words)
            case "confidence":
                return ask.words == "reason"
            case "share":
                return bool(view.offers)
            case "say":
                return "say" in view.may
            case "pause":
                return "pause" in view.may or "resume" in view.may
            case "step_out":
                return "step_out" in view.may or "step_in" in view.may
            case "skip":
                return self._skippable() is not None
            case "pass_on":
                return self.seating.shared
            case "choose":
                return ask.answers and isinstance(self.focused, Feed | Side)
        return True

    def action_on(self) -> None:
        """Goes to the next open decision, or on to the next scene."""
        view = self.view
        if view is None:
            return
        open_now = [each.id for each in needing(view, self.advised)]
        if len(open_now) > 1:
            at = open_now.index(self.wanted) if self.wanted in open_now else -1
            self.wanted = open_now[(at + 1) % len(open_now)]
            self._ask()
            self.query_one(Decision).take_focus()
        elif "advance" in view.may:
            self.send(*self._acknowledging(), c.Advance())

    def action_choose(self, number: int) -> None:
        """Chooses an answer by its number while reading."""
        self.query_one(Decision).choose(number)

    def action_reason(self) -> None:
        """Goes to the reason."""
        self.query_one(Decision).focus_reason()

    def action_confidence(self) -> None:
        """Goes to how sure one is."""
        self.query_one(Decision).focus_confidence()

    def action_share(self) -> None:
        """Goes to what could be shared."""
        self._show_part("share")
        self.query_one("#offers", Answers).focus()

    def action_say(self) -> None:
        """Asks what to say, and to whom."""
        if self.view is None:
            return
        from tabletop.console.screens.saying import SayingScreen

        def spoken(words: "Spoken | None") -> None:
            if words is not None:
                self.unsaid = words
                self.send(c.Say(words.to, words.words))

        self.app.push_screen(SayingScreen(self.view.people, self.unsaid), spoken)

    def action_notes(self) -> None:
        """Opens one's notes."""
        if self.connection is not None:
            self.app.push_screen(NotesScreen(self.connection))

    def action_brief(self) -> None:
        """Shows one's brief again."""
        self._earlier("brief ")

    def action_earlier(self) -> None:
        """Shows earlier scenes."""
        self._earlier("")

    def _earlier(self, scene: str) -> None:
        if self.view is not None:
            from tabletop.console.screens.earlier import EarlierScreen

            self.app.push_screen(EarlierScreen(self.view, scene))

    def action_terms(self) -> None:
        """Explains the terms on screen."""
        view = self.view
        if view is None:
            return
        from tabletop.console.screens.terms import TermsScreen

        here = view.scene.id if view.scene else ""
        texts = [passage.text for passage in view.feed if passage.scene == here]
        texts += [passage.text for passage in self.query_one(Feed).on_screen]
        texts += [fact.text for fact in view.facts] + [fact.class_title for fact in view.facts]
        for decision in view.decisions:
            texts += [decision.ask, *(option.text for option in decision.options)]
        self.app.push_screen(TermsScreen(tuple(texts)))

    def action_pause(self) -> None:
        """Goes on after a pause, or asks before one."""
        view = self.view
        if view is None:
            return
        if view.status == "paused":
            self.send(c.Resume())
            return
        from tabletop.console.screens.choice import ChoiceScreen

        items = [Item("", say("Go back"), plain=True)]
        if "pause" in view.may:
            items.append(Item("pause", say("Pause for everyone"), plain=True))
        if "step_out" in view.may:
            items.append(Item("step_out", say("Step out for a while; nobody waits"), plain=True))

        def answered(choice: str | None) -> None:
            if choice == "pause":
                self.send(c.Pause())
            elif choice == "step_out":
                self.send(c.StepOut())

        self.app.push_screen(
            ChoiceScreen(
                say("Pause?"),
                (plain(say("Nobody asks why, and nothing is lost. The clock stands still.")),),
                items,
            ),
            answered,
        )

    def action_step_out(self) -> None:
        """Leaves the table for a while, or comes back."""
        if self.view is not None:
            self.send(c.StepIn() if away(self.view) else c.StepOut())

    def _skippable(self) -> int | None:
        passages = self.query_one(Feed).on_screen
        return next((each.number for each in reversed(passages) if each.skippable), None)

    def action_skip(self) -> None:
        """Reads the gentler wording of the passage on screen instead."""
        number = self._skippable()
        if number is not None:
            self.send(c.Skip(number))

    def action_clock(self) -> None:
        """Shows or hides the time."""
        self.time_hidden = not self.time_hidden
        self._tell_state()

    def action_part(self, by: int) -> None:
        """Shows the next part where there is one column; moves the focus where there are two."""
        if self.has_class("-wide"):
            self.focus_next() if by > 0 else self.focus_previous()
            return
        at = PARTS.index(self.part)
        self._show_part(PARTS[(at + by) % len(PARTS)])
        if self.app.screen is self:
            self._focus_part()

    def action_page(self, direction: int) -> None:
        """Turns the pages of the situation, wherever the focus is."""
        feed = self.query_one(Feed)
        feed.page() if direction > 0 else feed.page_back()

    def action_pass_on(self) -> None:
        """Asks which role is to have the keyboard."""
        self.list_roles()

    @work(exclusive=True, group="roles")
    async def list_roles(self) -> None:
        """Brings the other roles at this keyboard, then asks."""
        from tabletop.console.screens.choice import ChoiceScreen

        others = await self.seating.everyone(self.role)
        chosen = await self.app.push_screen_wait(
            ChoiceScreen(
                say("Pass the keyboard?"),
                (plain(say("A curtain comes first, so that nobody reads what is not theirs.")),),
                (
                    *(
                        Item(
                            each.role,
                            f"{spaced(each.role)} · {each.name.split(',')[0]}",
                            plain=True,
                            quiet=say("a decision waits") if each.decides else "",
                        )
                        for each in others
                    ),
                    Item("", say("Go back"), plain=True),
                ),
            )
        )
        for each in others:
            if each.role == chosen:
                await self.seating.pass_on(self.console_app, each)

    def hand_over(self) -> None:
        """Draws the curtain before whoever is next."""
        if self.next_up is not None:
            self.call_later(self.seating.pass_on, self.console_app, self.next_up)

    def go_to_debrief(self) -> None:
        """Goes on to the debrief."""
        self.close_for_debrief()

    @work(group="seat")
    async def close_for_debrief(self) -> None:
        """Lets go of the exercise, so that the debrief reads what is stored."""
        await self.exercise.close()
        self.console_app.debrief(self.exercise.id)

    def action_back(self) -> None:
        """Leaves a field, then a part, then asks whether to leave."""
        focused = self.focused
        if isinstance(focused, Words):
            self.query_one("#options").focus()
            if self.focused is focused:
                self.query_one(Feed).focus()
            return
        if self.part != "situation":
            self._show_part("situation")
            self.query_one(Decision).take_focus()
            return
        from tabletop.console.screens.choice import ChoiceScreen

        def answered(choice: str | None) -> None:
            if choice == "leave":
                self.call_later(self.seating.leave, self.console_app)

        self.app.push_screen(
            ChoiceScreen(
                say("Leave the exercise?"),
                (plain(say("Everything is saved. Continue on the home screen goes on here.")),),
                (
                    Item("", say("Stay"), plain=True),
                    Item("leave", say("Leave"), plain=True),
                ),
            ),
            answered,
        )

    def commands(self) -> Iterable[Command]:
        """This screen's commands in the palette: verbs only, nothing anybody knows."""
        listed = (
            ("share", say("Share what you know"), say("With one role at a time")),
            ("say", say("Say something"), say("To one role or to everyone")),
            ("notes", say("Notes"), say("Only you see them")),
            ("brief", say("Your brief"), say("Read it again")),
            ("earlier", say("Earlier scenes"), say("Read them again")),
            ("terms", say("Terms"), say("Explains those on screen")),
            ("skip", say("Gentler wording"), say("Of the passage on screen")),
            ("pause", say("Pause or resume"), say("For everyone")),
            ("step_out", say("Step out or in"), say("Nobody waits for you")),
            ("clock", say("Show or hide the time"), say("In the first line")),
            ("pass_on", say("Pass the keyboard"), say("To another role at this keyboard")),
        )
        for action, name, does in listed:
            if self.check_action(action, ()):
                yield name, does, action
        yield say("Leave the exercise"), say("Everything is saved"), "back"

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "Read the situation above, then answer below. What only you know stands beside it. "
            "Everything you do is saved at once."
        )


def _beginning(view: PlayerView) -> int:
    """Where reading begins: after the brief at first, later with the newest scene."""
    here = view.scene.id if view.scene else ""
    for index, passage in enumerate(view.feed):
        if passage.scene == here and passage.kind != "brief":
            return index
    return 0
