"""The overview that the manual, the handbook and the after-action report begin with."""

from tabletop.debrief.blocks import Block, Field, Form, Table
from tabletop.debrief.documents.occasion import Occasion
from tabletop.debrief.prose import line, plain


def overview(occasion: Occasion) -> list[Block]:
    """The exercise at a glance: what is known is printed, the rest is room to write."""
    say, about, scenario = occasion.say, occasion.about, occasion.scenario
    capabilities = dict.fromkeys(
        occasion.line(each.capability) for each in scenario.objectives.values()
    )
    scope = say(
        "A discussion-based tabletop exercise, about {minutes} minutes of play for a group.",
        minutes=scenario.minutes.group,
    )
    if about.scope:
        scope = f"{scope} {plain(about.scope)}"
    return [
        Form(
            (
                Field(say("Exercise name"), occasion.exercise),
                Field(say("Exercise dates"), occasion.dates),
                Field(say("Scope"), scope),
                Field(say("Venue"), line(about.venue or "")),
                Field(say("Mission areas"), ", ".join(map(line, about.mission_areas))),
                Field(say("Core capabilities"), "; ".join(capabilities), lines=2),
                Field(say("Threat or hazard"), say("Trafficking in persons")),
                Field(say("Scenario"), occasion.plain(scenario.summary)),
                Field(say("Sponsor"), _sponsor(occasion)),
                Field(say("Point of contact"), _contact(occasion), lines=2),
                Field(say("Protective marking"), line(about.marking or "")),
            )
        ),
        organizations(occasion),
    ]


def objectives(occasion: Occasion) -> Table:
    """Objectives beside the capabilities they belong to, and nothing of how they are met."""
    say = occasion.say
    return Table(
        say("Objectives and core capabilities"),
        (say("Objective"), say("Core capability")),
        tuple(
            (occasion.line(each.title), occasion.line(each.capability))
            for each in occasion.scenario.objectives.values()
        ),
    )


ROOM = 3
"""Rows to write in where nobody has said who takes part."""


def organizations(occasion: Occasion) -> Table:
    """Who takes part, by organization; rows to write in where nobody has said."""
    say = occasion.say
    named = occasion.about.organizations
    listed = tuple((line(each.name), line(each.level or "")) for each in named)
    return Table(
        say("Participating organizations"),
        (
            say("Organization"),
            say("Level: federal, state, local, tribal, nongovernmental, international"),
        ),
        listed or (("", ""),) * ROOM,
        to_fill=True,
    )


def _sponsor(occasion: Occasion) -> str:
    about = occasion.about
    if about.sponsor and about.grant:
        return occasion.say(
            "{sponsor} (grant program: {grant})",
            sponsor=line(about.sponsor),
            grant=line(about.grant),
        )
    return line(about.sponsor or "")


def _contact(occasion: Occasion) -> str:
    found = occasion.about.contact
    parts = (found.name, found.title, found.agency, found.address, found.phone, found.email)
    return ", ".join(line(each) for each in parts if each)
