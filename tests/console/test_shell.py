"""The shell: keys, footer, help, palette, room, and what happens when something goes wrong."""

import ast
import os
import pty
import select
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import FakeFolder, FakeLibrary, RecordingApp, screen_text, until, until_shown
from textual.widgets import Static

import tabletop.console
from tabletop.conduct import settings, trouble
from tabletop.console.keys import KEYS, own
from tabletop.console.widgets.footer import MOST, Hint, fitting, total
from tabletop.console.widgets.size_guard import SizeGuard

CONSOLE = Path(tabletop.console.__file__).parent
SECRET = "she-holds-the-phones"


# Footer.

hints = st.lists(
    st.tuples(
        st.sampled_from(["f1", "enter", "page down"]), st.text("abc ", min_size=1, max_size=9)
    ),
    max_size=9,
).map(lambda pairs: [Hint(f"{i}", key, does, "") for i, (key, does) in enumerate(pairs)])


@given(verbs=hints, width=st.integers(0, 160))
def test_whole_hints_go_from_the_right_and_help_and_the_way_out_stay(
    verbs: list[Hint], width: int
) -> None:
    kept = [Hint("help", "f1", "help", ""), Hint("back", "esc", "back", "")]
    shown = fitting(verbs, kept, width)
    assert len(shown) <= MOST
    assert shown[0] in (verbs[:1] or kept) or shown == kept[: len(shown)]
    assert shown == [*verbs[: len(shown) - 2], *kept] or shown == kept[: len(shown)]
    if width >= total(kept):
        assert total(shown) <= width
        assert shown[-2:] == kept


async def test_the_footer_follows_the_focus_and_can_be_clicked(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.click("Footer", offset=(20, 0))
        await until_shown(pilot, "Keys on this screen")
        assert "esc back" in screen_text(app)


# Keys.


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(CONSOLE.rglob("*.py")) if path.name != "keys.py"],
    ids=lambda path: path.relative_to(CONSOLE).as_posix(),
)
def test_every_binding_of_ours_has_an_id_in_the_table_of_keys(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        assert node.func.id != "Binding", f"line {node.lineno}: bind() makes bindings"
        if node.func.id == "bind":
            match node.args[0]:
                case ast.Constant(value=str(id)):
                    assert id in KEYS
                case ast.JoinedStr(values=[ast.Constant(value=start), *_]):
                    assert any(id.startswith(start) for id in KEYS)
                case other:
                    pytest.fail(f"line {node.lineno}: {ast.unparse(other)} is not an id")


async def test_keys_can_be_changed(folder: FakeFolder) -> None:
    folder.path.mkdir()
    (folder.path / settings.FILE).write_text('[keys]\nhelp = "f9, ctrl+g"\n"home.quit" = "z"\n')
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await until_shown(pilot, "First Hour, about")
        assert "f9 help" in shown
        assert "z quit" in shown
        await pilot.press("f9")
        shown = await until_shown(pilot, "Keys on this screen")
        assert "f9, ctrl+g" in shown


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("= nothing", "left aside"),
        ("theme = 3", "`theme` should be a name in quotes"),
        ('theme = "pink"', "There is no theme pink"),
        ("keys = 3", "[keys] should hold"),
        ('[keys]\nhlep = "f1"', "Did you mean help?"),
        ('[keys]\nhelp = ""', "names no key"),
        ("[" * 5000, "left aside"),
        ('theme = "\\u0000', "left aside"),
    ],
)
async def test_settings_that_cannot_be_used_cost_nothing(
    folder: FakeFolder, text: str, said: str
) -> None:
    folder.path.mkdir()
    (folder.path / settings.FILE).write_text(text)
    app = RecordingApp(FakeLibrary(), folder)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until_shown(pilot, "f1 help")
        assert said in app.settings_problem
        start = app.settings_problem.split()[0:3]
        await until_shown(pilot, " ".join(start))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"#" * 100_000])
def test_settings_that_are_not_text_are_left_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / settings.FILE).write_bytes(content)
    read = settings.read(tmp_path)
    assert read.problem
    assert (read.theme, read.keys) == ("", {})


def test_a_folder_in_place_of_settings_is_nothing(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).mkdir()
    assert settings.read(tmp_path) == settings.Settings()
    assert own({}) == ({}, "")


# Help and palette.


