"""Lets `python -m tabletop` do what the `tabletop` command does."""

from tabletop.cli import main

main()
