"""Terms: words the guidance asks to avoid."""

import re
from collections.abc import Iterator
from functools import cache

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.phrases import compiled
from tabletop.authoring.rules.prose import prose
from tabletop.exercise.engine import Engine

QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|\"(?:[^\"\n]|\n(?!\n))*\"")
"""What a person in the story says may be said."""

_compiled = cache(compiled)


def remarks_on_terms(engine: Engine) -> Iterator[Remark]:
    """Terms from the avoid list."""
    terms = tuple(engine.guidance.terms.values())
    avoided = _compiled(tuple(word for term in terms for word in term.avoid))
    for path, text in prose(engine):
        if not avoided.search(text):
            continue
        apart = QUOTED.sub(" ", text)
        for term in terms:
            rest = _compiled(term.stands_in).sub(" ", apart) if term.stands_in else apart
            if seen := _compiled(term.avoid).search(rest):
                message = f"“{seen[0]}” is on the list of terms to avoid. {term.why}"
                yield Remark("TT514", path, message, f"write {term.prefer}", words=seen[0])
