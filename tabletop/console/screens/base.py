"""The base of every screen: its help, its way out and its guard against too little room.

A screen composes a heading, a `Page` that scrolls and a `Footer`. Help asks what has the focus,
then what holds it, then the screen: the first that has an `about()` answers.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Protocol, cast, runtime_checkable

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen, ScreenResultType
from textual.widgets import Static

from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.widgets.size_guard import SizeGuard, too_small
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.console.app import TabletopApp

Command = tuple[str, str, str]
"""A command for the palette: its name, what it does, and the action, as in `screen.start`."""


@runtime_checkable
class Explained(Protocol):
    """A widget or screen that says what one does with it."""

    def about(self) -> str:
        """What this is and what one does with it, in a sentence or a few; plain text."""


class Page(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The part of a screen that scrolls, no wider than reads well."""

    def watch_virtual_size(self) -> None:
        """Lets the footer offer to scroll as soon as there is more than fits."""
        self.screen.refresh_bindings()


class Heading(Static):
    """The line at the top that says where one is."""

    ALLOW_SELECT = False

    def __init__(self, text: str | Content, beside: str = "") -> None:
        words = safe.label(text, "bold")
        super().__init__(
            safe.parts(words, "   ", (beside, "$quiet")) if beside else words, markup=False
        )


class BaseScreen(Screen[ScreenResultType]):
    """What every screen of the console shares."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("back", "back", say("Back")),
        bind("page_down", "page(1)", say("More"), show=False),
        bind("page_up", "page(-1)", say("Scroll up"), show=False),
    ]
    HINTS: ClassVar[tuple[str, ...]] = ()
    """Ids of the footer's hints in order; left out, every shown binding."""
    WAY_OUT: ClassVar[str] = "back"
    """Id of the binding that leaves this screen; the footer keeps it to the last."""
    GROUND: ClassVar[bool] = False
    """Whether what is shown above this screen comes back to it, and not to home."""
    cramped: bool = False
    """Whether it is covered for want of room."""
    ESCAPE_TO_MINIMIZE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (110, "-wide")]

    @property
    def console_app(self) -> "TabletopApp":
        """The app, with what ours adds."""
        return cast("TabletopApp", self.app)

    @property
    def allow_select(self) -> bool:
        """Whether the mouse may select text: not where several roles share one keyboard."""
        return not getattr(self.app, "hot_seat", False)

    def about(self) -> str:
        """What this screen is for."""
        return ""

    def commands(self) -> Iterable[Command]:
        """This screen's own commands in the palette."""
        return ()

    def action_back(self) -> None:
        """Leaves this screen."""
        self.dismiss()

    def action_page(self, direction: int) -> None:
        """Scrolls the page by most of its height."""
        for page in self.query(Page):
            page.scroll_relative(
                y=direction * max(1, page.size.height - 2), animate=False, force=True
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers to scroll only where there is more than fits."""
        if action == "page":
            return any(page.max_scroll_y > 0 for page in self.query(Page))
        return True

    def on_compose(self) -> None:
        """Takes the classes of its size, so that its parts are styled once and not once more."""
        width, height = self.app.size
        for cells, points in (
            (width, self.HORIZONTAL_BREAKPOINTS),
            (height, self.VERTICAL_BREAKPOINTS),
        ):
            fitting = [name for least, name in points or () if cells >= least]
            self.set_class(bool(fitting), *fitting[-1:], update=False)

    def on_mount(self) -> None:
        """Looks whether there is room."""
        self.guard()

    def on_resize(self, event: events.Resize) -> None:
        """Looks again whether there is room."""
        self.guard()

    def guard(self) -> None:
        """Covers the screen while there is too little room for it."""
        self.cramped = too_small(self.app.size)
        guards = self.query(SizeGuard)
        if self.cramped and not guards:
            self.mount(SizeGuard())
        for found in guards:
            found.display = self.cramped


def explanation(screen: Screen[object]) -> str:
    """What help says about the thing in focus: the nearest that can explain itself."""
    node = screen.focused or screen
    for each in node.ancestors_with_self:
        if isinstance(each, Explained) and (text := each.about()):
            return text
    return ""
