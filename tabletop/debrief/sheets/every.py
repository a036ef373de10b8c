"""Every sheet of a record, in the order they are of use."""

from tabletop.debrief.choices import choices
from tabletop.debrief.documents import msel_played
from tabletop.debrief.pseudonyms import Pseudonyms
from tabletop.debrief.sheets.afterwards import capabilities, feedback, improvements, ratings
from tabletop.debrief.sheets.decisions import decisions
from tabletop.debrief.sheets.facts import facts
from tabletop.debrief.sheets.observations import observations
from tabletop.debrief.sheets.sheet import Sheet
from tabletop.debrief.telling import Telling


def sheets(telling: Telling) -> tuple[Sheet, ...]:
    """What was decided, told and noted, and what was entered afterwards."""
    pseudonyms, made = Pseudonyms(telling), choices(telling)
    return (
        decisions(telling, made, pseudonyms),
        facts(telling),
        observations(telling, pseudonyms),
        ratings(telling, made),
        capabilities(telling),
        improvements(telling),
        feedback(telling),
        msel_played.sheet(telling),
    )
