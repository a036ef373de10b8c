"""Places: from where a value is in the model to where its author wrote it.

The model has one form for what an author may write in several: a name for a list of one, a string
for a text with variants. So a path in the model may go further than the file does; it is followed
as far as there is something to point at.
"""

from typing import Any

from tabletop.scenario.document import Document
from tabletop.scenario.problem import Path, Problem
from tabletop.scenario.scalars import Plain

KEY = "[key]"
"""Ends a path that means the key itself and not its value."""


def written(tree: Any, path: Path) -> Path:
    """The path in the file of a path in the model."""
    steps: list[str | int] = []
    node = tree
    rest = list(path)
    while rest and not isinstance(node, str):
        step = rest.pop(0)
        if step == "variants":
            if isinstance(node, dict) and "text" in node and not isinstance(node.get("when"), str):
                steps.append("text")
                node = node["text"]
            if rest and not isinstance(node, dict):
                rest.pop(0)
            continue
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            break
        steps.append(step)
    return tuple(steps)


def located(
    document: Document,
    path: Path,
    code: str,
    message: str,
    hint: str | None = None,
    *,
    on_key: bool = False,
) -> Problem:
    """A problem at the place its path was written."""
    if path and path[-1] == KEY:
        path, on_key = path[:-1], True
    place = written(document.tree, path)
    value = document.at(place)
    # A map in a block begins on the line below its key; the key is what a reader looks for.
    on_key = on_key or isinstance(value, (dict, tuple))
    position = document.key(place) if on_key else document.position(place)
    length: int | None = None
    if on_key and place and isinstance(place[-1], str):
        length = len(place[-1])
    elif isinstance(value, Plain) and "\n" not in value:
        line = document.lines[position.line - 1]
        if line.startswith(value, position.column - 1):
            length = len(value)
    return Problem(
        code, message, document.name, position.line, position.column, length, hint, place
    )
