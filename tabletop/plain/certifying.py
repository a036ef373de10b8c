"""Certifying: proving scenarios, and saying what became of each one's certificate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tabletop.authoring.certificate import (
    FILE,
    Unusable,
    Values,
    as_text,
    certificate,
    differences,
    read_certificate,
)
from tabletop.authoring.explorations import LIMIT
from tabletop.authoring.proof import Proof, prove
from tabletop.conduct import certificate_file
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.library import guidance
from tabletop.conduct.source_file import read_source, shown
from tabletop.exercise.engine import Engine
from tabletop.plain.exploring import Progress
from tabletop.plain.lists import dumped
from tabletop.scenario.problem import errors
from tabletop.scenario.reading import read_scenario
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Library

Outcome = Literal["proved", "holds", "differs", "errors", "limit", "interrupted", "unusable"]


@dataclass(frozen=True, slots=True)
class Certified:
    """What became of one scenario's certificate."""

    scenario: str
    """As it was asked for."""
    outcome: Outcome
    sentence: str
    path: Path | None = None
    """The scenario's file, where it was found."""
    values: Values | None = None
    """The certificate, where the scenario is proved."""
    details: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """For people."""
        yield self.sentence
        yield from (f"  {each}" for each in self.details)

    def as_values(self) -> dict[str, Any]:
        """For programs."""
        return {
            "scenario": self.scenario,
            "certificate": str(certificate_file.beside(self.path)) if self.path else None,
            "outcome": self.outcome,
            "said": self.sentence,
            "details": list(self.details),
        }


def as_json(every: Iterable[Certified]) -> list[str]:
    """What became of some certificates, for programs."""
    return dumped([each.as_values() for each in every])


def certified(library: "Library", name: str, limit: int | None) -> Certified:
    """Proves a scenario and writes its certificate; one that is not proved gets none."""
    try:
        path = library.find(name)
        made = _proved(name, path, read_source(path), limit or LIMIT)
        if made.values is None:
            return made
        saved = certificate_file.write(path, made.values)
    except LibraryError as error:
        return Certified(name, "unusable", str(error))
    return replace(made, details=(*made.details, say("Saved: {path}", path=shown(saved))))


def compared(library: "Library", name: str, limit: int | None) -> Certified:
    """Proves a scenario again and holds the result against the certificate beside it."""
    try:
        path = library.find(name)
        given = certificate_file.lying(path)
        if given is None:
            sentence = say("{path} has no {file} beside it.", path=shown(path), file=FILE)
            return Certified(name, "differs", sentence, path)
        old = read_certificate(given)
        made = _proved(name, path, read_source(path), limit or _limit(old))
    except Unusable as error:
        sentence = say(
            "The {file} of {path} can't be used: {why}.", file=FILE, path=shown(path), why=error
        )
        return Certified(name, "differs", sentence, path)
    except LibraryError as error:
        return Certified(name, "unusable", str(error))
    if made.values is None:
        return made
    if as_text(made.values).encode() == given:
        return Certified(name, "holds", say("{path}: proved again.", path=shown(path)), path)
    return Certified(
        name,
        "differs",
        say("{path}: proved again, and its {file} says otherwise.", path=shown(path), file=FILE),
        path,
        details=tuple(differences(old, made.values)) or (say("only in how it is written"),),
    )


def _limit(old: Values) -> int:
    limit = old.get("limit")
    return limit if type(limit) is int and limit > 0 else LIMIT


def _proved(name: str, path: Path, source: bytes, limit: int) -> Certified:
    registry = guidance()
    reading = read_scenario(source, shown(path), registry)
    if reading.scenario is None or not reading.playable:
        wrong = len(errors(reading.problems)) or len(reading.problems)
        outcome: Outcome = "errors" if isinstance(reading.document.tree, dict) else "unusable"
        return Certified(name, outcome, _with_errors(path, wrong), path)
    progress = Progress()
    try:
        proof = prove(reading, registry, limit=limit, progress=progress.show)
    except KeyboardInterrupt:
        return _refused(name, path, "interrupted", limit)
    finally:
        progress.clear()
    match proof.stopped:
        case "errors":
            wrong = len(errors(proof.checked.findings))
            return Certified(name, "errors", _with_errors(path, wrong), path)
        case "limit" | "interrupted" as why:
            return _refused(name, path, why, limit)
    engine = proof.checked.engine
    assert engine is not None
    values = certificate(engine, source, path.name, proof)
    return Certified(name, "proved", _said(engine), path, values, _counted(proof))


def _said(engine: Engine) -> str:
    scenario = engine.scenario
    return say("{title} {version} is proved.", title=scenario.title, version=scenario.version)


def _counted(proof: Proof) -> tuple[str, ...]:
    told = say(
        "{situations} situations, {endings} endings, {attendances} attendances, {waived} waived",
        situations=f"{proof.report.everyone.situations:,}",
        endings=sum(each.reached for each in proof.report.everyone.endings),
        attendances=len(proof.report.attendances) + 2,
        waived=len(proof.checked.waived),
    )
    left = len(proof.checked.findings)
    if not left:
        return (told,)
    if left == 1:
        return told, say("One finding is neither mended nor waived, and its certificate says so.")
    return told, say(
        "{count} findings are neither mended nor waived, and its certificate says so.", count=left
    )


def _with_errors(path: Path, count: int) -> str:
    if count == 1:
        return say(
            "{path} has an error and gets no certificate; tabletop check shows it.",
            path=shown(path),
        )
    return say(
        "{path} has {count} errors and gets no certificate; tabletop check shows them.",
        path=shown(path),
        count=count,
    )


def _refused(name: str, path: Path, why: Literal["limit", "interrupted"], limit: int) -> Certified:
    if why == "interrupted":
        sentence = say("Stopped before {path} was proved; no certificate.", path=shown(path))
    else:
        sentence = say(
            "{path} is not proved: the limit of {limit} situations was hit; no certificate."
            " --limit sets another.",
            path=shown(path),
            limit=f"{limit:,}",
        )
    return Certified(name, why, sentence, path)
