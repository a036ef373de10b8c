"""The command line, as a process: what it answers, with which exit code, whatever it is given."""

import os
import pty
import re
import select
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from pathlib import Path

import pytest
import yaml
from command import ROOT

HOSTILE = "a\x1b]0;owned\x07[b]\u202e\u200b\x9b31mz"
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]")


def one_sentence(said, code=2):
    """Whether a command failed with one sentence for a person, and nothing else."""
    assert said.code == code, (said.out, said.err)
    assert said.out == ""
    assert said.err.startswith("tabletop: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    assert not ESCAPES.search(said.err.rstrip("\n"))
    return True


def test_version_and_help(tabletop):
    assert re.fullmatch(r"tabletop \d+\.\d+\.\d+\n", tabletop.fresh("--version").out)
    said = tabletop.fresh("--help")
    assert said.code == 0
    assert "Usage: tabletop" in said.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["library"], 0), (["test", "first_hour", "--json"], 0), (["play", "nothing"], 2)],
)
def test_a_command_says_the_same_whether_or_not_the_program_was_imported_before(
    tabletop, arguments, code
):
    """Keeps the others honest, which do without a start of their own."""
    forked, fresh = tabletop(*arguments), tabletop.fresh(*arguments)
    assert forked == fresh
    assert fresh.code == code


def test_what_one_command_does_the_next_knows_nothing_of(tabletop, tmp_path):
    assert tabletop("exercises", "--json").json == []
    tabletop.play("q")
    assert len(tabletop("exercises", "--json").json) == 1
    other = type(tabletop)(tmp_path / "other" / "data")
    other.data.parent.mkdir()
    assert other("exercises", "--json").json == []


def test_alone_without_a_terminal_it_says_what_else_there_is(tabletop):
    said = tabletop()
    assert said.code == 0
    assert "tabletop library" in " ".join(said.out.split())


def test_a_mistyped_command_is_guessed(tabletop):
    said = tabletop("libary")
    assert one_sentence(said)
    assert "did you mean library?" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nothing",),
        ("play",),
        ("play", "first_hour", "--seed", "x"),
        ("play", "first_hour", "--set", "agency"),
        ("play", "first_hour", "--set", "agncy=x"),
        ("play", "first_hour", "--role", "sheriff"),
        ("play", "first_hour", "--skip", "threts"),
        ("debrief", "x", "--format", "pdf"),
        ("debrief", "x", "--format", "md", "--format", "html"),
        ("erase", "x"),
        ("check",),
    ],
)
def test_a_usage_error_is_one_sentence(tabletop, arguments):
    assert one_sentence(tabletop(*arguments))


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("resume", "nothere"),
        ("replay", HOSTILE),
        ("verify", "../../etc/passwd"),
        ("debrief", HOSTILE),
        ("delete", "nothere"),
    ],
)
def test_an_unknown_exercise_is_one_sentence(tabletop, command, name):
    assert one_sentence(tabletop(command, name))


def test_an_unknown_exercise_is_guessed(tabletop, begun):
    near = begun[:-1] + ("2" if begun[-1] != "2" else "3")
    assert f"did you mean {begun}?" in tabletop("verify", near).err


def test_resume_without_an_exercise_is_one_sentence(tabletop):
    assert one_sentence(tabletop("resume"))


def test_an_unknown_scenario_is_guessed(tabletop):
    said = tabletop("play", "frist_hour")
    assert one_sentence(said)
    assert "did you mean first_hour?" in said.err


def test_library_lists_what_can_be_played(tabletop):
    names = [card["name"] for card in tabletop("library", "--json").json]
    assert "first_hour" in names
    assert "Contains threats" in tabletop("library").out


def test_exercises_lists_what_was_played(tabletop, begun, tmp_path):
    assert tabletop("--data", str(tmp_path / "other"), "exercises", "--json").json == []
    assert tabletop("exercises").out.startswith(begun)
    (listed,) = tabletop("exercises", "--json").json
    assert listed["scenario_name"] == "first_hour"
    assert listed["status"] == "running"


def test_a_data_folder_that_is_a_file_is_one_sentence(tabletop, tmp_path):
    tabletop.data.write_text("not a folder")
    assert one_sentence(tabletop("exercises"))
    said = tabletop("play", "first_hour", "--role", "advocate", typed="\n\n")
    assert said.code == 2
    assert said.err.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_folder_that_cannot_be_written_is_one_sentence(tabletop):
    tabletop.data.mkdir(mode=0o500)
    said = tabletop("play", "first_hour", "--role", "advocate", typed="\n\n")
    assert said.code == 2
    assert said.err.count("\n") == 1


