"""Questions: what is asked once more before something happens at the table."""

from collections.abc import Iterable

from tabletop.conduct.revision import Revision
from tabletop.console.agenda import Next
from tabletop.console.safe import clean
from tabletop.console.screens.choice import ChoiceScreen
from tabletop.console.told import spaced
from tabletop.console.typeset import Block, blocks, plain
from tabletop.console.widgets.answers import Item
from tabletop.exercise.view_types import OfferView, PlayerView
from tabletop.wording import say


def sharing(offer: OfferView, view: PlayerView) -> ChoiceScreen:
    """Whether a fact is to be told to a role; keeping it is the first answer."""
    text = next((fact.text for fact in view.facts if fact.id == offer.fact), offer.title)
    who = say("{name}, {role}", name=offer.to_name.split(",")[0], role=spaced(offer.to))
    if any(person.role == offer.to and person.who == "stand-in" for person in view.people):
        who = say("{who} (stand-in)", who=who)
    return ChoiceScreen(
        say("Share this?"),
        (
            plain(say("You would tell {who}:", who=who)),
            *blocks(text),
            plain(say("What is told can't be taken back."), "note", gap=1),
        ),
        (
            Item("", say("Keep it to yourself for now"), plain=True),
            Item("share", say("Tell them"), plain=True),
        ),
    )


def pausing(view: PlayerView) -> ChoiceScreen:
    """Whether to pause for everyone, or to step out alone."""
    items = [Item("", say("Go back"), plain=True)]
    if "pause" in view.may:
        items.append(Item("pause", say("Pause for everyone"), plain=True))
    if "step_out" in view.may:
        items.append(Item("step_out", say("Step out for a while; nobody waits"), plain=True))
    return ChoiceScreen(
        say("Pause?"),
        (plain(say("Nobody asks why, and nothing is lost. In a pause the clock stands still.")),),
        items,
    )


def caring(view: PlayerView) -> ChoiceScreen:
    """Whether to stop for everyone, with a name or without."""
    told = (
        plain(
            say(
                "The exercise stops for everyone, for your sake or for somebody else's. Only "
                "the facilitator goes on again."
            )
        ),
        plain(
            say(
                "Recorded is that somebody asked for a stop, and when. Without your name, "
                "nothing in the record says who; the facilitator does not see it either."
            ),
            gap=1,
        ),
    )
    items = [
        Item("", say("Go back"), plain=True),
        Item("unnamed", say("Stop for everyone, without my name"), plain=True),
        Item("named", say("Stop for everyone; the facilitator sees my name"), plain=True),
    ]
    if "step_out" in view.may:
        items.append(Item("step_out", say("Only step out for a while"), plain=True))
    return ChoiceScreen(say("Stop for care?"), told, items)


def passing(others: Iterable[Next], *, trial: bool = False) -> ChoiceScreen:
    """Which other role at this keyboard is to have it."""
    if trial:
        said = say("You try your scenario alone, so no curtain comes between.")
    else:
        said = say("A curtain comes first, so that nobody reads what is not theirs.")
    return ChoiceScreen(
        say("Pass the keyboard?"),
        (plain(said),),
        (
            *(
                Item(
                    each.role,
                    f"{spaced(each.role)} · {each.name.split(',')[0]}",
                    plain=True,
                    quiet=say("a decision waits") if each.decides else "",
                )
                for each in others
            ),
            Item("", say("Go back"), plain=True),
        ),
    )


def leaving(*, trial: bool = False) -> ChoiceScreen:
    """Whether to leave the exercise, which is saved as it stands unless it was only tried."""
    if trial:
        kept = say("You tried your scenario; nothing of it is kept. The workbench is next.")
    else:
        kept = say("Everything is saved. Continue on the home screen goes on here.")
    return ChoiceScreen(
        say("Leave the exercise?"),
        (plain(kept),),
        (
            Item("", say("Stay"), plain=True),
            Item("leave", say("Leave"), plain=True),
        ),
    )


def going_on(revision: Revision) -> ChoiceScreen:
    """Whether to go on with an exercise whose scenario has changed since it began."""
    told = [plain(revision.sentence)]
    told += [Block(clean(each), first="- ", rest="  ") for each in revision.told]
    told.append(
        plain(
            say(
                "It can go on with the scenario it began with, which its record holds. To see all"
                " that changed: tabletop diff --exercise {id}",
                id=revision.exercise,
            ),
            gap=1,
        )
    )
    return ChoiceScreen(
        say("The scenario has changed"),
        told,
        (
            Item("", say("Go back"), plain=True),
            Item("as_begun", say("Go on as it began"), plain=True),
        ),
    )
