"""Kill it anywhere: every acknowledged command survives, and it ends in the same record."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playing import begun, play, run

from tabletop.conduct import solo
from tabletop.conduct.folder import DataFolder
from tabletop.exercise.codec import encode
from tabletop.exercise.record import entry_bytes

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A script, and the record of playing it without being killed."""
    folder = tmp_path_factory.mktemp("undisturbed")

    async def once():
        exercise, world = await begun(folder, names={"investigator": "Kim"})
        done = await play(exercise, world)
        record = await exercise.record()
        await exercise.close()
        return done, record

    done, record = run(once())
    script = folder / "script.json"
    script.write_text(json.dumps([(role, encode(command), key) for role, command, key in done]))
    return script, record


@pytest.mark.parametrize("moment", ["after", "before"])
def test_killed_at_every_entry_it_ends_in_the_same_record(tmp_path, undisturbed, moment):
    script, record = undisturbed
    ran = subprocess.run(
        [sys.executable, str(HERE / "play_and_die.py"), str(tmp_path), str(script), moment],
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    lives, code = map(int, ran.stdout.split())
    assert code == 0, ran.stderr
    # The first entry is the beginning itself; every further one cost a life or two.
    assert lives >= (len(record.entries) - 1) * (2 if moment == "before" else 1)
    folder = DataFolder(tmp_path)
    (summary,) = folder.exercises()
    survived = folder.record(summary.id)
    assert solo.verify(folder, summary.id).sound
    assert [entry_bytes(each) for each in survived.entries] == [
        entry_bytes(each) for each in record.entries
    ]
    assert survived == record
