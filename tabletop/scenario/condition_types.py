"""Whether the names of a condition exist and its types fit, in sentences for its author."""

import ast
from collections.abc import Iterator
from typing import Protocol

from tabletop.scenario.conditions import Condition, parse


class Names(Protocol):
    """What a condition may name, for checking it on reading."""

    def kind(self, name: str) -> str | None:
        """`switch` for a flag, `number` for a counter, `word` for a decision; `None` if unknown."""

    def options(self, decision: str) -> tuple[str, ...]:
        """The options of a decision."""

    def has(self, sort: str, name: str) -> bool:
        """Whether a role, fact, consent, inject or decision of that name exists."""

    def law(self, attribute: str) -> bool | tuple[str, ...] | None:
        """`True` for a switch of the jurisdiction card, its words, or `None` if unknown."""

    def near(self, sort: str, name: str) -> str:
        """`; did you mean …?` or an empty string."""


def problems(condition: Condition, names: Names) -> Iterator[str]:
    """Sentences about names that do not exist and types that do not fit."""
    kind, found = _typed(parse(condition.source), names)
    yield from found
    if not found and kind != "switch":
        yield f"`{condition.source}` is {_KINDS[kind]}, not something that holds or fails"


_KINDS = {"switch": "a flag", "number": "a number", "word": "a chosen option"}


def _typed(node: ast.expr, names: Names) -> tuple[str, list[str]]:
    """The kind of an expression and the sentences about what is wrong inside it."""
    match node:
        case ast.BoolOp(values=parts):
            return "switch", [each for part in parts for each in _switch(part, names)]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return "switch", _switch(operand, names)
        case ast.UnaryOp() | ast.Constant():
            return "number", []
        case ast.Name(id=name):
            kind = names.kind(name)
            if kind is None:
                return "switch", [
                    f"`{name}` is not a flag, counter or decision{names.near('name', name)}"
                ]
            return kind, []
        case ast.Call(func=ast.Name(id="law"), args=[ast.Name(id=attribute)]):
            said = names.law(attribute)
            if said is None:
                return "switch", [
                    f"the jurisdiction card has no attribute `{attribute}`"
                    f"{names.near('law', attribute)}"
                ]
            return ("switch" if said is True else "word"), []
        case ast.Call(func=ast.Name(id=call), args=args):
            sorts = _SORTS[call]
            return "switch", [
                f"there is no {sort} called `{arg.id}`{names.near(sort, arg.id)}"
                for sort, arg in zip(sorts, args, strict=True)
                if isinstance(arg, ast.Name) and not names.has(sort, arg.id)
            ]
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            members = right.elts if isinstance(right, ast.Tuple) else [right]
            return "switch", _comparison(left, op, members, names)
    raise AssertionError(ast.dump(node))


_SORTS = {
    "settled": ("decision",),
    "knows": ("role", "fact"),
    "granted": ("consent",),
    "delivered": ("inject",),
}


def _switch(node: ast.expr, names: Names) -> list[str]:
    kind, found = _typed(node, names)
    if not found and kind != "switch":
        found = [f"`{ast.unparse(node)}` is {_KINDS[kind]}; compare it with something"]
    return found


def _comparison(left: ast.expr, op: ast.cmpop, members: list[ast.expr], names: Names) -> list[str]:
    kind, found = _typed(left, names)
    if found:
        return found
    if kind == "word":
        if not isinstance(op, (ast.Eq, ast.NotEq, ast.In)):
            return [f"`{ast.unparse(left)}` is a chosen option; compare it with ==, != or in"]
        words = _words(left, names)
        return [
            f"`{ast.unparse(member)}` is not an answer of `{ast.unparse(left)}`; "
            f"there are {', '.join(words)}"
            for member in members
            if not (isinstance(member, ast.Name) and member.id in words)
        ]
    if kind == "switch":
        return [f"`{ast.unparse(left)}` is a flag; write it alone or with `not`"]
    for member in members:
        other, wrong = _typed(member, names)
        if wrong:
            return wrong
        if other != "number":
            return [f"`{ast.unparse(left)}` is a number and `{ast.unparse(member)}` is not"]
    return []


def _words(node: ast.expr, names: Names) -> tuple[str, ...]:
    if isinstance(node, ast.Name):
        return names.options(node.id)
    if isinstance(node, ast.Call) and isinstance(node.args[0], ast.Name):
        said = names.law(node.args[0].id)
        return said if isinstance(said, tuple) else ()
    return ()
