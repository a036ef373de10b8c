"""Names in a schema: for every sort of name, which there are.

The guidance that came along gives practices, fact classes and jurisdictions; a scenario file gives
its own roles, scenes, facts and the rest. Where a sort has names, a string that refers to it may
be one of them and a map keyed by it has no other keys. The options of a decision are known only
within it, so each decision of a file has a definition of its own, and so does each scene.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from keyword import kwlist
from typing import Any

from tabletop.authoring.declared import Declared, Named
from tabletop.authoring.schema import DRAFT, sorted_schema
from tabletop.scenario.conditions import ALPHABET, CALLS, LONGEST
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.scalars import LINE, NAME, PROSE
from tabletop.scenario.texts import ALL
from tabletop.scenario.written import SORT, Schema

WRITTEN = "Written by tabletop"
"""Begins the comment at the head of a schema of ours, by which it is known again."""
FROM_NAMES = f"{WRITTEN} from the names in"
"""Begins that of a schema with the names of one file."""

BARE = "bare"
"""The definition of what is a text to the reader and a switch to an editor, as a bare `true` is."""

_BLANK = r"\S"
_BOUNDS = {"ge": "minimum", "le": "maximum"}
_RESERVED = sorted({*filter(str.islower, kwlist), *CALLS, ALL})
_NAME_RULE = (
    "A name is small letters, digits and _, begins with a letter, has at most 48 characters"
    " and is no word of a condition."
)
_WORDS = ("and", "or", "not", "in", *CALLS)
_SORTS = (
    "role",
    "audience",
    "scene",
    "fact",
    "consent",
    "flag",
    "counter",
    "theme",
    "option",
    "practice",
    "fact class",
    "jurisdiction",
)
_OF_A_DECISION = ("Reason", "StandInRule")
_EXAMPLES = (
    "ready",
    "trust >= 3 and not ready",
    "notice == ranges",
    "notice in (ranges, on_call)",
    "knows(investigator, beds)",
    "settled(notice)",
    "law(reporting) == universal",
)


def schema(guidance: Guidance) -> Schema:
    """The schema of any scenario file."""
    return _Filling(guidance, None).whole(f"{WRITTEN} schema; not to be changed by hand.")


def schema_of(declared: Declared, guidance: Guidance, name: str) -> Schema:
    """The schema of one scenario file, called `name`, with what it declares."""
    comment = f"{FROM_NAMES} {name}; tabletop check writes it again when they change."
    return _Filling(guidance, declared).whole(comment)


def schema_text(made: Schema) -> str:
    """A schema as a file holds it."""
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


class _Filling:
    """Puts names in the places of their sorts."""

    def __init__(self, guidance: Guidance, declared: Declared | None) -> None:
        raw = sorted_schema()
        self.models: dict[str, Schema] = raw["definitions"]
        self.top = {key: each for key, each in raw.items() if key != "definitions"}
        self.guidance = guidance
        self.declared = declared
        self.names: dict[str, Named] = {
            "practice": {
                name: f"{each.title}: {each.text.strip()}"
                for name, each in guidance.practices.items()
            },
            "fact class": {name: each.title for name, each in guidance.fact_classes.items()},
            "jurisdiction": {name: each.name for name, each in guidance.jurisdictions.items()},
        }
        if declared is not None:
            self.names |= declared.sorts
            self.names["audience"] = {**declared.sorts["role"], ALL: "Every role."}

    def whole(self, comment: str) -> Schema:
        """The filled schema, its definitions in order of name."""
        top = self.filled(self.top)
        definitions = {name: self.filled(each) for name, each in self.models.items()}
        definitions |= self.texts() | self.sorts()
        if self.declared is not None:
            scenes = self.declared.options
            definitions |= dict(chain.from_iterable(map(self.scene, scenes, scenes.values())))
            _known(top["properties"]["scenes"], {name: f"Scene.{name}" for name in scenes})
        return {
            "$schema": DRAFT,
            "$comment": comment,
            **top,
            "definitions": dict(sorted(definitions.items())),
        }

    def filled(self, node: Any, within: str = "") -> Any:
        """A piece of the schema with names in it; `within` is the decision it belongs to."""
        if isinstance(node, list):
            return [self.filled(each, within) for each in node]
        if not isinstance(node, dict):
            return node
        model = str(node.get("$ref", "")).rsplit("/", 1)[-1]
        if within and model in _OF_A_DECISION:
            return self.filled(self.models[model], within)
        meant = _definition(node, within)
        if meant:
            kept = {key: node[key] for key in ("description",) if key in node}
            return {**kept, "$ref": f"#/definitions/{meant}"}
        made = {_BOUNDS.get(key, key): self.filled(each, within) for key, each in node.items()}
        sort = node.get("propertyNames", {}).get(SORT)
        if sort in self.names:
            del made["propertyNames"]
            made["properties"] = dict.fromkeys(self.names[sort], made["additionalProperties"])
            made["additionalProperties"] = False
        return made

    def scene(self, scene: str, decisions: Mapping[str, Named]) -> Iterator[tuple[str, Schema]]:
        """The definitions of a scene of this file and of its decisions."""
        refer = {name: f"Decision.{scene}.{name}" for name in decisions}
        made = self.like("Scene", ("decisions",))
        _known(made["properties"]["decisions"], refer)
        yield f"Scene.{scene}", made
        for name, options in decisions.items():
            yield refer[name], self.like("Decision", ("reasons", "stand_in"), f"{scene}.{name}")
            yield f"option.{scene}.{name}", _one_of(options, "this decision has no options yet")

    def like(self, model: str, own: tuple[str, ...], within: str = "") -> Schema:
        """A model some fields of which are its own; the others refer to those of the model."""
        made = dict(self.models[model])
        made["properties"] = {
            name: self.filled(each, within)
            if name in own
            else {"$ref": f"#/definitions/{model}/properties/{name}"}
            for name, each in made["properties"].items()
        }
        return made

    def sorts(self) -> dict[str, Schema]:
        """The definitions of what a name may be."""
        return {
            "name": {
                "type": "string",
                "pattern": f"^(?!(?:{'|'.join(_RESERVED)})$){NAME.removeprefix('^')}",
                "patternErrorMessage": _NAME_RULE,
            },
            "condition": self.condition(),
            **{
                sort.replace(" ", "_"): _one_of(self.names[sort], f"this file declares no {sort}")
                if sort in self.names
                else {"type": "string", "pattern": NAME, "patternErrorMessage": _NAME_RULE}
                for sort in _SORTS
            },
        }

    def condition(self) -> Schema:
        """What a condition may be: of these characters, or of the words there are."""
        made: Schema = {
            "type": "string",
            "maxLength": LONGEST,
            "pattern": ALPHABET,
            "examples": list(_EXAMPLES),
            "patternErrorMessage": "A condition holds names, whole numbers, comparisons, in, and,"
            " or, not and parentheses.",
        }
        if self.declared is not None:
            words = sorted(set(_words(self.declared, self.guidance)))
            made["pattern"] = rf"^(?:[ ()<>=!,-]|\b(?:[0-9]\w*|{'|'.join(words)})\b)+$"
            made["patternErrorMessage"] = "A condition holds names that this file declares."
            made["examples"] = list(_examples(self.declared))
        return made

    def texts(self) -> dict[str, Schema]:
        """The definitions of texts: a number or a switch to an editor is a text to the reader."""
        told = _BLANK if self.declared is None else _with(self.declared.sorts["parameter"])
        hint = {"patternErrorMessage": "A name after $ is a parameter; a dollar sign is $$."}
        return {
            BARE: {"not": {"type": ["string", "number", "object", "array", "null"]}},
            **{
                name: {
                    "anyOf": [
                        {
                            "type": ["string", "number"],
                            "minLength": 1,
                            "maxLength": most,
                            "pattern": pattern,
                            **({} if pattern == _BLANK else hint),
                        },
                        {"$ref": f"#/definitions/{BARE}"},
                    ]
                }
                for name, most, pattern in (
                    ("line", LINE, _BLANK),
                    ("prose", PROSE, _BLANK),
                    ("told_line", LINE, told),
                    ("told_prose", PROSE, told),
                )
            },
        }


def _definition(node: Schema, within: str) -> str:
    """The definition that stands for a text, a name or a condition; empty for all else."""
    sort = node.get(SORT, "")
    size = "line" if node.get("maxLength") == LINE else "prose"
    if sort == "parameter":
        return f"told_{size}"
    if sort == "option" and within:
        return f"option.{within}"
    return sort.replace(" ", "_") or (size if node.get("pattern") == _BLANK else "")


def _known(entries: Schema, definitions: Mapping[str, str]) -> None:
    """Gives the entries of a map that are there a definition each; others may be added."""
    entries["properties"] = {
        name: {"$ref": f"#/definitions/{each}"} for name, each in definitions.items()
    }


def _one_of(names: Named, none: str) -> Schema:
    if not names:
        return {"type": "string", "pattern": "(?!)", "patternErrorMessage": none}
    return {"enum": list(names), "enumDescriptions": list(names.values())}


def _with(parameters: Iterable[str]) -> str:
    """The pattern of a text whose every `$name` is a parameter."""
    declared = "|".join(sorted(parameters))
    known = rf"(?:{declared})(?![a-z0-9_])|" if declared else ""
    return rf"^(?=\s*\S)[^$]*(?:\$(?:\$|{known}(?![a-z$]))[^$]*)*$"


def _examples(declared: Declared) -> Iterator[str]:
    """A condition of each kind, in the names of a file."""
    first = {sort: next(iter(names), "") for sort, names in declared.sorts.items()}
    if first["flag"]:
        yield first["flag"]
    if first["counter"]:
        yield f"{first['counter']} >= 1"
    asked = [each for decisions in declared.options.values() for each in decisions.items()]
    for decision, options in asked[:1]:
        yield from (f"{decision} == {option}" for option in list(options)[:1])
        yield f"settled({decision})"
    if first["role"] and first["fact"]:
        yield f"knows({first['role']}, {first['fact']})"
    for call, sort in (("granted", "consent"), ("delivered", "inject")):
        if first[sort]:
            yield f"{call}({first[sort]})"


def _words(declared: Declared, guidance: Guidance) -> Iterator[str]:
    yield from _WORDS
    for sort in ("role", "fact", "consent", "flag", "counter", "inject"):
        yield from declared.sorts[sort]
    for decisions in declared.options.values():
        yield from decisions
        yield from chain.from_iterable(decisions.values())
    for card in guidance.jurisdictions.values():
        for name, attribute in card.attributes.items():
            yield from (name, *attribute.values)
