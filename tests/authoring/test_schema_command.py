"""`tabletop schema` as an author runs it, and the schema beside a scenario kept up to date."""

from pathlib import Path

import examples
import pytest
from command import Tabletop

ROOT = Path(__file__).parents[2]
COMMENT = "# yaml-language-server: $schema=scenario.schema.json\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(COMMENT + examples.FRAME, encoding="utf-8")
    return path


def test_the_schema_of_any_scenario_is_the_shipped_one(tabletop: Tabletop) -> None:
    shipped = (ROOT / "tabletop" / "scenario.schema.json").read_text(encoding="utf-8")
    assert tabletop("schema").out == shipped


def test_names_of_a_broken_file_are_still_in_its_schema(tabletop: Tabletop, file: Path) -> None:
    file.write_text("roles: {sergeant: 5}\nscenes: [no]\n", encoding="utf-8")
    made = tabletop("schema", str(file))
    assert made.json["definitions"]["role"]["enum"] == ["sergeant"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("schema", "nowhere.yaml"), "There is no scenario at nowhere.yaml"),
        (("schema", "torn.yaml"), "torn.yaml:1:1"),
        (("schema", "-o", "scenario.yaml"), "scenario.yaml is no schema that tabletop wrote"),
        (("schema", "-o", "."), "is no schema that tabletop wrote"),
        (("schema", "-o", "missing/x.json"), "missing/x.json can't be written: No such file"),
    ],
)
def test_what_can_not_be_is_one_sentence(
    tabletop: Tabletop, file: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    before = file.read_bytes()
    file.with_name("torn.yaml").write_text("- only a list\n", encoding="utf-8")
    said = tabletop(*arguments)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert file.read_bytes() == before


def test_a_check_writes_the_schema_beside_a_scenario_again(tabletop: Tabletop, file: Path) -> None:
    beside = file.with_name("scenario.schema.json")
    check = ("check", "--quick", str(file))
    tabletop(*check)
    assert not beside.exists(), "nobody asked for one"
    tabletop("schema", str(file), "-o", str(beside))
    first = beside.stat()
    tabletop(*check)
    assert beside.stat().st_ino == first.st_ino, "nothing has changed"
    file.write_text(file.read_text().replace("  ready:", "  prepared:"), encoding="utf-8")
    tabletop(*check)
    assert '"prepared"' in beside.read_text(encoding="utf-8")
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole + "\n  - {", encoding="utf-8")
    tabletop(*check)
    assert '"prepared"' in beside.read_text(encoding="utf-8"), "a torn file keeps its names"
    file.write_text(whole, encoding="utf-8")
    beside.write_text('{"mine": true}\n', encoding="utf-8")
    tabletop(*check)
    assert beside.read_text(encoding="utf-8") == '{"mine": true}\n', "it is somebody else's"


def test_a_schema_that_can_not_be_written_is_told_and_the_check_goes_on(
    tabletop: Tabletop, file: Path
) -> None:
    # Root may write anywhere, but not beside a name that leaves no room for a longer one.
    beside = file.with_name(f"{'s' * 245}.json")
    tabletop("schema", str(file), "-o", "short.json")
    file.with_name("short.json").rename(beside)
    source = file.read_text(encoding="utf-8").replace("scenario.schema.json", beside.name)
    file.write_text(source.replace("  ready:", "  prepared:"), encoding="utf-8")
    said = tabletop("check", "--quick", str(file))
    assert "can't be written: File name too long" in said.err
    assert said.err.count("\n") == 1
    assert "TT213" in said.out
