"""Places: from where a value is in the model to where its author wrote it.

The model has one form for what an author may write in several: a name for a list of one, a string
for a text with variants. So a path in the model may go further than the file does; it is followed
as far as there is something to point at.
"""

import re
from dataclasses import replace
from typing import Any

from tabletop.scenario.document import Document
from tabletop.scenario.problem import Path, Problem
from tabletop.scenario.scalars import Plain

_QUOTED = re.compile(r"`(\w+)`")

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


def sharpened(problem: Problem, document: Document) -> Problem:
    """A problem inside a longer text, moved to the first word its message names."""
    value = document.at(problem.path)
    match = _QUOTED.search(problem.message)
    if match is None or not isinstance(value, str):
        return problem
    word = re.escape(match[1])
    pattern = re.compile(rf"\${word}\b" if problem.code == "TT211" else rf"\b{word}\b")
    last = problem.line + value.count("\n") + value.count(" ") + 1
    column = problem.column - 1
    for number, line in enumerate(document.lines[problem.line - 1 : last], problem.line):
        found = pattern.search(line, column)
        if found:
            length = found.end() - found.start()
            return replace(problem, line=number, column=found.start() + 1, length=length)
        column = 0
    return problem


def narrowed(problem: Problem, document: Document, words: str) -> Problem:
    """A problem of a longer text, moved to the words it means where the file holds them as such."""
    value = document.at(problem.path)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        # A wording stands beside its condition.
        value, start = value["text"], document.position((*problem.path, "text"))
        problem = replace(problem, line=start.line, column=start.column)
    if not isinstance(value, str):
        return problem
    last = problem.line + value.count("\n") + value.count(" ") + 1
    text = "\n".join(document.lines[problem.line - 1 : last])
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.compile(pattern).search(text, problem.column - 1)
    if found is None:
        return problem
    before = text[: found.start()]
    line, column = before.count("\n"), found.start() - (before.rfind("\n") + 1)
    length = len(found[0].partition("\n")[0])
    return replace(problem, line=problem.line + line, column=column + 1, length=length)
