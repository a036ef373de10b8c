"""Exercise: what one does at one's seat, from the first scene to the end.

What a person does comes up from the parts as messages, or from the keys as actions, and goes out
as commands; a refusal comes back as a sentence beside the decision, and nothing written is lost.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import BindingType

from tabletop.conduct.connection import Rejected
from tabletop.console.agenda import away, needing
from tabletop.console.keys import bind
from tabletop.console.screens import questions
from tabletop.console.screens.base import Command
from tabletop.console.screens.reading import ReadingScreen
from tabletop.console.screens.seat import SeatScreen
from tabletop.console.widgets.answers import Answers
from tabletop.console.widgets.decision import Decision, Words
from tabletop.console.widgets.feed import Feed
from tabletop.console.widgets.parts import PARTS, Part
from tabletop.console.widgets.picker import Picker
from tabletop.console.widgets.side import Side
from tabletop.exercise import commands as c
from tabletop.exercise.view_types import OfferView
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.screens.saying import Spoken


class ExerciseScreen(ReadingScreen):
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
        bind("exercise.care", "care", say("Stop for care")),
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
        "exercise.care",
        "exercise.on",
        "exercise.reason",
        "exercise.share",
        "exercise.notes",
        "exercise.pause",
        "exercise.step_out",
    )
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

    unsaid: "Spoken | None" = None
    """What was to be said and has not been accepted."""

    @on(SeatScreen.Answered)
    def answered(self, message: SeatScreen.Answered) -> None:
        """Shows a refusal by the decision; nothing that was written is lost."""
        if self.gone:
            return
        command, answer = message.command, message.answer
        self.sending = max(0, self.sending - 1)
        self._tell_state()
        if isinstance(command, c.Acknowledge):
            return
        if isinstance(answer, Rejected):
            self.decision.refuse(answer.sentence)
            return
        self.decision.refuse("")
        if isinstance(command, c.Commit):
            self.keep_draft(command.decision, "")
        if isinstance(command, c.Say):
            self.unsaid = None
            if command.about:
                self.advised.add(command.about)
                self.decision.drafts.pop(command.about, None)
                self.keep_draft(command.about, "")
                if self._ask():
                    self.call_after_refresh(self._settle_focus)

    @on(Decision.Done)
    def _done(self, message: Decision.Done) -> None:
        message.stop()
        draft = message.draft
        match message.does:
            case "commit":
                sure: c.Confidence = draft.confidence  # type: ignore[assignment]
                because = draft.because
                self.send(
                    *self.acknowledging(),
                    c.Commit(message.decision, draft.option, draft.reason.strip(), because, sure),
                )
            case "settle":
                self.send(c.Settle(message.decision))
            case "choose":
                self.send(c.Settle(message.decision, draft.option, draft.reason.strip()))
            case "advise":
                self.send(c.Say("", draft.reason.strip(), message.decision))
            case "advance":
                self.send(*self.acknowledging(), c.Advance())
            case "step_in":
                self.send(c.StepIn())
            case "resume":
                self.send(c.Resume())
            case "hand_over":
                self.hand_over()
            case "debrief":
                self.close_for_debrief()

    @on(Decision.Drafted)
    def _drafted(self, message: Decision.Drafted) -> None:
        message.stop()
        self.keep_draft(message.decision, message.draft.stored())
        # A letter of the reason changes nothing of what is asked.
        if message.draft.option != self.picked:
            self._ask()

    @on(Side.Wanted)
    def _sharing(self, message: Side.Wanted) -> None:
        message.stop()
        offer, view = message.offer, self.view
        if view is None:
            return

        def answered(choice: str | None) -> None:
            if choice == "share":
                self._shared(offer)

        self.app.push_screen(questions.sharing(offer, view), answered)

    def _shared(self, offer: OfferView) -> None:
        self.send(*self.acknowledging(), c.Share(offer.fact, offer.to))

    @on(Picker.Wanted)
    def _wanted_part(self, message: Picker.Wanted) -> None:
        message.stop()
        self._turn_to(next(part for part in PARTS if part == message.item))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Which keys do something now."""
        view, ask = self.view, self.decision.ask
        if view is None or self.gone:
            return action in ("back", "page", "clock")
        match action:
            case "on":
                return len(needing(view, self.advised)) > 1 or "advance" in view.may
            case "reason":
                return bool(ask.words)
            case "confidence":
                return ask.words == "reason"
            case "share":
                return bool(view.offers) and view.status == "running"
            case "say":
                return "say" in view.may
            case "pause":
                return "pause" in view.may or "resume" in view.may
            case "care":
                return "stop_for_care" in view.may
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
            self.decision.take_focus()
        elif "advance" in view.may:
            self.send(*self.acknowledging(), c.Advance())

    def action_choose(self, number: int) -> None:
        """Chooses an answer by its number while reading."""
        self.decision.choose(number)

    def action_reason(self) -> None:
        """Goes to the reason."""
        self.decision.focus_reason()

    def action_confidence(self) -> None:
        """Goes to how sure one is."""
        self.decision.focus_confidence()

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

        self.app.push_screen(
            SayingScreen(self.view.people, self.unsaid, facilitated=self.view.facilitated), spoken
        )

    def action_notes(self) -> None:
        """Opens one's notes."""
        if self.connection is not None:
            from tabletop.console.screens.notes import NotesScreen

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
        texts += [passage.text for passage in self.feed.on_screen]
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

        def answered(choice: str | None) -> None:
            if choice == "pause":
                self.send(c.Pause())
            elif choice == "step_out":
                self.send(c.StepOut())

        self.app.push_screen(questions.pausing(view), answered)

    def action_care(self) -> None:
        """Asks whether to stop for everyone, for one's own sake or somebody else's."""
        view = self.view
        if view is None:
            return

        def answered(choice: str | None) -> None:
            if choice == "step_out":
                self.send(c.StepOut())
            elif choice:
                self.send(c.StopForCare(named=choice == "named"))

        self.app.push_screen(questions.caring(view), answered)

    def action_step_out(self) -> None:
        """Leaves the table for a while, or comes back."""
        if self.view is not None:
            self.send(c.StepIn() if away(self.view) else c.StepOut())

    def _skippable(self) -> int | None:
        shown = reversed(self.feed.on_screen)
        return next((each.number for each in shown if each.skippable), None)

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
        self._turn_to(PARTS[(at + by) % len(PARTS)])

    def _turn_to(self, part: Part) -> None:
        """Shows another part; the notes have a page of their own."""
        if part == "notes":
            self.action_notes()
            return
        self._show_part(part)
        self._focus_part()

    def action_page(self, direction: int) -> None:
        """Turns the pages of the situation, wherever the focus is."""
        self.feed.page() if direction > 0 else self.feed.page_back()

    def action_pass_on(self) -> None:
        """Asks which role is to have the keyboard."""
        self.list_roles()

    @work(exclusive=True, group="roles")
    async def list_roles(self) -> None:
        """Brings the other roles at this keyboard, then asks."""
        others = await self.seating.everyone(self.role)
        chosen = await self.app.push_screen_wait(
            questions.passing(others, trial=self.seating.trial)
        )
        for each in others:
            if each.role == chosen:
                await self.seating.pass_on(self.console_app, each)

    def action_back(self) -> None:
        """Leaves a field, then a part, then asks whether to leave."""
        focused = self.focused
        if isinstance(focused, Words):
            self.query_one("#options").focus()
            if self.focused is focused:
                self.feed.focus()
            return
        if self.part != "situation":
            self._show_part("situation")
            self.decision.take_focus()
            return

        def answered(choice: str | None) -> None:
            if choice == "leave":
                self.call_later(self.seating.leave, self.console_app)

        self.app.push_screen(questions.leaving(trial=self.seating.trial), answered)

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
            ("care", say("Stop for care"), say("For everyone; with or without your name")),
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
