"""The footer: what the keys do here, in at most six hints, never a hint cut in two."""

from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.binding import Binding
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.keys import shown

MOST = 6
GAP = 3


@dataclass(frozen=True, slots=True)
class Hint:
    """One key and what it does."""

    id: str
    key: str
    does: str
    action: str

    @property
    def width(self) -> int:
        """How many cells the hint takes."""
        return cell_len(self.key) + 1 + cell_len(self.does)


def fitting(verbs: list[Hint], kept: list[Hint], width: int) -> list[Hint]:
    """The hints that fit: whole ones, dropped from the right-hand end, the kept ones last."""
    kept = list(kept)
    verbs = verbs[: max(0, MOST - len(kept))]
    while verbs and total(verbs + kept) > width:
        verbs.pop()
    while len(kept) > 1 and total(kept) > width:
        kept.pop()
    return verbs + kept


def total(hints: list[Hint]) -> int:
    """How many cells a row of hints takes."""
    return sum(hint.width for hint in hints) + GAP * max(0, len(hints) - 1)


class Footer(Widget):
    """A row of hints drawn from the screen's live bindings.

    A screen may name the hints it wants, in order, as `HINTS`, and its way out as `WAY_OUT`.
    """

    ALLOW_SELECT = False

    note: reactive[str] = reactive("")
    """A few words at the right-hand end, the first to go where there is no room."""

    def on_mount(self) -> None:
        """Follows the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self.bindings_changed)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Draws the hints again where the bindings are this screen's."""
        if screen is self.screen:
            self.refresh()

    def hints(self) -> list[Hint]:
        """The hints that fit the width, from the bindings that are live now."""
        live: dict[str, Binding] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.id and enabled and binding.description:
                live.setdefault(binding.id, binding)
        way_out: str = getattr(self.screen, "WAY_OUT", "back")
        named: tuple[str, ...] = getattr(self.screen, "HINTS", ())
        kept = [hint_of(live[id]) for id in ("help", way_out) if id in live]
        if named:
            verbs = [hint_of(live[id]) for id in named if id in live]
        else:
            verbs = [
                hint_of(binding)
                for id, binding in live.items()
                if binding.show and id not in ("help", way_out)
            ]
        return fitting(verbs, kept, self.content_size.width)

    def render(self) -> RenderResult:
        """The hints, and the note where there is room."""
        pieces: list[str | tuple[str, str]] = []
        hints = self.hints()
        for number, hint in enumerate(hints):
            pieces += [" " * GAP] if number else []
            pieces += [(hint.key, "$accent"), f" {hint.does}"]
        note = safe.one_line(self.note, 60)
        room = self.content_size.width - total(hints) - GAP - cell_len(note)
        if note and room >= 0:
            pieces += [" " * (room + GAP), note]
        return safe.parts(*pieces)

    async def on_click(self, event: events.Click) -> None:
        """Does what the hint under the pointer says."""
        start = self.content_region.x - self.region.x
        for hint in self.hints():
            if start <= event.x < start + hint.width:
                await self.run_action_of(hint)
                return
            start += hint.width + GAP

    async def run_action_of(self, hint: Hint) -> None:
        """Runs the action where it is bound."""
        for node, binding, _, _ in self.screen.active_bindings.values():
            if binding.id == hint.id:
                await self.app.run_action(binding.action, node)
                return


def hint_of(binding: Binding) -> Hint:
    """The hint for a binding."""
    does = binding.description
    return Hint(binding.id or "", shown(binding.key), does[:1].lower() + does[1:], binding.action)
