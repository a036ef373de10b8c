"""The size guard: one sentence in place of a screen that has no room."""

from textual.app import RenderResult
from textual.geometry import Size
from textual.widget import Widget

from tabletop.console import safe
from tabletop.wording import say

LEAST = Size(60, 20)


def too_small(size: Size) -> bool:
    """Whether a terminal has no room for a screen."""
    return size.width < LEAST.width or size.height < LEAST.height


class SizeGuard(Widget):
    """Covers a screen while the terminal is too small; the app holds back its keys."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    SizeGuard {
        overlay: screen; position: absolute; width: 100vw; height: 100vh;
        background: $background; color: $text; padding: 0 1;
    }
    """

    def render(self) -> RenderResult:
        """What to do about it."""
        return safe.prose(
            say(
                "Please make this window at least {width} columns wide and {height} rows high. "
                "ctrl+q quits; nothing is lost.",
                width=LEAST.width,
                height=LEAST.height,
            )
        )
