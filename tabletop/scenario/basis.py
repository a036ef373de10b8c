"""The basis of a scenario: the part of the guidance it rests on."""

from collections.abc import Iterator, Mapping

from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario
from tabletop.scenario.scalars import Value


def basis(scenario: Scenario, guidance: Guidance) -> Guidance:
    """The practices a scenario names, its fact classes and jurisdiction, and what these cite."""
    return guidance.subset(
        dict.fromkeys(_practices(scenario)),
        dict.fromkeys(fact.fact_class for fact in scenario.facts.values()),
        scenario.jurisdiction,
    )


def _practices(value: object) -> Iterator[str]:
    """Every practice named anywhere inside a model."""
    if isinstance(value, Value):
        for field in type(value).model_fields:
            inner = getattr(value, field)
            if field == "practices":
                yield from inner
            else:
                yield from _practices(inner)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _practices(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _practices(item)
