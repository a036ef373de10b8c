"""Names: every reference inside a scenario, held against what is declared.

A misspelt name must never become a way that silently stays shut. So each is resolved here, once,
before anything is played, and what cannot be found comes with what it might have meant. The rules
of form that an exercise rests on are in `forms.py`; `problems_of_names` gives both.
"""

import re
from collections.abc import Iterable, Iterator
from keyword import iskeyword

from tabletop.scenario.condition_types import problems
from tabletop.scenario.conditions import CALLS, Condition
from tabletop.scenario.forms import problems_of_form, rules_of
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Decision, Effects, Fact, Inject, Marked, Scenario, Scene
from tabletop.scenario.places import KEY
from tabletop.scenario.problem import Path
from tabletop.scenario.scope import Finding, Scope, nearest
from tabletop.scenario.texts import ALL, Text
from tabletop.scenario.ways import problems_of_ways

PARAMETER = re.compile(r"\$(\$|[a-z][a-z0-9_]*)?")
"""`$name` in a text; `$$` is a dollar sign."""


def problems_of_names(scenario: Scenario, guidance: Guidance) -> list[Finding]:
    """Every reference that leads nowhere and every broken rule of form."""
    scope = Scope(scenario, guidance)
    return [
        *_References(scope).all(),
        *_declarations(scenario),
        *problems_of_form(scope),
        *problems_of_ways(scenario),
    ]


def _declarations(scenario: Scenario) -> Iterator[Finding]:
    """Names that stand for two things, or that a condition could not read."""
    first: dict[str, str] = {}
    injects: dict[str, str] = {}
    for sort, path, name in _declared(scenario):
        seen = injects if sort == "inject" else first
        if name in seen and sort != "option":
            message = f"`{name}` is already the name of {_article(seen[name])}"
            yield (*path, KEY), "TT212", message, "names are unique in a scenario"
        elif sort != "option":
            seen[name] = sort
        if iskeyword(name) or name in CALLS or name == ALL:
            message = f"`{name}` means something else and cannot be the name of {_article(sort)}"
            yield (*path, KEY), "TT212", message, f"for example `{name}_`"


