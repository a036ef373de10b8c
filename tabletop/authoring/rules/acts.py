"""Acts the guidance names, found in the words of an option.

An option that says such a thing may well stand, as a mistake: what is found is one that says it and
pays no price for it. An option says what its text says, and what its outcome tells of it.
"""

import re
from collections.abc import Iterator, Sequence

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.authoring.rules.phrases import says, tells
from tabletop.authoring.rules.prose import wordings
from tabletop.exercise.engine import Engine
from tabletop.scenario.decisions import Decision, Option
from tabletop.scenario.marks import Mark
from tabletop.scenario.problem import Path

INTERPRETING = {"independent_interpreter", "qualified_interpretation", "advocate_not_interpreter"}
"""Practices of decisions that deal with who interprets."""
_AGE = r"(?:1[0-7]|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)"
_AGED = re.compile(
    rf"\b([A-Z]\w+)(?:,? who (?:is|was)(?: about| barely| only)?|,| \() ?{_AGE}(?=[,.;)]| and )"
    rf"|\b{_AGE}-year-old ([A-Z]\w+)"
)
"""A name with an age beside it."""
_DATED = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"\w+day|Exit|Room|Mile|Route|Street|Unit|Page)"
)
"""Words beside which a number is no age."""
_GROWN = re.compile(
    r"\b(?:mother|father|parents?|aunt|uncle|adults?|driver|manager|owner|worker|wom[ae]n|m[ae]n)\b",
    re.IGNORECASE,
)


def remarks_on_acts(engine: Engine) -> Iterator[Remark]:
    """Acts without their price, arrests that are counted, and whether doing less is ever right."""
    less = False
    named = _named(engine)
    for name in engine.plan.scene_of_decision:
        decision = engine.plan.decision(name)
        asked = " ".join((decision.title, *(text for _, text in wordings(engine, decision.ask))))
        told = " ".join(_told(engine, name))
        for option, one in decision.options.items():
            path: Path = (*decision_path(engine, name), "options", option)
            marks = one.key()
            for at, text in said(engine, path, one):
                yield from _tied(at, text, marks)
                yield from _arrested(at, text, marks)
                yield from _interpreted(at, text, marks)
                young = _young(f"{asked} {text}", named) or _young_there(told, text)
                yield from _interviewed(at, text, marks, young)
            yield from _counted([*said(engine, path, one), *_reasons(path, one)], marks)
            less = less or (
                _right(decision, one)
                and any(says("less", text) for _, text in wordings(engine, one.text))
            )
    yield from _linked(engine)
    if not less and engine.plan.scene_of_decision:
        message = "at no decision is it right to do less: to wait, to leave out, to ask nothing"
        hint = "let one of the better options hold back, or waive this and say why"
        yield Remark("TT510", ("scenes",), message, hint)


def said(engine: Engine, path: Path, option: Option) -> Iterator[tuple[Path, str]]:
    """What an option says of an act, with its place: its text, then its outcome."""
    yield from wordings(engine, option.text, (*path, "text"))
    if option.outcome is not None:
        yield from wordings(engine, option.outcome, (*path, "outcome"))


def _tied(path: Path, text: str, marks: Sequence[Mark]) -> Iterator[Remark]:
    words = says("tied", text) or says("withdrawn", text)
    if words and not all(mark.vc < 0 for mark in marks):
        message = f"“{words}” ties help to cooperation and costs no victim-centeredness"
        hint = "mark `vc` below zero; help does not hang on what a person says"
        yield Remark("TT503", path, message, hint, words=words)


def _arrested(path: Path, text: str, marks: Sequence[Mark]) -> Iterator[Remark]:
    words = says("arrests", text)
    if words and not all(mark.vc < 0 for mark in marks):
        message = f"“{words}” uses an arrest to find out who is a victim, without its price"
        hint = "mark `vc` below zero and rest it on `no_arrest_to_identify`"
        yield Remark("TT504", path, message, hint, words=words)


