"""Waivers: what an author lets stand, each with a reason.

A waiver silences warnings only, and each of them has to silence something: one that is left over
when the scenario has changed is itself a finding.
"""

from collections.abc import Iterable, Iterator

from tabletop.authoring.findings import Finding, Remark, found, severities
from tabletop.scenario.document import Document
from tabletop.scenario.model import Scenario, Waiver
from tabletop.scenario.problem import Path


def waivers(scenario: Scenario) -> Iterator[tuple[str, Path, Waiver]]:
    """Every waiver with its code and its place in the document."""
    for code, several in scenario.waive.items():
        for number, waiver in enumerate(several):
            yield code, ("waive", code, number), waiver


def waived(
    scenario: Scenario, findings: Iterable[Finding], document: Document, *, whole: bool = True
) -> tuple[list[Finding], list[Finding]]:
    """What is left, and what is waived with its reason.

    `whole` says whether everything was looked for, so that a waiver for nothing can be told.
    """
    left: list[Finding] = []
    silenced: list[Finding] = []
    used: set[Path] = set()
    for finding in findings:
        for code, path, waiver in waivers(scenario):
            if code == finding.code and finding.severity == "warning" and _covers(waiver, finding):
                silenced.append(_with_reason(finding, waiver.reason))
                used.add(path)
                break
        else:
            left.append(finding)
    for code, path, _ in waivers(scenario):
        if path not in used:
            remark = _idle(code, path, whole)
            if remark is not None:
                left.append(found(document, remark))
    return left, silenced


def _covers(waiver: Waiver, finding: Finding) -> bool:
    at = "" if waiver.at is None else waiver.at.replace("/", ".")
    place = ".".join(str(step) for step in finding.path)
    return not at or place == at or place.startswith(f"{at}.")


def _with_reason(finding: Finding, reason: str) -> Finding:
    return Finding(
        finding.code, finding.message, finding.file, finding.line, finding.column,
        finding.length, finding.hint, finding.path, finding.route, finding.practices,
        finding.sources, reason,
    )  # fmt: skip


def _idle(code: str, path: Path, whole: bool) -> Remark | None:
    severity = severities().get(code)
    if severity is None:
        return Remark("TT606", path, f"there is no rule {code}", "tabletop explain lists them")
    if severity == "error":
        return Remark("TT606", path, f"{code} keeps a scenario from working and can't be waived")
    if whole:
        return Remark("TT606", path, f"this waives {code}, and nothing is found", "delete it")
    return None
