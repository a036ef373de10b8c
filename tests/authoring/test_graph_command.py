"""`tabletop graph` at the command line."""

import sys
import tomllib

import pytest
import shipped
from examples import FRAME

from tabletop.authoring.diagram.placing import REQUIREMENT

PLAY = shipped.ROOT / "first_hour" / "plays" / "to_the_station.yaml"


def test_a_map_tells_scenes_ways_and_findings_in_lines(tabletop, tmp_path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(FRAME.replace("\nstart: ", "\nstart: not_"), encoding="utf-8")
    said = tabletop("graph", str(path))
    assert said.code == 0, said.err
    assert "No such scene" in said.out
    assert "! Error TT" in said.out


def test_an_exercise_and_a_route_paint_their_path(tabletop, finished) -> None:
    played = tabletop("graph", "first_hour", "--quick", "--record", finished)
    assert played.err == ""
    assert "The path taken" in played.out
    assert ". Step 1\n" in played.out
    routed = tabletop("graph", "first_hour", "--quick", "--route", str(PLAY))
    assert "  1. The depot [depot]" in routed.out
    assert "     first_step: station" in routed.out


def test_an_exercise_of_another_version_is_painted_with_a_word_about_it(
    tabletop, finished, tmp_path
) -> None:
    source = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
    path = tmp_path / "later.yaml"
    path.write_text(source.replace("version: 1.0.0", "version: 1.0.1"), encoding="utf-8")
    said = tabletop("graph", str(path), "--quick", "--record", finished)
    assert "was played on another version of" in said.err
    assert "The path taken" in said.out
    other = tabletop("graph", "larkmoor_row", "--quick", "--record", finished)
    assert other.code == 2
    assert "which has no scene called depot" in other.err


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("map.svg", "<svg "),
        ("map.mmd", "flowchart TD\n"),
        ("map.gv", "digraph "),
    ],
)
def test_a_map_is_saved_as_its_name_says(tabletop, tmp_path, name, beginning) -> None:
    said = tabletop("graph", "first_hour", "--quick", "-o", name)
    assert said.out == f"Saved: {name}\n"
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)


def test_without_its_library_a_picture_says_what_to_install_and_the_rest_is_drawn(
    tabletop, tmp_path
) -> None:
    (tmp_path / "graphlay.py").write_text("raise ModuleNotFoundError\n", encoding="utf-8")
    without = {"PYTHONPATH": f"{tmp_path}:{shipped.ROOT.parent}"}
    said = tabletop("graph", "first_hour", "--quick", "--format", "svg", **without)
    assert said.code == 2
    assert f"{sys.executable} -m pip install '{REQUIREMENT}'" in said.err
    assert tabletop("graph", "first_hour", "--quick", "--format", "dot", **without).code == 0


def test_what_is_to_be_installed_is_what_the_extra_asks_for() -> None:
    project = tomllib.loads((shipped.ROOT.parent / "pyproject.toml").read_text())["project"]
    assert project["optional-dependencies"]["graph"] == [REQUIREMENT]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--record", "nobody"], "There is no exercise nobody"),
        (["--route", "gone.yaml"], "There is no file gone.yaml."),
        (["--route", str(PLAY), "--record", "x"], "One path at a time"),
        (["-o", "."], "can't be written: it is a folder."),
        (["-o", "gone/map.txt"], "can't be written: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(tabletop, arguments, sentence) -> None:
    said = tabletop("graph", "first_hour", "--quick", *arguments)
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_what_does_not_read_is_not_drawn(tabletop, tmp_path) -> None:
    path = tmp_path / "notes.yaml"
    path.write_text("just: notes\n", encoding="utf-8")
    said = tabletop("graph", str(path))
    assert said.code == 2
    assert "can't be drawn before it reads" in said.err


def test_a_bound_that_is_hit_is_said_on_the_map_and_in_the_exit_code(tabletop) -> None:
    said = tabletop("graph", "first_hour", "--limit", "3")
    assert said.code == 3
    assert "TT421" in said.out
