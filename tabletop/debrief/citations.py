"""Citations: what the guidance says, where it says so, and how far that was checked."""

from collections.abc import Iterable

from tabletop.debrief.parts import Guidance, Reference
from tabletop.debrief.prose import line
from tabletop.scenario import guidance as registry


def cited(guidance: registry.Guidance, practices: Iterable[str]) -> tuple[Guidance, ...]:
    """The practices with their sources; ones the record does not carry are left out."""
    return tuple(
        _cited(guidance, practice)
        for practice in dict.fromkeys(practices)
        if practice in guidance.practices
    )


def _cited(guidance: registry.Guidance, name: str) -> Guidance:
    practice = guidance.practices[name]
    return Guidance(
        practice=name,
        title=line(practice.title),
        text=line(practice.text),
        references=tuple(
            _reference(guidance.sources[citation.source], citation)
            for citation in practice.cites
            if citation.source in guidance.sources
        ),
        checked=practice.verified,
        unverified_part=line(practice.unverified_part or ""),
    )


def _reference(source: registry.Source, citation: registry.Citation) -> Reference:
    place = ", ".join(line(part) for part in (citation.at, citation.part) if part)
    return Reference(
        title=line(source.title),
        publisher=line(source.publisher),
        at=place,
        date=line(source.date or f"{source.as_of:%Y-%m-%d}" if source.as_of else source.date or ""),
    )
