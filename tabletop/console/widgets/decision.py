"""Decision: the lower part of the exercise screen, where the one thing to do now is done.

All its parts are mounted once and shown as the agenda says, so nothing that has the focus ever
goes away under a person's hands. Half-written answers are kept by decision and given upwards to
be stored.
"""

import json
from dataclasses import asdict, dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input, Static

from tabletop.console import safe
from tabletop.console.agenda import Ask, Does
from tabletop.console.keys import bind
from tabletop.console.typeset import plain
from tabletop.console.widgets.answers import Answers, Item
from tabletop.console.widgets.confidence import Confidence
from tabletop.console.widgets.rule import Rule
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say

LONGEST = 500
"""The most characters of a reason or an advice."""


@dataclass(slots=True)
class Draft:
    """An answer as far as it is written."""

    option: str = ""
    because: str = ""
    reason: str = ""
    confidence: int = 0

    def stored(self) -> str:
        """As it is kept beside the record."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def restored(cls, text: str) -> "Draft":
        """From what was kept, or an empty one where that can't be read."""
        try:
            kept = json.loads(text)
            return cls(
                str(kept["option"]),
                str(kept["because"]),
                str(kept["reason"])[:LONGEST],
                min(4, max(0, int(kept["confidence"]))),
            )
        except (ValueError, TypeError, KeyError):
            return cls()


