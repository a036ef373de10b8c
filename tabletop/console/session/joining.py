"""Joining: to which session, with which code, and as whom; or back to a seat kept here."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from tabletop.conduct.session.protocol import Joining
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.typeset import plain
from tabletop.console.widgets.decision import Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.sheet import Sheet
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.session.kept_seats import KeptSeat

LONGEST = 200
MOST_SEATS = 3
"""How many seats to go back to are offered."""


class Back(Verb):
    """The way back to a seat that is kept here."""

    def __init__(self, seat: "KeptSeat") -> None:
        """Takes the seat."""
        at = seat.address.partition("//")[2]
        super().__init__(
            say("Back to {title} as {name}, at {at}", title=seat.title, name=seat.name, at=at)
        )
        self.seat = seat


class JoiningScreen(BaseScreen[None]):
    """Where to, with which code, and as whom; or back to a seat that is kept here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("field.up", "app.focus_previous", say("Field before"), show=False),
        bind("field.down", "app.focus_next", say("Field after"), show=False),
    ]
    HINTS = ("words.done", "verb.press")
    CSS = """
    JoiningScreen Words { height: 1; border: none; padding: 0 1; background: $surface; }
    JoiningScreen Words:focus { background: $cursor; color: $text; }
    JoiningScreen Verb { margin-top: 1; }
    JoiningScreen Back { margin: 0; }
    """

    def __init__(self) -> None:
        """Looks which seats are kept here."""
        super().__init__()
        rooms = self.console_app.rooms
        self.seats = rooms.seats()[:MOST_SEATS] if rooms is not None else ()

    def compose(self) -> ComposeResult:
        """The seats, the fields and the verb."""
        yield Heading(say("Join a session"))
        fields = (
            ("address", say("The address, as the facilitator shows it")),
            ("code", say("The code; it may stay empty where the address holds it")),
            ("called", say("Your name, or what you want to be called there")),
            ("wish", say("The role you would like; it may stay empty")),
        )
        with Page():
            for seat in self.seats:
                yield Back(seat)
            if self.seats:
                yield Sheet((plain(say("Or join as somebody new."), gap=1),), classes="said")
            for id, label in fields:
                yield Sheet((plain(label, gap=0 if id == "address" else 1),))
                yield Words(max_length=LONGEST, compact=True, id=id, select_on_focus=False)
            yield Verb(say("Join"))
        yield Footer()

    def on_mount(self) -> None:
        """Begins with the last seat, else with the address."""
        super().on_mount()
        self.query("Back, #address").first().focus()

    def about(self) -> str:
        """What this screen is for."""
        return say(
            "What you do is recorded on the facilitator's computer and read by those at the table "
            "as the exercise allows; the facilitator deletes it. Arrows go from field to field. A "
            "seat you left for now is kept on this computer for a week and stands at the top."
        )

    @on(Input.Submitted)
    def next_field(self, message: Input.Submitted) -> None:
        """Goes on to the next field, and from the last to joining."""
        if message.input.id == "wish":
            self.join()
        else:
            self.app.action_focus_next()

    @on(Verb.Pressed)
    def pressed(self, message: Verb.Pressed) -> None:
        """Goes back to a seat, or joins."""
        if isinstance(message.verb, Back):
            self.console_app.join(Joining(seat=message.verb.seat))
        else:
            self.join()

    def join(self) -> None:
        """Joins once there is enough to."""
        given = {field.id or "": safe.clean(field.value).strip() for field in self.query(Words)}
        for needed in ("address", "called"):
            if not given[needed]:
                self.query_one(f"#{needed}").focus()
                return
        wish = given["wish"].casefold().replace(" ", "_")
        self.console_app.join(Joining(given["address"], given["code"], given["called"], wish))
