"""Handling: the part every document begins with, and the pages that say what it rests on."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from tabletop.debrief import wordings as w
from tabletop.debrief.blocks import Block, Line, Table
from tabletop.debrief.citations import cited
from tabletop.debrief.documents.document import Audience
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.prose import line
from tabletop.scenario.guidance import Source
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.documents.played import Played


def marking(language: str) -> str:
    """What stands at the top and the foot of every sheet."""
    return say("exercise – exercise – exercise", language=language)  # noqa: RUF001


def disclaimer(language: str) -> str:
    """What the text is and what it is not."""
    return say(
        "Training material with fictional events. Not legal advice, not operational guidance,"
        " not the policy of any agency named. Marks are aids to discussion, not measures of"
        " professional competence.",
        language=language,
    )


def discoverable(language: str) -> str:
    """What may become of the text."""
    return say("This text may be discoverable. Keep live case data out of it.", language=language)


def whose(key: str, language: str) -> str:
    """Whose judgment the marks are."""
    if key == "panel":
        return say("Marks are the judgment of a panel.", language=language)
    return say("Marks are the judgment of the exercise's author.", language=language)


def handling(occasion: Occasion, audience: Audience, role: str = "") -> tuple[str, ...]:
    """How to handle a document and what it rests on, line by line."""
    about, scenario, language = occasion.about, occasion.scenario, occasion.language
    place = occasion.engine.guidance.jurisdictions[scenario.jurisdiction]
    lines = [
        _readers(occasion, audience, role),
        disclaimer(language),
        discoverable(language),
        occasion.say(
            "{basis} Law as of {day}, in {place}, a fictional jurisdiction.",
            basis=whose(scenario.key, language),
            day=scenario.law_as_of.isoformat(),
            place=line(place.name),
        ),
        _provenance(occasion),
        occasion.say(
            "{title}, version {version}; tabletop {tool}.",
            title=occasion.title,
            version=scenario.version,
            tool=occasion.tool,
        ),
    ]
    if scenario.notice:
        lines.append(occasion.plain(scenario.notice))
    if about.marking:
        lines.insert(0, line(about.marking))
    return tuple(each for each in lines if each)


def after(played: "Played") -> tuple[str, ...]:
    """The same for a document made from a record."""
    occasion, about = played.occasion, played.report.notice
    lines = list(handling(occasion, "conductors"))
    lines[lines.index(_readers(occasion, "conductors", ""))] = occasion.say(
        "For those who conducted, evaluated and sponsored the exercise; pass on what they agree to."
    )
    played_on = occasion.say(
        "Played on {day}, {minutes} min; exercise {id}.",
        day=about.created,
        minutes=about.minutes,
        id=played.report.exercise,
    )
    lines.append(played_on)
    if not about.finished:
        lines.append(occasion.say("The exercise stopped before an ending."))
    return tuple(lines)


def _readers(occasion: Occasion, audience: Audience, role: str) -> str:
    match audience:
        case "role":
            return occasion.say(
                "For those who play the {role}, and nobody else until the exercise is over.",
                role=role.replace("_", " "),
            )
        case "conductors":
            return occasion.say(
                "For facilitators and evaluators. It gives the exercise away: not for players."
            )
        case _:
            return occasion.say("For everyone who takes part.")


def _provenance(occasion: Occasion) -> str:
    """How far the practices behind the marks were checked, counted."""
    practices = occasion.guidance.practices.values()
    if not practices:
        return ""
    counts = {
        each: sum(practice.verified == each for practice in practices)
        for each in ("founding_document", "excerpt", "unverified")
    }
    return occasion.say(
        "Practices behind the marks: {all}. Stated in a founding document: {founding}; read in an"
        " excerpt: {excerpt}; not verified: {unverified}.",
        all=len(practices),
        founding=counts["founding_document"],
        excerpt=counts["excerpt"],
        unverified=counts["unverified"],
    )


def sources(occasion: Occasion) -> list[Block]:
    """The documents behind the marks, without saying which choice rests on which."""
    rows = tuple(
        (
            line(source.title),
            line(source.publisher),
            _dated(occasion, source),
            w.checked_as(source.verified, occasion.language),
        )
        for source in occasion.guidance.sources.values()
    )
    return [
        Line(
            occasion.say(
                "The exercise rests on these. Wording and marks are ours; read the sources before"
                " you rely on them."
            )
        ),
        Table(
            occasion.say("Sources"),
            (
                occasion.say("Title"),
                occasion.say("Publisher"),
                occasion.say("Date"),
                occasion.say("Checked"),
            ),
            rows,
        ),
    ]


def _dated(occasion: Occasion, source: Source) -> str:
    if source.date is None and source.as_of is not None:
        return occasion.say("looked at {day}", day=source.as_of.isoformat())
    return line(source.date or "")


def practices(occasion: Occasion, only: Collection[str] | None = None) -> list[Block]:
    """Every practice behind a mark, or only some; where it is from, how far it was checked."""
    language = occasion.language
    every = occasion.guidance.practices
    rows = [
        (
            each.title,
            each.text,
            "; ".join(w.source(reference) for reference in each.references),
            w.checked(each, language),
        )
        for each in cited(
            occasion.guidance, [name for name in every if only is None or name in only]
        )
    ]
    return [
        Table(
            occasion.say("What guidance asks for, and where it says so"),
            (
                occasion.say("Practice"),
                occasion.say("What it says"),
                occasion.say("Where"),
                occasion.say("Checked"),
            ),
            tuple(rows),
        )
    ]
