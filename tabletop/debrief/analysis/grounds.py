"""Grounds: which parts of a condition made it hold, or fail, at one moment.

Of `a and b` that holds both are grounds, of one that fails the first that failed; of `a or b` that
holds the first that held, of one that fails both. A ground is a part without `and`, `or` or `not`.
"""

import ast
from dataclasses import dataclass

from tabletop.exercise.plan import reads
from tabletop.scenario.conditions import Condition, Read, Situation, parse


@dataclass(frozen=True, slots=True)
class Ground:
    """A part of a condition as it stood."""

    part: Condition
    holds: bool

    @property
    def reads(self) -> tuple[Read, ...]:
        """What it reads, a settled decision named like its answer."""
        return tuple(sorted(set(reads((self.part,)))))


def grounds(condition: Condition, situation: Situation) -> tuple[Ground, ...]:
    """Why a condition holds, or why it does not."""
    return tuple(dict.fromkeys(_of(parse(condition.source), situation)))


def _of(node: ast.expr, situation: Situation) -> tuple[Ground, ...]:
    match node:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _of(operand, situation)
        case ast.BoolOp(op=op, values=values):
            # What settles it: one that failed settles `and`, one that held settles `or`.
            settling = not isinstance(op, ast.And)
            for value in values:
                if _holds(value, situation) is settling:
                    return _of(value, situation)
            return tuple(ground for value in values for ground in _of(value, situation))
    part = Condition(ast.unparse(node))
    return (Ground(part, part.holds(situation)),)


def _holds(node: ast.expr, situation: Situation) -> bool:
    return Condition(ast.unparse(node)).holds(situation)
