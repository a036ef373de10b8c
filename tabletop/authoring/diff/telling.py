"""A difference in sentences: what changed in meaning by subject, and what reads otherwise.

Each change is one line in the words of its file: the names its author gave, the fields as they are
written, values as YAML has them. What the scenario can come to stands first, the rest follows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from tabletop.authoring.diff.change import Change, Key, Rewording
from tabletop.authoring.diff.showing import brief, changed, counted, frontier, marks, now, span
from tabletop.authoring.diff.words import pieces
from tabletop.wording import say

Said = Callable[[], str]
"""A word, looked up when it is said."""

SUBJECTS: Mapping[str, Said] = {
    "endings": lambda: say("Endings"),
    "outcome": lambda: say("What it can come to"),
    "findings": lambda: say("Findings and waivers"),
    "attendance": lambda: say("Attendance"),
    "roles": lambda: say("Roles"),
    "knowing": lambda: say("Who may know what, and tell it"),
    "marks": lambda: say("Marks"),
    "decisions": lambda: say("Decisions"),
    "scenes": lambda: say("Scenes, injects and ways"),
    "state": lambda: say("Flags and counters"),
    "notes": lambda: say("Content notes"),
    "objectives": lambda: say("Objectives"),
    "whole": lambda: say("The scenario as a whole"),
}
"""What changes are gathered under, in the order to be read."""

_SUBJECT_OF = {
    "ending": "endings",
    "outcome": "outcome",
    "exercised": "outcome",
    "finding": "findings",
    "waived": "findings",
    "waiver": "findings",
    "attendance": "attendance",
    "role": "roles",
    "fact": "knowing",
    "class": "knowing",
    "consent": "knowing",
    "share": "knowing",
    "decision": "decisions",
    "option": "decisions",
    "reason": "decisions",
    "scene": "scenes",
    "inject": "scenes",
    "state": "state",
    "theme": "notes",
    "objective": "objectives",
    "task": "objectives",
}
_MARKS = ("vc", "ci", "critical", "practices", "marks", "without", "lapsed", "kept")
_KNOWING = ("reveals", "grant", "revoke")
DECIDING = "decisions on the "
"""How the fields begin that count what a role decides on a route."""
SHORT = 12
"""Words that stand on one line, however little they have in common."""


def sections(changes: Iterable[Change]) -> dict[str, list[str]]:
    """The heading of each subject with a line for each change."""
    found: dict[str, list[str]] = {subject: [] for subject in SUBJECTS}
    alike: dict[Key, list[Change]] = {}
    for change in changes:
        if change.key[0] == "exercised":
            alike.setdefault((change.key[1], str(change.old), str(change.new)), []).append(change)
        elif change.key[0] == "attendance" and change.kind != "changed":
            alike.setdefault((change.kind,), []).append(change)
        else:
            found[subject_of(change)].append(told(change))
    for several in alike.values():
        found[subject_of(several[0])].append(_together(several))
    return {SUBJECTS[subject](): lines for subject, lines in found.items() if lines}


def subject_of(change: Change) -> str:
    """The subject a change is gathered under."""
    field = change.field
    first = field.split(".")[0].split(" ")[0]
    if change.key[0] == "outcome" or field.startswith(DECIDING):
        return "outcome"
    if first in _MARKS:
        return "marks"
    if first in _KNOWING or field.endswith(" for"):
        return "knowing"
    if field.endswith(" themes"):
        return "notes"
    return "attendance" if first == "attendance" else _SUBJECT_OF.get(change.key[0], "whole")


def told(change: Change) -> str:
    """A change in a line."""
    name, old, new = named(change.key), change.old, change.new
    match change.key[0], change.kind:
        case "ending", _:
            return _ending(name, change)
        case "outcome", _:
            return _outcome(change)
        case "finding" | "waived", _:
            return _finding(name, change)
        case _, "added":
            return say("{name}: new", name=name) + brief(new)
        case _, "removed":
            return say("{name}: gone", name=name) + brief(old)
        case _, "renamed":
            return say("{name}: renamed from {old}", name=name, old=old)
        case _, "moved":
            return say("{name}: moved from {old} to {new}", name=name, old=old, new=new)
    if change.field == "marks":
        return f"{name}: {change.field}: {now(marks(old), marks(new))}"
    return f"{name}: {change.field}: {changed(old, new)}"


def _together(changes: list[Change]) -> str:
    """Several changes that differ only in what they are about."""
    first = changes[0]
    if first.key[0] == "attendance":
        people = "; ".join(change.key[1] for change in changes)
        if first.kind == "added":
            return say("new: {people}", people=people)
        return say("gone: {people}", people=people)
    kinds: Mapping[str, Said] = {
        "objective": lambda: say("objectives"),
        "task": lambda: say("critical tasks"),
        "practice": lambda: say("practices"),
        "source": lambda: say("sources"),
    }
    often: Mapping[str | None, Said] = {
        "every": lambda: say("on every route"),
        "some": lambda: say("on some routes"),
        "none": lambda: say("on no route"),
        None: lambda: say("nowhere"),
    }
    return say(
        "{kind} {old}, now {new}: {names}",
        kind=kinds[first.key[1]](),
        old=often[first.old](),
        new=often[first.new](),
        names=", ".join(change.key[2] for change in changes),
    )


def named(key: Key) -> str:
    """A part by what it is and its name."""
    sort, *names = key
    match sort:
        case "scenario":
            return say("scenario")
        case "attendance":
            return names[0]
        case "share":
            told = say("{fact} to {role}", fact=names[0], role=names[1])
            return f"{told} ({names[2]})" if len(names) > 2 else told
        case "waiver":
            return say("waiver of {code} at {place}", code=names[0], place=names[1])
        case "finding" | "waived":
            return say("{code} at {place}", code=names[0], place=names[1] or say("the top"))
        case "task":
            return say("critical task {name}", name=".".join(names))
        case "class":
            return say("fact class {name}", name=names[0])
    # The words of the file itself: role, scene, decision, option, fact and so on.
    return f"{sort} {'.'.join(names)}"


def _ending(name: str, change: Change) -> str:
    if change.kind in ("added", "removed"):
        ending = change.new or change.old
        how = say("gained") if change.kind == "added" else say("lost")
        return say(
            "{name}: {how}; routes {routes}, the shortest in {moves} moves: {route}",
            name=name,
            how=how,
            routes=counted(ending["routes"]),
            moves=ending["moves"],
            route="; ".join(ending["route"]) or say("from the start on"),
        )
    if change.field == "route":
        found = pieces(change.old, change.new, "; ", around=1)
        if found is None:
            steps = now("; ".join(change.old), "; ".join(change.new))
        else:
            steps = "; ".join(marked(sort, text) for sort, text in found)
        return say("{name}: the shortest route: {steps}", name=name, steps=steps)
    field = say("routes") if change.field == "routes" else say("moves on the shortest route")
    return f"{name}: {field}: {now(counted(change.old), counted(change.new))}"


def _outcome(change: Change) -> str:
    if change.field == "frontier":
        return say("achievable frontier: {change}", change=frontier(change.old, change.new))
    names: Mapping[str, Said] = {
        "situations": lambda: say("situations"),
        "transitions": lambda: say("transitions"),
        "routes": lambda: say("routes"),
        "cycles": lambda: say("scenes can follow each other for ever"),
        "stuck": lambda: say("situations in which nothing leads on"),
        "vc": lambda: say("victim-centeredness"),
        "ci": lambda: say("case integrity"),
        "decisions": lambda: say("decisions on a route"),
        "words": lambda: say("words on a route"),
        "minutes": lambda: say("planned minutes on a route"),
    }
    shown = span if isinstance(change.old, list) else counted
    return f"{names[change.field]()}: {now(shown(change.old), shown(change.new))}"


def _finding(name: str, change: Change) -> str:
    waived = change.key[0] == "waived"
    if change.kind == "added":
        how = say("waived now") if waived else say("new")
        return f"{name}: {how}: {change.new}"
    if change.kind == "removed":
        return f"{name}: {say('no longer waived') if waived else say('gone')}"
    return f"{name}: {now(change.old, change.new)}"


def marked(sort: str, text: str) -> str:
    """A piece of a text: what is gone in `[-…-]`, what is new in `{+…+}`."""
    return f"[-{text}-]" if sort == "gone" else f"{{+{text}+}}" if sort == "come" else text


def reworded(rewording: Rewording) -> Iterator[str]:
    """What a text was and is: in one paragraph where they have much in common, else in two."""
    old, new = rewording.old.split(), rewording.new.split()
    found = pieces(old, new) if old and new else None
    if found is not None:
        yield " ".join(marked(sort, text) for sort, text in found)
        return
    sides = [marked("gone", " ".join(old))] if old else []
    sides += [marked("come", " ".join(new))] if new else []
    yield from [" ".join(sides)] if len(old) + len(new) < SHORT else sides
