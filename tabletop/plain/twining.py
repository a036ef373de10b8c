"""Twee files from the command line: a scenario written as one, and one read as a skeleton."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tabletop.authoring.twee import notation, skeleton
from tabletop.authoring.twee.carried import Empty, carried
from tabletop.authoring.twee.passages import Exported, exported
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.library import Loaded
from tabletop.conduct.source_file import LARGEST, read_source, shown
from tabletop.scenario.characters import FORBIDDEN
from tabletop.wording import say


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario as a Twee file."""

    made: Exported

    def lines(self) -> Iterator[str]:
        """The file."""
        return notation.lines(self.made.story)

    def told(self) -> Iterator[str]:
        """What of the scenario is not in it, and what its map lacks."""
        if self.made.without:
            yield say("Not in the story: {parts}.", parts=", ".join(self.made.without))
        if not self.made.laid_out:
            yield say(
                "The passages lie on a plain grid; to lay them out as on the map, install the"
                " library that `tabletop graph --format svg` names."
            )


@dataclass(frozen=True, slots=True)
class Read:
    """A Twee file as a scenario's skeleton."""

    source: bytes
    made: skeleton.Skeleton

    def lines(self, day: date) -> Iterator[str]:
        """The scenario's file; `day` is the day on which its law is said to hold."""
        return skeleton.lines(self.made, day.isoformat())

    def told(self) -> Iterator[str]:
        """What did not carry over."""
        if self.made.left:
            yield say("What did not carry over:")
        yield from (f"- {each}" for each in self.made.left)


def write(loaded: Loaded, *, marks: bool) -> Written:
    """A scenario as a Twee file."""
    return Written(exported(loaded.scenario, marks=marks))


def read(path: Path) -> Read:
    """A Twee file as a skeleton.

    Raises:
        LibraryError: with a sentence, where it can't be read or holds no story.
    """
    name = shown(path)
    source = read_source(path)
    if len(source) > LARGEST:
        raise LibraryError(say("{file} is larger than 1 MiB; split the story first.", file=name))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise LibraryError(
            say("{file}:{line}: this is not UTF-8 text; save it as UTF-8.", file=name, line=line)
        ) from None
    try:
        made = carried(notation.read(FORBIDDEN.sub("", text)), name)
    except Empty as empty:
        raise LibraryError(str(empty)) from None
    return Read(source, made)
