"""The command line: wires the parts together, a module of commands after another."""

from tabletop.cli import (
    acting,
    authoring,
    comparing,
    diagrams,
    documents,
    exporting,
    hosting,
    joining,
    playing,
    proving,
    records,
)
from tabletop.cli.ending import main, run
from tabletop.cli.program import cli

__all__ = [
    "acting",
    "authoring",
    "cli",
    "comparing",
    "diagrams",
    "documents",
    "exporting",
    "hosting",
    "joining",
    "main",
    "playing",
    "proving",
    "records",
    "run",
]
