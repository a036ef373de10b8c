"""The version of a record's form, apart from the record so that lists need not import it."""

from tabletop.wording import say

VERSION = 1
"""The version of the record's form; a record from a later one is refused."""


def newer(version: object) -> str:
    """The sentence that refuses a record from a newer version."""
    shown = version[:20] if isinstance(version, str) and version.isprintable() else "?"
    return say(
        "This exercise was recorded by a newer version of tabletop ({version}); install that"
        " version to open it.",
        version=shown,
    )
