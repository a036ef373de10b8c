"""A debrief comes from the record alone: without the scenario and the library it is the same.

Everything is made twice by the program as a person starts it, the second time with the scenario
deleted and the library out of reach, and held against each other byte for byte.
"""

import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import shipped
from command import ROOT, surroundings
from playing import files, play, run

from tabletop.conduct.folder import DataFolder
from tabletop.conduct.library import Library
from tabletop.conduct.solo import begin
from tabletop.conduct.world import World
from tabletop.exercise import events as e

UNREACHABLE = """
import json, sys
shut, commands = json.loads(sys.argv[1])
def watch(event, given):
    if event in ("open", "os.listdir", "os.scandir") and str(given[0]).startswith(tuple(shut)):
        raise FileNotFoundError(given[0])
if shut:
    sys.addaudithook(watch)
from tabletop.cli import main
for command in commands:
    sys.argv = ["tabletop", *command]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, (command, ended.code)
"""


def made(data: Path, into: Path, exercises: tuple[str, str], asked: str, shut) -> dict:
    """Everything that is made of an exercise, and what was printed, by name."""
    into.mkdir()
    exercise, _ = exercises
    commands = (
        ("debrief", exercise, "-o", "papers", "--format", "md", "--format", "html"),
        ("debrief", exercise, "--only", "debrief", "-o", "papers", "--format", "docx", "--names"),
        ("debrief", exercise, "--what-if", asked),
        ("debrief", exercise, "--explain"),
        ("compare", *exercises),
        *(("export", exercise, "-o", form, "--format", form) for form in ("csv", "jsonl", "xapi")),
    )
    done = subprocess.run(
        [sys.executable, "-c", UNREACHABLE, json.dumps((list(map(str, shut)), commands))],
        capture_output=True,
        timeout=60,
        cwd=into,
        env={**surroundings(), "TABLETOP_DATA": str(data)},
        check=False,
    )
    assert not done.returncode, done.stderr.decode()
    printed = done.stdout.replace(str(into).encode(), b"")
    return {**opened(files(into)), "printed": printed, "errors": done.stderr}


def opened(found: dict[str, bytes]) -> dict[str, bytes]:
    """Files by name; what a Word file holds one by one, since packing it notes the time."""
    whole = {}
    for name, content in found.items():
        if not name.endswith(".docx"):
            whole[name] = content
            continue
        with ZipFile(BytesIO(content)) as packed:
            whole |= {f"{name}/{each}": packed.read(each) for each in packed.namelist()}
    return whole


@pytest.mark.parametrize(
    "slug", [pytest.param("larkmoor_row", marks=pytest.mark.soak), "first_hour"]
)
def test_deleting_the_scenario_and_the_library_changes_no_byte(slug: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(shipped.ROOT, mine)
    data = tmp_path / "data"

    async def played(role: int) -> tuple[str, str]:
        scenario = Library().load(str(mine / slug / "scenario.yaml"))
        roles = tuple(scenario.scenario.roles)[role : role + 1]
        world = World.fixed(3 + role)
        exercise = await begin(Library(), DataFolder(data), scenario, roles, world=world)
        await play(exercise)
        record = await exercise.record()
        settled = (x for entry in record.entries for x in entry.events if isinstance(x, e.Settled))
        first = next(each for each in settled if each.how == "sole" and len(each.marks) > 1)
        other = next(mark.option for mark in first.marks if mark.option != first.option)
        await exercise.close()
        return exercise.id, f"{first.decision}={other}"

    exercise, asked = run(played(0))
    second, _ = run(played(1))
    before = made(data, tmp_path / "before", (exercise, second), asked, ())
    assert len(before) > 10
    shutil.rmtree(mine)
    after = made(data, tmp_path / "after", (exercise, second), asked, (mine, ROOT / "scenarios"))
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
