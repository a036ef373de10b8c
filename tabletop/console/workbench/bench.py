"""The bench: everything the workbench knows of a scenario, as its author saves it.

What a newer save could not tell (because it does not read, or has not been explored yet) stays as
it was, and each part knows which save it is about, so that a screen can say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from tabletop.authoring.diagram.model import Diagram, diagram
from tabletop.authoring.findings import Finding, Route
from tabletop.authoring.outline import Part, outline
from tabletop.authoring.places import Place
from tabletop.authoring.report import ExploreReport
from tabletop.authoring.since import Known
from tabletop.conduct.following import Failed, News, Played, Proved, Reported, Saved, Ways
from tabletop.conduct.play_scripts import Play
from tabletop.console.workbench.situations import Situations
from tabletop.exercise.engine import Engine
from tabletop.scenario.document import Document
from tabletop.scenario.model import Scenario


@dataclass(frozen=True)
class Bench:
    """What is known after some news."""

    saved: Saved
    """The newest save."""
    whole: Saved | None = None
    """The newest save with a scenario in it, if perhaps one with problems."""
    playable: Saved | None = None
    """The newest save that can be played."""
    situations: Situations | None = None
    """Where its routes lead."""
    known: Known = field(default_factory=Known)
    fresh: frozenset[Finding] = frozenset()
    """Findings that were not there before the newest save."""
    explored: Saved | None = None
    """The save that findings of behaviour are about."""
    counted: Saved | None = None
    """The save the report is about."""
    report: ExploreReport | None = None
    count: int = 0
    """How many situations the check has explored."""
    ways: Mapping[Place, Route] = field(default_factory=dict)
    plays: tuple[Play, ...] = ()
    trouble: str = ""
    """Why exploring came to no end."""

    def after(self, news: News) -> "Bench":
        """The bench once something new is known."""
        match news:
            case Saved():
                return self._saved(news)
            case Ways(routes=routes):
                return replace(self, ways=routes)
            case Proved(checked=checked):
                known, told = self.known.proved(checked)
                return replace(
                    self,
                    known=known,
                    fresh=self.fresh | set(told.new) if self.explored else self.fresh,
                    explored=self.saved,
                    count=checked.situations,
                )
            case Reported(report=report):
                return replace(self, report=report, counted=self.saved)
            case Played(plays=plays):
                return replace(self, plays=plays)
            case Failed(sentence=sentence):
                return replace(self, trouble=sentence)

    def _saved(self, saved: Saved) -> "Bench":
        known, told = self.known.saved(saved.reading, saved.checked)
        engine = saved.checked.engine if saved.checked is not None else None
        return replace(
            self,
            saved=saved,
            whole=saved if saved.whole else self.whole,
            playable=saved if engine is not None else self.playable,
            situations=Situations(engine) if engine is not None else self.situations,
            known=known,
            fresh=frozenset(told.new) if self.whole is not None else frozenset(),
            trouble="",
        )

    @property
    def engine(self) -> Engine | None:
        """The rules of the newest save that can be played."""
        return self.situations.engine if self.situations is not None else None

    @property
    def scenario(self) -> Scenario | None:
        """The newest scenario that reads."""
        return self.whole.reading.scenario if self.whole and self.whole.reading else None

    @property
    def document(self) -> Document | None:
        """The file that scenario stands in."""
        return self.whole.reading.document if self.whole and self.whole.reading else None

    @property
    def exploring(self) -> bool:
        """Whether the newest save is being explored."""
        return self.saved.playable and self.explored is not self.saved and not self.trouble

    @cached_property
    def outline(self) -> tuple[Part, ...]:
        """The outline of the newest scenario that reads."""
        if self.scenario is None or self.document is None:
            return ()
        return outline(self.scenario, self.document, self.known.findings)

    @cached_property
    def diagram(self) -> Diagram | None:
        """The map of the newest scenario that reads."""
        return diagram(self.scenario, self.known.findings) if self.scenario is not None else None
