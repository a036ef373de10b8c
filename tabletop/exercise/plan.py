"""What can be said of a scenario before anyone plays it: order, reach, windows, texts.

Two decisions of a scene depend on each other if either reads or changes what the other changes;
then the later one in the author's order waits for the earlier. What a decision changes includes
what the scene's conditional injects change because of it. Independent decisions open side by side
and their effects commute, so no race between fast and slow players can change the story.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property

from tabletop.scenario.conditions import Condition, Read
from tabletop.scenario.model import Decision, Effects, Inject, Mark, Marked, Scenario, Scene, Share
from tabletop.scenario.texts import Text, texts_of


class Plan:
    """The fixed facts of a scenario that the engine asks for again and again."""

    def __init__(self, scenario: Scenario) -> None:
        """Works them out once."""
        self.scenario = scenario
        self.scene_of_decision = {
            decision: scene
            for scene, each in scenario.scenes.items()
            for decision in each.decisions
        }
        self.scene_of_inject = {
            inject: scene for scene, each in scenario.scenes.items() for inject in each.injects
        }
        self._decisions = {
            name: decision
            for each in scenario.scenes.values()
            for name, decision in each.decisions.items()
        }
        self.reach = {scene: _reach(scenario, scene) for scene in scenario.scenes}
        self.option_marks = {
            (name, option): each.key()
            for scene in scenario.scenes.values()
            for name, decision in scene.decisions.items()
            for option, each in decision.options.items()
        }
        self.share_marks = {
            (fact, number): share.key()
            for fact, each in scenario.facts.items()
            for number, share in enumerate(each.share)
        }
        self.standing = {scene: self._standing(scene) for scene in scenario.scenes}
        self.blockers: dict[str, tuple[str, ...]] = {}
        for each in scenario.scenes.values():
            self.blockers.update(_blockers(each))

    @cached_property
    def asked_in_scene(self) -> dict[str, frozenset[Read]]:
        """By scene: what its conditions read."""
        scenes = self.scenario.scenes
        return {name: _asked(scene_conditions(scene)) for name, scene in scenes.items()}

    @cached_property
    def asked_by_decision(self) -> dict[str, frozenset[Read]]:
        """By decision: what its conditions read."""
        scenes = self.scenario.scenes.values()
        return {
            name: _asked(decision_conditions(decision))
            for scene in scenes
            for name, decision in scene.decisions.items()
        }

    @cached_property
    def asked_by_inject(self) -> dict[str, frozenset[Read]]:
        """By inject: what its conditions read."""
        found = {}
        for scene in self.scenario.scenes.values():
            for name, inject in scene.injects.items():
                texts = (each for _, text in texts_of(inject) for each in text.conditions())
                found[name] = _asked((inject.when, inject.alone, *texts))
        return found

    @cached_property
    def asked_by_texts(self) -> frozenset[Read]:
        """What the texts of facts and briefs read, which may be told in any scene."""
        texts = (*texts_of(self.scenario.facts), *texts_of(self.scenario.roles))
        return _asked(each for _, text in texts for each in text.conditions())

    @cached_property
    def _told(self) -> tuple[tuple[str, Text], ...]:
        """Every text of the scenario and its path."""
        return tuple(texts_of(self.scenario))

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every wording of the scenario by its path."""
        return {
            f"{path}/{suffix}": wording
            for path, text in self._told
            for suffix, wording in text.wordings()
        }

    @cached_property
    def text_paths(self) -> dict[int, str]:
        """The path of every text of the scenario, by its identity."""
        return {id(text): path for path, text in self._told}

    @cached_property
    def themes(self) -> dict[str, tuple[str, ...]]:
        """The content themes of texts that carry any, by the text's path without its variant."""
        return {path: text.themes for path, text in self._told if text.themes}

    def decision(self, decision: str) -> Decision:
        """A decision by its identifier."""
        return self._decisions[decision]

    def decision_path(self, decision: str) -> str:
        """Where a decision stands in the scenario."""
        return f"scenes.{self.scene_of_decision[decision]}.decisions.{decision}"

    def inject(self, inject: str) -> Inject:
        """An inject by its identifier."""
        return self.scenario.scenes[self.scene_of_inject[inject]].injects[inject]

    def inject_path(self, inject: str) -> str:
        """Where an inject stands in the scenario."""
        return f"scenes.{self.scene_of_inject[inject]}.injects.{inject}"

    def _standing(self, scene: str) -> dict[str, tuple[tuple[int, Share], ...]]:
        """The shares of each fact whose window is open in a scene, with their places."""
        return {
            fact: tuple(
                (number, share)
                for number, share in enumerate(each.share)
                if share.during is None or scene in share.during
            )
            for fact, each in self.scenario.facts.items()
        }

    def window_over(self, share: Share, scene: str) -> bool:
        """Whether, once in a scene, an offer can't stand again."""
        return share.during is not None and not self.reach[scene].intersection(share.during)

    def consent_over(self, consent: str, scene: str) -> bool:
        """Whether, once in a scene, a consent's last scene lies behind."""
        through = self.scenario.consents[consent].through
        return through is not None and through not in self.reach[scene]


