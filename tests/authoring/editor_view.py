"""A scenario file as an editor sees it: each bare scalar with the kind it looks like.

The reader hands a bare `6` over as text and lets the field decide; an editor's YAML 1.2 makes a
number of it before it looks at a schema.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from tabletop.scenario.scalars import Plain

KINDS: tuple[tuple[str, Callable[[str], Any]], ...] = (
    (r"null|Null|NULL|~", lambda text: None),
    (r"true|True|TRUE", lambda text: True),
    (r"false|False|FALSE", lambda text: False),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text, 0)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text, 0)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
)
"""The core schema of YAML 1.2, in order."""


def seen(value: Any) -> Any:
    """A tree of the reader as the values an editor has."""
    if isinstance(value, dict):
        return {key: seen(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [seen(each) for each in value]
    if isinstance(value, Plain):
        for pattern, made in KINDS:
            if re.fullmatch(pattern, value):
                return made(str(value))
    return value if value is None else str(value)


def written(value: Any) -> str:
    """A tree as YAML, with what was bare left bare."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, Plain) and re.fullmatch(r"[\w.+-]+", value):
        return str(value)
    return json.dumps(str(value), ensure_ascii=False)
