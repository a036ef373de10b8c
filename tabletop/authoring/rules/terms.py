"""Terms: words the guidance asks to avoid, and themes that need a note before anyone starts."""

import re
from collections.abc import Iterator
from functools import cache

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.knowledge import steps
from tabletop.exercise.engine import Engine
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.problem import Path

QUOTED = re.compile(r"[“\"«][^“”\"«»]*[”\"»]")
"""What a person in the story says may be said."""

THEMES: dict[str, tuple[str, str]] = {
    "threats": (
        r"threat\w*|would happen to (?:his|her|their)",
        r"threat\w*|danger|violence|coerc\w*|press\w*|intimidat\w*",
    ),
    "violence": (
        r"beat(?:en|s)?(?= (?:him|her|them|up|by))|bruis\w*|assault\w*|stabb\w*|strangl\w*|"
        r"punch\w*|wound\w*",
        r"violen\w*|assault\w*|injur\w*|beat\w*|harm\w*",
    ),
    "sexual violence": (
        r"rape[ds]?|sexual(?:ly)? (?:assault\w*|abus\w*|violen\w*)",
        r"sexual\w*|rape",
    ),
    "commercial sex": (
        r"commercial sex|sex work\w*|massage parlou?rs?|escort(?: service)?s?",
        r"commercial|sex\w*",
    ),
    "minors": (
        r"(?:a|the|two|three|with) minors?|children|(?:a|the|her|his|young) child|underage|"
        r"juveniles?|"
        r"(?:1[0-7]|thirteen|fourteen|fifteen|sixteen|seventeen)[- ]years?[- ]old|"
        r"(?:is|be|turned|only) (?:thirteen|fourteen|fifteen|sixteen|seventeen)\b",
        r"minor\w*|child\w*|young|juvenile\w*|under ?age|teen\w*",
    ),
    "self-harm": (
        r"suicid\w*|self-harm\w*|kill(?:ed|ing)? (?:himself|herself|themselves)",
        r"suicid\w*|self-harm\w*|death",
    ),
    "substance use": (
        r"overdos\w*|withdrawal symptoms|heroin|opioids?|fentanyl|methadone|shaking for a fix",
        r"substance\w*|drug\w*|addict\w*|withdrawal|dependen\w*",
    ),
    "illness": (
        r"has (?:had )?a fever|with a fever|tuberculosis|miscarr\w*|hospitali[sz]ed",
        r"ill\w*|sick\w*|health|medical|disease|fever",
    ),
    "immigration": (
        r"deport\w*|removal proceedings|immigration raid",
        r"immigra\w*|deport\w*|status|papers",
    ),
    "death": (r"corpse|was found dead|murder\w*|funeral home", r"death|dead|dying|murder\w*|loss"),
}
"""A theme to the words that suggest it in a text, and those that declare it in a note."""


@cache
def _avoided(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


def remarks_on_terms(engine: Engine) -> Iterator[Remark]:
    """Terms from the avoid list, content notes that are missing, and such as are for nothing."""
    yield from _avoid(engine)
    yield from _themes(engine)


def read_by_people(engine: Engine) -> Iterator[tuple[Path, str]]:
    """Everything people read, with its place."""
    scenario = engine.scenario
    for path in engine.plan.texts:
        yield steps(path), engine.text(path)
    yield ("title",), scenario.title
    yield ("summary",), scenario.summary
    for name, role in scenario.roles.items():
        yield ("roles", name, "name"), role.name
        yield ("roles", name, "line"), role.line or ""
    for name, fact in scenario.facts.items():
        yield ("facts", name, "title"), fact.title or ""
        for number, share in enumerate(fact.share):
            yield ("facts", name, "share", number, "because"), share.because or ""
    for name, scene in scenario.scenes.items():
        at: Path = ("scenes", name)
        yield (*at, "title"), scene.title or ""
        for number, closing in enumerate(scene.closing):
            yield (*at, "closing", number), closing
        for inject, each in scene.injects.items():
            yield (*at, "injects", inject, "title"), each.title
        for decision, asked in scene.decisions.items():
            yield (*at, "decisions", decision, "title"), asked.title
            for reason, one in asked.reasons.items():
                yield (*at, "decisions", decision, "reasons", reason, "text"), one.text
            for option, answer in asked.options.items():
                here: Path = (*at, "decisions", decision, "options", option)
                yield (*here, "because"), answer.because or ""
        for audience, questions in scene.questions.items():
            for number, question in enumerate(questions):
                yield (*at, "questions", audience, number), question


def _avoid(engine: Engine) -> Iterator[Remark]:
    guidance: Guidance = engine.guidance
    for path, text in read_by_people(engine):
        apart = QUOTED.sub(" ", text)
        for term in guidance.terms.values():
            seen = _avoided(term.avoid).search(apart)
            if seen:
                message = f"“{seen[0]}” is on the list of terms to avoid. {term.why}"
                hint = f"write {term.prefer}"
                yield Remark("TT514", path, message, hint)


def _themes(engine: Engine) -> Iterator[Remark]:
    scenario = engine.scenario
    declared = {name: f"{name.replace('_', ' ')} {note}" for name, note in scenario.themes.items()}
    notes = " ".join(declared.values())
    told = [(path, text) for path, text in read_by_people(engine) if path[:1] != ("summary",)]
    for theme, (suggests, declares) in THEMES.items():
        if re.search(rf"\b(?:{declares})\b", notes, re.IGNORECASE):
            continue
        words = re.compile(rf"\b(?:{suggests})\b", re.IGNORECASE)
        for path, text in told:
            seen = words.search(text)
            if seen:
                message = f"“{seen[0]}” suggests {theme}, and no content note speaks of it"
                hint = "declare it under `themes` with a plain note"
                yield Remark("TT515", path, message, hint)
                break
    carried = {theme for themes in engine.plan.themes.values() for theme in themes}
    everything = " ".join((scenario.summary, *(text for _, text in told)))
    for name, note in declared.items():
        if name not in carried and not _suggested(note, everything):
            message = f"no passage carries the theme `{name}`, and nothing in the texts suggests it"
            hint = "name it in `themes` of the passages it stands in, or delete it"
            yield Remark("TT516", ("themes", name), message, hint)


def _suggested(note: str, text: str) -> bool:
    """Whether words of a note, or of a theme like it, stand in a text."""
    for suggests, declares in THEMES.values():
        if re.search(rf"\b(?:{declares})\b", note, re.IGNORECASE) and re.search(
            rf"\b(?:{suggests})\b", text, re.IGNORECASE
        ):
            return True
    stems = {word[:5] for word in re.findall(r"[a-z]{5,}", note.casefold())} - _COMMON
    words = {word[:5] for word in re.findall(r"[a-z]{5,}", text.casefold())}
    return len(stems & words) >= min(2, len(stems))


_FILLING = """
about people person passage skipped shown never nothing described other someone their there where
which adults mentioned story scene read before after while would could
"""
_COMMON = frozenset(word[:5] for word in _FILLING.split())
