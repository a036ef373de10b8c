"""Phrases: acts the guidance names, found by the words of an option.

Each pattern is narrow on purpose. An option that says such a thing may well stand, as a mistake:
what is found is one that says it and pays no price for it.
"""

import re
from collections.abc import Iterator

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.exercise.engine import Engine
from tabletop.scenario.decisions import Decision, Option
from tabletop.scenario.problem import Path

_I = re.IGNORECASE
_HELP = (
    r"(?:help(?! (?:the case|us|you|find|identify))|services?|beds?|rooms?|shelter|hous(?:e|ing)|"
    r"lawyers?|papers|visas?|relief|status|support|food|money|phone|protection|release|benefits?|"
    r"a place|charges?|applications?)"
)
_WHO = r"(?:he|she|they|clients?|people|someone|each|the \w+)"
_SPEAK = (
    r"(?:talks?|talked|cooperat\w+|testif\w+|gives? (?:a |an |his |her |their |full )*"
    r"(?:account|statement|name)s?|statements?|accounts?|interviews?|names? (?:the|who)|"
    r"explain(?:s|ed)?|tells? (?:us|what|the)|told (?:us|what)|signs?|signed|"
    r"assists?|answers?|answered|information|helps? (?:us|the case|the investigation))"
)
_ONLY = (
    rf"(?:only (?:if|when|once|after)|if {_WHO}|once|as soon as|provided|as long as|until|"
    r"on (?:the )?condition|conditional (?:up)?on|contingent (?:up)?on|"
    r"in (?:exchange|return) for|depends? on|"
    r"(?:for|to) (?:those|anyone|everyone|whoever|clients) who|unless|"
    rf"(?:when|after) (?:{_WHO} (?:has |have |had )?(?={_SPEAK}\b)|"
    rf"(?:the|an|her|his|their) (?={_SPEAK}\b)))"
)
TIED = re.compile(
    rf"\b{_HELP}\b[^.;]{{0,60}}\b{_ONLY}[^.;]{{0,60}}\b{_SPEAK}\b"
    rf"|\b{_ONLY}[^.;]{{0,60}}\b{_SPEAK}\b[^.;]{{0,60}}\b{_HELP}\b"
    rf"|\bonly (?:those|clients|people|whoever)\b[^.;]{{0,40}}\b{_SPEAK}\b"
    rf"[^.;]{{0,60}}\b{_HELP}\b",
    _I,
)
"""Help, a condition, and an account, in one sentence;"""
FREE = re.compile(
    r"\b(?:before|whatever|whether|regardless|no matter|does not|do not|doesn't|without|"
    r"if they (?:wish|like|agree)|if (?:he|she) (?:wishes|likes|agrees))\b",
    _I,
)
"""unless a word between them unties it."""

_HOLD = (
    r"(?:arrest\w*|book(?:ing)?|charg(?:e|ing)|detain\w*|custody|cuff\w*|lock(?:ing)? up|"
    r"round(?:ing)? up)"
)
_WHOM = (
    r"(?:workers?|women|men|people|persons?|everyone|everybody|all|them|victims?|whoever|residents|"
    r"each|her|him)"
)
_FIND_OUT = (
    r"(?:identify\w*|find out|sort (?:out|them)|(?:to|and|then) screen|see who|learn who|"
    r"so (?:that )?(?:they|he|she) (?:will |can )?(?:talks?|speaks?|cooperates?)|"
    r"get (?:them|her|him) to talk|tell(?:s)? us)"
)
ARREST = re.compile(
    rf"\b{_HOLD}[^.;]{{0,50}}\b{_WHOM}\b[^.]{{0,80}}\b{_FIND_OUT}\b"
    rf"|\b(?:tak\w+|bring\w*|put\w*|hold\w*) [^.;]{{0,30}}in(?:to)? custody\b"
    rf"[^.]{{0,80}}\b{_FIND_OUT}\b"
    rf"|\b{_FIND_OUT}\b[^.]{{0,60}}\bby (?:arresting|detaining|booking)\b",
    _I,
)
"""Holding people, in order to find out."""

MINOR = re.compile(
    r"\b(?:minors?|child|children|juveniles?|underage|teenagers?|schoolgirl|schoolboy|"
    r"(?:thirteen|fourteen|fifteen|sixteen|seventeen)(?![- ](?:pages?|minutes|miles|days|hours|"
    r"months|weeks))|(?:1[0-7]|[5-9])[- ]years?[- ]old)\b",
    _I,
)
INTERVIEW = re.compile(
    r"\b(?:interview\w*|question(?:s|ed|ing)? (?:her|him|them|the)|take (?:a|her|his|their|the)"
    r"(?: \w+)? (?:statement|account)|ask (?:her|him|them) (?:what|who|about|to tell))\b",
    _I,
)
TRAINED = re.compile(
    r"\b(?:forensic|child(?:ren's)? (?:advoca\w+|welfare|services|protection)|advocates?|"
    r"guardian)\b",
    _I,
)