def _interpreted(path: Path, text: str, marks: Sequence[Mark]) -> Iterator[Remark]:
    words = says("interprets", text)
    if words and not all(mark.vc < 0 or mark.ci < 0 for mark in marks):
        message = f"“{words}”: an interpreter with a tie to the case, marked as if that were well"
        hint = "mark it below zero and rest it on `independent_interpreter`"
        yield Remark("TT506", path, message, hint, words=words)


def _linked(engine: Engine) -> Iterator[Remark]:
    """An interpreter with a tie in the story itself, in a scene that asks nobody about it."""
    for name, scene in engine.scenario.scenes.items():
        asked = {
            practice
            for decision in scene.decisions.values()
            for option in decision.options.values()
            for practice in (*decision.practices, *option.practices)
        }
        if asked & INTERPRETING:
            continue
        at: Path = ("scenes", name)
        texts = [((*at, "narration"), scene.narration)]
        texts += [((*at, "injects", each, "text"), one.text) for each, one in scene.injects.items()]
        for place, text in texts:
            for path, wording in wordings(engine, text, place):
                if words := says("linked", wording):
                    message = f"“{words}”: an interpreter with a tie to the case, asked of nobody"
                    hint = "let a decision of this scene deal with it, or take the tie away"
                    yield Remark("TT506", path, message, hint, words=words)


def _interviewed(
    path: Path, text: str, marks: Sequence[Mark], young: str | None
) -> Iterator[Remark]:
    words = says("interviews", text)
    if young is None or words is None or _GROWN.search(words) or says("trained", text):
        return
    if any(mark.vc >= 0 for mark in marks):
        message = (
            f"“{words}”, where “{young}” is spoken of: an interview with nobody in reach who is "
            "trained for it"
        )
        hint = "name a forensic interviewer or an advocate, or mark `vc` below zero"
        yield Remark("TT505", path, message, hint, words=words)


def _reasons(path: Path, option: Option) -> Iterator[tuple[Path, str]]:
    for number, mark in enumerate(option.key()):
        at: Path = (*path, "marks", number) if option.marks else path
        yield (*at, "because"), mark.because


def _counted(texts: Sequence[tuple[Path, str]], marks: Sequence[Mark]) -> Iterator[Remark]:
    if any(mark.vc > 0 or mark.ci > 0 for mark in marks):
        for path, text in texts:
            if words := says("counted", text):
                message = f"“{words}” counts arrests as success"
                hint = "credit what it does for people and for proof"
                yield Remark("TT517", path, message, hint, words=words)
                return


def _named(engine: Engine) -> re.Pattern[str] | None:
    """The names of people who are said to be minors."""
    every = " ".join(engine.text(path) for path in engine.plan.texts)
    seen = {first or second for first, second in _AGED.findall(every)}
    names = {name for name in seen if not _DATED.fullmatch(name)}
    return re.compile(rf"\b(?:{'|'.join(sorted(names))})\b") if names else None


def _young(text: str, named: re.Pattern[str] | None) -> str | None:
    """What says that a minor is spoken of."""
    seen = named.search(text) if named else None
    return seen[0] if seen else says("minor", text)


def _young_there(told: str, text: str) -> str | None:
    """The same, from what is told in the scene, where an option speaks of nobody grown up."""
    return None if _GROWN.search(text) else tells("minors", told)


def _told(engine: Engine, decision: str) -> Iterator[str]:
    """What the scene of a decision tells before it is asked."""
    scene = engine.scenario.scenes[engine.plan.scene_of_decision[decision]]
    for text in (scene.narration, *(inject.text for inject in scene.injects.values())):
        yield from (wording for _, wording in wordings(engine, text))


def front(decision: Decision) -> set[tuple[int, int]]:
    """The marks of a decision's options that no other beats on both axes."""
    pairs = {(mark.vc, mark.ci) for one in decision.options.values() for mark in one.key()}
    return {
        pair
        for pair in pairs
        if not any(other != pair and other[0] >= pair[0] and other[1] >= pair[1] for other in pairs)
    }


def _right(decision: Decision, option: Option) -> bool:
    """Whether an option is credited and none beats it on both axes."""
    credited = {(mark.vc, mark.ci) for mark in option.key() if mark.vc > 0 or mark.ci > 0}
    return not credited.isdisjoint(front(decision))
