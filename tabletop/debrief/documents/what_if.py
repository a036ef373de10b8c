"""What if: one decision answered otherwise, side by side with what happened."""

from dataclasses import dataclass

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.what_if import Course, WhatIf, answered, open_ways, what_if
from tabletop.debrief.blocks import Block, Items, Line, Page, Table
from tabletop.debrief.documents.document import Document
from tabletop.debrief.documents.played import Played
from tabletop.debrief.findings import Reader
from tabletop.debrief.pages import notice
from tabletop.debrief.pages.prospects import reason_unknown, span
from tabletop.debrief.prose import line
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e
from tabletop.wording import say

Told = dict[tuple[str, int], str]
"""How each thing of a scene went, by what it is called and how often it came before."""


class NoSuchWay(LookupError):
    """No such decision or option; its text is a sentence that names those there are."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A decision as it was answered, and the other options that were open."""

    decision: str
    """Its title."""
    taken: str
    others: tuple[tuple[str, str], ...]
    """What `alternative` is asked with, and the option in words."""


def answers(played: Played) -> tuple[Answer, ...]:
    """Every decision that people answered and could have answered otherwise, in order."""
    reader = played.reader
    choices = [fork.choice for fork in answered(played.ahead).values()]
    return tuple(
        Answer(reader.title(choice), reader.wording(choice, choice.way), others)
        for choice in choices
        if (
            others := tuple(
                (f"{choice.name}={way.name}", reader.wording(choice, way))
                for way in choice.ways
                if way.name != choice.taken
            )
        )
    )


def alternative(played: Played, asked: str) -> Document:
    """A decision answered otherwise, asked for as `decision=option`.

    Raises:
        NoSuchWay: where people answered no such decision, or that option was not open.
    """
    report, telling = played.report, played.telling
    language = report.language
    ahead = played.ahead
    decision, _, option = (part.strip() for part in asked.partition("="))
    _refuse(open_ways(ahead), decision, option, language)
    found = what_if(ahead, decision, option)
    marking, *rest = notice(report)
    title = say("What if", language=language)
    page = Page("what-if", title, tuple(Alternative(telling, found, language).blocks()))
    return Document(
        slug="what-if",
        title=f"{title}: {report.notice.title}",
        marking=marking,
        notice=tuple(rest),
        pages=(page,),
        language=language,
    )


def _refuse(ways: dict[str, tuple[str, ...]], decision: str, option: str, language: str) -> None:
    if not ways:
        raise NoSuchWay(say("People answered no decision in this exercise.", language=language))
    if decision not in ways:
        sentence = say(
            "Nobody answered a decision called {decision} here. Ask as DECISION=OPTION, with one"
            " of these decisions: {names}.",
            language=language,
            decision=decision or "?",
            names=", ".join(ways),
        )
        raise NoSuchWay(sentence)
    if option not in ways[decision]:
        sentence = say(
            "At {decision} no other option called {option} was open. Those that were: {names}.",
            language=language,
            decision=decision,
            option=option or "?",
            names=", ".join(ways[decision]) or say("none", language=language),
        )
        raise NoSuchWay(sentence)


