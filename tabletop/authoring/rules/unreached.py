"""Unreached: what is authored and shows on no route.

It is said once, at its outermost: of a scene no route reaches, nothing inside is mentioned again.
What shows with a facilitator at the table, who may release what is held, is not unreached.
"""

from collections.abc import Iterator

from tabletop.authoring.explorations import Explorations, Explored
from tabletop.authoring.findings import Remark
from tabletop.scenario.decisions import Option
from tabletop.scenario.problem import Path
from tabletop.scenario.scenes import Inject
from tabletop.scenario.texts import Text


def remarks_on_unreached(made: Explorations) -> Iterator[Remark]:
    """What shows on no route; nothing where not every situation was explored."""
    if not made.everyone.whole:
        return
    unseen = list(_Unreached(made.everyone).remarks())
    held = any(
        inject.held
        for scene in made.engine.scenario.scenes.values()
        for inject in scene.injects.values()
    )
    if not unseen or not held:
        yield from unseen
        return
    other = made.of(made.everyone.people, facilitated=True)
    if other.whole:
        also = {(each.code, each.path) for each in _Unreached(other).remarks()}
        yield from (each for each in unseen if (each.code, each.path) in also)


class _Unreached:
    """What one attendance never gets to see."""

    def __init__(self, found: Explored) -> None:
        self.found = found
        self.shows = found.shows
        self.engine = found.engine
        self.scenario = found.engine.scenario
        self.read = {sight[1] for sight in found.sights.of(found.seen) if sight[0] == "read"}

    def remarks(self) -> Iterator[Remark]:
        """All of it, in the order of the scenario."""
        reached = self.found.reached.arrivals
        led_to = self.engine.plan.reach[self.scenario.start]
        for name, role in self.scenario.roles.items():
            if role.joins is None or role.joins in reached:
                yield from self._wordings(("roles", name, "brief"), role.brief)
        for name, scene in self.scenario.scenes.items():
            path: Path = ("scenes", name)
            if name in reached:
                yield from self._scene(name, path)
            elif name in led_to and scene.ending:
                yield Remark("TT404", path, f"no route reaches the ending `{name}`")
            elif name in led_to:
                hint = "the conditions of the ways that lead there never hold"
                yield Remark("TT401", path, f"no route reaches the scene `{name}`", hint)
        for fact, each in self.scenario.facts.items():
            for number, share in enumerate(each.share):
                at: Path = ("facts", fact, "share", number, "outcome")
                if share.outcome is not None and self.shows("shared", fact, str(number)):
                    yield from self._wordings(at, share.outcome)

    def _scene(self, name: str, path: Path) -> Iterator[Remark]:
        scene = self.scenario.scenes[name]
        yield from self._wordings((*path, "narration"), scene.narration)
        for inject, authored in scene.injects.items():
            yield from self._inject(inject, authored, (*path, "injects", inject))
        for decision in scene.decisions:
            yield from self._decision(decision, (*path, "decisions", decision))
        for number, way in enumerate(scene.next):
            taken = self.shows("way", name, str(number))
            if not taken and len(scene.next) > 1 and way.to in self.found.reached.arrivals:
                message = f"no route takes this way to `{way.to}`"
                yield Remark("TT423", (*path, "next", number), message)

    def _inject(self, name: str, inject: Inject, path: Path) -> Iterator[Remark]:
        if self.shows("delivered", name):
            yield from self._wordings((*path, "text"), inject.text)
            if inject.when is not None and self._on_entry(path[1], name):
                message = f"whenever the scene is entered, `{inject.when}` holds already"
                hint = "leave `when` out, or let it read what is decided in this scene"
                yield Remark("TT413", (*path, "when"), message, hint)
        elif not inject.held or inject.alone is not None or self.found.model.facilitated:
            yield Remark("TT403", path, f"no route delivers the inject `{name}`")

    def _on_entry(self, scene: int | str, name: str) -> bool:
        """Whether a conditional inject has come by the time a scene was entered, each time."""
        model = self.found.model
        seen = model.inside(str(scene)).seen
        came, coming = model.layout.delivered[name].bits, self.found.sights.known("delivered", name)
        return all(
            local & came or seen[local] & coming for local in self.found.reached.groups[str(scene)]
        )

    def _decision(self, name: str, path: Path) -> Iterator[Remark]:
        decision = self.engine.plan.decision(name)
        if not self.shows("asked", name):
            if not self.shows("unasked", name):
                yield Remark("TT422", path, f"no route asks the decision `{name}`")
            return
        yield from self._wordings((*path, "ask"), decision.ask)
        for option, authored in decision.options.items():
            at: Path = (*path, "options", option)
            if self.shows("offered", name, option):
                yield from self._option(name, option, authored, at)
            else:
                yield Remark("TT402", at, f"no route offers the option `{option}`")

    def _option(self, decision: str, name: str, option: Option, path: Path) -> Iterator[Remark]:
        yield from self._wordings((*path, "text"), option.text)
        if option.outcome is not None:
            yield from self._wordings((*path, "outcome"), option.outcome)
        for number, mark in enumerate(option.marks):
            if not self.shows("mark", decision, name, str(number)):
                said = f"`{mark.when}`" if mark.when else "what stands before it"
                message = f"this mark of `{name}` never counts ({said})"
                yield Remark("TT425", (*path, "marks", number), message)

    def _wordings(self, path: Path, text: Text) -> Iterator[Remark]:
        """The wordings of a text that nobody reads, where it has more than one."""
        place = ".".join(map(str, path))
        for audience, variants in text.variants.items():
            for number in range(len(variants)):
                alone = len(variants) == 1 and len(text.variants) == 1
                if not alone and f"{place}/{audience}/{number}" not in self.read:
                    yield Remark(
                        "TT424",
                        (*path, "variants", audience, number),
                        f"nobody ever reads this wording for `{audience}`",
                        "its condition never holds, or everyone it is for reads another",
                    )