def test_a_whole_exercise_verifies_replays_and_is_debriefed(tabletop, finished, tmp_path):
    exercise = finished
    assert tabletop("verify", exercise).code == 0
    assert tabletop("verify", exercise, "--json").json["sound"] is True
    story = " ".join(tabletop("replay", exercise).out.split())
    assert "Support comes first" in story
    told = tabletop("replay", exercise, "--json").json
    again = tabletop("replay", exercise, "--json", PYTHONHASHSEED="7").json
    assert told["state"] == again["state"]
    text = tabletop("debrief", exercise).out
    assert text.index("How was that?") < text.index("The widest gaps") < text.index("Bands")
    assert tabletop("debrief", exercise, "--format", "md").out.startswith("# ")
    saved = tabletop("debrief", exercise, "-o", str(tmp_path / "out"))
    assert saved.code == 0
    made = sorted((tmp_path / "out").iterdir())
    assert {
        f"first_hour-{exercise}-debrief.html",
        f"first_hour-{exercise}-debrief.md",
        f"first_hour-{exercise}-after-action-report.html",
    } <= {path.name for path in made}
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)


def test_a_debrief_explains_what_is_asked_about_and_nothing_else(tabletop, finished):
    exercise = finished
    every = tabletop("debrief", exercise, "--explain").out
    assert "How it came about" in every
    assert "How it came about" in tabletop(
        "debrief", exercise, "--explain", "first_step", "--format", "md"
    ).out  # fmt: skip
    one_sentence(tabletop("debrief", exercise, "--explain", "nobody_at_all"))
    assert tabletop("debrief", exercise, "--explain", "x", "-o", "out").code == 2


def test_a_debrief_plays_another_answer_forward_and_changes_no_byte(tabletop, finished):
    refused = tabletop("debrief", finished, "--what-if", "nothing=here")
    assert one_sentence(refused)
    assert "first_step" in refused.err
    refused = tabletop("debrief", finished, "--what-if", "first_step")
    assert one_sentence(refused)
    other = refused.err.strip().rstrip(".").rsplit(": ", 1)[1].split(", ")[0]
    kept = {path: path.read_bytes() for path in tabletop.data.rglob("*") if path.is_file()}
    told = " ".join(tabletop("debrief", finished, "--what-if", f"first_step={other}").out.split())
    assert "What happened" in told
    assert "Marks from this decision to the end" in told
    assert kept == {path: path.read_bytes() for path in tabletop.data.rglob("*") if path.is_file()}


def test_exercises_are_laid_side_by_side_or_one_sentence_says_why_not(tabletop, finished, tmp_path):
    one_sentence(tabletop("compare", finished))
    one_sentence(tabletop("compare", finished, finished))
    one_sentence(tabletop("compare", finished, "nothere"))
    typed = "1\n\n2\n\n\nq\n"
    tabletop("play", "first_hour", "--role", "investigator", "--plain", typed=typed)
    files = (tabletop.data / "exercises").glob("*.exercise")
    (other,) = {path.stem for path in files} - {finished}
    said = tabletop("compare", finished, other)
    assert said.code == 0
    assert "Where their ways parted" in said.out
    saved = tabletop("compare", finished, other, "-o", str(tmp_path / "out"))
    assert saved.code == 0
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".md", ".html"}


def test_a_debrief_that_cannot_be_saved_is_one_sentence(tabletop, begun):
    assert one_sentence(tabletop("debrief", begun, "-o", "/dev/null/nowhere"))


def test_erased_words_are_gone_and_the_record_still_verifies(tabletop, begun):
    exercise = begun
    assert "a word to forget" in " ".join(tabletop("replay", exercise).out.split())
    assert tabletop("erase", exercise, "--person", "nobody").code == 2
    assert tabletop("erase", exercise, "--person", "investigator").code == 0
    assert tabletop("verify", exercise).code == 0
    assert "a word to forget" not in tabletop("replay", exercise, "--json").out


def test_a_changed_record_breaks_its_chain(tabletop, begun):
    (path,) = (tabletop.data / "exercises").glob("*.exercise")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER entries_stay")
        connection.execute(
            "UPDATE entries SET data = CAST(replace(CAST(data AS TEXT), 'call_first', 'station') "
            "AS BLOB) WHERE seq = (SELECT max(seq) FROM entries)"
        )
    connection.close()
    said = tabletop("verify", begun)
    assert said.code == 1
    assert "broken at entry" in said.out
    assert one_sentence(tabletop("resume", begun, "--plain"))


def test_a_record_cut_in_the_middle_is_one_sentence(tabletop, begun):
    (path,) = (tabletop.data / "exercises").glob("*.exercise")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    for command in ("verify", "replay", "resume", "debrief"):
        assert one_sentence(tabletop(command, begun))
    assert tabletop("exercises").code == 0


def test_delete_asks_or_is_told(tabletop, begun):
    assert one_sentence(tabletop("delete", begun))
    assert tabletop("delete", begun, "--yes").code == 0
    assert tabletop("exercises", "--json").json == []


