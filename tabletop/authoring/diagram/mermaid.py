"""A diagram in Mermaid's language, for pages that draw it.

Labels stand in quotes, and in them every character that could end the quotes, begin an entity, a
directive, a tag or a piece of Markdown is written as its number. Nodes are named after scenes with
a prefix, so that none is called `end` or `click`; nothing of an author's stands outside of quotes.
`fa:fa-` would become an icon wherever it stands, so it is parted by a character without width.
"""

import re
from collections.abc import Iterable, Iterator

from tabletop.authoring.diagram.card import card, heading, label, stepped, summary
from tabletop.authoring.diagram.model import Diagram, DrawnScene, Way

_MARKED = re.compile(r"(?<![a-z0-9])_|_(?![a-z0-9])|[^\w ,?!'()\u0080-\U0010ffff]|[\u00a0\u200c]")
"""What has a meaning for Mermaid, its Markdown or HTML; an underscore within a word has none."""
BREAK = "<br>"

CLASSES = {
    "ending": "stroke-width:3px",
    "wrong": "fill:#fff1ee,color:#1c1c1c,stroke:#a3260c,stroke-width:2px,stroke-dasharray:6 3",
    "missing": "fill:#ffffff,color:#1c1c1c,stroke:#a3260c,stroke-width:2px,stroke-dasharray:2 3",
    "taken": "fill:#e3eefb,color:#1c1c1c,stroke:#0b4f8a,stroke-width:4px",
}


def lines(diagram: Diagram) -> Iterator[str]:
    """The diagram, line by line."""
    yield "flowchart TD"
    yield f"  accTitle: {quoted(diagram.title)}"
    yield f"  accDescr: {quoted(summary(diagram))}"
    for number, module in enumerate(diagram.modules, 1):
        yield f'  subgraph module_{number}["{quoted(heading(module))}"]'
        yield from (f"    {_node(scene)}" for scene in diagram.within(module))
        yield "  end"
    yield from (f"  {_node(scene)}" for scene in diagram.within(""))
    yield from (f"  {_arrow(way)}" for way in diagram.ways)
    yield from _styles(diagram)


def quoted(text: str) -> str:
    """A text as it may stand between quotes."""
    return _MARKED.sub(lambda found: f"#{ord(found[0])};", text.replace(":fa-", ":\u200cfa-"))


def _name(scene: str) -> str:
    return f"s_{scene}"


def _node(scene: DrawnScene) -> str:
    texts = [
        f"<b>{quoted(line.text)}</b>" if line.kind == "title" else quoted(line.text)
        for line in (*stepped(scene.steps), *card(scene))
    ]
    open_, close = ('(["', '"])') if scene.ending else ('["', '"]')
    return f"{_name(scene.id)}{open_}{BREAK.join(texts)}{close}"


def _arrow(way: Way) -> str:
    said = BREAK.join(quoted(line.text) for line in (*stepped(way.steps), *label(way)))
    line = "==>" if way.steps else "-.->" if way.untaken else "-->"
    text = f'|"{said}"|' if said else ""
    return f"{_name(way.source)} {line}{text} {_name(way.to)}"


def _styles(diagram: Diagram) -> Iterator[str]:
    groups: dict[str, Iterable[str]] = {
        "ending": [scene.id for scene in diagram.scenes if scene.ending],
        "wrong": [scene.id for scene in diagram.scenes if scene.standing in ("unreached", "stuck")],
        "missing": [scene.id for scene in diagram.scenes if scene.standing == "missing"],
        "taken": [scene.id for scene in diagram.scenes if scene.steps],
    }
    for name, scenes in groups.items():
        if scenes:
            yield f"  classDef {name} {CLASSES[name]}"
            yield f"  class {','.join(map(_name, scenes))} {name}"
