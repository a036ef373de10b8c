"""The scope of a scenario: every name in it, what it stands for, and what it is nearly."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property

from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Decision, Inject, Scenario
from tabletop.scenario.problem import Path

Finding = tuple[Path, str, str, str | None]
"""A path, a code, a sentence and a hint."""

CODE = {
    "role": "TT201",
    "scene": "TT202",
    "fact": "TT203",
    "consent": "TT204",
    "option": "TT205",
    "flag or counter": "TT206",
    "practice": "TT207",
    "fact class": "TT208",
    "jurisdiction": "TT209",
    "theme": "TT210",
    "parameter": "TT211",
}


class Scope:
    """What a scenario and the guidance declare; the names a condition is checked against."""

    def __init__(self, scenario: Scenario, guidance: Guidance) -> None:
        """Gathers every declaration once."""
        self.scenario = scenario
        self.guidance = guidance
        card = guidance.jurisdictions.get(scenario.jurisdiction)
        self.card = card
        self.decisions: dict[str, Decision] = {}
        self.injects: dict[str, Inject] = {}
        for scene in scenario.scenes.values():
            self.decisions.update(scene.decisions)
            self.injects.update(scene.injects)
        self.sorts: dict[str, Mapping[str, object]] = {
            "role": scenario.roles,
            "scene": scenario.scenes,
            "fact": scenario.facts,
            "consent": scenario.consents,
            "decision": self.decisions,
            "inject": self.injects,
            "flag or counter": scenario.state,
            "practice": guidance.practices,
            "fact class": guidance.fact_classes,
            "jurisdiction": guidance.jurisdictions,
            "theme": scenario.themes,
            "parameter": scenario.parameters,
            "law": card.attributes if card else {},
        }

    @cached_property
    def privileged(self) -> frozenset[str]:
        """The facts a privilege protects."""
        classes = self.guidance.fact_classes
        return frozenset(
            name
            for name, fact in self.scenario.facts.items()
            if fact.fact_class in classes and classes[fact.fact_class].privileged
        )

    def prosecutes(self, role: str) -> bool:
        """Whether a role wears the prosecutor's hat."""
        held = self.scenario.roles.get(role)
        return held is not None and held.hat == "prosecutor"

    def kind(self, name: str) -> str | None:
        """`switch` for a flag, `number` for a counter, `word` for a decision."""
        variable = self.scenario.state.get(name)
        if variable is not None:
            return "switch" if isinstance(variable.start, bool) else "number"
        return "word" if name in self.decisions else None

    def options(self, decision: str) -> tuple[str, ...]:
        """The options of a decision."""
        return tuple(self.decisions[decision].options)

    def has(self, sort: str, name: str) -> bool:
        """Whether something of that sort and name exists."""
        return name in self.sorts[sort]

    def law(self, attribute: str) -> bool | tuple[str, ...] | None:
        """`True` for a switch of the jurisdiction card, its words, or `None` if unknown."""
        if self.card is None or attribute not in self.card.attributes:
            return None
        return self.card.attributes[attribute].values or True

    def near(self, sort: str, name: str) -> str:
        """`; did you mean …?` or an empty string."""
        if sort == "name":
            hint = nearest(name, [*self.scenario.state, *self.decisions])
        else:
            hint = nearest(name, self.sorts[sort])
        return f"; {hint}" if hint else ""

    def missing(self, path: Path, sort: str, name: str) -> Finding:
        """The finding for a name that leads nowhere, with the place it might have meant."""
        hint = nearest(name, self.sorts[sort])
        if hint is None:
            other = next(
                (each for each, names in self.sorts.items() if name in names and each != "law"),
                None,
            )
            if other is not None:
                hint = f"`{name}` is a {other}"
            elif 0 < len(self.sorts[sort]) <= 8:
                hint = f"there are {', '.join(self.sorts[sort])}"
        return path, CODE[sort], f"there is no {sort} called `{name}`", hint


def nearest(name: str, known: Iterable[str]) -> str | None:
    """`did you mean …?` for the name most like the given one, if any is."""
    near = get_close_matches(name, known, 1, 0.6)
    return f"did you mean `{near[0]}`?" if near else None
