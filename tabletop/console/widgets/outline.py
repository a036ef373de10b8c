"""Outline and findings: the two lists of the workbench, each line with what was found there."""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.authoring.findings import Finding
from tabletop.authoring.outline import Entry, Part
from tabletop.authoring.places import Place
from tabletop.conduct.play_scripts import Play
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.widgets.choices import Choices
from tabletop.console.workbench.told import SIGNS, tally, weight
from tabletop.wording import say

Row = tuple[str, Content]
"""The id of a line, empty for a heading, and what stands on it."""
KINDS = {"decision": "? ", "inject": "» "}
INKS = {"error": "$error", "warning": "$warning", "waived": "$quiet"}


class Listing(Choices):
    """A list that keeps its marker on the same line when its lines are set anew."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("list.select", "select", say("Look"))]

    class Pointed(Message):
        """The marker is on another line, or somebody pressed enter on it."""

        def __init__(self, listing: "Listing", line: str, *, chosen: bool) -> None:
            super().__init__()
            self.listing = listing
            self.line = line
            self.chosen = chosen

        @property
        def control(self) -> "Listing":
            """The list."""
            return self.listing

    def __init__(self, *, id: str | None = None) -> None:
        """An empty list."""
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    def show(self, rows: Iterable[Row]) -> None:
        """Sets the lines; where the one that is pointed at is gone, the next in its place."""
        given = tuple(rows)
        if given == self._rows:
            return
        self._rows = given
        before, place = self.at, self.highlighted or 0
        top = self.scroll_y
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(
                Option(safe.option(content), id=id or f"heading {number}", disabled=not id)
                for number, (id, content) in enumerate(given)
            )
            self.highlighted = self._index(before, place)
            self.scroll_to(y=top, animate=False, force=True)

    @property
    def at(self) -> str:
        """The id of the line one is on."""
        option = self.highlighted_option
        return option.id if option is not None and option.id is not None else ""

    def _index(self, before: str, place: int) -> int | None:
        live = [number for number, (id, _) in enumerate(self._rows) if id]
        for number in live:
            if self._rows[number][0] == before:
                return number
        return next((number for number in live if number >= place), live[-1] if live else None)

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Says where the marker is, while it is somebody's and not only kept."""
        super().watch_highlighted(highlighted)
        if self.has_focus and self.at:
            self.post_message(self.Pointed(self, self.at, chosen=False))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Keeps it to itself: it comes too late for a key pressed right after."""
        event.stop()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Says that enter was pressed."""
        event.stop()
        self.post_message(self.Pointed(self, self.at, chosen=True))


class Outline(Listing):
    """The pieces of a scenario."""

    def __init__(self, *, id: str | None = None) -> None:
        """An empty outline."""
        super().__init__(id=id)
        self.held: dict[str, Place] = {}
        """What each line is about."""

    def take(self, parts: Sequence[Part]) -> None:
        """Shows an outline."""
        self.held = {_id(each.place): each.place for part in parts for each in part.entries}
        self.show(row for part in parts for row in _rows(part))

    def about(self) -> str:
        """What one does here."""
        return say(
            "The scenario in your order: scenes by module, below each its injects (») and "
            "decisions (?), then endings, roles and facts. Beside a line stands how many errors "
            "(✕) and warnings (!) were found there. Arrows move, enter goes on to the page."
        )


class Findings(Listing):
    """What was found, the heaviest first."""

    def __init__(self, *, id: str | None = None) -> None:
        """Nothing found."""
        super().__init__(id=id)
        self.held: dict[str, Finding | Play] = {}
        """What each line is about."""

    def take(
        self,
        findings: Iterable[Finding],
        waived: Iterable[Finding],
        failed: Iterable[Play],
        fresh: frozenset[Finding],
    ) -> None:
        """Shows findings by weight, the play scripts that fail, and what is waived."""
        self.held = {}
        every = tuple(findings)
        rows = [
            *self._findings(say("Errors"), "error", every, fresh),
            *self._findings(say("Warnings"), "warning", every, fresh),
            *self._plays(tuple(failed)),
        ] or [("", safe.parts((say("Nothing to mend."), "$quiet")))]
        self.show([*rows, *self._findings(say("Waived"), "waived", tuple(waived), fresh)])

    def now(self, about: Finding | Play) -> Finding | Play | None:
        """A finding or play script as it is now; nothing where it is no more."""
        return self.held.get(_known(about))

    def _findings(
        self, title: str, name: str, findings: tuple[Finding, ...], fresh: frozenset[Finding]
    ) -> Iterator[Row]:
        found = [each for each in findings if weight(each) == name]
        if found:
            yield "", safe.parts((f"{title}  {len(found)}", "$quiet bold"))
        for each in found:
            yield (
                self._hold(each),
                safe.parts(
                    (f"{SIGNS[name]} {each.code} ", INKS[name]),
                    (f"{each.line}: ", "$quiet"),
                    (say("new: "), "bold") if each in fresh else "",
                    each.message,
                ),
            )

    def _plays(self, failed: tuple[Play, ...]) -> Iterator[Row]:
        if failed:
            heading = say("Play scripts that fail")
            yield "", safe.parts((f"{heading}  {len(failed)}", "$quiet bold"))
        for play in failed:
            told = safe.parts((f"{SIGNS['error']} ", "$error"), play.title or play.file)
            yield self._hold(play), told

    def _hold(self, about: Finding | Play) -> str:
        id = _known(about)
        while id in self.held:
            id += " again"
        self.held[id] = about
        return id

    def about(self) -> str:
        """What one does here."""
        return say(
            "What a check finds: errors (✕), warnings (!), play scripts that fail, and what you "
            "waived (~), each with its reason. Enter shows its page; p plays the route that shows "
            "it and goes on from where it leads."
        )


def _known(about: Finding | Play) -> str:
    """What a line is known by while what it is about is at the same place of the scenario."""
    if isinstance(about, Play):
        return f"play {about.file}"
    return " ".join((about.code, *map(str, about.path), str(hash(about.message))))


def _rows(part: Part) -> Iterable[Row]:
    titles = {"endings": say("Endings"), "roles": say("Roles"), "facts": say("Facts")}
    if part.title:
        yield "", safe.parts((titles.get(part.title, part.title), "$quiet bold"))
    for entry in part.entries:
        yield _id(entry.place), _entry(entry, bool(part.title))


def _id(place: Place) -> str:
    """The id of a place's line."""
    return f"{place.kind} {place.name}"


def _entry(entry: Entry, under: bool) -> Content:
    lead = "  " * (entry.depth + under) + KINDS.get(entry.place.kind, "")
    name = f"{lead}{entry.title}"
    beside = [entry.beside] if entry.beside else []
    if entry.minutes:
        beside.append(say("{minutes} min", minutes=entry.minutes))
    pieces: list[str | tuple[str, str]] = [
        (name, "bold" if entry.place.kind in ("scene", "whole") else "")
    ]
    if entry.findings:
        pieces.append((f"  {tally(entry.findings)}", "$warning"))
    if beside:
        pieces.append((f"  {', '.join(beside)}", "$quiet"))
    return safe.parts(*pieces)
