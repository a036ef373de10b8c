"""What a format needs and this installation lacks: a package, or a sign in its fonts."""

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


class MissingSign(Exception):
    """A text holds a sign that no font has; the sentence says what to do instead."""

    def __init__(self, form: str, sign: str) -> None:
        """Takes the format's name for people, and the text that can't be shown."""
        super().__init__(
            say(
                "{form} can't show the sign {sign}: its fonts have none. Save as Word or HTML,"
                " which use those of the reader.",
                form=form,
                sign=sign,
            )
        )
