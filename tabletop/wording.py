"""The one catalogue of interface sentences.

What the program itself says to players goes through `say`, so a second language is a compiled
catalogue under `locale/` and no change of code; none has been made yet, and the problems named in
scenario files are still plain English. What an author or a player wrote is never looked up here:
it is filled in as plain values after the sentence has been translated.
"""

from functools import cache
from gettext import NullTranslations, translation
from pathlib import Path

LOCALES = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> NullTranslations:
    """The catalogue for a language; English is the source and needs none."""
    return translation("tabletop", LOCALES, languages=[language], fallback=True)


def say(sentence: str, *, language: str = "en", **values: object) -> str:
    """The sentence in the reader's language, with its values filled in as plain text."""
    translated = catalogue(language).gettext(sentence)
    return translated.format(**values) if values else translated
