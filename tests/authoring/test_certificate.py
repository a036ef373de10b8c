"""Certificates: what they prove, what they rest on, and what makes one out of date."""

import json
import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import examples
import pytest
import shipped

from tabletop.authoring.certificate import (
    FILE,
    Unusable,
    as_text,
    certificate,
    guidance_digest,
    outdated,
    read_certificate,
)
from tabletop.authoring.proof import prove
from tabletop.exercise.codec import canonical
from tabletop.exercise.engine import Engine
from tabletop.plain.exploring import Progress

BROKEN = examples.FRAME.replace("class: capacity", "class: capacities")
STUCK = examples.FRAME.replace(
    "      - to: waited", "      - {when: notice == on_call, to: waited}"
)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "door" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(examples.FRAME, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made():
    reading = examples.reading(examples.FRAME)
    proof = prove(reading, shipped.guidance())
    engine = proof.checked.engine
    return certificate(engine, examples.FRAME.encode(), "scenario.yaml", proof), engine


def test_a_certificate_is_written_beside_the_scenario_and_holds(within, scenario) -> None:
    said = within("certify", str(scenario))
    assert said.code == 0, said.err
    assert "The side door 1.0.0 is proved." in said.out
    written = scenario.with_name(FILE)
    assert str(written) in said.out
    assert within("check", str(scenario)).code == 0
    again = within("certify", "--check", str(scenario))
    assert again.code == 0, again.err
    assert sorted(path.name for path in scenario.parent.iterdir()) == [FILE, "scenario.yaml"]


def test_the_same_scenario_gives_the_same_bytes_in_any_folder_and_process(
    tabletop, scenario, tmp_path
) -> None:
    texts = set()
    for seed in ("0", "7"):
        folder = tmp_path / f"copy_{seed}"
        folder.mkdir()
        (folder / "scenario.yaml").write_bytes(scenario.read_bytes())
        assert tabletop("certify", str(folder), PYTHONHASHSEED=seed).code == 0
        texts.add((folder / FILE).read_bytes())
    (only,) = texts
    assert str(tmp_path).encode() not in only


def test_it_says_what_was_explored_and_found(made) -> None:
    values, engine = made
    assert json.loads(as_text(values)) == json.loads(json.dumps(values))
    assert values["scenario"]["law_as_of"] == "2026-11-01"
    assert values["scenario"]["key"] == "author"
    everyone = values["attendances"][0]
    assert everyone["people"] == list(engine.scenario.roles)
    assert everyone["situations"] == examples.checked(examples.FRAME).situations
    assert len(values["attendances"]) == 2 ** len(engine.scenario.roles)
    assert [each["facilitated"] for each in values["attendances"]].count(True) == 1
    for ending in values["endings"].values():
        assert ending["reached"]
        assert ending["route"][-1].startswith("expect: {ended")
    assert values["findings"] == values["waivers"] == []


def test_waivers_and_findings_are_stated(within, tmp_path) -> None:
    text = examples.laid_over(
        "facts:\n"
        "  source: {class: operational_detail, text: A list., held_by: investigator}\n"
        "  other: {class: operational_detail, text: A second list., held_by: investigator}\n"
        "waive:\n  TT417: {at: facts.source, reason: It is background for her alone.}\n"
    )
    path = tmp_path / "scenario.yaml"
    path.write_text(text, encoding="utf-8")
    said = within("certify", str(path))
    assert said.code == 0
    assert "One finding is neither mended nor waived" in said.out
    values = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    (waived,), (left,) = values["waivers"], values["findings"]
    assert (waived["code"], waived["at"]) == ("TT417", "facts.source")
    assert waived["reason"] == "It is background for her alone."
    assert (left["code"], left["at"]) == ("TT417", "facts.other")


@pytest.mark.parametrize(
    ("text", "arguments", "code", "said"),
    [
        (BROKEN, (), 1, "has an error and gets no certificate"),
        (STUCK, (), 1, "has an error and gets no certificate"),
        (examples.FRAME, ("--limit", "5"), 3, "the limit of 5 situations was hit"),
        ("- just\n- words\n", (), 2, "gets no certificate"),
    ],
    ids=["unreadable", "stuck", "bounded", "no scenario"],
)
def test_what_is_not_proved_gets_none(within, scenario, text, arguments, code, said) -> None:
    scenario.write_text(text, encoding="utf-8")
    answer = within("certify", str(scenario), *arguments)
    assert answer.code == code
    assert said in answer.err
    assert answer.err.count("\n") == 1
    assert not scenario.with_name(FILE).exists()


def test_what_is_interrupted_gets_none(monkeypatch, within, scenario) -> None:
    def interrupted(*_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Progress, "show", interrupted)
    said = within("certify", str(scenario))
    assert said.code == 130
    assert "Stopped before" in said.err
    assert not scenario.with_name(FILE).exists()


def codes(within, scenario) -> dict[str, str]:
    said = within("check", str(scenario), "--quick", "--json")
    return {each["code"]: each["message"] for each in said.json}


def test_a_check_says_what_has_changed_since(within, scenario) -> None:
    assert within("certify", str(scenario)).code == 0
    assert codes(within, scenario) == {}
    scenario.write_bytes(scenario.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(within, scenario) == {}
    scenario.write_bytes(scenario.read_bytes() + b"# A thought.\n")
    found = codes(within, scenario)
    assert list(found) == ["TT701"]
    assert "since then the scenario has changed" in found["TT701"]
    assert within("check", str(scenario), "--quick").code == 1
    assert within("certify", str(scenario)).code == 0
    assert codes(within, scenario) == {}


def test_another_version_of_the_tool_is_named(made) -> None:
    values, engine = made
    old = {**values, "tool_version": "0.0.9"}
    (said,) = outdated(old, examples.FRAME.encode(), engine)
    assert "0.0.9, now " in said


def test_one_of_a_later_form_is_not_read(made) -> None:
    values, _ = made
    later = {name: each for name, each in values.items() if name != "seal"} | {"form": 99}
    sealed = {**later, "seal": sha256(canonical(later)).hexdigest()}
    with pytest.raises(Unusable, match="a newer version of tabletop"):
        read_certificate(as_text(sealed).encode())


def test_only_guidance_that_is_used_makes_one_out_of_date(made) -> None:
    _, engine = made
    scenario, registry = engine.scenario, shipped.guidance()
    digest = guidance_digest(scenario, registry)

    def after(sort: str, name: str, **change: object) -> str:
        entries = dict(getattr(registry, sort))
        entries[name] = entries[name].model_copy(update=change)
        return guidance_digest(scenario, registry.model_copy(update={sort: entries}))

    used, unused = "advance_notice_to_providers", "relief_not_a_bargain"
    assert after("practices", unused, text="Otherwise.") == digest
    assert after("sources", "R11", title="Otherwise.") == digest
    assert after("glossary", next(iter(registry.glossary)), means="Otherwise.") == digest
    source = registry.practices[used].cites[0].source
    law = {**registry.jurisdictions["alder"].attributes}
    law.pop(next(iter(law)))
    changed = {
        after("practices", used, text="Otherwise."),
        after("sources", source, title="Otherwise."),
        after("fact_classes", "capacity", may_go="Otherwise."),
        after("jurisdictions", "alder", attributes=law),
    }
    assert len(changed) == 4
    assert digest not in changed
    values, _ = made
    practices = {**registry.practices}
    practices[used] = practices[used].model_copy(update={"text": "Otherwise."})
    later = Engine(scenario, registry.model_copy(update={"practices": practices}))
    assert outdated(values, examples.FRAME.encode(), later) == ("the guidance it uses",)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"situations": ', '"situations": 1', 1),
        lambda text: text.replace('"key": "author"', '"key": "panel"'),
        lambda text: text.replace('"findings": []', '"findings": [{}]'),
        lambda text: text[:-40],
        lambda text: "[]",
        lambda text: "{}",
        lambda text: "",
        lambda text: '{"form": 1}',
        lambda text: text.replace('"form": 1', '"form": 99'),
        lambda text: text.replace('"form": 1', '"form": NaN'),
        lambda text: "[" * 100_000,
        lambda text: "\0" * 100,
    ],
)
def test_one_that_someone_wrote_in_is_told(within, made, scenario, change) -> None:
    values, _ = made
    text = change(as_text(values))
    with pytest.raises(Unusable):
        read_certificate(text.encode())
    scenario.with_name(FILE).write_text(text, encoding="utf-8")
    found = codes(within, scenario)
    assert list(found) == ["TT702"]


