"""Ways: what one can do once a debrief is read to its end."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tabletop.console.keys import bind
from tabletop.console.widgets.choices import Choices
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.parts import Report


class Ways(Choices, inherit_bindings=False):
    """One line a way; other keys than these go on scrolling the page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.up", "cursor_up", say("Up"), show=False),
        bind("list.down", "cursor_down", say("Down"), show=False),
        bind("list.select", "select", say("Choose")),
    ]

    def __init__(self, report: "Report") -> None:
        """Takes the report, which knows the roles there are."""
        super().__init__((Choices.line(words, id=id) for id, words in _ways(report)), id="ways")


def _ways(report: "Report") -> Iterator[tuple[str, str]]:
    yield "save", say("Save this debrief as Markdown and HTML")
    played = tuple(who for who in report.notice.roles if who.played)
    for who in report.closing.other_roles or played:
        person = who.person.split(",")[0]
        again = say("Play it again as the {role}, {person}", role=who.role, person=person)
        yield f"again.{who.id}", again
    yield "what_if", say("See another answer played forward")
    yield "papers", say("Save an after-action report and other documents")
    yield "home", say("Home")
