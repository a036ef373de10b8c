"""The hot wash: the talk right after an exercise, as steps a facilitator goes through.

The order is that of good debriefing: reactions first, then what happened, then a few decisions as
they looked at the time, then what to take along; what was rated comes last. A decision has two
steps. The first shows what those who decided knew then, and asks; the second shows about two other
ways, and no more: a long list makes the outcome look more obvious than it was. Between them people
talk.

A step has what the whole room may see, and notes for whoever conducts. What the room sees names
roles, never people, and nothing that stays privileged after the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from tabletop.debrief import asked
from tabletop.debrief import wordings as w
from tabletop.debrief.parts import Finding, Report, Snapshot, Who
from tabletop.exercise.afterwards import ELEMENTS
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.debrief.turning import Turning

Form = Literal["short", "full"]
"""About five minutes, or about half an hour."""

FORMS: tuple[Form, ...] = ("short", "full")
PIVOTAL = 3
WAYS = 2
"""How many other ways are shown of a decision."""
KNOWN = 4
"""How many facts, the latest, are shown of what a role knew."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what the room sees, and what only those who conduct see."""

    slug: str
    title: str
    minutes: int
    prompt: str
    """What the room is asked or told."""
    points: tuple[str, ...] = ()
    """What stands below it."""
    notes: tuple[str, ...] = ()
    """For those who conduct alone."""


def hot_wash(report: Report, form: Form, turned_on: "Sequence[Turning]" = ()) -> tuple[Step, ...]:
    """The steps of a talk about one exercise, in order.

    What it `turned_on` is talked about; where that is less than there is time for, the widest gaps
    come after it, then tensions.
    """
    steps = _Steps(report, turned_on)
    return tuple(steps.short() if form == "short" else steps.full())


