"""Formats: what checking found, for people, for scripts and for the places where code is reviewed.

`full` shows each finding with the line it stands on, `concise` one line each. `json` is an array
for scripts, `github` the annotations of a workflow, `sarif` a log of version 2.1.0. What an author
waived is listed with its reason in every format that has a place for it.
"""

import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tabletop import __version__
from tabletop.authoring.check import Checked
from tabletop.authoring.diagnostics import render, tally
from tabletop.authoring.findings import RULES, Finding, severities, titles
from tabletop.authoring.route_file import steps
from tabletop.scenario.characters import FORBIDDEN

FORMATS = ("full", "concise", "json", "github", "sarif")
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
WIDTH = 88


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file with what was found in it."""

    name: str
    lines: Sequence[str]
    checked: Checked


def rendered(files: Iterable[CheckedFile], form: str) -> str:
    """What was found in some files, in one of `FORMATS`."""
    return _RENDER[form](tuple(files))


def route_steps(file: CheckedFile, finding: Finding) -> tuple[str, ...]:
    """The steps of a finding's route; none where it has no route."""
    if finding.route is None or file.checked.engine is None:
        return ()
    return tuple(steps(file.checked.engine, finding.route))


def whole(file: CheckedFile, finding: Finding) -> str:
    """A finding with the line it stands on, what it rests on and the route that shows it."""
    shown = [render(finding, file.lines)]
    if finding.severity == "warning" and finding.path:
        # What a waiver's `at` would name.
        shown.append(f"      at: {'.'.join(map(str, finding.path))}")
    guidance = (*finding.practices, *finding.sources)
    if guidance:
        shown.append(f"      from: {', '.join(guidance)}")
    way = route_steps(file, finding)
    if way:
        shown.append(_wrapped("route: ", "; ".join(way)))
        shown += _table(file, finding)
    return _clean("\n".join(shown))


def _table(file: CheckedFile, finding: Finding) -> list[str]:
    """Who has to be at the table for a route, where that is not simply everyone."""
    route, engine = finding.route, file.checked.engine
    if route is None or engine is None:
        return []
    whole = len(route.people) == len(engine.scenario.roles)
    if whole and not route.facilitated:
        return []
    people = "everyone" if whole else ", ".join(route.people)
    return [f"      people: {people}{', with a facilitator' * route.facilitated}"]


def brief(finding: Finding) -> str:
    """A finding on one line."""
    place = f"{finding.file}:{finding.line}:{finding.column}"
    return _clean(f"{place}: {finding.code} {finding.message}".replace("\n", " "))


def _full(files: tuple[CheckedFile, ...]) -> str:
    out: list[str] = []
    for file in files:
        out += [whole(file, finding) for finding in file.checked.findings]
        for finding in file.checked.waived:
            place = f"{finding.file}:{finding.line}:{finding.column}"
            shown = [f"{place}: waived[{finding.code}]: {finding.message}"]
            out.append("\n".join([*shown, _wrapped("reason: ", finding.waived or "")]))
    every = [finding for file in files for finding in file.checked.findings]
    waived = sum(len(file.checked.waived) for file in files)
    said = tally(every) + (f", {waived} waived" if waived else "")
    if not every:
        said = "\n".join(
            f"{file.name}: no problems"
            + (f", {file.checked.situations} situations" if file.checked.situations else "")
            + (f", {len(file.checked.waived)} waived" if file.checked.waived else "")
            for file in files
        )
    return _clean("\n\n".join([*out, said]))


def _wrapped(head: str, text: str) -> str:
    return textwrap.fill(
        " ".join(text.split()),
        WIDTH,
        initial_indent=" " * 6 + head,
        subsequent_indent=" " * (6 + len(head)),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _concise(files: tuple[CheckedFile, ...]) -> str:
    lines = []
    for file in files:
        lines += [brief(finding) for finding in file.checked.findings]
        for finding in file.checked.waived:
            place = f"{finding.file}:{finding.line}:{finding.column}"
            reason = " ".join((finding.waived or "").split())
            lines.append(f"{place}: {finding.code} waived: {reason}")
    return _clean("\n".join(line.replace("\n", " ") for line in lines))


def _json(files: tuple[CheckedFile, ...]) -> str:
    return json.dumps(
        [
            _plain(file, finding)
            for file in files
            for finding in (*file.checked.findings, *file.checked.waived)
        ],
        indent=2,
    )


def _plain(file: CheckedFile, finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "length": finding.length,
        "hint": finding.hint,
        "path": list(finding.path),
        "practices": list(finding.practices),
        "sources": list(finding.sources),
        "waived": finding.waived,
        "route": None,
    }
    if finding.route is not None:
        told["route"] = {
            "people": list(finding.route.people),
            "facilitated": finding.route.facilitated,
            "steps": list(route_steps(file, finding)),
        }
    return told


def _github(files: tuple[CheckedFile, ...]) -> str:
    lines = []
    for file in files:
        for finding in file.checked.findings:
            fields = {
                "file": finding.file,
                "line": str(finding.line),
                "col": str(finding.column),
                "title": finding.code,
            }
            if finding.length:
                fields["endColumn"] = str(finding.column + finding.length)
            given = ",".join(f"{key}={_property(value)}" for key, value in fields.items())
            said = finding.message + (f" ({finding.hint})" if finding.hint else "")
            lines.append(f"::{finding.severity} {given}::{_data(said)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    """A message as a workflow reads it: on one line, and never the beginning of a command."""
    plain = "".join("\ufffd" if FORBIDDEN.match(each) else each for each in text)
    return plain.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(files: tuple[CheckedFile, ...]) -> str:
    every = [
        (file, finding)
        for file in files
        for finding in (*file.checked.findings, *file.checked.waived)
    ]
    codes = sorted({finding.code for _, finding in every})
    run = {
        "tool": {
            "driver": {
                "name": "tabletop",
                "version": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(file, finding, codes) for file, finding in every],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str) -> dict[str, Any]:
    rule = RULES.get(code)
    told: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": titles()[code]},
        "help": {"text": f"tabletop explain {code}"},
        "defaultConfiguration": {"level": severities()[code]},
    }
    if rule is not None and (rule.practices or rule.sources):
        told["properties"] = {"practices": list(rule.practices), "sources": list(rule.sources)}
    return told


def _result(file: CheckedFile, finding: Finding, codes: list[str]) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": finding.line, "startColumn": finding.column}
    if finding.length:
        region["endColumn"] = finding.column + finding.length
    said = finding.message + (f" ({finding.hint})" if finding.hint else "")
    told: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity,
        "message": {"text": said},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(finding.file)},
                    "region": region,
                }
            }
        ],
    }
    way = route_steps(file, finding)
    if way:
        told["properties"] = {"route": list(way)}
    if finding.waived is not None:
        told["suppressions"] = [{"kind": "inSource", "justification": finding.waived}]
    return told


def _uri(name: str) -> str:
    """A file's name as a relative reference."""
    kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/"
    return "".join(
        each
        if each in kept
        else "".join(f"%{byte:02X}" for byte in each.encode("utf-8", "replace"))
        for each in name.replace("\\", "/")
    )


def _clean(text: str) -> str:
    return FORBIDDEN.sub("\ufffd", text)


_RENDER = {
    "full": _full,
    "concise": _concise,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
