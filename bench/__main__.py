"""Runs everything and prints one table; `--only NAME` runs one part, `--slow` adds the install."""

import argparse
import compileall
import sys
from importlib import import_module
from pathlib import Path

from bench.table import Row, printed

ROOT = Path(__file__).parents[1]
PARTS = (
    "start",
    "help",
    "keys",
    "reading",
    "author",
    "steps",
    "commit",
    "memory",
    "explore",
    "serve",
    "debrief",
)
SLOW = ("size",)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=(*PARTS, *SLOW), action="append")
    parser.add_argument("--slow", action="store_true", help="also weigh a fresh install")
    given = parser.parse_args()
    parts = given.only or (*PARTS, *(SLOW if given.slow else ()))
    # What is started below must not be slow for having been edited a moment ago.
    compileall.compile_dir(ROOT / "tabletop", quiet=1)
    compileall.compile_dir(ROOT / "bench", quiet=1)
    rows: list[Row] = []
    for part in parts:
        print(f"{part} …", file=sys.stderr)
        rows += import_module(f"bench.{part}").rows()
    print(printed(rows))


if __name__ == "__main__":
    main()
