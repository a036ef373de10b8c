"""A page of a debrief as widgets: set text, and between it places to write for who played."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from tabletop.console import safe
from tabletop.console.typeset import Block
from tabletop.console.widgets.debrief_sheet import sheet
from tabletop.console.widgets.debrief_words import Words
from tabletop.console.widgets.feed import WIDEST
from tabletop.console.widgets.sheet import Sheet
from tabletop.debrief import blocks as b
from tabletop.exercise.commands import Prompt

if TYPE_CHECKING:
    from tabletop.debrief.parts import Report

BESIDE = 7
"""Cells of a screen that its text leaves free, with the bar."""
Written = Mapping[tuple[Prompt, str], str]
"""What each role wrote to each prompt."""


def set_blocks(blocks: Sequence[b.Block], across: int) -> tuple[Block, ...]:
    """Blocks set for a screen so many cells across."""
    return sheet(blocks, min(WIDEST, across - BESIDE))


def contents(
    page: b.Page, report: "Report", written: Written | None, across: int
) -> Iterator[Widget]:
    """A page's widgets, on a screen so many cells across; without `written` it is read only."""
    waiting: list[b.Block] = []
    blocks = page.blocks
    if page.slug == "closing" and report.closing.other_roles:
        # The ways below offer the other roles.
        blocks = blocks[:-2]
    for block in blocks:
        if isinstance(block, b.Ask):
            yield Sheet(set_blocks([*waiting, b.Heading(block.question, level=4)], across))
            yield from _asked(block, report, written)
            waiting = []
        else:
            waiting.append(block)
    yield Sheet(set_blocks(waiting, across))
    if page.slug == "closing":
        yield safe.static("", id="saved")


def _asked(ask: b.Ask, report: "Report", written: Written | None) -> Iterator[Widget]:
    """A place to write for everyone who played."""
    people = [who for who in report.notice.roles if who.played]
    for who in people:
        if len(people) > 1:
            yield safe.static(who.role.capitalize(), classes="small")
        area = Words(ask.prompt, who.id, (written or {}).get((ask.prompt, who.id), ""))
        area.read_only = written is None
        yield area
