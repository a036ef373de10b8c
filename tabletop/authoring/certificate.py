"""The certificate: what exploring a scenario proved, tied to what it was proved of.

It names three things it rests on: the bytes of the scenario, the part of the guidance that the
scenario uses, and the version of the tool. While all three are the same, so is every byte of the
certificate; when one of them changes, it is out of date and says nothing any more. A seal over its
own content shows a hand that wrote in it; against someone who means to deceive there is proving
it again.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from tabletop import __version__
from tabletop.authoring.digests import guidance_digest, scenario_digest
from tabletop.authoring.findings import Finding, Remark
from tabletop.authoring.proof import Proof
from tabletop.authoring.report import Attended
from tabletop.authoring.report_text import as_values, numbers
from tabletop.authoring.route_file import steps
from tabletop.exercise.codec import canonical
from tabletop.exercise.engine import Engine

FORM = 1
"""The version of the form; one from a later version is not read."""
FILE = "certificate.json"
"""Its name; it lies in the folder of its scenario."""
LARGEST = 8 * 1024 * 1024
"""The most bytes that are read."""
WIDTH = 100

Values = Mapping[str, Any]


class Unusable(ValueError):
    """What lies beside a scenario is no certificate of it; the text says why."""


def certificate(engine: Engine, source: bytes, file: str, proof: Proof) -> dict[str, Any]:
    """The certificate of a scenario in a file of this name, from a proof that is whole."""
    scenario = engine.scenario
    found = as_values(replace(proof.report, attendances=()), engine)
    proved = (proof.report.everyone, *proof.report.attendances, proof.facilitated)
    values = {
        "form": FORM,
        "scenario": {
            "title": scenario.title,
            "version": scenario.version,
            "file": file,
            "sha256": scenario_digest(source),
            "jurisdiction": scenario.jurisdiction,
            "law_as_of": scenario.law_as_of.isoformat(),
            "key": scenario.key,
        },
        "guidance": {"sha256": guidance_digest(scenario, engine.guidance)},
        "tool_version": __version__,
        "limit": proof.report.limit,
        "endings": found["endings"],
        "attendances": [_attendance(each) for each in proved],
        "shortest": found["shortest"],
        "longest": found["longest"],
        "trouble_pays": found["trouble_pays"],
        "exercised": found["exercised"],
        "findings": [_finding(each, engine) for each in proof.checked.findings],
        "waivers": [_finding(each, engine) for each in proof.checked.waived],
    }
    return {**values, "seal": _seal(values)}


def as_text(values: Values) -> str:
    """A certificate as it is written: what fits on a line stands on one."""
    return "\n".join(_lines(values, "", "")) + "\n"


def read_certificate(source: bytes) -> dict[str, Any]:
    """A certificate as it was written.

    Raises:
        Unusable: where it is none, was changed after it was written, or is of a later form.
    """
    if len(source) > LARGEST:
        raise Unusable("it is too long to be one")
    try:
        values = json.loads(source)
    except (ValueError, RecursionError):
        raise Unusable("it is not JSON") from None
    form = values.get("form") if isinstance(values, dict) else None
    if type(form) is not int or not all(isinstance(_at(values, *way), str) for way in _RESTS_ON):
        raise Unusable("it is no certificate of tabletop")
    if form > FORM:
        raise Unusable("a newer version of tabletop wrote it")
    kept = {name: value for name, value in values.items() if name != "seal"}
    try:
        sealed = values.get("seal") == _seal(kept)
    except (ValueError, RecursionError):
        sealed = False
    if not sealed:
        raise Unusable("it was changed after it was written")
    return dict(values)


_RESTS_ON = (
    ("scenario", "sha256"),
    ("scenario", "file"),
    ("guidance", "sha256"),
    ("tool_version",),
)


def _at(values: Any, *way: str) -> object:
    for name in way:
        values = values.get(name) if isinstance(values, dict) else None
    return values


def outdated(values: Values, source: bytes, engine: Engine) -> tuple[str, ...]:
    """What has changed since a certificate was written; nothing where it is current."""
    changed = []
    if values["scenario"]["sha256"] != scenario_digest(source):
        changed.append("the scenario")
    if values["guidance"]["sha256"] != guidance_digest(engine.scenario, engine.guidance):
        changed.append("the guidance it uses")
    if values["tool_version"] != __version__:
        changed.append(
            f"the version of tabletop ({values['tool_version'][:20]}, now {__version__})"
        )
    return tuple(changed)


def remarks_on_certificate(
    given: bytes, source: bytes, file: str, engine: Engine
) -> Iterator[Remark]:
    """What is to be said of the certificate that lies beside a scenario."""
    place = ("title",)
    mend = "tabletop certify writes it anew"
    try:
        values = read_certificate(given)
    except Unusable as error:
        yield Remark("TT702", place, f"the {FILE} beside it can't be used: {error}", mend)
        return
    if values["scenario"]["file"] != file:
        return
    changed = outdated(values, source, engine)
    if changed:
        yield Remark(
            "TT701",
            place,
            f"its {FILE} is out of date; since then {_joined(changed)} changed",
            mend,
        )


def differences(old: Values, new: Values, path: str = "") -> Iterator[str]:
    """Where two certificates differ, a line a place."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        place = f"{path}.{name}" if path else name
        if before == after or name == "seal":
            continue
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from differences(before, after, place)
        else:
            yield f"{place}: {_short(before)}, now {_short(after)}"


def _short(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)} entries"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _joined(parts: tuple[str, ...]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last} have" if first else f"{last} has"


def _attendance(found: Attended) -> dict[str, Any]:
    return {**numbers(found), "endings": {each.name: each.routes for each in found.endings}}


def _finding(finding: Finding, engine: Engine) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code,
        "at": ".".join(map(str, finding.path)),
        "line": finding.line,
        "message": finding.message,
    }
    if finding.waived is not None:
        told["reason"] = finding.waived
    elif finding.route is not None:
        told["route"] = list(steps(engine, finding.route))
    return told


def _seal(values: Values) -> str:
    return sha256(canonical(values)).hexdigest()


def _lines(value: Any, indent: str, head: str) -> Iterator[str]:
    """A value as JSON, on one line where it fits."""
    whole = head + json.dumps(value, ensure_ascii=False)
    if len(indent) + len(whole) < WIDTH or not isinstance(value, (dict, list)) or not value:
        yield indent + whole
        return
    inner = f"{indent}  "
    if isinstance(value, dict):
        opening, closing = "{", "}"
        parts = [_lines(each, inner, f"{json.dumps(name)}: ") for name, each in value.items()]
    else:
        opening, closing = "[", "]"
        parts = [_lines(each, inner, "") for each in value]
    yield indent + head + opening
    for number, part in enumerate(parts):
        *before, last = part
        yield from before
        yield last + ("," if number < len(parts) - 1 else "")
    yield indent + closing
