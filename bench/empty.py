"""The empty app that others are measured beside: one label, which the arrow keys change."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Label


class Empty(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("down", "step(1)"), ("up", "step(-1)")]
    step = 0

    def compose(self) -> ComposeResult:
        yield Label("An empty app: 0")

    def action_step(self, by: int) -> None:
        self.step += by
        self.query_one(Label).update(f"An empty app: {self.step}")


if __name__ == "__main__":
    Empty().run()
