"""Grave acts: those that no other point can offset, and that are not marked `critical`.

They show in three ways: a mark at its lowest that rests on a practice which stands for such an act,
the words of an option, and where a fact of a class may go. Where an option only inherits the
practice and a sibling is critical for it, its author has told the two apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.authoring.findings import Remark
from tabletop.authoring.rules.acts import said
from tabletop.authoring.rules.behaviour import decision_path
from tabletop.authoring.rules.phrases import says
from tabletop.authoring.rules.usage import all_effects
from tabletop.exercise.engine import Engine
from tabletop.scenario.decisions import Decision, Option
from tabletop.scenario.facts import Fact, Share
from tabletop.scenario.marks import PlainMark
from tabletop.scenario.problem import Path

ANY = ("vc", "ci")
HINT = "write `critical: true`, or rest the mark on the practice that is meant"


@dataclass(frozen=True, slots=True)
class Grave:
    """A kind of act that nothing can offset, told by a practice and the lowest mark."""

    axes: tuple[str, ...]
    """The axes of which one has to be at its lowest."""
    act: str
    first: bool = False
    """Whether the mark has to rest on it before all else, because it stands by many lesser acts."""
    shares: bool = True
    """Whether sharing a fact can be such an act."""


PRACTICES = {
    "relief_not_a_bargain": Grave(ANY, "trading immigration relief"),
    "services_without_cooperation": Grave(("vc",), "making help depend on cooperation"),
    "release_not_a_condition": Grave(("vc",), "making help depend on a release"),
    "shield_identity": Grave(("vc",), "exposing who or where a person is"),
    "material_witness_last_resort": Grave(("vc",), "jailing a witness"),
    "disclose_brady_giglio": Grave(("ci",), "hiding what has to be disclosed"),
    "keep_accounts_independent": Grave(
        ("ci",), "feeding one person's account to another", True, False
    ),
    "protect_privilege_work_product": Grave(("vc",), "breaching a privilege"),
    "written_limited_release": Grave(("vc",), "breaching a consent"),
    "honour_each_confidentiality_regime": Grave(("vc",), "breaching a confidence", True),
    "independent_interpreter": Grave(ANY, "using an interpreter with a tie to the case", True),
}
WORDS = {
    "promises": "promising or trading immigration relief",
    "tied": "making help depend on cooperation",
    "withdrawn": "making help depend on cooperation",
    "exposes": "exposing who or where a person is",
    "jails": "jailing a witness",
    "hides": "hiding what has to be disclosed",
    "feeds": "feeding one person's account to another",
    "breaches": "breaching a confidence",
    "presses": "pressing a person by way of a child",
}
PRICED = ("tied", "withdrawn")
"""Acts that TT503 speaks of until they cost something."""
WHEREABOUTS = frozenset({"service_location"})
"""Classes of facts that tell where a person can be found."""
COMPELLED = frozenset(
    {"imminent_danger_first", "notice_on_compelled_disclosure", "transparent_mandated_report"}
)
"""Practices of telling what the law or a danger makes one tell."""


def remarks_on_grave(engine: Engine) -> Iterator[Remark]:
    """Acts that nothing can offset and that are not marked so."""
    for name in engine.plan.scene_of_decision:
        decision = engine.plan.decision(name)
        for option, one in decision.options.items():
            path: Path = (*decision_path(engine, name), "options", option)
            rested = list(_rested(path, decision, one))
            yield from rested or _worded(engine, path, one)
    confided = _confided(engine)
    for name, fact in engine.scenario.facts.items():
        for number, share in enumerate(fact.share):
            at: Path = ("facts", name, "share", number)
            every = tuple(_of_share(at, share))
            rested = [each for one in every for each in _lowest(*one, share=True)]
            yield from rested
            if not rested and name in confided:
                yield from _unasked(engine, at, fact, share)


def _rested(path: Path, decision: Decision, option: Option) -> Iterator[Remark]:
    settled = {
        practice
        for sibling in decision.options.values()
        for mark in sibling.key()
        if mark.critical
        for practice in mark.practices or sibling.practices or decision.practices
    }
    for number, mark in enumerate(option.key()):
        where: Path = (*path, "marks", number) if option.marks else path
        own = mark.practices or option.practices
        inherited = [each for each in decision.practices if each not in settled]
        yield from _lowest(where, mark, own or tuple(inherited), share=False)


def _of_share(path: Path, share: Share) -> Iterator[tuple[Path, PlainMark, tuple[str, ...]]]:
    for number, mark in enumerate(share.key()):
        where: Path = (*path, "marks", number) if share.marks else path
        yield where, mark, mark.practices or share.practices
    for field in ("without", "lapsed", "kept"):
        other: PlainMark | None = getattr(share, field)
        if other is not None:
            yield (*path, field), other, other.practices


def _lowest(
    path: Path, mark: PlainMark, practices: tuple[str, ...], *, share: bool
) -> Iterator[Remark]:
    if mark.critical:
        return
    for number, practice in enumerate(practices):
        grave = PRACTICES.get(practice)
        if grave is None or (grave.first and number) or (share and not grave.shares):
            continue
        if any(getattr(mark, axis) == -2 for axis in grave.axes):
            message = (
                f"its mark of -2 rests on `{practice}`: if this is {grave.act}, "
                "nothing elsewhere can offset it"
            )
            yield Remark("TT502", path, message, HINT)
            return


def _worded(engine: Engine, path: Path, option: Option) -> Iterator[Remark]:
    if all(mark.critical for mark in option.key()):
        return
    for at, text in said(engine, path, option):
        for name, meaning in WORDS.items():
            words = says(name, text)
            priced = name not in PRICED or all(mark.vc < 0 for mark in option.key())
            if words and priced:
                message = f"“{words}”: if this is {meaning}, nothing elsewhere can offset it"
                hint = "write `critical: true`, or waive this and say what is meant"
                yield Remark("TT502", at, message, hint, words=words)
                return


def _confided(engine: Engine) -> frozenset[str]:
    """The facts that only their person's consent moves, held by someone bound to that person."""
    scenario = engine.scenario
    classes = engine.guidance.fact_classes
    bound = {
        name
        for name, role in scenario.roles.items()
        if role.hat == "victims_attorney"
        or (role.discipline == "victim_services" and role.employer != "system")
    }
    revealed = {
        (role, fact)
        for effects in all_effects(engine)
        for role, facts in effects.reveals.items()
        for fact in facts
    }
    return frozenset(
        name
        for name, fact in scenario.facts.items()
        if "C" in (authority := classes[fact.fact_class].authority)
        and "N" not in authority
        and bound & {*fact.held_by, *(role for role, each in revealed if each == name)}
    )


def _unasked(engine: Engine, path: Path, fact: Fact, share: Share) -> Iterator[Remark]:
    """A confidence that reaches enforcement under no consent, as if that cost little or nothing.

    Where a person is found may cost a life, so that is grave whatever it is marked.
    """
    outside = [
        name
        for name in share.to
        if (role := engine.scenario.roles[name]).discipline == "law_enforcement"
        or role.hat == "prosecutor"
    ]
    where = fact.fact_class in WHEREABOUTS
    for at, mark, practices in _of_share(path, share):
        consented = share.under is not None and at[-1] != "without"
        excused = at[-1] in ("lapsed", "kept") or bool(COMPELLED.intersection(practices))
        if (
            outside
            and not consented
            and not mark.critical
            and not excused
            and (where or mark.vc >= 0)
        ):
            told = "where a person can be found" if where else "what somebody confided"
            message = (
                f"`{outside[0]}` is told {told}, and nobody asked that person: nothing elsewhere "
                "can offset it"
            )
            hint = "write `critical: true`, or name the consent in `under`"
            yield Remark("TT502", at, message, hint)
            return