class Alternative:
    """Puts an alternative into blocks."""

    def __init__(self, telling: Telling, found: WhatIf, language: str) -> None:
        """Takes what was played forward."""
        self.telling = telling
        self.found = found
        self.language = language
        self.reader = Reader(telling, language)

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(sentence, language=self.language, **values)

    def blocks(self) -> list[Block]:
        """Both courses side by side, and then what they come to."""
        return [
            Line(
                self.say(
                    "Another answer to {decision}; whatever else people chose is chosen again where"
                    " it comes up and is open. The record stays as it is.",
                    decision=self.reader.title(self.found.fork.choice),
                ),
                "quiet",
            ),
            *self._courses(),
            *self._stopped(),
            *self._totals(),
        ]

    def _courses(self) -> list[Block]:
        happened, instead = self._told(self.found.happened), self._told(self.found.instead)
        head = ("", self.say("What happened"), self.say("What if"))
        scenes = [
            Table(
                self.telling.scene_title(name),
                head,
                self._scene(happened.get(name, {}), instead.get(name, {})),
            )
            for name in self.telling.scenario.scenes
            if name in happened or name in instead
        ]
        ends = [
            self.telling.scene_title(course.ending) if course.ending else self.say("none yet")
            for course in (self.found.happened, self.found.instead)
        ]
        return [*scenes, Table(self.say("Where it leads"), head, ((self.say("Ending"), *ends),))]

    def _scene(self, happened: Told, instead: Told) -> tuple[tuple[str, ...], ...]:
        """Each thing of a scene with how it went either way."""
        never, same = self.say("not come to"), self.say("the same")
        rows = []
        for what in happened | instead:
            cells = [told.get(what, never) for told in (happened, instead)]
            rows.append((what[0], cells[0], same if cells[0] == cells[1] else cells[1]))
        return tuple(rows)

    def _told(self, course: Course) -> dict[str, Told]:
        """By scene: what came, what was decided and what was told."""
        told: dict[str, Told] = {}
        for scene, event in course.events:
            what, how = self._put(event)
            if what:
                said = told.setdefault(scene, {})
                # Where scenes go round, the same comes again.
                said[what, sum(name == what for name, _ in said)] = how
        return told

    def _put(self, event: e.Event) -> tuple[str, str]:
        """What an event is about and how it went; nothing where it is not worth a line."""
        match event:
            case e.InjectDelivered():
                inject = self.telling.engine.plan.inject(event.inject)
                return line(self.telling.fill(inject.title or event.inject)), self.say("came")
            case e.Settled():
                return self.telling.decision_title(event.decision), self._chosen(event)
            case e.FactShared():
                what = self.say(
                    "{sender} told {to}",
                    sender=w.capital(w.name(self.telling.who(event.sender), self.language)),
                    to=w.name(self.telling.who(event.to), self.language),
                )
                fact = self.telling.fact_title(event.fact)
                return what, fact or self.say("Something held under privilege")
        return "", ""

    def _chosen(self, event: e.Settled) -> str:
        option = self.telling.decision(event.decision).options[event.option]
        path = f"{self.telling.engine.plan.decision_path(event.decision)}.options.{event.option}"
        return line(
            self.telling.option_text(event.decision, event.option)
            or self.telling.sole(option.text, f"{path}.text")
            or event.option.replace("_", " ")
        )

    def _stopped(self) -> list[Block]:
        if self.found.instead.ending:
            return []
        titles = [self.telling.decision_title(name) for name in self.found.free]
        if not titles:
            return [Line(self.say("From there on nobody could have gone on as they did."))]
        sentence = self.say(
            "Here the record has no answer that is open, so people would have had to decide anew."
            " What could have come is a range from here on."
        )
        return [Line(sentence), Items(tuple(titles))]

    def _totals(self) -> list[Block]:
        fork, way = self.found.fork, self.found.way
        if way.free is None:
            return [Line(reason_unknown(fork.why, self.language), "quiet")]
        axes = (w.axis("vc", self.language), w.axis("ci", self.language))
        came = [w.mark(each) for each in fork.came] if fork.came else [self.say("no ending")] * 2
        rows = [(self.say("What happened"), *came)]
        if fork.steered and fork.taken is not None and fork.taken.kept is not None:
            kept = span(fork.taken.kept, self.language)
            rows.append((self.say("What was chosen, as the scenario goes on by itself"), *kept))
        if way.kept is not None:
            rows.append((self.say("What if, later choices kept"), *span(way.kept, self.language)))
        rows.append((self.say("What if, whatever people choose"), *span(way.free, self.language)))
        table = Table(
            self.say("Marks from this decision to the end, each axis by itself"),
            (self.say("Course"), *axes),
            tuple(rows),
        )
        return [table]
