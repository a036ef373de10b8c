"""Feeds: what someone has been told so far, passage by passage, in the words it may read.

A feed only grows, and wording a passage costs far more than keeping it. So an engine remembers the
feed each reader was last shown, and words only what came after; what could change an earlier
passage (words erased since) is compared first. Where that does not fit, as when exploring leaps
about, passages are remembered one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.exercise import view_types as v
from tabletop.exercise.engine import Engine
from tabletop.exercise.headings import heading
from tabletop.exercise.readers import Reader, passages_of
from tabletop.exercise.shown import once
from tabletop.exercise.state import Passage, State

Words = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as a reader is shown it, and what it was made of."""

    passages: tuple[Passage, ...] = ()
    said: tuple[str, ...] = ()
    """The references of people's own words in it,"""
    heard: tuple[str | None, ...] = ()
    """and what these were."""
    shown: tuple[v.PassageView, ...] = ()
    scenes: tuple[str, ...] = ()
    """The scenes it tells of, in order."""

    def holds(self, passages: tuple[Passage, ...], words: Words) -> bool:
        """Whether the given begin with all it tells of, and that still reads the same."""
        return (
            passages[: len(self.passages)] == self.passages
            and tuple(map(words.get, self.said)) == self.heard
        )


def feed(engine: Engine, state: State, reader: Reader, words: Words, language: str) -> Feed:
    """The feed of a reader as it is now."""
    role, skips, own = reader.role, reader.skips, reader.own
    passages = passages_of(engine, state, role, own)
    key = (feed, role, skips, reader.skipped, own, language)
    last: Feed = engine.shown.get(key, Feed())
    if not last.holds(passages, words):
        last = Feed()
    elif len(last.passages) == len(passages):
        return last
    new = passages[len(last.passages) :]
    shown = list(last.shown)
    for number, passage in enumerate(new, start=len(shown) + 1):
        text = words.get(passage.words) if passage.words else ""
        mine, faded = bool(own) and passage.seat == own, number in reader.skipped
        shown.append(
            once(engine, worded, role, skips, number, passage, mine, faded, text, language)
        )
    said = (*last.said, *(each.words for each in new if each.words))
    scenes = dict.fromkeys((*last.scenes, *(each.scene for each in new if each.scene)))
    now = Feed(passages, said, tuple(map(words.get, said)), tuple(shown), tuple(scenes))
    engine.shown[key] = now
    return now


def worded(
    engine: Engine,
    role: str,
    skips: tuple[str, ...],
    number: int,
    passage: Passage,
    own: bool,
    skipped: bool,
    said: str | None,
    language: str,
) -> v.PassageView:
    """A passage as it is read in a role, by whoever said it (`own`) or by others."""
    fade = engine.fade(passage.path) if passage.path else None
    faded = fade is not None and (
        skipped or not set(skips).isdisjoint(engine.themes_of(passage.path))
    )
    if passage.path:
        text = engine.text(fade if faded and fade is not None else passage.path)
    else:
        text = said or ""
    return v.PassageView(
        number=number,
        at=passage.at,
        scene=passage.scene,
        kind=passage.kind,
        heading=heading(engine, role, passage, own, language),
        title=_title(engine, passage),
        text=text,
        sender=passage.sender,
        stand_in=passage.stand_in,
        skippable=fade is not None and not faded,
        faded=faded,
        erased=said is None,
    )


def _title(engine: Engine, passage: Passage) -> str:
    match passage.kind:
        case "inject":
            return engine.filled(engine.plan.inject(passage.item).title)
        case "outcome" | "advice" | "settled" if passage.item in engine.plan.scene_of_decision:
            return engine.filled(engine.plan.decision(passage.item).title)
        case "jumped":
            return scene_title(engine, passage.item)
        case "learned" | "told" | "shared" | "outcome":
            return fact_title(engine, passage.item, passage.path)
    return ""


def scene_title(engine: Engine, scene: str) -> str:
    """A scene's title, made from its identifier where it has none."""
    return engine.scenario.scenes[scene].title or scene.replace("_", " ").capitalize()


def fact_title(engine: Engine, fact: str, path: str) -> str:
    """A fact's short name, or the beginning of the wording it is known in."""
    title = engine.scenario.facts[fact].title
    if title is not None:
        return engine.filled(title)
    # A title is in plain sight: where a gentler wording exists, it is the beginning of that one.
    text = engine.text(engine.fade(path) or path) if path else fact
    first = text.split("\n", 1)[0].split(". ", 1)[0]
    return first if len(first) <= 60 else first[:57].rsplit(" ", 1)[0] + " …"
