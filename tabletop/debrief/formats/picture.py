"""Picture: a figure as a file of its own, for formats that do not draw."""

from tabletop.debrief.blocks import Figure
from tabletop.debrief.formats.missing import MissingPackage
from tabletop.debrief.formats.templates import environment

_SHEET = b"""
#set page(width: auto, height: auto, margin: 4pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 6.5in)
"""


def svg(figure: Figure) -> str:
    """The figure as SVG, on white."""
    return environment().get_template("picture.svg").render(figure=figure)


def png(figure: Figure) -> bytes:
    """The figure as PNG, fine enough to print.

    Raises:
        MissingPackage: where typst is not installed.
    """
    try:
        import typst
    except ModuleNotFoundError:
        raise MissingPackage("Word") from None
    made: bytes = typst.compile(_SHEET, format="png", ppi=200, sys_inputs={"svg": svg(figure)})
    return made
