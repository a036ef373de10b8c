"""Status: one line that says which exercise, where in it, as whom, and that it is saved."""

from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.told import spaced
from tabletop.exercise.view_types import PlayerView
from tabletop.wording import say

GAP = 2


class Status(Widget):
    """A line of three parts; what matters least goes first where there is no room, never half."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Status { height: 1; padding: 0 1; color: $quiet; }
    """

    where: reactive[tuple[str, ...]] = reactive(())
    """The same place in fewer and fewer words."""
    who: reactive[tuple[str, ...]] = reactive(())
    """The same seat in fewer and fewer words."""
    state: reactive[str] = reactive("")
    """Saved, and how long it has gone on."""

    def show(self, view: PlayerView) -> None:
        """Takes the place and the seat from a view."""
        scene = view.scene
        module = scene.module if scene else ""
        count = (
            say("{number} of {count}", number=scene.number, count=scene.modules)
            if scene and scene.number
            else ""
        )
        role = spaced(view.role)
        # A name such as "Det. Okafor, lead investigator" says the role once more after a comma.
        name = view.name.split(",")[0]
        self.where = tuple(
            " · ".join(part for part in parts if part)
            for parts in ((view.title, module, count), (module or view.title, count), (count,))
        )
        self.who = (f"{role} · {name}", role)

    def render(self) -> RenderResult:
        """The line."""
        width = self.content_size.width
        for where, who in (
            (0, 0),
            (1, 0),
            (1, 1),
            (2, 0),
            (2, 1),
        ):
            left, middle = _word(self.where, where), _word(self.who, who)
            room = width - sum(map(_cells, (left, middle, self.state))) - 2 * GAP
            if room >= 0:
                break
        else:
            left, room = "", width - _cells(middle) - _cells(self.state) - 2 * GAP
        first = max(0, room // 2)
        return safe.parts(
            (left, "$text bold"),
            " " * (GAP + first),
            (middle, "$accent"),
            " " * (GAP + max(0, room - first)),
            self.state,
        )


def _word(words: tuple[str, ...], at: int) -> str:
    return safe.one_line(words[at]) if at < len(words) else ""


def _cells(text: str) -> int:
    return safe.label(text).cell_length
