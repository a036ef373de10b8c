"""Library: the scenarios at hand, and any file somebody names.

Shipped scenarios lie beside the package in a checkout and inside it when it is installed. A card
is made from the top of a file, without the model and without the guidance, so that a long shelf is
shown at once; only what is to be played is read whole and checked.
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import tabletop
from tabletop.conduct.cards import SCENES, RoleCard, ScenarioCard, card_of
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.source_file import read_source, shown
from tabletop.wording import say

if TYPE_CHECKING:
    from tabletop.exercise.record import Header
    from tabletop.scenario.guidance import Guidance
    from tabletop.scenario.model import Scenario
    from tabletop.scenario.reading import Reading

__all__ = ["Library", "Loaded", "RoleCard", "ScenarioCard", "guidance", "near", "shipped"]

FILE = "scenario.yaml"

_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A scenario ready to be played."""

    slug: str
    path: Path
    source: bytes
    scenario: "Scenario"
    guidance: "Guidance"
    reading: "Reading"


class Library:
    """The scenarios at hand."""

    def __init__(self, folders: Iterable[str | Path] | None = None) -> None:
        """Takes folders that hold a folder for each scenario; without any, those shipped."""
        self._folders = None if folders is None else tuple(Path(folder) for folder in folders)

    def slugs(self) -> tuple[str, ...]:
        """The names of the scenarios at hand."""
        return tuple(sorted(self._shelf()))

    def cards(self) -> tuple[ScenarioCard, ...]:
        """A card for each scenario, the shortest first; broken ones with the reason."""
        cards = (card_of(slug, path) for slug, path in self._shelf().items())
        return tuple(sorted(cards, key=lambda card: (card.minutes_alone, card.slug)))

    def find(self, ref: str | Path) -> Path:
        """The file of a scenario: a name on the shelf, a folder that holds one, or a file.

        Raises:
            LibraryError: where there is none.
        """
        shelf = self._shelf()
        if isinstance(ref, str) and ref in shelf:
            return shelf[ref]
        path = Path(ref)
        if ref and _there(path):
            if not path.is_dir():
                return path
            if _there(path / FILE):
                return path / FILE
            raise LibraryError(
                say("The folder {path} holds no {file}.", path=shown(ref), file=FILE)
            )
        if isinstance(ref, str) and (_SLUG.fullmatch(ref.lower()) or not ref):
            raise LibraryError(self._unknown(ref))
        raise LibraryError(say("There is no scenario at {path}.", path=shown(ref)))

    def load(self, ref: str | Path) -> Loaded:
        """A scenario, read whole and checked.

        Raises:
            LibraryError: where it is not there or can't be played.
        """
        path = self.find(ref)
        return _loaded(read_source(path), slug_of(path), path)

    def load_again(self, header: "Header") -> Loaded:
        """The scenario of a recorded exercise as it was then, to be played again.

        Raises:
            LibraryError: where this version can't play it any more.
        """
        return self.load_source(header.scenario_text.encode(), header.scenario_name)

    def load_source(self, source: bytes, name: str, origin: Path | None = None) -> Loaded:
        """A scenario from its source, as it was when it was kept; `origin` is where it came from.

        Raises:
            LibraryError: where this version can't play it any more.
        """
        return _loaded(source, name, origin or self._shelf().get(name, Path(name)))

    def origin(self, loaded: Loaded) -> Path | None:
        """Where a scenario lies that is not on the shelf."""
        if self._shelf().get(loaded.slug) == loaded.path or not loaded.path.is_file():
            return None
        return loaded.path.absolute()

    def present(self, header: "Header", origin: Path | None) -> Path | None:
        """Where the scenario of a recorded exercise lies now; nothing where it does not."""
        path = origin or self._shelf().get(header.scenario_name)
        return path if path is not None and _there(path) else None

    def _shelf(self) -> dict[str, Path]:
        shelf: dict[str, Path] = {}
        for folder in (shipped(),) if self._folders is None else self._folders:
            try:
                for path in sorted(folder.iterdir()):
                    if _there(path / FILE):
                        shelf.setdefault(path.name, path / FILE)
            except OSError as error:
                raise LibraryError(
                    say("{path} can't be read: {why}.", path=shown(folder), why=error.strerror)
                ) from None
        return shelf

    def _unknown(self, ref: str) -> str:
        near = get_close_matches(ref.lower().replace("-", "_"), self.slugs(), n=1, cutoff=0.5)
        if near:
            return say(
                "There is no scenario {ref}; did you mean {near}?", ref=shown(ref), near=near[0]
            )
        return say(
            "There is no scenario {ref}; there are {names}.",
            ref=shown(ref),
            names=", ".join(self.slugs()),
        )


