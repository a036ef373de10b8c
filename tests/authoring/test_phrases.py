"""Acts the guidance names are found in the words people use for them, others are not."""

import pytest

from tabletop.authoring.rules.phrases import (
    ARREST,
    COUNTED,
    FREE,
    INTERPRETER,
    INTERVIEW,
    MINOR,
    TIED,
)

TIES_HELP = (
    "Offer the shelter bed once she agrees to give a statement.",
    "Tell her the visa application starts when she testifies.",
    "If she cooperates, you can get her a room for the night.",
    "Only clients who sign the release get a lawyer.",
    "Help with papers in exchange for information about the owner.",
    "Provide housing as long as they assist the investigation.",
    "Give services after the interview.",
    "Make the hotel room conditional on her cooperation.",
    "Say that food comes after they have answered.",
)
ARRESTS = (
    "Arrest everyone inside and sort out who is a victim later.",
    "Detain all the workers to identify the victims.",
    "Book the women so they will cooperate.",
    "Charge them with loitering so that they talk.",
    "Take them into custody to find out who they are.",
)
TIED_INTERPRETERS = (
    "Ask her cousin to interpret.",
    "Let the manager translate for the others.",
    "Use a coworker as interpreter.",
    "Rely on the housekeeper to explain in their language.",
    "Her sister can translate for now.",
    "Let Mr. Galvin interpret for the two.",
)
HARMLESS = (
    "Offer each of them a bed, whatever they decide about talking.",
    "Ask nothing tonight; let the paramedic see them.",
    "Say what exists, that help does not hang on what she says, and that her lawyer will explain.",
    "Let her call a friend before any interview.",
    "Find a room with food, if they wish, before any interview.",
    "Arrest the owner on the warrant and offer the workers support.",
    "Dial an interpreter who knows none of them.",
    "Ask each one alone, if they agree, only the three things a judge needs.",
)


@pytest.mark.parametrize("text", TIES_HELP)
def test_help_that_hangs_on_cooperation(text: str) -> None:
    found = TIED.search(text)
    assert found
    assert not FREE.search(found[0])


@pytest.mark.parametrize("text", ARRESTS)
def test_an_arrest_to_find_out(text: str) -> None:
    assert ARREST.search(text)


@pytest.mark.parametrize("text", TIED_INTERPRETERS)
def test_an_interpreter_with_a_tie(text: str) -> None:
    assert INTERPRETER.search(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_none_of_them(text: str) -> None:
    tied = TIED.search(text)
    assert tied is None or FREE.search(tied[0])
    assert not ARREST.search(text)
    assert not INTERPRETER.search(text)
    assert not COUNTED.search(text)


def test_a_minor_and_an_interview() -> None:
    text = "Interview the 15-year-old at the station tonight."
    assert MINOR.search(text)
    assert INTERVIEW.search(text)
    assert not MINOR.search("Sixteen pages, and an adult of forty.")
