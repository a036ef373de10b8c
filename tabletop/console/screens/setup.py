"""Setup: what an exercise contains, who to be, and three sentences before it starts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.widgets.option_list import Option

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe, told
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Command, Heading, Page
from tabletop.console.widgets.choices import Choices
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.verb import Verb
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Loaded, RoleCard, ScenarioCard


class Cast(Choices):
    """The roles one may take."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "Enter chooses the role you play. Space adds another, or takes it back: several "
            "people can play at one keyboard, and a curtain falls between what each may see. "
            "Roles nobody plays are taken by stand-ins."
        )


class Skips(Choices):
    """The themes one may leave out."""

    def about(self) -> str:
        """What one does here."""
        return say(
            "A passage on a theme you mark here is told in a few plain words instead. The story "
            "and every decision stay the same, and nobody is told. While you play you can skip "
            "any single passage as well."
        )


class SetupScreen(BaseScreen[None]):
    """The last page before an exercise."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("setup.start", "start", say("Start"))]
    HINTS = ("setup.start", "list.select", "list.mark", "page_down")
    CSS = """
    SetupScreen #contains { margin-top: 1; }
    SetupScreen #start { dock: bottom; margin: 1 3; }
    SetupScreen.-narrow #start { margin: 1 2; }
    """

    class Found(Message):
        """The scenario's card is known."""

        def __init__(self, card: "ScenarioCard") -> None:
            super().__init__()
            self.card = card

    class Checked(Message):
        """The scenario has been read whole, or can't be played, with the reason."""

        def __init__(self, loaded: "Loaded | None", problem: str = "") -> None:
            super().__init__()
            self.loaded = loaded
            self.problem = problem

    def __init__(
        self,
        ref: str,
        roles: tuple[str, ...] = (),
        seed: int | None = None,
        skips: tuple[str, ...] = (),
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self.ref = ref
        self.wished = roles
        self.seed = seed
        self.skips = skips
        self.parameters = parameters
        self.card: ScenarioCard | None = None
        self.loaded: Loaded | None = None

    def compose(self) -> ComposeResult:
        """An empty page; the card fills it."""
        yield Heading(say("Before you start"))
        with Page(id="setup"):
            yield safe.static("", id="card")
        yield Verb(say("Start"), id="start")
        yield Footer()

    def about(self) -> str:
        """What this screen is for."""
        return say("Read what the exercise contains, choose who you are, and start.")

    def commands(self) -> tuple[Command, ...]:
        """Starting, for the palette."""
        return ((say("Start"), say("Begin the exercise in the roles chosen"), "start"),)

    def on_mount(self) -> None:
        """Looks the scenario up, away from the screen."""
        self.query_one("#start").display = False
        self.find()

    def on_screen_resume(self) -> None:
        """Offers to start again, where starting failed."""
        if self.card is not None and self.query(Cast):
            self.name_start()

    @work(thread=True, exclusive=True, group="find")
    def find(self) -> None:
        """Shows the card from the library at once, then reads the scenario whole.

        A scenario named by its file has no card on the shelf: it is shown once it has been read.
        """
        library = self.console_app.library
        try:
            card = next((each for each in library.cards() if each.slug == self.ref), None)
            if card is not None and not card.problem:
                self.post_message(self.Found(card))
            loaded = library.load(self.ref)
            if card is None:
                self.post_message(self.Found(card_of(loaded)))
        except TabletopError as error:
            self.post_message(self.Checked(None, str(error)))
        else:
            self.post_message(self.Checked(loaded))

    @on(Checked)
    def check(self, message: Checked) -> None:
        """Keeps the scenario for the start, or says why there is nothing to start."""
        self.loaded = message.loaded
        if message.problem:
            self.dismiss()
            self.console_app.problem(message.problem)

    @on(Found)
    async def take(self, message: Found) -> None:
        """Fills the page."""
        card = message.card
        self.card = card
        page = self.query_one("#setup", Page)
        self.query_one(Heading).update(
            safe.parts((card.title, "bold"), "   ", (told.minutes(card), "$quiet"))
        )
        self.query_one("#card", Static).update(safe.prose(told.unwrapped(card.summary)))
        await page.mount_all(self.sections(card))
        start = self.query_one("#start", Verb)
        start.display = True
        self.name_start()
        start.focus()

    def sections(self, card: "ScenarioCard") -> list[Widget]:
        """What the page holds below the summary."""
        known = [role.id for role in card.roles]
        chosen = [id for id in self.wished if id in known] or known[:1]
        held: list[Widget] = [
            safe.static(contains(card), id="contains"),
            safe.static(say("Your role"), classes="part"),
        ]
        held.append(
            Cast(
                [role_line(role) for role in card.roles],
                marks="many",
                chosen=chosen,
                least=1,
                alone=True,
                id="cast",
            )
        )
        held += [
            safe.static(say("Before you start"), classes="part"),
            safe.static(ground_rules(), id="rules"),
        ]
        if card.themes:
            held += [
                safe.static(say("Skip passages like this"), classes="part"),
                Skips(
                    [
                        Choices.line(told.spaced(name).capitalize(), id=name)
                        for name, _ in card.themes
                    ],
                    marks="many",
                    chosen=self.skips,
                    id="skips",
                ),
            ]
        return held

    @on(Choices.Changed, "#cast")
    def cast_changed(self, message: Choices.Changed) -> None:
        """Says who starts, and offers to."""
        self.name_start()
        if message.alone:
            self.query_one("#start", Verb).focus()

    def roles(self) -> tuple[str, ...]:
        """The roles chosen, in the scenario's order."""
        chosen = self.query_one(Cast).chosen
        return tuple(role.id for role in self.card.roles if role.id in chosen) if self.card else ()

    def name_start(self) -> None:
        """Says on the line to press who starts."""
        names = {role.id: told.called(role.name) for role in self.card.roles} if self.card else {}
        who = told.listed(safe.one_line(names[id], 40) for id in self.roles())
        self.query_one("#start", Verb).words = say("Start as {who}", who=who)

    @on(Verb.Pressed)
    def action_start(self) -> None:
        """Begins the exercise."""
        if self.card is None:
            return
        self.query_one("#start", Verb).words = say("Starting …")
        found = self.query(Skips)
        themes = tuple(sorted(found.first().chosen)) if found else ()
        self.console_app.begin(
            self.loaded or self.ref,
            self.roles(),
            seed=self.seed,
            skips=dict.fromkeys(self.roles(), themes) if themes else {},
            parameters=self.parameters,
        )


def card_of(loaded: "Loaded") -> "ScenarioCard":
    """The card of a scenario that is not on the shelf."""
    from tabletop.conduct.library import RoleCard, ScenarioCard

    scenario = loaded.scenario
    return ScenarioCard(
        slug=loaded.slug,
        path=loaded.path,
        title=scenario.title,
        summary=scenario.summary,
        minutes_alone=scenario.minutes.alone,
        minutes_group=scenario.minutes.group,
        themes=tuple(scenario.themes.items()),
        roles=tuple(
            RoleCard(
                id=id,
                name=role.name,
                discipline=role.discipline,
                hat=role.hat or "",
                line=role.line or "",
                joins_title=(role.joins and scenario.scenes[role.joins].title) or "",
            )
            for id, role in scenario.roles.items()
        ),
    )


def role_line(role: "RoleCard") -> Option:
    """A role's card: name, discipline, a line, and when it joins."""
    joins = ""
    if role.joins_title:
        joins = say("joins later, with {scene}", scene=role.joins_title)
    below = " · ".join(part for part in (told.discipline(role), joins) if part)
    pieces: list[str | tuple[str, str]] = [(role.name, "bold"), (f"  {below}", "$quiet")]
    if role.line:
        pieces += ["\n", told.unwrapped(role.line)]
    return Option(safe.parts(*pieces), id=role.id)


def contains(card: "ScenarioCard") -> Content:
    """What the exercise contains, in one paragraph."""
    if not card.themes:
        return safe.prose(say("It contains nothing that calls for a content note."))
    notes = [(note or told.spaced(name)).strip() for name, note in card.themes]
    told_of = " ".join(note if note.endswith(".") else f"{note}." for note in notes)
    return safe.parts((say("What it contains"), "bold"), "  ", told_of)


def ground_rules() -> str:
    """Three sentences before anyone starts."""
    return say(
        "There are no right answers on the spot; what an answer cost and kept comes afterwards. "
        "Pause or step out whenever you like, without a reason. "
        "Your answers, reasons and shares are recorded on this computer and nowhere else; only "
        "who can open your files can read them."
    )
