"""Feedback on the exercise, without a name: the form, and what it comes to as a command."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.console.session.fields import Field, FieldsScreen
from tabletop.debrief import asked
from tabletop.exercise import afterwards as a
from tabletop.wording import say


def feedback_screen() -> FieldsScreen:
    """The form."""
    statements = [Field(each, asked.statement(each), restrict="[1-5]?") for each in a.STATEMENTS]
    parts = [Field(each, asked.feedback_part(each)) for each in a.PARTS]
    return FieldsScreen(
        say("Feedback"),
        say(
            "{promise} A statement takes a number from 1 (not at all) to 5 (wholly); what comes"
            " after them takes words. Leave out what you like.",
            promise=asked.feedback_promise(),
        ),
        (*statements, *parts),
        say("Send without my name"),
    )


def feedback(given: Mapping[str, str]) -> a.GiveFeedback:
    """What was filled in, as a command."""
    answers = tuple((each, int(given[each])) for each in a.STATEMENTS if given[each])
    return a.GiveFeedback(answers, *(given[part] for part in a.PARTS))
