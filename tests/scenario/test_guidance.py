"""The registry as shipped: complete, consistent, honest about its sources; and what it refuses."""

import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tabletop.scenario.document import parse_tree
from tabletop.scenario.guidance import Guidance, Source, read_guidance
from tabletop.scenario.scalars import Plain

REGISTRY = Path(__file__).parents[2] / "scenarios" / "guidance"
FOUNDING = Path(__file__).parents[2].parent / "shared" / "sources"
PARTS = ("practices", "sources", "fact_classes", "terms", "glossary")
with_documents = pytest.mark.skipif(
    not FOUNDING.is_dir(), reason=f"the founding documents are not at {FOUNDING}"
)


def tree(path: Path) -> Any:
    return parse_tree(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def trees() -> dict[str, Any]:
    cards = sorted((REGISTRY / "jurisdictions").glob("*.yaml"))
    parts = {part: tree(REGISTRY / f"{part}.yaml") for part in PARTS}
    return {**parts, "jurisdictions": {card.stem: tree(card) for card in cards}}


@pytest.fixture(scope="module")
def guidance(trees: dict[str, Any]) -> Guidance:
    return read_guidance(trees)


def test_every_practice_is_here_once(guidance: Guidance) -> None:
    practices = guidance.practices
    assert len(practices) == 133
    assert sum(practice.starred for practice in practices.values()) == 99
    assert len({practice.title for practice in practices.values()}) == 133
    assert len({practice.text for practice in practices.values()}) == 133


def test_what_is_said_to_be_founding_cites_only_founding_documents(guidance: Guidance) -> None:
    founding = [p for p in guidance.practices.values() if p.verified == "founding_document"]
    assert len(founding) == 70
    for practice in guidance.practices.values():
        kinds = {guidance.sources[cited.source].founding for cited in practice.cites}
        assert kinds == {practice.verified == "founding_document"}, practice.title


def test_what_is_not_verified_says_which_part(guidance: Guidance) -> None:
    for key, known in {**guidance.practices, **guidance.fact_classes}.items():
        assert known.verified != "unverified" or known.unverified_part, key


def test_a_verified_glossary_entry_cites_something(guidance: Guidance) -> None:
    for key, entry in guidance.glossary.items():
        assert (entry.verified == "unverified") != bool(entry.cites), key


def test_every_source_can_be_found_or_says_why_not(guidance: Guidance) -> None:
    assert len(guidance.sources) == 101
    for code, source in guidance.sources.items():
        assert source.addresses or source.founding or source.note, code
        assert source.founding == (source.verified == "founding_document"), code
        assert source.founding == bool(source.file) == bool(source.bullets), code


def test_every_source_outside_debriefing_is_cited(guidance: Guidance) -> None:
    cited = {citation.source for _, citation in guidance.citations()}
    assert all(code.startswith("D") for code in guidance.sources.keys() - cited)


def test_bullets_and_citations_answer_each_other(guidance: Guidance) -> None:
    mapped = {
        (code, at, practice)
        for code, source in guidance.sources.items()
        for at, bullet in source.bullets.items()
        for practice in bullet.practices
    }
    cited = {
        (citation.source, citation.at, key)
        for key, practice in guidance.practices.items()
        for citation in practice.cites
        if guidance.sources[citation.source].founding
    }
    assert mapped == cited


def document(source: Source) -> str:
    assert source.file is not None
    return (FOUNDING / source.file).read_text(encoding="utf-8")


def places(code: str, text: str) -> Iterator[str]:
    """The points of a founding document, counted in the document itself."""
    if code == "S0":
        paragraphs = [" ".join(each.split()) for each in re.split(r"\n\s*\n", text)]
        tips = [p for p in paragraphs if p.endswith((".", "?"))]
        yield from (f"tip {number}" for number, _ in enumerate(tips, 1))
    elif code == "S1":
        tip, letter = 0, "a"
        for line in text.splitlines():
            if line.startswith("o "):
                yield f"tip {tip}{letter}"
                letter = chr(ord(letter) + 1)
            elif re.match(r"\W+(?=[A-Z])", line):
                tip, letter = tip + 1, "a"
                yield f"tip {tip}"
    elif code == "S2":
        yield "intro"
        strategies, checklist = text.split("Smart Tip:")
        for name, half in (("strategy", strategies), ("checklist", checklist)):
            bullets = re.findall(r"^ *• ", half, re.MULTILINE)
            yield from (f"{name} {number}" for number, _ in enumerate(bullets, 1))
    elif code == "S3":
        flat = " ".join(text.replace("*", " ").split())
        yield "DOJ Disclaimer"
        yield from (f"objective {number}" for number in re.findall(r"Objective (\d):", flat))
        for title in (
            "The Value of Partnerships",
            "What Does Collaboration Look Like: Service Providers",
            "What Does Collaboration Look Like: Law Enforcement",
            "A Multidisciplinary Approach",
            "Example of Successful Collaboration",
        ):
            assert title in flat
            yield f'slide "{title}"'
    elif code == "S4":
        yield "intro"
        bullets = re.findall(r"^- \*\*", text, re.MULTILINE)
        yield from (f"trust-building {number}" for number, _ in enumerate(bullets, 1))


@with_documents
@pytest.mark.parametrize(
    ("code", "count"), [("S0", 19), ("S1", 16), ("S2", 15), ("S3", 9), ("S4", 6)]
)
def test_every_point_of_every_founding_document_is_a_practice(
    guidance: Guidance, code: str, count: int
) -> None:
    source = guidance.sources[code]
    found = list(places(code, document(source)))
    assert len(found) == count
    assert set(found) == source.bullets.keys()


@with_documents
def test_wording_is_our_own(guidance: Guidance) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[a-z]+", text.lower())
        return {tuple(words[at : at + 7]) for at in range(len(words) - 6)}

    theirs: set[tuple[str, ...]] = set()
    for source in guidance.sources.values():
        if source.founding:
            theirs |= runs(document(source))
    ours = [practice.text for practice in guidance.practices.values()]
    ours += [b.gist for source in guidance.sources.values() for b in source.bullets.values()]
    ours += [entry.means for entry in guidance.glossary.values()]
    for text in ours:
        assert not runs(text) & theirs, text


def test_fact_classes_cover_the_table_and_our_additions(guidance: Guidance) -> None:
    classes = guidance.fact_classes
    codes = [each.code for each in classes.values()]
    assert {f"F{number}" for number in range(1, 18)} <= set(codes)
    assert len(set(codes)) == len(codes) == 20
    assert {k for k, c in classes.items() if c.privileged} == {"attorney_client", "own_acts"}
    assert {k for k, c in classes.items() if c.safety_critical} == {"service_location", "threat"}
    for key in ("capacity", "observation", "case_knowledge"):
        assert classes[key].provenance.startswith("Our addition")


def test_the_card_answers_what_scenarios_ask(guidance: Guidance) -> None:
    alder = guidance.jurisdictions["alder"]
    assert {name: each.value for name, each in alder.attributes.items()} == {
        "victim_advocate_privilege": "qualified",
        "advocate_in_interview_right": True,
        "interview_recording_required": False,
        "reporting": "professional",
        "safe_harbor": "diversion",
        "attorney_team_social_worker_reports": True,
        "vacatur_scope": "nonviolent",
        "emergency_disclosure_exception": True,
    }


def test_the_registry_keeps_to_its_own_terms(guidance: Guidance) -> None:
    avoided = [word for term in guidance.terms.values() for word in term.avoid]
    assert len({word.lower() for word in avoided}) == len(avoided)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, avoided))})\b", re.IGNORECASE)
    texts = {key: each.text for key, each in guidance.practices.items()}
    texts |= {key: each.means for key, each in guidance.glossary.items()}
    texts |= {
        key: f"{c.may_go} {c.must_not} {c.if_wrong}" for key, c in guidance.fact_classes.items()
    }
    del texts["question_the_raid"]
    assert {key: pattern.findall(text) for key, text in texts.items() if pattern.search(text)} == {}


