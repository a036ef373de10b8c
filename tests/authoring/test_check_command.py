"""`tabletop check`, `tabletop explain` and `tabletop play --route` at the command line."""

import json
from pathlib import Path

import examples
import pytest

STUCK = examples.FRAME.replace(
    "      - to: waited", "      - {when: notice == on_call, to: waited}"
)


@pytest.fixture
def stuck(tmp_path: Path) -> str:
    path = tmp_path / "stuck.yaml"
    path.write_text(STUCK, encoding="utf-8")
    return str(path)


def test_a_check_explores_and_a_quick_one_does_not(tabletop, stuck) -> None:
    said = tabletop("check", stuck)
    assert said.code == 1
    assert "error[TT405]: in the scene `corridor` no way on may hold" in said.out
    assert tabletop("check", stuck, "--quick").code == 0


def test_a_limit_that_is_hit_has_an_exit_code_of_its_own(tabletop, stuck) -> None:
    said = tabletop("check", stuck, "--limit", "3")
    assert said.code == 3
    assert "the limit of 3 situations was hit" in said.out


def test_whoever_stops_it_gets_what_was_found(within, stuck, monkeypatch) -> None:
    """What is found at rest stands, nothing is said that was not proved, nor the next file read."""

    def stop(self: object, *reached: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tabletop.plain.exploring.Progress.show", stop)
    said = within("check", stuck, "missing.yaml")
    assert said.code == 130
    assert "warning[TT421]: exploring was interrupted; more was not proved" in said.out
    assert "TT404" not in said.out
    assert "missing" not in said.err


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_formats_for_programs_are_json(tabletop, stuck, form) -> None:
    assert json.loads(tabletop("check", stuck, "--format", form).out)
    assert json.loads(tabletop("check", "missing.yaml", "--format", form).out) is not None


def test_a_route_is_saved_and_played_to_where_it_leads(tabletop, stuck, tmp_path) -> None:
    tabletop("check", stuck, "--routes", str(tmp_path / "routes"))
    (route,) = (tmp_path / "routes").iterdir()
    assert route.name == "001_TT405.yaml"
    said = tabletop("play", stuck, "--route", str(route), "--plain", typed="q\n")
    assert said.code == 0, said.err
    assert "corridor of the courthouse" in " ".join(said.out.split())
    exercises = tabletop("exercises", "--json").json
    assert len(exercises) == 1


def test_a_route_that_is_refused_or_does_not_fit_is_one_sentence(tabletop, tmp_path) -> None:
    path = tmp_path / "route.yaml"
    for text in (
        "title: A\npeople: [investigator]\nsteps: [advance]\n",
        "title: A\npeople: [nobody]\nsteps: [advance]\n",
        "title: A\nfacilitated: true\nsteps: []\n",
        "just words\n",
    ):
        path.write_text(text, encoding="utf-8")
        said = tabletop("play", "first_hour", "--route", str(path), "--plain")
        assert said.code == 2, text
        assert said.err.count("\n") == 1
    assert tabletop("exercises", "--json").json == []


def test_a_code_is_explained_and_all_are_listed(tabletop) -> None:
    assert tabletop("explain", "tt408").out.startswith("# TT408: A choice that changes nothing")
    assert "TT514" in tabletop("explain").out
    said = tabletop("explain", "TT498")
    assert said.code == 2
    assert "did you mean" in said.err
