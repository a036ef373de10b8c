"""The library: what is on the shelf, and whatever else somebody may name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.conduct import library as module
from tabletop.conduct.errors import LibraryError
from tabletop.conduct.library import Library, guidance, shipped
from tabletop.conduct.source_file import LARGEST

FIRST_HOUR = shipped() / "first_hour"


@pytest.fixture
def shelf(tmp_path):
    """A shelf with First Hour on it and a pile of broken files."""
    source = (FIRST_HOUR / "scenario.yaml").read_bytes()
    for slug in ("first_hour", "second_hour"):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "scenario.yaml").write_bytes(source)
    return tmp_path


def refused(ref, library=None) -> str:
    with pytest.raises(LibraryError) as error:
        (library or Library()).load(ref)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert "\x1b" not in sentence
    assert len(sentence) < 500
    return sentence


def test_every_shipped_scenario_has_a_whole_card():
    cards = Library().cards()
    assert {"first_hour", "larkmoor_row"} <= {card.slug for card in cards}
    for card in cards:
        assert not card.problem
        assert card.title
        assert card.summary
        assert 0 < card.minutes_alone < card.minutes_group
        assert card.themes
        assert all(note for _, note in card.themes)
        for role in card.roles:
            assert role.name
            assert role.discipline in ("law_enforcement", "victim_services", "attorney")
            assert bool(role.hat) == (role.discipline == "attorney")
    assert cards[0].slug == "first_hour"


def test_a_card_says_what_the_scenario_says():
    library = Library()
    for card in library.cards():
        scenario = library.load(card.slug).scenario
        assert card.title == scenario.title
        assert card.summary == scenario.summary.strip()
        assert (card.minutes_alone, card.minutes_group) == (
            scenario.minutes.alone, scenario.minutes.group,
        )  # fmt: skip
        assert dict(card.themes) == scenario.themes
        assert [role.id for role in card.roles] == list(scenario.roles)
        for role in card.roles:
            authored = scenario.roles[role.id]
            assert (role.name, role.line) == (authored.name, authored.line or "")
            assert bool(role.joins_title) == (authored.joins is not None)


def test_a_shelf_of_ones_own(shelf):
    library = Library([shelf])
    assert library.slugs() == ("first_hour", "second_hour")
    assert library.load("second_hour").slug == "second_hour"
    assert library.load("second_hour").scenario == Library().load("first_hour").scenario


def test_a_broken_scenario_is_on_the_shelf_with_its_reason(shelf):
    for slug, source in {
        "empty": b"",
        "list": b"- a\n- b\n",
        "binary": os.urandom(5000),
        "unclosed": b"title: [\n",
        "no_roles": b"title: A\nscenes: {}\n",
        "odd": b"title: A\nroles: 3\nminutes: soon\nthemes: [a]\n",
        "twice": b"title: A\ntitle: B\nroles: {a: {name: A}}\n",
        "deep": b"roles: " + b"[" * 10_000,
        "alias": b"roles: &a {x: 1}\ntitle: *a\n",
    }.items():
        (shelf / slug).mkdir()
        (shelf / slug / "scenario.yaml").write_bytes(source)
    (shelf / "loop").mkdir()
    (shelf / "loop" / "scenario.yaml").symlink_to(shelf / "loop" / "scenario.yaml")
    (shelf / "folder" / "scenario.yaml").mkdir(parents=True)
    cards = {card.slug: card for card in Library([shelf]).cards()}
    assert {slug for slug, card in cards.items() if not card.problem} == {
        "first_hour", "second_hour",
    }  # fmt: skip
    assert len(cards) == 13
    for card in cards.values():
        assert "\n" not in card.problem


def test_a_scenario_is_named_by_slug_folder_or_file(monkeypatch):
    library = Library()
    by_slug = library.load("first_hour")
    for ref in (FIRST_HOUR, str(FIRST_HOUR), FIRST_HOUR / "scenario.yaml", f"{FIRST_HOUR}/"):
        found = library.load(ref)
        assert (found.slug, found.scenario) == ("first_hour", by_slug.scenario)
    monkeypatch.chdir(FIRST_HOUR)
    assert library.load(".").slug == "first_hour"
    assert library.load("scenario.yaml").slug == "first_hour"
    assert library.load("./scenario.yaml").source == by_slug.source


def test_a_file_of_another_name_is_called_by_it(tmp_path):
    path = tmp_path / "draft two.yaml"
    path.write_bytes((FIRST_HOUR / "scenario.yaml").read_bytes())
    assert Library().load(path).slug == "draft two"


def test_an_unknown_scenario_is_said_with_the_nearest_or_all():
    assert "did you mean first_hour" in refused("first-hour")
    assert "did you mean first_hour" in refused("firsthour")
    assert "did you mean larkmoor_row" in refused("Larkmoor_Row")
    assert "there are first_hour, larkmoor_row" in refused("zzz")
    assert "there are" in refused("")
    assert refused("no/such/file.yaml") == "There is no scenario at no/such/file.yaml."


@pytest.mark.parametrize(
    "ref",
    ["\x1b[2J\u202eevil", "a\x00b", "x" * 5000, "/dev/null", "/dev/zero", "/proc/self/mem", "/",
     "~nobody_at_all/x", "\ud800"],
)  # fmt: skip
def test_hostile_names_are_refused_in_a_sentence(ref):
    refused(ref)


def test_only_regular_files_are_read(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    assert "is not a file" in refused(pipe)
    loop = tmp_path / "loop.yaml"
    loop.symlink_to(loop)
    assert "can't be read" in refused(loop)
    dangling = tmp_path / "dangling.yaml"
    dangling.symlink_to(tmp_path / "nothing")
    assert "There is no file" in refused(dangling)
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "holds no scenario.yaml" in refused(folder)
    (folder / "scenario.yaml").mkdir()
    assert "is not a file" in refused(folder)
    linked = tmp_path / "linked.yaml"
    linked.symlink_to(FIRST_HOUR / "scenario.yaml")
    assert Library().load(linked).slug == "linked"


def test_a_huge_file_is_not_read_whole(tmp_path, monkeypatch):
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    read = []
    monkeypatch.setattr(
        module,
        "read_source",
        lambda path, real=module.read_source: read.append(real(path)) or read[-1],
    )
    refused(huge)
    assert len(read[0]) == LARGEST + 1


@pytest.mark.parametrize(
    "source",
    [b"", b"\x00" * 100, b"\xff\xfet\x00", b"- a", b"title: A", b"a: " + b"[" * 10_000,
     b"a: &a [*a]", b"<<: {a: 1}", b"title: \x1b[2J\nroles: {}"],
)  # fmt: skip
def test_a_wrong_file_is_refused_in_a_sentence_with_its_place(tmp_path, source):
    path = tmp_path / "wrong.yaml"
    path.write_bytes(source)
    assert str(path) in refused(path)


def test_a_wrong_scenario_says_how_many_more_problems_there_are(tmp_path):
    path = tmp_path / "wrong.yaml"
    source = (FIRST_HOUR / "scenario.yaml").read_text()
    path.write_text(source.replace("vc: 2", "vc: 22").replace("ci: 2", "ci: 22"))
    assert f"more, which `tabletop check {path}` shows" in refused(path)


def test_the_guidance_is_read_once():
    assert guidance() is guidance()
    assert len(guidance().practices) == 133


def test_without_its_scenarios_it_says_to_install_again(monkeypatch, tmp_path):
    monkeypatch.setattr(module.tabletop, "__file__", str(tmp_path / "tabletop" / "__init__.py"))
    with pytest.raises(LibraryError, match="install it again"):
        Library().cards()


def test_scenarios_inside_the_package_come_before_a_folder_beside_it(monkeypatch, tmp_path):
    for folder in (tmp_path / "scenarios", tmp_path / "tabletop" / "scenarios"):
        (folder / "guidance").mkdir(parents=True)
    monkeypatch.setattr(module.tabletop, "__file__", str(tmp_path / "tabletop" / "__init__.py"))
    assert shipped() == tmp_path / "tabletop" / "scenarios"


def test_cards_need_neither_the_model_nor_the_guidance():
    program = (
        "import sys; from tabletop.conduct.library import Library; Library().cards();"
        "print(sorted({'tabletop.scenario.model', 'tabletop.scenario.guidance', 'transitions'}"
        " & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"