class _Steps:
    def __init__(self, report: Report, turned_on: "Sequence[Turning]") -> None:
        self.report = report
        self.turned_on = turned_on
        self.language = report.language

    def say(self, sentence: str, **values: object) -> str:
        return say(sentence, language=self.language, **values)

    def short(self) -> Iterator[Step]:
        yield self.reactions(1)
        for found in self.pivotal(1):
            yield from self.decision(found, 1, 1)
        yield self.writing(1)
        yield self.close(1)

    def full(self) -> Iterator[Step]:
        yield self.ground(1)
        yield self.reactions(3)
        yield self.story(3)
        for found in self.pivotal():
            yield from self.decision(found, 1, 2)
        yield self.strengths(2)
        yield self.change(3)
        yield self.writing(3)
        if self.report.concluded.objectives:
            yield self.scores(2)
        yield self.close(1)

    def pivotal(self, most: int = PIVOTAL) -> tuple[Finding, ...]:
        """The decisions to talk about, in the order they came."""
        every = (
            *(each.finding for each in self.turned_on),
            *self.report.gaps,
            *(pull.finding for pull in self.report.pulls),
        )
        found = {(each.title, each.at): each for each in reversed(every)}
        order = dict.fromkeys((each.title, each.at) for each in every)
        return tuple(sorted((found[each] for each in [*order][:most]), key=lambda each: each.at))

    def ground(self, minutes: int) -> Step:
        return Step(
            "ground",
            self.say("Before we talk"),
            minutes,
            self.say("We talk about decisions, not about people."),
            (
                self.say("Nobody has to speak, and anybody may step out."),
                self.say("There was no single right answer; doubts are as welcome as views."),
                self.say("What is said here stays here, unless we agree to write it down."),
            ),
            (self.say("Say how long it will take, and who takes notes."),),
        )

    def reactions(self, minutes: int) -> Step:
        return Step(
            "reactions",
            self.say("Reactions"),
            minutes,
            self.say("One sentence each: what stays with you?"),
            self._roles(self._played()),
            (
                self.say("Go round by role. No discussion yet, and no facts."),
                self.say("Let it be quiet; pass whoever wants to be passed."),
            ),
        )

    def story(self, minutes: int) -> Step:
        return Step(
            "story",
            self.say("What happened"),
            minutes,
            self.say("Tell it once, in your own words. What did you know, and when?"),
            self.report.notice.modules,
            (
                self.say("Ask each role for what the others could not see."),
                self.say("The debrief has it scene by scene, if anyone is unsure."),
            ),
        )

    def decision(self, found: Finding, first: int, second: int) -> Iterator[Step]:
        """What was known then, and after people have talked, about two other ways."""
        snapshots = tuple(line for each in found.snapshots for line in self._snapshot(each))
        chosen = self.say("Chosen: {way}", way=found.chosen)
        yield Step(
            "then",
            found.title,
            first,
            self.say("What did this look like at the time?"),
            (*snapshots, chosen),
            tuple(
                each
                for each in (
                    found.question,
                    self.say("Ask before you go on: what else could have been done?"),
                )
                if each
            ),
        )
        ways = self._ways(found)
        yield Step(
            "ways",
            found.title,
            second,
            self.say("What would another way have asked of each of you?")
            if ways
            else self.say("Nothing open was better. What made it hard all the same?"),
            (chosen, *(self.say("Another way: {way}", way=way) for way in ways)),
            (
                *((found.because,) if found.because else ()),
                *(
                    self.say("It closed more of what could still come than it gave up by itself.")
                    for each in self.turned_on
                    if each.sense == "ahead" and each.finding == found
                ),
                *(w.guidance_line(each, self.language) for each in found.guidance[:1]),
            ),
        )

    def strengths(self, minutes: int) -> Step:
        shown = (
            self.say("{role}: {title}", role=w.capital(each.who.role), title=found.title)
            for each in self.report.strengths
            for found in each.found
        )
        noted = (each.words for each in self.report.observed if each.kind == "strength")
        return Step(
            "strengths",
            self.say("What went well"),
            minutes,
            self.say("Name something another role did that helped."),
            (),
            (*shown, *(each for each in noted if each)),
        )

    def change(self, minutes: int) -> Step:
        noted = (each.words for each in self.report.observed if each.kind == "issue")
        return Step(
            "change",
            self.say("What to change"),
            minutes,
            self.say("What would make the next one go better, and who sees to it?"),
            tuple(w.capital(asked.element(each, self.language)) for each in ELEMENTS),
            (
                self.say("Write down what is agreed, with an owner and a day."),
                *(each for each in noted if each),
            ),
        )

    def writing(self, minutes: int) -> Step:
        return Step(
            "writing",
            self.say("On your own page"),
            minutes,
            self.say("Write down what you keep, what you change, and what you will do first."),
            (
                *(question for _, question in asked.prompts(self.language)[1:3]),
                self.say("What will you do first, when, and by when?"),
                self.say("Feedback on the exercise, without your name"),
            ),
            (self.say("Wait until people look up again."),),
        )

    def scores(self, minutes: int) -> Step:
        """How the critical tasks stand: said of the exercise, of nobody in it."""
        concluded = self.report.concluded
        rated = all(
            task.rating for each in concluded.objectives for task in each.tasks if task.final
        )
        return Step(
            "scores",
            self.say("How the tasks stand"),
            minutes,
            self.say("This is about the exercise, and about nobody in it."),
            tuple(
                self.say(
                    "{capability}: {rating}",
                    capability=each.name,
                    rating=asked.rating(each.final, self.language),
                )
                for each in concluded.capabilities
            ),
            (
                self.say("Every task that was shown has been rated.")
                if rated
                else self.say("Some of it is only proposed; say so, or leave this out."),
                self.say("A capability is as good as its worst task. Ask what would lift that."),
            ),
        )

    def close(self, minutes: int) -> Step:
        support = self.report.closing.support
        return Step(
            "close",
            self.say("Thank you"),
            minutes,
            self.say("If something stays with you, talk to someone."),
            (support,) if support else (),
            (self.say("Stay in the room for a while. Look in on people tomorrow."),),
        )

    def _ways(self, found: Finding) -> tuple[str, ...]:
        ways = [found.other] if found.other and not found.other.same_answer else []
        for pull in self.report.pulls:
            if (pull.finding.title, pull.finding.at) == (found.title, found.at):
                ways += pull.others
        return tuple(dict.fromkeys(each.text for each in ways if each.text != found.chosen))[:WAYS]

    def _snapshot(self, snapshot: Snapshot) -> Iterator[str]:
        who = w.capital(w.name(_role(snapshot.who), self.language))
        known = " · ".join(title.rstrip(".") for title in snapshot.known[-KNOWN:])
        if known:
            yield self.say("{who} knew: {facts}", who=who, facts=known)
        if snapshot.missing:
            missing = tuple(
                replace(each, holders=tuple(_role(holder) for holder in each.holders))
                for each in snapshot.missing
            )
            yield self.say(
                "{who} did not know: {facts}", who=who, facts=w.missing(missing, self.language)
            )

    def _played(self) -> tuple[Who, ...]:
        return tuple(who for who in self.report.notice.roles if who.played)

    def _roles(self, people: tuple[Who, ...]) -> tuple[str, ...]:
        return tuple(w.capital(who.role) for who in people)


def _role(who: Who) -> Who:
    """A role as the room reads it: nobody's name, and nobody spoken to."""
    return replace(who, you=False, name="")
