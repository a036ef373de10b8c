"""Side: what only this seat knows, what it could share, and who is at the table."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import Static

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.answers import Answers, Item
from tabletop.console.widgets.sheet import Sheet
from tabletop.exercise.view_types import ConsentView, FactView, OfferView, PersonView, PlayerView
from tabletop.wording import say


class Side(VerticalScroll, can_focus=True):
    """The right-hand column, or one part of it at a time."""

    BINDINGS = [
        bind("move.up", "scroll_up", say("Up"), show=False),
        bind("move.down", "scroll_down", say("Down"), show=False),
        bind("move.first", "scroll_home", say("First"), show=False),
        bind("move.last", "scroll_end", say("Last"), show=False),
    ]
    DEFAULT_CSS = """
    Side {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        Vertical { height: auto; margin: 0 0 1 0; }
        .side-heading { height: 1; color: $quiet; text-style: bold; padding: 0 1; }
        #know { border: round $private; border-title-color: $private;
                border-title-style: bold; padding: 0 1; }
        #told-to-me, #consents, #people-list, #nothing-to-share { padding: 0 1; }
        &:focus #know { border: heavy $private; }
    }
    """

    @dataclass
    class Wanted(Message):
        """A fact is to be shared."""

        offer: OfferView

    def __init__(self, *, id: str | None = None) -> None:
        """Empty sections."""
        super().__init__(id=id)
        self._offers: tuple[OfferView, ...] = ()

    def compose(self) -> ComposeResult:
        """The sections in order."""
        with Vertical(id="part-know"):
            yield Sheet(id="know")
            yield Static(
                safe.label(say("TOLD TO YOU")), id="told-to-me-heading", classes="side-heading"
            )
            yield Sheet(id="told-to-me")
        with Vertical(id="part-share"):
            yield Static(
                safe.label(say("YOU COULD SHARE")), id="share-heading", classes="side-heading"
            )
            yield Answers(numbered=False, chooses=False, id="offers")
            yield Sheet(id="nothing-to-share")
            yield Static(safe.label(say("CONSENTS")), id="consents-heading", classes="side-heading")
            yield Sheet(id="consents")
        with Vertical(id="part-people"):
            yield Static(safe.label(say("PEOPLE")), classes="side-heading")
            yield Sheet(id="people-list")

    def on_mount(self) -> None:
        """Labels the private frame in words, since a colour alone says nothing."""
        safe.set_border_title(self.query_one("#know"), say("ONLY YOU KNOW"))

    def show(self, view: PlayerView) -> None:
        """Takes what the view holds; a part that has not changed draws nothing."""
        own = [fact for fact in view.facts if fact.how != "shared"]
        told = [fact for fact in view.facts if fact.how == "shared"]
        self.query_one("#know", Sheet).blocks = facts(own) or (
            plain(say("Nothing yet that only you know."), "note"),
        )
        self.query_one("#told-to-me", Sheet).blocks = facts(told)
        self.query_one("#told-to-me-heading").display = bool(told)
        self._offers = view.offers
        self.query_one("#offers", Answers).items = tuple(
            Item(f"{offer.fact}>{offer.to}", offer.title, plain=True, quiet=f"→ {spaced(offer.to)}")
            for offer in view.offers
        )
        self.query_one("#nothing-to-share", Sheet).blocks = (
            () if view.offers else (plain(say("Nothing that could be shared now."), "note"),)
        )
        self.query_one("#consents", Sheet).blocks = consents(view.consents)
        self.query_one("#consents-heading").display = bool(view.consents)
        self.query_one("#people-list", Sheet).blocks = people(view.people)

    @on(Answers.Confirmed, "#offers")
    def _offered(self, message: Answers.Confirmed) -> None:
        message.stop()
        for offer in self._offers:
            if f"{offer.fact}>{offer.to}" == message.item:
                self.post_message(self.Wanted(offer))

    def about(self) -> str:
        """What one does here."""
        return say(
            "What stands in the frame only you know. Under “you could share” stands everything "
            "that could be told to someone, wise or not: enter on a line asks once more before "
            "anything is told, and what is told can't be taken back."
        )


def facts(known: list[FactView]) -> tuple[Block, ...]:
    """Facts as a list, each with its name, its text and what is to be kept in mind."""
    found: list[Block] = []
    for fact in known:
        text = blocks(fact.text)
        named = fact.title and not fact.text.startswith(fact.title.rstrip(" …"))
        gap = 1 if found else 0
        if named:
            found.append(Block(plain(fact.title).text, (), "strong", "▪ ", "  ", gap))
        for number, block in enumerate(text):
            begins = number == 0 and not named
            lead = "▪ " if begins else "  "
            space = gap if begins else 0 if number == 0 else block.gap
            found.append(
                Block(
                    block.text,
                    block.spans,
                    block.kind,
                    lead + block.first,
                    "  " + block.rest,
                    space,
                )
            )
        notes = [fact.class_title]
        if fact.disclosable:
            notes.append(say("may have to be disclosed to the defense"))
        line = " · ".join(note for note in notes if note)
        if line:
            found.append(Block(plain(line).text, (), "note", "  ", "  "))
    return tuple(found)


def consents(given: tuple[ConsentView, ...]) -> tuple[Block, ...]:
    """Consents, each with whether it is in force."""
    states = {
        "in force": say("in force"),
        "ended": say("ended"),
        "not given": say("not given"),
    }
    found: list[Block] = []
    for consent in given:
        found.append(Block(plain(consent.text).text, (), "text", "▪ ", "  "))
        found.append(Block(plain(states[consent.state]).text, (), "note", "  ", "  "))
    return tuple(found)


def people(present: tuple[PersonView, ...]) -> tuple[Block, ...]:
    """Who is at the table: role, name, and who plays it."""
    who = {
        "you": say("you"),
        "player": "",
        "stand-in": say("stand-in"),
        "joins later": say("joins later"),
        "away": say("stepped out"),
    }
    widest = max((len(spaced(person.role)) for person in present), default=0)
    found = []
    for person in present:
        role = spaced(person.role).ljust(widest)
        label = who[person.who]
        names = ", ".join(person.people)
        name = plain(names or person.name.split(",")[0]).text
        text = f"{name} · {label}" if label else name
        kind = "strong" if person.who == "you" else "text"
        found.append(
            Block(
                text,
                (),
                "strong" if kind == "strong" else "text",
                f"{plain(role).text}  ",
                " " * (widest + 2),
            )
        )
    return tuple(found)
