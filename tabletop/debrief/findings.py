"""Findings: choices looked at again, as strengths, gaps, critical acts and places of tension.

A gap is a marked choice at which another open way was better, in the sense of `choices.py`. Gaps
are ranked by what was forgone, critical acts first, the wider axis before the other; the two are
compared one after the other and never added. A choice that gave up one axis for the other, where
nothing open was better, is no gap: it belongs to where the axes pulled apart. A strength did some
good and no grave harm, and nothing open was better.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from tabletop.debrief.choices import Choice, Way, tolerable
from tabletop.debrief.citations import cited
from tabletop.debrief.parts import Alternative, Finding, Pull, Strengths, Who
from tabletop.debrief.prose import line, plain
from tabletop.debrief.questions import question
from tabletop.debrief.snapshots import snapshot
from tabletop.debrief.telling import Telling
from tabletop.exercise import events as e
from tabletop.wording import say

WIDEST = 3
"""How many gaps a person takes in at once."""
STRENGTHS = 2


@dataclass(frozen=True, slots=True)
class Findings:
    """All that looking again at the choices found."""

    strengths: tuple[Strengths, ...]
    gaps: tuple[Finding, ...]
    pulls: tuple[Pull, ...]
    critical: tuple[Finding, ...]


def findings(reader: "Reader", made: tuple[Choice, ...]) -> Findings:
    """Looks at every choice again."""
    telling = reader.telling
    marked = [choice for choice in made if choice.counts]
    return Findings(
        strengths=tuple(
            Strengths(
                telling.who(role),
                tuple(reader.finding(choice) for choice in best(marked, role)),
            )
            for role in telling.played
        ),
        gaps=tuple(reader.finding(choice) for choice in widest(marked)),
        pulls=tuple(reader.pull(choice) for choice in made if reader.pulled(choice)),
        critical=tuple(reader.finding(choice) for choice in made if choice.way.critical),
    )


def widest(marked: Iterable[Choice]) -> tuple[Choice, ...]:
    """The widest gaps, the widest first, no more than a person takes in at once."""
    gaps = [choice for choice in marked if choice.way.critical or (choice.better and choice.missed)]
    return tuple(sorted(gaps, key=_width, reverse=True)[:WIDEST])


def _width(choice: Choice) -> tuple[bool, Fraction, Fraction]:
    narrow, wide = sorted(choice.forgone)
    return choice.way.critical, wide, narrow


def best(marked: Iterable[Choice], role: str) -> tuple[Choice, ...]:
    """The best-marked choices of a role: first those at no one's cost that gave nothing up."""
    good = [
        choice
        for choice in marked
        if role in choice.roles
        and not choice.way.critical
        and not choice.better
        and tolerable(choice.worth)
        and (max(choice.worth) > 0 or choice.rightly_kept)
        and choice.way.mark is not None
    ]

    def rank(choice: Choice) -> tuple[bool, bool, Fraction, Fraction]:
        low, high = sorted(choice.worth)
        return low >= 0, not any(choice.forgone), high, low

    return tuple(sorted(good, key=rank, reverse=True)[:STRENGTHS])


def _basis(choice: Choice) -> tuple[str, ...]:
    """The practices to read beside a choice, the most telling first.

    A better answer to a decision shows best what the guidance asks for; with a fact it is what was
    done with it that the guidance speaks to.
    """
    taken = choice.way.mark.practices if choice.way.mark else ()
    better = choice.better[0].mark.practices if choice.better and choice.better[0].mark else ()
    if choice.kind == "decision" and not choice.way.critical:
        return (*better, *taken) or choice.practices
    return (*taken, *better) or choice.practices


