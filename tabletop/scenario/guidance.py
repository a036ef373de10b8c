"""The guidance registry: practices, their sources, fact classes, jurisdictions, terms, glossary.

A mark says which practice it rests on, a practice says which document it comes from, and the
document says how far it was read. So a debrief can never look more certain than the guidance is.
`read_guidance` takes trees that were parsed elsewhere and checks every reference between them; a
record carries a `subset`, so that it can be read without the registry it was made with.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from tabletop.scenario.scalars import Day, Line, Name, Prose, Switch, Value

Axis = Literal["vc", "ci", "both", "collab"]
Party = Literal["all", "law_enforcement", "victim_services", "prosecutor", "victims_attorney"]
Verified = Literal["founding_document", "excerpt", "unverified"]
Authority = Literal["C", "P", "N", "O", "M", "X", "D", "U"]
"""Consent, Privilege, Need to know, court Order, Mandated report, eXception, Disclosure, pUblic."""
Holder = Literal[
    "anyone",
    "clinician",
    "community_advocate",
    "federal_agency",
    "labour_agency",
    "law_enforcement",
    "person",
    "prosecutor",
    "system_advocate",
    "victims_attorney",
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9_]{0,47}$")]
Address = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=600)]


class Citation(Value):
    """A place in a source."""

    source: Code
    """The code of the source, such as S2."""
    at: Line | None = None
    """Where in it, for a person to find: "tip 7", "28 CFR 94.115"; left out, all of it."""
    part: Line | None = None
    """Which part of that place, such as its last sentence."""


class Known(Value):
    """Something the registry states, with how far it was verified."""

    verified: Verified
    """Stated in a founding document, read in an excerpt, or not verified."""
    unverified_part: Line | None = None
    """Which part of it stands unverified."""
    cites: tuple[Citation, ...] = ()
    """The places it rests on."""
    note: Prose | None = None
    """What a reader should know beside it."""


class Practice(Known):
    """A thing good guidance says to do."""

    title: Annotated[Line, StringConstraints(max_length=60)]
    """A short label."""
    text: Prose
    """The practice in one to three sentences."""
    cites: Annotated[tuple[Citation, ...], Field(min_length=1)]
    """The places it rests on; at least one."""
    axis: Axis
    """The axis it serves first."""
    also: Axis | None = None
    """The axis it serves second."""
    roles: Annotated[tuple[Party, ...], Field(min_length=1)]
    """Whom it speaks to, or `all`."""
    starred: Switch = False
    """Whether it is easy to observe in a single decision."""


class Bullet(Value):
    """One point of a founding document."""

    gist: Line
    """What it says, in our words."""
    practices: Annotated[tuple[Name, ...], Field(min_length=1)]
    """The practices it became."""


class Source(Value):
    """A document behind the practices."""

    title: Line
    """Its title."""
    publisher: Line
    """Who published it, or "not named in the text"."""
    date: Line | None = None
    """When it was published, as far as known."""
    as_of: Day | None = None
    """Where the date of publication is not known: the day it was looked at."""
    addresses: tuple[Address, ...] = ()
    """Where it can be read."""
    verified: Verified
    """How far it was read."""
    note: Prose | None = None
    """Its frame, and where it conflicts with others."""
    founding: Switch = False
    """Whether it is one of the documents the product was asked for from."""
    file: Line | None = None
    """The file of a founding document."""
    bullets: dict[Line, Bullet] = {}
    """Every point of a founding document, by its place."""

    @model_validator(mode="after")
    def _dated(self) -> "Source":
        if self.date is None and self.as_of is None:
            raise ValueError("needs a `date`, or `as_of` where that is not known")
        return self


class FactClass(Known):
    """A kind of information: who holds it, what may move it, what follows if it moves wrongly."""

    code: Code
    """Its short code, such as F7."""
    title: Line
    """A short label."""
    holders: Annotated[tuple[Holder, ...], Field(min_length=1)]
    """Who usually holds it."""
    may_go: Prose
    """To whom it may go, and under what."""
    must_not: Prose
    """To whom it must not go."""
    if_wrong: Prose
    """What follows if it goes astray or is kept back."""
    authority: Annotated[tuple[Authority, ...], Field(min_length=1)]
    """The codes of what may move it."""
    privileged: Switch
    """Whether a privilege protects it; its text then never reaches the prosecutor."""
    safety_critical: Switch
    """Whether someone may come to harm if it goes astray."""
    disclosable_if_held_by: tuple[
        Literal["law_enforcement", "prosecutor", "system_advocate"], ...
    ] = ()
    """In whose hands it may fall under the duty to disclose to the defense."""
    provenance: Line
    """Where the row comes from."""


class Attribute(Value):
    """One rule of a jurisdiction: a switch, or one word of several."""

    value: Switch | Name
    """The rule in this jurisdiction."""
    values: tuple[Name, ...] = ()
    """The words it may take; a switch has none."""
    means: Prose
    """What the value says, in plain words."""
    cites: tuple[Citation, ...] = ()
    """Examples of how real rules vary."""

    @model_validator(mode="after")
    def _allowed(self) -> "Attribute":
        if isinstance(self.value, bool) == bool(self.values):
            raise ValueError("is either true or false, or a word with the `values` it may take")
        if self.values and self.value not in self.values:
            raise ValueError(f"`{self.value}` is not among the `values` {', '.join(self.values)}")
        return self


class Card(Value):
    """A jurisdiction card: the law an exercise assumes."""

    name: Line
    """The name of the place."""
    law_as_of: Day
    """The day as of which the law is stated."""
    note: Prose
    """What to know about the card."""
    attributes: dict[Name, Attribute]
    """Its rules, as `law(attribute)` reads them."""


class Term(Value):
    """A way of putting things that we prefer, and the words to avoid."""

    prefer: Line
    """What to say."""
    avoid: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Words and phrases, matched whole, without regard to capitals and hyphens."""
    stands_in: tuple[Line, ...] = ()
    """Phrases in which an avoided word may stand."""
    why: Line
    """The reason."""
    unless: Line | None = None
    """Where an avoided word may stand."""


