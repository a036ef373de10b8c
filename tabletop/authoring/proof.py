"""The proof: everything that can be found out about a scenario, found in one go."""

from dataclasses import dataclass

from tabletop.authoring.check import Checked, explorations, explored
from tabletop.authoring.explorations import LIMIT, undisturbed
from tabletop.authoring.packed.reach import Progress
from tabletop.authoring.report import Attended, ExploreReport, reported
from tabletop.exercise.engine import Engine
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.reading import Reading


@dataclass(frozen=True, slots=True)
class Proof:
    """What proving a scenario found."""

    checked: Checked
    report: ExploreReport
    """Every allowed attendance, without a facilitator."""
    facilitated: Attended
    """Everyone a person, and a facilitator, who may release what is held."""

    @property
    def stopped(self) -> str:
        """Why it proves nothing: `interrupted`, `limit`, `errors`, or empty."""
        explored = (self.report.everyone, *self.report.attendances, self.facilitated)
        reasons = {each.stopped for each in explored}
        reasons.add(self.checked.stopped)
        if "interrupted" in reasons:
            return "interrupted"
        if "limit" in reasons:
            return "limit"
        if any(each.severity == "error" for each in self.checked.findings):
            return "errors"
        return ""


def prove(
    reading: Reading, guidance: Guidance, *, limit: int = LIMIT, progress: Progress | None = None
) -> Proof:
    """Explores and checks a scenario that can be played.

    `progress` may raise `KeyboardInterrupt`; what is known by then is in the proof.
    """
    assert reading.scenario is not None
    engine = Engine(reading.scenario, guidance)
    made = explorations(engine, limit=limit, progress=progress)
    with undisturbed():
        report = reported(made)
        facilitated = report.everyone
        if not report.stopped:
            facilitated = reported(made, facilitated=True, attendances=False).everyone
        return Proof(explored(reading, made), report, facilitated)
