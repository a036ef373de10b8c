"""What is installed: the command, the scenarios with it, and no more than it needs."""

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LARGEST = 55 * 1000 * 1000
"""Bytes, bytecode included; the server and its client for sessions take 8 MB of them."""


def test_the_version_is_written_once():
    from tabletop import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "tabletop/__init__.py"
    assert __version__.count(".") == 2


def test_nothing_that_runs_is_fetched_by_the_makefile_but_by_pip():
    makefile = (ROOT / "Makefile").read_text()
    assert not [word for word in ("curl", "wget", "git clone", "apt") if word in makefile]


def test_the_hook_for_checks_can_be_run():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def size(folder: Path) -> int:
    """What the files of a folder take, counted once."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.soak
def test_an_installation_carries_the_scenarios_and_stays_small(tmp_path):
    """Builds the wheel, installs it with what it needs, and plays from somewhere else."""
    place = tmp_path / "venv"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    packages = next((place / "lib").iterdir()) / "site-packages"
    before = size(packages)

    def run(*arguments: str, **options):
        clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "TABLETOP_DATA")}
        return subprocess.run(
            [str(each) for each in arguments],
            check=True, capture_output=True, text=True, cwd=tmp_path, env=clean, **options,
        )  # fmt: skip

    run(python, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", tmp_path / "dist", ROOT)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "tabletop/scenarios/first_hour/scenario.yaml" in names
    assert "tabletop/scenarios/guidance/practices.yaml" in names
    assert "tabletop/scenario.schema.json" in names
    assert any(name.endswith(".tcss") for name in names)
    assert any(name.endswith(".html") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "bench/", "docs/"))]

    run(python, "-m", "pip", "install", "--quiet", "--compile", wheel)
    added = size(packages) - before
    assert added < LARGEST, f"{added / 1e6:.1f} MB"
    assert list((packages / "tabletop").rglob("*.pyc")), "no bytecode"

    command = place / "bin" / "tabletop"
    assert "first_hour" in run(command, "library").stdout
    assert run(command, "test", "first_hour").returncode == 0
    told = run(
        command, "--data", tmp_path / "data", "play", "first_hour", "--role", "advocate",
        input="\n\nq\n",
    ).stdout  # fmt: skip
    assert "resume" in told
    assert run(command, "--version").stdout == run(python, "-m", "tabletop", "--version").stdout
    assert str(ROOT) not in told
    assert sys.prefix != str(place)
