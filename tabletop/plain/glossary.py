"""Glossary: the terms of the field that stand in a text, with what they mean."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.scenario.guidance import Guidance


class Glossary:
    """The guidance's glossary, to look things up in."""

    def __init__(self, guidance: "Guidance") -> None:
        """Takes the guidance."""
        self._entries = tuple(guidance.glossary.values())

    def told(self, text: str, *, whole: bool) -> tuple[tuple[str, str], ...]:
        """Terms and their meanings: those that stand in the text, or those that it is part of."""
        found = []
        for entry in self._entries:
            forms = (entry.term, *entry.also)
            if whole:
                hit = any(
                    re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text, _case(form))
                    for form in forms
                )
            else:
                hit = any(text.casefold() in form.casefold() for form in forms)
            if hit:
                found.append((entry.term, " ".join(entry.means.split())))
        return tuple(found)


def _case(form: str) -> re.RegexFlag:
    # "VAWA" is an abbreviation, "vessel" a word: only words may change their case.
    return re.NOFLAG if form.isupper() else re.IGNORECASE
