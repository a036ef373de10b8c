"""Checking: what is wrong in an author's files, and how a scenario's play scripts went."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from tabletop.authoring.check import check as held_against
from tabletop.authoring.explorations import LIMIT
from tabletop.authoring.findings import Finding
from tabletop.authoring.formats import CheckedFile, rendered
from tabletop.authoring.route_file import written
from tabletop.conduct.certificate_file import held_to_its_certificate
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.library import guidance
from tabletop.conduct.play_scripts import Play, played
from tabletop.conduct.source_file import read_source, shown
from tabletop.plain.exploring import shown_on_the_way
from tabletop.plain.lists import dumped
from tabletop.scenario.reading import read_scenario
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.conduct.library import Library, Loaded


@dataclass
class CheckedFiles:
    """What was found in some files."""

    files: list[CheckedFile] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)
    """A sentence for each file that could not be read at all."""
    unreadable: bool = False
    """Whether one of them is no scenario, or no file."""

    @property
    def findings(self) -> list[tuple[CheckedFile, Finding]]:
        """Everything that is to be mended, beside its file."""
        return [(file, finding) for file in self.files for finding in file.checked.findings]

    @property
    def bounded(self) -> bool:
        """Whether exploring one of them stopped at its limit."""
        return any(file.checked.stopped == "limit" for file in self.files)

    @property
    def interrupted(self) -> bool:
        """Whether somebody stopped it; what comes after that file was not looked at."""
        return any(file.checked.stopped == "interrupted" for file in self.files)

    def lines(self, form: str) -> list[str]:
        """What was found, in one of the formats."""
        text = rendered(self.files, form)
        return text.split("\n") if text else []

    def routes(self) -> Iterable[tuple[str, str]]:
        """A file for every finding with a route: its name and its text."""
        for number, (file, finding) in enumerate(self.findings, 1):
            if finding.route is not None and file.checked.engine is not None:
                title = f"{finding.code}: {finding.message}"
                yield (
                    f"{number:03}_{finding.code}.yaml",
                    written(file.checked.engine, finding.route, title),
                )


def check(
    library: "Library", files: Iterable[str], *, explore: bool = True, limit: int = LIMIT
) -> CheckedFiles:
    """Checks each file, whatever is wrong with the others."""
    checked = CheckedFiles()
    registry = guidance()
    for name in files:
        if checked.interrupted:
            break
        try:
            path = library.find(name)
            source = read_source(path)
        except LibraryError as error:
            checked.unusable.append(str(error))
            checked.unreadable = True
            continue
        told = shown(path)
        reading = read_scenario(source, told, registry)
        with shown_on_the_way() as progress:
            found = held_against(reading, registry, limit=limit, explore=explore, progress=progress)
        found = held_to_its_certificate(found, path, source, reading)
        checked.files.append(CheckedFile(told, reading.document.lines, found))
        if not isinstance(reading.document.tree, dict):
            checked.unreadable = True
    return checked


@dataclass(frozen=True, slots=True)
class Plays:
    """How all of them went."""

    scenario: str
    plays: tuple[Play, ...]

    @property
    def passed(self) -> bool:
        """Whether there are some and all went as they say."""
        return bool(self.plays) and all(each.passed for each in self.plays)

    def lines(self) -> Iterable[str]:
        """For people."""
        if not self.plays:
            yield say("{scenario} has no play scripts.", scenario=self.scenario)
        for each in self.plays:
            if each.passed:
                yield say("passed  {title} ({steps} steps)", title=each.title, steps=each.steps)
            else:
                yield say("FAILED  {title}", title=each.title or each.file)
                yield f"  {each.file}:{each.line}: {each.difference}"
        passed = sum(each.passed for each in self.plays)
        yield say("{passed} of {all} passed", passed=passed, all=len(self.plays))

    def told(self) -> dict[str, Any]:
        """For programs."""
        return {
            "scenario": self.scenario,
            "passed": self.passed,
            "plays": [asdict(each) for each in self.plays],
        }


def plays(loaded: "Loaded") -> Plays:
    """Runs every play script of a scenario."""
    return Plays(loaded.slug, played(loaded.path, loaded.scenario, loaded.guidance))


def plays_told(tried: Sequence[Plays]) -> Iterable[str]:
    """How the plays of scenarios went, for people; several under their names."""
    for number, each in enumerate(tried):
        if number:
            yield ""
        if len(tried) > 1:
            yield each.scenario
        yield from each.lines()


def plays_as_json(tried: Sequence[Plays]) -> list[str]:
    """The same for programs: an object, or a list of several."""
    told = [each.told() for each in tried]
    return dumped(told if len(told) > 1 else told[0])
