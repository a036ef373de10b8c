"""How a value may be written, and what a name refers to: said beside a field, for the schema.

The reader takes several forms of one value (one name for a list of one, a string for a text) and
resolves names against what a scenario declares. A validator is a function, and from a function no
editor can learn either. So each such type carries a note: the other forms, as a change to the
schema of the value itself, and the sort of thing a name stands for. Nothing here runs on reading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

Schema = dict[str, Any]

SORT = "x-sort"
"""Marks, until names are filled in, what a string names or what its words are held against."""


@dataclass(frozen=True, slots=True)
class Written:
    """Says in which forms a value may be written, from the schema of the form it is kept in."""

    forms: Callable[[Schema], Schema]

    def __get_pydantic_json_schema__(
        self, source: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """Changes the schema, never the reading."""
        return self.forms(handler(source))


@dataclass(frozen=True, slots=True)
class Refers:
    """Says what a name stands for, as in `role`, or what the words of a text are held against."""

    sort: str

    def __get_pydantic_json_schema__(
        self, source: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """Adds the sort to the schema."""
        return {**handler(source), SORT: self.sort}


def one_or_more(listed: Schema) -> Schema:
    """A list, or one of its items by itself."""
    return {"anyOf": [listed["items"], listed]}
