"""CSV: a sheet that spreadsheets open as it is, in the right letters and without running anything.

A cell that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers stay
numbers. The mark at the beginning is what spreadsheets know UTF-8 by.
"""

import csv
import io
import re

from tabletop.debrief.prose import clean
from tabletop.debrief.sheets.sheet import Cell, Sheet

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


def render(sheet: Sheet) -> bytes:
    """The sheet as a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.head)
    writer.writerows([_cell(cell) for cell in row] for row in sheet.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(given: Cell) -> str:
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, int):
        return str(given)
    text = clean(given)
    return f"'{text}" if _FORMULA.match(text) else text