class GlossaryEntry(Known):
    """A term of the field in plain words."""

    term: Line
    """The term."""
    also: tuple[Line, ...] = ()
    """Other forms and abbreviations."""
    means: Prose
    """What it means, in one or two sentences."""


class Guidance(Value):
    """The registry, or what a record carries of it."""

    practices: dict[Name, Practice] = {}
    sources: dict[Code, Source] = {}
    fact_classes: dict[Name, FactClass] = {}
    jurisdictions: dict[Name, Card] = {}
    terms: dict[Name, Term] = {}
    glossary: dict[Name, GlossaryEntry] = {}

    def nearest(self, practice: str) -> str | None:
        """The practice whose id is most like the given one, if any is."""
        return next(iter(get_close_matches(practice, self.practices, n=1)), None)

    def subset(self, practices: Iterable[str], classes: Iterable[str], card: str) -> "Guidance":
        """Only these practices and classes, one card and what they cite; in the registry's order.

        Raises:
            ValueError: if one of them is not in the registry.
        """
        kept = Guidance(
            practices=_only(self.practices, practices, "practice"),
            fact_classes=_only(self.fact_classes, classes, "fact class"),
            jurisdictions=_only(self.jurisdictions, (card,), "jurisdiction"),
        )
        cited = {citation.source for _, citation in kept.citations()}
        sources = {
            code: source.model_copy(update={"bullets": {}})
            for code, source in self.sources.items()
            if code in cited
        }
        return kept.model_copy(update={"sources": sources})

    def citations(self) -> Iterator[tuple[str, Citation]]:
        """Every citation with the place in the registry that makes it."""
        known: tuple[tuple[str, Mapping[str, Known]], ...] = (
            ("practices", self.practices),
            ("fact_classes", self.fact_classes),
            ("glossary", self.glossary),
        )
        for sort, entries in known:
            for key, entry in entries.items():
                for citation in entry.cites:
                    yield f"{sort}.{key}", citation
        for key, card in self.jurisdictions.items():
            for name, attribute in card.attributes.items():
                for citation in attribute.cites:
                    yield f"jurisdictions.{key}.{name}", citation


def read_guidance(trees: Mapping[str, object]) -> Guidance:
    """The registry from parsed trees: one for each of its parts, and for jurisdictions one a card.

    Raises:
        ValueError: with one sentence a line, if a part is malformed or names what is not there.
    """
    # pydantic's strict mode wants keys it can spread; an unknown part is refused by the model.
    guidance = Guidance.model_validate(dict(trees))
    problems = list(_dangling(guidance))
    if problems:
        raise ValueError("\n".join(problems))
    return guidance


def _dangling(guidance: Guidance) -> Iterator[str]:
    for place, citation in guidance.citations():
        if citation.source not in guidance.sources:
            yield f"`{place}` cites the source `{citation.source}`, which does not exist."
    for code, source in guidance.sources.items():
        for at, bullet in source.bullets.items():
            for practice in bullet.practices:
                if practice not in guidance.practices:
                    near = guidance.nearest(practice)
                    hint = f" Did you mean `{near}`?" if near else ""
                    yield (
                        f"`sources.{code}` maps {at} to the practice `{practice}`,"
                        f" which does not exist.{hint}"
                    )


def _only(entries: Mapping[str, Any], wanted: Iterable[str], sort: str) -> dict[str, Any]:
    names = set(wanted)
    for name in sorted(names - entries.keys()):
        raise ValueError(f"There is no {sort} `{name}` in the guidance.")
    return {key: entry for key, entry in entries.items() if key in names}
