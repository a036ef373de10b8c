"""Conditions in words, short enough for an arrow: `trust >= 3 and not ready` as a person says it.

Names stay as the author wrote them. Comparisons are words rather than signs, so that a screen
reader reads them and a terminal without the signs shows them; where one joining stands inside
another, parentheses keep what belongs together.
"""

import ast

from tabletop.scenario.conditions import Condition, parse
from tabletop.wording import say


def worded(condition: Condition) -> str:
    """A condition in words."""
    return _said(parse(condition.source))


def _said(node: ast.expr) -> str:
    match node:
        case ast.BoolOp(op=op, values=values):
            joint = say(" and ") if isinstance(op, ast.And) else say(" or ")
            return joint.join(_within(value) for value in values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _denied(operand)
        case ast.Call(func=ast.Name(id=call), args=args):
            return _asked(call, [ast.unparse(arg) for arg in args], holds=True)
        case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=members)]):
            return say("{one} is {others}", one=_plain(left), others=_either(members))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(type(op), _plain(left), _plain(right))
    return _plain(node)


def _within(node: ast.expr) -> str:
    return f"({_said(node)})" if isinstance(node, ast.BoolOp) else _said(node)


def _denied(node: ast.expr) -> str:
    match node:
        case ast.BoolOp():
            return say("not {condition}", condition=_within(node))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _said(operand)
        case ast.Call(func=ast.Name(id=call), args=args):
            return _asked(call, [ast.unparse(arg) for arg in args], holds=False)
        case ast.Compare():
            return say("not ({condition})", condition=_said(node))
    return say("not {condition}", condition=_plain(node))


def _plain(node: ast.expr) -> str:
    match node:
        case ast.Call(func=ast.Name(id="law"), args=[ast.Name(id=attribute)]):
            return say("the law on {attribute}", attribute=attribute)
    return ast.unparse(node)


def _either(members: list[ast.expr]) -> str:
    return say(" or ").join(_plain(member) for member in members)


def _asked(call: str, names: list[str], *, holds: bool) -> str:
    match call:
        case "knows":
            role, fact = names
            if holds:
                return say("{role} knows {fact}", role=role, fact=fact)
            return say("{role} does not know {fact}", role=role, fact=fact)
        case "settled":
            if holds:
                return say("{decision} is settled", decision=names[0])
            return say("{decision} is not settled", decision=names[0])
        case "granted":
            if holds:
                return say("{consent} is granted", consent=names[0])
            return say("{consent} is not granted", consent=names[0])
        case "delivered":
            if holds:
                return say("{inject} was delivered", inject=names[0])
            return say("{inject} was not delivered", inject=names[0])
    if holds:
        return say("the law says {attribute}", attribute=names[0])
    return say("the law does not say {attribute}", attribute=names[0])


def _compared(op: type[ast.cmpop], one: str, other: str) -> str:
    values = {"one": one, "other": other}
    if op is ast.Eq:
        return say("{one} is {other}", **values)
    if op is ast.NotEq:
        return say("{one} is not {other}", **values)
    if op is ast.GtE:
        return say("{one} is at least {other}", **values)
    if op is ast.LtE:
        return say("{one} is at most {other}", **values)
    if op is ast.Gt:
        return say("{one} is over {other}", **values)
    return say("{one} is under {other}", **values)
