"""Texts: one string, or one for each audience, or the first that holds; and how they are named.

An event never carries a text. It carries the path of the text in the scenario, so a record stays
small, a second language can stand beside the first, and an erased or replaced text shows.
A path is the place of the text's field, the audience and the number of its variant, as in
`scenes.planning.narration/all/0`; the gentler wording of a passage is `…/fade`.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from tabletop.scenario.conditions import Condition, Situation
from tabletop.scenario.scalars import AudienceName, Name, OneOrMore, ToldProse, Value
from tabletop.scenario.written import Refers, Schema

ALL = "all"


class Variant(Value):
    """One wording and the condition under which it is the one to read."""

    when: Condition | None = None
    """The condition under which this wording is read. Left out: it always holds."""
    text: ToldProse
    """The wording, in CommonMark."""


class Text(Value):
    """What someone reads: variants by audience, content themes, and a fade for those who skip them.

    In YAML a text may be one string; a map from role to text with `all`; a list of `{when, text}`
    of which the first that holds is read; or `{text, themes, fade}` around any of these.
    """

    variants: dict[AudienceName, tuple[Variant, ...]]
    """Audience (a role, or `all`) to its wordings in order."""
    themes: OneOrMore[Annotated[Name, Refers("theme")]] = ()
    """The content themes the passage carries."""
    fade: ToldProse | None = None
    """The gentler wording, with the same effects. A text that carries `themes` needs one."""

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, given: Any) -> Any:
        if isinstance(given, Mapping) and "variants" not in given:
            inner: Any = given
            wrapper: dict[str, Any] = {}
            if "text" in given and not isinstance(given.get("when"), str):
                wrapper = {key: value for key, value in given.items() if key != "text"}
                inner = given["text"]
            return {**wrapper, "variants": _audiences(inner)}
        if isinstance(given, (str, tuple)):
            return {"variants": _audiences(given)}
        return given

    @model_validator(mode="after")
    def _faded(self) -> "Text":
        if self.themes and self.fade is None:
            raise ValueError("carries themes, so it needs a `fade` for those who skip them")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, source: CoreSchema, handler: GetJsonSchemaHandler
    ) -> Schema:
        """The four forms, of which the model keeps one."""
        kept = handler.resolve_ref_schema(handler(source))
        fields = kept["properties"]
        by_role = fields.pop("variants")
        variants = by_role["additionalProperties"]
        wording = handler.resolve_ref_schema(variants["items"])["properties"]["text"]
        plain = {key: value for key, value in wording.items() if key != "description"}
        listed = {"description": "Wordings of which the first that holds is read.", **variants}
        mapped = {
            **by_role,
            "description": "A text for each role, and for `all` others.",
            "additionalProperties": {"anyOf": [plain, variants]},
            "not": {"required": ["text"]},
        }
        passage = {
            **kept,
            "description": "A passage with content themes and a gentler wording.",
            "properties": {
                "text": {
                    "description": "The wording, in any of the other forms.",
                    "anyOf": [plain, listed, mapped],
                },
                **fields,
            },
            "required": ["text"],
            "dependencies": {"themes": ["fade"]},
        }
        return {"description": kept["description"], "anyOf": [plain, listed, passage, mapped]}

    def audience(self, role: str) -> str | None:
        """The audience key under which a role reads this text, if it reads it at all."""
        return role if role in self.variants else ALL if ALL in self.variants else None

    def pick(self, role: str, situation: Situation) -> str | None:
        """The suffix of the variant this role reads now, such as `all/0`, or nothing."""
        audience = self.audience(role)
        if audience is None:
            return None
        for number, variant in enumerate(self.variants[audience]):
            if variant.when is None or variant.when.holds(situation):
                return f"{audience}/{number}"
        return None

    def wordings(self) -> Iterator[tuple[str, str]]:
        """Every suffix of this text with its wording, the fade included."""
        for audience, variants in self.variants.items():
            for number, variant in enumerate(variants):
                yield f"{audience}/{number}", variant.text
        if self.fade is not None:
            yield "fade", self.fade

    def conditions(self) -> Iterator[Condition]:
        """Every condition that decides which variant is read."""
        for variants in self.variants.values():
            for variant in variants:
                if variant.when is not None:
                    yield variant.when


def _audiences(given: Any) -> Any:
    if isinstance(given, Mapping):
        return {audience: _variants(value) for audience, value in given.items()}
    return {ALL: _variants(given)}


def _variants(given: Any) -> Any:
    return given if isinstance(given, tuple) else ({"text": given},)


def texts_of(value: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text inside a model, a map or a sequence, with its path."""
    # Most of what a scenario holds is neither, and asking whether it is a map takes longest.
    if value is None or isinstance(value, str | int):
        return
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Value):
        for field in type(value).model_fields:
            yield from texts_of(getattr(value, field), f"{path}.{field}" if path else field)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from texts_of(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from texts_of(item, f"{path}.{number}")
