"""Acts the guidance names are found in the words people use for them, others are not."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from tabletop.authoring.rules.phrases import compiled, lists, says, sentences, tells, themes, ways

LINES = (Path(__file__).parent / "phrasings.txt").read_text(encoding="utf-8")
BESIDE = {"less", "praise", "verdict", "minor", "interviews", "trained", "minor and interviews"}
"""Acts that are no fault by themselves."""


def phrasings(sign: str) -> list[tuple[str, str]]:
    """Each line with a sign, and the act it stands under."""
    found = []
    for section in re.split(r"(?m)^== ", LINES)[1:]:
        name, *lines = section.split("\n")
        found += [(name, line[2:]) for line in lines if line.startswith(f"{sign} ")]
    return found


@pytest.mark.parametrize(("name", "text"), phrasings("+"))
def test_what_says_an_act_is_found(name: str, text: str) -> None:
    for each in name.split(" and "):
        assert says(each, text), each
    if name.startswith("minor"):
        assert not says("trained", text)


@pytest.mark.parametrize(("name", "text"), phrasings("-"))
def test_what_is_near_an_act_says_none(name: str, text: str) -> None:
    for each in ways().keys() - BESIDE:
        assert says(each, text) is None, each
    if name.startswith("minor"):
        minor = says("minor", text) and says("interviews", text)
        assert not minor or says("trained", text)
    if name in ("praise", "less"):
        assert says(name, text) is None


def test_every_way_of_saying_an_act_is_shown() -> None:
    shown: dict[str, list[str]] = {}
    for name, text in phrasings("+"):
        for each in name.split(" and "):
            shown.setdefault(each, []).extend(sentences(text))
    unshown = [
        (name, way)
        for name, said in ways().items()
        if name != "trained"
        for way in said
        if not any(compiled((way,), lists()).search(each) for each in shown[name])
    ]
    assert unshown == []


def test_a_phrase_bends_as_its_signs_say() -> None:
    pattern = compiled(("(no|not) enslav* .. modern-day slavery",))
    assert pattern.search("NOT enslaving anyone in modern day slavery")
    assert pattern.search("no enslavement, modern-day slavery") is None
    assert compiled(("mother's house",)).search("her mother\u2019s house")
    assert compiled(("bust",)).search("combustible") is None
    assert compiled(("HELP",), {"help": ["a bed", "a room"]}).search("a room")


def test_a_sentence_ends_where_one_would_stop_reading_it() -> None:
    text = "Ask Ms. Lan, at 2.30 p.m. today. “Not now,” she says; then wait."
    assert list(sentences(text)) == [
        "Ask Ms. Lan, at 2.30 p.m. today.",
        "“Not now,” she says;",
        "then wait.",
    ]


def test_a_list_of_words_is_used_and_none_is_missing() -> None:
    text = (files("tabletop.authoring.rules") / "phrases.yaml").read_text(encoding="utf-8")
    capitals = set(re.findall(r"\b[A-Z]{2,}\b", text))
    assert {each.lower() for each in capitals} == set(lists())


def test_a_theme_is_told_and_noted() -> None:
    assert tells("threats", "He was threatened.")
    assert themes()["minors"].noted.search("Young people; mentioned, not shown.")
    assert not tells("minors", "There is a minor problem.")
