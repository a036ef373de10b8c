"""A scenario in an editor: a real language server completes, explains and underlines it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shipped
from command import Tabletop
from language_server import PROGRAM, REQUIRED, LanguageServer

pytestmark = pytest.mark.skipif(
    PROGRAM is None and not REQUIRED, reason="no yaml-language-server on this machine"
)


def copied(tabletop: Tabletop, folder: Path) -> Path:
    """First Hour in a folder of its own, with the schema of its names beside it."""
    source = (shipped.ROOT / "first_hour" / "scenario.yaml").read_text(encoding="utf-8")
    path = folder / "scenario.yaml"
    path.write_text(source.replace("../../tabletop/scenario", "scenario"), encoding="utf-8")
    made = tabletop("schema", str(path), "-o", str(path.with_name("scenario.schema.json")))
    assert made.code == 0, made.err
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    return copied(Tabletop(folder / "data"), folder)


@pytest.fixture(scope="module")
def server(file: Path) -> Iterator[LanguageServer]:
    server = LanguageServer(file.parent)
    yield server
    server.close()


class Text:
    """The scenario's text, with one line of it replaced at a time."""

    def __init__(self, path: Path) -> None:
        self.lines = path.read_text(encoding="utf-8").split("\n")

    def line(self, begins: str) -> int:
        return next(n for n, each in enumerate(self.lines) if each.strip().startswith(begins))

    def place(self, line: str, word: str) -> tuple[int, int]:
        number = self.line(line)
        return number, self.lines[number].index(word) + 1

    def with_line(self, begins: str, new: str) -> tuple[str, tuple[int, int]]:
        number = self.line(begins)
        lines = [*self.lines[:number], *new.split("\n"), *self.lines[number + 1 :]]
        last = number + new.count("\n")
        return "\n".join(lines), (last, len(lines[last]))


def test_an_editor_completes_the_names_of_the_file(file: Path, server: LanguageServer) -> None:
    text = Text(file)
    assert server.shown(file, "\n".join(text.lines)) == []
    scenes = {"depot", "lobby", "helper", "before_three", "daylight", "loose_ends", "empty_chairs"}
    for begins, new, expected in (
        ("- to: helper", "      - to: ", scenes),
        ("by: investigator", "        by: ", {"investigator", "advocate", "prosecutor"}),
        ("by: investigator", "        by: [", {"investigator", "advocate", "prosecutor"}),
        ("stand_in: call_first", "        stand_in: ", {"accounts", "call_first", "station"}),
        ("under:", "        under: ", {"bell_release"}),
        ("point: DP21", "        ", {"point", "consult", "advice", "reasons"}),
    ):
        changed, place = text.with_line(begins, new)
        server.shown(file, changed)
        assert expected <= server.offered(file, place).keys(), new
    changed, place = text.with_line("practices: [name_resource", "        practices: [")
    server.shown(file, changed)
    said = server.offered(file, place)
    assert said["name_resource_limits"].startswith("Name the limits of your resources")


def test_an_editor_tells_what_a_field_is_for(file: Path, server: LanguageServer) -> None:
    text = Text(file)
    server.shown(file, "\n".join(text.lines))
    for line, word, expected in (
        ("narration:", "narration", "What all who are there read on entering"),
        ("stand_in: call_first", "stand_in", "How a stand"),
        ("by: investigator", "by", "The roles that decide"),
        ("- to: helper", "helper", "The helpful dispatcher"),
        ("vc: -1", "vc", "The mark for victim-centeredness"),
    ):
        assert expected in server.told(file, text.place(line, word))


def test_an_editor_underlines_what_is_wrong(file: Path, server: LanguageServer) -> None:
    text = Text(file)
    for begins, new, expected in (
        ("- to: helper", "      - to: helpr", '"helper"'),
        ("by: investigator", "        by: investigatr", '"investigator"'),
        ("stand_in: call_first", "        stand_in: call_frst", '"call_first"'),
        ("narration:", "    narratio: |", "narratio"),
        ("- when: at_station", "      - when: at_statoin", "names that this file declares"),
        ("jurisdiction:", "jurisdiction: aldr", '"alder"'),
    ):
        found = server.shown(file, text.with_line(begins, new)[0])
        assert any(expected in each for each in found), (new, found)


def test_the_schema_follows_the_file_when_it_is_checked(
    server: LanguageServer, tabletop: Tabletop, tmp_path: Path
) -> None:
    file = copied(tabletop, tmp_path)
    text = Text(file)
    role = "  sergeant: {discipline: law_enforcement, name: Sgt. Ode, brief: You lead.}"
    added, _ = text.with_line("roles:", f"roles:\n{role}")
    added = added.replace("        by: investigator\n", "        by: sergeant\n", 1)
    assert any('"advocate"' in each for each in server.shown(file, added))
    file.write_text(added, encoding="utf-8")
    tabletop("check", "--quick", str(file))
    schema = file.with_name("scenario.schema.json").as_uri()
    changes = [{"uri": schema, "type": 2}]
    assert server.after(file, "workspace/didChangeWatchedFiles", changes=changes) == []
