"""Phrases: words as authors use them, found in a sentence.

The phrases stand in `phrases.yaml`, where those who know the field can read and correct them; this
module turns them into patterns. They are plain on purpose: a finding names the words it means, an
author sees why, and what is meant otherwise is waived with a reason.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from tabletop.scenario.document import parse_tree

Words = Mapping[str, Iterable[str]]
"""Lists of phrases by the name that stands for them in capitals."""

_GAPS = {"..": r"\b[^,;:]{0,60}?\b", "...": r"\b.{0,110}?\b"}
_BETWEEN = r"(?:['\u2019]s?)?[\s,\u2013\u2014-]{1,3}"
"""What may stand between two words of a phrase: a blank, with a possessive, a comma or a dash."""
_AFTER = {")": _BETWEEN, "|": "", ",": r"\s*"}
_PIECE = re.compile(r"\.{2,3}|[()|,]|[^\s()|,]+")
_END = re.compile(
    r"(?<=[.!?;])(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSgt\.)(?<!\bDet\.)(?<!\bOfc\.)(?<!\b[ap]\.m\.)"
    r"[\"\u201d\u00bb)]?\s+"
)


class Phrases:
    """Several phrases, looked for as one.

    Their pattern knows no capitals and is given none: so it is made in half the time.
    """

    def __init__(self, phrases: Iterable[str], words: Words) -> None:
        """Takes the phrases, and the lists they use."""
        self._pattern = re.compile(_spelled(phrases, words))

    def search(self, text: str) -> str | None:
        """The first words in a text that are one of them."""
        seen = self._pattern.search(_lowered(text))
        return text[slice(*seen.span())] if seen else None


@dataclass(frozen=True, slots=True)
class Theme:
    """A content theme: the words that tell it, and those of a note that declares it."""

    told: Phrases
    noted: Phrases
    pervasive: bool
    """Whether it may lie in a whole story rather than in its words."""


# Most texts are the same from one save of a file to the next.
@lru_cache(maxsize=65_536)
def says(act: str, text: str) -> str | None:
    """The words of the first sentence of a text that say an act."""
    said, unless = _act(act)
    for sentence in sentences(text):
        seen = said.search(sentence)
        if seen and not (unless and unless.search(sentence)):
            return seen.strip(" ,;:")
    return None


@lru_cache(maxsize=65_536)
def tells(theme: str, text: str) -> str | None:
    """The words of a text that tell a theme."""
    seen = (themes()[theme].told.search(sentence) for sentence in sentences(text))
    return next((one for one in seen if one), None)


@lru_cache(maxsize=16_384)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each in one line, without what is overlooked."""
    return tuple(_END.split(_overlooked().sub(" ", " ".join(text.split()))))


def ways() -> Mapping[str, tuple[str, ...]]:
    """The ways in which each act is said."""
    return {name: authored["said"] for name, authored in _authored()["acts"].items()}


def lists() -> Mapping[str, tuple[str, ...]]:
    """The lists of words that phrases use."""
    words: Mapping[str, tuple[str, ...]] = _authored()["words"]
    return words


@cache
def themes() -> Mapping[str, Theme]:
    """The content themes that are looked for, by name."""
    return {
        name: Theme(
            Phrases(each["told"], lists()), Phrases(each["noted"], lists()), "pervasive" in each
        )
        for name, each in _authored()["themes"].items()
    }


def compiled(phrases: Iterable[str], words: Words | None = None) -> re.Pattern[str]:
    """A pattern that matches any of some phrases."""
    return re.compile(_spelled(phrases, words or {}), re.IGNORECASE)


@lru_cache(maxsize=16_384)
def _lowered(text: str) -> str:
    """A text without capitals, letter by letter."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in text)


@cache
def _authored() -> Any:
    file = files("tabletop.authoring.rules") / "phrases.yaml"
    return parse_tree(file.read_bytes(), file.name)


@cache
def _act(name: str) -> tuple[Phrases, Phrases | None]:
    authored = _authored()["acts"][name]
    unless = Phrases(authored["unless"], lists()) if authored["unless"] else None
    return Phrases(authored["said"], lists()), unless


@cache
def _overlooked() -> re.Pattern[str]:
    return compiled(_authored()["overlook"], lists())


def _spelled(phrases: Iterable[str], words: Words) -> str:
    return rf"(?<!\w)(?:{_any(phrases, words)})(?!\w)"


def _any(phrases: Iterable[str], words: Words) -> str:
    return "|".join(_phrase(str(each), words) for each in phrases)


def _phrase(phrase: str, words: Words) -> str:
    pattern, between = "", ""
    for piece in _PIECE.findall(phrase):
        if piece in _GAPS:
            pattern, between = pattern + _GAPS[piece], ""
        elif piece == "(":
            pattern, between = f"{pattern}{between}(?:", ""
        elif piece in ")|,":
            pattern, between = pattern + piece, _AFTER[piece]
        else:
            pattern, between = pattern + between + _word(piece, words), _BETWEEN
    return pattern


def _word(word: str, words: Words) -> str:
    if word.isupper() and word.lower() in words:
        return f"(?:{_any(words[word.lower()], words)})"
    plain = re.escape(word.lower()).replace(r"\*", r"\w*")
    return plain.replace("'", "['\u2019]").replace(r"\-", r"[\s-]?")