def test_proving_again_shows_what_a_seal_can_not(within, scenario, made) -> None:
    values, _ = made
    told = dict(values)
    del told["seal"]
    told["attendances"] = [{**told["attendances"][0], "situations": 7}, *told["attendances"][1:]]
    seal = sha256(canonical(told)).hexdigest()
    scenario.with_name(FILE).write_text(as_text({**told, "seal": seal}), encoding="utf-8")
    before = scenario.with_name(FILE).read_bytes()
    assert codes(within, scenario) == {}
    said = within("certify", "--check", str(scenario))
    assert said.code == 1
    assert "says otherwise" in said.err
    assert "attendances" in said.out
    assert scenario.with_name(FILE).read_bytes() == before


def test_a_missing_one_is_no_finding_but_can_not_be_checked(within, scenario) -> None:
    assert codes(within, scenario) == {}
    said = within("certify", "--check", str(scenario))
    assert said.code == 1
    assert f"has no {FILE} beside it" in said.err


def test_what_lies_in_its_place_is_not_followed(within, scenario, tmp_path) -> None:
    place = scenario.with_name(FILE)
    place.mkdir()
    said = within("certify", str(scenario))
    assert said.code == 2
    assert said.err.count("\n") == 1
    assert list(codes(within, scenario)) == ["TT702"]
    place.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine", encoding="utf-8")
    place.symlink_to(elsewhere)
    assert within("certify", str(scenario)).code == 0
    assert elsewhere.read_text(encoding="utf-8") == "mine"
    assert not place.is_symlink()
    assert sorted(path.name for path in scenario.parent.iterdir()) == [FILE, "scenario.yaml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_not_be_written_is_one_sentence(within, scenario) -> None:
    scenario.parent.chmod(0o500)
    try:
        said = within("certify", str(scenario))
    finally:
        scenario.parent.chmod(0o700)
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_the_certificate_of_another_scenario_is_left_alone(within, scenario) -> None:
    assert within("certify", str(scenario)).code == 0
    draft = scenario.with_name("draft.yaml")
    draft.write_text(f"{examples.FRAME}# Not yet.\n", encoding="utf-8")
    assert codes(within, draft) == {}
    said = within("certify", str(draft))
    assert said.code == 2
    assert "is the certificate of scenario.yaml" in said.err
    scenario.unlink()
    assert within("certify", str(draft)).code == 0


def test_programs_are_told_the_same(within, scenario) -> None:
    said = within("certify", str(scenario), "nowhere", "--json")
    assert said.code == 2
    assert [each["outcome"] for each in said.json] == ["proved", "unusable"]
    (again,) = within("certify", "--check", str(scenario), "--json").json
    assert again["outcome"] == "holds"


def test_a_proof_with_everyone_stopped_is_none() -> None:
    reading = examples.reading(examples.FRAME)
    proof = prove(reading, shipped.guidance())
    assert proof.stopped == ""
    bounded = replace(proof, facilitated=replace(proof.facilitated, stopped="limit"))
    assert bounded.stopped == "limit"
    assert prove(reading, shipped.guidance(), limit=3).stopped == "limit"
