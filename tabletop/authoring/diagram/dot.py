"""A diagram in Graphviz's language.

Every name and label is a quoted string in which quotes, backslashes and ampersands are escaped: the
language itself knows only the quote, but labels also read escapes of a letter and HTML's entities.
"""

from collections.abc import Iterable, Iterator

from tabletop.authoring.diagram.card import Line, card, heading, label, stepped, summary
from tabletop.authoring.diagram.model import Diagram, DrawnScene, Way

LINE = "\\l"
"""Ends a line of a label and sets it to the left."""


def lines(diagram: Diagram) -> Iterator[str]:
    """The diagram, line by line."""
    yield f"digraph {quoted(diagram.title)} {{"
    yield f"  label={quoted(f'{diagram.title} {diagram.version}')}"
    yield f"  tooltip={quoted(summary(diagram))}"
    yield "  labelloc=t"
    yield '  fontname="sans-serif"'
    yield '  node [shape=box, fontname="sans-serif", fontsize=11, margin="0.15,0.1"]'
    yield '  edge [fontname="sans-serif", fontsize=10]'
    for number, module in enumerate(diagram.modules, 1):
        yield f"  subgraph cluster_{number} {{"
        yield f"    label={quoted(heading(module))}"
        yield "    style=rounded"
        yield "    color=gray50"
        yield from (f"    {_node(scene)}" for scene in diagram.within(module))
        yield "  }"
    yield from (f"  {_node(scene)}" for scene in diagram.within(""))
    yield from (f"  {_arrow(way)}" for way in diagram.ways)
    yield "}"


def quoted(text: str) -> str:
    """A text as a string of the language that shows as it is."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _node(scene: DrawnScene) -> str:
    fields = {"label": _label((*stepped(scene.steps), *card(scene)))}
    if scene.ending:
        fields["peripheries"] = "2"
    if scene.steps:
        fields |= {"penwidth": "3", "color": '"#0b4f8a"'}
    if scene.standing:
        style = "dotted" if scene.standing == "missing" else "dashed"
        fields |= {"style": style, "color": '"#a3260c"', "penwidth": "2"}
    return f"{quoted(scene.id)} [{_fields(fields)}]"


def _arrow(way: Way) -> str:
    fields = {}
    said = (*stepped(way.steps), *label(way))
    if said:
        fields["label"] = _label(said)
    if way.steps:
        fields |= {"penwidth": "3", "color": '"#0b4f8a"'}
    elif way.untaken:
        fields |= {"style": "dashed", "color": '"#a3260c"'}
    shown = f" [{_fields(fields)}]" if fields else ""
    return f"{quoted(way.source)} -> {quoted(way.to)}{shown}"


def _label(said: Iterable[Line]) -> str:
    return '"' + "".join(_escaped(line.text) + LINE for line in said) + '"'


def _fields(fields: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in fields.items())
