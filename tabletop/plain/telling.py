"""What a role is told: new passages, once each, in the order they came."""

from tabletop.conduct.session.agreement import agreement
from tabletop.exercise.view_types import CommitView, DecisionView, PassageView, PlayerView
from tabletop.plain.page import Page
from tabletop.plain.seated import Seated
from tabletop.wording import say


def tell(page: Page, seated: Seated, view: PlayerView) -> None:
    """Writes out what this role has not been told yet."""
    for passage in view.feed[seated.read :]:
        if passage.scene != seated.scene:
            seated.scene = passage.scene
            _scene(page, seated, view, passage.scene)
        write(page, passage)
    seated.read = len(view.feed)
    _held(page, seated, view)
    offers = tuple((each.fact, each.to) for each in view.offers)
    if offers != seated.offers and set(offers) - set(seated.offers):
        page.paragraph(
            say("There is one thing you could share: s lists it.")
            if len(offers) == 1
            else say("There are {count} things you could share: s lists them.", count=len(offers))
        )
    seated.offers = offers


def _scene(page: Page, seated: Seated, view: PlayerView, scene: str) -> None:
    found = next((each for each in view.scenes if each.id == scene), view.scene)
    if found is None:
        return
    page.gap()
    if found.number and found.modules > 1 and found.number != seated.part:
        page.line(
            say(
                "Part {number} of {all}: {module}",
                number=found.number,
                all=found.modules,
                module=found.module,
            )
        )
    seated.part = found.number
    page.line(f"{found.title}. {found.time}" if found.time else found.title)


def write(page: Page, passage: PassageView) -> None:
    """Writes out one passage."""
    page.gap()
    above = ": ".join(part for part in (passage.heading, passage.title) if part)
    if above:
        bare = passage.text and not passage.title and not above.endswith((".", ":", "?"))
        page.line(f"{above}:" if bare else above)
    if passage.erased:
        page.line(say("These words were erased."))
    elif passage.text:
        page.prose(passage.text) if not above else _below(page, passage.text)
    if passage.skippable:
        page.line(
            say(
                "A gentler wording of this can be read instead: skip {number}.",
                number=passage.number,
            )
        )


def _below(page: Page, text: str) -> None:
    """Prose that follows its heading without a gap."""
    page.joined()
    page.prose(text)


def _held(page: Page, seated: Seated, view: PlayerView) -> None:
    """What a role knows from the start; what it learns later comes as a passage."""
    fresh = [each for each in view.facts if each.id not in seated.facts]
    seated.facts |= {each.id for each in fresh}
    held = [each for each in fresh if each.how == "held"]
    if held:
        page.paragraph(say("Only you know this:"))
        for fact in held:
            page.line(f"{fact.title}: {fact.text}" if fact.title else fact.text, "- ")


def decision(page: Page, view: DecisionView) -> None:
    """Writes out a question and its options."""
    page.paragraph(
        say("Your decision: {title}", title=view.title)
        if view.part == "decide"
        else say("You may advise on a decision of others: {title}", title=view.title)
    )
    page.prose(view.ask)
    page.gap()
    page.numbered(each.text for each in view.options)
    if view.consulted:
        page.line(say("May advise: {names}.", names=", ".join(view.consulted)))


def answers(page: Page, view: DecisionView) -> None:
    """Writes out the answers of everyone who decides, after the reveal."""
    page.paragraph(say("The answers to {title}:", title=view.title))
    for told in agreement(view.options, view.spread):
        page.line(told)
    for commit in view.commits:
        page.line(_answer(view, commit), "- ")


def _answer(view: DecisionView, commit: CommitView) -> str:
    option = next((each.text for each in view.options if each.id == commit.option), commit.option)
    name = commit.name
    if commit.stand_in:
        name = say("{name} (stand-in)", name=name)
    elif commit.person:
        name = f"{commit.person}, {commit.role.replace('_', ' ')}"
    number = next((n for n, each in enumerate(view.options, 1) if each.id == commit.option), 0)
    parts = [say("{name}: {number}. {option}", name=name, number=number, option=option)]
    if commit.because:
        parts.append(say("Because: {reason}", reason=commit.because))
    if commit.reason:
        parts.append(say("In their words: {reason}", reason=commit.reason))
    if commit.confidence:
        sure = ("", say("a guess"), say("leaning"), say("fairly sure"), say("certain"))
        parts.append(f"({sure[commit.confidence]})")
    return " ".join(parts)
