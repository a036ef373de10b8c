"""Findings: what is wrong in a scenario that reads, and the rules that say so.

Reading says what keeps a file from being played; findings say what keeps it from being a good
exercise. The hundreds of a code say what found it: 4 the exploration of every situation, 5 the
rules of the domain, 6 the craft of its texts, 7 the certificate beside it. A finding about
behaviour carries a shortest route that shows it; one about the domain, the guidance it comes from.
`pages/` holds a page a code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tabletop.authoring.explore import Move
from tabletop.scenario.document import Document
from tabletop.scenario.places import located, narrowed
from tabletop.scenario.problem import CODES, WARNINGS, Path, Problem, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule a scenario is held to."""

    title: str
    """The sentence that heads its page."""
    severity: Severity = "warning"
    practices: tuple[str, ...] = ()
    """The practices of the guidance it comes from."""
    sources: tuple[str, ...] = ()
    """The documents it comes from beside those of its practices."""


RULES: dict[str, Rule] = {
    "TT401": Rule("A scene no route reaches."),
    "TT402": Rule("An option no route offers."),
    "TT403": Rule("An inject no route delivers."),
    "TT404": Rule("An ending no route reaches."),
    "TT405": Rule("A situation from which the exercise cannot end.", "error"),
    "TT406": Rule("A round of scenes that needs nobody.", "error"),
    "TT407": Rule("A decision nobody present may take."),
    "TT408": Rule("A choice that changes nothing."),
    "TT409": Rule("A dilemma that is none.", sources=("D7",)),
    "TT410": Rule("Trouble pays."),
    "TT411": Rule("A role with nothing to do for too long."),
    "TT412": Rule("A critical task a route never exercises.", sources=("D1",)),
    "TT413": Rule("A conditional inject that no decision can cause."),
    "TT414": Rule("A text rests on a fact that a reader lacks."),
    "TT415": Rule("A way rests on a fact that someone present lacks."),
    "TT416": Rule("A text names a fact that its reader does not know."),
    "TT417": Rule("A fact without a recipient who tempts.", sources=("S2",)),
    "TT418": Rule("A counter read once, and late."),
    "TT419": Rule("A flag or counter that nothing reads."),
    "TT420": Rule("A flag or counter that nothing changes."),
    "TT421": Rule("Not every situation was explored."),
    "TT422": Rule("A decision no route asks."),
    "TT423": Rule("A way no route takes."),
    "TT424": Rule("A wording nobody ever reads."),
    "TT425": Rule("A mark that never counts."),
    "TT501": Rule("A mark without a reason one can learn from.", sources=("D7",)),
    "TT502": Rule("An act that nothing can offset is not marked critical."),
    "TT503": Rule(
        "Help tied to cooperation without its price.",
        practices=("services_without_cooperation", "release_not_a_condition"),
        sources=("E51", "P13"),
    ),
    "TT504": Rule(
        "Arrest used to find out who is a victim.",
        practices=("no_arrest_to_identify", "non_punishment_screen"),
    ),
    "TT505": Rule(
        "A minor is interviewed with nobody trained for it in reach.",
        practices=("forensic_interview_for_minors", "safe_harbor_routing"),
    ),
    "TT506": Rule(
        "An interpreter with a tie to the case.",
        practices=("independent_interpreter", "qualified_interpretation"),
    ),
    "TT507": Rule(
        "A prosecutor comes to read what is privileged.",
        "error",
        practices=("protect_privilege_work_product", "honour_each_confidentiality_regime"),
    ),
    "TT508": Rule("A decision that depends on nothing one can name.", sources=("D7", "D8", "D9")),
    "TT509": Rule("No genuine conflict.", sources=("D7", "D8")),
    "TT510": Rule(
        "No point where doing less is right.",
        practices=("stabilise_then_depth", "managed_conflict"),
    ),
    "TT511": Rule("The length of an option gives the answer away.", sources=("D11",)),
    "TT512": Rule("The place of the better option gives it away.", sources=("D11",)),
    "TT513": Rule("A word of praise gives an option away.", sources=("D11",)),
    "TT514": Rule("A term from the avoid list.", sources=("D19",)),
    "TT515": Rule("A content note is missing.", sources=("D12", "D14")),
    "TT516": Rule("A content note for nothing.", sources=("D12",)),
    "TT517": Rule(
        "Arrests are counted as success.", practices=("no_arrest_to_identify", "centred_not_built")
    ),
    "TT518": Rule("A role that is never tempted.", sources=("D7", "D11")),
    "TT601": Rule("More to read than a scene has minutes."),
    "TT602": Rule("A passage that is too long for one page."),
    "TT603": Rule("A timed inject that cannot be read in time."),
    "TT604": Rule("A scene with nothing to discuss.", sources=("D3",)),
    "TT605": Rule("An ending that leaves nothing open.", sources=("D19",)),
    "TT606": Rule("A waiver for nothing."),
    "TT701": Rule("The certificate is out of date."),
    "TT702": Rule("The certificate cannot be used."),
}
"""Every rule beyond reading, by its code; codes never change their meaning."""


@cache
def titles() -> Mapping[str, str]:
    """Every code there is with the sentence that heads its page."""
    return {**CODES, **{code: rule.title for code, rule in RULES.items()}}


@cache
def severities() -> Mapping[str, Severity]:
    """Every code there is with its severity."""
    read: dict[str, Severity] = {code: "warning" if code in WARNINGS else "error" for code in CODES}
    return {**read, **{code: rule.severity for code, rule in RULES.items()}}


@dataclass(frozen=True, slots=True)
class Route:
    """A way through a scenario: who plays, and every move from the start on."""

    people: tuple[str, ...]
    facilitated: bool
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says of a place in a scenario, before its place in the file is known."""

    code: str
    path: Path
    message: str
    hint: str | None = None
    route: Route | None = None
    words: str | None = None
    """The words it means, where its place is a longer text."""


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """A finding: a problem of a scenario that reads, with what shows it and what it rests on."""

    route: Route | None = None
    """A shortest way that shows it."""
    practices: tuple[str, ...] = ()
    """The practices of the guidance it comes from."""
    sources: tuple[str, ...] = ()
    """The documents it comes from."""
    waived: str | None = None
    """Why the author lets it stand."""

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return severities()[self.code]


def found(document: Document, remark: Remark) -> Finding:
    """A remark at the place its author wrote."""
    at = located(document, remark.path, remark.code, remark.message, remark.hint)
    if remark.words is not None:
        at = narrowed(at, document, remark.words)
    rule = RULES[remark.code]
    return Finding(
        at.code, at.message, at.file, at.line, at.column, at.length, at.hint, at.path,
        remark.route, rule.practices, rule.sources,
    )  # fmt: skip


def taken_up(problem: Problem) -> Finding:
    """A problem of reading as a finding, so that both are waived and shown alike."""
    return Finding(
        problem.code, problem.message, problem.file, problem.line, problem.column,
        problem.length, problem.hint, problem.path,
    )  # fmt: skip
