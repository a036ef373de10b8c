"""Reasons: consequences and what they came of, in sentences that a person can read.

Each reason says how something stood and through which act, and no sentence holds more than one
step: what an inject came of in its turn is the sentence after it. So each can be traced by itself,
to the part of a condition it hung on and to the entry of the act.
"""

from collections.abc import Iterator
from dataclasses import replace

from tabletop.debrief import wordings as w
from tabletop.debrief.among import Explained
from tabletop.debrief.analysis.causes import Cause, Causes, Reason
from tabletop.debrief.clauses import Clauses
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e

DEEPEST = 6
"""How many steps back are told at once; what lies further back is asked for."""
BROUGHT = (e.Changed, e.Learned, e.ConsentGiven, e.ConsentEnded)
"""What an act brings about, and is said with the act itself."""


class Explainer(Clauses):
    """Says of anything that happened how it came about."""

    def __init__(self, telling: Telling, found: Causes, language: str) -> None:
        """Takes a record that was read, with its causes."""
        super().__init__(telling, language)
        self.causes = found

    def story(self) -> tuple[Explained, ...]:
        """Everything that would not have come either way, in order."""
        told: list[Explained] = []
        for cause in self.causes.consequences():
            found = self.explained(cause)
            last = told[-1] if told else None
            if last and found.because and (last.at, last.because) == (found.at, found.because):
                what = self.say("{one}, and {other}", one=last.what, other=found.what)
                told[-1] = replace(last, what=what)
            else:
                told.append(found)
        return tuple(told)

    def clause(self, cause: Cause) -> str:
        """What happened, as a sentence without its end."""
        return self.happened(cause.step.event)

    def followed(self, number: int) -> tuple[str, ...]:
        """What an act had a part in later, as clauses; only what is told of without being asked."""
        told = {cause.step.number for cause in self.causes.consequences()}
        after = self.causes.followed(number)
        reached = {number, *(cause.step.number for cause in after)}
        clauses = (
            clause
            for cause in after
            if cause.step.number in told
            for clause in self._came_of(cause, reached)
        )
        return tuple(dict.fromkeys(clauses))

    def _came_of(self, cause: Cause, reached: set[int]) -> Iterator[str]:
        """A consequence; of a decision that was put, only what these had a part in."""
        event = cause.step.event
        if not isinstance(event, e.DecisionOpened):
            yield self.clause(cause)
            return
        for reason in cause.reasons:
            if not reached.isdisjoint(reason.parents):
                yield self._offered(event, reason.about) if reason.about else self.clause(cause)

    def _offered(self, event: e.DecisionOpened, option: str) -> str:
        return self.say(
            "at “{decision}”, {offered}",
            decision=self.telling.decision_title(event.decision),
            offered=self._among(event, option),
        )

    def _among(self, event: e.DecisionOpened, option: str, *, first: bool = True) -> str:
        text, shown = self.option(event.decision, option), option in dict(event.options)
        if first and shown:
            return self.say("“{option}” was among the answers", option=text)
        if first:
            return self.say("“{option}” was not among the answers", option=text)
        if shown:
            return self.say("“{option}” was too", option=text)
        return self.say("“{option}” was not", option=text)

    # Why.

    def explained(self, cause: Cause) -> Explained:
        """One consequence with its reasons."""
        because = tuple(self._items(cause))
        return Explained(
            number=cause.step.number,
            at=cause.step.at,
            what=self.clause(cause),
            because=because,
            ending="" if because else self._root(cause),
        )

    def _items(self, cause: Cause) -> Iterator[str]:
        """A reason each; options that hang on the same come together."""
        event, options = cause.step.event, dict[tuple[str, ...], list[str]]()
        for reason in cause.reasons:
            told = tuple(self._told(cause, reason, DEEPEST))
            options.setdefault(told, []).append(reason.about)
        for (why, *further), hanging in options.items():
            first = w.capital(why)
            if isinstance(event, e.DecisionOpened) and hanging[0]:
                # Those that were shown come first, so that of the others "was not" is enough.
                shown = dict(event.options)
                about = sorted(dict.fromkeys(hanging), key=lambda option: option not in shown)
                what = self.say(", and ").join(
                    self._among(event, option, first=not number)
                    for number, option in enumerate(about)
                )
                first = self.say("{what}, because {why}", what=what, why=why)
            yield " ".join((f"{first}.", *dict.fromkeys(further)))

    def _told(self, cause: Cause, reason: Reason, deep: int) -> Iterator[str]:
        """How something stood and through what, as a clause; then what that came of, in sentences.

        Where nothing stands between, it is what brought it that is told.
        """
        acts = tuple(dict.fromkeys(n for each in reason.parents for n in self._acts(each)))
        events = [self.causes[number].step.event for number in acts]
        if reason.ground is None:
            yield self.say(" and ").join(self.happened(event) for event in events)
        else:
            ground = self.ground(reason.ground, cause.step)
            if reason.left:
                yield ground
                yield from self.could_have(events, reason.ground)
                return
            itself = any(read[0] == "delivered" for read in reason.ground.reads)
            if itself or (len(events) == 1 and self.happened(events[0]) == ground):
                yield ground
            elif self._from_whom(reason, events):
                yield self._from_whom(reason, events)
            else:
                through = self.through(events) or self.say("and nothing had changed that")
                yield self.say("{ground}, {through}", ground=ground, through=through)
        for number in acts:
            yield from self._further(self.causes[number], deep - 1)

    def _from_whom(self, reason: Reason, events: list[e.Event]) -> str:
        """That a role knew a fact, with who told it; empty where it is nothing of the kind."""
        match reason.ground and reason.ground.reads, events:
            case (("knows", role, fact),), [e.FactShared(fact=told, sender=sender)] if fact == told:
                return self.say(
                    "{who} knew from {sender}: {fact}",
                    who=self.who(role),
                    sender=self.who(sender),
                    fact=self.fact(fact, role),
                )
        return ""

    def _acts(self, number: int) -> Iterator[int]:
        """The acts behind an event: of a change what brought it, else the event itself."""
        cause = self.causes[number]
        brought = [reason for reason in cause.reasons if reason.ground is None]
        if isinstance(cause.step.event, BROUGHT) and brought and len(brought) == len(cause.reasons):
            for reason in brought:
                for parent in reason.parents:
                    yield from self._acts(parent)
        else:
            yield number

    def _further(self, cause: Cause, deep: int) -> Iterator[str]:
        """Why an act could come at all, in sentences; an answer or a share needs no reason."""
        if deep <= 0 or isinstance(cause.step.event, e.Settled | e.FactShared | e.OfferMade):
            return
        for reason in cause.reasons:
            why, *further = self._told(cause, reason, deep)
            what = w.capital(self.clause(cause))
            yield self.say("{what}, because {why}.", what=what, why=why)
            yield from further

    def _root(self, cause: Cause) -> str:
        match cause.root:
            case "facilitator":
                return self.say("The facilitator had it so.")
            case "decision":
                return self.say("It was decided; nothing else had to be so for that.")
            case "share":
                return self.say("It was told; nothing else had to be so for that.")
        return self.say("The author has it so on this way, whatever anyone does.")
