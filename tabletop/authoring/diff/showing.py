"""Values of a difference as an author writes them, and as numbers are read."""

from collections.abc import Mapping, Sequence
from typing import Any

from tabletop.wording import say

MANY = 4
"""Names, of both sides together, above which only what came and went is said."""
POINTS = 6
"""Points of a frontier that are named one by one."""


def shown(value: Any) -> str:
    """A plain value as YAML has it; a list of names without its brackets."""
    if value is None or (isinstance(value, (str, list, dict)) and not value):
        return say("left out")
    if isinstance(value, list):
        return ", ".join(_flow(each) for each in value)
    return _flow(value)


def now(old: object, new: object) -> str:
    """What was, and what is."""
    return say("{old}, now {new}", old=old, new=new)


def changed(old: Any, new: Any) -> str:
    """A value that changed; of long lists of names only what came and went."""
    if _names(old) and _names(new) and len(old) + len(new) > MANY:
        parts = []
        gone = [each for each in old if each not in new]
        come = [each for each in new if each not in old]
        if gone:
            parts.append(say("without {names}", names=", ".join(gone)))
        if come:
            parts.append(say("with {names}", names=", ".join(come)))
        if parts:
            return ", ".join(parts)
    return now(shown(old), shown(new))


def marks(given: list[dict[str, Any]] | None) -> str:
    """Marks with their conditions, one after another."""
    return "; ".join(
        shown({name: value for name, value in each.items() if value not in ("", False, [])})
        for each in given or ()
    )


def counted(number: Any) -> str:
    """A count, which may be without number, or a yes or no."""
    if number is None:
        return say("without number")
    return shown(number) if isinstance(number, bool) else f"{number:,}"


def span(given: Sequence[float | None]) -> str:
    """A range, which may lack a bound."""
    least, most = (say("no bound") if each is None else f"{each:,}" for each in given)
    return least if least == most else say("{least} to {most}", least=least, most=most)


def frontier(old: list[list[float]] | None, new: list[list[float]] | None) -> str:
    """The points of a frontier that went and those that came."""
    if old is None or new is None:
        without = say("without bound")
        return now(
            without if old is None else _points(old), without if new is None else _points(new)
        )
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    told = []
    if gone:
        told.append(say("gone {points}", points=_points(gone)))
    if come:
        told.append(say("new {points}", points=_points(come)))
    return "; ".join(told)


def _points(points: list[list[float]]) -> str:
    told = [
        say(
            "{vc} and {ci} (forgone {lost_vc} and {lost_ci})",
            vc=f"{vc:g}",
            ci=f"{ci:g}",
            lost_vc=f"{lost_vc:g}",
            lost_ci=f"{lost_ci:g}",
        )
        for vc, ci, lost_vc, lost_ci in points[:POINTS]
    ]
    if len(points) > POINTS:
        told.append(say("{count} more", count=len(points) - POINTS))
    return ", ".join(told)


def brief(values: Mapping[str, Any] | None) -> str:
    """The few things that say most about a part, in parentheses, where it has them."""
    told = []
    for name, value in (values or {}).items():
        if name == "marks":
            told += [f"vc {mark['vc']}, ci {mark['ci']}" for mark in value]
        elif value != [] and (name in _TELLING or name.startswith("order of ")):
            told.append(f"{name.removeprefix('order of ')}: {shown(value)}")
    return f" ({'; '.join(told)})" if told else ""


_TELLING = (
    "scene", "by", "to", "discipline", "hat", "joins", "ending", "start", "range", "class",
    "held_by", "during", "under", "for", "value",
)  # fmt: skip


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _flow(value: Any) -> str:
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(_flow(each) for each in value) + "]"
        case bool():
            return str(value).lower()
    return str(value)