# Files of authors.


def broken(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)
    return str(path)


def test_check_finds_nothing_in_what_is_shipped(tabletop):
    said = tabletop("check", "first_hour", str(ROOT / "scenarios" / "first_hour"))
    assert said.code == 0, said.out
    found = tabletop("check", "first_hour", "--json").json
    assert [each["code"] for each in found if not each["waived"]] == []


def test_check_tells_every_problem_of_a_file_that_reads(tabletop, tmp_path):
    path = broken(tmp_path, b"title: A\nnonsense: 1\nversion: 1\n")
    said = tabletop("check", path)
    assert said.code == 1
    assert "broken.yaml:2:1: error" in said.out
    assert len(tabletop("check", path, "--json").json) > 3


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02\xff" * 100,
        "title: Ä".encode("utf-16"),
        b"title: \xe4\n",
        b"[" * 10_000,
        b"a: &a [x]\nb: *a\n" * 2,
        b"just words\n",
        b": : :\n",
    ],
    ids=["empty", "binary", "UTF-16", "Latin-1", "deep", "anchors", "words", "colons"],
)
def test_a_file_that_does_not_read_is_told_and_cannot_be_played(tabletop, tmp_path, content):
    path = broken(tmp_path, content)
    said = tabletop("check", path)
    assert said.code in (1, 2)
    assert "Traceback" not in said.out + said.err
    assert one_sentence(tabletop("play", path, "--plain"))


def test_a_file_far_too_large_is_refused_and_not_read(tabletop, tmp_path):
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    assert one_sentence(tabletop("play", str(path), "--plain"))
    assert tabletop("check", str(path)).code == 2


@pytest.mark.parametrize("name", ["missing.yaml", ".", "/dev/null", "/dev/zero", HOSTILE])
def test_what_is_no_file_is_one_sentence(tabletop, name):
    assert one_sentence(tabletop("play", name, "--plain"))
    assert tabletop("check", name).code == 2


def test_check_goes_on_after_a_file_that_is_not_there(tabletop, tmp_path):
    path = broken(tmp_path, b"title: A\n")
    said = tabletop("check", "missing.yaml", path)
    assert said.code == 2
    assert "missing.yaml" in said.err
    assert "broken.yaml:1:1" in said.out


def test_the_play_scripts_of_a_shipped_scenario_pass(tabletop):
    said = tabletop("test", "first_hour")
    assert said.code == 0, said.out
    assert tabletop("test", "first_hour", "--json").json["passed"] is True


def test_a_play_script_that_fails_says_where(tabletop, tmp_path):
    source = (ROOT / "scenarios" / "first_hour" / "scenario.yaml").read_bytes()
    (tmp_path / "scenario.yaml").write_bytes(source)
    (tmp_path / "plays").mkdir()
    (tmp_path / "plays" / "wrong.yaml").write_text(
        "title: Wrong\npeople: [investigator]\nsteps:\n  - expect: {scene: daylight}\n"
    )
    said = tabletop("test", str(tmp_path))
    assert said.code == 1
    assert "wrong.yaml:4" in said.out
    (told,) = tabletop("test", str(tmp_path), "--json").json["plays"]
    assert told["passed"] is False


