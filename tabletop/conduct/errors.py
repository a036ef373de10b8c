"""Errors a user can cause. The text of each is one clear sentence: what, where, how to mend it."""


class TabletopError(Exception):
    """Something a user can mend; its text is a sentence to show them."""


class LibraryError(TabletopError):
    """A scenario can't be found or can't be used."""


class FolderError(TabletopError):
    """The data folder, or an exercise in it, can't be found or used."""


class RecordError(FolderError):
    """The record of an exercise can't be read or written."""


class InUse(RecordError):
    """The exercise is open somewhere else."""


class Unsaved(RecordError):
    """Something could not be stored, and therefore has not happened."""


class SetupError(TabletopError):
    """What was asked for does not fit the scenario."""
