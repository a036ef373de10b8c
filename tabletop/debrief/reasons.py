"""Reasons: consequences and what they came of, as chains of sentences that a person can read."""

import ast
from collections.abc import Iterator

from tabletop.debrief import wordings as w
from tabletop.debrief.among import Explained
from tabletop.debrief.analysis.causes import Cause, Causes, Reason
from tabletop.debrief.analysis.grounds import Ground
from tabletop.debrief.prose import line, plain
from tabletop.debrief.telling import Telling, title_of
from tabletop.exercise import events as e
from tabletop.scenario.conditions import Read, parse
from tabletop.wording import say

DEEPEST = 6
"""How many becauses follow each other in one sentence; what lies further back is asked for."""


class Explainer:
    """Says of anything that happened how it came about."""

    def __init__(self, telling: Telling, found: Causes, language: str) -> None:
        self.telling = telling
        self.causes = found
        self.language = language

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(sentence, language=self.language, **values)

    def story(self) -> tuple[Explained, ...]:
        """Everything that would not have come either way, in order."""
        return tuple(self.explained(cause) for cause in self.causes.consequences())

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

    def explained(self, cause: Cause) -> Explained:
        """One consequence with its reasons."""
        because = tuple(
            dict.fromkeys(
                self._sentence(cause, reason, text)
                for reason in cause.reasons
                for text in self._reason(cause, reason, 0)
            )
        )
        return Explained(
            number=cause.step.number,
            at=cause.step.at,
            what=self.clause(cause),
            because=because,
            ending="" if because else self._root(cause),
        )

    def _sentence(self, cause: Cause, reason: Reason, why: str) -> str:
        event = cause.step.event
        if reason.about and isinstance(event, e.DecisionOpened):
            what = self._among(event, reason.about)
            return self.say("{what}, because {why}.", what=w.capital(what), why=why)
        return self.say("because {reason}.", reason=why)

    def _among(self, event: e.DecisionOpened, option: str) -> str:
        text = self._option(event.decision, option)
        if option in dict(event.options):
            return self.say("“{option}” was among the answers", option=text)
        return self.say("“{option}” was not among the answers", option=text)

    def _offered(self, event: e.DecisionOpened, option: str) -> str:
        return self.say(
            "at “{decision}” {offered}",
            decision=self.telling.decision_title(event.decision),
            offered=self._among(event, option),
        )

    def _root(self, cause: Cause) -> str:
        match cause.root:
            case "facilitator":
                return self.say("The facilitator had it so.")
            case "decision":
                return self.say("It was decided; nothing else had to be so for that.")
            case "share":
                return self.say("It was told; nothing else had to be so for that.")
        return self.say("The author has it so on this way, whatever anyone does.")

    # What happened, each as a clause.

    def clause(self, cause: Cause) -> str:
        """What happened, as a sentence without its end."""
        telling, event = self.telling, cause.step.event
        match event:
            case e.Settled():
                return self.say(
                    "at “{decision}” the answer was “{option}”",
                    decision=telling.decision_title(event.decision),
                    option=telling.option_text(event.decision, event.option).rstrip("."),
                )
            case e.FactShared():
                return self._shared(event)
            case e.OfferMade():
                return self._untold(event)
            case e.OfferClosed():
                return self._untold(event)
            case e.InjectDelivered():
                return self.say("“{inject}” came", inject=self.inject(event.inject))
            case e.SceneEntered():
                return self.say("it went on to “{scene}”", scene=telling.scene_title(event.scene))
            case e.DecisionPassed():
                return self.say(
                    "“{decision}” was not asked", decision=telling.decision_title(event.decision)
                )
            case e.DecisionOpened():
                title = telling.decision_title(event.decision)
                return self.say("“{decision}” was asked", decision=title)
            case e.Changed():
                return self._stood(event.name, event.value)
            case e.Learned():
                return self._knew(event.role, event.fact, knew=True)
            case e.ConsentGiven():
                return self.say("leave was given ({leave})", leave=self.consent(event.consent))
            case e.ConsentEnded():
                return self.say("leave ended ({leave})", leave=self.consent(event.consent))
            case e.RoleJoined():
                return self.say("{who} joined", who=self.who(event.role))
            case e.Ended():
                return self.say("the exercise ended")
            case e.InjectScheduled():
                return self.say(
                    "the facilitator set a time for “{inject}”", inject=self.inject(event.inject)
                )
            case e.Jumped():
                title = telling.scene_title(event.scene)
                return self.say("the facilitator went on to “{scene}”", scene=title)
            case e.Rewound():
                return self.say("the facilitator went back")
        return self.say("the exercise began")

    def who(self, role: str) -> str:
        """A role as it is named in a sentence."""
        return w.name(self.telling.who(role), self.language)

    def inject(self, inject: str) -> str:
        """An inject's title."""
        return line(self.telling.fill(self.telling.engine.plan.inject(inject).title))

    def consent(self, consent: str) -> str:
        """A consent by who gave it and what for."""
        found = self.telling.scenario.consents[consent]
        return f"{line(self.telling.fill(found.giver))}, {line(self.telling.fill(found.purpose))}"

    def _shared(self, event: e.FactShared) -> str:
        sender, to = self.telling.who(event.sender), self.telling.who(event.to)
        title = self.telling.fact_title(event.fact, event.to)
        return w.lower(w.disclosed(sender, to, title, event.told, self.language))

    def _untold(self, event: e.OfferMade | e.OfferClosed) -> str:
        values = {"holder": self.who(event.holder), "to": self.who(event.to)}
        title = self.telling.fact_title(event.fact, event.to).rstrip(".")
        if not title:
            return self.say("{holder} did not tell {to} something held under privilege", **values)
        return self.say("{holder} did not tell {to}: {fact}", fact=title, **values)

    def _option(self, decision: str, option: str) -> str:
        path = f"{self.telling.engine.plan.decision_path(decision)}.options.{option}.text"
        text = self.telling.decision(decision).options[option].text
        key = next(iter(text.variants))
        return plain(self.telling.text(f"{path}/{key}/0")).rstrip(".")

    def _stood(self, name: str, value: int | bool) -> str:
        means = self.means(name)
        if value is True:
            return self.say("it was so: “{means}”", means=means)
        if value is False:
            return self.say("it was not so: “{means}”", means=means)
        return self.say("“{means}” stood at {value}", means=means, value=value)

    def means(self, name: str) -> str:
        """What a flag or counter stands for, in its author's words."""
        found = self.telling.scenario.state[name].means
        return line(self.telling.fill(found or title_of(name))).rstrip(".")

    def _knew(self, role: str, fact: str, *, knew: bool) -> str:
        values = {"who": self.who(role), "fact": self.telling.fact_title(fact, role).rstrip(".")}
        if not values["fact"]:
            values["fact"] = self.say("something held under privilege")
        if knew:
            return self.say("{who} knew: {fact}", **values)
        return self.say("{who} did not know: {fact}", **values)

    # Why.

    def _reason(self, cause: Cause, reason: Reason, deep: int) -> Iterator[str]:
        """A reason and what lies behind it, as the rest of a sentence after "because"."""
        behind = [text for number in reason.parents for text in self._behind(number, deep)]
        ground = self._ground(reason.ground, cause) if reason.ground else ""
        if not ground:
            yield from behind
        elif not behind:
            yield self.say("{ground}, as it was from the start", ground=ground)
        elif reason.left:
            yield self.say(
                "{ground}; that could have been otherwise, but {acts}",
                ground=ground,
                acts=self.say(" and ").join(dict.fromkeys(behind)),
            )
        else:
            joint = self.say("{ground}, because {acts}", ground="", acts="")
            yield f"{ground}{joint}{self.say(' and because ').join(dict.fromkeys(behind))}"

    def _behind(self, number: int, deep: int) -> Iterator[str]:
        """What an event among the reasons came of: an act as it is, a change by its own reason."""
        cause = self.causes[number]
        if deep >= DEEPEST:
            yield self.clause(cause)
        elif isinstance(cause.step.event, e.Changed | e.Learned | e.ConsentGiven | e.ConsentEnded):
            # The ground has said already what changed.
            further = [t for reason in cause.reasons for t in self._reason(cause, reason, deep + 1)]
            yield from further or (self.clause(cause),)
        else:
            further = [t for reason in cause.reasons for t in self._reason(cause, reason, deep + 1)]
            clause = self.clause(cause)
            if further and not isinstance(cause.step.event, e.Settled):
                joint = self.say(" and ")
                yield self.say("{what}, because {why}", what=clause, why=joint.join(further))
            else:
                yield clause

    def _ground(self, ground: Ground, cause: Cause) -> str:
        """A part of a condition as it stood; empty where the act behind it says the same."""
        read = next(filter(self._known, ground.reads), ("law", ""))
        match read:
            case ("knows", role, fact):
                return self._knew(role, fact, knew=ground.holds)
            case ("granted", consent):
                leave = self.consent(consent)
                if ground.holds:
                    return self.say("leave stood ({leave})", leave=leave)
                return self.say("there was no leave ({leave})", leave=leave)
            case ("delivered", inject):
                if ground.holds:
                    return ""
                return self.say("“{inject}” had not come", inject=self.inject(inject))
            case ("name", name) if name in self.telling.scenario.state:
                return self._state(name, ground, cause)
            case ("name", decision):
                decided = cause.step.before.decisions.get(decision)
                if decided is not None and decided.settled:
                    return ""
                title = self.telling.decision_title(decision)
                return self.say("“{decision}” was not decided", decision=title)
        return self.say("the law of the place has it so")

    def _known(self, read: Read) -> bool:
        """Whether a name a condition reads is a flag, counter or decision, and not an option."""
        return (
            read[0] != "name"
            or read[1] in self.telling.scenario.state
            or read[1] in self.telling.engine.plan.scene_of_decision
        )

    def _state(self, name: str, ground: Ground, cause: Cause) -> str:
        value = cause.step.before.values[name]
        if isinstance(parse(ground.part.source), ast.Name):
            return self._stood(name, ground.holds)
        return self._stood(name, value)