class Options(Answers):
    """The answers to the decision."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.select", "choose", say("Choose, again to commit"), show=False),
    ]

    def about(self) -> str:
        """What one does here."""
        return say(
            "Arrows or numbers point at an answer, enter chooses it, and a second enter commits. "
            "Between the two you may say why, and how sure you are."
        )


class Words(Input):
    """One line for a person's own words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("words.done", "submit", say("Done"), show=False),
    ]

    # Textual lays the whole screen out at each letter; this field's place never changes.
    virtual_size = Reactive(Size(0, 0), layout=False)
    """How long what is written is."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Your own words, in a line. Alone it may stay empty. Enter goes on, escape leaves "
            "the field; what you have written stays."
        )


class Decision(Vertical):
    """What is asked now, and the means to answer it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    DEFAULT_CSS = """
    Decision {
        height: auto;
        #asking { height: auto; padding: 0 1 0 2; scrollbar-size-vertical: 1;
                  scrollbar-gutter: stable; }
        #options { margin: 1 0 0 0; }
        #because { margin: 0; }
        #because-label { height: 1; margin: 1 0 0 0; color: $quiet; }
        #form { height: auto; margin: 1 0 0 0; }
        #words-row { height: 1; }
        #words-label { width: auto; padding: 0 2 0 0; color: $quiet; }
        #words { width: 1fr; height: 1; border: none; padding: 0 1; background: $surface; }
        #words:focus { background: $cursor; color: $text; }
        Verb { height: 1; width: auto; padding: 0 1 0 0; color: $accent; text-style: bold; }
        Verb:focus { background: $accent; color: $on-accent; }
        #act { margin: 1 0 0 0; }
        #notice { padding: 0 2; color: $warning; text-style: bold; }
    }
    """

    @dataclass
    class Done(Message):
        """The person has done what was asked."""

        does: Does
        decision: str
        draft: Draft

    @dataclass
    class Drafted(Message):
        """An answer is written so far."""

        decision: str
        draft: Draft

    def __init__(self, *, id: str | None = None) -> None:
        """Asks nothing yet."""
        super().__init__(id=id)
        self.ask = Ask("")
        self.drafts: dict[str, Draft] = {}
        self._form_wanted = False
        self._filling = False

    def compose(self) -> ComposeResult:
        """Every part there can be, in the order they are come to."""
        yield Rule(id="asking-rule")
        with VerticalScroll(id="asking", can_focus=False):
            yield Sheet(id="told")
            yield Options(id="options")
            yield Static(safe.label(say("Which reason comes closest?")), id="because-label")
            yield Answers(id="because")
            with Vertical(id="form"):
                with Horizontal(id="words-row"):
                    yield Static(safe.label(say("Why?")), id="words-label")
                    yield Words(id="words", max_length=LONGEST, compact=True, select_on_focus=False)
                yield Confidence(id="confidence")
            yield Verb("", id="act")
            yield Verb("", id="other")
        yield Sheet(id="notice")

    @property
    def draft(self) -> Draft:
        """The answer so far to the decision on the table."""
        return self.drafts.setdefault(self._on_table, Draft())

    @property
    def _on_table(self) -> str:
        return self.ask.decision.id if self.ask.decision else ""

    @property
    def picked(self) -> str:
        """The option chosen so far."""
        return self.draft.option if self._on_table else ""

    def show(self, ask: Ask) -> None:
        """Asks this."""
        moved = ask.decision is None or ask.decision.id != self._on_table
        before, self.ask = self.ask, ask
        if moved:
            self._form_wanted = False
            self.refuse("")
            self._fill()
            self.query_one("#asking").scroll_home(animate=False)
        if ask != before:
            self._lay(ask)

    def refuse(self, sentence: str) -> None:
        """Says why something was not accepted, where it was asked."""
        self.query_one("#notice", Sheet).blocks = (plain(sentence),) if sentence else ()

    def take_focus(self) -> None:
        """Goes to the first thing there is to do."""
        for part in self._stops():
            part.focus()
            return

    def focus_reason(self) -> None:
        """Goes to the field for the reason."""
        if self.ask.words:
            self._form_wanted = True
            self._lay(self.ask)
            self.query_one("#words").focus()

    def focus_confidence(self) -> None:
        """Goes to the words for how sure one is."""
        if self.ask.words == "reason":
            self._form_wanted = True
            self._lay(self.ask)
            self.query_one(Confidence).focus()

    def choose(self, number: int) -> None:
        """Chooses an option by number from elsewhere."""
        if self.ask.answers:
            answers = self.query_one("#options", Answers)
            answers.focus()
            answers.action_number(number)

    def _stops(self) -> list[Widget]:
        ask = self.ask
        act = self.query_one("#act")
        options = self.query_one("#options")
        words = self.query_one("#words")
        if ask.words == "advice":
            return [words]
        if ask.answers and ask.does in ("", "commit", "choose"):
            return [options]
        return [act] if ask.act else [options] if ask.answers else []

    def _lay(self, ask: Ask) -> None:
        """Shows the parts the agenda asks for."""
        rule = self.query_one(Rule)
        rule.heading, rule.remark = ask.heading, ask.remark
        self.query_one("#told", Sheet).blocks = ask.told
        decision = ask.decision
        options = self.query_one("#options", Answers)
        options.items = (
            tuple(Item(option.id, option.text) for option in decision.options)
            if decision and ask.answers
            else ()
        )
        form = ask.words == "advice" or (
            ask.words == "reason" and (bool(self.draft.option) or self._form_wanted)
        )
        reasons = decision.reasons if decision and form and ask.words == "reason" else ()
        self.query_one("#because-label").display = bool(reasons)
        self.query_one("#because", Answers).items = tuple(
            Item(reason.id, reason.text, plain=True) for reason in reasons
        )
        self.query_one("#form").display = form
        self.query_one(Confidence).display = ask.words == "reason"
        self.query_one("#words-label", Static).update(
            safe.label(say("Why?") if ask.words == "reason" else say("Your advice"))
        )
        for id, words in (("#act", ask.act), ("#other", ask.other)):
            verb = self.query_one(id, Verb)
            verb.words = words
            verb.display = bool(words)

    def _fill(self) -> None:
        """Puts the answer so far into the parts."""
        draft = self.draft if self._on_table else Draft()
        mine = self.ask.decision.mine if self.ask.decision else None
        if mine is not None and not draft.option:
            draft.option, draft.reason = mine.option, mine.reason
            draft.confidence = mine.confidence
            because = (
                [r.id for r in self.ask.decision.reasons if r.text == mine.because]
                if self.ask.decision
                else []
            )
            draft.because = because[0] if because else ""
        self._filling = True
        options = self.query_one("#options", Answers)
        options.chosen = draft.option
        self.query_one("#because", Answers).chosen = draft.because
        self.query_one("#words", Input).value = safe.field(draft.reason, LONGEST)
        self.query_one(Confidence).value = draft.confidence
        self._filling = False
        if self.ask.decision:
            ids = [option.id for option in self.ask.decision.options]
            options.here = ids.index(draft.option) if draft.option in ids else 0

    def _changed(self) -> None:
        if self._on_table and not self._filling:
            self.post_message(self.Drafted(self._on_table, self.draft))

    def _do(self, does: Does) -> None:
        if does:
            self.post_message(self.Done(does, self._on_table, self.draft))

    @on(Answers.Chosen, "#options")
    def _option_chosen(self, message: Answers.Chosen) -> None:
        message.stop()
        self.draft.option = message.item
        self.refuse("")
        self._changed()
        # The agenda follows in a moment; the focus goes on at once, to parts that are there.
        self._lay(self.ask)
        self._on_to_reason()

    def _on_to_reason(self) -> None:
        mine = self.ask.decision.mine if self.ask.decision else None
        if self.ask.words != "reason" or (mine and mine.option == self.draft.option):
            return
        because = self.query_one("#because", Answers)
        if because.display and not self.draft.because:
            because.focus()
        else:
            self.query_one("#words").focus()

    @on(Answers.Confirmed, "#options")
    def _option_confirmed(self, message: Answers.Confirmed) -> None:
        message.stop()
        self._do(self.ask.confirm)

    @on(Answers.Chosen, "#because")
    def _because_chosen(self, message: Answers.Chosen) -> None:
        message.stop()
        self.draft.because = message.item
        self._changed()
        self.query_one("#words").focus()

    @on(Input.Changed, "#words")
    def _written(self, message: Input.Changed) -> None:
        message.stop()
        # The message may be older than what has been filled in since.
        written = message.input.value
        if self._on_table and written != self.draft.reason:
            self.draft.reason = written
            self._changed()

    @on(Input.Submitted, "#words")
    def _submitted(self, message: Input.Submitted) -> None:
        message.stop()
        if self.ask.words == "advice":
            self._do("advise")
        elif self.draft.option:
            self._do(self.ask.confirm)
        else:
            self.query_one("#options").focus()

    @on(Confidence.Changed)
    def _weighed(self, message: Confidence.Changed) -> None:
        message.stop()
        self.draft.confidence = message.value
        self._changed()

    @on(Confidence.Confirmed)
    def _sure(self, message: Confidence.Confirmed) -> None:
        message.stop()
        if self.draft.option:
            self._do(self.ask.confirm)
        else:
            self.query_one("#options").focus()

    @on(Verb.Pressed, "#act")
    def _acted(self, message: Verb.Pressed) -> None:
        message.stop()
        self._do(self.ask.does)

    @on(Verb.Pressed, "#other")
    def _changed_mind(self, message: Verb.Pressed) -> None:
        message.stop()
        self._do("commit")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keeps what has the focus in sight."""
        self.call_after_refresh(self._into_sight, event.widget)

    def _into_sight(self, widget: Widget) -> None:
        if isinstance(widget, Answers):
            widget.reveal()
        else:
            widget.scroll_visible(animate=False)

    def about(self) -> str:
        """What one does here."""
        return say("What there is to do now, in one line. Enter does it.")
