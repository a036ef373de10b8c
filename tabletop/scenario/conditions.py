"""Conditions: a small language with a real parser on an allow-list, compiled once to closures.

    trust >= 3 and knows(investigator, beds) and notice in (in_ranges, director_only)

Names are read as what the scenario declares them to be: a flag, a counter, or a decision, which
reads as the option chosen. `settled`, `knows`, `granted`, `delivered` and `law` ask about the
exercise. Nothing else parses: no attribute, no subscript, no arithmetic, no string, no call of
anything but these five. Which names exist and whether the types fit is checked on reading the
scenario (`condition_types.py`); here only the form is.
"""

import ast
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from tabletop.scenario.written import SORT

LONGEST = 500
ALPHABET = r"^[A-Za-z0-9_ ()<>=!,-]+$"
"""Whatever else a condition is, it is made of these."""
NODES = 100
CALLS = {"settled": 1, "knows": 2, "granted": 1, "delivered": 1, "law": 1}

Read = tuple[str, ...]
"""What a condition reads, as in `("name", x)`, `("knows", role, fact)`, `("law", attribute)`."""


class Situation(Protocol):
    """What a condition may ask of an exercise."""

    def value(self, name: str) -> bool | int | str | None:
        """A flag, a counter, or a decision's settled option; `None` while unsettled."""

    def settled(self, decision: str) -> bool:
        """Whether the decision has an answer that counts."""

    def knows(self, role: str, fact: str) -> bool:
        """Whether the role knows the fact."""

    def granted(self, consent: str) -> bool:
        """Whether the consent is in force."""

    def delivered(self, inject: str) -> bool:
        """Whether the inject has been delivered."""

    def law(self, attribute: str) -> bool | str:
        """What the jurisdiction card says."""


Evaluator = Callable[[Situation], Any]