_TIE = (
    r"(?:co-?workers?|colleagues? of (?:hers|his|theirs)|cousins?|sisters?|brothers?|relatives?|"
    r"husband|wife|boyfriend|girlfriend|friends?|managers?|supervisors?|foreman|dispatcher|"
    r"boss|owner|employer|landlord|housekeeper|neighbou?rs?|roommates?|driver|another victim|"
    r"one of the (?:women|men|workers|residents)|him|her|(?:Mr|Ms|Mrs)\. \w+)"
)
_INTERPRET = r"(?:interpret|translate|interprets|translates|interpreting|translating)"
INTERPRETER = re.compile(
    rf"\b(?:let|have|ask|use|with|accept|through|rely on)\b[^.;,]{{0,30}}\b{_TIE}\b[^.;,]{{0,30}}"
    rf"\b(?:{_INTERPRET}|as (?:an |the )?interpreter|explain in (?:their|her|his|the) language)\b"
    rf"|\b(?:her|his|their|the|a) {_TIE} (?:can|could|may|will|who) (?:also )?{_INTERPRET}\b",
    _I,
)
"""Someone with a tie who interprets."""

COUNTED = re.compile(
    r"\b(?:number of arrests|more arrests|most arrests|as many arrests|arrest (?:count|numbers?)|"
    r"(?:\d+|ten|twelve|twenty|a dozen|dozens of) arrests)\b",
    _I,
)

LESS = re.compile(
    r"\b(?:nothing|not (?:now|tonight|today|yet)|no (?:questions?|interviews?|more)|wait|leave|"
    r"leaves|hold off|only the|only what|no one|nobody|decline|stop|rest|less|fewer|later|"
    r"put off|postpone|without asking|do not|don't|stay out|step back|need not|another day)\b",
    _I,
)
"""Words of an option that holds back."""


def remarks_on_phrases(engine: Engine) -> Iterator[Remark]:
    """Acts the guidance names, without their price, and whether doing less is ever right."""
    less = False
    for name in engine.plan.scene_of_decision:
        decision = engine.plan.decision(name)
        asked = " ".join((decision.title, *_said(engine, decision)))
        for option, one in decision.options.items():
            path: Path = (*decision_path(engine, name), "options", option)
            text = " ".join(engine.filled(words) for _, words in one.text.wordings())
            practices = {
                each
                for mark in one.key()
                for each in mark.practices or one.practices or decision.practices
            }
            yield from _option(path, text, one, practices)
            yield from _minor(path, asked, text, one, practices)
            less = less or (_right(decision, one) and LESS.search(text) is not None)
    if not less and engine.plan.scene_of_decision:
        message = "at no decision is it right to do less: to wait, to leave out, to ask nothing"
        hint = "let one of the better options hold back, or waive this and say why"
        yield Remark("TT510", ("scenes",), message, hint)


def _said(engine: Engine, decision: Decision) -> Iterator[str]:
    return (engine.filled(words) for _, words in decision.ask.wordings())


def _option(path: Path, text: str, option: Option, practices: set[str]) -> Iterator[Remark]:
    marks = option.key()
    tied = TIED.search(text)
    if tied and not FREE.search(tied[0]) and not all(mark.vc < 0 for mark in marks):
        message = f"“{tied[0]}” ties help to cooperation and costs no victim-centeredness"
        hint = "mark `vc` below zero; help does not hang on what a person says"
        yield Remark("TT503", path, message, hint)
    arrest = ARREST.search(text)
    if arrest and not all(mark.vc < 0 for mark in marks):
        message = f"“{arrest[0]}” uses an arrest to find out who is a victim, without its price"
        hint = "mark `vc` below zero and rest it on `no_arrest_to_identify`"
        yield Remark("TT504", path, message, hint)
    linked = INTERPRETER.search(text)
    if linked and not all(mark.vc < 0 or mark.ci < 0 for mark in marks):
        message = (
            f"“{linked[0]}”: an interpreter with a tie to the case, marked as if that were well"
        )
        hint = "mark it below zero and rest it on `independent_interpreter`"
        yield Remark("TT506", path, message, hint)
    counted = COUNTED.search(" ".join((text, *(mark.because for mark in marks))))
    if counted and any(mark.vc > 0 or mark.ci > 0 for mark in marks):
        message = f"“{counted[0]}” counts arrests as success"
        yield Remark("TT517", path, message, "credit what it does for people and for proof")


def _minor(
    path: Path, asked: str, text: str, option: Option, practices: set[str]
) -> Iterator[Remark]:
    minor = MINOR.search(f"{asked} {text}")
    if not minor or not INTERVIEW.search(text) or TRAINED.search(text):
        return
    if "forensic_interview_for_minors" in practices:
        return
    if any(mark.vc >= 0 for mark in option.key()):
        message = f"an interview where “{minor[0]}” is spoken of, and nobody trained for it is near"
        hint = "name a forensic interviewer or an advocate, or mark `vc` below zero"
        yield Remark("TT505", path, message, hint)


def _right(decision: Decision, option: Option) -> bool:
    """Whether an option is credited and none beats it on both axes."""
    pairs = [(mark.vc, mark.ci) for one in decision.options.values() for mark in one.key()]
    return any(
        (mark.vc > 0 or mark.ci > 0)
        and not any(
            other != (mark.vc, mark.ci) and other[0] >= mark.vc and other[1] >= mark.ci
            for other in pairs
        )
        for mark in option.key()
    )