class Reader:
    """Puts choices into words."""

    def __init__(self, telling: Telling, language: str) -> None:
        self.telling = telling
        self.language = language

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(sentence, language=self.language, **values)

    def finding(self, choice: Choice) -> Finding:
        """A choice with everything a reader needs in order to think about it."""
        telling, way = self.telling, choice.way
        better = choice.better
        guidance = cited(telling.guidance, _basis(choice))
        decision = choice.name if choice.kind == "decision" else ""
        snapshots = (
            tuple(snapshot(telling, choice.step, role, decision) for role in choice.roles)
            if choice.kind != "kept"
            else ()
        )
        return Finding(
            at=choice.step.at,
            scene=telling.scene_title(choice.step.before.scene),
            title=self.title(choice),
            who=telling.everyone(choice.roles),
            kind=choice.kind,
            chosen=self.wording(choice, way),
            because=self.because(way),
            tension=choice.tension,
            critical=way.critical,
            marked=choice.counts,
            guidance=guidance,
            other=self.alternative(choice, better[0]) if better else None,
            cost=choice.forgone,
            snapshots=snapshots,
            question=question(choice, snapshots, self.language),
        )

    def title(self, choice: Choice) -> str:
        """A heading for a choice."""
        if choice.kind == "decision":
            return self.telling.decision_title(choice.name)
        return self.fact(choice)

    def fact(self, choice: Choice) -> str:
        """The fact of a share, or that it stays unnamed."""
        title = self.telling.fact_title(choice.name)
        return title or self.say("Something held under privilege")

    def wording(self, choice: Choice, way: Way) -> str:
        """One way of a choice in words."""
        if choice.kind == "decision":
            return self.telling.option_text(choice.name, way.name)
        to = self.telling.who(choice.to).role
        if way.name == "told":
            return self.say("Tell the {role}", role=to)
        return self.say("Do not tell the {role}", role=to)

    def because(self, way: Way) -> str:
        """The author's reason for the mark of a way."""
        return plain(self.telling.fill(way.mark.because)) if way.mark else ""

    def alternative(self, choice: Choice, way: Way) -> Alternative:
        """Another way in words."""
        telling = self.telling
        if choice.kind != "decision":
            return Alternative(self.wording(choice, way), self.because(way))
        decision = telling.decision(choice.name)
        same = way.name == choice.taken
        path = f"{telling.engine.plan.decision_path(choice.name)}.options.{way.name}.outcome"
        followed = telling.sole(decision.options[way.name].outcome, path)
        return Alternative(
            text=self.wording(choice, way),
            because="; ".join(self.fitting(choice, way)) if same else self.because(way),
            followed="" if same else plain(followed),
            same_answer=same,
        )

    def fitting(self, choice: Choice, way: Way) -> tuple[str, ...]:
        """The offered reasons that fitted an option at that moment."""
        return tuple(text for text, name, fits in self.reasons(choice) if fits and way.name in name)

    def reasons(self, choice: Choice) -> list[tuple[str, tuple[str, ...], bool]]:
        """The offered reasons, the options they are for, and whether they fitted then."""
        telling = self.telling
        situation = telling.situation(choice.step.before)
        return [
            (
                line(telling.fill(reason.text)),
                reason.options,
                reason.fits is None or reason.fits.holds(situation),
            )
            for reason in telling.decision(choice.name).reasons.values()
        ]

    def given(self, choice: Choice) -> tuple[tuple[Who, str, bool], ...]:
        """Who gave which offered reason for the way taken, and whether it fitted then."""
        telling, decision = self.telling, self.telling.decision(choice.name)
        fitting = self.fitting(choice, choice.way)
        found = []
        for seat, answer in choice.step.before.decisions[choice.name].answers.items():
            if answer.option == choice.taken and answer.because in decision.reasons:
                text = line(telling.fill(decision.reasons[answer.because].text))
                found.append((telling.who(telling.role_of(seat)), text, text in fitting))
        return tuple(found)

    def pulled(self, choice: Choice) -> bool:
        """Whether people decided it and the axes pulled apart there."""
        event = choice.step.event
        if not isinstance(event, e.Settled) or event.how == "stand_in":
            return False
        if not any(self.telling.who(role).played for role in choice.roles):
            return False
        costly = not choice.better and min(choice.worth) < 0
        return choice.tension in ("conflict", "depends") or costly

    def pull(self, choice: Choice) -> Pull:
        """A place of tension with the other ways that could be defended."""
        depends = choice.tension == "depends"
        return Pull(
            finding=self.finding(choice),
            others=tuple(self.alternative(choice, way) for way in choice.defensible[:2]),
            given=self.given(choice) if depends else (),
            fitting=self.fitting(choice, choice.way) if depends else (),
            good_yet_costly=not choice.better and not choice.way.critical and min(choice.worth) < 0,
        )
