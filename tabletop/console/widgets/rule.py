"""Rule: a line across the screen that names what follows, and may say something at its end."""

from rich.segment import Segment
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tabletop.console import safe
from tabletop.wording import say


class Rule(Widget):
    """A line with a heading at its start and a remark at its end, where there is room for both."""

    COMPONENT_CLASSES = {"rule--heading", "rule--remark"}
    DEFAULT_CSS = """
    Rule {
        height: 1;
        color: $rule;
        & .rule--heading { color: $accent; text-style: bold; }
        & .rule--remark { color: $quiet; }
    }
    """

    heading: reactive[str] = reactive("")
    """What follows."""
    remark: reactive[str] = reactive("")
    """What is said at its end."""
    more: reactive[bool] = reactive(False)
    """Whether there is more to read above the line."""

    def render_line(self, y: int) -> Strip:
        """The line; the remark goes first where both do not fit."""
        width = self.size.width
        heading = safe.parts(" ", safe.label(self.heading), " ") if self.heading else Content()
        remark = safe.label(say("more ▼ page down") if self.more else self.remark)
        ends = remark.cell_length + 4 if remark.plain else 0
        if heading.cell_length + 4 + ends > width:
            ends = 0
        base = self.visual_style.rich_style
        line = [Segment("──", base)]
        line += self._said(heading, "rule--heading")
        line.append(Segment("─" * max(0, width - 2 - heading.cell_length - ends), base))
        if ends:
            line += [Segment(" ", base), *self._said(remark, "rule--remark"), Segment(" ──", base)]
        return Strip(line).adjust_cell_length(width, base)

    def _said(self, content: Content, component: str) -> list[Segment]:
        style = self.get_visual_style(component)
        return [Segment(text, each.rich_style) for text, each in content.render(style, end="")]
