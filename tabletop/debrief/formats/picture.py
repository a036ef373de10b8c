"""Picture: a chart as a file of its own, for formats that do not draw."""

from tabletop.debrief.blocks import Chart
from tabletop.debrief.chart import drawing
from tabletop.debrief.formats.missing import MissingPackage
from tabletop.debrief.formats.templates import environment

_SHEET = b"""
#set page(width: auto, height: auto, margin: 4pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 6.5in)
"""


def svg(chart: Chart) -> str:
    """The chart as SVG, in black and grey."""
    return environment().get_template("chart.svg").render(block=chart, it=drawing(chart))


def png(chart: Chart) -> bytes:
    """The chart as PNG, fine enough to print.

    Raises:
        MissingPackage: where typst is not installed.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise MissingPackage("Word") from None
    made: bytes = typst.compile(_SHEET, format="png", ppi=200, sys_inputs={"svg": svg(chart)})
    return made
