"""Content notes: what people need to know of a scenario before they choose it."""

import re
from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.phrases import tells, themes
from tabletop.authoring.rules.prose import prose
from tabletop.exercise.engine import Engine

TOLD = frozenset({"roles", "facts", "scenes", "consents"})
"""The parts that tell the story; what facilitators and authors read beside it needs no note."""
ASIDE = frozenset({"facilitator", "note", "expect", "because", "questions"})
_FILLING = """
about people person passage skipped shown never nothing described other someone their there where
which adults mentioned story scene read before after while would could
"""
_COMMON = frozenset(word[:5] for word in _FILLING.split())


def remarks_on_content(engine: Engine) -> Iterator[Remark]:
    """Content notes that are missing, and such as are for nothing."""
    scenario = engine.scenario
    declared = {name: f"{name.replace('_', ' ')} {note}" for name, note in scenario.themes.items()}
    notes = " ".join(declared.values())
    told = [
        (path, text)
        for path, text in prose(engine)
        if path[0] in TOLD and ASIDE.isdisjoint(map(str, path))
    ]
    if not declared:
        message = "no content note says what people will read about"
        hint = "declare what the story is about under `themes`, each with a plain note"
        yield Remark("TT515", ("title",), message, hint)
    for name, theme in themes().items():
        if theme.noted.search(notes):
            continue
        for path, text in told:
            if seen := tells(name, text):
                message = f"“{seen}” suggests {name}, and no content note speaks of it"
                hint = "declare it under `themes` with a plain note"
                yield Remark("TT515", path, message, hint, words=seen)
                break
    carried = {theme for several in engine.plan.themes.values() for theme in several}
    everything = " ".join((scenario.summary, *(text for _, text in told)))
    for name, note in declared.items():
        if name not in carried and not _suggested(note, everything):
            message = f"no passage carries the theme `{name}`, and nothing in the texts suggests it"
            hint = "name it in `themes` of the passages it stands in, or delete it"
            yield Remark("TT516", ("themes", name), message, hint)


def _suggested(note: str, text: str) -> bool:
    """Whether a note speaks of the whole story, or words of it or of its theme stand in a text."""
    for name, theme in themes().items():
        if theme.noted.search(note) and (theme.pervasive or tells(name, text)):
            return True
    stems = {word[:5] for word in re.findall(r"[a-z]{5,}", note.casefold())} - _COMMON
    words = {word[:5] for word in re.findall(r"[a-z]{5,}", text.casefold())}
    return len(stems & words) >= min(2, len(stems))
