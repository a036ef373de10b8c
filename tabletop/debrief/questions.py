"""Questions: what to think or talk about after a choice.

The way of asking follows the gap, as debriefing practice has it: where guidance and both axes
agree, people can look at themselves; where they pull apart, an open question comes from curiosity
about how it looked at the time; only a critical act is met with a plain statement.
"""

from tabletop.debrief.choices import Choice
from tabletop.debrief.parts import Snapshot
from tabletop.wording import say


def question(choice: Choice, snapshots: tuple[Snapshot, ...], language: str) -> str:
    """The question, or for a critical act the statement, that fits a choice."""
    if choice.way.critical:
        return say(
            "This is not a matter of weighing one thing against another. What in your team would"
            " stop it in time?",
            language=language,
        )
    asked = _asked(choice, language)
    if any(each.missing for each in snapshots):
        return f"{asked} {say('Who in the room could have told you more?', language=language)}"
    return asked


def _asked(choice: Choice, language: str) -> str:
    if choice.kind == "kept":
        return say(
            "What spoke for keeping this to yourself, and who could have used it?",
            language=language,
        )
    if choice.kind == "told":
        return say(
            "Whose was this to give, and who holds it now? What would asking first have taken?",
            language=language,
        )
    match choice.tension:
        case "conflict":
            return say(
                "How were you seeing it when you chose? Which of the two came first for you, and"
                " who at the table would have put the other first?",
                language=language,
            )
        case "depends":
            return say(
                "What would have had to be different for your answer to fit? How could you have"
                " found out which case this was?",
                language=language,
            )
        case "synthesis":
            return say(
                "It looked as if one side had to give. What would a way that serves both have"
                " needed from the others?",
                language=language,
            )
        case _:
            return say(
                "What made this look like the right answer at the time? What would have changed"
                " your mind?",
                language=language,
            )