def shipped() -> Path:
    """The folder of the scenarios that came with the program.

    Raises:
        LibraryError: where it was installed without them.
    """
    package = Path(tabletop.__file__).parent
    for folder in (package / "scenarios", package.parent / "scenarios"):
        if (folder / "guidance").is_dir():
            return folder
    raise LibraryError(say("tabletop was installed without its scenarios; install it again."))


MOST_NEAR = 200
"""How many files are looked into for scenarios."""


def near(folder: Path) -> tuple[ScenarioCard, ...]:
    """The scenarios in a folder and in the folders right in it, in order of their names.

    A file counts as one where it is called so, or where scenes stand in it; it may be broken.
    """
    try:
        named = [
            path for path in (folder / FILE, *sorted(folder.glob(f"*/{FILE}"))) if path.is_file()
        ]
        others = sorted(path for path in folder.glob("*.yaml") if path.name != FILE)
    except OSError:
        # A folder that can't be read holds nothing one could open.
        return ()
    found = [*named, *(path for path in others[:MOST_NEAR] if _has_scenes(path))]
    return tuple(card_of(slug_of(path), path) for path in found[:MOST_NEAR])


def _has_scenes(path: Path) -> bool:
    try:
        return bool(SCENES.search(read_source(path)))
    except LibraryError:
        return False


@cache
def guidance() -> "Guidance":
    """The practices, sources, fact classes, jurisdictions and terms that came with the program."""
    from tabletop.scenario.document import Unreadable, parse_tree
    from tabletop.scenario.guidance import read_guidance

    folder = shipped() / "guidance"
    try:
        trees = {
            path.stem: parse_tree(read_source(path), path.name)
            for path in sorted(folder.glob("*.yaml"))
        }
        cards = {
            path.stem: parse_tree(read_source(path), path.name)
            for path in sorted((folder / "jurisdictions").glob("*.yaml"))
        }
        return read_guidance({**trees, "jurisdictions": cards})
    except (Unreadable, ValueError) as error:
        raise LibraryError(
            say("The guidance in {folder} can't be used: {why}", folder=folder, why=error)
        ) from None


def _loaded(source: bytes, slug: str, path: Path) -> Loaded:
    from tabletop.scenario.problem import errors
    from tabletop.scenario.reading import read_scenario

    registry = guidance()
    reading = read_scenario(source, shown(path), registry)
    if reading.scenario is None or not reading.playable:
        wrong = errors(reading.problems) or reading.problems
        if len(wrong) == 1:
            raise LibraryError(say("{problem}", problem=wrong[0]))
        raise LibraryError(
            say(
                "{problem}; and {more} more, which `tabletop check {path}` shows.",
                problem=wrong[0],
                more=len(wrong) - 1,
                path=shown(path),
            )
        )
    return Loaded(slug, path, source, reading.scenario, registry, reading)


def _there(path: Path) -> bool:
    """Whether anything has this name, a link that leads nowhere included."""
    try:
        return os.path.lexists(path)
    except ValueError:
        return False


def slug_of(path: Path) -> str:
    """What a scenario is called by its file: its folder, or the file where it has its own name."""
    return path.absolute().parent.name if path.name == FILE else path.stem
