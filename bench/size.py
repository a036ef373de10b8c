"""What a fresh install weighs beside an empty venv, bytecode included; takes a minute."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.table import Row

ROOT = Path(__file__).parents[1]
AIM = 50.0


def rows() -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        venv = Path(folder) / "venv"
        python = venv / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        # Bytecode of what the venv itself brings is none of ours.
        subprocess.run([python, "-m", "compileall", "-q", venv / "lib"], check=False)
        before = weight(venv)
        subprocess.run([python, "-m", "pip", "install", "-q", "--compile", ROOT], check=True)
        after = weight(venv)
    found = after - before
    yield Row(
        "install, bytecode included", f"{found:.1f} MB", "", "", f"< {AIM:.0f} MB", found < AIM
    )


def weight(folder: Path) -> float:
    """MB on the disk, by the sizes of the files."""
    return sum(each.lstat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6