def test_a_hook_is_given_all_files_at_once(tabletop, tmp_path):
    """Pre-commit calls an entry with every file that changed."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    files = []
    for name in ("one place", "another"):
        files.append(tmp_path / name / "scenario.yaml")
        shutil.copytree(ROOT / "scenarios" / "first_hour", files[-1].parent)
        assert re.search(hooks[0]["files"], str(files[-1].relative_to(tmp_path)))
    for hook in hooks:
        command, *arguments = hook["entry"].split()
        assert command == "tabletop"
        said = tabletop(*arguments, *map(str, files))
        assert said.code == 0, (hook["id"], said.out, said.err)
    tried = tabletop("test", *map(str, files))
    assert tried.out.count("6 of 6 passed") == 2
    assert tried.out.startswith("one place\n")
    told = tabletop("test", *map(str, files), "--json").json
    assert [(each["scenario"], each["passed"]) for each in told] == [
        ("one place", True),
        ("another", True),
    ]


# What terminals and pipes do.


def test_a_reader_that_goes_away_is_no_error(tabletop):
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "library"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=tabletop.environment,
    )
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait(30) == 0
    assert error == b""


def test_an_unforeseen_fault_says_no_more_than_where(tabletop):
    script = (
        "import sys, tabletop.cli as cli\n"
        "from tabletop.conduct.library import Library\n"
        "def cards(self):\n    secret = 'the secret'\n    raise RuntimeError(secret)\n"
        "Library.cards = cards\n"
        "sys.exit(cli.run(['library']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        env=tabletop.environment,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    log = tabletop.data / "trouble.log"
    assert str(log) in done.stderr
    assert "secret" not in done.stderr + log.read_text()
    assert "RuntimeError" in log.read_text()


def on_a_terminal(
    tabletop, *arguments, rows=24, columns=80, send=b"", once=b"", term="xterm", wait=40.0
):
    """Runs the command on a real pseudo-terminal; its exit code and everything it wrote.

    What is to be sent is sent once something has been written, or a given text has been.
    """
    leader, follower = pty.openpty()
    ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", *arguments],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**tabletop.environment, "TERM": term},
        start_new_session=True,
    )
    os.close(follower)
    seen = b""
    until = time.monotonic() + wait
    while time.monotonic() < until:
        ready, _, _ = select.select([leader], [], [], 0.1)
        if ready:
            try:
                data = os.read(leader, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
            if send and len(seen) > 20 and once in seen:
                os.write(leader, send)
                send = b""
    else:
        process.kill()
    os.close(leader)
    return process.wait(60), seen


def test_a_dumb_terminal_gets_lines_and_no_escapes(tabletop):
    code, seen = on_a_terminal(
        tabletop, "play", "first_hour", "--role", "advocate", term="dumb", send=b"\n\nq\n"
    )
    assert code == 0
    assert b"\x1b" not in seen
    assert b"tabletop resume" in seen


def test_lines_fit_the_smallest_terminal(tabletop):
    code, seen = on_a_terminal(
        tabletop, "play", "first_hour", "--role", "advocate", "--plain",
        rows=5, columns=20, send=b"\n\nq\n",
    )  # fmt: skip
    assert code == 0
    assert max(len(line) for line in seen.decode().splitlines()) <= 20


def test_an_interrupt_saves_and_leaves(tabletop):
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "play", "first_hour", "--role", "advocate", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=tabletop.environment,
    )
    process.stdin.write(b"\n\n2\nkept\n3\n")
    process.stdin.flush()
    seen = b""
    while b"m moves on" not in seen and b"h hands" not in seen:
        seen += os.read(process.stdout.fileno(), 65536)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert b"tabletop resume" in out
    (listed,) = tabletop("exercises", "--json").json
    assert tabletop("verify", listed["id"]).code == 0
    assert "kept" in tabletop("replay", listed["id"]).out


def test_an_exercise_that_was_killed_goes_on_where_it_stopped(tabletop):
    process = subprocess.Popen(
        [sys.executable, "-m", "tabletop", "play", "first_hour", "--role", "advocate", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=tabletop.environment,
    )
    process.stdin.write(b"\n\n2\nkept\n3\n")
    process.stdin.flush()
    seen = b""
    while b"m moves on" not in seen:
        seen += os.read(process.stdout.fileno(), 65536)
    process.kill()
    process.communicate(timeout=60)
    said = tabletop("resume", typed="f\n")
    assert said.code == 0
    assert "Decided: Standing by" in said.out
    assert "m moves on" in said.out


def test_a_hostile_parameter_reaches_no_terminal(tabletop):
    said = tabletop(
        "play", "first_hour", "--role", "investigator", "--set", f"agency={HOSTILE}",
        typed="\n\nb\nq\n",
    )  # fmt: skip
    assert said.code == 0
    assert "[b]" in said.out
    (listed,) = tabletop("exercises", "--json").json
    for text in (said.out, tabletop("replay", listed["id"]).out):
        assert not ESCAPES.search(text)


@pytest.mark.parametrize(
    ("rows", "columns", "shown"), [(5, 20, b"rows high"), (24, 80, b"Library")]
)
def test_home_opens_and_quits_on_a_terminal(tabletop, rows, columns, shown):
    # Before it draws, the terminal itself would take ctrl+q for leave to go on writing.
    code, seen = on_a_terminal(tabletop, rows=rows, columns=columns, send=b"\x11", once=shown)
    assert code == 0, seen[-500:]
    assert b"Traceback" not in seen


UNHEARD = """
import asyncio, os, signal, threading
from pathlib import Path
from tabletop.cli.loop import run

def interrupt(waiting):
    # Only once the loop waits, and to a thread that runs nothing of it.
    stat = Path(f"/proc/self/task/{waiting}/stat")
    while stat.read_text().rpartition(")")[2].split()[0] != "S":
        os.sched_yield()
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)

async def main():
    threading.Thread(target=interrupt, args=(threading.get_native_id(),), daemon=True).start()
    await asyncio.Event().wait()

try:
    run(main())
except KeyboardInterrupt:
    print("heard")
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc on this machine")
def test_an_interrupt_is_heard_while_the_loop_waits_whichever_thread_gets_it():
    done = subprocess.run(
        [sys.executable, "-c", UNHEARD], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout == "heard\n", done.stderr
