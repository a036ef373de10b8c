"""The house: who may import whom, and what a start may cost (`docs/architecture.md`)."""

import ast
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tabletop"

ROOMS = {
    "cli": {"console", "plain", "web", "conduct", "debrief", "authoring", "exercise", "scenario"},
    "console": {"conduct", "debrief", "authoring", "exercise", "scenario"},
    "plain": {"conduct", "debrief", "authoring", "exercise", "scenario"},
    "web": {"conduct", "debrief", "authoring", "exercise", "scenario"},
    "conduct": {"debrief", "authoring", "exercise", "scenario"},
    "debrief": {"authoring", "exercise", "scenario"},
    "authoring": {"exercise", "scenario"},
    "exercise": {"scenario"},
    "scenario": set(),
    "wording": set(),
    "__main__": {"cli"},
    "__init__": set(),
}
"""Each room and those below it; everyone may use `wording` and the version in `tabletop` itself."""

ONLY_IN = {
    "transitions": {"exercise/machine.py"},
    "yaml": {"scenario/document.py"},
    "textual": {"console/"},
    "rich": {"console/"},
    "starlette": {"web/"},
    "uvicorn": {"web/"},
    "segno": {"web/"},
    "cryptography": {"web/tls.py"},
    "ssl": {"web/"},
    "httpx": {"web/"},
    "jinja2": {"web/", "debrief/"},
    "markdown_it": {"web/", "debrief/", "plain/", "console/"},
    "docx": {"debrief/formats/word.py", "debrief/formats/word_sheet.py"},
    "typst": {"debrief/formats/pdf.py", "debrief/formats/picture.py"},
    "sqlite3": {"conduct/"},
    "filelock": {"conduct/"},
    "platformdirs": {"conduct/"},
    "pickle": {"conduct/proving.py"},
    "asyncio": {"conduct/", "web/", "console/", "plain/", "cli/"},
    "time": {"conduct/", "web/", "console/", "plain/"},
    "secrets": {"conduct/"},
    "random": {"conduct/", "web/", "console/", "plain/"},
    "click": {"cli/"},
    "graphlay": {"authoring/diagram/placing.py"},
    "socket": {"web/"},
    "subprocess": {"web/"},
    "jsonschema": set(),
    "urllib": {"web/"},
    "http": {"web/"},
}
"""What may be imported only there; `cli/` starts the line mode's loop."""

FORBIDDEN_NAMES = {"game", "turn", "lobby", "utils", "helpers", "manager", "core", "common"}
LONG = 300
WRITERS = {"conduct/", "cli/"}


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room(path: Path) -> str:
    return place(path).split("/")[0].removesuffix(".py")


def imports(path: Path):
    """Every module a file imports, wherever in it, with the line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{place(path)}:{node.lineno}: a relative import"
            yield node.module, node.lineno
            if node.module == "tabletop":
                for alias in node.names:
                    yield f"tabletop.{alias.name}", node.lineno


def test_imports_point_downward():
    wrong = []
    for path in modules():
        here = room(path)
        for name, line in imports(path):
            if not name.startswith("tabletop."):
                continue
            there = name.split(".")[1]
            if there in (here, "wording", "__version__"):
                continue
            if there not in ROOMS[here]:
                wrong.append(f"{place(path)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_every_room_is_known():
    assert {room(path) for path in modules()} <= ROOMS.keys()


def test_each_library_is_imported_only_where_it_belongs():
    wrong = []
    for path in modules():
        for name, line in imports(path):
            allowed = ONLY_IN.get(name.split(".")[0])
            if allowed is not None and not place(path).startswith(tuple(allowed)):
                wrong.append(f"{place(path)}:{line} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_only_conduct_and_the_command_line_write_files():
    writing = {"write_text", "write_bytes", "unlink", "mkdir", "rename", "replace", "rmdir"}
    wrong = []
    for path in modules():
        if place(path).startswith(tuple(WRITERS)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in writing and _on_a_path(node.func.value):
                wrong.append(f"{place(path)}:{node.lineno} calls {node.func.attr}")
    assert not wrong, "\n".join(wrong)


def _on_a_path(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id in ("path", "folder", "file", "Path")


def test_no_module_has_a_name_that_says_nothing():
    assert not [place(path) for path in modules() if path.stem in FORBIDDEN_NAMES]


def test_a_long_module_opens_with_an_essay():
    """Past 300 lines a module's head has to say what holds it together."""
    for path in modules():
        source = path.read_text(encoding="utf-8")
        if len(source.splitlines()) > LONG:
            head = ast.get_docstring(ast.parse(source)) or ""
            assert "\n\n" in head, f"{place(path)} is long, and its head is one sentence"


def loaded(*code: str, argv: tuple[str, ...] = ()) -> set[str]:
    """The top-level modules a fresh process holds after some code."""
    script = "\n".join((*code, "import sys", "print('\\n'.join(sorted(sys.modules)))"))
    done = subprocess.run(
        [sys.executable, "-c", script, *argv],
        capture_output=True, text=True, timeout=60, check=True, cwd=ROOT,
    )  # fmt: skip
    return {name.split(".")[0] for name in done.stdout.split()}


def test_the_engine_knows_no_world():
    found = loaded("import tabletop.exercise.engine, tabletop.exercise.views")
    assert not found & {"textual", "rich", "starlette", "uvicorn", "asyncio", "sqlite3", "click"}


@pytest.mark.parametrize(
    "name",
    ["tabletop.debrief.report", "tabletop.authoring.plays", "tabletop.scenario.reading"],
)
def test_what_is_pure_imports_no_screen_loop_or_database(name):
    assert not loaded(f"import {name}") & {"textual", "starlette", "sqlite3", "click"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy(option):
    found = loaded(
        "import contextlib, io, tabletop.cli as cli",
        "with contextlib.redirect_stdout(io.StringIO()):",
        f"    assert cli.run([{option!r}]) == 0",
    )
    heavy = {"textual", "pydantic", "starlette", "transitions", "yaml", "asyncio", "sqlite3"}
    assert not found & heavy


def test_home_is_painted_before_pydantic_transitions_and_yaml():
    found = loaded(
        "import tabletop.console.app, tabletop.conduct.folder, tabletop.conduct.library",
    )
    assert "textual" in found
    assert not found & {"pydantic", "transitions", "yaml", "starlette", "jinja2"}


def test_the_line_mode_needs_no_screen(tmp_path):
    found = loaded(
        "import contextlib, io, sys, os, tabletop.cli as cli",
        "sys.stdin = open(os.devnull); os.dup2(sys.stdin.fileno(), 0)",
        "with contextlib.redirect_stdout(io.StringIO()):",
        f"    assert cli.run(['--data', {str(tmp_path)!r}, 'play', 'first_hour', '--plain']) == 0",
    )
    assert not found & {"textual", "rich", "starlette"}


def test_the_picture_names_every_room():
    page = (ROOT / "docs" / "architecture.md").read_text()
    for path in sorted(PACKAGE.iterdir()):
        if path.is_dir() and path.name != "__pycache__" and list(path.glob("*.py")):
            assert f"{path.name}/" in page, path.name


def test_the_table_is_ordered_as_the_house_stands():
    order = ["conduct", "debrief", "authoring", "exercise", "scenario"]
    for above, below in pairwise(order):
        assert ROOMS[below] < ROOMS[above]
