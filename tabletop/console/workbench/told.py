"""Findings, the map and the numbers, told as pages of the workbench."""

from collections.abc import Iterable, Iterator

from tabletop.authoring.diagnostics import render
from tabletop.authoring.diagram import telling
from tabletop.authoring.diagram.model import Diagram
from tabletop.authoring.explaining import page
from tabletop.authoring.findings import Finding
from tabletop.authoring.places import Place
from tabletop.authoring.report import ExploreReport
from tabletop.authoring.report_text import lines
from tabletop.authoring.route_file import steps
from tabletop.conduct.play_scripts import Play
from tabletop.console.typeset import Block, blocks, plain
from tabletop.exercise.engine import Engine
from tabletop.scenario.document import Document
from tabletop.wording import say

AROUND = 2
"""How many lines of the file are shown above and below the one that is meant."""
WIDTH = 64
SIGNS = {"error": "✕", "warning": "!", "waived": "~"}
"""A sign for each weight of finding; the word stands beside it wherever there is room."""


def weight(finding: Finding) -> str:
    """How much a finding weighs: error, warning or waived."""
    return "waived" if finding.waived is not None else finding.severity


def weights() -> dict[str, str]:
    """The weights in words."""
    return {"error": say("error"), "warning": say("warning"), "waived": say("waived")}


def tally(findings: Iterable[Finding]) -> str:
    """How many of each weight, as signs and numbers: `✕1 !2`."""
    found = [weight(each) for each in findings]
    return " ".join(f"{sign}{found.count(name)}" for name, sign in SIGNS.items() if name in found)


def brief(finding: Finding) -> Iterator[Block]:
    """A finding in a line or two."""
    name = weight(finding)
    told = f"{SIGNS[name]} {weights()[name]} {finding.code}: {finding.message}"
    yield Block(plain(told).text, rest="  ")
    if finding.waived is not None:
        reason = say("because: {reason}", reason=finding.waived)
        yield Block(plain(" ".join(reason.split())).text, (), "note", "  ", "  ")


def finding(each: Finding, document: Document | None, engine: Engine | None) -> tuple[Block, ...]:
    """A finding's page: what it is and where, what shows it, and what its rule is about."""
    return tuple(_finding(each, document, engine))


def _finding(each: Finding, document: Document | None, engine: Engine | None) -> Iterator[Block]:
    yield from brief(each)
    yield plain(f"{each.file}:{each.line}:{each.column}", "note", gap=1)
    yield from (plain(line, "code") for line in _excerpt(each, document))
    guidance = (*each.practices, *each.sources)
    if guidance:
        yield plain(say("from {names}", names=", ".join(guidance)), "note")
    if each.route is not None and engine is not None:
        yield plain(say("A shortest route that shows it"), "heading", gap=1)
        for number, step in enumerate(steps(engine, each.route), 1):
            yield Block(plain(step).text, first=f"{number:>2}  ", rest="    ")
    _, *rest = blocks(page(each.code).text)
    yield plain(page(each.code).text.split("\n", 1)[0].lstrip("# "), "heading", gap=1)
    yield from rest


def _excerpt(each: Finding, document: Document | None) -> Iterator[str]:
    """The line a finding stands on, with a caret under what is meant, and its neighbours."""
    lines = document.lines if document is not None else ()
    shown = render(each, lines, WIDTH).split("\n")[1:]
    above = range(max(1, each.line - AROUND), each.line)
    below = range(each.line + 1, min(len(lines), each.line + AROUND) + 1)
    yield from (f"{number:>5} | {lines[number - 1][:WIDTH]}" for number in above)
    yield from shown
    yield from (f"{number:>5} | {lines[number - 1][:WIDTH]}" for number in below)


def failed(play: Play) -> tuple[Block, ...]:
    """The page of a play script that fails."""
    return (
        plain(say("The play script {title} fails.", title=play.title or play.file)),
        plain(f"{play.file}:{play.line}", "note", gap=1),
        plain(play.difference),
    )


def mapped(drawn: Diagram, place: Place) -> Iterator[Block | None]:
    """The map: scenes by module with the ways between them, the scene one is at set apart.

    Nothing stands where that scene begins.
    """
    yield plain(telling.counted(drawn), "note")
    for module in (*drawn.modules, ""):
        scenes = drawn.within(module)
        if not scenes:
            continue
        yield plain(module or say("Outside of modules"), "heading", gap=1)
        for scene in scenes:
            there = [Place("decision", asked.id) for asked in scene.asked]
            here = place in (Place("scene", scene.id), *there)
            if here:
                yield None
            for number, line in enumerate(telling.told(drawn, scene)):
                bare = line.lstrip()
                inset = " " * (len(line) - len(bare))
                lead = ("▸ " if here else "  ") if not number else f"  {inset}"
                yield Block(
                    plain(bare).text, (), "strong" if here and not number else "text", lead,
                    f"  {inset}  ",
                )  # fmt: skip


def numbers(report: ExploreReport) -> tuple[Block, ...]:
    """What a scenario can come to, as `tabletop explore` tells it."""
    told = []
    for line in lines(report):
        bare = line.lstrip()
        inset = " " * (len(line) - len(bare))
        told.append(Block(plain(bare).text, first=inset, rest=f"{inset}  "))
    return tuple(told)