def test_durations_of_continued_presence_are_left_out(guidance: Guidance) -> None:
    entry = guidance.glossary["continued_presence"]
    assert not re.search(r"\byears?\b|\bmonths?\b|\d", entry.means)


def test_the_nearest_practice(guidance: Guidance) -> None:
    assert guidance.nearest("advance-notice-to-provider") == "advance_notice_to_providers"
    assert guidance.nearest("qqqq") is None


def test_it_survives_json(guidance: Guidance) -> None:
    assert Guidance.model_validate_json(guidance.model_dump_json()) == guidance


def test_a_subset_carries_what_it_cites_and_no_more(guidance: Guidance) -> None:
    subset = guidance.subset(["stay_in_lane", "disclose_brady_giglio"], ["own_acts"], "alder")
    assert list(subset.practices) == ["stay_in_lane", "disclose_brady_giglio"]
    assert list(subset.fact_classes) == ["own_acts"]
    assert subset.sources.keys() == {citation.source for _, citation in subset.citations()}
    assert not subset.glossary
    assert not subset.terms
    assert not any(source.bullets for source in subset.sources.values())
    assert Guidance.model_validate_json(subset.model_dump_json()) == subset


def test_a_subset_does_not_depend_on_the_order_asked_for(guidance: Guidance) -> None:
    names = ["disclose_brady_giglio", "stay_in_lane", "stay_in_lane"]
    there = guidance.subset(names, ["threat", "own_acts"], "alder")
    back = guidance.subset(reversed(names), ["own_acts", "threat"], "alder")
    assert there.model_dump_json() == back.model_dump_json()


