"""Occasion: what every document of an exercise is made from."""

from collections.abc import Iterable
from functools import cached_property

from tabletop.authoring.diagram.worded import worded
from tabletop.debrief.documents.about import About
from tabletop.debrief.prose import line, plain
from tabletop.debrief.telling import title_of
from tabletop.exercise.engine import Engine
from tabletop.exercise.feeds import scene_title
from tabletop.scenario.basis import basis
from tabletop.scenario.conditions import Condition
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario
from tabletop.scenario.texts import ALL, Text
from tabletop.wording import say


class Occasion:
    """A scenario, what people say of their exercise of it, and the language of the documents."""

    def __init__(
        self,
        engine: Engine,
        about: About | None = None,
        *,
        tool: str,
        language: str = "en",
        held: str = "",
    ) -> None:
        """Takes the scenario's rules with its parameters filled, and the tool's version.

        `held` is the day it began, as in 2026-12-02, where it was played.
        """
        self.engine = engine
        self.about = about or About()
        self.tool = tool
        self.language = language
        self.held = held

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.engine.scenario

    @cached_property
    def guidance(self) -> Guidance:
        """The part of the guidance the scenario rests on."""
        return basis(self.scenario, self.engine.guidance)

    @property
    def title(self) -> str:
        """The scenario's title."""
        return self.line(self.scenario.title)

    @property
    def exercise(self) -> str:
        """What the exercise is called."""
        return line(self.about.exercise or "") or self.title

    @property
    def dates(self) -> str:
        """The day, or the first and the last; empty where nobody has said."""
        first, last = self.about.date, self.about.until
        if first is None:
            return self.held
        if last is None or last == first:
            return first.isoformat()
        return self.say("{first} to {last}", first=first.isoformat(), last=last.isoformat())

    def say(self, sentence: str, **values: object) -> str:
        """A sentence in the reader's language."""
        return say(sentence, language=self.language, **values)

    def holds(self, condition: Condition) -> str:
        """What has to hold, in words; names in it stand in the handbook."""
        return title_of(worded(condition))

    def line(self, text: str) -> str:
        """An author's line with parameters in their places."""
        return line(self.engine.filled(text))

    def gently(self, path: str) -> str:
        """A text by its path, in the gentler wording where it has one: paper offers no choice."""
        return self.engine.text(self.engine.fade(path) or path)

    def plain(self, text: str) -> str:
        """An author's CommonMark on one plain line, with parameters in their places."""
        return plain(self.engine.filled(text))

    def wordings(self, path: str, text: Text) -> tuple[tuple[str, str], ...]:
        """A text in each of its wordings: when and by whom it is read, and the CommonMark."""
        found = []
        for audience, variants in text.variants.items():
            for number, variant in enumerate(variants):
                labels = [] if audience == ALL else [self.role(audience)]
                if variant.when is not None:
                    labels.append(self.say("if {when}", when=self.holds(variant.when)))
                elif len(variants) > 1:
                    labels.append(self.say("otherwise"))
                found.append((", ".join(labels), self.engine.text(f"{path}/{audience}/{number}")))
        return tuple(found)

    def short(self, path: str, text: Text) -> str:
        """A text on one plain line, in each of its wordings."""
        return " / ".join(
            f"[{label}] {plain(words)}" if label else plain(words)
            for label, words in self.wordings(path, text)
        )

    def tasks(self, practices: Iterable[str]) -> tuple[str, ...]:
        """The critical tasks that some practices show, each after its objective."""
        wanted = set(practices)
        return tuple(
            f"{self.line(objective.title)}: {self.line(task.text)}"
            for objective in self.scenario.objectives.values()
            for task in objective.tasks.values()
            if wanted.intersection(task.practices)
        )

    def person(self, role: str) -> str:
        """The person of the story that a role is."""
        return self.line(self.scenario.roles[role].name)

    def role(self, role: str) -> str:
        """A role as it stands in a list."""
        name = role.replace("_", " ")
        return name[:1].upper() + name[1:]

    def roles(self, roles: Iterable[str]) -> str:
        """Several roles in a row; `all` is everyone."""
        listed = tuple(roles)
        if listed == ("all",):
            return self.say("all")
        return ", ".join(each.replace("_", " ") for each in listed)

    def scene(self, scene: str) -> str:
        """A scene's title."""
        return self.line(scene_title(self.engine, scene))

    def discipline(self, role: str) -> str:
        """What a role does for a living."""
        found = self.scenario.roles[role]
        match found.hat or found.employer or found.discipline:
            case "prosecutor":
                return self.say("Attorney, prosecution")
            case "victims_attorney":
                return self.say("Attorney for victims")
            case "community":
                return self.say("Victim services, community provider")
            case "system":
                return self.say("Victim services, within an agency")
            case "victim_services":
                return self.say("Victim services")
            case "attorney":
                return self.say("Attorney")
            case _:
                return self.say("Law enforcement")