@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_help_opens_over_any_screen_and_leaves_it_as_it_was(
    app: RecordingApp, key: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.press("down", key)
        shown = await until_shown(pilot, "Keys on this screen")
        assert "Continue goes on where you stopped" in shown
        await pilot.press(key, "escape")
        await until_shown(pilot, "▸ Library")


async def test_the_palette_holds_our_commands_and_no_screenshot(
    app: RecordingApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [command.title for command in app.get_system_commands(app.get_default_screen())]
    assert "Screenshot" not in names
    assert {"Help", "Theme: dark", "Theme: light", "Theme: high contrast", "Quit"} <= set(names)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await app.run_action("app.screenshot('x.svg', '.')")
        await pilot.press("ctrl+p")
        await until_shown(pilot, "Theme: high contrast")
        await pilot.press(*"light", "enter")
        await until(pilot, lambda: app.theme == "tabletop-light")
    assert list(tmp_path.glob("*.svg")) == []


async def test_where_roles_share_a_keyboard_nothing_is_carried_over(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        assert app.screen.allow_select
        app.hot_seat = True
        assert not app.screen.allow_select
        app._clipboard = SECRET
        app.hand_over()
        assert app.clipboard == ""


async def test_ctrl_c_says_how_to_quit(app: RecordingApp) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.press("ctrl+c")
        await until_shown(pilot, "f10 quits")


# Room.


@pytest.mark.parametrize("size", [(59, 24), (80, 19), (20, 5), (1, 1)])
async def test_without_room_one_sentence_and_no_keys_but_quitting(
    app: RecordingApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: app.screen.query_one(SizeGuard).display)
        await pilot.pause()
        if size[0] > 1:
            shown = " ".join(screen_text(app).split())
            assert "Please make this window at least 60 columns wide" in shown
            assert "Play alone" not in shown
        await pilot.press("down", "enter", "f1")
        await pilot.click(offset=(0, 0))
        await pilot.resize_terminal(80, 24)
        await until_shown(pilot, "▸ Play alone")
        await pilot.resize_terminal(*size)
        await until(pilot, lambda: app.screen.query_one(SizeGuard).display)
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)


async def test_a_window_that_starts_too_small_is_told_so(app: RecordingApp) -> None:
    async with app.run_test(size=(40, 10)) as pilot:
        await until_shown(pilot, "Please make this window")
        await pilot.resize_terminal(60, 20)
        await until_shown(pilot, "▸ Play alone")


# What goes wrong.


def fail() -> None:
    """Raises with something private in its message and in a local variable."""
    private = SECRET
    raise ValueError(private)


async def test_an_exception_shows_no_word_of_what_it_was_about(
    app: RecordingApp, folder: FakeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    async def failing() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await until_shown(pilot, "First Hour, about")
            app.call_later(fail)
            await until(pilot, lambda: not app.is_running)

    with pytest.raises(ValueError, match=SECRET):
        await failing()
    assert app.return_code == 1
    log = folder.path / trouble.FILE
    assert log.stat().st_mode & 0o777 == 0o600
    account = log.read_text()
    assert "ValueError" in account
    assert "in fail" in account
    assert SECRET not in account
    assert SECRET not in "".join(capsys.readouterr())


def test_a_log_stays_short_and_is_no_link(tmp_path: Path) -> None:
    path = tmp_path / trouble.FILE
    path.write_text("x" * (trouble.LARGEST + 1))
    assert trouble.log(tmp_path, ValueError()) == path
    assert path.stat().st_size < 10_000
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere")
    assert trouble.log(tmp_path, ValueError()) is None


# On a real terminal.

PROGRAM = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget
from support import BROKEN, FakeCard, FakeFolder, FakeLibrary, RecordingApp, FakeRole
HOSTILE = "seen\\x1b]52;c;aGFjaw==\\x07\\x1b]0;title\\x07\\x9b5n\\u202e\\u200b\\ud800end"
class Raw(Widget):
    def render_line(self, y):
        return Strip([Segment(HOSTILE)])
class App(RecordingApp):
    def on_mount(self):
        if {failing!r}:
            self.call_later(self.fail)
        else:
            self.screen.mount(Raw())
    def fail(self):
        secret = "she-holds-the-phones"
        raise ValueError(secret)
app = App(FakeLibrary((FakeCard("first_hour", HOSTILE, HOSTILE, 10),)), FakeFolder(Path({data!r})))
app.run()
sys.exit(app.return_code)
"""


def on_a_terminal(program: str, keys: bytes, seen: bytes) -> tuple[bytes, int]:
    """What a program writes to a terminal of 80 by 24, and its exit code."""
    pid, line = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.environ.pop("NO_COLOR", None)
        os.execv(sys.executable, [sys.executable, "-c", program])
    written, sent, end = b"", False, time.monotonic() + 30
    try:
        while time.monotonic() < end:
            if not select.select([line], [], [], 0.5)[0]:
                continue
            try:
                chunk = os.read(line, 65536)
            except OSError:
                break
            if not chunk:
                break
            written += chunk
            if seen in written and not sent:
                sent = True
                os.write(line, keys)
        else:
            os.kill(pid, signal.SIGKILL)
    finally:
        _, status = os.waitpid(pid, 0)
        os.close(line)
    return written, os.waitstatus_to_exitcode(status)


def program(tmp_path: Path, *, failing: bool) -> str:
    here = str(Path(__file__).parent)
    return textwrap.dedent(PROGRAM.format(here=here, failing=failing, data=str(tmp_path)))


def test_no_escape_of_anyone_else_reaches_the_terminal(tmp_path: Path) -> None:
    written, code = on_a_terminal(program(tmp_path, failing=False), b"\x11", b"seen")
    assert code == 0
    assert b"seen" in written
    for payload in (b"\x1b]52", b"aGFjaw==\x07", b"\x1b]0;title", b"\xc2\x9b", b"\x9b5n"):
        assert payload not in written
    text = written.decode("utf-8", "surrogateescape")
    assert "\u202e" not in text
    assert "\u200b" not in text


def test_a_failure_on_a_terminal_is_one_sentence_and_code_1(tmp_path: Path) -> None:
    written, code = on_a_terminal(program(tmp_path, failing=True), b"", b"never")
    text = " ".join(written.decode("utf-8", "replace").split())
    assert code == 1
    assert "Nothing that was saved is lost" in text
    assert "trouble.log" in text.replace(" ", "")
    assert SECRET not in text
    assert "Traceback" not in text


def test_the_console_can_be_imported_without_a_terminal() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import tabletop.console.app"],
        capture_output=True,
        timeout=60,
        env={**os.environ, "TERM": "dumb"},
    )
    assert ended.returncode == 0
    assert ended.stdout == ended.stderr == b""


async def test_a_heading_takes_any_text(app: RecordingApp) -> None:
    from tabletop.console.screens.base import Heading

    async with app.run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "First Hour, about")
        await app.screen.mount(Heading("[/b] [@click=app.quit]x", "[beside]"), before=0)
        await until_shown(pilot, "[@click=app.quit]x   [beside]")
        assert isinstance(app.screen.query_one(Heading), Static)
