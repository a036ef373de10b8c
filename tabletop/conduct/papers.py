"""Papers: the documents of an exercise, saved in the data folder.

What only people can say of it stands in one file there, `about.yaml`, where somebody has written
one; what a command is given comes from wherever the command says.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.conduct.document_files import occasion_of, read_about_file, save_documents

if TYPE_CHECKING:
    from tabletop.conduct.folder import DataFolder
    from tabletop.conduct.library import Library
    from tabletop.debrief.documents.about import About
    from tabletop.exercise.record import Record

FORMS = ("md", "html")


@dataclass(frozen=True, slots=True)
class Papers:
    """Where papers are kept, and what they are saved of."""

    folder: "DataFolder"

    @property
    def path(self) -> Path:
        """The folder they are saved in."""
        return self.folder.path / "documents"

    @property
    def about_path(self) -> Path:
        """Where people say when, where and for whom."""
        return self.path / "about.yaml"

    def about(self) -> "About | None":
        """What people say of the exercise, where they have.

        Raises:
            LibraryError: with one sentence, where it can't be used.
        """
        return read_about_file(self.about_path) if os.path.lexists(self.about_path) else None

    def save_planned(
        self, library: "Library", ref: str | Path, kinds: Collection[str]
    ) -> tuple[Path, ...]:
        """Saves papers of an exercise still to come; where they lie.

        Raises:
            TabletopError: with one sentence, where that can't be done.
        """
        from tabletop.debrief.documents.about import About
        from tabletop.debrief.documents.kinds import planned

        about, loaded = self.about() or About(), library.load(ref)
        made = planned(occasion_of(loaded, about), kinds)
        return save_documents(made, FORMS, self.path, loaded.slug)

    def save_played(self, record: "Record", kinds: Collection[str]) -> tuple[Path, ...]:
        """Saves papers of an exercise that was played, without names; where they lie.

        Raises:
            TabletopError: with one sentence, where that can't be done.
        """
        from tabletop.debrief.documents.kinds import of_record
        from tabletop.debrief.documents.played import played

        made = of_record(played(record, self.about()), kinds)
        stem = f"{record.header.scenario_name}-{record.header.id}"
        return save_documents(made, FORMS, self.path, stem)
