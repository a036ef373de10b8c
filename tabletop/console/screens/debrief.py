"""The debrief: pages in a fixed order, opened one by one when the reader wants.

The first page asks before anything is shown, and numbers stand only on the last pages.
"""

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static, TextArea

from tabletop.conduct.errors import TabletopError
from tabletop.console import safe
from tabletop.console.keys import bind
from tabletop.console.screens.base import BaseScreen, Command, Heading, Page
from tabletop.console.widgets.debrief_page import contents
from tabletop.console.widgets.debrief_ways import Ways
from tabletop.console.widgets.debrief_words import Reflections, Words
from tabletop.console.widgets.footer import Footer
from tabletop.console.widgets.verb import Verb
from tabletop.debrief import blocks as b
from tabletop.exercise.record import Record, Unreadable
from tabletop.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tabletop.debrief.parts import Report

REST = 1.0
"""Seconds without a key after which what was written is kept."""


class DebriefScreen(BaseScreen[None]):
    """The debrief of one exercise."""

    CSS = """
    DebriefScreen {
        Words { height: 3; border: none; background: $surface; padding: 0 1; margin-bottom: 1; }
        #pages { height: auto; }
        #next { dock: bottom; margin: 1 3; }
        #ways { dock: bottom; margin-bottom: 1; padding: 1 3 1 3; max-height: 9; }
        #saved { color: $success; margin-top: 1; display: none; }
        &.-narrow #next { margin: 1 2; }
        &.-narrow #ways { padding: 1 2 1 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("debrief.next", "next", say("Next")),
        bind("debrief.previous", "previous", say("Before")),
        bind("debrief.save", "save", say("Save")),
        bind("debrief.again", "again", say("Play again"), show=False),
        bind("debrief.papers", "papers", say("Documents"), show=False),
        bind("debrief.what_if", "what_if", say("What if"), show=False),
        bind("debrief.more", "page(1)", say("More"), show=False),
        bind("debrief.down", "line(1)", say("Line down"), show=False),
        bind("debrief.up", "line(-1)", say("Line up"), show=False),
    ]
    HINTS = ("debrief.next", "debrief.previous", "debrief.more", "debrief.save")

    class Read(Message):
        """The report is there."""

        def __init__(self, report: "Report") -> None:
            super().__init__()
            self.report = report

    class Saved(Message):
        """The documents lie where these paths say."""

        def __init__(self, paths: "tuple[Path, ...]") -> None:
            super().__init__()
            self.paths = paths

    def __init__(self, exercise: "str | Record") -> None:
        """Takes the exercise's name in the data folder, or a record to read only."""
        super().__init__()
        self.exercise = exercise
        self.report: Report | None = None
        self.asked_early: Callable[[], object] | None = None
        """What was asked for while the record was still being read, to be done once it is."""
        self.reflections: Reflections | None = None
        self.pages: tuple[b.Page, ...] = ()
        self.at = 0

    def compose(self) -> ComposeResult:
        """The page, and the way on."""
        yield Heading(say("How was that?"))
        with Page(), Vertical(id="pages"):
            yield safe.static(say("Reading what was recorded …"), classes="small")
        yield Verb(say("Go on"), id="next")
        yield Footer()

    def about(self) -> str:
        """What one does here."""
        return say(
            "The debrief, page by page: what happened and what was known then, what went well, the"
            " widest gaps, and numbers only at the end. Enter opens the next page and left the one"
            " before; what you write is kept. Saving writes it all as Markdown and HTML. From the"
            " page of bands on, What if plays another answer forward beside what happened."
        )

    def commands(self) -> list[Command]:
        """What the palette offers."""
        return [
            (say("Save the debrief"), say("As Markdown and HTML"), "screen.save"),
            (say("Documents"), say("The after-action report and its papers"), "screen.papers"),
            (say("Play again"), say("The same scenario, from its roles on"), "screen.again"),
            *(
                [(say("What if"), say("Another answer, played forward"), "screen.what_if")]
                if self._counted()
                else []
            ),
        ]

    def on_mount(self) -> None:
        """Reads the record."""
        super().on_mount()
        self.query_one("#next").display = False
        self.read()

    async def on_unmount(self) -> None:
        """Keeps what was written last."""
        if self.reflections is not None:
            await self.reflections.close()

    @work(exclusive=True, group="read")
    async def read(self) -> None:
        """Reads the record and builds the report, away from the screen."""
        try:
            report = await asyncio.to_thread(self._built)
        except (TabletopError, Unreadable) as error:
            self._refuse(str(error))
            return
        if not report.notice.over:
            self._refuse(
                say(
                    "{title} is not over yet; finish it, or end it, and the debrief opens.",
                    title=report.notice.title,
                )
            )
            return
        self.post_message(self.Read(report))

    def _refuse(self, sentence: str) -> None:
        self.dismiss()
        self.console_app.problem(sentence)

    def _built(self) -> "Report":
        from tabletop.debrief.report import build

        return build(self._record())

    def _record(self) -> Record:
        if isinstance(self.exercise, Record):
            return self.exercise
        return self.console_app.folder.record(self.exercise)

    @on(Read)
    def take(self, message: Read) -> None:
        """Shows the first page."""
        from tabletop.debrief.pages import pages

        self.report = message.report
        if not isinstance(self.exercise, Record):
            self.reflections = Reflections(self.console_app.folder, self.exercise)
            for prompt, written in message.report.reflections:
                for each in written:
                    self.reflections.begin(prompt, each.who.id, each.text or "")
        self.pages = pages(message.report)
        self.turn_to(0)
        early, self.asked_early = self.asked_early, None
        if early is not None:
            early()

    # Pages.

    def turn_to(self, at: int) -> None:
        """Shows one page from its beginning."""
        self.at = at
        self.refresh_bindings()
        page, last = self.pages[at], at == len(self.pages) - 1
        where = say("{number} of {count}", number=at, count=len(self.pages) - 1) if at else ""
        self.query_one(Heading).update(
            safe.parts((f"{where} · " if where else "", "$quiet"), (page.title, "bold"))
        )
        self.query_one("#next").display = not last
        self.fill(page)

    @work(exclusive=True, group="page")
    async def fill(self, page: b.Page) -> None:
        """Puts a page's contents in place of the last one's."""
        holder = self.query_one("#pages", Vertical)
        await self.query("#ways").remove()
        await holder.remove_children()
        assert self.report is not None
        said = self.reflections.written if self.reflections is not None else None
        await holder.mount(*contents(page, self.report, said, self.size.width))
        areas = self.query(Words)
        target: Widget = areas.first() if areas else self.query_one("#next")
        if page is self.pages[-1]:
            target = Ways(self.report)
            await self.mount(target, before=self.query_one(Footer))
        target.focus(scroll_visible=False)
        self.query_one(Page).scroll_home(animate=False, force=True)

    def on_resize(self, event: events.Resize) -> None:
        """Sets the page again for the room there is now."""
        super().on_resize(event)
        if self.pages and not self.query(Words):
            self.fill(self.pages[self.at])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offers no page where there is none."""
        if action == "next":
            return self.at < len(self.pages) - 1
        if action == "what_if":
            return self._counted()
        return self.at > 0 if action == "previous" else True

    def _counted(self) -> bool:
        """Whether the page of bands is reached: no number stands before it."""
        return any(page.slug == "bands" for page in self.pages[: self.at + 1])

    def action_next(self) -> None:
        """Opens the next page."""
        if self.pages and self.at < len(self.pages) - 1:
            self.keep()
            self.turn_to(self.at + 1)

    def action_previous(self) -> None:
        """Goes back a page."""
        if self.at:
            self.keep()
            self.turn_to(self.at - 1)

    def action_line(self, direction: int) -> None:
        """Scrolls a line."""
        self.query_one(Page).scroll_relative(y=direction, animate=False, force=True)

    @on(Verb.Pressed)
    def go_on(self) -> None:
        """Opens the next page."""
        self.action_next()

    def action_back(self) -> None:
        """Leaves a field, then the debrief."""
        if isinstance(self.focused, Words):
            self.query_one("#next").focus()
        else:
            self.dismiss()

    # What people write.

    @on(TextArea.Changed)
    def changed(self, message: TextArea.Changed) -> None:
        """Remembers the words, and keeps them once the hands rest."""
        area = message.text_area
        if isinstance(area, Words) and self.reflections is not None:
            self.reflections.written[area.prompt, area.role] = area.text
            self.keep_later()

    @work(exclusive=True, group="rest")
    async def keep_later(self) -> None:
        """Keeps what was written after a short rest."""
        await asyncio.sleep(REST)
        self.keep()

    @work(group="keep")
    async def keep(self) -> None:
        """Keeps what was written, and says so once where that can't be done."""
        if self.reflections is not None:
            before = self.reflections.problem
            if not await self.reflections.keep() and self.reflections.problem != before:
                safe.notify(self.app, self.reflections.problem, "warning")

    # The last page.

    @on(OptionList.OptionSelected)
    def way(self, message: OptionList.OptionSelected) -> None:
        """Goes the way that was chosen."""
        chosen = message.option_id or ""
        if chosen == "save":
            self.action_save()
        elif chosen == "papers":
            self.action_papers()
        elif chosen == "what_if":
            self.action_what_if()
        elif chosen == "home":
            self.dismiss()
        else:
            self.play_again((chosen.removeprefix("again."),))

    def action_papers(self) -> None:
        """Opens the documents of this exercise."""
        from tabletop.console.screens.papers import played_papers

        if self.report is None:
            self.asked_early = self.action_papers
            return
        self.keep()
        self.app.push_screen(played_papers(self, self.report.notice.title, self.exercise))

    def action_what_if(self) -> None:
        """Opens the decisions, to play another answer forward."""
        from tabletop.console.screens.what_if import WhatIfScreen

        self.keep()
        self.app.push_screen(WhatIfScreen(self._record))

    def action_again(self) -> None:
        """Opens the scenario again, its roles still to choose."""
        self.play_again(())

    def play_again(self, roles: tuple[str, ...]) -> None:
        """Opens the scenario again."""
        if self.report is None:
            self.asked_early = lambda: self.play_again(roles)
            return
        ref, app = self.report.notice.scenario, self.console_app
        app.home()
        app.open_setup(ref, roles)

    @work(exclusive=True, group="save")
    async def action_save(self) -> None:
        """Writes the debrief as Markdown and HTML."""
        if self.report is None:
            self.asked_early = self.action_save
            return
        if self.reflections is not None:
            await self.reflections.keep()
        try:
            paths = await asyncio.to_thread(self._save)
        except (TabletopError, Unreadable) as error:
            self.console_app.problem(str(error))
            return
        self.post_message(self.Saved(paths))

    def _save(self) -> "tuple[Path, ...]":
        from tabletop.conduct.document_files import save_documents
        from tabletop.debrief.documents.debrief import debrief

        report = self._built()
        stem = f"{report.notice.scenario}-{report.exercise}"
        folder = self.console_app.folder.path / "debriefs"
        return save_documents([debrief(report)], ("md", "html"), folder, stem)

    @on(Saved)
    def saved(self, message: Saved) -> None:
        """Says where the documents lie."""
        sentence = say("Saved: {paths}", paths="\n".join(str(path) for path in message.paths))
        for static in self.query("#saved").results(Static):
            static.update(safe.prose(sentence))
            static.display = True
            static.scroll_visible(animate=False)
            return
        safe.notify(self.app, sentence)
