"""Digests: by what a scenario and the guidance it uses are told from any other."""

from hashlib import sha256

from tabletop.exercise.codec import canonical
from tabletop.scenario.basis import basis
from tabletop.scenario.guidance import Guidance
from tabletop.scenario.model import Scenario


def scenario_digest(source: bytes) -> str:
    """The SHA-256 of a scenario's file, its line ends as line feeds."""
    return sha256(source.replace(b"\r\n", b"\n")).hexdigest()


def guidance_digest(scenario: Scenario, guidance: Guidance) -> str:
    """The SHA-256 of what a scenario uses of the guidance, and of nothing else."""
    used = basis(scenario, guidance).model_dump(mode="json", exclude_defaults=True)
    return sha256(canonical(used)).hexdigest()