def _article(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


def _declared(scenario: Scenario) -> Iterator[tuple[str, Path, str]]:
    for field, sort, names in (
        ("roles", "role", scenario.roles),
        ("state", "flag or counter", scenario.state),
        ("consents", "consent", scenario.consents),
        ("facts", "fact", scenario.facts),
        ("scenes", "scene", scenario.scenes),
    ):
        for name in names:
            yield sort, (field, name), name
    for scene, held in scenario.scenes.items():
        for name in held.injects:
            yield "inject", ("scenes", scene, "injects", name), name
        for name, decision in held.decisions.items():
            path: Path = ("scenes", scene, "decisions", name)
            yield "decision", path, name
            for option in decision.options:
                yield "option", (*path, "options", option), option


class _References:
    """A walk over a scenario that resolves every name it meets."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.scenario = scope.scenario
        self.found: list[Finding] = []

    def all(self) -> list[Finding]:
        """Everything found."""
        scenario = self.scenario
        self.one(("jurisdiction",), "jurisdiction", scenario.jurisdiction)
        self.each(("attendance", "required"), "role", scenario.attendance.required)
        self.one(("start",), "scene", scenario.start)
        for name, role in scenario.roles.items():
            path: Path = ("roles", name)
            self.words((*path, "name"), role.name)
            self.text((*path, "brief"), role.brief)
            if role.joins is not None:
                self.one((*path, "joins"), "scene", role.joins)
        for name, variable in scenario.state.items():
            self.each(("state", name, "known_to"), "role", variable.known_to)
        for name, consent in scenario.consents.items():
            path = ("consents", name)
            self.each((*path, "covers"), "fact", consent.covers)
            self.each((*path, "to"), "role", consent.to)
            if consent.through is not None:
                self.one((*path, "through"), "scene", consent.through)
        for name, fact in scenario.facts.items():
            self.fact(("facts", name), fact)
        for name, objective in scenario.objectives.items():
            for key, task in objective.tasks.items():
                path = ("objectives", name, "tasks", key, "practices")
                self.each(path, "practice", task.practices)
        for name, scene in scenario.scenes.items():
            self.scene(("scenes", name), scene)
        return self.found

    def fact(self, path: Path, fact: Fact) -> None:
        """The names in a fact and its shares."""
        self.one((*path, "class"), "fact class", fact.fact_class)
        self.each((*path, "held_by"), "role", fact.held_by)
        self.text((*path, "text"), fact.text)
        for number, share in enumerate(fact.share):
            at: Path = (*path, "share", number)
            self.marked(at, share)
            self.each((*at, "to"), "role", share.to)
            self.each((*at, "during"), "scene", share.during or ())
            if share.under is not None:
                self.one((*at, "under"), "consent", share.under)
            if share.stand_in is not None:
                self.one((*at, "stand_in"), "scene", share.stand_in)
            if share.outcome is not None:
                self.text((*at, "outcome"), share.outcome)
            for field in ("without", "lapsed", "kept"):
                mark = getattr(share, field)
                if mark is not None:
                    self.each((*at, field, "practices"), "practice", mark.practices)

    def scene(self, path: Path, scene: Scene) -> None:
        """The names in a scene."""
        self.text((*path, "narration"), scene.narration)
        for name, inject in scene.injects.items():
            self.inject((*path, "injects", name), inject)
        for name, decision in scene.decisions.items():
            self.decision((*path, "decisions", name), decision)
        for audience, questions in scene.questions.items():
            self.audience((*path, "questions", audience, KEY), audience)
            for number, question in enumerate(questions):
                self.words((*path, "questions", audience, number), question)
        for number, branch in enumerate(scene.next):
            self.condition((*path, "next", number, "when"), branch.when)
            self.one((*path, "next", number, "to"), "scene", branch.to)

    def inject(self, path: Path, inject: Inject) -> None:
        """The names in an inject."""
        for number, role in enumerate(inject.to):
            self.audience((*path, "to", number), role)
        self.words((*path, "title"), inject.title)
        self.words((*path, "from"), inject.sender or "")
        self.text((*path, "text"), inject.text)
        self.condition((*path, "when"), inject.when)
        self.condition((*path, "alone"), inject.alone)
        self.effects(path, inject)

    def decision(self, path: Path, decision: Decision) -> None:
        """The names in a decision and its options."""
        self.each((*path, "by"), "role", decision.by)
        self.each((*path, "consult"), "role", decision.consult)
        self.each((*path, "practices"), "practice", decision.practices)
        self.text((*path, "ask"), decision.ask)
        self.condition((*path, "when"), decision.when)
        for role, advice in decision.advice.items():
            if role not in self.scenario.roles:
                self.found.append(self.scope.missing((*path, "advice", role, KEY), "role", role))
            self.text((*path, "advice", role), advice)
        for name, reason in decision.reasons.items():
            at: Path = (*path, "reasons", name)
            self.words((*at, "text"), reason.text)
            self.chosen((*at, "for"), reason.options, decision)
            self.condition((*at, "fits"), reason.fits)
        self.stand_ins((*path, "stand_in"), decision)
        for name, option in decision.options.items():
            at = (*path, "options", name)
            self.text((*at, "text"), option.text)
            self.condition((*at, "when"), option.when)
            self.marked(at, option)
            if option.outcome is not None:
                self.text((*at, "outcome"), option.outcome)

    def stand_ins(self, path: Path, decision: Decision) -> None:
        """The names in the stand-ins' rules of a decision."""
        if isinstance(decision.stand_in, dict):
            for role in decision.stand_in:
                if role not in decision.by:
                    message = f"`{role}` does not decide here"
                    hint = f"the roles in `by` are {', '.join(decision.by)}"
                    self.found.append(((*path, role, KEY), "TT201", message, hint))
        for at, _, rule in rules_of(path, decision):
            self.condition((*at, "when"), rule.when)
            self.chosen((*at, "choose"), (rule.choose,), decision)

    def marked(self, path: Path, marked: Marked) -> None:
        """The names in an option's or a share's marks and effects."""
        self.each((*path, "practices"), "practice", marked.practices)
        for number, mark in enumerate(marked.marks):
            self.condition((*path, "marks", number, "when"), mark.when)
            self.each((*path, "marks", number, "practices"), "practice", mark.practices)
        self.effects(path, marked)

    def effects(self, path: Path, effects: Effects) -> None:
        """The names in what something changes."""
        for name in effects.set:
            self.variable((*path, "set", name, KEY), name, "switch")
        for name in effects.add:
            self.variable((*path, "add", name, KEY), name, "number")
        for role, facts in effects.reveals.items():
            if role not in self.scenario.roles:
                self.found.append(self.scope.missing((*path, "reveals", role, KEY), "role", role))
            self.each((*path, "reveals", role), "fact", facts)
        self.each((*path, "grant"), "consent", effects.grant)
        self.each((*path, "revoke"), "consent", effects.revoke)

    def variable(self, path: Path, name: str, kind: str) -> None:
        """A flag that is set or a counter that is added to."""
        if name not in self.scenario.state:
            self.found.append(self.scope.missing(path, "flag or counter", name))
        elif self.scope.kind(name) != kind:
            is_counter = kind == "switch"
            message = f"`{name}` is a {'counter' if is_counter else 'flag'}"
            hint = f"change it with `{'add' if is_counter else 'set'}`"
            self.found.append((path, "TT314", message, hint))

    def one(self, path: Path, sort: str, name: str) -> None:
        """A name that has to exist."""
        if name not in self.scope.sorts[sort]:
            self.found.append(self.scope.missing(path, sort, name))

    def each(self, path: Path, sort: str, names: Iterable[str]) -> None:
        """Names that have to exist."""
        known = self.scope.sorts[sort]
        for number, name in enumerate(names):
            if name not in known:
                self.found.append(self.scope.missing((*path, number), sort, name))

    def chosen(self, path: Path, names: tuple[str, ...], decision: Decision) -> None:
        """Options of a decision."""
        for number, name in enumerate(names):
            if name not in decision.options:
                hint = nearest(name, decision.options)
                hint = hint or f"there are {', '.join(decision.options)}"
                message = f"this decision has no option called `{name}`"
                self.found.append(((*path, number), "TT205", message, hint))

    def audience(self, path: Path, name: str) -> None:
        """A role, or `all`."""
        if name != ALL and name not in self.scenario.roles:
            self.found.append(self.scope.missing(path, "role", name))

    def condition(self, path: Path, condition: Condition | None) -> None:
        """The names and types in a condition."""
        if condition is not None:
            for said in problems(condition, self.scope):
                message, _, hint = said.partition("; did you mean")
                self.found.append((path, "TT213", message, f"did you mean{hint}" if hint else None))

    def text(self, path: Path, text: Text) -> None:
        """The audiences, conditions, themes and parameters of a text."""
        for audience, variants in text.variants.items():
            if audience != ALL and audience not in self.scenario.roles:
                at: Path = (*path, "variants", audience, KEY)
                wrong = self.scope.missing(at, "role", audience)
                if audience in ("when", "text"):
                    hint = "a text with conditions is a list: begin it with `- when:`"
                    wrong = (*wrong[:3], hint)
                self.found.append(wrong)
            for number, variant in enumerate(variants):
                at = (*path, "variants", audience, number)
                if variant.when is not None:
                    self.condition((*at, "when"), variant.when)
                if "$" in variant.text:
                    self.words((*at, "text"), variant.text)
        if text.themes:
            self.each((*path, "themes"), "theme", text.themes)
        if text.fade is not None:
            self.words((*path, "fade"), text.fade)

    def words(self, path: Path, words: str) -> None:
        """The parameters in a wording."""
        if "$" not in words:
            return
        for match in PARAMETER.finditer(words):
            name = match[1]
            if name and name != "$" and name not in self.scenario.parameters:
                _, code, message, hint = self.scope.missing(path, "parameter", name)
                hint = hint or "declare it under `parameters`, or write $$ for a dollar sign"
                self.found.append((path, code, message, hint))