@pytest.mark.parametrize(
    ("practices", "classes", "card", "sentence"),
    [
        (["stay_in_line"], [], "alder", "no practice `stay_in_line`"),
        ([], ["threats"], "alder", "no fact class `threats`"),
        ([], [], "elder", "no jurisdiction `elder`"),
    ],
)
def test_a_subset_refuses_what_is_not_there(
    guidance: Guidance, practices: list[str], classes: list[str], card: str, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        guidance.subset(practices, classes, card)


def test_an_unknown_source_is_refused(trees: dict[str, Any]) -> None:
    broken = deepcopy(trees)
    broken["practices"]["stay_in_lane"]["cites"] = ({"source": Plain("S9")},)
    with pytest.raises(ValueError, match=r"`practices\.stay_in_lane` cites the source `S9`, which"):
        read_guidance(broken)


def test_a_bullet_that_names_no_practice_is_refused(trees: dict[str, Any]) -> None:
    broken = deepcopy(trees)
    broken["sources"]["S0"]["bullets"]["tip 1"]["practices"] = (Plain("stay_in_line"),)
    with pytest.raises(ValueError, match=r"maps tip 1 to .*`stay_in_line`.*mean `stay_in_lane`\?"):
        read_guidance(broken)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("practices", "stay_in_lane", "cites"), ()),
        (("practices", "stay_in_lane", "roles"), (Plain("police"),)),
        (("practices", "stay_in_lane", "starred"), Plain("yes")),
        (("practices", "stay_in_lane", "colour"), Plain("red")),
        (("sources", "S0", "as_of"), Plain("last year")),
        (("sources", "S2", "addresses"), (Plain("javascript:alert"),)),
        (("fact_classes", "threat", "authority"), (Plain("Z"),)),
        (("jurisdictions", "alder", "attributes", "reporting", "value"), Plain("sometimes")),
        (("jurisdictions", "alder", "attributes", "reporting", "value"), Plain("true")),
        (("jurisdictions", "alder", "attributes", "advocate_in_interview_right", "value"), "full"),
    ],
)
def test_a_malformed_part_is_refused(
    trees: dict[str, Any], path: tuple[str, ...], value: object
) -> None:
    broken = deepcopy(trees)
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(ValueError, match=re.escape(path[-1] if path[-1] != "value" else path[-2])):
        read_guidance(broken)


def test_a_source_needs_a_date_of_some_kind(trees: dict[str, Any]) -> None:
    broken = deepcopy(trees)
    del broken["sources"]["S0"]["as_of"]
    with pytest.raises(ValueError, match="needs a `date`"):
        read_guidance(broken)