def _reach(scenario: Scenario, scene: str) -> frozenset[str]:
    """The scenes that can follow, this one included."""
    found = {scene}
    waiting = [scene]
    while waiting:
        for branch in scenario.scenes[waiting.pop()].next:
            if branch.to not in found:
                found.add(branch.to)
                waiting.append(branch.to)
    return frozenset(found)


def effects_of(scenario: Scenario) -> Iterator[Effects]:
    """Everything in a scenario that may change anything."""
    for fact in scenario.facts.values():
        yield from fact.share
    for scene in scenario.scenes.values():
        yield from scene.injects.values()
        for decision in scene.decisions.values():
            yield from decision.options.values()


def changes(effects: Effects) -> Iterator[Read]:
    """What effects may change, named as conditions read it."""
    for name in (*effects.set, *effects.add):
        yield ("name", name)
    for role, facts in effects.reveals.items():
        for fact in facts:
            yield ("knows", role, fact)
    for consent in (*effects.grant, *effects.revoke):
        yield ("granted", consent)


def reads(conditions: Iterable[Condition | None]) -> Iterator[Read]:
    """What conditions read, a settled decision named like its answer."""
    for condition in conditions:
        if condition is not None:
            for read in condition.reads:
                yield ("name", *read[1:]) if read[0] == "settled" else read


def mark_conditions(choice: Marked) -> Iterator[Condition | None]:
    """The conditions of a choice's marks."""
    marks: tuple[Mark, ...] = choice.marks
    yield from (mark.when for mark in marks)


def decision_conditions(decision: Decision) -> Iterator[Condition | None]:
    """Every condition that bears on a decision, its texts and its marks."""
    yield decision.when
    for _, text in texts_of(decision):
        yield from text.conditions()
    for reason in decision.reasons.values():
        yield reason.fits
    for option in decision.options.values():
        yield option.when
        yield from mark_conditions(option)
    for role in decision.by:
        yield from (rule.when for rule in decision.rules_for(role))


def scene_conditions(scene: Scene) -> Iterator[Condition | None]:
    """Every condition of a scene: texts, injects, decisions, branches."""
    for _, text in texts_of(scene):
        yield from text.conditions()
    for inject in scene.injects.values():
        yield from (inject.when, inject.alone)
    for decision in scene.decisions.values():
        yield from decision_conditions(decision)
    yield from (branch.when for branch in scene.next)


def _asked(conditions: Iterable[Condition | None]) -> frozenset[Read]:
    return frozenset(read for each in conditions if each is not None for read in each.reads)


def _blockers(scene: Scene) -> dict[str, tuple[str, ...]]:
    read = {
        name: frozenset(reads(decision_conditions(decision)))
        for name, decision in scene.decisions.items()
    }
    changed = {
        name: _consequences(scene, name, decision) for name, decision in scene.decisions.items()
    }
    blockers: dict[str, tuple[str, ...]] = {}
    earlier: list[str] = []
    for name in scene.decisions:
        blockers[name] = tuple(
            other
            for other in earlier
            if changed[name] & changed[other]
            or read[name] & changed[other]
            or changed[name] & read[other]
        )
        earlier.append(name)
    return blockers


def _consequences(scene: Scene, name: str, decision: Decision) -> frozenset[Read]:
    """What a decision changes, also through the scene's conditional injects."""
    found: set[Read] = {("name", name)}
    for option in decision.options.values():
        found.update(changes(option))
    grown = True
    while grown:
        grown = False
        for inject, each in scene.injects.items():
            caused: set[Read] = {("delivered", inject), *changes(each)}
            if not caused <= found and not found.isdisjoint(reads((each.when, each.alone))):
                found |= caused
                grown = True
    return frozenset(found)
