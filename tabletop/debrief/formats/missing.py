"""MissingPackage: what a format needs and this installation lacks."""

from tabletop.wording import say

REQUIREMENTS = ("python-docx>=1.2", "typst>=0.15,<0.16")
"""What the extra `reports` brings."""


class MissingPackage(Exception):
    """A format can't be made here; its text is a sentence that says what to install."""

    def __init__(self, form: str) -> None:
        """Takes the format's name for people."""
        packages = " ".join(f"'{each}'" for each in REQUIREMENTS)
        super().__init__(
            say(
                "Saving as {form} needs more packages: python -m pip install {packages}",
                form=form,
                packages=packages,
            )
        )
