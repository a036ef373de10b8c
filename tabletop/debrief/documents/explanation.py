"""Explanation: how one thing in an exercise came about, or everything that has reasons."""

from difflib import get_close_matches

from tabletop.debrief.analysis.causes import Cause, Causes, causes
from tabletop.debrief.blocks import Page
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.played import Played
from tabletop.debrief.pages import causes as pages
from tabletop.debrief.pages import notice
from tabletop.debrief.prose import line
from tabletop.debrief.reasons import Explainer
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e
from tabletop.wording import say


class NothingThere(LookupError):
    """Nothing of that name happened; its text is a sentence that says so."""


def explanation(played: Played, what: str = "") -> Document:
    """How something came about, by its id or title; without one, all that has reasons.

    Raises:
        NothingThere: where nothing of that name happened in the exercise.
    """
    report, telling = played.report, played.telling
    language = report.language
    explained = report.explained
    if what:
        found = causes(telling)
        explainer = Explainer(telling, found, language)
        explained = tuple(map(explainer.explained, _named(telling, found, what)))
        if not explained:
            raise NothingThere(_sentence(what, _names(telling, found), language))
    marking, *rest = notice(report)
    title = say("How it came about", language=language)
    blocks = pages.explained(played.voice, explained) if what else pages.causes(played.voice)
    return Document(
        slug="explanation",
        title=f"{title}: {report.notice.title}",
        marking=marking,
        notice=tuple(rest),
        pages=(Page("causes", title, blocks),),
        language=language,
    )


def _sentence(what: str, names: tuple[str, ...], language: str) -> str:
    near = get_close_matches(what, names, n=1)
    if near:
        return say(
            "Nothing called {what} happened in this exercise; did you mean {near}?",
            language=language,
            what=what,
            near=near[0],
        )
    return say(
        "Nothing called {what} happened in this exercise. Ask for one of these, or give no name"
        " for all that has reasons: {names}.",
        language=language,
        what=what,
        names=", ".join(sorted(names)),
    )


def _named(telling: Telling, found: Causes, what: str) -> tuple[Cause, ...]:
    """What happened to something of the scenario, by its id or title."""
    wanted = what.casefold().strip()

    def named(read: tuple[str, ...], title: str) -> bool:
        return wanted in {*(part.casefold() for part in read[1:]), title.casefold()}

    return tuple(
        cause for cause in found.by_number.values() if named(*_subject(telling, cause.step.event))
    )


def _names(telling: Telling, found: Causes) -> tuple[str, ...]:
    """The ids of everything that happened and can be asked about."""
    names = (_subject(telling, cause.step.event)[0][1:] for cause in found.by_number.values())
    return tuple(dict.fromkeys(name for each in names for name in each))


def _subject(telling: Telling, event: e.Event) -> tuple[tuple[str, ...], str]:
    match event:
        case e.InjectDelivered(inject=name):
            return ("inject", name), line(telling.fill(telling.engine.plan.inject(name).title))
        case e.SceneEntered(scene=name):
            return ("scene", name), telling.scene_title(name)
        case e.Settled(decision=name) | e.DecisionPassed(decision=name):
            return ("decision", name), telling.decision_title(name)
        case e.DecisionOpened(decision=name):
            return ("decision", name), telling.decision_title(name)
        case e.Changed(name=name):
            return ("state", name), ""
        case e.ConsentGiven(consent=name) | e.ConsentEnded(consent=name):
            return ("consent", name), ""
        case e.Learned(fact=name):
            return ("fact", name), telling.fact_title(name)
    return ("",), ""
