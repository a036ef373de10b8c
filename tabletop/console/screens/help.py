"""Help: what one does with the thing in focus, and the keys of this screen."""

from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from tabletop.console import safe
from tabletop.console.keys import shown
from tabletop.console.screens.base import BaseScreen, Heading, Page
from tabletop.console.widgets.footer import Footer
from tabletop.wording import say

Row = tuple[str, str]


class HelpScreen(BaseScreen[None]):
    """A page over the screen it explains."""

    HINTS = ("page_down",)

    def __init__(self, text: str, rows: list[Row]) -> None:
        super().__init__()
        self.text = text
        self.rows = rows

    def compose(self) -> ComposeResult:
        """The explanation, then the keys."""
        yield Heading(say("Help"))
        with Page():
            if self.text:
                yield safe.static(self.text, classes="said")
            yield safe.static(say("Keys on this screen"), classes="part")
            column = max((len(keys) for keys, _ in self.rows), default=0) + 3
            for keys, does in self.rows:
                yield safe.static(safe.parts((keys.ljust(column), "$accent"), does), classes="key")
            yield safe.static(
                say(
                    "Keys can be changed in settings.toml of the data folder, by name: "
                    '[keys] help = "f1".'
                ),
                classes="small",
            )
        yield Footer()

    def about(self) -> str:
        """Help explains itself."""
        return say("Escape goes back to where you were.")


def key_rows(screen: Screen[Any]) -> list[Row]:
    """The live keys of a screen and what they do, the nearest to the focus first."""
    rows: dict[str, tuple[list[str], str]] = {}
    for key, (_, binding, enabled, _) in screen.active_bindings.items():
        # Textual's own keys for copying and the like have no id.
        if enabled and binding.id and binding.description:
            keys, _ = rows.setdefault(binding.id, ([], binding.description))
            keys.append(shown(key))
    rows["tab"] = (["tab"], say("The next part of the screen"))
    return [(", ".join(keys), does) for keys, does in rows.values()]