class Condition:
    """A parsed condition: its source, what it reads, and whether it holds in a situation."""

    __slots__ = ("_evaluate", "reads", "source")

    def __init__(self, source: str) -> None:
        """Parses a source text.

        Raises:
            ValueError: with a sentence that says what is wrong and how to mend it.
        """
        self.source = source
        self._evaluate, self.reads = _compiled(source)

    def holds(self, situation: Situation) -> bool:
        """Whether the condition holds."""
        return bool(self._evaluate(situation))

    def __repr__(self) -> str:
        """The source, for messages."""
        return f"Condition({self.source!r})"

    def __eq__(self, other: object) -> bool:
        """Conditions are equal when their sources are."""
        return isinstance(other, Condition) and other.source == self.source

    def __hash__(self) -> int:
        """Hashes the source."""
        return hash(self.source)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Lets a model field be written as text and read as a condition."""
        return core_schema.no_info_plain_validator_function(
            _from_field, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """A condition is a string to an editor."""
        return {"type": "string", "maxLength": LONGEST, "pattern": ALPHABET, SORT: "condition"}

    def __str__(self) -> str:
        """The source."""
        return self.source


_SIGNS = (
    (re.compile(r"&&?"), "`and`", "`&&`"),
    (re.compile(r"\|\|?"), "`or`", "`||`"),
    (re.compile(r"!(?!=)"), "`not`", "`!`"),
    (re.compile(r"(?<![=!<>])=(?!=)"), "`==`", "`=`"),
    (re.compile(r"\b(?:AND|OR|NOT|IN)\b"), "small letters", "capitals"),
)
"""What other languages write, with what is written here."""


def _instead(source: str) -> str:
    for sign, here, there in _SIGNS:
        if sign.search(source):
            return f"write {here} instead of {there}"
    return "write for example `trust >= 3 and ready`"


def _from_field(value: object) -> Condition:
    if isinstance(value, Condition):
        return value
    if not isinstance(value, str):
        raise ValueError("should be a condition such as `trust >= 3`")
    return Condition(str(value))


@lru_cache(maxsize=4096)
def _compiled(source: str) -> tuple[Evaluator, frozenset[Read]]:
    reads: set[Read] = set()
    return _build(parse(source), reads), frozenset(reads)


@lru_cache(maxsize=4096)
def parse(source: str) -> ast.expr:
    """The tree of a condition, made of allowed parts only."""
    if len(source) > LONGEST or not source.isascii() or not source.isprintable():
        raise ValueError(f"a condition is at most {LONGEST} plain ASCII characters on one line")
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ValueError(f"`{source}` can't be read as a condition; {_instead(source)}") from None
    if "#" in source:
        raise ValueError("a condition holds no comment")
    if sum(1 for _ in ast.walk(tree)) > NODES * 3:
        raise ValueError("the condition is too long; split it with a flag")
    try:
        _allow(tree.body)
    except RecursionError:
        raise ValueError("the condition is nested too deeply; split it with a flag") from None
    return tree.body


def _allow(node: ast.expr) -> None:
    """Refuses every construct that is not part of the language."""
    match node:
        case ast.BoolOp(values=values):
            for value in values:
                _allow(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            _allow(operand)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)) if (
            not isinstance(number, bool)
        ):
            pass
        case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=members)]):
            _allow(left)
            for member in members:
                _allow(member)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            _allow(left)
            _allow(right)
        case ast.Compare(ops=[ast.In()]):
            raise ValueError("after `in` comes a list in parentheses, such as `in (a, b)`")
        case ast.Compare(ops=[_, _, *_]):
            raise ValueError("compare two things at a time and join them with `and`")
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in CALLS:
            if len(args) != CALLS[name] or not all(isinstance(arg, ast.Name) for arg in args):
                wants = "one name" if CALLS[name] == 1 else "a role and a fact"
                raise ValueError(f"`{name}(…)` takes {wants}")
        case ast.Call(func=ast.Name(id=name)):
            raise ValueError(f"`{name}(…)` is not known here; there are {', '.join(CALLS)}")
        case ast.Name():
            pass
        case ast.Constant(value=bool()):
            raise ValueError("write the flag itself, or `not` before it, instead of True or False")
        case ast.Constant(value=int()):
            pass
        case _:
            raise ValueError(
                f"`{ast.unparse(node)[:60]}` is not part of the condition language; it has names, "
                "whole numbers, comparisons, `in`, `and`, `or`, `not` and parentheses"
            )


_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
}


def _build(node: ast.expr, reads: set[Read]) -> Evaluator:
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            every = [_build(value, reads) for value in values]
            return lambda s: all(each(s) for each in every)
        case ast.BoolOp(values=values):
            some = [_build(value, reads) for value in values]
            return lambda s: any(each(s) for each in some)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _build(operand, reads)
            return lambda s: not inner(s)
        case ast.UnaryOp(operand=ast.Constant(value=number)):
            negative = -int(number)  # type: ignore[arg-type]
            return lambda s: negative
        case ast.Constant(value=constant):
            return lambda s: constant
        case ast.Name(id=name):
            reads.add(("name", name))
            return lambda s: s.value(name)
        case ast.Call(func=ast.Name(id=call), args=args):
            names = [arg.id for arg in args if isinstance(arg, ast.Name)]
            reads.add((call, *names))
            return _CALLS[call](*names)
        case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=members)]):
            equals = [_compare(left, ast.Eq(), member, reads) for member in members]
            return lambda s: any(each(s) for each in equals)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compare(left, op, right, reads)
    raise AssertionError(ast.dump(node))


_CALLS: dict[str, Callable[..., Evaluator]] = {
    "settled": lambda decision: lambda s: s.settled(decision),
    "knows": lambda role, fact: lambda s: s.knows(role, fact),
    "granted": lambda consent: lambda s: s.granted(consent),
    "delivered": lambda inject: lambda s: s.delivered(inject),
    "law": lambda attribute: lambda s: s.law(attribute),
}


def _compare(left: ast.expr, op: ast.cmpop, right: ast.expr, reads: set[Read]) -> Evaluator:
    """Compares, reading a bare name on the right as a word where the left is one."""
    first, second = _build(left, reads), _build(right, reads)
    test = _COMPARE[type(op)]
    word = right.id if isinstance(right, ast.Name) else None

    def compared(s: Situation) -> bool:
        value = first(s)
        if value is None:
            return False
        return bool(test(value, word if isinstance(value, str) else second(s)))

    return compared
