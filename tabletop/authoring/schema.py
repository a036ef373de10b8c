"""The schema of a scenario file: JSON Schema draft-07, made from the models.

Editors that know YAML read it: they complete fields, show what each is for, and underline what the
reader would refuse. The models say everything in it: kinds and bounds by their types, what a field
is for by its docstring, other forms and the sorts of names by the notes beside them (`written.py`),
rules between fields beside the validators that hold them. `schema_names.py` then puts names in the
places of the sorts. What a schema can't say is listed in `docs/authoring/editors.md`.
"""

from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import CoreSchema, core_schema

from tabletop.scenario.descriptions import descriptions
from tabletop.scenario.model import Scenario
from tabletop.scenario.scalars import Value
from tabletop.scenario.written import Schema

DRAFT = "http://json-schema.org/draft-07/schema#"


@cache
def sorted_schema() -> Schema:
    """The schema with the sort of a name or a text in the place of what it may be."""
    return Scenario.model_json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=_Draft07
    )


class _Draft07(GenerateJsonSchema):
    """The library's own generator, in the older draft and with each field explained."""

    schema_dialect = DRAFT

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> Schema:
        """The whole schema."""
        made = super().generate(schema, mode)
        definitions = made.pop("$defs")
        return {**made, "definitions": definitions}

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """A model, with what each field is for."""
        made = super().model_schema(schema)
        cls = schema["cls"]
        assert issubclass(cls, Value)
        for name, said in descriptions(cls).items():
            called = cls.model_fields[name].alias or name
            made["properties"][called] = {"description": said, **made["properties"][called]}
        # An editor would head what it tells about each field with the name of the class.
        made.pop("title", None)
        return made

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: a title made from a field's name tells nobody anything."""
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """A field that may be left out, but never be empty."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """A default that says something: an editor would write an empty one down."""
        made = super().default_schema(schema)
        if made.get("default") is not True and not isinstance(made.get("default"), str):
            made.pop("default", None)
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """A map from names to values."""
        made: Schema = {
            "type": "object",
            "propertyNames": self.generate_inner(schema["keys_schema"]),
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }
        self.update_with_validations(made, schema, self.ValidationsMapping.object)
        return made

    def tuple_schema(self, schema: core_schema.TupleSchema) -> Schema:
        """A list; where its length is fixed, its items are all of one kind here."""
        made = super().tuple_schema(schema)
        fixed = made.pop("prefixItems", None)
        return {**made, "items": fixed[0]} if fixed else made
