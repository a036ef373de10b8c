"""The projector: what a whole room may see of a table, large, and nothing else."""

import json

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from tabletop.conduct.session.frames import PublicFrame
from tabletop.conduct.session.lines import PublicLine
from tabletop.conduct.session.session import Session
from tabletop.web import pages
from tabletop.web.addresses import code_as_svg, joining
from tabletop.web.live import EventStream, event
from tabletop.wording import say


class Projector:
    """The room's screen."""

    def __init__(self, session: Session) -> None:
        """Takes the session."""
        self.session = session

    async def page(self, request: Request) -> Response:
        """The whole screen as it is now."""
        table = self._table(request)
        if table is None:
            return _no_table()
        frame = PublicLine(self.session, table).frame()
        return HTMLResponse(
            pages.page("screen", table=table, frame=frame, shown=Markup(shown(frame)))  # noqa: S704
        )

    async def events(self, request: Request) -> Response:
        """The line that keeps it new."""
        table = self._table(request)
        if table is None:
            return _no_table()
        line, last = PublicLine(self.session, table), [""]

        def told(frame: PublicFrame) -> bytes:
            html = shown(frame)
            if html == last[0]:
                return b""
            last[0] = html
            return event("regions", json.dumps({"regions": {"shown": html}}))

        return EventStream(
            line.frames(), told, lambda: event("over") if self.session.ended else b""
        )

    def _table(self, request: Request) -> int | None:
        number: int = request.path_params.get("table", 1)
        return number if number in self.session.tables else None


def shown(frame: PublicFrame) -> str:
    """What stands on the screen."""
    address = frame.address
    code = code_as_svg(joining(address, frame.code)) if address else ""
    return str(pages.macro("screen_regions", "shown")(frame, Markup(code)))  # noqa: S704 - segno's own.


def _no_table() -> Response:
    return HTMLResponse(
        pages.sentence(say("There is no such table."), "/screen", say("To the first table")), 404
    )
