"""Descriptions: what each field of the model is for, as its docstring in the source says.

pydantic can collect these itself, but then parses the source of every class while it is imported,
which took as long as reading a scenario. Here they are read when somebody asks: a problem that is
to be explained, a schema that is to be written.
"""

import ast
import inspect
import textwrap
from functools import cache

from tabletop.scenario.scalars import Value


@cache
def descriptions(model: type[Value]) -> dict[str, str]:
    """Field to description, inherited ones included; fields without one are left out."""
    found: dict[str, str] = {}
    for cls in reversed(model.__mro__):
        if issubclass(cls, Value) and cls is not Value:
            found.update(_own(cls))
    return found


def _own(cls: type) -> dict[str, str]:
    source = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(source, ast.ClassDef)
    said = {}
    for field, after in zip(source.body, source.body[1:], strict=False):
        match field, after:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str() as text)),
            ):
                said[name] = " ".join(text.split())
    return said
