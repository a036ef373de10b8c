"""Asked: what people are asked once play is over, and the words for what they answer.

Pages, screens, lines and documents all ask the same, in these sentences.
"""

from tabletop.exercise.afterwards import ActionStatus, Element, Proposal
from tabletop.exercise.commands import Prompt
from tabletop.exercise.conduct_types import ConductView
from tabletop.wording import say


def prompts(language: str = "en") -> tuple[tuple[Prompt, str], ...]:
    """What a person is asked to write about themselves, in order."""
    return (
        ("reaction", say("What stays with you?", language=language)),
        ("plus", say("What do you want to keep?", language=language)),
        ("delta", say("What do you want to change?", language=language)),
        ("commitment", say("What will you do first, and by when?", language=language)),
    )


def occasion(language: str = "en") -> str:
    """The second half of a commitment."""
    return say("When: on which occasion?", language=language)


def by_when(language: str = "en") -> str:
    """The last part of a commitment."""
    return say("By when at the latest?", language=language)


def rating(of: Proposal, language: str = "en") -> str:
    """A rating in words."""
    return {
        "": say("not evidenced", language=language),
        "P": say("performed without challenges", language=language),
        "S": say("performed with some challenges", language=language),
        "M": say("performed with major challenges", language=language),
        "U": say("unable to be performed", language=language),
    }[of]


def rating_in_full(of: Proposal, language: str = "en") -> str:
    """A rating with its letter."""
    words = rating(of, language)
    if not of:
        return words
    return say("{letter}: {words}", language=language, letter=of, words=words)


def rating_means(of: Proposal, language: str = "en") -> str:
    """What a rating says, in a sentence."""
    return {
        "": say("The exercise did not show it. Nothing is said of it.", language=language),
        "P": say(
            "The task was done; it harmed nothing else, added no risk, and kept to plans,"
            " policies and law.",
            language=language,
        ),
        "S": say(
            "The task was done and harmed nothing, and could have been done better.",
            language=language,
        ),
        "M": say(
            "The task was done, and harmed something else, added a risk, or departed from plans,"
            " policies or law.",
            language=language,
        ),
        "U": say("The task was not done.", language=language),
    }[of]


def element(of: Element, language: str = "en") -> str:
    """What of a capability an action changes."""
    return {
        "planning": say("planning", language=language),
        "organization": say("organization", language=language),
        "equipment": say("equipment", language=language),
        "training": say("training", language=language),
        "exercise": say("exercise", language=language),
    }[of]


def status(of: ActionStatus, language: str = "en") -> str:
    """What has become of an action."""
    return {
        "open": say("open", language=language),
        "begun": say("begun", language=language),
        "done": say("done", language=language),
        "dropped": say("dropped", language=language),
    }[of]


def statement(name: str, language: str = "en") -> str:
    """A statement of the feedback form, to agree with from 1 to 5."""
    return {
        "structured": say("The exercise was well structured and organized.", language=language),
        "plausible": say("The scenario was plausible and realistic.", language=language),
        "facilitated": say(
            "The facilitator knew the subject and kept us on target.", language=language
        ),
        "documents": say("The documents I was given were useful.", language=language),
        "fitting": say("Taking part was right for someone in my position.", language=language),
        "attendance": say(
            "The right people were there: levels, disciplines, agencies.", language=language
        ),
        "practised": say(
            "My agency could practice what matters most to it, and improve it.", language=language
        ),
        "prepared": say(
            "After this, my agency is better prepared for something like it.", language=language
        ),
        "safe": say("I felt safe, and could have stepped out at any moment.", language=language),
        "others": say("I understand better what binds other disciplines.", language=language),
        "sharing": say(
            "I would share or hold back information differently now.", language=language
        ),
        "respectful": say(
            "The people harmed in the story were portrayed with respect.", language=language
        ),
    }[name]


def feedback_part(name: str, language: str = "en") -> str:
    """A question of the feedback form that is answered in words."""
    return {
        "strengths": say("Up to three strengths you saw", language=language),
        "improvements": say("Up to three things to improve", language=language),
        "missed": say("Anything those who watched may have missed", language=language),
        "actions": say(
            "What should be done, how urgently, and who should see to it", language=language
        ),
        "review": say(
            "Plans, policies, procedures, equipment or training to look at again or to make",
            language=language,
        ),
        "suggestions": say("Anything else", language=language),
    }[name]


def feedback_promise(language: str = "en") -> str:
    """What becomes of feedback, before it is given."""
    return say(
        "Everyone answers once. It is kept that you have answered, and nowhere which answers are"
        " yours: they can't be found again to change them. What people say is shown once three"
        " have answered.",
        language=language,
    )


def feedback_thanks(language: str = "en") -> str:
    """What is said once it is given."""
    return say("Thank you. Which answers are yours is kept nowhere.", language=language)


def anchors(view: ConductView, language: str = "en") -> tuple[tuple[str, str], ...]:
    """What can show that something is to be improved: a key (`anchored`) and its words.

    What was noted comes first, the latest first; then the decisions that were made.
    """
    noted = (
        (f"observation {number}", say("Noted: {words}", language=language, words=each.words))
        for number, each in reversed(tuple(enumerate(view.observations, 1)))
        if not each.erased
    )
    decided = {
        f"decision {each.item}": say("Decided: {title}", language=language, title=each.title)
        for each in view.moments
        if each.kind == "settled"
    }
    return (*noted, *decided.items())


def anchored(key: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The decisions and observations that a key of `anchors` stands for; none for any other."""
    kind, _, item = key.partition(" ")
    if kind == "decision" and item:
        return (item,), ()
    if kind == "observation" and item.isascii() and item.isdecimal() and len(item) < 6:
        return (), (int(item),)
    return (), ()
