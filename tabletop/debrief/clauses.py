"""Clauses: what happened, and how something stood, in words that a sentence is made of."""

import ast
from collections.abc import Iterable, Iterator

from tabletop.debrief import wordings as w
from tabletop.debrief.analysis.grounds import Ground
from tabletop.debrief.prose import line, plain
from tabletop.debrief.telling import Step, Telling, title_of
from tabletop.exercise import events as e
from tabletop.scenario.conditions import Read, parse
from tabletop.wording import say


class Clauses:
    """Says what happened in a record, each as a clause without its end."""

    def __init__(self, telling: Telling, language: str) -> None:
        """Takes a record that was read, and the reader's language."""
        self.telling = telling
        self.language = language

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(sentence, language=self.language, **values)

    # What happened.

    def happened(self, event: e.Event) -> str:
        """What happened."""
        telling = self.telling
        match event:
            case e.Settled():
                return self.say("the answer at {answered}", answered=self.answered(event))
            case e.FactShared():
                sender, to = telling.who(event.sender), telling.who(event.to)
                title = telling.fact_title(event.fact, event.to)
                return w.lower(w.disclosed(sender, to, title, event.told, self.language))
            case e.OfferMade() | e.OfferClosed():
                return self.say(
                    "{holder} did not tell {to}: {fact}",
                    holder=self.who(event.holder),
                    to=self.who(event.to),
                    fact=self.fact(event.fact, event.to),
                )
            case e.InjectDelivered():
                return self.say("“{inject}” came", inject=self.inject(event.inject))
            case e.SceneEntered():
                return self.say("it went on to “{scene}”", scene=telling.scene_title(event.scene))
            case e.DecisionPassed():
                title = telling.decision_title(event.decision)
                return self.say("“{decision}” was not asked", decision=title)
            case e.DecisionOpened():
                title = telling.decision_title(event.decision)
                return self.say("“{decision}” was asked", decision=title)
            case e.Changed():
                return self.stood(event.name, event.value)
            case e.Learned():
                return self.knew(event.role, event.fact, knew=True)
            case e.ConsentGiven():
                return self.say("leave was given ({leave})", leave=self.consent(event.consent))
            case e.ConsentEnded():
                return self.say("leave ended ({leave})", leave=self.consent(event.consent))
            case e.RoleJoined():
                return self.say("{who} joined", who=self.who(event.role))
            case e.Ended():
                return self.say("the exercise ended")
            case e.InjectScheduled():
                title = self.inject(event.inject)
                return self.say("the facilitator set a time for “{inject}”", inject=title)
            case e.Jumped():
                title = telling.scene_title(event.scene)
                return self.say("the facilitator went on to “{scene}”", scene=title)
            case e.Rewound():
                return self.say("the facilitator went back")
        return self.say("the exercise began")

    def answered(self, event: e.Settled) -> str:
        """A decision with its answer."""
        return self.say(
            "“{decision}” was “{option}”",
            decision=self.telling.decision_title(event.decision),
            option=self.telling.option_text(event.decision, event.option).rstrip("."),
        )

    def through(self, acts: Iterable[e.Event]) -> str:
        """That something came about through some acts, as the end of a clause."""
        answers, others = [], []
        for event in acts:
            if isinstance(event, e.Settled):
                answers.append(self.answered(event))
            elif isinstance(event, e.InjectDelivered):
                others.append(self.say("through “{inject}”", inject=self.inject(event.inject)))
            elif isinstance(event, e.Started):
                others.append(self.say("as it was from the start"))
            else:
                others.append(self.say("since {clause}", clause=self.happened(event)))
        if answers:
            joint = self.say(", and that at ")
            others.insert(
                0, self.say("since the answer at {answered}", answered=joint.join(answers))
            )
        return self.say(" and ").join(dict.fromkeys(others))

    def could_have(self, acts: Iterable[e.Event], ground: Ground) -> Iterator[str]:
        """That acts left something as it was and could have changed it, in sentences."""
        answers = []
        for event in acts:
            if isinstance(event, e.Settled):
                answers.append(
                    self.say(
                        "at “{decision}”, where it was “{option}”",
                        decision=self.telling.decision_title(event.decision),
                        option=self.telling.option_text(event.decision, event.option).rstrip("."),
                    )
                )
            elif isinstance(event, e.OfferMade):
                yield self._untold(event, ground)
        if answers:
            joint = self.say("; or ")
            yield self.say("Another answer could have changed that {at}.", at=joint.join(answers))

    def _untold(self, event: e.OfferMade, ground: Ground) -> str:
        holder = w.capital(self.who(event.holder))
        if ("knows", event.to, event.fact) in ground.reads:
            return self.say("{holder} could have told it, and did not.", holder=holder)
        return self.say(
            "{holder} could have changed that by telling {to}, and did not: {fact}.",
            holder=holder,
            to=self.who(event.to),
            fact=self.fact(event.fact, event.to),
        )

    # How something stood.

    def stood(self, name: str, value: int | bool) -> str:
        """How a flag or counter stood."""
        means = self.means(name)
        if value is True:
            return self.say("by then “{means}” was so", means=means)
        if value is False:
            return self.say("by then “{means}” was not so", means=means)
        return self.say("by then “{means}” stood at {value}", means=means, value=value)

    def knew(self, role: str, fact: str, *, knew: bool) -> str:
        """Whether a role knew a fact."""
        values = {"who": self.who(role), "fact": self.fact(fact, role)}
        if knew:
            return self.say("{who} knew: {fact}", **values)
        return self.say("{who} did not know: {fact}", **values)

    def ground(self, ground: Ground, step: Step) -> str:
        """A part of a condition as it stood."""
        read = next(filter(self._known, ground.reads), ("law", ""))
        match read:
            case ("knows", role, fact):
                return self.knew(role, fact, knew=ground.holds)
            case ("granted", consent):
                leave = self.consent(consent)
                if ground.holds:
                    return self.say("leave stood ({leave})", leave=leave)
                return self.say("there was no leave ({leave})", leave=leave)
            case ("delivered", inject):
                title = self.inject(inject)
                if ground.holds:
                    return self.say("“{inject}” had come", inject=title)
                return self.say("“{inject}” had not come", inject=title)
            case ("name", name) if name in self.telling.scenario.state:
                plainly = isinstance(parse(ground.part.source), ast.Name)
                return self.stood(name, ground.holds if plainly else step.before.values[name])
            case ("name", decision):
                title = self.telling.decision_title(decision)
                decided = step.before.decisions.get(decision)
                if decided is None or not decided.settled:
                    return self.say("“{decision}” was not decided", decision=title)
                option = self.telling.option_text(decision, decided.settled).rstrip(".")
                return self.say(
                    "the answer at “{decision}” was “{option}”", decision=title, option=option
                )
        return self.say("the law of the place has it so")

    def _known(self, read: Read) -> bool:
        """Whether a name a condition reads is a flag, counter or decision, and not an option."""
        return (
            read[0] != "name"
            or read[1] in self.telling.scenario.state
            or read[1] in self.telling.engine.plan.scene_of_decision
        )

    # Names.

    def who(self, role: str) -> str:
        """A role as it is named in a sentence."""
        return w.name(self.telling.who(role), self.language)

    def fact(self, fact: str, role: str) -> str:
        """A fact's title as a role may hear it."""
        title = self.telling.fact_title(fact, role).rstrip(".")
        return title or self.say("something held under privilege")

    def inject(self, inject: str) -> str:
        """An inject's title."""
        return line(self.telling.fill(self.telling.engine.plan.inject(inject).title))

    def consent(self, consent: str) -> str:
        """A consent by who gave it and what for."""
        found = self.telling.scenario.consents[consent]
        return f"{line(self.telling.fill(found.giver))}, {line(self.telling.fill(found.purpose))}"

    def option(self, decision: str, option: str) -> str:
        """An option, whether or not it was shown."""
        path = f"{self.telling.engine.plan.decision_path(decision)}.options.{option}.text"
        text = self.telling.decision(decision).options[option].text
        key = next(iter(text.variants))
        return plain(self.telling.text(f"{path}/{key}/0")).rstrip(".")

    def means(self, name: str) -> str:
        """What a flag or counter stands for, in its author's words."""
        found = self.telling.scenario.state[name].means
        return line(self.telling.fill(found or title_of(name))).rstrip(".")
