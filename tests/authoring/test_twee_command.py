"""`tabletop twee export` and `tabletop twee import` at the command line."""

from pathlib import Path

import pytest

FOREIGN = Path(__file__).parent / "foreign.twee"


def test_a_scenario_goes_out_and_comes_in_as_one_that_can_be_played(tabletop, tmp_path) -> None:
    said = tabletop("twee", "export", "first_hour", "-o", "story.twee")
    assert said.out == "Saved: story.twee\n"
    assert "Not in the story: 10 injects" in said.err
    story = (tmp_path / "story.twee").read_bytes()
    said = tabletop("twee", "import", "story.twee", "-o", "made")
    assert said.code == 0
    assert "says what is missing" in " ".join(said.out.split())
    assert (tmp_path / "made" / "story.twee").read_bytes() == story
    assert "no problems" not in tabletop("check", "--quick", "made").out
    again = tabletop("twee", "import", "story.twee", "-o", "made")
    assert again.code == 2
    assert "scenario.yaml is there already; choose another folder." in again.err


def test_a_story_is_printed_with_what_did_not_carry_over_beside_it(tabletop) -> None:
    said = tabletop("twee", "import", str(FOREIGN))
    assert said.code == 0
    assert said.out.startswith("# This is a skeleton.")
    assert "tabletop: - macros in Desk: (set: $trust to 3)" in said.err


def test_without_the_library_that_lays_it_out_the_map_is_a_grid_and_says_so(
    tabletop, tmp_path
) -> None:
    (tmp_path / "graphlay.py").write_text("raise ModuleNotFoundError\n", encoding="utf-8")
    path = f"{tmp_path}:{FOREIGN.parents[2]}"
    said = tabletop("twee", "export", "first_hour", PYTHONPATH=path)
    assert said.out.count('{"position": ') == 8
    assert "The passages lie on a plain grid" in said.err


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("gone.twee", None, "There is no file gone.twee."),
        ("latin.twee", ":: A\n\nCaf\xe9\n".encode("latin-1"), "latin.twee:3: this is not UTF-8"),
        ("letter.twee", b"Dear all\n", "letter.twee holds no passages of a story"),
        ("large.twee", b":: A\n" * 250_000, "large.twee is larger than 1 MiB"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tabletop, tmp_path, name, content, sentence
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    said = tabletop("twee", "import", name, "-o", "made")
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "made").exists()


def test_marks_and_line_ends_of_other_systems_are_read(tabletop, tmp_path) -> None:
    (tmp_path / "dos.twee").write_bytes(b"\xef\xbb\xbf:: A\r\nOne. [[B]]\r\n\r\n:: B\r\nTwo.\r\n")
    said = tabletop("twee", "import", "dos.twee")
    assert "narration: One. B" in said.out
    assert "ending: true" in said.out
